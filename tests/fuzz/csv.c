/*
 * csv.c - files of any bytes: charset and separator guessed, rows read. What must hold: every cell that is
 * not marked is valid UTF-8 without NUL, line numbers and places only grow, reading goes on at a row's place with the
 * same next row, and a row becomes values or a refusal, never a crash.
 */
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/buf.h"
#include "plumb/csv.h"
#include "plumb/text.h"

#include "domain/import_field.h"

enum { ROWS_MOST = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *
write_file(const uint8_t *data, size_t n)
{
	static char path[] = "/tmp/tocsin-fuzz-XXXXXX";
	static FILE *f;

	if (f == NULL)
		f = fdopen(mkstemp(path), "wb");
	rewind(f);
	if (ftruncate(fileno(f), 0) != 0 || (n > 0 && fwrite(data, 1, n, f) != n) || fflush(f) != 0)
		abort();
	return path;
}

/* The row after `offset`, as text. */
static char *
row_at(struct arena *a, const char *path, const struct csv_shape *shape, uint64_t offset, uint64_t line)
{
	struct csv *c = csv_open(path, shape, offset, line);
	struct csv_row r;
	char *text = NULL;

	if (csv_next(c, &r) == FOUND)
		text = arena_fmt(a, "%llu %zu %s", (unsigned long long)r.line, r.ncells, r.ncells > 0 ? r.cell[0] : "");
	csv_close(c);
	return text;
}

static void
read_all(struct arena *a, const char *path, const struct csv_shape *shape)
{
	enum import_field mapping[IMPORT_COLUMNS_MAX] = { IF_LAST_NAME, IF_PHONE_HOME, IF_BIRTH_DATE, IF_DONATIONS, IF_TAGS, IF_STREET };
	struct csv *c = csv_open(path, shape, 0, 0);
	struct person_row person;
	uint64_t offset = 0, line = 0, before = 0;
	struct csv_row r;

	assert(c != NULL);
	for (unsigned i = 0; i < ROWS_MOST && csv_next(c, &r) == FOUND; i++) {
		struct buf out;
		assert(r.line > line && csv_offset(c) >= before);
		line = r.line;
		before = csv_offset(c);
		buf_init_in(&out, a, 1 << 22);
		for (size_t k = 0; k < r.ncells; k++) {
			assert(r.not_text || text_is_utf8(r.cell[k], strlen(r.cell[k])));
			csv_cell(&out, r.cell[k], shape->separator);
			assert(*r.cell[k] == '\0' || out.len > 0);
		}
		if (!r.not_text && r.ncells > 0)
			import_read_row(a, mapping, r.ncells < 6 ? r.ncells : 6, r.cell, r.ncells, &person);
		if (i == 3 && !r.bad_quote) {
			const char *again, *now;
			offset = csv_offset(c);
			again = row_at(a, path, shape, offset, csv_line(c));
			now = csv_next(c, &r) == FOUND ? arena_fmt(a, "%llu %zu %s", (unsigned long long)r.line, r.ncells, r.ncells > 0 ? r.cell[0] : "") : NULL;
			assert((again == NULL) == (now == NULL) && (now == NULL || strcmp(now, again) == 0));
			line = now == NULL ? line : r.line;
		}
	}
	csv_close(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *a;
	struct csv_shape shape, fixed[] = { { "UTF-8", ',', true }, { "WINDOWS-1252", ';', true }, { "UTF-16LE", '\t', true } };
	const char *path = write_file(data, n);

	if (a == NULL)
		a = arena_new();
	assert(csv_guess(path, &shape));
	if (shape.text) {
		assert(csv_shape_ok(&shape));
		read_all(a, path, &shape);
	}
	read_all(a, path, &fixed[n % 3]);
	arena_reset(a);
	return 0;
}
