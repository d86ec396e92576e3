/*
 * conversation.h - the specialized version: one question at a time, the next one by the answer (facts 109 to 111).
 *
 * The path is what the replies make: from the first question, each reply leads to the next. A reply that the path
 * does not reach any more is dropped at that moment, so what is kept, and in the end saved, is exactly the path.
 */
#ifndef DOMAIN_CONVERSATION_H
#define DOMAIN_CONVERSATION_H

#include "domain/agent_edit.h"
#include "domain/queue.h"
#include "domain/survey.h"

/* What was answered to one question. No choice and no text: passed over (or only read out). */
struct reply {
	struct question_id question;
	const struct choice_id *choices;
	size_t nchoices;
	const char *text;
};

/* One conversation as it stands. All zero: not begun. */
struct conversation {
	struct version_id version;	/* of its first moment; v = 0: nothing is kept yet */
	bool talking;			/* false: on the person's card */
	struct question_id shown;	/* an earlier question looked at again; v = 0: the first without a reply */
	int64_t started_at;
	const char *note;
	struct reply *replies;		/* only those of the path, in any order */
	size_t nreplies;
};

/* --- pure --- */

struct path {
	const struct question **asked;	/* with a reply, in the order asked */
	size_t nasked;
	const struct question *now;	/* the one to show; NULL: the end */
	unsigned number, about;		/* "Question `number` of about `about`"; at the end number = about + 1 */
	bool complete;			/* the replies lead to the end */
};
/* The survey's choices lead forward; one that does not is taken as "the next question". */
void conversation_path(const struct survey *, const struct conversation *, struct path *, struct arena *);

const struct reply *conversation_reply(const struct conversation *, struct question_id);
bool question_picks(const struct question *);	/* has choices */
bool question_several(const struct question *);	/* ... several of which may be picked */
bool question_corrects(const struct question *);	/* asks for a field of the record */
bool question_asks(const struct question *);	/* wants an answer, other than a text to read out */

/* R_NONE; R_MISSING (required and empty), R_NOT_A_CHOICE, R_TOO_LONG, R_NOT_A_NUMBER, R_NOT_A_DATE, R_NOT_AN_EMAIL. */
enum refusal conversation_check(const struct question *, const struct reply *);

enum step_kind {
	STEP_START,		/* the person is on the line */
	STEP_REPLY,		/* and on to the next question */
	STEP_BACK,		/* to the question before, or to the person's card */
	STEP_STAY		/* keeps the note; a reply when there is one */
};
struct step {
	enum step_kind kind;
	struct reply reply;	/* question.v = 0: none. STEP_BACK: the question that was on the page */
	const char *note;	/* NULL: as it was */
};
/* One step. R_BAD_REQUEST: no question of this survey. R_WRONG_STATE: not on the path (any more). A step that was
 * taken already changes nothing. On a refusal nothing is changed. */
enum refusal conversation_take(const struct survey *, struct conversation *, const struct step *, struct arena *);

/* Everything answered on the path, as queue_save takes it. */
const struct call_answer *conversation_answers(const struct survey *, const struct conversation *, size_t *n, struct arena *);

/* What the path corrects in the record, as agent_edit takes it: only fields that the operation's rules open to agents, each once.
 * At most `max`; values in the arena. */
size_t conversation_edits(const struct survey *, const struct conversation *, const struct field_rules *, struct agent_edit *out,
    size_t max, struct arena *);

/* --- kept, so that nothing is lost when a browser dies --- */

struct call_key {
	struct user_id user;
	struct operation_id operation;
	struct entry_id entry;
	int64_t claimed_at;
};
/* NONE: nothing kept (*out all zero). */
enum found conversation_read(struct db *, const struct call_key *, struct conversation *out, struct arena *);
/*
 * Takes a step and keeps it at once, whoever else writes to the same conversation; the hold lasts hold_minutes from then.
 * SAVED, also for a step taken before; *out: the conversation afterwards. REFUSED: *why as conversation_take,
 * or R_NOT_FOUND: the call is saved, or the entry is not of this operation. The caller has checked the form key.
 */
enum saved conversation_step(struct db *, const struct operation *, const struct call_key *, const char *form_key,
    const struct survey *, const struct step *, int64_t now, struct conversation *out, enum refusal *why, struct arena *);
/* Was this form's call saved? */
enum found conversation_saved(struct db *, const char *form_key, struct arena *);
/* After the save or the skip. */
bool conversation_clear(struct db *, const struct call_key *);

#endif
