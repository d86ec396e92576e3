{{%AUTOESCAPE context="HTML"}}
<h1>[[Export]]</h1>
<p class="explain">[[A file for a spreadsheet or another program. It is made in the background, however large it is, and kept for one day; only you and the administrators can fetch it. Making it and each download are in the audit log: the file holds personal data.]]</p>
<form class="card export-form" method="post" action="/exports">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="key" value="{{KEY}}">
<fieldset class="field"{{#WHAT_WRONG}} aria-describedby="what-wrong"{{/WHAT_WRONG}}><legend>[[What?]]</legend>
<div class="choices">
{{#WHAT}}<label class="choice"><input type="radio" name="what" value="{{CODE}}" required{{#CHOSEN}} checked{{/CHOSEN}}><span class="choice-face"><strong>{{LABEL}}</strong><span class="choice-about">{{ABOUT}}</span></span></label>
{{/WHAT}}</div>
{{#WHAT_WRONG}}<p class="wrong" id="what-wrong">{{WRONG}}</p>{{/WHAT_WRONG}}
</fieldset>
{{#FILTERED}}<div class="field export-people"><input type="hidden" name="filter" value="{{FILTER}}"><p class="notice">[[Only the people of the filter you came from.]] <a href="/exports">[[Everybody instead]]</a></p></div>{{/FILTERED}}
<div class="field export-calls"><label for="operation">[[Calls and answers of which operation?]]</label>
<select class="form-select" id="operation" name="operation"{{#OPERATION_WRONG}} aria-invalid="true" aria-describedby="operation-wrong"{{/OPERATION_WRONG}}><option value="0">{{#EVERY}}[[Every operation, and calls outside operations]]{{/EVERY}}</option>{{#OPERATION}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/OPERATION}}</select>
{{#OPERATION_WRONG}}<p class="wrong" id="operation-wrong">{{WRONG}}</p>{{/OPERATION_WRONG}}</div>
<div class="field export-refused"><label for="import">[[Refused rows of which import?]]</label>
<select class="form-select" id="import" name="import"{{#IMPORT_WRONG}} aria-invalid="true" aria-describedby="import-wrong"{{/IMPORT_WRONG}}><option value="0"></option>{{#IMPORT}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}} – {{WHEN}}</option>{{/IMPORT}}</select>
{{#IMPORT_WRONG}}<p class="wrong" id="import-wrong">{{WRONG}}</p>{{/IMPORT_WRONG}}</div>
<div class="field export-days"><div class="export-two">
<div><label class="label" for="from">[[From this day on]]</label><input class="form-control" type="date" id="from" name="from" value="{{FROM}}" aria-describedby="days-hint{{#DAYS_WRONG}} days-wrong{{/DAYS_WRONG}}"{{#DAYS_WRONG}} aria-invalid="true"{{/DAYS_WRONG}}></div>
<div><label class="label" for="until">[[Until this day, included]]</label><input class="form-control" type="date" id="until" name="until" value="{{UNTIL}}" aria-describedby="days-hint{{#DAYS_WRONG}} days-wrong{{/DAYS_WRONG}}"{{#DAYS_WRONG}} aria-invalid="true"{{/DAYS_WRONG}}></div></div>
<p class="hint" id="days-hint">[[For calls, answers and the audit log. Leave both empty for everything.]]</p>
{{#DAYS_WRONG}}<p class="wrong" id="days-wrong">{{WRONG}}</p>{{/DAYS_WRONG}}</div>
<fieldset class="field"><legend>[[For which program?]]</legend>
<div class="choices">
<label class="choice"><input type="radio" name="format" value="semicolon"{{#SEMICOLON}} checked{{/SEMICOLON}}><span class="choice-face"><strong>[[CSV with semicolons]]</strong><span class="choice-about">[[Excel in French opens it by a double click]]</span></span></label>
<label class="choice"><input type="radio" name="format" value="comma"{{#COMMA}} checked{{/COMMA}}><span class="choice-face"><strong>[[CSV with commas]]</strong><span class="choice-about">[[Excel in English and most other programs]]</span></span></label>
<label class="choice"><input type="radio" name="format" value="xlsx"{{#XLSX}} checked{{/XLSX}}><span class="choice-face"><strong>[[Excel workbook (XLSX)]]</strong><span class="choice-about">[[Up to a million rows]]</span></span></label>
</div></fieldset>
<div class="actions"><button class="btn btn-primary">[[Make the file]]</button></div>
</form>
{{#FIRST}}<p class="empty">[[No export yet. Those of the last days are listed here.]]</p>{{/FIRST}}
{{#PAST}}<section aria-labelledby="past"><h2 id="past">[[Exports]]</h2>
<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[File]]</th><th scope="col">[[When]]</th><th scope="col">[[Who]]</th><th scope="col">[[State]]</th><th scope="col" class="num">[[Rows]]</th></tr></thead>
<tbody>
{{#EXPORT}}<tr><th scope="row"><a href="/exports/{{ID}}">{{WORDS}}</a></th><td data-label="[[When]]">{{WHEN}}</td><td data-label="[[Who]]">{{WHO}}</td><td data-label="[[State]]"><span class="tag{{#GOOD}} tag-good{{/GOOD}}{{#BAD}} tag-danger{{/BAD}}{{#OPEN}} tag-primary{{/OPEN}}{{#OVER}}{{/OVER}}">{{STATE}}</span></td><td class="num" data-label="[[Rows]]">{{ROWS}}</td></tr>{{/EXPORT}}
</tbody></table></div></section>{{/PAST}}
