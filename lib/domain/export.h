/*
 * export.h - lists that leave the house as files: people, calls, answers, rows an import refused, the audit log
 * (facts 127, 128). Asked for by an organiser, made by the worker, kept for a day.
 *
 * What "one picture" means. Calls, answers and the audit log only ever grow: when the making begins, the newest id
 * is taken and whatever had begun below it is waited for; exactly the rows up to that id are in the file, however
 * long it takes and whatever is saved meanwhile. A database snapshot would say the same and would stop the
 * server's clean-up for as long. People change: who was there at that moment is in the file, each as the record was
 * when its page was read.
 *
 * A step stores a page of rows and its place in one transaction after the bytes are on disk; a worker that dies is
 * followed by another that cuts the file back to that place and goes on. A workbook cannot be gone on with: it
 * begins anew.
 */
#ifndef DOMAIN_EXPORT_H
#define DOMAIN_EXPORT_H

#include "domain/ids.h"
#include "domain/list.h"
#include "plumb/base.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

enum { EXPORT_HOURS = 24 };

/* Columns: enum, code, English, French. */
#define EXPORT_WHATS(X)									\
	X(EXPORT_CONTACTS, "contacts", "Contacts", "Contacts")				\
	X(EXPORT_ELECTORS, "electors", "Electors", "Électeurs")				\
	X(EXPORT_CALLS,    "calls",    "Calls", "Appels")				\
	X(EXPORT_ANSWERS,  "answers",  "Answers", "Réponses")				\
	X(EXPORT_REFUSED,  "refused",  "Rows refused by an import", "Lignes refusées d’une importation")	\
	X(EXPORT_AUDIT,    "audit",    "Audit log", "Journal d’audit")
#define AS_EXPORT_WHAT(id, code, en, fr) id,
enum export_what { EXPORT_WHATS(AS_EXPORT_WHAT) EXPORT__WHATS };
#undef AS_EXPORT_WHAT

enum export_format { EXPORT_SEMICOLON, EXPORT_COMMA, EXPORT_XLSX, EXPORT__FORMATS };

const char *export_what_code(enum export_what);
const char *export_what_label(enum export_what, enum lang);
enum export_what export_what_of(const char *code);		/* EXPORT__WHATS: unknown */
const char *export_format_code(enum export_format);		/* "semicolon", "comma", "xlsx" */
enum export_format export_format_of(const char *code);		/* EXPORT__FORMATS: unknown */

struct export_wish {
	enum export_what what;
	enum export_format format;
	enum lang lang;
	const struct people_filter *filter;	/* EXPORT_CONTACTS, EXPORT_ELECTORS; NULL: everybody */
	struct operation_id operation;		/* EXPORT_CALLS, EXPORT_ANSWERS; v = 0: all, administrators only */
	struct import_id import;		/* EXPORT_REFUSED */
	const char *from_day, *until_day;	/* YYYY-MM-DD, both days included, in `zone`; "" open */
	const char *zone;
	const unsigned char *form_key;		/* 16 bytes, made when the form was shown */
};

/* May this person export that? People and refused rows: organisers. Calls and answers: organisers who own the operation
 * (`owner`), and administrators. The audit log: administrators. Pure. */
bool export_may(enum role, enum export_what, bool owner);

/* Stores it, queues the job "export", notes it in the audit. REFUSED: R_NOT_ALLOWED, R_NOT_FOUND, R_END_BEFORE_START, R_TOO_LONG.
 * ALREADY: this form was sent before; *out is that export. */
enum saved export_start(struct db *, const struct who *, const struct export_wish *, int64_t now, struct export_id *out,
    enum refusal *why, struct arena *);

enum export_state { EXPORT_MAKING, EXPORT_DONE, EXPORT_FAILED, EXPORT_GONE };
struct export {
	struct export_id id;
	struct organisation_id organisation;
	enum export_what what;
	enum export_format format;
	enum lang lang;
	const char *filter, *zone, *file, *failed, *operation_name, *import_name, *by_name;
	struct operation_id operation;
	struct import_id import;
	int64_t from_at, until_at;		/* 0: open; until is the first moment that is out */
	enum export_state state;		/* FAILED also when its job was given up */
	uint64_t first, cut, last_id, last_part, rows, bytes;
	struct user_id by;
	int64_t created_at, begun_at, finished_at, expires_at;
};
/* Those this person may fetch: their own, an administrator all. Newest first, at most 50. */
bool export_list(struct db *, const struct who *, struct export **out, size_t *n, struct arena *);
/* NONE also when it is somebody else's. */
enum found export_by_id(struct db *, const struct who *, struct export_id, struct export *, struct arena *);

/* Where the file lies, and what it is called when it is saved ("calls-2026-11-28.csv"). */
const char *export_path(const struct export *, struct arena *);
const char *export_file_name(const struct export *, struct arena *);
const char *export_type(const struct export *);			/* its media type */
/* Notes that this person fetched it. REFUSED: R_NOT_FOUND when it is not done, or its day is over. */
enum saved export_fetched(struct db *, const struct who *, const struct export *, int64_t now, enum refusal *why);
unsigned export_percent(const struct export *);

/* What a form offers: operations that were called and that this person may export, newest first; imports that refused something. */
struct export_choice { uint64_t id; const char *name; int64_t at; };
bool export_operations(struct db *, const struct who *, struct export_choice **out, size_t *n, struct arena *);
bool export_imports(struct db *, const struct who *, struct export_choice **out, size_t *n, struct arena *);

/* --- for the worker --- */

/* About a second of work; see import_step. */
bool export_step(struct db *, struct export_id, int64_t now, bool *finished, struct arena *);
bool export_progress(struct db *, struct export_id, uint64_t *done, uint64_t *total, struct arena *);
/* A workbook is open in this process: another one would have to begin anew, so the job should stay. */
bool export_stays(struct export_id);
/* Deletes the files whose day is over, those of exports that failed, and what belongs to none. */
bool export_forget(struct db *, int64_t now, struct arena *);

#endif
