/*
 * change.c - what the forms of the sharing page do; each names its verb in `do`.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/req.h"
#include "plumb/text.h"

#include "domain/link.h"
#include "domain/practice.h"
#include "domain/share.h"

#include "share.h"

static enum member_role
role_in(const struct req *rq)
{
	return member_role_of_word(in_text(rq, IN_ROLE));
}

static enum saved
members(struct req *rq, const char *verb, const struct operation *op, enum refusal *why)
{
	struct user_id whom = { in_uint(rq, IN_USER) }, by = { rq_who(rq)->user };
	bool remove = strcmp(verb, "remove") == 0;

	*why = R_BAD_REQUEST;
	if (in_refusal(rq, IN_USER) != R_NONE || (!remove && in_refusal(rq, IN_ROLE) != R_NONE))
		return REFUSED;
	if (remove)
		return share_remove(rq_db(rq), op, whom, by, rq_now(rq), why, rq_arena(rq));
	return (strcmp(verb, "add") == 0 ? share_add : share_set_role)
	    (rq_db(rq), op, whom, role_in(rq), by, rq_now(rq), why, rq_arena(rq));
}

/* "works until that day is over", in the operation's zone; how often; what it asks for. */
static enum saved
options(struct req *rq, const struct operation *op, enum refusal *why)
{
	struct link_options o = { .max_uses = (unsigned)in_uint(rq, IN_USES), .asks_contact = in_bool(rq, IN_ASKS) };
	struct tm day = { 0 };
	int y, m, d;

	if (in_refusal(rq, IN_UNTIL) == R_NONE && parse_date(in_text(rq, IN_UNTIL), &y, &m, &d)) {
		day = (struct tm){ .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d + 1 };
		o.expires_at = clock_moment(op->zone, &day);
		if (o.expires_at <= rq_now(rq))
			in_refuse(rq, IN_UNTIL, R_DAY_PAST);
	}
	*why = R_NONE;			/* said beside its field */
	if (in_refusal(rq, IN_UNTIL) != R_NONE || in_refusal(rq, IN_USES) != R_NONE)
		return REFUSED;
	return link_set_options(rq_db(rq), op, &o, (struct user_id){ rq_who(rq)->user }, rq_now(rq), why, rq_arena(rq));
}

static enum saved
the_link(struct req *rq, const char *verb, const struct operation *op, enum refusal *why)
{
	struct user_id by = { rq_who(rq)->user };
	enum member_role role = MEMBER_AGENT;
	struct link now, made;
	unsigned signed_out;
	enum found f;

	if (strcmp(verb, "stop") == 0)
		return link_stop(rq_db(rq), op, by, rq_now(rq), &signed_out, why, rq_arena(rq));
	if ((f = link_of(rq_db(rq), op->id, &now, rq_arena(rq))) == FAILED)
		return NOT_SAVED;
	*why = R_BAD_REQUEST;
	if (strcmp(verb, "link_role") == 0) {
		if (in_refusal(rq, IN_ROLE) != R_NONE)
			return REFUSED;
		role = role_in(rq);
		if (role == MEMBER_OBSERVER)
			return REFUSED;
		if (f == FOUND && now.role == role)	/* the same choice again: the link people have stays */
			return ALREADY;
		*why = R_NONE;
		if (role == MEMBER_OWNER && !in_bool(rq, IN_SURE))	/* the page asks once more */
			return REFUSED;
	} else if (strcmp(verb, "make") == 0) {
		if (f == FOUND)
			return ALREADY;
	} else if (f == FOUND)
		role = now.role;
	return link_renew(rq_db(rq), op, role, by, rq_now(rq), &made, why, rq_arena(rq));
}

enum http
share_change(struct req *rq)
{
	const char *verb = in_text(rq, IN_DO);
	struct operation op;
	enum refusal why = R_BAD_REQUEST;
	enum saved s;
	enum http status;

	if (!IN_FIT(rq, IN_DO))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (!open_operation(rq, &op, &status))
		return status;
	if (strncmp(verb, "qr_", 3) == 0)
		s = share_set_qr(rq_db(rq), &op, strcmp(verb, "qr_on") == 0, (struct user_id){ rq_who(rq)->user },
		    rq_now(rq), &why, rq_arena(rq));
	else if (strncmp(verb, "practice_", 9) == 0)
		s = practice_link_set(rq_db(rq), &op, strcmp(verb, "practice_on") == 0, (struct user_id){ rq_who(rq)->user },
		    rq_now(rq), &why, rq_arena(rq));
	else if (strcmp(verb, "add") == 0 || strcmp(verb, "role") == 0 || strcmp(verb, "remove") == 0)
		s = members(rq, verb, &op, &why);
	else if (strcmp(verb, "options") == 0)
		s = options(rq, &op, &why);
	else
		s = the_link(rq, verb, &op, &why);
	switch (s) {
	case SAVED:
	case ALREADY:
		/* who removed themselves, or took the owner's rights from themselves, may not see this page any more */
		if (in_uint(rq, IN_USER) == rq_who(rq)->user)
			return resp_redirect(rq, "/");
		if (strcmp(in_text(rq, IN_FROM), "wizard") == 0)
			return resp_redirect(rq, arena_fmt(rq_arena(rq), "/wizard/%llu/sharing", (unsigned long long)op.id.v));
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/share/%llu?said=%s", (unsigned long long)op.id.v, verb));
	case REFUSED:
		return share_page(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
