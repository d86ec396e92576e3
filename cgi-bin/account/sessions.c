/*
 * sessions.c - where somebody is signed in: on their own profile, and on their page among the users.
 */
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/session.h"

#include "account.h"
#include "tpl/sessions.names.h"

bool
sessions_show(struct req *rq, struct page *pg, struct user_id user, const char *action)
{
	struct tpl *part = tpl_include(page_tpl(pg), "SESSIONS", arena_fmt(rq_arena(rq), "%s/%s/account/sessions.tpl",
	    conf.templates, lang_code(rq_lang(rq))));
	struct session_row *list;
	size_t n;

	if (!session_list(rq_db(rq), user, rq_now(rq), &list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(part, SESSIONS_SESSION), *end;
		const char *since = full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, list[i].created_at);

		tpl_text(row, SESSIONS_SINCE, since);
		tpl_text(row, SESSIONS_ADDRESS, list[i].address);
		if (list[i].by_link)
			tpl_show(row, SESSIONS_BY_LINK);
		if (memcmp(list[i].hash, rq_who(rq)->session, 32) == 0) {
			tpl_show(row, SESSIONS_THIS);
			continue;
		}
		end = tpl_row(row, SESSIONS_OTHER);
		tpl_text(end, SESSIONS_ACTION, action);
		tpl_text(end, SESSIONS_CSRF, rq_csrf(rq));
		tpl_text(end, SESSIONS_HASH, seal_hex(rq_arena(rq), list[i].hash, 32));
		tpl_text(end, SESSIONS_SINCE, since);
	}
	if (n == 0)
		tpl_show(part, SESSIONS_NOWHERE);
	return true;
}
