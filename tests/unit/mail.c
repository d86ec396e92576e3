/*
 * mail - a message whose headers hold nothing but what they should, whatever is in the subject; addresses that are not
 * written to.
 */
#include "check.h"

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/mail.h"

static struct arena *a;

static const char *
message(const char *subject, const char *body)
{
	struct mail m = { .from = "tocsin@example.org", .to = "marie@example.org", .subject = subject, .body = body, .id = "tocsin7t1", .at = INT64_C(1795543200000000) };

	return mail_message(a, &m);
}

/* How many header lines; every one must be "Name: ..." or go on from the line before. */
static unsigned
headers(const char *m)
{
	unsigned n = 0;

	for (; *m != '\n' && *m != '\0'; m = strchr(m, '\n') + 1) {
		size_t name = strspn(m, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
		if (*m == ' ' && m[1] != '\n')
			continue;
		if (name == 0 || m[name] != ':' || m[name + 1] != ' ')
			return 0;
		n++;
	}
	return n;
}

int
main(void)
{
	static const char *const good[] = { "a@b", "marie.o'neil+x@example.org", "jean_1@sub.example.qc.ca" };
	static const char *const bad[] = { "", "@", "a@", "@b", "a@b@c", "-oQ/tmp@example.org", "a b@example.org", "a@example.org\nBcc: x@y", "a@b,c@d", "<a@b>",
		"a\"b@c", "é@example.org", "a;b@c", "a:b@c", "a(b)@c", "a@b\r" };
	char lots[1000];

	a = arena_new();
	for (size_t i = 0; i < NITEMS(good); i++)
		CHECK_CASE(good[i], mail_address_ok(good[i]));
	for (size_t i = 0; i < NITEMS(bad); i++)
		CHECK_CASE("an address that is not written to", !mail_address_ok(bad[i]));
	CHECK_CASE("no address at all", !mail_address_ok(NULL));
	CHECK_EQ_S_N("the whole message", message("Tocsin: Élan", "Bonjour\n"), "From: Tocsin <tocsin@example.org>\nTo: <marie@example.org>\n"
	    "Subject: =?UTF-8?B?VG9jc2luOiDDiWxhbg==?=\nDate: Tue, 24 Nov 2026 18:00:00 +0000\nMessage-ID: <tocsin7t1@example.org>\n"
	    "Auto-Submitted: auto-generated\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\nQm9uam91cgo=\n");
	CHECK_EQ_U_N("a subject that would like to be more headers", headers(message("x\r\nBcc: all@example.org\r\n\r\nbody", "")), 9);
	CHECK_CASE("... is none", strstr(message("x\r\nBcc: all@example.org", ""), "Bcc") == NULL);
	memset(lots, 0, sizeof(lots));
	for (size_t i = 0; i + 3 < 900; i += 2)
		memcpy(lots + i, "é", 2);
	CHECK_EQ_U_N("a long one is folded", headers(message(lots, "")), 9);
	for (const char *m = message(lots, lots), *end; (end = strchr(m, '\n')) != NULL; m = end + 1)
		if (end - m > 76)
			CHECK_CASE("no line is longer than 76", false);
	CHECK_EQ_U_N("an empty one", headers(message("", "x")), 9);
	CHECK_CASE("no message to a bad address", mail_message(a, &(struct mail){ .from = "a@b", .to = "a@b\nBcc: c@d", .subject = "", .body = "", .id = "x" }) == NULL);
	arena_free(a);
	return check_done();
}
