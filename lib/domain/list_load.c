/*
 * list_load.c - people of a filter into an operation's call list, page by page.
 */
#include "domain/list_in.h"

#include "domain/audit.h"
#include "domain/job.h"
#include "domain/queue.h"
#include "plumb/arena.h"
#include "plumb/log.h"

/* A page is one transaction: less than 100 ms in which others wait for the operation's row, and a COMMIT to disk for many. */
enum { LOAD_ROWS = 4000 };

#define COLUMNS "l.id, l.operation_id, l.filter, l.last_person_id, l.total, l.loaded, l.already, l.no_number, l.forbidden, l.excluded, l.created_at"
#define OUT "uusuuuuuuui"

enum { Q_ADD, Q_BY_ID, Q_ANY, Q_LOCK, Q_PLACE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADD]   = { "usuui", "", "INSERT INTO list_load (operation_id, filter, total, created_by, created_at) VALUES (?, ?, ?, ?, ?)" },
	[Q_BY_ID] = { "uu", OUT, "SELECT " COLUMNS " FROM list_load l JOIN operation o ON o.id = l.operation_id"
	    " WHERE o.organisation_id = ? AND l.id = ?" },
	[Q_ANY]   = { "u", OUT, "SELECT " COLUMNS " FROM list_load l WHERE l.id = ?" },
	[Q_LOCK]  = { "u", OUT, "SELECT " COLUMNS " FROM list_load l WHERE l.id = ? FOR UPDATE" },
	[Q_PLACE] = { "uuuuuuu", "", "UPDATE list_load SET last_person_id = ?, loaded = loaded + ?, already = already + ?,"
	    " no_number = no_number + ?, forbidden = forbidden + ?, excluded = excluded + ? WHERE id = ?" },
};
DB_STATEMENTS(q)

static void
fill(struct list_load *l, const struct row *r)
{
	*l = (struct list_load){ .id = { row_u(r, 0) }, .operation = { row_u(r, 1) }, .filter = row_s(r, 2), .last_person = row_u(r, 3),
	    .total = row_u(r, 4), .loaded = row_u(r, 5), .already = row_u(r, 6), .no_number = row_u(r, 7), .forbidden = row_u(r, 8),
	    .excluded = row_u(r, 9), .created_at = row_i(r, 10) };
}

enum found
load_by_id(struct db *db, struct organisation_id org, struct load_id id, struct list_load *out, struct arena *a)
{
	struct row row;
	enum found f = db_row(db, &q[Q_BY_ID], IN(V_U(org.v), V_U(id.v)), a, &row);

	if (f == FOUND)
		fill(out, &row);
	return f;
}

struct starting {
	struct organisation_id org;
	struct user_id by;
	struct operation_id op;
	const char *filter;
	uint64_t total;
	int64_t now;
	struct load_id id;
};

static bool
start(struct db *db, void *ctx)
{
	struct starting *s = ctx;
	struct job_id job;

	if (db_write(db, &q[Q_ADD], IN(V_U(s->op.v), V_S(s->filter), V_U(s->total), V_U(s->by.v), V_I(s->now)), NULL) != WROTE)
		return false;
	s->id.v = db_last_id(db);
	return job_queue(db, s->org, "load", s->id.v, s->total, s->by, s->now, &job) &&
	    audit_add(db, s->org, s->by, s->now, "list.load", "operation", s->op.v, s->filter);
}

static enum person_kind
kind_of(const struct operation *op)
{
	return op->source == OP_ELECTORS ? PERSON_ELECTOR : PERSON_CONTACT;
}

enum saved
load_start(struct db *db, struct organisation_id org, struct user_id by, struct operation_id id,
    const struct people_filter *f, int64_t now, struct load_id *out, enum refusal *why, struct arena *a)
{
	struct starting s = { .org = org, .by = by, .op = id, .now = now, .filter = people_filter_text(a, f) };
	struct operation op;

	switch (operation_by_id(db, id, &op, a)) {
	case FOUND:  break;
	case NONE:   return *why = R_NOT_FOUND, REFUSED;
	case FAILED: return NOT_SAVED;
	}
	if (op.organisation.v != org.v)
		return *why = R_NOT_FOUND, REFUSED;
	if (op.source == OP_NO_SOURCE || kind_of(&op) != f->kind)
		return *why = R_OTHER_SOURCE, REFUSED;
	if (op.state == OP_ARCHIVED)
		return *why = R_ENDED, REFUSED;
	if (s.filter == NULL)
		return *why = R_TOO_LONG, REFUSED;
	if (!people_count_all(db, org, f, &s.total, a))
		return NOT_SAVED;
	switch (tx_write(db, start, &s)) {
	case TX_DONE:	*out = s.id; return SAVED;
	case TX_UNSURE:	return UNSURE;
	default:	return NOT_SAVED;
	}
}

struct step {
	struct load_id id;
	int64_t now;
	bool end;
	struct arena *a;
};

static bool
one_page(struct db *db, void *ctx)
{
	struct step *s = ctx;
	struct clause *c = arena_alloc(s->a, sizeof(*c));
	struct load_counts n = { 0 };
	struct queue_page page;
	struct person_id last;
	size_t people;
	struct people_filter f;
	struct operation op;
	struct list_load l;
	struct row row;
	enum found there;

	if ((there = db_row(db, &q[Q_LOCK], IN(V_U(s->id.v)), s->a, &row)) != FOUND)
		return s->end = there == NONE;
	fill(&l, &row);
	if ((there = operation_by_id(db, l.operation, &op, s->a)) != FOUND)
		return s->end = there == NONE;		/* a draft that was thrown away */
	people_filter_read(s->a, l.filter, kind_of(&op), op.zone, &f);
	people_clause(s->a, op.organisation, &f, c);
	buf_text(&c->sql, " AND p.id > ?");
	c->in[c->n++] = V_U(l.last_person);
	page = (struct queue_page){ .before = PERSON_BY_PERSON, .sql = arena_fmt(s->a, "SELECT " QUEUE_PERSON " FROM person p"
	    " FORCE INDEX (PRIMARY) WHERE %s ORDER BY p.id LIMIT %d", c->sql.data, LOAD_ROWS), .in = c->in, .nin = c->n,
	    .after = { l.last_person } };
	if (!queue_add_page(db, &op, &page, s->now, &n, &people, &last, s->a))
		return false;
	s->end = people < LOAD_ROWS;
	return people == 0 || db_write(db, &q[Q_PLACE], IN(V_U(last.v), V_U(n.loaded), V_U(n.already), V_U(n.no_number),
	    V_U(n.forbidden), V_U(n.excluded), V_U(s->id.v)), NULL) == WROTE;
}

bool
load_step(struct db *db, struct load_id id, int64_t now, bool *finished, struct arena *a)
{
	struct step s = { .id = id, .now = now, .a = a };

	if (tx_write(db, one_page, &s) != TX_DONE)
		return false;
	*finished = s.end;
	if (s.end)
		log_event("load done id=%llu", (unsigned long long)id.v);
	return true;
}

bool
load_progress(struct db *db, struct load_id id, uint64_t *done, uint64_t *total, struct arena *a)
{
	struct list_load l;
	struct row row;
	enum found f = db_row(db, &q[Q_ANY], IN(V_U(id.v)), a, &row);

	*done = *total = 0;
	if (f == FOUND) {
		fill(&l, &row);
		*done = l.loaded + l.already + l.no_number + l.forbidden + l.excluded;
		*total = l.total;
	}
	return f != FAILED;
}
