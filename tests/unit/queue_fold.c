/*
 * queue_fold - promise 2: an entry is the fold of its attempts, whatever their order and however late one comes.
 */
#include "check.h"

#include "domain/queue_fold.h"
#include "plumb/clock.h"

#define T	INT64_C(1795000000000000)

static const struct recycle_rule off, on = { .ticked = true, .max_calls = 2, .minutes = 30 };

int
main(void)
{
	struct fold a = fold_start(), b;

	CHECK_CASE("before the first call: ready, never called", a.state == QS_READY && a.band == BAND_FRESH && a.attempts == 0);
	fold_attempt(&a, &on, ST_NO_ANSWER, T, 0, false);
	CHECK_CASE("a retry", a.state == QS_WAITING && a.band == BAND_RETRY && a.due_at == T + 30 * MINUTE_US &&
	    a.reason == ST_NO_ANSWER && a.attempts == 1 && a.retries.used[ST_NO_ANSWER] == 1);

	b = a;
	fold_attempt(&b, &off, ST_REFUSED, T + 1, 0, false);
	CHECK_CASE("refused is the end", b.state == QS_DONE && b.reason == ST_REFUSED);
	fold_attempt(&b, &on, ST_NO_ANSWER, T + 2, 0, false);
	CHECK_CASE("a late save counts and does not bring back who is out",
	    b.state == QS_DONE && b.reason == ST_REFUSED && b.attempts == 3 && b.retries.used[ST_NO_ANSWER] == 1);

	b = fold_start();
	fold_attempt(&b, &off, ST_REFUSED, T, 0, false);
	fold_attempt(&b, &on, ST_NO_ANSWER, T + 1, 0, false);
	CHECK_CASE("the same two calls in the other order end the same way", b.state == QS_DONE && b.reason == ST_REFUSED);

	b = a;
	fold_attempt(&b, &off, ST_WRONG_NUMBER, T + 5, 0, true);
	CHECK_CASE("a second number is tried at once, unticked too, and uses no retry", b.state == QS_WAITING &&
	    b.band == BAND_RETRY && b.due_at == T + 5 && b.retries.used[ST_WRONG_NUMBER] == 0);
	fold_attempt(&b, &off, ST_WRONG_NUMBER, T + 6, 0, false);
	CHECK_CASE("without one, the rule of Wrong number decides", b.state == QS_DONE);
	fold_attempt(&a, &off, ST_REMOVE, T + 9, 0, false);
	CHECK_CASE("fact 57: removed", a.state == QS_REMOVED && a.band == BAND_OUT);

	for (unsigned s = QS_READY; s <= QS_REMOVED; s++)
		CHECK_EQ_U(queue_state_of(queue_state_word((enum queue_state)s)), s);
	CHECK_CASE("an unknown word is out of the queue, never in it", queue_state_of("?") == QS_REMOVED && queue_state_of(NULL) == QS_REMOVED);
	return check_done();
}
