{{%AUTOESCAPE context="HTML"}}
{{>PRACTICE}}
<div id="agent" class="talk" data-saved="{{SAVED}}">
{{#NOTICE}}<p class="notice {{TONE}}" role="status">{{TEXT}}</p>{{/NOTICE}}
<p class="notice notice-warn" id="unsent" role="status" hidden>[[No connection. Your answer is kept on this device and will be sent by itself.]]</p>
<form id="call" method="post" action="/agent/{{OPERATION_ID}}/answer" class="talk-form" data-key="{{FORM_KEY}}" data-now="{{NOW_MS}}" data-closes="{{CLOSES_MS}}" data-busy="[[Saving…]]">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="form_key" value="{{FORM_KEY}}">
<input type="hidden" name="entry" value="{{ENTRY}}">
<input type="hidden" name="claimed" value="{{CLAIMED}}">
<input type="hidden" name="question" value="{{QUESTION_ID}}">

<div class="talk-head">
<p class="talk-who"><strong>{{NAME}}</strong>
<span class="small soft">{{#DIAL}}<span class="nowrap" id="talk-number">{{NUMBER}}</span>{{/DIAL}}<span class="nowrap" id="line" data-ms="{{LINE_MS}}" data-words="[[on the line %s]]" hidden></span></span></p>
<details class="talk-details" id="details"><summary class="btn btn-quiet">[[Details]]</summary>
<div class="card">{{>WHO}}</div></details>
</div>

<div class="talk-body">
<span class="bar talk-bar" aria-hidden="true"><span class="bar-done {{WIDTH}}"></span></span>
<p class="small soft talk-progress">{{PROGRESS}}</p>
{{#READ}}<h1 class="asked asked-read" id="asked" tabindex="-1">{{TITLE}}</h1>
<div class="card"><div class="script" lang="{{Q_LANG}}">{{#PARAGRAPH}}<p{{#ASIDE}} class="aside"{{/ASIDE}}>{{SENTENCES:pre_escape}}</p>{{/PARAGRAPH}}</div></div>{{/READ}}
{{#QUESTION}}<fieldset class="question" id="question"{{#WRONG}} aria-describedby="question-wrong"{{/WRONG}}>
<legend lang="{{Q_LANG}}"><h1 class="asked" id="asked" tabindex="-1">{{Q_TEXT}}</h1></legend>
{{#WRONG}}<p class="wrong" id="question-wrong" role="alert">{{SENTENCE}}</p>{{/WRONG}}
{{#SEVERAL}}<p class="small soft">[[Several answers are possible.]]</p>{{/SEVERAL}}
{{#CORRECTS}}<p class="small soft">{{FIELD_NAME}} – [[saved in the record with the call]]</p>{{/CORRECTS}}
{{#CLOSED_FIELD}}<p class="notice">[[This operation does not let callers change this field. Ask if it helps, and use the note.]]</p>{{/CLOSED_FIELD}}
{{#CHOICES}}<div class="choices{{#SCALE}} choices-scale{{/SCALE}}">{{#CHOICE}}<label class="choice">{{#ONE_OF}}<input type="radio" name="answer" data-key="{{DIGIT}}" value="{{CHOICE_ID}}"{{#PICKED}} checked{{/PICKED}}>{{/ONE_OF}}{{#SOME_OF}}<input type="checkbox" name="answer" data-key="{{DIGIT}}" value="{{CHOICE_ID}}"{{#PICKED}} checked{{/PICKED}}>{{/SOME_OF}}<span class="choice-face"><span lang="{{Q_LANG}}">{{CHOICE_TEXT}}</span>{{#KEY}} <kbd>{{DIGIT}}</kbd>{{/KEY}}</span></label>{{/CHOICE}}</div>{{/CHOICES}}
{{#LINES}}<textarea class="form-control" name="said" rows="5" maxlength="4000" aria-labelledby="asked">{{VALUE:pre_escape}}</textarea>{{/LINES}}
{{#LINE_IN}}<input class="form-control" name="said" {{#WORDS}}type="text" maxlength="300"{{/WORDS}}{{#NUMERIC}}type="text" inputmode="decimal" maxlength="15"{{/NUMERIC}}{{#DAY}}type="date"{{/DAY}}{{#MAIL}}type="text" inputmode="email" maxlength="190"{{/MAIL}} autocomplete="off" aria-labelledby="asked" value="{{VALUE}}">{{/LINE_IN}}
{{#TONGUES}}<div class="choices"><label class="choice"><input type="radio" name="said" value="fr"{{#FR}} checked{{/FR}}><span class="choice-face"><span>[[French]]</span></span></label><label class="choice"><input type="radio" name="said" value="en"{{#EN}} checked{{/EN}}><span class="choice-face"><span>[[English]]</span></span></label></div>{{/TONGUES}}
</fieldset>{{/QUESTION}}
<p class="small soft">[[Saved as you go. You can go back.]]</p>
<details class="more talk-note"{{#NOTE_OPEN}} open{{/NOTE_OPEN}}><summary>[[Note]]</summary>
<div class="field note"><label class="visually-hidden" for="note">[[Note]]</label>
<textarea class="form-control" id="note" name="note" rows="2" maxlength="2000" placeholder="[[Note]]"{{#NOTE_WRONG}} aria-invalid="true" aria-describedby="note-wrong"{{/NOTE_WRONG}}>{{NOTE:pre_escape}}</textarea>
{{#NOTE_WRONG}}<p class="wrong" id="note-wrong">{{SENTENCE}}</p>{{/NOTE_WRONG}}</div>
</details>
<div class="savebar talk-bar-buttons"><button class="btn btn-primary btn-big" name="go" value="next">[[Next]]</button>
{{#SKIP}}<button class="btn btn-quiet btn-big" name="go" value="skip">[[Pass]]</button>{{/SKIP}}
<button class="btn btn-quiet btn-big" formaction="/agent/{{OPERATION_ID}}/back">[[Back]]</button></div>
<p class="skip-line"><button class="btn btn-link soft" name="go" value="end">[[The conversation ends here]]</button></p>
</div>
</form>
</div>
