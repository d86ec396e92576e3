/*
 * totp.c - liboath behind totp.h.
 */
#include "plumb/totp.h"

#include <ctype.h>

#include <liboath/oath.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/log.h"

enum { STEP_S = 30, DIGITS = 6, WINDOW = 1 };

static void
ready(void)
{
	static bool done;

	if (!done && oath_init() != OATH_OK)
		die("totp: liboath does not start");
	done = true;
}

bool
totp_fits(const unsigned char secret[TOTP_SECRET], const char *code, int64_t at_us, uint64_t *step)
{
	int at;

	ready();
	if (strlen(code) != DIGITS || strspn(code, "0123456789") != DIGITS)
		return false;
	return oath_totp_validate3((const char *)secret, TOTP_SECRET, (time_t)(at_us / 1000000), STEP_S, 0, WINDOW, &at, step, code) >= 0;
}

static const char *
base32(struct arena *a, const unsigned char secret[TOTP_SECRET])
{
	char *text = NULL, *kept;
	size_t n = 0;

	ready();
	if (oath_base32_encode((const char *)secret, TOTP_SECRET, &text, &n) != OATH_OK)
		die("totp: no memory");
	kept = arena_strdup(a, text);	/* 20 bytes are 32 letters: no padding */
	free(text);
	return kept;
}

const char *
totp_secret_words(struct arena *a, const unsigned char secret[TOTP_SECRET])
{
	const char *text = base32(a, secret);
	struct buf b;

	buf_init_in(&b, a, 100);
	for (size_t i = 0; text[i] != '\0'; i++)
		buf_fmt(&b, "%s%c", i > 0 && i % 4 == 0 ? " " : "", text[i]);
	return b.data;
}

const char *
totp_uri(struct arena *a, const unsigned char secret[TOTP_SECRET], const char *account)
{
	struct buf b;

	buf_init_in(&b, a, 2000);
	buf_text(&b, "otpauth://totp/Tocsin:");
	for (const char *p = account; *p != '\0'; p++) {
		if (isalnum((unsigned char)*p) || strchr("-._", *p) != NULL)
			buf_bytes(&b, p, 1);
		else
			buf_fmt(&b, "%%%02X", (unsigned char)*p);
	}
	buf_fmt(&b, "?secret=%s&issuer=Tocsin", base32(a, secret));
	return b.data;
}
