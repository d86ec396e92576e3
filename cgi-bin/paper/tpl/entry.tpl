{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{OPERATION}}</a> · <a href="/sheets/{{ID}}">[[Call sheets]]</a></p>
<div class="page-head"><h1>[[Call sheet]] {{CODE}}</h1><div class="page-actions"><a class="btn btn-quiet" href="/sheets/{{ID}}/{{CODE}}/print">[[Show the paper]]</a></div></div>
<p class="explain">{{WHO}} · [[printed]] {{PRINTED}}</p>
<dl class="numbers paper-numbers"><div><dt>[[People]]</dt><dd>{{PEOPLE}}</dd></div><div><dt>[[Typed in]]</dt><dd>{{ENTERED}}</dd></div><div><dt>[[Kept for the sheet]]</dt><dd>{{HELD}}</dd></div></dl>
<form id="entry" method="post" action="/sheets/{{ID}}/{{CODE}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="page" value="{{PAGE}}">
<section class="card"><h2>[[Type in]]</h2>
<div class="fields"><div class="field"><label for="caller">[[Who called?]]</label><select class="form-select" id="caller" name="caller"{{#CALLER_WRONG}} aria-invalid="true" aria-describedby="caller-wrong"{{/CALLER_WRONG}}>{{#CALLER}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/CALLER}}</select>{{#CALLER_WRONG}}<p class="wrong" id="caller-wrong">{{WRONG}}</p>{{/CALLER_WRONG}}</div>
<div class="field"><label for="on">[[On which day?]]</label><input class="form-control in-date" type="date" id="on" name="on" value="{{ON}}" min="{{ON_MIN}}" max="{{ON_MAX}}"{{#ON_WRONG}} aria-invalid="true" aria-describedby="on-wrong"{{/ON_WRONG}}>{{#ON_WRONG}}<p class="wrong" id="on-wrong">{{WRONG}}</p>{{/ON_WRONG}}</div>
<div class="field"><label for="at">[[At about what time?]]</label><input class="form-control in-time" type="time" id="at" name="at" value="{{AT}}"{{#AT_WRONG}} aria-invalid="true" aria-describedby="at-wrong"{{/AT_WRONG}}>{{#AT_WRONG}}<p class="wrong" id="at-wrong">{{WRONG}}</p>{{/AT_WRONG}}</div></div>
<div class="field"><label for="quick">[[One call per line: number, letter, digits, then Enter]]</label>
<div class="paper-quick"><input class="form-control" id="quick" name="quick" maxlength="2200" autocomplete="off" autocapitalize="none" spellcheck="false" autofocus placeholder="7 c 2 1" value="{{QUICK}}" aria-describedby="quick-hint{{#QUICK_WRONG}} quick-wrong{{/QUICK_WRONG}}"{{#QUICK_WRONG}} aria-invalid="true"{{/QUICK_WRONG}}><button class="btn btn-primary">[[Save]]</button></div>
<p class="hint" id="quick-hint">[[“7 c 2 1+3 wants a sign”: number 7, completed, the second answer, the first and the third, a note. A dash passes a question over, a slash begins the note. “7 b 18:30”: call back the next time it is 18:30 there.]]</p>
{{#QUICK_WRONG}}<p class="wrong" id="quick-wrong">{{WRONG}}</p>{{/QUICK_WRONG}}</div>
<ul class="paper-letters" aria-label="[[Letters]]">{{#LETTER}}<li><kbd>{{KEY}}</kbd> {{LABEL}}</li>{{/LETTER}}</ul>
{{#ASKED}}<p class="paper-asked"><strong>Q{{NUMBER}}</strong> {{TEXT}}<br><span class="soft">{{DIGITS}}</span></p>
{{/ASKED}}</section>
<nav class="tabs paper-tabs" aria-label="[[Pages]]">{{#OTHER}}<a href="/sheets/{{ID}}/{{CODE}}?page={{PAGE}}"{{#HERE}} aria-current="page"{{/HERE}}>{{RANGE}}</a> {{/OTHER}}</nav>
<ol class="paper-places">
{{#PLACE}}<li class="card paper-place" id="p{{NUMBER}}" value="{{NUMBER}}">
<p class="paper-name"><span class="paper-number">{{NUMBER}}</span> {{#SOMEBODY}}<a href="/people/{{PERSON}}">{{NAME}}</a>{{/SOMEBODY}}{{#NOBODY}}{{NAME}}{{/NOBODY}}</p>
{{#STATE}}<p class="small soft">{{SENTENCE}}</p>{{/STATE}}
{{#DONE}}<p><span class="tag tag-good">{{STATUS}}</span> <span class="small soft">{{BY}}</span>{{#UNDO}} <button class="btn btn-link" name="undo" value="{{NUMBER}}">[[Take back]]<span class="visually-hidden"> {{NUMBER}}</span></button>{{/UNDO}}</p>{{#NOTED}}<p class="small">{{NOTE}}</p>{{/NOTED}}{{/DONE}}
{{#FIELDS}}<input type="hidden" name="key.{{NUMBER}}" value="{{FORM_KEY}}">
<div class="paper-fields"><label class="paper-how"><span>[[How it went]]</span><select class="form-select" name="status.{{NUMBER}}"{{#BAD}} aria-invalid="true" aria-describedby="wrong-{{NUMBER}}"{{/BAD}}><option value=""></option>{{#OPTION}}<option value="{{KEY}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{KEY}} – {{LABEL}}</option>{{/OPTION}}</select></label>
{{#ANSWER}}<label class="{{#DIGIT}}paper-digit{{/DIGIT}}{{#WORDS}}paper-words{{/WORDS}}" title="{{TEXT}}"><span>{{LABEL}}</span><input class="form-control" name="answer.{{NAME}}" autocomplete="off"{{#DIGIT}} inputmode="numeric"{{/DIGIT}} value="{{VALUE}}"{{#ANSWER_BAD}} aria-invalid="true"{{/ANSWER_BAD}}></label>
{{/ANSWER}}<label class="paper-words"><span>[[Note]]</span><input class="form-control" name="note.{{NUMBER}}" maxlength="2000" autocomplete="off" value="{{NOTE}}"></label>
<label class="paper-later"><span>[[Call back at]]</span><input class="form-control" type="datetime-local" name="back.{{NUMBER}}" value="{{BACK}}"></label></div>
{{#KEEP}}<label class="tick"><input class="form-check-input" type="checkbox" name="keep.{{NUMBER}}" value="1"{{#CHOSEN}} checked{{/CHOSEN}}> <span>[[Keep what the sheet says as a note]]</span></label>{{/KEEP}}
{{/FIELDS}}
{{#WRONG}}<p class="wrong" id="wrong-{{NUMBER}}">{{SENTENCE}}</p>{{/WRONG}}
</li>
{{/PLACE}}</ol>
<div class="actions"><a class="btn btn-quiet" href="/sheets/{{ID}}">[[Back]]</a><button class="btn btn-primary">[[Save all that is filled in]]</button></div>
</form>
{{#KEPT}}<form class="card paper-rest" method="post" action="/sheets/{{ID}}/{{CODE}}/back"><input type="hidden" name="csrf" value="{{CSRF}}">
<h2>[[Those who are left]]</h2><p>[[They are kept for this sheet until]] {{UNTIL}}. [[Give them back once the paper is here, or lost: agents can call them again at once. What comes later can still be typed in, as long as nobody else has called.]]</p>
<button class="btn btn-quiet">[[Give back who is left]]</button></form>{{/KEPT}}
