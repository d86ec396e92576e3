{{%AUTOESCAPE context="HTML"}}
<h1>[[My profile]]</h1>
<form class="card" method="post" action="/profile" novalidate>
<h2>[[Name and language]]</h2>
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field"><label for="name">[[Your name]]</label>
<input class="form-control" id="name" name="name" value="{{NAME}}" maxlength="80" autocomplete="name" required aria-describedby="name-hint name-wrong"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
<p class="hint" id="name-hint">[[Scripts say it to the people you call.]]</p>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<fieldset class="field"><legend>[[Your language]]</legend>
<div class="choices choices-tight">
<label class="choice"><input type="radio" name="language" value="fr"{{#FRENCH}} checked{{/FRENCH}}><span class="choice-face" lang="fr">Français</span></label>
<label class="choice"><input type="radio" name="language" value="en"{{#ENGLISH}} checked{{/ENGLISH}}><span class="choice-face" lang="en">English</span></label>
</div></fieldset>
{{#BY_EMAIL}}<p class="small soft">[[You sign in with]] <strong>{{EMAIL}}</strong></p>{{/BY_EMAIL}}
{{#VOLUNTEER}}<p class="small soft">[[You came by a link and have no password. On another telephone or computer, open the link again.]]</p>{{/VOLUNTEER}}
<div class="actions"><button class="btn btn-primary">[[Save]]</button></div>
</form>
{{#PASSWORD_FORM}}<form class="card" method="post" action="/profile/password" id="password-form" novalidate>
<h2>[[Password]]</h2>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" autocomplete="username" value="{{EMAIL}}">
<div class="field"><label for="current">[[Current password]]</label>
<input class="form-control" id="current" name="current" type="password" maxlength="200" autocomplete="current-password" required aria-describedby="current-wrong"{{#CURRENT_WRONG}} aria-invalid="true"{{/CURRENT_WRONG}}>
{{#CURRENT_WRONG}}<p class="wrong" id="current-wrong">{{WRONG}}</p>{{/CURRENT_WRONG}}</div>
<div class="fields">
<div class="field"><label for="password">[[New password]]</label>
<input class="form-control" id="password" name="password" type="password" maxlength="200" autocomplete="new-password" required aria-describedby="password-hint password-wrong"{{#PASSWORD_WRONG}} aria-invalid="true"{{/PASSWORD_WRONG}}>
<p class="hint" id="password-hint">[[At least 10 characters.]]</p>
{{#PASSWORD_WRONG}}<p class="wrong" id="password-wrong">{{WRONG}}</p>{{/PASSWORD_WRONG}}</div>
<div class="field"><label for="again">[[The new password again]]</label>
<input class="form-control" id="again" name="again" type="password" maxlength="200" autocomplete="new-password" required aria-describedby="again-wrong"{{#AGAIN_WRONG}} aria-invalid="true"{{/AGAIN_WRONG}}>
{{#AGAIN_WRONG}}<p class="wrong" id="again-wrong">{{WRONG}}</p>{{/AGAIN_WRONG}}</div>
</div>
<p class="hint">[[Changing it signs you out everywhere else.]]</p>
<div class="actions"><button class="btn btn-primary">[[Change the password]]</button></div>
</form>{{/PASSWORD_FORM}}
{{#SECOND_ON}}<section class="card"><h2>[[Second step when you sign in]] <span class="tag tag-good">[[on]]</span></h2>
<p class="soft">[[Beside your password, signing in takes a code of your telephone. Who learns your password cannot get in.]]</p>
<a class="btn btn-quiet" href="/profile/two-factor">[[Recovery codes, or turn it off]]</a></section>{{/SECOND_ON}}
{{#SECOND_OFF}}<section class="card"><h2>[[Second step when you sign in]]</h2>
<p class="soft">[[Beside your password, signing in takes a code of your telephone. Who learns your password cannot get in.]]</p>
<a class="btn btn-quiet" href="/profile/two-factor">[[Set it up]]</a></section>{{/SECOND_OFF}}
{{#ALARMS}}<form class="card" method="post" action="/profile/alarms"><h2>[[Alarms by e-mail]]</h2>
<input type="hidden" name="csrf" value="{{CSRF}}">
<p class="soft">[[When something is the matter with an operation that you own: nobody calls though there are people to call, the list is nearly empty, many calls are very short, a home is called too often, the telephone company takes no calls.]]</p>
<div><label class="tick"><input class="form-check-input" type="checkbox" name="alarms" value="1"{{#WISHED}} checked{{/WISHED}}><span>[[Write to me when an alarm begins]]</span></label></div>
<p class="hint">[[Once until it is over, and at most once an hour. The mail holds no name of anybody who is called.]]</p>
<div class="actions"><button class="btn btn-primary">[[Save]]</button></div></form>{{/ALARMS}}
{{#MAY_TOKENS}}<section class="card"><h2>[[Other programs]]</h2>
<p class="soft">[[Tokens by which another program may ask Tocsin in your name.]]</p>
<a class="btn btn-quiet" href="/profile/tokens">[[Tokens]]</a>
<p class="soft gap-top">[[Other systems that are told each call as soon as it is saved.]]</p>
<a class="btn btn-quiet" href="/webhooks">[[Webhooks]]</a></section>{{/MAY_TOKENS}}
<section class="card">
<h2>[[Where you are signed in]]</h2>
{{>SESSIONS}}
</section>
