/*
 * csv_guess.c - which charset, which separator: uchardet's opinion after our own checks.
 *
 * A byte order mark decides. A file that is UTF-8 to its last byte is UTF-8. Otherwise the letters that French is
 * full of tell Windows-1252 from the Macintosh and DOS sets, which uchardet often mistakes on short files.
 */
#include "plumb/csv.h"

#include <iconv.h>
#include <uchardet/uchardet.h>

#include "plumb/log.h"

enum { HEAD_BYTES = 256 * 1024, ROWS_COUNTED = 50 };

/* "é è à ç ê ô î ’" and friends in three old sets; what a French text has most of. */
static const struct { const char *charset; const char *letters; } western[] = {
	{ "WINDOWS-1252", "\xe9\xe8\xe0\xe7\xea\xf4\xee\xe2\xfb\xf9\xeb\xef\xc9\xc8\xc0\xc7\xce\xca\x92\x9c\xab\xbb\xa0" },
	{ "MACINTOSH",    "\x8e\x8f\x88\x8d\x90\x99\x94\x89\x9e\x9d\x91\x95\x83\xe9\xcb\x82\xeb\xe6\xd5\xcf\xc7\xc8\xca" },
	{ "CP850",        "\x82\x8a\x85\x87\x88\x93\x8c\x83\x96\x97\x89\x8b\x90\xd4\xb7\x80\xd7\xd2" },
};

static bool
starts_with(const unsigned char *p, size_t n, const char *mark, size_t len)
{
	return n >= len && memcmp(p, mark, len) == 0;
}

/* Office files, archives, pictures, and whatever has bytes that no list of people has. */
static bool
is_text(const unsigned char *p, size_t n)
{
	size_t odd = 0;

	if (starts_with(p, n, "PK\003\004", 4) || starts_with(p, n, "\xd0\xcf\x11\xe0", 4) ||
	    starts_with(p, n, "%PDF", 4) || starts_with(p, n, "\x89PNG", 4) || starts_with(p, n, "\xff\xd8\xff", 3))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == 0)
			return false;
		odd += (p[i] < 0x20 && strchr("\t\n\v\f\r\x1a", p[i]) == NULL) || p[i] == 0x7f;
	}
	return odd <= n / 1000;
}

/* UTF-16 without a mark: Latin text has a NUL in every second byte. */
static const char *
bare_utf16(const unsigned char *p, size_t n)
{
	size_t even = 0, odd = 0;

	for (size_t i = 0; i + 1 < n; i += 2) {
		even += p[i] == 0;
		odd += p[i + 1] == 0;
	}
	if (n < 8)
		return NULL;
	if (odd > n / 2 * 7 / 10 && even < n / 200 + 1)
		return "UTF-16LE";
	if (even > n / 2 * 7 / 10 && odd < n / 200 + 1)
		return "UTF-16BE";
	return NULL;
}

/* A step through UTF-8: bytes still expected in *left, the bounds of the next one in lo, hi. */
struct utf8 { unsigned left; unsigned char lo, hi; };

static bool
utf8_goes_on(struct utf8 *u, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = p[i];
		if (u->left > 0) {
			if (c < u->lo || c > u->hi)
				return false;
			u->left--;
			u->lo = 0x80;
			u->hi = 0xbf;
		} else if (c >= 0x80) {
			u->left = c >= 0xc2 && c <= 0xdf ? 1 : c >= 0xe0 && c <= 0xef ? 2 : c >= 0xf0 && c <= 0xf4 ? 3 : 0;
			if (u->left == 0)
				return false;
			u->lo = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
			u->hi = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
		}
	}
	return true;
}

static bool
all_utf8(FILE *f)
{
	static unsigned char part[64 * 1024];
	struct utf8 u = { 0, 0x80, 0xbf };
	size_t n;

	rewind(f);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		if (!utf8_goes_on(&u, part, n))
			return false;
	return u.left == 0 && !ferror(f);
}

static const char *
western_charset(const unsigned char *p, size_t n)
{
	size_t high = 0, best = 0, hits[NITEMS(western)] = { 0 };

	for (size_t i = 0; i < n; i++)
		if (p[i] >= 0x80) {
			high++;
			for (size_t k = 0; k < NITEMS(western); k++)
				hits[k] += strchr(western[k].letters, p[i]) != NULL;
		}
	for (size_t k = 1; k < NITEMS(western); k++)
		if (hits[k] > hits[best])
			best = k;
	return high == 0 || hits[best] * 10 >= high * 8 ? western[best].charset : NULL;
}

static void
other_charset(const unsigned char *p, size_t n, char *out, size_t size)
{
	uchardet_t u = uchardet_new();
	const char *name;
	iconv_t cd;

	snprintf(out, size, "WINDOWS-1252");
	if (u == NULL)
		return;
	if (uchardet_handle_data(u, (const char *)p, n) == 0) {
		uchardet_data_end(u);
		name = uchardet_get_charset(u);
		/* not UTF-8: that was tried to the last byte */
		if (*name != '\0' && strlen(name) < size && strncmp(name, "UTF", 3) != 0 &&
		    (cd = iconv_open("UTF-8", name)) != (iconv_t)-1) {
			iconv_close(cd);
			snprintf(out, size, "%s", name);
		}
	}
	uchardet_delete(u);
}

/*
 * The separator that splits the first rows into the most columns, and into the same number in each:
 * counted outside quotes. `step` is 2 for UTF-16.
 */
static char
guess_separator(const unsigned char *p, size_t n, size_t step, size_t first)
{
	static const char seps[] = { ';', ',', '\t' };
	long best = -1;
	char sep = ';';

	for (size_t s = 0; s < NITEMS(seps); s++) {
		size_t rows = 0, header = 0, now = 0, same = 0;
		bool quoted = false;
		for (size_t i = first; i < n && rows < ROWS_COUNTED; i += step) {
			if (step == 2 && p[first == 0 ? i + 1 < n ? i + 1 : i : i - 1] != 0)
				continue;
			if (p[i] == '"')
				quoted = !quoted;
			else if (quoted)
				continue;
			else if (p[i] == (unsigned char)seps[s])
				now++;
			else if (p[i] == '\n' || (p[i] == '\r' && !(i + step < n && p[i + step] == '\n'))) {
				if (rows == 0)
					header = now;
				same += now == header && now > 0;
				rows++;
				now = 0;
			}
		}
		if (rows == 0)
			header = now;
		long points = (long)header * 4 + (rows > 0 ? (long)(same * 100 / rows) : 0) + (header > 0 ? 10 : 0);
		if (header > 0 && points > best) {
			best = points;
			sep = seps[s];
		}
	}
	return sep;
}

bool
csv_guess(const char *path, struct csv_shape *out)
{
	static unsigned char head[HEAD_BYTES];
	const char *name = NULL;
	FILE *f = fopen(path, "rb");
	size_t n, first = 0, step = 1;

	*out = (struct csv_shape){ .separator = ';' };
	if (f == NULL) {
		log_error("csv: %s cannot be read", path);
		return false;
	}
	n = fread(head, 1, sizeof(head), f);
	if (starts_with(head, n, "\xff\xfe", 2))
		name = "UTF-16LE";
	else if (starts_with(head, n, "\xfe\xff", 2))
		name = "UTF-16BE";
	else
		name = bare_utf16(head, n);
	out->text = name != NULL || is_text(head, n);
	if (name != NULL) {
		step = 2;
		first = strcmp(name, "UTF-16BE") == 0;
	} else if (out->text && all_utf8(f))
		name = "UTF-8";
	else if (out->text)
		name = western_charset(head, n);
	if (name != NULL)
		snprintf(out->charset, sizeof(out->charset), "%s", name);
	else
		other_charset(head, n, out->charset, sizeof(out->charset));
	if (out->text)
		out->separator = guess_separator(head, n, step, first);
	fclose(f);
	return true;
}
