{{%AUTOESCAPE context="HTML"}}
<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{TITLE}} · Tocsin</title>
{{#AGAIN}}<noscript><meta http-equiv="refresh" content="{{SECONDS}}"></noscript>
{{/AGAIN}}<link rel="icon" href="/img/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/vendor/bootstrap/css/bootstrap.min.css">
<link rel="stylesheet" href="/css/tocsin.css">
{{#STYLE}}<link rel="stylesheet" href="/css/{{NAME}}">
{{/STYLE}}<script type="module" src="/js/site.js"></script>
{{#SCRIPT}}<script type="module" src="/js/{{NAME}}"></script>
{{/SCRIPT}}</head>
<body>
<a class="skip" href="#main">[[Skip to the page]]</a>
<header class="top site-head">
<a class="top-brand" href="/">Tocsin</a>
{{#ORGANISER_MENU}}
<nav class="top-menu site-menu" aria-label="[[Main menu]]">
<details class="menu top-group">
<summary{{#AT_OPERATIONS}} class="lit"{{/AT_OPERATIONS}}>[[Operations]]</summary>
<ul>
<li><span class="menu-label" id="menu-calls">[[Call operations]]</span>
<ul aria-labelledby="menu-calls">
<li><a href="/operations"{{#AT_OPERATIONS}} aria-current="page"{{/AT_OPERATIONS}}>[[Call operations]]</a></li>
<li><a href="/agent">[[Make calls]]</a></li>
</ul></li>
</ul>
</details>
<a href="/contacts"{{#AT_CONTACTS}} aria-current="page"{{/AT_CONTACTS}}>[[Contacts]]</a>
<a href="/electors"{{#AT_ELECTORS}} aria-current="page"{{/AT_ELECTORS}}>[[Electors]]</a>
<a href="/surveys"{{#AT_SURVEYS}} aria-current="page"{{/AT_SURVEYS}}>[[Questionnaires]]</a>
{{#ADMIN_MENU}}<a href="/users"{{#AT_USERS}} aria-current="page"{{/AT_USERS}}>[[Users]]</a>
<a href="/connections"{{#AT_CONNECTIONS}} aria-current="page"{{/AT_CONNECTIONS}}>[[Telephony]]</a>
{{/ADMIN_MENU}}</nav>
{{/ORGANISER_MENU}}
{{#OBSERVER_MENU}}
<nav class="top-menu site-menu" aria-label="[[Main menu]]">
<a href="/operations"{{#AT_OPERATIONS}} aria-current="page"{{/AT_OPERATIONS}}>[[Call operations]]</a>
<a href="/agent"{{#AT_AGENT}} aria-current="page"{{/AT_AGENT}}>[[Make calls]]</a>
</nav>
{{/OBSERVER_MENU}}
{{#AGENT_MENU}}
<nav class="top-menu site-menu" aria-label="[[Main menu]]">
<a href="/agent"{{#AT_AGENT}} aria-current="page"{{/AT_AGENT}}>[[My call operations]]</a>
</nav>
{{/AGENT_MENU}}
<div class="top-side site-user">
{{#USER}}<a class="top-name" href="/profile">{{NAME}}</a>
{{/USER}}{{#LANGUAGE}}<form method="post" action="/language">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="next" value="{{HERE}}">
<button class="btn btn-link" name="language" value="{{OTHER}}" lang="{{OTHER}}">{{OTHER_NAME}}</button>
</form>
{{/LANGUAGE}}{{#SIGN_OUT}}<form method="post" action="/sign-out">
<input type="hidden" name="csrf" value="{{CSRF}}">
<button class="btn btn-link">[[Sign out]]</button>
</form>
{{/SIGN_OUT}}</div>
</header>
<main id="main" class="page {{SHAPE}}" tabindex="-1">
{{#GOOD}}<p class="notice notice-good" role="status">{{TEXT}}</p>
{{/GOOD}}{{#BAD}}<p class="notice notice-bad" role="alert">{{TEXT}}</p>
{{/BAD}}
