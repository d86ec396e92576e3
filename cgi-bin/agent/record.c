/*
 * record.c - what to say, and the note.
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

/* What was typed, else what the conversation keeps. */
void
note_show(struct req *rq, struct page *pg, const char *kept, const struct say *say)
{
	page_text(pg, CALL_NOTE, say->typed ? in_typed(rq, IN_NOTE) : say->was != NULL ? say->was->note : kept);
	if (say->typed && in_refusal(rq, IN_NOTE) != R_NONE)
		tpl_text(page_row(pg, CALL_NOTE_WRONG), CALL_SENTENCE, refusal_text(in_refusal(rq, IN_NOTE), rq_lang(rq)));
}
