{{%AUTOESCAPE context="HTML"}}
{{#OPEN}}<div class="welcome"><img src="/img/favicon.svg" alt="" width="56" height="56">
<h1>{{TITLE}}</h1>
<p class="explain">{{#FIRST}}[[You were invited to work with Tocsin. Choose a password and you are in.]]{{/FIRST}}{{#AGAIN}}[[Choose a new password. You are signed out everywhere else.]]{{/AGAIN}}</p></div>
<form class="card" method="post" action="/welcome/{{WORD}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<p>[[You sign in with]] <strong>{{EMAIL}}</strong></p>
<input type="hidden" autocomplete="username" value="{{EMAIL}}">
<div class="field"><label for="password">[[Password]]</label>
<input class="form-control" id="password" name="password" type="password" maxlength="200" autocomplete="new-password" required aria-describedby="password-hint password-wrong"{{#PASSWORD_WRONG}} aria-invalid="true"{{/PASSWORD_WRONG}}>
<p class="hint" id="password-hint">[[At least 10 characters. A few words in a row are easy to remember.]]</p>
{{#PASSWORD_WRONG}}<p class="wrong" id="password-wrong">{{WRONG}}</p>{{/PASSWORD_WRONG}}</div>
<div class="field"><label for="again">[[The same password again]]</label>
<input class="form-control" id="again" name="again" type="password" maxlength="200" autocomplete="new-password" required aria-describedby="again-wrong"{{#AGAIN_WRONG}} aria-invalid="true"{{/AGAIN_WRONG}}>
{{#AGAIN_WRONG}}<p class="wrong" id="again-wrong">{{WRONG}}</p>{{/AGAIN_WRONG}}</div>
<button class="btn btn-primary btn-big btn-wide">[[Save the password]]</button>
</form>{{/OPEN}}
{{#OVER}}<div class="card empty-card"><h1>[[This link no longer works]]</h1>
<p>[[It works once and for some days. If you have chosen your password with it, sign in; else ask an administrator of your organisation for a new one.]]</p>
<p><a class="btn btn-primary" href="/sign-in">[[Sign in]]</a></p></div>{{/OVER}}
