/*
 * page.c - templates: hostile text in every context, rows, missing and unsafe templates; numbers by language.
 */
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/page.h"
#include "plumb/request.h"
#include "plumb/tpl.h"

#include "check.h"

#define HTML "{{%AUTOESCAPE context=\"HTML\"}}\n"

static struct arena *a;
static char dir[] = "/tmp/tocsin-page-XXXXXX";

static const char *
file(const char *name, const char *text)
{
	const char *path = arena_fmt(a, "%s/%s", dir, name);
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
	return path;
}

static const char *
filled(const char *path, const char *value)
{
	struct tpl *t = tpl_new(path);
	size_t n;
	char *text;

	tpl_text(t, "X", value);
	text = tpl_render(t, &n);
	tpl_free(t);
	if (text != NULL) {
		char *kept = arena_strdup(a, text);
		free(text);
		return kept;
	}
	return NULL;
}

static void
contexts(void)
{
	static const struct { const char *name, *html, *value, *want; } cases[] = {
		{ "text", "<p>{{X}}</p>", "<script>alert('1')</script>&", "<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>" },
		{ "quoted attribute", "<p title=\"{{X}}\"></p>", "\" onclick=\"x", "<p title=\"&quot; onclick=&quot;x\"></p>" },
		{ "value of an input", "<input value=\"{{X}}\">", "a\"b'c<d>&", "<input value=\"a&quot;b&#39;c&lt;d&gt;&amp;\">" },
		{ "link: an address of ours", "<a href=\"{{X}}\">x</a>", "/operations/1?a=b&c=d", "<a href=\"/operations/1?a=b&amp;c=d\">x</a>" },
		{ "link: javascript", "<a href=\"{{X}}\">x</a>", "javascript:alert(1)", "<a href=\"#\">x</a>" },
		{ "link: javascript in disguise", "<a href=\"{{X}}\">x</a>", "jAvAsCrIpT:alert(1)", "<a href=\"#\">x</a>" },
		{ "link: data", "<a href=\"{{X}}\">x</a>", "data:text/html,<script>", "<a href=\"#\">x</a>" },
		{ "link: part of an address is only safe HTML", "<a href=\"/contacts?name={{X}}\">x</a>", "a&b=\"c", "<a href=\"/contacts?name=a&amp;b=&quot;c\">x</a>" },
		{ "link: a value of a query takes :u", "<a href=\"/contacts?name={{X:u}}&amp;page=2\">x</a>", "é&b=\"c d", "<a href=\"/contacts?name=%C3%A9%26b%3D%22c+d&amp;page=2\">x</a>" },
		{ "textarea", "<textarea>{{X}}</textarea>", "</textarea><script>", "<textarea>&lt;/textarea&gt;&lt;script&gt;</textarea>" },
		{ "a template's own marks stay text", "<p>{{X}}</p>", "{{Y}} {{#Z}}", "<p>{{Y}} {{#Z}}</p>" },
		{ "accents", "<p>{{X}}</p>", "Éloïse Gélinas – « oui »", "<p>Éloïse Gélinas – « oui »</p>" },
		{ "nothing", "<p>{{X}}</p>", NULL, "<p></p>" },
		{ "class", "<p class=\"state-{{X}}\"></p>", "a b\"><i>", NULL },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		const char *got = filled(file(arena_fmt(a, "c%zu.tpl", i), arena_fmt(a, "%s%s", HTML, cases[i].html)), cases[i].value);

		if (cases[i].want != NULL)
			CHECK_EQ_S_N(cases[i].name, got, cases[i].want);
		else
			CHECK_CASE(cases[i].name, got != NULL && strstr(got, "<i>") == NULL && strstr(got, "\">") == strrchr(got, '"'));
	}
}

static void
broken(void)
{
	CHECK_CASE("a missing template is NULL", filled("/nowhere/x.tpl", "x") == NULL);
	CHECK_CASE("an unquoted address is refused", filled(file("u.tpl", HTML "<a href={{X}}>x</a>"), "x") == NULL);
	CHECK_CASE("sections that do not match are refused", filled(file("m.tpl", HTML "{{#A}}{{X}}{{/B}}"), "x") == NULL);
}

static void
rows(void)
{
	const char *path = file("r.tpl", HTML "<ul>{{#ROW}}<li>{{X}}{{#SUB}}[{{Y}}]{{/SUB}}</li>{{/ROW}}</ul>{{#EMPTY}}none{{/EMPTY}}{{>PART}}");
	struct tpl *t = tpl_new(path), *first, *row;
	size_t n;
	char *text;

	first = tpl_row(t, "ROW");
	for (unsigned i = 0; i < 2000; i++)
		tpl_text(tpl_row(t, "ROW"), "X", "-");
	tpl_text(first, "X", "first");		/* its pointer outlives the others' growth */
	row = tpl_row(first, "SUB");
	tpl_text(row, "Y", "<sub>");
	tpl_text(tpl_include(t, "PART", file("part.tpl", HTML "<b>{{Z}}</b>")), "Z", "<z>");
	text = tpl_render(t, &n);
	CHECK_CASE("rows and their rows", text != NULL && strncmp(text, "<ul><li>first[&lt;sub&gt;]</li><li>-</li>", 39) == 0);
	CHECK_CASE("a section nobody shows is absent", text != NULL && strstr(text, "none") == NULL);
	CHECK_CASE("an included template is escaped too", text != NULL && strstr(text, "<b>&lt;z&gt;</b>") != NULL);
	CHECK_EQ_U_N("the length is the text's", text == NULL ? 0 : strlen(text), n);
	free(text);
	tpl_free(t);
	tpl_free(NULL);
}

static void
numbers(void)
{
	static const struct { uint64_t n; const char *en, *fr; } cases[] = {
		{ 0, "0", "0" }, { 999, "999", "999" }, { 1000, "1,000", "1\u00a0000" }, { 12345, "12,345", "12\u00a0345" },
		{ 1234567, "1,234,567", "1\u00a0234\u00a0567" },
		{ UINT64_MAX, "18,446,744,073,709,551,615", "18\u00a0446\u00a0744\u00a0073\u00a0709\u00a0551\u00a0615" },
	};
	struct req rq = { .arena = a };

	for (size_t i = 0; i < NITEMS(cases); i++) {
		rq.lang = LANG_EN;
		CHECK_EQ_S_N("a number in English", page_number(&rq, cases[i].n), cases[i].en);
		rq.lang = LANG_FR;
		CHECK_EQ_S_N("a number in French", page_number(&rq, cases[i].n), cases[i].fr);
	}
}

int
main(void)
{
	a = arena_new();
	if (!CHECK(mkdtemp(dir) != NULL))
		return check_done();
	contexts();
	broken();
	rows();
	numbers();
	for (unsigned i = 0; i < 20; i++)
		unlink(arena_fmt(a, "%s/c%u.tpl", dir, i));
	unlink(arena_fmt(a, "%s/u.tpl", dir));
	unlink(arena_fmt(a, "%s/m.tpl", dir));
	unlink(arena_fmt(a, "%s/r.tpl", dir));
	unlink(arena_fmt(a, "%s/part.tpl", dir));
	CHECK_CASE("nothing is left", rmdir(dir) == 0);
	arena_free(a);
	return check_done();
}
