/*
 * Filters without a database: their words, what is wrong with a condition, and a filter as text and back.
 */
#include "check.h"

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/buf.h"
#include "plumb/text.h"

#include "domain/filter.h"
#include "domain/list.h"
#include "domain/list_in.h"

static struct arena *a;

static const char *
again(const char *text)
{
	struct people_filter *f = arena_alloc(a, sizeof(*f));

	people_filter_read(a, text, PERSON_CONTACT, "America/Toronto", f);
	return f->conditions.broken ? "(broken)" : people_filter_text(a, f);
}

static unsigned
ways(const char *text)
{
	struct people_filter *f = arena_alloc(a, sizeof(*f));

	people_filter_read(a, text, PERSON_CONTACT, "America/Toronto", f);
	return filter_ways(&f->conditions);
}

static enum refusal
check(enum filter_field f, enum filter_op o, const char *v, const char *w)
{
	struct condition c = { .field = f, .op = o, .group = 1, .question = f == FF_ANSWER ? 7 : 0 };

	if (v != NULL)
		c.value[c.nvalues++] = v;
	if (w != NULL)
		c.value[c.nvalues++] = w;
	return filter_check(&c, filter_field_for(f, PERSON_CONTACT) ? PERSON_CONTACT : PERSON_ELECTOR);
}

int
main(void)
{
	enum filter_op ops[FO__MAX];
	struct buf b;
	uint64_t question;

	a = arena_new();
	for (enum filter_field f = 0; f < FF_ANSWER; f++) {
		if (filter_field_of(filter_field_code(f), &question) != f || question != 0)
			CHECK_EQ_S(filter_field_code(f), "(its own code)");
		if (filter_ops(filter_type_of(f), ops) == 0)
			CHECK_EQ_S(filter_field_code(f), "(has operators)");
		if (!filter_field_for(f, PERSON_CONTACT) && !filter_field_for(f, PERSON_ELECTOR))
			CHECK_EQ_S(filter_field_code(f), "(is somebody's)");
	}
	for (enum filter_op o = 0; o < FO__MAX; o++)
		if (filter_op_of(filter_op_code(o)) != o)
			CHECK_EQ_S(filter_op_code(o), "(its own code)");
	CHECK(filter_field_of("answer-12", &question) == FF_ANSWER && question == 12);
	CHECK(filter_field_of("answer", &question) == FF__MAX && filter_field_of("answer-0", &question) == FF__MAX &&
	    filter_field_of("id) OR (1=1", &question) == FF__MAX && filter_field_of("", &question) == FF__MAX);
	CHECK_CASE("fields of the organisation's own, by form", filter_field_of("own_date-3", &question) == FF_OWN_DATE && question == 3 &&
	    filter_field_of("own_text-7", &question) == FF_OWN_TEXT && filter_field_of("own_text", &question) == FF__MAX &&
	    filter_field_of("own_yes-0", &question) == FF__MAX && filter_field_of("own_yes-1 OR 1", &question) == FF__MAX);
	CHECK_EQ_S(filter_op_label(FO_LT, FT_OWN_DATE, LANG_EN), "before");
	CHECK_EQ_S(again("f.1=own_number-12&o.1=between&v.1=-3&v.1=4"), "f.1=own_number-12&o.1=between&v.1=-3&v.1=4");
	CHECK_CASE("fact 80: a polling place is the electors', donations are the contacts'", !filter_field_for(FF_POLLING_PLACE, PERSON_CONTACT) &&
	    !filter_field_for(FF_DONATIONS, PERSON_ELECTOR));
	CHECK_EQ_S(filter_op_label(FO_LT, FT_DATE, LANG_FR), "avant le");
	CHECK_EQ_S(filter_op_label(FO_LT, FT_NUMBER, LANG_FR), "inférieur à");

	CHECK_CASE("complete conditions", check(FF_CITY, FO_IS, "Laval", NULL) == R_NONE && check(FF_CITY, FO_EMPTY, NULL, NULL) == R_NONE &&
	    check(FF_DONATIONS, FO_BETWEEN, "10", "12,50") == R_NONE && check(FF_BIRTH_DATE, FO_LT, "1980-02-29", NULL) == R_NONE &&
	    check(FF_TAGS, FO_ALL, "a", "b") == R_NONE && check(FF_STATUS, FO_ANY, "no_answer", NULL) == R_NONE &&
	    check(FF_ANSWER, FO_ANY, "3", NULL) == R_NONE && check(FF_CALLS, FO_GE, "2", NULL) == R_NONE);
	CHECK_CASE("a value is missing", check(FF_CITY, FO_IS, NULL, NULL) == R_MISSING && check(FF_CITY, FO_IS, " ", NULL) == R_MISSING &&
	    check(FF_DONATIONS, FO_BETWEEN, "10", NULL) == R_MISSING && check(FF_DONATIONS, FO_BETWEEN, "10", "") == R_MISSING &&
	    check(FF_TAGS, FO_ANY, NULL, NULL) == R_MISSING);
	CHECK_CASE("a value does not fit", check(FF_DONATIONS, FO_EQ, "ten", NULL) == R_NOT_A_NUMBER && check(FF_CALLS, FO_EQ, "1.5", NULL) == R_NOT_A_NUMBER &&
	    check(FF_BIRTH_DATE, FO_EQ, "1981-02-29", NULL) == R_NOT_A_DATE && check(FF_STATUS, FO_ANY, "nobody", NULL) == R_NOT_A_CHOICE &&
	    check(FF_LANGUAGE, FO_ANY, "de", NULL) == R_NOT_A_CHOICE && check(FF_ANSWER, FO_ANY, "1) OR (1", NULL) == R_NOT_A_CHOICE &&
	    check(FF_PHONE, FO_IS, "abc", NULL) == R_PHONE_WORDS);
	CHECK_CASE("an operator of another type", check(FF_CITY, FO_ALL, "x", NULL) == R_NOT_A_CHOICE && check(FF_VOTED, FO_IS, "x", NULL) == R_NOT_A_CHOICE);
	{
		struct condition c = { .field = FF_DONATIONS, .op = FO_NOT_EMPTY, .group = 1 };
		CHECK_CASE("a field of the other kind of people", filter_check(&c, PERSON_ELECTOR) == R_NOT_A_CHOICE);
	}

	CHECK_EQ_S(again("q=x&f.1=city&o.1=is&v.1=Qu%C3%A9bec%20%26%20Co&f.2=answer-12&o.2=any&v.2=3&v.2=4&in.2=9&g.2=2&mate.2=1&join.2=any&groups=any"),
	    "q=x&f.1=city&o.1=is&v.1=Qu%C3%A9bec%20%26%20Co&f.2=answer-12&o.2=any&v.2=3&v.2=4&in.2=9&g.2=2&mate.2=1&join.2=any&groups=any");
	CHECK_EQ_S(again("f.7=voted&o.7=no&f.3=city&o.3=empty"), "f.1=city&o.1=empty&f.2=voted&o.2=no");
	CHECK_EQ_S(again("city=Laval&not_voted=1"), "city=Laval&not_voted=1");
	CHECK_EQ_S(again(""), "");
	CHECK_EQ_S(again("f.1=salary&o.1=is&v.1=1"), "(broken)");
	CHECK_EQ_S(again("unheard=1"), "(broken)");
	CHECK_EQ_S(again("f.51=city"), "(broken)");
	buf_init_in(&b, a, 20000);
	for (int i = 1; i <= FILTER_CONDITIONS; i++)
		buf_fmt(&b, "%sf.%d=city&o.%d=is_not&v.%d=V%d", i > 1 ? "&" : "", i, i, i, i);
	CHECK_CASE("50 conditions", strcmp(again(b.data), b.data) == 0);
	buf_clear(&b);
	for (int i = 1; i <= FILTER_CONDITIONS; i++) {
		buf_fmt(&b, "%sf.%d=city&o.%d=is&v.%d=", i > 1 ? "&" : "", i, i, i);
		for (int k = 0; k < 100; k++)
			buf_text(&b, "%C3%A9");
	}
	{
		struct people_filter *f = arena_alloc(a, sizeof(*f));
		people_filter_read(a, b.data, PERSON_CONTACT, "America/Toronto", f);
		CHECK_CASE("a filter too long to be stored has no text, instead of half of one", people_filter_text(a, f) == NULL);
	}

#define CITY	"f.1=city&o.1=is&v.1=x"
#define TAG	"&f.2=tags&o.2=any&v.2=x"
	CHECK_EQ_U_N("no filter has one way", ways(""), 1);
	CHECK_EQ_U_N("nor has this and that", ways(CITY TAG), 1);
	CHECK_EQ_U_N("nor this or that of the person's own columns: the server has an index for each", ways(CITY "&f.2=city&o.2=is&v.2=y&join.1=any"), 1);
	CHECK_EQ_U_N("a city or a tag", ways(CITY TAG "&join.1=any"), 2);
	CHECK_EQ_U_N("a city, a tag or an answer", ways(CITY TAG "&f.3=answer-1&o.3=any&v.3=1&join.1=any"), 3);
	CHECK_EQ_U_N("groups of which one must fit", ways(CITY TAG "&f.3=language&o.3=any&v.3=fr&g.3=2&groups=any"), 2);
	CHECK_EQ_U_N("one group and another is joined by and: the first one's ways", ways(CITY TAG "&f.3=phone&o.3=empty&g.3=2&f.4=voted&o.4=yes&g.4=2"
	    "&join.1=any&join.2=any"), 2);
	CHECK_EQ_U_N("what the household has", ways(CITY "&f.2=city&o.2=is&v.2=y&mate.2=1&join.1=any"), 2);
	buf_init_in(&b, a, 20000);
	for (int i = 1; i <= 13; i++)
		buf_fmt(&b, "%sf.%d=tags&o.%d=any&v.%d=t", i > 1 ? "&" : "join.1=any&", i, i, i);
	CHECK_EQ_U_N("too many ways are asked as a whole", ways(b.data), 1);
	CHECK_EQ_U_N("what is not understood has one", ways("f.1=salary&o.1=is&v.1=1"), 1);
	arena_free(a);
	return check_done();
}
