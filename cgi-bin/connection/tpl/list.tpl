{{%AUTOESCAPE context="HTML"}}
<div class="page-head"><h1>[[Telephony]]</h1><div class="page-actions"><a class="btn btn-primary" href="/connections/new">[[Add a connection]]</a></div></div>
<p class="explain">[[A connection is your organization’s account with a company that places telephone calls. With one, an operation can call from the software; calls then cost money.]]</p>
{{#NOTHING}}<div class="empty"><h2>[[No connection yet]]</h2><p>[[Operations call by the agents’ own phones, which costs the organization nothing. Add a connection when that is not enough.]]</p><a class="btn btn-primary" href="/connections/new">[[Add a connection]]</a></div>{{/NOTHING}}
<div class="cards">
{{#CARD}}<section class="card"><h2><a href="/connections/{{ID}}">{{NAME}}</a></h2><p class="soft">{{PROVIDER}}</p>
{{#PAUSED}}<p class="notice notice-bad">[[Calls are paused:]] {{WHY}}</p>{{/PAUSED}}
{{#UNCHECKED}}<p><span class="state state-draft">[[Not checked yet]]</span></p>{{/UNCHECKED}}
{{#WORKS}}<p><span class="state state-running">{{WHY}}</span></p>{{/WORKS}}
{{#BROKEN}}<p class="notice notice-warn">{{WHY}}</p>{{/BROKEN}}
</section>{{/CARD}}
</div>
