{{%AUTOESCAPE context="HTML"}}
<div class="fields"><div class="field"><label for="callback_date">[[Day]]</label>
<input class="form-control" type="date" id="callback_date" name="callback_date" min="{{DAY_MIN}}" max="{{DAY_MAX}}" value="{{DATE}}"{{#DATE_WRONG}} aria-invalid="true" aria-describedby="callback-wrong"{{/DATE_WRONG}}></div>
<div class="field"><label for="callback_time">[[Time]]</label>
<input class="form-control" type="time" id="callback_time" name="callback_time" value="{{TIME}}"{{#TIME_WRONG}} aria-invalid="true" aria-describedby="callback-wrong"{{/TIME_WRONG}}></div></div>
{{#WRONG}}<p class="wrong" id="callback-wrong" role="alert">{{SENTENCE}}</p>{{/WRONG}}
<label class="tick keep"><input class="form-check-input" type="checkbox" name="keep" value="1"{{#KEPT}} checked{{/KEPT}}> <span>{{KEEP_WORDS}}</span></label>
<p class="hint">{{HINT}}</p>
