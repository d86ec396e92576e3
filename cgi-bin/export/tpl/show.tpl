{{%AUTOESCAPE context="HTML"}}
{{#MAKING}}<noscript><meta http-equiv="refresh" content="2"></noscript>{{/MAKING}}
<p class="crumb"><a href="/exports">[[Export]]</a></p>
<h1>{{WORDS}}</h1>
{{#MAKING}}<section class="card" data-progress="/exports/{{ID}}/progress">
<label for="bar" class="label">[[Progress:]] <span data-of="percent">{{PERCENT}}</span> %</label>
<progress class="progress" id="bar" max="100" value="{{PERCENT}}"></progress>
<dl class="numbers gap-top"><div><dt>[[Rows written]]</dt><dd data-of="rows">{{ROWS}}</dd></div></dl>
<p class="soft small">[[You may close this page: the export goes on, also if the server is restarted, and its file waits here.]]</p>
<p class="visually-hidden" role="status" data-said></p>
</section>{{/MAKING}}
{{#ENDED}}<section class="card">
{{#READY}}<dl class="numbers"><div><dt>[[Rows]]</dt><dd>{{ROWS}}</dd></div><div><dt>[[Size]]</dt><dd>{{SIZE}}</dd></div></dl>
<form method="post" action="/exports/{{ID}}/file"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-primary">[[Download]] {{FILE}}</button></form>
<p class="hint">[[The file is deleted after:]] {{UNTIL}}. [[Each download is noted.]]</p>
<p class="hint">{{#OF_ROWS}}[[It holds what was saved before:]] {{AS_OF}}. [[What came later is not in it, so its numbers agree with each other.]]{{/OF_ROWS}}{{#OF_PEOPLE}}[[It holds the people who were there at:]] {{AS_OF}}. [[A record changed while the file was made is as it was when its page was written.]]{{/OF_PEOPLE}}</p>{{/READY}}
{{#FAILED}}<p class="notice notice-bad">{{WHY}}</p><p><a class="btn btn-quiet" href="/exports">[[Another export]]</a></p>{{/FAILED}}
{{#OVER}}<p>[[The day of this file is over: it was deleted.]]</p><p><a class="btn btn-quiet" href="/exports">[[Another export]]</a></p>{{/OVER}}
</section>{{/ENDED}}
