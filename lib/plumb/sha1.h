/*
 * sha1.h - HMAC-SHA1, which libsodium does not have, by OpenSSL's libcrypto. Only for what others sign so
 * (telephony webhooks); what we sign ourselves is in seal.h.
 */
#ifndef PLUMB_SHA1_H
#define PLUMB_SHA1_H

#include "plumb/base.h"

enum { SHA1_BYTES = 20 };

void sha1_hmac(const char *key, const void *msg, size_t n, unsigned char out[SHA1_BYTES]);

#endif
