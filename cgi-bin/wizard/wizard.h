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
	IN_METHOD, IN_PURPOSE, IN_RULES_OF, IN_HOLIDAYS, IN_BY_DAY, IN_ON, IN_FROM, IN_TO, IN_SURVEY, IN_TICK, IN_MAX, IN_MINUTES,
	IN_WHO, IN_STATUS, IN_HOUSEHOLD, IN_RULES, IN_FIELD, IN_MODE, IN_LIT, IN_MORE_CALLS, IN_DAY_CALLS, IN_OTHER_PART, IN_AGENTS,
	IN_PEOPLE, IN_REVISION, IN_SEEN, IN__MAX };

enum { MAX_DAY_CALLS = 20, MAX_AGENTS = 1000, MAX_PEOPLE = 10000000 };
enum { MAX_CALLS = 50, MAX_MINUTES = 43200 /* thirty days */ };	/* of a recycling rule */

/* --- frame.c: what the pages share --- */

/* Reads operation :id and checks that this page may be opened; 0, or the answer that was sent instead. */
enum http wizard_open(struct req *, enum wizard_page, struct operation *);
/* The page inside the step bar. `file` is "wizard/x.tpl"; what every template has: CSRF, ID, STEPS. */
struct page *wizard_page(struct req *, const struct operation *, enum wizard_page, const char *file);
/* Has another owner saved this page since the form was made? Then the page is shown again as HTTP_CONFLICT: it says who and
 * when, and what was typed stays. The next save of that form is meant. */
bool wizard_changed(struct req *, const struct operation *, enum wizard_page);
/* The same, when the verb found it inside its transaction: R_PAGE_CHANGED. */
void wizard_tell_changed(struct req *);
/* After a save that is SAVED or ALREADY: where the pressed button leads. */
enum http wizard_go(struct req *, const struct operation *, enum wizard_page);
bool wizard_goes_back(const struct req *);		/* "Back" or "save and close": nothing is insisted on */
/* NOT_SAVED, UNSURE, or a refusal that belongs to no field. */
enum http wizard_failed(struct req *, enum saved, enum refusal);
/* The number of "word.N" in the pressed button, or -1. */
int wizard_pressed(const struct req *, const char *word);
const char *wizard_address(struct req *, const struct operation *, enum wizard_page);

/* --- hours.c: the hours of page 3 by day of the week, holidays, the rules of a country --- */

/* What was typed (or the preset that was asked for, or what is stored) in the page. */
void hours_fields(struct req *, struct page *, const struct operation *);
/* The typed ones over what stands in `d`; a part that does not fit is refused beside its field and stays as it was. */
void hours_typed(struct req *, const struct operation *, struct operation_details *d);
/* Shows R_CURFEW and R_NO_DAY where they belong; false: not one of these. */
bool hours_refused(struct req *, enum refusal);
bool hours_preset(const struct req *);		/* "Use these hours" was pressed */

/* --- effect.c: what a change of a running operation does, before it is saved --- */

/* Renders nothing yet: the sentences of what happens. n = 0: nobody is concerned. `mark` stands for what was typed. */
struct effect { const char *line[8]; size_t n; const char *mark; };
bool effect_of_details(struct req *, const struct operation *, const struct operation_details *, struct effect *);
bool effect_of_recycling(struct req *, const struct operation *, const struct recycling *, struct effect *);
/* Must it be shown before saving: somebody is concerned, and this was not the form that showed it? */
bool effect_unseen(const struct req *, const struct effect *);
/* Fills the section EFFECT of a page, and SEEN of its form; NULL: none. */
void effect_show(struct req *, struct page *, const struct effect *);

/* --- rehearsal.c --- */

struct rehearsed { const char *with, *calls, *reached, *done, *more, *basis, *agents, *people; };
/* By what was typed in "agents" and "people", else by what is there. False: failed. */
bool rehearsal_of_page(struct req *, const struct operation *, const struct recycling *, struct rehearsed *);
enum http rehearsal_live(struct req *);

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
bool recycling_stored(struct req *, const struct operation *, struct recycling *);
/* The typed rules of page 5; what does not fit is 0 and refused beside its field: false. */
bool recycling_typed(struct req *, const struct operation *, struct recycling *);
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
