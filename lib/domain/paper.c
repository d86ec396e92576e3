/*
 * paper.c - sheets as they stand: their code, the list of them, their places.
 */
#include "domain/paper.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/zone.h"

enum { LIST_MOST = 30 };

#define SHEET	"SELECT s.id, s.user_id, c.name, b.name, s.printed_at, s.until_at, COALESCE(s.ended_at, 0), s.people,"		\
	" (SELECT COUNT(*) FROM paper_place p JOIN attempt t ON t.form_key = p.form_key WHERE p.sheet_id = s.id),"	\
	" (SELECT COUNT(*) FROM hold h WHERE h.operation_id = s.operation_id AND h.user_id BETWEEN ? + s.id * 256 AND ? + s.id * 256 + 255)"	\
	" FROM paper_sheet s JOIN user c ON c.id = s.user_id JOIN user b ON b.id = s.created_by"			\
	" WHERE s.operation_id = ? AND s.printed_at IS NOT NULL"
#define SHEET_OUT	"uussiiiuuu"

enum { Q_LIST, Q_ONE, Q_PLACES, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LIST] = { "uuuu", SHEET_OUT, SHEET " ORDER BY s.id DESC LIMIT ?" },
	[Q_ONE] = { "uuuu", SHEET_OUT, SHEET " AND s.id = ?" },
	/* a hold that is over and that nobody has ended yet holds nobody */
	[Q_PLACES] = { "uuuu", "uuibu" "iusss" "ussii" "uuisusi", "SELECT p.number, p.entry_id, p.key_at, p.form_key, p.attempts,"
	    " COALESCE(p.noted_at, 0), COALESCE(n.id, 0), n.first_name, n.last_name, n.city,"
	    " COALESCE(e.attempts, 0), z.name, h.e164, COALESCE(IF(h.band = 1, h.due_at, 0), 0), COALESCE(h.held_until, 0),"
	    " COALESCE(t.number, 0), COALESCE(t.status, 0), COALESCE(t.started_at, 0), u.name, COALESCE(l.status, 0), t.note, COALESCE(l.started_at, 0)"
	    " FROM paper_place p LEFT JOIN entry e ON e.id = p.entry_id LEFT JOIN person n ON n.id = e.person_id AND n.organisation_id <> 0"
	    " LEFT JOIN operation_zone z ON z.operation_id = ? AND z.zone = e.zone AND z.zone > 0"
	    " LEFT JOIN hold h ON h.user_id = ? + p.number AND h.operation_id = ? AND h.entry_id = p.entry_id"
	    " LEFT JOIN attempt t ON t.form_key = p.form_key LEFT JOIN user u ON u.id = t.user_id"
	    " LEFT JOIN attempt l ON l.entry_id = p.entry_id AND l.number = p.attempts WHERE p.sheet_id = ? ORDER BY p.number" },
};
DB_STATEMENTS(q)

/* --- the code on the paper --- */

enum { MARK_CHARS = 3 };

/* No letters that look like another one, or like a digit. */
static void
mark(struct paper_id id, char out[MARK_CHARS + 1])
{
	static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char m[32];

	seal_mark("paper", &id.v, sizeof(id.v), m);
	for (int i = 0; i < MARK_CHARS; i++)
		out[i] = letters[m[i] % (sizeof(letters) - 1)];
	out[MARK_CHARS] = '\0';
}

const char *
paper_code(struct arena *a, struct paper_id id)
{
	char m[MARK_CHARS + 1];

	mark(id, m);
	return arena_fmt(a, "%llu-%s", (unsigned long long)id.v, m);
}

bool
paper_of_code(const char *s, struct paper_id *out)
{
	char digits[21], m[MARK_CHARS + 1];
	size_t n;

	s += strspn(s, " ");
	n = strspn(s, "0123456789");
	if (n == 0 || n >= sizeof(digits))
		return false;
	memcpy(digits, s, n);
	digits[n] = '\0';
	s += n;
	s += strspn(s, " -");
	if (!parse_uint(digits, 1, UINT64_C(1) << 50, &out->v))
		return false;
	mark(*out, m);
	n = strcspn(s, " ");
	return n == MARK_CHARS && strncasecmp(s, m, n) == 0 && s[n + strspn(s + n, " ")] == '\0';
}

/* --- sheets --- */

static struct paper_sheet
sheet_of(const struct row *r)
{
	return (struct paper_sheet){ .id = { row_u(r, 0) }, .caller = { row_u(r, 1) }, .caller_name = row_s(r, 2), .by_name = row_s(r, 3),
		.printed_at = row_i(r, 4), .until_at = row_i(r, 5), .ended_at = row_i(r, 6), .people = (unsigned)row_u(r, 7),
		.entered = (unsigned)row_u(r, 8), .held = (unsigned)row_u(r, 9) };
}

bool
paper_list(struct db *db, struct operation_id op, struct paper_sheet **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(PAPER_HOLDERS), V_U(PAPER_HOLDERS), V_U(op.v), V_U(LIST_MOST)), a, &rs))
		return false;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++)
		(*out)[i] = sheet_of(&rs.row[i]);
	return true;
}

enum found
paper_by_id(struct db *db, struct operation_id op, struct paper_id id, struct paper_sheet *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ONE], IN(V_U(PAPER_HOLDERS), V_U(PAPER_HOLDERS), V_U(op.v), V_U(id.v)), a, &r);

	if (f == FOUND)
		*out = sheet_of(&r);
	return f;
}

/* --- places --- */

static bool
shows(const struct field_rules *rules, enum person_field f)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->rule[i].field == f)
			return rules->rule[i].mode != MODE_HIDDEN;
	return false;
}

static enum paper_state
state_of(const struct row *r)
{
	if (row_u(r, 15) != 0)
		return PAPER_ENTERED;
	if (row_i(r, 5) != 0)
		return PAPER_NOTED;
	if (row_u(r, 6) == 0)
		return PAPER_GONE;
	if (row_u(r, 10) != row_u(r, 4))
		return PAPER_CALLED;
	return row_is_null(r, 12) ? PAPER_BACK : PAPER_HELD;
}

static const char *
words(const struct row *r, unsigned col)
{
	return row_is_null(r, col) ? "" : row_s(r, col);
}

bool
paper_places(struct db *db, const struct operation *op, struct paper_id id, struct paper_place **out, size_t *n, struct arena *a)
{
	struct field_rules *rules = arena_alloc(a, sizeof(*rules));
	char zone[ZONE_NAME];
	struct rows rs;
	bool city;

	if (!field_rules_of(db, op, rules, a) ||
	    !db_rows(db, &q[Q_PLACES], IN(V_U(op->id.v), V_U(PAPER_HOLDER(id, 0).v), V_U(op->id.v), V_U(id.v)), a, &rs))
		return false;
	city = shows(rules, FIELD_ADDRESS);
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];
		struct paper_place *p = &(*out)[i];
		size_t bytes;
		const void *key = row_b(r, 3, &bytes);

		*p = (struct paper_place){ .number = (unsigned)row_u(r, 0), .entry = { row_u(r, 1) }, .key_at = row_i(r, 2),
			.form_key = seal_hex(a, key, bytes), .tries = (unsigned)row_u(r, 4), .person = { row_u(r, 6) },
			.first_name = words(r, 7), .last_name = words(r, 8), .city = city ? words(r, 9) : "",
			.state = state_of(r), .promised_at = row_i(r, 13), .attempt = (unsigned)row_u(r, 15), .status = (enum status)row_u(r, 16),
			.called_at = row_i(r, 17), .by = words(r, 18), .last_status = (enum status)row_u(r, 19), .note = words(r, 20),
			.last_at = row_i(r, 21), .e164 = "" };
		if (p->state == PAPER_HELD)
			p->e164 = words(r, 12);
		p->zones = row_is_null(r, 11) ? op->zone : row_s(r, 11);
		zone_next(p->zones, zone);
		p->zone = arena_strdup(a, zone);
	}
	return true;
}
