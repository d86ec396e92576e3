/* Conversations in the database: kept step by step, once, apart from each other, gone after the save (facts 109 to 111). */
#include "queue_world.h"

#include "domain/admin.h"
#include "domain/conversation.h"

#include "questionnaire.h"

static struct survey s;
static struct held held;
static struct call_key key;
static int64_t now = NOON;

static struct reply
reply(uint64_t question, uint64_t one, const char *text)
{
	struct choice_id *id = arena_alloc(ar, sizeof(*id));

	id->v = one;
	return (struct reply){ .question = { question }, .choices = id, .nchoices = one != 0, .text = text };
}

static enum refusal why;
static struct conversation after;

static enum saved
step(const struct call_key *k, const char *form_key, enum step_kind kind, uint64_t question, uint64_t one, const char *text,
    const char *note)
{
	struct step x = { .kind = kind, .reply = reply(question, one, text), .note = note };

	return conversation_step(db, &op, k, form_key, &s, &x, now, &after, &why, ar);
}

static enum saved
say(uint64_t question, uint64_t one, const char *text)
{
	return step(&key, held.form_key, STEP_REPLY, question, one, text, NULL);
}

static const char *
kept(void)
{
	const char *v = NULL;

	return db_script_value(db, "SELECT GROUP_CONCAT(question_id, IF(choices = '', '', CONCAT(':', choices)), text ORDER BY question_id SEPARATOR ' ')"
	    " FROM call_answer_draft", ar, &v) && v != NULL ? v : "";
}

static int
other_window(int n)
{
	(void)n;
	return say(20, 23, "") == SAVED ? 0 : 1;
}

static void
steps(void)
{
	struct conversation c;

	CHECK_CASE("nothing is kept before the first step", conversation_read(db, &key, &c, ar) == NONE && c.version.v == 0 && !c.talking);
	CHECK_CASE("the start is kept, with the note", step(&key, held.form_key, STEP_START, 0, 0, "", "voix \"douce\" é") == SAVED &&
	    conversation_read(db, &key, &c, ar) == FOUND && c.talking && c.version.v == 7 && c.started_at == NOON &&
	    strcmp(c.note, "voix \"douce\" é") == 0);
	CHECK_EQ_I_N("who talks keeps the person", sql_int("SELECT held_until FROM hold"), NOON + (int64_t)op.hold_minutes * MINUTE_US);
	now += MINUTE_US;
	say(10, 0, "");
	say(20, 22, "");
	CHECK_EQ_S_N("each answer is kept at once", kept(), "10 20:22");
	CHECK_EQ_I_N("and the hold with it", sql_int("SELECT held_until FROM hold"), now + (int64_t)op.hold_minutes * MINUTE_US);
	CHECK_CASE("the same step again is the same row", say(20, 22, "") == SAVED && strcmp(kept(), "10 20:22") == 0);
	say(30, 33, "");
	say(40, 41, "");
	CHECK_EQ_S(kept(), "10 20:22 30:33 40:41");
	CHECK_CASE("a refused step changes nothing", say(50, 21, "") == REFUSED && why == R_NOT_A_CHOICE && strcmp(kept(), "10 20:22 30:33 40:41") == 0);
	CHECK_CASE("nor does one off the path", say(70, 71, "") == REFUSED && why == R_WRONG_STATE && strcmp(kept(), "10 20:22 30:33 40:41") == 0);
	CHECK_CASE("fact 111: a changed answer drops the old branch's rows", say(20, 21, "") == SAVED && strcmp(kept(), "10 20:21 40:41") == 0);
	CHECK_CASE("what is read is what was kept", conversation_read(db, &key, &c, ar) == FOUND && c.nreplies == 3 &&
	    conversation_reply(&c, (struct question_id){ 20 })->choices[0].v == 21 && strcmp(c.note, "voix \"douce\" é") == 0);
	step(&key, held.form_key, STEP_BACK, 40, 0, "", NULL);
	CHECK_CASE("back is kept too", conversation_read(db, &key, &c, ar) == FOUND && c.shown.v == 20);
}

/* Both change the same question at the same instant: one after the other, and what is left is a path. */
static void
two_windows(void)
{
	for (int i = 0; i < 10; i++) {
		pid_t child = in_child(other_window, i);
		enum saved mine = say(20, 21, "");
		struct conversation c;
		struct path p;

		CHECK_CASE("two windows at the same instant: both steps are taken", child_code(child) == 0 && mine == SAVED);
		if (conversation_read(db, &key, &c, ar) != FOUND)
			CHECK(false);
		conversation_path(&s, &c, &p, ar);
		CHECK_EQ_U_N("and only the path is kept", c.nreplies, p.nasked);
		say(p.now == NULL ? 20 : p.now->id.v, 0, "");
		say(40, 41, "");
		say(70, 71, "");
	}
	say(20, 21, "");
}

static void
saving(void)
{
	struct conversation c;
	struct call call = { .entry = held.entry, .form_key = held.form_key, .claimed_at = held.claimed_at, .status = ST_COMPLETED };
	struct held h;
	struct nobody_now nobody;
	enum claimed claimed;
	struct call_key foreign = key;

	for (uint64_t question = 40; question <= 80; question += 10)	/* wherever the windows left it */
		say(question, question == 80 ? 0 : question + 2, question == 80 ? "fin" : "");
	CHECK_CASE("the conversation is at its end", conversation_read(db, &key, &c, ar) == FOUND && c.nreplies > 2);
	call.answers = conversation_answers(&s, &c, &call.nanswers, ar);
	CHECK_CASE("the form is not saved yet", conversation_saved(db, held.form_key, ar) == NONE);
	CHECK_CASE("saved with the call", queue_save(db, &op, rules, AGENT(1), &call, now, false, &claimed, &h, &nobody, &why, ar) == SAVED);
	CHECK_EQ_I_N("exactly the path's answers", sql_int("SELECT COUNT(*) FROM answer"), (int64_t)call.nanswers);
	CHECK_EQ_I_N("each with its question and choice", sql_int("SELECT COUNT(*) FROM answer a JOIN call_answer_draft d ON d.question_id = a.question_id"
	    " AND (d.choices = a.choice_id OR (a.choice_id IS NULL AND d.text = a.text))"), (int64_t)call.nanswers);
	CHECK_CASE("the form is saved", conversation_saved(db, held.form_key, ar) == FOUND);
	CHECK_CASE("nothing is left of it", conversation_clear(db, &key) && strcmp(kept(), "") == 0 && sql_int("SELECT COUNT(*) FROM call_draft") == 0);
	CHECK_CASE("a late step of a saved call is not kept", say(20, 22, "") == REFUSED && why == R_NOT_FOUND &&
	    sql_int("SELECT COUNT(*) FROM call_draft") == 0);
	foreign.entry.v = 999999;
	CHECK_CASE("nor one of an entry of another operation", step(&foreign, held.form_key, STEP_START, 0, 0, "", NULL) == REFUSED &&
	    why == R_NOT_FOUND && sql_int("SELECT COUNT(*) FROM call_draft") == 0);
	CHECK_CASE("a forged form key is not ours", !queue_form_ours(held.entry, AGENT(1), held.claimed_at + 1, held.form_key) &&
	    !queue_form_ours(held.entry, AGENT(2), held.claimed_at, held.form_key) && !queue_form_ours(held.entry, AGENT(1), held.claimed_at, "no key") &&
	    queue_form_ours(held.entry, AGENT(1), held.claimed_at, held.form_key));
}

static void
left_behind(void)
{
	const char **paths;
	unsigned released;
	size_t n;

	held = hold_next(AGENT(1), now);
	key.entry = held.entry;
	key.claimed_at = held.claimed_at;
	step(&key, held.form_key, STEP_START, 0, 0, "", "");
	now += HOUR_US;
	CHECK_CASE("the hold ends", queue_release_expired(db, now, 10, &released) && released == 1);
	CHECK_CASE("when the hold has ended the conversation goes on", say(10, 0, "") == SAVED && strcmp(kept(), "10") == 0);
	CHECK_CASE("the worker leaves it for a week", admin_tidy(db, now + 6 * DAY_US, 0, &paths, &n, ar) && strcmp(kept(), "10") == 0);
	CHECK_CASE("and then removes it", admin_tidy(db, now + 8 * DAY_US, 0, &paths, &n, ar) && strcmp(kept(), "") == 0 &&
	    sql_int("SELECT COUNT(*) FROM call_draft") == 0);
}

int
main(void)
{
	world_open();
	s = questionnaire(ar);
	sql("UPDATE operation SET version = 'specialized', survey_version_id = 7, revision = revision + 1 WHERE id = 1");
	world_people(1, 3);
	world_load(1, 3, NOON - HOUR_US);
	held = hold_next(AGENT(1), NOON);
	key = (struct call_key){ AGENT(1), op.id, held.entry, held.claimed_at };
	steps();
	two_windows();
	saving();
	left_behind();
	CHECK_EQ_U_N("the queue's promises hold", audit_wrong(), 0);
	db_close(db);
	arena_free(ar);
	return check_done();
}
