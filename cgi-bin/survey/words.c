/*
 * words.c - what is said about kinds, branches, and what is wrong where.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "survey.h"

const struct kind_word kind_words[] = {
	{ "single_choice",   N_("Single choice: one of the answers") },
	{ "yes_no",          N_("Yes / No") },
	{ "multiple_choice", N_("Multiple choice: several answers") },
	{ "scale",           N_("Scale: a number between two ends") },
	{ "text_short",      N_("Short text") },
	{ "text_long",       N_("Long text") },
	{ "number",          N_("Number") },
	{ "date",            N_("Date") },
	{ "field_update",    N_("Field of the record: asks for it and corrects it") },
	{ "info",            N_("Text to read out, without an answer") },
};
const size_t nkind_words = NITEMS(kind_words);

const char *
kind_label(const char *kind, enum lang lang)
{
	for (size_t i = 0; i < nkind_words; i++)
		if (strcmp(kind_words[i].kind, kind) == 0)
			return tr(lang, kind_words[i].label);
	return kind;
}

const char *
branch_label(struct req *rq, int next, const char *const text[LANG__MAX])
{
	enum lang lang = rq_lang(rq);

	if (next == NEXT_END)
		return tr(lang, N_("End of the questionnaire"));
	if (next == NEXT_GONE)
		return tr(lang, N_("(a question that was removed)"));
	if (next == 0)
		return tr(lang, N_("Next question"));
	return arena_fmt(rq_arena(rq), tr(lang, "Question %d: %s"), next, text == NULL ? "" :
	    text_cut(rq_arena(rq), survey_text(text, lang), 60));
}

const char *
wrong_sentence(struct req *rq, const struct survey_wrong *w)
{
	const char *text = refusal_text(w->why, rq_lang(rq));

	return w->word == NULL ? text : arena_fmt(rq_arena(rq), "%s %s", text, w->word);
}

static const char *
place(struct req *rq, const struct draft *d, const struct survey_wrong *w)
{
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);

	if (w->question < 0)
		return w->part == SP_NAME ? tr(lang, N_("Name")) : w->part == SP_SCRIPT_FR ? tr(lang, N_("Script in French")) :
		    w->part == SP_SCRIPT_EN ? tr(lang, N_("Script in English")) : tr(lang, N_("Questions"));
	if (w->choice >= 0 && strcmp(d->question[w->question].kind, "scale") == 0)
		return arena_fmt(a, tr(lang, "Question %d, number %d"), w->question + 1, d->question[w->question].from + w->choice);
	if (w->choice >= 0)
		return arena_fmt(a, tr(lang, "Question %d, answer %d"), w->question + 1, w->choice + 1);
	if (w->part == SP_QUESTION_FR || (w->part == SP_QUESTION_EN && w->why == R_NOT_TRANSLATED))
		return arena_fmt(a, w->part == SP_QUESTION_FR ? tr(lang, "Question %d in French") : tr(lang, "Question %d in English"),
		    w->question + 1);
	return arena_fmt(a, tr(lang, "Question %d"), w->question + 1);
}

const char *
wrong_line(struct req *rq, const struct draft *d, const struct survey_wrong *w)
{
	return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s: %s"), place(rq, d, w), wrong_sentence(rq, w));
}

const char *
wrong_input(struct req *rq, const struct draft *d, const struct survey_wrong *w)
{
	struct arena *a = rq_arena(rq);
	int q = w->question, c = w->choice;

	switch (w->part) {
	case SP_NAME:		return "name";
	case SP_SCRIPT_EN:	return "script-en";
	case SP_SCRIPT_FR:	return "script-fr";
	case SP_QUESTION_EN:	return q < 0 ? "add" : arena_fmt(a, "text-en-%d", q);
	case SP_QUESTION_FR:	return arena_fmt(a, "text-fr-%d", q);
	case SP_CHOICE:		return arena_fmt(a, "choice-fr-%d-%d", q, c);
	case SP_NEXT:
		if (strcmp(d->question[q].kind, "yes_no") == 0)
			return arena_fmt(a, c == 0 ? "yes-next-%d" : "no-next-%d", q);
		if (strcmp(d->question[q].kind, "scale") == 0)
			return arena_fmt(a, "scale-next-%d-%d", q, d->question[q].from + c);
		return arena_fmt(a, "next-%d-%d", q, c);
	case SP_FIELD:		return arena_fmt(a, "field-%d", q);
	case SP_CHOICES:
	case SP_REACH:		break;
	}
	return arena_fmt(a, "question-%d", q);
}
