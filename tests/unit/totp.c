/* Codes of the telephone: the vectors of RFC 6238, the neighbours that clocks allow, the key as people type it. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/totp.h"

#include "check.h"

int
main(void)
{
	static const unsigned char secret[] = "12345678901234567890";	/* the RFC's, 20 bytes */
	static const struct { int64_t at; const char *code; } rfc[] = {
		{ 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" },
	};
	static const char *const garbage[] = { "", "28708", "2870822", "28708a", " 287082", "-28708", "２８７" };
	struct arena *a = arena_new();
	uint64_t step = 0;

	for (size_t i = 0; i < NITEMS(rfc); i++)
		CHECK_CASE(arena_fmt(a, "RFC 6238 at %lld", (long long)rfc[i].at), totp_fits(secret, rfc[i].code, rfc[i].at * 1000000, &step) &&
		    step == (uint64_t)rfc[i].at / 30);
	CHECK_CASE("half a minute early or late", totp_fits(secret, "287082", 29 * INT64_C(1000000), &step) && step == 1 &&
	    totp_fits(secret, "287082", 89 * INT64_C(1000000), &step) && step == 1);
	CHECK_CASE("not a minute", !totp_fits(secret, "287082", 120 * INT64_C(1000000), &step));
	for (size_t i = 0; i < NITEMS(garbage); i++)
		CHECK_CASE(arena_fmt(a, "“%s” is no code", garbage[i]), !totp_fits(secret, garbage[i], 59 * INT64_C(1000000), &step));
	CHECK_EQ_S_N("the key to type", totp_secret_words(a, secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
	CHECK_EQ_S_N("the QR code's text", totp_uri(a, secret, "zoé@ex.org"),
	    "otpauth://totp/Tocsin:zo%C3%A9%40ex.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tocsin");
	arena_free(a);
	return check_done();
}
