{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{TITLE}}</a></p>
<h1>[[Results per question]]</h1>
<p class="explain">[[Each person counts once per question, with their newest answer.]]</p>
<form class="card results-filter no-print" method="get" action="/operations/{{ID}}/results">
<div class="field"><label for="version">[[Version of the questionnaire]]</label><select class="form-select" id="version" name="version"><option value="">[[All versions]]</option>{{#VERSION}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>[[Version]] {{NUMBER}}</option>{{/VERSION}}</select></div>
{{#CALLERS}}<div class="field"><label for="agent">[[Caller]]</label><select class="form-select" id="agent" name="agent"><option value="">[[All callers]]</option>{{#AGENT}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/AGENT}}</select></div>{{/CALLERS}}
<div class="field"><label for="day">[[Day]]</label><input class="form-control" type="date" id="day" name="day" value="{{DAY}}"{{#DAY_WRONG}} aria-invalid="true" aria-describedby="day-wrong"{{/DAY_WRONG}}>{{#DAY_WRONG}}<p class="wrong" id="day-wrong">{{WRONG}}</p>{{/DAY_WRONG}}</div>
<div class="results-go"><button class="btn btn-primary">[[Show]]</button>{{#FILTERED}} <a class="btn btn-quiet" href="/operations/{{ID}}/results">[[Everything]]</a>{{/FILTERED}}</div>
</form>
{{#NOTHING}}<div class="empty"><h2>[[No question yet]]</h2><p>[[The answers appear here as soon as the first calls are saved.]]</p></div>{{/NOTHING}}
{{#QUESTION}}<section class="card result" id="question-{{STABLE}}" aria-labelledby="title-{{STABLE}}"><h2 id="title-{{STABLE}}">{{TEXT}}</h2>
<p class="small soft">{{ANSWERED}}{{#MEAN}} · {{WORDS}}{{/MEAN}}{{#BEFORE}} · <span class="tag">[[last asked in version]] {{NUMBER}}</span>{{/BEFORE}}{{#SEVERAL}} · [[one person may give several answers, so the shares can add up to more than 100%]]{{/SEVERAL}}</p>
{{#TABLE}}<table class="table"><caption class="visually-hidden">{{TEXT}}</caption><thead class="visually-hidden"><tr><th scope="col">[[Answer]]</th><th scope="col">[[People]]</th><th scope="col">[[In percent]]</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row">{{LABEL}}<span class="bar" aria-hidden="true"><span class="bar-done w-p{{WIDTH}}"></span></span></th><td class="num">{{COUNT}}</td><td class="num strong">{{SHARE}}</td></tr>{{/ROW}}</tbody></table>{{/TABLE}}
{{#READ}}<p><a class="btn btn-quiet btn-small" href="/operations/{{ID}}/results{{QUERY}}" aria-label="[[Read the answers]] – {{TEXT}}">[[Read the answers]]</a></p>{{/READ}}
{{#OWNERS_READ}}<p class="small soft">[[Answers in words are shown to the owners of the operation.]]</p>{{/OWNERS_READ}}
</section>
{{/QUESTION}}
