/*
 * users.c - who works here: the list, inviting somebody, the rule about the second step.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/text.h"

#include "domain/invite.h"
#include "domain/staff.h"

#include "account.h"
#include "tpl/users.names.h"

static const struct { enum role role; const char *label, *what; } roles[] = {
	{ ROLE_ORGANISER,     N_("Organiser"),     N_("sets up operations, sees contacts and electors") },
	{ ROLE_ADMINISTRATOR, N_("Administrator"), N_("what an organiser may, and users, and who did what") },
	{ ROLE_OBSERVER,      N_("Observer"),      N_("the numbers of every operation, no name") },
	{ ROLE_VOLUNTEER,     N_("Volunteer"),     N_("only the operations that are shared with them") },
};

const char *
role_label(struct req *rq, enum role role)
{
	for (size_t i = 0; i < NITEMS(roles); i++)
		if (roles[i].role == role)
			return tr(rq_lang(rq), roles[i].label);
	return "";
}

/* The choices of a role in section CHOICE; a list has no room for what each may do. */
void
role_choices(struct req *rq, struct tpl *parent, enum role chosen, bool what)
{
	for (size_t i = 0; i < NITEMS(roles); i++) {
		struct tpl *row = tpl_row(parent, "CHOICE");

		tpl_text(row, "VALUE", role_word(roles[i].role));
		tpl_text(row, "LABEL", tr(rq_lang(rq), roles[i].label));
		if (what)
			tpl_text(row, "WHAT", tr(rq_lang(rq), roles[i].what));
		if (roles[i].role == chosen)
			tpl_show(row, "CHOSEN");
	}
}

const char *
about_user(struct req *rq, const struct staff *s)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	const char *where = *s->email != '\0' ? s->email : s->contact;
	struct buf b;

	buf_init_in(&b, a, 2000);
	if (*where != '\0')
		buf_fmt(&b, "%s · ", where);
	if (s->active_at == 0)
		buf_text(&b, tr(lang, N_("not here yet")));
	else
		buf_fmt(&b, tr(lang, N_("last here %s")), ago_words(a, lang, s->active_at, rq_now(rq)));
	if (s->operations > 0) {
		buf_text(&b, " · ");
		buf_fmt(&b, trn(lang, "%u operation", "%u operations", s->operations), s->operations);
	}
	if (s->two_factor)
		buf_fmt(&b, " · %s", tr(lang, N_("second step")));
	return b.data;
}

static void
show_user(struct req *rq, struct page *pg, const struct staff *s)
{
	struct tpl *row = page_row(pg, USERS_USER);

	tpl_text(row, USERS_INITIALS, text_initials(rq_arena(rq), s->name));
	tpl_text(row, USERS_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)s->id.v));
	tpl_text(row, USERS_NAME, s->name);
	tpl_text(row, USERS_ABOUT, about_user(rq, s));
	tpl_text(row, USERS_ROLE, role_label(rq, s->role));
	if (s->id.v == rq_who(rq)->user)
		tpl_show(row, USERS_YOU);
	if (s->invited)
		tpl_show(row, USERS_INVITED);
	if (s->disabled)
		tpl_show(row, USERS_DISABLED);
	if (s->role == ROLE_ADMINISTRATOR)
		tpl_show(row, USERS_TOP);
}

static enum http
users_page(struct req *rq, enum http status)
{
	struct staff_wish wish = { .organisation = { rq_who(rq)->organisation }, .words = in_text(rq, IN_Q),
	    .volunteers = strcmp(in_text(rq, IN_WHO), "link") == 0, .after = { in_uint(rq, IN_AFTER) } };
	bool french = in_given(rq, IN_LANGUAGE) ? lang_of(in_text(rq, IN_LANGUAGE)) == LANG_FR : rq_lang(rq) == LANG_FR;
	bool more, required;
	struct staff *list;
	struct page *pg;
	struct tpl *t;
	size_t n;

	if (!staff_list(rq_db(rq), &wish, &list, &n, &more, rq_arena(rq)) ||
	    staff_two_factor(rq_db(rq), wish.organisation, &required, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "account/users.tpl", tr(rq_lang(rq), N_("Users")));
	page_menu(pg, "users");
	page_text(pg, USERS_CSRF, rq_csrf(rq));
	page_show(pg, wish.volunteers ? USERS_AT_LINK : USERS_AT_ACCOUNTS);
	page_text(pg, USERS_Q, in_typed(rq, IN_Q));
	for (size_t i = 0; i < n; i++)
		show_user(rq, pg, &list[i]);
	if (n == 0)
		page_show(pg, USERS_NOBODY);
	if (more) {
		t = page_row(pg, USERS_NEXT);
		tpl_text(t, USERS_AFTER, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[n - 1].id.v));
		if (wish.volunteers)
			tpl_show(t, USERS_NEXT_LINK);
	}
	page_input(pg, IN_NAME, USERS_NEW_NAME, USERS_NAME_WRONG);
	page_input(pg, IN_EMAIL, USERS_NEW_EMAIL, USERS_EMAIL_WRONG);
	role_choices(rq, page_tpl(pg), in_given(rq, IN_ROLE) ? role_of_word(in_text(rq, IN_ROLE)) : ROLE_ORGANISER, false);
	page_show(pg, french ? USERS_FRENCH : USERS_ENGLISH);
	page_show(pg, required ? USERS_REQUIRED : USERS_OPTIONAL);
	if (strcmp(in_text(rq, IN_SAID), "required") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("Organisers and administrators need a second step from now on.")), true);
	else if (strcmp(in_text(rq, IN_SAID), "optional") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("The second step is everybody's own choice again.")), true);
	return page_send_as(pg, status);
}

enum http
users_show(struct req *rq)
{
	return users_page(rq, HTTP_OK);
}

static enum http
invite(struct req *rq, const struct staff_by *by)
{
	struct invite in = { in_text(rq, IN_NAME), in_text(rq, IN_EMAIL), role_of_word(in_text(rq, IN_ROLE)), lang_of(in_text(rq, IN_LANGUAGE)) };
	struct user_id made;
	enum refusal why;

	if (!IN_FIT(rq, IN_NAME, IN_EMAIL, IN_ROLE, IN_LANGUAGE))
		return users_page(rq, HTTP_UNPROCESSABLE);
	switch (invite_send(rq_db(rq), by, &in, &made, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/users/%llu?said=invite", (unsigned long long)made.v));
	case REFUSED:
		in_refuse(rq, IN_EMAIL, why);
		return users_page(rq, refusal_status(why));
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
users_save(struct req *rq)
{
	struct staff_by by = { { rq_who(rq)->organisation }, { rq_who(rq)->user }, rq_now(rq) };
	const char *verb = in_text(rq, IN_DO);
	bool required = strcmp(verb, "required") == 0;

	if (strcmp(verb, "invite") == 0)
		return invite(rq, &by);
	if (!required && strcmp(verb, "optional") != 0)
		return resp_refuse(rq, R_BAD_REQUEST);
	if (staff_require_two_factor(rq_db(rq), &by, required) != SAVED)
		return resp_refuse(rq, R_BUSY);
	return resp_redirect(rq, required ? "/users?said=required" : "/users?said=optional");
}
