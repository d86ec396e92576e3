{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[This decides where the phone numbers come from. It cannot change once a list is loaded.]]</p>
<form method="post" action="/wizard/{{ID}}/source">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="revision" value="{{REVISION}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Next step]]</button>
{{#LOCKED}}<p class="notice" id="locked">{{#BY_CALLS}}[[Calls have been saved: the source stays as it is.]]{{/BY_CALLS}}{{#BY_LIST}}[[A list of people is loaded: the source stays as it is.]]{{/BY_LIST}}</p><input type="hidden" name="source" value="{{KEPT}}">{{/LOCKED}}
<fieldset class="field"{{#LOCKED}} disabled aria-describedby="locked"{{/LOCKED}}><legend class="visually-hidden">[[Source]]</legend>
<div class="choices choices-2">
<label class="choice"><input type="radio" name="source" value="contact" required aria-describedby="source-wrong"{{#CONTACTS}} checked{{/CONTACTS}}>
<span class="choice-face"><strong>[[Contacts]]</strong><span class="choice-about">[[Members, donors, volunteers: the people you know.]] {{CONTACTS_THERE}}</span></span></label>
<label class="choice"><input type="radio" name="source" value="elector" required aria-describedby="source-wrong"{{#ELECTORS}} checked{{/ELECTORS}}>
<span class="choice-face"><strong>[[Electors]]</strong><span class="choice-about">[[The list of electors; many of them have no phone number.]] {{ELECTORS_THERE}}</span></span></label>
</div>
<div id="source-wrong">{{#SOURCE_WRONG}}<p class="wrong">{{WRONG}}</p>{{/SOURCE_WRONG}}</div>
</fieldset>
<div class="actions"><button class="btn btn-quiet" name="go" value="back" formnovalidate>[[Back]]</button><button class="btn btn-primary" name="go" value="next">[[Next step]]</button></div>
</form>
