{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{BACK}}">[[Back]]</a></p>
<div class="page-head"><h1>{{NAME}}</h1><div class="page-actions"><a class="btn btn-quiet" href="{{EDIT}}">[[Edit]]</a><a class="btn btn-quiet" href="{{VERSIONS}}">[[Versions]]</a><form method="post" action="{{COPY}}"><input type="hidden" name="csrf" value="{{CSRF}}">{{#FOR_OPERATION}}<input type="hidden" name="operation" value="{{OPERATION}}">{{/FOR_OPERATION}}<button class="btn btn-quiet">[[Duplicate]]</button></form></div></div>
<p class="explain">{{DESCRIPTION}} <span class="nowrap">{{VERSION}}</span> <a class="flow-jump" href="#flow">[[See the way through the questions]]</a></p>
<p class="notice">[[This is how an agent reads it, with an invented person. Nothing is saved here.]]</p>
{{#SOME_ADVICE}}<div class="notice notice-warn"><ul class="plain-list">{{#ADVICE_LINE}}<li>{{LINE}}</li>{{/ADVICE_LINE}}</ul></div>{{/SOME_ADVICE}}
<div class="editor"><div>
<section class="card"><h2>[[Script]]</h2><div class="script script-text">{{SCRIPT:pre_escape}}</div></section>
{{#QUESTION}}<section class="card" id="question-{{NUMBER}}"><h2>[[Question]] {{NUMBER}}</h2>
<p class="small soft">{{KIND}}{{#CORRECTS}} · {{FIELD}}{{/CORRECTS}}{{#REQUIRED}} · [[required]]{{/REQUIRED}}</p><p class="script script-text">{{TEXT:pre_escape}}</p>
<ul class="answers">{{#CHOICE}}<li>{{ANSWER}}{{#THEN}} <span class="then">→ <span class="visually-hidden">[[then:]] </span>{{WHERE}}</span>{{/THEN}}</li>{{/CHOICE}}</ul>
{{#GOES_ON}}<p class="small soft">→ {{WHERE}}</p>{{/GOES_ON}}</section>
{{/QUESTION}}
<div class="actions"><a class="btn btn-primary" href="{{BACK}}">[[Back]]</a></div>
</div>
<aside class="card flow" id="flow" aria-labelledby="flow-title"><h2 id="flow-title">[[The way through the questions]]</h2>
{{>FLOW}}</aside>
</div>
