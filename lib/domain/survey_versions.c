/*
 * survey_versions.c - versions of a questionnaire side by side.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/survey_versions.h"

enum { Q_VERSIONS, Q_USERS, Q_IN_USE, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* firsts add up to the people who answered a question: a multiple choice counts once */
	[Q_VERSIONS] = { "uu", "uu", "SELECT v.id, (SELECT COALESCE(SUM(y.firsts), 0) FROM question n"
	    " JOIN answer_tally y ON y.question_id = n.id WHERE n.version_id = v.id)"
	    " FROM survey_version v WHERE v.survey_id = ? ORDER BY v.number DESC LIMIT ?" },
	[Q_USERS] = { "u", "usu", "SELECT o.id, o.name, v.id FROM survey_version v JOIN operation o ON o.survey_version_id = v.id"
	    " WHERE v.survey_id = ? AND o.state <> 'archived' ORDER BY o.name, o.id LIMIT 200" },
	[Q_IN_USE] = { "uu", "usuu", "SELECT s.id, s.name, v.number, (SELECT MAX(x.number) FROM survey_version x WHERE x.survey_id = s.id)"
	    " FROM operation o JOIN survey_version v ON v.id = o.survey_version_id JOIN survey s ON s.id = v.survey_id"
	    " WHERE o.id = ? AND o.organisation_id = ?" },
};
DB_STATEMENTS(q)

bool
survey_editions(struct db *db, struct survey_id id, struct survey_edition **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_VERSIONS], IN(V_U(id.v), V_U(VERSIONS_MOST)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (*n = 0; *n < rs.n; (*n)++) {
		(*out)[*n].answers = row_u(&rs.row[*n], 1);
		if (survey_version(db, (struct version_id){ row_u(&rs.row[*n], 0) }, &(*out)[*n].survey, a) != FOUND)
			return false;
	}
	return true;
}

bool
survey_users(struct db *db, struct survey_id id, struct survey_user **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_USERS], IN(V_U(id.v)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	*n = rs.n;
	for (size_t i = 0; i < rs.n; i++)
		(*out)[i] = (struct survey_user){ { row_u(&rs.row[i], 0) }, row_s(&rs.row[i], 1), { row_u(&rs.row[i], 2) } };
	return true;
}

enum found
survey_of_operation(struct db *db, struct organisation_id org, struct operation_id op, struct survey_in_use *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_IN_USE], IN(V_U(op.v), V_U(org.v)), a, &r);

	if (f == FOUND)
		*out = (struct survey_in_use){ { row_u(&r, 0) }, row_s(&r, 1), (unsigned)row_u(&r, 2), (unsigned)row_u(&r, 3) };
	return f;
}

/* --- what changed: pure --- */

static bool
same_text(const char *const x[LANG__MAX], const char *const y[LANG__MAX])
{
	return strcmp(x[LANG_EN], y[LANG_EN]) == 0 && strcmp(x[LANG_FR], y[LANG_FR]) == 0;
}

static const struct question *
of(const struct survey *s, uint64_t stable)
{
	for (size_t i = 0; i < s->nquestions; i++)
		if (s->questions[i].stable == stable)
			return &s->questions[i];
	return NULL;
}

static bool
same_answers(const struct question *x, const struct question *y)
{
	if (x->nchoices != y->nchoices)
		return false;
	for (size_t c = 0; c < x->nchoices; c++)
		if (x->choices[c].stable != y->choices[c].stable || !same_text(x->choices[c].text, y->choices[c].text))
			return false;
	return true;
}

/* Where a choice leads, as a question that stays the same while others move; 0: the end. */
static uint64_t
leads_to(const struct survey *s, const struct question *n, const struct choice *c)
{
	size_t at = (size_t)(n - s->questions), to = c->next == 0 ? at + 1 : c->next > 0 ? (size_t)c->next - 1 : s->nquestions;

	return to < s->nquestions ? s->questions[to].stable : 0;
}

static bool
same_ways(const struct survey *was, const struct question *x, const struct survey *is, const struct question *y)
{
	for (size_t c = 0; survey_kind_branches(y->kind) && c < y->nchoices; c++)
		for (size_t k = 0; k < x->nchoices; k++)
			if (x->choices[k].stable == y->choices[c].stable && leads_to(was, x, &x->choices[k]) != leads_to(is, y, &y->choices[c]))
				return false;
	return true;
}

/* Do the questions that both have stand in another order? */
static bool
reordered(const struct survey *was, const struct survey *is)
{
	const struct question *before = NULL;

	for (size_t i = 0; i < is->nquestions; i++) {
		const struct question *old = of(was, is->questions[i].stable);
		if (old == NULL)
			continue;
		if (before != NULL && old < before)
			return true;
		before = old;
	}
	return false;
}

struct list { struct survey_edit *out; size_t n, max; };

static void
add(struct list *l, bool differs, enum edit_kind kind, const struct question *question, size_t number)
{
	if (differs && l->n < l->max)
		l->out[l->n++] = (struct survey_edit){ kind, question, (unsigned)number };
}

size_t
survey_edits(const struct survey *was, const struct survey *is, struct survey_edit *out, size_t max)
{
	struct list l = { .out = out, .max = max };

	add(&l, !same_text(was->script, is->script), ED_SCRIPT, NULL, 0);
	for (size_t i = 0; i < is->nquestions; i++) {
		const struct question *n = &is->questions[i], *old = of(was, n->stable);
		add(&l, old == NULL, ED_ADDED, n, i + 1);
		if (old == NULL)
			continue;
		add(&l, !same_text(old->text, n->text), ED_TEXT, n, i + 1);
		add(&l, strcmp(old->kind, n->kind) != 0 || strcmp(old->field, n->field) != 0, ED_KIND, n, i + 1);
		add(&l, old->required != n->required, ED_REQUIRED, n, i + 1);
		add(&l, strcmp(old->kind, n->kind) == 0 && !same_answers(old, n), ED_ANSWERS, n, i + 1);
		add(&l, !same_ways(was, old, is, n), ED_BRANCHES, n, i + 1);
	}
	for (size_t i = 0; i < was->nquestions; i++)
		add(&l, of(is, was->questions[i].stable) == NULL, ED_REMOVED, &was->questions[i], i + 1);
	add(&l, reordered(was, is), ED_ORDER, NULL, 0);
	return l.n;
}
