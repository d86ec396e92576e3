/*
 * exclusions.c - page 6: who leaves the list without being called. Rows are added and removed by the server.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/exclusion.h"
#include "domain/filter_saved.h"
#include "domain/survey.h"

#include "wizard.h"
#include "tpl/exclusions.names.h"

/* One row as it stands in the page: typed or stored. */
struct shown { const char *who, *status; bool household; enum refusal who_wrong, status_wrong; };
struct shown_rows { struct shown row[EXCLUSIONS_MAX]; size_t n; };

/* Filters that a rule may be: saved ones, for who may see people; and those of the rules that are stored. */
struct filters { const struct saved_filter *saved; size_t nsaved; const struct exclusion *stored; size_t nstored; bool sees; };

static bool
read_filters(struct req *rq, const struct operation *op, struct filters *f)
{
	enum person_kind kind = op->source == OP_ELECTORS ? PERSON_ELECTOR : PERSON_CONTACT;
	struct saved_filter *saved;
	struct exclusion *stored;

	*f = (struct filters){ .sees = rq_who(rq)->role != ROLE_VOLUNTEER };
	if (!exclusion_rules(rq_db(rq), op->id, &stored, &f->nstored, rq_arena(rq)))
		return false;
	f->stored = stored;
	if (!f->sees)
		return true;
	if (!filter_saved_list(rq_db(rq), op->organisation, kind, &saved, &f->nsaved, rq_arena(rq)))
		return false;
	f->saved = saved;
	return true;
}

/* A filter as a rule keeps it, by its words. */
static const char *
old_filter(struct arena *a, const struct rule_filter *f)
{
	unsigned char hash[32];

	seal_sha256(f->text, strlen(f->text), hash);
	return arena_fmt(a, "old%s", seal_hex(a, hash, 12));
}

/* "f7": the saved filter 7 as it is today; "old12ab...": one that was changed or forgotten since its rule was saved. */
static const char *
filter_who(struct arena *a, const struct filters *fs, const struct rule_filter *f)
{
	for (size_t i = 0; i < fs->nsaved; i++)
		if (strcmp(fs->saved[i].text, f->text) == 0 && strcmp(fs->saved[i].name, f->name) == 0)
			return arena_fmt(a, "f%llu", (unsigned long long)fs->saved[i].id.v);
	return old_filter(a, f);
}

/* R_NONE: e is the rule. */
static enum refusal
read_filter(struct arena *a, const struct filters *fs, const char *who, struct exclusion *e)
{
	struct rule_filter *f = arena_alloc(a, sizeof(*f));
	uint64_t id;

	e->criterion = CR_FILTER;
	for (size_t i = 0; i < fs->nstored; i++)
		if (fs->stored[i].criterion == CR_FILTER && strcmp(old_filter(a, fs->stored[i].filter), who) == 0) {
			e->filter = fs->stored[i].filter;
			return R_NONE;
		}
	if (who[0] == 'f' && parse_uint(who + 1, 1, INT64_MAX, &id))
		for (size_t i = 0; i < fs->nsaved; i++)
			if (fs->saved[i].id.v == id) {
				*f = (struct rule_filter){ .name = fs->saved[i].name, .text = fs->saved[i].text };
				e->filter = f;
				return R_NONE;
			}
	return who[0] == 'f' && !fs->sees ? R_FILTER_UNSEEN : R_NOT_A_CHOICE;
}

/* "voted", "q12" (has any answer to question 12), "q12c5" (gave that answer): question and choice by stable id; or a filter. */
static const char *
who_of(struct arena *a, const struct filters *fs, const struct exclusion *e)
{
	if (e->criterion == CR_VOTED)
		return "voted";
	if (e->criterion == CR_FILTER)
		return filter_who(a, fs, e->filter);
	if (e->choice == 0)
		return arena_fmt(a, "q%llu", (unsigned long long)e->question);
	return arena_fmt(a, "q%lluc%llu", (unsigned long long)e->question, (unsigned long long)e->choice);
}

static bool
read_who(struct arena *a, const char *who, struct exclusion *e)
{
	const char *c;

	if (strcmp(who, "voted") == 0) {
		e->criterion = CR_VOTED;
		return true;
	}
	if (who[0] != 'q')
		return false;
	e->criterion = CR_QUESTION;
	c = strchr(who, 'c');
	return parse_uint(c == NULL ? who + 1 : arena_strndup(a, who + 1, (size_t)(c - who - 1)), 1, INT64_MAX, &e->question) &&
	    (c == NULL || parse_uint(c + 1, 1, INT64_MAX, &e->choice));
}

/* --- what one can choose from --- */

static void
add_option(struct tpl *group, const char *section, const char *value, const char *label, const char *chosen)
{
	struct tpl *row = tpl_row(group, section);

	tpl_text(row, EXCLUSIONS_VALUE, value);
	tpl_text(row, EXCLUSIONS_LABEL, label);
	if (strcmp(value, chosen) == 0)
		tpl_show(row, EXCLUSIONS_CHOSEN);
}

static void
add_question(struct req *rq, struct tpl *row, const struct question *n, const char *chosen)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	struct exclusion e = { .criterion = CR_QUESTION, .question = n->stable };
	struct tpl *group = tpl_row(row, EXCLUSIONS_QUESTION);

	const char *asked = text_cut(a, survey_text(n->text, lang), 60);

	tpl_text(group, EXCLUSIONS_GROUP, arena_fmt(a, tr(lang, "Question: %s"), asked));
	add_option(group, EXCLUSIONS_ANSWER, who_of(a, NULL, &e), arena_fmt(a, tr(lang, "“%s” has a value"), asked), chosen);
	for (size_t c = 0; c < n->nchoices; c++) {
		e.choice = n->choices[c].stable;
		add_option(group, EXCLUSIONS_ANSWER, who_of(a, NULL, &e),
		    arena_fmt(a, tr(lang, "“%s” is “%s”"), asked, text_cut(a, survey_text(n->choices[c].text, lang), 60)), chosen);
	}
}

/* Is this choice still in a questionnaire of today? A rule may hang on a question of an earlier version. */
static bool
offered(struct req *rq, const struct survey *surveys, size_t nsurveys, const char *who)
{
	struct exclusion e = { .choice = 0 };

	if (*who != 'q' || !read_who(rq_arena(rq), who, &e))
		return true;
	for (size_t s = 0; s < nsurveys; s++)
		for (size_t n = 0; n < surveys[s].nquestions; n++) {
			const struct question *qn = &surveys[s].questions[n];
			if (qn->stable == e.question && e.choice == 0)
				return true;
			for (size_t c = 0; qn->stable == e.question && c < qn->nchoices; c++)
				if (qn->choices[c].stable == e.choice)
					return true;
		}
	return false;
}

static void
add_filters(struct req *rq, struct tpl *row, const struct filters *fs, const char *chosen)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	struct tpl *group = fs->nsaved > 0 ? tpl_row(row, EXCLUSIONS_FILTERS) : NULL;

	for (size_t i = 0; i < fs->nsaved; i++)
		add_option(group, EXCLUSIONS_FILTER, arena_fmt(a, "f%llu", (unsigned long long)fs->saved[i].id.v),
		    arena_fmt(a, tr(lang, "fits the filter “%s”"), fs->saved[i].name), chosen);
	if (strncmp(chosen, "old", 3) == 0)
		for (size_t i = 0; i < fs->nstored; i++)
			if (fs->stored[i].criterion == CR_FILTER && strcmp(old_filter(a, fs->stored[i].filter), chosen) == 0) {
				add_option(row, EXCLUSIONS_OLD_FILTER, chosen, arena_fmt(a, !fs->sees ? tr(lang, "fits the filter “%s”") :
				    tr(lang, "fits the filter “%s” as it was when this rule was saved; it was changed or forgotten since"),
				    fs->stored[i].filter->name), chosen);
				return;
			}
}

static void
add_row(struct req *rq, struct page *pg, const struct survey *surveys, size_t nsurveys, const struct filters *fs, size_t i,
    const struct shown *v)
{
	static const enum status gives[] = { ST_REMOVED_VOTED, ST_REMOVED_ANSWERED, ST_REMOVED_BY_HAND };
	enum lang lang = rq_lang(rq);
	struct tpl *row = page_row(pg, EXCLUSIONS_RULE);

	tpl_text(row, EXCLUSIONS_KEY, arena_fmt(rq_arena(rq), "%zu", i));
	tpl_text(row, EXCLUSIONS_NUMBER, arena_fmt(rq_arena(rq), "%zu", i + 1));
	if (strcmp(v->who, "voted") == 0)
		tpl_show(row, EXCLUSIONS_VOTED);
	for (size_t s = 0; s < nsurveys; s++)
		for (size_t n = 0; n < surveys[s].nquestions; n++)
			if (strcmp(surveys[s].questions[n].kind, "info") != 0)		/* has no answers */
				add_question(rq, row, &surveys[s].questions[n], v->who);
	add_filters(rq, row, fs, v->who);
	if (!offered(rq, surveys, nsurveys, v->who))
		tpl_text(tpl_row(row, EXCLUSIONS_EARLIER), EXCLUSIONS_VALUE, v->who);
	for (size_t s = 0; s < NITEMS(gives); s++)
		add_option(row, EXCLUSIONS_STATUS, status_code(gives[s]), status_label(gives[s], lang), v->status);
	if (v->household)
		tpl_show(row, EXCLUSIONS_HOUSEHOLD);
	if (v->who_wrong != R_NONE)
		tpl_text(tpl_row(row, EXCLUSIONS_WHO_WRONG), EXCLUSIONS_WRONG, refusal_text(v->who_wrong, lang));
	if (v->status_wrong != R_NONE)
		tpl_text(tpl_row(row, EXCLUSIONS_STATUS_WRONG), EXCLUSIONS_WRONG, refusal_text(v->status_wrong, lang));
}

/* The operation's own questionnaire is the likeliest to be asked about. */
static bool
own_first(struct req *rq, const struct operation *op, struct survey *list, size_t n)
{
	struct survey own;

	if (op->survey_version.v == 0)
		return true;
	if (survey_version(rq_db(rq), op->survey_version, &own, rq_arena(rq)) != FOUND)
		return false;
	for (size_t i = 1; i < n; i++)
		if (list[i].id.v == own.id.v) {
			struct survey s = list[i];
			memmove(list + 1, list, i * sizeof(*list));
			list[0] = s;
		}
	return true;
}

static enum http
render(struct req *rq, const struct operation *op, const struct filters *fs, const struct shown_rows *rows, enum http status)
{
	struct organisation_id org = { rq_who(rq)->organisation };
	struct page *pg = wizard_page(rq, op, P_EXCLUSIONS, "wizard/exclusions.tpl");
	struct survey *list;
	size_t n;

	if (!survey_list(rq_db(rq), org, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < n; i++)
		if (survey_version_of(rq_db(rq), org, list[i].version, &list[i], rq_arena(rq)) != FOUND)
			return resp_refuse(rq, R_BUSY);
	if (!own_first(rq, op, list, n))
		return resp_refuse(rq, R_BUSY);
	page_text(pg, EXCLUSIONS_ROWS, arena_fmt(rq_arena(rq), "%zu", rows->n));
	for (size_t i = 0; i < rows->n; i++)
		add_row(rq, pg, list, n, fs, i, &rows->row[i]);
	if (fs->sees)
		tpl_text(page_row(pg, EXCLUSIONS_ABOUT_FILTERS), EXCLUSIONS_PEOPLE, op->source == OP_ELECTORS ? "/electors" : "/contacts");
	if (rows->n == 0)
		page_show(pg, EXCLUSIONS_NO_RULES);
	if (rows->n < EXCLUSIONS_MAX)
		page_show(pg, EXCLUSIONS_MAY_ADD);
	return page_send_as(pg, status);
}

/* --- the rows --- */

static void
stored_rows(struct req *rq, const struct filters *fs, struct shown_rows *out)
{
	*out = (struct shown_rows){ .n = 0 };
	for (size_t i = 0; i < fs->nstored && i < EXCLUSIONS_MAX; i++)
		out->row[out->n++] = (struct shown){ who_of(rq_arena(rq), fs, &fs->stored[i]), status_code(fs->stored[i].status),
		    fs->stored[i].household, R_NONE, R_NONE };
}

static void
typed_rows(struct req *rq, int without, struct shown_rows *out)
{
	uint64_t n = in_uint(rq, IN_RULES);

	*out = (struct shown_rows){ .n = 0 };
	for (uint64_t i = 0; i < n && i < EXCLUSIONS_MAX; i++) {
		const char *key = arena_fmt(rq_arena(rq), "%llu", (unsigned long long)i);
		if ((int)i != without)
			out->row[out->n++] = (struct shown){ in_keyed(rq, IN_WHO, key), in_keyed(rq, IN_STATUS, key),
			    in_keyed_given(rq, IN_HOUSEHOLD, key), in_keyed_refusal(rq, IN_WHO, key), in_keyed_refusal(rq, IN_STATUS, key) };
	}
}

/* Rows that say something, as rules; a row left empty is no rule. False: one of them misses something. */
static bool
rules_of(struct req *rq, const struct filters *fs, struct shown_rows *rows, struct exclusion *out, size_t *n)
{
	bool fit = true;

	*n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		struct shown *v = &rows->row[i];
		struct exclusion e = { .household = v->household, .status = status_of_code(v->status) };
		if (*v->who == '\0' && *v->status == '\0')
			continue;
		if (*v->who == '\0')
			v->who_wrong = R_MISSING;
		else if (v->who[0] == 'f' || v->who[0] == 'o')
			v->who_wrong = read_filter(rq_arena(rq), fs, v->who, &e);
		else if (!read_who(rq_arena(rq), v->who, &e))
			v->who_wrong = R_NOT_A_CHOICE;
		if (*v->status == '\0')
			v->status_wrong = R_MISSING;		/* fact 66 */
		fit = fit && v->who_wrong == R_NONE && v->status_wrong == R_NONE;
		out[(*n)++] = e;
	}
	return fit;
}

enum http
exclusions_show(struct req *rq)
{
	struct operation op;
	struct shown_rows rows;
	struct filters fs;
	enum http no = wizard_open(rq, P_EXCLUSIONS, &op);

	if (no != 0)
		return no;
	if (!read_filters(rq, &op, &fs))
		return resp_refuse(rq, R_BUSY);
	stored_rows(rq, &fs, &rows);
	return render(rq, &op, &fs, &rows, HTTP_OK);
}

enum http
exclusions_save(struct req *rq)
{
	struct operation op;
	struct shown_rows rows;
	struct exclusion rules[EXCLUSIONS_MAX];
	struct filters fs;
	enum refusal why = R_NONE;
	enum saved s;
	size_t n;
	enum http no = wizard_open(rq, P_EXCLUSIONS, &op);

	if (no != 0)
		return no;
	if (!read_filters(rq, &op, &fs))
		return resp_refuse(rq, R_BUSY);
	typed_rows(rq, wizard_pressed(rq, "remove"), &rows);
	if (strcmp(in_text(rq, IN_GO), "add") == 0 && rows.n < EXCLUSIONS_MAX)
		rows.row[rows.n++] = (struct shown){ "", "", false, R_NONE, R_NONE };
	if (strcmp(in_text(rq, IN_GO), "add") == 0 || wizard_pressed(rq, "remove") >= 0)
		return render(rq, &op, &fs, &rows, HTTP_OK);
	if (wizard_changed(rq, &op, P_EXCLUSIONS))
		return render(rq, &op, &fs, &rows, HTTP_CONFLICT);
	if (!rules_of(rq, &fs, &rows, rules, &n))
		return wizard_goes_back(rq) ? wizard_go(rq, &op, P_EXCLUSIONS) : render(rq, &op, &fs, &rows, HTTP_UNPROCESSABLE);
	s = exclusion_set(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), rules, n, &why, rq_arena(rq));
	return s == SAVED || s == ALREADY ? wizard_go(rq, &op, P_EXCLUSIONS) : wizard_failed(rq, s, why);
}
