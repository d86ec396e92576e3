{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/profile">[[My profile]]</a></p>
<div class="page-head"><h1>[[Webhooks]]</h1><div class="page-actions"><a class="btn btn-primary" href="/webhooks/new">[[Add a webhook]]</a></div></div>
<p class="explain">[[A webhook tells another system about each call as soon as it is saved: a member database, an automation service. Tocsin sends it a signed message; the other system asks for nothing.]]</p>
{{#NONE}}<div class="empty"><h2>[[No system is told yet]]</h2><p>[[Give the address that the other system shows for this, and Tocsin tells it each call from then on.]]</p><a class="btn btn-primary" href="/webhooks/new">[[Add a webhook]]</a></div>{{/NONE}}
{{#SOME}}<section class="card" aria-label="[[Webhooks]]"><ul class="people">{{#WEBHOOK}}<li>
<div class="people-who"><a class="strong-link" href="/webhooks/{{ID}}">{{URL}}</a> <span class="small soft">{{SCOPE}}</span></div>
{{#GOES}}<span class="tag tag-good">[[works]]</span>{{/GOES}}{{#FAILING}}<span class="tag tag-danger">[[being tried again]]</span>{{/FAILING}}{{#PAUSED}}<span class="tag tag-danger">[[paused]]</span>{{/PAUSED}}
</li>{{/WEBHOOK}}</ul></section>{{/SOME}}
