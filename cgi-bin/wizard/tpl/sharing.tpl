{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[You are the owner. Owners can edit the operation; agents call. You can come back to this at any time from the dashboard.]]</p>
<section class="card"><h2>[[People with a role]]</h2>
<ul class="people">
{{#MEMBER}}<li><span class="avatar" aria-hidden="true">{{INITIAL}}</span><div class="people-who"><strong>{{WHO}}</strong>{{#YOU}} <span class="soft">([[you]])</span>{{/YOU}}</div><span class="tag">{{ROLE}}</span></li>
{{/MEMBER}}
</ul></section>
<section class="card"><h2>[[Link and QR code]]</h2>
{{#LINK}}<p>[[People with the link]] <strong class="tag">{{#GIVES_AGENT}}[[Agent]]{{/GIVES_AGENT}}{{#GIVES_OWNER}}[[Owner]]{{/GIVES_OWNER}}</strong></p>
{{#GIVES_OWNER}}<p class="notice notice-warn">[[This link gives the right to edit the operation.]]</p>{{/GIVES_OWNER}}
{{#QR}}<div class="qr"><img src="/share/{{ID}}/qr.svg" alt="[[QR code of the link]]" width="220" height="220"></div>{{/QR}}
<code class="address" id="address" data-copy="{{URL}}">{{URL}}</code>
<div class="link-copy"><button class="btn btn-quiet" type="button" data-copies="address" data-done="[[Copied]]" hidden>[[Copy link]]</button></div>
<p class="visually-hidden" role="status" id="copied"></p>{{/LINK}}
{{#NO_LINK}}<p class="soft">[[There is no link yet. The sharing options make one, with its QR code; there you also add people by name.]]</p>{{/NO_LINK}}
<form method="post" action="/wizard/{{ID}}/sharing"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-quiet" name="go" value="share">[[Open the sharing options]]</button></form></section>
<form method="post" action="/wizard/{{ID}}/sharing">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Go next]]</button></div>
</form>
