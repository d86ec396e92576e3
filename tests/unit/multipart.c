/*
 * multipart.c - the streaming parser gives the same parts however the body is cut into pieces.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/multipart.h"

#include "check.h"

static struct arena *a;

static bool
on_part(void *ctx, const char *name, const char *file)
{
	buf_fmt(ctx, "[%s|%s|", name, file == NULL ? "-" : file);
	return true;
}

static bool
on_data(void *ctx, const char *p, size_t n)
{
	buf_bytes(ctx, p, n);
	return true;
}

static bool
on_end(void *ctx)
{
	buf_text(ctx, "]");
	return true;
}

static const struct multipart_calls calls = { on_part, on_data, on_end };

/* What came out, or NULL: malformed or not complete. */
static const char *
parts(const char *boundary, const char *body, size_t n, size_t piece)
{
	struct buf *out = arena_alloc(a, sizeof(*out));
	struct multipart *m;

	buf_init_in(out, a, 1 << 20);
	buf_text(out, "");
	m = multipart_new(a, boundary, &calls, out);
	for (size_t at = 0; at < n; at += piece)
		if (!multipart_feed(m, body + at, n - at < piece ? n - at : piece))
			return NULL;
	return multipart_done(m) ? out->data : NULL;
}

#define CD "Content-Disposition: form-data; name="

static void
every_cut(void)
{
	/* contents full of beginnings of the boundary */
	static const char body[] =
	    "--XyZ\r\n" CD "\"csrf\"\r\n\r\nkey\r\n"
	    "--XyZ\r\n" CD "\"list\"; filename=\"membres.csv\"\r\nContent-Type: text/csv\r\n\r\n"
	    "\r\n--Xy\r\n--XyA\r\r\n-\r\n--\r\n\r\n--X\r\n"
	    "--XyZ\r\n" CD "\"empty\"\r\n\r\n\r\n"
	    "--XyZ--\r\nepilogue\r\n--XyZ\r\n";
	static const char want[] = "[csrf|-|key][list|membres.csv|\r\n--Xy\r\n--XyA\r\r\n-\r\n--\r\n\r\n--X][empty|-|]";
	char name[80];

	for (size_t piece = 1; piece <= sizeof(body) - 1; piece++) {
		snprintf(name, sizeof(name), "the same parts in pieces of %zu bytes", piece);
		CHECK_EQ_S_N(name, parts("XyZ", body, sizeof(body) - 1, piece), want);
		arena_reset(a);
	}
}

static void
malformed(void)
{
	static const struct { const char *name, *body; } cases[] = {
		{ "nothing", "" },
		{ "another boundary", "--other\r\n" CD "\"a\"\r\n\r\nx\r\n--other--\r\n" },
		{ "text before the first boundary", "hello\r\n--B\r\n" CD "\"a\"\r\n\r\nx\r\n--B--" },
		{ "no end", "--B\r\n" CD "\"a\"\r\n\r\nx\r\n--B\r\n" },
		{ "cut in the headers", "--B\r\n" CD "\"a\"" },
		{ "cut in the content", "--B\r\n" CD "\"a\"\r\n\r\nx" },
		{ "cut in the last boundary", "--B\r\n" CD "\"a\"\r\n\r\nx\r\n--B-" },
		{ "a boundary that continues", "--B\r\n" CD "\"a\"\r\n\r\nx\r\n--Bx\r\n" },
		{ "no headers", "--B\r\n\r\nx\r\n--B--" },
		{ "no disposition", "--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--" },
		{ "two dispositions", "--B\r\n" CD "\"a\"\r\n" CD "\"b\"\r\n\r\nx\r\n--B--" },
		{ "no name", "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--" },
		{ "a name without quotes", "--B\r\n" CD "a\r\n\r\nx\r\n--B--" },
		{ "a quote that never closes", "--B\r\n" CD "\"a\r\n\r\nx\r\n--B--" },
		{ "an attachment", "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--" },
		{ "a transfer encoding", "--B\r\n" CD "\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--B--" },
		{ "a header without colon", "--B\r\n" CD "\"a\"\r\nhello\r\n\r\nx\r\n--B--" },
		{ "a lone LF in the headers", "--B\r\n" CD "\"a\"\nX: y\r\n\r\nx\r\n--B--" },
		{ "a name that is no UTF-8", "--B\r\n" CD "\"\xe9\"\r\n\r\nx\r\n--B--" },
	};
	char nul[] = "--B\r\nX: \0\r\n" CD "\"a\"\r\n\r\nx\r\n--B--";
	struct buf b;

	for (size_t i = 0; i < NITEMS(cases); i++)
		for (size_t piece = 1; piece <= 40; piece += 13)
			CHECK_CASE(cases[i].name, parts("B", cases[i].body, strlen(cases[i].body), piece) == NULL);
	buf_init_in(&b, a, 1 << 20);
	buf_text(&b, "--B\r\nX-Long: ");
	for (unsigned i = 0; i < 5000; i++)
		buf_text(&b, "x");
	buf_text(&b, "\r\n" CD "\"a\"\r\n\r\nx\r\n--B--");
	CHECK_CASE("headers of more than 4 KiB", parts("B", b.data, b.len, 700) == NULL && parts("B", b.data, b.len, b.len) == NULL);
	buf_clear(&b);
	for (unsigned i = 0; i < 1001; i++)
		buf_text(&b, "--B\r\n" CD "\"a\"\r\n\r\nx\r\n");
	buf_text(&b, "--B--");
	CHECK_CASE("more than 1000 parts", parts("B", b.data, b.len, 5000) == NULL);
	CHECK_CASE("a NUL in the headers", parts("B", nul, sizeof(nul) - 1, 49) == NULL);
	nul[8] = '-';
	CHECK_CASE("which is all that was wrong with it", parts("B", nul, sizeof(nul) - 1, 49) != NULL);
}

static void
names(void)
{
	static const struct { const char *header, *want; } cases[] = {
		{ CD "\"a\"; filename=\"C:\\\\Temp\\\\liste.csv\"", "[a|liste.csv|x]" },
		{ CD "\"a\"; filename=\"C:\\Temp\\liste.csv\"", "[a|liste.csv|x]" },
		{ CD "\"a\"; filename=\"/tmp/liste.csv\"", "[a|liste.csv|x]" },
		{ CD "\"a\"; filename=\"../../etc/passwd\"", "[a|passwd|x]" },
		{ CD "\"a\"; filename=\"un \\\"deux\\\".csv\"", "[a|un \"deux\".csv|x]" },
		{ CD "\"a\"; filename=\"a;b.csv\"", "[a|a;b.csv|x]" },
		{ "content-disposition:form-data; filename=\"é.csv\"; name=\"a\"", "[a|é.csv|x]" },
		{ CD "\"a\"; filename=\"\"", "[a||x]" },
		{ "Content-Disposition: form-data; filename=\"name=\"; name=\"a\"", "[a|name=|x]" },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		const char *body = arena_fmt(a, "--B\r\n%s\r\n\r\nx\r\n--B--\r\n", cases[i].header);
		CHECK_EQ_S_N(cases[i].header, parts("B", body, strlen(body), 7), cases[i].want);
	}
}

static void
boundaries(void)
{
	static const struct { const char *type, *want; } cases[] = {
		{ "multipart/form-data; boundary=abc", "abc" },
		{ "Multipart/Form-Data;boundary=\"a b\"", NULL },
		{ "multipart/form-data; boundary=\"a=b\"", "a=b" },
		{ "multipart/form-data; charset=utf-8; boundary=abc; x=y", "abc" },
		{ "multipart/form-data; boundary=", NULL },
		{ "multipart/form-data; boundary=\"abc", NULL },
		{ "multipart/form-data", NULL },
		{ "multipart/mixed; boundary=abc", NULL },
		{ "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_EQ_S_N(cases[i].type, multipart_boundary(a, cases[i].type), cases[i].want);
	CHECK(multipart_boundary(a, NULL) == NULL);
}

int
main(void)
{
	a = arena_new();
	every_cut();
	malformed();
	names();
	boundaries();
	arena_free(a);
	return check_done();
}
