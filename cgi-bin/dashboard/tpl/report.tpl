{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{NAME}}</a></p>
<h1>[[Report]]</h1>
<p class="explain">{{NAME}} · {{AS_OF}}</p>
<section class="card result" aria-labelledby="rates"><h2 id="rates">[[Contact, response and refusal]]</h2>
<table class="table"><caption class="visually-hidden">[[Contact, response and refusal]]</caption><thead class="visually-hidden"><tr><th scope="col">[[Rate]]</th><th scope="col">[[Share]]</th></tr></thead>
<tbody>{{#RATE}}<tr><th scope="row"><strong>{{LABEL}}</strong><br><span class="small soft">{{WORDS}}</span><span class="bar" aria-hidden="true"><span class="bar-done w-p{{WIDTH}}"></span></span></th><td class="num strong">{{COUNT}}</td></tr>{{/RATE}}</tbody></table>
<p class="explain">[[By the public definitions of AAPOR, the association of opinion researchers. Everybody called at least once counts once, by their last call; who has not been called yet counts nowhere, so the rates move while calls go on.]]</p>
<table class="table"><caption>[[Where each person called counts]]</caption><thead class="visually-hidden"><tr><th scope="col">[[Last call]]</th><th scope="col">[[People]]</th></tr></thead>
<tbody>{{#PART}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{COUNT}}</td></tr>{{/PART}}</tbody></table>
</section>
{{#DAYS}}<section class="card result" aria-label="[[Calls by day]]"><table class="table"><caption>[[Calls by day]]</caption><thead><tr><th scope="col">[[Day]]</th><th scope="col" class="num">[[Calls]]</th><th scope="col" class="num">[[Reached]]</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row">{{LABEL}}{{#BAR}}<span class="bar" aria-hidden="true"><span class="bar-done w-p{{WIDTH}}"></span></span>{{/BAR}}</th><td class="num">{{COUNT}}</td><td class="num">{{REACHED}}</td></tr>{{/ROW}}{{#NO_CALLS}}<tr><td colspan="3" class="soft">[[No call saved yet.]]</td></tr>{{/NO_CALLS}}</tbody>
<tfoot><tr><th scope="row">[[All calls]]</th><td class="num"><strong>{{ALL_CALLS}}</strong></td><td class="num"><strong>{{ALL_REACHED}}</strong></td></tr></tfoot></table></section>{{/DAYS}}
{{#CALLERS}}<section class="card result" aria-label="[[Calls by caller]]"><table class="table"><caption>[[Calls by caller]]</caption><thead><tr><th scope="col">[[Caller]]</th><th scope="col" class="num">[[Calls]]</th><th scope="col" class="num">[[Reached]]</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{COUNT}}</td><td class="num">{{REACHED}}</td></tr>{{/ROW}}{{#NO_CALLS}}<tr><td colspan="3" class="soft">[[No call saved yet.]]</td></tr>{{/NO_CALLS}}</tbody>
<tfoot><tr><th scope="row">[[All calls]]</th><td class="num"><strong>{{ALL_CALLS}}</strong></td><td class="num"><strong>{{ALL_REACHED}}</strong></td></tr></tfoot></table></section>{{/CALLERS}}
