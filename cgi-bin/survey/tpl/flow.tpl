{{%AUTOESCAPE context="HTML"}}
<svg class="flow-picture" viewBox="0 0 {{ALL_WIDE}} {{ALL_HIGH}}" width="{{ALL_WIDE}}" height="{{ALL_HIGH}}" role="group" aria-label="[[The way through the questions]]">
{{#LINE}}<path class="flow-line flow-{{COLOUR}}" d="{{PATH}}"/>{{/LINE}}
{{#BOX}}<a class="flow-box{{#LOST}} flow-lost{{/LOST}}" href="#question-{{AT}}"><rect x="{{X}}" y="{{Y}}" width="{{WIDE}}" height="{{HIGH}}" rx="8"/><text class="flow-number" x="{{NUMBER_X}}" y="{{TEXT_Y}}">{{NUMBER}}</text><text x="{{TEXT_X}}" y="{{TEXT_Y}}">{{TEXT}}</text>{{#OUT}}<text class="flow-out{{#WRONG}} flow-out-wrong{{/WRONG}}" x="{{OUT_X}}" y="{{OUT_Y}}">{{ANSWERS}}</text>{{/OUT}}</a>
{{/BOX}}
<g class="flow-end"><rect x="{{X}}" y="{{END_Y}}" width="{{WIDE}}" height="{{END_HIGH}}" rx="14"/><text x="{{END_X}}" y="{{END_TEXT_Y}}">[[End of the questionnaire]]</text></g>
</svg>
<details class="flow-words"><summary class="small">[[The same in words]]</summary>
<ol class="small">{{#WORDS}}<li>{{TEXT}}<ul>{{#WAY}}<li>{{ANSWERS}} → {{WHERE}}</li>{{/WAY}}{{#GOES_ON}}<li>→ {{WHERE}}</li>{{/GOES_ON}}</ul></li>{{/WORDS}}</ol></details>
