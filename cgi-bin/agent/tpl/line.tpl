{{%AUTOESCAPE context="HTML"}}
<div class="line-card" id="line-card" data-mark="{{MARK}}" data-held="{{HELD}}"{{#WAITS}} data-waits="1"{{/WAITS}}>
{{#PAUSED}}<p class="notice notice-warn" role="status">[[Calls are paused for everybody here:]] {{WHY}} [[An administrator can see and mend it.]]</p>{{/PAUSED}}
{{#WRONG}}<p class="wrong" role="alert">{{SENTENCE}}</p>{{/WRONG}}
{{#SAY}}<p class="line-say" role="status">{{WORDS}}</p>{{/SAY}}
{{#START}}<p class="small soft">[[Your own phone rings once. Then everybody you call is connected to you there; you only answer once.]]</p>
{{#PRETEND}}<p class="notice">[[In practice no phone rings: the simulation answers in your place.]]</p>{{/PRETEND}}
{{#OWN_PHONE}}<div class="field"><label for="line_number">[[The number of the phone beside you]]</label>
<input class="form-control" id="line_number" name="line_number" type="tel" autocomplete="tel" maxlength="30" value="{{NUMBER}}"></div>{{/OWN_PHONE}}
<button class="btn btn-call btn-big btn-wide" data-line formaction="/agent/{{OPERATION_ID}}/line/start">[[Connect my phone]]</button>{{/START}}
{{#OPEN_HERE}}<p class="small soft">[[Your line opens in a window of its own and uses the microphone of this device. Leave that window open while you call.]]</p>
<a class="btn btn-call btn-big btn-wide" href="/agent/{{OPERATION_ID}}/voice" target="tocsin-line">[[Open my line]]</a>
<details class="more gap-top"{{#NUMBER_OPEN}} open{{/NUMBER_OPEN}}><summary>[[Use my phone instead]]</summary>
<p class="small soft">[[Your own phone rings once. Then everybody you call is connected to you there; you only answer once.]]</p>
<div class="field"><label for="line_number">[[The number of the phone beside you]]</label>
<input class="form-control" id="line_number" name="line_number" type="tel" autocomplete="tel" maxlength="30" value="{{NUMBER}}"></div>
<button class="btn btn-quiet btn-big btn-wide" data-line formaction="/agent/{{OPERATION_ID}}/line/start">[[Connect my phone]]</button></details>{{/OPEN_HERE}}
{{#OPENING}}<p class="line-say" role="status">[[Your line is being opened in its window.]]</p>{{/OPENING}}
{{#RINGS}}<p class="line-say" role="status">[[Your phone rings:]] <span class="nowrap">{{NUMBER}}</span>. [[Answer it and press 1.]]</p>{{/RINGS}}
{{#CALL}}<button class="btn btn-call btn-big btn-wide" data-line formaction="/agent/{{OPERATION_ID}}/line/call">[[Call]]</button>{{/CALL}}
{{#CALL_AGAIN}}<button class="btn btn-call btn-big btn-wide" data-line formaction="/agent/{{OPERATION_ID}}/line/call">[[Call again]]</button>{{/CALL_AGAIN}}
{{#HANG_UP}}<button class="btn btn-danger btn-big btn-wide" data-line formaction="/agent/{{OPERATION_ID}}/line/hang-up">[[Hang up]]</button>{{/HANG_UP}}
{{#DETECTED}}<p class="line-found"><span class="eyebrow">[[Detected]]</span> <strong>{{STATUS}}</strong></p>
<button class="btn btn-primary btn-big btn-wide" name="status" value="detected">[[Save this and next]]</button>
<p class="small soft">[[You heard something else? Your word counts: choose how it went.]]</p>{{/DETECTED}}
{{#SAY_HOW}}<p class="small soft">[[Say how it went.]]</p>{{/SAY_HOW}}
{{#END}}<p class="line-end"><button class="btn btn-link soft small" data-line formaction="/agent/{{OPERATION_ID}}/line/end">[[Hang up my own phone]]</button></p>{{/END}}
{{#CLOSE}}<p class="line-end"><button class="btn btn-link soft small" data-line formaction="/agent/{{OPERATION_ID}}/line/end">[[Close my line]]</button></p>{{/CLOSE}}
</div>
