/*
 * said.c - what providers write, read with distrust: ids, words, moments, amounts, and what an answer means.
 */
#include "provider/provider_in.h"

#include <errno.h>
#include <math.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/json.h"
#include "plumb/seal.h"

enum { FACTS_MOST = 8 };

bool
id_ok(const char *id, size_t most)
{
	size_t n = 0;

	for (; id != NULL && id[n] != '\0'; n++)
		if (n >= most || id[n] <= ' ' || id[n] > '~')
			return false;
	return n > 0;
}

void
fact_set_word(struct fact *f, const char *word)
{
	size_t n = 0;

	for (; word != NULL && *word != '\0' && n < sizeof(f->word) - 1; word++)
		f->word[n++] = *word >= ' ' && *word <= '~' ? *word : '?';
	f->word[n] = '\0';
}

struct fact
fact_of_poll(const struct fact *about, const char *call)
{
	struct fact f = { .source = SOURCE_POLL };

	if (about != NULL) {
		f.leg = about->leg;
		f.attempt = about->attempt;
		f.session = about->session;
	}
	snprintf(f.call, sizeof(f.call), "%s", call);
	return f;
}

void
facts_add(struct arena *a, struct facts *to, struct fact f, const char *event_id)
{
	if (to->fact == NULL)
		to->fact = arena_alloc(a, FACTS_MOST * sizeof(*to->fact));
	assert(to->n < FACTS_MOST);
	fact_make_key(&f, event_id);
	to->fact[to->n++] = f;
}

const char *
text_of(struct json *j, const char *key)
{
	const char *s = json_as_text(json_get(j, key));

	return s != NULL ? s : "";
}

bool
text_equal(const char *a, const char *b)
{
	size_t n;

	return a != NULL && b != NULL && (n = strlen(a)) == strlen(b) && seal_equal(a, b, n);
}

/* --- moments ---------------------------------------------------------------------------------------- */

/* Exactly n digits; -1: not so. */
static int
digits(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

static int64_t
moment(int year, int month, int day, const char *hms, const char **end)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };
	time_t t;

	if (strlen(hms) < 8 || hms[2] != ':' || hms[5] != ':')
		return 0;
	tm.tm_hour = digits(hms, 2);
	tm.tm_min = digits(hms + 3, 2);
	tm.tm_sec = digits(hms + 6, 2);
	if (year < 2000 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31 || tm.tm_hour < 0 || tm.tm_hour > 23 ||
	    tm.tm_min < 0 || tm.tm_min > 59 || tm.tm_sec < 0 || tm.tm_sec > 60)
		return 0;
	t = timegm(&tm);
	*end = hms + 8;
	return tm.tm_mon == month - 1 ? (int64_t)t * SECOND_US : 0;	/* 30 February rolls over: none */
}

/* "Mon, 23 Nov 2026 14:00:00 +0000" */
static int64_t
rfc2822(const char *s)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *p, *end;
	int64_t at, off;
	size_t day;
	int hours, minutes;

	if ((p = strchr(s, ',')) != NULL)
		s = p + 1 + strspn(p + 1, " ");
	day = strspn(s, "0123456789");
	if (day < 1 || day > 2 || strlen(s) < day + 10 || s[day] != ' ' || s[day + 4] != ' ' || s[day + 9] != ' ')
		return 0;
	for (p = months; *p != '\0' && strncmp(p, s + day + 1, 3) != 0; p += 3)
		;
	if (*p == '\0')
		return 0;
	at = moment(digits(s + day + 5, 4), (int)(p - months) / 3 + 1, digits(s, day), s + day + 10, &end);
	if (at == 0)
		return 0;
	if (strcmp(end, " GMT") == 0 || strcmp(end, " UTC") == 0)
		return at;
	if (strlen(end) != 6 || end[0] != ' ' || (end[1] != '+' && end[1] != '-') || (hours = digits(end + 2, 2)) < 0 ||
	    (minutes = digits(end + 4, 2)) < 0)
		return 0;
	off = (hours * INT64_C(60) + minutes) * MINUTE_US;
	return end[1] == '+' ? at - off : at + off;
}

/* "2026-11-23T14:00:00.123456Z", with a blank for the T, without the fraction, "+00:00" for the Z */
static int64_t
iso8601(const char *s)
{
	const char *end;
	int64_t at, part = SECOND_US / 10;

	if (strlen(s) < 20 || s[4] != '-' || s[7] != '-' || (s[10] != 'T' && s[10] != ' '))
		return 0;
	at = moment(digits(s, 4), digits(s + 5, 2), digits(s + 8, 2), s + 11, &end);
	if (at == 0)
		return 0;
	if (*end == '.')
		for (end++; *end >= '0' && *end <= '9'; end++, part /= 10)
			at += (*end - '0') * part;
	return strcmp(end, "Z") == 0 || strcmp(end, "+00:00") == 0 ? at : 0;
}

int64_t
moment_of(const char *text)
{
	if (text == NULL)
		return 0;
	return *text >= '0' && *text <= '9' && strlen(text) > 4 && text[4] == '-' ? iso8601(text) : rfc2822(text);
}

bool
micro_of(const char *text, int64_t *out)
{
	char *end;
	double v;

	if (text == NULL || text[strspn(text, "+-.0123456789eE")] != '\0')
		return false;
	errno = 0;
	v = fabs(strtod(text, &end));
	if (end == text || *end != '\0' || errno != 0 || !(v <= 1e9))
		return false;
	*out = (int64_t)llround(v * 1e6);
	return true;
}

/* --- answers ---------------------------------------------------------------------------------------- */

static enum trouble
trouble_of_status(int status)
{
	switch (status) {
	case 401: return TROUBLE_CREDENTIALS;
	case 402: return TROUBLE_FUNDS;
	case 403: return TROUBLE_PERMISSION;
	case 429: return TROUBLE_RATE;
	}
	if (status >= 500)
		return TROUBLE_FAILING;
	if (status >= 400)
		return TROUBLE_REFUSED;
	return TROUBLE_ANSWER;	/* a redirect: somebody else lives there */
}

static enum trouble
trouble_of_why(enum fetched f, enum fetch_why w)
{
	switch (w) {
	case FETCH_ADDRESS:   return TROUBLE_BASE_URL;
	case FETCH_UNREACHED: return TROUBLE_UNREACHED;
	case FETCH_TLS:	      return TROUBLE_TLS;
	case FETCH_SILENT:    return f == FETCH_NOT_SENT ? TROUBLE_UNREACHED : TROUBLE_SILENT;
	case FETCH_BROKEN:    return f == FETCH_NOT_SENT ? TROUBLE_UNREACHED : TROUBLE_ANSWER;
	case FETCH_TOO_LARGE: return TROUBLE_ANSWER;
	case FETCH_FINE:      break;
	}
	return TROUBLE_NONE;
}

/* The adapter knows better when the body has a code of its own. */
static void
fill(enum fetched f, const struct fetch_answer *got, struct answer *out)
{
	out->status = got->status;
	out->retry_after_s = got->retry_after_s;
	out->class = CLASS_NONE;
	if (f != FETCH_ANSWERED) {
		out->trouble = trouble_of_why(f, got->why);
		return;
	}
	if (got->status >= 200 && got->status <= 299) {
		out->trouble = TROUBLE_NONE;
		return;
	}
	out->trouble = trouble_of_status(got->status);
	switch (out->trouble) {
	case TROUBLE_RATE:    out->class = CLASS_RATE; break;
	case TROUBLE_FAILING:
	case TROUBLE_REFUSED: out->class = CLASS_NETWORK; break;
	default:	      out->class = CLASS_ACCOUNT; break;
	}
}

enum asked
asked_of(enum fetched f, const struct fetch_answer *got, struct answer *out)
{
	fill(f, got, out);
	if (out->trouble == TROUBLE_NONE)
		return ASKED_OK;
	if (f != FETCH_ANSWERED || got->status == 429 || got->status >= 500)
		return ASKED_LATER;
	return got->status == 404 ? ASKED_GONE : ASKED_REFUSED;
}

enum dialed
dialed_of(enum fetched f, const struct fetch_answer *got, struct answer *out)
{
	fill(f, got, out);
	if (f == FETCH_NOT_SENT)
		return DIAL_NOT_SENT;
	if (f == FETCH_UNKNOWN || got->status >= 500 || got->status == 408 || got->status == 409 || got->status < 200)
		return DIAL_UNKNOWN;
	return got->status <= 299 ? DIAL_ACCEPTED : DIAL_REFUSED;
}
