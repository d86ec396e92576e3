{{%AUTOESCAPE context="HTML"}}
{{>PRACTICE}}
{{>BAR}}
{{>UNDO}}
<div id="agent" data-saved="{{SAVED}}">
{{#NOTICE}}<p class="notice {{TONE}}" role="status">{{TEXT}}</p>{{/NOTICE}}
<p class="notice notice-warn" id="unsent" role="status" hidden>[[No connection. Your answer is kept on this device and will be sent by itself.]]</p>
<form id="call" method="post" action="/agent/{{OPERATION_ID}}/save" class="agent{{#TWO}} agent-two{{/TWO}}" data-key="{{FORM_KEY}}" data-now="{{NOW_MS}}" data-closes="{{CLOSES_MS}}" data-busy="[[Saving…]]">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="form_key" value="{{FORM_KEY}}">
<input type="hidden" name="entry" value="{{ENTRY}}">
<input type="hidden" name="claimed" value="{{CLAIMED}}">

<section class="card agent-who" aria-labelledby="who">
<p class="eyebrow">[[To call]]</p>
<h1 class="who-name" id="who" tabindex="-1">{{NAME}}</h1>
{{>WHO}}
</section>

{{#SCRIPT}}<section class="card agent-say" aria-labelledby="say">
<h2 class="eyebrow" id="say">{{SCRIPT_TITLE}}</h2>
<div class="script" lang="{{SCRIPT_LANG}}">{{#PARAGRAPH}}<p{{#ASIDE}} class="aside"{{/ASIDE}}>{{SENTENCES:pre_escape}}</p>{{/PARAGRAPH}}</div>
</section>{{/SCRIPT}}

<section class="card agent-record" aria-label="[[What to record]]">
<h2>[[Somebody answers?]]</h2>
<p class="soft">{{ABOUT_TALK}}</p>
{{>MATES}}
<div class="savebar"><button class="btn btn-primary btn-big" formaction="/agent/{{OPERATION_ID}}/answer" name="go" value="start">{{START}}</button>
<a class="btn btn-quiet btn-big savebar-jump" href="#no-talk">[[No conversation?]]</a></div>
<div class="no-talk" id="no-talk" tabindex="-1" role="group" aria-labelledby="no-talk-title">
<h2 id="no-talk-title">[[No conversation?]]</h2>
{{>OUTCOMES}}
</div>
<div class="field note"><label class="visually-hidden" for="note">[[Note]]</label>
<textarea class="form-control" id="note" name="note" rows="2" placeholder="[[Note]]"{{#NOTE_WRONG}} aria-invalid="true" aria-describedby="note-wrong"{{/NOTE_WRONG}}>{{NOTE:pre_escape}}</textarea>
{{#NOTE_WRONG}}<p class="wrong" id="note-wrong">{{SENTENCE}}</p>{{/NOTE_WRONG}}</div>
<p class="skip-line"><button class="btn btn-link soft" form="skip">[[Skip this person]]</button></p>
</section>
</form>
<form id="skip" method="post" action="/agent/{{OPERATION_ID}}/skip"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="entry" value="{{ENTRY}}"></form>
<form id="other" method="post" action="/agent/{{OPERATION_ID}}/number"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="form_key" value="{{FORM_KEY}}"><input type="hidden" name="entry" value="{{ENTRY}}"><input type="hidden" name="claimed" value="{{CLAIMED}}"></form>
</div>
