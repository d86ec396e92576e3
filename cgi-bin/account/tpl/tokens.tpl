{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/profile">[[My profile]]</a></p>
<h1>[[Tokens for other programs]]</h1>
<p class="explain">[[A token lets another program ask Tocsin in your name: for a site that shows how far you are, or a member database that sends its changes. It may what you tick here, and never more than you may yourself.]] [[All your tokens end when your password changes, or when an administrator disables you.]]</p>
{{#MADE}}<section class="card card-tint" role="status"><h2>[[Your new token]]</h2>
<p>[[Copy it now: it is shown only this once.]]</p>
<p><input class="form-control" readonly aria-label="[[Your new token]]" value="{{TEXT}}"></p>
<p class="hint">[[The program sends it with each request:]] <code>Authorization: Bearer …</code></p></section>{{/MADE}}
<section class="card"><h2>[[In use]]</h2>
{{#NONE}}<p class="soft">[[No program speaks for you.]]</p>{{/NONE}}
<ul class="people">{{#TOKEN}}<li>
<div class="people-who"><strong>{{NAME}}</strong> <span class="small soft">{{SCOPES}} · [[made]] {{WHEN}} · {{#USED}}[[last used]] {{WHEN}}{{/USED}}{{#UNUSED}}[[never used]]{{/UNUSED}}</span></div>
<form class="inline-form" method="post" action="/profile/tokens"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="token_do" value="end"><input type="hidden" name="token" value="{{ID}}">
<button class="btn btn-danger-quiet btn-small">[[End it]]<span class="visually-hidden">: {{NAME}}</span></button></form>
</li>{{/TOKEN}}</ul>
</section>
<form class="card" method="post" action="/profile/tokens" novalidate><h2>[[A new token]]</h2>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="token_do" value="make"><input type="hidden" name="token_key" value="{{KEY}}">
<div class="field"><label for="token_name">[[Which program is it for?]]</label>
<input class="form-control" id="token_name" name="token_name" value="{{NAME}}" maxlength="80" required{{#NAME_WRONG}} aria-invalid="true" aria-describedby="token_name-wrong"{{/NAME_WRONG}}>
{{#NAME_WRONG}}<p class="wrong" id="token_name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<fieldset class="field"{{#SCOPE_WRONG}} aria-describedby="scope-wrong"{{/SCOPE_WRONG}}><legend>[[What may it do?]]</legend>
<div>{{#SCOPE}}<label class="tick"><input class="form-check-input" type="checkbox" name="scope" value="{{CODE}}"{{#TICKED}} checked{{/TICKED}}><span>{{LABEL}} <code>{{CODE}}</code></span></label>
{{/SCOPE}}</div>{{#SCOPE_WRONG}}<p class="wrong" id="scope-wrong">{{WRONG}}</p>{{/SCOPE_WRONG}}</fieldset>
<div class="actions"><button class="btn btn-primary">[[Make the token]]</button></div>
</form>
<p class="soft small">[[For whoever writes the program:]] <code>{{ADDRESS}}</code> · <a href="/api/v1/openapi.json">[[its description (OpenAPI 3.1)]]</a></p>
