{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/users">[[Users]]</a></p>
<h1>[[Your organisation]]</h1>
<form class="card" method="post" action="/organisation" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field"><label for="organisation">[[Name of your organisation]]</label>
<input class="form-control" id="organisation" name="organisation" value="{{NAME}}" maxlength="120" autocomplete="organization" required aria-describedby="organisation-hint organisation-wrong"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
<p class="hint" id="organisation-hint">[[Volunteers see it on the page where they join, and scripts say it to the people who are called.]]</p>
{{#NAME_WRONG}}<p class="wrong" id="organisation-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>
<div class="field"><label for="zone">[[Time zone]]</label>
<select class="form-select" id="zone" name="zone" aria-describedby="zone-hint zone-wrong"{{#ZONE_WRONG}} aria-invalid="true"{{/ZONE_WRONG}}>{{#GROUP}}<optgroup label="{{AREA}}">{{#ZONE}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{CITY}}</option>{{/ZONE}}</optgroup>{{/GROUP}}</select>
<p class="hint" id="zone-hint">[[In the zone that is in use now it is]] {{NOW}}.</p>
{{#ZONE_WRONG}}<p class="wrong" id="zone-wrong">{{WRONG}}</p>{{/ZONE_WRONG}}</div>
<h2>[[What another zone changes]]</h2>
<ul class="plain">
<li>[[At once: the days and times of the log, of exports, of filters and of exclusion rules.]]</li>
<li>[[From now on: the zone that a new operation begins with.]]</li>
<li>[[Unchanged: the hours of operations that exist. Each keeps the zone it was made in, so nobody is called earlier or later than yesterday.]]</li>
</ul>
{{#OPERATIONS}}<p>[[Operations that are not over keep their zone:]]</p>
<dl class="facts">{{#KEPT}}<div><dt>{{CITY}}</dt><dd>{{COUNT}}</dd></div>{{/KEPT}}</dl>{{/OPERATIONS}}
{{#NO_OPERATION}}<p class="soft">[[No operation is running, so nothing else depends on it.]]</p>{{/NO_OPERATION}}
<div class="actions"><a class="btn btn-quiet" href="/users">[[Cancel]]</a><button class="btn btn-primary">[[Save]]</button></div>
</form>
