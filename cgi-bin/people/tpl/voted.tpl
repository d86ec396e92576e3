{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/electors">[[Electors]]</a></p>
<h1>[[Who has voted]]</h1>
<p class="explain">[[Type the numbers of a sheet, press Enter, type the next. Whoever is marked leaves every call list whose rules say so, at once.]]</p>
<form class="card" method="post" action="/people/voted">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="fields">
<div class="field"><label for="section">[[Polling subdivision]]</label><input class="form-control" id="section" name="section" value="{{THIS_SECTION}}" maxlength="20" required autocomplete="off"{{#AT_SECTION}} autofocus{{/AT_SECTION}}{{#SECTION_WRONG}} aria-invalid="true" aria-describedby="section-wrong"{{/SECTION_WRONG}}>
{{#SECTION_WRONG}}<p class="wrong" id="section-wrong">{{WRONG}}</p>{{/SECTION_WRONG}}</div>
<div class="field"><label for="division">[[Electoral division, if several have this section]]</label><input class="form-control" id="division" name="division" value="{{DIVISION}}" maxlength="80" autocomplete="off"></div>
</div>
<div class="field"><label for="numbers">[[Elector numbers]]</label><input class="form-control" id="numbers" name="numbers" value="{{NUMBERS}}" maxlength="4000" required autocomplete="off" inputmode="text"{{#AT_NUMBERS}} autofocus{{/AT_NUMBERS}} aria-describedby="numbers-hint{{#NUMBERS_WRONG}} numbers-wrong{{/NUMBERS_WRONG}}"{{#NUMBERS_WRONG}} aria-invalid="true"{{/NUMBERS_WRONG}}>
<p class="hint" id="numbers-hint">[[For example: 12 15-18 22. At most 500 at a time.]]</p>
{{#NUMBERS_WRONG}}<p class="wrong" id="numbers-wrong">{{WRONG}}</p>{{/NUMBERS_WRONG}}</div>
<div class="actions"><button class="btn btn-primary">[[Mark as voted]]</button></div>
</form>
{{#RESULT}}<section class="card card-tint" aria-labelledby="result" role="status"><h2 id="result">{{LABEL}}</h2>
<dl class="numbers"><div><dt>[[Marked]]</dt><dd>{{MARKED}}</dd></div><div><dt>[[Marked before]]</dt><dd>{{ALREADY}}</dd></div><div><dt>[[Not found]]</dt><dd>{{MISSED}}</dd></div></dl>
{{#MISSES}}<h3>[[Look these up]]</h3><ul class="plain">{{#MISS}}<li>[[Section]] {{SECTION}}, [[number]] {{NUMBER}} – {{#NOBODY}}[[nobody has it]]{{/NOBODY}}{{#SEVERAL}}[[several people have it: name the electoral division]]{{/SEVERAL}}</li>{{/MISS}}</ul>{{/MISSES}}
<ul class="plain">{{#PERSON}}<li>{{SECTION}} – {{NUMBER}} · <a class="people-name" href="/people/{{ID}}">{{NAME}}</a></li>{{/PERSON}}</ul>
{{#WAS_UNDONE}}<p class="notice notice-warn">[[Taken back: these marks no longer count.]]</p>{{/WAS_UNDONE}}
{{#UNDO}}<form method="post" action="/people/voted/undo"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="batch" value="{{ID}}"><button class="btn btn-danger-quiet">[[Take this back]]</button></form>{{/UNDO}}
</section>{{/RESULT}}
<form class="card" method="post" action="/people/voted/file" enctype="multipart/form-data" aria-labelledby="many">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2 id="many">[[Many at once]]</h2>
<p class="soft" id="many-hint">[[A CSV file or pasted lines, with the section and the elector number in each; at most 20,000.]]</p>
<div class="field"><div class="drop"><label for="file">[[Choose a CSV file]]</label><input class="form-control" id="file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" aria-describedby="many-hint{{#FILE_WRONG}} file-wrong{{/FILE_WRONG}}"></div></div>
<div class="field"><label for="pasted">[[Or paste lines]]</label><textarea class="form-control" id="pasted" name="pasted" rows="4" aria-describedby="many-hint">{{PASTED}}</textarea></div>
{{#FILE_WRONG}}<p class="wrong" id="file-wrong" role="alert">{{WRONG}}</p>{{/FILE_WRONG}}
<div class="actions"><button class="btn btn-quiet">[[Mark all of them]]</button></div>
</form>
{{#PAST}}<section aria-labelledby="past"><h2 id="past">[[Marked lately]]</h2><div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[What]]</th><th scope="col">[[When]]</th><th scope="col">[[Who]]</th><th scope="col" class="num">[[Marked]]</th><th scope="col" class="num">[[Not found]]</th></tr></thead>
<tbody>{{#BATCH}}<tr><th scope="row"><a class="people-name" href="/people/voted?batch={{ID}}">{{LABEL}}</a>{{#WAS_UNDONE}} <span class="tag tag-warn">[[taken back]]</span>{{/WAS_UNDONE}}</th><td data-label="[[When]]" class="nowrap">{{WHEN}}</td><td data-label="[[Who]]">{{BY}}</td><td data-label="[[Marked]]" class="num">{{MARKED}}</td><td data-label="[[Not found]]" class="num">{{MISSED}}</td></tr>{{/BATCH}}</tbody></table></div></section>{{/PAST}}
