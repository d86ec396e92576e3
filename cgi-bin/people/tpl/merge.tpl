{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/people/{{ID}}">{{WHO}}</a></p>
<h1>[[Merge with another record]]</h1>
{{#CHOOSE}}<p class="explain">[[When somebody stands in your lists twice, make one record of the two. Choose the other record; before anything happens you see both side by side.]]</p>
<section class="card" aria-labelledby="offers"><h2 id="offers">[[They may be the same person]]</h2>
{{#OFFER}}<div class="number-form"><p><a class="people-name" href="/people/{{OTHER}}">{{NAME}}</a> <span class="soft">{{CITY}}{{#NUMBERED}} · [[file number]] {{TEXT}}{{/NUMBERED}}</span>{{#WHY}} <span class="tag">{{TEXT}}</span>{{/WHY}}</p>
<div class="number-do"><a class="btn btn-quiet btn-small" href="/people/{{ID}}/merge?with={{OTHER}}">[[Compare]]<span class="visually-hidden">: {{NAME}}</span></a></div></div>
{{/OFFER}}{{#NO_OFFER}}<p class="soft">[[Nobody else has this name, one of these numbers or this file number.]]</p>{{/NO_OFFER}}
</section>
<section class="card" aria-labelledby="search"><h2 id="search">[[Search for the other record]]</h2>
<form method="get" action="/people/{{ID}}/merge" role="search"><div class="field"><label for="q">[[Name or phone number]]</label><input class="form-control" type="search" id="q" name="q" value="{{SEARCH}}" maxlength="100"></div>
<div class="actions"><button class="btn btn-quiet">[[Search]]</button></div></form>
{{#FOUND}}<div class="number-form"><p><a class="people-name" href="/people/{{OTHER}}">{{NAME}}</a> <span class="soft">{{CITY}}</span></p>
<div class="number-do"><a class="btn btn-quiet btn-small" href="/people/{{ID}}/merge?with={{OTHER}}">[[Compare]]<span class="visually-hidden">: {{NAME}}</span></a></div></div>
{{/FOUND}}{{#NOT_FOUND}}<p class="soft">[[Nobody matches]]</p>{{/NOT_FOUND}}{{#MORE_FOUND}}<p class="soft">[[There are more; write more of the name.]]</p>{{/MORE_FOUND}}
</section>{{/CHOOSE}}
{{#PAIR}}<p class="explain">[[Choose what is right where the two records differ. Everything else comes together: numbers, tags, notes, calls, answers and marks.]]</p>
<p><strong>{{WHO}}</strong> <span class="soft">([[kept]])</span> · <a href="/people/{{OTHER}}">{{OTHER_WHO}}</a> <span class="soft">([[goes]])</span></p>
<form class="card" method="post" action="/people/{{ID}}/merge" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="with" value="{{OTHER}}"><input type="hidden" name="seen" value="{{SEEN}}"><input type="hidden" name="seen_other" value="{{SEEN_OTHER}}">
<table class="table table-cards merge-table">
<thead><tr><td></td><th scope="col"><strong class="merge-who">{{WHO}}</strong><span class="soft merge-when">[[kept]] · [[last changed]] {{CHANGED}}</span></th><th scope="col"><a class="merge-who" href="/people/{{OTHER}}">{{OTHER_WHO}}</a><span class="soft merge-when">[[goes]] · [[last changed]] {{OTHER_CHANGED}}</span></th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row" id="row-{{CODE}}">{{LABEL}}</th>
<td data-label="[[This record]]">{{#DIFFERS}}<label class="tick"><input class="form-check-input" type="radio" name="pick.{{CODE}}" value="mine"{{#MINE_CHOSEN}} checked{{/MINE_CHOSEN}} aria-describedby="row-{{CODE}}"><span class="notes-text">{{MINE:pre_escape}}</span></label>{{/DIFFERS}}{{#ALIKE}}<span class="notes-text">{{MINE:pre_escape}}</span>{{/ALIKE}}</td>
<td data-label="[[The other record]]">{{#DIFFERS}}<label class="tick"><input class="form-check-input" type="radio" name="pick.{{CODE}}" value="theirs"{{#THEIRS_CHOSEN}} checked{{/THEIRS_CHOSEN}} aria-describedby="row-{{CODE}}"><span class="notes-text">{{THEIRS:pre_escape}}</span></label>{{/DIFFERS}}{{#ALIKE}}<span class="notes-text">{{THEIRS:pre_escape}}</span>{{/ALIKE}}</td></tr>
{{/ROW}}</tbody></table>
<h2 class="gap-top">[[What comes together]]</h2>
<dl class="facts">{{#BOTH}}<div><dt>{{LABEL}}</dt><dd class="notes-text">{{TEXT:pre_escape}}</dd></div>{{/BOTH}}</dl>
{{#FORBIDDEN}}<p class="notice notice-warn">[[One of the two must not be called: the record that is kept must not be either.]]</p>{{/FORBIDDEN}}
{{#LISTS}}<h3>[[Call lists with both on them]]</h3><ul>{{#LIST}}<li>{{NAME}} – {{TEXT}}</li>{{/LIST}}</ul><p class="hint">[[On each list the one that is further on stays. The other one leaves the list; its calls still count.]]</p>{{/LISTS}}
<p><strong>[[This cannot be undone.]]</strong> [[The address of the other record will lead here.]]</p>
<label class="tick"><input class="form-check-input" type="checkbox" name="sure" value="1"{{#UNSURE}} aria-invalid="true" aria-describedby="sure-wrong"{{/UNSURE}}><span>[[Yes, this is one and the same person]]</span></label>
{{#UNSURE}}<p class="wrong" id="sure-wrong">{{SENTENCE}}</p>{{/UNSURE}}
<div class="actions"><a class="btn btn-quiet" href="/people/{{ID}}/merge">[[Choose another record]]</a><a class="btn btn-quiet" href="/people/{{OTHER}}/merge?with={{ID}}">[[Keep the other one instead]]</a><button class="btn btn-primary">[[Merge the two records]]</button></div>
</form>{{/PAIR}}
