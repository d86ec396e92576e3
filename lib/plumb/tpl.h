/*
 * tpl.h - ctemplate behind a small C header. One page being filled; rows belong to their parent.
 * Auto-escape is on in every template (lint: tests/lint/tpl.sh). No exception leaves tpl.cc.
 * In a link's query write {{NAME:u}}: href="/contacts?name={{NAME:u}}"; without :u a "&" in the value would
 * begin another parameter.
 */
#ifndef PLUMB_TPL_H
#define PLUMB_TPL_H

#ifdef __cplusplus
extern "C" {
#endif
#include <stddef.h>

struct tpl;

struct tpl *tpl_new(const char *file);			/* ended by tpl_free */
struct tpl *tpl_row(struct tpl *, const char *section);	/* a further pass through the section */
struct tpl *tpl_include(struct tpl *, const char *name, const char *file);	/* {{>NAME}} */
void  tpl_text(struct tpl *, const char *name, const char *value);	/* copied; NULL is "" */
void  tpl_show(struct tpl *, const char *section);	/* shown once */
/* Malloc'd text, ended by free(); NULL: the template is missing or unsafe. */
char *tpl_render(struct tpl *, size_t *len);
void  tpl_free(struct tpl *);

#ifdef __cplusplus
}
#endif
#endif
