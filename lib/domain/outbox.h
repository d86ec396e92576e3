/*
 * outbox.h - webhooks out: every call saved in an operation, or in all of an organisation, told to another system.
 *
 * Nothing is written when a call is saved. The worker (`worker --out`) walks the calls by their id, up to the horizon
 * (horizon.h), and each address keeps how far it has been told: in order, at least once, what is sent twice with the same id. A call
 * that is not taken is tried again, later and later (outbox_wait); those behind it wait. After OUTBOX_GIVES_UP_US without
 * success, or at "410 Gone", the address pauses with its reason, and goes on where it was when somebody resumes it.
 *
 * Messages are those of the Standard Webhooks specification: headers webhook-id, webhook-timestamp and webhook-signature
 * ("v1," and the base64 of HMAC-SHA256 over id.timestamp.body), the key being the base64 behind "whsec_". What is in
 * one: ids, the status and the times, and the choices of the answers when its owner ticked that. Never a name, a number, a note
 * or words: who needs them asks the API, where each look at a record is noted.
 */
#ifndef DOMAIN_OUTBOX_H
#define DOMAIN_OUTBOX_H

#include "domain/ids.h"
#include "plumb/fetch.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

#define OUTBOX_URL_MAX		500
#define OUTBOX_GIVES_UP_US	(36 * INT64_C(3600000000))
#define OUTBOX_BOTH_US		(24 * INT64_C(3600000000))
enum { OUTBOX_MOST = 50, OUTBOX_TRIES_SHOWN = 20, OUTBOX_TRIES_KEPT = 100 };

enum outbox_pause { OUTBOX_GOES, OUTBOX_BY_HAND, OUTBOX_FAILING, OUTBOX_GONE, OUTBOX_PAUSES };

struct outbox {
	uint64_t id;
	struct operation_id op;		/* v = 0: all */
	const char *operation, *url;	/* operation: its name, "" for all */
	bool with_answers;
	enum outbox_pause paused;
	int64_t paused_at, failing_since, next_at, test_at, created_at;		/* 0: not */
	unsigned failures;
	int64_t rotated_at, old_until;	/* the secret was made anew; the one before signs too until then. 0: not */
};

/* --- for who may: administrators all of the organisation, organisers those of operations they own --- */

bool outbox_list(struct db *, const struct who *, struct outbox **out, size_t *n, struct arena *);
enum found outbox_of(struct db *, const struct who *, uint64_t id, struct outbox *, struct arena *);

struct outbox_try { int64_t at; uint64_t attempt; /* 0: a test */ unsigned status, took_ms; enum fetch_why why; };
/* Newest first. */
bool outbox_tries(struct db *, uint64_t id, struct outbox_try **out, size_t *n, struct arena *);

/* Operations that a new address may be for. */
struct outbox_choice { struct operation_id id; const char *name; };
bool outbox_choices(struct db *, const struct who *, struct outbox_choice **out, size_t *n, struct arena *);

/* What is wrong with an address; R_NONE. */
enum refusal outbox_url_refusal(const char *url);

/* op.v = 0: all operations, administrators only. *secret: to be shown now and never again. From the next call on. ALREADY: this
 * form made one, whose secret is gone. REFUSED: R_NOT_ALLOWED, R_NOT_A_WEB_ADDRESS, R_PRIVATE_ADDRESS, R_OUT_OF_RANGE (too many). */
enum saved outbox_add(struct db *, const struct who *, struct operation_id op, const char *url, bool with_answers,
    const unsigned char form_key[16], int64_t now, uint64_t *id, const char **secret, enum refusal *why, struct arena *);
/* Each ALREADY when nothing changed; REFUSED: R_NOT_FOUND. A test is sent within seconds, also while paused. */
enum outbox_do { OUTBOX_TEST, OUTBOX_PAUSE, OUTBOX_RESUME, OUTBOX_REMOVE, OUTBOX_END_OLD, OUTBOX_DOES };
enum saved outbox_do(struct db *, const struct who *, uint64_t id, enum outbox_do, int64_t now, enum refusal *why, struct arena *);

/* Another secret; for OUTBOX_BOTH_US messages are signed by the one before too, as the specification allows, and one before that
 * ends. Made from form_key, so that the same form sent twice makes and shows one secret (ALREADY). seen: rotated_at as the form
 * saw it. REFUSED: R_NOT_FOUND, R_PAGE_CHANGED (somebody made another one meanwhile; nothing is changed). */
enum saved outbox_rotate(struct db *, const struct who *, uint64_t id, const unsigned char form_key[16], int64_t seen, int64_t now,
    const char **secret, enum refusal *why, struct arena *);

/* --- for the worker --- */

/* Sends to one address for some seconds. FOUND: it did something; NONE: nothing to do. */
enum found outbox_turn(struct db *, struct arena *);
/* How long after so many failures in a row, from 1. Pure. */
int64_t outbox_wait(unsigned failures);
/* "v1,...": the signature by that secret ("whsec_..."); NULL: it is none. A message that two secrets sign carries both, with a
 * space between. Pure. */
const char *outbox_signature(struct arena *, const char *secret, const char *id, int64_t timestamp, const char *body);

#endif
