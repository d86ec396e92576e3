/*
 * agent.h - the caller's screen, original version: one page shows the person held, one request saves the
 * call and shows the next person. What the pages of this area share.
 */
#ifndef AGENT_H
#define AGENT_H

#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/agent_context.h"
#include "domain/agent_screen.h"
#include "domain/survey.h"

enum { IN_FORM_KEY, IN_ENTRY, IN_CLAIMED, IN_STATUS, IN_ANSWER, IN_SAID, IN_NOTE, IN_CALLBACK_DATE,
	IN_CALLBACK_TIME, IN_EDIT_EMAIL, IN_EDIT_LANGUAGE, IN_EDIT_NATIONALITY, IN_EDIT_NOTES, IN__MAX };

/* list.c */
enum http list_show(struct req *);
/* call.c */
enum http call_get(struct req *);
/* next.c */
enum http next_post(struct req *);
enum http skip_post(struct req *);
enum http stop_post(struct req *);
enum http back_get(struct req *);
/* save.c */
enum http save_post(struct req *);

/* --- what a page says beside the person --- */
struct say {
	const char *notice;	/* one sentence on top, or NULL */
	bool good;
	const char *saved;	/* form_key of the call that was just saved, for agent.js; or NULL */
	enum http status;	/* 0: 200 */
	bool typed;		/* this request's form was refused: show again what it holds, with its refusals */
	const struct screen_rows *screen;	/* what came with the claim, or NULL */
	bool gone;		/* the hold is over: no person is shown, what was typed can still be saved */
};

/* call.c: the page of the person held. */
enum http call_page(struct req *, const struct held *, const struct say *);
/* pause.c: the page without a person: to start, or why nobody is callable and until when (fact 118). */
enum http pause_start(struct req *, const struct say *);
enum http pause_nobody(struct req *, const struct nobody_now *, const struct say *);

/* bar.c: the line on top: operation, until when calls are open, today's calls. */
void bar_show(struct req *, struct page *, unsigned calls, unsigned reached, bool stop);
struct today today_in(const char *zone, int64_t now);
/* person.c: the left column. */
void person_show(struct req *, struct page *, const struct held *, const struct agent_screen *, const struct say *);
bool may_dial(struct req *, const struct held *, int64_t *closes_at);
/* record.c: script, question, outcomes. screen may be NULL (gone). */
void script_show(struct req *, struct page *, const struct agent_screen *, const struct survey *);
void question_show(struct req *, struct page *, const struct agent_screen *, const struct question *, const struct say *);
void outcomes_show(struct req *, struct page *, const struct held *, const struct say *);
const struct question *question_of(const struct survey *, struct question_id);
/* Does the question want an answer before the call counts as a conversation? */
bool question_asks(const struct question *);

/* kept.c: what a process may keep, as it never changes: versions of questionnaires; field rules of one revision. */
enum found kept_survey(struct db *, struct version_id, const struct survey **);
bool kept_fields(struct db *, const struct operation *, const struct field_rules **);

#endif
