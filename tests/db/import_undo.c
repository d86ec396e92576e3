/* An import taken back: what it added is gone, what it changed looks as before, what was used since stays. */
#include "check.h"

#include <signal.h>
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

#define DAY INT64_C(86400000000)

#include "import_world.h"

/* A text, or a file of tests/data, from the upload to its end. */
static struct import_id
import(enum person_kind kind, const char *text, const char *file)
{
	char *path = arena_fmt(a, "%s/u-%d-%lld", getenv("TOCSIN_TEST_DIR"), (int)getpid(), (long long)now++);
	struct import_id id = { 0 };
	struct arena *page = arena_new();
	enum refusal why = R_NONE;
	bool finished = false;
	struct import im;
	FILE *out = fopen(path, "wb"), *in = file == NULL ? NULL : fopen(file, "rb");

	if (text != NULL)
		fputs(text, out);
	for (int c; in != NULL && (c = fgetc(in)) != EOF; )
		fputc(c, out);
	fclose(out);
	if (in != NULL)
		fclose(in);
	if (import_take(db, org, by, kind, "liste.csv", path, 1000000, now++, &id, &why, a) != SAVED ||
	    import_by_id(db, org, id, &im, a) != FOUND ||
	    import_start(db, org, by, id, im.mapping, im.ncolumns, IMPORT_CORRECT, now++, &why, a) != SAVED)
		printf("# import: %s\n", refusal_key(why));
	while (!finished && import_step(db, id, now++, &finished, page))
		arena_reset(page);
	arena_free(page);
	return id;
}

static bool
steps(struct import_id id)
{
	struct arena *page = arena_new();
	bool finished = false, ok = true;

	for (int i = 0; i < 10000 && ok && !finished; i++) {
		uint64_t done, total;
		arena_reset(page);
		ok = import_step(db, id, now++, &finished, page) && import_progress(db, id, &done, &total, page) && done <= total;
	}
	arena_free(page);
	return ok && finished;
}

static struct import
undo(struct import_id id)
{
	struct import im = { 0 };

	if (import_undo(db, org, by, id, now++, a) != SAVED || !steps(id) || import_by_id(db, org, id, &im, a) != FOUND)
		printf("# undo failed\n");
	return im;
}

static const char *
state(void)
{
	return value("SELECT MD5(GROUP_CONCAT(line ORDER BY line SEPARATOR '\\n')) FROM (SELECT CONCAT_WS('|', p.id, kind, file_number, last_name,"
	    " first_name, email, language, birth_date, sex, civic_number, street, apartment, city, postal_code, time_zone, member_until,"
	    " donations_year, tags, notes, polling_subdivision, elector_number, has_voted, calls_forbidden, household_id, HEX(natural_key),"
	    " HEX(name_key), updated_at, (SELECT GROUP_CONCAT(CONCAT_WS(',', position, f.kind, e164, extension, f.state) ORDER BY e164)"
	    " FROM phone f WHERE f.person_id = p.id)) AS line FROM person p) all_of_them");
}

#define HEAD "No dossier;Nom;Prénom;Téléphone;Courriel;No civique;Rue;Ville;Notes;Étiquettes;Ne pas appeler\n"

static void
changed_and_added(void)
{
	struct import_id id;
	struct import im;
	const char *before;

	import(PERSON_CONTACT, HEAD "1;Roy;Ann;514 555-0001;a@b.ca;1;rue A;Laval;un;membre;\n2;Côté;Luc;514 555-0002;;;;;;;\n"
	    "3;Dumas;Zoé;514 555-0003;;;;;;;\n;Noël;Guy;514 555-0009;g@b.ca;;;;;;\n", NULL);
	before = state();
	id = import(PERSON_CONTACT, HEAD "1;Roy;Anne;514 555-0011;x@y.ca;9;rue Z;Gatineau;deux;donateur;oui\n2;Côté;Luc;514 555-0002;l@c.ca;;;;;;\n"
	    "4;Neuf;Léo;514 555-0004;;;;;;;\n4;Neuf;Léo;514 555-0044;neuf@b.ca;;;;;;\n5;Dix;Ida;;;;;;;;\n8;Noël;Guy;;g@b.ca;;;;;;\n", NULL);
	CHECK_CASE("the import changed and added", strcmp(before, state()) != 0 &&
	    strcmp(value("SELECT CONCAT_WS(' ', rows_added, rows_updated, rows_merged) FROM import ORDER BY id DESC LIMIT 1"), "2 3 1") == 0);
	if (import_by_id(db, org, id, &im, a) != FOUND)
		return;
	CHECK_CASE("it can be undone for a day, not longer", import_may_undo(&im, im.finished_at + DAY - 1) && !import_may_undo(&im, im.finished_at + DAY));
	CHECK_CASE("another organisation cannot", import_undo(db, (struct organisation_id){ 2 }, by, id, now, a) == ALREADY);
	im = undo(id);
	CHECK_CASE("undone: two people removed, three put back, none left alone", im.state == IMPORT_UNDONE && im.undo_removed == 2 &&
	    im.undo_restored == 3 && im.undo_kept == 0);
	CHECK_EQ_S(state(), before);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM import_before"), "0");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM import_before_phone"), "0");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM phone WHERE person_id NOT IN (SELECT id FROM person)"), "0");
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CONCAT(verb, ' ', COALESCE(user_id, '-')) ORDER BY id) FROM audit WHERE verb LIKE 'import.undo%'"),
	    "import.undo 1,import.undone -");
	CHECK_CASE("a second time it is too late", import_undo(db, org, by, id, now, a) == ALREADY);
	id = import(PERSON_CONTACT, HEAD "4;Neuf;Léo;514 555-0004;;;;;;;\n", NULL);
	CHECK_CASE("the same file may be imported again afterwards", import_by_id(db, org, id, &im, a) == FOUND && im.rows_added == 1);
	undo(id);
}

/* What somebody did since the import is never lost. */
static void
used_since(void)
{
	struct import_id id;
	struct import im;

	run("DELETE FROM phone; DELETE FROM person; DELETE FROM household");
	import(PERSON_CONTACT, HEAD "1;Roy;Ann;514 555-0001;a@b.ca;;;;;;\n2;Côté;Luc;514 555-0002;;;;;;;\n", NULL);
	id = import(PERSON_CONTACT, HEAD "1;Roy;Ann;514 555-0011;x@y.ca;;;;;;\n2;Côté;Luc;514 555-0012;l@c.ca;;;;;;\n"
	    "3;Appel;Eve;514 555-0003;;;;;;;\n4;Liste;Noé;514 555-0004;;;;;;;\n5;Note;Ida;514 555-0005;;;;;;;\n6;Libre;Max;514 555-0006;;;;;;;\n", NULL);
	run("UPDATE person SET notes = 'parle anglais', updated_at = updated_at + 5 WHERE file_number IN ('1', '5');"
	    "INSERT INTO attempt (person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " SELECT id, 1, '', 1, '', 1, 2, REPEAT('k', 16) FROM person WHERE file_number = '3';"
	    "INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) SELECT 1, id, 1, '+15145550004', 1 FROM person WHERE file_number = '4';"
	    "INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) SELECT 1, id, 2, '+15145550012', 1 FROM person WHERE file_number = '2'");
	im = undo(id);
	CHECK_CASE("one removed, one put back; called, in a list or edited: four left alone", im.undo_removed == 1 && im.undo_restored == 1 && im.undo_kept == 4);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(file_number ORDER BY file_number) FROM person"), "1,2,3,4,5");
	CHECK_EQ_S(value("SELECT CONCAT(email, ' ', notes) FROM person WHERE file_number = '1'"), "x@y.ca parle anglais");
	CHECK_EQ_S(value("SELECT CONCAT(email, '|', GROUP_CONCAT(e164 ORDER BY position, f.id)) FROM person p JOIN phone f ON f.person_id = p.id"
	    " WHERE file_number = '2'"), "|+15145550002,+15145550012");	/* the number that the list dials stays */
	run("DELETE FROM entry; DELETE FROM phone; DELETE FROM person");
	id = import(PERSON_CONTACT, HEAD "1;Roy;Ann;514 555-0001;a@b.ca;;;;;;\n2;Côté;Luc;514 555-0002;;;;;;;\n", NULL);
	import(PERSON_CONTACT, HEAD "1;Roy;Ann;514 555-0001;z@b.ca;;;;;;\n", NULL);
	im = undo(id);
	CHECK_CASE("whom a later import changed is left alone", im.undo_removed == 1 && im.undo_kept == 1 &&
	    strcmp(value("SELECT GROUP_CONCAT(email) FROM person"), "z@b.ca") == 0);
	run("DELETE FROM person WHERE file_number = '1'");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM import_before"), "0");	/* erased: nothing of them stays in a journal */
}

static void
killed(void)
{
	struct import_id id;
	struct import im;
	const char *before;
	unsigned kills = 0;
	int status;

	run("DELETE FROM phone; DELETE FROM person; DELETE FROM household");
	import(PERSON_CONTACT, NULL, "tests/data/contacts-1252.csv");
	run("UPDATE person SET email = 'avant@exemple.ca' WHERE id % 3 = 0; DELETE FROM phone WHERE person_id % 5 = 0");
	before = state();
	id = import(PERSON_CONTACT, NULL, "tests/data/contacts-1252.csv");
	CHECK_CASE("a thousand people were changed", strtoul(value("SELECT COUNT(*) FROM import_before"), NULL, 10) >= 1000);
	struct import_id electors = import(PERSON_ELECTOR, NULL, "tests/data/electors-utf8bom.csv");
	if (import_undo(db, org, by, id, now++, a) != SAVED || import_undo(db, org, by, electors, now++, a) != SAVED)
		printf("# no undo\n");
	srand((unsigned)getpid());
	for (int i = 0; i < 10; i++) {
		pid_t child = fork();
		if (child == 0) {
			db = db_open(true);
			_exit(!steps(electors) || !steps(id));
		}
		usleep(20000 + (useconds_t)(rand() % 100000));
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		kills += WIFSIGNALED(status);
	}
	printf("# killed %u times, seed %d\n", kills, (int)getpid());
	CHECK_CASE("an undo was killed in the middle", kills > 0);
	steps(id);
	steps(electors);
	CHECK_CASE("an undo killed with -9 and gone on with ends where one that was not ends", import_by_id(db, org, electors, &im, a) == FOUND &&
	    im.state == IMPORT_UNDONE && im.undo_removed == 5000 && import_by_id(db, org, id, &im, a) == FOUND && im.state == IMPORT_UNDONE &&
	    im.undo_removed == 0 && im.undo_kept == 0 && im.undo_restored == im.rows_updated);
	CHECK_EQ_S(state(), before);
}

static void
forgotten(void)
{
	struct import_id id = import(PERSON_CONTACT, HEAD "77;Roy;Ann;514 555-0077;a@b.ca;;;;;;\n", NULL);

	CHECK_CASE("within the day the journal stays", import_forget(db, now + DAY - 1000000, a) && strcmp(value("SELECT COUNT(*) FROM import_added"), "0") != 0);
	CHECK_CASE("afterwards it goes", import_forget(db, now + DAY, a) && strcmp(value("SELECT COUNT(*) FROM import_added"), "0") == 0);
	CHECK_CASE("... and with it the undoing, even if a clock went back", import_undo(db, org, by, id, now, a) == ALREADY);
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
	changed_and_added();
	used_since();
	killed();
	forgotten();
	db_close(db);
	return check_done();
}
