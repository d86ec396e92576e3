{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">{{#ONE_QUESTION}}[[Name the operation, say when people may be called, and which question your agents ask.]]{{/ONE_QUESTION}}{{#WHOLE_SURVEY}}[[Name the operation and say when people may be called. You choose the set of questions on the next page.]]{{/WHOLE_SURVEY}}</p>
<form method="post" action="/wizard/{{ID}}/details" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Next step]]</button>
<section class="card">
<div class="field"><label for="name">[[Name]]</label>
<input class="form-control" id="name" name="name" maxlength="120" required value="{{NAME}}" aria-describedby="name-hint{{#NAME_WRONG}} name-wrong{{/NAME_WRONG}}"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
<p class="hint" id="name-hint">[[A clear name: your agents see it too.]]</p>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<div class="field"><label for="description">[[Description]] <span class="optional">([[optional]])</span></label>
<textarea class="form-control" id="description" name="description" rows="3" maxlength="2000" placeholder="[[Start writing...]]"{{#DESCRIPTION_WRONG}} aria-invalid="true" aria-describedby="description-wrong"{{/DESCRIPTION_WRONG}}>{{DESCRIPTION:pre_escape}}</textarea>
{{#DESCRIPTION_WRONG}}<p class="wrong" id="description-wrong">{{WRONG}}</p>{{/DESCRIPTION_WRONG}}</div>
{{#ONE_QUESTION}}<div class="field"><label for="question">[[Survey and question]]</label>
<select class="form-select" id="question" name="question" aria-describedby="question-hint{{#QUESTION_WRONG}} question-wrong{{/QUESTION_WRONG}}"{{#QUESTION_WRONG}} aria-invalid="true"{{/QUESTION_WRONG}}>
{{#LATER}}<option value="">[[I choose on the next page]]</option>{{/LATER}}
{{#SURVEY}}<optgroup label="{{SURVEY_NAME}}">{{#ASKED}}<option value="{{QUESTION_ID}}" data-version="{{VERSION_ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{QUESTION_TEXT}}</option>{{/ASKED}}</optgroup>{{/SURVEY}}
</select>
<p class="hint" id="question-hint">[[Agents read the survey’s script and record the answer to this question.]]</p>
{{#QUESTION_WRONG}}<p class="wrong" id="question-wrong">{{WRONG}}</p>{{/QUESTION_WRONG}}</div>
<fieldset class="field also" id="also"{{#ALSO_WRONG}} aria-describedby="also-wrong"{{/ALSO_WRONG}}><legend>[[More questions in the same window]] <span class="optional">([[optional]])</span></legend>
{{#ALSO_WRONG}}<p class="wrong" id="also-wrong">{{WRONG}}</p>{{/ALSO_WRONG}}
{{#ALSO}}<details data-version="{{VERSION_ID}}"{{#OPEN}} open{{/OPEN}}><summary>{{SURVEY_NAME}}</summary>
{{#MORE}}<label class="tick"><input class="form-check-input" type="checkbox" name="also" value="{{QUESTION_ID}}"{{#TICKED}} checked{{/TICKED}}> <span>{{QUESTION_TEXT}}</span></label>{{/MORE}}</details>{{/ALSO}}
<p class="hint">[[All of one questionnaire, in its order. The question above is always asked.]]</p></fieldset>{{/ONE_QUESTION}}
</section>
<section class="card"><h2>[[When people may be called]]</h2>
<div class="when">
<div class="field"><label for="start">[[Start date]]</label>
<input class="form-control in-date" type="date" id="start" name="start" required value="{{START}}"{{#START_WRONG}} aria-invalid="true" aria-describedby="start-wrong"{{/START_WRONG}}>
{{#START_WRONG}}<p class="wrong" id="start-wrong">{{WRONG}}</p>{{/START_WRONG}}</div>
<div class="field"><label for="end">[[End date]]</label>
<input class="form-control in-date" type="date" id="end" name="end" required value="{{END}}"{{#END_WRONG}} aria-invalid="true" aria-describedby="end-wrong"{{/END_WRONG}}>
{{#END_WRONG}}<p class="wrong" id="end-wrong">{{WRONG}}</p>{{/END_WRONG}}</div>
<div class="field"><label for="end-time">[[End time]]</label>
<input class="form-control in-time" type="time" id="end-time" name="end_time" required value="{{END_TIME}}" aria-describedby="end-hint{{#END_TIME_WRONG}} end-time-wrong{{/END_TIME_WRONG}}"{{#END_TIME_WRONG}} aria-invalid="true"{{/END_TIME_WRONG}}>
{{#END_TIME_WRONG}}<p class="wrong" id="end-time-wrong">{{WRONG}}</p>{{/END_TIME_WRONG}}</div>
</div>
<p class="hint" id="end-hint">[[After this date and time nobody can be called any more.]]</p>
<div class="when gap-top">
<div class="field"><label for="opens">[[Calls start every day at]]</label>
<input class="form-control in-time" type="time" id="opens" name="opens" required value="{{OPENS}}" aria-describedby="hours-hint{{#OPENS_WRONG}} opens-wrong{{/OPENS_WRONG}}"{{#OPENS_WRONG}} aria-invalid="true"{{/OPENS_WRONG}}>
{{#OPENS_WRONG}}<p class="wrong" id="opens-wrong">{{WRONG}}</p>{{/OPENS_WRONG}}</div>
<div class="field"><label for="closes">[[Calls end every day at]]</label>
<input class="form-control in-time" type="time" id="closes" name="closes" required value="{{CLOSES}}" aria-describedby="hours-hint{{#CLOSES_WRONG}} closes-wrong{{/CLOSES_WRONG}}"{{#CLOSES_WRONG}} aria-invalid="true"{{/CLOSES_WRONG}}>
{{#CLOSES_WRONG}}<p class="wrong" id="closes-wrong">{{WRONG}}</p>{{/CLOSES_WRONG}}</div>
</div>
<p class="hint" id="hours-hint">[[Agents can dial between these hours only. Where a person’s time zone is known, their own clock counts; otherwise]] {{ZONE}}.</p>
</section>
<fieldset class="card"><legend class="h2">[[How calls are placed]]</legend>
<div class="choices choices-2">
<label class="choice"><input type="radio" name="method" value="phone" required{{#PHONE}} checked{{/PHONE}}{{#METHOD_WRONG}} aria-describedby="method-wrong"{{/METHOD_WRONG}}>
<span class="choice-face"><strong>[[Call via physical phone]]</strong><span class="choice-about">[[Agents use their own phones and numbers. Calls are free for the organization.]]</span></span></label>
<label class="choice"><input type="radio" name="method" value="software"{{#NO_PROVIDER}} disabled{{/NO_PROVIDER}}{{#SOFTWARE}} checked{{/SOFTWARE}} aria-describedby="software-why">
<span class="choice-face"><strong>[[From the software]]</strong><span class="choice-about" id="software-why">{{#NO_PROVIDER}}[[The software places the calls, and each call costs the organization money. No telephony provider is set up here, so this cannot be chosen.]]{{/NO_PROVIDER}}{{#HAS_PROVIDER}}[[The software places the calls and connects your agents’ phones. Each call costs the organization money.]]{{/HAS_PROVIDER}}</span></span></label>
</div>
{{#METHOD_WRONG}}<p class="wrong" id="method-wrong">{{WRONG}}</p>{{/METHOD_WRONG}}
{{#SOFTWARE}}<p class="hint"><a href="/connections/operation/{{ID}}">[[The number that people see, who starts each call, and the cost]]</a></p>{{/SOFTWARE}}
</fieldset>
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Next step]]</button></div>
</form>
