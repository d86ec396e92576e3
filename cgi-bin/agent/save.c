/*
 * save.c - saves the call and shows the next person, in one request. A form sent twice counts once: its key was
 * made when the person was given (facts 115 to 117). A refused form comes back with all that was typed.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/lang.h"

#include "agent.h"

/* Only what an agent may say; what a provider detects is refused from anybody's form (fact 53). */
static enum status
status_in(struct req *rq, const struct held *held)
{
	enum status s = status_of_code(in_text(rq, IN_STATUS));

	/* what was detected is never said by a form: it asks for what the server knows */
	if (strcmp(in_text(rq, IN_STATUS), "detected") == 0) {
		if ((s = line_detected(rq, held)) == ST_NONE)
			in_refuse(rq, IN_STATUS, R_STATUS_UNKNOWN);
		return s;
	}

	if (s == ST_NONE || status_by(s) != S_AGENT) {
		in_refuse(rq, IN_STATUS, R_STATUS_UNKNOWN);
		return ST_NONE;
	}
	return s;
}

/* The moment to call back, 0 for none; in the person's zone (fact 116). */
static int64_t
callback_in(struct req *rq, const struct operation *op, const struct held *held)
{
	bool day = !in_blank(rq, IN_CALLBACK_DATE), hour = !in_blank(rq, IN_CALLBACK_TIME);
	struct tm t = { 0 };
	int64_t at;

	if (!day && !hour) {
		if (in_bool(rq, IN_KEEP))		/* what is kept has a moment */
			in_refuse(rq, IN_CALLBACK_DATE, R_MISSING);
		return 0;
	}
	if (in_refusal(rq, IN_CALLBACK_DATE) != R_NONE || in_refusal(rq, IN_CALLBACK_TIME) != R_NONE)
		return 0;
	if (!day || !hour) {
		in_refuse(rq, day ? IN_CALLBACK_TIME : IN_CALLBACK_DATE, R_MISSING);
		return 0;
	}
	if (sscanf(in_text(rq, IN_CALLBACK_DATE), "%d-%d-%d", &t.tm_year, &t.tm_mon, &t.tm_mday) != 3)
		return 0;
	t.tm_year -= 1900;
	t.tm_mon -= 1;
	t.tm_hour = in_minute(rq, IN_CALLBACK_TIME) / 60;
	t.tm_min = in_minute(rq, IN_CALLBACK_TIME) % 60;
	at = clock_moment(held->zone, &t);
	if (at <= rq_now(rq))
		in_refuse(rq, IN_CALLBACK_TIME, R_CALLBACK_PAST);
	else if (!op->dated || hours_at(&op->hours, held->zones, at, NULL, NULL) != HOURS_OPEN)
		in_refuse(rq, IN_CALLBACK_TIME, R_CALLBACK_OUTSIDE);
	return at;
}

/* The same page again with what was typed; without the person when the hold has ended meanwhile. */
static enum http
again(struct req *rq, const struct held *held, bool gone, enum http status, const char *notice)
{
	struct say say = { .status = status, .typed = true, .gone = gone, .notice = notice };

	return call_page(rq, held, &say);
}

static enum http
refused(struct req *rq, const struct held *held, bool gone, enum refusal why)
{
	switch (why) {
	case R_CALLBACK_PAST:
	case R_CALLBACK_OUTSIDE:
		in_refuse(rq, IN_CALLBACK_TIME, why);
		return again(rq, held, gone, HTTP_UNPROCESSABLE, NULL);
	case R_STATUS_UNKNOWN:
		in_refuse(rq, IN_STATUS, why);
		return again(rq, held, gone, HTTP_UNPROCESSABLE, NULL);
	default:	/* a forged or foreign form: nothing of it is shown again */
		return resp_refuse(rq, why == R_NONE ? R_BAD_REQUEST : why);
	}
}

/* Why this person and nobody else comes now; NULL: as the list says. */
static const char *
next_words(struct req *rq, const struct held *next, const struct call *saved)
{
	enum lang lang = rq_lang(rq);

	if (next->entry.v == saved->entry.v)
		return tr(lang, "The number is noted as wrong. This is another number of the same person.");
	for (size_t i = 0; i < saved->nmates; i++)
		if (next->entry.v == saved->mates[i].v)
			return tr(lang, "On the same line: this person now.");
	return next->entry.v == saved->kept.entry.v ? tr(lang, "This appointment was kept for you.") : NULL;
}

/* Saved; nobody was claimed. In power mode the agent waits now; without an open line the next one comes as ever. */
static enum http
free_now(struct req *rq, struct say *say)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct nobody_now nobody;
	struct held next;

	say->screen = NULL;
	switch (wait_begin(rq)) {
	case FOUND:	return wait_page(rq, say);
	case FAILED:	break;
	case NONE:
		switch (queue_claim(rq_db(rq), &cx->op, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &next, &nobody, rq_arena(rq))) {
		case CLAIMED:		say->good = true; return call_page(rq, &next, say);
		case CLAIMED_NOBODY:	return pause_nobody(rq, &nobody, say);
		case CLAIM_FAILED:	break;
		}
	}
	say->notice = tr(rq_lang(rq), "Your call is saved. The next person could not be fetched: please try again.");
	return pause_start(rq, say);
}

enum http
save_post(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct operation op = cx->op;
	struct user_id user = { rq_who(rq)->user };
	struct held held;
	bool gone = form_held(rq, &held);
	struct agent_edit edits[EDITS_MAX];
	const struct field_rules *rules;
	const struct survey *survey = NULL;
	struct nobody_now nobody;
	struct held next;
	enum claimed claimed = CLAIM_FAILED;
	enum refusal why = R_NONE;
	enum saved saved;
	struct screen_rows screen = { 0 };
	struct say say = { .screen = &screen };
	struct call call;
	size_t nedits;
	bool waits;

	if (!form_keyed(rq))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (op.survey_version.v != 0 && kept_survey(rq_db(rq), op.survey_version, &survey) == FAILED)
		return resp_refuse(rq, R_BUSY);
	if (!kept_fields(rq_db(rq), &op, &rules))
		return resp_refuse(rq, R_BUSY);

	call = (struct call){ .entry = held.entry, .form_key = in_text(rq, IN_FORM_KEY),
		.claimed_at = (int64_t)in_uint(rq, IN_CLAIMED), .note = in_text(rq, IN_NOTE), .seen = &cx->seen, .screen = &screen,
		.kept = cx->kept, .keep_minutes = in_bool(rq, IN_KEEP) ? KEEP_MINUTES : 0 };
	call.mates = mates_in(rq, &call.nmates);
	screen.show = agent_screen_ask(rules, true);	/* somebody is only given while calls to them are open */
	call.status = status_in(rq, &held);
	call.detected = call.status != ST_NONE && status_by(call.status) == S_AUTO;
	if (op.version != OP_SPECIALIZED)
		call.answers = questions_in(rq, survey, call.status, &call.nanswers);
	else if (!talk_call(rq, &held, &call, &op))
		return resp_refuse(rq, R_BUSY);
	/* A day left over from a closed "call back" belongs to no other outcome. */
	if (call.status == ST_CALL_BACK)
		call.callback_at = callback_in(rq, &op, &held);
	nedits = form_edits(rq, edits);
	for (size_t i = 0; i < nedits; i++)
		if (!agent_may_edit(rules, edits[i].field))
			return resp_refuse(rq, R_FIELD_LOCKED);		/* no page of ours offers it (fact 77) */
	if (!in_all_fit(rq))
		return again(rq, &held, gone, HTTP_UNPROCESSABLE, NULL);

	if (!gone && nedits > 0)
		switch (agent_edit(rq_db(rq), &op, rules, user, held.entry, edits, nedits, rq_now(rq), &why, rq_arena(rq))) {
		case SAVED:
		case ALREADY:	break;
		case REFUSED:	return refused(rq, &held, gone, why);
		case UNSURE:
		case NOT_SAVED:	return again(rq, &held, gone, HTTP_UNAVAILABLE, refusal_text(R_BUSY, rq_lang(rq)));
		}
	if (op.version == OP_SPECIALIZED && !talk_edit(rq, &held, &call, rules))
		return again(rq, &held, gone, HTTP_UNAVAILABLE, refusal_text(R_BUSY, rq_lang(rq)));
	/* who is on the same line, has another number, or was promised a call comes next all the same */
	waits = cx->break_since == 0 && call.nmates == 0 && call.kept.entry.v == 0 && call.status != ST_WRONG_NUMBER && wait_mode(rq) == FOUND;
	saved = queue_save(rq_db(rq), &op, cx->rules, user, &call, rq_now(rq), cx->break_since == 0 && !waits, &claimed, &next, &nobody, &why,
	    rq_arena(rq));
	switch (saved) {
	case SAVED:
		line_over(rq, call.form_key, true);
		/* The hold was over when the form came: only now is it known that the form was ours. */
		if (gone && nedits > 0)
			agent_edit(rq_db(rq), &op, rules, user, held.entry, edits, nedits, rq_now(rq), &why, rq_arena(rq));
		break;
	case ALREADY:	break;
	case REFUSED:	return refused(rq, &held, gone, why);
	case UNSURE:
	case NOT_SAVED:	return again(rq, &held, gone, HTTP_UNAVAILABLE, refusal_text(R_BUSY, rq_lang(rq)));
	}
	/* What is left behind when this fails belongs to no hold any more. */
	if (op.version == OP_SPECIALIZED)
		talk_clear(rq, &(struct held){ .entry = call.entry, .claimed_at = call.claimed_at });
	say.saved = call.form_key;
	say.undo = &call;
	if (cx->break_since != 0)	/* begun in another window: nobody is held meanwhile */
		return pause_break(rq, cx->break_since, &say);
	if (waits)
		return free_now(rq, &say);
	switch (claimed) {
	case CLAIMED:
		say.good = true;
		say.notice = next_words(rq, &next, &call);
		return call_page(rq, &next, &say);
	case CLAIMED_NOBODY:	return pause_nobody(rq, &nobody, &say);
	case CLAIM_FAILED:	break;
	}
	say.notice = tr(rq_lang(rq), "Your call is saved. The next person could not be fetched: please try again.");
	return pause_start(rq, &say);
}
