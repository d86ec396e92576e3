/* Merge fields, and which questionnaires can be asked. */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/survey.h"
#include "domain/survey_row.h"

#include "check.h"

static struct arena *a;

static void
merging(void)
{
	static const struct { const char *name, *text, *want, *unknown; } cases[] = {
		{ "a known field is replaced", "Hello {first_name}!", "Hello Ana!", NULL },
		{ "two side by side", "{first_name}{last_name}", "AnaRoy", NULL },
		{ "a value not known is empty", "[{city}]", "[]", NULL },
		{ "an unknown one stays and is named", "{frist_name}", "{frist_name}", "{frist_name}" },
		{ "a lonely brace is text", "a { b", "a { b", NULL },
		{ "a brace at the end is text", "a {", "a {", NULL },
		{ "braces over a line break are text", "{first\nname}", "{first\nname}", NULL },
		{ "an empty pair is text", "{}", "{}", NULL },
		{ "an outer brace does not hide a field", "{{first_name}}", "{Ana}", NULL },
		{ "the first unknown one is named", "{agent} {x} {y}", " {x} {y}", "{x}" },
		{ "accents pass through", "Élodie {last_name}", "Élodie Roy", NULL },
	};
	static const char *const value[MF__MAX] = { [MF_FIRST_NAME] = "Ana", [MF_LAST_NAME] = "Roy" };

	for (size_t i = 0; i < NITEMS(cases); i++) {
		CHECK_EQ_S_N(cases[i].name, survey_merge(cases[i].text, value, a), cases[i].want);
		CHECK_EQ_S_N(cases[i].name, survey_unknown_merge(cases[i].text, a), cases[i].unknown);
	}
}

static void
checking(void)
{
	struct choice both[2] = { { .text = { "Yes", "Oui" } }, { .text = { "No", "Non" } } };
	struct choice french[2] = { { .text = { "", "Oui" } }, { .text = { "", "Non" } } };
	struct choice uneven[2] = { { .text = { "Yes", "Oui" } }, { .text = { "", "Non" } } };
	struct question n = { .kind = "single_choice", .text = { "Ok?", "" }, .choices = both, .nchoices = 2 };
	struct survey s = { .name = "Test", .script = { "", "" }, .questions = &n, .nquestions = 1 };
	struct survey_wrong w[8];

	CHECK_CASE("one language is enough for a question", survey_check(&s, w, 8, a) == 0);
	n.choices = french;
	CHECK_CASE("one language is enough for the answers", survey_check(&s, w, 8, a) == 0);
	n.choices = uneven;
	CHECK_CASE("an answer that one language lacks is refused", survey_check(&s, w, 8, a) == 1 && w[0].why == R_ONE_LANGUAGE);
	n.choices = both;
	n.nchoices = 1;
	CHECK_CASE("one answer is no choice", survey_check(&s, w, 8, a) == 1 && w[0].part == SP_CHOICES && w[0].why == R_FEW_CHOICES);
	n.nchoices = 2;
	s.script[LANG_FR] = "Bonjour {prenom}";
	CHECK_CASE("an unknown merge field is refused by its name", survey_check(&s, w, 8, a) == 1 && w[0].part == SP_SCRIPT_FR &&
	    w[0].why == R_MERGE_UNKNOWN && strcmp(w[0].word, "{prenom}") == 0);
	s.script[LANG_FR] = "";
	n.kind = "riddle";
	CHECK_CASE("a kind that the agent's screen cannot ask is refused", survey_check(&s, w, 8, a) == 1 && w[0].why == R_NOT_A_CHOICE);
	n.kind = "yes_no";
	n.nchoices = 0;
	CHECK_CASE("yes/no needs no answers of its own", survey_check(&s, w, 8, a) == 0);
	s.name = "  ";
	s.nquestions = 0;
	CHECK_CASE("a name and a question are needed", survey_check(&s, w, 8, a) == 2);
}

static size_t
check(const struct survey *s, struct survey_wrong *w)
{
	return survey_check(s, w, 8, a);
}

/* --- where answers lead: 1 picks, 2 yes/no, 3 text, 4 text --- */

static struct choice pick[2], yes_no[2];
static struct question four[4];
static struct survey tree;

static void
plant(int a1, int a2, int yes, int no)
{
	pick[0] = (struct choice){ .text = { "We", "Nous" }, .next = a1 };
	pick[1] = (struct choice){ .text = { "They", "Eux" }, .next = a2 };
	yes_no[0] = (struct choice){ .next = yes };
	yes_no[1] = (struct choice){ .next = no };
	four[0] = (struct question){ .kind = "single_choice", .required = true, .text = { "A?", "A?" }, .choices = pick, .nchoices = 2 };
	four[1] = (struct question){ .kind = "yes_no", .required = true, .text = { "B?", "B?" }, .choices = yes_no, .nchoices = 2 };
	four[2] = (struct question){ .kind = "text_short", .text = { "C?", "C?" } };
	four[3] = (struct question){ .kind = "info", .text = { "D.", "D." } };
	tree = (struct survey){ .name = "Tree", .script = { "", "" }, .questions = four, .nquestions = 4 };
}

static void
branches(void)
{
	static const struct {
		const char *name;
		int a1, a2, yes, no;
		enum refusal why;	/* R_NONE: can be saved */
		int question, choice;
	} cases[] = {
		{ "next questions only", 0, 0, 0, 0, R_NONE, 0, 0 },
		{ "later questions and the end", 3, NEXT_END, 4, 3, R_NONE, 0, 0 },
		{ "the next one by its number", 2, 3, 3, 4, R_NONE, 0, 0 },
		{ "fact 41: to a question that was removed", 0, NEXT_GONE, 0, 0, R_BRANCH_GONE, 0, 1 },
		{ "fact 41: behind the last question", 5, 0, 0, 0, R_BRANCH_GONE, 0, 0 },
		{ "fact 41: far behind", 0, 0, 0, 30000, R_BRANCH_GONE, 1, 1 },
		{ "fact 41: to itself", 1, 0, 0, 0, R_BRANCH_BACK, 0, 0 },
		{ "fact 41: back, a cycle", 0, 0, 1, 0, R_BRANCH_BACK, 1, 0 },
		{ "fact 41: yes/no to itself", 0, 0, 0, 2, R_BRANCH_BACK, 1, 1 },
		{ "no such place", 0, -3, 0, 0, R_BRANCH_GONE, 0, 1 },
	};
	struct survey_wrong w[8];

	for (size_t i = 0; i < NITEMS(cases); i++) {
		plant(cases[i].a1, cases[i].a2, cases[i].yes, cases[i].no);
		size_t n = check(&tree, w);
		CHECK_CASE(cases[i].name, cases[i].why == R_NONE ? n == 0 : n == 1 && w[0].part == SP_NEXT && w[0].why == cases[i].why &&
		    w[0].question == cases[i].question && w[0].choice == cases[i].choice);
	}
	plant(0, 0, 0, 0);
	four[0].kind = "multiple_choice";
	pick[0].next = 1;
	CHECK_CASE("a kind without branches: nothing leads anywhere", check(&tree, w) == 0);
}

static void
kinds(void)
{
	static const struct { const char *kind; bool known, choices, branches; } cases[] = {
		{ "single_choice", true, true, true }, { "yes_no", true, true, true }, { "multiple_choice", true, true, false },
		{ "text_short", true, false, false }, { "text_long", true, false, false }, { "number", true, false, false },
		{ "info", true, false, false }, { "date", true, false, false }, { "scale", true, true, true },
		{ "field_update", true, false, false }, { "riddle", false, false, false }, { "", false, false, false },
	};
	struct survey_wrong w[8];

	for (size_t i = 0; i < NITEMS(cases); i++) {
		CHECK_CASE(cases[i].kind, survey_kind_known(cases[i].kind) == cases[i].known &&
		    survey_kind_choices(cases[i].kind) == cases[i].choices && survey_kind_branches(cases[i].kind) == cases[i].branches);
		plant(0, 0, 0, 0);
		four[2].kind = cases[i].kind;
		size_t n = check(&tree, w);
		CHECK_CASE("a text needs no answers, a list does, a scale its ends, a correction its field; an unknown kind is refused",
		    strcmp(cases[i].kind, "scale") == 0 ? n == 1 && w[0].why == R_BAD_SCALE :
		    strcmp(cases[i].kind, "field_update") == 0 ? n == 1 && w[0].why == R_NO_FIELD && w[0].part == SP_FIELD :
		    !cases[i].known ? n == 1 && w[0].why == R_NOT_A_CHOICE :
		    cases[i].choices && strcmp(cases[i].kind, "yes_no") != 0 ? n == 1 && w[0].why == R_FEW_CHOICES : n == 0);
	}
}

static void
warnings(void)
{
	struct survey_wrong w[8];

	plant(0, 0, 0, 0);
	CHECK_CASE("every question is reached", survey_warn(&tree, w, 8) == 0);
	plant(3, NEXT_END, 0, 0);
	CHECK_CASE("one that no answer leads to is named", survey_warn(&tree, w, 8) == 1 && w[0].part == SP_REACH && w[0].question == 1 &&
	    w[0].why == R_UNREACHABLE);
	four[0].required = false;
	CHECK_CASE("a question that may be passed over leads to the next one", survey_warn(&tree, w, 8) == 0);
	plant(2, 2, NEXT_END, NEXT_END);
	CHECK_CASE("so is all behind an end", survey_warn(&tree, w, 8) == 2 && w[0].question == 2 && w[1].question == 3);
	plant(2, NEXT_END, 4, 4);
	CHECK_CASE("reached only from one that is not reached is not reached", survey_warn(&tree, w, 8) == 1 && w[0].question == 2);
	plant(0, 0, 0, 0);
	four[2].text[LANG_EN] = " ";
	CHECK_CASE("a text that one language lacks is named", survey_warn(&tree, w, 8) == 1 && w[0].part == SP_QUESTION_EN && w[0].question == 2);
	plant(0, 0, 0, 0);
	tree.script[LANG_FR] = "Bonjour";
	CHECK_CASE("so is a script", survey_warn(&tree, w, 8) == 1 && w[0].part == SP_SCRIPT_EN);
	for (size_t i = 0; i < 4; i++)
		four[i].text[LANG_EN] = "";
	CHECK_CASE("a whole survey in one language is none", survey_warn(&tree, w, 8) == 0 && check(&tree, w) == 0);
}

static void
answers(void)
{
	struct survey_wrong w[8];

	plant(0, 0, 0, 0);
	pick[1].text[LANG_EN] = pick[1].text[LANG_FR] = " ";
	CHECK_CASE("an answer without text is refused at its place", check(&tree, w) == 1 && w[0].part == SP_CHOICE && w[0].question == 0 &&
	    w[0].choice == 1 && w[0].why == R_CHOICE_BLANK);
	plant(0, 0, 0, 0);
	pick[0].text[LANG_FR] = "";
	CHECK_CASE("an answer that one language lacks too", check(&tree, w) == 1 && w[0].part == SP_CHOICE && w[0].choice == 0 &&
	    w[0].why == R_ONE_LANGUAGE);
}

/* --- scales --- */

static void
scales(void)
{
	static const struct { const char *name; int from, to; size_t answers; } cases[] = {
		{ "0 to 10", 0, 10, 11 }, { "1 to 5", 1, 5, 5 }, { "two numbers are enough", 3, 4, 2 }, { "one is none", 4, 4, 0 },
		{ "downwards is none", 5, 1, 0 }, { "beyond 10 is none", 0, 11, 0 }, { "below 0 is none", -1, 3, 0 },
	};
	static const int next[SCALE_MOST + 1] = { [0] = NEXT_END, [10] = 3 };
	struct choice c = { .text = { "7", "7" } };
	struct question n, old;
	struct scale s, back;

	for (size_t i = 0; i < NITEMS(cases); i++) {
		s = (struct scale){ cases[i].from, cases[i].to, { "Not at all", "Pas du tout" }, { " ", "Très – vraiment" } };
		n = (struct question){ .kind = "scale" };
		scale_choices(&n, &s, next, a);
		CHECK_EQ_U_N(cases[i].name, n.nchoices, cases[i].answers);
		scale_of(&n, &back, a);
		CHECK_CASE("and read back as it was, or as none", cases[i].answers == 0 ? back.from > back.to :
		    back.from == cases[i].from && back.to == cases[i].to && strcmp(back.low[LANG_FR], "Pas du tout") == 0 &&
		    strcmp(back.high[LANG_EN], "") == 0 && strcmp(back.high[LANG_FR], "Très – vraiment") == 0);
	}
	s = (struct scale){ 0, 10, { "No", "Non" }, { "", "" } };
	scale_choices(&n, &s, next, a);
	CHECK_CASE("each number leads where it should; an end has its words", n.choices[0].next == NEXT_END && n.choices[10].next == 3 &&
	    n.choices[5].next == 0 && strcmp(n.choices[0].text[LANG_FR], "0 – Non") == 0 && strcmp(n.choices[10].text[LANG_EN], "10") == 0);
	old = n;
	for (size_t i = 0; i < old.nchoices; i++)
		old.choices[i].stable = 50 + i;
	s.from = 5;
	scale_choices(&n, &s, next, a);
	n.choices[0].stable = 999;	/* from a form: not believed */
	survey_scale(&n, &old);
	CHECK_CASE("a number is the same answer in a shorter scale", n.choices[0].stable == 55 && n.choices[5].stable == 60);
	for (const char *const *t = (const char *const[]){ "", "x", "11", "100", "7 or so", "-1", NULL }; *t != NULL; t++) {
		c.text[LANG_EN] = *t;
		CHECK_EQ_I_N("no number of a scale", scale_number(&c), -1);
	}
}

int
main(void)
{
	a = arena_new();
	scales();
	merging();
	checking();
	branches();
	kinds();
	warnings();
	answers();
	arena_free(a);
	return check_done();
}
