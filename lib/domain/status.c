/*
 * status.c - the table behind status.h.
 */
#include "domain/status.h"

static const struct {
	const char *code, *label[LANG__MAX];
	enum status_by by;
	enum status_then then;
	bool reached;
} info[ST__MAX] = {
#define AS_ROW(id, code, en, fr, by, then, reached) \
	[id] = { code, { [LANG_EN] = en, [LANG_FR] = fr }, by, then, reached },
	STATUSES(AS_ROW)
#undef AS_ROW
};

/* Numbers come from stored columns: one that this program does not know is no status. */
static enum status
known(enum status s)
{
	return (unsigned)s < ST__MAX ? s : ST_NONE;
}

const char *
status_code(enum status s)
{
	return info[known(s)].code;
}

const char *
status_label(enum status s, enum lang lang)
{
	return info[known(s)].label[lang];
}

enum status_by
status_by(enum status s)
{
	return info[known(s)].by;
}

enum status_then
status_then(enum status s)
{
	return info[known(s)].then;
}

bool
status_reached(enum status s)
{
	return info[known(s)].reached;
}

enum status
status_of_code(const char *code)
{
	if (code == NULL || *code == '\0')
		return ST_NONE;
	for (unsigned s = 1; s < ST__MAX; s++)
		if (strcmp(info[s].code, code) == 0)
			return (enum status)s;
	return ST_NONE;
}

/* The next letter of a label as a reader sorts it: without case and accent; the labels are ours, so
 * the two-byte letters of French are all there is to know. */
static int
letter(const unsigned char **p)
{
	static const char latin[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts" "aaaaaaaceeeeiiiidnooooo/ouuuuyty";
	int c = *(*p)++;

	if (c == 0xC3 && **p >= 0x80 && **p < 0xC0)
		return latin[*(*p)++ - 0x80];
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	return c;
}

static int
label_order(const char *a, const char *b)
{
	const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;
	int x, y;

	do {
		x = letter(&p);
		y = letter(&q);
	} while (x == y && x != '\0');
	return x - y;
}

size_t
status_sorted(enum status_by by, enum lang lang, enum status out[ST__MAX])
{
	size_t n = 0;

	for (unsigned s = 1; s < ST__MAX; s++) {
		size_t at = n;

		if (info[s].by != by)
			continue;
		for (; at > 0 && label_order(info[s].label[lang], info[out[at - 1]].label[lang]) < 0; at--)
			out[at] = out[at - 1];
		out[at] = (enum status)s;
		n++;
	}
	return n;
}
