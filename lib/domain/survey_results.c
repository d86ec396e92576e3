/*
 * survey_results.c - counters and indexed ranges of answers, put to the questions of the versions they belong to.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/status.h"
#include "domain/survey_results.h"

/* One statement for every wish: 0 means "all". */
#define COUNTED	"SELECT n.stable_id, COALESCE(c.stable_id, 0), CAST(SUM(y.people) AS SIGNED), CAST(SUM(y.firsts) AS SIGNED)"	\
	" FROM answer_tally y JOIN question n ON n.id = y.question_id LEFT JOIN choice c ON c.id = y.choice_id"	\
	" WHERE y.operation_id = ? AND ? IN (0, y.user_id) AND ? IN (0, n.version_id) GROUP BY n.stable_id, c.stable_id"
/* A call that was taken back was none. */
#define STANDS(call) " NOT EXISTS (SELECT 1 FROM attempt k WHERE k.entry_id = " call ".entry_id AND k.corrects = " call ".number"	\
	" AND k.status = 24)"
_Static_assert(ST_CORRECTED == 24, "sql/021_results.sql and STANDS know this number");

/* The newest answer of the day counts: no later call of the same person before its end has the same question. */
#define OF_A_DAY "SELECT n.stable_id, COALESCE(c.stable_id, 0), CAST(COUNT(*) AS SIGNED), CAST(SUM(a.position = 0) AS SIGNED)"	\
	" FROM attempt t FORCE INDEX (by_day) JOIN answer a ON a.attempt_id = t.id JOIN question n ON n.id = a.question_id"	\
	" LEFT JOIN choice c ON c.id = a.choice_id"								\
	" WHERE t.operation_id = ? AND ? IN (0, t.user_id) AND ? IN (0, n.version_id) AND t.saved_at >= ? AND t.saved_at < ?"	\
	" AND" STANDS("t") " AND NOT EXISTS (SELECT 1 FROM attempt l JOIN answer b ON b.attempt_id = l.id JOIN question m ON m.id = b.question_id"	\
	"  WHERE l.entry_id = t.entry_id AND l.number > t.number AND l.saved_at < ? AND m.stable_id = n.stable_id"			\
	"  AND" STANDS("l") ")"											\
	" GROUP BY n.stable_id, c.stable_id"

enum { Q_COUNTED, Q_DAY, Q_VERSIONS, Q_AGENTS, Q_SCANNED, Q_TEXTS, Q_AUDIT, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_COUNTED] = { "uuu", "uuii", COUNTED },
	[Q_DAY] = { "uuuiii", "uuii", OF_A_DAY },
	[Q_VERSIONS] = { "uu", "uu", "SELECT DISTINCT v.id, v.number FROM answer_tally y JOIN question n ON n.id = y.question_id"
	    " JOIN survey_version v ON v.id = n.version_id WHERE y.operation_id = ? ORDER BY v.id DESC LIMIT ?" },
	[Q_AGENTS] = { "u", "us", "SELECT u.id, u.name FROM (SELECT DISTINCT user_id FROM answer_tally WHERE operation_id = ?) y"
	    " JOIN user u ON u.id = y.user_id ORDER BY u.name, u.id" },
	/* The last call of a page: RESULT_LOOK further on, whether it has words or not. */
	[Q_SCANNED] = { "uuu", "u", "SELECT MIN(id) FROM (SELECT id FROM attempt FORCE INDEX (by_operation) WHERE operation_id = ?"
	    " AND id < ? ORDER BY id DESC LIMIT ?) x" },
	[Q_TEXTS] = { "uuuuiiuu", "uiss", "SELECT t.id, t.saved_at, a.text, u.name FROM attempt t FORCE INDEX (by_operation)"
	    " JOIN answer a ON a.attempt_id = t.id JOIN question n ON n.id = a.question_id JOIN user u ON u.id = t.user_id"
	    " WHERE t.operation_id = ? AND t.id < ? AND t.id >= ? AND ? IN (0, t.user_id) AND t.saved_at >= ? AND t.saved_at < ?"
	    " AND n.stable_id = ? AND ? IN (0, n.version_id) AND a.text <> '' AND" STANDS("t") " ORDER BY t.id DESC LIMIT 26" },
	[Q_AUDIT] = { "uu", "uuuii", "SELECT question_id, choice_id, user_id, CAST(SUM(counted) AS SIGNED), CAST(SUM(tallied) AS SIGNED) FROM"
	    " (SELECT a.question_id, COALESCE(a.choice_id, 0) AS choice_id, t.user_id, COUNT(*) AS counted, 0 AS tallied FROM attempt t"
	    "   JOIN answer a ON a.attempt_id = t.id JOIN question n ON n.id = a.question_id WHERE t.operation_id = ? AND" STANDS("t")
	    "   AND NOT EXISTS (SELECT 1 FROM attempt l JOIN answer b ON b.attempt_id = l.id JOIN question m ON m.id = b.question_id"
	    "    WHERE l.entry_id = t.entry_id AND l.number > t.number AND m.stable_id = n.stable_id AND" STANDS("l") ") GROUP BY 1, 2, 3"
	    "  UNION ALL SELECT question_id, choice_id, user_id, 0, people FROM answer_tally WHERE operation_id = ?) x"
	    " GROUP BY question_id, choice_id, user_id HAVING SUM(counted) <> SUM(tallied)" },
};
_Static_assert(RESULT_TEXTS == 25, "the statement asks for one more");
DB_STATEMENTS(q)

static struct result *
result_of(struct result *list, size_t n, uint64_t stable)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].stable == stable)
			return &list[i];
	return NULL;
}

static struct result_answer *
answer_of(struct result *r, uint64_t stable)
{
	for (size_t i = 0; r != NULL && i < r->nanswers; i++)
		if (r->answers[i].stable == stable)
			return &r->answers[i];
	return NULL;
}

/* A question that a newer version has already keeps its words; answers that only this version offers come after. */
static void
add_question(struct result **list, size_t *n, const struct survey *s, const struct question *from, struct arena *a)
{
	struct result *r = result_of(*list, *n, from->stable);
	struct result_answer *more;

	if (r == NULL) {
		r = &(*list)[(*n)++];
		*r = (struct result){ .stable = from->stable, .kind = from->kind, .since = s->number,
		    .text = { [LANG_EN] = from->text[LANG_EN], [LANG_FR] = from->text[LANG_FR] } };
	}
	more = arena_alloc(a, (r->nanswers + from->nchoices + 1) * sizeof(*more));
	if (r->nanswers > 0)
		memcpy(more, r->answers, r->nanswers * sizeof(*more));
	r->answers = more;
	for (size_t c = 0; c < from->nchoices; c++)
		if (answer_of(r, from->choices[c].stable) == NULL)
			r->answers[r->nanswers++] = (struct result_answer){ .stable = from->choices[c].stable,
			    .text = { [LANG_EN] = from->choices[c].text[LANG_EN], [LANG_FR] = from->choices[c].text[LANG_FR] } };
}

static bool
add_version(struct db *db, struct version_id version, struct result **list, size_t *n, struct arena *a)
{
	struct survey s;

	switch (survey_version(db, version, &s, a)) {
	case FOUND:	break;
	case NONE:	return true;
	case FAILED:	return false;
	}
	for (size_t i = 0; i < s.nquestions && *n < (RESULT_VERSIONS + 1) * SURVEY_QUESTIONS_MAX; i++)
		if (strcmp(s.questions[i].kind, "info") != 0)
			add_question(list, n, &s, &s.questions[i], a);
	return true;
}

bool
survey_results(struct db *db, const struct operation *op, const struct results_wish *w, struct result **out, size_t *n, struct arena *a)
{
	struct result_version *versions;
	size_t nversions;
	struct rows rs;

	*n = 0;
	*out = arena_alloc(a, ((RESULT_VERSIONS + 1) * SURVEY_QUESTIONS_MAX + 1) * sizeof(**out));
	if (!survey_result_versions(db, op->id, &versions, &nversions, a))
		return false;
	if (w->version.v != 0) {
		if (!add_version(db, w->version, out, n, a))
			return false;
	} else {
		if (op->survey_version.v != 0 && !add_version(db, op->survey_version, out, n, a))
			return false;
		for (size_t i = 0; i < nversions; i++)
			if (versions[i].id.v != op->survey_version.v && !add_version(db, versions[i].id, out, n, a))
				return false;
	}
	if (!(w->to == 0 ? db_rows(db, &q[Q_COUNTED], IN(V_U(op->id.v), V_U(w->agent.v), V_U(w->version.v)), a, &rs) :
	    db_rows(db, &q[Q_DAY], IN(V_U(op->id.v), V_U(w->agent.v), V_U(w->version.v), V_I(w->from), V_I(w->to), V_I(w->to)), a, &rs)))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		struct result *r = result_of(*out, *n, row_u(&rs.row[i], 0));
		struct result_answer *x = answer_of(r, row_u(&rs.row[i], 1));
		if (r == NULL)
			continue;		/* of a version before the newest RESULT_VERSIONS */
		r->people += (uint64_t)row_i(&rs.row[i], 3);
		if (x != NULL)
			x->people += (uint64_t)row_i(&rs.row[i], 2);
	}
	return true;
}

bool
survey_result_versions(struct db *db, struct operation_id op, struct result_version **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_VERSIONS], IN(V_U(op.v), V_U(RESULT_VERSIONS)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	*n = rs.n;
	for (size_t i = 0; i < rs.n; i++)
		(*out)[i] = (struct result_version){ { row_u(&rs.row[i], 0) }, (unsigned)row_u(&rs.row[i], 1) };
	return true;
}

bool
survey_result_agents(struct db *db, struct operation_id op, struct result_agent **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_AGENTS], IN(V_U(op.v)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	*n = rs.n;
	for (size_t i = 0; i < rs.n; i++)
		(*out)[i] = (struct result_agent){ { row_u(&rs.row[i], 0) }, row_s(&rs.row[i], 1) };
	return true;
}

bool
survey_result_texts(struct db *db, const struct results_wish *w, uint64_t stable, uint64_t before, struct result_text **out, size_t *n,
    uint64_t *older, struct arena *a)
{
	uint64_t below = before == 0 ? INT64_MAX : before, last;
	struct rows rs;
	struct row r;

	*n = 0;
	*older = 0;
	*out = arena_alloc(a, (RESULT_TEXTS + 1) * sizeof(**out));
	switch (db_row(db, &q[Q_SCANNED], IN(V_U(w->operation.v), V_U(below), V_U(RESULT_LOOK)), a, &r)) {
	case FOUND:	break;
	case NONE:	return true;
	case FAILED:	return false;
	}
	if (row_is_null(&r, 0))
		return true;
	last = row_u(&r, 0);
	if (!db_rows(db, &q[Q_TEXTS], IN(V_U(w->operation.v), V_U(below), V_U(last), V_U(w->agent.v), V_I(w->from),
	    V_I(w->to == 0 ? INT64_MAX : w->to), V_U(stable), V_U(w->version.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n && i < RESULT_TEXTS; i++)
		(*out)[(*n)++] = (struct result_text){ row_u(&rs.row[i], 0), row_i(&rs.row[i], 1), row_s(&rs.row[i], 2), row_s(&rs.row[i], 3) };
	if (rs.n > RESULT_TEXTS) {
		*older = (*out)[*n - 1].attempt;
		return true;
	}
	/* Are there calls before those that were looked through? */
	switch (db_row(db, &q[Q_SCANNED], IN(V_U(w->operation.v), V_U(last), V_U(1)), a, &r)) {
	case FOUND:	*older = row_is_null(&r, 0) ? 0 : last; return true;
	case NONE:	return true;
	case FAILED:	break;
	}
	return false;
}

bool
survey_results_audit(struct db *db, struct operation_id op, FILE *out, uint64_t *wrong, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_AUDIT], IN(V_U(op.v), V_U(op.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++)
		fprintf(out, "operation %llu: %lld people answered question %llu with choice %llu to user %llu, the tally says %lld\n",
		    (unsigned long long)op.v, (long long)row_i(&rs.row[i], 3), (unsigned long long)row_u(&rs.row[i], 0),
		    (unsigned long long)row_u(&rs.row[i], 1), (unsigned long long)row_u(&rs.row[i], 2), (long long)row_i(&rs.row[i], 4));
	*wrong += rs.n;
	return true;
}
