{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[You are the owner. Owners can edit the operation; agents call. You can come back to this at any time from the dashboard.]]</p>
<div class="with-side">
<section class="card" aria-labelledby="people"><h2 id="people">[[People with a role]]</h2>
<form class="filters" role="search" method="get" action="/share/{{ID}}">
<label class="visually-hidden" for="q">[[Share with existing users]]</label>
<input class="form-control" type="search" id="q" name="q" maxlength="80" autocomplete="off" placeholder="[[Share with existing users: type a name]]">
<label class="visually-hidden" for="find-role">[[Role of whom you add]]</label>
<select class="form-select" id="find-role" name="role"><option value="agent" selected>[[Agent]]</option><option value="owner">[[Owner]]</option><option value="observer">[[Observer]]</option></select>
<button class="btn btn-primary">[[Search]]</button></form>
<ul class="people">
{{#MEMBER}}<li><span class="avatar" aria-hidden="true">{{INITIAL}}</span><div class="people-who"><strong>{{WHO}}</strong>{{#YOU}} <span class="soft">([[you]])</span>{{/YOU}}</div><span class="tag{{#TOP}} tag-primary{{/TOP}}">{{ROLE}}</span></li>
{{/MEMBER}}
</ul></section>
<aside><section class="card" aria-labelledby="link-title"><h2 id="link-title">[[Link and QR code]]</h2>
{{#LINK}}<form class="field" method="post" action="/share/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="from" value="wizard"><input type="hidden" name="do" value="link_role">
<label for="role">[[People with the link]]</label>
<div class="link-role"><select class="form-select" id="role" name="role" data-shows="change-role">
<option value="agent"{{#GIVES_AGENT}} selected{{/GIVES_AGENT}}>[[Agent: can make calls]]</option>
<option value="owner"{{#GIVES_OWNER}} selected{{/GIVES_OWNER}}>[[Owner: can change everything]]</option></select>
<button class="btn btn-quiet" id="change-role">[[Make a new link with this role]]</button></div></form>
{{#GIVES_OWNER}}<p class="notice notice-warn" role="note">[[This link gives the right to edit the operation.]]</p>{{/GIVES_OWNER}}
{{#QR}}<div class="qr"><img src="/share/{{ID}}/qr.svg" alt="[[QR code of the link]]" width="220" height="220"></div>{{/QR}}
<code class="address" id="address" data-copy="{{URL}}">{{URL}}</code>
<div class="link-buttons"><button class="btn btn-quiet" type="button" data-copies="address" data-done="[[Copied]]" hidden>[[Copy link]]</button>
<a class="btn btn-quiet" href="/share/{{ID}}/sheet">[[Print sheet]]</a></div>
<p class="visually-hidden" role="status" id="copied"></p>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="from" value="wizard">
{{#QR}}<button class="switch" role="switch" aria-checked="true" name="do" value="qr_off">[[Share QR]]</button>{{/QR}}
{{#NO_QR}}<button class="switch" role="switch" aria-checked="false" name="do" value="qr_on">[[Share QR]]</button>{{/NO_QR}}
</form>{{/LINK}}
{{#NO_LINK}}<p class="soft">[[There is no link now. With one, volunteers join by a tap or by scanning a code, without an account.]]</p>
<form method="post" action="/share/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="from" value="wizard">
<button class="btn btn-primary btn-wide" name="do" value="make">[[Make a link]]</button></form>{{/NO_LINK}}
<form class="more" method="post" action="/wizard/{{ID}}/sharing"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-link" name="go" value="share">[[Roles, limits of the link, renew or stop it]]</button></form></section></aside></div>
<form method="post" action="/wizard/{{ID}}/sharing">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Go next]]</button></div>
</form>
