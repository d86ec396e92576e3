{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations">[[Call operations]]</a> <span class="soft">/ {{#IS_NEW}}[[New operation]]{{/IS_NEW}}{{#IS_EDIT}}[[Edit]]{{/IS_EDIT}}{{#NAMED}} — {{NAME}}{{/NAMED}}{{#KNOWN}} — <a href="{{OPERATION}}">{{NAME}}</a>{{/KNOWN}}</span></p>
<nav aria-label="[[Steps]]"><ol class="steps">
{{#STEP}}{{#DONE}}<li class="step-done"><a href="{{HREF}}">{{LABEL}}</a></li>{{/DONE}}{{#NOW}}<li class="step-now" aria-current="step">{{LABEL}}</li>{{/NOW}}{{#OPEN}}<li class="step-open"><a href="{{HREF}}">{{LABEL}}</a></li>{{/OPEN}}{{#CLOSED}}<li>{{LABEL}}</li>{{/CLOSED}}
{{/STEP}}
</ol></nav>
<h1>{{TITLE}}</h1>
{{#CHANGED}}<div class="notice notice-warn" role="alert"><p><strong>{{SENTENCE}}</strong></p>
<p>[[What you typed is below; nothing of it was saved yet.]] <a href="{{HREF}}" target="_blank" rel="noopener">[[See their version]]<span class="visually-hidden"> ([[opens a new tab]])</span></a>[[, then save yours again to put it in its place.]]</p></div>{{/CHANGED}}
