{{%AUTOESCAPE context="HTML"}}
<div class="card empty-card">
{{#ENDED}}<h1>[[Practice is over]]</h1>
<p>[[Well done. Nobody was called, and nothing of it is kept.]]</p>
<p>[[For the real calls, open the link or scan the QR code of the operation that the team gives you.]]</p>{{/ENDED}}
{{#STOPPED}}<h1>[[This link no longer works]]</h1>
<p>[[Practice was turned off, or the operation is over. Ask who gave you the link.]]</p>{{/STOPPED}}
</div>
