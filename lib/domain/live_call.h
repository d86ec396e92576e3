/*
 * live_call.h - calls from the software as they happen: an agent's line, the people rung from it, and the facts
 * about both, which are only ever added (lib/provider/fact.h).
 *
 * A live call is one request to a provider, and never a second one. Its form_key is that of the hold's form, and so of the attempt
 * that is saved with it (queue.h): the two find each other whichever comes first.
 */
#ifndef DOMAIN_LIVE_CALL_H
#define DOMAIN_LIVE_CALL_H

#include "domain/ids.h"
#include "domain/status.h"
#include "plumb/base.h"
#include "provider/outcome.h"
#include "provider/reconcile.h"

struct arena;
struct db;

#define SHORT_TALK_S	5	/* shorter, and the agent silent: the person hung up */
#define LIVE_KEY_BYTES	16
/* In live_call.flags beside the flags of its ending (outcome.h): what became of it was told when the further call that it had
 * led to was going on. */
#define LIVE_LATE	(1u << 8)

enum live_state { LIVE_WANTED, LIVE_SENT, LIVE_ENDED };

/* live_call.refusal: the person was on the line with somebody else after this hold began, which had outlived its time. */
#define REFUSED_MEANWHILE "called_meanwhile"

/* A call to a person, with the whole set of its facts. Texts are the arena's; times 0: did not happen. */
struct live_call {
	struct live_call_id id;
	struct trunk_id trunk;
	struct operation_id op;
	struct line_id line;
	struct user_id user;
	struct entry_id entry;
	struct person_id person;		/* v = 0: erased */
	const char *e164, *from;
	int64_t claimed_at;
	unsigned char form_key[LIVE_KEY_BYTES];
	const char *call_id, *call_other;	/* the provider's; other: it gave a second one */
	enum live_state state;
	const char *refusal;			/* it was never sent, and why; "" */
	enum outcome outcome;			/* as stored; OUTCOME_PENDING until it was applied */
	unsigned flags, facts, applied, queue_ms;
	int64_t wanted_at, sent_at, hang_up_at, ended_at, looked_at, look_at;
	unsigned looks, gone, cost_looks;
	bool cost_known;
	struct fact *fact;
	size_t nfacts;
	struct ending ending;			/* of the facts, now */
};

enum found live_call_by_id(struct db *, struct live_call_id, struct live_call *, struct arena *);

/* What became of a fact. STALE: the connection has changed since it was verified. */
enum told { TOLD_KNOWN, TOLD_NEW, TOLD_NO_CALL, TOLD_OTHER_CONNECTION, TOLD_ERASED, TOLD_STALE, TOLD_FAILED };
/*
 * Adds one fact of the contact's leg (f->attempt) or of the agent's (f->session), and applies what follows from the
 * whole set. revision: of the connection as it was verified, 0 for our own facts and for polls. Told twice, in
 * any order, at the same time: the same set, the same outcome. *call (may be NULL): the contact's call afterwards.
 */
enum told fact_add(struct db *, struct trunk_id, unsigned revision, const struct fact *, int64_t now,
    struct live_call *call, struct arena *);

/*
 * The short way of what webhooks say, for several at once: those about a call that goes on and is known by this id, which is nearly
 * every one, are stored and applied in one transaction, which waits for no lock. told: it is there, and applied; the others are
 * for fact_add, which knows why. ending: of one that was told and is an end.
 */
enum { TELL_MOST = 16 };
struct telling { const struct fact *fact; int64_t at; bool told; struct ending ending; };
void facts_tell(struct db *, struct trunk_id, unsigned revision, struct telling *, size_t n, struct arena *);

/* One of our own facts about a call, told once however often it is repeated. */
struct fact fact_of_call(const struct live_call *, enum fact_kind, int64_t now);
struct fact fact_of_line(struct line_id, enum fact_kind, int64_t now);

/* Derives the outcome again and stores it if it is another one; also the moment to look at it next. Nothing when the
 * set has grown meanwhile: whoever added that fact applies it. */
bool live_call_apply(struct db *, struct live_call *, int64_t now);
bool live_call_has(const struct live_call *, enum fact_kind);
/* What is known of the looks at it, for reconcile.h. */
struct looked live_call_looked(const struct live_call *, unsigned ring_s);
/* When the dialer looks at it next; INT64_MAX: never. */
int64_t live_call_look(const struct live_call *, int64_t now, unsigned ring_s);

/* The status that stands for an outcome when no agent says anything; ST_NONE: none, the person is given back. */
enum status outcome_status(enum outcome);

#endif
