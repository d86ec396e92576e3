/*
 * user.c - one user, as administrators see and change them.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/invite.h"
#include "domain/session.h"
#include "domain/staff.h"
#include "domain/two_factor.h"

#include "account.h"
#include "tpl/user.names.h"

static void
say(struct req *rq, struct page *pg, enum refusal why)
{
	static const struct { const char *said, *text; } words[] = {
		{ "invite",     N_("The invitation is ready: copy the link and send it.") },
		{ "link",       N_("The link is ready: copy it and send it.") },
		{ "role",       N_("The role is changed.") },
		{ "disable",    N_("Disabled and signed out. Whoever they had on the line is back in the list.") },
		{ "enable",     N_("Enabled again.") },
		{ "sign_out",   N_("Signed out everywhere.") },
		{ "end",        N_("The session has ended.") },
		{ "two_factor", N_("The second step is off. They can set it up again in their profile.") },
	};

	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	for (size_t i = 0; why == R_NONE && i < NITEMS(words); i++)
		if (strcmp(in_text(rq, IN_SAID), words[i].said) == 0)
			page_notice(pg, tr(rq_lang(rq), words[i].text), true);
}

/* What only those with an e-mail address have: an invitation, a role of their own, a password. */
static bool
show_account(struct req *rq, struct page *pg, const struct staff *s, const char *id)
{
	struct tpl *account = page_row(pg, USER_ACCOUNT), *t;
	const char *url;
	int64_t until;

	switch (invite_of(rq_db(rq), s->id, rq_now(rq), &url, &until, rq_arena(rq))) {
	case FOUND:
		if (s->disabled)
			break;
		t = tpl_row(account, USER_LINK);
		tpl_show(t, s->invited ? USER_FIRST : USER_AGAIN);
		tpl_text(t, USER_URL, url);
		tpl_text(t, USER_UNTIL, full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, until));
		break;
	case NONE:	break;
	default:	return false;
	}
	tpl_text(account, USER_ID, id);
	tpl_text(account, USER_CSRF, rq_csrf(rq));
	role_choices(rq, account, s->role, true);
	if (s->disabled)
		return true;
	t = tpl_row(account, USER_PASSWORD);
	tpl_text(t, USER_ID, id);
	tpl_text(t, USER_CSRF, rq_csrf(rq));
	tpl_show(t, s->invited ? USER_FIRST : USER_AGAIN);
	if (!s->invited)
		tpl_show(t, s->two_factor ? USER_SECOND_ON : USER_SECOND_OFF);
	return true;
}

static enum http
user_page(struct req *rq, const struct staff *s, enum refusal why)
{
	const char *id = arena_fmt(rq_arena(rq), "%llu", (unsigned long long)s->id.v);
	struct page *pg = page_new(rq, "account/user.tpl", s->name);
	bool me = s->id.v == rq_who(rq)->user;

	page_menu(pg, "users");
	page_shape(pg, "page-form");
	page_script(pg, "share.js");		/* its copy button */
	page_text(pg, USER_ID, id);
	page_text(pg, USER_CSRF, rq_csrf(rq));
	page_text(pg, USER_NAME, s->name);
	page_text(pg, USER_ABOUT, about_user(rq, s));
	if (s->disabled)
		page_show(pg, USER_DISABLED);
	if (s->invited)
		page_show(pg, USER_INVITED);
	if ((*s->email != '\0' && !show_account(rq, pg, s, id)) ||
	    !sessions_show(rq, pg, s->id, arena_fmt(rq_arena(rq), "/users/%s", id)))
		return resp_refuse(rq, R_BUSY);
	if (!me && !s->disabled) {
		page_show(pg, USER_SOMEWHERE);
		page_show(pg, USER_MAY_DISABLE);
	}
	if (s->disabled)
		page_show(pg, USER_MAY_ENABLE);
	say(rq, pg, why);
	return page_send_as(pg, why == R_NONE ? HTTP_OK : refusal_status(why));
}

/* The user of :id, of one's own organisation. */
static enum http
open_user(struct req *rq, struct staff *s)
{
	switch (staff_of(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct user_id){ rq_id(rq) }, s, rq_arena(rq))) {
	case FOUND:	return 0;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	default:	return resp_refuse(rq, R_BUSY);
	}
}

enum http
user_show(struct req *rq)
{
	struct staff s;
	enum http no = open_user(rq, &s);

	return no != 0 ? no : user_page(rq, &s, R_NONE);
}

static enum saved
change(struct req *rq, const char *verb, const struct staff *s, enum refusal *why)
{
	struct staff_by by = { { rq_who(rq)->organisation }, { rq_who(rq)->user }, rq_now(rq) };
	unsigned char hash[32];

	*why = R_BAD_REQUEST;
	if (strcmp(verb, "role") == 0)
		return in_refusal(rq, IN_ROLE) != R_NONE ? REFUSED :
		    staff_set_role(rq_db(rq), &by, s->id, role_of_word(in_text(rq, IN_ROLE)), why, rq_arena(rq));
	if (strcmp(verb, "disable") == 0 || strcmp(verb, "enable") == 0)
		return staff_disable(rq_db(rq), &by, s->id, strcmp(verb, "disable") == 0, why, rq_arena(rq));
	if (strcmp(verb, "link") == 0)
		return invite_renew(rq_db(rq), &by, s->id, why, rq_arena(rq));
	if (strcmp(verb, "sign_out") == 0)
		return staff_end_sessions(rq_db(rq), &by, s->id, why, rq_arena(rq));
	if (strcmp(verb, "two_factor") == 0)
		return two_factor_reset(rq_db(rq), s->id, by.user, by.now, rq_arena(rq));
	if (strcmp(verb, "end") != 0 || in_refusal(rq, IN_SESSION) != R_NONE || !seal_unhex(in_text(rq, IN_SESSION), hash, sizeof(hash)))
		return REFUSED;
	return session_end_one(rq_db(rq), s->id, hash, by.user, by.now);
}

enum http
user_save(struct req *rq)
{
	const char *verb = in_text(rq, IN_DO);
	struct staff s;
	enum refusal why;
	enum http no;

	if (!IN_FIT(rq, IN_DO))
		return resp_refuse(rq, R_BAD_REQUEST);
	if ((no = open_user(rq, &s)) != 0)
		return no;
	switch (change(rq, verb, &s, &why)) {
	case SAVED:
	case ALREADY:
		/* who took the administrator's role from themselves may not see this page any more */
		if (s.id.v == rq_who(rq)->user && (strcmp(verb, "role") == 0 || strcmp(verb, "disable") == 0))
			return resp_redirect(rq, "/");
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/users/%llu?said=%s", (unsigned long long)s.id.v, verb));
	case REFUSED:
		return why == R_BAD_REQUEST ? resp_refuse(rq, why) : user_page(rq, &s, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
