{{%AUTOESCAPE context="HTML"}}
{{>PRACTICE}}
{{>BAR}}
{{>UNDO}}
<div id="agent" data-saved="{{SAVED}}">
<p class="notice notice-warn" id="unsent" role="status" hidden>[[No connection. Your answer is kept on this device and will be sent by itself.]]</p>
{{#NOTICE}}<p class="notice {{TONE}}" role="status">{{TEXT}}</p>{{/NOTICE}}
<section class="card pause-card" aria-labelledby="pause">
<h1 id="pause" tabindex="-1">{{TITLE}}</h1>
{{#TIME}}<p class="pause-time"><span class="eyebrow">{{AT_WHAT}}</span> {{AT}}</p>{{/TIME}}
{{#WHY}}<p>{{SENTENCE}}</p>{{/WHY}}
{{#TIPS}}<ol class="tips"><li>[[One person at a time comes up: the name, the number and what to say.]]</li>
{{#TIP_OWN_PHONE}}<li>[[Call with your own phone. On a phone, one touch dials.]]</li>
{{/TIP_OWN_PHONE}}{{#TIP_LINE}}<li>[[Your phone rings once and stays on the line, beside you: you hear everybody there.]]</li>
{{/TIP_LINE}}{{#TIP_BROWSER}}<li>[[You open your line once, in a window of its own, and speak through the microphone of this device. A headset is best.]]</li>
{{/TIP_BROWSER}}{{#TIP_PREVIEW}}<li>[[When you have read who it is, press “Call”: the software dials.]]</li>
{{/TIP_PREVIEW}}{{#TIP_PROGRESSIVE}}<li>[[The software dials: the next phone rings as soon as you are free.]]</li>
{{/TIP_PROGRESSIVE}}<li>[[Choose the answer, or say how it went, and the next person comes.]]</li></ol>
<p class="soft small">[[Take your time. You can skip anybody and stop whenever you like.]]</p>{{/TIPS}}
{{#PRETEND_TIPS}}<ol class="tips"><li>[[The people are invented, and so are their numbers. Everything else is as in a real shift.]]</li>
<li>[[You meet everything there is: a good talk, voicemail, a wrong number, somebody who asks never to be called again.]]</li>
<li>[[Try things out. All of it is forgotten when you stop.]]</li></ol>{{/PRETEND_TIPS}}
{{#GO}}<form method="post" action="/agent/{{OPERATION_ID}}/next"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn {{WEIGHT}} btn-big btn-wide">{{BUTTON}}</button></form>{{/GO}}
{{#REHEARSE}}<form class="pause-practice" method="post" action="/agent/{{OPERATION_ID}}/practice"><input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-quiet btn-big btn-wide">[[Practise first]]</button>
<p class="soft small">[[On invented people: nobody is called, nothing counts.]]</p></form>{{/REHEARSE}}
{{#LOOKS}}<p class="soft small gap-top" id="looks">[[This page looks again by itself every minute.]]</p>{{/LOOKS}}
<p class="pause-back"><a href="/agent">[[My operations]]</a></p>
</section>
</div>
