#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "tpl/bar.names.h"

#include "agent.h"

struct today
today_in(const char *zone, int64_t now)
{
	struct tm t = clock_local(zone, now);

	return (struct today){ t.tm_year + 1900, t.tm_mon + 1, t.tm_mday };
}

void
bar_show(struct req *rq, struct page *pg, unsigned calls, unsigned reached, bool stop)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	int64_t opens_at = 0, closes_at = 0;
	struct tpl *bar = tpl_include(page_tpl(pg), "BAR",
	    arena_fmt(a, "%s/%s/agent/bar.tpl", conf.templates, lang_code(lang)));
	struct tpl *state;
	bool open;

	tpl_text(bar, BAR_OPERATION, op->name);
	tpl_text(bar, BAR_COUNTS, arena_fmt(a, tr(lang, "Today: %s · %s"),
	    arena_fmt(a, trn(lang, "%u call", "%u calls", calls), calls),
	    arena_fmt(a, trn(lang, "%u person reached", "%u people reached", reached), reached)));
	if (op->dated && !in_practice(rq)) {
		open = op->state == OP_ACTIVE &&
		    hours_at(&op->hours, op->zone, rq_now(rq), &opens_at, &closes_at) == HOURS_OPEN;
		state = tpl_row(bar, BAR_STATE);
		tpl_text(state, BAR_STATE_CLASS, open ? "state-running" : "state-outside");
		tpl_text(state, BAR_WORDS, open
		    ? arena_fmt(a, tr(lang, "Calls open until %s"), moment_words(a, lang, op->zone, rq_now(rq), closes_at))
		    : op->state == OP_PAUSED ? tr(lang, "Paused") : tr(lang, "Calls closed"));
	}
	if (stop) {
		struct tpl *s = tpl_row(bar, BAR_STOP);
		tpl_text(s, BAR_OPERATION_ID, arena_fmt(a, "%llu", (unsigned long long)op->id.v));
		tpl_text(s, BAR_CSRF, rq_csrf(rq));
	}
}
