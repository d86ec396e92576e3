{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="/users">[[Users]]</a></p>
<h1>[[Who did what]]</h1>
<p class="explain">[[Every change and every look at a person's record is written down here. Nobody can change it.]] <a href="/people/log">[[Who looked at whom]]</a></p>
<form class="filters" method="get" action="/audit">
<label class="visually-hidden" for="user">[[Who]]</label>
<select class="form-select" id="user" name="user"><option value="">[[Everybody]]</option>{{#PERSON}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/PERSON}}</select>
<label class="visually-hidden" for="day">[[Day]]</label>
<input class="form-control filter-day" type="date" id="day" name="day" value="{{DAY}}"{{#DAY_WRONG}} aria-invalid="true" aria-describedby="day-wrong"{{/DAY_WRONG}}>
<button class="btn btn-quiet">[[Show]]</button>
{{#FILTERED}}<a class="btn btn-link" href="/audit">[[Show everything]]</a>{{/FILTERED}}
{{#DAY_WRONG}}<p class="wrong" id="day-wrong">{{WRONG}}</p>{{/DAY_WRONG}}</form>
{{#EMPTY}}<div class="empty"><h2>[[Nothing was written down for this choice]]</h2></div>{{/EMPTY}}
{{#TABLE}}<div class="card card-flush"><table class="table table-cards">
<thead><tr><th scope="col">[[When]]</th><th scope="col">[[Who]]</th><th scope="col">[[What]]</th><th scope="col">[[Of what]]</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row" class="nowrap">{{WHEN}}</th><td data-label="[[Who]]">{{#SOMEBODY}}{{NAME}}{{/SOMEBODY}}{{#NOBODY}}<span class="soft">[[the server]]</span>{{/NOBODY}}</td><td data-label="[[What]]">{{WHAT}}{{#DETAIL}} <span class="small soft audit-detail">{{TEXT}}</span>{{/DETAIL}}</td><td data-label="[[Of what]]">{{#LINKED}}<a href="{{HREF}}">{{TITLE}}</a>{{/LINKED}}{{#PLAIN}}{{TITLE}}{{/PLAIN}}</td></tr>
{{/ROW}}</tbody></table></div>{{/TABLE}}
<nav class="pager" aria-label="[[Pages]]">{{#NEXT}}<a class="btn btn-quiet" href="/audit?user={{FOR_USER}}&amp;day={{FOR_DAY}}&amp;at={{AT}}&amp;before={{BEFORE}}" rel="next">[[Older]]</a>{{/NEXT}}</nav>
