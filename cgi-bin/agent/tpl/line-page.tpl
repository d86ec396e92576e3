{{%AUTOESCAPE context="HTML"}}
<h1 class="visually-hidden">[[My line]]</h1>
<form method="post" action="/agent/{{OPERATION_ID}}/line/end"><input type="hidden" name="csrf" value="{{CSRF}}">
{{>LINE}}
</form>
<p><a href="/agent/{{OPERATION_ID}}">[[Back to the call]]</a></p>
