/*
 * editor.c - the editor: one page for a new questionnaire and for an edit; every button works without JavaScript.
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

/* Everything that is wrong, or worth knowing, as links to where it is. */
static void
add_lines(struct req *rq, struct page *pg, const char *section, const char *line, const struct draft *d, struct wrongs w)
{
	struct tpl *box = w.n > 0 ? page_row(pg, section) : NULL;

	for (size_t i = 0; i < w.n; i++) {
		struct tpl *row = tpl_row(box, line);
		tpl_text(row, EDITOR_AT, wrong_input(rq, d, &w.list[i]));
		tpl_text(row, EDITOR_LINE, wrong_line(rq, d, &w.list[i]));
	}
}

static void
add_script(struct req *rq, struct page *pg, struct wrongs wrong, struct wrongs advice)
{
	if (!rows_say(rq, page_tpl(pg), EDITOR_SCRIPT_EN_WRONG, wrong, SP_SCRIPT_EN, -1, -1))
		rows_say(rq, page_tpl(pg), EDITOR_SCRIPT_EN_ADVICE, advice, SP_SCRIPT_EN, -1, -1);
	if (!rows_say(rq, page_tpl(pg), EDITOR_SCRIPT_FR_WRONG, wrong, SP_SCRIPT_FR, -1, -1))
		rows_say(rq, page_tpl(pg), EDITOR_SCRIPT_FR_ADVICE, advice, SP_SCRIPT_FR, -1, -1);
}

static void
add_merge_help(struct req *rq, struct page *pg)
{
	static const char *const meaning[MF__MAX] = {
		[MF_FIRST_NAME] = N_("the person’s first name"), [MF_LAST_NAME] = N_("the person’s last name"),
		[MF_AGENT] = N_("the name of the agent who calls"), [MF_OPERATION] = N_("the name of the operation"),
		[MF_ORGANISATION] = N_("the name of your organisation"),
		[MF_CITY] = N_("the person’s city, if the operation shows addresses"),
		[MF_POLLING_PLACE] = N_("the elector’s polling place, if the operation shows it"),
	};

	for (unsigned f = 0; f < MF__MAX; f++) {
		struct tpl *row = page_row(pg, EDITOR_MERGE);
		tpl_text(row, EDITOR_WORD, arena_fmt(rq_arena(rq), "{%s}", merge_field_name[f]));
		tpl_text(row, EDITOR_MEANING, tr(rq_lang(rq), meaning[f]));
	}
}

static const char *
address(struct req *rq, const struct survey *was, const char *page)
{
	return arena_fmt(rq_arena(rq), "/surveys/%llu%s%s", (unsigned long long)was->id.v, page, with_operation(rq));
}

/* The version that this form was made from, else the newest; after a quarrel the newest, so that saving again can be meant. */
static void
add_base(struct req *rq, struct page *pg, const struct survey *was, bool changed)
{
	bool typed = in_uint(rq, IN_BASE) != 0 && in_uint(rq, IN_BASE_NAME) != 0 && !changed;
	struct tpl *row = page_row(pg, EDITOR_BASED);

	page_text(pg, EDITOR_VERSIONS, address(rq, was, "/versions"));
	tpl_text(row, EDITOR_BASE, typed ? in_typed(rq, IN_BASE) : arena_fmt(rq_arena(rq), "%llu", (unsigned long long)was->version.v));
	tpl_text(row, EDITOR_BASE_NAME, typed ? in_typed(rq, IN_BASE_NAME) : arena_fmt(rq_arena(rq), "%u", was->renamed));
	if (!changed)
		return;
	row = page_row(pg, EDITOR_CHANGED);
	tpl_text(row, EDITOR_THEIRS, address(rq, was, "/preview"));
	tpl_text(row, EDITOR_WHO_WHEN, version_words(rq, was));
}

/* How the form stands: typed anew, to be asked about, refused because somebody else was faster. */
enum state { AS_IT_IS, ASKED, CHANGED_MEANWHILE };

/* ASKED: it could be saved, and the maker is to say whether the advice matters. */
static enum http
render(struct req *rq, const struct draft *d, const struct survey *was, struct wrongs wrong, struct wrongs advice, enum state state)
{
	struct draft copy = *d;			/* the picture leaves out what nobody used; the form keeps it */
	struct survey drawn;
	const char *title = was == NULL ? tr(rq_lang(rq), N_("New questionnaire")) : tr(rq_lang(rq), N_("Edit the questionnaire"));
	struct page *pg = page_new(rq, "survey/editor.tpl", title);
	uint64_t operation = in_uint(rq, IN_OPERATION);

	page_menu(pg, operation != 0 ? "operations" : "surveys");
	page_shape(pg, "page-editor");
	page_style(pg, "wizard.css");
	page_style(pg, "survey.css");
	page_script(pg, "survey.js");
	page_text(pg, EDITOR_CSRF, rq_csrf(rq));
	page_text(pg, EDITOR_TITLE, title);
	page_text(pg, EDITOR_ACTION, was == NULL ? "/surveys/new" : arena_fmt(rq_arena(rq), "/surveys/%llu", (unsigned long long)was->id.v));
	page_text(pg, EDITOR_BACK, way_back(rq));
	if (operation != 0) {
		tpl_text(page_row(pg, EDITOR_FOR_OPERATION), EDITOR_OPERATION, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)operation));
		page_show(pg, EDITOR_FROM_WIZARD);
	}
	page_text(pg, EDITOR_NAME, d->name);
	page_text(pg, EDITOR_DESCRIPTION, d->description);
	page_text(pg, EDITOR_SCRIPT_EN, d->script[LANG_EN]);
	page_text(pg, EDITOR_SCRIPT_FR, d->script[LANG_FR]);
	page_text(pg, EDITOR_QUESTIONS, arena_fmt(rq_arena(rq), "%zu", d->n));
	page_text(pg, EDITOR_NEW, arena_fmt(rq_arena(rq), "%zu", d->n));
	if (was != NULL) {
		page_show(pg, EDITOR_IS_EDIT);
		add_base(rq, pg, was, state == CHANGED_MEANWHILE);
	}
	add_merge_help(rq, pg);
	draft_survey(&copy, was, &drawn, rq_arena(rq));
	flow_show(rq, pg, &drawn, 0);
	rows_questions(rq, pg, d, wrong, advice);
	if (d->n < SURVEY_QUESTIONS_MAX)
		page_show(pg, EDITOR_MAY_ADD);
	add_lines(rq, pg, EDITOR_SOME_WRONG, EDITOR_WRONG_LINE, d, wrong);
	add_lines(rq, pg, EDITOR_SOME_ADVICE, EDITOR_ADVICE_LINE, d, advice);
	if (state == ASKED) {
		page_show(pg, EDITOR_NOT_YET);
		page_show(pg, EDITOR_ANYWAY);
	}
	rows_say(rq, page_tpl(pg), EDITOR_NAME_WRONG, wrong, SP_NAME, -1, -1);
	add_script(rq, pg, wrong, advice);
	rows_say(rq, page_tpl(pg), EDITOR_NO_QUESTION, wrong, SP_QUESTION_EN, -1, -1);
	page_input(pg, IN_DESCRIPTION, NULL, EDITOR_DESCRIPTION_WRONG);
	return page_send_as(pg, state == CHANGED_MEANWHILE ? HTTP_CONFLICT : state == ASKED || wrong.n > 0 || in_refusal(rq, IN_DESCRIPTION) != R_NONE ? HTTP_UNPROCESSABLE : HTTP_OK);
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

static enum http
save(struct req *rq, const struct survey *was)
{
	static const struct wrongs none = { NULL, 0 };
	const struct who *w = rq_who(rq);
	struct survey_wrong wrong[40], advice[40];
	struct survey s, theirs;
	struct draft d;
	struct version_id version;
	enum refusal why = R_NONE;
	enum saved saved;
	size_t n;

	draft_typed(rq, &d);
	if (draft_button(rq, &d))
		return render(rq, &d, was, none, none, AS_IT_IS);
	draft_survey(&d, was, &s, rq_arena(rq));
	s.version.v = in_uint(rq, IN_BASE);
	s.renamed = (unsigned)in_uint(rq, IN_BASE_NAME);
	n = survey_check(&s, wrong, NITEMS(wrong), rq_arena(rq));
	if (n > 0 || in_refusal(rq, IN_DESCRIPTION) != R_NONE)
		return render(rq, &d, was, (struct wrongs){ wrong, n }, none, AS_IT_IS);
	if (strcmp(in_text(rq, IN_GO), "check") == 0)
		return render(rq, &d, was, none, (struct wrongs){ advice, survey_warn(&s, advice, NITEMS(advice)) }, AS_IT_IS);
	n = strcmp(in_text(rq, IN_GO), "anyway") == 0 ? 0 : survey_warn(&s, advice, NITEMS(advice));
	if (n > 0)
		return render(rq, &d, was, none, (struct wrongs){ advice, n }, ASKED);
	saved = survey_save(rq_db(rq), (struct organisation_id){ w->organisation }, (struct user_id){ w->user }, rq_now(rq), &s,
	    (struct operation_id){ in_uint(rq, IN_OPERATION) }, &version, &why, rq_arena(rq));
	if (saved == REFUSED && why == R_SURVEY_CHANGED && find(rq, &theirs) == 0)
		return render(rq, &d, &theirs, none, none, CHANGED_MEANWHILE);
	if (saved != SAVED && saved != ALREADY)
		return resp_refuse(rq, saved == REFUSED ? why : R_BUSY);
	return resp_redirect(rq, way_back(rq));
}

enum http
new_show(struct req *rq)
{
	struct draft d;

	draft_blank(&d);
	return render(rq, &d, NULL, (struct wrongs){ NULL, 0 }, (struct wrongs){ NULL, 0 }, AS_IT_IS);
}

enum http
new_save(struct req *rq)
{
	return save(rq, NULL);
}

enum http
edit_show(struct req *rq)
{
	struct survey_wrong advice[40];
	struct survey s;
	struct draft d;
	enum http no = find(rq, &s);

	if (no != 0)
		return no;
	draft_of_survey(&s, &d, rq_arena(rq));
	return render(rq, &d, &s, (struct wrongs){ NULL, 0 },
	    (struct wrongs){ advice, survey_warn(&s, advice, NITEMS(advice)) }, AS_IT_IS);
}

enum http
edit_save(struct req *rq)
{
	struct survey s;
	enum http no = find(rq, &s);

	return no != 0 ? no : save(rq, &s);
}
