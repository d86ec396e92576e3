{{%AUTOESCAPE context="HTML"}}
<div class="page-head"><h1>[[Questionnaires]]</h1><div class="page-actions"><a class="btn btn-primary" href="/surveys/new">[[Create From Blank]]</a></div></div>
<p class="explain">[[A questionnaire is the script that agents read and the questions they ask. One can serve several operations.]]</p>
{{#NOTHING}}<div class="empty"><h2>[[No questionnaire yet]]</h2><p>[[Write the first one: a short script and one question are enough.]]</p><a class="btn btn-primary" href="/surveys/new">[[Create From Blank]]</a></div>{{/NOTHING}}
<div class="cards">
{{#CARD}}<section class="card" id="survey-{{ID}}"><h2>{{NAME}}</h2><p class="soft">{{DESCRIPTION}}</p><p class="small soft">{{COUNT}}</p>
<div class="card-buttons"><a class="btn btn-quiet btn-small" href="/surveys/{{ID}}/preview" aria-label="[[Preview]] – {{NAME}}">[[Preview]]</a> <a class="btn btn-quiet btn-small" href="/surveys/{{ID}}" aria-label="[[Edit]] – {{NAME}}">[[Edit]]</a> <a class="btn btn-quiet btn-small" href="/surveys/{{ID}}/versions" aria-label="[[Versions]] – {{NAME}}">[[Versions]]</a> <form method="post" action="/surveys/{{ID}}/copy"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet btn-small" aria-label="[[Duplicate]] – {{NAME}}">[[Duplicate]]</button></form></div></section>
{{/CARD}}
</div>
