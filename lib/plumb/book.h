/*
 * book.h - a workbook (XLSX) of one sheet, written row by row in flat memory, by libxlsxwriter.
 *
 * Texts stay texts: a cell that starts with = is no formula. What the library buffers lies in `folder`, in files
 * without a name, so nothing stays behind when the process is killed.
 */
#ifndef PLUMB_BOOK_H
#define PLUMB_BOOK_H

#include "plumb/base.h"

struct book;

enum { BOOK_ROWS_MOST = 1048576, BOOK_CELL_MOST = 32767 };	/* of a sheet, its header included; characters */

/* NULL: cannot be made. The file appears when it is closed. */
struct book *book_new(const char *path, const char *folder);
void book_text(struct book *, const char *value);	/* the next cell of the row; what is too long is cut */
void book_number(struct book *, double value);
void book_end_row(struct book *);
bool book_is_full(const struct book *);			/* there is no room for another row */
/* Writes the file; false: it could not be written. Either way the book is gone. */
bool book_close(struct book **);
void book_drop(struct book **);				/* without a file; NULL inside is fine */

#endif
