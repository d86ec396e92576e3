/*
 * Filters on many people: the usual ones use an index, and the work of a page does not grow with their number.
 */
#include "filter_world.h"

static void
many(unsigned from, unsigned to)
{
	run(arena_fmt(a, "INSERT INTO person (id, organisation_id, kind, last_name, first_name, city, language, tags, polling_subdivision,"
	    " elector_number, electoral_division, donations_year, member_until, has_voted, created_at, updated_at)"
	    " SELECT 1000 + seq, 1, ELT(1 + seq %% 2, 'contact', 'elector'), CONCAT(CONV(seq * 7919 %% 1000003, 10, 36), IF(seq %% 40 = 0, '-Gall', '')),"
	    " CONCAT(CONV(seq * 104729 %% 1000003, 10, 36), 'a'), CONCAT('Ville ', (seq DIV 2) %% 500), ELT(1 + seq %% 4, 'fr', 'en', 'fr', ''),"
	    " IF(seq %% 1000 = 0, 'donateur', ''), seq DIV 300, seq %% 300, CONCAT('Circ ', seq DIV 1000), IF(seq %% 500 = 0, 50, NULL),"
	    " IF(seq %% 300 = 0, '2026-12-31', NULL), seq %% 3000 = 1, 0, 0 FROM seq_%u_to_%u", from, to));
	run("ANALYZE TABLE person, person_tag, phone");
}

static uint64_t
reads(void)
{
	const char *v;

	db_script_value(db, "SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'Handler_read%'"
	    " AND VARIABLE_NAME NOT LIKE '%deleted'", a, &v);
	return strtoull(v, NULL, 10);
}

static const struct { enum person_kind kind; const char *text; enum people_sort by; } usual[] = {
	{ PERSON_CONTACT, "", SORT_NAME }, { PERSON_CONTACT, "", SORT_CITY }, { PERSON_CONTACT, "", SORT_FIRST_NAME },
	{ PERSON_ELECTOR, "", SORT_PLACE }, { PERSON_CONTACT, "", SORT_NEWEST },
	{ PERSON_CONTACT, "q=abc", SORT_NAME }, { PERSON_CONTACT, "q=zz%20y", SORT_NAME },
	{ PERSON_CONTACT, "city=Ville%207", SORT_NAME }, { PERSON_CONTACT, "tag=donateur", SORT_NAME },
	{ PERSON_CONTACT, C1("city", "is", "Ville%207") C2("language", "any", "fr"), SORT_NAME },
	{ PERSON_CONTACT, C1("city", "starts", "Ville%2077"), SORT_CITY },
	{ PERSON_CONTACT, C1("tags", "any", "donateur"), SORT_NAME }, { PERSON_CONTACT, C1("donations", "ge", "10"), SORT_NAME },
	{ PERSON_CONTACT, C1("member_until", "ge", "2026-01-01"), SORT_NAME }, { PERSON_ELECTOR, C1("voted", "yes", ""), SORT_PLACE },
	{ PERSON_ELECTOR, "section=7", SORT_PLACE }, { PERSON_ELECTOR, C1("subdivision", "is", "7"), SORT_PLACE },
	{ PERSON_ELECTOR, C1("division", "is", "Circ%203") C2("voted", "no", ""), SORT_PLACE },
	{ PERSON_ELECTOR, C1("city", "is", "Ville%207") C2("division", "is", "Circ%203") "&join.1=any", SORT_NAME },
	{ PERSON_CONTACT, C1("answer-1", "any", "1"), SORT_NAME }, { PERSON_CONTACT, C1("phone", "is", "4385550001"), SORT_NAME },
	{ PERSON_CONTACT, C1("called", "yes", ""), SORT_NAME }, { PERSON_CONTACT, C1("on_list", "any", "1"), SORT_NAME },
	{ PERSON_CONTACT, C1("own_text-1", "is", "Sud"), SORT_NAME }, { PERSON_CONTACT, C1("own_number-2", "ge", "3"), SORT_NAME },
	{ PERSON_CONTACT, C1("tags", "any", "donateur") C2("city", "is", "Ville%207") "&join.1=any", SORT_NAME },
	{ PERSON_CONTACT, C1("tags", "any", "donateur") C2("phone", "is", "4385550001") "&join.1=any", SORT_NAME },
	{ PERSON_CONTACT, C1("answer-1", "any", "1") C2("phone", "starts", "514-555") "&join.1=any", SORT_CITY },
	{ PERSON_CONTACT, C1("answer-1", "any", "1") C2("tags", "any", "donateur") "&f.3=on_list&o.3=any&v.3=1&join.1=any", SORT_NAME },
	{ PERSON_CONTACT, C1("tags", "any", "donateur") C2("called", "yes", "") "&g.2=2&groups=any", SORT_NAME },
	{ PERSON_ELECTOR, "section=7&" C1("tags", "any", "donateur") C2("voted", "no", "") "&join.1=any", SORT_PLACE },
	{ PERSON_ELECTOR, "not_voted=1", SORT_NAME }, { PERSON_CONTACT, C1("tags", "none", "donateur"), SORT_NAME },
	{ PERSON_CONTACT, C1("notes", "contains", "chien"), SORT_NAME },	/* the last: not usual, everybody is looked at */
};

static uint64_t
work(size_t i, struct person_id after)
{
	struct person_line *line = arena_alloc(a, PEOPLE_PAGE * sizeof(*line));
	struct people_order o = { usual[i].by, false };
	uint64_t before = reads(), idle = reads() - before, total;
	bool more;
	size_t n;

	before = reads();
	if (!people_page(db, org, filter(usual[i].kind, usual[i].text), &o, after, line, &n, &more, &total, a))
		return UINT64_MAX;
	return reads() - before - idle;
}

/* The plan of one way of the search (0: of the whole); "ALL" anywhere on person is a walk over everybody. */
static bool
way_walks(const struct people_filter *f, unsigned way)
{
	struct clause *c = arena_alloc(a, sizeof(*c));
	struct rows rows;

	c->way = way;
	people_clause(a, org, f, c);
	if (!db_rows_of(db, arena_fmt(a, "EXPLAIN SELECT p.id FROM person p WHERE %s LIMIT 10001", c->sql.data), "usssssssss",
	    c->in, c->n, a, &rows))
		return true;
	for (size_t r = 0; r < rows.n; r++)
		if (row_s(&rows.row[r], 2) != NULL && strcmp(row_s(&rows.row[r], 2), "p") == 0 &&
		    (row_s(&rows.row[r], 5) == NULL || strcmp(row_s(&rows.row[r], 3), "ALL") == 0))
			return true;
	return false;
}

static bool
walks_everybody(size_t i)
{
	const struct people_filter *f = filter(usual[i].kind, usual[i].text);
	unsigned ways = filter_ways(&f->conditions);
	bool walks = false;

	for (unsigned way = ways > 1; way <= ways; way++)
		walks |= (way > 0 || ways == 1) && way_walks(f, ways == 1 ? 0 : way);
	return walks;
}

static void
grows(void)
{
	enum { N = NITEMS(usual) - 1, MOST = 32000, FEW = 24000, MANY = 72000 };
	uint64_t few[N];
	size_t walking = 0, growing = 0;
	struct person_id after = { 1000 + 12345 };

	many(1, FEW);
	for (size_t i = 0; i < N; i++)
		few[i] = work(i, after);
	many(FEW + 1, MANY);
	for (size_t i = 0; i < N; i++) {
		uint64_t now = work(i, after);
		if (walks_everybody(i)) {
			printf("walks: %s\n", usual[i].text);
			walking++;
		}
		/* three times the people: what fits may be three times as many, but of 36,000 nobody looks at all */
		if (now == UINT64_MAX || now > few[i] * 7 / 2 + 500 || now > MOST) {
			printf("grows: %s: %llu to %llu\n", usual[i].text, (unsigned long long)few[i], (unsigned long long)now);
			growing++;
		}
	}
	CHECK_CASE("this would show a walk over everybody", work(N, after) > MOST);
	CHECK_EQ_U_N("EXPLAIN: the usual filters use an index", walking, 0);
	CHECK_EQ_U_N("rows read for a page do not grow with the number of people", growing, 0);
}

/* All words by the indexes of names, and a person looked at by itself: the same people. */
static void
words(void)
{
	static const char *const some[] = { "gall", "Le", "heureux", "jean", "PIERRE", "eve", "Ève", "marie", "a", "zz", "y", "le gall", "L'Heureux", "12", "%", "_",
	    "saint", "nobody", "dossier-7", "é" };
	unsigned found = 0, differ = 0, reads_rows = 0;
	uint32_t s = 4321;
#define NEXT(n)	((s = s * 1664525 + 1013904223) >> 16) % (n)

	run("INSERT INTO person (organisation_id, kind, last_name, first_name, file_number, tags, created_at, updated_at) VALUES"
	    " (1, 'contact', 'Le Gall', 'Anne', '', '', 0, 0), (1, 'contact', 'L’Heureux', 'Jean-Pierre', '', '', 0, 0), (1, 'contact', 'Saint-Gall', 'Marie-Ève', '', '', 0, 0),"
	    " (1, 'contact', 'Saint-Jean Le Gall', 'Marie Pierre Jean', 'dossier-7', '', 0, 0), (1, 'elector', 'Le Gall', 'Anne', '', '', 0, 0)");
	for (int turn = 0; turn < 150; turn++) {
		struct people_filter *f;
		struct clause *c = arena_alloc(a, sizeof(*c)), *w = arena_alloc(a, sizeof(*w));
		const char *search = some[NEXT(NITEMS(some))], *fast;
		struct rows whole, rows;

		for (unsigned more = NEXT(3); more > 0; more--) {
			search = arena_fmt(a, "%s%s", search, NEXT(2) ? " " : "-");
			search = arena_fmt(a, "%s%s", search, some[NEXT(NITEMS(some))]);
		}
		f = filter(PERSON_CONTACT, "");
		f->search = search;
		people_clause(a, org, f, c);
		if ((fast = words_found(a, org, f, 100000, w)) == NULL) {
			printf("not by words: %s\n", search);
			differ += strcmp(search, "12") != 0;
			continue;
		}
		if (!db_rows_of(db, arena_fmt(a, "SELECT p.id FROM person p WHERE %s ORDER BY p.id", c->sql.data), "u", c->in, c->n, a, &whole) ||
		    !db_rows_of(db, arena_fmt(a, "SELECT x.id FROM (%s) x ORDER BY x.id", fast), "u", w->in, w->n, a, &rows) || whole.n != rows.n) {
			printf("differs: %s\n", search);
			differ++;
			continue;
		}
		found += rows.n > 0;
		for (size_t i = 0; i < rows.n; i++)
			differ += row_u(&rows.row[i], 0) != row_u(&whole.row[i], 0);
		if (!db_rows_of(db, arena_fmt(a, "EXPLAIN %s", fast), "usssssssss", w->in, w->n, a, &rows))
			differ++;
		for (size_t r = 0; r < rows.n; r++)
			reads_rows += row_s(&rows.row[r], 2) != NULL && strcmp(row_s(&rows.row[r], 2), "person") == 0 &&
			    strstr(row_s(&rows.row[r], 9), "Using index") == NULL;
	}
	CHECK_CASE("many searches find somebody", found > 50);
	CHECK_EQ_U_N("words find by the indexes whom they find one by one", differ, 0);
	CHECK_EQ_U_N("EXPLAIN: from the indexes alone", reads_rows, 0);
#undef NEXT
}

static void
pages(void)
{
	struct person_line line[PEOPLE_PAGE];
	struct person_id after = { 0 };
	size_t seen = 0, n, turns = 0, wrong = 0;
	const char *last = "";
	struct people_order o = { SORT_CITY, true };
	uint64_t total;
	bool more = true;

	while (more && turns++ < 100) {
		if (!people_page(db, org, filter(PERSON_CONTACT, C1("city", "starts", "Ville%2033")), &o, after, line, &n, &more, &total, a))
			break;
		for (size_t i = 0; i < n; i++) {
			wrong += *last != '\0' && strcmp(line[i].city, last) > 0;
			last = arena_strdup(a, line[i].city);
		}
		seen += n;
		after = line[n - 1].id;
	}
	CHECK_CASE("pages downwards: everybody once, in order", seen == total && seen > 3 * PEOPLE_PAGE && wrong == 0);
}

int
main(void)
{
	if (filter_world() == NULL)
		return 1;
	people();
	grows();
	words();
	pages();
	return filter_world_end();
}
