/*
 * Files that nobody wishes for: formulas, HTML, NUL bytes, a cell of 1 MB, line breaks in quotes, ragged rows, no final
 * newline; and two files that overlap, imported at the same time.
 */
#include "check.h"

#include <sys/wait.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/import.h"

#include "import_world.h"

static void
cells(void)
{
	char *path = arena_fmt(a, "%s/hostile.csv", getenv("TOCSIN_TEST_DIR"));
	FILE *f = fopen(path, "wb");
	struct import im;

	fputs("No dossier;Nom;Prénom;Téléphone;Notes\n", f);
	fputs("1;=HYPERLINK(\"\"x\"\");+1;514 555-0001;@SUM(A1)\n", f);
	fputs("2;<script>alert(1)</script>;\"Jo \"\"le\"\" Grand\";514 555-0002;\"ligne 1\r\nligne 2; suite\"\n", f);
	fputs("3;Nul\x01octet;Ann;;\n", f);
	fputs("4;Grand;Léo;;\"", f);
	for (int i = 0; i < 1024 * 1024; i++)
		fputc('x', f);
	fputs("\"\n", f);
	fputs("5;Court;Ida\n", f);
	fputs("6;Long;Max;;;;\n", f);
	fputs("7;Trop;Max;;;de trop\n", f);
	fputs("8;Dernier;Sans fin;514 555-0008;\"fin\"", f);
	fclose(f);
	im = finish(begin(PERSON_CONTACT, path));
	CHECK_CASE("every row is accounted for", im.state == IMPORT_DONE && im.rows_read == 8 && im.rows_added == 5 && im.rows_refused == 3);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CONCAT(line, ' ', reason) ORDER BY line SEPARATOR ', ') FROM import_refusal WHERE whole_row"),
	    "6 too_long, 7 row_too_short, 9 row_too_long");
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', last_name, first_name, notes) FROM person WHERE file_number = '1'"),
	    "=HYPERLINK(\"\"x\"\")|+1|@SUM(A1)");
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', last_name, first_name, notes) FROM person WHERE file_number = '2'"),
	    "<script>alert(1)</script>|Jo \"le\" Grand|ligne 1\nligne 2; suite");
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', first_name, notes) FROM person WHERE file_number = '8'"), "Sans fin|fin");
	CHECK_CASE("cells too many that are blank do no harm", strcmp(value("SELECT COUNT(*) FROM person WHERE file_number = '6'"), "1") == 0);
}

/* A NUL byte says that this is no text: said when the file is sent, before anybody looks at columns. */
static void
nul(void)
{
	char *path = arena_fmt(a, "%s/nul.csv", getenv("TOCSIN_TEST_DIR"));
	FILE *f = fopen(path, "wb");
	struct import_id id = { 0 };
	enum refusal why = R_NONE;

	fwrite("No dossier;Nom\n1;Ro\0y\n", 1, 22, f);
	fclose(f);
	CHECK_CASE("a NUL byte: the file is refused as no text", import_take(db, org, by, PERSON_CONTACT, "x.csv", path, 22, now++, &id, &why, a) ==
	    REFUSED && why == R_FILE_NOT_TEXT);
}

static char *
overlapping(const char *name, unsigned from, unsigned to, const char *mark)
{
	char *path = arena_fmt(a, "%s/%s", getenv("TOCSIN_TEST_DIR"), name);
	FILE *f = fopen(path, "wb");

	fputs("No dossier;Nom;Prénom;Téléphone;No civique;Rue;Ville;Étiquettes\n", f);
	for (unsigned i = from; i < to; i++)
		fprintf(f, "R-%u;Nom%u;Ann;514 %03u-%04u;%u;rue A;Laval;%s\n", i, i, 200 + i % 700, i % 10000, i / 2, mark);
	fclose(f);
	return path;
}

static void
at_once(void)
{
	struct import_id id[2];
	struct import im[2];
	pid_t child[2];
	int status;
	const char *why;

	if (!db_script(db, "DELETE FROM phone; DELETE FROM person; DELETE FROM household", a, &why))
		printf("# %s\n", why);
	id[0] = begin(PERSON_CONTACT, overlapping("one.csv", 0, 9000, "un"));
	id[1] = begin(PERSON_CONTACT, overlapping("two.csv", 5000, 14000, "deux"));
	for (int i = 0; i < 2; i++)
		if ((child[i] = fork()) == 0) {
			db = db_open(true);
			now += i;
			_exit(finish(id[i]).state != IMPORT_DONE);
		}
	for (int i = 0; i < 2; i++) {
		waitpid(child[i], &status, 0);
		CHECK_CASE("both end well", WIFEXITED(status) && WEXITSTATUS(status) == 0);
		if (import_by_id(db, org, id[i], &im[i], a) != FOUND)
			im[i].state = IMPORT_FAILED;
	}
	CHECK_CASE("two overlapping files at once: everybody once", im[0].rows_added + im[1].rows_added == 14000 &&
	    im[0].rows_updated + im[1].rows_updated == 4000 && strcmp(value("SELECT COUNT(*) FROM person"), "14000") == 0);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM person WHERE tags IN ('un|deux', 'deux|un')"), "4000");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM phone"), "14000");
	CHECK_EQ_S(value("SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT household_id)) FROM person"), "14000 7000");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM household"), "7000");
}

int
main(void)
{
	conf_load();
	log_open("test");
	seal_open();
	lang_open();
	db = db_open(false);
	a = arena_new();
	cells();
	nul();
	at_once();
	db_close(db);
	return check_done();
}
