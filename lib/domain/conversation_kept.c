/*
 * conversation_kept.c - conversations in the database: every step at once, two windows one after the other.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/conversation.h"

#define KEY		"user_id = ? AND operation_id = ? AND entry_id = ? AND claimed_at = ?"
#define KEY_IN(k)	V_U((k)->user.v), V_U((k)->operation.v), V_U((k)->entry.v), V_I((k)->claimed_at)
#define FORM_KEY_BYTES	16
#define CHOICES_BYTES	1000
#define NOTE_CHARS	2000
#define TEXT_CHARS	4000

enum { Q_HEAD, Q_REPLIES, Q_BEGIN, Q_ENTRY, Q_SAVED, Q_KEEP_HEAD, Q_KEEP_REPLY, Q_DROP, Q_STAY, Q_CLEAR_REPLIES, Q_CLEAR,
	Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_HEAD] = { "uuui", "uuuis", "SELECT survey_version_id, talking, shown_id, started_at, note FROM call_draft WHERE " KEY },
	[Q_REPLIES] = { "uuui", "uss", "SELECT question_id, choices, text FROM call_answer_draft WHERE " KEY },
	/* Takes the lock as well: the first statement, so that what is read afterwards is what is true. */
	[Q_BEGIN] = { "uuuiui", "", "INSERT INTO call_draft (user_id, operation_id, entry_id, claimed_at, survey_version_id,"
	    " talking, shown_id, started_at) VALUES (?, ?, ?, ?, ?, FALSE, 0, ?) ON DUPLICATE KEY UPDATE started_at = started_at" },
	[Q_ENTRY] = { "uiuu", "u", "SELECT h.user_id FROM entry e LEFT JOIN hold h ON h.entry_id = e.id AND h.user_id = ?"
	    " AND h.claimed_at = ? WHERE e.id = ? AND e.operation_id = ?" },
	[Q_SAVED] = { "b", "u", "SELECT id FROM attempt WHERE form_key = ?" },
	[Q_KEEP_HEAD] = { "uusuuui", "", "UPDATE call_draft SET talking = ?, shown_id = ?, note = ? WHERE " KEY },
	[Q_KEEP_REPLY] = { "uuuiuss", "", "INSERT INTO call_answer_draft (user_id, operation_id, entry_id, claimed_at, question_id,"
	    " choices, text) VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE choices = VALUES(choices), text = VALUES(text)" },
	[Q_DROP] = { "uuuiu", "", "DELETE FROM call_answer_draft WHERE " KEY " AND question_id = ?" },
	/* Who is talking is not taken the person away; one row by its key. */
	[Q_STAY] = { "iuuui", "", "UPDATE hold SET held_until = ? WHERE " KEY },
	[Q_CLEAR_REPLIES] = { "uuui", "", "DELETE FROM call_answer_draft WHERE " KEY },
	[Q_CLEAR] = { "uuui", "", "DELETE FROM call_draft WHERE " KEY },
};
DB_STATEMENTS(q)

/* "12 15" */
static void
read_choices(struct reply *r, const char *joined, struct arena *a)
{
	const char *part[SURVEY_CHOICES_MAX];
	size_t n = text_split(a, joined, ' ', part, NITEMS(part));
	struct choice_id *ids = arena_alloc(a, (n + 1) * sizeof(*ids));

	for (size_t i = 0; i < n; i++)
		if (parse_uint(part[i], 1, UINT64_MAX, &ids[r->nchoices].v))
			r->nchoices++;
	r->choices = ids;
}

static const char *
write_choices(const struct reply *r, struct arena *a)
{
	struct buf b;

	buf_init_in(&b, a, CHOICES_BYTES);
	buf_text(&b, "");
	for (size_t i = 0; i < r->nchoices; i++)
		buf_fmt(&b, i == 0 ? "%llu" : " %llu", (unsigned long long)r->choices[i].v);
	return b.data == NULL ? "" : b.data;
}

enum found
conversation_read(struct db *db, const struct call_key *k, struct conversation *out, struct arena *a)
{
	struct rows rs;
	struct row r;
	enum found f;

	*out = (struct conversation){ .note = "" };
	if ((f = db_row(db, &q[Q_HEAD], IN(KEY_IN(k)), a, &r)) != FOUND)
		return f;
	if (!db_rows(db, &q[Q_REPLIES], IN(KEY_IN(k)), a, &rs))
		return FAILED;
	*out = (struct conversation){
		.version = { row_u(&r, 0) }, .talking = row_u(&r, 1) != 0, .shown = { row_u(&r, 2) }, .started_at = row_i(&r, 3),
		.note = row_s(&r, 4), .replies = arena_alloc(a, (rs.n + 1) * sizeof(*out->replies)), .nreplies = rs.n,
	};
	for (size_t i = 0; i < rs.n; i++) {
		out->replies[i] = (struct reply){ .question = { row_u(&rs.row[i], 0) }, .text = row_s(&rs.row[i], 2) };
		read_choices(&out->replies[i], row_s(&rs.row[i], 1), a);
	}
	return FOUND;
}

enum found
conversation_saved(struct db *db, const char *form_key, struct arena *a)
{
	unsigned char key[FORM_KEY_BYTES];
	struct row r;

	return seal_unhex(form_key, key, sizeof(key)) ? db_row(db, &q[Q_SAVED], IN(V_B(key, sizeof(key))), a, &r) : NONE;
}

struct work {
	const struct operation *op;
	const struct call_key *key;
	const char *form_key;
	const struct survey *survey;
	const struct step *step;
	int64_t now;
	struct conversation after;
	enum refusal why;
	struct arena *arena;
};

/* Only what changed: rows that are as they were are not written. */
static bool
keep(struct db *db, const struct work *w, const struct conversation *was)
{
	const struct conversation *c = &w->after;

	for (size_t i = 0; i < was->nreplies; i++)
		if (conversation_reply(c, was->replies[i].question) == NULL &&
		    db_write(db, &q[Q_DROP], IN(KEY_IN(w->key), V_U(was->replies[i].question.v)), NULL) != WROTE)
			return false;
	for (size_t i = 0; i < c->nreplies; i++) {
		const struct reply *r = &c->replies[i], *old = conversation_reply(was, r->question);
		const char *choices = write_choices(r, w->arena);

		if (old != NULL && strcmp(old->text, r->text) == 0 && strcmp(write_choices(old, w->arena), choices) == 0)
			continue;
		if (db_write(db, &q[Q_KEEP_REPLY], IN(KEY_IN(w->key), V_U(r->question.v), V_S(choices),
		    V_S(text_cut(w->arena, r->text, TEXT_CHARS))), NULL) != WROTE)
			return false;
	}
	return db_write(db, &q[Q_KEEP_HEAD], IN(V_U(c->talking), V_U(c->shown.v), V_S(text_cut(w->arena, c->note, NOTE_CHARS)),
	    KEY_IN(w->key)), NULL) == WROTE;
}

/* The entry must be this operation's, and its call not be saved yet. */
static bool
still_open(struct db *db, struct work *w)
{
	const struct call_key *k = w->key;
	struct row r;

	switch (db_row(db, &q[Q_ENTRY], IN(V_U(k->user.v), V_I(k->claimed_at), V_U(k->entry.v), V_U(k->operation.v)),
	    w->arena, &r)) {
	case FOUND:	break;
	case NONE:	w->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	if (!row_is_null(&r, 0))
		return true;
	switch (conversation_saved(db, w->form_key, w->arena)) {
	case FOUND:	w->why = R_NOT_FOUND; return false;
	case NONE:	return true;	/* the hold ended while they talk: they may go on */
	case FAILED:	break;
	}
	return false;
}

static bool
work(struct db *db, void *ctx)
{
	struct work *w = ctx;
	const struct call_key *k = w->key;
	struct conversation was;

	w->why = R_NONE;
	if (db_write(db, &q[Q_BEGIN], IN(KEY_IN(k), V_U(w->survey->version.v), V_I(w->now)), NULL) != WROTE ||
	    !still_open(db, w) || conversation_read(db, k, &was, w->arena) != FOUND)
		return false;
	w->after = was;
	if (was.version.v != w->survey->version.v) {	/* begun in another window, with another version, this instant */
		w->why = R_WRONG_STATE;
		return false;
	}
	if ((w->why = conversation_take(w->survey, &w->after, w->step, w->arena)) != R_NONE)
		return false;
	return keep(db, w, &was) &&
	    db_write(db, &q[Q_STAY], IN(V_I(w->now + (int64_t)w->op->hold_minutes * MINUTE_US), KEY_IN(k)), NULL) == WROTE;
}

enum saved
conversation_step(struct db *db, const struct operation *op, const struct call_key *key, const char *form_key,
    const struct survey *survey, const struct step *step, int64_t now, struct conversation *out, enum refusal *why,
    struct arena *a)
{
	struct work w = { .op = op, .key = key, .form_key = form_key, .survey = survey, .step = step, .now = now, .arena = a };
	enum tx tx = tx_write(db, work, &w);

	*out = w.after;
	*why = w.why;
	switch (tx) {
	case TX_DONE:		return SAVED;
	case TX_REFUSED:	return w.why == R_NONE ? NOT_SAVED : REFUSED;
	case TX_UNSURE:		return UNSURE;
	case TX_FAILED:		break;
	}
	return NOT_SAVED;
}

bool
conversation_clear(struct db *db, const struct call_key *k)
{
	return db_write(db, &q[Q_CLEAR_REPLIES], IN(KEY_IN(k)), NULL) == WROTE &&
	    db_write(db, &q[Q_CLEAR], IN(KEY_IN(k)), NULL) == WROTE;
}
