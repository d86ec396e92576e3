{{%AUTOESCAPE context="HTML"}}
{{#SHARED}}<fieldset class="mates" aria-describedby="mates-hint"><legend>[[On the same number]]</legend>
{{#MATE}}<label class="tick"><input class="form-check-input" type="checkbox" name="mate" value="{{ENTRY_ID}}"{{#TICKED}} checked{{/TICKED}}> <span>{{WORDS}}</span></label>{{/MATE}}
<p class="hint" id="mates-hint">[[Nobody reached, or to call back: it counts for all of them. After a conversation the next one comes up, on the same line.]]</p></fieldset>{{/SHARED}}
