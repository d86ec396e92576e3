{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<div class="page-head"><p class="explain">[[The script and the questions that your agents have before them during a call.]]</p>
<div class="page-actions"><a class="btn btn-quiet" href="/surveys/new?operation={{ID}}">[[Create From Blank]]</a></div></div>
<form method="post" action="/wizard/{{ID}}/questions">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="revision" value="{{REVISION}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Next step]]</button>
{{#SURVEY_WRONG}}<p class="wrong" role="alert">{{WRONG}}</p>{{/SURVEY_WRONG}}
{{#CHOSEN}}
<section class="card card-tint"><p class="eyebrow">[[This operation uses]]</p>
<h2>{{NAME}}</h2><p>{{DESCRIPTION}}</p>
{{#ASKED}}<p>[[Agents ask:]] <strong>{{QUESTION_TEXT}}</strong> <a href="/wizard/{{ID}}/details#question">[[Another question]]</a></p>{{/ASKED}}
{{#NONE_ASKED}}<p>[[No question is chosen yet.]] <a href="/wizard/{{ID}}/details#question">[[Choose the question]]</a></p>{{/NONE_ASKED}}
{{#WHOLE}}<p>[[Questions, asked one at a time:]] <strong>{{COUNT}}</strong></p>{{/WHOLE}}
{{#OLDER}}<p class="small soft">[[This is an earlier version; use the card below to take the newest one.]] <a href="/surveys/{{SURVEY_ID}}/versions?operation={{ID}}">[[What changed]]</a></p>{{/OLDER}}
<p><a class="btn btn-quiet btn-small" href="/surveys/{{SURVEY_ID}}/preview?operation={{ID}}">[[Preview template]]</a> <a class="btn btn-quiet btn-small" href="/surveys/{{SURVEY_ID}}?operation={{ID}}">[[Edit template]]</a></p></section>
{{/CHOSEN}}
{{#NONE_CHOSEN}}<p class="notice">[[Nothing is chosen yet. Take one of these with “Use template”, or make your own.]]</p>{{/NONE_CHOSEN}}
<div class="cards">
{{#CARD}}
<section class="card" id="survey-{{SURVEY_ID}}"><h2>{{NAME}}</h2><p class="soft">{{DESCRIPTION}}</p><p class="small soft">{{COUNT}}</p>
<p class="card-buttons"><a class="btn btn-quiet btn-small" href="/surveys/{{SURVEY_ID}}/preview?operation={{ID}}" aria-label="[[Preview template]] – {{NAME}}">[[Preview template]]</a> <a class="btn btn-quiet btn-small" href="/surveys/{{SURVEY_ID}}?operation={{ID}}" aria-label="[[Edit template]] – {{NAME}}">[[Edit template]]</a> <button class="btn btn-quiet btn-small btn-use" name="survey" value="{{VERSION_ID}}" aria-label="[[Use template]] – {{NAME}}">[[Use template]]</button></p></section>
{{/CARD}}
</div>
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Next step]]</button></div>
</form>
