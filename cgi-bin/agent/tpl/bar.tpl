{{%AUTOESCAPE context="HTML"}}
<div class="callbar">
<span class="top-brand callbar-brand" aria-hidden="true">Tocsin</span>
<p class="callbar-name">{{OPERATION}}</p>
{{#STATE}}<span class="state {{STATE_CLASS}}" id="window">{{WORDS}}</span>{{/STATE}}
<p class="callbar-today">{{COUNTS}}</p>
{{#STOP}}<form method="post" action="/agent/{{OPERATION_ID}}/break"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-quiet btn-small">[[Take a break]]</button></form>{{/STOP}}
</div>
