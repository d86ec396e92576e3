/*
 * export.c - the table export: asked for, listed, fetched, forgotten.
 */
#include "domain/export_in.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/audit.h"
#include "domain/job.h"
#include "domain/operation.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#define COLUMNS "x.id, x.organisation_id, x.what, x.format, x.language, x.filter, x.operation_id, x.import_id, x.from_at, x.until_at,"	\
	" x.time_zone, x.file, x.state, x.failed, x.first_id, x.cut, x.last_id, x.last_part, x.rows_written, x.bytes, x.created_by,"	\
	" x.created_at, x.begun_at, x.finished_at, x.expires_at, o.name, i.file_name, u.name,"					\
	" (SELECT j.state FROM job j WHERE j.kind = 'export' AND j.object_id = x.id ORDER BY j.id DESC LIMIT 1)"
#define OUT "uussss" "uuii" "ssss" "uuuuuu" "uiiii" "ssss"
#define FROM " FROM export x LEFT JOIN operation o ON o.id = x.operation_id LEFT JOIN import i ON i.id = x.import_id" \
	" LEFT JOIN user u ON u.id = x.created_by"
/* who may fetch it: who asked for it, and administrators */
#define THEIRS " WHERE x.organisation_id = ? AND (x.created_by = ? OR ?)"

enum { Q_ADD, Q_BY_KEY, Q_LIST, Q_BY_ID, Q_ANY, Q_OWNS, Q_IMPORT, Q_OPERATIONS, Q_IMPORTS, Q_OVER, Q_GONE, Q_FILE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADD] = { "ubssssuuiissuii", "", "INSERT INTO export (organisation_id, form_key, what, format, language, filter, operation_id,"
	    " import_id, from_at, until_at, time_zone, file, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_BY_KEY] = { "bu", "u", "SELECT id FROM export WHERE form_key = ? AND created_by = ?" },
	[Q_LIST]  = { "uuu", OUT, "SELECT " COLUMNS FROM THEIRS " ORDER BY x.id DESC LIMIT 50" },
	[Q_BY_ID] = { "uuuu", OUT, "SELECT " COLUMNS FROM THEIRS " AND x.id = ?" },
	[Q_ANY]   = { "u", OUT, "SELECT " COLUMNS FROM " WHERE x.id = ?" },
	[Q_OWNS]  = { "uuu", "u", "SELECT COALESCE(m.role = 'owner', 0) FROM operation o LEFT JOIN member m ON m.operation_id = o.id AND m.user_id = ?"
	    " WHERE o.organisation_id = ? AND o.id = ?" },
	[Q_IMPORT] = { "uu", "u", "SELECT id FROM import WHERE organisation_id = ? AND id = ?" },
	[Q_OPERATIONS] = { "uuu", "usi", "SELECT o.id, o.name, o.created_at FROM operation o LEFT JOIN member m ON m.operation_id = o.id"
	    " AND m.user_id = ? WHERE o.organisation_id = ? AND o.state <> 'draft' AND (m.role = 'owner' OR ?) ORDER BY o.id DESC LIMIT 200" },
	[Q_IMPORTS] = { "u", "usi", "SELECT id, file_name, created_at FROM import WHERE organisation_id = ?"
	    " AND rows_refused + phones_refused + cells_refused > 0 ORDER BY id DESC LIMIT 100" },
	[Q_OVER]  = { "i", "us", "SELECT x.id, x.file FROM export x WHERE x.state IN ('making', 'done', 'failed') AND x.expires_at <= ?"
	    " ORDER BY x.expires_at LIMIT 200" },
	[Q_GONE]  = { "u", "", "UPDATE export SET state = 'gone', file = '' WHERE id = ?" },
	[Q_FILE]  = { "s", "u", "SELECT id FROM export WHERE file = ? LIMIT 1" },
};
DB_STATEMENTS(q)

static const struct { const char *code, *label[LANG__MAX]; } whats[EXPORT__WHATS] = {
#define AS_WHAT(id, code, en, fr) [id] = { code, { [LANG_EN] = en, [LANG_FR] = fr } },
	EXPORT_WHATS(AS_WHAT)
#undef AS_WHAT
};
static const char *const formats[EXPORT__FORMATS] = { "semicolon", "comma", "xlsx" };

const char *export_what_code(enum export_what w) { return whats[w].code; }
const char *export_what_label(enum export_what w, enum lang l) { return whats[w].label[l]; }
const char *export_format_code(enum export_format f) { return formats[f]; }

enum export_what
export_what_of(const char *code)
{
	enum export_what w = 0;

	while (w < EXPORT__WHATS && strcmp(whats[w].code, code) != 0)
		w++;
	return w;
}

enum export_format
export_format_of(const char *code)
{
	enum export_format f = 0;

	while (f < EXPORT__FORMATS && strcmp(formats[f], code) != 0)
		f++;
	return f;
}

bool
export_may(enum role role, enum export_what what, bool owner)
{
	switch (what) {
	case EXPORT_CALLS: case EXPORT_ANSWERS:
		return role == ROLE_ADMINISTRATOR || (role == ROLE_ORGANISER && owner);
	case EXPORT_AUDIT:
		return role == ROLE_ADMINISTRATOR;
	default:
		return role >= ROLE_ORGANISER;
	}
}

/* --- asking --- */

struct starting {
	const struct who *who;
	const struct export_wish *w;
	const char *filter, *file;
	int64_t from, until, now;
	bool again;
	uint64_t id;
	struct arena *a;
};

static bool
start(struct db *db, void *ctx)
{
	struct starting *s = ctx;
	const struct export_wish *w = s->w;
	struct organisation_id org = { s->who->organisation };
	struct user_id by = { s->who->user };
	struct job_id job;

	s->again = false;
	switch (db_write(db, &q[Q_ADD], IN(V_U(org.v), V_B(w->form_key, 16), V_S(whats[w->what].code), V_S(formats[w->format]),
	    V_S(lang_code(w->lang)), V_S(s->filter), w->operation.v == 0 ? V_NULL : V_U(w->operation.v), w->import.v == 0 ? V_NULL :
	    V_U(w->import.v), V_I(s->from), V_I(s->until), V_S(w->zone), V_S(s->file), V_U(by.v), V_I(s->now),
	    V_I(s->now + EXPORT_HOURS * HOUR_US)), NULL)) {
	case WROTE:	break;
	case DUPLICATE:	s->again = true; return false;
	default:	return false;
	}
	s->id = db_last_id(db);
	return job_queue(db, org, "export", s->id, 0, by, s->now, &job) &&
	    audit_add(db, org, by, s->now, "export.make", "export", s->id, arena_fmt(s->a, "%s %s operation=%llu import=%llu from=%s until=%s %s",
	    whats[w->what].code, formats[w->format], (unsigned long long)w->operation.v, (unsigned long long)w->import.v,
	    w->from_day, w->until_day, s->filter));
}

static bool
first_moment(const char *zone, const char *day, int add, int64_t *out)
{
	struct tm wall = { 0 };
	int y, m, d;

	*out = 0;
	if (*day == '\0')
		return true;
	if (!parse_date(day, &y, &m, &d))
		return false;
	wall = (struct tm){ .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d + add };
	*out = clock_moment(zone, &wall);
	return true;
}

static bool
of_people(enum export_what w)
{
	return w == EXPORT_CONTACTS || w == EXPORT_ELECTORS;
}

/* Is it theirs to export, and is there such a thing? */
static enum found
asked_rightly(struct db *db, const struct who *who, const struct export_wish *w, enum refusal *why, struct arena *a)
{
	bool owner = false;
	struct row r;
	enum found f = FOUND;

	if ((w->what == EXPORT_CALLS || w->what == EXPORT_ANSWERS) && w->operation.v != 0) {
		f = db_row(db, &q[Q_OWNS], IN(V_U(who->user), V_U(who->organisation), V_U(w->operation.v)), a, &r);
		owner = f == FOUND && row_u(&r, 0) != 0;
	} else if (w->what == EXPORT_REFUSED)
		f = db_row(db, &q[Q_IMPORT], IN(V_U(who->organisation), V_U(w->import.v)), a, &r);
	if (f == NONE)
		*why = R_NOT_FOUND;
	else if (f == FOUND && !export_may(who->role, w->what, owner)) {
		*why = R_NOT_ALLOWED;
		return NONE;
	}
	return f;
}

enum saved
export_start(struct db *db, const struct who *who, const struct export_wish *w, int64_t now, struct export_id *out,
    enum refusal *why, struct arena *a)
{
	struct starting s = { .who = who, .w = w, .filter = "", .now = now, .a = a };
	struct row r;

	switch (asked_rightly(db, who, w, why, a)) {
	case FOUND:  break;
	case NONE:   return REFUSED;
	case FAILED: return NOT_SAVED;
	}
	if (!first_moment(w->zone, w->from_day, 0, &s.from) || !first_moment(w->zone, w->until_day, 1, &s.until))
		return *why = R_NOT_A_DATE, REFUSED;
	if (s.until != 0 && s.until <= s.from)
		return *why = R_END_BEFORE_START, REFUSED;
	if (of_people(w->what) && w->filter != NULL && (s.filter = people_filter_text(a, w->filter)) == NULL)
		return *why = R_TOO_LONG, REFUSED;
	s.file = arena_fmt(a, "%s.%s", seal_token(a, 24), w->format == EXPORT_XLSX ? "xlsx" : "csv");
	switch (tx_write(db, start, &s)) {
	case TX_DONE:	out->v = s.id; return SAVED;
	case TX_UNSURE:	return UNSURE;
	default:	break;
	}
	if (!s.again || db_row(db, &q[Q_BY_KEY], IN(V_B(w->form_key, 16), V_U(who->user)), a, &r) != FOUND)
		return NOT_SAVED;
	out->v = row_u(&r, 0);
	return ALREADY;
}

/* --- reading --- */

static const char *
text(const struct row *r, unsigned column)
{
	return row_s(r, column) == NULL ? "" : row_s(r, column);
}

static struct export
fill(const struct row *r)
{
	struct export x = { .id = { row_u(r, 0) }, .organisation = { row_u(r, 1) }, .what = export_what_of(text(r, 2)),
	    .format = export_format_of(text(r, 3)), .lang = lang_of(text(r, 4)), .filter = text(r, 5), .operation = { row_u(r, 6) },
	    .import = { row_u(r, 7) }, .from_at = row_i(r, 8), .until_at = row_i(r, 9), .zone = text(r, 10), .file = text(r, 11),
	    .failed = text(r, 13), .first = row_u(r, 14), .cut = row_u(r, 15), .last_id = row_u(r, 16), .last_part = row_u(r, 17),
	    .rows = row_u(r, 18), .bytes = row_u(r, 19), .by = { row_u(r, 20) }, .created_at = row_i(r, 21), .begun_at = row_i(r, 22),
	    .finished_at = row_i(r, 23), .expires_at = row_i(r, 24), .operation_name = text(r, 25), .import_name = text(r, 26),
	    .by_name = text(r, 27) };
	const char *state = text(r, 12);

	x.state = strcmp(state, "gone") == 0 ? EXPORT_GONE : strcmp(state, "done") == 0 ? EXPORT_DONE :
	    strcmp(state, "failed") == 0 || strcmp(text(r, 28), "failed") == 0 ? EXPORT_FAILED : EXPORT_MAKING;
	return x;
}

bool
export_list(struct db *db, const struct who *who, struct export **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(who->organisation), V_U(who->user), V_U(who->role == ROLE_ADMINISTRATOR)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = fill(&rows.row[i]);
	return true;
}

enum found
export_by_id(struct db *db, const struct who *who, struct export_id id, struct export *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_BY_ID], IN(V_U(who->organisation), V_U(who->user), V_U(who->role == ROLE_ADMINISTRATOR), V_U(id.v)), a, &r);

	if (f == FOUND)
		*out = fill(&r);
	return f;
}

enum found
export_any(struct db *db, struct export_id id, struct export *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ANY], IN(V_U(id.v)), a, &r);

	if (f == FOUND)
		*out = fill(&r);
	return f;
}

const char *
export_folder(struct arena *a)
{
	return arena_fmt(a, "%s/exports", conf.data);
}

const char *
export_path(const struct export *x, struct arena *a)
{
	return arena_fmt(a, "%s/%s", export_folder(a), x->file);
}

const char *
export_file_name(const struct export *x, struct arena *a)
{
	char day[17];

	clock_text(x->zone, x->created_at, day, sizeof(day));
	return arena_fmt(a, "%s-%llu-%.10s.%s", whats[x->what].code, (unsigned long long)x->id.v, day, x->format == EXPORT_XLSX ? "xlsx" : "csv");
}

const char *
export_type(const struct export *x)
{
	return x->format == EXPORT_XLSX ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
}

unsigned
export_percent(const struct export *x)
{
	uint64_t all = x->cut + 1 - x->first, done = x->last_id < x->first ? 0 : x->last_id - x->first;

	return x->state == EXPORT_DONE ? 100 : x->cut == 0 ? 0 : done >= all ? 99 : (unsigned)((double)done / (double)all * 99);
}

struct fetching { const struct who *who; const struct export *x; int64_t now; struct arena *a; };

static bool
fetch(struct db *db, void *ctx)
{
	struct fetching *f = ctx;

	return audit_add(db, f->x->organisation, (struct user_id){ f->who->user }, f->now, "export.fetch", "export", f->x->id.v,
	    whats[f->x->what].code);
}

enum saved
export_fetched(struct db *db, const struct who *who, const struct export *x, int64_t now, enum refusal *why)
{
	struct fetching f = { .who = who, .x = x, .now = now };

	if (x->state != EXPORT_DONE || now >= x->expires_at)
		return *why = R_NOT_FOUND, REFUSED;
	return tx_write(db, fetch, &f) == TX_DONE ? SAVED : NOT_SAVED;
}

static bool
choices(struct db *db, struct stmt *st, const struct val *in, size_t nin, struct export_choice **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, st, in, nin, a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct export_choice){ row_u(&rows.row[i], 0), row_s(&rows.row[i], 1), row_i(&rows.row[i], 2) };
	return true;
}

bool
export_operations(struct db *db, const struct who *who, struct export_choice **out, size_t *n, struct arena *a)
{
	return choices(db, &q[Q_OPERATIONS], IN(V_U(who->user), V_U(who->organisation), V_U(who->role == ROLE_ADMINISTRATOR)), out, n, a);
}

bool
export_imports(struct db *db, const struct who *who, struct export_choice **out, size_t *n, struct arena *a)
{
	return choices(db, &q[Q_IMPORTS], IN(V_U(who->organisation)), out, n, a);
}

/* --- forgetting --- */

/* What a killed worker left half made belongs to no row: a day later it goes. */
static bool
sweep(struct db *db, int64_t now, struct arena *a)
{
	const char *folder = export_folder(a);
	DIR *dir = opendir(folder);
	struct dirent *e;
	struct row r;
	bool ok = true;

	if (dir == NULL)
		return errno == ENOENT;
	while (ok && (e = readdir(dir)) != NULL) {
		const char *path = arena_fmt(a, "%s/%s", folder, e->d_name);
		struct stat st;
		enum found f;

		if (e->d_name[0] == '.' || stat(path, &st) != 0 || st.st_mtime * SECOND_US > now - EXPORT_HOURS * HOUR_US)
			continue;
		f = db_row(db, &q[Q_FILE], IN(V_S(e->d_name)), a, &r);
		ok = f != FAILED;
		if (f == NONE && unlink(path) == 0)
			log_event("a file of no export was removed");
	}
	closedir(dir);
	return ok;
}

bool
export_forget(struct db *db, int64_t now, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_OVER], IN(V_I(now)), a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		const char *file = row_s(&rows.row[i], 1);

		/* a name of ours, but the database is not the place to trust with unlink */
		if (*file != '\0' && strchr(file, '/') == NULL && unlink(arena_fmt(a, "%s/%s", export_folder(a), file)) != 0 && errno != ENOENT) {
			log_warn("file of an export cannot be removed: %s", strerror(errno));
			continue;
		}
		if (db_write(db, &q[Q_GONE], IN(V_U(row_u(&rows.row[i], 0))), NULL) != WROTE)
			return false;
	}
	if (rows.n > 0)
		log_event("files of old exports removed n=%zu", rows.n);
	return sweep(db, now, a);
}
