/*
 * seal.c - libsodium behind seal.h.
 */
#include "plumb/seal.h"

#include <fcntl.h>
#include <unistd.h>

#include <sodium.h>

#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/log.h"

static unsigned char server_key[32];
static bool have_key;

static void
ready(void)
{
	if (sodium_init() < 0)
		die("seal: libsodium does not start");
}

void
seal_open(void)
{
	char hex[66] = "";
	int fd;
	ssize_t n;

	ready();
	if ((fd = open(conf.secret_file, O_RDONLY | O_CLOEXEC)) < 0)
		die("seal: secret_file %s cannot be read; run tocsin migrate", conf.secret_file);
	n = read(fd, hex, sizeof(hex) - 1);
	close(fd);
	if (n < 64 || (hex[64] != '\0' && hex[64] != '\n'))
		die("seal: secret_file %s does not hold 64 hex digits", conf.secret_file);
	hex[64] = '\0';
	if (!seal_unhex(hex, server_key, sizeof(server_key)))
		die("seal: secret_file %s does not hold 64 hex digits", conf.secret_file);
	sodium_memzero(hex, sizeof(hex));
	have_key = true;
}

void
seal_random(void *out, size_t n)
{
	ready();
	randombytes_buf(out, n);
}

char *
seal_token(struct arena *a, size_t bytes)
{
	unsigned char raw[64];

	assert(bytes <= sizeof(raw));
	seal_random(raw, bytes);
	return seal_base64url(a, raw, bytes);
}

char *
seal_password_hash(struct arena *a, const char *password)
{
	char *hash = arena_alloc(a, crypto_pwhash_STRBYTES);

	ready();
	if (crypto_pwhash_str(hash, password, strlen(password),
	    crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		die("seal: no memory for a password hash");
	return hash;
}

bool
seal_password_ok(const char *hash, const char *password)
{
	/* of a random password nobody knows, with the limits above: an unknown account takes as long as a known one */
	static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$ckjNI0eQkZri25xHpLWEFQ$GP+T85eEW0CuVRsbQaYOUUXhQS3ZxAki2wOOoee9nEs";
	bool ok;

	ready();
	ok = crypto_pwhash_str_verify(hash != NULL ? hash : nobody, password, strlen(password)) == 0;
	return hash != NULL && ok;
}

void
seal_sha256(const void *p, size_t n, unsigned char out[32])
{
	crypto_hash_sha256(out, p, n);
}

void
seal_mark(const char *purpose, const void *msg, size_t n, unsigned char out[32])
{
	crypto_auth_hmacsha256_state st;

	assert(have_key);	/* seal_open first */
	crypto_auth_hmacsha256_init(&st, server_key, sizeof(server_key));
	/* with its NUL, so that purpose and message cannot flow into one another */
	crypto_auth_hmacsha256_update(&st, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_auth_hmacsha256_update(&st, msg, n);
	crypto_auth_hmacsha256_final(&st, out);
}

void
seal_mark_of(const char *purpose, uint64_t id, const unsigned char nonce[SEAL_NONCE], unsigned char out[32])
{
	unsigned char msg[8 + SEAL_NONCE];

	for (unsigned i = 0; i < 8; i++)
		msg[i] = (unsigned char)(id >> (56 - 8 * i));
	memcpy(msg + 8, nonce, SEAL_NONCE);
	seal_mark(purpose, msg, sizeof(msg), out);
}

const char *
seal_address(struct arena *a, const char *purpose, uint64_t id, const unsigned char nonce[SEAL_NONCE])
{
	unsigned char mark[32];

	seal_mark_of(purpose, id, nonce, mark);
	return seal_base64url(a, mark, 18);
}

bool
seal_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

static void
box_key(const char *purpose, unsigned char out[crypto_secretbox_KEYBYTES])
{
	_Static_assert(crypto_secretbox_KEYBYTES == 32, "a mark is a key");
	seal_mark("box", purpose, strlen(purpose), out);
}

/* The nonce in front, then the box. */
void *
seal_box(struct arena *a, const char *purpose, const char *text, size_t *n)
{
	size_t len = strlen(text);
	unsigned char key[32], *out;

	*n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + len;
	out = arena_alloc(a, *n);
	box_key(purpose, key);
	seal_random(out, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, (const unsigned char *)text, len, out, key);
	sodium_memzero(key, sizeof(key));
	return out;
}

char *
seal_open_box(struct arena *a, const char *purpose, const void *box, size_t n)
{
	const size_t head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
	const unsigned char *p = box;
	unsigned char key[32], *out;
	int bad;

	if (box == NULL || n < head)
		return NULL;
	out = arena_alloc(a, n - head + 1);
	box_key(purpose, key);
	bad = crypto_secretbox_open_easy(out, p + crypto_secretbox_NONCEBYTES, n - crypto_secretbox_NONCEBYTES, p, key);
	sodium_memzero(key, sizeof(key));
	return bad ? NULL : (char *)out;
}

char *
seal_hex(struct arena *a, const void *p, size_t n)
{
	char *hex = arena_alloc(a, n * 2 + 1);

	return sodium_bin2hex(hex, n * 2 + 1, p, n);
}

bool
seal_unhex(const char *hex, void *out, size_t n)
{
	size_t len;

	return hex != NULL && strlen(hex) == n * 2 &&
	    sodium_hex2bin(out, n, hex, n * 2, NULL, &len, NULL) == 0 && len == n;
}

char *
seal_base64url(struct arena *a, const void *p, size_t n)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(a, size);

	return sodium_bin2base64(text, size, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

char *
seal_base64(struct arena *a, const void *p, size_t n)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(a, size);

	return sodium_bin2base64(text, size, p, n, sodium_base64_VARIANT_ORIGINAL);
}

bool
seal_unbase64(const char *text, void *out, size_t n)
{
	size_t len;
	const char *end;

	return text != NULL && sodium_base642bin(out, n, text, strlen(text), NULL, &len, &end,
	    sodium_base64_VARIANT_ORIGINAL) == 0 && len == n && *end == '\0';
}

void
seal_hmac256(const void *key, size_t nkey, const void *msg, size_t n, unsigned char out[32])
{
	crypto_auth_hmacsha256_state st;

	crypto_auth_hmacsha256_init(&st, key, nkey);
	crypto_auth_hmacsha256_update(&st, msg, n);
	crypto_auth_hmacsha256_final(&st, out);
}

bool
seal_signed(const unsigned char public_key[32], const unsigned char signature[64], const void *msg, size_t n)
{
	ready();
	return crypto_sign_verify_detached(signature, msg, n, public_key) == 0;
}
