/*
 * book.c - see book.h.
 */
#include "plumb/book.h"

#include <xlsxwriter.h>

#include "plumb/arena.h"
#include "plumb/log.h"
#include "plumb/text.h"

struct book {
	lxw_workbook *work;
	lxw_worksheet *sheet;
	lxw_row_t row;
	lxw_col_t column;
	struct arena *arena;		/* paths, which the library borrows */
};

struct book *
book_new(const char *path, const char *folder)
{
	struct arena *a = arena_new();
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = arena_strdup(a, folder) };
	struct book *b = must_alloc(sizeof(*b));

	*b = (struct book){ .arena = a, .work = workbook_new_opt(arena_strdup(a, path), &options) };
	if (b->work != NULL)
		b->sheet = workbook_add_worksheet(b->work, NULL);
	if (b->sheet != NULL) {
		worksheet_freeze_panes(b->sheet, 1, 0);
		return b;
	}
	log_error("a workbook cannot be made in %s", folder);
	book_drop(&b);
	return NULL;
}

void
book_text(struct book *b, const char *value)
{
	struct arena *a = NULL;

	if (text_chars(value) > BOOK_CELL_MOST)
		value = text_cut(a = arena_new(), value, BOOK_CELL_MOST);
	if (*value != '\0')
		worksheet_write_string(b->sheet, b->row, b->column, value, NULL);
	b->column++;
	arena_free(a);
}

void
book_number(struct book *b, double value)
{
	worksheet_write_number(b->sheet, b->row, b->column++, value, NULL);
}

void
book_end_row(struct book *b)
{
	b->row++;
	b->column = 0;
}

bool
book_is_full(const struct book *b)
{
	return b->row >= BOOK_ROWS_MOST;
}

static void
forget(struct book **b)
{
	arena_free((*b)->arena);
	free(*b);
	*b = NULL;
}

bool
book_close(struct book **b)
{
	lxw_error e = workbook_close((*b)->work);	/* frees it, too */

	if (e != LXW_NO_ERROR)
		log_error("a workbook cannot be written: %s", lxw_strerror(e));
	forget(b);
	return e == LXW_NO_ERROR;
}

void
book_drop(struct book **b)
{
	if (*b == NULL)
		return;
	if ((*b)->work != NULL)
		lxw_workbook_free((*b)->work);
	forget(b);
}
