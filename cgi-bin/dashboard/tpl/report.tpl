{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{NAME}}</a></p>
<h1>[[Report]]</h1>
<p class="explain">{{NAME}} · {{AS_OF}}</p>
<section class="card result" aria-labelledby="rates"><h2 id="rates">[[Contact, response and refusal]]</h2>
<table class="table"><caption class="visually-hidden">[[Contact, response and refusal]]</caption><thead class="visually-hidden"><tr><th scope="col">[[Rate]]</th><th scope="col">[[In percent]]</th></tr></thead>
<tbody>{{#RATE}}<tr><th scope="row"><strong>{{LABEL}}</strong><br><span class="small soft">{{WORDS}}</span><span class="bar" aria-hidden="true"><span class="bar-done w-p{{WIDTH}}"></span></span></th><td class="num strong">{{COUNT}}</td></tr>{{/RATE}}</tbody></table>
<p class="explain">[[By the public definitions of AAPOR, the association of opinion researchers. Everybody called at least once counts once, by their last call; who has not been called yet counts nowhere, so the rates move while calls go on.]]</p>
<table class="table"><caption>[[Where each person called counts]]</caption><thead class="visually-hidden"><tr><th scope="col">[[Last call]]</th><th scope="col">[[People]]</th></tr></thead>
<tbody>{{#PART}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{COUNT}}</td></tr>{{/PART}}</tbody></table>
</section>
{{#FORECAST}}<section class="card result" aria-label="[[People still to be called]]">
<div class="plot" data-plot="band" data-title="[[People still to be called]]" data-label="[[Plot of the table below:]] [[People still to be called]]"></div>
<table class="table table-days"><caption>[[People still to be called]]</caption><thead><tr><th scope="col">[[At the end of]]</th><th scope="col" class="num">[[Likely]]</th><th scope="col" class="num">[[At best]]</th><th scope="col" class="num">[[At worst]]</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{COUNT}}</td><td class="num">{{FEW}}</td><td class="num">{{MANY}}</td></tr>{{/ROW}}</tbody></table>
<p class="explain">{{WORDS}} [[At best and at worst: in eight of ten cases it is between the two.]]</p></section>{{/FORECAST}}
{{#CELLS}}<section class="card result" aria-label="{{TITLE}}">
{{#PLOT}}<div class="plot" data-plot="{{PLOT_KIND}}" data-title="{{LABEL}}" data-rest="[[Not reached]]" data-label="[[Plot of the table below:]] {{LABEL}}"></div>{{/PLOT}}
<div class="table-scroll" tabindex="0" role="region" aria-label="{{TITLE}}"><table class="table{{#WITH_KINDS}} table-wide{{/WITH_KINDS}}"><caption>{{TITLE}}</caption><thead><tr><th scope="col">{{FIRST}}</th><th scope="col" class="num">[[Calls]]</th><th scope="col" class="num">[[Reached]]</th><th scope="col" class="num">[[Reached (%)]]</th>{{#KIND}}<th scope="col" class="num">{{LABEL}}</th>{{/KIND}}</tr></thead>
<tbody>{{#ROW}}<tr><th scope="row">{{LABEL}}{{#BAR}}<span class="bar" aria-hidden="true"><span class="bar-done w-p{{WIDTH}}"></span></span>{{/BAR}}</th><td class="num">{{COUNT}}</td><td class="num">{{REACHED}}</td><td class="num">{{SHARE}}</td>{{#KIND_COUNT}}<td class="num">{{COUNT}}</td>{{/KIND_COUNT}}</tr>{{/ROW}}{{#NO_CALLS}}<tr><td colspan="4" class="soft">[[No call saved yet.]]</td></tr>{{/NO_CALLS}}</tbody>
<tfoot><tr><th scope="row">[[Total]]</th><td class="num"><strong>{{ALL_CALLS}}</strong></td><td class="num"><strong>{{ALL_REACHED}}</strong></td><td class="num"><strong>{{SHARE}}</strong></td>{{#KIND_COUNT}}<td class="num"><strong>{{COUNT}}</strong></td>{{/KIND_COUNT}}</tr></tfoot></table></div></section>{{/CELLS}}
{{#CALLERS}}<section class="card result" aria-label="[[Calls by caller]]"><table class="table"><caption>[[Calls by caller]]</caption><thead><tr><th scope="col">[[Caller]]</th><th scope="col" class="num">[[Calls]]</th><th scope="col" class="num">[[Reached]]</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row">{{LABEL}}</th><td class="num">{{COUNT}}</td><td class="num">{{REACHED}}</td></tr>{{/ROW}}{{#NO_CALLS}}<tr><td colspan="3" class="soft">[[No call saved yet.]]</td></tr>{{/NO_CALLS}}</tbody>
<tfoot><tr><th scope="row">[[Total]]</th><td class="num"><strong>{{ALL_CALLS}}</strong></td><td class="num"><strong>{{ALL_REACHED}}</strong></td></tr></tfoot></table></section>{{/CALLERS}}
