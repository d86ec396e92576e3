/*
 * seal.h - everything secret: random bytes, password and token hashes, keyed marks.
 * libsodium behind it; comparisons take the same time whatever they compare.
 */
#ifndef PLUMB_SEAL_H
#define PLUMB_SEAL_H

#include "plumb/base.h"

struct arena;

void  seal_open(void);				/* once at start; reads conf.secret_file, dies without it */
void  seal_random(void *out, size_t n);
char *seal_token(struct arena *, size_t bytes);	/* random, base64url without padding */

char *seal_password_hash(struct arena *, const char *password);	/* argon2id, interactive limits */
bool  seal_password_ok(const char *hash, const char *password);	/* NULL hash: takes as long, answers false */

void  seal_sha256(const void *p, size_t n, unsigned char out[32]);
/* HMAC-SHA256 by the server's key over purpose and message: marks that only this server makes. */
void  seal_mark(const char *purpose, const void *msg, size_t n, unsigned char out[32]);
/* The same over an id and a random nonce: what is stored beside the row is the nonce, the mark can be made again. */
enum { SEAL_NONCE = 16 };
void  seal_mark_of(const char *purpose, uint64_t id, const unsigned char nonce[SEAL_NONCE], unsigned char out[32]);
/* Its first 144 bits as 24 characters, for an address that cannot be guessed. */
const char *seal_address(struct arena *, const char *purpose, uint64_t id, const unsigned char nonce[SEAL_NONCE]);
bool  seal_equal(const void *a, const void *b, size_t n);

/* What must be read again and is nobody else's business (a provider's secret): sealed by the server's key for one purpose;
 * another key, another purpose or a changed byte opens nothing. seal_open_box: NULL then; else text that ends in NUL. */
void *seal_box(struct arena *, const char *purpose, const char *text, size_t *n);
char *seal_open_box(struct arena *, const char *purpose, const void *box, size_t n);
/* By another's key: HMAC-SHA256, and whether an Ed25519 signature is by the owner of that public key. */
void  seal_hmac256(const void *key, size_t nkey, const void *msg, size_t n, unsigned char out[32]);
bool  seal_signed(const unsigned char public_key[32], const unsigned char signature[64], const void *msg, size_t n);

char *seal_hex(struct arena *, const void *p, size_t n);
bool  seal_unhex(const char *hex, void *out, size_t n);		/* exactly n bytes, lower or upper case */
char *seal_base64url(struct arena *, const void *p, size_t n);
char *seal_base64(struct arena *, const void *p, size_t n);	/* with padding */
bool  seal_unbase64(const char *text, void *out, size_t n);	/* exactly n bytes, padded, no other letter */

#endif
