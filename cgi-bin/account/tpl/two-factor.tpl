{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/profile">[[My profile]]</a></p>
<h1>[[Second step when you sign in]]</h1>
{{#MUST}}<p class="notice notice-warn" role="note">[[Your organisation asks its organisers for it: set it up, then everything else opens.]]</p>{{/MUST}}
{{#CODES}}<section class="card" aria-labelledby="codes-title"><h2 id="codes-title">[[Your recovery codes]]</h2>
<p>[[Each signs you in once when you are without your telephone. They are shown this once: print them, or keep them where you keep passwords.]]</p>
<ol class="codes">{{#CODE}}<li><code>{{TEXT}}</code></li>{{/CODE}}</ol>
<div class="actions"><button class="btn btn-quiet" type="button" data-print hidden>[[Print]]</button><a class="btn btn-primary" href="/">[[I have kept them]]</a></div></section>{{/CODES}}
{{#BEGIN}}<section class="card"><p>[[Beside your password, signing in takes a code of your telephone. Who learns your password cannot get in.]]</p>
<p class="soft">[[You need an application that makes such codes, for example Aegis, FreeOTP, Google Authenticator or your password manager. It works without a network.]]</p>
<form method="post" action="/profile/two-factor"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-primary" name="do" value="begin">[[Set it up]]</button></form></section>{{/BEGIN}}
{{#BEGUN}}<section class="card" aria-labelledby="scan"><h2 id="scan">[[1. Scan this code with the application]]</h2>
<div class="qr"><img src="/profile/two-factor/qr.svg" alt="[[QR code for the application]]" width="220" height="220"></div>
<p class="small soft text-center">[[On this very telephone, or without a camera, type this key:]]<br><code class="key-words">{{SECRET}}</code></p>
<h2>[[2. Type the six digits it shows]]</h2>
<form method="post" action="/profile/two-factor" novalidate><input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field"><label for="step-code">[[Code of your telephone]]</label>
<input class="form-control in-code" id="step-code" name="step_code" maxlength="20" inputmode="numeric" autocomplete="one-time-code" required aria-describedby="step-code-wrong"{{#CODE_WRONG}} aria-invalid="true"{{/CODE_WRONG}}>
{{#CODE_WRONG}}<p class="wrong" id="step-code-wrong" role="alert">{{WRONG}}</p>{{/CODE_WRONG}}</div>
<div class="actions"><button class="btn btn-primary" name="do" value="confirm">[[Turn it on]]</button></div></form></section>{{/BEGUN}}
{{#ON}}<section class="card"><h2>[[It is on]]</h2>
<p>[[On since]] {{SINCE}}. {{LEFT}}</p>
<form method="post" action="/profile/two-factor" novalidate><input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field"><label for="step-code">[[Code of your telephone]]</label>
<input class="form-control in-code" id="step-code" name="step_code" maxlength="20" inputmode="numeric" autocomplete="one-time-code" required aria-describedby="on-hint step-code-wrong"{{#CODE_WRONG}} aria-invalid="true"{{/CODE_WRONG}}>
<p class="hint" id="on-hint">[[Both ask for a code once more. Turning it off takes a recovery code too.]]</p>
{{#CODE_WRONG}}<p class="wrong" id="step-code-wrong" role="alert">{{WRONG}}</p>{{/CODE_WRONG}}</div>
<div class="actions"><button class="btn btn-quiet" name="do" value="codes">[[New recovery codes]]</button><button class="btn btn-danger-quiet" name="do" value="off">[[Turn it off]]</button></div></form></section>{{/ON}}
