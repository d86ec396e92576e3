{{%AUTOESCAPE context="HTML"}}
<div class="page-head"><h1>{{#OF_CONTACTS}}[[Contacts]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[Electors]]{{/OF_ELECTORS}}</h1>
<div class="page-actions"><a class="btn btn-quiet" href="/imports">[[Import people]]</a></div></div>
{{#LOAD_INTO}}<section class="card card-tint" aria-labelledby="load">
<h2 id="load">[[Call list:]] {{NAME}}</h2>
{{#SOMEBODY}}<p>[[Filter below until you see the people to call, then load them. You may load several lists: nobody comes twice.]]</p>{{/SOMEBODY}}
{{#NOBODY}}<p>[[Nobody matches, so there is nobody to load. Change the filter below.]]</p>{{/NOBODY}}
<form method="post" action="/people/load">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="operation" value="{{OPERATION}}"><input type="hidden" name="kind" value="{{KIND}}">
<input type="hidden" name="q" value="{{SEARCH}}"><input type="hidden" name="city" value="{{CITY}}"><input type="hidden" name="tag" value="{{TAG}}"><input type="hidden" name="section" value="{{SECTION}}">
{{#FRENCH}}<input type="hidden" name="language" value="fr">{{/FRENCH}}{{#ENGLISH}}<input type="hidden" name="language" value="en">{{/ENGLISH}}{{#PHONE}}<input type="hidden" name="phone" value="1">{{/PHONE}}{{#NOT_VOTED}}<input type="hidden" name="not_voted" value="1">{{/NOT_VOTED}}
{{#SOMEBODY}}<button class="btn btn-primary">[[Load into the operation:]] {{FOUND}}</button>{{/SOMEBODY}}
</form>
</section>{{/LOAD_INTO}}
<form class="card people-filters" method="get" action="{{PATH}}" role="search">
{{#KEEP}}<input type="hidden" name="operation" value="{{OPERATION}}">{{/KEEP}}
<div class="field people-search"><label for="q">[[Search in the list]]</label><input class="form-control" type="search" id="q" name="q" value="{{SEARCH}}" maxlength="100" aria-describedby="q-hint">
<p class="hint" id="q-hint">[[First or last name, or a phone number written in any way; accents do not matter.]]</p></div>
<div class="field"><label for="city">[[City]]</label><input class="form-control" id="city" name="city" value="{{CITY}}" maxlength="80"></div>
{{#OF_CONTACTS}}<div class="field"><label for="tag">[[Tag]]</label><input class="form-control" id="tag" name="tag" value="{{TAG}}" maxlength="80"></div>{{/OF_CONTACTS}}
{{#OF_ELECTORS}}<div class="field"><label for="section">[[Polling subdivision]]</label><input class="form-control" id="section" name="section" value="{{SECTION}}" maxlength="20"></div>{{/OF_ELECTORS}}
<div class="field"><label for="language">[[Language]]</label><select class="form-select" id="language" name="language"><option value="">[[Any]]</option><option value="fr"{{#FRENCH}} selected{{/FRENCH}} lang="fr">Français</option><option value="en"{{#ENGLISH}} selected{{/ENGLISH}} lang="en">English</option></select></div>
<div class="people-ticks">
<label class="tick"><input class="form-check-input" type="checkbox" name="phone" value="1"{{#PHONE}} checked{{/PHONE}}><span>[[With a phone number]]</span></label>
{{#OF_ELECTORS}}<label class="tick"><input class="form-check-input" type="checkbox" name="not_voted" value="1"{{#NOT_VOTED}} checked{{/NOT_VOTED}}><span>[[Has not voted yet]]</span></label>{{/OF_ELECTORS}}
{{#CLEAR}}<a href="{{ALL}}">[[Show everybody]]</a>{{/CLEAR}}
<button class="btn btn-quiet">[[Search]]</button>
</div>
</form>
<p class="soft" role="status">{{COUNT}}</p>
{{#EMPTY}}<div class="empty"><h2>[[Nobody here yet]]</h2><p>[[Bring in your member file or a list of electors: it takes two minutes, and you see every column before anything is stored.]]</p><p><a class="btn btn-primary" href="/imports">[[Import people]]</a></p></div>{{/EMPTY}}
{{#NONE_FOUND}}<div class="empty"><h2>[[Nobody matches]]</h2><p>[[Try fewer letters, another spelling, or take a filter away.]]</p></div>{{/NONE_FOUND}}
{{#TABLE}}<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[Name]]</th><th scope="col">[[Phone]]</th><th scope="col">[[City]]</th>{{#FOR_CONTACTS}}<th scope="col">[[Tags]]</th>{{/FOR_CONTACTS}}{{#FOR_ELECTORS}}<th scope="col">[[Section and number]]</th><th scope="col">[[Vote]]</th>{{/FOR_ELECTORS}}</tr></thead>
<tbody>
{{#PERSON}}<tr><th scope="row"><a class="people-name" href="/people/{{ID}}"><strong>{{LAST}}</strong>&nbsp;{{FIRST}}</a>{{#FORBIDDEN}} <span class="tag tag-danger">[[do not call]]</span>{{/FORBIDDEN}}</th>
<td data-label="[[Phone]]" class="nowrap">{{#CALL}}<a href="tel:{{E164}}">{{NUMBER}}</a>{{/CALL}}{{#NO_PHONE}}<span class="soft">[[no number]]</span>{{/NO_PHONE}}</td>
<td data-label="[[City]]">{{CITY}}</td>
{{#CONTACT}}<td data-label="[[Tags]]">{{#TAGGED}}<span class="tag">{{TEXT}}</span> {{/TAGGED}}</td>{{/CONTACT}}
{{#ELECTOR}}<td data-label="[[Section and number]]">{{SUBDIVISION}} – {{ELECTOR_NUMBER}}</td><td data-label="[[Vote]]">{{#VOTED}}<span class="tag tag-good">[[has voted]]</span>{{/VOTED}}</td>{{/ELECTOR}}</tr>
{{/PERSON}}
</tbody></table></div>{{/TABLE}}
<nav class="pager" aria-label="[[Pages]]">{{#START}}<a class="btn btn-quiet" href="{{HREF}}">[[Back to the start]]</a>{{/START}}{{#NEXT}}<a class="btn btn-quiet" href="{{HREF}}" rel="next">[[Next people]]</a>{{/NEXT}}</nav>
