/*
 * export_in.h - what the files of export.h share: where rows go, and who makes them.
 *
 *   export.c         the table export: ask, list, fetch, forget
 *   export_step.c    the file: cut back, written, closed
 *   export_people.c  rows of contacts and electors
 *   export_rows.c    rows of everything else
 */
#ifndef DOMAIN_EXPORT_IN_H
#define DOMAIN_EXPORT_IN_H

#include "domain/export.h"
#include "plumb/buf.h"
#include "plumb/db.h"

struct book;

/* Rows go here. A CSV is written whenever a megabyte has come together; a workbook takes each cell. */
struct sink {
	struct buf text;
	char separator;
	int fd;				/* -1: a workbook */
	struct book *book;
	bool begun;			/* the row has a cell */
	bool failed;			/* the disk said no, or a workbook is full (then `full`) */
	bool full;
	uint64_t rows, bytes;		/* of this step, the header not counted as a row */
};
void sink_text(struct sink *, const char *);		/* NULL is "" */
void sink_uint(struct sink *, uint64_t);
void sink_phone(struct sink *, const char *e164);
void sink_yes(struct sink *, bool, enum lang);
/* "2026-11-23 13:40:05" in that zone; "" for 0 */
void sink_moment(struct sink *, const char *zone, int64_t at);
void sink_end_row(struct sink *);

/* One page: rows after (last_id, last_part) up to cut, and the place moved on. False: failed. */
struct place { uint64_t last_id, last_part; bool end; };
bool export_people_header(struct db *, const struct export *, struct sink *, struct arena *);
bool export_people_page(struct db *, const struct export *, struct place *, struct sink *, struct arena *);
bool export_rows_header(struct db *, const struct export *, struct sink *, struct arena *);
bool export_rows_page(struct db *, const struct export *, struct place *, struct sink *, struct arena *);
/* The first and the last id there is now of what this export asks for; waits for rows that are being added below it. */
bool export_people_cut(struct db *, const struct export *, uint64_t *first, uint64_t *cut, struct arena *);
bool export_rows_cut(struct db *, const struct export *, uint64_t *first, uint64_t *cut, struct arena *);

/* export.c, for the worker */
enum found export_any(struct db *, struct export_id, struct export *, struct arena *);
const char *export_folder(struct arena *);

#endif
