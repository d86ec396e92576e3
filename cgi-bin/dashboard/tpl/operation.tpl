{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations">[[Call operations]]</a></p>
<div class="page-head"><h1>{{NAME}}</h1><div class="page-actions">
{{#OWNER}}{{#RESUME}}<form method="post" action="/operations/{{ID}}/resume"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet">[[Resume]]</button></form>{{/RESUME}}
{{#PAUSE}}<form method="post" action="/operations/{{ID}}/pause"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet">[[Pause]]</button></form>{{/PAUSE}}
<a class="btn btn-quiet" href="/wizard/{{ID}}/{{PAGE}}">[[Edit]]</a>
<a class="btn btn-quiet" href="/people/list/{{ID}}">[[Manage list]]</a>
<a class="btn btn-quiet" href="/share/{{ID}}">[[Share]]</a>
<a class="btn btn-quiet" href="/sheets/{{ID}}">[[Call sheets]]</a>{{/OWNER}}
<a class="btn btn-quiet" href="/operations/{{ID}}/report">[[Report]]</a>
{{#CALL}}<a class="btn btn-primary" href="/agent/{{ID}}">[[Make calls]]</a>{{/CALL}}
</div></div>
<p><span class="state state-{{STATE_CODE}}">{{STATE}}</span> <span class="soft">{{ABOUT}}</span></p>
{{#SURVEY}}<div class="card dash-uses" id="questions"><p>[[Questionnaire:]] <strong>{{SURVEY_NAME}}</strong>, [[version]] {{NUMBER}}{{#IS_NEWEST}} <span class="soft">([[the newest]])</span>{{/IS_NEWEST}}</p>
<p><a href="/operations/{{ID}}/results">[[Results per question]]</a></p>{{#HISTORY}}<p><a href="/surveys/{{SURVEY_ID}}/versions">[[Versions]]</a></p>{{/HISTORY}}
{{#MOVE_ON}}<form method="post" action="/operations/{{ID}}/questions"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet btn-small">[[Move on to version]] {{NEWEST}}</button></form><p class="small soft">[[Agents in the middle of a conversation finish on the version they began with.]]</p>{{/MOVE_ON}}</div>{{/SURVEY}}
<div id="live">
{{#ALARM}}<div class="dash-alarm"><p><strong>{{LABEL}}</strong> {{WORDS}}</p></div>
{{/ALARM}}<section class="card" aria-labelledby="progress"><h2 id="progress">[[Progress]]</h2>
<span class="bar bar-tall" aria-hidden="true"><span class="bar-done w-p{{DONE}}"></span><span class="bar-later w-p{{LATER}}"></span><span class="bar-removed w-p{{REMOVED}}"></span></span>
<p class="small soft legend" aria-hidden="true"><span class="key key-done">[[Done]]</span> <span class="key key-later">[[Come back later]]</span> <span class="key key-removed">[[Removed]]</span> <span class="key">[[Never called, or being called]]</span></p>
<dl class="numbers"><div><dt>[[Callable now]]</dt><dd>{{CALLABLE}}</dd></div>
<div><dt>[[On the line]]</dt><dd>{{ON_LINE}}</dd></div>
<div><dt>[[Calls saved]]</dt><dd>{{ATTEMPTS}}</dd></div>
<div><dt>[[Reached]]</dt><dd>{{REACHED}}</dd></div></dl>
{{#NEXT}}<p>{{WORDS}}</p>{{/NEXT}}
</section>
{{#CLOCK}}<section class="card" aria-labelledby="clock"><h2 id="clock">[[Who can be called, and when]]</h2>
{{#IF_RESUMED}}<p class="explain">[[Paused: nobody is called. This is how it would be if you resumed now.]]</p>{{/IF_RESUMED}}
<table class="table dash-clock"><caption class="visually-hidden">[[Who can be called, and when]]</caption><thead class="visually-hidden"><tr><th scope="col">[[When]]</th><th scope="col">[[People]]</th></tr></thead>
<tbody>{{#CLOCK_ROW}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{#LINK}}<a href="/people/list/{{ID}}{{QUERY}}">{{COUNT}}</a>{{/LINK}}{{#PLAIN}}{{COUNT}}{{/PLAIN}}</td></tr>{{/CLOCK_ROW}}</tbody>
<tfoot><tr><th scope="row">[[Still to be called]]</th><td class="num"><strong>{{TO_CALL}}</strong></td></tr></tfoot></table>
</section>{{/CLOCK}}
<div class="dash-two">
<section class="card" aria-label="[[People by state]]">
<table class="table"><caption>[[People by state]]</caption><thead><tr><th scope="col">[[State]]</th><th scope="col" class="num">[[People]]</th></tr></thead>
<tbody>{{#PEOPLE_ROW}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{#LINK}}<a href="/people/list/{{ID}}{{QUERY}}">{{COUNT}}</a>{{/LINK}}{{#PLAIN}}{{COUNT}}{{/PLAIN}}</td></tr>{{#REASON}}<tr class="dash-why"><th scope="row">{{LABEL}}</th><td class="num">{{#LINK}}<a href="/people/list/{{ID}}{{QUERY}}">{{COUNT}}</a>{{/LINK}}{{#PLAIN}}{{COUNT}}{{/PLAIN}}</td></tr>{{/REASON}}{{/PEOPLE_ROW}}</tbody>
<tfoot><tr><th scope="row">[[All the list]]</th><td class="num"><strong>{{PEOPLE}}</strong></td></tr></tfoot></table>
</section>
<section class="card" aria-label="[[Calls by status]]">
<table class="table"><caption>[[Calls by status]]</caption><thead><tr><th scope="col">[[Status]]</th><th scope="col" class="num">[[Calls]]</th></tr></thead>
{{#STATUS_GROUP}}<tbody><tr class="dash-group"><th scope="rowgroup" colspan="2">{{TITLE}}</th></tr>{{#STATUS_ROW}}<tr><th scope="row">{{LABEL}}<span class="bar" aria-hidden="true"><span class="{{BAR}} w-p{{WIDTH}}"></span></span></th><td class="num">{{COUNT}}</td></tr>{{/STATUS_ROW}}</tbody>{{/STATUS_GROUP}}
{{#NO_CALLS}}<tbody><tr><td colspan="2" class="soft">[[No call saved yet.]]</td></tr></tbody>{{/NO_CALLS}}
<tfoot><tr><th scope="row">[[All calls]]</th><td class="num"><strong>{{CALLS}}</strong></td></tr></tfoot></table>
</section>
</div>
{{#AGENTS}}<section class="card" aria-label="[[Callers today]]">
<table class="table"><caption>[[Callers today]]</caption><thead><tr><th scope="col">[[Caller]]</th><th scope="col" class="num">[[Calls]]</th><th scope="col" class="num">[[Reached]]</th><th scope="col">[[Last call]]</th></tr></thead>
<tbody>{{#AGENT_ROW}}<tr><th scope="row">{{AGENT_NAME}}{{#AGENT_NOW}} <span class="tag tag-good">[[on the line since]] {{WORDS}}</span>{{/AGENT_NOW}}{{#AGENT_BREAK}} <span class="tag">[[on a break since]] {{WORDS}}</span>{{/AGENT_BREAK}}</th><td class="num">{{COUNT}}</td><td class="num">{{AGENT_REACHED}}</td><td>{{LAST}}</td></tr>{{/AGENT_ROW}}
{{#NO_AGENTS}}<tr><td colspan="4" class="soft">[[Nobody has called today.]]</td></tr>{{/NO_AGENTS}}</tbody></table>
</section>{{/AGENTS}}
</div>
{{#ARCHIVE}}<section class="card" id="archive" aria-labelledby="archive-title"><h2 id="archive-title">[[Archive this operation]]</h2>
<p class="soft">[[No more calls are made and it leaves the dashboard. Nothing is deleted: calls and answers stay.]]</p>
<form method="post" action="/operations/{{ID}}/archive"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-danger-quiet">[[Archive]]</button></form></section>{{/ARCHIVE}}
{{#RESTORE}}<section class="card" aria-labelledby="restore-title"><h2 id="restore-title">[[Restore this operation]]</h2>
<p class="soft">[[It comes back to the dashboard as paused: nobody is called until you resume it.]]</p>
<form method="post" action="/operations/{{ID}}/restore"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet">[[Restore]]</button></form></section>{{/RESTORE}}
