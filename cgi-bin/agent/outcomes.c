/*
 * outcomes.c - how a call went when nobody was reached, and the day and time to call back.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "domain/hours_words.h"

#include "tpl/callback.names.h"
#include "tpl/outcomes.names.h"

#include "agent.h"

void
callback_show(struct req *rq, struct tpl *into, const struct held *held, const struct say *say)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	const struct operation *op = &cx->op;
	const struct hours *h = &op->hours;
	const struct recycle_rule *rule = &cx->rules[ST_CALL_BACK];
	struct today today = today_in(held->zone, rq_now(rq));
	struct tpl *t = part_show(rq, into, "CALLBACK", "callback");
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	enum refusal date = say->typed ? in_refusal(rq, IN_CALLBACK_DATE) : R_NONE;
	enum refusal hour = say->typed ? in_refusal(rq, IN_CALLBACK_TIME) : R_NONE;
	const char *window = arena_fmt(a, tr(lang, "Calls are open %s, the person's time."), hours_words_week(a, lang, h));

	tpl_text(t, CALLBACK_KEEP_WORDS, arena_fmt(a, tr(lang, "Keep it for me. %u minutes later anybody may call."), KEEP_MINUTES));
	if (say->typed && in_bool(rq, IN_KEEP))
		tpl_show(t, CALLBACK_KEPT);
	tpl_text(t, CALLBACK_DAY_MIN, arena_fmt(a, "%04d-%02d-%02d", today.year, today.month, today.day));
	tpl_text(t, CALLBACK_DAY_MAX, arena_fmt(a, "%04d-%02d-%02d", h->end_year, h->end_month, h->end_day));
	tpl_text(t, CALLBACK_HINT, !rule->ticked || rule->max_calls == 0 ? window
	    : arena_fmt(a, "%s %s", window, arena_fmt(a, trn(lang,
	        "Without a day and a time: in %u minute at the earliest.",
	        "Without a day and a time: in %u minutes at the earliest.", rule->minutes), rule->minutes)));
	if (!say->typed)
		return;
	tpl_text(t, CALLBACK_DATE, in_typed(rq, IN_CALLBACK_DATE));
	tpl_text(t, CALLBACK_TIME, in_typed(rq, IN_CALLBACK_TIME));
	if (date != R_NONE)
		tpl_show(t, CALLBACK_DATE_WRONG);
	if (hour != R_NONE)
		tpl_show(t, CALLBACK_TIME_WRONG);
	if (date != R_NONE || hour != R_NONE)
		tpl_text(tpl_row(t, CALLBACK_WRONG), CALLBACK_SENTENCE, refusal_text(date != R_NONE ? date : hour, lang));
}

/* What happened without a conversation, the most frequent first; the rest is under "More". Statuses that
 * only a provider may set are never here (fact 53). */
void
outcomes_show(struct req *rq, struct page *pg, const struct held *held, const struct say *say)
{
	static const enum status first[] = { ST_NO_ANSWER, ST_VOICEMAIL, ST_NOT_HOME, ST_WRONG_NUMBER };
	static const bool elsewhere[ST__MAX] = { [ST_NO_ANSWER] = true, [ST_VOICEMAIL] = true, [ST_NOT_HOME] = true,
		[ST_WRONG_NUMBER] = true, [ST_CALL_BACK] = true, [ST_DNC] = true, [ST_COMPLETED] = true };
	enum lang lang = rq_lang(rq);
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, lang, sorted);
	struct tpl *box = part_show(rq, page_tpl(pg), "OUTCOMES", "outcomes"), *row;

	for (size_t i = 0; i < NITEMS(first); i++) {
		row = tpl_row(box, OUTCOMES_OUTCOME);
		tpl_text(row, OUTCOMES_CODE, status_code(first[i]));
		tpl_text(row, OUTCOMES_LABEL, status_label(first[i], lang));
	}
	for (size_t i = 0; i < n; i++) {
		if (elsewhere[sorted[i]])
			continue;
		row = tpl_row(box, OUTCOMES_MORE);
		tpl_text(row, OUTCOMES_CODE, status_code(sorted[i]));
		tpl_text(row, OUTCOMES_LABEL, status_label(sorted[i], lang));
	}
	tpl_text(box, OUTCOMES_DNC_LABEL, status_label(ST_DNC, lang));
	tpl_text(box, OUTCOMES_CALLBACK_LABEL, status_label(ST_CALL_BACK, lang));
	callback_show(rq, box, held, say);
	if (!say->typed)
		return;
	if (!in_blank(rq, IN_CALLBACK_DATE) || !in_blank(rq, IN_CALLBACK_TIME) ||
	    in_refusal(rq, IN_CALLBACK_DATE) != R_NONE || in_refusal(rq, IN_CALLBACK_TIME) != R_NONE)
		tpl_show(box, OUTCOMES_CALLBACK_OPEN);
	if (in_refusal(rq, IN_STATUS) != R_NONE)
		tpl_text(tpl_row(box, OUTCOMES_STATUS_WRONG), OUTCOMES_SENTENCE, refusal_text(R_STATUS_UNKNOWN, lang));
}
