{{%AUTOESCAPE context="HTML"}}
<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{{NAME}} · Tocsin</title>
<link rel="icon" href="/img/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/css/wall.css">
<script type="module" src="/js/wall.js"></script>
</head>
<body>
<main id="live">
<h1>{{NAME}}</h1>
<table class="wall"><caption>[[The numbers of today]]</caption>
<tr class="wall-big"><td>{{CALLS}}</td><td>{{REACHED}}</td><td>{{CALLABLE}}</td></tr>
<tr class="wall-words"><th scope="col">[[calls today]]</th><th scope="col">[[conversations]]</th><th scope="col">[[people to call now]]</th></tr></table>
{{#PROGRESS}}<svg class="wall-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="wall-all" width="100" height="4"/><rect class="wall-done" width="{{PERCENT}}" height="4"/></svg>
<p class="wall-progress"><strong>{{PERCENT}}&nbsp;%</strong> · {{WORDS}}{{#FORESEEN}} · {{WHEN}}{{/FORESEEN}}</p>{{/PROGRESS}}
<p class="wall-thanks">{{SENTENCE}}</p>
</main>
<footer><span>Tocsin</span> <span id="stale" role="status" hidden>[[No connection: these numbers are old.]]</span> <a href="?lang={{OTHER}}{{#LIVE}}&amp;live=1{{/LIVE}}" lang="{{OTHER}}" hreflang="{{OTHER}}">{{OTHER_NAME}}</a></footer>
</body>
</html>
