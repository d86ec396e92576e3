/*
 * outbox - the waiting times add up to more than a day; the signature is what openssl makes.
 */
#include "check.h"

#include "domain/outbox.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

int
main(void)
{
	struct arena *a = arena_new();
	int64_t all = 0;
	unsigned n = 0;

	CHECK_EQ_I(outbox_wait(1), 5 * SECOND_US);
	CHECK_EQ_I(outbox_wait(4), 10 * MINUTE_US);
	CHECK_EQ_I(outbox_wait(1000), HOUR_US);
	while (all < OUTBOX_GIVES_UP_US)
		all += outbox_wait(++n);
	CHECK_CASE("tried for more than a day, and not more often than needed", all >= DAY_US && n > 30 && n < 50);
	for (unsigned i = 1; i < 20; i++)
		CHECK_CASE("never sooner than before", outbox_wait(i + 1) >= outbox_wait(i));
	CHECK_EQ_S_N("a signature made with openssl", outbox_signature(a, "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "call_1_2", 1795000000, "{\"type\":\"test\"}"),
	    "v1,jIX+Ex8ec5zL9ws0RCX6SpAgRCkx2m2bFHoqWQ4Q86A=");
	CHECK_CASE("what is no secret signs nothing", outbox_signature(a, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "x", 1, "") == NULL &&
	    outbox_signature(a, "whsec_MDEy", "x", 1, "") == NULL);
	arena_free(a);
	return check_done();
}
