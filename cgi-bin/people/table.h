/*
 * table.h - rows that somebody brings in a file or pastes: cells as text, nothing more.
 */
#ifndef PEOPLE_TABLE_H
#define PEOPLE_TABLE_H

#include "plumb/base.h"
#include "plumb/req.h"

enum { TABLE_CELLS = 40 };
struct table_row { const char **cell; size_t n; };
struct table { struct table_row *row; size_t n; };

/* From the field `file`, else from the text of `pasted`; at most `max` rows. R_NONE, R_MISSING, R_FILE_NOT_TEXT,
 * R_FILE_EMPTY, R_TOO_LARGE, R_BUSY. */
enum refusal table_read(struct req *, unsigned file, unsigned pasted, size_t max, struct table *out);
/* "" when the row is shorter. */
const char *table_cell(const struct table_row *, size_t column);

#endif
