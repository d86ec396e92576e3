{{%AUTOESCAPE context="HTML"}}
<div class="welcome"><p class="eyebrow">{{ORGANISATION}} – [[practice]]</p>
<h1>{{OPERATION}}</h1></div>
<section class="card" aria-labelledby="what">
<h2 id="what">[[Practise before you call]]</h2>
<ul class="plain">
<li>[[The same screens, the same words to say, the same questions as in the real calls.]]</li>
<li>[[The people are invented: nobody is called, nothing counts.]]</li>
<li>[[Stop whenever you like. Everything is forgotten after a day at most.]]</li>
</ul>
</section>
<form class="card" method="post" action="/practice/{{WORD}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="key" value="{{KEY}}">
{{#BY_NAME}}<div class="field"><label for="name">[[Your name]]</label>
<input class="form-control" id="name" name="name" value="{{NAME}}" maxlength="80" autocomplete="name" required aria-describedby="name-hint name-wrong"{{#NAME_WRONG}} aria-invalid="true"{{/NAME_WRONG}}>
<p class="hint" id="name-hint">[[For the words to say. It is forgotten with the rest.]]</p>
{{#NAME_WRONG}}<p class="wrong" id="name-wrong">{{WRONG}}</p>{{/NAME_WRONG}}</div>{{/BY_NAME}}
<button class="btn btn-primary btn-big btn-wide">[[Start practising]]</button>
</form>
