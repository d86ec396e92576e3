{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{NAME}}</a></p>
<h1>[[Calls from the software]]</h1>
{{#SAVED}}<p class="notice notice-good" role="status">[[Saved.]]</p>{{/SAVED}}
{{#NOT_SOFTWARE}}<p class="notice">[[This operation calls by the agents’ own phones. Choose “From the software” on its details page to use what is set here.]] <a href="/wizard/{{ID}}/details">[[Details]]</a></p>{{/NOT_SOFTWARE}}
{{#PAUSED}}<p class="notice notice-bad" role="alert">[[Calls are paused:]] {{WHY}}</p>{{/PAUSED}}
<form method="post" action="/connections/operation/{{ID}}" novalidate><input type="hidden" name="csrf" value="{{CSRF}}">
<section class="card">
<div class="field"><label for="caller">[[The number that people see]]</label>
<select class="form-select" id="caller" name="caller"{{#CALLER_WRONG}} aria-invalid="true" aria-describedby="caller-wrong"{{/CALLER_WRONG}}>{{#CALLER}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/CALLER}}</select>
{{#NO_CALLER}}<p class="hint">[[No connection with a number is set up. Ask an administrator.]]</p>{{/NO_CALLER}}
{{#CALLER_WRONG}}<p class="wrong" id="caller-wrong">{{WRONG}}</p>{{/CALLER_WRONG}}</div>
<fieldset class="field"{{#MODE_WRONG}} aria-describedby="mode-wrong"{{/MODE_WRONG}}><legend>[[Who starts each call]]</legend>
<div class="choices choices-2">
<label class="choice"><input type="radio" name="mode" value="preview"{{#PREVIEW}} checked{{/PREVIEW}}><span class="choice-face"><strong>[[The agent]]</strong><span class="choice-about">[[Reads who it is, then presses “Call”.]]</span></span></label>
<label class="choice"><input type="radio" name="mode" value="progressive"{{#PROGRESSIVE}} checked{{/PROGRESSIVE}}><span class="choice-face"><strong>[[The software]]</strong><span class="choice-about">[[Calls the next person as soon as the agent is free. One call per agent: nobody ever answers to silence.]]</span></span></label>
{{#POWER}}<label class="choice choice-wide"><input type="radio" name="mode" value="power"{{#CHOSEN}} checked{{/CHOSEN}}><span class="choice-face"><strong>[[The software, several at once]]</strong><span class="choice-about">[[Power mode, for five agents and more: calls several people for each who is free. Seldom, somebody answers and no agent is free: they hear an apology. How many heard nobody is measured, and beyond 2 % each agent has one call again.]]</span></span></label>{{/POWER}}
</div>
{{#MODE_WRONG}}<p class="wrong" id="mode-wrong" role="alert">{{WRONG}}</p>{{/MODE_WRONG}}</fieldset>
<fieldset class="field"{{#VOICE_WRONG}} aria-describedby="voice-wrong"{{/VOICE_WRONG}}><legend>[[How agents speak]]</legend>
<div class="choices choices-2">
<label class="choice"><input type="radio" name="voice" value="phone"{{#PHONE}} checked{{/PHONE}}><span class="choice-face"><strong>[[By their own phone]]</strong><span class="choice-about">[[It rings once per shift; everybody called is connected to them there. Works with any phone.]]</span></span></label>
<label class="choice"><input type="radio" name="voice" value="browser"{{#BROWSER}} checked{{/BROWSER}}><span class="choice-face"><strong>[[In the browser]]</strong><span class="choice-about">[[Through the microphone of their computer, best with a headset. Who has trouble with it can still use a phone.]]</span></span></label>
</div>
{{#VOICE_WRONG}}<p class="wrong" id="voice-wrong" role="alert">{{WRONG}}</p>{{/VOICE_WRONG}}</fieldset>
<div class="field"><label for="ring">[[Seconds it rings]]</label>
<input class="form-control in-number" id="ring" name="ring" inputmode="numeric" maxlength="2" value="{{RING}}"{{#RING_WRONG}} aria-invalid="true" aria-describedby="ring-wrong"{{/RING_WRONG}}>
{{#RING_WRONG}}<p class="wrong" id="ring-wrong">{{WRONG}}</p>{{/RING_WRONG}}</div>
</section>
<div class="actions"><button class="btn btn-primary">[[Save]]</button></div>
</form>
<section class="card"><h2>[[What calls have cost]]</h2>
{{#NO_COST}}<p class="soft">[[Nothing yet.]]</p>{{/NO_COST}}
<ul class="plain">{{#COST}}<li><strong>{{AMOUNT}}</strong> <span class="soft">{{CALLS}}</span></li>{{/COST}}</ul>
{{#NOT_YET}}<p class="soft">{{CALLS}}: [[price not known yet, and not counted above.]]</p>{{/NOT_YET}}
<p class="hint">[[As the company states it, for connections only: what it may charge besides, for detecting voicemail for example, is not in it.]]</p>
</section>
