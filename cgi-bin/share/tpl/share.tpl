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
<label class="visually-hidden" for="find-role">[[Role of whom you add]]</label>
<select class="form-select" id="find-role" name="role"><option value="agent"{{#FIND_AGENT}} selected{{/FIND_AGENT}}>[[Agent]]</option><option value="owner"{{#FIND_OWNER}} selected{{/FIND_OWNER}}>[[Owner]]</option><option value="observer"{{#FIND_OBSERVER}} selected{{/FIND_OBSERVER}}>[[Observer]]</option></select>
<button class="btn btn-primary">[[Search]]</button>
{{#Q_WRONG}}<p class="wrong" id="q-wrong">{{WRONG}}</p>{{/Q_WRONG}}
</form>
<ul class="people people-found">
{{#FOUND}}<li><span class="avatar" aria-hidden="true">{{INITIALS}}</span>
<div class="people-who"><strong>{{NAME}}</strong><span class="small soft">{{ABOUT}}</span></div>
<form class="add-form" method="post" action="/share/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="add"><input type="hidden" name="user" value="{{USER}}">
<select class="form-select" name="role" aria-label="[[Role of]] {{NAME}}"><option value="agent"{{#AS_AGENT}} selected{{/AS_AGENT}}>[[Agent]]</option><option value="owner"{{#AS_OWNER}} selected{{/AS_OWNER}}>[[Owner]]</option><option value="observer"{{#AS_OBSERVER}} selected{{/AS_OBSERVER}}>[[Observer]]</option></select>
<button class="btn btn-primary">[[Add]]<span class="visually-hidden"> {{NAME}}</span></button>
</form></li>
{{/FOUND}}
</ul>
{{#NOBODY}}<p class="notice">[[Nobody else here has this name or address:]] <strong>{{WORDS}}</strong>. [[Send them the link instead: they need no account to make calls.]]</p>{{/NOBODY}}
<ul class="people">
{{#MEMBER}}<li><span class="avatar" aria-hidden="true">{{INITIALS}}</span>
<div class="people-who"><strong>{{NAME}}</strong>{{#YOU}} <span>[[(you)]]</span>{{/YOU}}{{#BY_LINK}} <span class="tag tag-warn">[[joined by link]]</span>{{/BY_LINK}}
<span class="small soft">{{ABOUT}}</span></div>
{{#OWNER}}<span class="tag tag-primary">[[Owner]]</span>{{/OWNER}}{{#AGENT}}<span class="tag">[[Agent]]</span>{{/AGENT}}{{#OBSERVER}}<span class="tag">[[Observer]]</span>{{/OBSERVER}}
{{#MENU}}<details class="menu"><summary aria-label="{{LABEL}}">&#8943;</summary><ul>
{{#RAISE}}<li><form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="role"><input type="hidden" name="user" value="{{USER}}"><input type="hidden" name="role" value="owner"><button>[[Make owner: may change everything]]</button></form></li>{{/RAISE}}
{{#LOWER}}<li><form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="role"><input type="hidden" name="user" value="{{USER}}"><input type="hidden" name="role" value="agent"><button>[[Make agent: may only make calls]]</button></form></li>{{/LOWER}}
{{#OBSERVE}}<li><form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="role"><input type="hidden" name="user" value="{{USER}}"><input type="hidden" name="role" value="observer"><button>[[Make observer: sees numbers, no names]]</button></form></li>{{/OBSERVE}}
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
{{#SURE}}<form class="notice notice-warn" method="post" action="/share/{{ID}}" role="alert">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="link_role"><input type="hidden" name="role" value="owner"><input type="hidden" name="sure" value="1">
<p><strong>[[A link that makes an owner?]]</strong> [[Whoever opens this link first becomes an owner: they see every name and number, can change the rules and remove you.]] [[The link for agents stops.]]</p>
<div class="button-row"><button class="btn btn-danger">[[Yes, make it]]</button><a class="btn btn-quiet" href="/share/{{ID}}">[[No]]</a></div>
</form>{{/SURE}}
{{#ROLE_FORM}}<form class="field" method="post" action="/share/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="link_role">
<label for="role">[[People with the link]]</label>
<div class="link-role"><select class="form-select" id="role" name="role" data-shows="change-role" aria-describedby="role-hint">
<option value="agent"{{#FOR_AGENTS}} selected{{/FOR_AGENTS}}>[[Agent: can make calls]]</option>
<option value="owner"{{#FOR_OWNERS}} selected{{/FOR_OWNERS}}>[[Owner: can change everything]]</option></select>
<button class="btn btn-quiet" id="change-role">[[Make a new link with this role]]</button></div>
<p class="hint" id="role-hint">[[A change makes a new link and the one before stops. A link for owners works once.]]</p>
</form>{{/ROLE_FORM}}
{{#WARNING}}<p class="notice notice-warn" role="note"><strong>[[Careful.]]</strong> [[Whoever opens this link first becomes an owner: they see every name and number, can change the rules and remove you.]]</p>{{/WARNING}}
{{#QR}}<div class="qr"><img src="/share/{{ID}}/qr.svg" alt="[[QR code of the link]]" width="220" height="220"></div>
<p class="small text-center qr-files">[[QR code as a file:]] <a href="/share/{{ID}}/qr.svg" download="tocsin-{{ID}}.svg">SVG</a> · <a href="/share/{{ID}}/qr.png">PNG</a></p>{{/QR}}
<code class="address" id="address" data-copy="{{URL}}">{{SHOWN}}</code>
<div class="link-buttons"><button class="btn btn-quiet" type="button" data-copies="address" data-done="[[Copied]]" hidden>[[Copy link]]</button>
<a class="btn btn-quiet" href="/share/{{ID}}/sheet">[[Print sheet]]</a></div>
<p class="small soft" role="status" id="copied"></p>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
{{#QR_IS_ON}}<button class="switch" role="switch" aria-checked="true" name="do" value="qr_off">[[Share QR]]</button>{{/QR_IS_ON}}
{{#QR_IS_OFF}}<button class="switch" role="switch" aria-checked="false" name="do" value="qr_on">[[Share QR]]</button>{{/QR_IS_OFF}}
</form>
<p class="small soft link-uses">{{USES}}</p>
{{#OPTIONS}}<details class="more"{{#TYPED}} open{{/TYPED}}><summary>[[Limits of the link]]</summary>
<form method="post" action="/share/{{ID}}" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="options">
<div class="field"><label for="until">[[Works until the end of]]</label>
<input class="form-control" type="date" id="until" name="until" value="{{UNTIL}}" aria-describedby="until-hint until-wrong"{{#UNTIL_WRONG}} aria-invalid="true"{{/UNTIL_WRONG}}>
<p class="hint" id="until-hint">[[Empty: as long as the operation.]]</p>
{{#UNTIL_WRONG}}<p class="wrong" id="until-wrong">{{WRONG}}</p>{{/UNTIL_WRONG}}</div>
{{#FOR_MANY}}<div class="field"><label for="uses">[[For at most so many people]]</label>
<input class="form-control" id="uses" name="uses" inputmode="numeric" maxlength="6" value="{{MOST}}" aria-describedby="uses-hint uses-wrong"{{#MOST_WRONG}} aria-invalid="true"{{/MOST_WRONG}}>
<p class="hint" id="uses-hint">[[Empty: no limit.]]</p>
{{#MOST_WRONG}}<p class="wrong" id="uses-wrong">{{WRONG}}</p>{{/MOST_WRONG}}</div>
<label class="tick"><input class="form-check-input" type="checkbox" name="asks" value="1"{{#ASKING}} checked{{/ASKING}}> <span>[[Ask for an e-mail address or a phone number]]</span></label>{{/FOR_MANY}}
<button class="btn btn-quiet btn-wide gap-top">[[Save the limits]]</button></form></details>{{/OPTIONS}}
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
{{#PRACTICE_ON}}<section class="card" aria-labelledby="practice-title">
<h2 id="practice-title">[[Practice]]</h2>
<p class="small">[[Whoever opens this link rehearses on invented people: the same screens, script and questions. It opens nothing of the operation, and nothing of it counts.]]</p>
<code class="address" id="practice-address" data-copy="{{PRACTICE_URL}}">{{PRACTICE_SHOWN}}</code>
<div class="link-buttons"><button class="btn btn-quiet" type="button" data-copies="practice-address" data-done="[[Copied]]" hidden>[[Copy link]]</button>
<a class="btn btn-quiet" href="{{PRACTICE_URL}}">[[Try it yourself]]</a></div>
<p class="small soft" role="status"></p>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="switch" role="switch" aria-checked="true" name="do" value="practice_off">[[Practice link]]</button></form>
</section>{{/PRACTICE_ON}}
{{#PRACTICE_OFF}}<section class="card" aria-labelledby="practice-title">
<h2 id="practice-title">[[Practice]]</h2>
<p class="small">[[Agents can always practise first, from their own screen. With a link, anybody can, also before they take part.]]</p>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="switch" role="switch" aria-checked="false" name="do" value="practice_on">[[Practice link]]</button></form>
</section>{{/PRACTICE_OFF}}
</aside>
</div>
