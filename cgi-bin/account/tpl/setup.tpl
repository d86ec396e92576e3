{{%AUTOESCAPE context="HTML"}}
<div class="welcome"><img src="/img/favicon.svg" alt="" width="56" height="56">
<h1>[[Welcome to Tocsin]]</h1>
<p class="explain">[[Nobody can sign in yet. You are about to become the first owner of this installation.]]</p></div>
<form class="card" method="post" action="/setup" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field"><label for="code">[[One-time code]]</label>
<input class="form-control in-code" id="code" name="code" value="{{CODE}}" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required aria-describedby="code-hint code-wrong"{{#CODE_WRONG}} aria-invalid="true"{{/CODE_WRONG}}>
<p class="hint" id="code-hint">[[It was printed when the server was started, and “tocsin user code” prints a new one.]]</p>
{{#CODE_WRONG}}<p class="wrong" id="code-wrong">{{WRONG}}</p>{{/CODE_WRONG}}</div>
<div class="field"><label for="organisation">[[Name of your organisation]]</label>
<input class="form-control" id="organisation" name="organisation" value="{{ORGANISATION}}" maxlength="120" autocomplete="organization" required aria-describedby="organisation-hint organisation-wrong"{{#ORGANISATION_WRONG}} aria-invalid="true"{{/ORGANISATION_WRONG}}>
<p class="hint" id="organisation-hint">[[Volunteers see it on the page where they join.]]</p>
{{#ORGANISATION_WRONG}}<p class="wrong" id="organisation-wrong">{{WRONG}}</p>{{/ORGANISATION_WRONG}}</div>
<div class="field"><label for="name">[[Your name]]</label>
<input class="form-control" id="name" name="name" value="{{NAME}}" maxlength="80" autocomplete="name" required aria-describedby="name-wrong"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<div class="field"><label for="email">[[Your e-mail address]]</label>
<input class="form-control" id="email" name="email" type="email" value="{{EMAIL}}" maxlength="190" autocomplete="username" required aria-describedby="email-wrong"{{#EMAIL_WRONG}} aria-invalid="true"{{/EMAIL_WRONG}}>
{{#EMAIL_WRONG}}<p class="wrong" id="email-wrong">{{WRONG}}</p>{{/EMAIL_WRONG}}</div>
<div class="field"><label for="password">[[Password]]</label>
<input class="form-control" id="password" name="password" type="password" maxlength="200" autocomplete="new-password" required aria-describedby="password-hint password-wrong"{{#PASSWORD_WRONG}} aria-invalid="true"{{/PASSWORD_WRONG}}>
<p class="hint" id="password-hint">[[At least 10 characters. A few words in a row are easy to remember.]]</p>
{{#PASSWORD_WRONG}}<p class="wrong" id="password-wrong">{{WRONG}}</p>{{/PASSWORD_WRONG}}</div>
<div class="field"><label for="again">[[The same password again]]</label>
<input class="form-control" id="again" name="again" type="password" maxlength="200" autocomplete="new-password" required aria-describedby="again-wrong"{{#AGAIN_WRONG}} aria-invalid="true"{{/AGAIN_WRONG}}>
{{#AGAIN_WRONG}}<p class="wrong" id="again-wrong">{{WRONG}}</p>{{/AGAIN_WRONG}}</div>
<fieldset class="field"><legend>[[Your language]]</legend>
<div class="choices choices-tight">
<label class="choice"><input type="radio" name="language" value="fr"{{#FRENCH}} checked{{/FRENCH}}><span class="choice-face" lang="fr">Français</span></label>
<label class="choice"><input type="radio" name="language" value="en"{{#ENGLISH}} checked{{/ENGLISH}}><span class="choice-face" lang="en">English</span></label>
</div></fieldset>
<button class="btn btn-primary btn-big btn-wide">[[Create my account]]</button>
</form>
