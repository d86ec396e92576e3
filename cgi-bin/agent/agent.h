/*
 * agent.h - the caller's screen: one page shows the person held, one request saves the call and shows the next
 * person. In the specialized version questions come one at a time in between. What the pages of this area share.
 */
#ifndef AGENT_H
#define AGENT_H

#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/agent_context.h"
#include "domain/agent_edit.h"
#include "domain/agent_screen.h"
#include "domain/conversation.h"
#include "domain/custom_shown.h"
#include "domain/survey.h"

enum { IN_FORM_KEY, IN_ENTRY, IN_CLAIMED, IN_STATUS, IN_ANSWER, IN_SAID, IN_NOTE, IN_CALLBACK_DATE,
	IN_CALLBACK_TIME, IN_KEEP, IN_MATE, IN_NUMBER, IN_UNDO, IN_ANSWERS, IN_TEXTS, IN_EDIT_PHONE_HOME, IN_EDIT_PHONE_CELL, IN_EDIT_PHONE_WORK,
	IN_EDIT_EMAIL, IN_EDIT_LANGUAGE, IN_EDIT_NATIONALITY, IN_EDIT_NOTES,
	IN_QUESTION, IN_GO, IN_END, IN_LINE_NUMBER, IN_LINE, IN__MAX };

/* list.c */
enum http list_show(struct req *);
/* call.c */
enum http call_get(struct req *);
/* next.c */
enum http next_post(struct req *);
enum http skip_post(struct req *);
enum http stop_post(struct req *);
enum http break_post(struct req *);
enum http back_get(struct req *);
/* number.c, undo.c */
enum http number_post(struct req *);
enum http undo_post(struct req *);
/* practice.c */
enum http practice_post(struct req *);
enum http practice_stop(struct req *);
bool in_practice(struct req *);			/* :id is a practice: nobody is called, nothing counts */
void practice_show(struct req *, struct page *, const char *template);	/* the band, and what to do on that page */
void practice_story_show(struct req *, struct tpl *open, const struct held *);	/* what becomes of the call */
/* save.c */
enum http save_post(struct req *);
/* answer.c */
enum http answer_post(struct req *);
enum http back_post(struct req *);

/* --- what a page says beside the person --- */
struct say {
	const char *notice;	/* one sentence on top, or NULL */
	bool good;
	const char *saved;	/* form_key of the call that was just saved, for agent.js; or NULL */
	enum http status;	/* 0: 200 */
	bool typed;		/* this request's form was refused: show again what it holds, with its refusals */
	const struct screen_rows *screen;	/* what came with the claim, or NULL */
	const struct call *undo;	/* the call just saved, that may be taken back; or NULL */
	const struct call *was;		/* a call taken back: what was answered and noted is shown again; or NULL */
	bool gone;		/* the hold is over: no person is shown, what was typed can still be saved */
};

/* call.c: the page of the person held, in the operation's version; what all such pages begin with. */
enum http call_page(struct req *, const struct held *, const struct say *);
struct page *call_frame(struct req *, const char *template, const struct held *, const struct say *);
/* *shown: NULL when the person is not to be shown; calls and reached are filled all the same. False: the database. */
bool call_screen(struct req *, const struct held *, const struct say *, struct agent_screen *, const struct agent_screen **shown);
struct tpl *part_show(struct req *, struct tpl *into, const char *name, const char *file);	/* {{>NAME}} from tpl/file.tpl */
const char *digits(struct req *, uint64_t);
/* pause.c: the page without a person: to start, or why nobody is callable and until when (fact 118). */
enum http pause_start(struct req *, const struct say *);
enum http pause_nobody(struct req *, const struct nobody_now *, const struct say *);
enum http pause_break(struct req *, int64_t since, const struct say *);

/* bar.c: the line on top: operation, until when calls are open, today's calls. */
void bar_show(struct req *, struct page *, unsigned calls, unsigned reached, bool stop);
struct today today_in(const char *zone, int64_t now);
/* person.c: whom to call. */
void person_show(struct req *, struct page *, const struct held *, const struct agent_screen *, const struct say *);
/* The same before the conversation: with the choice of the number, and what the time away from the page suggests. */
void person_card_show(struct req *, struct page *, const struct held *, const struct agent_screen *, const struct say *);
bool may_dial(struct req *, const struct held *, int64_t *closes_at);
const char *shown_number(struct req *, const char *e164);
/* record.c: script, note. screen may be NULL (gone). */
void script_show(struct req *, struct page *, const struct agent_screen *, const struct survey *);
void note_show(struct req *, struct page *, const char *kept, const struct say *);
/* questions.c: the questions of the original version, all in one window. */
void questions_show(struct req *, struct page *, const struct agent_screen *, const struct survey *, const struct say *);
#define ANSWERS_MAX	(SURVEY_QUESTIONS_MAX * SURVEY_CHOICES_MAX)
/* What was answered, checked; a conversation (ST_COMPLETED) needs an answer to the first question and to those required. */
const struct call_answer *questions_in(struct req *, const struct survey *, enum status, size_t *n);
const struct question *question_of(const struct survey *, struct question_id);
void paragraphs(struct req *, struct page *, const char *text);
const char *merged(struct req *, const struct agent_screen *, const char *text);	/* merge fields replaced */
enum lang spoken(struct req *, const struct agent_screen *);	/* what is read out is in the person's language */
enum lang written(const char *const text[LANG__MAX], enum lang wish);	/* the language in which there is a text at all */
const char *script_title(struct req *, enum lang);	/* "What to say", and in which language when it is not the agent's */
/* line.c: calling from the software. */
enum http line_get(struct req *);
enum http line_post(struct req *);
const char *line_why(const char *word, enum lang);	/* why a line or a call could not be had */
/* wait.c: power mode. FAILED: the database. */
enum found wait_mode(struct req *);		/* FOUND: agents wait for an answer here */
enum found wait_begin(struct req *);		/* FOUND: this one does, from now on; NONE: not here, or their line is not open */
enum found wait_now(struct req *);		/* FOUND: this one does */
bool wait_end(struct req *);
enum http wait_page(struct req *, const struct say *);
/* voice.c: the agent's line in a window of its own, when it is in the browser. */
enum http voice_get(struct req *);
enum http voice_post(struct req *);
enum http voice_token_get(struct req *);
void line_show(struct req *, struct tpl *who, const struct held *);
bool line_card(struct req *, struct tpl *into, const struct held *);	/* {{>LINE}}; false: the database, and it comes a second later */
void line_by_phone(struct req *, struct tpl *open);	/* the agent's own phone dials */
enum status line_detected(struct req *, const struct held *);	/* what stands for the call unless the agent says otherwise */
void line_over(struct req *, const char *form_key, bool disposed);	/* said how it went, or gave the person back: nothing of it rings on */
/* outcomes.c */
void outcomes_show(struct req *, struct page *, const struct held *, const struct say *);
void callback_show(struct req *, struct tpl *into, const struct held *, const struct say *);
/* mates.c: for whom the call was too; the call just saved, to take it back. */
void mates_show(struct req *, struct page *, const struct agent_screen *, const struct say *);
const struct entry_id *mates_in(struct req *, size_t *n);
void undo_show(struct req *, struct page *, const struct say *);
/* form.c: what the forms about a person held say. */
bool form_held(struct req *, struct held *);	/* true: the hold is over (or another's); *held is as in the form */
bool form_keyed(const struct req *);		/* the fields that name the hold are there */
#define EDITS_MAX	7
size_t form_edits(struct req *, struct agent_edit out[EDITS_MAX]);	/* a wrong number is refused beside its field */

/* --- the specialized version --- */

/* A conversation as it stands, and where it is. */
struct talk {
	struct call_key key;
	const struct survey *survey;
	struct conversation c;
	struct path path;
};
/* talk.c. False: the database. */
bool talk_read(struct req *, const struct held *, struct talk *);
enum http talk_page(struct req *, const struct held *, const struct say *);
enum http talk_show(struct req *, const struct held *, const struct say *, const struct talk *, bool end);
/* What queue_save is given: the answers of the path, the version they belong to. In the form of the end, a conversation
 * that is not at its end is not "completed": refused beside the status, unless that form was saved before. */
bool talk_call(struct req *, const struct held *, struct call *, struct operation *op);
/* What the conversation corrects goes into the record, with the call. The same twice changes nothing. False: the database. */
bool talk_edit(struct req *, const struct held *, const struct call *, const struct field_rules *);
bool talk_clear(struct req *, const struct held *);	/* saved or given back */
/* reach.c, ask.c, close.c: before; one question; the end. */
enum http reach_page(struct req *, const struct held *, const struct say *, const struct talk *);
enum http ask_page(struct req *, const struct held *, const struct say *, const struct talk *);
enum http close_page(struct req *, const struct held *, const struct say *, const struct talk *);
void talk_head(struct req *, struct page *, const struct held *, const struct agent_screen *, const struct talk *, const struct say *);

/* kept.c: what a process may keep, as it never changes: versions of questionnaires; field rules of one revision. */
enum found kept_survey(struct db *, struct version_id, const struct survey **);
bool kept_fields(struct db *, const struct operation *, const struct field_rules **);

#endif
