/*
 * wall.c - the page for the room's wall: big numbers, thanks, nobody's name. Whoever has its address sees it, and nothing else.
 *
 * Fifty screens ask every ten seconds: each time one statement says whose page it is, so that an ended one ends at once; the
 * numbers are looked up once in KEEP_US by each process, and an unchanged page is an empty answer (304).
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "domain/floor.h"
#include "domain/wall.h"

#include "tpl/operation.names.h"
#include "tpl/wall.names.h"

#include "dashboard.h"

#define KEEP_US		(5 * SECOND_US)
#define AGAIN_S		"15"		/* a browser without our script loads the page anew */
enum { KEPT = 16 };

/* Copies: they outlive the request that looked them up. */
struct wall_numbers {
	uint64_t op;
	int64_t at;
	char name[4 * 120 + 1], zone[41];
	enum op_phase phase;
	int64_t opens_at;
	uint64_t calls, reached, callable, done, people;
	bool more, foreseen;
	struct forecast forecast;	/* of an operation that runs, once enough calls are made */
};

static bool
look(struct req *rq, struct operation_id id, struct wall_numbers *out)
{
	struct report_wish wish = { .all = true, .archived = true, .now = rq_now(rq) };
	struct operation_numbers n;
	struct queue_clock clock;
	struct operation op;
	struct outlook o;

	if (operation_by_id(rq_db(rq), id, &op, rq_arena(rq)) != FOUND)
		return false;
	wish.organisation = op.organisation;
	if (operation_report_of(rq_db(rq), &wish, id, &n, rq_arena(rq)) != FOUND ||
	    !queue_clock(rq_db(rq), &n.op, rq_now(rq), &clock, rq_arena(rq)) || !outlook(rq_db(rq), &n, rq_now(rq), false, &o, rq_arena(rq)))
		return false;
	n.phase = operation_phase(&n.op, rq_now(rq), clock.totals.ready + clock.totals.held + clock.totals.waiting == 0, &n.opens_at);
	callable_by_clock(&n, &clock);
	*out = (struct wall_numbers){ .op = id.v, .at = rq_now(rq), .phase = n.phase, .opens_at = n.opens_at, .callable = n.callable, .more = n.more,
		.done = clock.totals.done, .people = clock.totals.people - clock.totals.removed };
	/* "not before the end" is nothing for the room */
	out->foreseen = n.phase == PHASE_RUNNING && o.kind == OUTLOOK_KNOWN && o.forecast.likely != 0;
	if (out->foreseen)
		out->forecast = o.forecast;
	snprintf(out->name, sizeof(out->name), "%s", n.op.name);
	snprintf(out->zone, sizeof(out->zone), "%s", n.op.zone);
	return floor_day(rq_db(rq), id, moment_day(rq_arena(rq), n.op.zone, rq_now(rq)), &out->calls, &out->reached, rq_arena(rq));
}

static const struct wall_numbers *
numbers(struct req *rq, struct operation_id id)
{
	static struct wall_numbers kept[KEPT];
	struct wall_numbers *oldest = &kept[0];

	for (unsigned i = 0; i < KEPT; i++) {
		if (kept[i].op == id.v && rq_now(rq) >= kept[i].at && rq_now(rq) - kept[i].at < KEEP_US)
			return &kept[i];
		if (kept[i].op == id.v || (oldest->op != id.v && kept[i].at < oldest->at))
			oldest = &kept[i];
	}
	oldest->op = 0;
	return look(rq, id, oldest) ? oldest : NULL;
}

static const char *
sentence(struct req *rq, const struct wall_numbers *n)
{
	enum lang lang = rq_lang(rq);

	switch (n->phase) {
	case PHASE_RUNNING:		return tr(lang, "Thank you: every call counts.");
	case PHASE_PAUSED:		return tr(lang, "A pause: time for a glass of water. Thank you.");
	case PHASE_NOBODY_LEFT:		return tr(lang, "Everybody has been called. Thank you!");
	case PHASE_UPCOMING:
	case PHASE_OUTSIDE_HOURS:
		return n->opens_at == 0 ? tr(lang, "Thank you, and see you soon.") : arena_fmt(rq_arena(rq), tr(lang, "Calls open: %s. Thank you, and see you then."),
		    moment_words(rq_arena(rq), lang, n->zone, rq_now(rq), n->opens_at));
	default:			return tr(lang, "The calls are over. Thank you!");
	}
}

static enum http
wall_page(struct req *rq, const struct wall_numbers *n)
{
	enum lang lang = rq_lang(rq), other = lang == LANG_FR ? LANG_EN : LANG_FR;
	struct page *pg = page_new(rq, "dashboard/wall.tpl", n->name);
	struct arena *a = rq_arena(rq);
	struct tpl *t;

	page_whole(pg);
	page_text(pg, WALL_LANG, lang_code(lang));
	page_text(pg, WALL_NAME, n->name);
	page_uint(pg, WALL_CALLS, n->calls);
	page_uint(pg, WALL_REACHED, n->reached);
	page_text(pg, WALL_CALLABLE, n->phase != PHASE_RUNNING ? "0" : arena_fmt(a, n->more ? "%s+" : "%s", page_number(rq, n->callable)));
	if (n->people > 0) {
		t = page_row(pg, WALL_PROGRESS);
		tpl_text(t, WALL_PERCENT, arena_fmt(a, "%llu", (unsigned long long)(n->done * 100 / n->people)));
		tpl_text(t, WALL_WORDS, arena_fmt(a, tr(lang, "%s done of %s"), page_number(rq, n->done), page_number(rq, n->people)));
		if (n->foreseen)
			tpl_text(tpl_row(t, WALL_FORESEEN), WALL_WHEN, arena_fmt(a, tr(lang, "likely done: %s"), forecast_likely(rq, n->zone, &n->forecast)));
	}
	page_text(pg, WALL_SENTENCE, sentence(rq, n));
	page_text(pg, WALL_OTHER, lang_code(other));
	page_text(pg, WALL_OTHER_NAME, other == LANG_FR ? "Français" : "English");
	if (in_bool(rq, IN_LIVE))
		page_show(pg, WALL_LIVE);
	return page_send_live(pg);
}

enum http
wall_show(struct req *rq)
{
	const struct wall_numbers *n = NULL;
	struct operation_id id;
	enum lang lang;
	enum found f = wall_by_token(rq_db(rq), rq_word(rq), &id, &lang, rq_arena(rq));

	resp_header(rq, "X-Robots-Tag", "noindex, nofollow");
	resp_header(rq, "Referrer-Policy", "no-referrer");
	resp_header(rq, "Cache-Control", "private, no-cache");
	if (f == NONE)
		return resp_refuse(rq, R_NOT_FOUND);
	if (f == FOUND) {
		rq_speak(rq, in_blank(rq, IN_LANG) ? lang : lang_of(in_text(rq, IN_LANG)));
		n = numbers(rq, id);
	}
	/* the script says that it is there by ?live=1; a screen that met a busy moment tries again too */
	if (n == NULL || !in_bool(rq, IN_LIVE))
		resp_header(rq, "Refresh", AGAIN_S);
	return n == NULL ? resp_refuse(rq, R_BUSY) : wall_page(rq, n);
}

/* --- its owner's card --- */

bool
wall_card(struct req *rq, struct page *pg, const struct operation_numbers *n)
{
	struct tpl *card, *t;
	struct wall w;

	if (n->role != MEMBER_OWNER || n->phase == PHASE_ARCHIVED)
		return true;
	card = page_row(pg, OPERATION_WALL);
	switch (wall_of(rq_db(rq), n->op.id, &w, rq_arena(rq))) {
	case FAILED:	return false;
	case NONE:	tpl_show(card, OPERATION_NO_WALL); return true;
	case FOUND:	break;
	}
	t = tpl_row(card, OPERATION_HAS_WALL);
	tpl_text(t, OPERATION_URL, w.url);
	tpl_text(t, OPERATION_SHOWN, arena_fmt(rq_arena(rq), "%lld", (long long)w.created_at));
	tpl_text(t, OPERATION_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n->op.id.v));
	tpl_text(t, OPERATION_CSRF, rq_csrf(rq));
	return true;
}

enum http
wall_post(struct req *rq)
{
	bool ends = strcmp(in_text(rq, IN_DO), "end") == 0;
	struct user_id by = { rq_who(rq)->user };
	struct operation op;

	if (!IN_FIT(rq, IN_DO, IN_SHOWN))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, &op, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	if (!ends && (op.state == OP_DRAFT || op.state == OP_ARCHIVED))
		return resp_refuse(rq, R_WRONG_STATE);
	switch (ends ? wall_end(rq_db(rq), &op, by, rq_now(rq), rq_arena(rq)) :
	    wall_make(rq_db(rq), &op, rq_lang(rq), (int64_t)in_uint(rq, IN_SHOWN), by, rq_now(rq), rq_arena(rq))) {
	case SAVED:
	case ALREADY:	break;
	default:	return resp_refuse(rq, R_BUSY);
	}
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/operations/%llu?said=%s#wall", (unsigned long long)op.id.v, ends ? "wall_end" : "wall"));
}

/* The form's address, opened by hand. */
enum http
wall_get(struct req *rq)
{
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/operations/%llu#wall", (unsigned long long)rq_id(rq)));
}
