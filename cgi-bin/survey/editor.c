/*
 * editor.c - the plain editor: one page for a new questionnaire and for an edit; every button works without JavaScript.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "survey.h"
#include "tpl/editor.names.h"

const char *
with_operation(struct req *rq)
{
	uint64_t op = in_uint(rq, IN_OPERATION);

	return op == 0 ? "" : arena_fmt(rq_arena(rq), "?operation=%llu", (unsigned long long)op);
}

const char *
way_back(struct req *rq)
{
	uint64_t op = in_uint(rq, IN_OPERATION);

	return op == 0 ? "/surveys" : arena_fmt(rq_arena(rq), "/wizard/%llu/questions", (unsigned long long)op);
}

/* The sentence beside a part: the refusal's, and for a merge field its name (a sentence alone would not say which). */
static const char *
sentence(struct req *rq, const struct survey_wrong *w)
{
	const char *text = refusal_text(w->why, rq_lang(rq));

	return w->word == NULL ? text : arena_fmt(rq_arena(rq), "%s %s", text, w->word);
}

static void
say(struct req *rq, struct tpl *where, const char *section, const struct survey_wrong *wrong, size_t n,
    enum survey_part part, int question)
{
	for (size_t i = 0; i < n; i++)
		if (wrong[i].part == part && wrong[i].question == question) {
			tpl_text(tpl_row(where, section), EDITOR_WRONG, sentence(rq, &wrong[i]));
			return;		/* one sentence at a time */
		}
}

static void
add_question(struct req *rq, struct page *pg, const struct draft *d, size_t i, const struct survey_wrong *wrong, size_t nwrong)
{
	const struct draft_question *q = &d->question[i];
	struct tpl *row = page_row(pg, EDITOR_QUESTION);
	bool yes_no = strcmp(q->kind, "yes_no") == 0;

	tpl_text(row, EDITOR_KEY, arena_fmt(rq_arena(rq), "%zu", i));
	tpl_text(row, EDITOR_NUMBER, arena_fmt(rq_arena(rq), "%zu", i + 1));
	tpl_text(row, EDITOR_STABLE, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)q->stable));
	tpl_text(row, EDITOR_TEXT_EN, q->text[LANG_EN]);
	tpl_text(row, EDITOR_TEXT_FR, q->text[LANG_FR]);
	tpl_text(row, EDITOR_CHOICES_EN, q->choices[LANG_EN]);
	tpl_text(row, EDITOR_CHOICES_FR, q->choices[LANG_FR]);
	tpl_show(row, yes_no ? EDITOR_YES_NO : EDITOR_SINGLE);
	if (i > 0)
		tpl_show(row, EDITOR_UP);
	if (i + 1 < d->n)
		tpl_show(row, EDITOR_DOWN);
	if (d->n > 1)
		tpl_show(row, EDITOR_REMOVE);
	say(rq, row, EDITOR_TEXT_EN_WRONG, wrong, nwrong, SP_QUESTION_EN, (int)i);
	say(rq, row, EDITOR_TEXT_FR_WRONG, wrong, nwrong, SP_QUESTION_FR, (int)i);
	say(rq, row, EDITOR_CHOICES_WRONG, wrong, nwrong, SP_CHOICES, (int)i);
}

static enum http
render(struct req *rq, const struct draft *d, const struct survey *was, const struct survey_wrong *wrong, size_t nwrong)
{
	const char *title = was == NULL ? tr(rq_lang(rq), N_("New questionnaire")) : tr(rq_lang(rq), N_("Edit the questionnaire"));
	struct page *pg = page_new(rq, "survey/editor.tpl", title);

	page_menu(pg, in_uint(rq, IN_OPERATION) != 0 ? "operations" : "surveys");
	page_shape(pg, "page-form");
	page_style(pg, "wizard.css");
	page_text(pg, EDITOR_CSRF, rq_csrf(rq));
	page_text(pg, EDITOR_TITLE, title);
	page_text(pg, EDITOR_ACTION, was == NULL ? "/surveys/new" : arena_fmt(rq_arena(rq), "/surveys/%llu", (unsigned long long)was->id.v));
	page_text(pg, EDITOR_BACK, way_back(rq));
	if (in_uint(rq, IN_OPERATION) != 0) {
		tpl_text(page_row(pg, EDITOR_FOR_OPERATION), EDITOR_OPERATION,
		    arena_fmt(rq_arena(rq), "%llu", (unsigned long long)in_uint(rq, IN_OPERATION)));
		page_show(pg, EDITOR_FROM_WIZARD);
	}
	page_text(pg, EDITOR_NAME, d->name);
	page_text(pg, EDITOR_DESCRIPTION, d->description);
	page_text(pg, EDITOR_SCRIPT_EN, d->script[LANG_EN]);
	page_text(pg, EDITOR_SCRIPT_FR, d->script[LANG_FR]);
	page_text(pg, EDITOR_QUESTIONS, arena_fmt(rq_arena(rq), "%zu", d->n));
	if (was != NULL)
		page_show(pg, EDITOR_IS_EDIT);
	for (size_t i = 0; i < d->n; i++)
		add_question(rq, pg, d, i, wrong, nwrong);
	if (d->n < SURVEY_QUESTIONS_MAX)
		page_show(pg, EDITOR_MAY_ADD);
	if (nwrong > 0)
		page_show(pg, EDITOR_SOME_WRONG);
	say(rq, page_tpl(pg), EDITOR_NAME_WRONG, wrong, nwrong, SP_NAME, -1);
	say(rq, page_tpl(pg), EDITOR_SCRIPT_EN_WRONG, wrong, nwrong, SP_SCRIPT_EN, -1);
	say(rq, page_tpl(pg), EDITOR_SCRIPT_FR_WRONG, wrong, nwrong, SP_SCRIPT_FR, -1);
	say(rq, page_tpl(pg), EDITOR_NO_QUESTION, wrong, nwrong, SP_QUESTION_EN, -1);
	page_input(pg, IN_DESCRIPTION, NULL, EDITOR_DESCRIPTION_WRONG);
	return page_send_as(pg, nwrong > 0 || in_refusal(rq, IN_DESCRIPTION) != R_NONE ? HTTP_UNPROCESSABLE : HTTP_OK);
}

static enum http
save(struct req *rq, const struct survey *was)
{
	const struct who *w = rq_who(rq);
	struct survey_wrong wrong[40];
	struct survey s;
	struct draft d;
	struct version_id version;
	enum refusal why = R_NONE;
	enum saved saved;
	size_t n;

	draft_typed(rq, &d);
	if (draft_button(rq, &d))
		return render(rq, &d, was, NULL, 0);
	draft_survey(&d, was, &s, rq_arena(rq));
	n = survey_check(&s, wrong, NITEMS(wrong), rq_arena(rq));
	if (n > 0 || in_refusal(rq, IN_DESCRIPTION) != R_NONE)
		return render(rq, &d, was, wrong, n);
	saved = survey_save(rq_db(rq), (struct organisation_id){ w->organisation }, (struct user_id){ w->user }, rq_now(rq), &s,
	    (struct operation_id){ in_uint(rq, IN_OPERATION) }, &version, &why, rq_arena(rq));
	if (saved != SAVED && saved != ALREADY)
		return resp_refuse(rq, saved == REFUSED ? why : R_BUSY);
	return resp_redirect(rq, way_back(rq));
}

static enum http
find(struct req *rq, struct survey *out)
{
	switch (survey_newest(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct survey_id){ rq_id(rq) },
	    out, rq_arena(rq))) {
	case FOUND:	return (enum http)0;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

enum http
new_show(struct req *rq)
{
	struct draft d;

	draft_blank(&d);
	return render(rq, &d, NULL, NULL, 0);
}

enum http
new_save(struct req *rq)
{
	return save(rq, NULL);
}

enum http
edit_show(struct req *rq)
{
	struct survey s;
	struct draft d;
	enum http no = find(rq, &s);

	if (no != 0)
		return no;
	draft_of_survey(&s, &d, rq_arena(rq));
	return render(rq, &d, &s, NULL, 0);
}

enum http
edit_save(struct req *rq)
{
	struct survey s;
	enum http no = find(rq, &s);

	return no != 0 ? no : save(rq, &s);
}
