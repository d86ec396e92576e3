{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/webhooks">[[Webhooks]]</a></p>
<h1>[[Webhook]]</h1>
<p class="audit-detail"><strong>{{URL}}</strong></p>
<p class="explain">{{SCOPE}}{{#ANSWERS}} · [[with the choices of the answers]]{{/ANSWERS}}</p>
{{#MADE}}<section class="card card-tint" role="status"><h2>[[Its secret]]</h2>
<p>[[Copy it into the other system now: it is shown only this once.]]</p>
<p><input class="form-control" readonly aria-label="[[Its secret]]" value="{{SECRET}}"></p>
{{#UNTIL}}<p>[[Messages are signed by the one before as well, until]] <strong>{{WHEN}}</strong>.</p>{{/UNTIL}}
<p class="hint">[[By it the other system knows that a message is from here and unchanged.]]</p></section>{{/MADE}}
<section class="card"><h2>[[State]]</h2>
{{#PAUSED}}<p class="notice notice-bad" role="status">[[Paused]] ({{WHEN}}). {{WHY}} [[When you resume it, it goes on with the first call that was not taken.]]</p>{{/PAUSED}}
{{#FAILING}}<p class="notice notice-warn" role="status">[[Nothing has been taken since]] {{WHEN}}. [[Next try:]] {{NEXT}}. [[No call is lost meanwhile.]]</p>{{/FAILING}}
{{#GOES}}<p><span class="tag tag-good">[[works]]</span> [[Each call is sent within seconds.]]</p>{{/GOES}}
{{#TESTING}}<p role="status">[[A test is on its way. Reload this page in some seconds.]] <a href="/webhooks/{{ID}}">[[Reload]]</a></p>{{/TESTING}}
<form class="actions" method="post" action="/webhooks/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-primary" name="hook_do" value="test">[[Send a test]]</button>
{{#NOW}}<button class="btn btn-quiet" name="hook_do" value="resume">[[Try again now]]</button>{{/NOW}}
{{#PAUSE}}<button class="btn btn-quiet" name="hook_do" value="pause">[[Pause]]</button>{{/PAUSE}}
{{#RESUME}}<button class="btn btn-quiet" name="hook_do" value="resume">[[Resume]]</button>{{/RESUME}}
</form></section>
{{#NO_TRIES}}<section class="card"><h2>[[Sent last]]</h2><p class="soft">[[Nothing yet. Send a test, or save a call.]]</p></section>{{/NO_TRIES}}
{{#TRIES}}<h2>[[Sent last]]</h2><div class="card card-flush"><table class="table table-cards" aria-label="[[Sent last]]">
<thead><tr><th scope="col">[[When]]</th><th scope="col">[[What]]</th><th scope="col">[[Answer]]</th><th scope="col" class="num">[[Took]]</th></tr></thead>
<tbody>{{#TRY}}<tr><th scope="row" class="nowrap">{{WHEN}}</th><td data-label="[[What]]">{{WHAT}}</td><td data-label="[[Answer]]">{{ANSWER}}</td><td class="num nowrap" data-label="[[Took]]">{{TOOK}}</td></tr>
{{/TRY}}</tbody></table></div>{{/TRIES}}
<details class="card"><summary>[[For whoever writes the other system]]</summary>
<p>[[Each call is a POST with JSON, signed as the Standard Webhooks specification says:]]</p>
<ul><li><code>webhook-id</code>: [[the same whenever a message is sent again; what has this id already is not counted twice.]]</li>
<li><code>webhook-timestamp</code>: [[seconds since 1970, of this sending; refuse what is older than some minutes.]]</li>
<li><code>webhook-signature</code>: <code>v1,</code> [[and the base64 of HMAC-SHA256 over id, timestamp and body joined by dots; the key is what the base64 behind whsec_ says. While two secrets count there are two signatures with a space between: one that fits is enough.]]</li></ul>
<p>[[Answer with 200 to 299 within 8 seconds. Anything else is tried again: after 5 seconds, 30 seconds, 2 minutes, 10 minutes, half an hour, then every hour, in order; after a day and a half it pauses. 410 pauses it at once.]]</p>
<p><code>call.saved</code>, <code>call.corrected</code> ([[a call that says that an earlier one was wrong: corrects is its number within the entry]]), <code>test</code>.</p>
</details>
<details class="card"{{#BOTH}} open{{/BOTH}}><summary>[[Another secret]]</summary>
{{#BOTH}}<p class="notice" role="status">[[Messages are signed by two secrets, the new one and the one before, until]] {{WHEN}}.</p>
<form method="post" action="/webhooks/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p>[[When the other system knows the new one, or the old one fell into wrong hands:]]</p><p><button class="btn btn-quiet" name="hook_do" value="end_old">[[End the old secret now]]</button></p></form>{{/BOTH}}
<p>[[For a secret that is too old, or that too many people know. A new one is made and shown once; for a day messages are signed by both, so that you can change the other system without losing a call. If a secret from before still counts, it ends.]]</p>
<form method="post" action="/webhooks/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="token_key" value="{{KEY}}"><input type="hidden" name="seen" value="{{SEEN}}"><button class="btn btn-quiet" name="hook_do" value="rotate">[[Make another secret]]</button></form></details>
<details class="card"><summary class="danger">[[Remove this webhook]]</summary>
<p>[[Nothing more is sent, and its secret is deleted.]]</p>
<form method="post" action="/webhooks/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-danger" name="hook_do" value="remove">[[Remove this webhook]]</button></form></details>
