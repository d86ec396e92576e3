{{%AUTOESCAPE context="HTML"}}
<div class="welcome"><img src="/img/favicon.svg" alt="" width="56" height="56">
<h1>[[Sign in: second step]]</h1></div>
<form class="card" method="post" action="/sign-in/code" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="ticket" value="{{TICKET}}">
<input type="hidden" name="next" value="{{NEXT}}">
<div class="field"><label for="step-code">[[Code of your telephone]]</label>
<input class="form-control in-code" id="step-code" name="step_code" maxlength="20" inputmode="numeric" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" required autofocus aria-describedby="step-hint step-code-wrong"{{#CODE_WRONG}} aria-invalid="true"{{/CODE_WRONG}}>
<p class="hint" id="step-hint">[[Six digits, from the application with which you set it up. Without the telephone: one of your recovery codes.]]</p>
{{#CODE_WRONG}}<p class="wrong" id="step-code-wrong" role="alert">{{WRONG}}</p>{{/CODE_WRONG}}</div>
<button class="btn btn-primary btn-big btn-wide">[[Sign in]]</button>
</form>
<p class="soft small text-center">[[Lost both? An administrator of your organisation can turn the second step off for you.]]</p>
