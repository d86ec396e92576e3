/*
 * refusal.c - every reason has a status, a key of its own, and a sentence.
 */
#include "check.h"
#include "plumb/refusal.h"

int
main(void)
{
	unsigned twice = 0, empty = 0, odd = 0;

	for (int r = R_NONE + 1; r < R__MAX; r++) {
		const char *key = refusal_key((enum refusal)r), *text = refusal_text((enum refusal)r, LANG_EN);

		empty += *key == '\0' || *text == '\0';
		odd += strspn(key, "abcdefghijklmnopqrstuvwxyz_0123456789") != strlen(key) || strlen(key) > 40;
		odd += refusal_status((enum refusal)r) < 400;
		for (int s = R_NONE; s < r; s++)
			twice += strcmp(key, refusal_key((enum refusal)s)) == 0;
	}
	CHECK_EQ_U_N("no key stands for two reasons", twice, 0);
	CHECK_EQ_U_N("every reason has a key and a sentence", empty, 0);
	CHECK_EQ_U_N("keys fit their column, statuses are errors", odd, 0);
	CHECK_EQ_S(refusal_key(R_PHONE_LETTERS), "phone_letters");
	CHECK(refusal_status(R_PAUSED) == HTTP_CONFLICT);
	CHECK_EQ_S(refusal_text(R_NONE, LANG_FR), "");
	return check_done();
}
