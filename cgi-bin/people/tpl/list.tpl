{{%AUTOESCAPE context="HTML"}}
<div class="page-head"><h1>{{#OF_CONTACTS}}[[Contacts]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[Electors]]{{/OF_ELECTORS}}</h1>
<div class="page-actions">{{#OF_ELECTORS}}<a class="btn btn-quiet" href="/people/voted">[[Who has voted]]</a>{{/OF_ELECTORS}}<a class="btn btn-quiet" href="/people/do-not-call">[[Do not call]]</a><a class="btn btn-quiet" href="/imports">[[Import people]]</a></div></div>
{{#KEPT_FILTERS}}<details class="card people-kept"><summary>[[Saved filters]]</summary><ul class="people-kept-list">
{{#KEPT}}<li><a href="{{HREF}}"{{#SHOWN_NOW}} aria-current="true"{{/SHOWN_NOW}}>{{NAME}}</a>
<form method="post" action="/people/filters/forget"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="kind" value="{{KIND}}"><input type="hidden" name="filter" value="{{ID}}">{{#KEEP_OPERATION}}<input type="hidden" name="operation" value="{{OPERATION}}">{{/KEEP_OPERATION}}<button class="btn btn-link btn-danger-link">[[Forget]]<span class="visually-hidden">: {{NAME}}</span></button></form></li>{{/KEPT}}
</ul></details>{{/KEPT_FILTERS}}
<form class="card" method="get" action="{{PATH}}" role="search" data-people>
<div class="people-filters">
{{#SORTED}}<input type="hidden" name="sort" value="{{VALUE}}">{{/SORTED}}{{#DOWN}}<input type="hidden" name="down" value="1">{{/DOWN}}{{#KEEP}}<input type="hidden" name="operation" value="{{OPERATION}}">{{/KEEP}}
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
</div>
<details class="people-builder"{{#BUILDING}} open{{/BUILDING}}><summary>[[More conditions]]</summary>
{{#GROUPS_JOINED}}<div class="field"><label for="groups">[[Somebody is found when]]</label><select class="form-select" id="groups" name="groups"><option value="all">[[every group below fits]]</option><option value="any"{{#ANY_GROUP}} selected{{/ANY_GROUP}}>[[at least one group below fits]]</option></select></div>{{/GROUPS_JOINED}}
{{#GROUP}}<fieldset class="people-group"><legend>[[Group]] {{NTH_GROUP}}</legend>
{{#JOINED}}<div class="field"><label for="join-{{GROUP_NUMBER}}">[[This group fits when]]</label><select class="form-select" id="join-{{GROUP_NUMBER}}" name="join.{{GROUP_NUMBER}}"><option value="all">[[every condition fits]]</option><option value="any"{{#ANY_CONDITION}} selected{{/ANY_CONDITION}}>[[at least one condition fits]]</option></select></div>{{/JOINED}}
{{#CONDITION}}<div class="people-condition" role="group" aria-labelledby="f-{{NUMBER_OF}}"><input type="hidden" name="f.{{NUMBER_OF}}" value="{{CODE}}"><input type="hidden" name="g.{{NUMBER_OF}}" value="{{IN_GROUP}}">
<strong id="f-{{NUMBER_OF}}">{{FIELD}}</strong>
<div class="people-asked"><label class="visually-hidden" for="o-{{NUMBER_OF}}">[[Comparison]]</label><select class="form-select" id="o-{{NUMBER_OF}}" name="o.{{NUMBER_OF}}"{{#WRONG_VALUE}} aria-invalid="true" aria-describedby="w-{{NUMBER_OF}}"{{/WRONG_VALUE}}>{{#COMPARISON}}<option value="{{VALUE}}" data-needs="{{NEEDS}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/COMPARISON}}</select>
{{#INPUT}}<span class="people-value" data-nth="{{NTH}}"><label for="v-{{NUMBER_OF}}-{{NTH}}"{{#FIRST_VALUE}} class="visually-hidden"{{/FIRST_VALUE}}>{{#FIRST_VALUE}}[[Value]]{{/FIRST_VALUE}}{{#SECOND}}[[and (for “between”)]]{{/SECOND}}{{#COMMAS}}[[Several are separated by commas]]{{/COMMAS}}</label><input class="form-control" id="v-{{NUMBER_OF}}-{{NTH}}" type="{{TYPE}}" name="v.{{NUMBER_OF}}" value="{{VALUE}}" maxlength="400"></span>{{/INPUT}}
{{#GIVEN_IN}}<label class="visually-hidden" for="in-{{NUMBER_OF}}">[[Given in]]</label><select class="form-select" id="in-{{NUMBER_OF}}" name="in.{{NUMBER_OF}}"><option value="">[[in any operation]]</option>{{#IN_OPERATION}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/IN_OPERATION}}</select>{{/GIVEN_IN}}</div>
{{#TICKS}}<div class="people-choices" data-nth="1">{{#TICK}}<label class="tick"><input class="form-check-input" type="checkbox" name="v.{{NUMBER_OF}}" value="{{VALUE}}"{{#CHOSEN}} checked{{/CHOSEN}}><span>{{LABEL}}</span></label>{{/TICK}}</div>{{/TICKS}}
{{#WRONG_VALUE}}<p class="wrong" id="w-{{NUMBER_OF}}">{{WHY}}</p>{{/WRONG_VALUE}}
<div class="people-of"><label class="tick"><input class="form-check-input" type="checkbox" name="mate.{{NUMBER_OF}}" value="1"{{#OF_MATE}} checked{{/OF_MATE}}><span>[[True of somebody else at the same address]]</span></label>
<button class="btn btn-link btn-danger-link" name="drop" value="{{NUMBER_OF}}">[[Remove]]<span class="visually-hidden">: {{FIELD}}</span></button></div>
</div>{{/CONDITION}}
<div class="people-add"><label for="new-{{GROUP_NUMBER}}">[[Add a condition to this group]]</label><select class="form-select" id="new-{{GROUP_NUMBER}}" name="new.{{GROUP_NUMBER}}">{{#FIELD_OPTION}}<option value="{{VALUE}}">{{LABEL}}</option>{{/FIELD_OPTION}}{{#OWN_FIELDS}}<optgroup label="[[Fields of your organization]]">{{#OWN_FIELD}}<option value="{{VALUE}}">{{LABEL}}</option>{{/OWN_FIELD}}</optgroup>{{/OWN_FIELDS}}{{#QUESTIONS}}<optgroup label="[[Answers]]">{{#QUESTION}}<option value="{{VALUE}}">{{LABEL}}</option>{{/QUESTION}}</optgroup>{{/QUESTIONS}}</select><button class="btn btn-quiet" name="add" value="{{GROUP_NUMBER}}">[[Add]]<span class="visually-hidden"> ([[Group]] {{NTH_GROUP}})</span></button></div>
</fieldset>{{/GROUP}}
{{#NEW_GROUP}}<div class="people-add"><label for="new-{{GROUP_NUMBER}}">{{#FIRST_GROUP}}[[Add a condition]]{{/FIRST_GROUP}}{{#ANOTHER_GROUP}}[[Add a group that begins with]]{{/ANOTHER_GROUP}}</label><select class="form-select" id="new-{{GROUP_NUMBER}}" name="new.{{GROUP_NUMBER}}">{{#FIELD_OPTION}}<option value="{{VALUE}}">{{LABEL}}</option>{{/FIELD_OPTION}}{{#OWN_FIELDS}}<optgroup label="[[Fields of your organization]]">{{#OWN_FIELD}}<option value="{{VALUE}}">{{LABEL}}</option>{{/OWN_FIELD}}</optgroup>{{/OWN_FIELDS}}{{#QUESTIONS}}<optgroup label="[[Answers]]">{{#QUESTION}}<option value="{{VALUE}}">{{LABEL}}</option>{{/QUESTION}}</optgroup>{{/QUESTIONS}}</select><button class="btn btn-quiet" name="add" value="{{GROUP_NUMBER}}">{{#FIRST_GROUP}}[[Add]]{{/FIRST_GROUP}}{{#ANOTHER_GROUP}}[[Add the group]]{{/ANOTHER_GROUP}}</button></div>{{/NEW_GROUP}}
{{#BUILDING}}<div class="actions"><button class="btn btn-primary">[[Show who fits]]</button></div>{{/BUILDING}}
</details>
</form>
<div id="found">
{{#LOAD_INTO}}<section class="card card-tint" aria-labelledby="load">
<h2 id="load">[[Call list:]] {{NAME}}</h2>
{{#SOMEBODY}}<p>[[Filter below until you see the people to call, then load them. You may load several lists: nobody comes twice.]]</p>{{/SOMEBODY}}
{{#NOBODY}}<p>[[Nobody matches, so there is nobody to load. Change the filter below.]]</p>{{/NOBODY}}
<form method="post" action="/people/load">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="operation" value="{{OPERATION}}"><input type="hidden" name="kind" value="{{KIND}}">
{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/HIDDEN}}
{{#SOMEBODY}}<button class="btn btn-primary">[[Load into the operation:]] {{FOUND}}</button>{{/SOMEBODY}}
</form>
</section>{{/LOAD_INTO}}
{{#UNFINISHED}}<p class="notice notice-bad" role="alert">[[A condition above is not complete, so nobody is shown yet.]]</p>{{/UNFINISHED}}
{{#KEEP_FILTER}}<form class="card people-keep" method="post" action="/people/filters">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="kind" value="{{KIND}}">{{#KEEP_OPERATION}}<input type="hidden" name="operation" value="{{OPERATION}}">{{/KEEP_OPERATION}}{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/HIDDEN}}
<div class="field"><label for="filter_name">[[Save this filter as]]</label><input class="form-control" id="filter_name" name="filter_name" value="{{FILTER_NAME}}" maxlength="80"{{#NAME_WRONG}} aria-invalid="true" aria-describedby="filter_name-wrong"{{/NAME_WRONG}}>{{#NAME_WRONG}}<p class="wrong" id="filter_name-wrong">{{WHY}}</p>{{/NAME_WRONG}}</div>
<button class="btn btn-quiet">[[Save the filter]]</button></form>{{/KEEP_FILTER}}
<p class="soft" role="status" id="count">{{COUNT}}</p>
{{#EMPTY}}<div class="empty"><h2>[[Nobody here yet]]</h2><p>[[Bring in your member file or a list of electors: it takes two minutes, and you see every column before anything is stored.]]</p><p><a class="btn btn-primary" href="/imports">[[Import people]]</a></p></div>{{/EMPTY}}
{{#NONE_FOUND}}<div class="empty"><h2>[[Nobody matches]]</h2><p>[[Try fewer letters, another spelling, or take a filter away.]]</p></div>{{/NONE_FOUND}}
{{#TABLE}}<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col"{{#BY_LAST}}{{#RISING}} aria-sort="ascending"{{/RISING}}{{#FALLING}} aria-sort="descending"{{/FALLING}}><a class="people-sort" href="{{HREF}}">[[Last name]]</a>{{/BY_LAST}} {{#BY_FIRST}}<a class="people-sort{{#RISING}} people-rising{{/RISING}}{{#FALLING}} people-falling{{/FALLING}}" href="{{HREF}}">[[First name]]</a>{{/BY_FIRST}}</th><th scope="col">[[Phone]]</th><th scope="col"{{#BY_CITY}}{{#RISING}} aria-sort="ascending"{{/RISING}}{{#FALLING}} aria-sort="descending"{{/FALLING}}><a class="people-sort" href="{{HREF}}">[[City]]</a>{{/BY_CITY}}</th>{{#FOR_CONTACTS}}<th scope="col">[[Tags]]</th>{{/FOR_CONTACTS}}{{#FOR_ELECTORS}}<th scope="col"{{#BY_PLACE}}{{#RISING}} aria-sort="ascending"{{/RISING}}{{#FALLING}} aria-sort="descending"{{/FALLING}}><a class="people-sort" href="{{HREF}}">[[Section and number]]</a>{{/BY_PLACE}}</th><th scope="col">[[Vote]]</th>{{/FOR_ELECTORS}}</tr></thead>
<tbody>
{{#PERSON}}<tr><th scope="row"><a class="people-name" href="/people/{{ID}}"><strong>{{LAST}}</strong>&nbsp;{{FIRST}}</a>{{#FORBIDDEN}} <span class="tag tag-danger">[[do not call]]</span>{{/FORBIDDEN}}</th>
<td data-label="[[Phone]]" class="nowrap">{{#CALL}}<a href="/people/{{ID}}/call?from=list">{{NUMBER}}</a>{{/CALL}}{{#NO_PHONE}}<span class="soft">[[no number]]</span>{{/NO_PHONE}}</td>
<td data-label="[[City]]">{{CITY}}</td>
{{#CONTACT}}<td data-label="[[Tags]]">{{#TAGGED}}<span class="tag">{{TEXT}}</span> {{/TAGGED}}</td>{{/CONTACT}}
{{#ELECTOR}}<td data-label="[[Section and number]]">{{SUBDIVISION}} – {{ELECTOR_NUMBER}}</td><td data-label="[[Vote]]">{{#VOTED}}<span class="tag tag-good">[[has voted]]</span>{{/VOTED}}</td>{{/ELECTOR}}</tr>
{{/PERSON}}
</tbody></table></div>{{/TABLE}}
<nav class="pager" aria-label="[[Pages]]">{{#START}}<a class="btn btn-quiet" href="{{HREF}}">[[Back to the start]]</a>{{/START}}{{#NEXT}}<a class="btn btn-quiet" href="{{HREF}}" rel="next">[[Next people]]</a>{{/NEXT}}</nav>
</div>
