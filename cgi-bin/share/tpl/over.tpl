{{%AUTOESCAPE context="HTML"}}
<div class="card empty-card">
{{#STOPPED}}<h1>[[This link no longer works]]</h1>
<p>[[It was replaced or stopped, or a character is missing. Ask the person who gave it to you for a new one.]]</p>{{/STOPPED}}
{{#USED}}<h1>[[This link was used already]]</h1>
<p>[[It worked once, for one person. Ask the person who gave it to you for a new one.]]</p>{{/USED}}
{{#ENDED}}<h1>[[These calls are over]]</h1>
<p>[[The operation has ended. Thank you for wanting to help!]]</p>{{/ENDED}}
{{#MINE}}<p><a class="btn btn-primary" href="/agent">[[My call operations]]</a></p>{{/MINE}}
</div>
