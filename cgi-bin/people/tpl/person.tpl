{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{PATH}}">{{#OF_CONTACTS}}[[Contacts]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[Electors]]{{/OF_ELECTORS}}</a></p>
<div class="page-head"><h1>{{WHO}}</h1>
<div>{{#TAGGED}}<span class="tag">{{TEXT}}</span> {{/TAGGED}}{{#FORBIDDEN}}<span class="tag tag-danger">[[do not call]]</span> {{/FORBIDDEN}}{{#DECEASED}}<span class="tag tag-warn">[[deceased]]</span>{{/DECEASED}}</div></div>
<div class="record">
<div>
<section class="card" aria-labelledby="phones"><h2 id="phones">[[Phones]]</h2>
{{#PHONE}}<p class="phone-line"><a href="tel:{{E164}}">{{NUMBER}}</a>{{#EXTENSION}}<span>[[ext.]] {{TEXT}}</span>{{/EXTENSION}}<span class="soft">{{KIND}}</span>{{#WRONG_NUMBER}}<span class="tag tag-warn">[[wrong number]]</span>{{/WRONG_NUMBER}}{{#SUPPRESSED}}<span class="tag tag-danger">[[do not call]]</span>{{/SUPPRESSED}}</p>
{{/PHONE}}{{#NO_PHONE}}<p class="soft">[[No number is known.]]</p>{{/NO_PHONE}}
</section>
<section class="card" aria-labelledby="home"><h2 id="home">[[Address and household]]</h2>
{{#ADDRESS}}<p>{{STREET}}{{#APARTMENT}}, [[apt.]] {{TEXT}}{{/APARTMENT}}<br>{{CITY}}</p>{{/ADDRESS}}
{{#NO_ADDRESS}}<p class="soft">[[No address is known.]]</p>{{/NO_ADDRESS}}
<h3>[[At the same address]]</h3>
<ul class="plain">{{#MATE}}<li><a class="people-name" href="/people/{{ID}}">{{NAME}}</a></li>{{/MATE}}{{#ALONE}}<li class="soft">[[Nobody else in the list.]]</li>{{/ALONE}}</ul>
</section>
</div>
<div>
<section class="card" aria-labelledby="known"><h2 id="known">[[What is known]]</h2>
<dl class="facts">{{#FACT}}<div><dt>{{NAME}}</dt><dd>{{VALUE}}</dd></div>{{/FACT}}</dl>
{{#NOTES}}<h3>[[Notes]]</h3><p class="notes-text">{{TEXT}}</p>{{/NOTES}}
</section>
</div>
</div>
<section class="card" aria-labelledby="calls"><h2 id="calls">[[Calls]]</h2>
{{#NO_CALLS}}<p class="soft">[[Nobody has called this person yet.]]</p>{{/NO_CALLS}}
{{#CALLS}}<table class="table table-cards">
<thead><tr><th scope="col">[[When]]</th><th scope="col">[[Status]]</th><th scope="col">[[Agent]]</th><th scope="col">[[Operation]]</th><th scope="col">[[Note]]</th></tr></thead>
<tbody>{{#CALL}}<tr><th scope="row" class="nowrap">{{WHEN}}</th><td data-label="[[Status]]">{{STATUS}}</td><td data-label="[[Agent]]">{{AGENT}}</td><td data-label="[[Operation]]">{{OPERATION}}</td><td data-label="[[Note]]" class="notes-text">{{NOTE}}</td></tr>{{/CALL}}</tbody></table>{{/CALLS}}
</section>
