/*
 * versions.c - a questionnaire's history: what changed, when, by whom, how many answers, which operations use it.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/moment.h"
#include "plumb/text.h"

#include "domain/survey_versions.h"

#include "survey.h"
#include "tpl/versions.names.h"

#define EDITS_MOST	60

static const char *
number(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

/* "Tuesday at 9:00, by Marie" */
static const char *
made_words(struct req *rq, const struct survey *s)
{
	const char *when = moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, rq_now(rq), s->made_at);

	return s->made_by == NULL || s->made_by[0] == '\0' ? when :
	    arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s, by %s"), when, s->made_by);
}

const char *
version_words(struct req *rq, const struct survey *s)
{
	return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Version %u, %s."), s->number, made_words(rq, s));
}

static const char *
edit_words(struct req *rq, const struct survey_edit *e)
{
	static const char *const words[] = {
		[ED_SCRIPT] = N_("The script was changed."), [ED_ORDER] = N_("Questions were put in another order."),
		[ED_ADDED] = N_("Question %u is new: %s"), [ED_REMOVED] = N_("Question %u was removed: %s"),
		[ED_TEXT] = N_("Question %u has another text: %s"), [ED_KIND] = N_("Question %u has another kind of answer: %s"),
		[ED_REQUIRED] = N_("Question %u: required or not was changed: %s"), [ED_ANSWERS] = N_("Question %u has other answers: %s"),
		[ED_BRANCHES] = N_("Question %u leads elsewhere: %s"),
	};
	const char *text = tr(rq_lang(rq), words[e->kind]);

	return e->question == NULL ? text : arena_fmt(rq_arena(rq), text, e->number,
	    text_cut(rq_arena(rq), survey_text(e->question->text, rq_lang(rq)), 80));
}

static void
add_changes(struct req *rq, struct tpl *row, const struct survey *was, const struct survey *is)
{
	struct survey_edit edits[EDITS_MOST];
	size_t n = was == NULL ? 0 : survey_edits(was, is, edits, NITEMS(edits));

	if (was == NULL)
		tpl_show(row, VERSIONS_FIRST);
	for (size_t i = 0; i < n; i++)
		tpl_text(tpl_row(row, VERSIONS_CHANGE), VERSIONS_LINE, edit_words(rq, &edits[i]));
}

static void
add_users(struct req *rq, struct tpl *row, const struct survey_user *users, size_t n, struct version_id version)
{
	struct tpl *list = NULL;

	for (size_t i = 0; i < n; i++)
		if (users[i].version.v == version.v) {
			struct tpl *user;
			if (list == NULL)
				list = tpl_row(row, VERSIONS_USED);
			user = tpl_row(list, VERSIONS_OPERATION);
			tpl_text(user, VERSIONS_OPERATION_ID, number(rq, users[i].id.v));
			tpl_text(user, VERSIONS_OPERATION_NAME, users[i].name[0] == '\0' ? tr(rq_lang(rq), N_("(a draft without a name)")) : users[i].name);
		}
	if (list == NULL)
		tpl_show(row, VERSIONS_UNUSED);
}

enum http
versions_show(struct req *rq)
{
	struct survey_edition *list;
	struct survey_user *users;
	struct survey newest;
	size_t n, nusers;
	struct page *pg;

	switch (survey_newest(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct survey_id){ rq_id(rq) },
	    &newest, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (!survey_editions(rq_db(rq), newest.id, &list, &n, rq_arena(rq)) ||
	    !survey_users(rq_db(rq), newest.id, &users, &nusers, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "survey/versions.tpl", newest.name);
	page_menu(pg, in_uint(rq, IN_OPERATION) != 0 ? "operations" : "surveys");
	page_shape(pg, "page-form");
	page_style(pg, "wizard.css");
	page_style(pg, "survey.css");
	page_text(pg, VERSIONS_NAME, newest.name);
	page_text(pg, VERSIONS_BACK, way_back(rq));
	page_text(pg, VERSIONS_EDIT, arena_fmt(rq_arena(rq), "/surveys/%llu%s", (unsigned long long)newest.id.v, with_operation(rq)));
	for (size_t i = 0; i < n; i++) {
		const struct survey *s = &list[i].survey;
		struct tpl *row = page_row(pg, VERSIONS_VERSION);
		tpl_text(row, VERSIONS_NUMBER, number(rq, s->number));
		tpl_text(row, VERSIONS_ID, number(rq, s->version.v));
		tpl_text(row, VERSIONS_SURVEY_ID, number(rq, s->id.v));
		tpl_text(row, VERSIONS_WHEN, made_words(rq, s));
		tpl_text(row, VERSIONS_ANSWERS, arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%s answer", "%s answers", list[i].answers),
		    page_number(rq, list[i].answers)));
		if (i == 0)
			tpl_show(row, VERSIONS_NEWEST);
		/* the oldest that is shown may have one before it that is not */
		if (i + 1 < n || s->number == 1)
			add_changes(rq, row, i + 1 < n ? &list[i + 1].survey : NULL, s);
		add_users(rq, row, users, nusers, s->version);
	}
	return page_send(pg);
}
