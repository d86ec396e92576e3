/*
 * paper.h - the paper area: sheets for volunteers without a screen, printed and typed in by an operation's owners.
 */
#ifndef PAPER_AREA_H
#define PAPER_AREA_H

#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/route.h"

#include "domain/paper.h"
#include "domain/paper_line.h"
#include "domain/share.h"

enum { IN_PAGES, IN_CALLER, IN_NAME, IN_UNTIL, IN_FORM_KEY, IN_NUMBER, IN_PAGE, IN_DONE, IN_COUNT, IN_ON, IN_AT, IN_QUICK, IN_UNDO,
	IN_STATUS, IN_ANSWER, IN_NOTE, IN_BACK, IN_KEEP, IN_KEY, IN__MAX };

/* list.c: the sheets of an operation, and the form that makes another. */
enum http sheets_show(struct req *);
enum http sheets_print(struct req *);
/* print.c: the paper itself. */
enum http paper_show(struct req *);
enum http paper_qr(struct req *);
bool paper_shown(struct db *, const struct who *, const struct route *, uint64_t id, int64_t now);
/* entry.c, save.c: a sheet that comes back. */
enum http sheet_show(struct req *);
enum http sheet_enter(struct req *);
enum http sheet_back(struct req *);

/* What the pages of one sheet work with. */
struct desk {
	struct operation op;
	struct paper_sheet sheet;
	const char *code;
	const struct survey *survey;		/* NULL: none */
	struct paper_place *place;
	size_t nplaces;
	struct member *member;			/* who may have called; entry.c */
	size_t nmembers;
};
/* False: the answer is made. */
bool open_operation(struct req *, struct operation *, enum http *status);
bool open_desk(struct req *, struct desk *, enum http *status);
bool open_members(struct req *, const struct operation *, struct member **, size_t *n);

/* What was wrong with one place of a form, and with which question of it. */
struct place_wrong { enum refusal why; size_t question; bool answer; };
struct entry_said {
	bool typed;				/* the form was refused: show what it held */
	const char *notice;
	bool good;
	enum http status;			/* 0: 200, or 422 when it was refused */
	const struct place_wrong *wrong;	/* by place, or NULL */
	enum refusal quick;
};
enum http entry_page(struct req *, struct desk *, const struct entry_said *);
unsigned page_of(struct req *, const struct desk *);	/* the page asked for, from 1 */
/* status.7, answer.7-2 (question 2) ... */
const char *place_key(struct req *, unsigned number);
const char *answer_key(struct req *, unsigned number, size_t question);

/* words.c */
const char *digits(struct req *, uint64_t);
const char *name_words(struct req *, const struct operation *);
const char *person_words(struct req *, const struct paper_place *);
const char *nobody_words(struct req *, const struct operation *, const struct nobody_now *);
const char *cut_words(struct req *, const char *, size_t chars);
const char *sheet_path(struct req *, const struct desk *);

#endif
