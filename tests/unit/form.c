/*
 * form.c - decoding and checking of declared fields.
 */
#include "plumb/arena.h"
#include "plumb/request.h"

#include "check.h"

enum { IN_TEXT, IN_NEED, IN_LINES, IN_UINT, IN_BOOL, IN_DATE, IN_TIME, IN_CHOICE, IN_EMAIL, IN_MANY, IN_KEY, IN_KEYS, IN__MAX };
static const struct field fields[IN__MAX] = {
	[IN_TEXT]   = { "text",   F_TEXT,   2, 5, 0, NULL },
	[IN_NEED]   = { "need",   F_TEXT,   0, 5, F_REQUIRED, NULL },
	[IN_LINES]  = { "lines",  F_LINES,  0, 9, 0, NULL },
	[IN_UINT]   = { "uint",   F_UINT,   3, 70, 0, NULL },
	[IN_BOOL]   = { "bool",   F_BOOL,   0, 0, 0, NULL },
	[IN_DATE]   = { "date",   F_DATE,   0, 0, 0, NULL },
	[IN_TIME]   = { "time",   F_TIME,   0, 0, 0, NULL },
	[IN_CHOICE] = { "choice", F_CHOICE, 0, 0, 0, "yes|no|no_answer" },
	[IN_EMAIL]  = { "email",  F_EMAIL,  0, 0, 0, NULL },
	[IN_MANY]   = { "many",   F_UINT,   0, 9, F_REPEATS, NULL },
	[IN_KEY]    = { "key",    F_UINT,   1, 9, F_KEYED, NULL },
	[IN_KEYS]   = { "keys",   F_TEXT,   0, 9, F_KEYED | F_REPEATS, NULL },
};

static struct arena *a;

static struct req *
fresh(void)
{
	struct req *rq = arena_alloc(a, sizeof(*rq));

	rq->arena = a;
	rq->fields = fields;
	rq->nfields = IN__MAX;
	rq->in = arena_alloc(a, IN__MAX * sizeof(*rq->in));
	rq->post = true;
	return rq;
}

static bool
taken(const char *body)
{
	return form_read(fresh(), body, strlen(body));
}

static void
malformed(void)
{
	static const struct { const char *name, *body; bool want; } cases[] = {
		{ "nothing at all is an empty form",        "",                     true },
		{ "one pair",                               "text=abc",             true },
		{ "a pair without = is an empty value",     "bool",                 true },
		{ "plus is a space, %2B a plus",            "text=a+b%2B",          true },
		{ "escapes in names",                       "te%78t=abc",           true },
		{ "lower and upper case hexadecimal",       "text=%c3%A9",          true },
		{ "= in a value",                           "text=a=b",             true },
		{ "an unknown name",                        "other=1",              false },
		{ "a name that is the start of a known one", "tex=1",               false },
		{ "a name that continues a known one",      "texts=1",              false },
		{ "names are told apart by case",           "Text=abc",             false },
		{ "a repeated name",                        "text=abc&text=abc",    false },
		{ "a repeated name that may",               "many=1&many=2",        true },
		{ "a repeated key",                         "key.1=1&key.1=2",      false },
		{ "a repeated key that may",                "keys.1=a&keys.1=b",    true },
		{ "several keys",                           "key.1=1&key.2=2",      true },
		{ "a keyed field without key",              "key=1",                false },
		{ "an empty key",                           "key.=1",               false },
		{ "two dots",                               "key.1.2=1",            false },
		{ "a key with a blank",                     "key.1+2=1",            false },
		{ "a plain field with a key",               "text.1=abc",           false },
		{ "a cut escape",                           "text=%",               false },
		{ "a cut escape, one digit",                "text=%4",              false },
		{ "an escape cut by &",                     "text=%4&bool=1",       false },
		{ "no hexadecimal",                         "text=%g0",             false },
		{ "a NUL",                                  "text=%00",             false },
		{ "a NUL in a name",                        "text%00=1",            false },
		{ "half a character",                       "text=%C3",             false },
		{ "a surrogate",                            "text=%ED%A0%80",       false },
		{ "not the shortest form",                  "text=%C0%AF",          false },
		{ "beyond Unicode",                         "text=%F5%80%80%80",    false },
		{ "an empty name",                          "=x",                   false },
		{ "an empty pair",                          "bool&&text=abc",       false },
		{ "a & at the end",                         "text=abc&",            false },
		{ "csrf is built in",                       "csrf=x",               true },
		{ "but only once",                          "csrf=x&csrf=x",        false },
		{ "tracking words belong to links, not forms", "fbclid=x",          false },
	};
	char key[80] = "key.";

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_CASE(cases[i].name, taken(cases[i].body) == cases[i].want);
	memset(key + 4, 'k', 64);
	CHECK_CASE("a key of 64 characters", taken(key));
	key[68] = 'k';
	CHECK_CASE("a key of 65 characters", !taken(key));
}

static void
kinds(void)
{
	static const struct { const char *body; unsigned f; enum refusal want; const char *text; } cases[] = {
		{ "text=abc", IN_TEXT, R_NONE, "abc" },
		{ "text=++abc%C2%A0", IN_TEXT, R_NONE, "abc" },
		{ "text=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9", IN_TEXT, R_NONE, "ééééé" },
		{ "text=abcdef", IN_TEXT, R_TOO_LONG, "" },
		{ "text=a", IN_TEXT, R_TOO_SHORT, "" },
		{ "text=", IN_TEXT, R_NONE, "" },
		{ "text=++", IN_TEXT, R_NONE, "" },
		{ "text=a%0Ab", IN_TEXT, R_NOT_TEXT, "" },
		{ "text=a%07b", IN_TEXT, R_NOT_TEXT, "" },
		{ "text=a%7Fb", IN_TEXT, R_NOT_TEXT, "" },
		{ "text=a%C2%85b", IN_TEXT, R_NOT_TEXT, "" },
		{ "need=", IN_NEED, R_MISSING, "" },
		{ "need=+%09+", IN_NEED, R_MISSING, "" },
		{ "text=abc", IN_NEED, R_MISSING, "" },
		{ "lines=a%0D%0Ab%0Dc%0A", IN_LINES, R_NONE, "a\nb\nc" },
		{ "lines=a%09b", IN_LINES, R_NONE, "a\tb" },
		{ "lines=a%1Bb", IN_LINES, R_NOT_TEXT, "" },
		{ "lines=0123456789", IN_LINES, R_TOO_LONG, "" },
		{ "uint=3", IN_UINT, R_NONE, "3" },
		{ "uint=+70+", IN_UINT, R_NONE, "70" },
		{ "uint=2", IN_UINT, R_OUT_OF_RANGE, "" },
		{ "uint=71", IN_UINT, R_OUT_OF_RANGE, "" },
		{ "uint=99999999999999999999999", IN_UINT, R_OUT_OF_RANGE, "" },
		{ "uint=-5", IN_UINT, R_NOT_A_NUMBER, "" },
		{ "uint=%2B5", IN_UINT, R_NOT_A_NUMBER, "" },
		{ "uint=5.0", IN_UINT, R_NOT_A_NUMBER, "" },
		{ "uint=0x10", IN_UINT, R_NOT_A_NUMBER, "" },
		{ "uint=5+5", IN_UINT, R_NOT_A_NUMBER, "" },
		{ "uint=%D9%A5", IN_UINT, R_NOT_A_NUMBER, "" },
		{ "date=2026-11-23", IN_DATE, R_NONE, "2026-11-23" },
		{ "date=2026-02-29", IN_DATE, R_NOT_A_DATE, "" },
		{ "date=23-11-2026", IN_DATE, R_NOT_A_DATE, "" },
		{ "time=23:59", IN_TIME, R_NONE, "23:59" },
		{ "time=24:00", IN_TIME, R_NOT_A_TIME, "" },
		{ "time=9h30", IN_TIME, R_NOT_A_TIME, "" },
		{ "choice=no", IN_CHOICE, R_NONE, "no" },
		{ "choice=no_answer", IN_CHOICE, R_NONE, "no_answer" },
		{ "choice=no_", IN_CHOICE, R_NOT_A_CHOICE, "" },
		{ "choice=yes|no", IN_CHOICE, R_NOT_A_CHOICE, "" },
		{ "choice=NO", IN_CHOICE, R_NOT_A_CHOICE, "" },
		{ "email=+Zoe.Roy%2Bx@Exemple.QC.CA+", IN_EMAIL, R_NONE, "zoe.roy+x@exemple.qc.ca" },
		{ "email=zoe", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "email=zoe@exemple", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "email=@exemple.ca", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "email=a@b@exemple.ca", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "email=a+b@exemple.ca", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "email=a@exemple.", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "email=a@.ca", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "email=a@exemple..ca", IN_EMAIL, R_NOT_AN_EMAIL, "" },
		{ "many=1&many=x&many=3", IN_MANY, R_NOT_A_NUMBER, "1" },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct req *rq = fresh();

		CHECK_CASE(cases[i].body, form_read(rq, cases[i].body, strlen(cases[i].body)) &&
		    in_refusal(rq, cases[i].f) == cases[i].want && strcmp(in_text(rq, cases[i].f), cases[i].text) == 0);
	}
}

static void
answers(void)
{
	static const char body[] = "text=+a+&uint=7&bool=on&time=01%3A30&many=4&many=5&key.12=3&key.x=99&keys.a=p&keys.a=q&keys.b=r";
	struct req *rq = fresh();
	const char *keys[9];

	CHECK(form_read(rq, body, strlen(body)));
	CHECK_EQ_S_N("what was typed is kept as typed", in_typed(rq, IN_TEXT), " a ");
	CHECK_EQ_S_N("nothing typed is \"\"", in_typed(rq, IN_DATE), "");
	CHECK_EQ_U(in_uint(rq, IN_UINT), 7);
	CHECK_EQ_U_N("a refused number is 0", in_keyed_uint(rq, IN_KEY, "x"), 0);
	CHECK(in_bool(rq, IN_BOOL) && in_given(rq, IN_BOOL) && !in_given(rq, IN_DATE));
	CHECK(in_blank(rq, IN_DATE) && !in_blank(rq, IN_UINT));
	CHECK_EQ_I(in_minute(rq, IN_TIME), 90);
	CHECK_EQ_I(in_minute(rq, IN_DATE), -1);
	CHECK_EQ_U(in_count(rq, IN_MANY), 2);
	CHECK_EQ_S(in_nth(rq, IN_MANY, 1), "5");
	CHECK_EQ_U(in_nth_uint(rq, IN_MANY, 1), 5);
	CHECK_EQ_S(in_nth(rq, IN_MANY, 2), "");
	CHECK(in_keyed_given(rq, IN_KEY, "12") && !in_keyed_given(rq, IN_KEY, "1"));
	CHECK_EQ_S(in_keyed(rq, IN_KEY, "12"), "3");
	CHECK_EQ_S_N("a refused keyed value is shown as typed", in_keyed(rq, IN_KEY, "x"), "99");
	CHECK(in_keyed_refusal(rq, IN_KEY, "x") == R_OUT_OF_RANGE && in_keyed_refusal(rq, IN_KEY, "12") == R_NONE);
	CHECK_EQ_U(in_keys(rq, IN_KEY, keys, NITEMS(keys)), 2);
	CHECK_EQ_U_N("a key given twice is one key", in_keys(rq, IN_KEYS, keys, NITEMS(keys)), 2);
	CHECK_EQ_U_N("never more keys than asked for", in_keys(rq, IN_KEYS, keys, 1), 1);
	CHECK_EQ_U(in_keyed_count(rq, IN_KEYS, "a"), 2);
	CHECK_EQ_S(in_keyed_nth(rq, IN_KEYS, "a", 1), "q");
	CHECK_EQ_S(in_keyed_nth(rq, IN_KEYS, "b", 1), "");
}

static void
fitting(void)
{
	struct req *rq = fresh();

	CHECK(form_read(rq, "uint=7", 6) && in_all_fit(rq));
	CHECK_CASE("a required field that was not sent is named by IN_FIT only", !IN_FIT(rq, IN_UINT, IN_NEED) && IN_FIT(rq, IN_UINT));
	in_refuse(rq, IN_UINT, R_OUT_OF_RANGE);
	CHECK_CASE("the handler's own verdict counts", !in_all_fit(rq) && in_refusal(rq, IN_UINT) == R_OUT_OF_RANGE);
	rq = fresh();
	in_refuse_keyed(rq, IN_KEY, "3", R_MISSING);
	CHECK_CASE("also for a key that was not sent", in_keyed_refusal(rq, IN_KEY, "3") == R_MISSING && !in_all_fit(rq));
	rq = fresh();
	CHECK_CASE("one refused value among several", form_read(rq, "key.1=1&key.2=x", 15) && !in_all_fit(rq));
	rq = fresh();
	rq->post = false;
	CHECK_CASE("a marked link is read without the marks", form_read(rq, "fbclid=abc&uint=7&utm_source=x", 30) && in_uint(rq, IN_UINT) == 7);
}

int
main(void)
{
	a = arena_new();
	malformed();
	kinds();
	answers();
	fitting();
	arena_free(a);
	return check_done();
}
