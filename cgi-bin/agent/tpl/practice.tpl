{{%AUTOESCAPE context="HTML"}}
<div class="practice" role="region" aria-label="[[Practice]]">
<p><strong>[[Practice:]]</strong> [[nobody is called, nothing counts.]]</p>
<form method="post" action="/agent/{{OPERATION_ID}}/stop"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-quiet btn-small">{{#MEMBER}}[[To the real calls]]{{/MEMBER}}{{#VISITOR}}[[Stop practising]]{{/VISITOR}}</button></form>
</div>
{{#STEP}}<p class="practice-step">{{WORDS}}</p>{{/STEP}}
