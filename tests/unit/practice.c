/*
 * practice - the numbers of invented people: nobody's, each with its story, possible to every part that reads numbers.
 */
#include "check.h"

#include "domain/practice.h"
#include "plumb/base.h"
#include "plumb/phone.h"

int
main(void)
{
	unsigned nobodys = 0, possible = 0, met[STORY__MAX] = { 0 }, ends[STORY__MAX] = { 0 };
	char number[17], before[17];
	struct phone_number p;

	for (uint64_t practice = 1; practice <= 160; practice++)
		for (unsigned n = 0; n < 10 * PRACTICE_ROUND; n++) {
			practice_number(practice, n, number);
			/* 555-01xx in an area code N9X: kept by North America for a longer numbering plan */
			nobodys += strlen(number) == 12 && number[0] == '+' && number[1] == '1' && number[2] >= '2' && number[3] == '9' &&
			    strncmp(number + 5, "55501", 5) == 0;
			possible += phone_parse(number, "CA", &p) == PHONE_OK && strcmp(p.e164, number) == 0;
			met[practice_story_of(number)]++;
		}
	CHECK_EQ_U_N("every number is one that cannot be anybody's", nobodys, 160 * 10 * PRACTICE_ROUND);
	CHECK_EQ_U_N("and that every part of the house reads", possible, 160 * 10 * PRACTICE_ROUND);
	for (enum practice_story s = STORY_TALKS; s < STORY__MAX; s++)
		CHECK_CASE("every story comes in every round", met[s] == 1600 * (s == STORY_TALKS ? 2 : 1));
	practice_number(7, 0, before);
	practice_number(7, PRACTICE_ROUND, number);
	CHECK_CASE("a round brings other numbers than the one before", strncmp(before, number, 5) != 0);
	practice_number(8, 0, number);
	CHECK_CASE("and so does another practice", strncmp(before, number, 5) != 0);

	/* as cgi-bin/sim/script.c divides them; its own test is site/practice.mjs */
	for (unsigned d = 0; d < 100; d++) {
		snprintf(number, sizeof(number), "+12905550%03u", 100 + d);
		if (d >= 17)
			ends[practice_story_of(number)]++;
		if (d >= 60)
			CHECK_CASE("who talks in the simulation has something to say here", practice_answered(practice_story_of(number)));
		else if (d >= 17)
			CHECK_CASE("who does not, does not", !practice_answered(practice_story_of(number)));
	}
	CHECK_EQ_U_N("17 to 39 ring", ends[STORY_RINGS], 23);
	CHECK_EQ_U_N("40 to 54 are voicemail", ends[STORY_VOICEMAIL], 15);
	CHECK_EQ_U_N("55 to 59 are busy", ends[STORY_BUSY], 5);
	CHECK_CASE("nothing at all is no story that ends the program", practice_story_of("") == STORY_TALKS);
	return check_done();
}
