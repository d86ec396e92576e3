/*
 * survey_write.c - saving a questionnaire. What agents have read to people never changes: every edit is a
 * new version, and the old ones stay for the answers and operations that have them.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/text.h"

#include "domain/audit.h"
#include "domain/operation.h"
#include "domain/outcome.h"
#include "domain/survey.h"
#include "domain/survey_row.h"

enum { Q_SURVEY, Q_VERSION, Q_QUESTION, Q_CHOICE, Q_OWN_QUESTION, Q_OWN_CHOICE, Q_LOCK, Q_RENAME, Q_USERS, Q_ASKED, Q_MOVE, Q_ALONE, Q_TWIN,
	Q_OPERATION, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_SURVEY] = { "ussui", "", "INSERT INTO survey (organisation_id, name, description, created_by, created_at)"
	    " VALUES (?, ?, ?, ?, ?)" },
	[Q_VERSION] = { "uussiu", "", "INSERT INTO survey_version (survey_id, number, script_en, script_fr, created_at, created_by)"
	    " VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_QUESTION] = { "uuususss", "", "INSERT INTO question (version_id, stable_id, position, kind, required, text_en, text_fr, field)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_CHOICE] = { "uuussi", "", "INSERT INTO choice (question_id, stable_id, position, text_en, text_fr, next)"
	    " VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_OWN_QUESTION] = { "u", "", "UPDATE question SET stable_id = id WHERE version_id = ? AND stable_id = 0" },
	[Q_OWN_CHOICE] = { "u", "", "UPDATE choice c JOIN question n ON n.id = c.question_id SET c.stable_id = c.id"
	    " WHERE n.version_id = ? AND c.stable_id = 0" },
	[Q_LOCK] = { "uu", "u", "SELECT id FROM survey WHERE id = ? AND organisation_id = ? FOR UPDATE" },
	[Q_RENAME] = { "ssu", "", "UPDATE survey SET name = ?, description = ?, renamed = renamed + 1 WHERE id = ?" },
	/* Drafts follow an edit; so does the operation whose owner makes it from its wizard. */
	[Q_USERS] = { "uuu", "uuuu", "SELECT o.id, IFNULL(n.stable_id, 0), IFNULL(o.version = 'specialized', 0),"
	    " o.state = 'draft' FROM survey_version v"
	    " JOIN operation o ON o.survey_version_id = v.id LEFT JOIN question n ON n.id = o.question_id"
	    " WHERE v.survey_id = ? AND (o.state = 'draft' OR (o.id = ? AND EXISTS (SELECT 1 FROM member m"
	    "  WHERE m.operation_id = o.id AND m.user_id = ? AND m.role = 'owner'))) FOR UPDATE" },
	[Q_ASKED] = { "uu", "u", "SELECT id FROM question WHERE version_id = ? AND kind IN " SURVEY_ONE_ANSWER
	    " ORDER BY stable_id = ? DESC, position LIMIT 1" },
	[Q_ALONE] = { "u", "u", "SELECT id FROM organisation WHERE id = ? FOR UPDATE" },
	[Q_TWIN] = { "usui", "u", "SELECT v.id FROM survey s JOIN survey_version v ON v.survey_id = s.id WHERE s.organisation_id = ?"
	    " AND s.name = ? AND s.created_by = ? AND s.created_at >= ? AND v.number = 1"
	    " AND NOT EXISTS (SELECT 1 FROM survey_version x WHERE x.survey_id = s.id AND x.number > 1) ORDER BY v.id DESC LIMIT 1" },
	[Q_OPERATION] = { "uu", "uuuu", "SELECT o.survey_version_id, v.survey_id, IFNULL(n.stable_id, 0),"
	    " IFNULL(o.version = 'specialized', 0) FROM operation o JOIN survey_version v ON v.id = o.survey_version_id"
	    " LEFT JOIN question n ON n.id = o.question_id WHERE o.id = ? AND o.organisation_id = ? FOR UPDATE" },
	[Q_MOVE] = { "uuu", "", "UPDATE operation SET survey_version_id = ?, question_id = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

#define TWICE_US	(10 * MINUTE_US)

bool
survey_insert(struct db *db, struct organisation_id org, struct user_id by, int64_t now,
    const char *name, const char *description, struct survey_id *out)
{
	if (db_write(db, &q[Q_SURVEY], IN(V_U(org.v), V_S(name), V_S(description), by.v == 0 ? V_NULL : V_U(by.v),
	    V_I(now)), NULL) != WROTE)
		return false;
	out->v = db_last_id(db);
	return true;
}

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static bool
insert_choices(struct db *db, uint64_t question, const struct question *n)
{
	for (size_t c = 0; c < n->nchoices; c++)
		if (db_write(db, &q[Q_CHOICE], IN(V_U(question), V_U(n->choices[c].stable), V_U(c + 1),
		    V_S(or_empty(n->choices[c].text[LANG_EN])), V_S(or_empty(n->choices[c].text[LANG_FR])), V_I(n->choices[c].next)), NULL) != WROTE)
			return false;
	return true;
}

bool
survey_insert_version(struct db *db, struct survey_id survey, unsigned number, struct user_id by, int64_t now, const struct survey *s,
    struct version_id *out)
{
	if (db_write(db, &q[Q_VERSION], IN(V_U(survey.v), V_U(number), V_S(or_empty(s->script[LANG_EN])),
	    V_S(or_empty(s->script[LANG_FR])), V_I(now), by.v == 0 ? V_NULL : V_U(by.v)), NULL) != WROTE)
		return false;
	out->v = db_last_id(db);
	for (size_t i = 0; i < s->nquestions; i++) {
		const struct question *n = &s->questions[i];
		if (db_write(db, &q[Q_QUESTION], IN(V_U(out->v), V_U(n->stable), V_U(i + 1), V_S(n->kind), V_U(n->required),
		    V_S(or_empty(n->text[LANG_EN])), V_S(or_empty(n->text[LANG_FR])), V_S(or_empty(n->field))), NULL) != WROTE ||
		    !insert_choices(db, db_last_id(db), n))
			return false;
	}
	return db_write(db, &q[Q_OWN_QUESTION], IN(V_U(out->v)), NULL) == WROTE &&
	    db_write(db, &q[Q_OWN_CHOICE], IN(V_U(out->v)), NULL) == WROTE;
}

struct edit {
	struct organisation_id organisation;
	struct user_id by;
	int64_t now;
	const struct survey *in;
	struct operation_id only;
	struct arena *arena;
	struct version_id version;
	enum refusal why;
	bool changed;
};

/* The same one from the same person a moment ago, untouched since: its form came twice. The lock makes the two take turns. */
static enum found
made_before(struct db *db, struct edit *e, const struct survey *s)
{
	struct survey twin;
	struct row r;
	enum found f = db_row(db, &q[Q_ALONE], IN(V_U(e->organisation.v)), e->arena, &r);

	if (f == FOUND)
		f = db_row(db, &q[Q_TWIN], IN(V_U(e->organisation.v), V_S(s->name), V_U(e->by.v), V_I(e->now - TWICE_US)), e->arena, &r);
	if (f == FOUND)
		f = survey_version(db, (struct version_id){ row_u(&r, 0) }, &twin, e->arena);
	if (f != FOUND)
		return f;
	e->version = twin.version;
	for (size_t i = 0; i < twin.nquestions; i++) {
		twin.questions[i].stable = 0;
		for (size_t c = 0; c < twin.questions[i].nchoices; c++)
			twin.questions[i].choices[c].stable = 0;
	}
	return survey_same(s, &twin) && strcmp(or_empty(s->description), twin.description) == 0 ? FOUND : NONE;
}

static bool
create(struct db *db, struct edit *e)
{
	static const struct survey nothing = { .id = { 0 } };
	struct survey s;
	struct survey_id id;

	survey_own_copy(e->in, &nothing, &s, e->arena);
	switch (made_before(db, e, &s)) {
	case FOUND:	return true;
	case NONE:	break;
	case FAILED:	return false;
	}
	e->changed = true;
	return survey_insert(db, e->organisation, e->by, e->now, s.name, or_empty(s.description), &id) &&
	    survey_insert_version(db, id, 1, e->by, e->now, &s, &e->version) &&
	    audit_add(db, e->organisation, e->by, e->now, "survey.create", "survey", id.v, s.name);
}

/* The question that an original operation asks in the new version; 0: none there can be asked alone. */
static bool
question_to_ask(struct db *db, struct edit *e, uint64_t stable, uint64_t *out)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ASKED], IN(V_U(e->version.v), V_U(stable)), e->arena, &r);

	*out = f == FOUND ? row_u(&r, 0) : 0;
	return f != FAILED;
}

static bool
take_version(struct db *db, struct edit *e, struct operation_id op, uint64_t asked, const char *why)
{
	return db_write(db, &q[Q_MOVE], IN(V_U(e->version.v), asked == 0 ? V_NULL : V_U(asked), V_U(op.v)), NULL) == WROTE &&
	    operation_touch(db, op, 0, e->by, e->now, "operation.survey", why, e->arena);
}

static bool
move_users(struct db *db, struct edit *e, struct survey_id id)
{
	struct rows users;

	if (!db_rows(db, &q[Q_USERS], IN(V_U(id.v), V_U(e->only.v), V_U(e->by.v)), e->arena, &users))
		return false;
	for (size_t i = 0; i < users.n; i++) {
		const struct row *r = &users.row[i];
		struct operation_id op = { row_u(r, 0) };
		bool specialized = row_u(r, 2) != 0, draft = row_u(r, 3) != 0;
		uint64_t asked = 0;
		if (!specialized && !question_to_ask(db, e, row_u(r, 1), &asked))
			return false;
		if (!specialized && !draft && asked == 0)
			continue;		/* its agents need a question: it stays with the version it has */
		if (!take_version(db, e, op, asked, "its questionnaire was edited"))
			return false;
	}
	return true;
}

static bool
edit(struct db *db, void *ctx)
{
	struct edit *e = ctx;
	struct survey was, s;
	struct row r;
	bool named;
	enum found f;

	e->why = R_NONE;
	e->changed = false;
	if (e->in->id.v == 0)
		return create(db, e);
	/* The lock makes two editors take turns; numbers of versions stay unique. */
	f = db_row(db, &q[Q_LOCK], IN(V_U(e->in->id.v), V_U(e->organisation.v)), e->arena, &r);
	if (f == FOUND)
		f = survey_newest(db, e->organisation, e->in->id, &was, e->arena);
	if (f != FOUND) {
		e->why = f == NONE ? R_NOT_FOUND : R_NONE;
		return false;
	}
	survey_own_copy(e->in, &was, &s, e->arena);
	e->version = was.version;
	named = strcmp(s.name, was.name) != 0 || strcmp(or_empty(s.description), was.description) != 0;
	/* The same content from two is no quarrel: a form sent twice is one. */
	if ((e->in->version.v != 0 && e->in->version.v != was.version.v && !survey_same(&s, &was)) ||
	    (e->in->renamed != 0 && e->in->renamed != was.renamed && named)) {
		e->why = R_SURVEY_CHANGED;
		return false;
	}
	if (named) {
		e->changed = true;
		if (db_write(db, &q[Q_RENAME], IN(V_S(s.name), V_S(or_empty(s.description)), V_U(s.id.v)), NULL) != WROTE)
			return false;
	}
	if (!survey_same(&s, &was)) {
		e->changed = true;
		if (!survey_insert_version(db, s.id, was.number + 1, e->by, e->now, &s, &e->version) || !move_users(db, e, s.id))
			return false;
	}
	return !e->changed || audit_add(db, e->organisation, e->by, e->now, "survey.edit", "survey", s.id.v,
	    arena_fmt(e->arena, "%s, version %llu", s.name, (unsigned long long)e->version.v));
}

enum saved
survey_save(struct db *db, struct organisation_id org, struct user_id by, int64_t now, const struct survey *in,
    struct operation_id only, struct version_id *out, enum refusal *why, struct arena *a)
{
	struct edit e = { .organisation = org, .by = by, .now = now, .in = in, .only = only, .arena = a };
	struct survey_wrong wrong;
	enum tx t;

	if (survey_check(in, &wrong, 1, a) != 0) {
		*why = wrong.why;
		return REFUSED;
	}
	t = tx_write(db, edit, &e);
	*out = e.version;
	*why = e.why;
	if (t == TX_DONE)
		return e.changed ? SAVED : ALREADY;
	return t == TX_REFUSED && e.why != R_NONE ? REFUSED : t == TX_UNSURE ? UNSURE : NOT_SAVED;
}

enum saved
survey_copy(struct db *db, struct organisation_id org, struct user_id by, int64_t now, struct survey_id from, const char *name,
    struct survey_id *out, enum refusal *why, struct arena *a)
{
	struct version_id version;
	struct survey s;
	enum saved saved;

	*why = R_NONE;
	switch (survey_newest(db, org, from, &s, a)) {
	case FOUND:	break;
	case NONE:	*why = R_NOT_FOUND; return REFUSED;
	case FAILED:	return NOT_SAVED;
	}
	s.id.v = 0;
	s.version.v = 0;
	s.name = text_cut(a, name, 120);
	saved = survey_save(db, org, by, now, &s, (struct operation_id){ 0 }, &version, why, a);
	if (saved != SAVED && saved != ALREADY)
		return saved;
	if (survey_version(db, version, &s, a) != FOUND)
		return UNSURE;
	*out = s.id;
	return saved;
}

/* --- an operation that moves on --- */

static bool
move_on(struct db *db, void *ctx)
{
	struct edit *e = ctx;
	struct survey newest;
	struct row r;
	uint64_t asked = 0;
	enum found f = db_row(db, &q[Q_OPERATION], IN(V_U(e->only.v), V_U(e->organisation.v)), e->arena, &r);

	e->why = R_NONE;
	e->changed = false;
	if (f == FOUND)
		f = survey_newest(db, e->organisation, (struct survey_id){ row_u(&r, 1) }, &newest, e->arena);
	if (f != FOUND) {
		e->why = f == NONE ? R_NOT_FOUND : R_NONE;
		return false;
	}
	e->version = newest.version;
	if (newest.version.v == row_u(&r, 0))
		return true;
	if (row_u(&r, 3) == 0) {
		if (!question_to_ask(db, e, row_u(&r, 2), &asked))
			return false;
		if (asked == 0) {
			e->why = R_NO_ONE_ANSWER;
			return false;
		}
	}
	e->changed = true;
	return take_version(db, e, e->only, asked, arena_fmt(e->arena, "moved on to version %u", newest.number));
}

enum saved
survey_move_on(struct db *db, struct organisation_id org, struct operation_id op, struct user_id by, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct edit e = { .organisation = org, .by = by, .now = now, .only = op, .arena = a };
	enum tx t = tx_write(db, move_on, &e);	/* before `why` is read */
	enum saved s = saved_of(t, e.why);

	*why = e.why;
	return s == SAVED && !e.changed ? ALREADY : s;
}
