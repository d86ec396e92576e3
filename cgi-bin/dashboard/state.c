/*
 * state.c - pause, resume, archive, restore; on to the newest version of the questionnaire; and a copy.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "dashboard.h"

typedef enum saved change(struct db *, struct operation_id, struct user_id, int64_t, enum refusal *, struct arena *);

static enum http
answer(struct req *rq, change *verb, const char *to)
{
	enum refusal why = R_NONE;

	switch (verb(rq_db(rq), (struct operation_id){ rq_id(rq) }, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &why,
	    rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return resp_redirect(rq, to);
	case REFUSED:	return resp_refuse(rq, why);
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

enum http
pause_post(struct req *rq)
{
	return answer(rq, operation_pause, "/operations");
}

enum http
resume_post(struct req *rq)
{
	return answer(rq, operation_resume, "/operations");
}

enum http
archive_post(struct req *rq)
{
	return answer(rq, operation_archive, "/operations");
}

/* Who is in a conversation finishes on the version it began with (conversation_kept.c). */
enum http
questions_post(struct req *rq)
{
	enum refusal why = R_NONE;

	switch (survey_move_on(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct operation_id){ rq_id(rq) },
	    (struct user_id){ rq_who(rq)->user }, rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/operations/%llu#questions", (unsigned long long)rq_id(rq)));
	case REFUSED:	return resp_refuse(rq, why);
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

enum http
restore_post(struct req *rq)
{
	return answer(rq, operation_restore, "/operations");
}

enum http
duplicate_post(struct req *rq)
{
	struct operation_id made;
	enum refusal why;

	switch (operation_duplicate(rq_db(rq), (struct operation_id){ rq_id(rq) }, tr(rq_lang(rq), "%s (copy)"),
	    (struct user_id){ rq_who(rq)->user }, rq_now(rq), &made, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/wizard/%llu/details", (unsigned long long)made.v));
	case REFUSED:	return resp_refuse(rq, why);
	default:	return resp_refuse(rq, R_BUSY);
	}
}

/* The form's address, opened by hand. */
enum http
state_get(struct req *rq)
{
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/operations/%llu", (unsigned long long)rq_id(rq)));
}
