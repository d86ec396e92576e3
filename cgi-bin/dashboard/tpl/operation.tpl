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
{{#FORECAST}}<section class="card dash-forecast" aria-labelledby="forecast"><h2 id="forecast">[[When it will be done]]</h2>
{{#TOO_EARLY}}<p class="soft">{{WORDS}}</p>{{/TOO_EARLY}}
{{#FORESEEN}}<p>{{PACE}}</p><dl class="numbers">{{#NUMBER_OF}}<div><dt>{{LABEL}}</dt><dd>{{COUNT}}</dd></div>{{/NUMBER_OF}}</dl>
{{#NO_NUMBER}}<p>{{WORDS}}</p>{{/NO_NUMBER}}
<details class="more"><summary>[[How this is known]]</summary><p class="explain">{{BASIS}}</p></details>{{/FORESEEN}}
</section>{{/FORECAST}}
{{#CLOCK}}<section class="card" aria-labelledby="clock"><h2 id="clock">[[Who can be called, and when]]</h2>
{{#IF_RESUMED}}<p class="explain">[[Paused: nobody is called. This is how it would be if you resumed now.]]</p>{{/IF_RESUMED}}
<table class="table dash-clock"><caption class="visually-hidden">[[Who can be called, and when]]</caption><thead class="visually-hidden"><tr><th scope="col">[[When]]</th><th scope="col">[[People]]</th></tr></thead>
<tbody>{{#CLOCK_ROW}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{#LINK}}<a href="/people/list/{{ID}}{{QUERY}}">{{COUNT}}</a>{{/LINK}}{{#PLAIN}}{{COUNT}}{{/PLAIN}}</td></tr>{{/CLOCK_ROW}}</tbody>
<tfoot><tr><th scope="row">[[Still to be called]]</th><td class="num"><strong>{{TO_CALL}}</strong></td></tr></tfoot></table>
</section>{{/CLOCK}}
{{#FLOOR}}<section class="card" aria-labelledby="floor"><h2 id="floor">[[The calling floor]]</h2>
<ul class="floor-counts">{{#FLOOR_COUNT}}<li><strong>{{COUNT}}</strong> <span class="tag floor-{{CODE}}">{{LABEL}}</span></li>{{/FLOOR_COUNT}}</ul>
{{#POWER}}<div class="floor-power" id="power"><h3>[[Power mode]]</h3>
<ul class="plain"><li>[[Calls that may ring at once:]] <strong>{{LINES}}</strong> <span class="soft">[[for agents who wait:]] {{AGENTS_WAIT}} · [[ringing for nobody in particular now:]] {{RINGING}}</span></li>
<li>[[Heard nobody when they answered:]] <strong class="nowrap">{{SHARE}}</strong> <span class="soft">({{ABANDONED}} / {{ANSWERED}}) [[since]] {{FROM}}</span></li></ul>
<p class="small">{{WHY}}{{#LOCKED}} <strong>[[Locked until]] {{UNTIL}}.</strong>{{/LOCKED}}</p></div>{{/POWER}}
{{#NO_AGENTS}}<p class="soft">[[Nobody has called today.]]</p>{{/NO_AGENTS}}
{{#AGENTS}}<table class="table table-cards floor"><caption class="visually-hidden">[[Callers today]]</caption><thead><tr><th scope="col">[[Caller]]</th><th scope="col">[[Now]]</th><th scope="col" class="num">[[Calls today]]</th><th scope="col" class="num">[[Reached]]</th><th scope="col" class="num">[[Calls an hour]]</th><th scope="col" class="num">[[Answers saved]]</th></tr></thead>
<tbody>{{#AGENT_ROW}}<tr><th scope="row">{{AGENT_NAME}}</th><td class="floor-now"><span class="tag floor-{{CODE}}">{{LABEL}}</span>{{#AGENT_SINCE}} <span class="small soft">{{WORDS}}{{#TICKS}} <span class="floor-clock" data-since="{{SINCE}}" hidden></span>{{/TICKS}}</span>{{/AGENT_SINCE}}{{#SEND_BACK}}<a class="small" href="/operations/{{ID}}/back{{QUERY}}">[[Send the person back…]]<span class="visually-hidden"> ({{AGENT_NAME}})</span></a>{{/SEND_BACK}}</td>
<td class="num" data-label="[[Calls today]]">{{COUNT}}</td><td class="num" data-label="[[Reached]]">{{AGENT_REACHED}}</td><td class="num" data-label="[[Calls an hour]]"><span>{{RATE}}{{#PACE}} <span class="floor-pace">{{WORDS}}</span>{{/PACE}}</span></td><td class="num" data-label="[[Answers saved]]">{{ANSWERS}}</td></tr>{{/AGENT_ROW}}</tbody></table>
<p class="small soft">{{#MEDIAN}}[[Calls an hour, the middle of the room:]] {{RATE}}. {{/MEDIAN}}[[Counted from the first call of the day to the last one, without the breaks. Fewer calls often are longer conversations. Answers are those of all days.]]</p>{{/AGENTS}}
</section>{{/FLOOR}}
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
</div>
{{#WALL}}<section class="card" id="wall" aria-labelledby="wall-title"><h2 id="wall-title">[[A page for the wall of the room]]</h2>
<p class="soft">[[Big numbers for a screen that everybody sees: calls, conversations, progress, and thanks. No names, no phone numbers. Whoever has its address sees them, without signing in, and nothing else.]]</p>
{{#NO_WALL}}<form method="post" action="/operations/{{ID}}/wall"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet" name="do" value="make">[[Make the page]]</button></form>{{/NO_WALL}}
{{#HAS_WALL}}<p class="wall-address"><a href="{{URL}}" target="_blank" rel="noopener noreferrer">{{URL}}</a></p>
<form class="wall-actions" method="post" action="/operations/{{ID}}/wall"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="shown" value="{{SHOWN}}"><button class="btn btn-quiet" name="do" value="make">[[New address]]</button> <button class="btn btn-danger-quiet" name="do" value="end">[[Stop showing it]]</button></form>
<p class="small soft">[[With a new address, or when it is stopped, the address above shows nothing any more, at once.]]</p>{{/HAS_WALL}}</section>{{/WALL}}
{{#ARCHIVE}}<section class="card" id="archive" aria-labelledby="archive-title"><h2 id="archive-title">[[Archive this operation]]</h2>
<p class="soft">[[No more calls are made and it leaves the dashboard. Nothing is deleted: calls and answers stay.]]</p>
<form method="post" action="/operations/{{ID}}/archive"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-danger-quiet">[[Archive]]</button></form></section>{{/ARCHIVE}}
{{#RESTORE}}<section class="card" aria-labelledby="restore-title"><h2 id="restore-title">[[Restore this operation]]</h2>
<p class="soft">[[It comes back to the dashboard as paused: nobody is called until you resume it.]]</p>
<form method="post" action="/operations/{{ID}}/restore"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet">[[Restore]]</button></form></section>{{/RESTORE}}
