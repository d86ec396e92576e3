{{%AUTOESCAPE context="HTML"}}
<div class="welcome"><p class="eyebrow">{{ORGANISATION}} [[invites you to help]]</p>
<h1>{{OPERATION}}</h1></div>
<section class="card" aria-labelledby="what">
<h2 id="what">[[What you will do]]</h2>
{{#AS_AGENT}}<ul class="plain">
{{#OWN_PHONE}}<li>[[Call people of a list with your own phone, one at a time.]]</li>{{/OWN_PHONE}}
{{#SOFTWARE}}<li>[[Talk with people of a list, one at a time: the software dials for you.]]</li>{{/SOFTWARE}}
<li>[[The screen shows whom to call and what to say.]]</li>
<li>[[You tap how the call went, and the next person appears.]]</li>
</ul>{{/AS_AGENT}}
{{#AS_OWNER}}<p class="notice notice-warn">[[This link makes you an owner of the operation: you can see its numbers, change its rules and decide who takes part.]]</p>{{/AS_OWNER}}
{{#WHEN}}<p class="when"><strong>[[When]]</strong><br>{{HOURS}}</p>{{/WHEN}}
</section>
{{#BY_NAME}}<form class="card" method="post" action="/j/{{WORD}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="key" value="{{KEY}}">
<div class="field"><label for="name">[[Your name]]</label>
<input class="form-control" id="name" name="name" value="{{NAME}}" maxlength="80" autocomplete="name" required aria-describedby="name-hint name-wrong"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
<p class="hint" id="name-hint">[[The team sees it, and the script uses it.]]</p>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<div class="field"><label for="contact">[[How the team can reach you]]{{#CONTACT_OPTIONAL}} <span class="optional">[[(if you like)]]</span>{{/CONTACT_OPTIONAL}}</label>
<input class="form-control" id="contact" name="contact" value="{{CONTACT}}" maxlength="190"{{#CONTACT_NEEDED}} required{{/CONTACT_NEEDED}} aria-describedby="contact-hint contact-wrong"{{#CONTACT_WRONG}} aria-invalid="true"{{/CONTACT_WRONG}}>
<p class="hint" id="contact-hint">[[A phone number or an e-mail address.]]</p>
{{#CONTACT_WRONG}}<p class="wrong" id="contact-wrong">{{WRONG}}</p>{{/CONTACT_WRONG}}</div>
<button class="btn btn-primary btn-big btn-wide">[[Join]]</button>
</form>
<p class="small soft text-center">[[You have an account?]] <a href="/sign-in?next=/j/{{WORD}}">[[Sign in first]]</a></p>{{/BY_NAME}}
{{#SIGNED_IN}}<form class="card" method="post" action="/j/{{WORD}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p>[[You are signed in as]] <strong>{{ME}}</strong>.</p>
<button class="btn btn-primary btn-big btn-wide">[[Join]]</button>
</form>{{/SIGNED_IN}}
{{#MUST_SIGN_IN}}<section class="card">
<p>[[Owners need an account. Sign in, then you come back here.]]</p>
<a class="btn btn-primary btn-big btn-wide" href="/sign-in?next=/j/{{WORD}}">[[Sign in]]</a>
</section>{{/MUST_SIGN_IN}}
