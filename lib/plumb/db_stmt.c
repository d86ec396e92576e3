/*
 * db_stmt.c - running a prepared statement once, fetching its rows.
 */
#include "plumb/db_in.h"

#include "plumb/arena.h"
#include "plumb/log.h"

enum { SHORT_TEXT = 256 };	/* longer texts are fetched in a second step */

/* Values into the statement's parameters. A kind that is not the signature's is a bug. */
static void
bind_in(struct prepared *p, const struct val *in, size_t nin)
{
	assert(nin == strlen(p->def->in));
	for (size_t i = 0; i < nin; i++) {
		const struct val *v = &in[i];
		MYSQL_BIND *b = &p->in[i];

		assert(v->kind == 0 || v->kind == p->def->in[i]);
		*b = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_NULL };
		switch (v->kind) {
		case 'u':
		case 'i':
			b->buffer_type = MYSQL_TYPE_LONGLONG;
			b->is_unsigned = v->kind == 'u';
			b->buffer = (void *)&v->u;
			break;
		case 'd':
			b->buffer_type = MYSQL_TYPE_DOUBLE;
			b->buffer = (void *)&v->d;
			break;
		case 's':
		case 'b':
			b->buffer_type = v->kind == 's' ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
			b->buffer = (void *)v->b.p;
			b->buffer_length = v->b.n;
			break;
		}
	}
}

/* One column of the row being fetched. */
struct column {
	char kind;
	uint64_t u;
	double d;
	unsigned long len;
	my_bool null, cut;
	char text[SHORT_TEXT + 1];
};

static bool
bind_out(MYSQL_STMT *st, const char *out, size_t n, struct column *col)
{
	MYSQL_BIND bind[DB_COLUMNS_MOST] = { 0 };

	assert(n <= DB_COLUMNS_MOST);
	for (size_t i = 0; i < n; i++) {
		struct column *c = &col[i];
		MYSQL_BIND *b = &bind[i];

		c->kind = out[i];
		b->is_null = &c->null;
		b->error = &c->cut;
		b->length = &c->len;
		switch (c->kind) {
		case 'u':
		case 'i':
			b->buffer_type = MYSQL_TYPE_LONGLONG;
			b->is_unsigned = c->kind == 'u';
			b->buffer = &c->u;
			b->buffer_length = sizeof(c->u);
			break;
		case 'd':
			b->buffer_type = MYSQL_TYPE_DOUBLE;
			b->buffer = &c->d;
			b->buffer_length = sizeof(c->d);
			break;
		default:
			assert(c->kind == 's' || c->kind == 'b');
			b->buffer_type = c->kind == 's' ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
			b->buffer = c->text;
			b->buffer_length = SHORT_TEXT;
			break;
		}
	}
	return mysql_stmt_bind_result(st, bind) == 0;
}

/* The fetched columns as cells. False: a value does not fit its letter, or a long text cannot be fetched. */
static bool
make_cells(MYSQL_STMT *st, struct column *col, size_t n, struct taker *t, struct cell *cells)
{
	for (size_t i = 0; i < n; i++) {
		struct column *c = &col[i];
		struct cell *cell = &cells[i];

		*cell = (struct cell){ .null = c->null };
		if (c->null)
			continue;
		if (c->kind == 'u' || c->kind == 'i') {
			if (c->cut)
				return false;
			cell->u = c->u;
		} else if (c->kind == 'd') {
			cell->d = c->d;
		} else if (c->len <= SHORT_TEXT) {
			c->text[c->len] = '\0';
			cell->n = c->len;
			cell->s = c->text;
			if (t->keep) {
				char *copy = arena_alloc(t->arena, c->len + 1);
				memcpy(copy, c->text, c->len);
				cell->s = copy;
			}
		} else {
			unsigned long len = 0;
			char *all = arena_alloc(t->arena, c->len + 1);
			MYSQL_BIND b = {
				.buffer_type = c->kind == 's' ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB,
				.buffer = all, .buffer_length = c->len, .length = &len,
			};
			if (mysql_stmt_fetch_column(st, &b, (unsigned)i, 0) != 0 || len != c->len)
				return false;
			cell->n = c->len;
			cell->s = all;
		}
	}
	return true;
}

static bool
failed_here(struct db *db, struct prepared *p, MYSQL_STMT *st)
{
	unsigned err = mysql_stmt_errno(st);
	char text[256], name[64];

	if (err == 0)
		err = mysql_errno(db->my);
	snprintf(text, sizeof(text), "%s", mysql_stmt_error(st));
	db_note(db, err, text, db_name_of(p->def, name, sizeof(name)));
	return false;
}

static bool
unfit(struct db *db, struct prepared *p, const char *why)
{
	char name[64];

	log_error("database answer does not fit: %s statement=\"%s\"", why, db_name_of(p->def, name, sizeof(name)));
	db->failed = true;
	db->again = db->lost = db->unsent = false;
	return false;
}

/* The rows of one result set. Only a row and "no more" are good answers; a deadlock may come with errno 0. */
static bool
fetch_set(struct db *db, struct prepared *p, const char *out, size_t n, size_t set, struct taker *t)
{
	struct column col[DB_COLUMNS_MOST];
	struct cell cells[DB_COLUMNS_MOST];

	if (mysql_stmt_field_count(p->st) != n)
		return unfit(db, p, "columns of a result set");
	if (!bind_out(p->st, out, n, col))
		return failed_here(db, p, p->st);
	for (;;) {
		struct row row = { .cells = cells, .ncells = (unsigned)n };
		int got = mysql_stmt_fetch(p->st);
		bool more;

		if (got == MYSQL_NO_DATA)
			return true;
		if (got != 0 && got != MYSQL_DATA_TRUNCATED)
			return failed_here(db, p, p->st);
		if (!make_cells(p->st, col, n, t, cells))
			return unfit(db, p, "a value is too large for its letter");
		if (t->row == NULL)
			return unfit(db, p, "rows where none are expected");
		if (t->keep) {
			struct cell *kept = arena_alloc(t->arena, n * sizeof(*kept));
			memcpy(kept, cells, n * sizeof(*kept));
			row.cells = kept;
		}
		t->given = true;
		db->streaming = !t->keep;
		more = t->row(t->ctx, set, &row);
		db->streaming = false;
		if (more)
			continue;
		/* the rest is read too: a deadlock may stand behind rows that nobody wants */
		while ((got = mysql_stmt_fetch(p->st)) == 0 || got == MYSQL_DATA_TRUNCATED)
			;
		return got == MYSQL_NO_DATA || failed_here(db, p, p->st);
	}
}

bool
db_run(struct db *db, struct prepared *p, const struct val *in, size_t nin, struct taker *t)
{
	const char *word = p->def->out;
	bool ok = true;
	int more;

	t->nsets = 0;
	bind_in(p, in, nin);
	if (mysql_stmt_bind_param(p->st, p->in) != 0)
		return failed_here(db, p, p->st);
	if (mysql_stmt_execute(p->st) != 0) {
		if (mysql_stmt_errno(p->st) == DBE_DUPLICATE && t->duplicate_is_fine) {
			t->duplicate = true;
			return true;
		}
		return failed_here(db, p, p->st);
	}
	t->affected = mysql_stmt_affected_rows(p->st);
	db->last_id = mysql_stmt_insert_id(p->st);
	do {
		if (mysql_stmt_field_count(p->st) > 0) {
			size_t n = strcspn(word, "|");

			if (n == 0) {
				ok = unfit(db, p, "more result sets than its signature has");
				break;
			}
			if (!(ok = fetch_set(db, p, word, n, t->nsets, t)))
				break;
			t->nsets++;
			word += n + (word[n] == '|');
		}
		if ((more = mysql_stmt_next_result(p->st)) > 0)
			ok = failed_here(db, p, p->st);
	} while (ok && more == 0);
	if (db->my == NULL)
		return false;		/* lost: the statement went with the connection */
	while (!ok && mysql_stmt_more_results(p->st) && mysql_stmt_next_result(p->st) == 0)
		;			/* leave nothing in the line */
	mysql_stmt_free_result(p->st);
	return ok;
}

bool
db_may_run(struct db *db)
{
	assert(!db->streaming);		/* a function of db_each uses the database */
	if (db->inside != IN_NOTHING)
		return !db->failed && db->my != NULL;
	db->failed = db->again = db->lost = db->unsent = false;
	return db_ensure(db);
}

bool
db_another_try(struct db *db, unsigned tries, bool harmless)
{
	if (db->inside != IN_NOTHING)
		return false;		/* the whole around it is repeated, or nothing */
	if (db->again && tries < db_tries()) {
		db_pause(tries);
		return true;
	}
	return db->lost && tries == 1 && (db->unsent || harmless);
}
