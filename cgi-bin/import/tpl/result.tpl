{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/imports">[[Import people]]</a></p>
<h1>{{#DONE}}[[Import finished]]{{/DONE}}{{#FAILED}}[[Import stopped]]{{/FAILED}}{{#UNDONE}}[[Import undone]]{{/UNDONE}}</h1>
<p class="explain"><strong>{{FILE_NAME}}</strong> · {{#OF_CONTACTS}}[[Contacts]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[Electors]]{{/OF_ELECTORS}}</p>
{{#FAILED}}<p class="notice notice-bad" role="alert">[[The file could not be read to its end. What is counted below is stored; please send the file again, nobody comes twice.]]</p>{{/FAILED}}
{{#UNDONE}}<section class="card" aria-labelledby="undone"><h2 id="undone">[[What was undone]]</h2>
<dl class="numbers">
<div><dt>[[People removed]]</dt><dd>{{REMOVED}}</dd></div>
<div><dt>[[Put back as they were]]</dt><dd>{{RESTORED}}</dd></div>
<div><dt>[[Left alone]]</dt><dd>{{KEPT}}</dd></div>
</dl>
{{#LEFT}}<p class="explain">[[Left alone are people who stand in a call list, were called, or were changed by somebody since.]]</p>{{/LEFT}}
</section>{{/UNDONE}}
<section class="card" aria-labelledby="numbers"><h2 id="numbers">[[What became of the rows]]</h2>
<dl class="numbers">
<div><dt>[[Rows read]]</dt><dd>{{READ}}</dd></div>
<div><dt>[[People added]]</dt><dd>{{ADDED}}</dd></div>
<div><dt>[[Updated]]</dt><dd>{{UPDATED}}</dd></div>
<div><dt>[[Already the same]]</dt><dd>{{SAME}}</dd></div>
<div><dt>[[Merged, twice in this file]]</dt><dd>{{MERGED}}</dd></div>
<div><dt>[[Rows refused]]</dt><dd>{{REFUSED}}</dd></div>
<div><dt>[[Numbers left out]]</dt><dd>{{PHONES}}</dd></div>
<div><dt>[[Other values left out]]</dt><dd>{{CELLS}}</dd></div>
</dl>
<p><a class="btn btn-primary" href="/{{PEOPLE_PAGE}}">{{#OF_CONTACTS}}[[See the contacts]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[See the electors]]{{/OF_ELECTORS}}</a></p>
</section>
{{#CONFLICTS}}<section class="card" aria-labelledby="differ"><h2 id="differ">[[Values that differ]]</h2>
<p class="explain">[[The file says something else than what is known of some people. Still to be decided:]] <strong>{{OPEN}}</strong></p>
<p><a class="btn btn-primary" href="/imports/{{ID}}/conflicts">[[Decide]]</a></p></section>{{/CONFLICTS}}
{{#NONE}}<p class="notice notice-good">[[Everything in the file was taken.]]</p>{{/NONE}}
{{#SOME}}<section aria-labelledby="refused">
<div class="page-head"><h2 id="refused">[[What was not taken]]</h2>
<a class="btn btn-quiet" href="/imports/{{ID}}/refused.csv">[[Download as a file]]</a></div>
<ul class="reasons">{{#REASON_COUNT}}<li><strong>{{TIMES}}</strong> {{REASON}}</li>{{/REASON_COUNT}}</ul>
<p class="explain">[[People whose number or other value was left out are stored without it.]] [[Correct these values in the file you download or in your own, and import it again.]]</p>
<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[Line]]</th><th scope="col">[[Row]]</th><th scope="col">[[Value]]</th><th scope="col">[[Reason]]</th></tr></thead>
<tbody>
{{#ROW}}<tr><th scope="row" class="nowrap">[[Line]] {{LINE}}</th><td data-label="[[Row]]" class="small">{{START}}</td><td data-label="[[Value]]" class="nowrap">{{#WHOLE}}<span class="tag tag-danger">[[whole row]]</span>{{/WHOLE}}{{#PART}}<span class="soft small">{{COLUMN}}</span><br><strong>{{CELL}}</strong>{{/PART}}</td><td data-label="[[Reason]]">{{REASON}}</td></tr>
{{/ROW}}
</tbody></table></div>
{{#MORE}}<p class="pager"><a class="btn btn-quiet" href="/imports/{{ID}}?line={{LAST_LINE}}&amp;at={{LAST_AT}}">[[Next]]</a></p>{{/MORE}}
</section>{{/SOME}}
{{#MAY_UNDO}}<section class="card gap-top" aria-labelledby="undo"><h2 id="undo">[[Undo this import]]</h2>
<p class="explain">[[Was it the wrong file? People it added are removed, people it changed look as before. Whoever stands in a call list, was called, or was changed since is left alone.]] [[Possible until:]] <strong class="nowrap">{{UNTIL}}</strong></p>
<form method="post" action="/imports/{{ID}}"><input type="hidden" name="csrf" value="{{CSRF}}">
<label class="tick"><input class="form-check-input" type="checkbox" name="sure" value="yes" required{{#SURE_WRONG}} aria-invalid="true" aria-describedby="sure-wrong"{{/SURE_WRONG}}><span>[[Yes, undo the whole import]]</span></label>
{{#SURE_WRONG}}<p class="wrong" id="sure-wrong">{{WRONG}}</p>{{/SURE_WRONG}}
<button class="btn btn-danger" name="go" value="undo">[[Undo this import]]</button></form>
</section>{{/MAY_UNDO}}
