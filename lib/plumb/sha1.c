/*
 * sha1.c - libcrypto behind sha1.h.
 */
#include "plumb/sha1.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "plumb/log.h"

/* Looked up once: libcrypto finds an algorithm by its name, under a lock, which costs more than a short message does. */
static EVP_MAC_CTX *
hmac(void)
{
	static EVP_MAC_CTX *ctx;
	char sha1[] = "SHA1";
	const OSSL_PARAM with[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha1, 0), OSSL_PARAM_construct_end() };
	EVP_MAC *mac;

	if (ctx != NULL)
		return ctx;
	if ((mac = EVP_MAC_fetch(NULL, "HMAC", NULL)) != NULL && (ctx = EVP_MAC_CTX_new(mac)) != NULL && EVP_MAC_CTX_set_params(ctx, with) != 1) {
		EVP_MAC_CTX_free(ctx);
		ctx = NULL;
	}
	EVP_MAC_free(mac);
	return ctx;
}

void
sha1_hmac(const char *key, const void *msg, size_t n, unsigned char out[SHA1_BYTES])
{
	EVP_MAC_CTX *ctx = hmac();
	size_t len = 0;

	if (ctx == NULL || EVP_MAC_init(ctx, (const unsigned char *)key, strlen(key), NULL) != 1 || EVP_MAC_update(ctx, msg, n) != 1 ||
	    EVP_MAC_final(ctx, out, &len, SHA1_BYTES) != 1 || len != SHA1_BYTES)
		die("sha1: libcrypto has no SHA-1 on this machine");
}
