/* An XLSX workbook, put together here part by part (stored, not packed), to CSV. */
#include "check.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "plumb/base.h"
#include "plumb/sheet.h"

struct entry { const char *name, *text; };

static uint32_t
crc(const char *s, size_t n)
{
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		c ^= (unsigned char)s[i];
		for (int k = 0; k < 8; k++)
			c = c & 1 ? c >> 1 ^ 0xedb88320 : c >> 1;
	}
	return ~c;
}

static void
put(FILE *f, uint32_t v, int bytes)
{
	while (bytes-- > 0) {
		fputc((int)(v & 255), f);
		v >>= 8;
	}
}

/* `claimed`: what the archive says of the first entry's size; 0: the truth. */
static void
write_zip(const char *path, const struct entry *e, size_t n, uint32_t claimed)
{
	FILE *f = fopen(path, "wb");
	long start[10], dir;

	for (size_t i = 0; i < n; i++) {
		uint32_t len = (uint32_t)strlen(e[i].text), size = i == n - 1 && claimed > 0 ? claimed : len;
		start[i] = ftell(f);
		put(f, 0x04034b50, 4), put(f, 20, 2), put(f, 0, 2), put(f, 0, 2), put(f, 0, 4), put(f, crc(e[i].text, len), 4);
		put(f, size, 4), put(f, size, 4), put(f, (uint32_t)strlen(e[i].name), 2), put(f, 0, 2);
		fputs(e[i].name, f);
		fputs(e[i].text, f);
	}
	dir = ftell(f);
	for (size_t i = 0; i < n; i++) {
		uint32_t len = (uint32_t)strlen(e[i].text), size = i == n - 1 && claimed > 0 ? claimed : len;
		put(f, 0x02014b50, 4), put(f, 20, 2), put(f, 20, 2), put(f, 0, 4), put(f, 0, 4), put(f, crc(e[i].text, len), 4);
		put(f, size, 4), put(f, size, 4), put(f, (uint32_t)strlen(e[i].name), 2), put(f, 0, 2), put(f, 0, 2), put(f, 0, 2);
		put(f, 0, 2), put(f, 0, 4), put(f, (uint32_t)start[i], 4);
		fputs(e[i].name, f);
	}
	long end = ftell(f);
	put(f, 0x06054b50, 4), put(f, 0, 4), put(f, (uint32_t)n, 2), put(f, (uint32_t)n, 2), put(f, (uint32_t)(end - dir), 4);
	put(f, (uint32_t)dir, 4), put(f, 0, 2);
	fclose(f);
}

#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS(inner) "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" \
	inner "</Relationships>"

static const char rels[] = RELS("<Relationship Id=\"rId1\" Type=\"" R "/officeDocument\" Target=\"xl/workbook.xml\"/>");
static const char book_rels[] = RELS("<Relationship Id=\"rId1\" Type=\"" R "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" R "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" R "/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId4\" Type=\"" R "/sharedStrings\" Target=\"sharedStrings.xml\"/>");
static const char book[] = "<workbook xmlns:r=\"" R "\"><workbookPr/><sheets>"
    "<sheet name=\"Caché\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/><sheet name=\"Membres\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>";
static const char style[] = "<styleSheet><numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd;@\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ &quot;dollars&quot;\"/><numFmt numFmtId=\"166\" formatCode=\"[Red]0\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
static const char shared[] = "<sst><si><t>Nom</t></si><si><t>Prénom</t></si><si><t>Téléphone</t></si><si><t>Naissance</t></si>"
    "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">C\xc3\xb4t</t></r><r><t>é &amp; fils</t></r><rPh><t>x</t></rPh></si>"
    "<si><t>a_x000D_\nb</t></si><si><t>dit \"Jo\"; ok</t></si></sst>";
static const char sheet[] = "<worksheet><sheetPr/><sheetData>"
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c></row>"
    "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>4</v></c><c r=\"C2\"><v>5145550123</v></c><c r=\"D2\" s=\"1\"><v>33239</v></c></row>"
    "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>&lt;b&gt;</t></is></c><c r=\"B4\" t=\"s\"><v>5</v></c><c r=\"C4\"><v>5.145550123E9</v></c>"
    "<c r=\"D4\" s=\"2\"><v>59</v></c></row>"
    "<row><c t=\"str\"><f>A2&amp;\"x\"</f><v>=calc</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"b\"><v>1</v></c><c s=\"3\"><v>12.300000000000001</v></c></row>"
    "<row r=\"6\"><c r=\"A6\" t=\"s\"><v>6</v></c><c r=\"B6\" s=\"4\"><v>42</v></c><c r=\"C6\" t=\"s\"><v>99</v></c><c r=\"D6\" s=\"5\"><v>45000.5</v></c>"
    "<c r=\"E6\" t=\"str\"><v>de trop</v></c></row>"
    "<row r=\"7\"/></sheetData><mergeCells/></worksheet>";

static char dir[] = "/tmp/tocsin-sheet-XXXXXX", in[64], out[64], text[4096];

static enum sheet_verdict
convert(const char *sheet_text, const char *book_text, uint32_t claimed)
{
	const struct entry all[] = { { "_rels/.rels", rels }, { "xl/_rels/workbook.xml.rels", book_rels }, { "xl/workbook.xml", book_text },
		{ "xl/styles.xml", style }, { "xl/sharedStrings.xml", shared }, { "xl/worksheets/sheet1.xml", "<worksheet/>" },
		{ "xl/worksheets/sheet2.xml", sheet_text } };
	enum sheet_verdict v;
	FILE *f;
	size_t n = 0;

	write_zip(in, all, NITEMS(all), claimed);
	v = sheet_to_csv(in, out);
	if ((f = fopen(out, "rb")) != NULL) {
		n = fread(text, 1, sizeof(text) - 1, f);
		fclose(f);
	}
	text[n] = '\0';
	unlink(out);
	return v;
}

int
main(void)
{
	static char cut[200];
	FILE *f;

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(in, sizeof(in), "%s/in.xlsx", dir);
	snprintf(out, sizeof(out), "%s/out.csv", dir);
	CHECK_CASE("a workbook is read", convert(sheet, book, 0) == SHEET_OK);
	CHECK_EQ_S(text,
	    "Nom;Prénom;Téléphone;Naissance\n"		/* the first visible sheet; shared strings */
	    "\"Côté & fils\";;5145550123;1991-01-01\n"	/* rich text without its reading; a date by a built-in format */
	    "\n"					/* a row left out stays a line */
	    "<b>;\"a\rb\";5145550123;1900-02-28\n"	/* line break in a cell; a long number; before the 29 February that never was */
	    "=calc;;1;12.3\n"				/* a formula's value; an error says nothing; money is no date */
	    "\"dit \"\"Jo\"\"; ok\";42;;\"2023-03-15 12:00\";\"de trop\"\n");	/* a string that is not there; a moment; a row too long */
	CHECK_CASE("it looks like a workbook", sheet_looks_like(in));
	CHECK_CASE("dates of an old Macintosh count from 1904", convert("<worksheet><sheetData><row><c s=\"1\"><v>31777</v></c></row></sheetData>"
	    "</worksheet>", "<workbook xmlns:r=\"" R "\"><workbookPr date1904=\"1\"/><sheets><sheet r:id=\"rId2\"/></sheets></workbook>", 0) == SHEET_OK &&
	    strcmp(text, "1991-01-01\n") == 0);
	CHECK_CASE("a sheet without cells is empty", convert("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"/></row></sheetData></worksheet>", book, 0) == SHEET_EMPTY);
	CHECK_CASE("XML cut off is broken, and nothing of it stays", convert("<worksheet><sheetData><row><c><v>1", book, 0) == SHEET_BROKEN && access(out, F_OK) != 0);
	CHECK_CASE("a workbook whose sheet is not there is broken", convert(sheet, "<workbook><sheets><sheet/></sheets></workbook>", 0) == SHEET_BROKEN);
	CHECK_CASE("columns beyond the thousandth are left, not kept in memory", convert("<worksheet><sheetData><row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c>"
	    "<c r=\"ZZZZZZZZZZ1\"><v>3</v></c></row></sheetData></worksheet>", book, 0) == SHEET_OK && strcmp(text, "1\n") == 0);
	convert(sheet, book, 0);
	f = fopen(in, "rb");
	if (fread(cut, 1, sizeof(cut), f) != sizeof(cut))
		return 1;
	fclose(f);
	f = fopen(in, "wb");
	fwrite(cut, 1, sizeof(cut), f);
	fclose(f);
	CHECK_CASE("an archive cut off is broken", sheet_looks_like(in) && sheet_to_csv(in, out) == SHEET_BROKEN);
#if !defined(__SANITIZE_ADDRESS__)
	enum sheet_verdict v = convert(sheet, book, 0xfffffff0);
	CHECK_CASE("an archive that claims 4 GB is refused", v == SHEET_TOO_LARGE || v == SHEET_BROKEN);
#endif
	f = fopen(in, "wb");
	fputs("Nom;Prénom\n", f);
	fclose(f);
	CHECK_CASE("a CSV file does not look like one", !sheet_looks_like(in) && sheet_to_csv(in, out) == SHEET_BROKEN);
	CHECK_CASE("a folder that is not there is no fault of the workbook", sheet_to_csv(in, "/tmp/no-such-folder/x.csv") == SHEET_FAILED);
	unlink(in);
	rmdir(dir);
	return check_done();
}
