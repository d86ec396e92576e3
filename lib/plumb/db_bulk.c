/*
 * db_bulk.c - many rows of values through one execution (MariaDB's array binding, column by column).
 */
#include "plumb/db_in.h"

#include "plumb/arena.h"
#include "plumb/log.h"

enum { PART_BYTES = 4 * 1024 * 1024, PART_ROWS = 5000 };	/* well below the server's smallest packet limit of 16 MB */

/* The values of one parameter for all rows of a part, as the connector wants them. */
static void
bind_column(MYSQL_BIND *b, char kind, const struct val *in, size_t step, size_t nrows, struct arena *a)
{
	char *indicator = arena_alloc(a, nrows);

	*b = (MYSQL_BIND){ 0 };
	b->u.indicator = indicator;
	if (kind == 's' || kind == 'b') {
		char **text = arena_alloc(a, nrows * sizeof(*text));
		unsigned long *len = arena_alloc(a, nrows * sizeof(*len));

		for (size_t i = 0; i < nrows; i++) {
			const struct val *v = &in[i * step];
			text[i] = v->kind == 0 ? (char *)"" : (char *)v->b.p;
			len[i] = v->kind == 0 ? 0 : v->b.n;
			indicator[i] = v->kind == 0 ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
		}
		b->buffer_type = kind == 's' ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
		b->buffer = text;
		b->length = len;
	} else {
		uint64_t *number = arena_alloc(a, nrows * sizeof(*number));

		for (size_t i = 0; i < nrows; i++) {
			const struct val *v = &in[i * step];
			number[i] = v->kind == 0 ? 0 : v->u;	/* the bits of a double too */
			indicator[i] = v->kind == 0 ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
		}
		b->buffer_type = kind == 'd' ? MYSQL_TYPE_DOUBLE : MYSQL_TYPE_LONGLONG;
		b->is_unsigned = kind == 'u';
		b->buffer = number;
	}
}

static bool
run_part(struct db *db, struct stmt *def, const struct val *in, size_t step, unsigned nrows, bool *duplicate)
{
	struct prepared *p = db_prepared(db, def);
	struct arena *a;
	char name[64], text[256];
	unsigned err = 0;

	if (p == NULL)
		return false;
	a = arena_new();
	for (size_t i = 0; i < step; i++)
		bind_column(&p->in[i], def->in[i], in + i, step, nrows, a);
	mysql_stmt_attr_set(p->st, STMT_ATTR_ARRAY_SIZE, &nrows);
	if (mysql_stmt_bind_param(p->st, p->in) != 0 || mysql_stmt_execute(p->st) != 0)
		err = mysql_stmt_errno(p->st);
	snprintf(text, sizeof(text), "%s", mysql_stmt_error(p->st));
	arena_free(a);
	nrows = 0;
	mysql_stmt_attr_set(p->st, STMT_ATTR_ARRAY_SIZE, &nrows);	/* the same statement may run singly next */
	if (err == 0)
		return true;
	if (err == DBE_DUPLICATE) {
		*duplicate = true;
		return true;
	}
	db_note(db, err, text, db_name_of(def, name, sizeof(name)));
	return false;
}

enum wrote
db_bulk(struct db *db, struct stmt *def, const struct val *in, size_t nin, size_t nrows)
{
	bool duplicate = false;

	assert(db->inside == IN_TX || db->inside == IN_RETRY || nrows <= PART_ROWS);
	assert(nin == strlen(def->in) && nin > 0 && *def->out == '\0');
	for (size_t done = 0, part; done < nrows && !duplicate; done += part) {
		size_t bytes = 0;

		for (part = 0; part < PART_ROWS && done + part < nrows && bytes < PART_BYTES; part++)
			for (size_t i = 0; i < nin; i++) {
				const struct val *v = &in[(done + part) * nin + i];
				assert(v->kind == 0 || v->kind == def->in[i]);
				bytes += v->kind == 's' || v->kind == 'b' ? v->b.n : sizeof(v->u);
			}
		for (unsigned tries = 1; ; tries++) {
			if (!db_may_run(db))
				return NOT_WRITTEN;
			if (run_part(db, def, in + done * nin, nin, (unsigned)part, &duplicate))
				break;
			if (!db_another_try(db, tries, false))
				return NOT_WRITTEN;
		}
	}
	return duplicate ? DUPLICATE : WROTE;
}
