{{%AUTOESCAPE context="HTML"}}
<ul class="people">
{{#SESSION}}<li>
<div class="people-who"><strong>{{ADDRESS}}</strong>
{{#BY_LINK}}<span class="tag">[[by a link]]</span>{{/BY_LINK}}
<span class="small soft">[[since]] {{SINCE}}</span></div>
{{#THIS}}<span class="tag tag-good">[[this one]]</span>{{/THIS}}
{{#OTHER}}<form class="inline-form" method="post" action="{{ACTION}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="do" value="end"><input type="hidden" name="session" value="{{HASH}}">
<button class="btn btn-danger-quiet btn-small">[[End]]<span class="visually-hidden"> [[the session that began]] {{SINCE}}</span></button>
</form>{{/OTHER}}
</li>{{/SESSION}}
</ul>
{{#NOWHERE}}<p class="soft">[[Nowhere at the moment.]]</p>{{/NOWHERE}}
