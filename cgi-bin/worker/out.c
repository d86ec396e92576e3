/*
 * out.c - what leaves by itself: webhooks, and alarms by e-mail. A program of its own, so that a server elsewhere that is slow makes nobody wait
 * here but those who are told after it.
 */
#include "worker.h"

#include <time.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/log.h"
#include "plumb/mail.h"

#include "domain/alarm_mail.h"
#include "domain/mail_queue.h"
#include "domain/outbox.h"

enum { ROUND_S = 5, ONCE_MOST = 200 };

/* What one mail comes to. FOUND: there was one. */
static enum found
one_mail(struct db *db, struct arena *a)
{
	struct mail_waiting m;
	enum found f = *conf.sendmail == '\0' ? NONE : mail_next(db, clock_now_us(), &m, a);
	struct mail mail;

	if (f != FOUND)
		return f;
	mail = (struct mail){ .from = conf.mail_from, .to = m.to, .subject = m.subject, .body = m.body, .at = m.created_at,
		.id = arena_fmt(a, "tocsin%llut%lld", (unsigned long long)m.id, (long long)m.created_at) };
	switch (mail_send(conf.sendmail, &mail, a)) {
	case MAIL_REFUSED:	log_warn("mail %llu will not be taken: it is dropped", (unsigned long long)m.id);
				/* fallthrough */
	case MAIL_TAKEN:	return mail_end(db, m.id) ? FOUND : FAILED;
	case MAIL_LATER:	break;
	}
	return mail_later(db, &m, clock_now_us()) ? FOUND : FAILED;
}

void
out_work(struct db *db, bool once, struct arena *a)
{
	static const struct timespec idle = { .tv_nsec = 500000000 };
	struct timespec began, at;
	static int64_t looked;
	unsigned turns = 0;

	clock_gettime(CLOCK_MONOTONIC, &began);
	do {
		int64_t now = clock_now_us();
		enum found f, g;

		arena_reset(a);
		upkeep_horizon(db, now, a);
		if (looked == 0 || now - looked >= MINUTE_US || now < looked) {
			alarm_mail_look(db, now, a);
			looked = now;
		}
		g = one_mail(db, a);
		f = outbox_turn(db, a);
		f = f == FOUND ? f : g;
		if (once && (f != FOUND || ++turns == ONCE_MOST))
			return;
		if (f != FOUND)
			nanosleep(&idle, NULL);		/* a signal ends it early */
		clock_gettime(CLOCK_MONOTONIC, &at);
	} while (!worker_stops() && (once || at.tv_sec - began.tv_sec < ROUND_S));
}
