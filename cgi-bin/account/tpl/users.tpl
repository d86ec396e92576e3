{{%AUTOESCAPE context="HTML"}}
<div class="page-head"><h1>[[Users]]</h1><div class="page-actions"><a class="btn btn-quiet" href="/organisation">[[Your organisation]]</a><a class="btn btn-quiet" href="/audit">[[Who did what]]</a></div></div>
<div class="with-side">
<section class="card" aria-label="[[Users]]">
<nav class="tabs" aria-label="[[Which users]]"><a href="/users"{{#AT_ACCOUNTS}} aria-current="page"{{/AT_ACCOUNTS}}>[[With an account]]</a><a href="/users?who=link"{{#AT_LINK}} aria-current="page"{{/AT_LINK}}>[[Joined by a link]]</a></nav>
<form class="filters" role="search" method="get" action="/users">
{{#AT_LINK}}<input type="hidden" name="who" value="link">{{/AT_LINK}}
<label class="visually-hidden" for="q">[[Search a name or an e-mail address]]</label>
<input class="form-control" type="search" id="q" name="q" value="{{Q}}" maxlength="80" autocomplete="off" placeholder="[[Search a name or an e-mail address]]">
<button class="btn btn-quiet">[[Search]]</button></form>
<ul class="people">
{{#USER}}<li><span class="avatar" aria-hidden="true">{{INITIALS}}</span>
<div class="people-who"><a class="strong-link" href="/users/{{ID}}">{{NAME}}</a>{{#YOU}} <span>[[(you)]]</span>{{/YOU}}{{#INVITED}} <span class="tag tag-warn">[[invited]]</span>{{/INVITED}}{{#DISABLED}} <span class="tag tag-danger">[[disabled]]</span>{{/DISABLED}}
<span class="small soft">{{ABOUT}}</span></div>
<span class="tag{{#TOP}} tag-primary{{/TOP}}">{{ROLE}}</span></li>
{{/USER}}
</ul>
{{#NOBODY}}<p class="soft">[[Nobody here.]]</p>{{/NOBODY}}
<nav class="pager" aria-label="[[Pages]]">{{#NEXT}}<form method="get" action="/users">{{#NEXT_LINK}}<input type="hidden" name="who" value="link">{{/NEXT_LINK}}<input type="hidden" name="q" value="{{Q}}"><button class="btn btn-quiet" name="after" value="{{AFTER}}">[[Next]]</button></form>{{/NEXT}}</nav>
</section>
<aside>
<section class="card" aria-labelledby="invite"><h2 id="invite">[[Invite somebody]]</h2>
<form method="post" action="/users" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="invite">
<div class="field"><label for="name">[[Name]]</label>
<input class="form-control" id="name" name="name" value="{{NEW_NAME}}" maxlength="80" autocomplete="off" required aria-describedby="name-wrong"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<div class="field"><label for="email">[[E-mail address]]</label>
<input class="form-control" id="email" name="email" type="email" value="{{NEW_EMAIL}}" maxlength="190" autocomplete="off" required aria-describedby="email-wrong"{{#EMAIL_WRONG}} aria-invalid="true"{{/EMAIL_WRONG}}>
{{#EMAIL_WRONG}}<p class="wrong" id="email-wrong">{{WRONG}}</p>{{/EMAIL_WRONG}}</div>
<div class="field"><label for="role">[[Role]]</label>
<select class="form-select" id="role" name="role">{{#CHOICE}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/CHOICE}}</select></div>
<div class="field"><label for="language">[[Language]]</label>
<select class="form-select" id="language" name="language"><option value="fr" lang="fr"{{#FRENCH}} selected{{/FRENCH}}>Français</option><option value="en" lang="en"{{#ENGLISH}} selected{{/ENGLISH}}>English</option></select></div>
<button class="btn btn-primary btn-wide">[[Make an invitation]]</button>
<p class="hint gap-top">[[It is a link that works once, for a week. Tocsin does not send it: you copy it and send it as you like.]]</p>
</form></section>
<section class="card" aria-labelledby="second"><h2 id="second">[[Second step]]</h2>
<form method="post" action="/users"><input type="hidden" name="csrf" value="{{CSRF}}">
{{#REQUIRED}}<button class="switch" role="switch" aria-checked="true" name="do" value="optional">[[Organisers must use it]]</button>{{/REQUIRED}}
{{#OPTIONAL}}<button class="switch" role="switch" aria-checked="false" name="do" value="required">[[Organisers must use it]]</button>{{/OPTIONAL}}
</form>
<p class="hint">[[When it is on, organisers and administrators set up codes of their telephone at the next page they open, you too.]]</p></section>
</aside></div>
