{{%AUTOESCAPE context="HTML"}}
{{>BAR}}
{{>UNDO}}
<div id="agent" data-saved="{{SAVED}}">
<p class="notice notice-warn" id="unsent" role="status" hidden>[[No connection. Your answer is kept on this device and will be sent by itself.]]</p>
{{#NOTICE}}<p class="notice {{TONE}}" role="status">{{TEXT}}</p>{{/NOTICE}}
<section class="card pause-card" aria-labelledby="waiting">
<h1 id="waiting" tabindex="-1">[[The software is calling for you]]</h1>
<p>[[As soon as somebody answers you hear them, and their name and what to say come up here. Say who you are at once.]]</p>
<form method="post" action="/agent/{{OPERATION_ID}}/line/end"><input type="hidden" name="csrf" value="{{CSRF}}">
{{>LINE}}
</form>
</section>
</div>
