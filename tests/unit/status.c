/*
 * status - the list of statuses: codes, both languages, groups, order (facts 43, 44, 129).
 */
#include "check.h"

#include "domain/status.h"

static bool
has(enum status_by by, enum status s)
{
	enum status list[ST__MAX];
	size_t n = status_sorted(by, LANG_EN, list);

	for (size_t i = 0; i < n; i++)
		if (list[i] == s)
			return true;
	return false;
}

int
main(void)
{
	enum status list[ST__MAX];
	unsigned wrong = 0;
	size_t n;

	for (unsigned i = 1; i < ST__MAX; i++) {
		enum status s = (enum status)i;
		wrong += status_of_code(status_code(s)) != s;
		wrong += *status_label(s, LANG_EN) == '\0' || *status_label(s, LANG_FR) == '\0';
	}
	CHECK_EQ_U_N("fact 129: every status has a code and a label in both languages", wrong, 0);
	CHECK_CASE("an unknown code is no status", status_of_code("x") == ST_NONE && status_of_code("") == ST_NONE &&
	    status_of_code(NULL) == ST_NONE);
	CHECK_CASE("a stored number from the future has no label", *status_label((enum status)200, LANG_EN) == '\0');
	CHECK_CASE("fact 43: Error, Invalid Number, No Answer, Call Canceled are detected",
	    has(S_AUTO, ST_ERROR) && has(S_AUTO, ST_INVALID_NUMBER) && has(S_AUTO, ST_NO_ANSWER_AUTO) &&
	    has(S_AUTO, ST_CANCELED) && !has(S_AGENT, ST_ERROR));
	CHECK_CASE("fact 44: Remove, No answer, Not at home, Call back are set by agents",
	    has(S_AGENT, ST_REMOVE) && has(S_AGENT, ST_NO_ANSWER) && has(S_AGENT, ST_NOT_HOME) &&
	    has(S_AGENT, ST_CALL_BACK));
	n = status_sorted(S_AGENT, LANG_FR, list);
	CHECK_EQ_S_N("sorted in French: A raccroché, then Absent", status_label(list[1], LANG_FR), "Absent");
	wrong = 0;
	for (size_t i = 0; i < n; i++)
		if (list[i] == ST_MOVED && (i == 0 || list[i - 1] != ST_DECEASED))
			wrong++;
	CHECK_EQ_U_N("Décédé stands before Déménagé", wrong, 0);
	n = status_sorted(S_AGENT, LANG_EN, list);
	CHECK_EQ_S_N("sorted in English: Call back first", status_label(list[0], LANG_EN), "Call back");
	return check_done();
}
