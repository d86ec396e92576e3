/*
 * wizard.h - the nine pages that create or edit an operation.
 *
 * A page is one file with two handlers: page_show reads and renders what is stored; page_save hands what was typed
 * to one domain verb, then goes on, or renders the same page again with 422 and everything kept.
 */
#ifndef WIZARD_H
#define WIZARD_H

#include "plumb/base.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/tpl.h"

#include "domain/operation.h"

enum wizard_page { P_VERSION = 1, P_SOURCE, P_DETAILS, P_QUESTIONS, P_RECYCLING, P_EXCLUSIONS, P_RECORD, P_SHARING, P_LIST, P__MAX };

enum { IN_GO, IN_VERSION, IN_SOURCE, IN_NAME, IN_DESCRIPTION, IN_QUESTION, IN_ALSO, IN_START, IN_END, IN_END_TIME, IN_OPENS, IN_CLOSES,
	IN_METHOD, IN_SURVEY, IN_TICK, IN_MAX, IN_MINUTES, IN_WHO, IN_STATUS, IN_HOUSEHOLD, IN_RULES, IN_FIELD, IN_MODE, IN_LIT,
	IN__MAX };

enum { MAX_CALLS = 50, MAX_MINUTES = 43200 /* thirty days */ };	/* of a recycling rule */

/* --- frame.c: what the pages share --- */

/* Reads operation :id and checks that this page may be opened; 0, or the answer that was sent instead. */
enum http wizard_open(struct req *, enum wizard_page, struct operation *);
/* The page inside the step bar. `file` is "wizard/x.tpl"; what every template has: CSRF, ID, STEPS. */
struct page *wizard_page(struct req *, const struct operation *, enum wizard_page, const char *file);
/* After a save that is SAVED or ALREADY: where the pressed button leads. */
enum http wizard_go(struct req *, const struct operation *, enum wizard_page);
bool wizard_goes_back(const struct req *);		/* "Back" or "save and close": nothing is insisted on */
/* NOT_SAVED, UNSURE, or a refusal that belongs to no field. */
enum http wizard_failed(struct req *, enum saved, enum refusal);
/* The number of "word.N" in the pressed button, or -1. */
int wizard_pressed(const struct req *, const char *word);
const char *wizard_address(struct req *, const struct operation *, enum wizard_page);

/* --- one file each --- */
enum http draft_create(struct req *);
enum http draft_resume(struct req *);
enum http draft_finish(struct req *);
enum http draft_discard(struct req *);
enum http version_show(struct req *);
enum http version_save(struct req *);
enum http source_show(struct req *);
enum http source_save(struct req *);
enum http details_show(struct req *);
enum http details_save(struct req *);
enum http questions_show(struct req *);
enum http questions_save(struct req *);
enum http recycling_show(struct req *);
enum http recycling_save(struct req *);
enum http exclusions_show(struct req *);
enum http exclusions_save(struct req *);
enum http record_show(struct req *);
enum http record_save(struct req *);
enum http sharing_show(struct req *);
enum http sharing_save(struct req *);
enum http list_show(struct req *);
enum http list_save(struct req *);
enum http list_progress(struct req *);

#endif
