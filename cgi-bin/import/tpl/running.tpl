{{%AUTOESCAPE context="HTML"}}
<noscript><meta http-equiv="refresh" content="2"></noscript>
<p class="crumb"><a href="/imports">[[Import people]]</a></p>
<h1>{{#FORTH}}[[Being imported]]{{/FORTH}}{{#BACK}}[[Being undone]]{{/BACK}}</h1>
<section class="card" data-progress="/imports/{{ID}}/progress">
<p><strong>{{FILE_NAME}}</strong> · <span data-of="words">{{STATE}}</span></p>
<label for="bar" class="label">[[Progress:]] <span data-of="percent">{{PERCENT}}</span> %</label>
<progress class="progress" id="bar" max="100" value="{{PERCENT}}"></progress>
{{#FORTH}}<dl class="numbers gap-top">
<div><dt>[[Rows read]]</dt><dd data-of="read">{{READ}}</dd></div>
<div><dt>[[Rows refused]]</dt><dd data-of="refused">{{REFUSED}}</dd></div>
</dl>{{/FORTH}}
<p class="soft small">{{#FORTH}}[[You may close this page: the import goes on, also if the server is restarted, and its result stays here.]]{{/FORTH}}{{#BACK}}[[You may close this page: it goes on, also if the server is restarted, and its result stays here.]]{{/BACK}}</p>
<p class="visually-hidden" role="status" data-said></p>
</section>
