{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/imports/{{ID}}">{{FILE_NAME}}</a></p>
<h1>[[Values that differ]]</h1>
{{#NONE}}<p class="empty">[[Nothing is left to decide.]]</p>
<p><a class="btn btn-primary" href="/imports/{{ID}}">[[Back to the import]]</a></p>{{/NONE}}
{{#SOME}}<p class="explain">[[The file says something else than what is known of these people. Nothing of it is stored before you decide. Still open:]] <strong>{{TOTAL}}</strong></p>
<form method="post" action="/imports/{{ID}}/conflicts">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[Person]]</th><th scope="col">[[Field]]</th><th scope="col">[[What counts]]</th></tr></thead>
<tbody>
{{#ROW}}<tr><th scope="row"><a href="/people/{{PERSON}}">{{WHO}}</a><br><span class="soft small">[[Line]] {{LINE}}</span></th><td data-label="[[Field]]">{{FIELD}}</td>
<td data-label="[[What counts]]"><fieldset><legend class="visually-hidden">{{WHO}}, {{FIELD}}</legend>
<label class="tick"><input class="form-check-input" type="radio" name="choice.{{CONFLICT}}" value="keep"><span>[[Known:]] <strong>{{OURS}}</strong>{{#BLANK}}<span class="soft">[[nothing]]</span>{{/BLANK}}</span></label>
<label class="tick"><input class="form-check-input" type="radio" name="choice.{{CONFLICT}}" value="take"><span>[[In the file:]] <strong>{{THEIRS}}</strong></span></label></fieldset></td></tr>
{{/ROW}}
</tbody></table></div>
<div class="actions"><button class="btn btn-quiet" name="go" value="keep_all">[[Keep all that is known]]</button><button class="btn btn-quiet" name="go" value="take_all">[[Take all from the file]]</button><button class="btn btn-primary" name="go" value="decide">[[Store these choices]]</button></div>
</form>{{/SOME}}
