/*
 * practice.c - a practice is made, ended, forgotten.
 */
#include "domain/practice_in.h"

#include "domain/outcome.h"
#include "domain/survey_row.h"
#include "domain/trunk_in.h"
#include "domain/user.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"

#define CALLER		"+12905550100"		/* what the invented people would see */
#define DAY_AND_NIGHT	"0000-2400,0000-2400,0000-2400,0000-2400,0000-2400,0000-2400,0000-2400"

enum { Q_ORGANISATION, Q_SET, Q_NOT_ALSO, Q_ALSO, Q_NO_EXCLUSIONS, Q_OWN, Q_OWN_RULES, Q_DIAL, Q_NOT_DIAL, Q_MEMBER, Q_ADD, Q_TURN, Q_MINE,
	Q_REPLACE, Q_END, Q_HANG_UP, Q_LASTED, Q_HANG_UP_ENDED, Q_OVER, Q_FORGET, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ORGANISATION] = { "iu", "", "INSERT INTO organisation (name, time_zone, region, created_at, practice)"
	    " SELECT name, time_zone, region, ?, TRUE FROM organisation WHERE id = ?" },
	[Q_SET] = { "uussssiu", "", "UPDATE operation SET state = 'active', survey_version_id = NULLIF(?, 0), question_id = NULLIF(?, 0),"
	    " method = ?, starts_on = ?, ends_at = ?, day_hours = ?, purpose = NULL, call_rules = NULL, holidays = NULL,"
	    " copied_from = NULL, finished_at = ? WHERE id = ?" },
	[Q_NOT_ALSO] = { "u", "", "DELETE FROM operation_question WHERE operation_id = ?" },
	[Q_ALSO] = { "uu", "", "INSERT INTO operation_question (operation_id, question_stable_id) VALUES (?, ?)" },
	/* invented people have neither voted nor answered before */
	[Q_NO_EXCLUSIONS] = { "u", "", "DELETE FROM exclusion_rule WHERE operation_id = ?" },
	[Q_OWN] = { "uuius", "", "INSERT INTO custom_field (organisation_id, kind, form, name, put_away_at, created_by, created_at)"
	    " SELECT ?, kind, form, name, put_away_at, ?, ? FROM custom_field WHERE organisation_id = ? AND kind = ?" },
	[Q_OWN_RULES] = { "uu", "", "UPDATE field_rule r JOIN custom_field f ON f.id = CAST(SUBSTRING(r.field, 5) AS UNSIGNED)"
	    " JOIN custom_field g ON g.organisation_id = ? AND g.kind = f.kind AND g.name = f.name"
	    " SET r.field = CONCAT('own-', g.id) WHERE r.operation_id = ? AND r.field LIKE 'own-%'" },
	/* in the operation's manner, as far as one agent and the simulation have it */
	[Q_DIAL] = { "uusuu", "", "INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode, ring_seconds) SELECT ?, ?, ?,"
	    " COALESCE((SELECT IF(d.mode = 'preview', 'preview', 'progressive') FROM dialing d WHERE d.operation_id = ?), 'preview'),"
	    " COALESCE((SELECT d.ring_seconds FROM dialing d WHERE d.operation_id = ?), 25)" },
	[Q_NOT_DIAL] = { "u", "", "DELETE FROM dialing WHERE operation_id = ?" },
	[Q_MEMBER] = { "uui", "", "INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (?, ?, 'agent', ?)" },
	[Q_ADD] = { "uuuuuui", "", "INSERT INTO practice (organisation_id, operation_id, of_id, of_revision, user_id, as_id, started_at)"
	    " VALUES (?, ?, ?, ?, NULLIF(?, 0), ?, ?)" },
	/* who starts twice at once stands in line here */
	[Q_TURN] = { "u", "u", "SELECT id FROM user WHERE id = ? FOR UPDATE" },
	[Q_MINE] = { "uu", "uuui", "SELECT operation_id, of_revision, ended_at IS NULL, started_at FROM practice WHERE of_id = ? AND user_id = ?" },
	[Q_REPLACE] = { "iu", "", "UPDATE practice SET user_id = NULL, ended_at = COALESCE(ended_at, ?) WHERE operation_id = ?" },
	[Q_END] = { "iu", "", "UPDATE practice SET ended_at = COALESCE(ended_at, ?) WHERE operation_id = ?" },
	[Q_HANG_UP] = { "iiu", "", "UPDATE agent_line l JOIN practice x ON x.as_id = l.user_id"
	    " SET l.end_asked_at = COALESCE(l.end_asked_at, ?), l.look_at = ? WHERE x.operation_id = ? AND l.live = 1" },
	[Q_LASTED] = { "ii", "", "UPDATE practice SET ended_at = ? WHERE ended_at IS NULL AND started_at <= ?" },
	[Q_HANG_UP_ENDED] = { "ii", "", "UPDATE practice x JOIN agent_line l ON l.user_id = x.as_id AND l.live = 1"
	    " SET l.end_asked_at = ?, l.look_at = ? WHERE x.ended_at IS NOT NULL AND l.end_asked_at IS NULL" },
	[Q_OVER] = { "i", "u", "SELECT organisation_id FROM practice WHERE ended_at <= ? ORDER BY ended_at LIMIT 100" },
	[Q_FORGET] = { "u", "", "CALL practice_forget(?)" },
};
DB_STATEMENTS(q)

/* --- made --- */

/* The questionnaire as it is now, with questions of its own: answers of a practice are nobody's answers to the real ones. */
static bool
copy_survey(struct db *db, const struct practice_new *p, struct survey *was, struct survey *made, struct arena *a)
{
	struct survey_id survey;
	struct version_id version;
	struct survey s;

	*was = *made = (struct survey){ .name = "" };
	if (p->of->survey_version.v == 0)
		return true;
	if (survey_version(db, p->of->survey_version, was, a) != FOUND || survey_version(db, p->of->survey_version, &s, a) != FOUND)
		return false;
	for (size_t i = 0; i < s.nquestions; i++) {
		s.questions[i].stable = 0;
		for (size_t c = 0; c < s.questions[i].nchoices; c++)
			s.questions[i].choices[c].stable = 0;
	}
	return survey_insert(db, p->organisation, p->as, p->now, s.name, s.description, &survey) &&
	    survey_insert_version(db, survey, 1, p->as, p->now, &s, &version) && survey_version(db, version, made, a) == FOUND &&
	    made->nquestions == was->nquestions;
}

static bool
also_asked(struct db *db, const struct practice_new *p, const struct survey *was, const struct survey *made)
{
	if (db_write(db, &q[Q_NOT_ALSO], IN(V_U(p->operation.v)), NULL) != WROTE)
		return false;
	for (size_t k = 0; k < p->of->nalso; k++)
		for (size_t i = 0; i < was->nquestions; i++)
			if (was->questions[i].stable == p->of->also[k] && db_write(db, &q[Q_ALSO],
			    IN(V_U(p->operation.v), V_U(made->questions[i].stable)), NULL) != WROTE)
				return false;
	return true;
}

/* Is there a company that rings nobody? Without one a practice is by the agent's own phone, which does not ring either. */
static enum op_method
method_of(const struct operation *of)
{
	return of->method == OP_SOFTWARE && conf.sim_port != 0 ? OP_SOFTWARE : OP_PHONE;
}

static bool
set_operation(struct db *db, const struct practice_new *p, const struct survey *was, const struct survey *made, struct arena *a)
{
	struct tm from = clock_local(p->of->zone, p->now - DAY_US), to = clock_local(p->of->zone, p->now + 3 * DAY_US);
	uint64_t question = 0;

	for (size_t i = 0; i < was->nquestions; i++)
		if (was->questions[i].id.v == p->of->question.v)
			question = made->questions[i].id.v;
	return db_write(db, &q[Q_SET], IN(V_U(made->version.v), V_U(question), V_S(method_of(p->of) == OP_SOFTWARE ? "software" : "phone"),
	    V_S(arena_fmt(a, "%04d-%02d-%02d", from.tm_year + 1900, from.tm_mon + 1, from.tm_mday)),
	    V_S(arena_fmt(a, "%04d-%02d-%02d 12:00:00", to.tm_year + 1900, to.tm_mon + 1, to.tm_mday)), V_S(DAY_AND_NIGHT), V_I(p->now),
	    V_U(p->operation.v)), NULL) == WROTE && also_asked(db, p, was, made) &&
	    db_write(db, &q[Q_NO_EXCLUSIONS], IN(V_U(p->operation.v)), NULL) == WROTE;
}

static bool
dial(struct db *db, const struct practice_new *p)
{
	struct trunk_id trunk;

	if (db_write(db, &q[Q_NOT_DIAL], IN(V_U(p->operation.v)), NULL) != WROTE)
		return false;
	return method_of(p->of) != OP_SOFTWARE || (trunk_insert_sim(db, p->organisation, p->as, p->now, CALLER, &trunk) &&
	    db_write(db, &q[Q_DIAL], IN(V_U(p->operation.v), V_U(trunk.v), V_S(CALLER), V_U(p->of->id.v), V_U(p->of->id.v)), NULL) == WROTE);
}

static bool
own_fields(struct db *db, const struct practice_new *p)
{
	return db_write(db, &q[Q_OWN], IN(V_U(p->organisation.v), V_U(p->as.v), V_I(p->now), V_U(p->of->organisation.v),
	    V_S(p->of->source == OP_ELECTORS ? "elector" : "contact")), NULL) == WROTE &&
	    db_write(db, &q[Q_OWN_RULES], IN(V_U(p->organisation.v), V_U(p->operation.v)), NULL) == WROTE;
}

bool
practice_make(struct db *db, struct practice_new *p, struct arena *a)
{
	struct user_new volunteer = { .name = p->name, .contact = "", .role = ROLE_VOLUNTEER, .lang = p->lang };
	struct survey was, made;
	struct operation op;
	bool taken;

	if (db_write(db, &q[Q_ORGANISATION], IN(V_I(p->now), V_U(p->of->organisation.v)), NULL) != WROTE)
		return false;
	p->organisation.v = db_last_id(db);
	return user_add(db, p->organisation, &volunteer, NULL, (struct user_id){ 0 }, p->now, &p->as, &taken, a) &&
	    copy_survey(db, p, &was, &made, a) &&
	    operation_copy(db, p->of, p->organisation, p->of->name, p->as, p->now, &p->operation) &&
	    set_operation(db, p, &was, &made, a) && own_fields(db, p) && dial(db, p) &&
	    db_write(db, &q[Q_MEMBER], IN(V_U(p->operation.v), V_U(p->as.v), V_I(p->now)), NULL) == WROTE &&
	    db_write(db, &q[Q_ADD], IN(V_U(p->organisation.v), V_U(p->operation.v), V_U(p->of->id.v), V_U(p->of->revision), V_U(p->user.v),
	    V_U(p->as.v), V_I(p->now)), NULL) == WROTE &&
	    operation_by_id(db, p->operation, &op, a) == FOUND && practice_invent(db, &op, p->lang, p->now, a);
}

struct starting {
	struct practice_new new;
	enum refusal why;
	bool already;
	struct arena *arena;
};

static bool
start(struct db *db, void *ctx)
{
	struct starting *s = ctx;
	struct practice_new *p = &s->new;
	struct operation_id before;
	struct row r;

	s->why = p->of->state == OP_DRAFT || p->of->state == OP_ARCHIVED ? R_WRONG_STATE : R_NONE;
	s->already = false;
	if (s->why != R_NONE || db_row(db, &q[Q_TURN], IN(V_U(p->user.v)), s->arena, &r) != FOUND)
		return false;
	switch (db_row(db, &q[Q_MINE], IN(V_U(p->of->id.v), V_U(p->user.v)), s->arena, &r)) {
	case FAILED:	return false;
	case NONE:	break;
	case FOUND:
		before.v = row_u(&r, 0);
		if (row_u(&r, 1) == p->of->revision && row_u(&r, 2) != 0 && row_i(&r, 3) > p->now - PRACTICE_LASTS / 2) {
			p->operation = before;
			return s->already = true;
		}
		if (db_write(db, &q[Q_HANG_UP], IN(V_I(p->now), V_I(p->now), V_U(before.v)), NULL) != WROTE ||
		    db_write(db, &q[Q_REPLACE], IN(V_I(p->now), V_U(before.v)), NULL) != WROTE)
			return false;
	}
	return practice_make(db, p, s->arena);
}

enum saved
practice_start(struct db *db, const struct operation *of, const struct who *who, int64_t now, struct operation_id *out,
    enum refusal *why, struct arena *a)
{
	struct starting s = { .new = { .of = of, .user = { who->user }, .name = who->name, .lang = who->lang, .now = now }, .arena = a };
	enum tx t = tx_write(db, start, &s);
	enum saved saved = saved_of(t, s.why);

	*why = s.why;
	*out = s.new.operation;
	return saved == SAVED && s.already ? ALREADY : saved;
}

struct more { struct operation_id id; enum lang lang; int64_t now; struct arena *arena; };

static bool
more(struct db *db, void *ctx)
{
	struct more *m = ctx;
	struct operation op;

	return operation_by_id(db, m->id, &op, m->arena) == FOUND && practice_invent(db, &op, m->lang, m->now, m->arena);
}

bool
practice_more(struct db *db, struct operation_id practice, enum lang lang, int64_t now, struct arena *a)
{
	struct more m = { practice, lang, now, a };

	return tx_write(db, more, &m) == TX_DONE;
}

/* --- ended, forgotten --- */

struct ending { uint64_t id; int64_t now; };

static bool
end(struct db *db, void *ctx)
{
	struct ending *e = ctx;

	return db_write(db, &q[Q_HANG_UP], IN(V_I(e->now), V_I(e->now), V_U(e->id)), NULL) == WROTE &&
	    db_write(db, &q[Q_END], IN(V_I(e->now), V_U(e->id)), NULL) == WROTE;
}

bool
practice_end(struct db *db, struct operation_id practice, int64_t now)
{
	struct ending e = { practice.v, now };

	return tx_write(db, end, &e) == TX_DONE;
}

static bool
end_old(struct db *db, void *ctx)
{
	struct ending *e = ctx;

	return db_write(db, &q[Q_LASTED], IN(V_I(e->now), V_I(e->now - PRACTICE_LASTS)), NULL) == WROTE &&
	    db_write(db, &q[Q_HANG_UP_ENDED], IN(V_I(e->now), V_I(e->now)), NULL) == WROTE;
}

static bool
forget(struct db *db, void *ctx)
{
	struct ending *e = ctx;

	return db_write(db, &q[Q_FORGET], IN(V_U(e->id)), NULL) == WROTE;
}

void
practice_tidy(struct db *db, int64_t now, struct arena *a)
{
	struct ending e = { 0, now };
	struct rows over;
	size_t n = 0;

	if (tx_write(db, end_old, &e) != TX_DONE || !db_rows(db, &q[Q_OVER], IN(V_I(now - PRACTICE_STAYS)), a, &over)) {
		log_warn("practices: the old ones could not be ended");
		return;
	}
	for (size_t i = 0; i < over.n; i++) {
		e.id = row_u(&over.row[i], 0);
		n += tx_write(db, forget, &e) == TX_DONE;
	}
	if (n > 0)
		log_event("practices forgotten n=%zu", n);
	if (n < over.n)
		log_warn("practices: %zu could not be forgotten", over.n - n);
}
