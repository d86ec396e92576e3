/*
 * Numbers as people write them: to E.164, or refused with the reason; the fast path says what the
 * library says.
 */
#include "plumb/phone.h"

#include "check.h"
#include "plumb/base.h"

static const struct { const char *text; enum phone_verdict want; const char *e164, *extension; } cases[] = {
	/* the seven writings of the sample files */
	{ "438 555-0000", PHONE_OK, "+14385550000", "" },
	{ "4385550000", PHONE_OK, "+14385550000", "" },
	{ "(438) 555-0000", PHONE_OK, "+14385550000", "" },
	{ "438.555.0000", PHONE_OK, "+14385550000", "" },
	{ "1-438-555-0000", PHONE_OK, "+14385550000", "" },
	{ "+1 438 555 0000", PHONE_OK, "+14385550000", "" },
	{ "438 555-0000 poste 22", PHONE_OK, "+14385550000", "22" },
	/* area codes younger than the library: possible is enough */
	{ "354 555-0001", PHONE_OK, "+13545550001", "" },
	{ "+1 263 555 0831", PHONE_OK, "+12635550831", "" },
	{ "4285551234", PHONE_OK, "+14285551234", "" },
	/* extensions and labels come off first */
	{ "514 555-0123 p. 22", PHONE_OK, "+15145550123", "22" },
	{ "514-555-0123 p22", PHONE_OK, "+15145550123", "22" },
	{ "514-555-0123 ext. 4", PHONE_OK, "+15145550123", "4" },
	{ "514 555 0123x22", PHONE_OK, "+15145550123", "22" },
	{ "514-555-0123 #9", PHONE_OK, "+15145550123", "9" },
	{ "514-555-0123, poste : 301", PHONE_OK, "+15145550123", "301" },
	{ "514-555-0123,22", PHONE_OK, "+15145550123", "22" },
	{ "514 555-0123 POSTE 7", PHONE_OK, "+15145550123", "7" },
	{ "514 555-0123 (cell)", PHONE_OK, "+15145550123", "" },
	{ "(rés.) 514 555-0123", PHONE_OK, "+15145550123", "" },
	{ "Rés. : 514 555-0123", PHONE_OK, "+15145550123", "" },
	{ "cell 514 555-0123", PHONE_OK, "+15145550123", "" },
	{ "514 555-0123 cell.", PHONE_OK, "+15145550123", "" },
	{ "514 555-0123 (maison) poste 3", PHONE_OK, "+15145550123", "3" },
	{ "514\xC2\xA0" "555\xE2\x80\x93" "0123", PHONE_OK, "+15145550123", "" },
	{ " '+1 514 555 0123", PHONE_OK, "+15145550123", "" },
	/* abroad */
	{ "+33 1 23 45 67 89", PHONE_OK, "+33123456789", "" },
	{ "011 33 1 23 45 67 89", PHONE_OK, "+33123456789", "" },
	{ "0033 1 23 45 67 89", PHONE_OK, "+33123456789", "" },
	/* refused, each with its reason */
	{ "", PHONE_EMPTY, "", "" },
	{ "   ", PHONE_EMPTY, "", "" },
	{ "aucun", PHONE_WORDS, "", "" },
	{ "n/d", PHONE_WORDS, "", "" },
	{ "confidentiel", PHONE_WORDS, "", "" },
	{ "-", PHONE_WORDS, "", "" },
	{ "418 555-01O5", PHONE_LETTERS, "", "" },
	{ "5l4 555-0123", PHONE_LETTERS, "", "" },
	{ "514 555-012O", PHONE_LETTERS, "", "" },
	{ "1-800-FLEURS", PHONE_LETTERS, "", "" },
	{ "514 555-0123 ou 438 555-9999", PHONE_LETTERS, "", "" },
	{ "911", PHONE_EMERGENCY, "", "" },
	{ "9-1-1", PHONE_EMERGENCY, "", "" },
	{ "112", PHONE_EMERGENCY, "", "" },
	{ "514-555", PHONE_IMPOSSIBLE, "", "" },
	{ "555-0123", PHONE_IMPOSSIBLE, "", "" },
	{ "411", PHONE_IMPOSSIBLE, "", "" },
	{ "514 555-01234", PHONE_IMPOSSIBLE, "", "" },
	{ "+999 12345678", PHONE_IMPOSSIBLE, "", "" },
	{ "12345678901234567890123456", PHONE_IMPOSSIBLE, "", "" },
};

static void
writings(void)
{
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct phone_number n;
		enum phone_verdict v = phone_parse(cases[i].text, "CA", &n);
		char name[200];
		snprintf(name, sizeof(name), "\"%s\" is read rightly", cases[i].text);
		check_line_(v == cases[i].want && strcmp(n.e164, cases[i].e164) == 0 &&
		    strcmp(n.extension, cases[i].extension) == 0, name, __FILE__, __LINE__,
		    "verdict %d, %s, extension %s", v, n.e164, n.extension);
	}
}

static bool
same(const char *text)
{
	struct phone_number a, b;
	enum phone_verdict fast = phone_parse(text, "CA", &a), slow = phone_parse_slow(text, "CA", &b);

	if (fast == slow && strcmp(a.e164, b.e164) == 0 && strcmp(a.extension, b.extension) == 0 && a.valid == b.valid)
		return true;
	printf("# \"%s\": fast %d %s %d, library %d %s %d\n", text, fast, a.e164, a.valid, slow, b.e164, b.valid);
	return false;
}

/* Every area code, in every writing, with exchanges and lines at the edges and in between. */
static void
fast_is_the_library(void)
{
	static const char *const shapes[] = { "%03u%03u%04u", "(%03u) %03u-%04u", "%03u-%03u-%04u", "1-%03u-%03u-%04u",
		"+1 %03u %03u %04u", "%03u.%03u.%04u", "+1%03u%03u%04u", "1 (%03u)%03u %04u", "%03u %03u-%04u poste 22",
		"%03u %03u-%04u (cell)", "1%03u%03u%04u", "+1.%03u.%03u.%04u", "%03u  %03u--%04u" };
	unsigned asked = 0, wrong = 0, seed = 2026;

	for (unsigned area = 100; area < 1000; area++)
		for (unsigned k = 0; k < 14; k++) {
			static const unsigned edges[] = { 200, 555, 999, 211, 311, 199, 0, 976 };
			char text[64];
			seed = seed * 1103515245 + 12345;
			unsigned exchange = k < NITEMS(edges) ? edges[k] : (seed >> 8) % 1000;
			seed = seed * 1103515245 + 12345;
			snprintf(text, sizeof(text), shapes[(area + k) % NITEMS(shapes)], area, exchange, (seed >> 8) % 10000);
			wrong += !same(text);
			asked++;
		}
	/* near misses of the fast path's shapes */
	static const char *const odd[] = { "(438 555-0000", "438) 555-0000", "4385550000 ", "+14385550000x", "1+4385550000",
		"++14385550000", "+ 1 438 555 0000", "438/555-0000", "0438 555 0000", "11 438 555 0000", "(438)(555) 0000",
		"1 1 438 555 000", "-438 555 0000", "438 555 000", "(1) 438 555-0000", "+1 (438) 555-0000", "(438)555-0000",
		"4 3 8 5 5 5 0 0 0 0", "+1", "1", "+", "(", "()", "1-", "+1(438", "(43a) 555-0000", "43 85 55 00 00" };
	for (size_t i = 0; i < NITEMS(odd); i++, asked++)
		wrong += !same(odd[i]);
	printf("# %u writings compared\n", asked);
	CHECK_CASE("the fast path answers what the library answers, in every writing", wrong == 0);
}

static void
display(void)
{
	char out[32], small[4];

	phone_display("+14385550000", out, sizeof(out));
	CHECK_EQ_S(out, "438 555-0000");
	phone_display("+33123456789", out, sizeof(out));
	CHECK_EQ_S(out, "+33 1 23 45 67 89");
	phone_display("+442079460000", out, sizeof(out));
	CHECK_EQ_S(out, "+44 20 79 46 00 00");
	phone_display("", out, sizeof(out));
	CHECK_EQ_S(out, "");
	phone_display("+14385550000", small, sizeof(small));
	CHECK_CASE("a small buffer is not overrun", strlen(small) == 3);
}

int
main(void)
{
	writings();
	fast_is_the_library();
	display();
	return check_done();
}
