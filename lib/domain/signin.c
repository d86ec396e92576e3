/*
 * signin.c - see signin.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/session.h"
#include "domain/signin.h"
#include "domain/throttle.h"
#include "domain/user.h"

struct signin {
	const struct user *user;	/* id 0: there is none */
	const char *email, *address;
	int64_t now;
	struct signed_in *out;
	struct arena *arena;
};

static bool
let_in(struct db *db, void *ctx)
{
	struct signin *s = ctx;

	return throttle_clear(db, s->email, s->address, s->arena) &&
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
	struct signin s = { &u, email, address, now, out, a };
	bool known;

	*why = R_NONE;
	out->token = NULL;
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
	return saved_of(tx_write(db, let_in, &s), R_NONE);
}
