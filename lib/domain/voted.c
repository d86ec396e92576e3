/*
 * voted.c - marks of who has voted, one batch after the other.
 */
#include "domain/voted.h"

#include <strings.h>

#include "domain/audit.h"
#include "domain/household.h"
#include "domain/queue_change.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/text.h"

enum { CHUNK = 200, MISSED_CHARS = 2000, LABEL_CHARS = 200, LINE_CHARS = 60 };

#define BATCH "b.id, b.source, b.label, b.missed_text, u.name, b.marked, b.already, b.missed, b.created_at, b.undone_at"
#define BATCH_OUT "ussssuuuii"

enum { Q_PERSON, Q_SET, Q_NOT, Q_BATCH, Q_MARK, Q_COUNT, Q_MISSED, Q_UNDO, Q_IN_BATCH, Q_TAKE_BACK, Q_LIST, Q_ONE, Q_PEOPLE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_PERSON] = { "uu", "u", "SELECT has_voted FROM person WHERE id = ? AND organisation_id = ? FOR UPDATE" },
	[Q_SET] = { "iiu", "", "UPDATE person SET has_voted = TRUE, voted_at = ?, updated_at = ? WHERE id = ? AND NOT has_voted" },
	[Q_NOT] = { "iu", "", "UPDATE person SET has_voted = FALSE, voted_at = NULL, updated_at = ? WHERE id = ?" },
	[Q_BATCH] = { "ussui", "", "INSERT INTO voted_batch (organisation_id, source, label, created_by, created_at)"
	    " VALUES (?, ?, ?, ?, ?)" },
	[Q_MARK] = { "uu", "", "INSERT INTO voted_mark (batch_id, person_id) VALUES (?, ?)" },
	[Q_COUNT] = { "uuuu", "", "UPDATE voted_batch SET marked = marked + ?, already = already + ?, missed = missed + ? WHERE id = ?" },
	[Q_MISSED] = { "su", "", "UPDATE voted_batch SET missed_text = CONCAT(missed_text, ?) WHERE id = ?" },
	[Q_UNDO] = { "iuu", "", "UPDATE voted_batch SET undone_at = ? WHERE id = ? AND organisation_id = ? AND undone_at IS NULL" },
	/* who was marked by this batch and not again since */
	[Q_IN_BATCH] = { "uu", "u", "SELECT p.id FROM voted_mark m JOIN voted_batch b ON b.id = m.batch_id JOIN person p ON p.id = m.person_id"
	    " WHERE b.id = ? AND b.organisation_id = ? AND p.has_voted AND p.voted_at = b.created_at ORDER BY p.id FOR UPDATE" },
	[Q_TAKE_BACK] = { "iu", "", "UPDATE person p JOIN voted_mark m ON m.person_id = p.id JOIN voted_batch b ON b.id = m.batch_id"
	    " SET p.has_voted = FALSE, p.voted_at = NULL, p.updated_at = ? WHERE b.id = ? AND p.has_voted AND p.voted_at = b.created_at" },
	[Q_LIST] = { "u", BATCH_OUT, "SELECT " BATCH " FROM voted_batch b LEFT JOIN user u ON u.id = b.created_by"
	    " WHERE b.organisation_id = ? ORDER BY b.id DESC LIMIT 20" },
	[Q_ONE] = { "uu", BATCH_OUT, "SELECT " BATCH " FROM voted_batch b LEFT JOIN user u ON u.id = b.created_by"
	    " WHERE b.organisation_id = ? AND b.id = ?" },
	[Q_PEOPLE] = { "u", "ussss", "SELECT p.id, p.last_name, p.first_name, p.polling_subdivision, p.elector_number"
	    " FROM voted_mark m JOIN person p ON p.id = m.person_id WHERE m.batch_id = ?"
	    " ORDER BY p.polling_subdivision, LPAD(p.elector_number, 20, '0'), p.id LIMIT 100" },
};
DB_STATEMENTS(q)

static const char *const sources[] = { [VOTED_ONE] = "one", [VOTED_SHEET] = "sheet", [VOTED_FILE] = "file" };

/* --- what people type --- */

static bool
add_range(struct arena *a, const char *text, const char *dash, const char **out, size_t max, size_t *n)
{
	uint64_t from, to;

	if (!parse_uint(arena_strndup(a, text, (size_t)(dash - text)), 0, 999999, &from) || !parse_uint(dash + 1, 0, 999999, &to) ||
	    to < from || to - from >= max - *n)
		return false;
	for (; from <= to; from++)
		out[(*n)++] = arena_fmt(a, "%llu", (unsigned long long)from);
	return true;
}

bool
voted_numbers(struct arena *a, const char *text, const char **out, size_t max, size_t *n)
{
	char *plain = arena_strdup(a, text);
	const char *word[VOTED_SHEET_MAX + 1];
	size_t words;

	*n = 0;
	for (char *p = plain; *p != '\0'; p++)
		if (*p == ',' || *p == ';' || *p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	words = text_split(a, plain, ' ', word, NITEMS(word));
	for (size_t i = 0; i < words; i++) {
		const char *dash = strchr(word[i], '-');
		if (*word[i] == '\0')
			continue;
		if (*n == max)
			return false;
		if (dash == NULL)
			out[(*n)++] = word[i];
		else if (!add_range(a, word[i], dash, out, max, n))
			return false;
	}
	return words <= VOTED_SHEET_MAX;
}

/* --- one person --- */

struct setting {
	struct organisation_id org;
	struct user_id by;
	struct person_id person;
	bool voted, already, nobody;
	int64_t now;
	struct arena *a;
};

static bool
set_one(struct db *db, void *ctx)
{
	struct setting *s = ctx;
	struct row r;

	s->already = s->nobody = false;
	switch (db_row(db, &q[Q_PERSON], IN(V_U(s->person.v), V_U(s->org.v)), s->a, &r)) {
	case FOUND:	break;
	case NONE:	s->nobody = true; return false;
	case FAILED:	return false;
	}
	if ((row_u(&r, 0) != 0) == s->voted) {
		s->already = true;
		return false;
	}
	if (s->voted)
		return db_write(db, &q[Q_SET], IN(V_I(s->now), V_I(s->now), V_U(s->person.v)), NULL) == WROTE &&
		    audit_add(db, s->org, s->by, s->now, "person.voted", "person", s->person.v, "") &&
		    queue_exclude(db, s->org, &s->person, 1, s->a);
	return db_write(db, &q[Q_NOT], IN(V_I(s->now), V_U(s->person.v)), NULL) == WROTE &&
	    audit_add(db, s->org, s->by, s->now, "person.not_voted", "person", s->person.v, "") &&
	    queue_readmit(db, s->org, &s->person, 1, s->now, s->a);
}

enum saved
voted_set(struct db *db, struct organisation_id org, struct user_id by, struct person_id person, bool voted, int64_t now,
    struct arena *a)
{
	struct setting s = { .org = org, .by = by, .person = person, .voted = voted, .now = now, .a = a };
	enum tx t = tx_write(db, set_one, &s);

	return t == TX_REFUSED && s.already ? ALREADY : saved_of(t, s.nobody ? R_NOT_FOUND : R_NONE);
}

/* --- many --- */

struct marking {
	struct organisation_id org;
	struct user_id by;
	const char *source, *label;
	const struct voted_ref *ref;
	size_t n;
	int64_t now;
	struct batch_id batch;		/* v = 0: made by the first page */
	struct batch_id made;
	size_t missed_chars;		/* stored so far */
	size_t missed_now;
	struct arena *a;
};

/* Electors of these sections and numbers, by index; several conditions of the same shape, values bound. */
static bool
electors(struct db *db, const struct marking *m, struct rows *rs)
{
	struct val *in = arena_alloc(m->a, (m->n * 2 + 1) * sizeof(*in));
	struct buf sql;
	size_t n = 0;

	buf_init_in(&sql, m->a, 160 * CHUNK + 1000);
	buf_text(&sql, "SELECT p.id, p.electoral_division, p.polling_subdivision, p.elector_number, p.has_voted"
	    " FROM person p FORCE INDEX (by_elector) WHERE p.kind = 'elector' AND (0");
	for (size_t i = 0; i < m->n; i++) {
		buf_fmt(&sql, " OR (p.organisation_id = %llu AND p.polling_subdivision = ? AND p.elector_number = ?)",
		    (unsigned long long)m->org.v);
		in[n++] = V_S(m->ref[i].section);
		in[n++] = V_S(m->ref[i].number);
	}
	buf_text(&sql, ") ORDER BY p.id FOR UPDATE");
	assert(!sql.full);
	return db_rows_of(db, sql.data, "usssu", in, n, m->a, rs);
}

static bool
is_ref(struct arena *a, const struct row *r, const struct voted_ref *ref)
{
	return strcasecmp(row_s(r, 2), ref->section) == 0 && strcasecmp(row_s(r, 3), ref->number) == 0 &&
	    (*ref->division == '\0' || strcmp(fold_text(a, row_s(r, 1)), fold_text(a, ref->division)) == 0);
}

struct found_ref { const struct row *row; unsigned people; };

static struct found_ref
look_up(struct arena *a, const struct rows *rs, const struct voted_ref *ref)
{
	struct found_ref f = { NULL, 0 };

	for (size_t i = 0; i < rs->n; i++)
		if (is_ref(a, &rs->row[i], ref)) {
			f.row = &rs->row[i];
			f.people++;
		}
	return f;
}

static bool
missed(struct db *db, struct marking *m, const struct voted_ref *ref, unsigned people)
{
	const char *line = text_cut(m->a, arena_fmt(m->a, "%s\t%s\t%u", ref->section, ref->number, people), LINE_CHARS);
	size_t chars = text_chars(line) + 1;

	if (m->missed_chars + m->missed_now + chars > MISSED_CHARS)
		return true;
	m->missed_now += chars;
	return db_write(db, &q[Q_MISSED], IN(V_S(arena_fmt(m->a, "%s\n", line)), V_U(m->made.v)), NULL) == WROTE;
}

static bool
mark_page(struct db *db, void *ctx)
{
	struct marking *m = ctx;
	struct person_id *who = arena_alloc(m->a, (m->n + 1) * sizeof(*who));
	struct val *marks = arena_alloc(m->a, (m->n + 1) * 2 * sizeof(*marks));
	uint64_t marked = 0, already = 0, gone = 0;
	struct rows rs;

	m->made = m->batch;
	m->missed_now = 0;
	if (m->made.v == 0) {
		if (db_write(db, &q[Q_BATCH], IN(V_U(m->org.v), V_S(m->source), V_S(m->label), V_U(m->by.v), V_I(m->now)), NULL) != WROTE)
			return false;
		m->made.v = db_last_id(db);
		if (!audit_add(db, m->org, m->by, m->now, "voted.mark", "voted", m->made.v, m->label))
			return false;
	}
	if (m->n > 0 && !electors(db, m, &rs))
		return false;
	for (size_t i = 0; i < m->n; i++) {
		struct found_ref f = look_up(m->a, &rs, &m->ref[i]);
		uint64_t changed = 0;
		if (f.people != 1) {
			gone++;
			if (!missed(db, m, &m->ref[i], f.people))
				return false;
			continue;
		}
		if (row_u(f.row, 4) == 0 &&
		    db_write(db, &q[Q_SET], IN(V_I(m->now), V_I(m->now), V_U(row_u(f.row, 0))), &changed) != WROTE)
			return false;
		if (changed == 0) {		/* before, or twice on this sheet */
			already++;
			continue;
		}
		marks[marked * 2] = V_U(m->made.v);
		marks[marked * 2 + 1] = V_U(row_u(f.row, 0));
		who[marked++].v = row_u(f.row, 0);
	}
	return (marked == 0 || db_bulk(db, &q[Q_MARK], marks, 2, marked) == WROTE) &&
	    db_write(db, &q[Q_COUNT], IN(V_U(marked), V_U(already), V_U(gone), V_U(m->made.v)), NULL) == WROTE &&
	    (marked == 0 || queue_exclude(db, m->org, who, marked, m->a));
}

enum saved
voted_mark(struct db *db, struct organisation_id org, struct user_id by, enum voted_source source, const char *label,
    const struct voted_ref *ref, size_t n, int64_t now, struct batch_id *out, struct arena *a)
{
	struct marking m = { .org = org, .by = by, .source = sources[source], .label = text_cut(a, label, LABEL_CHARS), .now = now };

	*out = (struct batch_id){ 0 };
	for (size_t from = 0; from == 0 || from < n; from += CHUNK) {
		enum tx t;
		m.a = arena_new();
		m.ref = ref + from;
		m.n = n - from < CHUNK ? n - from : CHUNK;
		t = tx_write(db, mark_page, &m);
		arena_free(m.a);
		if (t != TX_DONE)
			return saved_of(t, R_NONE);
		*out = m.batch = m.made;
		m.missed_chars += m.missed_now;
	}
	return SAVED;
}

/* --- undone --- */

struct undoing {
	struct organisation_id org;
	struct user_id by;
	struct batch_id batch;
	int64_t now;
	bool already;
	struct arena *a;
};

static bool
undo(struct db *db, void *ctx)
{
	struct undoing *u = ctx;
	struct person_id *who;
	uint64_t changed = 0;
	struct rows rs;

	u->already = false;
	if (db_write(db, &q[Q_UNDO], IN(V_I(u->now), V_U(u->batch.v), V_U(u->org.v)), &changed) != WROTE)
		return false;
	if (changed == 0) {
		u->already = true;
		return false;
	}
	if (!db_rows(db, &q[Q_IN_BATCH], IN(V_U(u->batch.v), V_U(u->org.v)), u->a, &rs))
		return false;
	who = arena_alloc(u->a, (rs.n + 1) * sizeof(*who));
	for (size_t i = 0; i < rs.n; i++)
		who[i].v = row_u(&rs.row[i], 0);
	return db_write(db, &q[Q_TAKE_BACK], IN(V_I(u->now), V_U(u->batch.v)), NULL) == WROTE &&
	    audit_add(db, u->org, u->by, u->now, "voted.undo", "voted", u->batch.v, "") &&
	    queue_readmit(db, u->org, who, rs.n, u->now, u->a);
}

enum saved
voted_undo(struct db *db, struct organisation_id org, struct user_id by, struct batch_id batch, int64_t now, struct arena *a)
{
	struct undoing u = { .org = org, .by = by, .batch = batch, .now = now, .a = a };
	enum tx t = tx_write(db, undo, &u);

	return t == TX_REFUSED && u.already ? ALREADY : saved_of(t, R_NONE);
}

/* --- shown --- */

static void
fill(struct voted_batch *b, const struct row *r)
{
	*b = (struct voted_batch){ .id = { row_u(r, 0) }, .label = row_s(r, 2), .missed_text = row_s(r, 3),
		.by = row_is_null(r, 4) ? "" : row_s(r, 4), .marked = row_u(r, 5), .already = row_u(r, 6), .missed = row_u(r, 7),
		.created_at = row_i(r, 8), .undone = !row_is_null(r, 9) };
	for (unsigned i = 0; i < NITEMS(sources); i++)
		if (strcmp(row_s(r, 1), sources[i]) == 0)
			b->source = (enum voted_source)i;
}

bool
voted_batches(struct db *db, struct organisation_id org, struct voted_batch **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(org.v)), a, &rs))
		return false;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++)
		fill(&(*out)[i], &rs.row[i]);
	return true;
}

enum found
voted_batch_by_id(struct db *db, struct organisation_id org, struct batch_id id, struct voted_batch *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ONE], IN(V_U(org.v), V_U(id.v)), a, &r);

	if (f == FOUND)
		fill(out, &r);
	return f;
}

bool
voted_people(struct db *db, struct batch_id id, struct voted_person **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_PEOPLE], IN(V_U(id.v)), a, &rs))
		return false;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++)
		(*out)[i] = (struct voted_person){ { row_u(&rs.row[i], 0) }, row_s(&rs.row[i], 1), row_s(&rs.row[i], 2),
			row_s(&rs.row[i], 3), row_s(&rs.row[i], 4) };
	return true;
}
