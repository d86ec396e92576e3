/*
 * import_take.c - an uploaded file becomes an import: kept, a workbook written as CSV, its columns proposed.
 */
#include "domain/import.h"
#include "domain/import_in.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/audit.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/conf.h"
#include "plumb/csv.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/sheet.h"
#include "plumb/text.h"

enum { Q_TAKE, Q_SHAPE, Q_GUESS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_TAKE]  = { "ussusssusssuui", "", "INSERT INTO import (organisation_id, kind, path, bytes, file_name, charset, separator_char,"
	    " workbook, header, mapping, rule, known, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_SHAPE] = { "ssssuuu", "", "UPDATE import SET charset = ?, separator_char = ?, header = ?, mapping = ?, known = ?"
	    " WHERE organisation_id = ? AND id = ? AND state = 'uploaded'" },
	[Q_GUESS] = { "uu", "", "UPDATE import SET mapping = '', known = FALSE WHERE organisation_id = ? AND id = ? AND state = 'uploaded'" },
};
DB_STATEMENTS(q)

struct taken {
	struct organisation_id org;
	struct user_id by;
	enum person_kind kind;
	const char *file_name, *path, *header, *mapping;
	uint64_t bytes;
	struct csv_shape shape;
	bool workbook;
	enum import_rule rule;
	int64_t now;
	struct import_id id;
};

/* The first row's cells joined by U+001F, each short enough to show; "" when the file has no row. */
const char *
import_header(struct arena *a, const char *path, const struct csv_shape *shape)
{
	struct csv *csv = csv_open(path, shape, 0, 0);
	struct csv_row row;
	struct buf b;

	buf_init_in(&b, a, 60000);
	if (csv == NULL || csv_next(csv, &row) != FOUND || row.not_text) {
		csv_close(csv);
		return "";
	}
	for (size_t i = 0; i < row.ncells && i < IMPORT_COLUMNS_MAX; i++) {
		char *name = text_cut(a, text_trim(a, row.cell[i]), 100);
		for (char *p = name; *p != '\0'; p++)
			if ((unsigned char)*p < 0x20)
				*p = ' ';
		buf_text(&b, i > 0 ? "\x1f" : "");
		buf_text(&b, name);
	}
	csv_close(csv);
	return b.data == NULL || b.full ? "" : b.data;
}

/* Across file systems too: uploads may lie in a temporary folder of their own. */
static bool
move_file(const char *from, const char *to)
{
	static char part[64 * 1024];
	FILE *in, *out = NULL;
	size_t n;
	int fd;
	bool ok = true;

	if (rename(from, to) == 0)
		return true;
	if (errno != EXDEV || (in = fopen(from, "rb")) == NULL)
		return false;
	if ((fd = open(to, O_WRONLY | O_CREAT | O_EXCL, 0640)) >= 0)
		out = fdopen(fd, "wb");
	while (out != NULL && ok && (n = fread(part, 1, sizeof(part), in)) > 0)
		ok = fwrite(part, 1, n, out) == n;
	ok = out != NULL && ok && !ferror(in);
	fclose(in);
	if (out != NULL)
		ok = fclose(out) == 0 && ok;
	return ok;
}

static const char *
separator_code(char c)
{
	return c == '\t' ? "t" : c == ',' ? "," : ";";
}

/* The columns of an earlier import, if there was one. */
static bool
propose(struct db *db, struct taken *t, struct arena *a)
{
	return import_saved_mapping(db, t->org, t->kind, t->header, &t->mapping, &t->rule, a) != FAILED;
}

static bool
take(struct db *db, void *ctx)
{
	struct taken *t = ctx;

	if (db_write(db, &q[Q_TAKE], IN(V_U(t->org.v), V_S(person_kind_code(t->kind)), V_S(t->path), V_U(t->bytes), V_S(t->file_name),
	    V_S(t->shape.charset), V_S(separator_code(t->shape.separator)), V_U(t->workbook), V_S(t->header), V_S(t->mapping),
	    V_S(import_rule_code(t->rule)), V_U(*t->mapping != '\0'), V_U(t->by.v), V_I(t->now)), NULL) != WROTE)
		return false;
	t->id.v = db_last_id(db);
	return audit_add(db, t->org, t->by, t->now, "import.upload", "import", t->id.v, t->file_name);
}

static enum saved
saved_of(enum tx tx)
{
	return tx == TX_DONE ? SAVED : tx == TX_UNSURE ? UNSURE : NOT_SAVED;
}

/* Puts the file, or what a workbook says, at `to`. SAVED: it is there. */
static enum saved
keep(struct taken *t, const char *upload_path, const char *to, enum refusal *why)
{
	struct stat st;

	if (!t->workbook) {
		if (move_file(upload_path, to))
			return SAVED;
		log_error("import: the upload cannot be kept: %s", strerror(errno));
		return NOT_SAVED;
	}
	switch (sheet_to_csv(upload_path, to)) {
	case SHEET_OK:
		break;
	case SHEET_BROKEN:
		return *why = R_SHEET_BROKEN, REFUSED;
	case SHEET_EMPTY:
		return *why = R_FILE_EMPTY, REFUSED;
	case SHEET_TOO_LARGE:
		return *why = R_SHEET_TOO_LARGE, REFUSED;
	case SHEET_FAILED:
		log_error("import: the workbook cannot be kept: %s", strerror(errno));
		return NOT_SAVED;
	}
	t->shape = (struct csv_shape){ .charset = "UTF-8", .separator = ';', .text = true };
	if (stat(to, &st) != 0)
		return NOT_SAVED;
	t->bytes = (uint64_t)st.st_size;
	return SAVED;
}

enum saved
import_take(struct db *db, struct organisation_id org, struct user_id by, enum person_kind kind,
    const char *file_name, const char *upload_path, uint64_t bytes, int64_t now,
    struct import_id *out, enum refusal *why, struct arena *a)
{
	struct taken t = { .org = org, .by = by, .kind = kind, .bytes = bytes, .now = now, .workbook = sheet_looks_like(upload_path),
		.file_name = text_cut(a, *file_name == '\0' ? "?" : file_name, 200), .path = arena_fmt(a, "%s.csv", seal_token(a, 16)) };
	const char *to = import_file(a, t.path);
	enum saved saved;
	enum tx tx;

	if (bytes == 0)
		return *why = R_FILE_EMPTY, REFUSED;
	if (!t.workbook && !csv_guess(upload_path, &t.shape))
		return NOT_SAVED;
	if (!t.workbook && !t.shape.text)
		return *why = R_FILE_NOT_TEXT, REFUSED;
	if (!t.workbook && *import_header(a, upload_path, &t.shape) == '\0')
		return *why = R_FILE_EMPTY, REFUSED;
	if (mkdir(arena_fmt(a, "%s/imports", conf.data), 0750) != 0 && errno != EEXIST)
		log_warn("import folder: %s", strerror(errno));
	if ((saved = keep(&t, upload_path, to, why)) != SAVED)
		return saved;
	t.header = import_header(a, to, &t.shape);
	if (*t.header == '\0' || !propose(db, &t, a)) {
		unlink(to);
		return *t.header == '\0' ? (*why = R_FILE_EMPTY, REFUSED) : NOT_SAVED;
	}
	tx = tx_write(db, take, &t);
	if (tx != TX_DONE && tx != TX_UNSURE)
		unlink(to);
	*out = t.id;
	return saved_of(tx);
}

static bool
reshape(struct db *db, void *ctx)
{
	struct taken *t = ctx;
	uint64_t n = 0;

	if (db_write(db, &q[Q_SHAPE], IN(V_S(t->shape.charset), V_S(separator_code(t->shape.separator)), V_S(t->header), V_S(t->mapping),
	    V_U(*t->mapping != '\0'), V_U(t->org.v), V_U(t->id.v)), &n) == NOT_WRITTEN)
		return false;
	return n == 0 || audit_add(db, t->org, t->by, t->now, "import.reshape", "import", t->id.v, t->shape.charset);
}

enum saved
import_reshape(struct db *db, struct organisation_id org, struct user_id by, struct import_id id,
    const char *charset, char separator, int64_t now, struct arena *a)
{
	struct taken t = { .org = org, .by = by, .id = id, .now = now, .shape = { .separator = separator, .text = true } };
	struct import *im = arena_alloc(a, sizeof(*im));

	snprintf(t.shape.charset, sizeof(t.shape.charset), "%s", charset);
	if (!csv_shape_ok(&t.shape))
		return REFUSED;
	switch (import_by_id(db, org, id, im, a)) {
	case FOUND:  break;
	case NONE:   return REFUSED;
	case FAILED: return NOT_SAVED;
	}
	if (im->workbook)
		return REFUSED;
	if (im->state != IMPORT_UPLOADED)
		return ALREADY;
	t.kind = im->kind;
	t.header = import_header(a, im->path, &t.shape);
	return propose(db, &t, a) ? saved_of(tx_write(db, reshape, &t)) : NOT_SAVED;
}

static bool
guess(struct db *db, void *ctx)
{
	struct taken *t = ctx;
	uint64_t n = 0;

	if (db_write(db, &q[Q_GUESS], IN(V_U(t->org.v), V_U(t->id.v)), &n) == NOT_WRITTEN)
		return false;
	return n == 0 || audit_add(db, t->org, t->by, t->now, "import.guess", "import", t->id.v, "");
}

enum saved
import_guess(struct db *db, struct organisation_id org, struct user_id by, struct import_id id, int64_t now)
{
	struct taken t = { .org = org, .by = by, .id = id, .now = now };

	return saved_of(tx_write(db, guess, &t));
}
