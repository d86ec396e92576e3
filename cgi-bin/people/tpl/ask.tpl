{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{BACK}}">[[Back]]</a></p>
<h1>[[Call]] {{WHO}}?</h1>
<section class="card">
<p class="who-number">{{NUMBER}}{{#EXTENSION}} [[ext.]] {{TEXT}}{{/EXTENSION}}</p>
{{#FORBIDDEN}}<p class="notice notice-warn">[[This person or this number must not be called.]]</p><p><a class="btn btn-quiet" href="{{BACK}}">[[Back]]</a></p>{{/FORBIDDEN}}
{{#ASK}}<p>[[You call with your own phone, outside any operation. The call goes into this person's history.]]</p>
<form method="post" action="/people/{{ID}}/call">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="call" value="{{CALL_ID}}">
<div class="actions"><a class="btn btn-quiet" href="{{BACK}}">[[Cancel]]</a>
<button class="btn btn-quiet" name="choice" value="always">[[Don't ask again]]</button><button class="btn btn-primary" name="choice" value="once">[[This time only]]</button></div>
</form>{{/ASK}}
</section>
