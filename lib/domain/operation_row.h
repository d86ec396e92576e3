/*
 * operation_row.h - for the operation_*.c files: the columns every statement that gives operations selects,
 * the one filler that reads them, and the shape that all write verbs share.
 */
#ifndef DOMAIN_OPERATION_ROW_H
#define DOMAIN_OPERATION_ROW_H

#include "plumb/db.h"

#include "domain/operation.h"

#define OPERATION_COLUMNS								\
	"o.id, o.organisation_id, o.state, o.revision, o.wizard_page, o.version, o.source, o.method,"	\
	" o.name, o.description, o.survey_version_id, o.question_id, o.time_zone,"			\
	" CAST(o.starts_on AS CHAR), CAST(o.ends_at AS CHAR), CAST(o.opens_at AS CHAR), CAST(o.closes_at AS CHAR),"	\
	" o.hold_minutes, o.share_qr, o.created_by, o.created_at, o.finished_at,"	\
	" (SELECT GROUP_CONCAT(a.question_stable_id SEPARATOR ' ') FROM operation_question a WHERE a.operation_id = o.id),"	\
	" o.purpose, o.call_rules, o.day_hours, o.holidays, o.more_calls, o.day_calls, o.other_part"
#define OPERATION_OUT	"uusuusssssuusssssuuuiis" "ssssuuu"
#define OPERATION_NCOLUMNS	30

/* Texts stay in the row's arena. */
void operation_fill(struct operation *, const struct row *);

/* The stored words; NULL for "none yet". */
const char *operation_version_word(enum op_version);
const char *operation_source_word(enum op_source);
const char *operation_method_word(enum op_method);

/* What a write verb's transaction works with. `page`'s own data starts with it. */
struct op_write {
	struct operation_id id;
	struct user_id by;
	int64_t now;
	struct arena *arena;
	enum refusal why;
	struct operation op;		/* as locked by op_lock */
};
/* Is the form older than what somebody else changed in this page? false: why = R_PAGE_CHANGED, or failed. */
bool op_unchanged(struct db *, struct op_write *, unsigned page, unsigned seen);
/* Locks the operation and reads it; false: failed, or why = R_NOT_FOUND. */
bool op_lock(struct db *, struct op_write *);
/* Runs `work` as one transaction; archived operations are refused. */
enum saved op_run(struct db *, bool (*work)(struct db *, void *), struct op_write *, enum refusal *why);

#endif
