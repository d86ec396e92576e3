{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{BACK}}">[[Back]]</a></p>
<div class="page-head"><h1>{{NAME}}</h1><div class="page-actions"><a class="btn btn-quiet" href="{{EDIT}}">[[Edit]]</a></div></div>
<p class="explain">{{DESCRIPTION}}</p>
<p class="notice">[[This is how an agent reads it, with an invented person. Nothing is saved here.]]</p>
<section class="card"><h2>[[Script]]</h2><div class="script script-text">{{SCRIPT:pre_escape}}</div></section>
{{#QUESTION}}<section class="card"><h2>[[Question]] {{NUMBER}}</h2><p class="script">{{TEXT}}</p>
<ul class="answers">{{#CHOICE}}<li>{{ANSWER}}</li>{{/CHOICE}}</ul></section>
{{/QUESTION}}
<div class="actions"><a class="btn btn-primary" href="{{BACK}}">[[Back]]</a></div>
