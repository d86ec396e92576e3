/*
 * form.c - a query string or form body of any bytes: decoded, collected, checked and asked about. What must hold:
 * text handed to handlers is valid UTF-8 without NUL and, for one line, without control characters.
 */
#include "plumb/arena.h"
#include "plumb/request.h"
#include "plumb/text.h"

static const struct field fields[] = {
	{ "t", F_TEXT,   2, 5, 0, NULL },
	{ "l", F_LINES,  0, 9, F_REQUIRED, NULL },
	{ "u", F_UINT,   3, 70, 0, NULL },
	{ "b", F_BOOL,   0, 0, 0, NULL },
	{ "d", F_DATE,   0, 0, 0, NULL },
	{ "h", F_TIME,   0, 0, 0, NULL },
	{ "c", F_CHOICE, 0, 0, 0, "yes|no" },
	{ "e", F_EMAIL,  0, 0, 0, NULL },
	{ "m", F_UINT,   0, 9, F_REPEATS, NULL },
	{ "k", F_TEXT,   1, 9, F_KEYED | F_REPEATS, NULL },
	{ "f", F_FILE,   0, 0, 0, NULL },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *a;
	struct req rq = { 0 };
	const char *keys[8];

	if (a == NULL)
		a = arena_new();
	rq.arena = a;
	rq.fields = fields;
	rq.nfields = NITEMS(fields);
	rq.in = arena_alloc(a, NITEMS(fields) * sizeof(*rq.in));
	rq.post = n > 0 && data[0] & 1;
	if (form_read(&rq, (const char *)data, n)) {
		for (unsigned f = 0; f < NITEMS(fields); f++) {
			const char *s = in_text(&rq, f);
			size_t nk;

			assert(text_is_utf8(in_typed(&rq, f), strlen(in_typed(&rq, f))));
			assert(text_is_utf8(s, strlen(s)));
			for (const char *p = s; *p != '\0'; p++)
				assert((unsigned char)*p >= 0x20 || ((*p == '\n' || *p == '\t') && fields[f].kind == F_LINES) ||
				    fields[f].kind == F_BOOL);
			assert(in_refusal(&rq, f) == R_NONE || in_count(&rq, f) != 1 || (*s == '\0' && in_uint(&rq, f) == 0));
			assert(fields[f].kind != F_UINT || in_refusal(&rq, f) != R_NONE || in_blank(&rq, f) ||
			    (in_uint(&rq, f) >= (uint64_t)fields[f].min && in_uint(&rq, f) <= (uint64_t)fields[f].max));
			nk = in_keys(&rq, f, keys, NITEMS(keys));
			for (size_t i = 0; i < nk; i++)
				assert(in_keyed_given(&rq, f, keys[i]) && in_keyed_count(&rq, f, keys[i]) > 0);
		}
		(void)in_all_fit(&rq);
	}
	arena_reset(a);
	return 0;
}
