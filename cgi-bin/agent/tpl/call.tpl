{{%AUTOESCAPE context="HTML"}}
{{>PRACTICE}}
{{>BAR}}
{{>UNDO}}
<div id="agent" data-saved="{{SAVED}}">
{{#NOTICE}}<p class="notice {{TONE}}" role="status">{{TEXT}}</p>{{/NOTICE}}
<p class="notice notice-warn" id="unsent" role="status" hidden>[[No connection. Your answer is kept on this device and will be sent by itself.]]</p>
<form id="call" method="post" action="/agent/{{OPERATION_ID}}/save" class="agent" data-key="{{FORM_KEY}}" data-now="{{NOW_MS}}" data-closes="{{CLOSES_MS}}" data-busy="[[Saving…]]">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="form_key" value="{{FORM_KEY}}">
<input type="hidden" name="entry" value="{{ENTRY}}">
<input type="hidden" name="claimed" value="{{CLAIMED}}">

<section class="card agent-who" aria-labelledby="who">
<p class="eyebrow">[[To call]]</p>
<h1 class="who-name" id="who" tabindex="-1">{{NAME}}</h1>
{{>WHO}}
</section>

<section class="card agent-say" aria-labelledby="say">
<h2 class="eyebrow" id="say">{{SCRIPT_TITLE}}</h2>
<div class="script" lang="{{SCRIPT_LANG}}">{{#PARAGRAPH}}<p{{#ASIDE}} class="aside"{{/ASIDE}}>{{SENTENCES:pre_escape}}</p>{{/PARAGRAPH}}</div>
{{#NO_SCRIPT}}<p class="soft">[[No script was written for this operation. Say who you are, for whom you call and why, then ask the question.]]</p>{{/NO_SCRIPT}}
</section>

<section class="card agent-record" aria-label="[[What to record]]">
{{#QUESTION}}
<fieldset class="question" id="{{Q_ID}}"{{#Q_WRONG}} aria-describedby="{{Q_ID}}-wrong"{{/Q_WRONG}}>
<legend lang="{{Q_LANG}}">{{Q_TEXT}}</legend>
{{#Q_WRONG}}<p class="wrong" id="{{Q_ID}}-wrong" role="alert">{{SENTENCE}}</p>{{/Q_WRONG}}
{{#ONE_OF}}<div class="choices">{{#CHOICE}}<label class="choice"><input type="radio" name="{{Q_NAME}}" value="{{CHOICE_ID}}"{{#PICKED}} checked{{/PICKED}}><span class="choice-face"><span lang="{{Q_LANG}}">{{CHOICE_TEXT}}</span>{{#KEY}} <kbd>{{DIGIT}}</kbd>{{/KEY}}</span></label>{{/CHOICE}}</div>{{/ONE_OF}}
{{#SOME_OF}}<div class="choices">{{#CHOICE}}<label class="choice"><input type="checkbox" name="{{Q_NAME}}" value="{{CHOICE_ID}}"{{#PICKED}} checked{{/PICKED}}><span class="choice-face"><span lang="{{Q_LANG}}">{{CHOICE_TEXT}}</span>{{#KEY}} <kbd>{{DIGIT}}</kbd>{{/KEY}}</span></label>{{/CHOICE}}</div>{{/SOME_OF}}
{{#LINES}}<textarea class="form-control" name="{{Q_SAID}}" rows="3" aria-label="[[Answer]]">{{VALUE:pre_escape}}</textarea>{{/LINES}}
{{#LINE_IN}}<input class="form-control" name="{{Q_SAID}}" type="{{TYPE}}"{{#NUMERIC}} inputmode="decimal"{{/NUMERIC}} autocomplete="off" aria-label="[[Answer]]" value="{{VALUE}}">{{/LINE_IN}}
</fieldset>
{{/QUESTION}}
<div class="field note"><label class="visually-hidden" for="note">[[Note]]</label>
<textarea class="form-control" id="note" name="note" rows="2" placeholder="[[Note]]"{{#NOTE_WRONG}} aria-invalid="true" aria-describedby="note-wrong"{{/NOTE_WRONG}}>{{NOTE:pre_escape}}</textarea>
{{#NOTE_WRONG}}<p class="wrong" id="note-wrong">{{SENTENCE}}</p>{{/NOTE_WRONG}}</div>
{{>MATES}}
<div class="savebar"><a class="btn btn-quiet btn-big savebar-jump" href="#no-talk">[[No conversation?]]</a>
<button class="btn btn-primary btn-big" name="status" value="completed">[[Save and next]]</button></div>
<div class="no-talk" id="no-talk" tabindex="-1" role="group" aria-labelledby="no-talk-title">
<h2 id="no-talk-title">[[No conversation?]]</h2>
{{>OUTCOMES}}
</div>
<p class="skip-line"><button class="btn btn-link soft" form="skip">[[Skip this person]]</button></p>
</section>
</form>
<form id="skip" method="post" action="/agent/{{OPERATION_ID}}/skip"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="entry" value="{{ENTRY}}"></form>
<form id="other" method="post" action="/agent/{{OPERATION_ID}}/number"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="form_key" value="{{FORM_KEY}}"><input type="hidden" name="entry" value="{{ENTRY}}"><input type="hidden" name="claimed" value="{{CLAIMED}}"></form>
</div>
