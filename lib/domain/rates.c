/*
 * rates.c - dispositions by status, and the rates made from them.
 */
#include "domain/rates.h"

static uint64_t *
place(struct rates *r, enum status s)
{
	switch (s) {
	case ST_COMPLETED:
		return &r->complete;
	case ST_REFUSED: case ST_HUNG_UP: case ST_DNC:
		return &r->refused;
	case ST_NOT_HOME: case ST_CALL_BACK: case ST_LANGUAGE_BARRIER: case ST_REMOVE: case ST_DECEASED:
		return &r->other;
	case ST_VOICEMAIL: case ST_VOICEMAIL_AUTO:
		return &r->no_contact;
	case ST_NO_ANSWER: case ST_NO_ANSWER_AUTO: case ST_BUSY: case ST_BUSY_AUTO: case ST_CANCELED: case ST_ERROR:
		return &r->unknown;
	default:
		return &r->outside;
	}
}

struct rates
rates_of(const struct reason_count *why, size_t n, const uint64_t attempts[ST__MAX])
{
	struct rates r = { 0 };

	for (size_t i = 0; i < n; i++) {
		uint64_t people = why[i].people, called = people;
		enum status s = why[i].reason;
		if (s == ST_NONE)
			continue;
		if ((s == ST_DNC || s == ST_DECEASED) && attempts[s] < people)
			called = attempts[s];
		*place(&r, s) += called;
		r.outside += people - called;
	}
	return r;
}

static int
tenths(uint64_t part, uint64_t whole)
{
	return whole == 0 ? -1 : (int)((part * 2000 + whole) / (2 * whole));
}

static uint64_t
all(const struct rates *r)
{
	return r->complete + r->refused + r->other + r->no_contact + r->unknown;
}

int
rate_response(const struct rates *r)
{
	return tenths(r->complete, all(r));
}

int
rate_contact(const struct rates *r)
{
	return tenths(r->complete + r->refused + r->other, all(r));
}

int
rate_cooperation(const struct rates *r)
{
	return tenths(r->complete, r->complete + r->refused + r->other);
}

int
rate_refusal(const struct rates *r)
{
	return tenths(r->refused, all(r));
}
