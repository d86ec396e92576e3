{{%AUTOESCAPE context="HTML"}}
<div class="page-head"><div>
{{#STARTED}}<p class="crumb"><a href="/operations">[[Call operations]]</a> › <a href="/operations/{{ID}}">{{OPERATION}}</a></p>{{/STARTED}}
{{#DRAFT}}<p class="crumb">{{OPERATION}}</p>{{/DRAFT}}
<h1>[[Sharing]]</h1></div>
<div class="page-actions">
{{#DRAFT}}<a class="btn btn-primary" href="/wizard/{{ID}}/sharing">[[Back to the wizard]]</a>{{/DRAFT}}
</div></div>
<div class="with-side">
<section class="card" aria-labelledby="people">
<h2 id="people">[[People]]</h2>
<form class="filters" role="search" method="get" action="/share/{{ID}}">
<label class="visually-hidden" for="q">[[Share with existing users]]</label>
<input class="form-control" type="search" id="q" autocomplete="off" name="q" value="{{Q}}" maxlength="80" placeholder="[[Share with existing users: type a name]]"{{#Q_WRONG}} aria-invalid="true" aria-describedby="q-wrong"{{/Q_WRONG}}>
<button class="btn btn-quiet">[[Search]]</button>
{{#Q_WRONG}}<p class="wrong" id="q-wrong">{{WRONG}}</p>{{/Q_WRONG}}
</form>
<ul class="people people-found">
{{#FOUND}}<li><span class="avatar" aria-hidden="true">{{INITIALS}}</span>
<div class="people-who"><strong>{{NAME}}</strong><span class="small soft">{{ABOUT}}</span></div>
<form class="add-form" method="post" action="/share/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="add"><input type="hidden" name="user" value="{{USER}}">
<select class="form-select" name="role" aria-label="[[Role of]] {{NAME}}"><option value="agent">[[Agent]]</option><option value="owner">[[Owner]]</option></select>
<button class="btn btn-primary">[[Add]]<span class="visually-hidden"> {{NAME}}</span></button>
</form></li>
{{/FOUND}}
</ul>
{{#NOBODY}}<p class="notice">[[Nobody else here has this name or address:]] <strong>{{WORDS}}</strong>. [[Send them the link instead: they need no account to make calls.]]</p>{{/NOBODY}}
<ul class="people">
{{#MEMBER}}<li><span class="avatar" aria-hidden="true">{{INITIALS}}</span>
<div class="people-who"><strong>{{NAME}}</strong>{{#YOU}} <span>[[(you)]]</span>{{/YOU}}{{#BY_LINK}} <span class="tag tag-warn">[[joined by link]]</span>{{/BY_LINK}}
<span class="small soft">{{ABOUT}}</span></div>
{{#OWNER}}<span class="tag tag-primary">[[Owner]]</span>{{/OWNER}}{{#AGENT}}<span class="tag">[[Agent]]</span>{{/AGENT}}
{{#MENU}}<details class="menu"><summary aria-label="{{LABEL}}">&#8943;</summary><ul>
{{#RAISE}}<li><form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="role"><input type="hidden" name="user" value="{{USER}}"><input type="hidden" name="role" value="owner"><button>[[Make owner: may change everything]]</button></form></li>{{/RAISE}}
{{#LOWER}}<li><form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="role"><input type="hidden" name="user" value="{{USER}}"><input type="hidden" name="role" value="agent"><button>[[Make agent: may only make calls]]</button></form></li>{{/LOWER}}
{{#REMOVE}}<li><form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="remove"><input type="hidden" name="user" value="{{USER}}"><button class="danger">[[Remove from this operation]]</button></form></li>{{/REMOVE}}
</ul></details>{{/MENU}}
</li>
{{/MEMBER}}
</ul>
{{#ALONE}}<p class="soft">[[You are alone so far. Search a name above, or give the link to your volunteers.]]</p>{{/ALONE}}
</section>
<aside>
{{#LINK}}<section class="card" aria-labelledby="link-title">
<h2 id="link-title">[[Link and QR code]]</h2>
<form class="field" method="post" action="/share/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="link_role">
<label for="role">[[People with the link]]</label>
<div class="link-role"><select class="form-select" id="role" name="role" data-shows="change-role" aria-describedby="role-hint">
<option value="agent"{{#FOR_AGENTS}} selected{{/FOR_AGENTS}}>[[Agent: can make calls]]</option>
<option value="owner"{{#FOR_OWNERS}} selected{{/FOR_OWNERS}}>[[Owner: can change everything]]</option></select>
<button class="btn btn-quiet" id="change-role">[[Make a new link with this role]]</button></div>
<p class="hint" id="role-hint">[[A change makes a new link and the one before stops. A link for owners works once.]]</p>
</form>
{{#WARNING}}<p class="notice notice-warn" role="note"><strong>[[Careful.]]</strong> [[Whoever opens this link first becomes an owner: they see every name and number, can change the rules and remove you.]]</p>{{/WARNING}}
{{#QR}}<div class="qr"><img src="/share/{{ID}}/qr.svg" alt="[[QR code of the link]]" width="220" height="220"></div>{{/QR}}
<code class="address" id="address" data-copy="{{URL}}">{{SHOWN}}</code>
<div class="link-buttons"><button class="btn btn-quiet" type="button" data-copies="address" data-done="[[Copied]]" hidden>[[Copy link]]</button>
<a class="btn btn-quiet" href="/share/{{ID}}/sheet">[[Print sheet]]</a></div>
<p class="small soft" role="status" id="copied"></p>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
{{#QR_IS_ON}}<button class="switch" role="switch" aria-checked="true" name="do" value="qr_off">[[Share QR]]</button>{{/QR_IS_ON}}
{{#QR_IS_OFF}}<button class="switch" role="switch" aria-checked="false" name="do" value="qr_on">[[Share QR]]</button>{{/QR_IS_OFF}}
</form>
<p class="small soft link-uses">{{USES}}</p>
<details class="more"><summary>[[Renew or stop the link]]</summary>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
<p class="small">[[A new link takes its place. The old one and its QR code stop working; people who joined go on calling.]]</p>
<button class="btn btn-quiet btn-wide" name="do" value="renew">[[Renew the link]]</button>
<p class="small gap-top">[[For a link that got into wrong hands: nobody can join any more, and everybody who came by it is signed out at once.]]</p>
<button class="btn btn-danger-quiet btn-wide" name="do" value="stop">[[Stop this link and sign its people out]]</button>
</form></details>
</section>{{/LINK}}
{{#NO_LINK}}<section class="card" aria-labelledby="link-title">
<h2 id="link-title">[[Link and QR code]]</h2>
<p class="soft">[[There is no link now. With one, volunteers join by a tap or by scanning a code, without an account.]]</p>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-primary btn-wide" name="do" value="make">[[Make a link]]</button></form>
</section>{{/NO_LINK}}
</aside>
</div>
