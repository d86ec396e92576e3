/*
 * exclusion.c - stores an operation's exclusion rules and asks who they take out.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"

#include "domain/exclusion_in.h"
#include "domain/filter_saved.h"
#include "domain/operation.h"
#include "domain/operation_row.h"

/* One question's answers of person `p`; "has a value" is a choice or a text that is not empty. */
#define ANSWERED(p)									\
	"SELECT 1 FROM attempt t JOIN answer w ON w.attempt_id = t.id JOIN question n ON n.id = w.question_id"	\
	" LEFT JOIN choice c ON c.id = w.choice_id WHERE t.person_id = " p " AND n.stable_id = ?"		\
	" AND (w.choice_id IS NOT NULL OR w.text <> '') AND (? = 0 OR c.stable_id = ?)"				\
	" AND NOT EXISTS (SELECT 1 FROM attempt k WHERE k.entry_id = t.entry_id AND k.corrects = t.number)"
/* Whoever lives with p, p included; a person without a household lives with nobody (fact 71). */
#define AT_HOME		"(SELECT 1 FROM person h WHERE h.household_id = p.household_id AND "

enum { Q_RULES, Q_CLEAR, Q_INSERT, Q_SEES, Q_SWEEP, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_RULES] = { "u", "suuuussuss", "SELECT r.criterion, r.question_stable_id, r.choice_stable_id, r.status, r.household,"
	    " r.filter_name, r.filter, o.organisation_id, COALESCE(o.source, 'contact'), g.time_zone FROM exclusion_rule r"
	    " JOIN operation o ON o.id = r.operation_id JOIN organisation g ON g.id = o.organisation_id"
	    " WHERE r.operation_id = ? ORDER BY r.position" },
	[Q_CLEAR] = { "u", "", "DELETE FROM exclusion_rule WHERE operation_id = ?" },
	[Q_INSERT] = { "uusuuuuss", "", "INSERT INTO exclusion_rule (operation_id, position, criterion, question_stable_id,"
	    " choice_stable_id, status, household, filter_name, filter) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_SEES] = { "u", "u", "SELECT id FROM user WHERE id = ? AND role IN ('administrator', 'organiser') AND disabled_at IS NULL" },
	[Q_SWEEP] = { "uu", "", "INSERT INTO exclusion_sweep (operation_id) SELECT ? FROM entry WHERE operation_id = ? LIMIT 1"
	    " ON DUPLICATE KEY UPDATE last_person = 0" },
};
/* Does the rule match this person? By criterion, then without and with the household. */
enum { Q_VOTED, Q_VOTED_HOME, Q_ANSWERED, Q_ANSWERED_HOME, Q_MATCH__MAX };
static struct stmt match[Q_MATCH__MAX] = {
	[Q_VOTED] = { "u", "u", "SELECT p.id FROM person p WHERE p.id = ? AND p.has_voted" },
	[Q_VOTED_HOME] = { "u", "u", "SELECT p.id FROM person p WHERE p.id = ? AND (p.has_voted OR EXISTS"
	    AT_HOME "h.has_voted))" },
	[Q_ANSWERED] = { "uuuu", "u", "SELECT p.id FROM person p WHERE p.id = ? AND EXISTS (" ANSWERED("p.id") ")" },
	[Q_ANSWERED_HOME] = { "uuuuuuu", "u", "SELECT p.id FROM person p WHERE p.id = ? AND (EXISTS (" ANSWERED("p.id") ")"
	    " OR EXISTS " AT_HOME "EXISTS (" ANSWERED("h.id") ")))" },
};
DB_STATEMENTS(q)
__attribute__((constructor)) static void register_match(void) { db_register(match, NITEMS(match), __FILE__); }

static const char *const words[] = { [CR_VOTED] = "voted", [CR_QUESTION] = "question", [CR_FILTER] = "filter" };

bool
exclusion_rules(struct db *db, struct operation_id id, struct exclusion **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_RULES], IN(V_U(id.v)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	*n = rs.n;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];
		struct rule_filter *f = NULL;
		if (strcmp(row_s(r, 0), words[CR_FILTER]) == 0) {
			f = arena_alloc(a, sizeof(*f));
			*f = (struct rule_filter){ row_s(r, 5), row_s(r, 6), { row_u(r, 7) }, person_kind_of(row_s(r, 8)), row_s(r, 9) };
		}
		(*out)[i] = (struct exclusion){
			.criterion = f != NULL ? CR_FILTER : strcmp(row_s(r, 0), words[CR_VOTED]) == 0 ? CR_VOTED : CR_QUESTION,
			.filter = f,
			.question = row_u(r, 1), .choice = row_u(r, 2),
			.status = row_u(r, 3) < ST__MAX ? (enum status)row_u(r, 3) : ST_REMOVED_BY_HAND,
			.household = row_u(r, 4) != 0,
		};
	}
	return true;
}

static unsigned
statement_of(const struct exclusion *rule)
{
	return (rule->criterion == CR_VOTED ? Q_VOTED : Q_ANSWERED) + rule->household;
}

/* The values after the people's ids: once for the person's answers, once more for the household's. */
static size_t
rule_values(const struct exclusion *rule, struct val *v)
{
	size_t n = 0;

	if (rule->criterion == CR_QUESTION)
		for (unsigned i = 0; i <= rule->household; i++) {
			v[n++] = V_U(rule->question);
			v[n++] = V_U(rule->choice);
			v[n++] = V_U(rule->choice);
		}
	return n;
}

bool
exclusion_of(struct db *db, const struct exclusion *rules, size_t nrules, struct person_id person,
    enum status *out, struct arena *a)
{
	*out = ST_NONE;
	for (size_t i = 0; i < nrules; i++) {
		struct rows rs;
		if (rules[i].criterion == CR_FILTER) {
			if (!exclusion_filter_match(db, &rules[i], &person.v, 1, &rs, a))
				return false;
			if (rs.n > 0) {
				*out = rules[i].status;
				return true;
			}
			continue;
		}
		struct val v[1 + 6] = { V_U(person.v) };
		size_t n = 1 + rule_values(&rules[i], v + 1);
		struct row r;
		switch (db_row(db, &match[statement_of(&rules[i])], v, n, a, &r)) {
		case FOUND:	*out = rules[i].status; return true;	/* fact 70: the first rule's status */
		case NONE:	break;
		case FAILED:	return false;
		}
	}
	return true;
}

/* --- a page of people --- */

enum { CHUNK = 500 };

struct seat { uint64_t person; size_t at; };

static int
by_person(const void *x, const void *y)
{
	const struct seat *p = x, *s = y;
	return p->person < s->person ? -1 : p->person > s->person;
}

/* The single-person statement with "= ?" of its id turned into "IN (?,...)". */
static const char *
for_many(const char *sql, size_t n, struct arena *a)
{
	static const char one[] = "p.id = ?";
	const char *at = strstr(sql, one);
	struct buf b;

	assert(at != NULL);
	buf_init_in(&b, a, 16 * 1024);
	buf_bytes(&b, sql, (size_t)(at - sql));
	buf_text(&b, "p.id IN (?");
	for (size_t i = 1; i < n; i++)
		buf_text(&b, ",?");
	buf_text(&b, ")");
	buf_text(&b, at + sizeof(one) - 1);
	assert(!b.full);
	return b.data;
}

static bool
match_chunk(struct db *db, const struct exclusion *rule, const struct seat *seats, size_t n,
    enum status *out, struct arena *a)
{
	struct val *v = arena_alloc(a, (n + 6) * sizeof(*v));
	struct rows rs;
	size_t nv = n;

	if (rule->criterion == CR_FILTER) {
		uint64_t *ids = arena_alloc(a, (n + 1) * sizeof(*ids));
		for (size_t i = 0; i < n; i++)
			ids[i] = seats[i].person;
		if (!exclusion_filter_match(db, rule, ids, n, &rs, a))
			return false;
	} else {
		for (size_t i = 0; i < n; i++)
			v[i] = V_U(seats[i].person);
		nv += rule_values(rule, v + n);
		if (!db_rows_of(db, for_many(match[statement_of(rule)].sql, n, a), "u", v, nv, a, &rs))
			return false;
	}
	for (size_t i = 0; i < rs.n; i++) {
		struct seat key = { .person = row_u(&rs.row[i], 0) };
		const struct seat *s = bsearch(&key, seats, n, sizeof(*seats), by_person);
		if (s != NULL && out[s->at] == ST_NONE)
			out[s->at] = rule->status;
	}
	return true;
}

bool
exclusion_match(struct db *db, const struct exclusion *rules, size_t nrules,
    const struct person_id *people, size_t npeople, enum status *out, struct arena *a)
{
	struct seat *seats;

	for (size_t i = 0; i < npeople; i++)
		out[i] = ST_NONE;
	if (nrules == 0 || npeople == 0)
		return true;
	seats = arena_alloc(a, npeople * sizeof(*seats));
	for (size_t i = 0; i < npeople; i++)
		seats[i] = (struct seat){ people[i].v, i };
	qsort(seats, npeople, sizeof(*seats), by_person);
	for (size_t from = 0; from < npeople; from += CHUNK)
		for (size_t r = 0; r < nrules; r++)
			if (!match_chunk(db, &rules[r], seats + from, npeople - from < CHUNK ? npeople - from : CHUNK, out, a))
				return false;
	return true;
}

/* --- storing --- */

struct set {
	struct op_write w;
	const struct exclusion *rules;
	size_t n;
};

/* A filter that is new to the operation is one that its editor may see the people of, and that can be asked about them. */
static bool
may_filter(struct db *db, struct set *s, const struct rule_filter *f, const struct exclusion *old, size_t nold)
{
	struct people_filter *asked;
	struct row r;
	enum found found;

	for (size_t i = 0; i < nold; i++)
		if (old[i].criterion == CR_FILTER && strcmp(old[i].filter->text, f->text) == 0)
			return true;
	if ((found = db_row(db, &q[Q_SEES], IN(V_U(s->w.by.v)), s->w.arena, &r)) == FAILED)
		return false;
	if (found == NONE)
		return s->w.why = R_FILTER_UNSEEN, false;
	asked = arena_alloc(s->w.arena, sizeof(*asked));
	people_filter_read(s->w.arena, f->text, s->w.op.source == OP_ELECTORS ? PERSON_ELECTOR : PERSON_CONTACT, s->w.op.zone, asked);
	if (*f->text == '\0' || asked->conditions.broken)
		s->w.why = R_NOT_A_CHOICE;
	for (size_t i = 0; i < asked->conditions.n && s->w.why == R_NONE; i++)
		if (filter_check(&asked->conditions.cond[i], asked->kind) != R_NONE)
			s->w.why = R_NOT_A_CHOICE;
	return s->w.why == R_NONE;
}

static bool
set_rules(struct db *db, void *ctx)
{
	enum { EACH = 9 };
	struct set *s = ctx;
	struct val *v = arena_alloc(s->w.arena, (s->n + 1) * EACH * sizeof(*v));
	struct exclusion *old;
	size_t nold;

	if (!op_lock(db, &s->w) || !exclusion_rules(db, s->w.id, &old, &nold, s->w.arena))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (s->rules[i].criterion == CR_FILTER && !may_filter(db, s, s->rules[i].filter, old, nold))
			return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct exclusion *e = &s->rules[i];
		struct val *at = v + i * EACH;
		at[0] = V_U(s->w.id.v);
		at[1] = V_U(i + 1);
		at[2] = V_S(words[e->criterion]);
		at[3] = e->criterion != CR_QUESTION ? V_NULL : V_U(e->question);
		at[4] = e->criterion != CR_QUESTION || e->choice == 0 ? V_NULL : V_U(e->choice);
		at[5] = V_U(e->status);
		at[6] = V_U(e->household);
		at[7] = V_S(e->criterion == CR_FILTER ? e->filter->name : "");
		at[8] = V_S(e->criterion == CR_FILTER ? e->filter->text : "");
	}
	return db_write(db, &q[Q_CLEAR], IN(V_U(s->w.id.v)), NULL) == WROTE &&
	    (s->n == 0 || db_bulk(db, &q[Q_INSERT], v, EACH, s->n) == WROTE) &&
	    (s->n == 0 || db_write(db, &q[Q_SWEEP], IN(V_U(s->w.id.v), V_U(s->w.id.v)), NULL) == WROTE) &&
	    operation_touch(db, s->w.id, 6, s->w.by, s->w.now, "operation.exclusions",
		arena_fmt(s->w.arena, "%zu rules", s->n), s->w.arena);
}

enum saved
exclusion_set(struct db *db, struct operation_id id, struct user_id by, int64_t now,
    const struct exclusion *rules, size_t n, enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .rules = rules, .n = n };

	*why = n > EXCLUSIONS_MAX ? R_OUT_OF_RANGE : R_NONE;
	for (size_t i = 0; i < n && *why == R_NONE; i++)
		if (rules[i].status == ST_NONE)
			*why = R_MISSING;		/* fact 66 */
		else if (status_by(rules[i].status) != S_RULE || (rules[i].criterion == CR_QUESTION && rules[i].question == 0) ||
		    (rules[i].criterion == CR_FILTER && (rules[i].filter == NULL || *rules[i].filter->text == '\0')))
			*why = R_NOT_A_CHOICE;
	return *why == R_NONE ? op_run(db, set_rules, &s.w, why) : REFUSED;
}
