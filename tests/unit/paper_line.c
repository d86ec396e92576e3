/*
 * Calls typed in from a printed sheet: letters, digits, one line for the keyboard, answers that follow the questionnaire.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/paper.h"
#include "domain/paper_line.h"

#include "check.h"
#include "questionnaire.h"

static struct arena *a;

static void
letters(void)
{
	unsigned twice = 0, missing = 0, foreign = 0;

	for (enum status s = ST_NONE + 1; s < ST__MAX; s++) {
		char one[2] = { paper_letter(s), '\0' };

		missing += status_by(s) == S_AGENT && one[0] == '\0';
		foreign += status_by(s) != S_AGENT && one[0] != '\0';
		for (enum status other = s + 1; other < ST__MAX; other++)
			twice += one[0] != '\0' && paper_letter(other) == one[0];
		if (one[0] != '\0')
			CHECK_CASE(status_code(s), paper_status(one) == s);
	}
	CHECK_EQ_U_N("every status of agents has a letter", missing, 0);
	CHECK_EQ_U_N("and no other status has one", foreign, 0);
	CHECK_EQ_U_N("no letter stands for two", twice, 0);
	CHECK_CASE("capitals too, words not", paper_status("C") == ST_COMPLETED && paper_status("co") == ST_NONE && paper_status("") == ST_NONE &&
	    paper_status("z") == ST_NONE);
}

/* Two choices; several of three; a scale from 0 to 2; words. */
static struct choice two[] = { { .id = { 11 }, .stable = 1 }, { .id = { 12 }, .stable = 2 } },
	three[] = { { .id = { 21 } }, { .id = { 22 } }, { .id = { 23 } } },
	scale[] = { { .id = { 30 }, .text = { "0", "0" } }, { .id = { 31 }, .text = { "1", "1" } }, { .id = { 32 }, .text = { "2", "2" } } };
static struct question list[] = {
	{ .id = { 1 }, .stable = 1, .position = 1, .kind = "single_choice", .choices = two, .nchoices = 2, .required = true },
	{ .id = { 2 }, .stable = 2, .position = 2, .kind = "multiple_choice", .choices = three, .nchoices = 3 },
	{ .id = { 3 }, .stable = 3, .position = 3, .kind = "scale", .choices = scale, .nchoices = 3 },
	{ .id = { 4 }, .stable = 4, .position = 4, .kind = "number" },
};
static const struct survey small = { .questions = list, .nquestions = NITEMS(list) };
static const struct operation original = { .version = OP_ORIGINAL, .question = { 1 }, .also = { 2, 3, 4 }, .nalso = 3 };

static void
lines(void)
{
	static const struct { const char *line; enum refusal why; unsigned row; enum status status; const char *first, *second, *third, *note; int back; } cases[] = {
		{ "7 c 2 1+3 0",          R_NONE, 7, ST_COMPLETED, "2", "1+3", "0", "", -1 },
		{ "  12 C 1 - 2  a sign", R_NONE, 12, ST_COMPLETED, "1", "", "2", "a sign", -1 },
		{ "7 n",                  R_NONE, 7, ST_NO_ANSWER, "", "", "", "", -1 },
		{ "7 b after 18:00",      R_NONE, 7, ST_CALL_BACK, "", "", "", "after 18:00", -1 },
		{ "7 b 18:30",            R_NONE, 7, ST_CALL_BACK, "", "", "", "", 1110 },
		{ "7 b 1 9h05 the mother", R_NONE, 7, ST_CALL_BACK, "1", "", "", "the mother", 545 },
		{ "7 b 18H",              R_NONE, 7, ST_CALL_BACK, "", "", "", "", 1080 },
		{ "7 b 24:00",            R_NONE, 7, ST_CALL_BACK, "", "", "", "24:00", -1 },
		{ "7 n 18:30",            R_NONE, 7, ST_NO_ANSWER, "", "", "", "18:30", -1 },
		{ "7 r / 2 dogs",         R_NONE, 7, ST_REFUSED, "", "", "", "2 dogs", -1 },
		{ "7 c 1 2 1 2 children", R_NONE, 7, ST_COMPLETED, "1", "2", "1", "2 children", -1 },
		{ "c 7",                  R_NOT_A_NUMBER, 0, ST_NONE, "", "", "", "", -1 },
		{ "",                     R_NOT_A_NUMBER, 0, ST_NONE, "", "", "", "", -1 },
		{ "0 c",                  R_NOT_A_NUMBER, 0, ST_NONE, "", "", "", "", -1 },
		{ "7",                    R_STATUS_UNKNOWN, 7, ST_NONE, "", "", "", "", -1 },
		{ "7 completed",          R_STATUS_UNKNOWN, 7, ST_NONE, "", "", "", "", -1 },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct paper_typed t;
		enum refusal why = paper_line(cases[i].line, &original, &small, &t, a);

#define SAME(x, y) (strcmp((x) == NULL ? "" : (x), (y)) == 0)
		CHECK_CASE(arena_fmt(a, "“%s”", cases[i].line), why == cases[i].why && t.row == cases[i].row && t.status == cases[i].status &&
		    SAME(t.answer[0], cases[i].first) && SAME(t.answer[1], cases[i].second) && SAME(t.answer[2], cases[i].third) && SAME(t.note, cases[i].note) &&
		    (why != R_NONE || t.back_minute == cases[i].back));
	}
}

static const char *
answers(const struct operation *op, const struct survey *s, enum status status, const char *const typed[], size_t ntyped)
{
	struct paper_typed t = { .status = status };
	const struct call_answer *out;
	const char *text = "";
	size_t n, wrong;
	enum refusal why;

	for (size_t i = 0; i < ntyped; i++)
		t.answer[i] = typed[i];
	if ((why = paper_answers(op, s, &t, &out, &n, &wrong, a)) != R_NONE)
		return arena_fmt(a, "%s at %zu", refusal_key(why), wrong + 1);
	for (size_t i = 0; i < n; i++)
		text = arena_fmt(a, "%s%s%llu=%s", text, i == 0 ? "" : " ", (unsigned long long)out[i].question.v, out[i].choice.v != 0 ?
		    arena_fmt(a, "%llu", (unsigned long long)out[i].choice.v) : out[i].text);
	return text;
}
#define ANSWERS(op, s, status, ...) answers(op, s, status, (const char *const[]){ __VA_ARGS__ }, NITEMS(((const char *const[]){ __VA_ARGS__ })))

static void
in_one_window(void)
{
	struct operation alone = { .version = OP_ORIGINAL, .question = { 1 } };

	CHECK_EQ_S_N("digits are choices, a scale its numbers", ANSWERS(&original, &small, ST_COMPLETED, "2", "3, 1", "0", "12"), "1=12 2=23 2=21 3=30 4=12");
	CHECK_EQ_S_N("completed needs the operation's question", ANSWERS(&original, &small, ST_COMPLETED, "", "1"), "missing at 1");
	CHECK_EQ_S_N("another status does not", ANSWERS(&original, &small, ST_HUNG_UP, "", "1"), "2=21");
	CHECK_EQ_S_N("one answer, not two", ANSWERS(&original, &small, ST_COMPLETED, "1+2"), "not_a_choice at 1");
	CHECK_EQ_S_N("a choice that is not there", ANSWERS(&original, &small, ST_COMPLETED, "3"), "not_a_choice at 1");
	CHECK_EQ_S_N("the same twice", ANSWERS(&original, &small, ST_COMPLETED, "1", "1 1"), "not_a_choice at 2");
	CHECK_EQ_S_N("letters are no digits", ANSWERS(&original, &small, ST_COMPLETED, "yes"), "not_a_choice at 1");
	CHECK_EQ_S_N("a number is one", ANSWERS(&original, &small, ST_COMPLETED, "1", "", "", "many"), "not_a_number at 4");
	CHECK_EQ_S_N("what the operation does not ask", ANSWERS(&alone, &small, ST_COMPLETED, "1", "2"), "not_asked at 2");
	CHECK_EQ_S_N("without questions there are no answers", ANSWERS(&alone, NULL, ST_COMPLETED, "1"), "");
}

static void
from_question_to_question(void)
{
	static const struct operation op = { .version = OP_SPECIALIZED };
	struct choice turn[] = { { .id = { 11 }, .next = 0 }, { .id = { 12 }, .next = 3 }, { .id = { 13 }, .next = NEXT_END } };
	struct choice yes[] = { { .id = { 21 } }, { .id = { 22 } } }, last[] = { { .id = { 31 } }, { .id = { 32 } } };
	struct question way[] = {
		{ .id = { 1 }, .position = 1, .kind = "single_choice", .choices = turn, .nchoices = 3, .required = true },
		{ .id = { 2 }, .position = 2, .kind = "yes_no", .choices = yes, .nchoices = 2, .required = true },
		{ .id = { 3 }, .position = 3, .kind = "single_choice", .choices = last, .nchoices = 2 },
		{ .id = { 4 }, .position = 4, .kind = "info" },
	};
	struct survey s = { .questions = way, .nquestions = NITEMS(way) };

	CHECK_EQ_S_N("the whole way", ANSWERS(&op, &s, ST_COMPLETED, "1", "2", "1"), "1=11 2=22 3=31");
	CHECK_EQ_S_N("passed over what may be", ANSWERS(&op, &s, ST_COMPLETED, "1", "2"), "1=11 2=22");
	CHECK_EQ_S_N("a turn", ANSWERS(&op, &s, ST_COMPLETED, "2", "", "2"), "1=12 3=32");
	CHECK_EQ_S_N("an answer beside the way", ANSWERS(&op, &s, ST_COMPLETED, "2", "1", "2"), "not_asked at 2");
	CHECK_EQ_S_N("and after its end", ANSWERS(&op, &s, ST_COMPLETED, "3", "", "2"), "not_asked at 3");
	CHECK_EQ_S_N("completed needs what is required", ANSWERS(&op, &s, ST_COMPLETED, "1"), "missing at 2");
	CHECK_EQ_S_N("who hung up in between", ANSWERS(&op, &s, ST_HUNG_UP, "1"), "1=11");
	CHECK_EQ_S_N("... did not answer what comes after", ANSWERS(&op, &s, ST_HUNG_UP, "1", "", "1"), "missing at 2");
	CHECK_EQ_S_N("nobody was reached", ANSWERS(&op, &s, ST_NO_ANSWER, ""), "");
	CHECK_EQ_S_N("a text to read out is not answered", ANSWERS(&op, &s, ST_COMPLETED, "3", "", "", "1"), "not_asked at 4");
}

static void
ends(void)
{
	struct operation op = { .zone = "America/Toronto", .dated = true, .hours = { 2026, 11, 1, 2026, 11, 30, 18 * 60, 9 * 60, 21 * 60, 1,
	    { { 540, 1260 }, { 540, 1260 }, { 540, 1260 }, { 540, 1260 }, { 540, 1260 }, { 600, 1080 }, { 0, 0 } }, 0, } };
	const int64_t friday = INT64_C(1795802400000000);	/* 27 November 2026, 13:00 in Toronto */
	int64_t out[PAPER_DAYS + 1];
	size_t n = paper_ends(&op, friday, out);

	CHECK_EQ_U_N("Friday, Saturday, not Sunday, Monday until the operation's end", n, 3);
	CHECK_EQ_I_N("tonight at 21:00", out[0] - friday, 8 * HOUR_US);
	CHECK_EQ_I_N("Saturday at 18:00", out[1] - friday, 29 * HOUR_US);
	CHECK_EQ_I_N("Monday at 18:00, when it ends", out[2] - friday, 77 * HOUR_US);
	CHECK_EQ_U_N("at 21:00 tonight is over", paper_ends(&op, out[0], out), 2);
	op.hours.end_month = 12;
	CHECK_EQ_U_N("a week at most, with one Sunday", paper_ends(&op, friday, out), PAPER_DAYS);
	op.dated = false;
	CHECK_EQ_U_N("none without dates", paper_ends(&op, friday, out), 0);
}

int
main(void)
{
	a = arena_new();
	letters();
	lines();
	in_one_window();
	from_question_to_question();
	ends();
	return check_done();
}
