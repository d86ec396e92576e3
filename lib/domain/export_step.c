/*
 * export_step.c - the file of an export, a second of work at a time.
 */
#include "domain/export_in.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/book.h"
#include "plumb/clock.h"
#include "plumb/csv.h"
#include "plumb/log.h"
#include "plumb/phone.h"

enum { FLUSH = 1 << 20, ROOM = 64 << 20, ZONES = 8 };

enum { Q_BEGIN, Q_PLACE, Q_END, Q_FAIL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BEGIN] = { "iuuu", "", "UPDATE export SET begun_at = ?, first_id = ?, cut = ? WHERE id = ? AND state = 'making'" },
	/* from where this step began: a worker that was silent for too long moves nothing */
	[Q_PLACE] = { "uuuuuuuu", "", "UPDATE export SET last_id = ?, last_part = ?, rows_written = ?, bytes = ? WHERE id = ?"
	    " AND last_id = ? AND last_part = ? AND bytes = ? AND state = 'making'" },
	[Q_END]   = { "iu", "", "UPDATE export SET state = 'done', finished_at = ? WHERE id = ? AND state = 'making'" },
	[Q_FAIL]  = { "siu", "", "UPDATE export SET state = 'failed', failed = ?, finished_at = ? WHERE id = ? AND state = 'making'" },
};
DB_STATEMENTS(q)

/* --- cells --- */

static void
flush(struct sink *s)
{
	for (size_t done = 0; done < s->text.len && !s->failed; ) {
		ssize_t n = write(s->fd, s->text.data + done, s->text.len - done);

		if (n < 0 && errno != EINTR) {
			log_error("an export cannot be written: %s", strerror(errno));
			s->failed = true;
		} else if (n > 0)
			done += (size_t)n;
	}
	s->failed |= s->text.full;
	s->bytes += s->text.len;
	buf_clear(&s->text);
}

void
sink_text(struct sink *s, const char *value)
{
	if (value == NULL)
		value = "";
	if (s->book != NULL) {
		book_text(s->book, value);
		return;
	}
	if (s->begun)
		buf_bytes(&s->text, &s->separator, 1);
	s->begun = true;
	csv_cell(&s->text, value, s->separator);
}

void
sink_uint(struct sink *s, uint64_t n)
{
	char digits[24], *p = digits + sizeof(digits) - 1;

	if (s->book != NULL) {
		book_number(s->book, (double)n);
		return;
	}
	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	if (s->begun)
		*--p = s->separator;
	s->begun = true;
	buf_text(&s->text, p);
}

void
sink_phone(struct sink *s, const char *e164)
{
	char shown[40] = "";

	if (e164 != NULL && *e164 != '\0')	/* "" once the person was erased */
		phone_display(e164, shown, sizeof(shown));
	sink_text(s, shown);
}

void
sink_yes(struct sink *s, bool yes, enum lang lang)
{
	sink_text(s, !yes ? "" : lang == LANG_FR ? "oui" : "yes");
}

/* How far a zone is ahead of UTC. It changes at a quarter of an hour only, and the C library reads a file for each
 * change of zone, so the last quarter of some zones is kept. */
static int64_t
ahead(const char *zone, int64_t second)
{
	static struct { char zone[41]; int64_t quarter, ahead; } kept[ZONES];
	int64_t quarter = second / 900;
	unsigned at = 0;

	for (const char *c = zone; *c != '\0'; c++)
		at = at * 31 + (unsigned char)*c;
	at %= ZONES;
	if (kept[at].quarter != quarter || strcmp(kept[at].zone, zone) != 0) {
		kept[at].quarter = quarter;
		kept[at].ahead = clock_local(zone, second * SECOND_US).tm_gmtoff;
		snprintf(kept[at].zone, sizeof(kept[at].zone), "%s", zone);
	}
	return kept[at].ahead;
}

void
sink_moment(struct sink *s, const char *zone, int64_t at)
{
	time_t t = (time_t)(at / SECOND_US);
	char text[40] = "";
	struct tm tm;

	if (at > 0) {
		if (strcmp(zone, "UTC") != 0)
			t += ahead(zone, (int64_t)t);
		gmtime_r(&t, &tm);
		snprintf(text, sizeof(text), "%04d-%02d-%02d %02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		    tm.tm_hour, tm.tm_min, tm.tm_sec);
	}
	sink_text(s, text);
}

void
sink_end_row(struct sink *s)
{
	s->rows++;
	s->begun = false;
	if (s->book != NULL) {
		book_end_row(s->book);
		return;
	}
	buf_text(&s->text, "\r\n");
	if (s->text.len >= FLUSH)
		flush(s);
}

/* --- a step --- */

static bool
of_people(const struct export *x)
{
	return x->what == EXPORT_CONTACTS || x->what == EXPORT_ELECTORS;
}

static bool
header(struct db *db, const struct export *x, struct sink *s, struct arena *a)
{
	bool ok;

	if (s->book == NULL)
		buf_text(&s->text, "\xef\xbb\xbf");	/* the mark makes Excel read UTF-8 */
	ok = of_people(x) ? export_people_header(db, x, s, a) : export_rows_header(db, x, s, a);
	s->rows = 0;
	return ok;
}

/* Pages for about a second. False: the database or the disk said no. */
static bool
pages(struct db *db, const struct export *x, struct place *at, struct sink *s)
{
	struct arena *page = arena_new();
	struct timespec began, now;
	bool ok = true;

	clock_gettime(CLOCK_MONOTONIC, &began);
	do {
		arena_reset(page);
		ok = of_people(x) ? export_people_page(db, x, at, s, page) : export_rows_page(db, x, at, s, page);
		if (s->book != NULL && book_is_full(s->book) && !at->end)
			s->full = s->failed = true;
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (ok && !s->failed && !at->end && (now.tv_sec - began.tv_sec) * 1000 + (now.tv_nsec - began.tv_nsec) / 1000000 < 1000);
	arena_free(page);
	return ok && !s->failed;
}

/* The file, as long as what was stored says. *again: it is shorter (the machine went down): from the start. -1: logged. */
static int
open_file(const struct export *x, bool *again, struct arena *a)
{
	const char *path = export_path(x, a);
	struct stat st;
	int fd;

	*again = false;
	if (mkdir(export_folder(a), 0700) != 0 && errno != EEXIST)
		log_error("exports: the folder cannot be made: %s", strerror(errno));
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 || fstat(fd, &st) != 0) {
		log_error("exports: the file cannot be opened: %s", strerror(errno));
		goto no;
	}
	/* a worker that was silent for a minute and comes back would write between our rows */
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		log_warn("export %llu: another worker is at its file", (unsigned long long)x->id.v);
		goto no;
	}
	*again = (uint64_t)st.st_size < x->bytes;
	if (ftruncate(fd, *again ? 0 : (off_t)x->bytes) == 0 && lseek(fd, 0, SEEK_END) >= 0)
		return fd;
	log_error("exports: the file cannot be cut back: %s", strerror(errno));
no:
	if (fd >= 0)
		close(fd);
	return -1;
}

struct placing { const struct export *x; struct place at; uint64_t rows, bytes; bool end; int64_t now; };

static bool
place(struct db *db, void *ctx)
{
	struct placing *p = ctx;
	const struct export *x = p->x;
	bool moved = p->at.last_id != x->last_id || p->at.last_part != x->last_part || p->rows != x->rows || p->bytes != x->bytes;
	uint64_t n;

	if (moved && (db_write(db, &q[Q_PLACE], IN(V_U(p->at.last_id), V_U(p->at.last_part), V_U(p->rows), V_U(p->bytes), V_U(x->id.v),
	    V_U(x->last_id), V_U(x->last_part), V_U(x->bytes)), &n) != WROTE || n != 1))
		return false;
	return !p->end || db_write(db, &q[Q_END], IN(V_I(p->now), V_U(x->id.v)), NULL) == WROTE;
}

static bool
csv_step(struct db *db, const struct export *x, int64_t now, bool *finished, struct arena *a)
{
	struct placing p = { .x = x, .at = { x->last_id, x->last_part, false }, .now = now };
	struct sink s = { .separator = x->format == EXPORT_COMMA ? ',' : ';' };
	bool again, ok;

	if ((s.fd = open_file(x, &again, a)) < 0)
		return false;
	if (again)
		p.at = (struct place){ 0 };
	buf_init(&s.text, ROOM);
	ok = (x->bytes > 0 && !again) || header(db, x, &s, a);
	ok = ok && pages(db, x, &p.at, &s);
	flush(&s);
	ok = ok && !s.failed && fdatasync(s.fd) == 0;
	p.rows = s.rows + (again ? 0 : x->rows);
	p.bytes = s.bytes + (again ? 0 : x->bytes);
	p.end = p.at.end;
	ok = ok && tx_write(db, place, &p) == TX_DONE;
	close(s.fd);
	buf_free(&s.text);
	*finished = ok && p.end;
	return ok;
}

/* The workbook being written in this process. */
static struct { struct export_id id; struct place at; uint64_t rows; struct book *book; } open_book;

bool
export_stays(struct export_id id)
{
	return open_book.book != NULL && open_book.id.v == id.v;
}

static bool
fail(struct db *db, const struct export *x, enum refusal why, int64_t now, bool *finished)
{
	*finished = true;
	return db_write(db, &q[Q_FAIL], IN(V_S(refusal_key(why)), V_I(now), V_U(x->id.v)), NULL) == WROTE;
}

static bool
book_step(struct db *db, const struct export *x, int64_t now, bool *finished, struct arena *a)
{
	struct placing p = { .x = x, .now = now };
	struct sink s = { .fd = -1 };
	struct stat st;
	bool ok, here = export_stays(x->id) && open_book.at.last_id == x->last_id && open_book.rows == x->rows, again;
	int lock;

	if ((lock = open_file(x, &again, a)) < 0)
		return false;
	if (!here) {		/* begun elsewhere, or not at all: another export's workbook of a lost lease goes, too */
		book_drop(&open_book.book);
		open_book.id = x->id;
		open_book.at = (struct place){ 0 };
		open_book.rows = 0;
		open_book.book = book_new(arena_fmt(a, "%s.part", export_path(x, a)), export_folder(a));
		s.book = open_book.book;
		if (s.book == NULL || !header(db, x, &s, a))
			goto no;
	}
	s.book = open_book.book;
	ok = pages(db, x, &open_book.at, &s);
	if (s.full) {
		book_drop(&open_book.book);
		close(lock);
		return fail(db, x, R_TOO_MANY_ROWS, now, finished);
	}
	if (!ok)
		goto no;
	open_book.rows += s.rows;
	p.at = open_book.at;
	p.rows = open_book.rows;
	p.end = open_book.at.end;
	if (p.end) {
		const char *path = export_path(x, a), *part = arena_fmt(a, "%s.part", path);

		if (!book_close(&open_book.book) || stat(part, &st) != 0 || rename(part, path) != 0)
			goto no;
		p.bytes = (uint64_t)st.st_size;
	}
	if (tx_write(db, place, &p) != TX_DONE)
		goto no;
	close(lock);
	*finished = p.end;
	return true;
no:
	book_drop(&open_book.book);
	close(lock);
	return false;
}

struct beginning { struct export *x; int64_t now; };

static bool
begin(struct db *db, void *ctx)
{
	struct beginning *b = ctx;

	return db_write(db, &q[Q_BEGIN], IN(V_I(b->now), V_U(b->x->first), V_U(b->x->cut), V_U(b->x->id.v)), NULL) == WROTE;
}

bool
export_step(struct db *db, struct export_id id, int64_t now, bool *finished, struct arena *a)
{
	struct export x;

	switch (export_any(db, id, &x, a)) {
	case FOUND:  break;
	case NONE:   return *finished = true;
	case FAILED: return false;
	}
	if (x.state != EXPORT_MAKING || x.what == EXPORT__WHATS || x.format == EXPORT__FORMATS)
		return *finished = true;
	if (x.begun_at == 0) {
		struct beginning b = { &x, now };

		if (!(of_people(&x) ? export_people_cut(db, &x, &x.first, &x.cut, a) : export_rows_cut(db, &x, &x.first, &x.cut, a)) ||
		    tx_write(db, begin, &b) != TX_DONE)
			return false;
	}
	if (!(x.format == EXPORT_XLSX ? book_step : csv_step)(db, &x, now, finished, a))
		return false;
	if (*finished)
		log_event("export done id=%llu what=%s", (unsigned long long)id.v, export_what_code(x.what));
	return true;
}

bool
export_progress(struct db *db, struct export_id id, uint64_t *done, uint64_t *total, struct arena *a)
{
	struct export x;
	enum found f = export_any(db, id, &x, a);

	*done = *total = 0;
	if (f == FOUND) {
		*total = x.cut < x.first ? 0 : x.cut + 1 - x.first;
		*done = x.last_id < x.first ? 0 : x.last_id + 1 - x.first;
	}
	return f != FAILED;
}
