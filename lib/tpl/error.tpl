{{%AUTOESCAPE context="HTML"}}
<div class="empty">
<h1>{{HEADING}}</h1>
<p>{{MESSAGE}}</p>
{{#SIGN_IN}}<p><a class="btn btn-primary" href="/sign-in">[[Sign in]]</a></p>
{{/SIGN_IN}}{{#BACK}}<p><a class="btn btn-primary" href="{{HREF}}">[[Go back]]</a></p>
{{/BACK}}<p class="small soft">[[Number of this request, for whoever helps you:]] <code>{{REQUEST}}</code></p>
</div>
