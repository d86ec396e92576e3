{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/connections">[[Telephony]]</a></p>
<div class="page-head"><h1>{{NAME}}</h1><div class="page-actions"><a class="btn btn-quiet" href="/connections/{{ID}}/edit">[[Edit]]</a></div></div>
<p class="explain">{{PROVIDER}}</p>
{{#PAUSED}}<p class="notice notice-bad" role="alert">[[Calls are paused for all operations that use this connection, since]] {{WHEN}}: {{WHY}} [[Mend it, then check the connection: when it works, calls go on.]]</p>{{/PAUSED}}
{{#SEALED_BADLY}}<p class="notice notice-bad" role="alert">[[The stored secret cannot be opened with this server’s key. Enter it again under “Edit”.]]</p>{{/SEALED_BADLY}}
<section class="card"><h2>[[Does it work?]]</h2>
{{#ASKED}}<p role="status">[[It is being checked. This page looks again by itself.]]</p>{{/ASKED}}
{{#UNCHECKED}}<p>[[Nobody has checked it yet.]]</p>{{/UNCHECKED}}
{{#WORKS}}<p class="notice notice-good" role="status">{{WHY}} <span class="small soft">{{WHEN}}</span></p>{{/WORKS}}
{{#BROKEN}}<p class="notice notice-bad" role="status">{{WHY}} <span class="small soft">{{WHEN}}</span></p>{{/BROKEN}}
<form method="post" action="/connections/{{ID}}/check"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-primary">[[Check it now]]</button></form>
<p class="hint gap-top">[[It signs in and looks for the numbers below. No call is placed.]]</p>
{{#OLD}}<form class="gap-top" method="post" action="/connections/{{ID}}/forget"><input type="hidden" name="csrf" value="{{CSRF}}"><p>[[The old secret still counts beside the new one.]] <button class="btn btn-danger-quiet btn-small">[[Take the old secret away]]</button></p></form>{{/OLD}}
</section>
<section class="card"><h2>[[Numbers that people see]]</h2>
{{#NO_CALLER}}<p class="notice notice-warn">[[Without a number no operation can use this connection. Enter one that belongs to the account and that people can call back.]]</p>{{/NO_CALLER}}
<ul class="people">{{#CALLER}}<li><div class="people-who"><strong class="nowrap">{{NUMBER}}</strong></div>
<form class="inline-form" method="post" action="/connections/{{ID}}/caller-remove"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="caller" value="{{E164}}"><button class="btn btn-danger-quiet btn-small">[[Remove]]<span class="visually-hidden"> {{NUMBER}}</span></button></form></li>{{/CALLER}}</ul>
<form method="post" action="/connections/{{ID}}/caller" novalidate><input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field"><label for="number">[[Phone number]]</label><input class="form-control" id="number" name="number" type="tel" maxlength="40" value="{{TYPED}}"{{#NUMBER_WRONG}} aria-invalid="true" aria-describedby="number-wrong"{{/NUMBER_WRONG}}>
{{#NUMBER_WRONG}}<p class="wrong" id="number-wrong">{{WRONG}}</p>{{/NUMBER_WRONG}}</div>
<button class="btn btn-quiet">[[Add this number]]</button></form>
</section>
{{#BROWSER}}<section class="card"><h2>[[Agents who speak in the browser]]</h2>
<p>[[In Twilio’s console, under the TwiML application, enter these two addresses, both with HTTP POST:]]</p>
<dl class="facts"><div><dt>[[Voice: Request URL]]</dt><dd><code>{{VOICE_URL}}</code></dd></div>
<div><dt>[[Call status changes]]</dt><dd><code>{{STATUS_URL}}</code></dd></div></dl>
<p class="hint">[[Agents’ pages load the script from]] <code>{{SCRIPT}}</code>. [[An operation’s owner chooses how its agents speak, on the operation’s page about calls from the software.]]</p>
</section>{{/BROWSER}}
{{#POWER}}<section class="card" id="power"><h2>[[Power mode]]</h2>
{{#ALLOWED}}<p class="notice" role="status">[[Allowed: the owners of operations may choose it.]]</p>{{/ALLOWED}}
{{#FORBIDDEN}}<p>[[Not allowed. The software calls one person for each agent, and nobody ever answers to silence.]]</p>{{/FORBIDDEN}}
<p>[[With it the software calls several people for each agent who is free, and connects whoever answers. More people are reached in an hour. Now and then somebody answers and no agent is free: they hear your organisation’s name and an apology, and the call ends.]]</p>
<ul class="small soft"><li>[[It needs five agents who are free at once, and fifty answers that were measured; else each agent has one call.]]</li>
<li>[[When more than 2 % of those who answered heard nobody, each agent has one call until it is less. At more than 2.8 % it is locked: in Canada to the end of the month, elsewhere for 30 days. The law’s limit is 5 % in Canada, 3 % in most other countries.]]</li>
<li>[[Each person who heard nobody is on record, and is called only by an agent who is there for the next three days.]]</li>
<li>[[It is never used where the rules of the United States apply: there, only people who have agreed to it may be called so.]]</li></ul>
<form method="post" action="/connections/{{ID}}/power"><input type="hidden" name="csrf" value="{{CSRF}}">
{{#ALLOWED}}<input type="hidden" name="allow" value="no"><button class="btn btn-danger-quiet">[[Do not allow it any more]]</button>{{/ALLOWED}}
{{#FORBIDDEN}}<input type="hidden" name="allow" value="yes"><button class="btn btn-quiet">[[Allow power mode]]</button>{{/FORBIDDEN}}</form>
</section>{{/POWER}}
<section class="card"><h2>[[Cost this month]]</h2>
{{#NO_COST}}<p class="soft">[[No price has been told yet.]]</p>{{/NO_COST}}
<ul class="plain">{{#COST}}<li><strong>{{AMOUNT}}</strong> <span class="soft">{{CALLS}}</span></li>{{/COST}}</ul>
{{#NOT_YET}}<p class="soft">{{CALLS}}: [[price not known yet, and not counted above.]]</p>{{/NOT_YET}}
{{#BUDGET}}<p>[[Budget of the month:]] <strong>{{AMOUNT}}</strong></p>{{/BUDGET}}
<p class="hint">[[As the company states it, for connections only: what it may charge besides, for detecting voicemail for example, is not in it.]]</p>
</section>
{{#NOTICED_ANY}}<section class="card"><h2>[[What was noticed]]</h2>
<ul class="plain">{{#NOTICED}}<li><strong class="nowrap">{{TIMES}} ×</strong> {{WHY}} <span class="small soft">{{WHEN}}</span></li>{{/NOTICED}}</ul>
<p class="hint">[[In the last 30 days, with the moment of the last time.]]</p>
</section>{{/NOTICED_ANY}}
<details class="card"><summary class="danger">[[Remove this connection]]</summary>
<p>[[Its secrets are deleted. Operations that call through it can place no more calls until they use another.]]</p>
<form method="post" action="/connections/{{ID}}/remove"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-danger">[[Remove this connection]]</button></form></details>
