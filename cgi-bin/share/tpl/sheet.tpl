{{%AUTOESCAPE context="HTML"}}
<div class="page-head no-print"><a href="/share/{{ID}}">[[Back to sharing]]</a>
<button class="btn btn-primary" type="button" data-print hidden>[[Print]]</button></div>
{{#WARNING}}<p class="notice notice-warn no-print"><strong>[[Careful.]]</strong> [[This link makes an owner of the first person who opens it. Do not hang it on a wall.]]</p>{{/WARNING}}
<article class="sheet">
<p class="eyebrow">[[We need you on the phone]]</p>
<h1>{{OPERATION}}</h1>
<p class="sheet-hours">{{HOURS}}</p>
{{#QR}}<div class="qr"><img src="/share/{{ID}}/qr.svg" alt="[[QR code of the link]]" width="330" height="330"></div>{{/QR}}
{{#NO_QR}}<p class="notice no-print">[[“Share QR” is off, so the sheet shows the address only.]]</p>{{/NO_QR}}
<p class="address">{{URL}}</p>
<ol>
<li>[[Point your phone’s camera at the code, or type the address.]]</li>
<li>[[Give your name and press “Join”.]]</li>
<li>[[Press “Start calling”: you see whom to call and what to say.]]</li>
<li>[[Choose how the call went. The next person appears by itself.]]</li>
</ol>
{{#OWN_PHONE}}<p class="soft">[[You call with your own phone. Stop whenever you like.]]</p>{{/OWN_PHONE}}
{{#SOFTWARE}}<p class="soft">[[The software dials for you. Stop whenever you like.]]</p>{{/SOFTWARE}}
</article>
