/*
 * operation.h - an operation's settings: read, created as a draft, written page by page by the wizard,
 * started, paused, archived. Every write raises `revision` and leaves a row in audit, in one transaction.
 */
#ifndef DOMAIN_OPERATION_H
#define DOMAIN_OPERATION_H

#include "domain/hours.h"
#include "domain/ids.h"
#include "domain/recycle.h"

struct arena;
struct db;

enum op_state   { OP_DRAFT, OP_ACTIVE, OP_PAUSED, OP_ARCHIVED };
enum op_version { OP_NO_VERSION, OP_ORIGINAL, OP_SPECIALIZED };
enum op_source  { OP_NO_SOURCE, OP_CONTACTS, OP_ELECTORS };
enum op_method  { OP_NO_METHOD, OP_PHONE, OP_SOFTWARE };

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
	struct question_id question;		/* v = 0: none chosen */
	const char *zone;		/* IANA */
	bool dated;			/* hours below are filled (details page done) */
	struct hours hours;
	unsigned hold_minutes;
	bool share_qr;
	struct user_id created_by;
	int64_t created_at, finished_at;
};

enum found operation_by_id(struct db *, struct operation_id, struct operation *, struct arena *);

/* Rules indexed by status; unticked where the operation has no row. */
enum found operation_rules(struct db *, struct operation_id, struct recycle_rule rules[ST__MAX], struct arena *);

/* What the dashboard calls its state (domain.md 1.1). nobody_left: the queue holds nobody ready, held or waiting. */
enum op_phase { PHASE_DRAFT, PHASE_UPCOMING, PHASE_RUNNING, PHASE_OUTSIDE_HOURS, PHASE_PAUSED,
	PHASE_NOBODY_LEFT, PHASE_ENDED, PHASE_ARCHIVED };
enum op_phase operation_phase(const struct operation *, int64_t now, bool nobody_left, int64_t *opens_at);

#endif
