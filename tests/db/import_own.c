/* Columns of a file that go to fields of the organisation's own: guessed, kept for the next file, stored by the import's rule, undone. */
#include "check.h"

#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "import_world.h"

#define HEAD "No dossier;Nom;Équipe;Enfants;Rencontre;Affiche\n"
#define VALUES "SELECT GROUP_CONCAT(CONCAT(p.file_number, ':', f.name, '=', v.value) ORDER BY p.file_number, f.id SEPARATOR ' ')" \
	" FROM person p JOIN custom_value v ON v.person_id = p.id JOIN custom_field f ON f.id = v.field_id"

static enum refusal why;

static struct import
uploaded(const char *text)
{
	struct import_id id = { 0 };
	struct import im = { 0 };

	CHECK(import_take(db, org, by, PERSON_CONTACT, "x.csv", text_file(text), 1000, now++, &id, &why, a) == SAVED && import_by_id(db, org, id, &im, a) == FOUND);
	return im;
}

static struct import
import(const char *text, enum import_rule rule)
{
	struct import im = uploaded(text);

	CHECK(import_start_columns(db, org, by, im.id, &im, rule, now++, &why, a) == SAVED);
	return finish(im.id);
}

static void
undo(struct import_id id)
{
	bool finished = false;

	CHECK(import_undo(db, org, by, id, now++, a) == SAVED);
	while (!finished && import_step(db, id, now++, &finished, a))
		;
}

int
main(void)
{
	struct import_conflict *c;
	struct import im, again;
	uint64_t total;
	size_t n;

	conf_load();
	log_open("test");
	seal_open();
	lang_open();
	db = db_open(false);
	a = arena_new();
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'T', 1), (2, 'U', 1);"
	    "INSERT INTO custom_field (id, organisation_id, kind, form, name, created_at, put_away_at) VALUES (1, 1, 'contact', 'text', 'Equipe', 1, NULL),"
	    " (2, 1, 'contact', 'number', 'Enfants', 1, NULL), (3, 1, 'contact', 'date', 'Rencontre', 1, NULL), (4, 1, 'contact', 'yes', 'Affiche', 1, NULL),"
	    " (5, 1, 'contact', 'text', 'Ancien', 1, 9), (6, 2, 'contact', 'text', 'Notes', 1, NULL), (7, 1, 'elector', 'text', 'Nom', 1, NULL)");

	im = uploaded(HEAD "1;Roy;Nord;1 200;8 mars 2026;oui\n");
	CHECK_CASE("guessed by the field's name, accents do not count", im.nown == 4 && import_own_at(&im, 2) != NULL && import_own_at(&im, 2)->field == 1 &&
	    import_own_at(&im, 1) == NULL && im.mapping[1] == IF_LAST_NAME);
	{
		struct import_sample s[2];
		CHECK_CASE("the preview shows what will be stored", import_preview(&im, s, 2, &n, a) && n == 1 && strcmp(s[0].row.own[1], "1200") == 0);
	}
	struct import twice = im;
	CHECK(import_own_take(&twice, 0, "own_text-1"));
	CHECK_CASE("two columns of one field", import_start_columns(db, org, by, im.id, &twice, IMPORT_CORRECT, now++, &why, a) == REFUSED && why == R_COLUMN_TWICE);
	struct import odd = uploaded("No dossier;Nom;A;B;C\n1;Roy;x;y;z\n");
	CHECK(import_own_take(&odd, 2, "own_text-6") && import_own_take(&odd, 3, "own_text-5") && !import_own_take(&odd, 4, "own_text-x") && !import_own_take(&odd, 4, "city"));
	CHECK(import_start_columns(db, org, by, odd.id, &odd, IMPORT_CORRECT, now++, &why, a) == SAVED);
	finish(odd.id);
	CHECK_EQ_S_N("another organisation's field, one that was put away: left out", value(VALUES), "");

	im = import(HEAD "1;Roy;Nord;1 200;2026-03-08;oui\n2;Côté;;drei;31/12/2026;non\n3;Gagné;'=1+1;-5;;peut-être\n1;Roy;Sud;;;\n", IMPORT_CORRECT);
	CHECK_EQ_S_N("every form, by the cells' own writing; a second row of a person only fills blanks", value(VALUES),
	    "1:Equipe=Nord 1:Enfants=1200 1:Rencontre=2026-03-08 1:Affiche=1 2:Rencontre=2026-12-31 3:Equipe==1+1 3:Enfants=-5");
	CHECK_EQ_U_N("a value that does not fit is refused, its person kept", im.cells_refused, 2);
	again = import(HEAD "1;Roy;Nord;1 200;2026-03-08;oui\n2;Côté;;drei;31/12/2026;non\n3;Gagné;'=1+1;-5;;peut-être\n1;Roy;Sud;;;\n", IMPORT_CORRECT);
	CHECK_EQ_U_N("fact 131: the same file twice changes nothing", again.rows_updated + again.rows_added, 0);
	im = uploaded(HEAD "1;Roy;;;;\n");
	CHECK_CASE("the columns go where they went last time", im.known && im.nown == 4 && import_own_at(&im, 3)->field == 2);

	import(HEAD "1;Roy;Ouest;;;\n2;Côté;Est;7;;\n", IMPORT_FILL);
	CHECK_EQ_S_N("only blanks are filled", value(VALUES " WHERE v.field_id < 3"), "1:Equipe=Nord 1:Enfants=1200 2:Equipe=Est 2:Enfants=7 3:Equipe==1+1 3:Enfants=-5");
	im = import(HEAD "1;Roy;Ouest;9;;\n", IMPORT_ASK);
	CHECK_CASE("asked about", import_conflicts(db, im.id, 10, &c, &n, &total, a) && n == 2 && strcmp(c[0].own, "Equipe") == 0 && strcmp(c[0].ours, "Nord") == 0 &&
	    strcmp(c[0].theirs, "Ouest") == 0);
	CHECK(import_decide(db, &im, by, &c[0].id, 1, &c[1].id, 1, now++, a) == SAVED);
	CHECK_EQ_S_N("one is taken, one is kept", value(VALUES " WHERE p.file_number = '1' AND v.field_id < 3"), "1:Equipe=Ouest 1:Enfants=1200");

	const char *before = value(VALUES);
	im = import(HEAD "1;Roy;Centre;1;2030-01-01;\n2;Côté;Bas;8;;oui\n3;Gagné;Haut;3;;\n9;Neuf;Loin;1;;oui\n", IMPORT_CORRECT);
	CHECK(strstr(value(VALUES), "1:Equipe=Centre") != NULL && strstr(value(VALUES), "9:Equipe=Loin") != NULL);
	struct record_by who = { org, by, { (uint64_t)strtoull(value("SELECT id FROM person WHERE file_number = '3'"), NULL, 10) }, now += 1000 };
	struct custom_field own = { .id = 2, .name = "Enfants", .form = CUSTOM_NUMBER };
	const char *four = "4";
	CHECK(custom_store(db, &who, &own, &four, 1, &why, a) == SAVED);
	undo(im.id);
	CHECK_EQ_S_N("undone: as before, whom it added is gone", value(VALUES " WHERE p.file_number <> '3'"),
	    "1:Equipe=Ouest 1:Enfants=1200 1:Rencontre=2026-03-08 1:Affiche=1 2:Equipe=Est 2:Enfants=7 2:Rencontre=2026-12-31");
	CHECK_CASE("(and before that was the same)", strstr(before, "2:Equipe=Est 2:Enfants=7 2:Rencontre=2026-12-31") != NULL);
	CHECK_EQ_S_N("who was changed since stays", value(VALUES " WHERE p.file_number = '3'"), "3:Equipe=Haut 3:Enfants=4");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM import_before_own WHERE import_id = (SELECT MAX(id) FROM import)"), "0");
	CHECK_EQ_S_N("nothing of nobody", value("SELECT COUNT(*) FROM custom_value v LEFT JOIN person p ON p.id = v.person_id WHERE p.id IS NULL"), "0");
	return check_done();
}
