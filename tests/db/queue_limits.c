/*
 * queue_limits - caps, parts of the day and zones where they meet an agent's day: one call for a household, an appointment
 * that is kept, the other number of a wrong one, a number chosen by hand, a call taken back. After each: the audit.
 */
#include "queue_world.h"

#include "domain/queue_change.h"

static const struct user_id me = { 101 };

static int64_t
at(int day, int hour, int minute)
{
	struct tm t = { .tm_year = 126, .tm_mon = 5, .tm_mday = day, .tm_hour = hour, .tm_min = minute };

	return clock_moment("America/Toronto", &t);
}

/* An operation of its own for each. */
static void
begin(uint64_t id, const char *what, uint64_t first, uint64_t last, int64_t now)
{
	world_operation(id);
	op.id.v = id;
	sql("UPDATE operation SET %s WHERE id = %llu", what, (unsigned long long)id);
	world_read();
	world_people(first, last);
	sql("UPDATE person SET household_id = %llu WHERE id BETWEEN %llu AND %llu;"
	    "UPDATE phone SET e164 = '+15142%06llu' WHERE person_id BETWEEN %llu AND %llu", (unsigned long long)id, (unsigned long long)first,
	    (unsigned long long)last, (unsigned long long)first, (unsigned long long)first, (unsigned long long)last);
	world_load(first, last, now);
}

static uint64_t
entry_of(uint64_t person)
{
	return (uint64_t)sql_int("SELECT id FROM entry WHERE operation_id = %llu AND person_id = %llu", (unsigned long long)op.id.v,
	    (unsigned long long)person);
}

static struct saved_call
call(const struct held *h, enum status status, int64_t callback_at, unsigned keep, uint64_t mate, int64_t now)
{
	struct entry_id mates[1] = { { mate } };
	struct queue_first kept = { 0 };
	struct call c = { .entry = h->entry, .form_key = h->form_key, .claimed_at = h->claimed_at, .status = status,
		.callback_at = callback_at, .keep_minutes = keep, .note = "", .mates = mates, .nmates = mate != 0, .kept = kept };
	struct saved_call s = { 0 };

	s.saved = queue_save(db, &op, rules, me, &c, now, true, &s.claimed, &s.next, &s.nobody, &s.why, ar);
	return s;
}

static void
couple(void)
{
	int64_t now = at(2, 9, 0);
	struct nobody_now n;
	struct saved_call s;
	struct held h;

	begin(11, "more_calls = 1, other_part = TRUE", 20, 21, now);
	h = hold_next(me, now);
	s = call(&h, ST_NO_ANSWER, 0, 0, entry_of(21), now);
	CHECK_CASE("one call for two: both wait for another part of the day", s.saved == SAVED && sql_int("SELECT COUNT(*) FROM entry"
	    " WHERE operation_id = 11 AND state = 'waiting' AND due_at = %lld", (long long)at(2, 12, 0)) == 2);
	CHECK_EQ_I_N("both attempts store the whole rule", sql_int("SELECT SUM(rule_more = 1 AND rule_other_part) FROM attempt"
	    " WHERE operation_id = 11"), 2);
	now = at(2, 12, 0);
	h = hold_next(me, now);
	s = call(&h, ST_NO_ANSWER, 0, 0, entry_of(h.person.v == 20 ? 21 : 20), now);
	CHECK_EQ_I_N("after the cap over all statuses both are done", sql_int("SELECT COUNT(*) FROM entry WHERE operation_id = 11"
	    " AND state = 'done'"), 2);
	CHECK_EQ_U_N("audit: mates under a cap", audit_wrong(), 0);

	now = at(3, 9, 0);
	begin(12, "day_calls = 1", 30, 31, now);
	h = hold_next(me, now);
	call(&h, ST_NO_ANSWER, 0, 0, entry_of(h.person.v == 30 ? 31 : 30), now);
	CHECK_CASE("the call for two is the one of the day for both", nobody_now(me, now + 2 * HOUR_US, &n) == NOBODY_LATER &&
	    n.until == at(4, 0, 0));
	h = hold_next(me, at(4, 9, 0));
	s = call(&h, ST_COMPLETED, 0, 0, entry_of(h.person.v == 30 ? 31 : 30), at(4, 9, 1));
	CHECK_CASE("whoever is on the line and was not called that day comes next", s.claimed == CLAIMED && s.next.person.v != h.person.v);
	call(&s.next, ST_COMPLETED, 0, 0, 0, at(4, 9, 2));
	CHECK_EQ_U_N("audit: a cap of the day for two", audit_wrong(), 0);

	now = at(5, 9, 0);
	begin(13, "day_calls = 1", 40, 41, now);
	h = hold_next(me, now);
	sql("INSERT INTO attempt (person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key) VALUES (%llu, 100, '+15142000040',"
	    " 8, 'America/Toronto', %lld, %lld, UNHEX('0d'))", h.person.v == 40 ? 41ULL : 40ULL, (long long)now, (long long)now);
	s = call(&h, ST_COMPLETED, 0, 0, entry_of(h.person.v == 40 ? 41 : 40), now + MINUTE_US);
	CHECK_CASE("whoever is on the line and had the day's calls does not", s.saved == SAVED && s.claimed == CLAIMED_NOBODY);
	CHECK_EQ_I_N("and nobody is held", sql_int("SELECT COUNT(*) FROM hold"), 0);
	CHECK_EQ_U_N("they rest until tomorrow", hold_next(me, at(6, 0, 0)).entry.v, entry_of(h.person.v == 40 ? 41 : 40));
	CHECK_EQ_U_N("audit: mates who rest", audit_wrong(), 0);
	queue_skip(db, op.id, me, (struct entry_id){ entry_of(h.person.v == 40 ? 41 : 40) }, at(6, 0, 1));
}

static void
kept(void)
{
	int64_t now = at(8, 9, 0), due = at(8, 11, 0);
	struct saved_call s;
	struct held h;

	begin(14, "day_calls = 1, more_calls = 3", 50, 50, now);
	h = hold_next(me, now);
	s = call(&h, ST_CALL_BACK, due, KEEP_MINUTES, 0, now);
	CHECK_CASE("fact 116: an appointment kept for its agent is offered to them on a day whose calls were made", s.saved == SAVED &&
	    hold_next(me, due).person.v == 50);
	queue_skip(db, op.id, me, h.entry, due);
	CHECK_EQ_U_N("audit: kept under a cap", audit_wrong(), 0);
}

static void
taken_back(void)
{
	int64_t now = at(9, 9, 0);
	struct nobody_now n;
	struct held h;
	struct call c;
	uint64_t attempt;
	enum refusal why;

	begin(15, "day_calls = 1, more_calls = 1, other_part = TRUE", 60, 60, now);
	h = hold_next(me, now);
	call(&h, ST_NO_ANSWER, 0, 0, 0, now);
	c = (struct call){ .entry = h.entry, .form_key = h.form_key, .claimed_at = h.claimed_at };
	CHECK_EQ_I_N("a slip is taken back", queue_undo(db, &op, me, &c, now + MINUTE_US / 2, &attempt, &why, ar), SAVED);
	CHECK_CASE("a call taken back is no call of the day: its agent gets the person back",
	    queue_claim_entry(db, &op, me, h.entry, now + MINUTE_US / 2, &h, &n, ar) == CLAIMED && h.person.v == 60);
	call(&h, ST_NO_ANSWER, 0, 0, 0, now + MINUTE_US);
	CHECK_CASE("saved again it is one", nobody_now(me, at(9, 12, 0), &n) == NOBODY_LATER && n.until == at(10, 0, 0));
	CHECK_EQ_U_N("audit: taken back under caps", audit_wrong(), 0);
}

/* Nothing but the number says where they are. */
static void
other_number(void)
{
	int64_t now = at(11, 9, 0);
	struct nobody_now n;
	struct saved_call s;
	struct held h;
	enum refusal why;

	begin(16, "opens_at = '09:00', closes_at = '21:00'", 70, 70, now);
	sql("INSERT INTO phone (person_id, position, kind, e164) VALUES (70, 2, 'cell', '+16042000070'), (70, 3, 'cell', '+15142000971')");
	h = hold_next(me, now);
	CHECK_EQ_S_N("by the first number in Toronto", h.zone, "America/Toronto");
	CHECK_EQ_I_N("the agent dials another", queue_dial(db, &op, me, h.entry, "+16042000070", now, &why, ar), SAVED);
	world_read();
	CHECK_CASE("promise 6: of which it is six in the morning", queue_held(db, &op, me, now, &h, ar) == FOUND &&
	    strcmp(h.zones, "America/Vancouver") == 0);
	CHECK_EQ_I_N("and the first again", queue_dial(db, &op, me, h.entry, "+15142000070", now, &why, ar), SAVED);
	world_read();
	CHECK_CASE("open", queue_held(db, &op, me, now, &h, ar) == FOUND && strcmp(h.zones, "America/Toronto") == 0);
	s = call(&h, ST_WRONG_NUMBER, 0, 0, 0, now);
	CHECK_CASE("promise 6: a wrong one's next number waits for the morning there", s.saved == SAVED && s.claimed == CLAIMED_NOBODY &&
	    s.nobody.why == NOBODY_OUTSIDE_HOURS && s.nobody.until == at(11, 12, 0));
	world_read();
	CHECK_EQ_I_N("the attempt says where the wrong one was", sql_int("SELECT time_zone = 'America/Toronto' FROM attempt WHERE operation_id = 16"), 1);
	CHECK_EQ_U_N("then they come", hold_next(me, at(11, 12, 0)).person.v, 70);
	CHECK_EQ_U_N("audit: numbers elsewhere", audit_wrong(), 0);
	queue_skip(db, op.id, me, h.entry, at(11, 12, 1));
	world_read();
	CHECK_CASE("fact 134: and back, when that one is not to be called", nobody_now(me, at(12, 9, 0), &n) == NOBODY_OUTSIDE_HOURS);
}

/* Their number goes to the do-not-call list: the next one is elsewhere. */
static bool
silence(struct db *d, void *ctx)
{
	const char *numbers[] = { "+16042000070" };

	(void)ctx;
	return queue_silence_numbers(d, ORG, numbers, 1, ar);
}

static void
silenced(void)
{
	sql("INSERT INTO suppression (organisation_id, e164, reason, created_at, created_by) VALUES (1, '+16042000070', 'call', 1, 100)");
	CHECK(tx_write(db, silence, NULL) == TX_DONE);
	world_read();
	CHECK_EQ_U_N("their next number, in Toronto again", hold_next(me, at(12, 9, 0)).person.v, 70);
	CHECK_EQ_U_N("audit: silenced", audit_wrong(), 0);
}

/* Where two zones are possible a call-back must be open in both. */
static void
call_back(void)
{
	int64_t now = at(15, 9, 0);
	struct saved_call s;
	struct held h;

	begin(17, "opens_at = '09:00', closes_at = '21:00'", 80, 80, at(14, 9, 0));
	sql("UPDATE person SET postal_code = 'A0K 1A0' WHERE id = 80; DELETE FROM entry WHERE operation_id = 17");
	sql("DELETE FROM queue_tally WHERE operation_id = 17");
	world_load(80, 80, at(14, 9, 0));
	h = hold_next(me, now);
	CHECK_EQ_S_N("two are possible", h.zones, "America/St_Johns|America/Goose_Bay");
	s = call(&h, ST_CALL_BACK, at(16, 7, 45), 0, 0, now);
	CHECK_CASE("9:15 in St. John's is 8:45 in Goose Bay", s.saved == REFUSED && s.why == R_CALLBACK_OUTSIDE);
	CHECK_EQ_I_N("9:00 in Goose Bay", call(&h, ST_CALL_BACK, at(16, 8, 0), 0, 0, now).saved, SAVED);
	CHECK_EQ_U_N("audit: call-backs", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	couple();
	kept();
	taken_back();
	other_number();
	silenced();
	call_back();
	return check_done();
}
