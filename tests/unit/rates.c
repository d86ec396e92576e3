/*
 * rates - the AAPOR rates in tables, and that every status is counted once.
 */
#include "check.h"

#include "domain/rates.h"

static uint64_t
sum(const struct rates *r)
{
	return r->complete + r->refused + r->other + r->no_contact + r->unknown + r->outside;
}

int
main(void)
{
	uint64_t attempts[ST__MAX] = { 0 };
	const struct reason_count list[] = {
		{ QS_DONE, ST_COMPLETED, 40 }, { QS_DONE, ST_REFUSED, 10 }, { QS_WAITING, ST_HUNG_UP, 5 }, { QS_REMOVED, ST_DNC, 8 },
		{ QS_WAITING, ST_CALL_BACK, 7 }, { QS_WAITING, ST_VOICEMAIL, 12 }, { QS_WAITING, ST_NO_ANSWER, 20 }, { QS_DONE, ST_NO_ANSWER, 3 },
		{ QS_DONE, ST_WRONG_NUMBER, 9 }, { QS_REMOVED, ST_REMOVED_VOTED, 41 },
	};
	struct rates r;

	attempts[ST_DNC] = 5;		/* three of the eight were on a list of those who must not be called */
	r = rates_of(list, NITEMS(list), attempts);
	CHECK_EQ_U(r.complete, 40);
	CHECK_EQ_U_N("refused, hung up, and who said \"do not call again\"", r.refused, 20);
	CHECK_EQ_U(r.other, 7);
	CHECK_EQ_U(r.no_contact, 12);
	CHECK_EQ_U(r.unknown, 23);
	CHECK_EQ_U_N("wrong numbers, who voted and who was never to be called are in no rate", r.outside, 9 + 41 + 3);
	CHECK_EQ_I_N("RR1 is 40 of 102", rate_response(&r), 392);
	CHECK_EQ_I_N("CON1 is 67 of 102", rate_contact(&r), 657);
	CHECK_EQ_I_N("COOP1 is 40 of 67", rate_cooperation(&r), 597);
	CHECK_EQ_I_N("REF1 is 20 of 102", rate_refusal(&r), 196);
	for (unsigned s = 1; s < ST__MAX; s++) {
		struct reason_count one = { QS_DONE, (enum status)s, 3 };
		attempts[s] = 3;
		r = rates_of(&one, 1, attempts);
		CHECK_EQ_U_N(status_code((enum status)s), sum(&r), 3);
	}
	r = rates_of(NULL, 0, attempts);
	CHECK_EQ_I_N("nobody called: no rate", rate_response(&r), -1);
	CHECK_EQ_I_N("nor of cooperation", rate_cooperation(&r), -1);
	return check_done();
}
