{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/webhooks">[[Webhooks]]</a></p>
<h1>[[Add a webhook]]</h1>
{{#NOTHING}}<p class="notice">[[You own no operation that is finished and not archived. A webhook is set up by an operation’s owner, or by an administrator.]]</p>{{/NOTHING}}
{{#MAY}}<form class="card" method="post" action="/webhooks/new" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="token_key" value="{{KEY}}">
<div class="field"><label for="url">[[Address of the other system]]</label>
<input class="form-control" id="url" name="url" type="url" maxlength="500" spellcheck="false" required value="{{URL}}" placeholder="https://" aria-describedby="url-hint{{#URL_WRONG}} url-wrong{{/URL_WRONG}}"{{#URL_WRONG}} aria-invalid="true"{{/URL_WRONG}}>
<p class="hint" id="url-hint">[[It begins with https:// and is on the public network. Redirects are not followed.]]</p>
{{#URL_WRONG}}<p class="wrong" id="url-wrong">{{WRONG}}</p>{{/URL_WRONG}}</div>
<div class="field"><label for="operation">[[Calls of]]</label>
<select class="form-select" id="operation" name="operation"{{#OPERATION_WRONG}} aria-invalid="true" aria-describedby="operation-wrong"{{/OPERATION_WRONG}}>{{#ALL}}<option value="">[[All operations, those to come too]]</option>{{/ALL}}{{#OPERATION}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/OPERATION}}</select>
{{#OPERATION_WRONG}}<p class="wrong" id="operation-wrong">{{WRONG}}</p>{{/OPERATION_WRONG}}</div>
<fieldset class="field"><legend>[[Answers]]</legend><div><label class="tick"><input class="form-check-input" type="checkbox" name="answers" value="1"{{#TICKED}} checked{{/TICKED}}><span>[[Send the choices of the answers too]]</span></label></div>
<p class="hint">[[What people think is sensitive: tick it only when the other system needs it. Words that were typed are never sent.]]</p></fieldset>
<p class="soft small">[[A message holds ids (call, operation, entry, person, agent), the status and the times: enough to know that something happened. It never holds a name, a phone number or a note; a system that needs them asks with a token, and each look at a record is noted.]]</p>
<div class="actions"><a class="btn btn-quiet" href="/webhooks">[[Cancel]]</a><button class="btn btn-primary">[[Add it]]</button></div>
</form>{{/MAY}}
