/*
 * multipart.c - a multipart body of any bytes. What must hold: cut into pieces of any size it gives the same
 * parts, or is refused in the same way; content comes only between a part's beginning and its end.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/multipart.h"

struct seen { struct buf text; bool inside; };

static bool
on_part(void *ctx, const char *name, const char *file)
{
	struct seen *s = ctx;

	assert(!s->inside);
	s->inside = true;
	buf_fmt(&s->text, "[%s|%s|", name, file == NULL ? "" : file);
	return true;
}

static bool
on_data(void *ctx, const char *p, size_t n)
{
	struct seen *s = ctx;

	assert(s->inside && n > 0);
	buf_bytes(&s->text, p, n);
	return true;
}

static bool
on_end(void *ctx)
{
	struct seen *s = ctx;

	assert(s->inside);
	s->inside = false;
	buf_text(&s->text, "]");
	return true;
}

static bool
parse(struct arena *a, const char *body, size_t n, size_t piece, struct seen *s)
{
	static const struct multipart_calls calls = { on_part, on_data, on_end };
	struct multipart *m = multipart_new(a, "B", &calls, s);

	buf_init_in(&s->text, a, 1 << 20);
	buf_text(&s->text, "");
	s->inside = false;
	for (size_t at = 0; at < n; at += piece)
		if (!multipart_feed(m, body + at, n - at < piece ? n - at : piece))
			return false;
	return multipart_done(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *a;
	struct seen whole, cut;
	bool ok;

	if (a == NULL)
		a = arena_new();
	if (n < 2)
		return 0;
	ok = parse(a, (const char *)data + 1, n - 1, n, &whole);
	assert(parse(a, (const char *)data + 1, n - 1, data[0] % 64 + 1u, &cut) == ok);
	assert(!ok || (whole.text.len == cut.text.len && memcmp(whole.text.data, cut.text.data, whole.text.len) == 0));
	(void)multipart_boundary(a, arena_strndup(a, (const char *)data + 1, n - 1));
	arena_reset(a);
	return 0;
}
