/*
 * webhook.c - from a request's raw bytes to facts. A process keeps the connections it has opened; a fact is only stored
 * while its connection is of the revision that the request was verified by, so a secret taken away counts at once.
 */
#include "domain/webhook.h"

#include "domain/line.h"
#include "domain/live_call.h"
#include "domain/noticed.h"
#include "domain/power.h"
#include "domain/trunk.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/text.h"

enum { KEPT_MOST = 16, LOOKS_MOST = 4 };
_Static_assert((int)KEPT_MOST >= (int)WEBHOOKS_MOST, "those of one go are all kept");
_Static_assert((int)TELL_MOST >= (int)WEBHOOKS_MOST, "and may all be told together");

enum { Q_CALL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALL] = { "us", "u", "SELECT id FROM live_call WHERE trunk_id = ? AND call_id = ?" },
};
DB_STATEMENTS(q)

/* --- connections that this process keeps open --- */

struct kept {
	uint64_t id;
	struct trunk trunk;
	struct connection *open;	/* NULL: its settings do not work */
	struct arena *arena;
	uint64_t used;
};

static struct kept kept[KEPT_MOST];

static enum found
opened(struct db *db, uint64_t id, bool again, struct kept **out, bool *fresh)
{
	static uint64_t turn;
	struct kept *k = &kept[0];
	enum trouble why;
	enum found f;

	*fresh = false;
	for (size_t i = 0; i < NITEMS(kept); i++) {
		if (kept[i].arena != NULL && kept[i].id == id) {
			k = &kept[i];
			k->used = ++turn;
			*out = k;
			if (!again)
				return FOUND;
			break;
		}
		if (kept[i].used < k->used)
			k = &kept[i];
	}
	if (k->arena == NULL)
		k->arena = arena_new();
	arena_reset(k->arena);
	k->id = 0;
	k->used = 0;
	if ((f = trunk_use(db, (struct trunk_id){ id }, &k->trunk, k->arena)) != FOUND)
		return f;
	k->open = k->trunk.sealed_badly ? NULL : connection_open(k->arena, &k->trunk.config, &why);
	k->id = id;
	k->used = ++turn;
	*fresh = true;
	*out = k;
	return FOUND;
}

/* --- whom a fact is about --- */

/* A fact about a participant that carries no number of ours finds its call by the provider's id, never by a guess; what
 * is about nobody in the room is kept with the agent's leg (case 74). False: FAILED. */
static bool
place(struct db *db, const struct webhook *w, struct fact *f, struct arena *a)
{
	struct row r;

	if (f->leg == LEG_AGENT || (f->leg == LEG_CONTACT && f->attempt != 0))
		return true;
	if (f->call[0] != '\0')
		switch (db_row(db, &q[Q_CALL], IN(V_U(w->path.connection), V_S(f->call)), a, &r)) {
		case FAILED:	return false;
		case FOUND:
			f->leg = LEG_CONTACT;
			f->attempt = row_u(&r, 0);
			return true;
		case NONE:	break;
		}
	if (f->leg == LEG_NONE) {
		f->leg = LEG_AGENT;
		f->session = w->path.id;
	}
	return true;
}

enum stored { STORED, STORED_STALE, STORED_OTHER, STORED_FAILED };

static enum stored
store(struct db *db, struct webhook *w, struct arena *a)
{
	struct trunk_id trunk = { w->path.connection };
	int64_t now = w->request.now_us;

	for (size_t i = 0; i < w->facts.n; i++) {
		struct fact *f = &w->facts.fact[i];

		if (!place(db, w, f, a))
			return STORED_FAILED;
		/* of a browser's leg, which its path does not name */
		if (w->path.id == 0 && w->path.what == HOOK_STATUS && f->leg == LEG_AGENT)
			switch (line_leg(db, (struct line_id){ f->session }, f->call, a)) {
			case FOUND:	break;
			case FAILED:	return STORED_FAILED;
			case NONE:	w->said = "turned_away"; continue;
			}
		switch (fact_add(db, trunk, w->revision, f, now, NULL, a)) {
		case TOLD_NEW:
			if (f->kind == FACT_UNBRIDGED && f->leg == LEG_AGENT && !line_left(db, (struct line_id){ f->session }, now))
				return STORED_FAILED;
			break;
		case TOLD_KNOWN:	w->said = "again"; break;
		case TOLD_NO_CALL:
			w->said = "orphan";
			(void)noticed_count_word(db, trunk, w->said, now);
			break;
		case TOLD_ERASED:
			w->said = "erased";
			(void)noticed_count_word(db, trunk, w->said, now);
			break;
		case TOLD_OTHER_CONNECTION:
			w->said = "other_trunk";
			(void)noticed_count_word(db, trunk, w->said, now);
			log_warn("connection %llu: told of call %llu, which is another connection's", (unsigned long long)trunk.v,
			    (unsigned long long)f->attempt);
			return STORED_OTHER;
		case TOLD_STALE:	return STORED_STALE;
		case TOLD_FAILED:	return STORED_FAILED;
		}
	}
	return STORED;
}

/* A browser asks to be let in: only as the one leg of its own line. FOUND: it may; NONE: the answer ends its call. */
static enum found
let_in(struct db *db, struct webhook *w, bool first, struct arena *a)
{
	const struct fact *f = &w->facts.fact[0];
	enum found may = line_takes(db, (struct trunk_id){ w->path.connection }, (struct line_id){ f->session }, f->room, f->call, first, a);

	if (may == NONE) {
		w->said = "turned_away";
		hook_turn_away(w->kept->open, &w->answer);
	}
	return may;
}

/* Somebody who was rung for no agent in particular has answered: into the room of one who waits, or told that nobody is there.
 * False: the database. */
static bool
hand_over(struct db *db, struct webhook *w, struct arena *a)
{
	struct handing h;

	switch (power_hand(db, (struct trunk_id){ w->path.connection }, (struct live_call_id){ w->path.id }, w->request.now_us, &h, a)) {
	case HANDED_FAILED:	return false;
	case HANDED_ROOM:	hook_room(w->kept->open, a, w->path.id, h.room, &w->answer); break;
	case HANDED_NOBODY:
		w->said = "nobody";
		hook_sorry(w->kept->open, a, power_sorry(&h, a), h.lang == LANG_FR ? "fr-CA" : "en-US", &w->answer);
		break;
	case HANDED_OVER:	break;
	}
	return true;
}

/* --- one request --- */

static void
answer_with(struct webhook *w, enum http status)
{
	w->answer = (struct hook_answer){ .status = status };
	w->open = false;
}

static void
failed(struct webhook *w)
{
	w->said = "failed";
	answer_with(w, HTTP_UNAVAILABLE);
}

static void
refused(struct db *db, struct webhook *w, enum verdict v)
{
	w->said = verdict_word(v);
	(void)noticed_count_word(db, (struct trunk_id){ w->path.connection }, w->said, w->request.now_us);
	answer_with(w, verdict_status(v));
}

/* Verified and read (open), or answered. `again`: by the connection as it is now, whatever is kept. */
static void
look(struct db *db, struct webhook *w, bool again, struct arena *a)
{
	enum verdict v = VERDICT__MAX;
	bool fresh = false;

	for (; !fresh; again = true) {
		switch (opened(db, w->path.connection, again, &w->kept, &fresh)) {
		case FOUND:	break;
		case NONE:	w->said = "no_trunk"; answer_with(w, HTTP_NOT_FOUND); return;
		case FAILED:	failed(w); return;
		}
		v = w->kept->open == NULL ? VERDICT_NO_SECRET : hook_verify(w->kept->open, a, &w->request);
		if (verdict_good(v))
			break;		/* else what is kept may be too old: look once */
	}
	w->said = verdict_word(v);
	if (v == VERDICT_NO_SECRET)
		log_error("connection %llu: a webhook came and there is no secret to verify it by", (unsigned long long)w->path.connection);
	if (!verdict_good(v)) {
		refused(db, w, v);
		return;
	}
	if (v != VERDICT_OK)
		(void)noticed_count_word(db, (struct trunk_id){ w->path.connection }, w->said, w->request.now_us);
	w->revision = w->kept->trunk.revision;
	w->facts = (struct facts){ 0 };
	if ((v = hook_read(w->kept->open, a, &w->path, &w->request, &w->facts, &w->answer)) != VERDICT_OK)
		refused(db, w, v);
	else
		w->open = true;
}

/* What was read is stored; it stays open when the connection has changed since. */
static void
settle(struct db *db, struct webhook *w, struct arena *a)
{
	if (w->kept->id != w->path.connection || w->kept->trunk.revision != w->revision)
		return;
	if (w->path.what == HOOK_BROWSER)
		switch (let_in(db, w, true, a)) {
		case FOUND:	break;
		case NONE:	w->open = false; return;
		case FAILED:	failed(w); return;
		}
	switch (store(db, w, a)) {
	case STORED:
		w->open = false;
		if ((w->path.what == HOOK_BROWSER && let_in(db, w, false, a) == FAILED) || (w->path.what == HOOK_ANSWER && !hand_over(db, w, a)))
			failed(w);
		return;
	case STORED_OTHER:	answer_with(w, HTTP_NOT_FOUND); return;
	case STORED_FAILED:	failed(w); return;
	case STORED_STALE:	return;
	}
}

/* --- several --- */

/* Of what is open: all that was verified by the same revision of a connection as the first, told together. */
static void
tell(struct db *db, struct webhook *const *hooks, size_t n, struct webhook *first, struct arena *a)
{
	struct telling told[WEBHOOKS_MOST];
	struct webhook *of[WEBHOOKS_MOST];
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		struct webhook *w = hooks[i];

		if (!w->open || w->alone || w->path.connection != first->path.connection || w->revision != first->revision)
			continue;
		w->alone = true;
		if (w->facts.n != 1 || w->path.what == HOOK_BROWSER || w->path.what == HOOK_ANSWER)
			continue;
		told[m] = (struct telling){ .fact = &w->facts.fact[0], .at = w->request.now_us };
		of[m++] = w;
	}
	facts_tell(db, (struct trunk_id){ first->path.connection }, first->revision, told, m, a);
	for (size_t i = 0; i < m; i++) {
		of[i]->open = !told[i].told;
		log_request(of[i]->log_id);
		if (told[i].told && told[i].fact->kind == FACT_ENDED)
			log_event("call %llu ended outcome=%s", (unsigned long long)told[i].fact->attempt,
			    outcome_word(told[i].ending.outcome));
	}
	log_request("-");
}

/* What was told is told; the others are stored one by one. While no database answers, one waits for it, not one after the other. */
static void
rest(struct db *db, struct webhook *const *hooks, size_t n, struct arena *a)
{
	bool gone = false;

	for (size_t i = 0; i < n; i++) {
		struct webhook *w = hooks[i];
		bool open = w->open;

		log_request(w->log_id);
		for (unsigned looks = 1; w->open && !gone; looks++) {
			settle(db, w, a);
			if (w->open && looks < LOOKS_MOST)
				look(db, w, true, a);
			else if (w->open)
				failed(w);
		}
		if (w->open)
			failed(w);
		gone = gone || (open && w->answer.status == HTTP_UNAVAILABLE && db_lost(db));
	}
}

void
webhooks_take(struct db *db, struct webhook *const *hooks, size_t n, struct arena *a)
{
	assert(n <= WEBHOOKS_MOST);
	for (size_t i = 0; i < n; i++) {
		log_request(hooks[i]->log_id);
		hooks[i]->said = "no_path";
		if (!hook_path_read(hooks[i]->request.uri, &hooks[i]->path))
			answer_with(hooks[i], HTTP_NOT_FOUND);
		else
			look(db, hooks[i], false, a);
	}
	log_request("-");
	for (size_t i = 0; i < n; i++)
		if (hooks[i]->open && !hooks[i]->alone)
			tell(db, hooks, n, hooks[i], a);
	rest(db, hooks, n, a);
}
