{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[Who should be called again, how many more times, and after how many minutes. A status that is not ticked ends after one attempt.]]</p>
<form method="post" action="/wizard/{{ID}}/recycling" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Next]]</button>
{{#SOME_WRONG}}<p class="notice notice-bad" role="alert">[[Some numbers need a correction: see below.]]</p>{{/SOME_WRONG}}
<section class="card"><h2>[[Auto detected]]{{#OWN_PHONES}} <span class="tag">[[not with own phones]]</span>{{/OWN_PHONES}}</h2>
{{#OWN_PHONES}}<p class="soft">[[Your agents use their own phones, so nothing is detected. These rules wake up if you switch to calling from the software.]]</p>{{/OWN_PHONES}}
{{#SOFTWARE}}<p class="soft">[[What the telephone company detects, unless the agent says otherwise.]]</p>{{/SOFTWARE}}
<details{{#SOFTWARE}} open{{/SOFTWARE}}><summary class="small">[[Show the detected statuses]]</summary>
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
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Next]]</button></div>
</form>
