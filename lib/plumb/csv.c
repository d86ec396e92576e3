/*
 * csv.c - rows of a CSV file by libcsv, one line of the file at a time, so that the place after
 * each row is known exactly.
 *
 * Charsets in which ASCII bytes are always ASCII (UTF-8 and all single-byte sets) are parsed as bytes and
 * converted cell by cell; the others, UTF-16 first, are converted into a temporary file before.
 */
#include "plumb/csv.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>

#include "plumb/buf.h"
#include "plumb/log.h"
#include "plumb/text.h"

enum {
	PART_BYTES = 64 * 1024,
	CELL_MAX   = 64 * 1024,		/* longer cells are cut */
	ROW_MAX    = 1024 * 1024,	/* a quotation mark open for longer was never meant as one */
	CELLS_MAX  = 1000,
	RESCUES_MAX = 100		/* lines reread after an open quotation mark, so that time stays bounded */
};

struct csv {
	FILE *f;
	struct csv_parser parser;
	iconv_t cd;			/* (iconv_t)-1: the cells are UTF-8 */
	char newline;
	unsigned char part[PART_BYTES];
	size_t at, len;			/* unread bytes of part */
	uint64_t offset, line;		/* of the next byte */
	uint64_t row_offset, row_line;
	unsigned rescues;
	bool row_done, ended;
	struct buf text;		/* the row's cells, each with its NUL */
	size_t start[CELLS_MAX];
	const char *cell[CELLS_MAX];
	size_t ncells;
	bool too_long, not_text;
};

static int is_lf(unsigned char c) { return c == '\n'; }
static int is_cr(unsigned char c) { return c == '\r'; }
static int is_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\r'; }
static int is_space_only(unsigned char c) { return c == ' ' || c == '\r'; }

static bool
ascii_transparent(const char *charset)
{
	static const char *const kinds[] = { "UTF-8", "ASCII", "WINDOWS-125", "ISO-8859-", "CP8", "CP4", "IBM8", "KOI8",
		"MAC", "TIS-620", "VISCII" };

	for (size_t i = 0; i < NITEMS(kinds); i++)
		if (strncmp(charset, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

bool
csv_shape_ok(const struct csv_shape *s)
{
	iconv_t cd;

	if (s->separator == '\0' || strchr(";,\t", s->separator) == NULL || *s->charset == '\0')
		return false;
	if ((cd = iconv_open("UTF-8", s->charset)) == (iconv_t)-1)
		return false;
	iconv_close(cd);
	return true;
}

/* The whole file as UTF-8 in a file without a name; a byte that means nothing becomes a NUL, which marks its row. */
static FILE *
converted(FILE *in, const char *charset)
{
	static char from[PART_BYTES], to[PART_BYTES * 3];
	iconv_t cd = iconv_open("UTF-8", charset);
	FILE *out = cd == (iconv_t)-1 ? NULL : tmpfile();
	size_t kept = 0, n;

	while (out != NULL && (n = fread(from + kept, 1, sizeof(from) - kept, in)) + kept > 0) {
		char *ip = from, *op = to;
		size_t ileft = n + kept, oleft = sizeof(to);
		while (ileft > 0 && iconv(cd, &ip, &ileft, &op, &oleft) == (size_t)-1) {
			if (errno != EILSEQ && !(errno == EINVAL && n == 0))
				break;
			*op++ = '\0';
			oleft--;
			ip++;
			ileft--;
		}
		if (fwrite(to, 1, (size_t)(op - to), out) != (size_t)(op - to)) {
			fclose(out);
			out = NULL;
			break;
		}
		memmove(from, ip, ileft);
		kept = ileft;
	}
	if (cd != (iconv_t)-1)
		iconv_close(cd);
	fclose(in);
	if (out == NULL)
		log_error("csv: no conversion from %s: %s", charset, strerror(errno));
	return out;
}

static bool
refill(struct csv *c)
{
	if (c->at < c->len)
		return true;
	c->at = 0;
	c->len = fread(c->part, 1, sizeof(c->part), c->f);
	return c->len > 0;
}

static bool
seek(struct csv *c, uint64_t offset, uint64_t line)
{
	c->at = c->len = 0;
	c->offset = offset;
	c->line = line;
	c->ended = false;
	return fseeko(c->f, (off_t)offset, SEEK_SET) == 0;
}

static bool
parser_start(struct csv *c, char separator)
{
	if (csv_init(&c->parser, 0) != 0)
		return false;
	csv_set_delim(&c->parser, (unsigned char)separator);
	csv_set_term_func(&c->parser, c->newline == '\n' ? is_lf : is_cr);
	csv_set_space_func(&c->parser, separator == '\t' ? is_space_only : is_blank);
	return true;
}

/* The byte order mark, and Excel's line "sep=;". */
static void
skip_head(struct csv *c)
{
	size_t n = 0;

	if (!refill(c))
		return;
	if (c->len >= 3 && memcmp(c->part, "\xef\xbb\xbf", 3) == 0)
		n = 3;
	if (c->len >= n + 5 && memcmp(c->part + n, "sep=", 4) == 0) {
		unsigned char *end = memchr(c->part + n, c->newline, c->len - n);
		if (end != NULL && end - (c->part + n) <= 6) {
			n = (size_t)(end - c->part) + 1;
			c->line++;
		}
	}
	c->at = n;
	c->offset = n;
}

struct csv *
csv_open(const char *path, const struct csv_shape *shape, uint64_t offset, uint64_t line)
{
	struct csv *c = must_alloc(sizeof(*c));

	c->cd = (iconv_t)-1;
	c->newline = '\n';
	buf_init(&c->text, 4 * ROW_MAX);
	if ((c->f = fopen(path, "rb")) == NULL) {
		log_error("csv: %s: %s", path, strerror(errno));
		goto fail;
	}
	if (!ascii_transparent(shape->charset)) {
		if ((c->f = converted(c->f, shape->charset)) == NULL)
			goto fail;
		rewind(c->f);
	} else if (strcmp(shape->charset, "UTF-8") != 0 &&
	    (c->cd = iconv_open("UTF-8", shape->charset)) == (iconv_t)-1) {
		log_error("csv: unknown charset %s", shape->charset);
		goto fail;
	}
	/* files of old Macintoshes end their lines with CR alone */
	if (refill(c) && memchr(c->part, '\n', c->len) == NULL && memchr(c->part, '\r', c->len) != NULL)
		c->newline = '\r';
	if (!seek(c, offset, line > 0 ? line : 1) || !parser_start(c, shape->separator))
		goto fail;
	if (offset == 0)
		skip_head(c);
	return c;
fail:
	csv_close(c);
	return NULL;
}

void
csv_close(struct csv *c)
{
	if (c == NULL)
		return;
	if (c->f != NULL)
		fclose(c->f);
	if (c->cd != (iconv_t)-1)
		iconv_close(c->cd);
	csv_free(&c->parser);
	buf_free(&c->text);
	free(c);
}

/* Appends a cell in UTF-8. */
static void
put_cell(struct csv *c, const char *s, size_t n)
{
	if (n > CELL_MAX) {
		c->too_long = true;
		n = CELL_MAX;
		while (c->cd == (iconv_t)-1 && n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;		/* between two characters */
	}
	if (c->cd == (iconv_t)-1) {
		if (!text_is_utf8(s, n))
			c->not_text = true;
		else
			buf_bytes(&c->text, s, n);
	} else {
		char piece[1024], *from = (char *)(uintptr_t)s;
		iconv(c->cd, NULL, NULL, NULL, NULL);
		while (n > 0) {
			char *to = piece;
			size_t room = sizeof(piece);
			size_t r = iconv(c->cd, &from, &n, &to, &room);
			buf_bytes(&c->text, piece, (size_t)(to - piece));
			if (r == (size_t)-1 && errno != E2BIG) {
				c->not_text = true;
				break;
			}
		}
		if (memchr(c->text.data == NULL ? "" : c->text.data + c->start[c->ncells], '\0',
		    c->text.data == NULL ? 0 : c->text.len - c->start[c->ncells]) != NULL)
			c->not_text = true;
	}
	buf_bytes(&c->text, "", 1);
}

static void
on_cell(void *s, size_t n, void *ctx)
{
	struct csv *c = ctx;

	if (c->ncells == CELLS_MAX) {
		c->too_long = true;
		return;
	}
	c->start[c->ncells] = c->text.len;
	put_cell(c, s == NULL ? "" : s, n);
	c->ncells++;
}

static void
on_row(int end, void *ctx)
{
	struct csv *c = ctx;

	(void)end;
	c->row_done = true;
}

/* Gives the parser the next line, or a part of it. False: the file has ended. */
static bool
feed_line(struct csv *c)
{
	unsigned char *end;
	size_t n;

	if (!refill(c))
		return false;
	end = memchr(c->part + c->at, c->newline, c->len - c->at);
	n = end == NULL ? c->len - c->at : (size_t)(end - (c->part + c->at)) + 1;
	csv_parse(&c->parser, c->part + c->at, n, on_cell, on_row, c);
	c->at += n;
	c->offset += n;
	c->line += end != NULL;
	return true;
}

static void
row_clear(struct csv *c)
{
	buf_clear(&c->text);
	c->ncells = 0;
	c->row_done = c->too_long = c->not_text = false;
}

/* The row began with a quotation mark that nothing closes: give its first line alone, go on with the next. */
static enum found
rescue(struct csv *c, struct csv_row *row)
{
	char separator = (char)csv_get_delim(&c->parser);
	unsigned char *end;
	size_t n;

	csv_free(&c->parser);
	row_clear(c);
	if (!parser_start(c, separator))
		return FAILED;
	if (c->rescues++ < RESCUES_MAX && !seek(c, c->row_offset, c->row_line))
		return FAILED;
	do {				/* to the end of that line */
		if (!refill(c))
			break;
		end = memchr(c->part + c->at, c->newline, c->len - c->at);
		n = end == NULL ? c->len - c->at : (size_t)(end - (c->part + c->at)) + 1;
		if (c->ncells == 0)
			on_cell(c->part + c->at, n > CELL_MAX ? CELL_MAX : end == NULL ? n : n - 1, c);
		c->at += n;
		c->offset += n;
		c->line += end != NULL;
	} while (end == NULL);
	c->cell[0] = c->ncells > 0 && c->text.data != NULL ? c->text.data : "";
	*row = (struct csv_row){ .cell = c->cell, .ncells = 1, .line = c->row_line, .bad_quote = true };
	return FOUND;
}

enum found
csv_next(struct csv *c, struct csv_row *row)
{
	row_clear(c);
	c->row_offset = c->offset;
	c->row_line = c->line;
	while (!c->row_done) {
		if (c->ended)
			return NONE;
		if (feed_line(c)) {
			if (!c->row_done && c->offset - c->row_offset > ROW_MAX)
				return rescue(c, row);
			if (!c->row_done && c->ncells == 0 && c->parser.pstate == 0) {
				c->row_offset = c->offset;	/* an empty line */
				c->row_line = c->line;
			}
			continue;
		}
		if (ferror(c->f)) {
			log_error("csv: the file cannot be read");
			return FAILED;
		}
		if (c->parser.quoted && c->parser.pstate == 2)	/* still inside quotation marks */
			return rescue(c, row);
		c->ended = true;
		csv_fini(&c->parser, on_cell, on_row, c);
	}
	for (size_t i = 0; i < c->ncells; i++)
		c->cell[i] = c->text.full ? "" : c->text.data + c->start[i];
	*row = (struct csv_row){ .cell = c->cell, .ncells = c->ncells, .line = c->row_line,
	    .too_long = c->too_long || c->text.full, .not_text = c->not_text };
	return FOUND;
}

uint64_t csv_offset(const struct csv *c) { return c->offset; }
uint64_t csv_line(const struct csv *c) { return c->line; }

void
csv_cell(struct buf *b, const char *value, char separator)
{
	bool guard = *value != '\0' && strchr("=+-@\t\r", *value) != NULL;
	char special[] = { '"', '\n', '\r', separator, '\0' };

	if (!guard && *value != ' ' && strpbrk(value, special) == NULL) {
		buf_text(b, value);
		return;
	}
	buf_text(b, guard ? "\"'" : "\"");
	for (const char *p = value; *p != '\0'; p++)
		buf_bytes(b, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
	buf_text(b, "\"");
}
