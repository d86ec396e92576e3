/*
 * feed.c - see feed.h.
 */
#include "domain/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/custom.h"
#include "domain/record.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/csv.h"
#include "plumb/db.h"
#include "plumb/json.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/text.h"

enum { FILE_MOST = 16 << 20 };

enum { Q_CLAIM, Q_LOOK, Q_MADE, Q_DROP, Q_FORGET, Q_NUMBER, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CLAIM]  = { "usbi", "", "INSERT INTO api_feed (user_id, idem_key, body_hash, created_at) VALUES (?, ?, ?, ?)" },
	[Q_LOOK]   = { "us", "bui", "SELECT body_hash, import_id, created_at FROM api_feed WHERE user_id = ? AND idem_key = ?" },
	[Q_MADE]   = { "uus", "", "UPDATE api_feed SET import_id = ? WHERE user_id = ? AND idem_key = ?" },
	[Q_DROP]   = { "usi", "", "DELETE FROM api_feed WHERE user_id = ? AND idem_key = ? AND import_id IS NULL AND created_at = ?" },
	[Q_FORGET] = { "i", "", "DELETE FROM api_feed WHERE created_at <= ? LIMIT 1000" },
	[Q_NUMBER] = { "uss", "u", "SELECT id FROM person WHERE organisation_id = ? AND kind = ? AND file_number = ? ORDER BY id LIMIT 1" },
};
DB_STATEMENTS(q)

/* --- as a file --- */

static bool
sent(enum import_field f, enum person_kind kind)
{
	return f != IF_NONE && import_field_of(f, kind);
}

/* The fields of the organisation's own that are in use: n of them, and how a program calls each. */
struct own { struct custom_field *field; const char **code; size_t n; };

static bool
own_fields(struct db *db, struct organisation_id org, enum person_kind kind, struct own *own, struct arena *a)
{
	struct custom_field *all;
	size_t n;

	if (!custom_fields(db, org, kind, &all, &n, a))
		return false;
	*own = (struct own){ .field = arena_alloc(a, (n + 1) * sizeof(*all)), .code = arena_alloc(a, (n + 1) * sizeof(*own->code)) };
	for (size_t i = 0; i < n; i++)
		if (!all[i].put_away) {
			own->field[own->n] = all[i];
			own->code[own->n++] = custom_code(a, &all[i]);
		}
	return true;
}

/* "" for what is missing; NULL: no value that a cell can hold. */
static const char *
value_of(struct json *person, const char *code, struct arena *a)
{
	struct json *v = json_get(person, code);
	const char *text = json_as_text(v);

	if (v == NULL)
		return "";
	if (text == NULL)	/* true and false; an object is neither */
		return json_as_bool(v) ? "1" : strcmp(json_string(v), "false") == 0 ? "0" : NULL;
	if (strlen(text) > 16000)
		return NULL;
	/* a row is a line of the file, so that what is refused is named by its place; an import reads a CR as a line break */
	char *out = arena_strdup(a, text), *to = out;
	for (const char *p = text; *p != '\0'; p++)
		if (*p != '\r' || p[1] != '\n')
			*to++ = *p == '\n' ? '\r' : *p;
	*to = '\0';
	return out;
}

/* Is every key a field of these people? */
static bool
only_fields(struct json *person, enum person_kind kind, const struct own *own)
{
	size_t known = 0, n = json_size(person);

	for (size_t i = 0; i < own->n; i++)
		known += json_has(person, own->code[i]);
	for (enum import_field f = 0; f < IF__MAX; f++)
		known += sent(f, kind) && json_has(person, import_field_code(f));
	return n > 0 && known == n;
}

static bool
as_csv(struct json *people, enum person_kind kind, const struct own *own, struct buf *out, size_t *at, struct arena *a)
{
	struct json *person;
	bool first = true;

	buf_text(out, "\xef\xbb\xbf");
	for (enum import_field f = 0; f < IF__MAX; f++)
		if (sent(f, kind)) {
			buf_fmt(out, "%s%s", first ? "" : ";", import_field_code(f));
			first = false;
		}
	for (size_t i = 0; i < own->n; i++)
		buf_fmt(out, ";%s", own->code[i]);
	buf_text(out, "\r\n");
	for (*at = 0; (person = json_at(people, *at)) != NULL; ++*at) {
		if (*at >= FEED_MOST || !only_fields(person, kind, own))
			return false;
		first = true;
		for (enum import_field f = 0; f < IF__MAX; f++) {
			const char *value = sent(f, kind) ? value_of(person, import_field_code(f), a) : "";

			if (value == NULL)
				return false;
			if (!sent(f, kind))
				continue;
			if (!first)
				buf_text(out, ";");
			first = false;
			csv_cell(out, value, ';');
		}
		for (size_t i = 0; i < own->n; i++) {
			const char *value = value_of(person, own->code[i], a);

			if (value == NULL)
				return false;
			buf_text(out, ";");
			csv_cell(out, value, ';');
		}
		buf_text(out, "\r\n");
	}
	return *at > 0 && *at == json_length(people) && !out->full;
}

static const char *
write_file(const struct buf *text, struct arena *a)
{
	const char *path = arena_fmt(a, "%s/feed-%s", conf.data, seal_token(a, 16));
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t done = 0;

	while (fd >= 0 && done < text->len) {
		ssize_t n = write(fd, text->data + done, text->len - done);
		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	if (fd < 0 || close(fd) != 0 || done < text->len) {
		log_error("feed: %s", strerror(errno));
		return NULL;
	}
	return path;
}

/* The file becomes an import and is queued. */
static enum saved
store(struct db *db, const struct who *who, enum person_kind kind, const struct own *own, const struct buf *text, int64_t now,
    struct import_id *out, enum refusal *why, struct arena *a)
{
	struct organisation_id org = { who->organisation };
	struct user_id by = { who->user };
	struct import *columns = arena_alloc(a, sizeof(*columns));
	const char *path = write_file(text, a);
	enum saved saved;

	if (path == NULL)
		return NOT_SAVED;
	for (enum import_field f = 0; f < IF__MAX; f++)
		if (sent(f, kind))
			columns->mapping[columns->ncolumns++] = f;
	for (size_t i = 0; i < own->n; i++)
		import_own_take(columns, columns->ncolumns++, own->code[i]);
	saved = import_take(db, org, by, kind, "API", path, text->len, now, out, why, a);
	if (saved != SAVED) {
		unlink(path);
		return saved;
	}
	import_reshape(db, org, by, *out, "UTF-8", ';', now, a);	/* nothing to guess */
	return import_start_columns(db, org, by, *out, columns, IMPORT_CORRECT, now, why, a);
}

/* --- once per key --- */

struct keeping { const struct who *who; const char *key; const unsigned char *hash; int64_t now; uint64_t import; bool again; };

static bool
claim(struct db *db, void *ctx)
{
	struct keeping *k = ctx;
	enum wrote w = db_write(db, &q[Q_CLAIM], IN(V_U(k->who->user), V_S(k->key), V_B(k->hash, 32), V_I(k->now)), NULL);

	k->again = w == DUPLICATE;
	return w == WROTE;
}

static bool
made(struct db *db, void *ctx)
{
	struct keeping *k = ctx;

	return k->import != 0 ? db_write(db, &q[Q_MADE], IN(V_U(k->import), V_U(k->who->user), V_S(k->key)), NULL) == WROTE :
	    db_write(db, &q[Q_DROP], IN(V_U(k->who->user), V_S(k->key), V_I(k->now)), NULL) == WROTE;
}

/* What an earlier request with this key came to. One that died half-way is forgotten after a minute: sent again, an
 * import of the same people changes nothing. */
static enum saved
earlier(struct db *db, struct keeping *k, struct import_id *out, enum refusal *why, struct arena *a)
{
	struct keeping dead = *k;
	const void *hash;
	struct row r;
	size_t n;
	enum found f = db_row(db, &q[Q_LOOK], IN(V_U(k->who->user), V_S(k->key)), a, &r);

	*why = R_BUSY;
	if (f != FOUND)
		return f == NONE ? REFUSED : NOT_SAVED;
	hash = row_b(&r, 0, &n);
	out->v = row_u(&r, 1);
	if (n != 32 || memcmp(hash, k->hash, 32) != 0)
		return *why = R_CHANGED_SINCE, REFUSED;
	if (out->v != 0)
		return ALREADY;
	dead.now = row_i(&r, 2);
	dead.import = 0;
	if (k->now - dead.now > MINUTE_US)
		(void)tx_write(db, made, &dead);
	return REFUSED;
}

enum saved
feed_people(struct db *db, const struct who *who, enum person_kind kind, struct json *people, const char *key,
    const void *body, size_t nbody, int64_t now, struct import_id *out, enum refusal *why, size_t *at, struct arena *a)
{
	unsigned char hash[32];
	struct keeping k = { .who = who, .key = key, .hash = hash, .now = now };
	struct buf text;
	enum saved saved;
	struct own own;

	if (!own_fields(db, (struct organisation_id){ who->organisation }, kind, &own, a))
		return NOT_SAVED;
	buf_init_in(&text, a, FILE_MOST);
	if (!as_csv(people, kind, &own, &text, at, a))
		return *why = R_BAD_REQUEST, REFUSED;
	seal_sha256(body, nbody, hash);
	if (tx_write(db, claim, &k) != TX_DONE)
		return k.again ? earlier(db, &k, out, why, a) : NOT_SAVED;
	saved = store(db, who, kind, &own, &text, now, out, why, a);
	k.import = saved == SAVED || saved == ALREADY ? out->v : 0;
	if (tx_write(db, made, &k) != TX_DONE)
		return NOT_SAVED;
	return saved == ALREADY ? SAVED : saved;
}

/* --- one record --- */

enum saved
feed_change(struct db *db, const struct who *who, struct person_id id, struct json *fields, int64_t now, enum refusal *why,
    const char **field, struct arena *a)
{
	struct record_by by = { { who->organisation }, { who->user }, id, now };
	struct record_change change = { .seen_at = 0 };
	struct record now_is;
	struct own own, set;
	size_t known = 0;
	enum saved fields_saved = ALREADY, own_saved = ALREADY;
	enum found f = record_by_id(db, by.organisation, id, &now_is, a);

	*field = "";
	if (f != FOUND)
		return *why = R_NOT_FOUND, f == NONE ? REFUSED : NOT_SAVED;
	change.calls_forbidden = now_is.calls_forbidden;
	change.deceased = now_is.deceased;
	change.seen_at = now_is.updated_at;
	for (enum import_field i = 0; i < IF__MAX; i++) {
		const char *value;

		change.value[i] = now_is.value[i];
		if (i == IF_NONE || !json_has(fields, import_field_code(i)))
			continue;
		*field = import_field_code(i);
		value = value_of(fields, import_field_code(i), a);
		*why = R_FIELD_LOCKED;
		if (!record_field(i, now_is.kind))	/* numbers, permission and the vote have ways of their own */
			return REFUSED;
		known++;
		*why = R_BAD_REQUEST;
		if (value == NULL)
			return REFUSED;
		*why = R_NONE;
		change.value[i] = *value == '\0' ? "" : import_read_value(a, import_field_kind(i), value, why);
		if (*why != R_NONE)
			return REFUSED;
		if (change.value[i] != NULL && import_field_max(i) > 0 && text_chars(change.value[i]) > import_field_max(i))
			return *why = R_TOO_LONG, REFUSED;
	}
	if (!own_fields(db, by.organisation, now_is.kind, &own, a))
		return NOT_SAVED;
	set = (struct own){ .field = arena_alloc(a, (own.n + 1) * sizeof(*set.field)), .code = arena_alloc(a, (own.n + 1) * sizeof(*set.code)) };
	for (size_t i = 0; i < own.n; i++) {
		const char *value;

		if (!json_has(fields, own.code[i]))
			continue;
		*field = own.code[i];
		if ((value = value_of(fields, own.code[i], a)) == NULL)
			return *why = R_BAD_REQUEST, REFUSED;
		if (own.field[i].form == CUSTOM_YES && strcmp(value, "0") == 0)
			value = "";
		if ((value = custom_read(a, own.field[i].form, value, why)) == NULL)
			return REFUSED;
		set.field[set.n] = own.field[i];
		set.code[set.n++] = value;
	}
	*field = "";
	if (known + set.n == 0 || known + set.n != json_size(fields))
		return *why = R_BAD_REQUEST, REFUSED;
	/* all values are good: what fails in between is sent again whole */
	if (known > 0 && (fields_saved = record_change(db, &by, &change, why, a)) != SAVED && fields_saved != ALREADY)
		return fields_saved;
	if (set.n > 0)
		own_saved = custom_store(db, &by, set.field, set.code, set.n, why, a);
	return own_saved == ALREADY ? fields_saved : own_saved;
}

enum found
feed_by_file_number(struct db *db, struct organisation_id org, enum person_kind kind, const char *number, struct person_id *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_NUMBER], IN(V_U(org.v), V_S(person_kind_code(kind)), V_S(number)), a, &r);

	if (f == FOUND)
		out->v = row_u(&r, 0);
	return f;
}

bool
feed_forget(struct db *db, int64_t now)
{
	return db_write(db, &q[Q_FORGET], IN(V_I(now - DAY_US)), NULL) == WROTE;
}
