{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}/results{{BACK}}">[[Results per question]]</a></p>
<h1>{{TEXT}}</h1>
<p class="explain">[[These are personal data: they are shown to owners only.]]</p>
{{#NONE}}<p class="notice">[[No answer in words among these calls.]]</p>{{/NONE}}
{{#ANSWER}}<section class="card word"><p class="said" dir="auto">{{SAID:pre_escape}}</p><p class="small soft">{{LINE}}</p></section>
{{/ANSWER}}
{{#OLDER}}<p><a class="btn btn-quiet" href="/operations/{{ID}}/results{{QUERY}}">[[Older answers]]</a></p>{{/OLDER}}
