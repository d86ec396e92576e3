/*
 * lang.c - the browser's languages, translation and plurals, with a catalogue made here.
 */
#include <unistd.h>
#include <sys/stat.h>

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/lang.h"

#include "check.h"

static void
headers(void)
{
	static const struct { const char *header; enum lang want; } cases[] = {
		{ NULL,                                   LANG_FR },
		{ "",                                     LANG_FR },
		{ "fr-CA,fr;q=0.9,en;q=0.8",              LANG_FR },
		{ "en-CA,en;q=0.9,fr;q=0.8",              LANG_EN },
		{ "en",                                   LANG_EN },
		{ "EN-us",                                LANG_EN },
		{ "de,es;q=0.5",                          LANG_FR },
		{ "de,en;q=0.5",                          LANG_EN },
		{ "en;q=0.3,fr;q=0.31",                   LANG_FR },
		{ "fr;q=0.3, en;q=0.4",                   LANG_EN },
		{ "fr;q=0,en;q=0.1",                      LANG_EN },
		{ "en;q=0,fr;q=0",                        LANG_FR },
		{ "en;q=0.5,fr;q=0.5",                    LANG_EN },
		{ "en; q=1.0, fr; q=0.9",                 LANG_EN },
		{ "english",                              LANG_FR },
		{ "en;q=banana,fr;q=0.1",                 LANG_FR },
		{ "*",                                    LANG_FR },
		{ ",,,;;;q=,en",                          LANG_EN },
		{ "e",                                    LANG_FR },
		{ "en;",                                  LANG_FR },
	};

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_CASE(cases[i].header == NULL ? "no header" : cases[i].header, lang_from_header(cases[i].header) == cases[i].want);
}

static void
catalogue(void)
{
	static const char po[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n"
	    "Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n"
	    "msgid \"Sign in\"\nmsgstr \"Se connecter\"\n"
	    "msgid \"%lu person\"\nmsgid_plural \"%lu people\"\nmsgstr[0] \"%lu personne\"\nmsgstr[1] \"%lu personnes\"\n";
	struct arena *a = arena_new();
	char dir[] = "/tmp/tocsin-lang-XXXXXX";
	FILE *f;

	if (!CHECK(mkdtemp(dir) != NULL))
		return;
	mkdir(arena_fmt(a, "%s/C.UTF-8", dir), 0700);
	mkdir(arena_fmt(a, "%s/C.UTF-8/LC_MESSAGES", dir), 0700);
	f = popen(arena_fmt(a, "msgfmt -o %s/C.UTF-8/LC_MESSAGES/tocsin-fr.mo -", dir), "w");
	fputs(po, f);
	CHECK_CASE("msgfmt takes the catalogue", pclose(f) == 0);
	setenv("LANGUAGE", "en", 1);		/* of whoever started the server: must not matter */
	conf.locale = dir;
	lang_open();
	CHECK_EQ_S(tr(LANG_FR, "Sign in"), "Se connecter");
	CHECK_EQ_S(tr(LANG_EN, "Sign in"), "Sign in");
	CHECK_EQ_S_N("a text without French stays English", tr(LANG_FR, "Not in the catalogue"), "Not in the catalogue");
	CHECK_EQ_S_N("the empty text stays empty", tr(LANG_FR, ""), "");
	CHECK_EQ_S(trn(LANG_EN, "%lu person", "%lu people", 0), "%lu people");
	CHECK_EQ_S(trn(LANG_EN, "%lu person", "%lu people", 1), "%lu person");
	CHECK_EQ_S(trn(LANG_EN, "%lu person", "%lu people", 2), "%lu people");
	CHECK_EQ_S_N("French: zero is singular", trn(LANG_FR, "%lu person", "%lu people", 0), "%lu personne");
	CHECK_EQ_S(trn(LANG_FR, "%lu person", "%lu people", 1), "%lu personne");
	CHECK_EQ_S(trn(LANG_FR, "%lu person", "%lu people", 2), "%lu personnes");
	CHECK_EQ_S_N("a plural without French", trn(LANG_FR, "one", "many", 2), "many");
	CHECK(lang_of("en") == LANG_EN && lang_of("fr") == LANG_FR && lang_of("de") == LANG_FR && lang_of(NULL) == LANG_FR);
	unlink(arena_fmt(a, "%s/C.UTF-8/LC_MESSAGES/tocsin-fr.mo", dir));
	rmdir(arena_fmt(a, "%s/C.UTF-8/LC_MESSAGES", dir));
	rmdir(arena_fmt(a, "%s/C.UTF-8", dir));
	rmdir(dir);
	arena_free(a);
}

int
main(void)
{
	headers();
	catalogue();
	return check_done();
}
