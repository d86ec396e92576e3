/*
 * totp.h - codes of six digits that change every half minute (RFC 6238), by liboath.
 */
#ifndef PLUMB_TOTP_H
#define PLUMB_TOTP_H

#include "plumb/base.h"

struct arena;

enum { TOTP_SECRET = 20 };		/* bytes, as RFC 4226 wants for SHA-1 */

/* Does the code fit the moment, the half minute before or the one after (clocks differ)? *step numbers the half
 * minute it belongs to: who keeps the last one used can refuse a code's second use. */
bool totp_fits(const unsigned char secret[TOTP_SECRET], const char *code, int64_t at_us, uint64_t *step);
/* Base32, as people type it into an authenticator: "JBSW Y3DP ...". */
const char *totp_secret_words(struct arena *, const unsigned char secret[TOTP_SECRET]);
/* otpauth://totp/Tocsin:marie%40example.org?secret=...&issuer=Tocsin */
const char *totp_uri(struct arena *, const unsigned char secret[TOTP_SECRET], const char *account);

#endif
