/*
 * Imports against a real database: the two sample files completely, twice, killed between pages, and at once.
 *
 * What the files hold was counted apart from this program (with Python's csv module):
 *
 * contacts-1252.csv: 3,030 rows of 17 columns. 3,000 different file numbers; 17 rows repeat one (C-002163
 * twice) and 13 rows have no number but the name, birth date and address of one that has: 30 merged, none refused.
 * Numbers left out: 10 with the letter O among the digits, 19 "aucun" or "n/d", 6 times 911, 5 cut off
 * ("514-555") = 40. Dates left out: 418 memberships until 31 June. Two pairs share name, address and phone, with two
 * file numbers and two birth dates: they stay four people.
 *
 * electors-utf8bom.csv: 5,000 rows; section and elector number never repeat: 5,000 added. 2,532 addresses;
 * 303 voted in advance.
 */
#include "check.h"

#include <fcntl.h>
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

#include "import_world.h"

/* A copy: an import takes its file away. */
static const char *
copy_of(const char *file)
{
	char *to = arena_fmt(a, "%s/upload-%d-%lld", getenv("TOCSIN_TEST_DIR"), (int)getpid(), (long long)now++);
	static char part[65536];
	FILE *in = fopen(file, "rb"), *out = fopen(to, "wb");
	size_t n;

	assert(in != NULL && out != NULL);
	while ((n = fread(part, 1, sizeof(part), in)) > 0)
		fwrite(part, 1, n, out);
	fclose(in);
	fclose(out);
	return to;
}

static void
show(const char *what, const struct import *im)
{
	printf("# %s: read %llu added %llu updated %llu same %llu merged %llu refused %llu phones %llu cells %llu state %d\n", what,
	    (unsigned long long)im->rows_read, (unsigned long long)im->rows_added, (unsigned long long)im->rows_updated,
	    (unsigned long long)im->rows_same, (unsigned long long)im->rows_merged, (unsigned long long)im->rows_refused,
	    (unsigned long long)im->phones_refused, (unsigned long long)im->cells_refused, im->state);
}

/* Everything an import leaves behind but ids and moments. */
static const char *
fingerprint(void)
{
	return value("SELECT MD5(GROUP_CONCAT(line ORDER BY line SEPARATOR '\\n')) FROM (SELECT CONCAT_WS('|', kind, file_number, last_name,"
	    " first_name, email, language, birth_date, civic_number, street, apartment, city, postal_code, time_zone, member_until,"
	    " donations_year, tags, notes, polling_subdivision, elector_number, has_voted, household_id IS NULL,"
	    " (SELECT GROUP_CONCAT(CONCAT(position, kind, e164, extension) ORDER BY position) FROM phone f WHERE f.person_id = p.id))"
	    " AS line FROM person p) all_of_them");
}

static void
contacts(void)
{
	struct import im = finish(begin(PERSON_CONTACT, copy_of("tests/data/contacts-1252.csv")));
	const char *before;

	show("contacts", &im);
	CHECK_EQ_S(im.charset, "WINDOWS-1252");
	CHECK_CASE("the separator of a French Excel is found", im.separator == ';');
	CHECK_CASE("fact 131: contacts: all 3,030 rows are read to the end", im.state == IMPORT_DONE && im.rows_read == 3030);
	CHECK_EQ_U(im.rows_added, 3000);
	CHECK_EQ_U(im.rows_merged, 30);
	CHECK_EQ_U(im.rows_refused, 0);
	CHECK_EQ_U(im.phones_refused, 40);
	CHECK_EQ_U(im.cells_refused, 418);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM person"), "3000");
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CONCAT(reason, ' ', n) ORDER BY reason SEPARATOR ', ') FROM"
	    " (SELECT reason, COUNT(*) n FROM import_refusal GROUP BY reason) r"),
	    "not_a_date 418, phone_emergency 6, phone_impossible 5, phone_letters 10, phone_words 19");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM person WHERE file_number IS NULL"), "0");
	CHECK_EQ_S(value("SELECT CONCAT(last_name, '|', first_name, '|', e164, '|', extension) FROM person p JOIN phone f"
	    " ON f.person_id = p.id AND f.position = 2 WHERE file_number = 'C-000001'"), "Mercier|Angadrême|+13675550825|22");
	CHECK_EQ_S(value("SELECT notes FROM person WHERE file_number = 'C-000002'"), "Ne parle qu’anglais\nAppeler sa fille");
	CHECK_EQ_S(value("SELECT CONCAT(donations_year, '|', tags) FROM person WHERE file_number = 'C-000006'"), "287.50|");
	CHECK_EQ_S(value("SELECT CONCAT(tags, '|', language, '|', birth_date) FROM person WHERE file_number = 'C-000017'"),
	    "bénévole|membre|fr|1991-04-25");
	CHECK_CASE("the Magdalen Islands have their own time",
	    strcmp(value("SELECT GROUP_CONCAT(DISTINCT time_zone) FROM person WHERE postal_code LIKE 'G4T%'"), "America/Halifax") == 0);
	CHECK_CASE("fact 132: C-000005, 6 and 7 are one household",
	    strcmp(value("SELECT COUNT(DISTINCT household_id) FROM person WHERE file_number IN ('C-000005', 'C-000006', 'C-000007')"), "1") == 0);
	CHECK_CASE("the couple of one name, address and phone with two file numbers stays two people",
	    strcmp(value("SELECT COUNT(*) FROM person WHERE file_number IN ('C-000321', 'C-000324')"), "2") == 0);
	CHECK_CASE("no number has a letter or is an emergency",
	    strcmp(value("SELECT COUNT(*) FROM phone WHERE e164 NOT REGEXP '^[+][0-9]{8,15}$'"), "0") == 0);
	CHECK_CASE("a file that was stored is not kept", access(im.path, F_OK) != 0);
	CHECK_CASE("who imported and that it ended is in the audit", strcmp(value("SELECT GROUP_CONCAT(verb ORDER BY id) FROM audit"),
	    "import.upload,import.start,import.done") == 0);

	before = value("SELECT CONCAT(COUNT(*), '|', MAX(updated_at), '|', SUM(updated_at), '|', (SELECT COUNT(*) FROM phone), '|',"
	    " (SELECT COUNT(*) FROM household)) FROM person");
	const char *print = fingerprint();
	im = finish(begin(PERSON_CONTACT, copy_of("tests/data/contacts-1252.csv")));
	show("again", &im);
	CHECK_CASE("fact 131: the same file again: every row is the same, nobody is added or changed",
	    im.rows_same == 3030 && im.rows_added == 0 && im.rows_updated == 0 && im.rows_merged == 0 && im.rows_refused == 0);
	CHECK_EQ_S(value("SELECT CONCAT(COUNT(*), '|', MAX(updated_at), '|', SUM(updated_at), '|', (SELECT COUNT(*) FROM phone), '|',"
	    " (SELECT COUNT(*) FROM household)) FROM person"), before);
	CHECK_EQ_S(fingerprint(), print);
}

static void
electors(void)
{
	struct import im = finish(begin(PERSON_ELECTOR, copy_of("tests/data/electors-utf8bom.csv")));

	show("electors", &im);
	CHECK_EQ_S(im.charset, "UTF-8");
	CHECK_CASE("a comma is found", im.separator == ',');
	CHECK_EQ_U(im.rows_read, 5000);
	CHECK_EQ_U(im.rows_added, 5000);
	CHECK_EQ_U(im.rows_merged, 0);
	CHECK_EQ_U(im.rows_refused, 0);
	CHECK_EQ_U(im.phones_refused + im.cells_refused, 0);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM person WHERE kind = 'elector' AND has_voted AND advance_vote = 'O'"), "303");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM household WHERE kind = 'elector'"), "2532");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM phone f JOIN person p ON p.id = f.person_id WHERE p.kind = 'elector'"), "1626");
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', electoral_division, district, polling_subdivision, elector_number, last_name, polling_place)"
	    " FROM person WHERE kind = 'elector' ORDER BY id LIMIT 1"),
	    "Mille-Îles|3 - Val-des-Arbres|3|1|Mercier|École des Cèdres, local 5");
	im = finish(begin(PERSON_ELECTOR, copy_of("tests/data/electors-utf8bom.csv")));
	CHECK_CASE("fact 131: the electors again: all the same", im.rows_same == 5000 && im.rows_read == 5000);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM person"), "8000");
}

static void
empty_again(void)
{
	const char *why;

	if (!db_script(db, "DELETE FROM person; DELETE FROM phone; DELETE FROM household; DELETE FROM import_refusal; DELETE FROM job;"
	    " DELETE FROM import; DELETE FROM audit", a, &why))
		printf("# %s\n", why);
}

/* A child works and is killed with -9 after so many microseconds; then another goes on. */
static void
killed(void)
{
	const char *whole;
	struct import im;
	unsigned kills = 0;

	empty_again();
	finish(begin(PERSON_CONTACT, copy_of("tests/data/contacts-1252.csv")));
	whole = fingerprint();
	empty_again();
	struct import_id id = begin(PERSON_CONTACT, copy_of("tests/data/contacts-1252.csv"));
	srand((unsigned)getpid());
	for (int i = 0; i < 12; i++) {
		pid_t child = fork();
		if (child == 0) {
			db = db_open(true);	/* a connection of its own */
			finish(id);
			_exit(0);
		}
		usleep(30000 + (useconds_t)(rand() % 120000));
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		kills += WIFSIGNALED(status);
	}
	im = finish(id);
	show("killed", &im);
	printf("# killed %u times, seed %d\n", kills, (int)getpid());
	CHECK_CASE("a worker was killed at least once in the middle", kills > 0);
	CHECK_CASE("an import killed with -9 and gone on with counts every row once", im.state == IMPORT_DONE && im.rows_read == 3030 &&
	    im.rows_added == 3000 && im.rows_merged == 30 && im.phones_refused == 40 && im.cells_refused == 418);
	CHECK_EQ_S(fingerprint(), whole);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM import_refusal"), "458");
}

/* Two workers, two imports of the same file, at the same time: nobody twice. */
static void
at_once(void)
{
	struct import_id id[2];
	struct import im[2];
	pid_t child[2];
	int status;

	empty_again();
	id[0] = begin(PERSON_CONTACT, copy_of("tests/data/contacts-1252.csv"));
	id[1] = begin(PERSON_CONTACT, copy_of("tests/data/contacts-1252.csv"));
	for (int i = 0; i < 2; i++)
		if ((child[i] = fork()) == 0) {
			db = db_open(true);
			_exit(finish(id[i]).state != IMPORT_DONE);
		}
	for (int i = 0; i < 2; i++) {
		waitpid(child[i], &status, 0);
		CHECK_CASE("both imports end well", WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	for (int i = 0; i < 2; i++)
		if (import_by_id(db, org, id[i], &im[i], a) != FOUND)
			im[i].state = IMPORT_FAILED;
	show("one", &im[0]);
	show("other", &im[1]);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM person"), "3000");
	CHECK_CASE("two imports at once add every person once, together", im[0].rows_added + im[1].rows_added == 3000 &&
	    im[0].rows_read == 3030 && im[1].rows_read == 3030);
}

/* Small files for the rules of who is who. */
static struct import
text_import(enum person_kind kind, const char *text)
{
	return finish(begin(kind, text_file(text)));
}

/* The import writes the tags of those it adds by itself: as the trigger of everybody else would have. */
static void
tags_as_of_trigger(void)
{
#define TAGS	"(SELECT COALESCE(GROUP_CONCAT(CONCAT(person_id, ' ', tag) ORDER BY person_id, tag SEPARATOR ','), '') FROM person_tag)"
	static const char *const rows[] = { "a|b", "|a||b|", "A|a|à", "|", "un tag", "x|y|z|x",
	    "123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 and more|b" };
	const char *text = "No dossier;Nom;Étiquettes\n", *ours, *why;
	struct import done;

	for (size_t i = 0; i < NITEMS(rows); i++)
		text = arena_fmt(a, "%sT-%zu;Tag;%s\n", text, i, rows[i]);
	done = text_import(PERSON_CONTACT, text);
	CHECK(db_script(db, "SET group_concat_max_len = 1000000", a, &why));
	ours = value("SELECT " TAGS);
	CHECK_CASE("added people have their tags", done.rows_added == NITEMS(rows) &&
	    strcmp(value("SELECT COUNT(*) FROM person_tag g JOIN person p ON p.id = g.person_id WHERE p.file_number LIKE 'T-%'"), "11") == 0);
	CHECK(db_script(db, "UPDATE person SET tags = CONCAT(tags, '|') WHERE tags <> ''", a, &why));
	CHECK_EQ_S_N("the tags of added people are as the trigger writes them", value("SELECT " TAGS), ours);
	CHECK(db_script(db, "UPDATE person SET tags = TRIM(TRAILING '|' FROM tags) WHERE tags <> ''; DELETE g FROM person_tag g JOIN person p"
	    " ON p.id = g.person_id WHERE p.file_number LIKE 'T-%'; DELETE FROM person WHERE file_number LIKE 'T-%'", a, &why));
#undef TAGS
}

static void
rules(void)
{
	struct import im;

	empty_again();
	im = text_import(PERSON_CONTACT, "Nom;Prénom;Date de naissance;Téléphone;No civique;Rue;Ville;Notes;Étiquettes\n"
	    "Roy;Jean;1950-01-01;514 555-0001;10;rue A;Laval;un;a|b\n"
	    "Roy;Jean;1980-01-01;514 555-0001;10;rue A;Laval;deux;\n"		/* the son: another birth date */
	    "ROY;JEAN;1950-01-01;;;;;;c\n"					/* the father again: name and birth date */
	    "Roy;Jean;;514 555-0001;;;;;\n"					/* father or son? a tie: a third */
	    ";;;;;;;x;\n"
	    "Roy;Jean\n"
	    "Roy;Jean;;;;;;;;trop\n"
	    ";;;;;;;;\n"
	    "Côté;;;\"aucun\";;;;\"ligne 1\nligne 2\";\n");
	show("rules", &im);
	CHECK_CASE("father and son of one name, address and phone stay two; a tie adds", im.rows_added == 4 && im.rows_merged == 1);
	CHECK_EQ_U(im.rows_refused, 3);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CONCAT(line, ' ', reason, ' ', whole_row) ORDER BY line SEPARATOR ', ') FROM import_refusal"),
	    "6 row_no_name 1, 7 row_too_short 1, 8 row_too_long 1, 10 phone_words 0");
	CHECK_EQ_S(value("SELECT tags FROM person WHERE birth_date = '1950-01-01'"), "a|b|c");
	im = text_import(PERSON_CONTACT, "Nom;Prénom;Date de naissance;Téléphone;No civique;Rue;Ville;Notes;Étiquettes\n"
	    "Roy;Jean;1950-01-01;514 555-0001;10;rue A;Laval;un;a|b\n"
	    "Roy;Jean;1980-01-01;514 555-0001;10;rue A;Laval;deux;\n"
	    "Roy;Jean;;514 555-0001;;;;;\n");
	CHECK_CASE("... and are known again", im.rows_same == 3);

	tags_as_of_trigger();

	im = text_import(PERSON_CONTACT, "No dossier,Nom,Prénom,Date de naissance,Téléphone,Courriel\n"
	    "7,Roy,Jean,1950-01-01,438 555-0009,JEAN@Exemple.ca\n");
	CHECK_CASE("a number found later, by name and birth date: the same person, updated", im.rows_updated == 1);
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', file_number, email, (SELECT GROUP_CONCAT(e164 ORDER BY position) FROM phone f WHERE"
	    " f.person_id = p.id)) FROM person p WHERE birth_date = '1950-01-01'"), "7|jean@exemple.ca|+14385550009,+15145550001");
	im = text_import(PERSON_CONTACT, "No dossier,Nom,Prénom,Date de naissance\n7,Tremblay,Luc,1999-09-09\n");
	CHECK_CASE("a number that went to somebody else is refused, not renamed", im.rows_refused == 1);
	im = text_import(PERSON_CONTACT, "Nom,Prénom,No civique,Rue,App,Ville,Ne pas appeler\n"
	    "Gagnon,Ève,5,rue de l'Église,2,L'Île-Perrot,oui\nGagnon,Léo,5,RUE DE L’EGLISE,2,L’ILE PERROT,\nGagnon,Ida,,,,Laval,\n");
	CHECK_CASE("fact 132: case, accents and punctuation do not make another household",
	    strcmp(value("SELECT COUNT(DISTINCT household_id) FROM person WHERE last_name = 'Gagnon' AND civic_number = '5'"), "1") == 0);
	CHECK_CASE("fact 71: no address, no household",
	    strcmp(value("SELECT COUNT(household_id) FROM person WHERE first_name = 'Ida'"), "0") == 0);
	im = text_import(PERSON_CONTACT, "Nom,Prénom,No civique,Rue,Ville,Téléphone\nGagnon,Ève,5,rue de l'Église,Laval,\n");
	im = text_import(PERSON_CONTACT, "Nom,Prénom,No civique,Rue,Ville,Téléphone\nGagnon,Ève,5,rue de l'Église,Laval,514 555-0177\n");
	CHECK_CASE("a first number for somebody who had none", im.rows_updated == 1 &&
	    strcmp(value("SELECT COUNT(*) FROM phone WHERE e164 = '+15145550177'"), "1") == 0);
	CHECK_CASE("a forbidden call is kept", strcmp(value("SELECT COUNT(*) FROM person WHERE calls_forbidden"), "1") == 0);
}

/* Rows of one person that contradict each other: the first one counts, and the file twice changes nothing. */
static void
contradictions(void)
{
	static const char file[] = "No dossier;Nom;Prénom;Téléphone;Courriel;No civique;Rue;Ville;App.;Notes\n"
	    "1;Roy;Ann;514 555-0001;a@b.ca;1;rue A;Laval;;x\n1;Roy;Ann;514 555-0002;c@d.ca;2;rue B;Gatineau;7;y\n";
	static const char moved[] = "No dossier;Nom;Prénom;Téléphone;Courriel;No civique;Rue;Ville;App.;Notes\n"
	    "1;Roy;Ann;514 555-0003;;3;rue C;Laval;5;\n";
	static const char back[] = "No dossier;Nom;Prénom;No civique;Rue;Ville;App.\n1;Roy;Ann;1;rue A;Laval;\n";
	const char *state = "SELECT CONCAT_WS('|', email, civic_number, street, apartment, city, notes, updated_at, household_id,"
	    " (SELECT GROUP_CONCAT(e164 ORDER BY position) FROM phone)) FROM person";
	const char *before;
	struct import im;

	empty_again();
	im = text_import(PERSON_CONTACT, file);
	CHECK_CASE("two rows of one person that differ: one added, one merged", im.rows_added == 1 && im.rows_merged == 1);
	before = value(state);
	CHECK_CASE("the first row's values stand, its number first, both notes kept",
	    strncmp(before, "a@b.ca|1|rue A||Laval|x\ny|", 26) == 0 && strstr(before, "+15145550001,+15145550002") != NULL);
	im = text_import(PERSON_CONTACT, file);
	CHECK_CASE("the same two rows again are the same", im.rows_same == 2);
	CHECK_EQ_S(value(state), before);
	im = text_import(PERSON_CONTACT, moved);
	CHECK_EQ_U(im.rows_updated, 1);
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', email, civic_number, street, apartment, (SELECT GROUP_CONCAT(e164 ORDER BY position) FROM phone),"
	    " (SELECT COUNT(*) FROM household h WHERE h.id = p.household_id)) FROM person p"),
	    "a@b.ca|3|rue C|5|+15145550003,+15145550001,+15145550002|1");
	im = text_import(PERSON_CONTACT, back);
	CHECK_EQ_S(value("SELECT CONCAT_WS('|', civic_number, street, apartment, (SELECT COUNT(*) FROM phone)) FROM person"), "1|rue A||3");
	CHECK_CASE("whoever moves back is in the old household again",
	    strcmp(value("SELECT COUNT(*) FROM household"), "2") == 0);
}

/* Notes as long as the record's form takes, and what is more: named, with its line, not dropped. */
static void
no_room(void)
{
	char *note = arena_alloc(a, 4 * PERSON_NOTES_MAX + 1), *tags = arena_alloc(a, PERSON_TAGS_MAX + 1);
	const char *file;
	struct import im;

	empty_again();
	for (size_t i = 0; i < PERSON_NOTES_MAX; i++)
		memcpy(note + 2 * i, "\u00e9", 2);
	memset(tags, 't', 60);
	for (size_t i = 1; i < 8; i++)
		memcpy(tags + 61 * i - 1, arena_fmt(a, "|%zu%060d", i, 0), 61);
	im = text_import(PERSON_CONTACT, arena_fmt(a, "No dossier;Nom;Étiquettes;Notes\n1;Roy;%s;%s\n2;Côté;;%sx\n", tags, note, note));
	CHECK_CASE("a note of the longest kind is taken, one letter more is named", im.rows_added == 2 && im.cells_refused == 1);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CHAR_LENGTH(notes) ORDER BY file_number) FROM person"), "16000,0");
	file = "No dossier;Nom;Étiquettes;Notes\n1;Roy;deux mots de plus qui ne tiennent pas|encore une de plus;et ceci\n";
	im = text_import(PERSON_CONTACT, file);
	CHECK_CASE("what finds no room below is named too", im.rows_same == 1 && im.cells_refused == 2);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CONCAT_WS('|', line, position, reason, cell, row_text <> '') ORDER BY position SEPARATOR '/') FROM import_refusal"
	    " WHERE import_id = (SELECT MAX(id) FROM import)"),
	    "2|3|field_full|deux mots de plus qui ne tiennent pas, encore une de plus|1/2|4|field_full|et ceci|1");
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(CHAR_LENGTH(notes) ORDER BY file_number) FROM person"), "16000,0");
}

/* UTF-16, as Excel saves "Unicode text": converted, with its progress inside the file's bytes. */
static void
utf16(void)
{
	const char *path = text_file("");
	FILE *f = fopen(path, "wb");
	static const char text[] = "Nom\tPr\xe9nom\nRoy\tAnn\xe9\nC\xf4t\xe9\tL\xe9o\n";
	struct import im;

	fputs("\xff\xfe", f);
	for (const char *p = text; *p != '\0'; p++) {
		fputc(*p, f);
		fputc(0, f);
	}
	fclose(f);
	empty_again();
	im = finish(begin(PERSON_CONTACT, path));
	CHECK_EQ_S(im.charset, "UTF-16LE");
	CHECK_CASE("a file in UTF-16 with tabs is imported", im.rows_added == 2 &&
	    strcmp(value("SELECT GROUP_CONCAT(CONCAT(last_name, ' ', first_name) ORDER BY last_name) FROM person"), "Côté Léo,Roy Anné") == 0);
}

static void
bad_files(void)
{
	struct import_id id;
	enum refusal why = R_NONE;
	const char *zip = text_file("PK\003\004 this is a spreadsheet");

	CHECK_CASE("a broken workbook is refused", import_take(db, org, by, PERSON_CONTACT, "x.xlsx", zip, 20, now, &id, &why, a) ==
	    REFUSED && why == R_SHEET_BROKEN);
	CHECK_CASE("a file that is no text is refused", import_take(db, org, by, PERSON_CONTACT, "x.png", copy_of("/bin/true"), 20, now, &id,
	    &why, a) == REFUSED && why == R_FILE_NOT_TEXT);
	CHECK_CASE("an empty file is refused", import_take(db, org, by, PERSON_CONTACT, "x.csv", text_file("\n\n"), 2, now, &id, &why, a) ==
	    REFUSED && why == R_FILE_EMPTY);
	id = begin(PERSON_CONTACT, text_file("Nom;Prénom\nRoy;Anne\n"));
	struct import im;
	bool finished = false;
	if (import_by_id(db, org, id, &im, a) == FOUND)
		unlink(im.path);
	CHECK_CASE("a file that vanished ends the import, it does not hang", import_step(db, id, now, &finished, a) && finished &&
	    import_by_id(db, org, id, &im, a) == FOUND && im.state == IMPORT_FAILED);
	CHECK_CASE("another organisation does not see it", import_by_id(db, (struct organisation_id){ 2 }, id, &im, a) == NONE);
	enum import_field twice[] = { IF_LAST_NAME, IF_LAST_NAME };
	id = (struct import_id){ 0 };
	CHECK_CASE("two columns to one field are refused",
	    import_take(db, org, by, PERSON_CONTACT, "x.csv", text_file("Nom;Nom\nRoy;Anne\n"), 20, now, &id, &why, a) == SAVED &&
	    import_start(db, org, by, id, twice, 2, IMPORT_CORRECT, now, &why, a) == REFUSED && why == R_COLUMN_TWICE);
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
	contacts();
	electors();
	rules();
	contradictions();
	no_room();
	utf16();
	bad_files();
	killed();
	at_once();
	db_close(db);
	return check_done();
}
