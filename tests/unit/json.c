/*
 * json, urlenc, and the hashes by others' keys: what reading a provider's answer rests on.
 */
#include "check.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/json.h"
#include "plumb/seal.h"
#include "plumb/sha1.h"
#include "plumb/urlenc.h"

static struct arena *a;

static struct json *
parsed(const char *text)
{
	return json_parse(a, text, strlen(text));
}

static void
reading(void)
{
	struct json *j = parsed("{\"s\":\"caf\\u00e9\",\"n\":20,\"d\":-0.005,\"t\":true,\"z\":null,\"a\":[{\"k\":\"v\"},7],\"i\":\"42\",\"e\":\"\",\"u\":\"a\\u0000b\"}\n");
	int64_t v = 0;
	char deep[100];

	CHECK_EQ_S(json_as_text(json_get(j, "s")), "café");
	CHECK_EQ_S_N("case 79: a number as it is written", json_as_text(json_get(j, "d")), "-0.005");
	CHECK_EQ_S(json_as_text(json_get(j, "n")), "20");
	CHECK_EQ_S(json_as_text(json_get(json_at(json_get(j, "a"), 0), "k")), "v");
	CHECK_CASE("whole numbers, also as texts", json_as_int(json_get(j, "n"), &v) && v == 20 && json_as_int(json_get(j, "i"), &v) && v == 42);
	CHECK_CASE("what is no whole number", !json_as_int(json_get(j, "d"), &v) && !json_as_int(json_get(j, "s"), &v) &&
	    !json_as_int(json_get(j, "e"), &v) && !json_as_int(json_get(j, "t"), &v) && !json_as_int(NULL, &v));
	CHECK_CASE("truth", json_as_bool(json_get(j, "t")) && !json_as_bool(json_get(j, "z")) && !json_as_bool(json_get(j, "n")));
	CHECK_CASE("a way through what is not there", json_as_text(json_get(json_at(json_get(j, "nothing"), 3), "k")) == NULL &&
	    json_get(json_get(j, "s"), "k") == NULL && json_at(j, 0) == NULL && json_at(json_get(j, "a"), 2) == NULL);
	CHECK_CASE("a text with a NUL is none", json_as_text(json_get(j, "u")) == NULL);
	CHECK_CASE("not JSON", parsed("") == NULL && parsed("<html>") == NULL && parsed("{\"a\":1") == NULL && parsed("{} x") == NULL &&
	     parsed("{\"a\":1,}") == NULL && parsed("null") == NULL && json_parse(a, "{}\0x", 4) == NULL &&
	    parsed("{\"a\":\"\xff\"}") == NULL);
	CHECK_CASE("a bare number is a value", json_as_int(parsed("17"), &v) && v == 17);
	memset(deep, '[', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	CHECK_CASE("too deep", parsed(deep) == NULL);
}

static bool
take(void *ctx, const char *name, const char *value)
{
	buf_fmt(ctx, "%s>%s;", name, value);
	return true;
}

static void
forms(void)
{
	struct buf out, back;

	buf_init_in(&out, a, 1000);
	buf_init_in(&back, a, 1000);
	urlenc_pair(&out, "StartTime>", "2026-11-23");
	urlenc_pair(&out, "To", "+1 514 é&=%~");
	CHECK_EQ_S(out.data, "StartTime%3E=2026-11-23&To=%2B1%20514%20%C3%A9%26%3D%25~");
	CHECK_CASE("it is read back as it was", form_parse(a, out.data, out.len, take, &back));
	CHECK_EQ_S(back.data, "StartTime>>2026-11-23;To>+1 514 é&=%~;");
}

static void
hashes(void)
{
	/* RFC 2202, RFC 4231, RFC 8032: case 2, case 2, test 2 */
	static const char key[] = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
	static const char sig[] = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
	unsigned char h[32], k[32], s[64], raw[3];

	sha1_hmac("Jefe", "what do ya want for nothing?", 28, h);
	CHECK_EQ_S(seal_hex(a, h, SHA1_BYTES), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
	seal_hmac256("Jefe", 4, "what do ya want for nothing?", 28, h);
	CHECK_EQ_S(seal_hex(a, h, 32), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	CHECK_CASE("Ed25519: RFC 8032's second test", seal_unhex(key, k, 32) && seal_unhex(sig, s, 64) && seal_signed(k, s, "\x72", 1));
	CHECK_CASE("Ed25519: another message, another key", !seal_signed(k, s, "\x73", 1) && !seal_signed(h, s, "\x72", 1));
	CHECK_EQ_S(seal_base64(a, "\xfb\xff\xfe\x01", 4), "+//+AQ==");
	CHECK_CASE("base64 back, strictly", seal_unbase64("+//+", raw, 3) && memcmp(raw, "\xfb\xff\xfe", 3) == 0 && !seal_unbase64("+//", raw, 3) &&
	    !seal_unbase64("+//+AQ==", raw, 3) && !seal_unbase64("-__-", raw, 3) && !seal_unbase64("+//+ ", raw, 3) && !seal_unbase64(NULL, raw, 3));
}

int
main(void)
{
	a = arena_new();
	reading();
	forms();
	hashes();
	arena_free(a);
	return check_done();
}
