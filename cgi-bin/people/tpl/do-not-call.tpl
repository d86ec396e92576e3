{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/contacts">[[Contacts]]</a></p>
<h1>[[Do not call]]</h1>
<p class="explain">[[Numbers and people that no operation calls, from the moment they are here. They stay for 3 years and 14 days at least.]]</p>
{{#RESULT}}<section class="card card-tint" role="status" aria-labelledby="result"><h2 id="result">[[The list was taken]]</h2>
<dl class="numbers"><div><dt>[[Added]]</dt><dd>{{ADDED}}</dd></div><div><dt>[[There before]]</dt><dd>{{ALREADY}}</dd></div><div><dt>[[Not a number]]</dt><dd>{{REFUSED}}</dd></div></dl>
<ul class="plain">{{#FIRST}}<li>{{TEXT}}</li>{{/FIRST}}</ul></section>{{/RESULT}}
<div class="with-side"><div>
<form class="filters" method="get" action="/people/do-not-call" role="search">
{{#OF_PEOPLE}}<input type="hidden" name="show" value="people">{{/OF_PEOPLE}}
<label class="visually-hidden" for="q">[[A name, or a number in any writing]]</label><input class="form-control" type="search" id="q" name="q" value="{{SEARCH}}" maxlength="100" placeholder="[[A name, or a number in any writing]]">
<button class="btn btn-quiet">[[Search]]</button></form>
<p><a href="/people/do-not-call"{{#OF_NUMBERS}} aria-current="page"{{/OF_NUMBERS}}>[[Numbers:]] {{NUMBERS}}</a> · <a href="/people/do-not-call?show=people"{{#OF_PEOPLE}} aria-current="page"{{/OF_PEOPLE}}>[[People:]] {{PEOPLE}}</a></p>
{{#EMPTY}}<div class="empty"><h2>[[Nobody here]]</h2><p>[[Who tells an agent “do not call again” comes here by itself. You can also add a number, or bring a list.]]</p></div>{{/EMPTY}}
{{#NONE_FOUND}}<div class="empty"><h2>[[Nothing found]]</h2><p><a href="/people/do-not-call">[[Show the whole list]]</a></p></div>{{/NONE_FOUND}}
{{#TABLE}}<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[Who]]</th><th scope="col">[[Reason]]</th><th scope="col">[[Since]]</th><th scope="col">[[Kept until at least]]</th><th scope="col">[[Added by]]</th></tr></thead>
<tbody>{{#LINE}}<tr><th scope="row">{{#A_NUMBER}}<strong class="nowrap">{{NUMBER}}</strong> {{/A_NUMBER}}{{#PERSON}}<a class="people-name" href="/people/{{ID}}">{{NAME}}</a>{{/PERSON}}</th><td data-label="[[Reason]]">{{REASON}}</td><td data-label="[[Since]]" class="nowrap">{{SINCE}}</td><td data-label="[[Kept until at least]]" class="nowrap">{{UNTIL}}</td><td data-label="[[Added by]]">{{BY}}</td></tr>{{/LINE}}</tbody></table></div>{{/TABLE}}
<nav class="pager" aria-label="[[Pages]]">{{#NEXT}}<a class="btn btn-quiet" href="{{HREF}}" rel="next">[[Next]]</a>{{/NEXT}}</nav>
</div><aside>
<form class="card" method="post" action="/people/do-not-call"><input type="hidden" name="csrf" value="{{CSRF}}">
<h2>[[Add a number]]</h2>
<div class="field"><label for="tel">[[Phone number]]</label><input class="form-control" id="tel" name="tel" type="tel" value="{{TYPED}}" maxlength="40" required{{#NUMBER_WRONG}} aria-invalid="true" aria-describedby="tel-wrong"{{/NUMBER_WRONG}}>
{{#NUMBER_WRONG}}<p class="wrong" id="tel-wrong">{{WRONG}}</p>{{/NUMBER_WRONG}}</div>
<div class="field"><label for="reason">[[Reason]]</label><input class="form-control" id="reason" name="reason" value="{{WHY}}" maxlength="200"></div>
<div class="actions"><button class="btn btn-primary">[[Do not call this number]]</button></div></form>
<form class="card" method="post" action="/people/do-not-call/file" enctype="multipart/form-data"><input type="hidden" name="csrf" value="{{CSRF}}">
<h2>[[Bring a list]]</h2>
<p class="hint" id="list-hint">[[A CSV file or pasted lines: the numbers, with a date and a reason if there are any; at most 50,000.]]</p>
<div class="field"><label for="file">[[Choose a CSV file]]</label><input class="form-control" id="file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" aria-describedby="list-hint{{#FILE_WRONG}} file-wrong{{/FILE_WRONG}}"></div>
<div class="field"><label for="pasted">[[Or paste lines]]</label><textarea class="form-control" id="pasted" name="pasted" rows="4" aria-describedby="list-hint">{{PASTED}}</textarea></div>
{{#FILE_WRONG}}<p class="wrong" id="file-wrong" role="alert">{{WRONG}}</p>{{/FILE_WRONG}}
<div class="actions"><button class="btn btn-quiet">[[Add them all]]</button></div></form>
</aside></div>
