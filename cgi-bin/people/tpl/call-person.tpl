{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/people/list/{{ID}}">[[Call list:]] {{OPERATION}}</a></p>
<div class="page-head"><h1>{{NAME}}</h1><div class="page-actions"><a class="btn btn-quiet" href="/people/{{PERSON}}">[[Open the record]]</a></div></div>
<div class="with-side"><div>
<section class="card" aria-labelledby="now"><h2 id="now">[[On this list]]</h2>
<dl class="facts"><div><dt>[[State]]</dt><dd>{{STATE}}{{#DUE}} – {{WHEN}}{{/DUE}}</dd></div>{{#REASON}}<div><dt>[[Why]]</dt><dd>{{STATUS}}</dd></div>{{/REASON}}<div><dt>[[Number to call]]</dt><dd class="nowrap">{{PHONE}}</dd></div></dl></section>
<section class="card" aria-labelledby="calls"><h2 id="calls">[[Calls of this operation]]</h2>
{{#NO_CALLS}}<p class="soft">[[Nobody has called this person yet.]]</p>{{/NO_CALLS}}
<ul class="people">{{#EVENT}}<li><div class="people-who"><strong>{{STATUS}}</strong>{{#CORRECTS}} <span class="tag tag-warn">[[corrects attempt]] {{NUMBER}}</span>{{/CORRECTS}}<span class="small soft">{{NUMBER}} · {{WHEN}} · {{WHO}}</span><span class="notes-text">{{NOTE:pre_escape}}</span></div></li>{{/EVENT}}</ul></section>
</div><aside>
{{#CORRECT}}<form class="card" method="post" action="/people/list/{{ID}}/person"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="entry" value="{{ENTRY}}"><input type="hidden" name="attempt" value="{{ATTEMPT}}"><input type="hidden" name="act" value="correct">
<h2>[[Was the status wrong?]]</h2><p class="soft">[[Saved as:]] {{WAS}}. [[The call stays in the history, with its notes and answers; a correction is added.]]</p>
<div class="field"><label for="right">[[What it should have been]]</label><select class="form-select" id="right" name="right" required><option value="">[[Choose…]]</option><option value="corrected">[[As if this call had not been saved]]</option>{{#RIGHT}}<option value="{{CODE}}">{{STATUS}}</option>{{/RIGHT}}</select></div>
<div class="field"><label for="reason">[[Note]]</label><input class="form-control" id="reason" name="reason" maxlength="200"></div>
<div class="actions"><button class="btn btn-quiet">[[Correct the status]]</button></div></form>{{/CORRECT}}
{{#REOPEN}}<form class="card" method="post" action="/people/list/{{ID}}/person"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="entry" value="{{ENTRY}}"><input type="hidden" name="act" value="reopen">
<h2>[[Put back on the list]]</h2><p class="soft">[[They become what their calls say: never called, waiting, or done.]]</p>
<div class="actions"><button class="btn btn-primary">[[Put back]]</button></div></form>{{/REOPEN}}
{{#REMOVE}}<form class="card" method="post" action="/people/list/{{ID}}/person"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="entry" value="{{ENTRY}}"><input type="hidden" name="act" value="remove">
<h2>[[Take off this list]]</h2><p class="soft">[[Nobody calls them in this operation any more; you can put them back.]]</p>
<div class="actions"><button class="btn btn-danger-quiet">[[Take off]]</button></div></form>{{/REMOVE}}
</aside></div>
