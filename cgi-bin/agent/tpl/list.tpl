{{%AUTOESCAPE context="HTML"}}
<div class="page-head"><h1>[[Make calls]]</h1></div>
{{#OPERATION}}
<section class="card my-operation" aria-label="{{NAME}}">
<div class="my-operation-what"><h2>{{NAME}}</h2>
<p><span class="state state-{{STATE_CODE}}">{{STATE}}</span> <span class="soft">{{ABOUT}}</span></p></div>
{{#CALLABLE}}<a class="btn btn-primary btn-big" href="/agent/{{ID}}">{{BUTTON}}</a>{{/CALLABLE}}
{{#NOT_CALLABLE}}<a class="btn btn-quiet" href="/agent/{{ID}}">[[Open]]</a>{{/NOT_CALLABLE}}
</section>
{{/OPERATION}}
{{#EMPTY}}<div class="empty"><h2>[[No operation yet]]</h2>
<p>[[Ask whoever organises the calls for the link or the QR code of an operation. Once you have opened it, the operation appears here.]]</p></div>{{/EMPTY}}
