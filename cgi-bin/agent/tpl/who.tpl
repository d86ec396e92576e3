{{%AUTOESCAPE context="HTML"}}
{{#OPEN}}
<div id="dial">
<p class="who-number">{{NUMBER}}{{#EXTENSION}} <span class="who-extension">[[ext.]] {{DIGITS}}</span>{{/EXTENSION}}</p>
<p class="small soft who-about">{{ABOUT}}</p>
{{#PHONE}}<a class="btn btn-call btn-big btn-wide" href="tel:+{{TEL}}">[[Call]]</a>
{{#AWAY}}<div class="away" id="away" role="status" hidden data-short="[[Away for %s: no answer?]]" data-long="[[Away for %s: a conversation?]]" data-seconds="[[%s s]]" data-minutes="[[%s min]]"><span id="away-words"></span>
<button class="btn btn-primary" type="button" id="away-save">{{NO_ANSWER}}</button><a class="btn btn-primary" id="away-talk" href="#question" hidden>[[Record it]]</a> <button class="btn btn-quiet" type="button" id="away-no">[[No]]</button></div>{{/AWAY}}
<p class="small soft who-hand">[[On a computer, dial this number on your own phone.]]</p>{{/PHONE}}
{{#PRETEND}}<details class="pretend"><summary class="btn btn-call btn-big btn-wide">[[Call]]</summary><p class="notice" role="status">{{STORY}}</p></details>{{/PRETEND}}
{{#SPEAKS}}<details class="more pretend-says"><summary>[[Somebody speaks: what do they say?]]</summary><p class="notice">{{STORY}}</p></details>{{/SPEAKS}}
{{#OTHERS}}<ul class="who-others">{{#OTHER}}<li{{#LIT}} class="lit"{{/LIT}}><span>{{KIND}} <span class="nowrap">{{NUMBER}}</span></span> {{#CHOOSE}}<button class="btn btn-quiet btn-small" form="other" name="number" value="{{OTHER_E164}}" aria-label="[[Call this one instead]] – {{NUMBER}}">[[Call this one instead]]</button>{{/CHOOSE}}</li>{{/OTHER}}</ul>{{/OTHERS}}
</div>
{{/OPEN}}
{{#SOFTWARE}}{{>LINE}}{{/SOFTWARE}}
<p class="notice notice-warn" id="closed"{{#HIDE_CLOSED}} hidden{{/HIDE_CLOSED}}>{{CLOSED}} [[If you are on the phone, finish calmly and save. Please do not dial any more.]]</p>
{{#GONE}}<p>[[This person's turn with you is over. What you typed can still be saved.]]</p>{{/GONE}}
{{#FACTS}}<dl class="facts">{{#FACT}}<div><dt>{{LABEL}}</dt><dd{{#LIT}} class="lit"{{/LIT}}>{{VALUE}}</dd></div>{{/FACT}}</dl>{{/FACTS}}
{{#EDIT}}
<details class="edit"{{#EDIT_OPEN}} open{{/EDIT_OPEN}}><summary>[[Correct or complete]]</summary>
{{#EDIT_PHONE}}<div class="field"><label for="{{PHONE_NAME}}">{{LABEL}}</label>
<input class="form-control" id="{{PHONE_NAME}}" name="{{PHONE_NAME}}" type="tel" autocomplete="off" value="{{VALUE}}"{{#WRONG}} aria-invalid="true" aria-describedby="{{PHONE_NAME}}-wrong"{{/WRONG}}>
{{#WRONG}}<p class="wrong" id="{{PHONE_NAME}}-wrong">{{SENTENCE}}</p>{{/WRONG}}</div>{{/EDIT_PHONE}}
{{#EDIT_EMAIL}}<div class="field"><label for="edit_email">{{LABEL}}</label>
<input class="form-control" id="edit_email" name="edit_email" type="text" inputmode="email" autocomplete="off" value="{{VALUE}}"{{#WRONG}} aria-invalid="true" aria-describedby="edit_email-wrong"{{/WRONG}}>
{{#WRONG}}<p class="wrong" id="edit_email-wrong">{{SENTENCE}}</p>{{/WRONG}}</div>{{/EDIT_EMAIL}}
{{#EDIT_LANGUAGE}}<div class="field"><label for="edit_language">{{LABEL}}</label>
<select class="form-select" id="edit_language" name="edit_language">
<option value=""{{#UNKNOWN}} selected{{/UNKNOWN}}>[[Not known]]</option><option value="fr"{{#FR}} selected{{/FR}}>[[French]]</option><option value="en"{{#EN}} selected{{/EN}}>[[English]]</option></select></div>{{/EDIT_LANGUAGE}}
{{#EDIT_NATIONALITY}}<div class="field"><label for="edit_nationality">{{LABEL}}</label>
<input class="form-control" id="edit_nationality" name="edit_nationality" autocomplete="off" value="{{VALUE}}"></div>{{/EDIT_NATIONALITY}}
{{#EDIT_NOTES}}<div class="field"><label for="edit_notes">[[Notes kept in the person's record]]</label>
<textarea class="form-control" id="edit_notes" name="edit_notes" rows="3">{{VALUE:pre_escape}}</textarea></div>{{/EDIT_NOTES}}
<p class="hint">[[Saved with your answer, in the person's record.]]</p>
</details>
{{/EDIT}}
{{#HOUSEHOLD}}<h2>[[Same household]]</h2><ul class="plain">{{#MATE}}<li>{{MATE_NAME}}{{#MATE_NUMBER}} <span class="tag">[[same number]]</span>{{/MATE_NUMBER}}{{#MATE_CALLED}} <span class="tag">{{STATUS}}</span>{{/MATE_CALLED}}</li>{{/MATE}}</ul>{{/HOUSEHOLD}}
{{#BEFORE}}<h2>[[Before]]</h2><ul class="plain small soft">{{#TRY}}<li>{{LINE}}{{#TRY_NOTE}}<br><q>{{SAID:pre_escape}}</q>{{/TRY_NOTE}}</li>{{/TRY}}</ul>{{/BEFORE}}
