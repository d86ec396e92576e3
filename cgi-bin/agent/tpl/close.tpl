{{%AUTOESCAPE context="HTML"}}
{{>PRACTICE}}
<div id="agent" class="talk" data-saved="{{SAVED}}">
{{#NOTICE}}<p class="notice {{TONE}}" role="status">{{TEXT}}</p>{{/NOTICE}}
<p class="notice notice-warn" id="unsent" role="status" hidden>[[No connection. Your answer is kept on this device and will be sent by itself.]]</p>
<form id="call" method="post" action="/agent/{{OPERATION_ID}}/save" class="talk-form" data-key="{{FORM_KEY}}" data-now="{{NOW_MS}}" data-closes="{{CLOSES_MS}}" data-busy="[[Saving…]]">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="form_key" value="{{FORM_KEY}}">
<input type="hidden" name="entry" value="{{ENTRY}}">
<input type="hidden" name="claimed" value="{{CLAIMED}}">
<input type="hidden" name="end" value="1">

<div class="talk-head">
<p class="talk-who"><strong>{{NAME}}</strong>
<span class="small soft">{{#DIAL}}<span class="nowrap" id="talk-number">{{NUMBER}}</span>{{/DIAL}}<span class="nowrap" id="line" data-ms="{{LINE_MS}}" data-words="[[on the line %s]]" hidden></span></span></p>
<details class="talk-details" id="details"><summary class="btn btn-quiet">[[Details]]</summary>
<div class="card">{{>WHO}}</div></details>
</div>

<div class="talk-body">
<span class="bar talk-bar" aria-hidden="true"><span class="bar-done {{WIDTH}}"></span></span>
<h1 class="asked" id="asked" tabindex="-1">{{TITLE}}</h1>
<p class="soft">{{ABOUT}}</p>
<fieldset class="question" id="ended"{{#STATUS_WRONG}} aria-describedby="status-wrong"{{/STATUS_WRONG}}><legend>[[How did it end?]]</legend>
{{#STATUS_WRONG}}<p class="wrong" id="status-wrong" role="alert">{{SENTENCE}}</p>{{/STATUS_WRONG}}
<div class="choices choices-tight">{{#STATUS}}<label class="choice"><input type="radio" name="status" value="{{CODE}}"{{#PICKED}} checked{{/PICKED}}><span class="choice-face">{{LABEL}}</span></label>{{/STATUS}}</div>
<details class="more"{{#MORE_OPEN}} open{{/MORE_OPEN}}><summary>[[Another ending]]</summary>
<div class="choices choices-tight">{{#MORE}}<label class="choice"><input type="radio" name="status" value="{{CODE}}"{{#PICKED}} checked{{/PICKED}}><span class="choice-face">{{LABEL}}</span></label>{{/MORE}}</div></details>
</fieldset>
{{>MATES}}
<div class="talk-callback" role="group" aria-label="[[When to call back]]">
{{>CALLBACK}}
</div>
<div class="field note"><label class="visually-hidden" for="note">[[Note]]</label>
<textarea class="form-control" id="note" name="note" rows="2" placeholder="[[Note]]"{{#NOTE_WRONG}} aria-invalid="true" aria-describedby="note-wrong"{{/NOTE_WRONG}}>{{NOTE:pre_escape}}</textarea>
{{#NOTE_WRONG}}<p class="wrong" id="note-wrong">{{SENTENCE}}</p>{{/NOTE_WRONG}}</div>
<div class="savebar talk-bar-buttons"><button class="btn btn-primary btn-big">[[Save and next]]</button>
<button class="btn btn-quiet btn-big" formaction="/agent/{{OPERATION_ID}}/back">{{BACK}}</button></div>
</div>
</form>
</div>
