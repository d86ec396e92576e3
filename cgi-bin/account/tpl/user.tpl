{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/users">[[Users]]</a></p>
<div class="page-head"><h1>{{NAME}}{{#DISABLED}} <span class="tag tag-danger">[[disabled]]</span>{{/DISABLED}}{{#INVITED}} <span class="tag tag-warn">[[invited]]</span>{{/INVITED}}</h1>
<div class="page-actions"><a class="btn btn-quiet" href="/audit?user={{ID}}">[[What they did]]</a></div></div>
<p class="soft">{{ABOUT}}</p>
{{#ACCOUNT}}{{#LINK}}<section class="card" aria-labelledby="link-title"><h2 id="link-title">{{#FIRST}}[[Invitation]]{{/FIRST}}{{#AGAIN}}[[Link for a new password]]{{/AGAIN}}</h2>
<p>[[Send this link to them and to nobody else: whoever opens it first chooses the password.]]</p>
<code class="address" id="address" data-copy="{{URL}}">{{URL}}</code>
<div class="link-buttons"><button class="btn btn-quiet" type="button" data-copies="address" data-done="[[Copied]]" hidden>[[Copy link]]</button></div>
<p class="small soft" role="status" id="copied"></p>
<p class="small soft">[[Works once, until]] {{UNTIL}}.</p></section>{{/LINK}}
<section class="card" aria-labelledby="role-title"><h2 id="role-title">[[Role]]</h2>
<form method="post" action="/users/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="role">
<fieldset class="field"><legend class="visually-hidden">[[Role]]</legend><div class="roles">
{{#CHOICE}}<label class="tick"><input class="form-check-input" type="radio" name="role" value="{{VALUE}}"{{#CHOSEN}} checked{{/CHOSEN}}> <span>{{LABEL}}<span class="small soft role-about">{{WHAT}}</span></span></label>
{{/CHOICE}}</div></fieldset>
<div class="actions"><button class="btn btn-primary">[[Save]]</button></div></form></section>
{{#PASSWORD}}<section class="card" aria-labelledby="password-title"><h2 id="password-title">[[Signing in]]</h2>
{{#SECOND_ON}}<p class="soft">[[The second step is on.]]</p>{{/SECOND_ON}}{{#SECOND_OFF}}<p class="soft">[[The second step is off.]]</p>{{/SECOND_OFF}}
<form class="button-row" method="post" action="/users/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-quiet" name="do" value="link">{{#FIRST}}[[New invitation]]{{/FIRST}}{{#AGAIN}}[[Make a link for a new password]]{{/AGAIN}}</button>
{{#SECOND_ON}}<button class="btn btn-quiet" name="do" value="two_factor">[[Turn the second step off]]</button>{{/SECOND_ON}}
</form></section>{{/PASSWORD}}{{/ACCOUNT}}
<section class="card" aria-labelledby="where"><h2 id="where">[[Where they are signed in]]</h2>
{{>SESSIONS}}
{{#SOMEWHERE}}<form method="post" action="/users/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-danger-quiet" name="do" value="sign_out">[[Sign out everywhere]]</button></form>{{/SOMEWHERE}}</section>
{{#MAY_DISABLE}}<section class="card" aria-labelledby="disable-title"><h2 id="disable-title">[[Disable]]</h2>
<p class="soft">[[They are signed out at once and cannot come back; whoever they had on the line goes back to the list. What they did stays. Operations that are theirs alone become yours.]]</p>
<form method="post" action="/users/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-danger-quiet" name="do" value="disable">[[Disable this user]]</button></form></section>{{/MAY_DISABLE}}
{{#MAY_ENABLE}}<section class="card" aria-labelledby="enable-title"><h2 id="enable-title">[[Disabled]]</h2>
<p class="soft">[[They cannot sign in. Enabled again, they have the role and the operations that they had.]]</p>
<form method="post" action="/users/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet" name="do" value="enable">[[Enable this user]]</button></form></section>{{/MAY_ENABLE}}
