/*
 * queue_call.c - the procedure save_and_claim: one round trip, its own transaction, repeated whole on 1213 and
 * 1205; and what form keys and counted retries look like as bytes.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/seal.h"

#include "domain/agent_screen.h"
#include "domain/queue_in.h"

/* save_and_claim writes two of these numbers when it meets somebody who died or is not to be called. */
_Static_assert(ST_DECEASED == 19 && ST_DNC == 20 && ST_CALL_BACK == 10, "sql/025_agent.sql knows these numbers");
_Static_assert(ST__MAX <= RETRIES_BYTES, "entry.retries_used has a byte per status");

enum { Q_CALL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALL] = { "uuuuiiu" "usu" "uusisusu" "suiubs" "uuuuiusb" "sss" "usu" "us" "uii", "uuuuusuuuuiii|" SCREEN_OUT,
	    "CALL save_and_claim(?,?,?,?,?,?,?, ?,?,?, ?,?,?,?,?,?,?,?, ?,?,?,?,?,?, ?,?,?,?,?,?,?,?, ?,?,?, ?,?,?, ?,?, ?,?,?)" },
};
DB_STATEMENTS(q)

struct run { const struct queue_call *c; struct queue_answer *r; struct arena *a; };

static const char *
effect_of(enum status s)
{
	return s == ST_DNC ? "d" : s == ST_DECEASED ? "x" : s == ST_WRONG_NUMBER ? "w" : "";
}

static void
read_answer(struct queue_answer *r, const struct row *row)
{
	*r = (struct queue_answer){
		.saved = (unsigned)row_u(row, 0), .claimed = (unsigned)row_u(row, 1), .probes = (unsigned)row_u(row, 2),
		.got = {
			.entry = { row_u(row, 3) }, .person = { row_u(row, 4) }, .e164 = row_s(row, 5),
			.attempts = (unsigned)row_u(row, 6), .reason = (enum status)row_u(row, 7),
			.zone = (unsigned)row_u(row, 8), .claimed_at = row_i(row, 11),
		},
		.band = (unsigned)row_u(row, 9), .due_at = row_i(row, 10), .held_until = row_i(row, 12),
	};
}

static struct val
rule_or_null(const struct queue_call *c, unsigned value)
{
	return c->rule != NULL && c->rule->ticked ? V_U(value) : V_NULL;
}

/* Where the day of the cap per person and day begins, and the next one; 0 where there is no cap. */
static int64_t
midnight(const struct operation *op, const struct tm *day, int days)
{
	struct tm t = { .tm_year = day->tm_year, .tm_mon = day->tm_mon, .tm_mday = day->tm_mday + days };

	return op->day_calls == 0 ? 0 : clock_moment(op->zone, &t);
}

static bool
run(struct db *db, void *ctx)
{
	const struct run *x = ctx;
	const struct queue_call *c = x->c;
	const struct operation *op = c->op;
	bool save = c->status != ST_NONE;
	unsigned char retries[RETRIES_BYTES];
	size_t nretries = queue_retries_write(&c->after.retries, retries), nsets;
	struct tm day = clock_local(op->zone, c->now);
	char date[40];
	struct rows sets[2];

	snprintf(date, sizeof(date), "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
	if (!db_call(db, &q[Q_CALL], IN(
	    V_U(op->id.v), V_U(op->revision), V_U(op->organisation.v), V_U(c->user.v), V_I(c->now),
	    V_I((int64_t)op->hold_minutes * MINUTE_US), V_U(db_shard(db)),
	    V_U(c->status), V_S(effect_of(c->status)), V_U(status_reached(c->status)),
	    V_U(c->entry.v), V_U(c->person.v), V_S(save ? c->e164 : ""), V_I(c->claimed_at),
	    V_S(queue_state_word(c->was)), V_U(c->was_reason), V_S(queue_state_word(c->returns)), V_U(c->was_attempts),
	    V_S(queue_state_word(c->after.state)), V_U(c->after.band), V_I(c->after.due_at), V_U(c->after.reason),
	    V_B(retries, nretries), V_S(save ? c->next_e164 : ""),
	    rule_or_null(c, c->rule != NULL ? c->rule->max_calls : 0), rule_or_null(c, c->rule != NULL ? c->rule->minutes : 0),
	    c->rule != NULL && c->rule->more_calls > 0 ? V_U(c->rule->more_calls) : V_NULL,
	    V_U(c->rule != NULL && c->rule->other_part_in != NULL),
	    c->callback_at == 0 ? V_NULL : V_I(c->callback_at),
	    op->survey_version.v == 0 ? V_NULL : V_U(op->survey_version.v), V_S(save ? c->zone : ""),
	    V_B(c->form_key, sizeof(c->form_key)), V_S(save ? c->note : ""), V_S(save ? c->answers : ""), V_S(date),
	    V_U(c->expire), V_S(c->plan), V_U(c->show),
	    V_U(c->keep_minutes), V_S(c->mates == NULL ? "" : c->mates),
	    V_U(op->day_calls), V_I(midnight(op, &day, 0)), V_I(midnight(op, &day, 1))), x->a, sets, 2, &nsets))
		return false;
	if (nsets < 1 || sets[0].n != 1)
		return false;
	read_answer(x->r, &sets[0].row[0]);
	x->r->screen = sets[1];
	return true;
}

bool
queue_run(struct db *db, const struct queue_call *c, struct queue_answer *r, struct arena *a)
{
	struct run x = { c, r, a };

	return db_retry(db, run, &x);
}

/* Only this server can make one, and it can be checked without a row: the hold may be long gone. */
void
queue_form_key(struct entry_id entry, struct user_id user, int64_t claimed_at, unsigned char out[FORM_KEY_BYTES])
{
	struct { uint64_t entry, user; int64_t claimed_at; } what = { entry.v, user.v, claimed_at };
	unsigned char mark[32];

	seal_mark("hold", &what, sizeof(what), mark);
	memcpy(out, mark, FORM_KEY_BYTES);
}

bool
queue_form_ours(struct entry_id entry, struct user_id user, int64_t claimed_at, const char *form_key)
{
	unsigned char ours[FORM_KEY_BYTES], given[FORM_KEY_BYTES];

	queue_form_key(entry, user, claimed_at, ours);
	return form_key != NULL && seal_unhex(form_key, given, sizeof(given)) && seal_equal(ours, given, sizeof(ours));
}

void
queue_held_fill(struct held *h, const struct hold_seen *seen, struct user_id user, int64_t held_until,
    const char *zone, struct arena *a)
{
	unsigned char key[FORM_KEY_BYTES];
	char first[ZONE_NAME];

	queue_form_key(seen->entry, user, seen->claimed_at, key);
	*h = (struct held){
		.entry = seen->entry, .person = seen->person, .e164 = seen->e164, .attempts = seen->attempts,
		.claimed_at = seen->claimed_at, .held_until = held_until, .form_key = seal_hex(a, key, sizeof(key)),
		.last_status = seen->reason, .zones = arena_strdup(a, zone),
	};
	zone_next(zone, first);
	h->zone = arena_strdup(a, first);
}

void
queue_retries_read(struct retries *r, const void *bytes, size_t n)
{
	memset(r, 0, sizeof(*r));
	if (bytes != NULL)
		memcpy(r->used, bytes, n < sizeof(r->used) ? n : sizeof(r->used));
}

/* Without the zeros at its end: most people were never called twice. */
size_t
queue_retries_write(const struct retries *r, unsigned char out[RETRIES_BYTES])
{
	size_t n = sizeof(r->used);

	memcpy(out, r->used, n);
	while (n > 0 && out[n - 1] == 0)
		n--;
	return n;
}
