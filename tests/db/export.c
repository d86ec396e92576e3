/*
 * export.c - files that leave the house: what is in them, who may ask, one picture while others write, and a worker
 * that dies on the way (facts 127, 128).
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "domain/export.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/csv.h"
#include "plumb/seal.h"
#include "plumb/sheet.h"

#define NOW	INT64_C(1795867200000000)		/* 28 November 2026, 13:00 in Toronto */

static struct db *db;
static struct arena *a;
#include "sql.h"

static const struct who organiser = { .user = 2, .organisation = 1, .role = ROLE_ORGANISER, .name = "O", .zone = "America/Toronto" };
static const struct who administrator = { .user = 1, .organisation = 1, .role = ROLE_ADMINISTRATOR, .name = "A", .zone = "America/Toronto" };
static const struct who volunteer = { .user = 3, .organisation = 1, .role = ROLE_VOLUNTEER, .name = "V", .zone = "America/Toronto" };
static const struct who stranger = { .user = 9, .organisation = 2, .role = ROLE_ADMINISTRATOR, .name = "S", .zone = "America/Toronto" };
static unsigned forms;
static enum refusal why;

static enum saved
ask_as(const struct who *who, struct export_wish w, struct export_id *id)
{
	static unsigned char key[16];

	forms++;
	memcpy(key, &forms, sizeof(forms));
	w.form_key = w.form_key == NULL ? key : w.form_key;
	w.zone = w.zone == NULL ? "America/Toronto" : w.zone;
	w.from_day = w.from_day == NULL ? "" : w.from_day;
	w.until_day = w.until_day == NULL ? "" : w.until_day;
	why = R_NONE;
	return export_start(db, who, &w, NOW, id, &why, a);
}
#define ASK(who, id, ...)	ask_as((who), (struct export_wish){ __VA_ARGS__ }, (id))

static struct export
made(struct export_id id, unsigned *steps)
{
	struct arena *page = arena_new();
	struct export x = { 0 };
	bool finished = false;

	for (*steps = 0; *steps < 200 && !finished; ++*steps) {
		arena_reset(page);
		if (!export_step(db, id, NOW, &finished, page))
			break;
	}
	arena_free(page);
	if (export_by_id(db, &administrator, id, &x, a) != FOUND)
		x.state = EXPORT_FAILED;
	return x;
}

static const char *
bytes_of(const struct export *x)
{
	FILE *f = fopen(export_path(x, a), "rb");
	char *text = arena_alloc(a, x->bytes + 1);

	if (f == NULL || fread(text, 1, x->bytes, f) != x->bytes)
		text = NULL;
	if (f != NULL)
		fclose(f);
	return text;
}

static void
world(void)
{
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Un', 1), (2, 'Deux', 1);"
	    "INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (1, 1, 'Ada', 'administrator', 1),"
	    " (2, 1, 'Olga', 'organiser', 1), (3, 1, 'Vic', 'volunteer', 1), (9, 2, 'Sam', 'administrator', 1);"
	    "INSERT INTO operation (id, organisation_id, state, name, time_zone, created_by, created_at) VALUES"
	    " (1, 1, 'active', 'Appels; d’automne', 'America/Toronto', 2, 1), (2, 1, 'active', 'Other', 'America/Toronto', 1, 2),"
	    " (3, 2, 'active', 'Theirs', 'America/Toronto', 9, 3);"
	    "INSERT INTO member VALUES (1, 2, 'owner', NULL, 1), (1, 3, 'agent', NULL, 1);"
	    "INSERT INTO person (id, organisation_id, kind, file_number, last_name, first_name, language, birth_date, tags, notes,"
	    " calls_forbidden, donations_year, created_at, updated_at) VALUES"
	    " (1, 1, 'contact', '007', '=1+1', 'Zoé', 'fr', '1980-02-29', 'a|b', 'line one\r\nline \"two\"; semi', 0, 12.50, 1, 1),"
	    " (2, 1, 'contact', NULL, 'Gélinas', '😀 Ann', '', NULL, '', '\tTab', 1, NULL, 1, 1),"
	    " (3, 1, 'contact', NULL, '@cmd', '-x', '', NULL, '', '+1', 0, NULL, 1, 1),"
	    " (4, 1, 'elector', NULL, 'Elector', 'E', '', NULL, '', '', 0, NULL, 1, 1),"
	    " (5, 2, 'contact', NULL, 'Foreign', 'F', '', NULL, '', '', 0, NULL, 1, 1);"
	    "INSERT INTO phone (person_id, position, kind, e164, extension, state) VALUES (1, 1, 'cell', '+15145550101', '22', 'ok'),"
	    " (1, 2, 'cell', '+15145550102', '', 'ok'), (1, 3, 'home', '+14385550103', '', 'wrong'), (2, 1, 'home', '+33123456789', '', 'ok');"
	    "INSERT INTO custom_field (id, organisation_id, kind, form, name, created_at) VALUES (1, 1, 'contact', 'text', 'Équipe', 1),"
	    " (2, 1, 'contact', 'yes', 'Affiche', 1);"
	    "INSERT INTO custom_value VALUES (1, 1, 'Nord'), (1, 2, '1')");
}

static void
people(void)
{
	struct people_filter of = { .kind = PERSON_CONTACT, .search = "Gelinas", .city = "", .tag = "", .subdivision = "", .language = "" };
	struct export_id id;
	struct export x;
	const char *text;
	unsigned steps;

	CHECK(ASK(&organiser, &id, .what = EXPORT_CONTACTS, .format = EXPORT_SEMICOLON, .lang = LANG_FR) == SAVED);
	x = made(id, &steps);
	CHECK_CASE("an export is made", x.state == EXPORT_DONE);
	CHECK_EQ_U_N("of the people of this organisation and kind", x.rows, 3);
	text = bytes_of(&x);
	CHECK_CASE("fact 127: it begins with the mark of UTF-8", memcmp(text, "\xef\xbb\xbf" "Personne;", 12) == 0);
	CHECK_EQ_S_N("fact 127: cells that would be formulas are neutralised, quotes and line breaks kept, one row each, CRLF",
	    strstr(text, "\r\n1;"),
	    "\r\n1;007;\"'=1+1\";Zoé;;514 555-0101 ext. 22;;;fr;1980-02-29;;;;;;;;;12.50;;a, b;\"line one\r\nline \"\"two\"\"; semi\";;514 555-0102;438 555-0103;oui;Nord"
	    "\r\n2;;Gélinas;😀 Ann;\"'+33 1 23 45 67 89\";;;;;;;;;;;;;;;;;\"'\tTab\";oui;;;;"
	    "\r\n3;;\"'@cmd\";\"'-x\";;;;;;;;;;;;;;;;;;\"'+1\";;;;;\r\n");
	CHECK(ASK(&organiser, &id, .what = EXPORT_CONTACTS, .format = EXPORT_COMMA, .lang = LANG_EN, .filter = &of) == SAVED);
	x = made(id, &steps);
	CHECK_CASE("by filter, without accents, with commas", x.rows == 1 && strstr(bytes_of(&x), "\r\n2,,Gélinas,😀 Ann,") != NULL);
	of.search = "Nobody at all";
	CHECK(ASK(&organiser, &id, .what = EXPORT_CONTACTS, .format = EXPORT_COMMA, .lang = LANG_EN, .filter = &of) == SAVED);
	x = made(id, &steps);
	CHECK_CASE("a filter that matches nothing gives a header and no row", x.state == EXPORT_DONE && x.rows == 0 && x.bytes > 10);
	CHECK(ASK(&organiser, &id, .what = EXPORT_CONTACTS, .format = EXPORT_XLSX, .lang = LANG_EN, .filter = &of) == SAVED);
	CHECK_CASE("also as a workbook", made(id, &steps).state == EXPORT_DONE);
}

static void
workbook(void)
{
	const char *cell[30] = { 0 };
	struct export_id id;
	struct export x;
	struct csv *file;
	struct csv_row row;
	struct csv_shape shape = { .charset = "UTF-8", .separator = ';', .text = true };
	unsigned steps;
	char *csv;

	CHECK(ASK(&organiser, &id, .what = EXPORT_CONTACTS, .format = EXPORT_XLSX, .lang = LANG_EN) == SAVED);
	x = made(id, &steps);
	CHECK_CASE("a workbook is made", x.state == EXPORT_DONE && x.bytes > 1000);
	CHECK_CASE("nothing half made stays beside it", access(arena_fmt(a, "%s.part", export_path(&x, a)), F_OK) != 0);
	csv = arena_fmt(a, "%s/back.csv", getenv("TOCSIN_TEST_DIR"));
	CHECK_CASE("our own reader of workbooks reads it", sheet_to_csv(export_path(&x, a), csv) == SHEET_OK);
	file = csv_open(csv, &shape, 0, 1);
	CHECK(file != NULL && csv_next(file, &row) == FOUND && csv_next(file, &row) == FOUND);
	for (size_t i = 0; i < row.ncells && i < 30; i++)
		cell[i] = arena_strdup(a, row.cell[i]);
	CHECK_EQ_S(cell[0], "1");
	CHECK_EQ_S_N("leading zeros stay", cell[1], "007");
	CHECK_EQ_S_N("a formula is text", cell[2], "=1+1");
	CHECK_EQ_S(cell[3], "Zoé");
	csv_close(file);
}

static void
calls(void)
{
	struct export_id id, again;
	struct export x;
	const char *text;
	unsigned steps;
	unsigned char key[16] = "the same form..";

	run("INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, callback_at, time_zone, started_at,"
	    " saved_at, form_key, note) VALUES"
	    " (1, 1, 1, 1, 1, 3, '+15145550101', 10, 1795870800000000, 'America/Vancouver', 1795860000000000, 1795860060000000, 'k1', '=note'),"
	    " (2, 1, 1, 2, 1, 3, '', 16, NULL, 'America/Toronto', 1795863600000000, 1795863660000000, 'k2', ''),"
	    " (3, 2, 2, 1, 2, 1, '+15145550102', 16, NULL, 'America/Toronto', 1, 1795863660000000, 'k3', ''),"
	    " (4, NULL, NULL, 0, 2, 1, '+15145550102', 16, NULL, 'America/Toronto', 1, 1795863660000000, 'k4', ''),"
	    " (5, 3, 3, 1, 5, 9, '+15145550105', 16, NULL, 'America/Toronto', 1, 1795863660000000, 'k5', '');"
	    "INSERT INTO survey (id, organisation_id, name, created_at) VALUES (1, 1, 'S', 1);"
	    "INSERT INTO survey_version (id, survey_id, number, created_at) VALUES (1, 1, 1, 1);"
	    "INSERT INTO question (id, version_id, stable_id, position, kind, text_en, text_fr) VALUES"
	    " (1, 1, 11, 1, 'single_choice', 'Will you vote?', 'Voterez-vous?'), (2, 1, 12, 2, 'text_long', 'Why?', '');"
	    "INSERT INTO choice (id, question_id, stable_id, position, text_en, text_fr) VALUES (1, 1, 21, 1, 'Yes', 'Oui');"
	    "INSERT INTO answer VALUES (2, 1, 0, 1, ''), (2, 2, 0, NULL, '=BECAUSE')");
	CHECK(ASK(&organiser, &id, .what = EXPORT_CALLS, .format = EXPORT_COMMA, .lang = LANG_EN, .operation = { 1 }) == SAVED);
	x = made(id, &steps);
	text = bytes_of(&x);
	CHECK_EQ_S_N("calls say who, when by the person's clock, and how it went", strstr(text, "\r\n1,"),
	    "\r\n1,1,Appels; d’automne,1,1,007,\"'=1+1\",Zoé,514 555-0101,Vic,call_back,Call back,America/Vancouver,2026-11-28 02:00:00,"
	    "2026-11-28 02:01:00,2026-11-28 10:01:00,2026-11-28 05:00:00,\"'=note\""
	    "\r\n2,1,Appels; d’automne,2,1,007,\"'=1+1\",Zoé,,Vic,completed,Completed,America/Toronto,2026-11-28 06:00:00,2026-11-28 06:01:00,"
	    "2026-11-28 11:01:00,,\r\n");
	CHECK(ASK(&organiser, &id, .what = EXPORT_ANSWERS, .format = EXPORT_COMMA, .lang = LANG_FR, .operation = { 1 }) == SAVED);
	x = made(id, &steps);
	CHECK_EQ_S_N("answers stand with their questions, in French where there is any", strstr(bytes_of(&x), "\r\n2,"),
	    "\r\n2,1,Appels; d’automne,1,007,\"'=1+1\",Zoé,Vic,2026-11-28 06:01:00,America/Toronto,11,Voterez-vous?,Oui"
	    "\r\n2,1,Appels; d’automne,1,007,\"'=1+1\",Zoé,Vic,2026-11-28 06:01:00,America/Toronto,12,Why?,\"'=BECAUSE\"\r\n");
	CHECK(ASK(&administrator, &id, .what = EXPORT_CALLS, .format = EXPORT_COMMA, .lang = LANG_EN) == SAVED);
	CHECK_EQ_U_N("every call of the organisation, those outside operations too, and none of another's", made(id, &steps).rows, 4);
	CHECK(ASK(&organiser, &id, .what = EXPORT_CALLS, .format = EXPORT_COMMA, .operation = { 1 }, .from_day = "2026-11-29") == SAVED);
	CHECK_EQ_U_N("by days: none later", made(id, &steps).rows, 0);
	CHECK(ASK(&organiser, &id, .what = EXPORT_CALLS, .format = EXPORT_COMMA, .operation = { 1 }, .until_day = "2026-11-28") == SAVED);
	CHECK_EQ_U_N("the last day is included", made(id, &steps).rows, 2);
	CHECK(ASK(&organiser, &id, .what = EXPORT_CALLS, .operation = { 1 }, .from_day = "2026-11-29", .until_day = "2026-11-28") == REFUSED &&
	    why == R_END_BEFORE_START);

	CHECK(ASK(&organiser, &id, .what = EXPORT_CALLS, .operation = { 1 }, .form_key = key) == SAVED);
	CHECK_CASE("the same form twice is one export", ASK(&organiser, &again, .what = EXPORT_CALLS, .operation = { 1 }, .form_key = key) == ALREADY &&
	    again.v == id.v);
}

static void
rights(void)
{
	struct export_id id;
	struct export x;

	CHECK_CASE("fact 128: an agent exports nothing", ASK(&volunteer, &id, .what = EXPORT_CONTACTS) == REFUSED && why == R_NOT_ALLOWED);
	CHECK_CASE("fact 128: nor the calls of the operation", ASK(&volunteer, &id, .what = EXPORT_CALLS, .operation = { 1 }) == REFUSED && why == R_NOT_ALLOWED);
	CHECK_CASE("an organiser not what others own", ASK(&organiser, &id, .what = EXPORT_CALLS, .operation = { 2 }) == REFUSED && why == R_NOT_ALLOWED);
	CHECK_CASE("nor everything", ASK(&organiser, &id, .what = EXPORT_ANSWERS) == REFUSED && why == R_NOT_ALLOWED);
	CHECK_CASE("nor the audit log", ASK(&organiser, &id, .what = EXPORT_AUDIT) == REFUSED && why == R_NOT_ALLOWED);
	CHECK_CASE("nobody another organisation's", ASK(&administrator, &id, .what = EXPORT_CALLS, .operation = { 3 }) == REFUSED && why == R_NOT_FOUND);
	CHECK(ASK(&administrator, &id, .what = EXPORT_AUDIT, .lang = LANG_EN) == SAVED);
	CHECK_CASE("who made it, not another organiser, sees it", export_by_id(db, &organiser, id, &x, a) == NONE &&
	    export_by_id(db, &administrator, id, &x, a) == FOUND);
	CHECK_CASE("no stranger, not even an administrator", export_by_id(db, &stranger, id, &x, a) == NONE);
	CHECK_EQ_S_N("making it is in the audit", value("SELECT CONCAT(verb, ' ', user_id, ' ', detail) FROM audit ORDER BY id DESC LIMIT 1"),
	    "export.make 1 audit semicolon operation=0 import=0 from= until= ");
}

static void
its_day(void)
{
	struct stat st;
	struct export_id id;
	struct export x;
	unsigned steps;

	CHECK(ASK(&administrator, &id, .what = EXPORT_AUDIT, .lang = LANG_EN) == SAVED);
	x = made(id, &steps);
	CHECK_CASE("the audit log itself can be exported", x.rows > 0 && strstr(bytes_of(&x), ";export.make;export;") != NULL);
	CHECK_CASE("nobody else on this machine can read the file", stat(export_path(&x, a), &st) == 0 && (st.st_mode & 077) == 0);
	CHECK_CASE("fetching is noted", export_fetched(db, &administrator, &x, NOW, &why) == SAVED &&
	    strcmp(value("SELECT verb FROM audit ORDER BY id DESC LIMIT 1"), "export.fetch") == 0);
	CHECK_CASE("after a day it is over", export_fetched(db, &administrator, &x, NOW + 24 * HOUR_US, &why) == REFUSED && why == R_NOT_FOUND);
	CHECK(export_forget(db, NOW + 23 * HOUR_US, a) && access(export_path(&x, a), F_OK) == 0);
	CHECK_CASE("and the file is deleted", export_forget(db, NOW + 25 * HOUR_US, a) && access(export_path(&x, a), F_OK) != 0);
	CHECK(export_by_id(db, &administrator, id, &x, a) == FOUND && x.state == EXPORT_GONE);
}

/* Somebody saves calls all the time; one of them takes its id before the export begins and is stored after. */
static void
while_writing(void)
{
	struct db *other = db_open(false), *mine = db;
	struct export_id id;
	struct export x;
	unsigned steps;
	const char *no;
	pid_t child;

	run("INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " SELECT 1000 + seq, 1, 1, 2 + seq, 1, 3, '+15145550101', 16, 'America/Toronto', 1, 1795863660000000, UNHEX(MD5(seq)) FROM seq_1_to_30000");
	CHECK(ASK(&organiser, &id, .what = EXPORT_CALLS, .format = EXPORT_SEMICOLON, .operation = { 1 }) == SAVED);
	/* it holds id 40001 open for a second, id 40002 is stored at once */
	fflush(stdout);
	if ((child = fork()) == 0) {
		db = db_open(false);
		db_script(db, "START TRANSACTION; INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone,"
		    " started_at, saved_at, form_key) VALUES (40001, 1, 1, 40001, 1, 3, '', 16, 'America/Toronto', 1, 2, 'late');"
		    "DO SLEEP(1.5); COMMIT", a, &no);
		_exit(0);
	}
	usleep(600000);
	db = other;
	run("INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " VALUES (40002, 1, 1, 40002, 1, 3, '', 16, 'America/Toronto', 1, 2, 'early')");
	db = mine;
	{
		bool finished = false;
		CHECK(export_step(db, id, NOW, &finished, a));
	}
	db = other;
	run("INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " SELECT 50000 + seq, 1, 1, 50000 + seq, 1, 3, '', 16, 'America/Toronto', 1, 2, UNHEX(MD5(100000 + seq)) FROM seq_1_to_100");
	db = mine;
	x = made(id, &steps);
	waitpid(child, NULL, 0);
	CHECK_EQ_U_N("one picture: all that had begun when it began, also what was stored a moment later, and nothing newer", x.rows, 30004);
	db_close(other);
}

/* A worker is killed (-9) again and again in the middle of its steps; the file is the same as one made in peace. */
static void
killed(enum export_format format, const char *name)
{
	struct export_id peaceful, id;
	struct export x, want;
	unsigned steps, kills = 0;
	pid_t child;

	CHECK(ASK(&organiser, &peaceful, .what = EXPORT_CALLS, .format = format, .operation = { 1 }) == SAVED);
	CHECK(ASK(&organiser, &id, .what = EXPORT_CALLS, .format = format, .operation = { 1 }) == SAVED);
	want = made(peaceful, &steps);
	for (unsigned i = 0; i < 6; i++) {
		fflush(stdout);
		if ((child = fork()) == 0) {
			bool finished = false;

			db = db_open(false);
			while (!finished && export_step(db, id, NOW, &finished, a))
				;
			_exit(0);
		}
		usleep(40000 + 60000 * i);
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		kills += WIFSIGNALED(status);
	}
	x = made(id, &steps);
	CHECK_CASE(arena_fmt(a, "%s: a worker was killed in the middle", name), kills > 0);
	CHECK_CASE(arena_fmt(a, "%s: the next one finishes", name), x.state == EXPORT_DONE && x.rows == want.rows);
	if (format != EXPORT_XLSX)
		CHECK_CASE(arena_fmt(a, "%s: byte for byte the same file", name), x.bytes == want.bytes &&
		    memcmp(bytes_of(&x), bytes_of(&want), want.bytes) == 0);
}

int
main(void)
{
	a = arena_new();
	conf_load();
	seal_open();
	mkdir(conf.data, 0700);
	db = db_open(false);
	world();
	people();
	workbook();
	calls();
	rights();
	its_day();
	while_writing();
	killed(EXPORT_SEMICOLON, "CSV");
	killed(EXPORT_XLSX, "workbook");
	db_close(db);
	arena_free(a);
	return check_done();
}
