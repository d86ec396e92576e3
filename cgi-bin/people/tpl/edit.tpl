{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/people/{{ID}}">{{WHO}}</a></p>
<h1>[[Edit]] {{WHO}}</h1>
<form class="card" method="post" action="/people/{{ID}}/edit" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
{{#GROUP}}<fieldset class="edit-group"><legend>{{TITLE}}</legend><div class="edit-fields">
{{#TEXT_IN}}<div class="field"><label for="{{CODE}}">{{LABEL}}</label><input class="form-control" id="{{CODE}}" name="set.{{CODE}}" type="{{TYPE}}" value="{{VALUE}}" autocomplete="off"{{#HINTED}} aria-describedby="{{CODE}}-hint"{{/HINTED}}{{#BAD}} aria-invalid="true" aria-describedby="{{CODE}}-wrong"{{/BAD}}>
{{#HINTED}}<p class="hint" id="{{CODE}}-hint">{{HINT}}</p>{{/HINTED}}{{#BAD}}<p class="wrong" id="{{CODE}}-wrong">{{SENTENCE}}</p>{{/BAD}}</div>
{{/TEXT_IN}}{{#LANGUAGE_IN}}<div class="field"><label for="language">{{LABEL}}</label><select class="form-select" id="language" name="set.language"><option value="">[[Not known]]</option><option value="fr"{{#FRENCH}} selected{{/FRENCH}} lang="fr">Français</option><option value="en"{{#ENGLISH}} selected{{/ENGLISH}} lang="en">English</option></select></div>
{{/LANGUAGE_IN}}{{#LINES_IN}}<div class="field edit-wide"><label for="{{CODE}}">{{LABEL}}</label><textarea class="form-control" id="{{CODE}}" name="set.{{CODE}}" rows="5" maxlength="16000"{{#BAD}} aria-invalid="true" aria-describedby="{{CODE}}-wrong"{{/BAD}}>{{VALUE:pre_escape}}</textarea>
{{#BAD}}<p class="wrong" id="{{CODE}}-wrong">{{SENTENCE}}</p>{{/BAD}}</div>
{{/LINES_IN}}</div></fieldset>
{{/GROUP}}
<fieldset class="edit-group"><legend>[[Calls]]</legend>
<label class="tick"><input class="form-check-input" type="checkbox" name="calls_forbidden" value="1"{{#FORBIDDEN}} checked{{/FORBIDDEN}}><span>[[This person does not want to be called, by anyone, in any operation]]</span></label>
<label class="tick"><input class="form-check-input" type="checkbox" name="deceased" value="1"{{#DECEASED}} checked{{/DECEASED}}><span>[[Deceased]]</span></label>
</fieldset>
<div class="actions"><a class="btn btn-quiet" href="/people/{{ID}}">[[Cancel]]</a><button class="btn btn-primary">[[Save]]</button></div>
</form>
{{#CUSTOM}}<form class="card" id="own" method="post" action="/people/{{ID}}/custom" novalidate aria-labelledby="own-title"><h2 id="own-title">[[Fields of your organization]]</h2>
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="edit-fields">{{#OWN_IN}}<div class="field"><label for="own-{{FIELD_ID}}">{{LABEL}}</label><input class="form-control" id="own-{{FIELD_ID}}" name="custom.{{FIELD_ID}}" type="{{TYPE}}" value="{{VALUE}}" maxlength="300" autocomplete="off"{{#BAD}} aria-invalid="true" aria-describedby="own-{{FIELD_ID}}-wrong"{{/BAD}}>
{{#BAD}}<p class="wrong" id="own-{{FIELD_ID}}-wrong">{{SENTENCE}}</p>{{/BAD}}</div>
{{/OWN_IN}}{{#OWN_YES}}<div class="field"><label for="own-{{FIELD_ID}}">{{LABEL}}</label><select class="form-select" id="own-{{FIELD_ID}}" name="custom.{{FIELD_ID}}"><option value="">[[Not known]]</option><option value="1"{{#YES}} selected{{/YES}}>[[Yes]]</option></select></div>
{{/OWN_YES}}</div>
<div class="actions"><a href="/people/fields">[[Define fields]]</a><button class="btn btn-primary">[[Save these fields]]</button></div></form>{{/CUSTOM}}
{{#NO_CUSTOM}}<p class="small"><a href="/people/fields">[[Define fields of your own]]</a></p>{{/NO_CUSTOM}}
<section class="card" aria-labelledby="numbers"><h2 id="numbers">[[Phones]]</h2>
<p class="hint">[[The first number is dialled first. A wrong number, or one that must not be called, leaves the others in use; call lists follow at once.]]</p>
{{#PHONE}}<form class="number-form" method="post" action="/people/{{ID}}/phones">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="number_id" value="{{PHONE_ID}}">
<p class="number-text"><strong>{{NUMBER}}</strong>{{#EXTENSION}} [[ext.]] {{TEXT}}{{/EXTENSION}}{{#SUPPRESSED}} <span class="tag tag-danger">[[on the do-not-call list]]</span>{{/SUPPRESSED}}</p>
<select class="form-select" name="number_kind" aria-label="[[Kind of]] {{NUMBER}}"><option value="home"{{#HOME}} selected{{/HOME}}>[[Landline phone]]</option><option value="cell"{{#CELL}} selected{{/CELL}}>[[Cell phone]]</option><option value="work"{{#WORK}} selected{{/WORK}}>[[Work phone]]</option></select>
<select class="form-select" name="number_state" aria-label="[[Permission for]] {{NUMBER}}"><option value="ok"{{#OK}} selected{{/OK}}>[[May be called]]</option><option value="wrong"{{#WRONG_NUMBER}} selected{{/WRONG_NUMBER}}>[[Wrong number]]</option><option value="forbidden"{{#NUMBER_FORBIDDEN}} selected{{/NUMBER_FORBIDDEN}}>[[Must not be called]]</option></select>
<div class="number-do"><button class="btn btn-quiet btn-small" name="do" value="save">[[Save]]<span class="visually-hidden"> {{NUMBER}}</span></button>
{{#LATER}}<button class="btn btn-quiet btn-small" name="do" value="first">[[Dial first]]<span class="visually-hidden"> {{NUMBER}}</span></button>{{/LATER}}
<button class="btn btn-danger-quiet btn-small" name="do" value="remove">[[Remove]]<span class="visually-hidden"> {{NUMBER}}</span></button></div>
</form>{{/PHONE}}
<form class="number-form" method="post" action="/people/{{ID}}/phones">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field"><label for="number">[[Another number]]</label><input class="form-control" id="number" name="number" type="tel" maxlength="60" autocomplete="off" value="{{TYPED_NUMBER}}"{{#NUMBER_BAD}} aria-invalid="true" aria-describedby="number-wrong"{{/NUMBER_BAD}}>
{{#NUMBER_BAD}}<p class="wrong" id="number-wrong">{{SENTENCE}}</p>{{/NUMBER_BAD}}</div>
<select class="form-select" name="number_kind" aria-label="[[Its kind]]"><option value="home">[[Landline phone]]</option><option value="cell">[[Cell phone]]</option><option value="work">[[Work phone]]</option></select>
<div class="number-do"><button class="btn btn-quiet btn-small" name="do" value="add">[[Add the number]]</button></div>
</form>
</section>
{{#LINK}}<section class="card" aria-labelledby="link"><h2 id="link">[[The same person among the contacts]]</h2>
{{#LINKED}}<form class="number-form" method="post" action="/people/{{ID}}/link"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="contact" value="0">
<p><a class="people-name" href="/people/{{CONTACT_ID}}">{{NAME}}</a> <span class="soft">{{CITY}}</span></p><div class="number-do"><button class="btn btn-quiet btn-small">[[Not the same person]]</button></div></form>{{/LINKED}}
{{#OFFER}}<form class="number-form" method="post" action="/people/{{ID}}/link"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="contact" value="{{CONTACT_ID}}">
<p><a class="people-name" href="/people/{{CONTACT_ID}}">{{NAME}}</a> <span class="soft">{{CITY}}</span>{{#SAME_PHONE}} <span class="tag">[[same number]]</span>{{/SAME_PHONE}}</p><div class="number-do"><button class="btn btn-quiet btn-small">[[The same person]]<span class="visually-hidden">: {{NAME}}</span></button></div></form>{{/OFFER}}
{{#NO_OFFER}}<p class="soft">[[No contact has this name or one of these numbers.]]</p>{{/NO_OFFER}}
</section>{{/LINK}}
