/*
 * sheet.h - the first visible sheet of an XLSX workbook, written as CSV. liborcus in sheet.cc opens the archive and
 * reads its XML.
 *
 * A workbook is a stranger's archive: it is read in a process of its own with limits on memory, time and size, so
 * that a bomb or a crash of the library ends only that.
 */
#ifndef PLUMB_SHEET_H
#define PLUMB_SHEET_H

#ifdef __cplusplus
extern "C" {
#endif
#include <stdbool.h>

enum sheet_verdict {
	SHEET_OK,
	SHEET_BROKEN,		/* no workbook, or one that cannot be read */
	SHEET_EMPTY,		/* its first sheet has no cell */
	SHEET_TOO_LARGE,	/* more than 2 GB unpacked, or two minutes of reading */
	SHEET_FAILED		/* the file cannot be written, or there is no process for it: not the workbook's fault */
};

/* Begins as every archive does? A CSV file never does. */
bool sheet_looks_like(const char *path);
/*
 * Writes `to` (which must not exist; it does not after any other answer): UTF-8, semicolons, a line of the file per
 * row of the sheet, every row as wide as the first one. Dates become YYYY-MM-DD, numbers plain digits, errors nothing;
 * a formula gives the value it had when the workbook was saved; a line break inside a cell becomes a CR.
 */
enum sheet_verdict sheet_to_csv(const char *path, const char *to);

#ifdef __cplusplus
}
#endif
#endif
