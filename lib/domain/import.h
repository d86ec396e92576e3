/*
 * import.h - a file of people, from the upload to the last row.
 *
 * States: uploaded (columns are chosen), queued, running, done, failed, undoing, undone. The worker calls
 * import_step until it is finished. A step stores one page of rows, its refusals, its counters and its
 * place in the file in one transaction: killed at any moment, the next step goes on where that stopped.
 *
 * Who is who (domain/import_match.c): the party's file number, or section of vote and elector number;
 * without it the same name with the same phone, e-mail, birth date or address, if nothing contradicts.
 * A blank cell erases nothing; a second row of the same person within a file only fills what is blank;
 * tags and phones are added, notes are added below. So the same file twice changes nothing (fact 131).
 */
#ifndef DOMAIN_IMPORT_H
#define DOMAIN_IMPORT_H

#include "domain/custom.h"
#include "domain/ids.h"
#include "domain/import_field.h"
#include "domain/person.h"
#include "plumb/refusal.h"

struct arena;
struct db;

enum import_state { IMPORT_UPLOADED, IMPORT_QUEUED, IMPORT_RUNNING, IMPORT_DONE, IMPORT_FAILED, IMPORT_UNDOING, IMPORT_UNDONE };

/* A value that the file has otherwise: the file counts; only blanks are filled; somebody decides. */
enum import_rule { IMPORT_CORRECT, IMPORT_FILL, IMPORT_ASK };
const char *import_rule_code(enum import_rule);
enum import_rule import_rule_of(const char *code);	/* IMPORT_CORRECT when unknown */

#define IMPORT_UNDO_US (INT64_C(24) * 3600 * 1000000)	/* an import can be undone that long */

/* A column that goes to a field of the organisation's own; its mapping is IF_NONE. */
struct own_column { size_t column; uint64_t field; enum custom_form form; };

struct import {
	struct import_id id;
	struct organisation_id organisation;
	enum person_kind kind;
	enum import_state state;
	const char *file_name;		/* as the organiser named it */
	const char *path;		/* on disk */
	uint64_t bytes;
	const char *charset;
	char separator;			/* ; , or tab */
	bool workbook;			/* came as XLSX: charset and separator are ours */
	bool known;			/* the columns are those of an earlier import with the same header */
	enum import_rule rule;
	bool journal;			/* may be undone while its day lasts */
	enum import_field mapping[IMPORT_COLUMNS_MAX];	/* by column; IF_NONE: ignored */
	size_t ncolumns;
	struct own_column own[CUSTOM_FIELDS_MAX];
	size_t nown;
	const char *header[IMPORT_COLUMNS_MAX], *header_text;	/* cell by cell, and joined by U+001F */
	uint64_t offset, line;		/* how far the file is stored */
	uint64_t rows_read, rows_added, rows_updated, rows_same, rows_merged, rows_refused;
	uint64_t phones_refused, cells_refused;	/* the person was kept, the number or value left out */
	uint64_t undo_removed, undo_restored, undo_kept;	/* kept: used or changed since */
	struct user_id created_by;
	int64_t created_at, finished_at;
};

/* organisation 0: any, for the worker. */
enum found import_by_id(struct db *, struct organisation_id, struct import_id, struct import *, struct arena *);
/* The newest 50. */
bool import_list(struct db *, struct organisation_id, struct import **out, size_t *n, struct arena *);

/*
 * Takes an uploaded file into conf.data (the file at `upload_path` is moved; a workbook is written as CSV), guesses
 * charset, separator and columns; columns go where they went last time when a file with this header was imported.
 * SAVED with *out; REFUSED with *why: R_FILE_EMPTY, R_FILE_NOT_TEXT, R_SHEET_BROKEN, R_SHEET_TOO_LARGE.
 */
enum saved import_take(struct db *, struct organisation_id, struct user_id, enum person_kind,
    const char *file_name, const char *upload_path, uint64_t bytes, int64_t now,
    struct import_id *out, enum refusal *why, struct arena *);
/* Another charset or separator: header and columns are guessed anew. While uploaded only; not for a workbook (REFUSED). */
enum saved import_reshape(struct db *, struct organisation_id, struct user_id, struct import_id,
    const char *charset, char separator, int64_t now, struct arena *);
/* The columns of an earlier import were not meant: guesses them by their headers. While uploaded only. */
enum saved import_guess(struct db *, struct organisation_id, struct user_id, struct import_id, int64_t now);
/* Stores the columns, also for the next file with this header, and queues the job. ALREADY: it was queued before. REFUSED: R_COLUMN_TWICE, R_NO_NAME_COLUMN. */
enum saved import_start(struct db *, struct organisation_id, struct user_id, struct import_id,
    const enum import_field *mapping, size_t n, enum import_rule, int64_t now, enum refusal *why, struct arena *);

/* The same with what `columns` says of the organisation's own fields too (import_own_take). A field that is not there any
 * more, or was put away, is left out. */
enum saved import_start_columns(struct db *, struct organisation_id, struct user_id, struct import_id, const struct import *columns,
    enum import_rule, int64_t now, enum refusal *why, struct arena *);
/* NULL: that column goes to none. */
const struct own_column *import_own_at(const struct import *, size_t column);
/* The column goes to the field of that code (custom_code). False: no such code, or too many. */
bool import_own_take(struct import *, size_t column, const char *code);

/* Throws away a file that was not started: nothing of it stays. ALREADY: it was started, or is gone. */
enum saved import_discard(struct db *, struct organisation_id, struct user_id, struct import_id, int64_t now, struct arena *);

/* Values that differ, after IMPORT_ASK, still to be decided: the first `max`; *total counts them all. */
struct import_conflict { uint64_t id, line; struct person_id person; const char *last_name, *first_name; enum import_field field; const char *ours, *theirs; const char *own; };	/* own: the name, when it is a field of the organisation's own */
bool import_conflicts(struct db *, struct import_id, size_t max, struct import_conflict **out, size_t *n, uint64_t *total, struct arena *);
/* `take` and `keep` are ids of that import's conflicts; others are passed over. REFUSED: the import was undone meanwhile. */
enum saved import_decide(struct db *, const struct import *, struct user_id, const uint64_t *take, size_t ntake,
    const uint64_t *keep, size_t nkeep, int64_t now, struct arena *);
/* All, page by page; some thousands at most: *left tells how many are still open. */
enum saved import_decide_all(struct db *, const struct import *, struct user_id, bool take, int64_t now, uint64_t *left, struct arena *);

/* Pure: did it end less than a day ago, with something to undo? */
bool import_may_undo(const struct import *, int64_t now);
/* Queues the undoing, which import_step does too. People used or changed since stay. ALREADY: it is too late, or was asked before. */
enum saved import_undo(struct db *, struct organisation_id, struct user_id, struct import_id, int64_t now, struct arena *);
/* For the worker's upkeep: what only undoing needed goes when its day is over. */
bool import_forget(struct db *, int64_t now, struct arena *);

/* The first rows as they will be stored; at most `max`. */
struct import_sample {
	uint64_t line;
	const char **cell; size_t ncells;	/* as in the file, UTF-8 */
	struct person_row row;
	enum refusal refused;			/* the whole row */
};
bool import_preview(const struct import *, struct import_sample *out, size_t max, size_t *n, struct arena *);

struct import_refused {
	uint64_t line; unsigned column;		/* 0: the row; else the column, from 1 */
	bool whole_row; const char *reason, *cell;
	const char **cells; size_t ncells;	/* the row as it was read */
};
/* How often each reason occurs, most often first. */
struct import_reason { const char *reason; uint64_t times; };
bool import_reasons(struct db *, struct import_id, struct import_reason **out, size_t *n, struct arena *);
/* After (line, column), at most `max`; 0, 0 starts. */
bool import_refusals(struct db *, struct import_id, uint64_t after_line, unsigned after_column, size_t max,
    struct import_refused **out, size_t *n, struct arena *);

/*
 * For the worker. One page of rows; *finished is set when nothing is left to do (also when the
 * import has failed for good, which its state says). False: something failed now (the database); nothing is
 * lost, call again later. Keeps the file open between calls; memory stays flat if the arena is reset between them.
 */
bool import_step(struct db *, struct import_id, int64_t now, bool *finished, struct arena *);
/* How far a step has come, for the job's progress: bytes of the file. */
bool import_progress(struct db *, struct import_id, uint64_t *done, uint64_t *total, struct arena *);

#endif
