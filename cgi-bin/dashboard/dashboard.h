/*
 * dashboard.h - the Call Canvassing Dashboard and the numbers of one operation.
 */
#ifndef DASHBOARD_H
#define DASHBOARD_H

#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/operation_report.h"
#include "domain/outlook.h"
#include "domain/queue_clock.h"
#include "domain/survey_versions.h"

enum { IN_Q, IN_STATE, IN_SORT, IN_ARCHIVED, IN_MADE, IN_AGENT, IN_DAY, IN_VERSION, IN_QUESTION, IN_BEFORE,
	IN_USER, IN_ENTRY, IN_CLAIMED, IN_DO, IN_SHOWN, IN_SAID, IN_LANG, IN_LIVE, IN__MAX };

/* list.c */
enum http list_show(struct req *);
/* operation.c */
enum http operation_show(struct req *);
/* results.c */
enum http results_show(struct req *);
/* report.c */
enum http report_show(struct req *);
/* state.c */
enum http pause_post(struct req *);
enum http resume_post(struct req *);
enum http archive_post(struct req *);
enum http questions_post(struct req *);
enum http restore_post(struct req *);
enum http duplicate_post(struct req *);
enum http state_get(struct req *);
/* floor.c: who calls and what they do now; a turn that an organiser ends */
bool floor_show(struct req *, struct page *, const struct operation_numbers *);
enum http back_show(struct req *);
enum http back_post(struct req *);
/* wall.c: the page for the room's wall, and its owner's card */
enum http wall_show(struct req *);
enum http wall_get(struct req *);
enum http wall_post(struct req *);
bool wall_card(struct req *, struct page *, const struct operation_numbers *);

/* queue.c: the parts of an operation's page that say who is where, why, and from when on they can be called */
bool people_show(struct req *, struct page *, const struct operation_numbers *, const struct queue_totals *);
void callable_by_clock(struct operation_numbers *, const struct queue_clock *);	/* where calls are closed in another zone nobody can be called */
void clock_show(struct req *, struct page *, const struct operation_numbers *, const struct queue_clock *);
bool alarms_show(struct req *, struct page *, const struct operation_numbers *, const struct queue_clock *);
int64_t whole_minute(int64_t at);	/* the first full minute that is not before it: at 13:40 somebody due at 13:39:30 can be called */

/* forecast.c: when an operation will be done; false: the database does not answer */
bool forecast_show(struct req *, struct page *, const struct operation_numbers *);
/* "Likely done: Thursday" for a row of the list, NULL when there is nothing to say. */
bool forecast_words(struct req *, const struct operation_numbers *, const char **words);
/* "Thursday", "today, about 17:30", "not before the end": the middle of the band; and the band itself. */
const char *forecast_likely(struct req *, const char *zone, const struct forecast *);
const char *forecast_band(struct req *, const char *zone, const struct forecast *);

/* plots.c: the report's tables that plots.js makes plots of; false: the database does not answer */
bool calls_show(struct req *, struct page *, const struct operation *);
bool remaining_show(struct req *, struct page *, const struct operation_numbers *);
/* "If the 5 callers of this moment go on ..." */
const char *forecast_pace(struct req *, const struct outlook *, enum op_phase);

/* words.c: what both pages say of an operation. */
const char *at_words(struct req *, const struct operation *, int64_t at);	/* "14:05", "tomorrow at 9:00" */
const char *about_words(struct req *, const struct operation_numbers *);	/* "Contacts · original · own phone · until ..." */
const char *opens_words(struct req *, const struct operation_numbers *);	/* "opens tomorrow at 9:00", or NULL */
const char *progress_words(struct req *, const struct operation_numbers *);	/* "4,120 done · ... · of 10,034" */
const char *callable_words(struct req *, const struct operation_numbers *);	/* "2,961", or "–" */
const char *more_words(struct req *, const struct operation_numbers *);	/* "+62 after 13:40", or NULL */
const char *reached_words(struct req *, const struct operation_numbers *);	/* "38 %", or "–" */
/* Whole percents of the list, which never add up to more than 100. */
struct parts { const char *done, *later, *removed; };
struct parts parts_of(struct req *, const struct queue_totals *);
/* Where the wizard goes on (a draft), or where editing begins. */
const char *wizard_page(const struct operation *);
/* Owners, the operation's observers, and of the organisation its observers and administrators (facts 5, 7). Not agents. */
bool may_see(const struct who *, enum member_role);
/* Observers see numbers and no name, also not those of the callers. */
bool sees_callers(const struct req *);
bool may_pause(const struct operation_numbers *);
bool may_call(const struct operation_numbers *);

#endif
