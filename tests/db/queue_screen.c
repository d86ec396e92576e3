/*
 * queue_screen - what the next person's page shows comes with the claim, is the same as when it is read alone, and
 * holds nothing that the operation hides (promises 6 and 7).
 */
#include "queue_world.h"

#include "domain/agent_screen.h"

static struct field_rules fields;
static const struct today day = { 2026, 6, 10 };

static struct agent_screen
page(const struct held *h, const struct screen_rows *given)
{
	struct agent_screen s = { 0 };

	if (agent_screen(db, &op, &fields, h, AGENT(1), &day, true, given, &s, ar) != FOUND)
		die("no screen");
	return s;
}

/* Saves the call to `h`; the next one with what its page shows. */
static struct held
next_with(const struct held *h, uint64_t show, int64_t now, struct screen_rows *rows)
{
	struct call c = { .entry = h->entry, .form_key = h->form_key, .claimed_at = h->claimed_at, .status = ST_REFUSED,
		.note = "", .screen = rows };
	enum claimed claimed = CLAIM_FAILED;
	struct nobody_now nobody;
	struct held next = { 0 };
	enum refusal why;

	*rows = (struct screen_rows){ .show = show };
	queue_save(db, &op, rules, AGENT(1), &c, now, true, &claimed, &next, &nobody, &why, ar);
	if (claimed != CLAIMED)
		die("nobody claimed");
	return next;
}

static bool
same(const struct agent_screen *x, const struct agent_screen *y)
{
	bool ok = strcmp(x->first_name, y->first_name) == 0 && strcmp(x->last_name, y->last_name) == 0 &&
	    x->nfields == y->nfields && x->nphones == y->nphones && x->nmates == y->nmates && x->dial_field == y->dial_field &&
	    strcmp(x->dial_extension, y->dial_extension) == 0 && x->calls == y->calls && x->reached == y->reached;

	for (size_t i = 0; ok && i < x->nfields; i++)
		ok = x->field[i].field == y->field[i].field && strcmp(x->field[i].value, y->field[i].value) == 0;
	for (size_t i = 0; ok && i < x->nphones; i++)
		ok = x->phone[i].field == y->phone[i].field && strcmp(x->phone[i].e164, y->phone[i].e164) == 0;
	for (size_t i = 0; ok && i < x->nmates; i++)
		ok = strcmp(x->mate[i].name, y->mate[i].name) == 0 && x->mate[i].called == y->mate[i].called;
	return ok;
}

int
main(void)
{
	struct screen_rows rows, again;
	struct agent_screen given, alone;
	struct held first, second, h;
	uint64_t show, hidden = 0;

	world_open();
	world_people(1, 60);
	sql("UPDATE person SET email = CONCAT(id, '@example.org'), birth_date = '1980-01-02', city = 'Laval', notes = REPEAT('n', 900)"
	    " WHERE id < 10; UPDATE person SET household_id = 5 WHERE id = 2 OR id > 10;"
	    "INSERT INTO phone (person_id, position, kind, e164, extension) VALUES (2, 3, 'work', '+15145550003', '7'),"
	    " (2, 2, 'cell', '+15145550002', '')");
	world_load(1, 60, NOON);
	if (!field_rules_of(db, &op, &fields, ar))
		die("no field rules");
	show = agent_screen_ask(&fields, true);

	first = hold_next(AGENT(1), NOON + 1);
	CHECK_EQ_U_N("the first person is held", first.person.v, 1);
	second = next_with(&first, show, NOON + 2, &rows);
	CHECK_CASE("the next person's page comes with the claim", second.person.v == 2 && rows.person.v == 2 && rows.rows.n > 0);
	given = page(&second, &rows);
	alone = page(&second, NULL);
	CHECK_CASE("it is the same as when it is read alone", same(&given, &alone));
	CHECK_CASE("a household of fifty loses members, not numbers", given.nmates == SCREEN_MATES && given.nphones == 2);
	CHECK_CASE("numbers in their order", given.phone[0].field == FIELD_PHONE_CELL && given.phone[1].field == FIELD_PHONE_WORK &&
	    strcmp(given.phone[1].extension, "7") == 0);
	CHECK_EQ_U_N("the agent's day counts the call just saved", given.calls, 1);

	h = next_with(&first, show, NOON + 3, &again);
	CHECK_CASE("the same form again: the same person", h.person.v == 2);
	CHECK_EQ_U_N("who was held already comes without a page: calls to them may be closed by now", again.rows.n, 0);
	given = page(&h, &again);
	CHECK_CASE("it is read then", same(&given, &alone));

	/* hidden fields and numbers do not come */
	h = next_with(&second, UINT64_C(1) << FIELD_LAST_NAME, NOON + 4, &rows);
	CHECK_CASE("a row comes for the person", h.person.v == 3 && rows.rows.n == 1);
	if (rows.rows.n != 1)
		return check_done();
	for (unsigned i = 0; i < FIELD__MAX; i++)
		hidden += row_is_null(&rows.rows.row[0], i);
	CHECK_EQ_U_N("fact 78: what was not asked for does not leave the database", hidden, FIELD__MAX - 1);
	CHECK_CASE("fact 25: nor does a number", row_is_null(&rows.rows.row[0], rows.rows.row[0].ncells - 2));
	given = page(&h, &rows);
	CHECK_CASE("a page asked otherwise is read anew", given.nfields > 0 && given.dial_field == FIELD_PHONE_HOME);
	given = page(&h, &again);
	CHECK_CASE("and so is another person's", strcmp(given.last_name, "Name3") == 0);
	CHECK_EQ_U_N("audit", audit_wrong(), 0);
	return check_done();
}
