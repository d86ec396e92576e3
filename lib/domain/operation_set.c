/*
 * operation_set.c - what the wizard's pages 1 to 4, 7 and 8 store; page 5 is operation_recycling.c, page 6 exclusion.c,
 * page 9 the queue's.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/field.h"
#include "domain/holiday.h"
#include "domain/operation.h"
#include "domain/operation_row.h"
#include "domain/dialing.h"
#include "domain/survey.h"

enum { Q_VERSION, Q_SOURCE, Q_DETAILS, Q_QUESTION_OF, Q_SURVEY, Q_SURVEY_OF, Q_QUESTION_IN,
	Q_CLEAR_FIELDS, Q_FIELD, Q_CLEAR_ALSO, Q_ALSO, Q_OWN_FIELD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_VERSION] = { "suu", "", "UPDATE operation SET version = ?, question_id = ? WHERE id = ?" },
	[Q_SOURCE] = { "su", "", "UPDATE operation SET source = ? WHERE id = ?" },
	[Q_DETAILS] = { "sssuussssssssu", "", "UPDATE operation SET name = ?, description = ?, method = ?, survey_version_id = ?,"
	    " question_id = ?, starts_on = ?, ends_at = ?, opens_at = ?, closes_at = ?, day_hours = ?, holidays = NULLIF(?, ''),"
	    " purpose = NULLIF(?, ''), call_rules = NULLIF(?, '') WHERE id = ?" },
	[Q_QUESTION_OF] = { "uu", "u", "SELECT v.id FROM question n JOIN survey_version v ON v.id = n.version_id"
	    " JOIN survey s ON s.id = v.survey_id WHERE n.id = ? AND s.organisation_id = ? AND n.kind IN " SURVEY_ONE_ANSWER },
	[Q_SURVEY] = { "uuu", "", "UPDATE operation SET survey_version_id = ?, question_id = ? WHERE id = ?" },
	[Q_SURVEY_OF] = { "uu", "u", "SELECT v.id FROM survey_version v JOIN survey s ON s.id = v.survey_id"
	    " WHERE v.id = ? AND s.organisation_id = ?" },
	/* The operation's question in that version: the same one or its later edition, else the first that can be asked alone. */
	[Q_QUESTION_IN] = { "uuu", "u", "SELECT n.id FROM question n JOIN survey_version v ON v.id = n.version_id"
	    " JOIN survey s ON s.id = v.survey_id LEFT JOIN question mine ON mine.id = ?"
	    " WHERE n.version_id = ? AND s.organisation_id = ? AND n.kind IN " SURVEY_ONE_ANSWER
	    " ORDER BY n.stable_id <=> mine.stable_id DESC, n.position LIMIT 1" },
	[Q_OWN_FIELD] = { "uusuuu", "", "INSERT INTO field_rule (operation_id, field, position, mode, highlight)"
	    " SELECT ?, CONCAT('own-', id), ?, ?, ? FROM custom_field WHERE id = ? AND organisation_id = ?" },
	[Q_CLEAR_ALSO] = { "u", "", "DELETE FROM operation_question WHERE operation_id = ?" },
	[Q_ALSO] = { "uuu", "", "INSERT INTO operation_question (operation_id, question_stable_id) SELECT ?, stable_id FROM question"
	    " WHERE id = ? AND version_id = ?" },
	[Q_CLEAR_FIELDS] = { "u", "", "DELETE FROM field_rule WHERE operation_id = ?" },
	[Q_FIELD] = { "ususu", "", "INSERT INTO field_rule (operation_id, field, position, mode, highlight)"
	    " VALUES (?, ?, ?, ?, ?)" },
};
DB_STATEMENTS(q)

struct set {
	struct op_write w;		/* first: op_run sees it */
	enum op_version version;
	enum op_source source;
	const struct operation_details *details;
	struct version_id survey;
	const struct field_rules *fields;
	unsigned page;
};

static bool
refuse(struct set *s, enum refusal why)
{
	s->w.why = why;
	return false;
}

static bool
touch(struct db *db, struct set *s, unsigned page, const char *verb, const char *detail)
{
	return operation_touch(db, s->w.id, page, s->w.by, s->w.now, verb, detail, s->w.arena);
}

/* Fact 13, and a list already there: answers true when nothing forbids the change. */
static bool
may_change_kind(struct db *db, struct set *s, bool list_forbids)
{
	enum found called = operation_called(db, s->w.id, s->w.arena);
	enum found list = !list_forbids ? NONE : called == NONE ? operation_has_list(db, s->w.id, s->w.arena) : NONE;

	if (called == FOUND)
		return refuse(s, R_CALLS_SAVED);
	if (list == FOUND)
		return refuse(s, R_LIST_LOADED);
	return called == NONE && list == NONE;
}

/* The one question that agents of an original operation ask, in that survey version; 0: none can be asked alone. */
static bool
question_in(struct db *db, struct set *s, struct version_id version, uint64_t *out)
{
	struct row r;
	enum found f = version.v == 0 ? NONE : db_row(db, &q[Q_QUESTION_IN], IN(V_U(s->w.op.question.v), V_U(version.v),
	    V_U(s->w.op.organisation.v)), s->w.arena, &r);

	*out = f == FOUND ? row_u(&r, 0) : 0;
	return f != FAILED;
}

static struct val
or_null(uint64_t id)
{
	return id == 0 ? V_NULL : V_U(id);
}

static bool
set_version(struct db *db, void *ctx)
{
	struct set *s = ctx;
	uint64_t asked = 0;

	if (!op_lock(db, &s->w))
		return false;
	if (s->w.op.version != s->version && !may_change_kind(db, s, false))
		return false;
	if (s->version == OP_ORIGINAL && !question_in(db, s, s->w.op.survey_version, &asked))
		return false;
	if (s->version == OP_ORIGINAL && asked == 0 && s->w.op.state != OP_DRAFT)
		return refuse(s, R_NO_ONE_ANSWER);
	return db_write(db, &q[Q_VERSION], IN(V_S(operation_version_word(s->version)), or_null(asked), V_U(s->w.id.v)),
	    NULL) == WROTE &&
	    touch(db, s, 1, "operation.version", operation_version_word(s->version));
}

enum saved
operation_set_version(struct db *db, struct operation_id id, struct user_id by, int64_t now,
    enum op_version version, enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .version = version };

	if (version == OP_NO_VERSION) {
		*why = R_NOT_A_CHOICE;
		return REFUSED;
	}
	return op_run(db, set_version, &s.w, why);
}

static bool
set_source(struct db *db, void *ctx)
{
	struct set *s = ctx;

	if (!op_lock(db, &s->w))
		return false;
	if (s->w.op.version == OP_NO_VERSION)
		return refuse(s, R_NO_VERSION);
	if (s->w.op.source != s->source && !may_change_kind(db, s, true))
		return false;
	return db_write(db, &q[Q_SOURCE], IN(V_S(operation_source_word(s->source)), V_U(s->w.id.v)), NULL) == WROTE &&
	    touch(db, s, 2, "operation.source", operation_source_word(s->source));
}

enum saved
operation_set_source(struct db *db, struct operation_id id, struct user_id by, int64_t now,
    enum op_source source, enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .source = source };

	if (source == OP_NO_SOURCE) {
		*why = R_NOT_A_CHOICE;
		return REFUSED;
	}
	return op_run(db, set_source, &s.w, why);
}

/* The questions beside the first; each of the same version. */
static bool
set_also(struct db *db, struct set *s, uint64_t version)
{
	const struct operation_details *d = s->details;

	if (db_write(db, &q[Q_CLEAR_ALSO], IN(V_U(s->w.id.v)), NULL) == NOT_WRITTEN)
		return false;
	for (size_t i = 0; i < d->nalso && i < OPERATION_ALSO; i++) {
		uint64_t n = 0;

		if (db_write(db, &q[Q_ALSO], IN(V_U(s->w.id.v), V_U(d->also[i].v), V_U(version)), &n) == NOT_WRITTEN)
			return false;
		if (n == 0)
			return refuse(s, R_OTHER_SURVEY);
	}
	return true;
}

static bool
set_details(struct db *db, void *ctx)
{
	struct set *s = ctx;
	const struct operation_details *d = s->details;
	const struct hours *h = &d->hours;
	struct arena *a = s->w.arena;
	bool specialized;
	struct row version;
	uint64_t version_id = 0, asked = 0;
	char week[HOURS_WEEK_CHARS];

	if (!op_lock(db, &s->w) || !op_unchanged(db, &s->w, 3, d->seen))
		return false;
	hours_week_write(h->day, week);
	if (s->w.op.source == OP_NO_SOURCE)
		return refuse(s, R_NO_SOURCE);
	if (d->method == OP_SOFTWARE) {
		enum found can = dialing_begin(db, &s->w.op, a);
		if (can != FOUND)
			return can == NONE ? refuse(s, R_NO_PROVIDER) : false;
	}
	specialized = s->w.op.version == OP_SPECIALIZED;
	if (specialized)			/* its set is page 4's */
		version_id = s->w.op.survey_version.v;
	else if (d->question.v == 0 && s->w.op.state != OP_DRAFT)
		return refuse(s, R_NO_QUESTION);
	else if (d->question.v != 0) {
		enum found f = db_row(db, &q[Q_QUESTION_OF], IN(V_U(d->question.v), V_U(s->w.op.organisation.v)), a, &version);
		if (f != FOUND)
			return f == NONE ? refuse(s, R_NO_QUESTION) : false;
		version_id = row_u(&version, 0);
		asked = d->question.v;
	}
	if (!specialized && !set_also(db, s, version_id))
		return false;
	return db_write(db, &q[Q_DETAILS], IN(V_S(d->name), V_S(d->description), V_S(operation_method_word(d->method)),
	    or_null(version_id), or_null(asked),
	    V_S(arena_fmt(a, "%04d-%02d-%02d", h->start_year, h->start_month, h->start_day)),
	    V_S(arena_fmt(a, "%04d-%02d-%02d %02d:%02d:00", h->end_year, h->end_month, h->end_day,
		h->end_minute / 60, h->end_minute % 60)),
	    V_S(arena_fmt(a, "%02d:%02d:00", h->opens_minute / 60, h->opens_minute % 60)),
	    V_S(arena_fmt(a, "%02d:%02d:00", h->closes_minute / 60, h->closes_minute % 60)),
	    h->by_day ? V_S(week) : V_NULL, V_S(holiday_code((enum holiday_region)h->holidays)),
	    V_S(purpose_code(d->purpose)), V_S(d->purpose == PURPOSE_NONE ? "" : rules_code(d->rules_of)),
	    V_U(s->w.id.v)), NULL) == WROTE &&
	    touch(db, s, 3, "operation.details", arena_fmt(a, "%s, %04d-%02d-%02d to %04d-%02d-%02d %02d:%02d, %s%s%s", d->name,
		h->start_year, h->start_month, h->start_day, h->end_year, h->end_month, h->end_day,
		h->end_minute / 60, h->end_minute % 60, h->by_day ? week : arena_fmt(a, "%02d%02d-%02d%02d", h->opens_minute / 60,
		h->opens_minute % 60, h->closes_minute / 60, h->closes_minute % 60), h->holidays == 0 ? "" : ", holidays ",
		holiday_code((enum holiday_region)h->holidays)));
}

enum saved
operation_set_details(struct db *db, struct operation_id id, struct user_id by, int64_t now,
    const struct operation_details *d, enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .details = d };

	if (d->name[0] == '\0')
		*why = R_MISSING;
	else if (d->method == OP_NO_METHOD)
		*why = R_NOT_A_CHOICE;
	else
		*why = operation_check_hours(&d->hours);
	if (*why == R_NONE && rules_check(d->rules_of, d->purpose, &d->hours) == CURFEW_BLOCKS)
		*why = R_CURFEW;
	return *why == R_NONE ? op_run(db, set_details, &s.w, why) : REFUSED;
}

static bool
set_survey(struct db *db, void *ctx)
{
	struct set *s = ctx;
	struct row survey;
	uint64_t asked = 0;
	enum found f;

	if (!op_lock(db, &s->w))
		return false;
	f = db_row(db, &q[Q_SURVEY_OF], IN(V_U(s->survey.v), V_U(s->w.op.organisation.v)), s->w.arena, &survey);
	if (f != FOUND)
		return f == NONE ? refuse(s, R_NO_SURVEY) : false;
	if (s->w.op.version != OP_SPECIALIZED) {
		if (!question_in(db, s, s->survey, &asked))
			return false;
		if (asked == 0)
			return refuse(s, R_NO_ONE_ANSWER);
	}
	return db_write(db, &q[Q_SURVEY], IN(V_U(s->survey.v), or_null(asked), V_U(s->w.id.v)), NULL) == WROTE &&
	    touch(db, s, s->page, "operation.survey", arena_fmt(s->w.arena, "version %llu", (unsigned long long)s->survey.v));
}

enum saved
operation_set_survey(struct db *db, struct operation_id id, struct user_id by, int64_t now,
    struct version_id survey, enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .survey = survey, .page = 4 };

	return op_run(db, set_survey, &s.w, why);
}

static bool
set_fields(struct db *db, void *ctx)
{
	struct set *s = ctx;
	struct val *v = arena_alloc(s->w.arena, FIELD__MAX * 5 * sizeof(*v));
	size_t n = s->fields->n;

	if (!op_lock(db, &s->w))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct field_rule *r = &s->fields->rule[i];
		if (!field_in(r->field, s->w.op.source) || !field_allows(r->field, r->mode))
			return refuse(s, R_FIELD_LOCKED);
		v[i * 5] = V_U(s->w.id.v);
		v[i * 5 + 1] = V_S(field_code(r->field));
		v[i * 5 + 2] = V_U(i + 1);
		v[i * 5 + 3] = V_S(field_mode_code(r->mode));
		v[i * 5 + 4] = V_U(r->highlight);
	}
	if (db_write(db, &q[Q_CLEAR_FIELDS], IN(V_U(s->w.id.v)), NULL) != WROTE)
		return false;
	for (size_t i = 0; i < s->fields->nown; i++) {
		const struct own_rule *o = &s->fields->own[i];
		uint64_t wrote = 0;

		if (db_write(db, &q[Q_OWN_FIELD], IN(V_U(s->w.id.v), V_U(n + i + 1), V_S(field_mode_code(o->shown ? MODE_VISIBLE : MODE_HIDDEN)),
		    V_U(o->highlight), V_U(o->field), V_U(s->w.op.organisation.v)), &wrote) != WROTE)
			return false;
		if (wrote == 0)
			return refuse(s, R_FIELD_LOCKED);
	}
	return (n == 0 || db_bulk(db, &q[Q_FIELD], v, 5, n) == WROTE) && touch(db, s, 7, "operation.fields", "");
}

enum saved
operation_set_fields(struct db *db, struct operation_id id, struct user_id by, int64_t now,
    const struct field_rules *fields, enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .fields = fields };

	return op_run(db, set_fields, &s.w, why);
}

static bool
pass_page(struct db *db, void *ctx)
{
	struct set *s = ctx;

	if (!op_lock(db, &s->w))
		return false;
	return s->w.op.wizard_page > s->page || touch(db, s, s->page, "operation.page", "");
}

enum saved
operation_pass_page(struct db *db, struct operation_id id, unsigned page, struct user_id by, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .page = page };

	return op_run(db, pass_page, &s.w, why);
}
