/*
 * filter_world.h - what the tests of filters share: a few people of whom each operator finds some, and how to ask.
 */
#ifndef FILTER_WORLD_H
#define FILTER_WORLD_H

#include "check.h"

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"

#include "domain/filter_saved.h"
#include "domain/list_in.h"

static const struct organisation_id org = { 1 };
static struct db *db;
static struct arena *a;

static inline void
run(const char *sql)
{
	const char *why;

	if (!db_script(db, sql, a, &why)) {
		printf("not ok - %s\n", why);
		exit(1);
	}
}

static inline struct people_filter *
filter(enum person_kind kind, const char *text)
{
	struct people_filter *f = arena_alloc(a, sizeof(*f));

	people_filter_read(a, text, kind, "America/Toronto", f);
	return f;
}

/* First names in the order shown. */
static inline const char *
sorted(enum person_kind kind, const char *text, enum people_sort by, bool down)
{
	struct person_line line[PEOPLE_PAGE];
	struct people_order o = { by, down };
	const char *names = "";
	uint64_t total;
	bool more;
	size_t n;

	if (!people_page(db, org, filter(kind, text), &o, (struct person_id){ 0 }, line, &n, &more, &total, a))
		return "(failed)";
	if (total != n)
		return "(another count)";
	for (size_t i = 0; i < n; i++)
		names = arena_fmt(a, "%s%s%s", names, i > 0 ? " " : "", line[i].first_name);
	return names;
}

static inline const char *
who(const char *text)
{
	return sorted(PERSON_CONTACT, text, SORT_FIRST_NAME, false);
}

static inline void
people(void)
{
	/* Ann and Bob live together. 2026-03-08 02:00 the clocks go forward in Toronto: that day has 23 hours. */
	run("INSERT INTO person (id, organisation_id, kind, last_name, first_name, city, language, birth_date, tags, donations_year, member_until,"
	    " household_id, file_number, notes, has_voted, calls_forbidden, created_at, updated_at) VALUES"
	    " (1, 1, 'contact', 'Gélinas', 'Ann', 'Québec', 'fr', '1980-05-02', 'bénévole|membre', 20, '2026-12-31', 7, 'C-1', 'gros chien', 0, 0, 0, 0),"
	    " (2, 1, 'contact', 'Le Gall', 'Bob', 'Laval', 'en', '1990-01-01', 'membre', 12.5, '2025-01-31', 7, 'C-2', '', 1, 0, 0, 0),"
	    " (3, 1, 'contact', 'Saint-Gall-Roy', 'Cid', '', '', NULL, '', NULL, NULL, NULL, NULL, '', 0, 1, 0, 0),"
	    " (4, 1, 'contact', 'D’Amours', 'Dan', '100%', 'fr', NULL, 'a b', 0, NULL, 8, NULL, '', 0, 0, 0, 0),"
	    " (5, 2, 'contact', 'Gélinas', 'Eve', 'Québec', 'fr', '1980-05-02', 'membre', 20, NULL, 7, 'C-1', '', 0, 0, 0, 0),"
	    " (6, 1, 'elector', 'Roy', 'Fay', 'Laval', 'fr', NULL, '', NULL, NULL, NULL, NULL, '', 1, 0, 0, 0)");
	run("UPDATE person SET polling_subdivision = '12', elector_number = '7' WHERE id = 6");
	run("INSERT INTO person (id, organisation_id, kind, last_name, first_name, polling_subdivision, elector_number, created_at, updated_at) VALUES"
	    " (7, 1, 'elector', 'Roy', 'Gus', '12', '100', 0, 0), (8, 1, 'elector', 'Roy', 'Hal', '2', '9', 0, 0)");
	run("INSERT INTO phone (person_id, position, kind, e164, state) VALUES (1, 1, 'cell', '+14385550001', 'ok'), (2, 1, 'home', '+15145550002', 'ok'),"
	    " (3, 1, 'home', '+15145550003', 'wrong'), (5, 1, 'home', '+14385550001', 'ok')");
	run("INSERT INTO suppression (organisation_id, e164, created_at) VALUES (1, '+15145550002', 0)");
	run("INSERT INTO survey (id, organisation_id, name, created_at) VALUES (1, 1, 'S', 0)");
	run("INSERT INTO survey_version (id, survey_id, number, created_at) VALUES (1, 1, 1, 0), (2, 1, 2, 0)");
	run("INSERT INTO question (id, version_id, stable_id, position, kind) VALUES (1, 1, 1, 1, 'single_choice'), (2, 2, 1, 1, 'single_choice'),"
	    " (3, 2, 3, 2, 'text_short')");
	run("INSERT INTO choice (id, question_id, stable_id, position) VALUES (1, 1, 1, 1), (2, 1, 2, 2), (3, 2, 1, 1), (4, 2, 2, 2)");
	/* 2026-03-08T04:59:59Z is still 7 March in Toronto, T05:00:00Z is 8 March, 2026-03-09T03:59:59Z its last second */
	run("INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key) VALUES"
	    " (1, 1, 1, 1, 1, 1, '', 8, 'x', 0, UNIX_TIMESTAMP('2026-03-08 04:59:59') * 1000000, x'01'),"
	    " (2, 2, 2, 1, 2, 1, '', 8, 'x', 0, UNIX_TIMESTAMP('2026-03-08 05:00:00') * 1000000, x'02'),"
	    " (3, 2, 2, 2, 2, 1, '', 16, 'x', 0, UNIX_TIMESTAMP('2026-03-09 03:59:59') * 1000000, x'03')");
	run("INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (1, 1, 1), (2, 2, 3), (3, 2, 4)");
	run("INSERT INTO answer (attempt_id, question_id, text) VALUES (1, 3, ''), (3, 3, 'une pancarte')");
	run("INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) VALUES (1, 1, 0, '', 0), (2, 2, 0, '', 0)");
}

#define C1(field, op, value)	"f.1=" field "&o.1=" op "&v.1=" value
#define C2(field, op, value)	"&f.2=" field "&o.2=" op "&v.2=" value

/* A database with nobody in it; NULL: none. */
static inline struct db *
filter_world(void)
{
	a = arena_new();
	conf_load();
	lang_open();
	if ((db = db_open(false)) != NULL)
		run("SET time_zone = '+00:00'");
	return db;
}

static inline int
filter_world_end(void)
{
	db_close(db);
	arena_free(a);
	return check_done();
}

#endif
