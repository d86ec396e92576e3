{{%AUTOESCAPE context="HTML"}}
{{>BAR}}
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
{{#OPEN}}
<div id="dial">
<p class="who-number">{{NUMBER}}{{#EXTENSION}} <span class="who-extension">[[ext.]] {{DIGITS}}</span>{{/EXTENSION}}</p>
<p class="small soft who-about">{{ABOUT}}</p>
<a class="btn btn-call btn-big btn-wide" href="tel:+{{TEL}}">[[Call]]</a>
<p class="small soft who-hand">[[On a computer, dial this number on your own phone.]]</p>
{{#OTHERS}}<ul class="who-others">{{#OTHER}}<li{{#LIT}} class="lit"{{/LIT}}>{{KIND}} <span class="nowrap">{{NUMBER}}</span></li>{{/OTHER}}</ul>{{/OTHERS}}
</div>
{{/OPEN}}
<p class="notice notice-warn" id="closed"{{#HIDE_CLOSED}} hidden{{/HIDE_CLOSED}}>{{CLOSED}} [[If you are on the phone, finish calmly and save. Please do not dial any more.]]</p>
{{#GONE}}<p>[[This person's turn with you is over. What you typed can still be saved.]]</p>{{/GONE}}
{{#FACTS}}<dl class="facts">{{#FACT}}<div><dt>{{LABEL}}</dt><dd{{#LIT}} class="lit"{{/LIT}}>{{VALUE}}</dd></div>{{/FACT}}</dl>{{/FACTS}}
{{#EDIT}}
<details class="edit"{{#EDIT_OPEN}} open{{/EDIT_OPEN}}><summary>[[Correct or complete]]</summary>
{{#EDIT_EMAIL}}<div class="field"><label for="edit_email">{{LABEL}}</label>
<input class="form-control" id="edit_email" name="edit_email" type="text" inputmode="email" autocomplete="off" maxlength="190" value="{{VALUE}}"{{#WRONG}} aria-invalid="true" aria-describedby="edit_email-wrong"{{/WRONG}}>
{{#WRONG}}<p class="wrong" id="edit_email-wrong">{{SENTENCE}}</p>{{/WRONG}}</div>{{/EDIT_EMAIL}}
{{#EDIT_LANGUAGE}}<div class="field"><label for="edit_language">{{LABEL}}</label>
<select class="form-select" id="edit_language" name="edit_language">
<option value=""{{#UNKNOWN}} selected{{/UNKNOWN}}>[[Not known]]</option><option value="fr"{{#FR}} selected{{/FR}}>[[French]]</option><option value="en"{{#EN}} selected{{/EN}}>[[English]]</option></select></div>{{/EDIT_LANGUAGE}}
{{#EDIT_NATIONALITY}}<div class="field"><label for="edit_nationality">{{LABEL}}</label>
<input class="form-control" id="edit_nationality" name="edit_nationality" autocomplete="off" maxlength="60" value="{{VALUE}}"></div>{{/EDIT_NATIONALITY}}
{{#EDIT_NOTES}}<div class="field"><label for="edit_notes">[[Notes kept in the person's record]]</label>
<textarea class="form-control" id="edit_notes" name="edit_notes" rows="3" maxlength="1000">{{VALUE:pre_escape}}</textarea></div>{{/EDIT_NOTES}}
<p class="hint">[[Saved with your answer, in the person's record.]]</p>
</details>
{{/EDIT}}
{{#HOUSEHOLD}}<h2>[[Same household]]</h2><ul class="plain">{{#MATE}}<li>{{MATE_NAME}}{{#MATE_NUMBER}} <span class="tag">[[same number]]</span>{{/MATE_NUMBER}}{{#MATE_CALLED}} <span class="tag">{{STATUS}}</span>{{/MATE_CALLED}}</li>{{/MATE}}</ul>{{/HOUSEHOLD}}
{{#BEFORE}}<h2>[[Before]]</h2><ul class="plain small soft">{{#TRY}}<li>{{LINE}}{{#TRY_NOTE}}<br><q>{{SAID:pre_escape}}</q>{{/TRY_NOTE}}</li>{{/TRY}}</ul>{{/BEFORE}}
</section>

<section class="card agent-say" aria-labelledby="say">
<h2 class="eyebrow" id="say">{{SCRIPT_TITLE}}</h2>
<div class="script" lang="{{SCRIPT_LANG}}">{{#PARAGRAPH}}<p{{#ASIDE}} class="aside"{{/ASIDE}}>{{SENTENCES:pre_escape}}</p>{{/PARAGRAPH}}</div>
{{#NO_SCRIPT}}<p class="soft">[[No script was written for this operation. Say who you are, for whom you call and why, then ask the question.]]</p>{{/NO_SCRIPT}}
</section>

<section class="card agent-record" aria-label="[[What to record]]">
{{#QUESTION}}
<fieldset class="question" id="question"{{#Q_WRONG}} aria-describedby="question-wrong"{{/Q_WRONG}}>
<legend lang="{{Q_LANG}}">{{Q_TEXT}}</legend>
{{#Q_WRONG}}<p class="wrong" id="question-wrong" role="alert">{{SENTENCE}}</p>{{/Q_WRONG}}
{{#ONE_OF}}<div class="choices">{{#CHOICE}}<label class="choice"><input type="radio" name="answer" value="{{CHOICE_ID}}"{{#PICKED}} checked{{/PICKED}}><span class="choice-face"><span lang="{{Q_LANG}}">{{CHOICE_TEXT}}</span>{{#KEY}} <kbd>{{DIGIT}}</kbd>{{/KEY}}</span></label>{{/CHOICE}}</div>{{/ONE_OF}}
{{#SOME_OF}}<div class="choices">{{#CHOICE}}<label class="choice"><input type="checkbox" name="answer" value="{{CHOICE_ID}}"{{#PICKED}} checked{{/PICKED}}><span class="choice-face"><span lang="{{Q_LANG}}">{{CHOICE_TEXT}}</span>{{#KEY}} <kbd>{{DIGIT}}</kbd>{{/KEY}}</span></label>{{/CHOICE}}</div>{{/SOME_OF}}
{{#LINES}}<textarea class="form-control" name="said" rows="3" maxlength="4000" aria-label="[[Answer]]">{{VALUE:pre_escape}}</textarea>{{/LINES}}
{{#LINE_IN}}<input class="form-control" name="said" type="{{TYPE}}" maxlength="300" autocomplete="off" aria-label="[[Answer]]" value="{{VALUE}}">{{/LINE_IN}}
</fieldset>
{{/QUESTION}}
<div class="field note"><label class="visually-hidden" for="note">[[Note]]</label>
<textarea class="form-control" id="note" name="note" rows="2" maxlength="2000" placeholder="[[Note]]"{{#NOTE_WRONG}} aria-invalid="true" aria-describedby="note-wrong"{{/NOTE_WRONG}}>{{NOTE:pre_escape}}</textarea>
{{#NOTE_WRONG}}<p class="wrong" id="note-wrong">{{SENTENCE}}</p>{{/NOTE_WRONG}}</div>
<div class="savebar"><a class="btn btn-quiet btn-big savebar-jump" href="#no-talk">[[No conversation?]]</a>
<button class="btn btn-primary btn-big" name="status" value="completed">[[Save and next]]</button></div>
<div class="no-talk" id="no-talk" tabindex="-1" role="group" aria-labelledby="no-talk-title">
<h2 id="no-talk-title">[[No conversation?]]</h2>
{{#STATUS_WRONG}}<p class="wrong" role="alert">{{SENTENCE}}</p>{{/STATUS_WRONG}}
<div class="outcomes">
{{#OUTCOME}}<button class="choice-face" name="status" value="{{CODE}}">{{LABEL}}</button>{{/OUTCOME}}
<details class="outcome"{{#CALLBACK_OPEN}} open{{/CALLBACK_OPEN}}><summary class="choice-face">{{CALLBACK_LABEL}}…</summary>
<div class="outcome-body">
<div class="fields"><div class="field"><label for="callback_date">[[Day]]</label>
<input class="form-control" type="date" id="callback_date" name="callback_date" min="{{DAY_MIN}}" max="{{DAY_MAX}}" value="{{CALLBACK_DATE}}"{{#DATE_WRONG}} aria-invalid="true" aria-describedby="callback-wrong"{{/DATE_WRONG}}></div>
<div class="field"><label for="callback_time">[[Time]]</label>
<input class="form-control" type="time" id="callback_time" name="callback_time" value="{{CALLBACK_TIME}}"{{#TIME_WRONG}} aria-invalid="true" aria-describedby="callback-wrong"{{/TIME_WRONG}}></div></div>
{{#CALLBACK_WRONG}}<p class="wrong" id="callback-wrong" role="alert">{{SENTENCE}}</p>{{/CALLBACK_WRONG}}
<p class="hint">{{CALLBACK_HINT}}</p>
<button class="btn btn-primary btn-wide" id="callback-save" name="status" value="call_back">[[Save: call back]]</button></div></details>
<details class="outcome"><summary class="choice-face danger">{{DNC_LABEL}}…</summary>
<div class="outcome-body"><p class="small">[[For people who ask not to be called any more, by anyone here, in any operation.]]</p>
<button class="btn btn-danger btn-wide" name="status" value="dnc">[[Yes, do not call this person again]]</button></div></details>
<details class="outcome outcome-more"><summary class="choice-face">[[More…]]</summary>
<div class="outcome-body outcomes">{{#MORE}}<button class="choice-face" name="status" value="{{CODE}}">{{LABEL}}</button>{{/MORE}}</div></details>
</div></div>
<p class="skip-line"><button class="btn btn-link soft" form="skip">[[Skip this person]]</button></p>
</section>
</form>
<form id="skip" method="post" action="/agent/{{OPERATION_ID}}/skip"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="entry" value="{{ENTRY}}"></form>
</div>
