{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/operations/{{ID}}">{{OPERATION}}</a></p>
<h1>[[Send a person back to the list]]</h1>
{{#OVER}}<div class="card"><p>[[This turn is over: the call was saved, skipped, or its time ran out.]]</p>
<p><a class="btn btn-primary" href="/operations/{{ID}}">[[Back to the operation]]</a></p></div>{{/OVER}}
{{#TURN}}<div class="card"><p><strong>{{SENTENCE}}</strong></p>
{{#ON_CALL}}<p>[[A call to this person is under way: nobody is taken out of a call. Wait until it has ended.]]</p>
<p><a class="btn btn-primary" href="/operations/{{ID}}">[[Back to the operation]]</a></p>{{/ON_CALL}}
{{#OWN_PHONE}}<p>[[Calls are made from the callers’ own phones: whether they are talking, only they know. Ask first, if you can.]]</p>{{/OWN_PHONE}}
{{#SOFTWARE}}<p>[[No call to this person is under way.]]</p>{{/SOFTWARE}}
{{#FORM}}<p>[[The person goes back to the list, and another caller may have them next. If this caller saves the call after all, it counts, and nothing that was typed is lost.]]</p>
<form method="post" action="/operations/{{ID}}/back"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="user" value="{{USER}}"><input type="hidden" name="entry" value="{{ENTRY}}"><input type="hidden" name="claimed" value="{{CLAIMED}}">
<div class="actions"><a class="btn btn-quiet" href="/operations/{{ID}}">[[Leave it]]</a><button class="btn btn-primary">[[Send back to the list]]</button></div></form>{{/FORM}}</div>{{/TURN}}
