{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{OPERATION}}</a></p>
<div class="page-head"><h1>[[Call list]]</h1><div class="page-actions">{{#MORE_PEOPLE}}<a class="btn btn-primary" href="/{{KIND}}?operation={{ID}}">[[Load more people]]</a>{{/MORE_PEOPLE}}</div></div>
<form class="card people-filters" method="get" action="/people/list/{{ID}}" role="search">
<div class="field people-search"><label for="q">[[Search in the list]]</label><input class="form-control" type="search" id="q" name="q" value="{{SEARCH}}" maxlength="100"></div>
<div class="field"><label for="state">[[State]]</label><select class="form-select" id="state" name="state"><option value="">[[All of them:]] {{PEOPLE}}</option>{{#STATE_ROW}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{STATE}} ({{COUNT}})</option>{{/STATE_ROW}}</select></div>
<div class="people-ticks"><button class="btn btn-quiet">[[Search]]</button></div>
{{#NARROWED}}<input type="hidden" name="why" value="{{WHY_CODE}}"><input type="hidden" name="when" value="{{WHEN_CODE}}"><input type="hidden" name="zone" value="{{ZONE}}"><p class="people-narrowed">[[Only:]] <strong>{{WORDS}}</strong> · <a href="/people/list/{{ID}}">[[Show the whole list]]</a></p>{{/NARROWED}}
</form>
{{#EMPTY}}<div class="empty"><h2>[[Nobody is on this list yet]]</h2><p>[[Load people: filter until you see whom to call.]]</p></div>{{/EMPTY}}
{{#NONE_FOUND}}<div class="empty"><h2>[[Nobody matches]]</h2><p>[[Try fewer letters, or another state.]]</p></div>{{/NONE_FOUND}}
{{#TABLE}}<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[Name]]</th><th scope="col">[[Phone]]</th><th scope="col">[[State]]</th><th scope="col">[[Why]]</th><th scope="col" class="num">[[Attempts]]</th></tr></thead>
<tbody>{{#PERSON}}<tr><th scope="row"><a class="people-name" href="/people/list/{{ID}}/person?entry={{ENTRY}}">{{NAME}}</a></th><td data-label="[[Phone]]" class="nowrap">{{NUMBER}}</td><td data-label="[[State]]">{{STATE}}{{#DUE}} <span class="small soft">{{WHEN}}</span>{{/DUE}}</td><td data-label="[[Why]]">{{REASON}}</td><td data-label="[[Attempts]]" class="num">{{CALLS}}</td></tr>{{/PERSON}}</tbody></table></div>{{/TABLE}}
<nav class="pager" aria-label="[[Pages]]">{{#NEXT}}<a class="btn btn-quiet" href="{{HREF}}" rel="next">[[Next people]]</a>{{/NEXT}}</nav>
