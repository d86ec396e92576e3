/* Merge fields, and which questionnaires can be asked. */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/survey.h"

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
	n.kind = "scale";
	CHECK_CASE("a kind that the agent's screen cannot ask is refused", survey_check(&s, w, 8, a) == 1 && w[0].why == R_NOT_A_CHOICE);
	n.kind = "yes_no";
	n.nchoices = 0;
	CHECK_CASE("yes/no needs no answers of its own", survey_check(&s, w, 8, a) == 0);
	s.name = "  ";
	s.nquestions = 0;
	CHECK_CASE("a name and a question are needed", survey_check(&s, w, 8, a) == 2);
}

int
main(void)
{
	a = arena_new();
	merging();
	checking();
	arena_free(a);
	return check_done();
}
