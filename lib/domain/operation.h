/*
 * operation.h - an operation's settings: read, created as a draft, written page by page by the wizard,
 * started, paused, archived. Every write raises `revision` and leaves a row in audit, in one transaction.
 */
#ifndef DOMAIN_OPERATION_H
#define DOMAIN_OPERATION_H

#include "domain/calling_rules.h"
#include "domain/hours.h"
#include "domain/ids.h"
#include "domain/recycle.h"
#include "plumb/refusal.h"

struct arena;
struct db;

enum op_state   { OP_DRAFT, OP_ACTIVE, OP_PAUSED, OP_ARCHIVED };
enum op_version { OP_NO_VERSION, OP_ORIGINAL, OP_SPECIALIZED };
enum op_source  { OP_NO_SOURCE, OP_CONTACTS, OP_ELECTORS };
enum op_method  { OP_NO_METHOD, OP_PHONE, OP_SOFTWARE };

#define OPERATION_ALSO	19		/* a questionnaire has 20 questions */

struct operation {
	struct operation_id id;
	struct organisation_id organisation;
	enum op_state state;
	unsigned revision;
	unsigned wizard_page;		/* 1..9: the furthest page that may be opened */
	enum op_version version;
	enum op_source source;
	enum op_method method;
	const char *name, *description;
	struct version_id survey_version;	/* v = 0: none chosen */
	struct question_id question;		/* original: the one that agents ask; v = 0: none chosen, or specialized */
	uint64_t also[OPERATION_ALSO];	/* original: stable ids of further questions of the same questionnaire */
	size_t nalso;
	const char *zone;		/* IANA */
	bool dated;			/* hours below are filled (details page done) */
	struct hours hours;
	unsigned hold_minutes;
	bool share_qr;
	struct user_id created_by;
	int64_t created_at, finished_at;
	enum purpose purpose;		/* PURPOSE_NONE: never asked */
	enum rules_of rules_of;		/* whose curfew the hours were checked against */
	bool rules_chosen;		/* false: never asked; rules_usual proposes */
	unsigned more_calls;		/* further calls of a person over all statuses; 0: no cap */
	unsigned day_calls;		/* calls of a person a day, over all operations; 0: no cap */
	bool other_part;		/* the next try comes in another part of the day */
};

/* Can a question of this kind be asked in the original version's one window? */
bool operation_asks(const char *kind);

/* The rule of a call's moment: `base` with what counts over all statuses; `zone`: the called person's. */
struct recycle_rule operation_rule(const struct operation *, const struct recycle_rule *base, const char *zone);

enum found operation_by_id(struct db *, struct operation_id, struct operation *, struct arena *);

/* Rules indexed by status; unticked where the operation has no row. */
enum found operation_rules(struct db *, struct operation_id, struct recycle_rule rules[ST__MAX], struct arena *);

/* Was a call saved (fact 13)? Was a list loaded, or is one being loaded? */
enum found operation_called(struct db *, struct operation_id, struct arena *);
enum found operation_has_list(struct db *, struct operation_id, struct arena *);

/* One "load these people": what came of it so far. Newest first, at most 20. */
struct operation_load {
	uint64_t loaded, already, no_number, forbidden, excluded;
	bool running;			/* its job is queued or at work */
	bool failed;
	int64_t created_at;
};
bool operation_loads(struct db *, struct operation_id, struct operation_load **out, size_t *n, struct arena *);

/* What the dashboard calls its state (domain.md 1.1). nobody_left: the queue holds nobody ready, held or waiting. */
enum op_phase { PHASE_DRAFT, PHASE_UPCOMING, PHASE_RUNNING, PHASE_OUTSIDE_HOURS, PHASE_PAUSED,
	PHASE_NOBODY_LEFT, PHASE_ENDED, PHASE_ARCHIVED };
enum op_phase operation_phase(const struct operation *, int64_t now, bool nobody_left, int64_t *opens_at);

/* --- dates and hours (facts 16 to 21): pure --- */

/* Today in that zone; one month later, clamped to the month's last day, at 21:00; 9:00 to 21:00 every day. */
void operation_default_hours(const char *zone, int64_t now, struct hours *out);
/* R_END_BEFORE_START also when the end leaves no minute of calls on the first day; R_CLOSES_BEFORE_OPENS; R_NO_DAY when no
 * day of the week has calls; R_NONE. */
enum refusal operation_check_hours(const struct hours *);

/*
 * --- writes: `by` is who asks (the route table has checked that it is an owner) ---
 *
 * SAVED; ALREADY: nothing changed; REFUSED: *why says; NOT_SAVED, UNSURE: logged, send it again.
 * A page's verb also moves wizard_page on to the page after it.
 */
/* A draft with its creator as owner, a link for agents, zone 0, its tally rows and the recycling proposals. A draft of the same user that nobody
 * has touched yet (revision 1) is given again, so that a double click makes one. */
enum saved operation_create(struct db *, struct organisation_id, struct user_id by, int64_t now,
    struct operation_id *out, struct arena *);

/* To original: the question is the survey's first that can be asked alone; to specialized: the whole survey is asked. */
enum saved operation_set_version(struct db *, struct operation_id, struct user_id by, int64_t now,
    enum op_version, enum refusal *why, struct arena *);
enum saved operation_set_source(struct db *, struct operation_id, struct user_id by, int64_t now,
    enum op_source, enum refusal *why, struct arena *);

struct operation_details {
	const char *name, *description;
	enum op_method method;
	struct hours hours;
	enum purpose purpose;
	enum rules_of rules_of;
	unsigned seen;			/* the revision that the form was made from; 0: do not ask */
	struct question_id question;	/* original: v = 0: none; its survey version comes with it. Specialized: not read */
	/* Further ones that are asked in the same window; R_OTHER_SURVEY: of another version. Specialized: not read */
	const struct question_id *also;
	size_t nalso;
};
enum saved operation_set_details(struct db *, struct operation_id, struct user_id by, int64_t now,
    const struct operation_details *, enum refusal *why, struct arena *);
/* Page 4's "use". Original: the question stays when it is in that version (also as an older edition of the same question),
 * else the first that can be asked alone; R_NO_ONE_ANSWER when there is none. */
enum saved operation_set_survey(struct db *, struct operation_id, struct user_id by, int64_t now,
    struct version_id, enum refusal *why, struct arena *);
/* Auto-detected statuses are stored too: they wake up if the operation ever calls from the software. */
struct recycling {
	struct recycle_rule rules[ST__MAX];	/* ticked, max_calls, minutes are read */
	unsigned more_calls, day_calls;		/* 0: no cap */
	bool other_part;
	unsigned seen;				/* as above */
};
enum saved operation_set_recycling(struct db *, struct operation_id, struct user_id by, int64_t now,
    const struct recycling *, enum refusal *why, struct arena *);
/* What agents see, in which order (domain/field.h). A mode that the field does not allow is R_FIELD_LOCKED. */
struct field_rules;
enum saved operation_set_fields(struct db *, struct operation_id, struct user_id by, int64_t now,
    const struct field_rules *, enum refusal *why, struct arena *);
/* A change of something that hangs on the operation (exclusion.h; members and link) ends with this, in its own
 * transaction: revision + 1, wizard_page, audit. page_done 0: no page of the wizard. */
bool operation_touch(struct db *, struct operation_id, unsigned page_done, struct user_id by, int64_t now,
    const char *verb, const char *detail, struct arena *);
/*
 * Two owners at once: did somebody else change this page after the revision that a form was made from? FOUND: who and
 * when. The verbs with `seen` ask it again inside their transaction and refuse with R_PAGE_CHANGED.
 */
struct page_change { const char *by; int64_t at; };
enum found operation_page_changed(struct db *, struct operation_id, unsigned page, unsigned seen, struct user_id by,
    struct page_change *, struct arena *);
/* Page 8 holds nothing of its own: passing it opens page 9. */
enum saved operation_pass_page(struct db *, struct operation_id, unsigned page, struct user_id by, int64_t now,
    enum refusal *why, struct arena *);

/* The first page that still misses something (1, 2, 3, 4 or 9), or 0: it can be finished. *why: what is missing. */
enum found operation_missing(struct db *, const struct operation *, unsigned *page, enum refusal *why, struct arena *);
enum saved operation_finish(struct db *, struct operation_id, struct user_id by, int64_t now,
    enum refusal *why, struct arena *);
enum saved operation_pause(struct db *, struct operation_id, struct user_id by, int64_t now, enum refusal *why, struct arena *);
enum saved operation_resume(struct db *, struct operation_id, struct user_id by, int64_t now, enum refusal *why, struct arena *);
enum saved operation_archive(struct db *, struct operation_id, struct user_id by, int64_t now, enum refusal *why, struct arena *);
/* Out of the archive, as paused: nobody is called before its owner resumes it. */
enum saved operation_restore(struct db *, struct operation_id, struct user_id by, int64_t now, enum refusal *why, struct arena *);
/* A draft with every rule of this operation, `by` as its owner and a new link; no people and no calls. `pattern`:
 * "%s (copy)". A copy of the same operation that `by` has not touched yet is given again (ALREADY). R_WRONG_STATE: a draft. */
enum saved operation_duplicate(struct db *, struct operation_id, const char *pattern, struct user_id by, int64_t now,
    struct operation_id *out, enum refusal *why, struct arena *);
/* The same inside the caller's transaction, into any organisation: the rules alone, no owner and no link. */
bool operation_copy(struct db *, const struct operation *from, struct organisation_id, const char *name, struct user_id by,
    int64_t now, struct operation_id *made);
/* Deletes a draft and everything that hangs on it; an operation that was ever finished is refused. */
enum saved operation_discard(struct db *, struct operation_id, struct user_id by, int64_t now, enum refusal *why, struct arena *);

#endif
