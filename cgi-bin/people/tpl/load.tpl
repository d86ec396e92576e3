{{%AUTOESCAPE context="HTML"}}
{{#RUNNING}}<noscript><meta http-equiv="refresh" content="2"></noscript>{{/RUNNING}}
<h1>{{#DONE}}[[List loaded]]{{/DONE}}{{#RUNNING}}[[Loading the list]]{{/RUNNING}}{{#FAILED}}[[The list could not be loaded completely]]{{/FAILED}}</h1>
<p class="explain">[[Call list:]] {{NAME}}</p>
<section class="card"{{#RUNNING}} data-progress="/people/progress?operation={{OPERATION}}&amp;load={{ID}}"{{/RUNNING}}>
{{#FAILED}}<p class="notice notice-bad" role="alert">[[Please load it again: nobody comes twice.]]</p>{{/FAILED}}
<label for="bar" class="label">[[Progress:]] <span data-of="percent">{{PERCENT}}</span> %</label>
<progress class="progress" id="bar" max="100" value="{{PERCENT}}"></progress>
<dl class="numbers gap-top">
<div><dt>[[Found by the filter]]</dt><dd>{{TOTAL}}</dd></div>
<div><dt>[[Loaded]]</dt><dd data-of="loaded">{{LOADED}}</dd></div>
<div><dt>[[Already on the list]]</dt><dd data-of="already">{{ALREADY}}</dd></div>
<div><dt>[[Without a number, left out]]</dt><dd data-of="no_number">{{NO_NUMBER}}</dd></div>
<div><dt>[[Calls forbidden, left out]]</dt><dd data-of="forbidden">{{FORBIDDEN}}</dd></div>
<div><dt>[[Taken off by a rule]]</dt><dd data-of="excluded">{{EXCLUDED}}</dd></div>
</dl>
{{#RUNNING}}<p class="soft">[[You may close this tab and go back: the loading goes on by itself.]]</p>{{/RUNNING}}
{{#DONE}}<p class="notice notice-good" role="status">[[Done. You may close this tab and go back to the operation; it shows the list.]]</p>{{/DONE}}
<p class="visually-hidden" role="status" data-said></p>
<div class="actions"><a class="btn btn-quiet" href="/{{PEOPLE_PAGE}}?operation={{OPERATION}}">[[Load more people]]</a>{{#DRAFT}}<a class="btn btn-primary" href="/wizard/{{OPERATION}}/list">[[Back to the wizard]]</a>{{/DRAFT}}{{#LIVE}}<a class="btn btn-primary" href="/operations/{{OPERATION}}">[[Back to the operation]]</a>{{/LIVE}}</div>
</section>
