/*
 * signin.c - see signin.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/session.h"
#include "domain/signin.h"
#include "domain/throttle.h"
#include "domain/two_factor.h"
#include "domain/user.h"

#define TICKET_US	(10 * MINUTE_US)

struct signin {
	const struct user *user;	/* id 0: there is none */
	const char *email, *address;
	const char *code;		/* the second step's */
	enum refusal why;
	int64_t now;
	struct signed_in *out;
	struct arena *arena;
};

/* "7.1764308400000000.MARK": who gave the right password, until when the second step may follow. */
static const char *
ticket_of(const struct user *u, int64_t until, struct arena *a)
{
	const char *head = arena_fmt(a, "%llu.%lld", (unsigned long long)u->id.v, (long long)until);
	const char *msg = arena_fmt(a, "%s.%s", head, u->password_hash);
	unsigned char mark[32];

	seal_mark("second step", msg, strlen(msg), mark);
	return arena_fmt(a, "%s.%s", head, seal_base64url(a, mark, sizeof(mark)));
}

/* FOUND: a ticket of ours, in time, and the password is still that one. */
static enum found
ticket_user(struct db *db, const char *ticket, int64_t now, struct user *u, struct arena *a)
{
	const char *parts[4], *want;
	uint64_t id, until;
	enum found f;

	if (text_split(a, ticket, '.', parts, NITEMS(parts)) != 3 || !parse_uint(parts[0], 1, UINT64_MAX, &id) ||
	    !parse_uint(parts[1], 1, INT64_MAX, &until) || now >= (int64_t)until)
		return NONE;
	if ((f = user_by_id(db, (struct user_id){ id }, u, a)) != FOUND)
		return f;
	if (u->disabled || u->password_hash == NULL)
		return NONE;
	want = ticket_of(u, (int64_t)until, a);
	return strlen(want) == strlen(ticket) && seal_equal(want, ticket, strlen(want)) ? FOUND : NONE;
}

static bool
let_in(struct db *db, void *ctx)
{
	struct signin *s = ctx;

	if (s->user->two_factor && s->code == NULL)	/* half way: the try was right, the rest follows */
		return throttle_clear(db, s->email, s->address, s->arena);
	if (s->user->two_factor && (!two_factor_use(db, s->user->id, s->code, s->now, &s->why, s->arena) ||
	    !two_factor_right(db, s->user->id, s->address, s->arena)))
		return false;
	return (s->code != NULL || throttle_clear(db, s->email, s->address, s->arena)) &&
	    session_add(db, s->user->id, 0, s->address, s->now, &s->out->token, s->arena) &&
	    audit_add(db, s->user->organisation, s->user->id, s->now, "signin", "user", s->user->id.v, s->address);
}

/* An unknown account leaves the same row (of no organisation), so that both answers take as long. */
static bool
note_failure(struct db *db, void *ctx)
{
	struct signin *s = ctx;

	return audit_add(db, s->user->organisation, (struct user_id){ 0 }, s->now, "signin.wrong", "user",
	    s->user->id.v, s->address);
}

enum saved
signin_by_password(struct db *db, const char *email, const char *password, const char *address,
    int64_t now, struct signed_in *out, enum refusal *why, struct arena *a)
{
	struct user u = { 0 };
	struct signin s = { .user = &u, .email = email, .address = address, .now = now, .out = out, .arena = a };
	bool known;

	*why = R_NONE;
	*out = (struct signed_in){ .token = NULL };
	switch (throttle_try(db, email, address, now, a)) {
	case TRY_ALLOWED: break;
	case TRY_PAUSED:  *why = R_SIGNIN_PAUSED; return REFUSED;
	case TRY_FAILED:  return NOT_SAVED;
	}
	switch (user_by_email(db, email, &u, a)) {
	case FOUND:	known = !u.disabled; break;
	case NONE:	known = false; break;
	default:	return NOT_SAVED;
	}
	if (!seal_password_ok(known ? u.password_hash : NULL, password)) {
		if (tx_write(db, note_failure, &s) != TX_DONE)
			return NOT_SAVED;
		log_warn("sign-in refused address=%s", text_tame(a, address));
		*why = R_WRONG_PASSWORD;
		return REFUSED;
	}
	out->user = u.id;
	out->lang = u.lang;
	if (u.two_factor)
		out->ticket = ticket_of(&u, now + TICKET_US, a);
	return saved_of(tx_write(db, let_in, &s), R_NONE);
}

enum saved
signin_second_step(struct db *db, const char *ticket, const char *code, const char *address,
    int64_t now, struct signed_in *out, enum refusal *why, struct arena *a)
{
	struct user u = { 0 };
	struct signin s = { .user = &u, .address = address, .code = code, .now = now, .out = out, .arena = a };
	enum tx t;

	*out = (struct signed_in){ .ticket = ticket };
	switch (ticket_user(db, ticket, now, &u, a)) {
	case FOUND:	break;
	case NONE:	*why = R_FORM_TOO_OLD; return REFUSED;
	default:	*why = R_NONE; return NOT_SAVED;
	}
	out->user = u.id;
	out->lang = u.lang;
	if (!two_factor_try(db, u.id, address, now, why, a))
		return *why == R_NONE ? NOT_SAVED : REFUSED;
	t = tx_write(db, let_in, &s);
	if (t == TX_REFUSED && s.why == R_WRONG_STEP_CODE && tx_write(db, note_failure, &s) != TX_DONE)
		return NOT_SAVED;
	*why = s.why;
	return saved_of(t, s.why);
}
