{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">{{#ONE_QUESTION}}[[Name the operation, say when people may be called, and which question your agents ask.]]{{/ONE_QUESTION}}{{#WHOLE_SURVEY}}[[Name the operation and say when people may be called. You choose the set of questions on the next page.]]{{/WHOLE_SURVEY}}</p>
<form method="post" action="/wizard/{{ID}}/details" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="revision" value="{{REVISION}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Next step]]</button>
<input type="hidden" name="seen" value="{{SEEN}}">
{{#EFFECT}}<section class="card card-warn" role="alert"><h2>[[Look before you save]]</h2>
<p class="soft">[[The operation is running. Nothing was saved yet; this is what the change does to people who wait:]]</p>
<ul>{{#LINE}}<li>{{SENTENCE}}</li>{{/LINE}}</ul>
<button class="btn btn-primary" name="go" value="{{GO}}">[[Save these changes]]</button></section>{{/EFFECT}}
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
<section class="card"><h2>[[Why you call]]</h2>
<div class="when">
<div class="field field-grow"><label for="purpose">[[Purpose]]</label>
<select class="form-select" id="purpose" name="purpose" aria-describedby="purpose-hint{{#PURPOSE_WRONG}} purpose-wrong{{/PURPOSE_WRONG}}"{{#PURPOSE_WRONG}} aria-invalid="true"{{/PURPOSE_WRONG}}>
{{#PURPOSE}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/PURPOSE}}
</select></div>
<div class="field field-grow"><label for="rules-of">[[Rules to keep to]]</label>
<select class="form-select" id="rules-of" name="rules_of"{{#RULES_SOURCE}} aria-describedby="rules-source"{{/RULES_SOURCE}}>
{{#RULES}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/RULES}}
</select></div>
</div>
{{#PURPOSE_WRONG}}<p class="wrong" id="purpose-wrong">{{WRONG}}</p>{{/PURPOSE_WRONG}}
<p class="hint" id="purpose-hint">[[Whoever asks for money keeps to stricter hours: Tocsin refuses others then, and only warns otherwise.]]</p>
{{#RULES_SOURCE}}<p class="hint" id="rules-source">[[Source:]] {{SOURCE}} ([[looked at]] {{REVIEWED}}). [[This is no legal advice.]]</p>{{/RULES_SOURCE}}
{{#REGISTRY}}<details class="hint"><summary>[[A federal election in Canada? The Voter Contact Registry]]</summary><p>[[Parties and candidates whose own staff and volunteers call need not register. Whoever has others call, a calling service for instance, registers with the CRTC within 48 hours of the first call, and keeps each script with its dates for three years.]]</p></details>{{/REGISTRY}}
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
<div class="when gap-top every-day">
<div class="field"><label for="opens">[[Calls start every day at]]</label>
<input class="form-control in-time" type="time" id="opens" name="opens" required value="{{OPENS}}" aria-describedby="hours-hint{{#OPENS_WRONG}} opens-wrong{{/OPENS_WRONG}}"{{#OPENS_WRONG}} aria-invalid="true"{{/OPENS_WRONG}}>
{{#OPENS_WRONG}}<p class="wrong" id="opens-wrong">{{WRONG}}</p>{{/OPENS_WRONG}}</div>
<div class="field"><label for="closes">[[Calls end every day at]]</label>
<input class="form-control in-time" type="time" id="closes" name="closes" required value="{{CLOSES}}" aria-describedby="hours-hint{{#CLOSES_WRONG}} closes-wrong{{/CLOSES_WRONG}}"{{#CLOSES_WRONG}} aria-invalid="true"{{/CLOSES_WRONG}}>
{{#CLOSES_WRONG}}<p class="wrong" id="closes-wrong">{{WRONG}}</p>{{/CLOSES_WRONG}}</div>
</div>
<label class="tick by-day"><input class="form-check-input" type="checkbox" name="by_day" value="1"{{#BY_DAY}} checked{{/BY_DAY}}{{#BY_DAY_WRONG}} aria-describedby="by-day-wrong" aria-invalid="true"{{/BY_DAY_WRONG}}> <span>[[Each day of the week has its own hours]]</span></label>
{{#BY_DAY_WRONG}}<p class="wrong" id="by-day-wrong">{{WRONG}}</p>{{/BY_DAY_WRONG}}
<fieldset class="week"><legend class="visually-hidden">[[Hours of each day]]</legend>
{{#DAY}}<div class="week-day" role="group" aria-labelledby="day-{{KEY}}"><label class="tick"><input class="form-check-input" type="checkbox" name="on.{{KEY}}" value="1"{{#ON}} checked{{/ON}}> <span id="day-{{KEY}}">{{DAY_NAME}}</span></label>
<span class="week-hours"><input class="form-control in-time" type="time" name="from.{{KEY}}" value="{{FROM}}" aria-label="{{DAY_NAME}}, [[from]]"{{#DAY_WRONG}} aria-invalid="true" aria-describedby="day-{{KEY}}-wrong"{{/DAY_WRONG}}> <span aria-hidden="true">–</span> <input class="form-control in-time" type="time" name="to.{{KEY}}" value="{{TO}}" aria-label="{{DAY_NAME}}, [[until]]"{{#DAY_WRONG}} aria-invalid="true" aria-describedby="day-{{KEY}}-wrong"{{/DAY_WRONG}}></span>
<span class="week-off soft">[[No calls]]</span>
{{#DAY_WRONG}}<p class="wrong" id="day-{{KEY}}-wrong">{{WRONG}}</p>{{/DAY_WRONG}}</div>
{{/DAY}}</fieldset>
{{#RULES_SOURCE}}<p><button class="btn btn-quiet" name="go" value="preset">[[Use the hours of the rules above]]</button></p>{{/RULES_SOURCE}}
{{#BEYOND}}<p class="advice">[[These hours go beyond the rules above. That is allowed when nobody is asked for money; people may still mind.]]</p>{{/BEYOND}}
<div class="field gap-top"><label for="holidays">[[No calls on public holidays of]]</label>
<select class="form-select" id="holidays" name="holidays"{{#HOLIDAY_SOURCE}} aria-describedby="holidays-source"{{/HOLIDAY_SOURCE}}>
{{#HOLIDAY}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/HOLIDAY}}
</select>
{{#HOLIDAY_SOURCE}}<p class="hint" id="holidays-source">[[Source:]] {{SOURCE}} ([[looked at]] {{REVIEWED}}).</p>{{/HOLIDAY_SOURCE}}</div>
<p class="hint" id="hours-hint">[[Agents can dial between these hours only, by the called person’s clock: of their address, else of their number, else of]] {{ZONE}}. [[Where several time zones are possible, calls wait until they are open in all of them.]]</p>
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
