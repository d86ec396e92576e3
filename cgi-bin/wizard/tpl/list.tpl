{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[Choose who will be called: a new tab opens with your people, where you filter them and load the result into this operation. Then come back here.]]</p>
{{#LIST_WRONG}}<p class="notice notice-bad" role="alert">{{WRONG}}</p>{{/LIST_WRONG}}
<section class="card" data-loaded="/wizard/{{ID}}/loaded">
<h2>[[Call list]]</h2>
{{#NOTHING}}<p class="soft">[[Nobody is on the list yet.]]</p>{{/NOTHING}}
{{#SOMETHING}}
{{#RUNNING}}<p class="notice" role="status">[[People are being loaded. This page follows by itself; you may finish already.]]</p>{{/RUNNING}}
{{#LOAD_FAILED}}<p class="notice notice-bad" role="alert">[[The last list could not be loaded completely. Please load it again: nobody comes twice.]]</p>{{/LOAD_FAILED}}
<dl class="numbers" aria-live="polite">
<div><dt>[[People on the list]]</dt><dd data-number="people">{{PEOPLE}}</dd></div>
<div><dt>[[Without a number]]</dt><dd data-number="no_number">{{NO_NUMBER}}</dd></div>
<div><dt>[[Calls forbidden]]</dt><dd data-number="forbidden">{{FORBIDDEN}}</dd></div>
<div><dt>[[Already on the list]]</dt><dd data-number="already">{{ALREADY}}</dd></div>
<div><dt>[[Taken off by a rule]]</dt><dd data-number="excluded">{{EXCLUDED}}</dd></div>
</dl>
<p class="small soft">[[People without a number, and those who forbade calls, are left out.]]</p>
{{/SOMETHING}}
<p><a class="btn {{#NOTHING}}btn-primary{{/NOTHING}}{{#SOMETHING}}btn-quiet{{/SOMETHING}}" href="/{{PEOPLE_PAGE}}?operation={{ID}}" target="_blank" rel="noopener">[[Create a new list using your filter/query]] <span aria-hidden="true">↗</span><span class="visually-hidden"> ([[opens a new tab]])</span></a></p>
<p class="small soft">{{#OF_CONTACTS}}[[This operation calls contacts.]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[This operation calls electors.]]{{/OF_ELECTORS}} [[When the list is loaded, close the other tab.]] <a href="/wizard/{{ID}}/list">[[Refresh this page]]</a></p>
</section>
{{#REHEARSAL}}<section class="card card-tint rehearsal" aria-labelledby="rehearsal-title"><h2 id="rehearsal-title">[[Rehearsal]]</h2>
<p>{{WITH}}</p>
<dl class="facts"><div><dt>[[Calls]]</dt><dd>{{CALLS}}</dd></div><div><dt>[[People reached]]</dt><dd>{{REACHED}}</dd></div><div><dt>[[Expected end]]</dt><dd>{{DONE_AT}}</dd></div></dl>
<p class="small">{{ONE_MORE}} <a href="/wizard/{{ID}}/recycling">[[Change the rules]]</a></p>
<details class="small"><summary>[[What this assumes]]</summary><p>{{BASIS}}</p></details></section>{{/REHEARSAL}}
<form method="post" action="/wizard/{{ID}}/list">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="actions"><button class="btn btn-quiet" name="go" value="back">[[Back]]</button>
{{#DRAFT}}<button class="btn {{#NOTHING}}btn-quiet{{/NOTHING}}{{#SOMETHING}}btn-primary{{/SOMETHING}}" formaction="/wizard/{{ID}}/finish" name="go" value="finish">[[Finish Campaign Creation]]</button>{{/DRAFT}}{{#LIVE}}<button class="btn btn-primary" name="go" value="close">[[Save and close]]</button>{{/LIVE}}</div>
</form>
