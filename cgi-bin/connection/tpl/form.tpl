{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{BACK}}">[[Back]]</a></p>
<h1>{{TITLE}}</h1>
{{#TROUBLE}}<p class="notice notice-bad" role="alert">{{WRONG}}</p>{{/TROUBLE}}
<form method="post" action="{{ACTION}}" novalidate autocomplete="off">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="key" value="{{KEY}}">
<section class="card">
{{#NEW}}<div class="field"><label for="provider">[[Company]]</label>
<select class="form-select" id="provider" name="provider"{{#PROVIDER_WRONG}} aria-invalid="true" aria-describedby="provider-wrong"{{/PROVIDER_WRONG}}>
{{#PROVIDER}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/PROVIDER}}</select>
<p class="hint">[[The agent’s call and the people’s meet in a room of the company. Telnyx and Somleng have no such rooms that this program could use, so they are not offered.]]</p>
{{#PROVIDER_WRONG}}<p class="wrong" id="provider-wrong">{{WRONG}}</p>{{/PROVIDER_WRONG}}</div>{{/NEW}}
{{#CHANGE}}<p class="soft">{{PROVIDER_NAME}}</p>{{/CHANGE}}
<div class="field"><label for="name">[[Name of this connection]]</label>
<input class="form-control" id="name" name="name" maxlength="80" required value="{{NAME}}"{{#NAME_WRONG}} aria-invalid="true" aria-describedby="name-wrong"{{/NAME_WRONG}}>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
</section>
{{#ACCOUNT_FIELDS}}<section class="card"><h2>[[The account]]</h2>
{{#NEW}}<p class="hint">[[The simulation needs none of this.]]</p>{{/NEW}}
<div class="field"><label for="account">[[Identifier of the account]]</label>
<input class="form-control" id="account" name="account" maxlength="80" spellcheck="false" value="{{ACCOUNT}}" aria-describedby="account-hint{{#ACCOUNT_WRONG}} account-wrong{{/ACCOUNT_WRONG}}"{{#ACCOUNT_WRONG}} aria-invalid="true"{{/ACCOUNT_WRONG}}>
<p class="hint" id="account-hint">[[Twilio: Account SID (AC…). SignalWire: project.]]</p>
{{#ACCOUNT_WRONG}}<p class="wrong" id="account-wrong">{{WRONG}}</p>{{/ACCOUNT_WRONG}}</div>
<div class="field"><label for="secret">[[Secret that signs what they tell us]]</label>
<input class="form-control" id="secret" name="secret" type="password" maxlength="300" autocomplete="off" value="" aria-describedby="secret-hint{{#SECRET_WRONG}} secret-wrong{{/SECRET_WRONG}}"{{#SECRET_WRONG}} aria-invalid="true"{{/SECRET_WRONG}}>
<p class="hint" id="secret-hint">[[The auth token. It is kept sealed and never shown again.]]{{#CHANGE}} [[Leave it empty to keep the present one; a new one counts beside the old one until you take the old one away.]]{{/CHANGE}}</p>
{{#SECRET_WRONG}}<p class="wrong" id="secret-wrong">{{WRONG}}</p>{{/SECRET_WRONG}}</div>
<div class="field"><label for="base_url">[[Address]] <span class="optional">([[if it is another]])</span></label>
<input class="form-control" id="base_url" name="base_url" type="url" maxlength="200" spellcheck="false" value="{{BASE}}" aria-describedby="base-hint{{#BASE_WRONG}} base-wrong{{/BASE_WRONG}}"{{#BASE_WRONG}} aria-invalid="true"{{/BASE_WRONG}}>
<p class="hint" id="base-hint">[[SignalWire: https:// and the name of your space.]]</p>
{{#BASE_WRONG}}<p class="wrong" id="base-wrong">{{WRONG}}</p>{{/BASE_WRONG}}</div>
</section>{{/ACCOUNT_FIELDS}}
{{#BROWSER_FIELDS}}<details class="card"{{#BROWSER_OPEN}} open{{/BROWSER_OPEN}}><summary>[[Agents who speak in the browser]] <span class="optional">([[Twilio only]])</span></summary>
<p class="hint gap-top">[[Agents can then talk through the microphone of their computer instead of a phone. Leave all of it empty to call by phones only. In Twilio’s console, make an API key and a TwiML application; once this is saved, the connection’s page shows the two addresses to enter there.]]</p>
{{#BROWSER_WRONG}}<p class="wrong" id="browser-wrong" role="alert">{{WRONG}}</p>{{/BROWSER_WRONG}}
<div class="field gap-top"><label for="browser_key">[[API key for the browser]]</label>
<input class="form-control" id="browser_key" name="browser_key" maxlength="80" spellcheck="false" value="{{BROWSER_KEY}}" aria-describedby="browser-key-hint{{#BROWSER_WRONG}} browser-wrong{{/BROWSER_WRONG}}"{{#BROWSER_WRONG}} aria-invalid="true"{{/BROWSER_WRONG}}>
<p class="hint" id="browser-key-hint">[[API key SID (SK…), of the standard kind.]]</p></div>
<div class="field"><label for="browser_secret">[[Secret of that key]]</label>
<input class="form-control" id="browser_secret" name="browser_secret" type="password" maxlength="300" autocomplete="off" value="" aria-describedby="browser-secret-hint">
<p class="hint" id="browser-secret-hint">[[It is kept sealed and never shown again.]]{{#CHANGE}} [[Leave it empty to keep the present one.]]{{/CHANGE}}</p></div>
<div class="field"><label for="browser_app">[[TwiML application]]</label>
<input class="form-control" id="browser_app" name="browser_app" maxlength="80" spellcheck="false" value="{{BROWSER_APP}}" aria-describedby="browser-app-hint">
<p class="hint" id="browser-app-hint">[[Its SID (AP…).]]</p></div>
<div class="field"><label for="browser_script">[[Address of the script]] <span class="optional">([[if it is another]])</span></label>
<input class="form-control" id="browser_script" name="browser_script" maxlength="200" spellcheck="false" value="{{BROWSER_SCRIPT}}" aria-describedby="browser-script-hint{{#SCRIPT_WRONG}} script-wrong{{/SCRIPT_WRONG}}"{{#SCRIPT_WRONG}} aria-invalid="true"{{/SCRIPT_WRONG}}>
<p class="hint" id="browser-script-hint">[[Twilio’s “Voice JavaScript SDK”. Empty: /vendor/voice/twilio.min.js, where who runs this server puts it. Only pages of agents who speak in the browser load it.]]</p>
{{#SCRIPT_WRONG}}<p class="wrong" id="script-wrong">{{WRONG}}</p>{{/SCRIPT_WRONG}}</div>
</details>{{/BROWSER_FIELDS}}
<section class="card"><h2>[[Limits]]</h2>
<div class="fields">
<div class="field"><label for="cps">[[New calls per second]]</label>
<input class="form-control" id="cps" name="cps" inputmode="numeric" maxlength="2" value="{{CPS}}"{{#CPS_WRONG}} aria-invalid="true" aria-describedby="cps-wrong"{{/CPS_WRONG}}>
{{#CPS_WRONG}}<p class="wrong" id="cps-wrong">{{WRONG}}</p>{{/CPS_WRONG}}</div>
<div class="field"><label for="budget">[[Budget per month]] <span class="optional">([[none if empty]])</span></label>
<input class="form-control" id="budget" name="budget" inputmode="numeric" maxlength="7" value="{{BUDGET}}" aria-describedby="budget-hint{{#BUDGET_WRONG}} budget-wrong{{/BUDGET_WRONG}}"{{#BUDGET_WRONG}} aria-invalid="true"{{/BUDGET_WRONG}}>
{{#BUDGET_WRONG}}<p class="wrong" id="budget-wrong">{{WRONG}}</p>{{/BUDGET_WRONG}}</div>
<div class="field"><label for="currency">[[In]]</label><select class="form-select" id="currency" name="currency">{{#MONEY}}<option{{#CHOSEN}} selected{{/CHOSEN}}>{{CODE}}</option>{{/MONEY}}</select></div>
</div>
<p class="hint" id="budget-hint">[[At the limit no new call begins; a conversation is never cut.]]</p>
</section>
<div class="actions"><a class="btn btn-quiet" href="{{BACK}}">[[Cancel]]</a><button class="btn btn-primary">[[Save]]</button></div>
</form>
