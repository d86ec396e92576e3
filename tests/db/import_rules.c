/* What becomes of values that a file has otherwise: the file counts, only blanks are filled, or somebody decides. */
#include "check.h"

#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/import.h"

#define HEAD "No dossier;Nom;Prénom;Téléphone;Courriel;No civique;Rue;App;Ville;Notes;Étiquettes\n"
#define FIRST HEAD "1;Roy;Ann;514 555-0001;a@b.ca;1;rue A;;Laval;un;membre\n2;Côté;Luc;514 555-0002;;;;;;;\n"
#define SECOND HEAD "1;Roy;Anne;514 555-0011;x@y.ca;9;rue Z;5;Gatineau;deux;donateur\n2;Côté;Luc;514 555-0002;l@c.ca;3;rue C;;Laval;;\n" \
	"2;Côté;Lucien;;autre@c.ca;;;;;;\n3;Neuf;Léo;;n@b.ca;;;;;;\n"
#define LINES "SELECT GROUP_CONCAT(CONCAT_WS('|', first_name, email, civic_number, street, apartment, city, tags, REPLACE(notes, '\n', '/')," \
	" (SELECT GROUP_CONCAT(e164 ORDER BY position) FROM phone f WHERE f.person_id = p.id)) ORDER BY file_number SEPARATOR ' ') FROM person p"

#include "import_world.h"

static struct import
import(const char *text, enum import_rule rule)
{
	char *path = arena_fmt(a, "%s/r-%lld", getenv("TOCSIN_TEST_DIR"), (long long)now++);
	struct import_id id = { 0 };
	struct arena *page = arena_new();
	enum refusal why = R_NONE;
	bool finished = false;
	struct import im;
	FILE *out = fopen(path, "wb");

	fputs(text, out);
	fclose(out);
	if (import_take(db, org, by, PERSON_CONTACT, "x.csv", path, 1000, now++, &id, &why, a) != SAVED ||
	    import_by_id(db, org, id, &im, a) != FOUND ||
	    import_start(db, org, by, id, im.mapping, im.ncolumns, rule, now++, &why, a) != SAVED)
		printf("# import: %s\n", refusal_key(why));
	while (!finished && import_step(db, id, now++, &finished, page))
		arena_reset(page);
	arena_free(page);
	if (import_by_id(db, org, id, &im, a) != FOUND)
		im.state = IMPORT_FAILED;
	return im;
}

static struct import
twice(enum import_rule rule)
{
	const char *why;

	if (!db_script(db, "DELETE FROM phone; DELETE FROM person; DELETE FROM household", a, &why))
		printf("# %s\n", why);
	import(FIRST, IMPORT_CORRECT);
	return import(SECOND, rule);
}

#define UNTOUCHED "Ann|a@b.ca|1|rue A||Laval|membre|donateur|un/deux|+15145550001,+15145550011"

static void
rules(void)
{
	struct import im = twice(IMPORT_CORRECT);

	CHECK_EQ_S(value(LINES), "Anne|x@y.ca|9|rue Z|5|Gatineau|membre|donateur|un/deux|+15145550011,+15145550001"
	    " Luc|l@c.ca|3|rue C||Laval|||+15145550002 Léo|n@b.ca||||||");
	im = twice(IMPORT_FILL);
	CHECK_EQ_S(value(LINES), UNTOUCHED " Luc|l@c.ca|3|rue C||Laval|||+15145550002 Léo|n@b.ca||||||");
	CHECK_CASE("filling blanks asks nothing and remembers its rule", im.rows_updated == 2 && im.rows_added == 1 &&
	    strcmp(value("SELECT COUNT(*) FROM import_conflict"), "0") == 0 && strcmp(value("SELECT rule FROM import_mapping"), "fill") == 0);
	im = import(SECOND, IMPORT_FILL);
	CHECK_CASE("fact 131: the same file twice changes nothing by this rule either", im.rows_same == 4 && im.rows_updated == 0);
}

static void
asking(void)
{
	struct import im = twice(IMPORT_ASK);
	struct import_conflict *list;
	uint64_t total = 0, left = 9, id[3];
	size_t n = 0;

	CHECK_EQ_S(value(LINES), UNTOUCHED " Luc|l@c.ca|3|rue C||Laval|||+15145550002 Léo|n@b.ca||||||");
	CHECK_CASE("six values of one person differ; a later row of the same file asks nothing", import_conflicts(db, im.id, 50, &list, &n, &total, a) &&
	    n == 6 && total == 6);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CONCAT(line, ' ', field, ' ', theirs) ORDER BY field SEPARATOR ', ') FROM import_conflict"),
	    "2 apartment 5, 2 city Gatineau, 2 civic_number 9, 2 email x@y.ca, 2 first_name Anne, 2 street rue Z");
	for (size_t i = 0; i < n; i++)
		if (list[i].field == IF_EMAIL)
			CHECK_CASE("both values are there to compare", strcmp(list[i].ours, "a@b.ca") == 0 && strcmp(list[i].theirs, "x@y.ca") == 0 &&
			    strcmp(list[i].last_name, "Roy") == 0 && (id[0] = list[i].id) > 0);
		else if (list[i].field == IF_FIRST_NAME)
			id[1] = list[i].id;
		else if (list[i].field == IF_STREET)
			id[2] = list[i].id;
	CHECK_CASE("one taken, one kept", import_decide(db, &im, by, &id[0], 1, &id[1], 1, now++, a) == SAVED);
	CHECK_EQ_S(value("SELECT CONCAT(first_name, ' ', email) FROM person WHERE file_number = '1'"), "Ann x@y.ca");
	CHECK_CASE("sent again, nothing happens", import_decide(db, &im, by, &id[0], 1, &id[1], 1, now++, a) == SAVED &&
	    strcmp(value("SELECT COUNT(*) FROM import_conflict"), "4") == 0);
	CHECK_CASE("another organisation decides nothing", import_decide(db, &(struct import){ .id = im.id, .organisation = { 2 } }, by, &id[2], 1, NULL, 0,
	    now++, a) == NOT_SAVED && strcmp(value("SELECT COUNT(*) FROM import_conflict"), "4") == 0);
	const char *home = value("SELECT household_id FROM person WHERE file_number = '1'");
	CHECK_CASE("the rest is taken at once", import_decide_all(db, &im, by, true, now++, &left, a) == SAVED && left == 0);
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', civic_number, street, apartment, city) FROM person WHERE file_number = '1'"), "9|rue Z|5|Gatineau");
	CHECK_CASE("fact 132: and the household is that of the new address",
	    strcmp(value("SELECT household_id FROM person WHERE file_number = '1'"), home) != 0 && strcmp(value("SELECT COUNT(*) FROM household h JOIN person p"
	    " ON p.household_id = h.id WHERE file_number = '1'"), "1") == 0);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(detail ORDER BY id) FROM audit WHERE verb = 'import.decide'"), "2,0,4");
	bool finished = false;
	CHECK_CASE("undone, what was decided is undone too", import_undo(db, org, by, im.id, now++, a) == SAVED);
	while (!finished && import_step(db, im.id, now++, &finished, a))
		;
	CHECK_EQ_S(value(LINES), "Ann|a@b.ca|1|rue A||Laval|membre|un|+15145550001 Luc||||||||+15145550002");
	im = twice(IMPORT_ASK);
	CHECK_CASE("all kept", import_decide_all(db, &im, by, false, now++, &left, a) == SAVED && left == 0 &&
	    strncmp(value(LINES), UNTOUCHED, strlen(UNTOUCHED)) == 0);
	im = twice(IMPORT_ASK);
	CHECK_CASE("undoing closes what is open", import_undo(db, org, by, im.id, now++, a) == SAVED);
	for (finished = false; !finished && import_step(db, im.id, now++, &finished, a); )
		;
	CHECK_CASE("... and then there is nothing to decide", strcmp(value("SELECT COUNT(*) FROM import_conflict"), "0") == 0 &&
	    import_decide(db, &im, by, &id[0], 1, NULL, 0, now++, a) == REFUSED);
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
	rules();
	asking();
	db_close(db);
	return check_done();
}
