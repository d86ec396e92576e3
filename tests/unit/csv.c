/*
 * CSV files of every usual writing: charset and separator found, rows, line numbers and places kept, broken
 * quotation marks survived; cells that are safe for a spreadsheet.
 */
#include "check.h"

#include <unistd.h>

#include "plumb/base.h"
#include "plumb/buf.h"
#include "plumb/csv.h"

static char path[] = "/tmp/tocsin-csv-XXXXXX";

static void
put(const void *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	fwrite(bytes, 1, n, f);
	fclose(f);
}
static void put_text(const char *s) { put(s, strlen(s)); }

/* The whole file as "cell|cell@line\n"; marks for rows that are not whole. */
static const char *
all_rows(const struct csv_shape *shape)
{
	static struct buf b;
	struct csv *c = csv_open(path, shape, 0, 0);
	struct csv_row r;

	if (b.max == 0)
		buf_init(&b, 100000);
	buf_clear(&b);
	if (c == NULL)
		return "(no file)";
	while (csv_next(c, &r) == FOUND) {
		for (size_t i = 0; i < r.ncells; i++)
			buf_fmt(&b, "%s%s", i > 0 ? "|" : "", r.cell[i]);
		buf_fmt(&b, "@%u%s%s%s\n", (unsigned)r.line, r.too_long ? " long" : "", r.not_text ? " bytes" : "", r.bad_quote ? " quote" : "");
	}
	csv_close(c);
	return b.data == NULL ? "" : b.data;
}

static void
guesses(const char *name, const char *bytes, size_t n, const char *charset, char separator, bool text)
{
	struct csv_shape s;

	put(bytes, n);
	CHECK(csv_guess(path, &s));
	check_line_(s.text == text && (!text || (strcmp(s.charset, charset) == 0 && s.separator == separator)), name, __FILE__, __LINE__,
	    "text %d charset %s separator '%c'", s.text, s.charset, s.separator);
}
#define GUESS(name, bytes, ...)	guesses(name, bytes, sizeof(bytes) - 1, __VA_ARGS__)

static void
shapes(void)
{
	static char late[400 * 1024];

	GUESS("plain ASCII with semicolons", "Nom;Rue\nRoy;12, rue A\n", "UTF-8", ';', true);
	GUESS("UTF-8 with a mark and commas", "\xef\xbb\xbfNom,Ville\nRoy,Qu\xc3\xa9" "bec\n", "UTF-8", ',', true);
	GUESS("UTF-8 without a mark, tabs", "Nom\tVille\nRoy\tQu\xc3\xa9" "bec; Laval\n", "UTF-8", '\t', true);
	GUESS("Windows-1252", "Nom;Pr\xe9nom\nC\xf4t\xe9;Ang\xe8le d\x92" "Arc\n", "WINDOWS-1252", ';', true);
	GUESS("old Macintosh", "Nom;Pr\x8enom\rC\x99t\x8e;Ang\x8fle\r", "MACINTOSH", ';', true);
	GUESS("old DOS", "Nom;Pr\x82nom\r\nC\x93t\x82;Ang\x8ale\r\n", "CP850", ';', true);
	GUESS("UTF-16 with a mark", "\xff\xfeN\0;\0P\0\n\0R\0;\0\xe9\0\n\0", "UTF-16LE", ';', true);
	GUESS("UTF-16 without a mark", "\0N\0o\0m\0,\0P\0\n\0R\0o\0y\0,\0A\0\n", "UTF-16BE", ',', true);
	GUESS("separators inside quotation marks do not count", "Nom;Note\nRoy;\"a,b,c,d,e\"\nCyr;\"x,y,z,t,u\"\n", "UTF-8", ';', true);
	GUESS("a spreadsheet file is no text", "PK\003\004abc", "", 0, false);
	GUESS("a file with NULs is no text", "Nom;a\0b\nRoy;c\n", "", 0, false);
	GUESS("a picture is no text", "\x89PNG\r\n\x1a\n123", "", 0, false);
	/* the first accent far behind what is looked at first */
	memset(late, 'a', sizeof(late));
	for (size_t i = 99; i < sizeof(late); i += 100)
		late[i] = '\n';
	memcpy(late + sizeof(late) - 60, "Qu\xe9" "bec", 6);
	guesses("an accent at the end of a long file is seen", late, sizeof(late), "WINDOWS-1252", ';', true);
}

static void
rows(void)
{
	struct csv_shape utf8 = { "UTF-8", ';', true }, win = { "WINDOWS-1252", ';', true }, utf16 = { "UTF-16LE", ',', true };

	put_text("\xef\xbb\xbf" "a;b\r\n1;\"x;\r\ny \"\"z\"\"\"\r\n\r\n 2 ; 3\r\nlast;row");
	CHECK_EQ_S(all_rows(&utf8), "a|b@1\n1|x;\r\ny \"z\"@2\n2|3@5\nlast|row@6\n");
	put_text("sep=;\r\na;b\r\n1;2\r\n");
	CHECK_EQ_S(all_rows(&utf8), "a|b@2\n1|2@3\n");
	put_text("a;b\r1;2\r");
	CHECK_EQ_S(all_rows(&utf8), "a|b@1\n1|2@2\n");
	put_text("C\xf4t\xe9;\x80 5\nx;\x81\n");
	CHECK_EQ_S(all_rows(&win), "Côté|€ 5@1\nx|@2 bytes\n");
	put_text("a;C\xf4\n\n;;\nb;\n");
	CHECK_EQ_S(all_rows(&utf8), "a|@1 bytes\n||@3\nb|@4\n");
	put("\xff\xfe" "a\0,\0\xe9\0\r\0\n\0" "1\0,\0" "2\0", 18);
	CHECK_EQ_S(all_rows(&utf16), "a|é@1\n1|2@2\n");
	put_text("a;b\n\"never closed;1\n2;3\n4;5\n");
	CHECK_EQ_S(all_rows(&utf8), "a|b@1\n\"never closed;1@2 quote\n2|3@3\n4|5@4\n");
	put_text("");
	CHECK_EQ_S(all_rows(&utf8), "");
	put_text("\n\n\n");
	CHECK_EQ_S(all_rows(&utf8), "");
	put_text("a\"b;c\"\n1;2\n");
	CHECK_EQ_S(all_rows(&utf8), "a\"b|c\"@1\n1|2@2\n");
}

static void
long_cells(void)
{
	struct csv_shape utf8 = { "UTF-8", ';', true };
	struct csv_row r = { NULL, 0, 0, false, false, false };
	char *big = must_alloc(3 * 1024 * 1024);
	struct csv *c;

	memset(big, 'x', 100000);
	memcpy(big + 100000, ";2\n3;4\n", 8);
	put_text(big);
	c = csv_open(path, &utf8, 0, 0);
	CHECK_CASE("a cell of 100 kB is cut and says so", csv_next(c, &r) == FOUND && r.too_long && strlen(r.cell[0]) == 64 * 1024 && r.ncells == 2);
	CHECK_CASE("the next row is whole", csv_next(c, &r) == FOUND && !r.too_long && strcmp(r.cell[1], "4") == 0);
	csv_close(c);
	memset(big, 'y', 3 * 1024 * 1024 - 1);
	big[0] = '"';
	for (size_t i = 100; i < 3 * 1024 * 1024 - 1; i += 100)
		big[i] = '\n';
	put_text(big);
	c = csv_open(path, &utf8, 0, 0);
	CHECK_CASE("a mark that is never closed costs one line of 3 MB", csv_next(c, &r) == FOUND && r.bad_quote && r.line == 1 &&
	    csv_next(c, &r) == FOUND && !r.bad_quote && r.line == 2);
	csv_close(c);
	free(big);
}

/* From any row on, as after a kill. */
static void
places(void)
{
	struct csv_shape win = { "WINDOWS-1252", ';', true };
	uint64_t at[100], line[100];
	struct csv_row r;
	struct csv *c = csv_open("tests/data/contacts-1252.csv", &win, 0, 0);
	unsigned n = 0, same = 0;
	char first[100][64];

	if (c == NULL) {
		CHECK_CASE("the sample file is there (run from the tree's root)", false);
		return;
	}
	for (; n < 100; n++) {
		at[n] = csv_offset(c);
		line[n] = csv_line(c);
		if (csv_next(c, &r) != FOUND)
			break;
		snprintf(first[n], sizeof(first[n]), "%s|%s@%u", r.cell[0], r.cell[2], (unsigned)r.line);
	}
	csv_close(c);
	for (unsigned i = 0; i < n; i++) {
		char got[64];
		c = csv_open("tests/data/contacts-1252.csv", &win, at[i], line[i]);
		if (csv_next(c, &r) == FOUND) {
			snprintf(got, sizeof(got), "%s|%s@%u", r.cell[0], r.cell[2], (unsigned)r.line);
			same += strcmp(got, first[i]) == 0;
		}
		csv_close(c);
	}
	CHECK_CASE("reading goes on at every row's place, with its line number", n == 100 && same == 100);
}

static void
cells(void)
{
	static const struct { const char *value, *want; } list[] = {
		{ "Roy", "Roy" }, { "", "" }, { "a;b", "\"a;b\"" }, { "dit \"le Grand\"", "\"dit \"\"le Grand\"\"\"" }, { "a\nb", "\"a\nb\"" },
		{ "=1+1", "\"'=1+1\"" }, { "+1 514", "\"'+1 514\"" }, { "-2", "\"'-2\"" }, { "@cmd", "\"'@cmd\"" }, { "\tx", "\"'\tx\"" },
		{ "\rx", "\"'\rx\"" }, { "=\"a\"", "\"'=\"\"a\"\"\"" }, { " x", "\" x\"" },
	};
	struct buf b;

	buf_init(&b, 1000);
	for (size_t i = 0; i < NITEMS(list); i++) {
		buf_clear(&b);
		csv_cell(&b, list[i].value, ';');
		check_s_("fact 127: a cell is quoted and neutralised", b.data == NULL ? "" : b.data, list[i].want, __FILE__, __LINE__);
	}
	buf_free(&b);
}

int
main(void)
{
	close(mkstemp(path));
	shapes();
	rows();
	long_cells();
	places();
	cells();
	unlink(path);
	return check_done();
}
