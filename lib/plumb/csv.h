/*
 * csv.h - a CSV file of any common writing, row by row, by libcsv, uchardet and iconv, in flat memory.
 */
#ifndef PLUMB_CSV_H
#define PLUMB_CSV_H

#include "plumb/base.h"

struct arena;
struct csv;

struct csv_shape {
	char charset[31];	/* iconv's name: "UTF-8", "WINDOWS-1252", "UTF-16LE", ... */
	char separator;		/* ; , or tab */
	bool text;		/* false: this is no text file */
};

/* Looks at the first 256 KiB, and for UTF-8 at every byte: the first accent may come late. False: cannot be read. */
bool csv_guess(const char *path, struct csv_shape *out);

/* A charset that can be read, and one of the three separators? */
bool csv_shape_ok(const struct csv_shape *);

/* Opens at the first row, or at the byte offset of a row boundary that csv_offset gave. NULL: cannot. */
struct csv *csv_open(const char *path, const struct csv_shape *, uint64_t offset, uint64_t line);
struct csv_row {
	const char **cell;	/* UTF-8, NUL-terminated; valid until the next call */
	size_t ncells;
	uint64_t line;		/* of the file, where the row starts, from 1 */
	bool too_long;		/* a cell was longer than 64 KiB and was cut */
	bool not_text;		/* bytes that the charset does not have, or a NUL */
	bool bad_quote;		/* a quotation mark is never closed: one cell, the line; the next row is the next line */
};
enum found csv_next(struct csv *, struct csv_row *);	/* NONE: the end; FAILED: logged */
uint64_t csv_offset(const struct csv *);		/* byte after the last row given (of the UTF-8 form, for UTF-16) */
uint64_t csv_line(const struct csv *);
void csv_close(struct csv *);				/* NULL is fine */

/* One cell for a file people open in Excel: quoted, and neutralised when it starts with = + - @ tab or CR. */
struct buf;
void csv_cell(struct buf *, const char *value, char separator);

#endif
