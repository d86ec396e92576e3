{{%AUTOESCAPE context="HTML"}}
{{#SAVED_CALL}}<form id="undo" class="undo" method="post" action="/agent/{{OPERATION_ID}}/undo" data-ms="{{MS}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="undo" value="{{SAVED_KEY}}">{{#MATE}}<input type="hidden" name="mate" value="{{MATE_ID}}">{{/MATE}}
<span role="status">{{WORDS}}</span> <button class="btn btn-quiet btn-small">[[Take it back]]</button></form>{{/SAVED_CALL}}
