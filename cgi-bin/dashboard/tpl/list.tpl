{{%AUTOESCAPE context="HTML"}}
{{#MADE}}<p class="notice notice-good" role="status"><strong>{{NAME}}</strong> [[is ready. What comes next:]] <a href="/share/{{ID}}">[[give its link to your callers]]</a> [[or]] <a href="/operations/{{ID}}">[[look at its page]]</a>.</p>
{{/MADE}}<div class="page-head"><h1>[[Call Canvassing Dashboard]]</h1>
<div class="page-actions">
{{#SEARCH}}<form class="dash-search" role="search" id="find" action="/operations"><label class="visually-hidden" for="q">[[Search operations]]</label>
<input class="form-control" type="search" id="q" name="q" maxlength="100" placeholder="[[Search operations]]" value="{{Q}}"></form>{{/SEARCH}}
{{#CREATE}}<form method="post" action="/wizard"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-primary">[[Create an operation]]</button></form>{{/CREATE}}
</div></div>
{{#FILTERS}}<div class="dash-filters"><label for="state">[[State]]</label> <select class="form-select" form="find" id="state" name="state"><option value="">[[All states]]</option>{{#STATE_CHOICE}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/STATE_CHOICE}}</select>
<label for="sort">[[Sort by]]</label> <select class="form-select" form="find" id="sort" name="sort"><option value="">[[State, then the newest]]</option>{{#SORT_CHOICE}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/SORT_CHOICE}}</select>
{{#WITH_ARCHIVED}}<input type="hidden" form="find" name="archived" value="1">{{/WITH_ARCHIVED}}<button class="btn btn-quiet" form="find">[[Show]]</button></div>{{/FILTERS}}
{{#LIST}}
<section class="card card-flush" id="live" aria-label="[[Operations]]">
<table class="table table-cards dash">
<thead><tr><th scope="col">[[Operation]]</th><th scope="col">[[State]]</th><th scope="col">[[Progress]]</th><th scope="col">[[Callable now]]</th><th scope="col">[[On the line]]</th><th scope="col">[[Reached]]</th><th scope="col"><span class="visually-hidden">[[Menu]]</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr class="{{ROW_CLASS}}"><th scope="row">{{#NAME_LINK}}<a class="dash-name" href="/operations/{{ID}}">{{NAME}}</a>{{/NAME_LINK}}{{#NAME_ONLY}}<span class="dash-name">{{NAME}}</span>{{/NAME_ONLY}}
<span class="small soft dash-about">{{ABOUT}}</span>{{#TEAM}}<span class="small soft dash-about">{{WORDS}}</span>{{/TEAM}}</th>
<td data-label="[[State]]"><span><span class="state state-{{STATE_CODE}}">{{STATE}}</span>{{#OPENS}} <span class="small soft dash-opens">{{WORDS}}</span>{{/OPENS}}</span></td>
<td class="dash-progress">{{#BAR}}<span class="bar" aria-hidden="true"><span class="bar-done w-p{{DONE}}"></span><span class="bar-later w-p{{LATER}}"></span><span class="bar-removed w-p{{REMOVED}}"></span></span>
<span class="small soft">{{WORDS}}</span>{{#FORECAST}}<span class="small soft dash-more">{{WORDS}}</span>{{/FORECAST}}{{/BAR}}
{{#DRAFT}}<span class="dash-draft"><a class="btn btn-quiet btn-small" href="/wizard/{{ID}}/{{PAGE}}">[[Continue]]</a>
<details class="dash-discard"><summary class="btn btn-link btn-danger-link btn-small">[[Discard]]</summary>
<form method="post" action="/wizard/{{ID}}/discard"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-danger btn-small">[[Yes, discard this draft]]</button></form></details></span>{{/DRAFT}}</td>
<td class="dash-live" data-label="[[Callable now]]"><span><strong>{{CALLABLE}}</strong>{{#MORE}} <span class="small soft dash-more">{{WORDS}}</span>{{/MORE}}</span></td>
<td class="dash-live" data-label="[[On the line]]">{{#BUSY}}<strong>{{AGENTS}}</strong>{{/BUSY}}{{#IDLE}}{{AGENTS}}{{/IDLE}}</td>
<td class="dash-reached" data-label="[[Reached]]">{{REACHED}}</td>
<td>{{#MENU}}<details class="menu"><summary aria-label="{{MENU_LABEL}}">&#8943;</summary><ul>
{{#CALL}}<li><a href="/agent/{{ID}}">[[Make calls]]</a></li>{{/CALL}}
{{#OWNER}}{{#PRACTISE}}<li><form method="post" action="/agent/{{ID}}/practice"><input type="hidden" name="csrf" value="{{CSRF}}"><button>[[Practise on invented people]]</button></form></li>{{/PRACTISE}}
{{#EDIT}}<li><a href="/wizard/{{ID}}/{{PAGE}}">[[Edit]]</a></li>{{/EDIT}}
{{#SHARE}}<li><a href="/share/{{ID}}">[[Share]]</a></li>{{/SHARE}}
{{#SHEETS}}<li><a href="/sheets/{{ID}}">[[Call sheets]]</a></li>{{/SHEETS}}
{{#STATISTICS}}<li><a href="/operations/{{ID}}">[[Statistics]]</a></li>{{/STATISTICS}}
{{#EXPORT}}<li><a href="/exports?what=calls&amp;operation={{ID}}">[[Export]]</a></li>{{/EXPORT}}
{{#MANAGE}}<li><a href="/people/list/{{ID}}">[[Manage list]]</a></li>{{/MANAGE}}
{{#PAUSE}}<li><form method="post" action="/operations/{{ID}}/pause"><input type="hidden" name="csrf" value="{{CSRF}}"><button>[[Pause]]</button></form></li>{{/PAUSE}}
{{#RESUME}}<li><form method="post" action="/operations/{{ID}}/resume"><input type="hidden" name="csrf" value="{{CSRF}}"><button>[[Resume]]</button></form></li>{{/RESUME}}
{{#DUPLICATE}}<li><form method="post" action="/operations/{{ID}}/duplicate"><input type="hidden" name="csrf" value="{{CSRF}}"><button>[[Duplicate]]</button></form></li>{{/DUPLICATE}}
{{#RESTORE}}<li><form method="post" action="/operations/{{ID}}/restore"><input type="hidden" name="csrf" value="{{CSRF}}"><button>[[Restore]]</button></form></li>{{/RESTORE}}
{{#ARCHIVE}}<li><a href="/operations/{{ID}}#archive">[[Archive…]]</a></li>{{/ARCHIVE}}{{/OWNER}}
{{#SEE}}<li><a href="/operations/{{ID}}">[[Statistics]]</a></li>{{/SEE}}
</ul></details>{{/MENU}}</td></tr>
{{/ROW}}
</tbody></table>
</section>
{{/LIST}}
{{#FOUND_NOTHING}}<div class="empty"><h2>[[No operation matches]]</h2><p><a href="/operations">[[Show all operations]]</a></p></div>{{/FOUND_NOTHING}}
{{#NEW}}<section class="card"><h2>[[Three steps to the first call]]</h2>
<ol class="dash-steps">
<li><h3>[[Bring in your people]]</h3><p>[[A CSV file of members or electors, as it is: Tocsin finds its encoding and its columns.]]</p><a class="btn btn-quiet" href="/imports">[[Import a file]]</a></li>
<li><h3>[[Write what callers ask]]</h3><p>[[A script and a question. Ready-made questionnaires are there to start from.]]</p><a class="btn btn-quiet" href="/surveys">[[Open questionnaires]]</a></li>
<li><h3>[[Create an operation]]</h3><p>[[Whom to call, when, and who helps. Then share the link: callers need nothing but their phone.]]</p>
<form method="post" action="/wizard"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-primary">[[Create an operation]]</button></form></li>
</ol></section>{{/NEW}}
{{#NONE_YET}}<div class="empty"><h2>[[No operation yet]]</h2><p>[[Ask whoever organises the calls for the link or the QR code of an operation.]]</p></div>{{/NONE_YET}}
{{#ARCHIVED_LINK}}<p class="small"><a href="/operations?archived=1">[[Show archived operations too]]</a></p>{{/ARCHIVED_LINK}}{{#CURRENT_LINK}}<p class="small"><a href="/operations">[[Hide archived operations]]</a></p>{{/CURRENT_LINK}}
