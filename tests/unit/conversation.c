/* Which question comes next, what going back drops (facts 109 to 111); a walker at random through the sample questionnaire. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"

#include "domain/conversation.h"

#include "questionnaire.h"

static struct arena *a;
static struct survey s;

static struct reply
reply(uint64_t question, uint64_t one, uint64_t two, const char *text)
{
	struct choice_id *ids = arena_alloc(a, 2 * sizeof(*ids));
	struct reply r = { .question = { question }, .choices = ids, .text = text };

	if (one != 0)
		ids[r.nchoices++].v = one;
	if (two != 0)
		ids[r.nchoices++].v = two;
	return r;
}

static enum refusal
say(struct conversation *c, uint64_t question, uint64_t one, uint64_t two, const char *text)
{
	struct step step = { .kind = STEP_REPLY, .reply = reply(question, one, two, text) };

	return conversation_take(&s, c, &step, a);
}

static void
go(struct conversation *c, enum step_kind kind, uint64_t question)
{
	struct step step = { .kind = kind, .reply.question = { question } };

	conversation_take(&s, c, &step, a);
}

/* "10 20:21 40:41 | 50" - what was answered, then what is shown ("end"). */
static const char *
story(const struct conversation *c)
{
	struct path p;
	struct buf b;

	conversation_path(&s, c, &p, a);
	buf_init_in(&b, a, 4000);
	for (size_t i = 0; i < p.nasked; i++) {
		const struct reply *r = conversation_reply(c, p.asked[i]->id);
		buf_fmt(&b, "%llu", (unsigned long long)r->question.v);
		for (size_t k = 0; k < r->nchoices; k++)
			buf_fmt(&b, "%c%llu", k == 0 ? ':' : ',', (unsigned long long)r->choices[k].v);
		if (r->text != NULL && r->text[0] != '\0')
			buf_fmt(&b, "\"%s\"", r->text);
		buf_text(&b, " ");
	}
	if (p.now == NULL)
		buf_text(&b, "| end");
	else
		buf_fmt(&b, "| %llu", (unsigned long long)p.now->id.v);
	return b.data;
}

static void
branches(void)
{
	static const struct { const char *name; uint64_t said[8][3]; const char *story; } cases[] = {
		{ "the first question comes first", { { 0 } }, "| 10" },
		{ "a text to read out leads on", { { 10 } }, "10 | 20" },
		{ "fact 110: yes skips the issues", { { 10 }, { 20, 21 } }, "10 20:21 | 40" },
		{ "fact 110: undecided asks for the issues", { { 10 }, { 20, 22 } }, "10 20:22 | 30" },
		{ "fact 110: no leads to the 2nd choice", { { 10 }, { 20, 23 } }, "10 20:23 | 70" },
		{ "fact 110: refusing leads to the lift", { { 10 }, { 20, 24 } }, "10 20:24 | 60" },
		{ "several answers to a multiple choice", { { 10 }, { 20, 22 }, { 30, 33, 31 } }, "10 20:22 30:31,33 | 40" },
		{ "a question passed over leads to the next", { { 10 }, { 20, 22 }, { 30 } }, "10 20:22 30 | 40" },
		{ "our party is asked for help", { { 10 }, { 20, 21 }, { 40, 41 } }, "10 20:21 40:41 | 50" },
		{ "another party is not", { { 10 }, { 20, 21 }, { 40, 43 } }, "10 20:21 40:43 | 60" },
		{ "no ends after the 2nd choice and the notes", { { 10 }, { 20, 23 }, { 70, 72 }, { 80 } }, "10 20:23 70:72 80 | end" },
		{ "yes with all there is", { { 10 }, { 20, 21 }, { 40, 41 }, { 50, 52, 53 }, { 60, 62 }, { 80 } },
		  "10 20:21 40:41 50:52,53 60:62 80 | end" },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct conversation c = { 0 };
		for (size_t k = 0; k < 8 && cases[i].said[k][0] != 0; k++)
			if (say(&c, cases[i].said[k][0], cases[i].said[k][1], cases[i].said[k][2], "") != R_NONE)
				CHECK_CASE(cases[i].name, false);
		CHECK_EQ_S_N(cases[i].name, story(&c), cases[i].story);
	}
}

static void
refusals(void)
{
	static const struct { const char *name; uint64_t question, one, two; const char *text; enum refusal want; } cases[] = {
		{ "a required question without an answer", 20, 0, 0, "", R_MISSING },
		{ "an answer of another question", 20, 41, 0, "", R_NOT_A_CHOICE },
		{ "an answer that does not exist", 20, 99, 0, "", R_NOT_A_CHOICE },
		{ "two answers to a single choice", 20, 21, 22, "", R_NOT_A_CHOICE },
		{ "a text to a choice", 20, 0, 0, "maybe", R_NOT_A_CHOICE },
		{ "a question of another questionnaire", 999, 1, 0, "", R_BAD_REQUEST },
		{ "a question further on, not asked yet", 60, 61, 0, "", R_WRONG_STATE },
		{ "a question of another branch", 70, 71, 0, "", R_WRONG_STATE },
	};
	struct question number = { .kind = "number" }, date = { .kind = "date" };

	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct conversation c = { 0 };
		say(&c, 10, 0, 0, "");
		CHECK_EQ_U_N(cases[i].name, say(&c, cases[i].question, cases[i].one, cases[i].two, cases[i].text), cases[i].want);
		CHECK_EQ_S_N("and nothing is changed by it", story(&c), "10 | 20");
	}
	for (const char *const *t = (const char *const[]){ "12", "-3,5", "2.75", NULL }; *t != NULL; t++)
		CHECK_EQ_U_N("a number", conversation_check(&number, &(struct reply){ .text = *t }), R_NONE);
	for (const char *const *t = (const char *const[]){ "twelve", "1.", "-", "1 2", "1234567890123456", NULL }; *t != NULL; t++)
		CHECK_EQ_U_N("no number", conversation_check(&number, &(struct reply){ .text = *t }), R_NOT_A_NUMBER);
	CHECK_EQ_U_N("a day", conversation_check(&date, &(struct reply){ .text = "2026-12-02" }), R_NONE);
	struct question mail = { .kind = "field_update", .field = "email" }, tongue = { .kind = "field_update", .field = "language" },
	    born = { .kind = "field_update", .field = "birth_date" };

	CHECK_EQ_U_N("an address", conversation_check(&mail, &(struct reply){ .text = "ana@example.org" }), R_NONE);
	CHECK_EQ_U_N("the record is right as it is", conversation_check(&mail, &(struct reply){ .text = "" }), R_NONE);
	CHECK_EQ_U_N("no address", conversation_check(&mail, &(struct reply){ .text = "ana at example" }), R_NOT_AN_EMAIL);
	CHECK_EQ_U_N("no language that is spoken here", conversation_check(&tongue, &(struct reply){ .text = "tlh" }), R_NOT_A_CHOICE);
	CHECK_CASE("a date of birth is never corrected", !question_corrects(&born));
	CHECK_EQ_U_N("no day", conversation_check(&date, &(struct reply){ .text = "2026-02-30" }), R_NOT_A_DATE);
}

static void
back_and_forth(void)
{
	struct conversation c = { 0 }, copy;
	struct step note = { .kind = STEP_STAY, .note = "aimable" };
	struct path p;

	go(&c, STEP_START, 0);
	CHECK_CASE("the conversation starts", c.talking);
	say(&c, 10, 0, 0, "");
	say(&c, 20, 21, 0, "");
	say(&c, 40, 41, 0, "");
	say(&c, 50, 51, 0, "");
	CHECK_EQ_S(story(&c), "10 20:21 40:41 50:51 | 60");
	go(&c, STEP_BACK, 60);
	go(&c, STEP_BACK, 60);
	CHECK_EQ_S_N("back sent twice goes back once", story(&c), "10 20:21 40:41 50:51 | 50");
	go(&c, STEP_BACK, 50);
	CHECK_EQ_S_N("fact 111: going back alone drops nothing", story(&c), "10 20:21 40:41 50:51 | 40");
	conversation_path(&s, &c, &p, a);
	CHECK_EQ_U_N("its number is that of the question shown", p.number, 3);
	copy = c;
	say(&copy, 40, 41, 0, "");
	CHECK_EQ_S_N("the same answer again keeps what follows, and shows it", story(&copy), "10 20:21 40:41 50:51 | 50");
	say(&c, 40, 42, 0, "");
	CHECK_EQ_S_N("fact 111: another answer follows the new branch and drops the old one's", story(&c), "10 20:21 40:42 | 60");
	say(&c, 60, 62, 0, "");
	say(&c, 20, 21, 0, "");
	CHECK_EQ_S_N("an old step sent again changes nothing", story(&c), "10 20:21 40:42 60:62 | 80");
	say(&c, 20, 23, 0, "");
	CHECK_EQ_S_N("fact 111: a change from another window counts too", story(&c), "10 20:23 | 70");
	CHECK_EQ_U_N("a question of the branch left is refused", say(&c, 60, 61, 0, ""), R_WRONG_STATE);
	say(&c, 70, 0, 0, "");
	say(&c, 80, 0, 0, "rappeler sa \"sœur\"");
	CHECK_EQ_S_N("at the end", story(&c), "10 20:23 70 80\"rappeler sa \"sœur\"\" | end");
	conversation_path(&s, &c, &p, a);
	CHECK_CASE("the end is after the last question", p.complete && p.number == 5 && p.about == 4);
	go(&c, STEP_BACK, 0);
	go(&c, STEP_BACK, 0);
	CHECK_EQ_S_N("back from the end, once", story(&c), "10 20:23 70 80\"rappeler sa \"sœur\"\" | 80");
	conversation_take(&s, &c, &note, a);
	CHECK_CASE("a note alone changes no answer", strcmp(c.note, "aimable") == 0 && c.nreplies == 4);
	for (uint64_t q = 80; q >= 10; q -= 10)
		go(&c, STEP_BACK, q);
	CHECK_CASE("back from the first question leads to the card", !c.talking && c.nreplies == 4);
}

static void
progress(void)
{
	struct conversation c = { 0 };
	struct path p;

	conversation_path(&s, &c, &p, a);
	CHECK_CASE("question 1 of about 7: the longest way", p.number == 1 && p.about == 7);
	say(&c, 10, 0, 0, "");
	say(&c, 20, 23, 0, "");
	conversation_path(&s, &c, &p, a);
	CHECK_CASE("a short branch makes it less", p.number == 3 && p.about == 4);
}

/* --- back and forth at random: what is kept is always a path from the first question --- */

static uint64_t seed = 20261202;
static unsigned
dice(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* The path as the questionnaire's own words say it, written down once more and differently. */
static size_t
expected(const struct conversation *c, uint64_t out[8])
{
	static const uint64_t from[][3] = {	/* question, choice (0: any or none), where to */
		{ 10, 0, 20 }, { 20, 21, 40 }, { 20, 22, 30 }, { 20, 23, 70 }, { 20, 24, 60 }, { 30, 0, 40 }, { 40, 41, 50 },
		{ 40, 42, 60 }, { 40, 43, 60 }, { 40, 44, 60 }, { 40, 45, 60 }, { 50, 0, 60 }, { 60, 0, 80 }, { 70, 0, 80 }, { 80, 0, 0 } };
	uint64_t at = 10;
	size_t n = 0;

	while (at != 0) {
		const struct reply *r = conversation_reply(c, (struct question_id){ at });
		uint64_t here = at;
		if (r == NULL)
			break;
		out[n++] = at;
		for (size_t i = 0; i < NITEMS(from); i++)
			if (from[i][0] == here && (from[i][1] == 0 || (r->nchoices == 1 && r->choices[0].v == from[i][1])))
				at = from[i][2];
		if (at == here)
			break;
	}
	return n;
}

static void
walk_at_random(void)
{
	unsigned ends = 0, drops = 0, wrong = 0, lost = 0;

	for (unsigned walk = 0; walk < 300; walk++) {
		struct conversation c = { 0 };
		for (unsigned i = 0; i < 60; i++) {
			uint64_t path[8], q = 10 * (1 + dice(8));
			size_t before = c.nreplies, n, answers, picks = 0;
			const struct call_answer *saved;
			struct path p;

			conversation_path(&s, &c, &p, a);
			if (dice(4) != 0 && p.now != NULL)	/* mostly what is shown, sometimes any other */
				q = p.now->id.v;
			if (dice(4) == 0)
				go(&c, STEP_BACK, p.now == NULL ? 0 : p.now->id.v);
			else
				say(&c, q, q == 10 || q == 80 || dice(8) == 0 ? 0 : q + 1 + dice(5), dice(8) == 0 ? q + 1 + dice(5) : 0,
				    q == 80 && dice(2) ? "note" : "");
			drops += c.nreplies < before;
			n = expected(&c, path);
			wrong += n != c.nreplies;
			saved = conversation_answers(&s, &c, &answers, a);
			for (size_t k = 0; k < answers; k++) {
				bool on = false;
				for (size_t j = 0; j < n; j++)
					on |= path[j] == saved[k].question.v;
				wrong += !on;
			}
			for (size_t k = 0; k < c.nreplies; k++)
				picks += c.replies[k].nchoices + (c.replies[k].nchoices == 0 && c.replies[k].text[0] != '\0');
			lost += picks != answers;
			conversation_path(&s, &c, &p, a);
			ends += p.complete;
		}
		arena_reset(a);
		s = questionnaire(a);
	}
	CHECK_EQ_U_N("fact 111: in 18,000 steps at random, what is kept and saved is always the path, no more", wrong, 0);
	CHECK_EQ_U_N("and no less", lost, 0);
	CHECK_CASE("the walker met ends and dropped branches", ends > 300 && drops > 300);
}

/* 1 an address, 2 where to: 3 a language or the end. Only what the rules open, only what the path holds. */
static void
corrections(void)
{
	struct choice way[2] = { { .id = { 21 }, .next = 0 }, { .id = { 22 }, .next = NEXT_END } };
	struct question list[3] = { { .id = { 1 }, .position = 1, .kind = "field_update", .field = "email" },
		{ .id = { 20 }, .position = 2, .kind = "single_choice", .choices = way, .nchoices = 2 },
		{ .id = { 3 }, .position = 3, .kind = "field_update", .field = "language" } };
	struct field_rules open = { .rule = { { FIELD_EMAIL, MODE_EDITABLE, false }, { FIELD_LANGUAGE, MODE_EDITABLE, false } }, .n = 2 };
	struct field_rules half = { .rule = { { FIELD_EMAIL, MODE_VISIBLE, false }, { FIELD_LANGUAGE, MODE_EDITABLE, false } }, .n = 2 };
	struct conversation c = { 0 };
	struct agent_edit e[4];

	s = (struct survey){ .questions = list, .nquestions = 3 };
	say(&c, 1, 0, 0, "Ana@Example.org");
	say(&c, 20, 21, 0, "");
	say(&c, 3, 0, 0, "fr");
	CHECK_CASE("what was said, as the record writes it", conversation_edits(&s, &c, &open, e, 4, a) == 2 && e[0].field == FIELD_EMAIL &&
	    strcmp(e[0].value, "ana@example.org") == 0 && e[1].field == FIELD_LANGUAGE && strcmp(e[1].value, "fr") == 0);
	CHECK_CASE("only fields that the operation opens", conversation_edits(&s, &c, &half, e, 4, a) == 1 && e[0].field == FIELD_LANGUAGE);
	CHECK_CASE("never more than asked for", conversation_edits(&s, &c, &open, e, 1, a) == 1);
	say(&c, 20, 22, 0, "");
	CHECK_CASE("fact 111: what the path left corrects nothing", conversation_edits(&s, &c, &open, e, 4, a) == 1 && e[0].field == FIELD_EMAIL);
	say(&c, 1, 0, 0, "");
	CHECK_CASE("passed over: nothing", conversation_edits(&s, &c, &open, e, 4, a) == 0);
}

int
main(void)
{
	a = arena_new();
	s = questionnaire(a);
	branches();
	refusals();
	back_and_forth();
	progress();
	walk_at_random();
	corrections();
	arena_free(a);
	return check_done();
}
