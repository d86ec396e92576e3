/*
 * tplc.c - the template compiler, a build tool: tplc en|fr FILE > OUT
 *
 * [[English text]] becomes the text of that language, escaped for HTML (also inside a quoted
 * attribute). A text without a translation stops the build with its file and line. Everything
 * else is copied as it is. White space at the start of lines is dropped: pages are smaller.
 */
#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
put_escaped(const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '&': fputs("&amp;", stdout); break;
		case '<': fputs("&lt;", stdout); break;
		case '>': fputs("&gt;", stdout); break;
		case '"': fputs("&quot;", stdout); break;
		default:  putchar(*s);
		}
}

int
main(int argc, char **argv)
{
	static char text[256 * 1024];
	char *end, *p;
	bool french, failed = false, line_start = true;
	unsigned line = 1;
	FILE *f;

	if (argc != 3 || (f = fopen(argv[2], "r")) == NULL) {
		fprintf(stderr, "usage: tplc en|fr FILE\n");
		return 2;
	}
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	french = strcmp(argv[1], "fr") == 0;
	unsetenv("LANGUAGE");		/* it would outrank the catalogue */
	setlocale(LC_ALL, "C.UTF-8");
	bindtextdomain("tocsin-fr", LOCALE);
	bind_textdomain_codeset("tocsin-fr", "UTF-8");
	for (p = text; *p != '\0'; p++) {
		if (line_start && (*p == ' ' || *p == '\t'))
			continue;
		line_start = *p == '\n';
		line += line_start;
		if (strncmp(p, "[[", 2) != 0 || (end = strstr(p, "]]")) == NULL) {
			putchar(*p);
			continue;
		}
		*end = '\0';
		if (french && dgettext("tocsin-fr", p + 2) == p + 2) {
			fprintf(stderr, "%s:%u: no French for \"%s\"\n", argv[2], line, p + 2);
			failed = true;
		}
		put_escaped(french ? dgettext("tocsin-fr", p + 2) : p + 2);
		p = end + 1;
	}
	return failed || fflush(stdout) != 0;
}
