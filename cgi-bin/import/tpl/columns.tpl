{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/imports">[[Import people]]</a></p>
<h1>[[Columns of the file]]</h1>
<p class="explain"><strong>{{FILE_NAME}}</strong> · {{#OF_CONTACTS}}[[Contacts]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[Electors]]{{/OF_ELECTORS}}. [[Check where each column goes. Nothing is stored before you start the import.]]</p>
{{#MAPPING_WRONG}}<p class="notice notice-bad" role="alert" id="mapping-wrong">{{WRONG}}</p>{{/MAPPING_WRONG}}
{{#KNOWN}}<form class="notice" method="post" action="/imports/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p>[[A file with this header was imported before: its columns go where they went then.]]</p>
<button class="btn btn-quiet" name="go" value="guess">[[Guess them from the header instead]]</button>
</form>{{/KNOWN}}
{{#WORKBOOK}}<form method="post" action="/imports/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p class="soft">[[The first sheet of your workbook is read; a formula counts as the value it had when the workbook was saved.]]</p>
<button class="btn btn-link" name="go" value="discard">[[Throw this file away]]</button>
</form>{{/WORKBOOK}}
{{#TEXT_FILE}}<form class="card" method="post" action="/imports/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>[[How the file is written]]</h2>
<p class="small soft">[[Found by itself. If accents look wrong below, or everything stands in one column, change it here.]]</p>
<div class="import-shape">
<div class="field"><label for="charset">[[Characters]]</label><select class="form-select" id="charset" name="charset">{{#CHARSET}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/CHARSET}}</select></div>
<div class="field"><label for="separator">[[Separator]]</label><select class="form-select" id="separator" name="separator">{{#SEPARATOR}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/SEPARATOR}}</select></div>
<div class="field"><button class="btn btn-quiet" name="go" value="shape">[[Read it again]]</button></div>
</div>
<button class="btn btn-link" name="go" value="discard">[[Throw this file away]]</button>
</form>{{/TEXT_FILE}}
<form method="post" action="/imports/{{ID}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="card card-flush"><table class="table table-cards import-columns">
<caption>[[Where each column goes]]</caption>
<thead><tr><th scope="col">[[In the file]]</th><th scope="col">[[First values]]</th><th scope="col">[[Goes to]]</th></tr></thead>
<tbody>
{{#COLUMN}}<tr><th scope="row" id="column-{{AT}}"><strong>{{HEADER}}</strong></th>
<td class="small">{{#VALUE}}<span class="import-value">{{TEXT}}</span>{{/VALUE}}{{#NO_VALUE}}<span class="soft">[[empty in the first rows]]</span>{{/NO_VALUE}}</td>
<td><select class="form-select{{#TAKEN}} import-taken{{/TAKEN}}" name="column.{{AT}}" aria-labelledby="column-{{AT}}"{{#TWICE}} aria-invalid="true" aria-describedby="twice-{{AT}}"{{/TWICE}}>{{#FIELD}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/FIELD}}{{#OWN_FIELDS}}<optgroup label="[[Fields of your organization]]">{{#OWN_FIELD}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/OWN_FIELD}}</optgroup>{{/OWN_FIELDS}}</select>
{{#TWICE}}<p class="wrong" id="twice-{{AT}}">{{WRONG}}</p>{{/TWICE}}</td></tr>
{{/COLUMN}}
</tbody></table></div>
<fieldset class="card gap-top"><legend>[[When the file says something else than what is known of a person]]</legend>
<div class="choices">
<label class="choice"><input type="radio" name="rule" value="correct"{{#CORRECT}} checked{{/CORRECT}}><span class="choice-face"><strong>[[The file counts]]</strong><span class="choice-about">[[It is the newer one. Blank cells still erase nothing.]]</span></span></label>
<label class="choice"><input type="radio" name="rule" value="fill"{{#FILL}} checked{{/FILL}}><span class="choice-face"><strong>[[Fill in only what is blank]]</strong><span class="choice-about">[[What is known stays; numbers, tags and notes are added.]]</span></span></label>
<label class="choice"><input type="radio" name="rule" value="ask"{{#ASK}} checked{{/ASK}}><span class="choice-face"><strong>[[Ask me]]</strong><span class="choice-about">[[Blanks are filled in; for the rest you get a list to decide from.]]</span></span></label>
</div></fieldset>
<div class="actions"><button class="btn btn-quiet" name="go" value="look">[[Update the preview]]</button><button class="btn btn-primary" name="go" value="start">[[Start the import]]</button></div>
</form>
<section aria-labelledby="preview" class="gap-top">
<h2 id="preview">[[The first people as they will be stored]]</h2>
{{#NO_ROWS}}<p class="soft">[[There is no row below the header.]]</p>{{/NO_ROWS}}
<div class="import-preview">
{{#PERSON}}<article class="card"><p class="eyebrow">[[Line]] {{LINE}}</p>
{{#REFUSED}}<p class="wrong">{{WRONG}}</p>{{/REFUSED}}
<h3>{{WHO}}</h3>
<dl class="facts">{{#FACT}}<div><dt>{{NAME}}</dt><dd>{{TEXT}}</dd></div>{{/FACT}}</dl>
{{#LEFT_OUT}}<p class="small"><span class="tag tag-warn">[[left out]]</span> <strong>{{TEXT}}</strong> {{WRONG}}</p>{{/LEFT_OUT}}
</article>
{{/PERSON}}
</div>
</section>
