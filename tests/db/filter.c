/*
 * Filters on a database: every operator finds whom it should, and every piece of SQL is sound.
 */
#include "filter_world.h"

static void
finds(void)
{
	CHECK_EQ_S_N("everybody", who(""), "Ann Bob Cid Dan");
	CHECK_EQ_S_N("fact 130: is, without accents", who(C1("last_name", "is", "GELINAS")), "Ann");
	CHECK_EQ_S_N("is not", who(C1("city", "is_not", "Laval")), "Ann Cid Dan");
	CHECK_EQ_S_N("contains", who(C1("notes", "contains", "chi")), "Ann");
	CHECK_EQ_S_N("contains: no pattern", who(C1("city", "contains", "%25")), "Dan");
	CHECK_EQ_S_N("starts with", who(C1("city", "starts", "que")), "Ann");
	CHECK_EQ_S_N("is empty", who(C1("city", "empty", "")), "Cid");
	CHECK_EQ_S_N("is empty: also what is not known", who(C1("file_number", "empty", "")), "Cid Dan");
	CHECK_EQ_S_N("has a value", who(C1("file_number", "not_empty", "")), "Ann Bob");
	CHECK_EQ_S_N("domain 5.12: donations, with a comma", who(C1("donations", "eq", "12%2C5")), "Bob");
	CHECK_EQ_S_N("donations, at least", who(C1("donations", "ge", "12.50")), "Ann Bob");
	CHECK_EQ_S_N("donations, less than", who(C1("donations", "lt", "12.50")), "Dan");
	CHECK_EQ_S_N("donations, between", who(C1("donations", "between", "0") "&v.1=13"), "Bob Dan");
	CHECK_EQ_S_N("donations, not equal", who(C1("donations", "ne", "0")), "Ann Bob Cid");
	CHECK_EQ_S_N("domain 5.12: membership ends before", who(C1("member_until", "lt", "2026-01-01")), "Bob");
	CHECK_EQ_S_N("date of birth empty", who(C1("birth_date", "empty", "")), "Cid Dan");
	CHECK_EQ_S_N("domain 5.7: any tag", who(C1("tags", "any", "BENEVOLE") "&v.1=a%20b"), "Ann Dan");
	CHECK_EQ_S_N("all tags", who(C1("tags", "all", "membre") "&v.1=benevole"), "Ann");
	CHECK_EQ_S_N("none of the tags", who(C1("tags", "none", "membre") "&v.1=a%20b"), "Cid");
	CHECK_EQ_S_N("half a tag is none", who(C1("tags", "any", "mem")), "");
	CHECK_EQ_S_N("no tag", who(C1("tags", "empty", "")), "Cid");
	CHECK_EQ_S_N("language any of", who(C1("language", "any", "fr")), "Ann Dan");
	CHECK_EQ_S_N("language none of", who(C1("language", "none", "fr")), "Bob Cid");
	CHECK_EQ_S_N("a number in any writing", who(C1("phone", "is", "(438)%20555-0001")), "Ann");
	CHECK_EQ_S_N("a number that starts with", who(C1("phone", "starts", "514-555")), "Bob Cid");
	CHECK_EQ_S_N("a number that can be called", who(C1("phone", "not_empty", "")), "Ann Bob");
	CHECK_EQ_S_N("no number that can be called", who(C1("phone", "empty", "")), "Cid Dan");
	CHECK_EQ_S_N("has voted", who(C1("voted", "yes", "")), "Bob");
	CHECK_EQ_S_N("has not voted", who(C1("voted", "no", "")), "Ann Cid Dan");
	CHECK_EQ_S_N("domain 5.7: permission", who(C1("forbidden", "yes", "")), "Cid");
	CHECK_EQ_S_N("a number that must not be called", who(C1("suppressed", "yes", "")), "Bob");
	CHECK_EQ_S_N("never called", who(C1("called", "no", "")), "Cid Dan");
	CHECK_EQ_S_N("number of calls", who(C1("calls", "ge", "2")), "Bob");
	CHECK_EQ_S_N("no calls", who(C1("calls", "eq", "0")), "Cid Dan");
	CHECK_EQ_S_N("status of the last call, not of an earlier one", who(C1("last_status", "any", "no_answer")), "Ann");
	CHECK_EQ_S_N("status none of: also who was not called", who(C1("last_status", "none", "no_answer")), "Bob Cid Dan");
	CHECK_EQ_S_N("last call on a day where the organisation is", who(C1("last_call", "eq", "2026-03-07")), "Ann");
	CHECK_EQ_S_N("on the day the clocks go forward", who(C1("last_call", "eq", "2026-03-08")), "Bob");
	CHECK_EQ_S_N("before that day", who(C1("last_call", "lt", "2026-03-08")), "Ann");
	CHECK_EQ_S_N("after the day before", who(C1("last_call", "gt", "2026-03-07")), "Bob");
	CHECK_EQ_S_N("not on that day: also who was not called", who(C1("last_call", "ne", "2026-03-08")), "Ann Cid Dan");
	CHECK_EQ_S_N("on a list", who(C1("on_list", "any", "1")), "Ann");
	CHECK_EQ_S_N("on none of the lists", who(C1("on_list", "none", "1") "&v.1=2"), "Cid Dan");
	CHECK_EQ_S_N("an answer, of any version of the question", who(C1("answer-1", "any", "1")), "Ann Bob");
	CHECK_EQ_S_N("an answer in one operation", who(C1("answer-1", "any", "1") "&in.1=2"), "Bob");
	CHECK_EQ_S_N("none of the answers", who(C1("answer-1", "none", "2")), "Ann Cid Dan");
	CHECK_EQ_S_N("an answer has a value", who(C1("answer-3", "not_empty", "")), "Bob");
	CHECK_EQ_S_N("an answer has none", who(C1("answer-3", "empty", "")), "Ann Cid Dan");
	CHECK_EQ_S_N("an answer contains", who(C1("answer-3", "contains", "PANC")), "Bob");
	CHECK_EQ_S_N("lives with others", who(C1("mates", "yes", "")), "Ann Bob");
	CHECK_EQ_S_N("domain 5.8: somebody else of the household has voted", who(C1("voted", "yes", "") "&mate.1=1"), "Ann");
	CHECK_EQ_S_N("the household's tags", who(C1("tags", "any", "benevole") "&mate.1=1"), "Bob");
	CHECK_EQ_S_N("and: both", who(C1("language", "any", "fr") C2("city", "is", "quebec")), "Ann");
	CHECK_EQ_S_N("or within a group", who(C1("city", "is", "laval") C2("city", "is", "quebec") "&join.1=any"), "Ann Bob");
	CHECK_EQ_S_N("groups: (Laval or Québec) and voted", who(C1("city", "is", "laval") C2("city", "is", "quebec") "&join.1=any"
	    "&f.3=voted&o.3=yes&g.3=2"), "Bob");
	CHECK_EQ_S_N("groups: (Québec and not voted) or Cid", who(C1("city", "is", "quebec") C2("voted", "no", "")
	    "&f.3=first_name&o.3=is&v.3=cid&g.3=2&groups=any"), "Ann Cid");
	CHECK_EQ_S_N("what is not understood finds nobody, not everybody", who("f.1=salary&o.1=is&v.1=1"), "");
	CHECK_EQ_S_N("nor does half a condition", who("f.1=city&o.1=is"), "");
	CHECK_EQ_S_N("nor a field of the other people", who("f.1=polling_place&o.1=empty"), "");
	CHECK_EQ_S_N("what is typed is a value only", who(C1("city", "is", "'%20OR%201%3D1%20--%20")), "");
}

static void
searches(void)
{
	CHECK_EQ_S_N("fact 123: a part after an apostrophe", who("q=amours"), "Dan");
	CHECK_EQ_S_N("after a space or a hyphen", who("q=gall"), "Bob Cid");
	CHECK_EQ_S_N("the third part", who("q=roy"), "Cid");
	CHECK_EQ_S_N("typed with a hyphen", who("q=saint-gall"), "Cid");
	CHECK_EQ_S_N("first and last name in any order", who("q=ann%20gel"), "Ann");
	CHECK_EQ_S_N("a file number", who("q=c-2"), "");
	CHECK_EQ_S_N("a number", who("q=438%20555-0001"), "Ann");
}

static void
orders(void)
{
	CHECK_EQ_S_N("by name", sorted(PERSON_CONTACT, "", SORT_NAME, false), "Dan Ann Bob Cid");
	CHECK_EQ_S_N("by name, downwards", sorted(PERSON_CONTACT, "", SORT_NAME, true), "Cid Bob Ann Dan");
	CHECK_EQ_S_N("by city", sorted(PERSON_CONTACT, "", SORT_CITY, false), "Cid Dan Bob Ann");
	CHECK_EQ_S_N("newest first", sorted(PERSON_CONTACT, "", SORT_NEWEST, false), "Dan Cid Bob Ann");
	CHECK_EQ_S_N("section 2 before 12, number 7 before 100", sorted(PERSON_ELECTOR, "", SORT_PLACE, false), "Hal Fay Gus");
}

/* Every operator of every field, of a person and of the household, is SQL that runs. */
static void
all_sql(void)
{
	size_t made = 0, failed = 0;

	for (enum filter_field f = 0; f < FF__MAX; f++) {
		enum filter_op ops[FO__MAX];
		size_t n = filter_ops(filter_type_of(f), ops);
		for (size_t i = 0; i < n * 2; i++) {
			enum person_kind kind = filter_field_for(f, PERSON_CONTACT) ? PERSON_CONTACT : PERSON_ELECTOR;
			struct people_filter *p = filter(kind, "");
			struct condition *c = &p->conditions.cond[0];
			uint64_t count;
			static const char *const sample[] = { [FT_TEXT] = "x", [FT_NUMBER] = "1", [FT_DATE] = "2026-01-31", [FT_YES] = "",
			    [FT_TAGS] = "x", [FT_LANGUAGE] = "fr", [FT_PHONE] = "514555", [FT_ANSWER] = "1", [FT_STATUS] = "busy",
			    [FT_DAY] = "2026-01-31", [FT_CALLS] = "1", [FT_LIST] = "1",
			    [FT_OWN_TEXT] = "x", [FT_OWN_NUMBER] = "-3", [FT_OWN_DATE] = "2026-01-31", [FT_OWN_YES] = "" };
			*c = (struct condition){ .field = f, .question = filter_field_numbered(f), .op = ops[i / 2], .group = 1, .mate = i % 2 == 1 };
			c->value[0] = c->value[1] = sample[filter_type_of(f)];
			c->nvalues = 2;
			p->conditions.n = 1;
			made++;
			if (filter_check(c, kind) != R_NONE || !people_count(db, org, p, &count, a)) {
				printf("%s %s\n", filter_field_code(f), filter_op_code(ops[i / 2]));
				failed++;
			}
		}
	}
	CHECK_EQ_U(failed, 0);
	CHECK_CASE("more than two hundred ways", made > 200);
	{
		struct people_filter *p = filter(PERSON_CONTACT, "");
		uint64_t count;
		for (int i = 0; i < FILTER_CONDITIONS; i++) {
			struct condition *c = &p->conditions.cond[p->conditions.n++];
			*c = (struct condition){ .field = FF_TAGS, .op = FO_ALL, .group = 1 + (unsigned)i % FILTER_GROUPS };
			for (; c->nvalues < (i < 3 ? FILTER_VALUES : 2); c->nvalues++)
				c->value[c->nvalues] = "membre";
		}
		CHECK_CASE("50 conditions with many values", people_count(db, org, p, &count, a) && count == 2);
	}
}

/* Fields of the organisation's own, with all operators of their form. */
static void
own(void)
{
	run("INSERT INTO custom_field (id, organisation_id, kind, form, name, created_at) VALUES (1, 1, 'contact', 'text', 'Équipe', 0),"
	    " (2, 1, 'contact', 'number', 'Enfants', 0), (3, 1, 'contact', 'date', 'Rencontre', 0), (4, 1, 'contact', 'yes', 'Affiche', 0)");
	run("INSERT INTO custom_value VALUES (1, 1, 'Nord-Est'), (2, 1, 'Sud'), (5, 1, 'Sud'), (1, 2, '3'), (2, 2, '-10'), (3, 2, '20'),"
	    " (1, 3, '2026-03-08'), (2, 3, '2026-12-01'), (1, 4, '1')");
	CHECK_EQ_S_N("own text is, without accents", who(C1("own_text-1", "is", "s%C3%BBd")), "Bob");
	CHECK_EQ_S_N("own text is not: also who has none", who(C1("own_text-1", "is_not", "Sud")), "Ann Cid Dan");
	CHECK_EQ_S_N("own text contains", who(C1("own_text-1", "contains", "est")), "Ann");
	CHECK_EQ_S_N("own text: no pattern", who(C1("own_text-1", "contains", "%25")), "");
	CHECK_EQ_S_N("own text starts with", who(C1("own_text-1", "starts", "nor")), "Ann");
	CHECK_EQ_S_N("own text is empty", who(C1("own_text-1", "empty", "")), "Cid Dan");
	CHECK_EQ_S_N("own text has a value", who(C1("own_text-1", "not_empty", "")), "Ann Bob");
	CHECK_EQ_S_N("own number, not as text", who(C1("own_number-2", "lt", "4")), "Ann Bob");
	CHECK_EQ_S_N("own number between", who(C1("own_number-2", "between", "-10") "&v.1=3"), "Ann Bob");
	CHECK_EQ_S_N("own number not equal: also who has none", who(C1("own_number-2", "ne", "3")), "Bob Cid Dan");
	CHECK_EQ_S_N("own date before", who(C1("own_date-3", "lt", "2026-04-01")), "Ann");
	CHECK_EQ_S_N("own date from", who(C1("own_date-3", "ge", "2026-03-08")), "Ann Bob");
	CHECK_EQ_S_N("own date empty", who(C1("own_date-3", "empty", "")), "Cid Dan");
	CHECK_EQ_S_N("own yes", who(C1("own_yes-4", "yes", "")), "Ann");
	CHECK_EQ_S_N("own no", who(C1("own_yes-4", "no", "")), "Bob Cid Dan");
	CHECK_EQ_S_N("of somebody else in the household", who(C1("own_yes-4", "yes", "") "&mate.1=1"), "Bob");
	CHECK_EQ_S_N("with others, in groups", who(C1("own_number-2", "ge", "0") C2("own_text-1", "is", "Sud") "&g.2=2&groups=any"), "Ann Bob Cid");
	CHECK_EQ_S_N("a field of nobody", who(C1("own_text-99", "not_empty", "")), "");
	CHECK_EQ_S_N("a wrong value is nobody", who(C1("own_number-2", "lt", "vier")), "");
}

/* Ways together find exactly whom the whole finds: filters at random, against the whole as one condition. */
static void
ways_agree(void)
{
	static const char *const some[] = { "f.%u=tags&o.%u=any&v.%u=membre", "f.%u=city&o.%u=is&v.%u=Laval", "f.%u=answer-1&o.%u=any&v.%u=1",
	    "f.%u=phone&o.%u=starts&v.%u=438", "f.%u=voted&o.%u=no&v.%u=", "f.%u=on_list&o.%u=any&v.%u=2", "f.%u=tags&o.%u=none&v.%u=membre",
	    "f.%u=called&o.%u=yes&v.%u=", "f.%u=language&o.%u=any&v.%u=fr", "f.%u=voted&o.%u=yes&mate.%u=1", "f.%u=phone&o.%u=empty&v.%u=" };
	unsigned several = 0, differ = 0;
	uint32_t s = 12345;
#define NEXT(n)	((s = s * 1664525 + 1013904223) >> 16) % (n)

	for (int turn = 0; turn < 400; turn++) {
		const char *text = NEXT(2) ? "groups=any" : "q=";
		struct clause *c = arena_alloc(a, sizeof(*c));
		struct people_filter *f;
		struct rows rows;
		uint64_t n;

		for (unsigned i = 1, most = 2 + NEXT(4); i <= most; i++) {
			char one[100];
			snprintf(one, sizeof(one), some[NEXT(NITEMS(some))], i, i, i);
			text = arena_fmt(a, "%s&%s&g.%u=%u", text, one, i, 1 + NEXT(3));
		}
		for (unsigned g = 1; g <= 3; g++)
			if (NEXT(2))
				text = arena_fmt(a, "%s&join.%u=any", text, g);
		f = filter(PERSON_CONTACT, text);
		several += filter_ways(&f->conditions) > 1;
		people_clause(a, org, f, c);
		if (!people_count(db, org, f, &n, a) || !db_rows_of(db, arena_fmt(a, "SELECT p.first_name FROM person p WHERE %s ORDER BY p.first_name",
		    c->sql.data), "s", c->in, c->n, a, &rows) || n != rows.n) {
			printf("counts: %s\n", text);
			differ++;
		} else {
			const char *names = "";
			for (size_t i = 0; i < rows.n; i++)
				names = arena_fmt(a, "%s%s%s", names, i > 0 ? " " : "", row_s(&rows.row[i], 0));
			if (strcmp(names, who(text)) != 0) {
				printf("finds: %s\n", text);
				differ++;
			}
		}
	}
	CHECK_CASE("many of them have several ways", several > 100);
	CHECK_EQ_U_N("a filter of several ways finds whom the whole finds", differ, 0);
#undef NEXT
}

static void
kept(void)
{
	struct saved_filter *list;
	enum refusal why;
	size_t n;
	struct user_id me = { 1 };

	CHECK(filter_save(db, org, me, " Laval ", filter(PERSON_CONTACT, C1("city", "is", "Laval")), 5, &why, a) == SAVED);
	CHECK_CASE("the same again changes nothing", filter_save(db, org, me, "Laval", filter(PERSON_CONTACT, C1("city", "is", "Laval")), 6, &why, a) == ALREADY);
	CHECK_CASE("the same name replaces", filter_save(db, org, me, "laval", filter(PERSON_CONTACT, C1("city", "is", "Gatineau")), 7, &why, a) == SAVED &&
	    filter_saved_list(db, org, PERSON_CONTACT, &list, &n, a) && n == 1 && strstr(list[0].text, "Gatineau") != NULL);
	CHECK_CASE("of electors there is none", filter_saved_list(db, org, PERSON_ELECTOR, &list, &n, a) && n == 0);
	CHECK_CASE("without a name it is refused", filter_save(db, org, me, " ", filter(PERSON_CONTACT, "q=x"), 8, &why, a) == REFUSED && why == R_MISSING);
	CHECK_CASE("half a condition is refused", filter_save(db, org, me, "x", filter(PERSON_CONTACT, "f.1=city&o.1=is"), 8, &why, a) == REFUSED);
	CHECK(filter_saved_list(db, org, PERSON_CONTACT, &list, &n, a) && n == 1);
	CHECK_CASE("another organisation cannot forget it", filter_forget(db, (struct organisation_id){ 2 }, me, list[0].id, 9, a) == ALREADY &&
	    filter_saved_list(db, org, PERSON_CONTACT, &list, &n, a) && n == 1);
	CHECK(filter_forget(db, org, me, list[0].id, 9, a) == SAVED && filter_forget(db, org, me, list[0].id, 9, a) == ALREADY);
	{
		const char *v;
		CHECK(db_script_value(db, "SELECT COUNT(*) FROM audit WHERE object = 'filter'", a, &v) && strcmp(v, "3") == 0);
	}
}

static void
tags_follow(void)
{
	const char *v;

	run("UPDATE person SET tags = 'x|membre|x' WHERE id = 1");
	CHECK_EQ_S_N("tags changed", who(C1("tags", "any", "x")), "Ann");
	CHECK_EQ_S_N("and gone", who(C1("tags", "any", "benevole")), "");
	run("UPDATE person SET tags = 'X|membre' WHERE id = 1");
	CHECK(db_script_value(db, "SELECT GROUP_CONCAT(tag ORDER BY tag) FROM person_tag WHERE person_id = 1", a, &v) && strcmp(v, "membre,X") == 0);
	run("DELETE FROM person WHERE id = 4");
	CHECK(db_script_value(db, "SELECT COUNT(*) FROM person_tag WHERE person_id = 4", a, &v) && strcmp(v, "0") == 0);
}

/* --- many people --- */

int
main(void)
{
	if (filter_world() == NULL)
		return 1;
	people();
	finds();
	searches();
	orders();
	all_sql();
	own();
	ways_agree();
	kept();
	tags_follow();
	return filter_world_end();
}
