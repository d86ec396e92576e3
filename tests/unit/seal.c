/*
 * seal.c - hashes, marks, tokens, passwords, against published values where there are some.
 */
#include <unistd.h>

#include "check.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/seal.h"

int
main(void)
{
	static const char key[] = "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000000000000000000000";
	char path[] = "/tmp/tocsin-secret-XXXXXX";
	struct arena *a = arena_new();
	unsigned char h[32], other[32], back[4];
	const char *hash, *t1, *t2;
	int fd = mkstemp(path);

	if (write(fd, key, 64) != 64 || write(fd, "\n", 1) != 1)
		return 1;
	close(fd);
	conf.secret_file = path;
	seal_open();
	unlink(path);

	seal_sha256("abc", 3, h);
	CHECK_EQ_S_N("SHA-256 of abc (FIPS 180-2)", seal_hex(a, h, 32),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	/* computed by openssl dgst -sha256 -mac HMAC */
	seal_mark("purpose", "message", 7, h);
	CHECK_EQ_S_N("a mark is HMAC-SHA256 of purpose, NUL, message", seal_hex(a, h, 32), "06cd8f9ab0206f08c3879c5ae626f1bd4cefd3a3927b4ccb235067842f6de698");
	seal_mark("purposem", "essage", 6, other);
	CHECK_CASE("purpose and message do not flow into one another", !seal_equal(h, other, 32));

	CHECK_EQ_S(seal_hex(a, "\x00\xff\x10", 3), "00ff10");
	CHECK(seal_unhex("00FF10ab", back, 4) && memcmp(back, "\x00\xff\x10\xab", 4) == 0);
	CHECK_CASE("unhex wants exactly so many digits", !seal_unhex("00ff10", back, 4) && !seal_unhex("00ff10ab00", back, 4) &&
	    !seal_unhex("00ff10ag", back, 4) && !seal_unhex("00 ff 10", back, 4) && !seal_unhex(NULL, back, 4) && !seal_unhex("", back, 4));
	CHECK_EQ_S(seal_base64url(a, "\xfb\xff\xfe\x01", 4), "-__-AQ");

	t1 = seal_token(a, 32);
	t2 = seal_token(a, 32);
	CHECK_CASE("tokens have 43 letters of 32 bytes, and differ", strlen(t1) == 43 && strcmp(t1, t2) != 0 &&
	    strspn(t1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == 43);

	{
		size_t n, m;
		const char *secret = "jeton d’accès";
		unsigned char *box = seal_box(a, "trunk", secret, &n), *twice = seal_box(a, "trunk", secret, &m);

		CHECK_EQ_S_N("what was sealed opens again", seal_open_box(a, "trunk", box, n), secret);
		CHECK_CASE("the same text twice is two boxes", n == m && memcmp(box, twice, n) != 0);
		CHECK_CASE("the box does not show it", memmem(box, n, secret, strlen(secret)) == NULL);
		CHECK_CASE("another purpose opens nothing", seal_open_box(a, "other", box, n) == NULL);
		CHECK_CASE("a cut box opens nothing", seal_open_box(a, "trunk", box, n - 1) == NULL && seal_open_box(a, "trunk", box, 10) == NULL &&
		    seal_open_box(a, "trunk", NULL, 0) == NULL);
		box[n - 1] ^= 1;
		CHECK_CASE("a changed byte opens nothing", seal_open_box(a, "trunk", box, n) == NULL);
	}

	hash = seal_password_hash(a, "Brûlé d’érable");
	CHECK_CASE("argon2id", strncmp(hash, "$argon2id$", 10) == 0 && strlen(hash) < 140);
	CHECK_CASE("the right password", seal_password_ok(hash, "Brûlé d’érable"));
	CHECK_CASE("a wrong one", !seal_password_ok(hash, "Brule d'erable"));
	CHECK_CASE("an empty one", !seal_password_ok(hash, ""));
	CHECK_CASE("no such account", !seal_password_ok(NULL, "Brûlé d’érable"));
	CHECK_CASE("not even the password of nobody opens no account", !seal_password_ok(NULL, ""));
	CHECK_CASE("a hash that is none", !seal_password_ok("", "x") && !seal_password_ok("$argon2id$v=19$", "x"));
	arena_free(a);
	return check_done();
}
