{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{BACK}}">[[Back without saving]]</a></p>
<h1>{{TITLE}}</h1>
<p class="explain">[[What agents read to people and ask them.]] <a class="flow-jump" href="#flow">[[See the way through the questions]]</a></p>
{{#IS_EDIT}}<p class="notice">[[Saving makes a new version. Answers that were given and operations under way keep theirs; drafts take the new one.]]{{#FROM_WIZARD}} [[The operation you came from takes it too.]]{{/FROM_WIZARD}} <a href="{{VERSIONS}}">[[Versions]]</a></p>{{/IS_EDIT}}
{{#CHANGED}}<div class="notice notice-warn" role="alert"><p><strong>[[Somebody else saved this questionnaire meanwhile.]]</strong> {{WHO_WHEN}}</p><p>[[Below is what you wrote; nothing of it is saved, and nothing is lost. Look at the other version in a second tab and take over what is missing. Saving again puts yours in its place.]]</p><p><a href="{{VERSIONS}}" target="_blank" rel="noopener">[[What changed]]</a> · <a href="{{THEIRS}}" target="_blank" rel="noopener">[[The other version]]</a></p></div>{{/CHANGED}}
{{#SOME_WRONG}}<div class="errors" role="alert"><h2>[[Some entries need a correction:]]</h2><ul>{{#WRONG_LINE}}<li><a href="#{{AT}}">{{LINE}}</a></li>{{/WRONG_LINE}}</ul></div>{{/SOME_WRONG}}
{{#SOME_ADVICE}}<div class="notice notice-warn"{{#NOT_YET}} role="alert"{{/NOT_YET}}>{{#NOT_YET}}<p><strong>[[Not saved yet.]]</strong> [[Correct what you did not mean, or save it as it is:]]</p>{{/NOT_YET}}<ul class="plain-list">{{#ADVICE_LINE}}<li><a href="#{{AT}}">{{LINE}}</a></li>{{/ADVICE_LINE}}</ul></div>{{/SOME_ADVICE}}
<div class="editor">
<form method="post" action="{{ACTION}}" id="editor" data-unknown="[[This merge field does not exist:]]" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="questions" value="{{QUESTIONS}}">{{#BASED}}<input type="hidden" name="base" value="{{BASE}}"><input type="hidden" name="base_name" value="{{BASE_NAME}}">{{/BASED}}
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
<details class="card merge"><summary>[[Words that are replaced during the call]]</summary>
<p class="small soft" id="merge-help">[[Write them with their braces, in a script or a question.]]</p>
<dl class="merge-list">{{#MERGE}}<div><dt><code data-merge>{{WORD}}</code></dt><dd>{{MEANING}}</dd></div>{{/MERGE}}</dl></details>
<section class="card"><h2>[[Script]]</h2>
<p class="small soft">[[One language is enough: it then serves for both.]]</p>
<div class="both">
<div class="field"><label for="script-fr">[[Script in French]]</label>
<textarea class="form-control" id="script-fr" name="script_fr" rows="10" lang="fr"{{#SCRIPT_FR_WRONG}} aria-invalid="true" aria-describedby="script-fr-wrong"{{/SCRIPT_FR_WRONG}}>{{SCRIPT_FR:pre_escape}}</textarea>
{{#SCRIPT_FR_WRONG}}<p class="wrong" id="script-fr-wrong">{{WRONG}}</p>{{/SCRIPT_FR_WRONG}}{{#SCRIPT_FR_ADVICE}}<p class="advice">{{WRONG}}</p>{{/SCRIPT_FR_ADVICE}}</div>
<div class="field"><label for="script-en">[[Script in English]]</label>
<textarea class="form-control" id="script-en" name="script_en" rows="10" lang="en"{{#SCRIPT_EN_WRONG}} aria-invalid="true" aria-describedby="script-en-wrong"{{/SCRIPT_EN_WRONG}}>{{SCRIPT_EN:pre_escape}}</textarea>
{{#SCRIPT_EN_WRONG}}<p class="wrong" id="script-en-wrong">{{WRONG}}</p>{{/SCRIPT_EN_WRONG}}{{#SCRIPT_EN_ADVICE}}<p class="advice">{{WRONG}}</p>{{/SCRIPT_EN_ADVICE}}</div>
</div></section>
{{#NO_QUESTION}}<p class="wrong">[[Add at least one question.]]</p>{{/NO_QUESTION}}
<p class="small soft" id="questions">[[In the specialized version, agents ask the questions one after the other, and an answer can lead to a later question or to the end. In the original version they ask the one that the operation chooses.]]</p>
{{#QUESTION}}
{{#INSERT}}<p class="insert"><button class="btn btn-link btn-small" name="go" value="insert.{{KEY}}" formaction="{{ACTION}}#question-{{KEY}}" aria-label="[[Insert a question here]] – [[before question]] {{NUMBER}}">+ [[Insert a question here]]</button></p>{{/INSERT}}
<section class="card question" id="question-{{KEY}}" data-at="{{KEY}}"><div class="question-head"><span class="drag" draggable="true" title="[[Drag to another place]]" aria-hidden="true" hidden>⠿</span><h2>[[Question]] {{NUMBER}}</h2>
{{#UP}}<button class="btn btn-quiet" name="go" value="up.{{KEY}}" formaction="{{ACTION}}#question-{{ABOVE}}" aria-label="[[Move up]] – [[Question]] {{NUMBER}}">↑</button>{{/UP}}{{#DOWN}}<button class="btn btn-quiet" name="go" value="down.{{KEY}}" formaction="{{ACTION}}#question-{{BELOW}}" aria-label="[[Move down]] – [[Question]] {{NUMBER}}">↓</button>{{/DOWN}}{{#COPY}}<button class="btn btn-quiet btn-small" name="go" value="copy.{{KEY}}" formaction="{{ACTION}}#question-{{BELOW}}" aria-label="[[Duplicate]] – [[Question]] {{NUMBER}}">[[Duplicate]]</button>{{/COPY}}{{#REMOVE}}<button class="btn btn-link btn-danger-link" name="go" value="remove.{{KEY}}" formaction="{{ACTION}}#questions" aria-label="[[Remove]] – [[Question]] {{NUMBER}}">[[Remove]]</button>{{/REMOVE}}</div>
{{#REACH_ADVICE}}<p class="advice">{{WRONG}}</p>{{/REACH_ADVICE}}
<input type="hidden" name="stable.{{KEY}}" value="{{STABLE}}"><input type="hidden" name="answers.{{KEY}}" value="{{ANSWERS}}">
<div class="both">
<div class="field"><label for="text-fr-{{KEY}}">[[Question in French]]</label>
<textarea class="form-control" id="text-fr-{{KEY}}" name="text_fr.{{KEY}}" rows="2" lang="fr"{{#TEXT_FR_WRONG}} aria-invalid="true" aria-describedby="text-fr-{{KEY}}-wrong"{{/TEXT_FR_WRONG}}{{#TEXT_FR_ADVICE}} aria-describedby="text-fr-{{KEY}}-advice"{{/TEXT_FR_ADVICE}}>{{TEXT_FR:pre_escape}}</textarea>
{{#TEXT_FR_WRONG}}<p class="wrong" id="text-fr-{{KEY}}-wrong">{{WRONG}}</p>{{/TEXT_FR_WRONG}}{{#TEXT_FR_ADVICE}}<p class="advice" id="text-fr-{{KEY}}-advice">{{WRONG}}</p>{{/TEXT_FR_ADVICE}}</div>
<div class="field"><label for="text-en-{{KEY}}">[[Question in English]]</label>
<textarea class="form-control" id="text-en-{{KEY}}" name="text_en.{{KEY}}" rows="2" lang="en"{{#TEXT_EN_WRONG}} aria-invalid="true" aria-describedby="text-en-{{KEY}}-wrong"{{/TEXT_EN_WRONG}}{{#TEXT_EN_ADVICE}} aria-describedby="text-en-{{KEY}}-advice"{{/TEXT_EN_ADVICE}}>{{TEXT_EN:pre_escape}}</textarea>
{{#TEXT_EN_WRONG}}<p class="wrong" id="text-en-{{KEY}}-wrong">{{WRONG}}</p>{{/TEXT_EN_WRONG}}{{#TEXT_EN_ADVICE}}<p class="advice" id="text-en-{{KEY}}-advice">{{WRONG}}</p>{{/TEXT_EN_ADVICE}}</div>
</div>
<div class="question-kind">
<div class="field"><label for="kind-{{KEY}}">[[Kind of answer]]</label>
<select class="form-select kind" id="kind-{{KEY}}" name="kind.{{KEY}}"{{#CHOICES_WRONG}} aria-invalid="true" aria-describedby="choices-{{KEY}}-wrong"{{/CHOICES_WRONG}}>{{#KIND}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/KIND}}</select></div>
<label class="tick part-required"><input class="form-check-input" type="checkbox" name="required.{{KEY}}" value="1"{{#REQUIRED}} checked{{/REQUIRED}}> <span>[[Required]] <span class="soft">([[otherwise the agent may pass over it]])</span></span></label>
</div>
{{#CHOICES_WRONG}}<p class="wrong" id="choices-{{KEY}}-wrong">{{WRONG}}</p>{{/CHOICES_WRONG}}
<div class="field part-field"><label for="field-{{KEY}}">[[Field of the record]]</label>
<select class="form-select" id="field-{{KEY}}" name="field.{{KEY}}"{{#FIELD_WRONG}} aria-invalid="true" aria-describedby="field-{{KEY}}-wrong"{{/FIELD_WRONG}}><option value="">[[Choose a field]]</option>{{#FIELD}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/FIELD}}</select>
{{#FIELD_WRONG}}<p class="wrong" id="field-{{KEY}}-wrong">{{WRONG}}</p>{{/FIELD_WRONG}}
<p class="small soft">[[What is said is saved in the record with the call, where the operation lets agents edit this field.]]</p></div>
<div class="part-scale">
<div class="scale-ends">
<div class="field"><label for="scale-from-{{KEY}}">[[From]]</label><input class="form-control" id="scale-from-{{KEY}}" name="scale_from.{{KEY}}" inputmode="numeric" maxlength="2" size="3" value="{{FROM}}"></div>
<div class="field"><label for="low-fr-{{KEY}}">[[Its words in French]] <span class="optional">([[optional]])</span></label><input class="form-control" id="low-fr-{{KEY}}" name="low_fr.{{KEY}}" maxlength="60" lang="fr" value="{{LOW_FR}}"></div>
<div class="field"><label for="low-en-{{KEY}}">[[Its words in English]] <span class="optional">([[optional]])</span></label><input class="form-control" id="low-en-{{KEY}}" name="low_en.{{KEY}}" maxlength="60" lang="en" value="{{LOW_EN}}"></div>
<div class="field"><label for="scale-to-{{KEY}}">[[To]]</label><input class="form-control" id="scale-to-{{KEY}}" name="scale_to.{{KEY}}" inputmode="numeric" maxlength="2" size="3" value="{{TO}}"></div>
<div class="field"><label for="high-fr-{{KEY}}">[[Its words in French]] <span class="optional">([[optional]])</span></label><input class="form-control" id="high-fr-{{KEY}}" name="high_fr.{{KEY}}" maxlength="60" lang="fr" value="{{HIGH_FR}}"></div>
<div class="field"><label for="high-en-{{KEY}}">[[Its words in English]] <span class="optional">([[optional]])</span></label><input class="form-control" id="high-en-{{KEY}}" name="high_en.{{KEY}}" maxlength="60" lang="en" value="{{HIGH_EN}}"></div>
</div>
{{#SCALE_BRANCHES}}<details class="scale-branches"><summary class="small">[[Where each number leads]]</summary>
{{#SCALE_NUMBER}}<div class="scale-number" data-number="{{V}}"><label for="scale-next-{{KEY}}-{{V}}"><span class="visually-hidden">[[Then, after number]]</span> {{V}}</label><select class="form-select" id="scale-next-{{KEY}}-{{V}}" name="scale_next.{{KEY}}-{{V}}"{{#SCALE_WRONG}} aria-invalid="true" aria-describedby="scale-next-{{KEY}}-{{V}}-wrong"{{/SCALE_WRONG}}>{{#SCALE_TARGET}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/SCALE_TARGET}}</select>{{#SCALE_WRONG}}<p class="wrong" id="scale-next-{{KEY}}-{{V}}-wrong">{{WRONG}}</p>{{/SCALE_WRONG}}</div>{{/SCALE_NUMBER}}</details>{{/SCALE_BRANCHES}}
</div>
<div class="fields part-yes-no">
<div class="field"><label for="yes-next-{{KEY}}">[[After “Yes”]]</label>
<select class="form-select" id="yes-next-{{KEY}}" name="yes_next.{{KEY}}"{{#YES_WRONG}} aria-invalid="true" aria-describedby="yes-next-{{KEY}}-wrong"{{/YES_WRONG}}>{{#YES_TARGET}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/YES_TARGET}}</select>
{{#YES_WRONG}}<p class="wrong" id="yes-next-{{KEY}}-wrong">{{WRONG}}</p>{{/YES_WRONG}}</div>
<div class="field"><label for="no-next-{{KEY}}">[[After “No”]]</label>
<select class="form-select" id="no-next-{{KEY}}" name="no_next.{{KEY}}"{{#NO_WRONG}} aria-invalid="true" aria-describedby="no-next-{{KEY}}-wrong"{{/NO_WRONG}}>{{#NO_TARGET}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/NO_TARGET}}</select>
{{#NO_WRONG}}<p class="wrong" id="no-next-{{KEY}}-wrong">{{WRONG}}</p>{{/NO_WRONG}}</div>
</div>
<div class="part-choices">
<div class="answer answer-heads" aria-hidden="true"><span>[[Answer in French]]</span><span>[[Answer in English]]</span><span class="answer-then">[[Then]]</span></div>
{{#CHOICE}}
<div class="answer" id="answer-{{KEY}}-{{C}}"><input type="hidden" name="answer.{{KEY}}-{{C}}" value="{{ANSWER_STABLE}}">
<div><label for="choice-fr-{{KEY}}-{{C}}">[[Answer in French]] {{ANSWER_NUMBER}}</label><input class="form-control" id="choice-fr-{{KEY}}-{{C}}" name="choice_fr.{{KEY}}-{{C}}" maxlength="300" lang="fr" value="{{CHOICE_FR}}"{{#CHOICE_WRONG}} aria-invalid="true" aria-describedby="choice-{{KEY}}-{{C}}-wrong"{{/CHOICE_WRONG}}></div>
<div><label for="choice-en-{{KEY}}-{{C}}">[[Answer in English]] {{ANSWER_NUMBER}}</label><input class="form-control" id="choice-en-{{KEY}}-{{C}}" name="choice_en.{{KEY}}-{{C}}" maxlength="300" lang="en" value="{{CHOICE_EN}}"{{#CHOICE_WRONG}} aria-invalid="true" aria-describedby="choice-{{KEY}}-{{C}}-wrong"{{/CHOICE_WRONG}}></div>
<div class="answer-then"><label for="next-{{KEY}}-{{C}}">[[Then, after answer]] {{ANSWER_NUMBER}}</label><select class="form-select" id="next-{{KEY}}-{{C}}" name="next.{{KEY}}-{{C}}"{{#NEXT_WRONG}} aria-invalid="true" aria-describedby="next-{{KEY}}-{{C}}-wrong"{{/NEXT_WRONG}}>{{#TARGET}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/TARGET}}</select></div>
<div class="answer-buttons">{{#RAISE}}<button class="btn btn-quiet" name="go" value="raise.{{KEY}}-{{C}}" formaction="{{ACTION}}#question-{{KEY}}" aria-label="[[Move up]] – [[Question]] {{NUMBER}}, [[answer]] {{ANSWER_NUMBER}}">↑</button>{{/RAISE}}{{#DROP}}<button class="btn btn-quiet answer-drop" name="go" value="drop.{{KEY}}-{{C}}" formaction="{{ACTION}}#question-{{KEY}}" aria-label="[[Remove]] – [[Question]] {{NUMBER}}, [[answer]] {{ANSWER_NUMBER}}">×</button>{{/DROP}}</div>
{{#CHOICE_WRONG}}<p class="wrong" id="choice-{{KEY}}-{{C}}-wrong">{{WRONG}}</p>{{/CHOICE_WRONG}}{{#NEXT_WRONG}}<p class="wrong" id="next-{{KEY}}-{{C}}-wrong">{{WRONG}}</p>{{/NEXT_WRONG}}
</div>
{{/CHOICE}}
{{#MAY_ANSWER}}<p class="answer-add"><button class="btn btn-quiet btn-small" name="go" value="answer.{{KEY}}" formaction="{{ACTION}}#answer-{{KEY}}-{{ANSWERS}}" aria-label="[[Add an answer]] – [[Question]] {{NUMBER}}">[[Add an answer]]</button></p>{{/MAY_ANSWER}}
</div>
</section>
{{/QUESTION}}
{{#MAY_ADD}}<p><button class="btn btn-quiet" id="add" name="go" value="add" formaction="{{ACTION}}#question-{{NEW}}">[[Add a question]]</button></p>{{/MAY_ADD}}
<div class="actions"><a class="btn btn-quiet" href="{{BACK}}">[[Cancel]]</a><button class="btn btn-quiet" name="go" value="check" formaction="{{ACTION}}#main">[[Check]]</button>{{#ANYWAY}}<button class="btn btn-quiet" name="go" value="anyway">[[Save as it is]]</button>{{/ANYWAY}}<button class="btn btn-primary" name="go" value="save">[[Save]]</button></div>
</form>
<aside class="card flow" id="flow" aria-labelledby="flow-title"><h2 id="flow-title">[[The way through the questions]]</h2>
<p class="small soft">[[It is drawn anew whenever the form is checked.]]</p>
{{>FLOW}}</aside>
</div>
