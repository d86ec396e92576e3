/*
 * operation.c - reads an operation: its settings, its recycling rules, what was loaded into it.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

#include "domain/holiday.h"
#include "domain/operation.h"
#include "domain/operation_row.h"

enum { Q_BY_ID, Q_RULES, Q_CALLED, Q_ENTRY, Q_LOADING, Q_LOADS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BY_ID] = { "u", OPERATION_OUT, "SELECT " OPERATION_COLUMNS " FROM operation o WHERE o.id = ?" },
	[Q_RULES] = { "u", "uuu", "SELECT status, max_calls, minutes FROM recycling_rule WHERE operation_id = ?" },
	[Q_CALLED] = { "u", "u", "SELECT 1 FROM attempt WHERE operation_id = ? LIMIT 1" },
	[Q_ENTRY] = { "u", "u", "SELECT 1 FROM entry WHERE operation_id = ? LIMIT 1" },
	[Q_LOADING] = { "u", "u", "SELECT 1 FROM list_load l JOIN job j ON j.kind = 'load' AND j.object_id = l.id"
	    " AND j.state IN ('queued','running') WHERE l.operation_id = ? LIMIT 1" },
	[Q_LOADS] = { "u", "uuuuusi", "SELECT l.loaded, l.already, l.no_number, l.forbidden, l.excluded,"
	    " (SELECT j.state FROM job j WHERE j.kind = 'load' AND j.object_id = l.id ORDER BY j.id DESC LIMIT 1), l.created_at"
	    " FROM list_load l WHERE l.operation_id = ? ORDER BY l.id DESC LIMIT 20" },
};
DB_STATEMENTS(q)

static const char *const state_words[] = { "draft", "active", "paused", "archived" };
static const char *const version_words[] = { "", "original", "specialized" };
static const char *const source_words[] = { "", "contact", "elector" };
static const char *const method_words[] = { "", "phone", "software" };

static unsigned
word_of(const char *const *words, size_t n, const char *s)
{
	for (size_t i = 0; s != NULL && i < n; i++)
		if (strcmp(words[i], s) == 0)
			return (unsigned)i;
	return 0;
}

const char *operation_version_word(enum op_version v) { return v == OP_NO_VERSION ? NULL : version_words[v]; }
const char *operation_source_word(enum op_source v) { return v == OP_NO_SOURCE ? NULL : source_words[v]; }
const char *operation_method_word(enum op_method v) { return v == OP_NO_METHOD ? NULL : method_words[v]; }

/* "2026-12-23 21:00:00", as MariaDB writes a DATETIME. */
static bool
read_end(const char *s, struct hours *h)
{
	char day[11];

	if (strlen(s) < 16)
		return false;
	memcpy(day, s, 10);
	day[10] = '\0';
	return parse_date(day, &h->end_year, &h->end_month, &h->end_day) && parse_time_of_day(s + 11, &h->end_minute);
}

void
operation_fill(struct operation *op, const struct row *r)
{
	struct hours h = { 0 };

	*op = (struct operation){
		.id = { row_u(r, 0) }, .organisation = { row_u(r, 1) },
		.state = (enum op_state)word_of(state_words, NITEMS(state_words), row_s(r, 2)),
		.revision = (unsigned)row_u(r, 3), .wizard_page = (unsigned)row_u(r, 4),
		.version = (enum op_version)word_of(version_words, NITEMS(version_words), row_s(r, 5)),
		.source = (enum op_source)word_of(source_words, NITEMS(source_words), row_s(r, 6)),
		.method = (enum op_method)word_of(method_words, NITEMS(method_words), row_s(r, 7)),
		.name = row_s(r, 8), .description = row_s(r, 9),
		.survey_version = { row_u(r, 10) }, .question = { row_u(r, 11) }, .zone = row_s(r, 12),
		.hold_minutes = (unsigned)row_u(r, 17), .share_qr = row_u(r, 18) != 0,
		.created_by = { row_u(r, 19) }, .created_at = row_i(r, 20), .finished_at = row_i(r, 21),
		.purpose = purpose_of_code(row_s(r, 23)), .rules_of = rules_of_code(row_s(r, 24)),
		.rules_chosen = !row_is_null(r, 24), .more_calls = (unsigned)row_u(r, 27), .day_calls = (unsigned)row_u(r, 28),
		.other_part = row_u(r, 29) != 0,
	};
	if (!row_is_null(r, 22))
		for (const char *p = row_s(r, 22); *p != '\0' && op->nalso < OPERATION_ALSO; p += strspn(p, " ")) {
			char *end;
			op->also[op->nalso++] = strtoull(p, &end, 10);
			p = end;
		}
	if (row_is_null(r, 13) || row_is_null(r, 14) || row_is_null(r, 15) || row_is_null(r, 16))
		return;
	op->dated = parse_date(row_s(r, 13), &h.start_year, &h.start_month, &h.start_day) &&
	    read_end(row_s(r, 14), &h) && parse_time_of_day(row_s(r, 15), &h.opens_minute) &&
	    parse_time_of_day(row_s(r, 16), &h.closes_minute);
	h.by_day = hours_week_read(row_s(r, 25), h.day);
	h.holidays = (int)holiday_of_code(row_s(r, 26));
	if (op->dated)
		op->hours = h;
}

bool
operation_asks(const char *kind)
{
	static const char *const kinds[] = { "single_choice", "multiple_choice", "yes_no", "scale", "text_short", "text_long", "number", "date" };

	for (size_t i = 0; i < NITEMS(kinds); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

struct recycle_rule
operation_rule(const struct operation *op, const struct recycle_rule *base, const char *zone)
{
	struct recycle_rule r = *base;

	r.more_calls = op->more_calls;
	r.other_part_in = op->other_part ? zone : NULL;
	return r;
}

enum found
operation_by_id(struct db *db, struct operation_id id, struct operation *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_BY_ID], IN(V_U(id.v)), a, &r);

	if (f == FOUND)
		operation_fill(out, &r);
	return f;
}

enum found
operation_rules(struct db *db, struct operation_id id, struct recycle_rule rules[ST__MAX], struct arena *a)
{
	struct rows rs;

	memset(rules, 0, ST__MAX * sizeof(*rules));
	if (!db_rows(db, &q[Q_RULES], IN(V_U(id.v)), a, &rs))
		return FAILED;
	for (size_t i = 0; i < rs.n; i++) {
		uint64_t st = row_u(&rs.row[i], 0);
		if (st < ST__MAX)
			rules[st] = (struct recycle_rule){ .ticked = true,
			    .max_calls = (unsigned)row_u(&rs.row[i], 1), .minutes = (unsigned)row_u(&rs.row[i], 2) };
	}
	return FOUND;
}

enum found
operation_called(struct db *db, struct operation_id id, struct arena *a)
{
	struct row r;
	return db_row(db, &q[Q_CALLED], IN(V_U(id.v)), a, &r);
}

enum found
operation_has_list(struct db *db, struct operation_id id, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ENTRY], IN(V_U(id.v)), a, &r);
	return f == NONE ? db_row(db, &q[Q_LOADING], IN(V_U(id.v)), a, &r) : f;
}

bool
operation_loads(struct db *db, struct operation_id id, struct operation_load **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_LOADS], IN(V_U(id.v)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	*n = rs.n;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];
		const char *state = row_s(r, 5);
		(*out)[i] = (struct operation_load){
			.loaded = row_u(r, 0), .already = row_u(r, 1), .no_number = row_u(r, 2),
			.forbidden = row_u(r, 3), .excluded = row_u(r, 4), .created_at = row_i(r, 6),
			.running = state != NULL && (strcmp(state, "queued") == 0 || strcmp(state, "running") == 0),
			.failed = state != NULL && strcmp(state, "failed") == 0,
		};
	}
	return true;
}
