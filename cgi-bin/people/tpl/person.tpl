{{%AUTOESCAPE context="HTML"}}
<p class="crumb"><a href="{{PATH}}">{{#OF_CONTACTS}}[[Contacts]]{{/OF_CONTACTS}}{{#OF_ELECTORS}}[[Electors]]{{/OF_ELECTORS}}</a></p>
<div class="page-head"><div class="people-title"><h1>{{WHO}}</h1>
<div>{{#TAGGED}}<span class="tag">{{TEXT}}</span> {{/TAGGED}}{{#FORBIDDEN}}<span class="tag tag-danger">[[do not call]]</span> {{/FORBIDDEN}}{{#DECEASED}}<span class="tag tag-warn">[[deceased]]</span>{{/DECEASED}}</div></div>
<div class="page-actions"><a class="btn btn-quiet" href="/people/{{ID}}/edit">[[Edit]]</a>
<details class="menu"><summary aria-label="[[More about this person]]">&#8943;</summary><ul>
<li><a href="/people/{{ID}}/merge">[[Merge with another record…]]</a></li>
<li><a href="/people/{{ID}}/copy.csv">[[Everything known, as a table (CSV)]]</a></li><li><a href="/people/{{ID}}/copy.json">[[Everything known, as JSON]]</a></li>
<li><a href="/people/{{ID}}/erase">[[Erase this person…]]</a></li>{{#OWNER}}<li><a href="/people/log">[[Who looked at whom]]</a></li>{{/OWNER}}</ul></details></div></div>
{{#PANEL}}<section class="card card-tint" aria-labelledby="call"><h2 id="call">[[Call outside operations]]</h2>
{{#NOT_TO_BE_CALLED}}<p class="notice notice-warn">[[This person or this number must not be called.]]</p>{{/NOT_TO_BE_CALLED}}
{{#DIAL}}<p><a class="btn btn-call btn-big" href="tel:{{E164}}">[[Call]] {{NUMBER}}</a>{{#EXTENSION}} [[ext.]] {{TEXT}}{{/EXTENSION}}</p>
<p class="hint">[[On a computer, dial this number on your own phone. Take notes here during the call, then choose how it went.]]</p>{{/DIAL}}
<form method="post" action="/people/{{ID}}/calls">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="call" value="{{CALL_ID}}"><input type="hidden" name="form_key" value="{{FORM_KEY}}"><input type="hidden" name="begun" value="{{BEGUN}}">
<div class="field"><label for="note">[[Note]]</label><textarea class="form-control" id="note" name="note" rows="3" maxlength="2000"{{#NOTE_BAD}} aria-invalid="true" aria-describedby="note-wrong"{{/NOTE_BAD}}>{{NOTED:pre_escape}}</textarea>
{{#NOTE_BAD}}<p class="wrong" id="note-wrong">{{SENTENCE}}</p>{{/NOTE_BAD}}</div>
{{#STATUS_BAD}}<p class="wrong" role="alert">{{SENTENCE}}</p>{{/STATUS_BAD}}
<div class="actions"><a class="btn btn-quiet" href="/people/{{ID}}">[[No call]]</a><button class="btn btn-primary" name="status" value="completed">[[Save the conversation]]</button></div>
<div class="outcomes manual-outcomes">{{#OUTCOME}}<button class="choice-face" name="status" value="{{CODE}}">{{LABEL}}</button>{{/OUTCOME}}
<details class="outcome"><summary class="choice-face danger">{{DNC}}…</summary><div class="outcome-body"><p class="small">[[For people who ask not to be called any more, by anyone here, in any operation.]]</p><button class="btn btn-danger btn-wide" name="status" value="dnc">[[Yes, do not call this person again]]</button></div></details></div>
</form>
{{#UNASKED}}<form class="manual-ask" method="post" action="/people/{{ID}}/call"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="call" value="{{CALL_ID}}"><input type="hidden" name="choice" value="ask"><button class="btn btn-link">[[Ask me again before calls]]</button></form>{{/UNASKED}}
</section>{{/PANEL}}
<div class="record">
<div>
<section class="card" aria-labelledby="phones"><h2 id="phones">[[Phones]]</h2>
{{#PHONE}}<p class="phone-line">{{#CALLABLE}}<a href="/people/{{ID}}/call?call={{PHONE_ID}}">{{NUMBER}}</a>{{/CALLABLE}}{{#QUIET}}<span>{{NUMBER}}</span>{{/QUIET}}{{#EXTENSION}}<span>[[ext.]] {{TEXT}}</span>{{/EXTENSION}}<span class="soft">{{KIND}}</span>{{#WRONG_NUMBER}}<span class="tag tag-warn">[[wrong number]]</span>{{/WRONG_NUMBER}}{{#SUPPRESSED}}<span class="tag tag-danger">[[do not call]]</span>{{/SUPPRESSED}}</p>
{{/PHONE}}{{#NO_PHONE}}<p class="soft">[[No number is known.]]</p>{{/NO_PHONE}}
{{#MAY_BE_CALLED}}<details class="more"><summary>[[Do not call this person]]</summary><form method="post" action="/people/{{ID}}/do-not-call"><input type="hidden" name="csrf" value="{{CSRF}}">
<p class="hint">[[From now on no operation calls them, for 3 years and 14 days at least.]]</p>
<div class="field"><label for="reason">[[Reason]]</label><input class="form-control" id="reason" name="reason" maxlength="200"></div>
<label class="tick"><input class="form-check-input" type="checkbox" name="with_numbers" value="1" checked><span>[[Their numbers too, so that nobody is called there]]</span></label>
<div class="actions"><button class="btn btn-danger-quiet">[[Do not call this person]]</button></div></form></details>{{/MAY_BE_CALLED}}
</section>
<section class="card" aria-labelledby="home"><h2 id="home">[[Address and household]]</h2>
{{#ADDRESS}}<p>{{STREET}}{{#APARTMENT}}, [[apt.]] {{TEXT}}{{/APARTMENT}}<br>{{CITY}}</p>{{/ADDRESS}}
{{#NO_ADDRESS}}<p class="soft">[[No address is known.]]</p>{{/NO_ADDRESS}}
<h3>[[At the same address]]</h3>
<ul class="plain">{{#MATE}}<li><a class="people-name" href="/people/{{ID}}">{{NAME}}</a></li>{{/MATE}}{{#ALONE}}<li class="soft">[[Nobody else in the list.]]</li>{{/ALONE}}</ul>
{{#LINKED}}<h3>{{TITLE}}</h3><p><a class="people-name" href="/people/{{LINKED_ID}}">{{NAME}}</a></p>{{/LINKED}}
</section>
</div>
<div>
<section class="card" aria-labelledby="known"><h2 id="known">[[What is known]]</h2>
<dl class="facts">{{#FACT}}<div><dt>{{NAME}}</dt><dd>{{VALUE}}</dd></div>{{/FACT}}</dl>
<form method="post" action="/people/{{ID}}/voted"><input type="hidden" name="csrf" value="{{CSRF}}">{{#HAS_VOTED}}<button class="btn btn-quiet" name="voted" value="no">[[Take the mark “voted” back]]</button>{{/HAS_VOTED}}{{#NOT_VOTED}}<button class="btn btn-quiet" name="voted" value="yes">[[Mark as voted]]</button>{{/NOT_VOTED}}</form>
{{#NOTES}}<h3>[[Notes]]</h3><p class="notes-text">{{TEXT:pre_escape}}</p>{{/NOTES}}
</section>
</div>
</div>
<section class="card" aria-labelledby="calls"><h2 id="calls">[[Calls]]</h2>
{{#NO_CALLS}}<p class="soft">[[Nobody has called this person yet.]]</p>{{/NO_CALLS}}
{{#CALLS}}<table class="table table-cards">
<thead><tr><th scope="col">[[When]]</th><th scope="col">[[Status]]</th><th scope="col">[[Agent]]</th><th scope="col">[[Operation]]</th><th scope="col">[[Note]]</th></tr></thead>
<tbody>{{#CALL}}<tr><th scope="row" class="nowrap">{{WHEN}}</th><td data-label="[[Status]]">{{STATUS}}</td><td data-label="[[Agent]]">{{AGENT}}</td><td data-label="[[Operation]]">{{OPERATION}}</td><td data-label="[[Note]]" class="notes-text">{{NOTE:pre_escape}}</td></tr>{{/CALL}}</tbody></table>{{/CALLS}}
</section>
{{#ANSWERS}}<section class="card" aria-labelledby="answers"><h2 id="answers">[[Answers]]</h2>
<table class="table table-cards">
<thead><tr><th scope="col">[[When]]</th><th scope="col">[[Question]]</th><th scope="col">[[Answer]]</th><th scope="col">[[Operation]]</th></tr></thead>
<tbody>{{#ANSWER}}<tr><th scope="row" class="nowrap">{{WHEN}}</th><td data-label="[[Question]]">{{QUESTION}}</td><td data-label="[[Answer]]" class="notes-text">{{SAID:pre_escape}}</td><td data-label="[[Operation]]">{{OPERATION}}</td></tr>{{/ANSWER}}</tbody></table>
</section>{{/ANSWERS}}
{{#CHANGES}}<section class="card" aria-labelledby="changes"><h2 id="changes">[[Who changed what]]</h2>
<table class="table table-cards">
<thead><tr><th scope="col">[[When]]</th><th scope="col">[[Who]]</th><th scope="col">[[Change]]</th></tr></thead>
<tbody>{{#CHANGE}}<tr><th scope="row" class="nowrap">{{WHEN}}</th><td data-label="[[Who]]">{{BY}}</td><td data-label="[[Change]]" class="notes-text">{{WHAT}}{{#WITH}} – {{DETAIL:pre_escape}}{{/WITH}}</td></tr>{{/CHANGE}}</tbody></table>
</section>{{/CHANGES}}
