/*
 * people.h - the people area: the fields its forms may send, its pages.
 */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "plumb/base.h"
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/list.h"
#include "domain/operation.h"

enum { IN_SEARCH, IN_CITY, IN_TAG, IN_SECTION, IN_LANGUAGE, IN_PHONE, IN_NOT_VOTED, IN_AFTER, IN_OPERATION, IN_KIND, IN_LOAD, IN__MAX };

enum http contacts_show(struct req *);
enum http electors_show(struct req *);
enum http person_show(struct req *);
enum http load_begin(struct req *);
enum http load_show(struct req *);
enum http load_progress_json(struct req *);

/* The filter that the address or the form says. */
void filter_of(struct req *, enum person_kind, struct people_filter *out);
/* The operation that ?operation= names, when this user owns it; false: *answer is the page that says why not. */
bool own_operation(struct req *, struct operation *, enum http *answer);
const char *people_path(enum person_kind);

#endif
