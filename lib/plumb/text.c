/*
 * text.c - UTF-8, trimming, and the few parsers of plain values.
 */
#include "plumb/text.h"

#include "plumb/arena.h"

/* Length of the valid UTF-8 character at s, at most n bytes; 0 when it is none. */
static size_t
char_bytes(const unsigned char *s, size_t n)
{
	if (n == 0 || s[0] == 0)
		return 0;
	if (s[0] < 0x80)
		return 1;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		return n >= 2 && (s[1] & 0xc0) == 0x80 ? 2 : 0;
	if ((s[0] & 0xf0) == 0xe0) {
		if (n < 3 || (s[1] & 0xc0) != 0x80 || (s[2] & 0xc0) != 0x80)
			return 0;
		if (s[0] == 0xe0 && s[1] < 0xa0)	/* a longer form than needed */
			return 0;
		if (s[0] == 0xed && s[1] > 0x9f)	/* a surrogate */
			return 0;
		return 3;
	}
	if (s[0] >= 0xf0 && s[0] <= 0xf4) {
		if (n < 4 || (s[1] & 0xc0) != 0x80 || (s[2] & 0xc0) != 0x80 || (s[3] & 0xc0) != 0x80)
			return 0;
		if (s[0] == 0xf0 && s[1] < 0x90)
			return 0;
		if (s[0] == 0xf4 && s[1] > 0x8f)	/* beyond U+10FFFF */
			return 0;
		return 4;
	}
	return 0;
}

bool
text_is_utf8(const char *s, size_t n)
{
	for (size_t i = 0, k; i < n; i += k) {
		k = char_bytes((const unsigned char *)s + i, n - i);
		if (k == 0)
			return false;
	}
	return true;
}

size_t
text_chars(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* Bytes of the white space at s: ASCII, U+00A0, U+2000-200A, U+202F, U+3000, and the byte order mark; else 0. */
static size_t
space_bytes(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	if (n >= 1 && (u[0] == ' ' || (u[0] >= '\t' && u[0] <= '\r')))
		return 1;
	if (n >= 2 && u[0] == 0xc2 && u[1] == 0xa0)
		return 2;
	if (n >= 3 && u[0] == 0xe2 && u[1] == 0x80 && ((u[2] >= 0x80 && u[2] <= 0x8a) || u[2] == 0xaf))
		return 3;
	if (n >= 3 && u[0] == 0xe3 && u[1] == 0x80 && u[2] == 0x80)
		return 3;
	if (n >= 3 && u[0] == 0xef && u[1] == 0xbb && u[2] == 0xbf)
		return 3;
	return 0;
}

char *
text_trim(struct arena *a, const char *s)
{
	size_t n = strlen(s), k;
	bool again = true;

	while ((k = space_bytes(s, n)) > 0) {
		s += k;
		n -= k;
	}
	while (again) {
		again = false;
		for (k = 1; k <= 3 && k <= n; k++)
			if (space_bytes(s + n - k, k) == k) {
				n -= k;
				again = true;
				break;
			}
	}
	return arena_strndup(a, s, n);
}

char *
text_cut(struct arena *a, const char *s, size_t max_chars)
{
	size_t n = 0;

	for (; s[n] != '\0'; n++)
		if (((unsigned char)s[n] & 0xc0) != 0x80 && max_chars-- == 0)
			break;
	return arena_strndup(a, s, n);
}

const char *
text_tame(struct arena *a, const char *s)
{
	enum { MOST = 120 };
	char *out;
	size_t len = 0, left, k;

	if (s == NULL)
		return "";
	out = arena_alloc(a, MOST + 1);
	for (left = strlen(s); left > 0 && len < MOST; s += k, left -= k) {
		const unsigned char *u = (const unsigned char *)s;

		k = char_bytes(u, left);
		if (k == 0 || u[0] < 0x20 || u[0] == 0x7f || (u[0] == 0xc2 && u[1] < 0xa0)) {
			out[len++] = '?';	/* no UTF-8, or a control: C0, DEL, C1 */
			if (k == 0)
				k = 1;
			continue;
		}
		if (len + k > MOST)
			break;
		memcpy(out + len, s, k);
		len += k;
	}
	return out;
}

bool
text_is_blank(const char *s)
{
	size_t n, k;

	if (s == NULL)
		return true;
	for (n = strlen(s); n > 0; s += k, n -= k)
		if ((k = space_bytes(s, n)) == 0)
			return false;
	return true;
}

bool
parse_uint(const char *s, uint64_t min, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;

	if (s == NULL || *s == '\0')
		return false;
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return false;
		if (__builtin_mul_overflow(v, (uint64_t)10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(*s - '0'), &v))
			return false;
	}
	if (v < min || v > max)
		return false;
	*out = v;
	return true;
}

/* Exactly n digits at s. */
static bool
digits(const char *s, size_t n, int *out)
{
	*out = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*out = *out * 10 + (s[i] - '0');
	}
	return true;
}

bool
parse_date(const char *s, int *year, int *month, int *day)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int y, m, d, last;

	if (s == NULL || strlen(s) != 10 || s[4] != '-' || s[7] != '-' ||
	    !digits(s, 4, &y) || !digits(s + 5, 2, &m) || !digits(s + 8, 2, &d))
		return false;
	if (y < 1 || m < 1 || m > 12)
		return false;
	last = days[m - 1] + (m == 2 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0));
	if (d < 1 || d > last)
		return false;
	*year = y;
	*month = m;
	*day = d;
	return true;
}

bool
parse_time_of_day(const char *s, int *minute_of_day)
{
	int h, m, sec;

	if (s == NULL || (strlen(s) != 5 && strlen(s) != 8) || s[2] != ':' ||
	    !digits(s, 2, &h) || !digits(s + 3, 2, &m))
		return false;
	if (s[5] != '\0' && (s[5] != ':' || !digits(s + 6, 2, &sec) || sec > 59))
		return false;
	if (h > 23 || m > 59)
		return false;
	*minute_of_day = h * 60 + m;
	return true;
}

size_t
text_split(struct arena *a, const char *s, char sep, const char **parts, size_t max)
{
	size_t n = 0;

	if (*s == '\0')
		return 0;
	while (n < max) {
		const char *end = strchr(s, sep);

		parts[n++] = arena_strndup(a, s, end == NULL ? strlen(s) : (size_t)(end - s));
		if (end == NULL)
			break;
		s = end + 1;
	}
	return n;
}

const char *
text_initials(struct arena *a, const char *name)
{
	const char *word[8] = { NULL };
	size_t n = text_split(a, name, ' ', word, NITEMS(word));
	const char *first = n > 0 ? text_cut(a, word[0], 1) : "";

	return n > 1 ? arena_fmt(a, "%s%s", first, text_cut(a, word[n - 1], 1)) : first;
}
