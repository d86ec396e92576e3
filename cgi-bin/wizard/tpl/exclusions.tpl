{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[Who should not be called although they are on the list. Without a rule the list stays as it is; with rules, whoever matches any of them is taken off: when the list is loaded, within seconds of a change, and again before each call.]]</p>
<form method="post" action="/wizard/{{ID}}/exclusions" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="revision" value="{{REVISION}}"><input type="hidden" name="rules" value="{{ROWS}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Go next]]</button>
{{#NO_RULES}}<section class="card"><p class="soft">[[No rule yet: nobody is blocked. This page is optional.]]</p></section>{{/NO_RULES}}
{{#RULE}}
<fieldset class="card"><legend class="h2">[[Rule]] {{NUMBER}}</legend>
<div class="block">
<div class="field"><label for="who-{{KEY}}">[[Take off the list whoever]]</label>
<select class="form-select" id="who-{{KEY}}" name="who.{{KEY}}"{{#WHO_WRONG}} aria-invalid="true" aria-describedby="who-{{KEY}}-wrong"{{/WHO_WRONG}}>
<option value="">[[Choose...]]</option>
<optgroup label="[[Vote]]"><option value="voted"{{#VOTED}} selected{{/VOTED}}>[[has already voted]]</option></optgroup>
{{#QUESTION}}<optgroup label="{{GROUP}}">{{#ANSWER}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/ANSWER}}</optgroup>{{/QUESTION}}
{{#FILTERS}}<optgroup label="[[Saved filter]]">{{#FILTER}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/FILTER}}</optgroup>{{/FILTERS}}{{#OLD_FILTER}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/OLD_FILTER}}
{{#EARLIER}}<option value="{{VALUE}}" selected>[[gave an answer that an earlier version asked for]]</option>{{/EARLIER}}
</select>{{#WHO_WRONG}}<p class="wrong" id="who-{{KEY}}-wrong">{{WRONG}}</p>{{/WHO_WRONG}}</div>
<div class="field"><label for="status-{{KEY}}">[[Status they get]]</label>
<select class="form-select" id="status-{{KEY}}" name="status.{{KEY}}"{{#STATUS_WRONG}} aria-invalid="true" aria-describedby="status-{{KEY}}-wrong"{{/STATUS_WRONG}}>
<option value="">[[Choose...]]</option>{{#STATUS}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/STATUS}}
</select>{{#STATUS_WRONG}}<p class="wrong" id="status-{{KEY}}-wrong">{{WRONG}}</p>{{/STATUS_WRONG}}</div>
<div class="block-end">
<label class="tick"><input class="form-check-input" type="checkbox" name="household.{{KEY}}" value="1"{{#HOUSEHOLD}} checked{{/HOUSEHOLD}}> <span>[[Apply to household]] <span class="soft">([[the other people at the same address are taken off too]])</span></span></label>
<button class="btn btn-link btn-danger-link" name="go" value="remove.{{KEY}}">[[Remove this rule]]</button></div>
</div></fieldset>
{{/RULE}}
{{#ABOUT_FILTERS}}<p class="hint">[[Any filter that you have saved on the people page can be a rule.]] <a href="{{PEOPLE}}" target="_blank" rel="noopener">[[People page (new tab)]]</a> [[The rule keeps the filter as it is when you save this page; if the filter is changed or forgotten later, choose it here again.]]</p>{{/ABOUT_FILTERS}}
{{#MAY_ADD}}<p class="gap-top"><button class="btn btn-quiet" name="go" value="add">[[Add a rule]]</button></p>{{/MAY_ADD}}
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Go next]]</button></div>
</form>
