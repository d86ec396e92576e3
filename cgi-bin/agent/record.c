/*
 * record.c - what to say, what to record: the middle and the right column of the original version.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "tpl/call.names.h"

#include "agent.h"

/* What is read out is in the person's language where it is known. */
enum lang
spoken(struct req *rq, const struct agent_screen *s)
{
	return s == NULL || s->language[0] == '\0' ? rq_lang(rq) : lang_of(s->language);
}

/* The language in which there is a text at all. */
enum lang
written(const char *const text[LANG__MAX], enum lang wish)
{
	return text[wish] != NULL && text[wish][0] != '\0' ? wish : wish == LANG_FR ? LANG_EN : LANG_FR;
}

const char *
merged(struct req *rq, const struct agent_screen *s, const char *text)
{
	const char *organisation = "";
	const char *value[MF__MAX] = {
		[MF_FIRST_NAME] = s == NULL ? "" : s->first_name, [MF_LAST_NAME] = s == NULL ? "" : s->last_name,
		[MF_AGENT] = rq_who(rq)->name, [MF_OPERATION] = agent_context(rq_who(rq))->op.name,
		[MF_CITY] = s == NULL ? "" : s->city, [MF_POLLING_PLACE] = s == NULL ? "" : s->polling_place,
	};
	if (survey_merges(text, MF_ORGANISATION))
		survey_organisation_name(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, &organisation, rq_arena(rq));
	value[MF_ORGANISATION] = organisation;
	return survey_merge(text, value, rq_arena(rq));
}

/* Paragraphs end at a blank line; one in brackets is advice, not to be read out. */
void
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

const char *
script_title(struct req *rq, enum lang lang)
{
	enum lang mine = rq_lang(rq);

	return lang == mine ? tr(mine, "What to say")
	    : lang == LANG_FR ? tr(mine, "What to say, in French") : tr(mine, "What to say, in English");
}

void
script_show(struct req *rq, struct page *pg, const struct agent_screen *s, const struct survey *survey)
{
	enum lang lang = spoken(rq, s);
	const char *text = survey == NULL ? "" : survey_text(survey->script, lang);

	if (survey != NULL)
		lang = written(survey->script, lang);
	page_text(pg, CALL_SCRIPT_LANG, lang_code(lang));
	page_text(pg, CALL_SCRIPT_TITLE, script_title(rq, lang));
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

/* What was typed, else what the conversation keeps. */
void
note_show(struct req *rq, struct page *pg, const char *kept, const struct say *say)
{
	page_text(pg, CALL_NOTE, say->typed ? in_typed(rq, IN_NOTE) : kept);
	if (say->typed && in_refusal(rq, IN_NOTE) != R_NONE)
		tpl_text(page_row(pg, CALL_NOTE_WRONG), CALL_SENTENCE, refusal_text(in_refusal(rq, IN_NOTE), rq_lang(rq)));
}
