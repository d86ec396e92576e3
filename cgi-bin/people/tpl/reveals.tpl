{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/contacts">[[Contacts]]</a></p>
<h1>[[Who looked at whom]]</h1>
<p class="explain">[[Each time somebody opens a person's record, or takes a copy of what is known about one, it is written down here. Nobody can change it.]]</p>
{{#EMPTY}}<div class="empty"><h2>[[Nobody has opened a record yet]]</h2></div>{{/EMPTY}}
{{#TABLE}}<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[When]]</th><th scope="col">[[Who]]</th><th scope="col">[[What]]</th><th scope="col">[[Person]]</th></tr></thead>
<tbody>{{#REVEAL}}<tr><th scope="row" class="nowrap">{{WHEN}}</th><td data-label="[[Who]]">{{BY}}</td><td data-label="[[What]]">{{WHAT}}</td><td data-label="[[Person]]">{{#THERE}}<a class="people-name" href="/people/{{ID}}">{{NAME}}</a>{{/THERE}}{{#ERASED}}<span class="soft">[[erased]]</span>{{/ERASED}}</td></tr>
{{/REVEAL}}</tbody></table></div>{{/TABLE}}
<nav class="pager" aria-label="[[Pages]]">{{#NEXT}}<a class="btn btn-quiet" href="/people/log?before={{BEFORE}}" rel="next">[[Older]]</a>{{/NEXT}}</nav>
