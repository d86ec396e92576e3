/*
 * lang.h - the two languages. The English text is the key; lib/fr.po and
 * cgi-bin/<area>/fr.po hold the French, merged by the build, which stops on a missing one.
 *
 * In C:  tr(rq_lang, N_("Save and next"))   or   tr(lang, "...") with the text in place.
 * In templates:  [[Save and next]]          replaced when templates are compiled, per language.
 * Text with a number:  trn(lang, "%u person", "%u people", n)  gives the right form of the format.
 */
#ifndef PLUMB_LANG_H
#define PLUMB_LANG_H

enum lang { LANG_EN, LANG_FR, LANG__MAX };

#define N_(text) text

void        lang_open(void);				/* once at start, after conf_load */
const char *lang_code(enum lang);			/* "en", "fr" */
enum lang   lang_of(const char *code);			/* anything else is French: Quebec first */
enum lang   lang_from_header(const char *accept_language);	/* NULL or nothing known: French */
const char *tr(enum lang, const char *english) __attribute__((format_arg(2)));
const char *trn(enum lang, const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(2), format_arg(3)));

#endif
