{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations">[[Call operations]]</a> <span class="soft">/ {{#IS_NEW}}[[New operation]]{{/IS_NEW}}{{#IS_EDIT}}[[Edit]]{{/IS_EDIT}}{{#NAMED}} — {{NAME}}{{/NAMED}}</span></p>
<nav aria-label="[[Steps]]"><ol class="steps">
{{#STEP}}{{#DONE}}<li class="step-done"><a href="{{HREF}}">{{LABEL}}</a></li>{{/DONE}}{{#NOW}}<li class="step-now" aria-current="step">{{LABEL}}</li>{{/NOW}}{{#OPEN}}<li class="step-open"><a href="{{HREF}}">{{LABEL}}</a></li>{{/OPEN}}{{#CLOSED}}<li>{{LABEL}}</li>{{/CLOSED}}
{{/STEP}}
</ol></nav>
<h1>{{TITLE}}</h1>
