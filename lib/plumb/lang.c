/*
 * lang.c - English is the key, French comes from one gettext catalogue. libintl.h is included
 * here only.
 */
#include "plumb/base.h"

#include <libintl.h>
#include <locale.h>

#include "plumb/conf.h"
#include "plumb/lang.h"
#include "plumb/log.h"

#define DOMAIN_FR "tocsin-fr"

void
lang_open(void)
{
	unsetenv("LANGUAGE");		/* it would outrank the catalogue we name */
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL || setlocale(LC_MESSAGES, "C.UTF-8") == NULL)
		die("lang: the locale C.UTF-8 is missing on this machine");
	bindtextdomain(DOMAIN_FR, conf.locale);
	bind_textdomain_codeset(DOMAIN_FR, "UTF-8");
}

const char *
lang_code(enum lang l)
{
	return l == LANG_EN ? "en" : "fr";
}

enum lang
lang_of(const char *code)
{
	return code != NULL && strcmp(code, "en") == 0 ? LANG_EN : LANG_FR;
}

/* "q=0.8" in thousandths; what cannot be read counts as 0. */
static unsigned
weight(const char *s, size_t n)
{
	unsigned q = 0, digit = 100;

	if (n < 3 || s[0] != 'q' || s[1] != '=' || (s[2] != '0' && s[2] != '1'))
		return 0;
	if (s[2] == '1')
		return 1000;
	for (size_t i = 4; i < n && digit > 0 && s[3] == '.'; i++, digit /= 10) {
		if (s[i] < '0' || s[i] > '9')
			break;
		q += digit * (unsigned)(s[i] - '0');
	}
	return q;
}

/* One range of the header, "fr-CA;q=0.9", without white space around it. */
static void
consider(const char *s, size_t n, enum lang *best, unsigned *best_q)
{
	size_t tag = strcspn(s, ";,");
	unsigned q = 1000;
	enum lang l;

	if (tag > n)
		tag = n;
	if (tag < 2 || (tag > 2 && s[2] != '-' && s[2] != ' '))
		return;
	if (strncasecmp(s, "fr", 2) == 0)
		l = LANG_FR;
	else if (strncasecmp(s, "en", 2) == 0)
		l = LANG_EN;
	else
		return;
	if (tag < n) {
		const char *p = s + tag + 1, *end = s + n;
		while (p < end && *p == ' ')
			p++;
		q = weight(p, (size_t)(end - p));
	}
	if (q > *best_q) {
		*best = l;
		*best_q = q;
	}
}

enum lang
lang_from_header(const char *accept_language)
{
	enum lang best = LANG_FR;
	unsigned best_q = 0;
	const char *s = accept_language == NULL ? "" : accept_language;

	while (*s != '\0') {
		size_t n;

		s += strspn(s, " \t,");
		n = strcspn(s, ",");
		consider(s, n, &best, &best_q);
		s += n;
	}
	return best;
}

const char *
tr(enum lang l, const char *english)
{
	/* the empty key is the catalogue's own header */
	return l == LANG_EN || *english == '\0' ? english : dgettext(DOMAIN_FR, english);
}

const char *
trn(enum lang l, const char *one, const char *many, unsigned long n)
{
	if (l == LANG_EN)
		return n == 1 ? one : many;
	return dngettext(DOMAIN_FR, one, many, n);
}
