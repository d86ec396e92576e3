{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[Who should be called again, how many more times, and after how many minutes. A status that is not ticked ends after one attempt.]]</p>
<form method="post" action="/wizard/{{ID}}/recycling" novalidate data-rehearsal="/wizard/{{ID}}/rehearsal">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="revision" value="{{REVISION}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Next]]</button>
<input type="hidden" name="seen" value="{{SEEN}}">
<div class="with-side"><div>
{{#EFFECT}}<section class="card card-warn" role="alert"><h2>[[Look before you save]]</h2>
<p class="soft">[[The operation is running. Nothing was saved yet; this is what the change does to people who wait:]]</p>
<ul>{{#LINE}}<li>{{SENTENCE}}</li>{{/LINE}}</ul>
<button class="btn btn-primary" name="go" value="{{GO}}">[[Save these changes]]</button></section>{{/EFFECT}}
{{#SOME_WRONG}}<p class="notice notice-bad" role="alert">[[Some numbers need a correction: see below.]]</p>{{/SOME_WRONG}}
<section class="card"><h2>[[Auto detected]]{{#OWN_PHONES}} <span class="tag">[[not with own phones]]</span>{{/OWN_PHONES}}</h2>
{{#OWN_PHONES}}<p class="soft">[[Your agents use their own phones, so nothing is detected. These rules wake up if you switch to calling from the software.]]</p>{{/OWN_PHONES}}
{{#BY_SOFTWARE}}<p class="soft">[[The software sees by itself how these calls end.]]</p>{{/BY_SOFTWARE}}
<details{{#BY_SOFTWARE}} open{{/BY_SOFTWARE}}><summary class="small">[[Show the detected statuses]]</summary>
<fieldset class="rules"{{#OWN_PHONES}} disabled{{/OWN_PHONES}}><legend class="visually-hidden">[[Auto detected]]</legend>
<div class="rule rule-heads small" aria-hidden="true"><div>[[Status]]</div><div>[[Maximum number of calls]]</div><div>[[Minute]]</div></div>
{{#AUTO}}<div class="rule" role="group" aria-labelledby="label-{{CODE}}">
<label class="rule-status" for="tick-{{CODE}}"><input class="form-check-input" type="checkbox" id="tick-{{CODE}}" name="tick.{{CODE}}" value="1"{{#TICKED}} checked{{/TICKED}}> <span id="label-{{CODE}}">{{LABEL}}</span></label>
<div class="rule-off soft">{{OTHERWISE}}</div>
<div class="rule-max"><label for="max-{{CODE}}"><span class="visually-hidden">{{LABEL}}: </span><span class="rule-head">[[Maximum number of calls]]</span></label><span class="rule-input"><input class="form-control" id="max-{{CODE}}" name="max.{{CODE}}" inputmode="numeric" autocomplete="off" value="{{MAX}}" aria-describedby="more-help{{#MAX_WRONG}} max-{{CODE}}-wrong{{/MAX_WRONG}}"{{#MAX_WRONG}} aria-invalid="true"{{/MAX_WRONG}}> <span>[[more]]</span></span>
{{#MAX_WRONG}}<p class="wrong" id="max-{{CODE}}-wrong">{{WRONG}}</p>{{/MAX_WRONG}}</div>
<div class="rule-minutes"><label for="minutes-{{CODE}}"><span class="visually-hidden">{{LABEL}}: </span><span class="rule-head">[[Minute]]</span></label><span class="rule-input"><input class="form-control" id="minutes-{{CODE}}" name="minutes.{{CODE}}" inputmode="numeric" autocomplete="off" value="{{MINUTES}}"{{#LIVE_WORDS}} data-words="words-{{CODE}}"{{/LIVE_WORDS}}{{#MINUTES_WRONG}} aria-invalid="true" aria-describedby="minutes-{{CODE}}-wrong"{{/MINUTES_WRONG}}></span>
{{#MINUTES_WRONG}}<p class="wrong" id="minutes-{{CODE}}-wrong">{{WRONG}}</p>{{/MINUTES_WRONG}}</div>
<div class="rule-words small soft" id="words-{{CODE}}">{{WORDS}}</div>
{{#WARNING}}<p class="rule-warning notice notice-warn">[[With this ticked, people who asked to be removed are called again. Leave it unticked unless you are sure.]]</p>{{/WARNING}}
</div>{{/AUTO}}
</fieldset></details></section>
<section class="card"><h2>[[Set by agents]]</h2>
<p class="small soft" id="more-help">[[“3 more” means three further calls after the one that gave the status: four in all.]]</p>
<fieldset class="rules"><legend class="visually-hidden">[[Set by agents]]</legend>
<div class="rule rule-heads small" aria-hidden="true"><div>[[Status]]</div><div>[[Maximum number of calls]]</div><div>[[Minute]]</div></div>
{{#BY_AGENT}}<div class="rule" role="group" aria-labelledby="label-{{CODE}}">
<label class="rule-status" for="tick-{{CODE}}"><input class="form-check-input" type="checkbox" id="tick-{{CODE}}" name="tick.{{CODE}}" value="1"{{#TICKED}} checked{{/TICKED}}> <span id="label-{{CODE}}">{{LABEL}}</span></label>
<div class="rule-off soft">{{OTHERWISE}}</div>
<div class="rule-max"><label for="max-{{CODE}}"><span class="visually-hidden">{{LABEL}}: </span><span class="rule-head">[[Maximum number of calls]]</span></label><span class="rule-input"><input class="form-control" id="max-{{CODE}}" name="max.{{CODE}}" inputmode="numeric" autocomplete="off" value="{{MAX}}" aria-describedby="more-help{{#MAX_WRONG}} max-{{CODE}}-wrong{{/MAX_WRONG}}"{{#MAX_WRONG}} aria-invalid="true"{{/MAX_WRONG}}> <span>[[more]]</span></span>
{{#MAX_WRONG}}<p class="wrong" id="max-{{CODE}}-wrong">{{WRONG}}</p>{{/MAX_WRONG}}</div>
<div class="rule-minutes"><label for="minutes-{{CODE}}"><span class="visually-hidden">{{LABEL}}: </span><span class="rule-head">[[Minute]]</span></label><span class="rule-input"><input class="form-control" id="minutes-{{CODE}}" name="minutes.{{CODE}}" inputmode="numeric" autocomplete="off" value="{{MINUTES}}"{{#LIVE_WORDS}} data-words="words-{{CODE}}"{{/LIVE_WORDS}}{{#MINUTES_WRONG}} aria-invalid="true" aria-describedby="minutes-{{CODE}}-wrong"{{/MINUTES_WRONG}}></span>
{{#MINUTES_WRONG}}<p class="wrong" id="minutes-{{CODE}}-wrong">{{WRONG}}</p>{{/MINUTES_WRONG}}</div>
<div class="rule-words small soft" id="words-{{CODE}}">{{WORDS}}</div>
{{#WARNING}}<p class="rule-warning notice notice-warn">[[With this ticked, people who asked to be removed are called again. Leave it unticked unless you are sure.]]</p>{{/WARNING}}
</div>{{/BY_AGENT}}
</fieldset></section>
<section class="card"><h2>[[Over all statuses]]</h2>
<div class="when">
<div class="field field-grow"><label for="more-calls">[[Further calls at most]] <span class="optional">([[optional]])</span></label>
<input class="form-control in-number" id="more-calls" name="more_calls" inputmode="numeric" autocomplete="off" value="{{MORE_CALLS}}" aria-describedby="more-calls-hint{{#MORE_CALLS_WRONG}} more-calls-wrong{{/MORE_CALLS_WRONG}}"{{#MORE_CALLS_WRONG}} aria-invalid="true"{{/MORE_CALLS_WRONG}}>
{{#MORE_CALLS_WRONG}}<p class="wrong" id="more-calls-wrong">{{WRONG}}</p>{{/MORE_CALLS_WRONG}}
<p class="hint" id="more-calls-hint">[[Whatever the statuses: after the first call, so many more and no further one.]]</p></div>
<div class="field field-grow"><label for="day-calls">[[Calls to one person a day]] <span class="optional">([[optional]])</span></label>
<input class="form-control in-number" id="day-calls" name="day_calls" inputmode="numeric" autocomplete="off" value="{{DAY_CALLS}}" aria-describedby="day-calls-hint{{#DAY_CALLS_WRONG}} day-calls-wrong{{/DAY_CALLS_WRONG}}"{{#DAY_CALLS_WRONG}} aria-invalid="true"{{/DAY_CALLS_WRONG}}>
{{#DAY_CALLS_WRONG}}<p class="wrong" id="day-calls-wrong">{{WRONG}}</p>{{/DAY_CALLS_WRONG}}
<p class="hint" id="day-calls-hint">[[Calls of all your operations count, and calls by hand; who has had so many rests until tomorrow. Appointments are kept.]]</p></div>
</div>
<label class="tick"><input class="form-check-input" type="checkbox" name="other_part" value="1"{{#OTHER_PART}} checked{{/OTHER_PART}} aria-describedby="other-part-hint"> <span>[[The next try comes in another part of the day]]<span class="hint d-block" id="other-part-hint">[[Morning until 12:00, afternoon until 17:00, evening: who did not answer in the morning is called in the afternoon or the evening.]]</span></span></label>
</section>
</div>
{{#REHEARSAL}}<aside class="card card-tint rehearsal" aria-labelledby="rehearsal-title"><h2 id="rehearsal-title">[[Rehearsal]]</h2>
<p data-rehearsed="with">{{WITH}}</p>
<dl class="facts" aria-live="polite">
<div><dt>[[Calls]]</dt><dd data-rehearsed="calls">{{CALLS}}</dd></div>
<div><dt>[[People reached]]</dt><dd data-rehearsed="reached">{{REACHED}}</dd></div>
<div><dt>[[Expected end]]</dt><dd data-rehearsed="done">{{DONE_AT}}</dd></div>
</dl>
<p class="small" data-rehearsed="more">{{ONE_MORE}}</p>
<div class="when">
<div class="field"><label for="agents">[[Agents at a time]]</label><input class="form-control in-number" id="agents" name="agents" inputmode="numeric" autocomplete="off" value="{{AGENTS}}"{{#AGENTS_WRONG}} aria-invalid="true" aria-describedby="agents-wrong"{{/AGENTS_WRONG}}>
{{#AGENTS_WRONG}}<p class="wrong" id="agents-wrong">{{WRONG}}</p>{{/AGENTS_WRONG}}</div>
<div class="field"><label for="people">[[People]]</label><input class="form-control in-number" id="people" name="people" inputmode="numeric" autocomplete="off" value="{{PEOPLE}}"{{#PEOPLE_WRONG}} aria-invalid="true" aria-describedby="people-wrong"{{/PEOPLE_WRONG}}>
{{#PEOPLE_WRONG}}<p class="wrong" id="people-wrong">{{WRONG}}</p>{{/PEOPLE_WRONG}}</div>
</div>
<p><button class="btn btn-quiet" name="go" value="rehearse">[[Rehearse again]]</button></p>
<details class="small"><summary>[[What this assumes]]</summary><p>{{BASIS}}</p></details>
</aside>{{/REHEARSAL}}
</div>
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Next]]</button></div>
</form>
