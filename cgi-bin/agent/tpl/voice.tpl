{{%AUTOESCAPE context="HTML"}}
<div id="voice" data-script="{{SCRIPT}}" data-post="/agent/{{OPERATION_ID}}/voice" data-token="/agent/{{OPERATION_ID}}/voice/token" data-end="/agent/{{OPERATION_ID}}/line/end" data-csrf="{{CSRF}}" data-state="closed">
<section class="card pause-card voice-card" aria-labelledby="voice-title">
<p class="eyebrow">{{NAME}}</p>
<h1 id="voice-title">[[My line]]</h1>
<noscript><p class="notice notice-warn">[[This page needs JavaScript. Without it, call with your phone: on the page of the calls, choose “Use my phone instead”.]]</p></noscript>
<p class="voice-state" id="voice-say" role="status"></p>
<p class="notice notice-bad" id="voice-wrong" role="alert" hidden></p>
<p class="soft small" data-for="closed trouble">[[Put your headset on, then open the line: the browser asks whether this page may use the microphone. You only do this once, at the beginning.]]</p>
<div class="voice-buttons">
<button class="btn btn-call btn-big btn-wide" type="button" id="voice-open" data-for="closed trouble" hidden>[[Open my line]]</button>
<button class="btn btn-quiet btn-big btn-wide" type="button" id="voice-mute" aria-pressed="false" data-for="open" data-on="[[Turn my microphone on again]]" data-off="[[Mute my microphone]]" hidden>[[Mute my microphone]]</button>
<button class="btn btn-danger-quiet btn-big btn-wide" type="button" id="voice-close" data-for="opening open" hidden>[[Close my line]]</button>
</div>
<p class="small soft" data-for="open opening" hidden>[[Leave this window open while you call. The calls go on in the other one.]]</p>
<p class="pause-back" data-for="closed trouble"><a href="/agent/{{OPERATION_ID}}">[[Use my phone instead]]</a></p>
</section>
<ul id="voice-words" hidden>
<li data-word="closed">[[Your line is closed.]]</li>
<li data-word="asking">[[Allow the microphone in your browser’s question…]]</li>
<li data-word="loading">[[Loading…]]</li>
<li data-word="waiting">[[Your line from before is being closed. One moment…]]</li>
<li data-word="connecting">[[Connecting…]]</li>
<li data-word="open">[[Your line is open.]]</li>
<li data-word="muted">[[Your microphone is off: nobody hears you.]]</li>
<li data-word="again">[[The connection is shaky. It is being mended…]]</li>
<li data-word="silent">[[Nothing is heard from your microphone. Check that it is the right one and not turned off.]]</li>
<li data-word="unplugged">[[A sound device was taken away. Plug it in again, or close the line and open it anew.]]</li>
<li data-word="ended">[[Your line has ended. Open it again to go on calling.]]</li>
<li data-word="no-secure">[[Browsers give a microphone only to a page whose address begins with https://. Use your phone, and tell who runs this site.]]</li>
<li data-word="no-mic">[[No microphone was found. Plug one in and try again, or use your phone.]]</li>
<li data-word="mic-blocked">[[The browser does not let this page use the microphone. Allow it in the browser’s settings for this site, then try again; or use your phone.]]</li>
<li data-word="mic-busy">[[The microphone cannot be used: another program may have it. Close that program and try again, or use your phone.]]</li>
<li data-word="no-script">[[The telephone company’s script could not be loaded. Try again, or use your phone; if it stays so, tell an administrator.]]</li>
<li data-word="no-rtc">[[This browser cannot make calls. Use another one (Firefox, Chrome, Edge or Safari, up to date), or your phone.]]</li>
<li data-word="refused">[[The telephone company does not accept this site’s key. Use your phone, and tell an administrator.]]</li>
<li data-word="unreached">[[The telephone company cannot be reached from this browser. A firewall may be in the way. Try again, or use your phone.]]</li>
<li data-word="broken">[[The line broke. Open it again, or use your phone.]]</li>
<li data-word="no-site">[[This site does not answer. Check your connection and try again.]]</li>
</ul>
</div>
