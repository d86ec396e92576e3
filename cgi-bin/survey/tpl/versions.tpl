{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{BACK}}">[[Back]]</a></p>
<div class="page-head"><h1>{{NAME}} – [[versions]]</h1><div class="page-actions"><a class="btn btn-quiet" href="{{EDIT}}">[[Edit]]</a></div></div>
<p class="explain">[[What agents have read to people never changes: each edit is a version of its own. Answers to the same question stay comparable from one version to the next.]]</p>
{{#VERSION}}<section class="card" id="version-{{NUMBER}}"><div class="page-head"><h2>[[Version]] {{NUMBER}}{{#NEWEST}} <span class="tag tag-good">[[the newest]]</span>{{/NEWEST}}</h2><a class="btn btn-quiet btn-small" href="/surveys/{{SURVEY_ID}}/preview?version={{ID}}" aria-label="[[Preview]] – [[Version]] {{NUMBER}}">[[Preview]]</a></div>
<p class="small soft">{{WHEN}} · {{ANSWERS}}</p>
{{#FIRST}}<p>[[The first version.]]</p>{{/FIRST}}
<ul class="changes">{{#CHANGE}}<li>{{LINE}}</li>{{/CHANGE}}</ul>
{{#USED}}<p>[[Used by:]] {{#OPERATION}}<a class="tag" href="/operations/{{OPERATION_ID}}">{{OPERATION_NAME}}</a> {{/OPERATION}}</p>{{/USED}}{{#UNUSED}}<p class="small soft">[[No operation uses it now.]]</p>{{/UNUSED}}
</section>
{{/VERSION}}
