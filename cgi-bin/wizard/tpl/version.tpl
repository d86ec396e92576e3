{{%AUTOESCAPE context="HTML"}}
{{>STEPS}}
<p class="explain">[[The version decides what agents see while they call. It cannot change once the first call is saved.]]</p>
<form method="post" action="/wizard/{{ID}}/version">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="revision" value="{{REVISION}}">
{{#LOCKED}}<p class="notice" id="locked">[[Calls have been saved: the version stays as it is, so that the answers keep their meaning. Make a new operation to try the other one.]]</p><input type="hidden" name="version" value="{{KEPT}}">{{/LOCKED}}
<fieldset class="field"{{#LOCKED}} disabled aria-describedby="locked"{{/LOCKED}}><legend class="visually-hidden">[[Version]]</legend>
<div class="choices choices-2">
<label class="choice"><input type="radio" name="version" value="original" required aria-describedby="version-wrong"{{#ORIGINAL}} checked{{/ORIGINAL}}>
<span class="choice-face"><strong>[[Original version]]</strong><span class="choice-about">[[The script and the person’s information stand side by side in one window: simple, and quick to learn for volunteers.]]</span></span></label>
<label class="choice"><input type="radio" name="version" value="specialized" required aria-describedby="version-wrong"{{#SPECIALIZED}} checked{{/SPECIALIZED}}>
<span class="choice-face"><strong>[[Specialized version]]</strong><span class="choice-about">[[A questionnaire is asked one question at a time, and each answer decides which question comes next, as at the door.]]</span></span></label>
</div>
<div id="version-wrong">{{#VERSION_WRONG}}<p class="wrong">{{WRONG}}</p>{{/VERSION_WRONG}}</div>
</fieldset>
<div class="actions"><a class="btn btn-quiet" href="/operations">[[Back]]</a><button class="btn btn-primary" name="go" value="next">[[Go next]]</button></div>
</form>
{{#DRAFT}}
<details class="gap-top discard"><summary>[[Discard this draft]]</summary>
<form method="post" action="/wizard/{{ID}}/discard"><input type="hidden" name="csrf" value="{{CSRF}}">
<p class="small soft">[[Everything entered in this draft goes away. The people themselves stay where they are.]]</p>
<button class="btn btn-danger-quiet">[[Discard for good]]</button></form></details>
{{/DRAFT}}
