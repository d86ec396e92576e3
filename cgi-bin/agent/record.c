/*
 * record.c - the middle and the right column: what to say, what to record.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/lang.h"

#include "tpl/call.names.h"

#include "agent.h"

/* What is read out is in the person's language where it is known. */
static enum lang
spoken(struct req *rq, const struct agent_screen *s)
{
	return s == NULL || s->language[0] == '\0' ? rq_lang(rq) : lang_of(s->language);
}

/* The language in which there is a text at all. */
static enum lang
written(const char *const text[LANG__MAX], enum lang wish)
{
	return text[wish] != NULL && text[wish][0] != '\0' ? wish : wish == LANG_FR ? LANG_EN : LANG_FR;
}

static const char *
merged(struct req *rq, const struct agent_screen *s, const char *text)
{
	const char *const value[MF__MAX] = {
		[MF_FIRST_NAME] = s == NULL ? "" : s->first_name, [MF_LAST_NAME] = s == NULL ? "" : s->last_name,
		[MF_AGENT] = rq_who(rq)->name, [MF_OPERATION] = agent_context(rq_who(rq))->op.name,
		[MF_CITY] = s == NULL ? "" : s->city, [MF_POLLING_PLACE] = s == NULL ? "" : s->polling_place,
	};
	return survey_merge(text, value, rq_arena(rq));
}

/* Paragraphs end at a blank line; one in brackets is advice, not to be read out. */
static void
paragraphs(struct req *rq, struct page *pg, const char *text)
{
	const char *p = text, *end;
	struct tpl *row;

	while (*(p += strspn(p, " \n\r\t")) != '\0') {
		end = p;
		while (*end != '\0' && strncmp(end, "\n\n", 2) != 0 && strncmp(end, "\n\r\n", 3) != 0)
			end++;
		row = page_row(pg, CALL_PARAGRAPH);
		tpl_text(row, CALL_SENTENCES, arena_strndup(rq_arena(rq), p, (size_t)(end - p)));
		if (*p == '(')
			tpl_show(row, CALL_ASIDE);
		p = end;
	}
}

void
script_show(struct req *rq, struct page *pg, const struct agent_screen *s, const struct survey *survey)
{
	enum lang lang = spoken(rq, s), mine = rq_lang(rq);
	const char *text = survey == NULL ? "" : survey_text(survey->script, lang);

	if (survey != NULL)
		lang = written(survey->script, lang);
	page_text(pg, CALL_SCRIPT_LANG, lang_code(lang));
	page_text(pg, CALL_SCRIPT_TITLE, lang == mine ? tr(mine, "What to say")
	    : lang == LANG_FR ? tr(mine, "What to say, in French") : tr(mine, "What to say, in English"));
	if (text == NULL || text[strspn(text, " \r\n\t")] == '\0')
		page_show(pg, CALL_NO_SCRIPT);
	else
		paragraphs(rq, pg, merged(rq, s, text));
}

const struct question *
question_of(const struct survey *survey, struct question_id id)
{
	for (size_t i = 0; survey != NULL && i < survey->nquestions; i++)
		if (survey->questions[i].id.v == id.v)
			return &survey->questions[i];
	return NULL;
}

bool
question_asks(const struct question *q)
{
	return q != NULL && strcmp(q->kind, "info") != 0;
}

static bool
picked(struct req *rq, uint64_t choice)
{
	for (size_t i = 0; i < in_count(rq, IN_ANSWER); i++)
		if (strtoull(in_nth(rq, IN_ANSWER, i), NULL, 10) == choice)
			return true;
	return false;
}

static void
choices_show(struct req *rq, struct tpl *question, const char *section, const struct question *q, enum lang lang,
    const struct say *say)
{
	struct tpl *list = tpl_row(question, section), *row;

	for (size_t i = 0; i < q->nchoices; i++) {
		row = tpl_row(list, CALL_CHOICE);
		tpl_text(row, CALL_CHOICE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)q->choices[i].id.v));
		tpl_text(row, CALL_CHOICE_TEXT, survey_text(q->choices[i].text, lang));
		if (say->typed && picked(rq, q->choices[i].id.v))
			tpl_show(row, CALL_PICKED);
		if (i < 9)
			tpl_text(tpl_row(row, CALL_KEY), CALL_DIGIT, arena_fmt(rq_arena(rq), "%zu", i + 1));
	}
}

void
question_show(struct req *rq, struct page *pg, const struct agent_screen *s, const struct question *q,
    const struct say *say)
{
	struct tpl *box, *in;
	enum lang lang;
	unsigned wrong;

	if (q == NULL)
		return;
	lang = written(q->text, spoken(rq, s));
	box = page_row(pg, CALL_QUESTION);
	tpl_text(box, CALL_Q_LANG, lang_code(lang));
	tpl_text(box, CALL_Q_TEXT, merged(rq, s, survey_text(q->text, lang)));
	if (!question_asks(q))
		return;
	if (q->nchoices > 0)
		choices_show(rq, box, strcmp(q->kind, "multiple_choice") == 0 ? CALL_SOME_OF : CALL_ONE_OF, q, lang, say);
	else if (strcmp(q->kind, "text_long") == 0)
		tpl_text(tpl_row(box, CALL_LINES), CALL_VALUE, say->typed ? in_typed(rq, IN_SAID) : "");
	else {
		in = tpl_row(box, CALL_LINE_IN);
		tpl_text(in, CALL_TYPE, strcmp(q->kind, "number") == 0 ? "number"
		    : strcmp(q->kind, "date") == 0 ? "date" : "text");
		tpl_text(in, CALL_VALUE, say->typed ? in_typed(rq, IN_SAID) : "");
	}
	wrong = q->nchoices > 0 ? IN_ANSWER : IN_SAID;
	if (say->typed && in_refusal(rq, wrong) != R_NONE)
		tpl_text(tpl_row(box, CALL_Q_WRONG), CALL_SENTENCE, in_refusal(rq, wrong) == R_MISSING
		    ? tr(rq_lang(rq), "Choose an answer, or say below how the call went.")
		    : refusal_text(in_refusal(rq, wrong), rq_lang(rq)));
}

static void
callback_show(struct req *rq, struct page *pg, const struct held *held, const struct say *say)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	const struct operation *op = &cx->op;
	const struct hours *h = &op->hours;
	const struct recycle_rule *rule = &cx->rules[ST_CALL_BACK];
	struct today today = today_in(held->zone, rq_now(rq));
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	enum refusal date = say->typed ? in_refusal(rq, IN_CALLBACK_DATE) : R_NONE;
	enum refusal hour = say->typed ? in_refusal(rq, IN_CALLBACK_TIME) : R_NONE;
	const char *window = arena_fmt(a, tr(lang, "Calls are open from %d:%02d to %d:%02d, the person's time."),
	    h->opens_minute / 60, h->opens_minute % 60, h->closes_minute / 60, h->closes_minute % 60);

	page_text(pg, CALL_CALLBACK_LABEL, status_label(ST_CALL_BACK, lang));
	page_text(pg, CALL_DAY_MIN, arena_fmt(a, "%04d-%02d-%02d", today.year, today.month, today.day));
	page_text(pg, CALL_DAY_MAX, arena_fmt(a, "%04d-%02d-%02d", h->end_year, h->end_month, h->end_day));
	page_text(pg, CALL_CALLBACK_HINT, !rule->ticked || rule->max_calls == 0 ? window
	    : arena_fmt(a, "%s %s", window, arena_fmt(a, trn(lang,
	        "Without a day and a time: in %u minute at the earliest.",
	        "Without a day and a time: in %u minutes at the earliest.", rule->minutes), rule->minutes)));
	if (!say->typed)
		return;
	page_text(pg, CALL_CALLBACK_DATE, in_typed(rq, IN_CALLBACK_DATE));
	page_text(pg, CALL_CALLBACK_TIME, in_typed(rq, IN_CALLBACK_TIME));
	if (!in_blank(rq, IN_CALLBACK_DATE) || !in_blank(rq, IN_CALLBACK_TIME) || date != R_NONE || hour != R_NONE)
		page_show(pg, CALL_CALLBACK_OPEN);
	if (date != R_NONE)
		page_show(pg, CALL_DATE_WRONG);
	if (hour != R_NONE)
		page_show(pg, CALL_TIME_WRONG);
	if (date != R_NONE || hour != R_NONE)
		tpl_text(page_row(pg, CALL_CALLBACK_WRONG), CALL_SENTENCE, refusal_text(date != R_NONE ? date : hour, lang));
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
	struct tpl *row;

	for (size_t i = 0; i < NITEMS(first); i++) {
		row = page_row(pg, CALL_OUTCOME);
		tpl_text(row, CALL_CODE, status_code(first[i]));
		tpl_text(row, CALL_LABEL, status_label(first[i], lang));
	}
	for (size_t i = 0; i < n; i++) {
		if (elsewhere[sorted[i]])
			continue;
		row = page_row(pg, CALL_MORE);
		tpl_text(row, CALL_CODE, status_code(sorted[i]));
		tpl_text(row, CALL_LABEL, status_label(sorted[i], lang));
	}
	page_text(pg, CALL_DNC_LABEL, status_label(ST_DNC, lang));
	callback_show(rq, pg, held, say);
	if (!say->typed)
		return;
	page_text(pg, CALL_NOTE, in_typed(rq, IN_NOTE));
	if (in_refusal(rq, IN_NOTE) != R_NONE)
		tpl_text(page_row(pg, CALL_NOTE_WRONG), CALL_SENTENCE, refusal_text(in_refusal(rq, IN_NOTE), lang));
	if (in_refusal(rq, IN_STATUS) != R_NONE)
		tpl_text(page_row(pg, CALL_STATUS_WRONG), CALL_SENTENCE, refusal_text(R_STATUS_UNKNOWN, lang));
}
