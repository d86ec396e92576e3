/*
 * phone_display.c - a number as people here read it. No library: safe in every area.
 */
#include "plumb/phone.h"

#include "plumb/base.h"

/* How many digits the country code has: ITU-T E.164's zones. */
static size_t
country_digits(const char *d)
{
	static const char two[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
	    "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";

	if (d[0] == '1' || d[0] == '7')
		return 1;
	for (const char *p = two; *p != '\0'; p += 3)
		if (p[0] == d[0] && p[1] == d[1])
			return 2;
	return 3;
}

void
phone_display(const char *e164, char *out, size_t n)
{
	size_t len = e164 == NULL ? 0 : strlen(e164), country, used;

	if (n == 0)
		return;
	if (len < 8 || e164[0] != '+' || strspn(e164 + 1, "0123456789") != len - 1) {
		snprintf(out, n, "%s", e164 == NULL ? "" : e164);
		return;
	}
	if (len == 12 && e164[1] == '1') {
		snprintf(out, n, "%.3s %.3s-%.4s", e164 + 2, e164 + 5, e164 + 8);
		return;
	}
	/* elsewhere: the country, then pairs from the right */
	country = country_digits(e164 + 1);
	snprintf(out, n, "%.*s", (int)country + 1, e164);
	used = strlen(out);
	for (size_t i = country + 1; i < len && used + 3 < n; i++) {
		if (i == country + 1 || (len - i) % 2 == 0)
			out[used++] = ' ';
		out[used++] = e164[i];
		out[used] = '\0';
	}
}
