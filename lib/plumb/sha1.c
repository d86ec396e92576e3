/*
 * sha1.c - libcrypto behind sha1.h.
 */
#include "plumb/sha1.h"

#include <limits.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "plumb/log.h"

void
sha1_hmac(const char *key, const void *msg, size_t n, unsigned char out[SHA1_BYTES])
{
	unsigned len = 0;

	assert(strlen(key) <= INT_MAX);
	if (HMAC(EVP_sha1(), key, (int)strlen(key), msg, n, out, &len) == NULL || len != SHA1_BYTES)
		die("sha1: libcrypto has no SHA-1 on this machine");
}
