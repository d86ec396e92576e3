/*
 * export.h - the export area: the fields its forms may send, its pages.
 */
#ifndef EXPORT_AREA_H
#define EXPORT_AREA_H

#include "plumb/base.h"
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/export.h"

enum { IN_WHAT, IN_FORMAT, IN_OPERATION, IN_IMPORT, IN_FROM, IN_UNTIL, IN_FILTER, IN_KEY, IN__MAX };

enum http exports_show(struct req *);
enum http exports_make(struct req *);
enum http export_show(struct req *);
enum http export_progress_json(struct req *);
enum http export_file(struct req *);

/* "Calls – Autumn calls", "Contacts"; what is in it, and of what. */
const char *export_words(struct req *, const struct export *);
const char *export_state_words(struct req *, const struct export *);

#endif
