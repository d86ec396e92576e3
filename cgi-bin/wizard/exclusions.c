/*
 * exclusions.c - page 6: who leaves the list without being called. Rows are added and removed by the server.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/exclusion.h"
#include "domain/survey.h"

#include "wizard.h"
#include "tpl/exclusions.names.h"

/* One row as it stands in the page: typed or stored. */
struct shown { const char *who, *status; bool household; enum refusal who_wrong, status_wrong; };
struct shown_rows { struct shown row[EXCLUSIONS_MAX]; size_t n; };

/* "voted", "q12" (has any answer to question 12), "q12c5" (gave that answer): question and choice by stable id. */
static const char *
who_of(struct arena *a, const struct exclusion *e)
{
	if (e->criterion == CR_VOTED)
		return "voted";
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
	add_option(group, EXCLUSIONS_ANSWER, who_of(a, &e), arena_fmt(a, tr(lang, "“%s” has a value"), asked), chosen);
	for (size_t c = 0; c < n->nchoices; c++) {
		e.choice = n->choices[c].stable;
		add_option(group, EXCLUSIONS_ANSWER, who_of(a, &e),
		    arena_fmt(a, tr(lang, "“%s” is “%s”"), asked, text_cut(a, survey_text(n->choices[c].text, lang), 60)), chosen);
	}
}

/* Is this choice still in a questionnaire of today? A rule may hang on a question of an earlier version. */
static bool
offered(struct req *rq, const struct survey *surveys, size_t nsurveys, const char *who)
{
	struct exclusion e = { .choice = 0 };

	if (*who == '\0' || !read_who(rq_arena(rq), who, &e) || e.criterion == CR_VOTED)
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
add_row(struct req *rq, struct page *pg, const struct survey *surveys, size_t nsurveys, size_t i, const struct shown *v)
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
render(struct req *rq, const struct operation *op, const struct shown_rows *rows, enum http status)
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
		add_row(rq, pg, list, n, i, &rows->row[i]);
	if (rows->n == 0)
		page_show(pg, EXCLUSIONS_NO_RULES);
	if (rows->n < EXCLUSIONS_MAX)
		page_show(pg, EXCLUSIONS_MAY_ADD);
	return page_send_as(pg, status);
}

/* --- the rows --- */

static bool
stored_rows(struct req *rq, const struct operation *op, struct shown_rows *out)
{
	struct exclusion *rules;
	size_t n;

	*out = (struct shown_rows){ .n = 0 };
	if (!exclusion_rules(rq_db(rq), op->id, &rules, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n && i < EXCLUSIONS_MAX; i++)
		out->row[out->n++] = (struct shown){ who_of(rq_arena(rq), &rules[i]), status_code(rules[i].status),
		    rules[i].household, R_NONE, R_NONE };
	return true;
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
rules_of(struct req *rq, struct shown_rows *rows, struct exclusion *out, size_t *n)
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
	enum http no = wizard_open(rq, P_EXCLUSIONS, &op);

	if (no != 0)
		return no;
	return stored_rows(rq, &op, &rows) ? render(rq, &op, &rows, HTTP_OK) : resp_refuse(rq, R_BUSY);
}

enum http
exclusions_save(struct req *rq)
{
	struct operation op;
	struct shown_rows rows;
	struct exclusion rules[EXCLUSIONS_MAX];
	enum refusal why = R_NONE;
	enum saved s;
	size_t n;
	enum http no = wizard_open(rq, P_EXCLUSIONS, &op);

	if (no != 0)
		return no;
	typed_rows(rq, wizard_pressed(rq, "remove"), &rows);
	if (strcmp(in_text(rq, IN_GO), "add") == 0 && rows.n < EXCLUSIONS_MAX)
		rows.row[rows.n++] = (struct shown){ "", "", false, R_NONE, R_NONE };
	if (strcmp(in_text(rq, IN_GO), "add") == 0 || wizard_pressed(rq, "remove") >= 0)
		return render(rq, &op, &rows, HTTP_OK);
	if (!rules_of(rq, &rows, rules, &n))
		return wizard_goes_back(rq) ? wizard_go(rq, &op, P_EXCLUSIONS) : render(rq, &op, &rows, HTTP_UNPROCESSABLE);
	s = exclusion_set(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), rules, n, &why, rq_arena(rq));
	return s == SAVED || s == ALREADY ? wizard_go(rq, &op, P_EXCLUSIONS) : wizard_failed(rq, s, why);
}
