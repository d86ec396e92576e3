{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/contacts">[[Contacts]]</a></p>
<h1>[[Fields of your organization]]</h1>
<p class="explain">[[What you want to know of people and no field is there for. A field that is put away leaves the forms; what was filled in stays.]]</p>
{{#GROUP}}<section class="card" aria-labelledby="{{KIND}}"><h2 id="{{KIND}}">{{TITLE}}</h2>
{{#NONE}}<p class="soft">[[No field yet.]]</p>{{/NONE}}
{{#OWN}}<form class="number-form" method="post" action="/people/fields"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="own_field" value="{{FIELD_ID}}">
<p class="number-text"><strong>{{NAME}}</strong> <span class="soft">{{FORM}}</span>{{#IS_AWAY}} <span class="tag">[[put away]]</span>{{/IS_AWAY}}</p>
<div class="number-do">{{#IN_USE}}<button class="btn btn-quiet btn-small" name="own_do" value="away">[[Put away]]<span class="visually-hidden"> {{NAME}}</span></button>{{/IN_USE}}{{#IS_AWAY}}<button class="btn btn-quiet btn-small" name="own_do" value="back">[[Use again]]<span class="visually-hidden"> {{NAME}}</span></button>{{/IS_AWAY}}</div></form>{{/OWN}}
<form class="number-form" method="post" action="/people/fields" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="kind" value="{{KIND}}">
<div class="field"><label for="name-{{KIND}}">[[New field]]</label><input class="form-control" id="name-{{KIND}}" name="own_name" maxlength="60" autocomplete="off" value="{{TYPED}}"{{#BAD}} aria-invalid="true" aria-describedby="name-{{KIND}}-wrong"{{/BAD}}>
{{#BAD}}<p class="wrong" id="name-{{KIND}}-wrong">{{SENTENCE}}</p>{{/BAD}}</div>
<select class="form-select" name="own_form" aria-label="[[What it holds]]"><option value="text">[[Text]]</option><option value="number">[[Whole number]]</option><option value="date">[[Date]]</option><option value="yes">[[Yes or not]]</option></select>
<div class="number-do"><button class="btn btn-quiet btn-small" name="own_do" value="define">[[Add the field]]</button></div></form>
</section>
{{/GROUP}}
