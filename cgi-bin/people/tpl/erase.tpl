{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/people/{{ID}}">{{WHO}}</a></p>
<h1>[[Erase]] {{WHO}}?</h1>
<section class="card">
<p>[[Name, address, numbers, e-mail, notes, tags and answers in words are erased, here and in every operation. This cannot be undone.]]</p>
<ul><li>[[Calls that were made still count in the totals, without a person.]]</li>
<li>[[If this person must not be called, the numbers stay on the do-not-call list.]]</li>
<li>[[A file imported again may bring the person back.]]</li></ul>
<form method="post" action="/people/{{ID}}/erase" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<label class="tick"><input class="form-check-input" type="checkbox" name="sure" value="1"{{#UNSURE}} aria-invalid="true" aria-describedby="sure-wrong"{{/UNSURE}}><span>[[Yes, erase everything known about this person]]</span></label>
{{#UNSURE}}<p class="wrong" id="sure-wrong">{{SENTENCE}}</p>{{/UNSURE}}
<div class="actions"><a class="btn btn-quiet" href="/people/{{ID}}">[[Cancel]]</a><button class="btn btn-danger">[[Erase]]</button></div>
</form>
</section>
