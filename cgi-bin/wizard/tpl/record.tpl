{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[Choose what your agents see of each person, and put what matters first. What is hidden never leaves the server. Highlighted fields stand out on their screen.]]
{{#OF_CONTACTS}}[[These are the fields of contacts.]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[These are the fields of electors.]]{{/OF_ELECTORS}}</p>
<form method="post" action="/wizard/{{ID}}/record">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="revision" value="{{REVISION}}">
<button class="visually-hidden" tabindex="-1" name="go" value="next">[[Go next]]</button>
<section class="card">
<ol class="fields-list" data-order>
{{#FIELD}}<li id="field-{{CODE}}"><input type="hidden" name="field" value="{{CODE}}">
<span class="field-move"><button class="btn btn-quiet" name="go" value="up.{{CODE}}" aria-label="[[Move up]] – {{LABEL}}" data-move="up">↑</button><button class="btn btn-quiet" name="go" value="down.{{CODE}}" aria-label="[[Move down]] – {{LABEL}}" data-move="down">↓</button></span>
<span class="field-name">{{LABEL}}{{#LOCKED}} <span class="small soft">[[Always visible: agents must know whom to ask for.]]</span>{{/LOCKED}}</span>
<fieldset class="field-modes"><legend class="visually-hidden">{{LABEL}}</legend>
{{#MAY_EDIT}}<label class="tick"><input class="form-check-input" type="radio" name="mode.{{CODE}}" value="editable"{{#EDITABLE}} checked{{/EDITABLE}}> <span>[[Editable]]</span></label>{{/MAY_EDIT}}
{{#MODES}}<label class="tick"><input class="form-check-input" type="radio" name="mode.{{CODE}}" value="visible"{{#VISIBLE}} checked{{/VISIBLE}}> <span>[[Visible]]</span></label>
<label class="tick"><input class="form-check-input" type="radio" name="mode.{{CODE}}" value="hidden"{{#HIDDEN}} checked{{/HIDDEN}}> <span>[[Hidden]]</span></label>{{/MODES}}
<label class="tick field-lit"><input class="form-check-input" type="checkbox" name="lit.{{CODE}}" value="1"{{#LIT}} checked{{/LIT}}> <span>[[Highlight]]</span></label></fieldset></li>
{{/FIELD}}
</ol></section>
{{#OWN}}<section class="card" aria-labelledby="own"><h2 id="own">[[Fields of your own]]</h2>
<p class="hint">[[They come after the others on the agents’ screen. A new one is hidden until you show it.]]</p>
<ol class="fields-list" data-order>
{{#OWN_FIELD}}<li id="field-{{CODE}}"><input type="hidden" name="field" value="{{CODE}}">
<span class="field-move"><button class="btn btn-quiet" name="go" value="up.{{CODE}}" aria-label="[[Move up]] – {{LABEL}}" data-move="up">↑</button><button class="btn btn-quiet" name="go" value="down.{{CODE}}" aria-label="[[Move down]] – {{LABEL}}" data-move="down">↓</button></span>
<span class="field-name">{{LABEL}}</span>
<fieldset class="field-modes"><legend class="visually-hidden">{{LABEL}}</legend>
<label class="tick"><input class="form-check-input" type="radio" name="mode.{{CODE}}" value="visible"{{#VISIBLE}} checked{{/VISIBLE}}> <span>[[Visible]]</span></label>
<label class="tick"><input class="form-check-input" type="radio" name="mode.{{CODE}}" value="hidden"{{#HIDDEN}} checked{{/HIDDEN}}> <span>[[Hidden]]</span></label>
<label class="tick field-lit"><input class="form-check-input" type="checkbox" name="lit.{{CODE}}" value="1"{{#LIT}} checked{{/LIT}}> <span>[[Highlight]]</span></label></fieldset></li>
{{/OWN_FIELD}}
</ol></section>{{/OWN}}
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button><button class="btn btn-quiet" name="go" value="close">[[Save and close]]</button><button class="btn btn-primary" name="go" value="next">[[Go next]]</button></div>
</form>
