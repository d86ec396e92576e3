/*
 * import.h - the import area: the fields its forms may send, its pages.
 */
#ifndef IMPORT_AREA_H
#define IMPORT_AREA_H

#include "plumb/base.h"
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/import.h"

enum { IN_KIND, IN_FILE, IN_GO, IN_CHARSET, IN_SEPARATOR, IN_COLUMN, IN_LINE, IN_AT, IN_SURE, IN_RULE, IN_CHOICE, IN__MAX };

enum http imports_show(struct req *);
enum http imports_take(struct req *);
enum http import_show(struct req *);
enum http import_save(struct req *);
enum http import_progress_json(struct req *);
enum http import_refused_csv(struct req *);
enum http conflicts_show(struct req *);
enum http conflicts_save(struct req *);

/* The pages of one import by its state; columns.c also after a refused form. */
enum http columns_page(struct req *, const struct import *, enum http, enum refusal why);
enum http running_page(struct req *, const struct import *);
enum http result_page(struct req *, const struct import *, enum http, enum refusal why);
enum http result_save(struct req *, const struct import *);

/* Of this organisation; false: *answer is the page that says why not. */
bool this_import(struct req *, struct import *, enum http *answer);
const char *state_words(const struct req *, const struct import *);
unsigned percent(const struct import *);
/* A value as people read it: dates in words, amounts, tags with commas. */
const char *shown_value(struct req *, enum import_field, const char *value);
/* Words for a reason that is stored; the key itself when a later version knows it no more. */
const char *reason_words(const struct req *, const char *key);

#endif
