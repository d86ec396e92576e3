/*
 * table.c - a CSV file of any common writing, or lines that were pasted, as rows of cells.
 */
#include "plumb/arena.h"
#include "plumb/csv.h"
#include "plumb/text.h"

#include "table.h"

static void
add_row(struct arena *a, struct table *t, const char *const *cell, size_t n)
{
	struct table_row *r = &t->row[t->n];
	bool blank = true;

	r->n = n < TABLE_CELLS ? n : TABLE_CELLS;
	r->cell = arena_alloc(a, (r->n + 1) * sizeof(*r->cell));
	for (size_t i = 0; i < r->n; i++) {
		r->cell[i] = text_trim(a, cell[i]);
		blank = blank && *r->cell[i] == '\0';
	}
	t->n += !blank;
}

static enum refusal
from_file(struct arena *a, const char *path, size_t max, struct table *t)
{
	struct csv_shape shape;
	struct csv_row row;
	enum found f = NONE;
	struct csv *c;

	if (!csv_guess(path, &shape))
		return R_BUSY;
	if (!shape.text)
		return R_FILE_NOT_TEXT;
	if ((c = csv_open(path, &shape, 0, 1)) == NULL)
		return R_BUSY;
	while (t->n < max && (f = csv_next(c, &row)) == FOUND)
		if (!row.not_text)
			add_row(a, t, row.cell, row.ncells);
	if (t->n == max)
		f = csv_next(c, &row);
	csv_close(c);
	return f == FAILED ? R_BUSY : f == FOUND ? R_TOO_LARGE : R_NONE;
}

/* As spreadsheets copy them (tabs), as files have them (; or ,), or with a space between. */
static enum refusal
from_text(struct arena *a, const char *text, size_t max, struct table *t)
{
	const char *line[2] = { text, NULL }, *cell[TABLE_CELLS];

	while (line[0] != NULL && *line[0] != '\0') {
		const char *end = strchr(line[0], '\n');
		char *one = end == NULL ? arena_strdup(a, line[0]) : arena_strndup(a, line[0], (size_t)(end - line[0]));
		char separator = strchr(one, '\t') != NULL ? '\t' : strchr(one, ';') != NULL ? ';' : strchr(one, ',') != NULL ? ',' : '\n';
		if (t->n == max)
			return R_TOO_LARGE;
		add_row(a, t, cell, text_split(a, one, separator, cell, NITEMS(cell)));
		line[0] = end == NULL ? NULL : end + 1;
	}
	return R_NONE;
}

enum refusal
table_read(struct req *rq, unsigned file, unsigned pasted, size_t max, struct table *out)
{
	struct arena *a = rq_arena(rq);
	enum refusal why;
	struct upload up;

	*out = (struct table){ .row = arena_alloc(a, (max + 1) * sizeof(*out->row)) };
	if (in_upload(rq, file, &up))
		why = from_file(a, up.path, max, out);
	else if (!in_blank(rq, pasted))
		why = in_refusal(rq, pasted) != R_NONE ? in_refusal(rq, pasted) : from_text(a, in_text(rq, pasted), max, out);
	else
		return in_given(rq, file) && !in_blank(rq, file) ? R_FILE_EMPTY : R_MISSING;
	return why == R_NONE && out->n == 0 ? R_FILE_EMPTY : why;
}

const char *
table_cell(const struct table_row *r, size_t column)
{
	return column < r->n ? r->cell[column] : "";
}
