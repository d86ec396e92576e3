{{%AUTOESCAPE context="HTML"}}
<h1>[[Import people]]</h1>
<p class="explain">[[Bring in your member file or a list of electors, as any spreadsheet saves it (XLSX or CSV). You see every column before anything is stored, and the same file may be imported again: nobody comes twice.]]</p>
<form class="card" method="post" action="/imports" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="{{CSRF}}">
<fieldset class="field"{{#KIND_WRONG}} aria-describedby="kind-wrong"{{/KIND_WRONG}}><legend>[[Who is in the file?]]</legend>
<div class="choices">
<label class="choice"><input type="radio" name="kind" value="contact" required{{#CONTACTS}} checked{{/CONTACTS}}><span class="choice-face"><strong>[[Contacts]]</strong><span class="choice-about">[[Members, donors, supporters: people you know]]</span></span></label>
<label class="choice"><input type="radio" name="kind" value="elector" required{{#ELECTORS}} checked{{/ELECTORS}}><span class="choice-face"><strong>[[Electors]]</strong><span class="choice-about">[[The list of electors, with sections and polling places]]</span></span></label>
</div>
{{#KIND_WRONG}}<p class="wrong" id="kind-wrong">{{WRONG}}</p>{{/KIND_WRONG}}
</fieldset>
<div class="field"><div class="drop"><label for="file">[[Your file]]</label>
<input class="form-control" id="file" name="file" type="file" accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain" required aria-describedby="file-hint{{#FILE_WRONG}} file-wrong{{/FILE_WRONG}}"{{#FILE_WRONG}} aria-invalid="true"{{/FILE_WRONG}}>
<p class="hint" id="file-hint">[[An Excel workbook (XLSX), or CSV with semicolons, commas or tabs; accents of any system. Largest size in megabytes:]] {{LARGEST}}</p>
{{#FILE_WRONG}}<p class="wrong" id="file-wrong">{{WRONG}}</p>{{/FILE_WRONG}}</div></div>
<div class="actions"><button class="btn btn-primary">[[Continue]]</button></div>
</form>
{{#FIRST}}<p class="empty">[[Nothing was imported yet. Afterwards every import stays listed here, with the rows it did not take.]]</p>{{/FIRST}}
{{#PAST}}<section aria-labelledby="past"><h2 id="past">[[Past imports]]</h2>
<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[File]]</th><th scope="col">[[Who]]</th><th scope="col">[[When]]</th><th scope="col">[[State]]</th><th scope="col" class="num">[[Rows]]</th><th scope="col" class="num">[[Refused]]</th></tr></thead>
<tbody>
{{#IMPORT}}<tr><th scope="row"><a href="/imports/{{ID}}">{{FILE_NAME}}</a></th><td data-label="[[Who]]">{{PEOPLE}}</td><td data-label="[[When]]" class="nowrap">{{WHEN}}</td><td data-label="[[State]]"><span class="tag{{#GOOD}} tag-good{{/GOOD}}{{#BAD}} tag-danger{{/BAD}}{{#OPEN}} tag-primary{{/OPEN}}">{{STATE}}</span></td><td class="num" data-label="[[Rows]]">{{ROWS}}</td><td class="num" data-label="[[Refused]]">{{REFUSED}}</td></tr>{{/IMPORT}}
</tbody></table></div></section>{{/PAST}}
