{{%AUTOESCAPE context="HTML"}}
{{#STATUS_WRONG}}<p class="wrong" role="alert">{{SENTENCE}}</p>{{/STATUS_WRONG}}
<div class="outcomes">
{{#OUTCOME}}<button class="choice-face" name="status" value="{{CODE}}">{{LABEL}}</button>{{/OUTCOME}}
<details class="outcome"{{#CALLBACK_OPEN}} open{{/CALLBACK_OPEN}}><summary class="choice-face">{{CALLBACK_LABEL}}…</summary>
<div class="outcome-body">
{{>CALLBACK}}
<button class="btn btn-primary btn-wide" id="callback-save" name="status" value="call_back">[[Save: call back]]</button></div></details>
<details class="outcome"><summary class="choice-face danger">{{DNC_LABEL}}…</summary>
<div class="outcome-body"><p class="small">[[For people who ask not to be called any more, by anyone here, in any operation.]]</p>
<button class="btn btn-danger btn-wide" name="status" value="dnc">[[Yes, do not call this person again]]</button></div></details>
<details class="outcome outcome-more"><summary class="choice-face">[[More…]]</summary>
<div class="outcome-body outcomes">{{#MORE}}<button class="choice-face" name="status" value="{{CODE}}">{{LABEL}}</button>{{/MORE}}</div></details>
</div>
