/*
 * A file of 200 MB: taken, looked at and imported in flat memory. Its 4,000 rows carry notes of 50 kB, longer than
 * what is kept, so every person is added and every note is named as left out; the last lines are an open
 * quotation mark, which must not swallow them.
 */
#include "check.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/import.h"

enum { ROWS = 4000, NOTE = 50000 };

static long
most_kb(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return r.ru_maxrss;
}

static void
write_file(const char *path)
{
	static char note[NOTE + 1];
	FILE *f = fopen(path, "wb");

	memset(note, 'n', NOTE);
	fputs("No dossier;Nom;Notes\r\n", f);
	for (int i = 0; i < ROWS; i++)
		fprintf(f, "N-%d;Nom%d;\"%s\r\nfin\"\r\n", i, i, note);
	fputs("N-x;\"Ouvert;rien\r\nN-y;Dernier;rien\r\n", f);
	fclose(f);
}

int
main(void)
{
	struct organisation_id org = { 1 };
	struct user_id by = { 1 };
	struct import_id id = { 0 };
	enum refusal why = R_NONE;
	bool finished = false, ok = true;
	struct arena *a, *page;
	struct stat st;
	struct import im;
	struct db *db;
	char *path;
	long before;

	conf_load();
	log_open("test");
	seal_open();
	lang_open();
	db = db_open(false);
	a = arena_new();
	page = arena_new();
	path = arena_fmt(a, "%s/big.csv", getenv("TOCSIN_TEST_DIR"));
	write_file(path);
	CHECK_CASE("the file is of 200 MB", stat(path, &st) == 0 && st.st_size > 200 * 1000 * 1000);
	before = most_kb();
	CHECK_CASE("it is taken", import_take(db, org, by, PERSON_CONTACT, "big.csv", path, (uint64_t)st.st_size, 1, &id, &why, a) == SAVED &&
	    import_by_id(db, org, id, &im, a) == FOUND && im.ncolumns == 3);
	CHECK_CASE("it starts", import_start(db, org, by, id, im.mapping, im.ncolumns, IMPORT_CORRECT, 2, &why, a) == SAVED);
	for (int64_t now = 3; ok && !finished; now++) {
		uint64_t done, total;
		arena_reset(page);
		ok = import_step(db, id, now, &finished, page) && import_progress(db, id, &done, &total, page) && done <= total;
	}
	CHECK_CASE("every row is taken, the notes are named, the open quotation mark costs its own line", ok &&
	    import_by_id(db, org, id, &im, a) == FOUND && im.state == IMPORT_DONE && im.rows_read == ROWS + 2 &&
	    im.rows_added == ROWS + 1 && im.rows_refused == 1 && im.cells_refused == ROWS);
	printf("# %ld kB before, %ld kB at most\n", before, most_kb());
	/* a sanitizer keeps freed memory for a while */
#if !defined(__SANITIZE_ADDRESS__)
	CHECK_CASE("in flat memory: one page of 500 such rows and its refusals, not the file", most_kb() < before + 120 * 1024);
#endif
	arena_free(page);
	arena_free(a);
	db_close(db);
	return check_done();
}
