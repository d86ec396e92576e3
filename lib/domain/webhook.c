/*
 * webhook.c - from a request's raw bytes to facts. A process keeps the connections it has opened; a fact is only stored
 * while its connection is of the revision that the request was verified by, so a secret taken away counts at once.
 */
#include "domain/webhook.h"

#include "domain/line.h"
#include "domain/noticed.h"
#include "domain/trunk.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/text.h"

enum { KEPT_MOST = 16, LOOKS_MOST = 4 };

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
place(struct db *db, uint64_t trunk, const struct hook *path, struct fact *f, struct arena *a)
{
	struct row r;

	if (f->leg == LEG_AGENT || (f->leg == LEG_CONTACT && f->attempt != 0))
		return true;
	if (f->call[0] != '\0')
		switch (db_row(db, &q[Q_CALL], IN(V_U(trunk), V_S(f->call)), a, &r)) {
		case FAILED:	return false;
		case FOUND:
			f->leg = LEG_CONTACT;
			f->attempt = row_u(&r, 0);
			return true;
		case NONE:	break;
		}
	if (f->leg == LEG_NONE) {
		f->leg = LEG_AGENT;
		f->session = path->id;
	}
	return true;
}

enum stored { STORED, STORED_STALE, STORED_OTHER, STORED_FAILED };

static enum stored
store(struct db *db, const struct kept *k, const struct hook *path, struct facts *facts, int64_t now, const char **said, struct arena *a)
{
	for (size_t i = 0; i < facts->n; i++) {
		struct fact *f = &facts->fact[i];

		if (!place(db, k->id, path, f, a))
			return STORED_FAILED;
		/* of a browser's leg, which its path does not name */
		if (path->id == 0 && path->what == HOOK_STATUS && f->leg == LEG_AGENT)
			switch (line_leg(db, (struct line_id){ f->session }, f->call, a)) {
			case FOUND:	break;
			case FAILED:	return STORED_FAILED;
			case NONE:	*said = "turned_away"; continue;
			}
		switch (fact_add(db, k->trunk.id, k->trunk.revision, f, now, NULL, a)) {
		case TOLD_NEW:
			if (f->kind == FACT_UNBRIDGED && f->leg == LEG_AGENT && !line_left(db, (struct line_id){ f->session }, now))
				return STORED_FAILED;
			break;
		case TOLD_KNOWN:	*said = "again"; break;
		case TOLD_NO_CALL:
			*said = "orphan";
			(void)noticed_count_word(db, k->trunk.id, *said, now);
			break;
		case TOLD_ERASED:
			*said = "erased";
			(void)noticed_count_word(db, k->trunk.id, *said, now);
			break;
		case TOLD_OTHER_CONNECTION:
			*said = "other_trunk";
			(void)noticed_count_word(db, k->trunk.id, *said, now);
			log_warn("connection %llu: told of call %llu, which is another connection's", (unsigned long long)k->id,
			    (unsigned long long)f->attempt);
			return STORED_OTHER;
		case TOLD_STALE:	return STORED_STALE;
		case TOLD_FAILED:	return STORED_FAILED;
		}
	}
	return STORED;
}

/* A browser asks to be let in: only as the one leg of its own line. FOUND: it may; NONE: *answer ends its call. */
static enum found
let_in(struct db *db, const struct kept *k, const struct facts *facts, bool first, struct hook_answer *answer, const char **said, struct arena *a)
{
	const struct fact *f = &facts->fact[0];
	enum found may = line_takes(db, k->trunk.id, (struct line_id){ f->session }, f->room, f->call, first, a);

	if (may == NONE) {
		*said = "turned_away";
		hook_turn_away(k->open, answer);
	}
	return may;
}

static enum http
answer_with(struct hook_answer *answer, enum http status)
{
	*answer = (struct hook_answer){ .status = status };
	return status;
}

enum http
webhook_take(struct db *db, struct hook_request *request, struct hook_answer *answer, const char **said, struct arena *a)
{
	struct facts facts = { 0 };
	enum verdict v;
	struct kept *k = NULL;
	struct hook path;
	bool fresh;

	*said = "no_path";
	if (!hook_path_read(request->uri, &path))
		return answer_with(answer, HTTP_NOT_FOUND);
	for (unsigned look = 0; look < LOOKS_MOST; look++) {
		switch (opened(db, path.connection, look > 0, &k, &fresh)) {
		case FOUND:	break;
		case NONE:	*said = "no_trunk"; return answer_with(answer, HTTP_NOT_FOUND);
		case FAILED:	*said = "failed"; return answer_with(answer, HTTP_UNAVAILABLE);
		}
		v = k->open == NULL ? VERDICT_NO_SECRET : hook_verify(k->open, a, request);
		if (!verdict_good(v) && !fresh)
			continue;	/* what is kept may be too old: look once */
		*said = verdict_word(v);
		if (v != VERDICT_OK)
			(void)noticed_count_word(db, k->trunk.id, *said, request->now_us);
		if (v == VERDICT_NO_SECRET)
			log_error("connection %llu: a webhook came and there is no secret to verify it by", (unsigned long long)k->id);
		if (!verdict_good(v))
			return answer_with(answer, verdict_status(v));
		if ((v = hook_read(k->open, a, &path, request, &facts, answer)) != VERDICT_OK) {
			*said = verdict_word(v);
			(void)noticed_count_word(db, k->trunk.id, *said, request->now_us);
			return answer_with(answer, verdict_status(v));
		}
		if (path.what == HOOK_BROWSER)
			switch (let_in(db, k, &facts, true, answer, said, a)) {
			case FOUND:	break;
			case NONE:	return answer->status;
			case FAILED:	*said = "failed"; return answer_with(answer, HTTP_UNAVAILABLE);
			}
		switch (store(db, k, &path, &facts, request->now_us, said, a)) {
		case STORED:
			if (path.what != HOOK_BROWSER || let_in(db, k, &facts, false, answer, said, a) != FAILED)
				return answer->status;
			*said = "failed";
			return answer_with(answer, HTTP_UNAVAILABLE);
		case STORED_OTHER:	return answer_with(answer, HTTP_NOT_FOUND);
		case STORED_FAILED:	*said = "failed"; return answer_with(answer, HTTP_UNAVAILABLE);
		case STORED_STALE:	break;
		}
	}
	*said = "failed";
	return answer_with(answer, HTTP_UNAVAILABLE);
}
