{{%AUTOESCAPE context="HTML"}}
<div class="welcome"><img src="/img/favicon.svg" alt="" width="56" height="56">
<h1>[[Sign in]]</h1></div>
<form class="card" method="post" action="/sign-in" novalidate>
{{#REFUSED}}<p class="notice notice-bad" role="alert" id="refused">{{WRONG}}</p>{{/REFUSED}}
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="next" value="{{NEXT}}">
<div class="field"><label for="email">[[E-mail address]]</label>
<input class="form-control" id="email" name="email" type="email" value="{{EMAIL}}" maxlength="190" autocomplete="username" required aria-describedby="email-wrong"{{#EMAIL_WRONG}} aria-invalid="true"{{/EMAIL_WRONG}}>
{{#EMAIL_WRONG}}<p class="wrong" id="email-wrong">{{WRONG}}</p>{{/EMAIL_WRONG}}</div>
<div class="field"><label for="password">[[Password]]</label>
<input class="form-control" id="password" name="password" type="password" maxlength="200" autocomplete="current-password" required aria-describedby="password-wrong"{{#PASSWORD_WRONG}} aria-invalid="true"{{/PASSWORD_WRONG}}>
{{#PASSWORD_WRONG}}<p class="wrong" id="password-wrong">{{WRONG}}</p>{{/PASSWORD_WRONG}}</div>
<button class="btn btn-primary btn-big btn-wide" type="submit">[[Sign in]]</button>
</form>
<p class="soft small text-center">[[Were you given a link or a QR code to make calls? Open it again: you need no password.]]</p>
