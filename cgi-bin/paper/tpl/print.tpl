{{%AUTOESCAPE context="HTML"}}
<div class="page-head no-print"><div><p class="crumb"><a href="/sheets/{{ID}}">[[Call sheets]]</a></p>
<h1>[[Call sheet]] {{CODE}}</h1></div>
<div class="page-actions"><a class="btn btn-quiet" href="/sheets/{{ID}}/{{CODE}}">[[Type it in]]</a>
<button class="btn btn-primary" type="button" data-print hidden>[[Print]]</button></div></div>
<p class="explain no-print">[[Letter or A4, landscape. The first page says what to do and what to say; each further page is one of 20 people.]]</p>
{{#CLOSED}}<p class="notice notice-warn no-print">[[Calls are closed now, so numbers are not shown. Print the sheet while calls are open.]]</p>{{/CLOSED}}
<article class="paper-page paper-cover">
<header class="paper-head"><p class="paper-title"><strong>{{OPERATION}}</strong><span>[[Call sheet]] {{CODE}} · {{WHO}} · {{PEOPLE}}</span></p></header>
<section><h2>[[What to do]]</h2>
<ol><li>[[Call one person after the other, from your own phone, and dial only the number printed.]]</li>
<li>[[Calls are open]] {{HOURS}}, [[by the clock of the person called. Whose clock is another one, it is said under the name.]]</li>
<li>[[After each call, tick how it went: one box. Tick the answers of who answered. Anything else goes into the notes, with the time of a call to make later.]]</li>
<li>[[Who does not want to be called again gets the box for it, at once: it holds for every operation.]]</li>
<li>[[Stop when the time of the sheet is over]] ({{UNTIL}}): [[from then on others call these people.]]</li>
<li>[[Give the sheet back to]] {{BY}}, [[whole, also when it is not finished. It holds personal data: show it to nobody, copy it for nobody. It is shredded once its calls are typed in.]]</li></ol></section>
{{#SCRIPT}}<section class="paper-script"><h2>[[What to say]]</h2>
{{#PARAGRAPH}}<p>{{SENTENCES}}</p>
{{/PARAGRAPH}}</section>{{/SCRIPT}}
<section class="paper-questions"><h2>[[Questions and answers]]</h2>
<ol>{{#QUESTION}}<li><p><strong>Q{{NUMBER}}</strong> {{TEXT}} <em>{{HOW}}</em></p>
<p class="paper-choices">{{#CHOICE}}<span><b>{{DIGIT}}</b> {{TEXT}} <em>{{LEADS}}</em></span> {{/CHOICE}}</p></li>
{{/QUESTION}}</ol></section>
<section class="paper-keys"><h2>[[How the call went]]</h2>
<ul>{{#STATUS}}<li><b>{{LETTER}}</b> {{LABEL}}</li>{{/STATUS}}</ul></section>
</article>
{{#SHEET}}<article class="paper-page">
<header class="paper-head"><p class="paper-title"><strong>{{CODE}}</strong><span>{{PAGE}} · {{OPERATION}} · {{WHO}}</span></p>
<p class="paper-rule">{{RULE}}</p>
<img class="paper-qr" src="{{QR}}" alt="[[Opens the page where this sheet is typed in]]" width="76" height="76"></header>
<table class="paper-table"><thead><tr><th class="paper-n" scope="col">[[No.]]</th><th class="paper-who" scope="col">[[Name]]</th><th class="paper-phone" scope="col">[[Number to dial]]</th>{{#HEAD}}<th scope="col" class="paper-tick{{#FIRST}} paper-first{{/FIRST}}{{#WIDE}} paper-first paper-wide{{/WIDE}}{{#MORE}}{{/MORE}}"><span>{{LABEL}}</span></th>{{/HEAD}}<th class="paper-note" scope="col">[[Notes]]</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row" class="paper-n">{{NUMBER}}</th>{{#OFF}}<td colspan="2" class="paper-off">{{WHY}}</td>{{/OFF}}{{#ON}}<td class="paper-who"><strong>{{NAME}}</strong><span>{{ABOUT}}</span></td><td class="paper-phone">{{PHONE}}</td>{{/ON}}{{#BOX}}<td class="paper-tick{{#FIRST}} paper-first{{/FIRST}}{{#WIDE}} paper-first paper-wide{{/WIDE}}{{#MORE}}{{/MORE}}"><i>{{SIGN}}</i></td>{{/BOX}}<td class="paper-note"></td></tr>
{{/ROW}}</tbody></table>
<footer class="paper-foot">{{BACK_TO}}</footer>
</article>{{/SHEET}}
