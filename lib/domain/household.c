/*
 * household.c - the address folded, and its hash.
 */
#include "domain/household.h"

#include "plumb/arena.h"
#include "plumb/seal.h"

/* U+00C0 to U+017F without their marks; '.' where there is no plain letter. */
static const char plain[] =
	"aaaaaaaceeeeiiiidnooooo.ouuuuyts"	/* 00C0 */
	"aaaaaaaceeeeiiiidnooooo.ouuuuyty"	/* 00E0 */
	"aaaaaaccccccccddddeeeeeeeeeegggg"	/* 0100 */
	"gggghhhhiiiiiiiiiiiijjkkklllllll"	/* 0120 */
	"lllnnnnnn.nnoooooooorrrrrrssssss"	/* 0140 */
	"ssttttttuuuuuuuuuuuuwwyyyzzzzzzs"	/* 0160 */;		/* 0142-017F */

/* The code point at *s, which is moved behind it. The text is valid UTF-8. */
static uint32_t
next_char(const unsigned char **s)
{
	const unsigned char *p = *s;

	if (p[0] < 0x80) {
		*s += 1;
		return p[0];
	}
	if (p[0] < 0xe0 && p[1] != 0) {
		*s += 2;
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
	}
	if (p[0] < 0xf0 && p[1] != 0 && p[2] != 0) {
		*s += 3;
		return (uint32_t)(p[0] & 0xf) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	}
	if (p[1] != 0 && p[2] != 0 && p[3] != 0) {
		*s += 4;
		return (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
	}
	*s += 1;
	return '?';
}

char *
fold_text(struct arena *a, const char *text)
{
	const unsigned char *s = (const unsigned char *)(text == NULL ? "" : text);
	char *out = arena_alloc(a, strlen((const char *)s) * 2 + 1), *to = out;

	while (*s != '\0') {
		const unsigned char *from = s;
		uint32_t c = next_char(&s);
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			*to++ = (char)c;
		else if (c >= 'A' && c <= 'Z')
			*to++ = (char)(c - 'A' + 'a');
		else if (c == 0x152 || c == 0x153) {		/* œ */
			*to++ = 'o';
			*to++ = 'e';
		} else if (c == 0xc6 || c == 0xe6) {		/* æ */
			*to++ = 'a';
			*to++ = 'e';
		} else if (c == 0xdf) {				/* ß */
			*to++ = 's';
			*to++ = 's';
		} else if (c >= 0xc0 && c < 0xc0 + sizeof(plain) - 1) {
			if (plain[c - 0xc0] != '.')
				*to++ = plain[c - 0xc0];
		} else if (c > 0x36f && !(c >= 0x2000 && c < 0x2070) && c != 0x3000) {
			memcpy(to, from, (size_t)(s - from));	/* another script: kept as it is */
			to += s - from;
		}						/* else punctuation, spaces, combining marks */
	}
	*to = '\0';
	return out;
}

bool
household_key(struct arena *a, const char *civic_number, const char *street, const char *apartment,
    const char *city, struct address_key *out)
{
	const char *part[] = { fold_text(a, civic_number), fold_text(a, street), fold_text(a, apartment), fold_text(a, city) };
	unsigned char hash[32];
	char *text;

	if (*part[0] == '\0' || *part[1] == '\0' || *part[3] == '\0')
		return false;
	text = arena_fmt(a, "%s\x1f%s\x1f%s\x1f%s", part[0], part[1], part[2], part[3]);
	seal_sha256(text, strlen(text), hash);
	memcpy(out->byte, hash, sizeof(out->byte));
	return true;
}
