{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{OPERATION}}</a></p>
<h1>[[Call sheets]]</h1>
<p class="explain">[[For volunteers without a screen: a sheet of paper with 20 people on each page and boxes to tick. Whoever is on it is kept for it, so that no agent calls them meanwhile; later you type in how the calls went.]]</p>
<div class="paper-two">
<form class="card" method="post" action="/sheets/{{ID}}">
<h2>[[Print a sheet]]</h2>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="form_key" value="{{FORM_KEY}}">
<div class="field"><label for="caller">[[Who calls?]]</label>
<select class="form-select" id="caller" name="caller"{{#CALLER_WRONG}} aria-invalid="true" aria-describedby="caller-wrong"{{/CALLER_WRONG}}><option value="0">[[Somebody new, by name]]</option>{{#CALLER}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/CALLER}}</select>
{{#CALLER_WRONG}}<p class="wrong" id="caller-wrong">{{WRONG}}</p>{{/CALLER_WRONG}}</div>
<div class="field"><label for="name">[[Name of somebody new]]</label>
<input class="form-control" id="name" name="name" maxlength="80" autocomplete="off" value="{{NAME_TYPED}}" aria-describedby="name-hint{{#NAME_WRONG}} name-wrong{{/NAME_WRONG}}"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
<p class="hint" id="name-hint">[[They become an agent of this operation, so that their calls count for them. They need no e-mail address.]]</p>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<div class="field"><label for="pages">[[How many pages of 20 people?]]</label>
<input class="form-control paper-short" id="pages" name="pages" type="number" inputmode="numeric" min="1" max="10" value="{{PAGES}}"{{#PAGES_WRONG}} aria-invalid="true" aria-describedby="pages-wrong"{{/PAGES_WRONG}}>
{{#PAGES_WRONG}}<p class="wrong" id="pages-wrong">{{WRONG}}</p>{{/PAGES_WRONG}}</div>
<div class="field"><label for="until">[[Keep the people for this sheet until]]</label>
<select class="form-select" id="until" name="until" aria-describedby="until-hint{{#UNTIL_WRONG}} until-wrong{{/UNTIL_WRONG}}"{{#UNTIL_WRONG}} aria-invalid="true"{{/UNTIL_WRONG}}>{{#END}}<option value="{{AT}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{WORDS}}</option>{{/END}}</select>
<p class="hint" id="until-hint">[[Then whoever was not called is back on the list by itself. You can give them back earlier.]]</p>
{{#UNTIL_WRONG}}<p class="wrong" id="until-wrong">{{WRONG}}</p>{{/UNTIL_WRONG}}</div>
<div class="actions"><button class="btn btn-primary">[[Take the people and print]]</button></div>
<p class="hint">[[The numbers leave on paper: which people are on the sheet is noted in the audit log, each time it is shown.]]</p>
</form>
<form class="card paper-open" method="get" action="/sheets/{{ID}}">
<h2>[[Type in a sheet that came back]]</h2>
<div class="field"><label for="number">[[Its number]]</label>
<input class="form-control paper-short" id="number" name="number" maxlength="30" autocomplete="off" placeholder="128-7KD" value="{{NUMBER}}" aria-describedby="number-hint{{#NUMBER_WRONG}} number-wrong{{/NUMBER_WRONG}}"{{#NUMBER_WRONG}} aria-invalid="true"{{/NUMBER_WRONG}}>
<p class="hint" id="number-hint">[[At the top of each page. The code beside it opens the same page.]]</p>
{{#NUMBER_WRONG}}<p class="wrong" id="number-wrong">{{WRONG}}</p>{{/NUMBER_WRONG}}</div>
<div class="actions"><button class="btn btn-quiet">[[Open]]</button></div>
</form>
</div>
{{#NONE}}<p class="empty">[[No sheet yet. Those that you print are listed here.]]</p>{{/NONE}}
{{#SHEETS}}<section aria-labelledby="sheets"><h2 id="sheets">[[Sheets]]</h2>
<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[Sheet number]]</th><th scope="col">[[Who calls]]</th><th scope="col">[[Printed]]</th><th scope="col" class="num">[[People]]</th><th scope="col" class="num">[[Typed in]]</th><th scope="col">[[The others]]</th></tr></thead>
<tbody>
{{#SHEET}}<tr><th scope="row"><a href="/sheets/{{OPERATION_ID}}/{{CODE}}">{{CODE}}</a></th><td data-label="[[Who calls]]">{{WHO}}</td><td data-label="[[Printed]]">{{PRINTED}}</td><td class="num" data-label="[[People]]">{{PEOPLE}}</td><td class="num" data-label="[[Typed in]]">{{ENTERED}}</td><td data-label="[[The others]]"><span class="tag{{#OPEN}} tag-primary{{/OPEN}}{{#GOOD}} tag-good{{/GOOD}}">{{STATE}}</span></td></tr>{{/SHEET}}
</tbody></table></div></section>{{/SHEETS}}
