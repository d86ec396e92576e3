{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{BACK}}">[[Back without saving]]</a></p>
<h1>{{TITLE}}</h1>
<p class="explain">[[What agents read to people and ask them. In a script these words are replaced by what fits the call:]] <code>{first_name} {last_name} {agent} {operation} {city} {polling_place}</code></p>
{{#IS_EDIT}}<p class="notice">[[Saving makes a new version. Answers that were given and operations under way keep theirs; drafts take the new one.]]{{#FROM_WIZARD}} [[The operation you came from takes it too.]]{{/FROM_WIZARD}}</p>{{/IS_EDIT}}
{{#SOME_WRONG}}<p class="notice notice-bad" role="alert">[[Some entries need a correction: see below.]]</p>{{/SOME_WRONG}}
<form method="post" action="{{ACTION}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="questions" value="{{QUESTIONS}}">
{{#FOR_OPERATION}}<input type="hidden" name="operation" value="{{OPERATION}}">{{/FOR_OPERATION}}
<button class="visually-hidden" tabindex="-1" name="go" value="save">[[Save]]</button>
<section class="card">
<div class="field"><label for="name">[[Name]]</label>
<input class="form-control" id="name" name="name" maxlength="120" required value="{{NAME}}"{{#NAME_WRONG}} aria-invalid="true" aria-describedby="name-wrong"{{/NAME_WRONG}}>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<div class="field"><label for="description">[[Description]] <span class="optional">([[optional]])</span></label>
<input class="form-control" id="description" name="description" maxlength="500" value="{{DESCRIPTION}}"{{#DESCRIPTION_WRONG}} aria-invalid="true" aria-describedby="description-wrong"{{/DESCRIPTION_WRONG}}>
{{#DESCRIPTION_WRONG}}<p class="wrong" id="description-wrong">{{WRONG}}</p>{{/DESCRIPTION_WRONG}}</div>
</section>
<section class="card"><h2>[[Script]]</h2>
<p class="small soft">[[One language is enough: it then serves for both.]]</p>
<div class="both">
<div class="field"><label for="script-fr">[[Script in French]]</label>
<textarea class="form-control" id="script-fr" name="script_fr" rows="10" lang="fr"{{#SCRIPT_FR_WRONG}} aria-invalid="true" aria-describedby="script-fr-wrong"{{/SCRIPT_FR_WRONG}}>{{SCRIPT_FR:pre_escape}}</textarea>
{{#SCRIPT_FR_WRONG}}<p class="wrong" id="script-fr-wrong">{{WRONG}}</p>{{/SCRIPT_FR_WRONG}}</div>
<div class="field"><label for="script-en">[[Script in English]]</label>
<textarea class="form-control" id="script-en" name="script_en" rows="10" lang="en"{{#SCRIPT_EN_WRONG}} aria-invalid="true" aria-describedby="script-en-wrong"{{/SCRIPT_EN_WRONG}}>{{SCRIPT_EN:pre_escape}}</textarea>
{{#SCRIPT_EN_WRONG}}<p class="wrong" id="script-en-wrong">{{WRONG}}</p>{{/SCRIPT_EN_WRONG}}</div>
</div></section>
{{#NO_QUESTION}}<p class="wrong">[[Add at least one question.]]</p>{{/NO_QUESTION}}
{{#QUESTION}}
<section class="card" id="question-{{KEY}}"><div class="question-head"><h2>[[Question]] {{NUMBER}}</h2>
{{#UP}}<button class="btn btn-quiet" name="go" value="up.{{KEY}}" aria-label="[[Move up]] – [[Question]] {{NUMBER}}">↑</button>{{/UP}}{{#DOWN}}<button class="btn btn-quiet" name="go" value="down.{{KEY}}" aria-label="[[Move down]] – [[Question]] {{NUMBER}}">↓</button>{{/DOWN}}{{#REMOVE}}<button class="btn btn-link btn-danger-link" name="go" value="remove.{{KEY}}" aria-label="[[Remove]] – [[Question]] {{NUMBER}}">[[Remove]]</button>{{/REMOVE}}</div>
<input type="hidden" name="stable.{{KEY}}" value="{{STABLE}}">
<div class="both">
<div class="field"><label for="text-fr-{{KEY}}">[[Question in French]]</label>
<textarea class="form-control" id="text-fr-{{KEY}}" name="text_fr.{{KEY}}" rows="2" lang="fr"{{#TEXT_FR_WRONG}} aria-invalid="true" aria-describedby="text-fr-{{KEY}}-wrong"{{/TEXT_FR_WRONG}}>{{TEXT_FR:pre_escape}}</textarea>
{{#TEXT_FR_WRONG}}<p class="wrong" id="text-fr-{{KEY}}-wrong">{{WRONG}}</p>{{/TEXT_FR_WRONG}}</div>
<div class="field"><label for="text-en-{{KEY}}">[[Question in English]]</label>
<textarea class="form-control" id="text-en-{{KEY}}" name="text_en.{{KEY}}" rows="2" lang="en"{{#TEXT_EN_WRONG}} aria-invalid="true" aria-describedby="text-en-{{KEY}}-wrong"{{/TEXT_EN_WRONG}}>{{TEXT_EN:pre_escape}}</textarea>
{{#TEXT_EN_WRONG}}<p class="wrong" id="text-en-{{KEY}}-wrong">{{WRONG}}</p>{{/TEXT_EN_WRONG}}</div>
</div>
<fieldset class="field"><legend>[[Kind of answer]]</legend>
<label class="tick"><input class="form-check-input" type="radio" name="kind.{{KEY}}" value="single_choice"{{#SINGLE}} checked{{/SINGLE}}> <span>[[Single choice]] <span class="soft">([[one of the answers below]])</span></span></label>
<label class="tick"><input class="form-check-input" type="radio" name="kind.{{KEY}}" value="yes_no"{{#YES_NO}} checked{{/YES_NO}}> <span>[[Yes / No]]</span></label></fieldset>
<div class="both answers-part">
<div class="field"><label for="choices-fr-{{KEY}}">[[Answers in French, one per line]]</label>
<textarea class="form-control" id="choices-fr-{{KEY}}" name="choices_fr.{{KEY}}" rows="5" lang="fr"{{#CHOICES_WRONG}} aria-invalid="true" aria-describedby="choices-{{KEY}}-wrong"{{/CHOICES_WRONG}}>{{CHOICES_FR:pre_escape}}</textarea></div>
<div class="field"><label for="choices-en-{{KEY}}">[[Answers in English, one per line]]</label>
<textarea class="form-control" id="choices-en-{{KEY}}" name="choices_en.{{KEY}}" rows="5" lang="en"{{#CHOICES_WRONG}} aria-invalid="true" aria-describedby="choices-{{KEY}}-wrong"{{/CHOICES_WRONG}}>{{CHOICES_EN:pre_escape}}</textarea></div>
</div>
{{#CHOICES_WRONG}}<p class="wrong" id="choices-{{KEY}}-wrong">{{WRONG}}</p>{{/CHOICES_WRONG}}
</section>
{{/QUESTION}}
{{#MAY_ADD}}<p><button class="btn btn-quiet" name="go" value="add">[[Add a question]]</button></p>{{/MAY_ADD}}
<div class="actions"><a class="btn btn-quiet" href="{{BACK}}">[[Cancel]]</a><button class="btn btn-primary" name="go" value="save">[[Save]]</button></div>
</form>
