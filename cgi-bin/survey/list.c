/*
 * list.c - every questionnaire of the organisation, and what one looks like to an agent.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/survey_field.h"

#include "survey.h"
#include "tpl/list.names.h"
#include "tpl/preview.names.h"

static const char *
number(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

enum http
list_show(struct req *rq)
{
	struct page *pg = page_new(rq, "survey/list.tpl", tr(rq_lang(rq), N_("Questionnaires")));
	struct survey *list;
	size_t n;

	if (!survey_list(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	page_menu(pg, "surveys");
	page_style(pg, "wizard.css");
	page_text(pg, LIST_CSRF, rq_csrf(rq));
	for (size_t i = 0; i < n; i++) {
		struct tpl *card = page_row(pg, LIST_CARD);
		tpl_text(card, LIST_ID, number(rq, list[i].id.v));
		tpl_text(card, LIST_NAME, list[i].name);
		tpl_text(card, LIST_DESCRIPTION, list[i].description);
		tpl_text(card, LIST_COUNT, arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%s question", "%s questions", list[i].asked),
		    page_number(rq, list[i].asked)));
	}
	if (n == 0)
		page_show(pg, LIST_NOTHING);
	return page_send(pg);
}

/* Invented values, so that the merge fields read as they will; nothing is saved here (fact 35). */
static const char *
merged(struct req *rq, const char *const text[LANG__MAX])
{
	enum lang lang = rq_lang(rq);
	const char *organisation = "";
	const char *value[MF__MAX] = {
		[MF_FIRST_NAME] = "Camille", [MF_LAST_NAME] = "Tremblay", [MF_AGENT] = rq_who(rq)->name,
		[MF_OPERATION] = tr(lang, N_("our operation")), [MF_CITY] = "Laval",
		[MF_POLLING_PLACE] = tr(lang, N_("École Saint-Joseph, gymnasium")),
	};

	if (survey_merges(survey_text(text, lang), MF_ORGANISATION))
		survey_organisation_name(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, &organisation, rq_arena(rq));
	value[MF_ORGANISATION] = organisation;
	return survey_merge(survey_text(text, lang), value, rq_arena(rq));
}

/* By its number and text, also when it is simply the next one; after the last one the end. */
static const char *
where(struct req *rq, const struct survey *s, size_t i, int next)
{
	size_t to = next == 0 ? i + 1 : (size_t)next - 1;

	if (next == NEXT_END || to >= s->nquestions)
		return branch_label(rq, NEXT_END, NULL);
	return branch_label(rq, (int)to + 1, s->questions[to].text);
}

/* Where an answer leads, in words: every one where answers differ, else once below them. */
static void
add_branches(struct req *rq, struct tpl *row, const struct survey *s, size_t i)
{
	const struct question *n = &s->questions[i];
	bool branches = survey_kind_branches(n->kind), differ = false;

	for (size_t c = 0; c < n->nchoices; c++)
		differ = differ || (branches && n->choices[c].next != n->choices[0].next);
	for (size_t c = 0; c < n->nchoices; c++) {
		struct tpl *choice = tpl_row(row, PREVIEW_CHOICE);
		tpl_text(choice, PREVIEW_ANSWER, survey_text(n->choices[c].text, rq_lang(rq)));
		if (differ)
			tpl_text(tpl_row(choice, PREVIEW_THEN), PREVIEW_WHERE, where(rq, s, i, n->choices[c].next));
	}
	if (!differ)
		tpl_text(tpl_row(row, PREVIEW_GOES_ON), PREVIEW_WHERE,
		    where(rq, s, i, branches && n->nchoices > 0 ? n->choices[0].next : 0));
}

static void
add_advice(struct req *rq, struct page *pg, const struct survey *s)
{
	struct survey_wrong advice[40];
	struct draft d;
	size_t n = survey_warn(s, advice, NITEMS(advice));
	struct tpl *box = n > 0 ? page_row(pg, PREVIEW_SOME_ADVICE) : NULL;

	draft_of_survey(s, &d, rq_arena(rq));
	for (size_t i = 0; i < n; i++)
		tpl_text(tpl_row(box, PREVIEW_ADVICE_LINE), PREVIEW_LINE, wrong_line(rq, &d, &advice[i]));
}

enum http
preview_show(struct req *rq)
{
	struct organisation_id org = { rq_who(rq)->organisation };
	struct version_id version = { in_uint(rq, IN_VERSION) };
	struct page *pg;
	struct survey s;
	enum found f = version.v == 0 ? survey_newest(rq_db(rq), org, (struct survey_id){ rq_id(rq) }, &s, rq_arena(rq)) :
	    survey_version_of(rq_db(rq), org, version, &s, rq_arena(rq));

	if (f == FOUND && s.id.v != rq_id(rq))
		f = NONE;
	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	pg = page_new(rq, "survey/preview.tpl", s.name);
	page_menu(pg, in_uint(rq, IN_OPERATION) != 0 ? "operations" : "surveys");
	page_shape(pg, "page-editor");
	page_style(pg, "wizard.css");
	page_style(pg, "survey.css");
	page_text(pg, PREVIEW_CSRF, rq_csrf(rq));
	page_text(pg, PREVIEW_VERSION, version_words(rq, &s));
	page_text(pg, PREVIEW_COPY, arena_fmt(rq_arena(rq), "/surveys/%llu/copy", (unsigned long long)s.id.v));
	page_text(pg, PREVIEW_VERSIONS, arena_fmt(rq_arena(rq), "/surveys/%llu/versions%s", (unsigned long long)s.id.v, with_operation(rq)));
	if (in_uint(rq, IN_OPERATION) != 0)
		tpl_text(page_row(pg, PREVIEW_FOR_OPERATION), PREVIEW_OPERATION, number(rq, in_uint(rq, IN_OPERATION)));
	flow_show(rq, pg, &s, 1);
	page_text(pg, PREVIEW_NAME, s.name);
	page_text(pg, PREVIEW_DESCRIPTION, s.description);
	page_text(pg, PREVIEW_BACK, way_back(rq));
	page_text(pg, PREVIEW_EDIT, arena_fmt(rq_arena(rq), "/surveys/%llu%s", (unsigned long long)s.id.v, with_operation(rq)));
	add_advice(rq, pg, &s);
	page_text(pg, PREVIEW_SCRIPT, merged(rq, s.script));
	for (size_t i = 0; i < s.nquestions; i++) {
		struct tpl *row = page_row(pg, PREVIEW_QUESTION);
		tpl_text(row, PREVIEW_NUMBER, number(rq, i + 1));
		tpl_text(row, PREVIEW_TEXT, merged(rq, s.questions[i].text));
		tpl_text(row, PREVIEW_KIND, kind_label(s.questions[i].kind, rq_lang(rq)));
		if (s.questions[i].required)
			tpl_show(row, PREVIEW_REQUIRED);
		if (strcmp(s.questions[i].kind, "field_update") == 0 && survey_field(s.questions[i].field) != FIELD__MAX)
			tpl_text(tpl_row(row, PREVIEW_CORRECTS), PREVIEW_FIELD, field_label(survey_field(s.questions[i].field), rq_lang(rq)));
		add_branches(rq, row, &s, i);
	}
	return page_send(pg);
}

/* --- a copy --- */

/* The address of the button, typed: where the button is. */
enum http
copy_show(struct req *rq)
{
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/surveys/%llu/preview", (unsigned long long)rq_id(rq)));
}

/* To the copy's editor, where it gets its name. */
enum http
copy_save(struct req *rq)
{
	const struct who *w = rq_who(rq);
	struct organisation_id org = { w->organisation };
	struct survey_id made;
	struct survey s;
	enum refusal why = R_NONE;
	enum saved saved;

	switch (survey_newest(rq_db(rq), org, (struct survey_id){ rq_id(rq) }, &s, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	saved = survey_copy(rq_db(rq), org, (struct user_id){ w->user }, rq_now(rq), s.id,
	    arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s (copy)"), s.name), &made, &why, rq_arena(rq));
	if (saved != SAVED && saved != ALREADY)
		return resp_refuse(rq, saved == REFUSED ? why : R_BUSY);
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/surveys/%llu%s", (unsigned long long)made.v, with_operation(rq)));
}
