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
#include "domain/record.h"

enum { IN_SEARCH, IN_CITY, IN_TAG, IN_SECTION, IN_LANGUAGE, IN_PHONE, IN_NOT_VOTED, IN_AFTER, IN_OPERATION, IN_KIND, IN_LOAD,
	/* the record */
	IN_SET, IN_CALLS_FORBIDDEN, IN_DECEASED, IN_SEEN, IN_NUMBER_ID, IN_NUMBER, IN_NUMBER_KIND, IN_NUMBER_STATE, IN_NUMBER_DO, IN_CONTACT_ID,
	IN_SAID, IN_CALL, IN_CALL_CHOICE, IN_CALL_FROM, IN_FORM_KEY, IN_BEGUN, IN_STATUS, IN_NOTE, IN_SURE, IN_BEFORE,
	IN__MAX };

enum http contacts_show(struct req *);
enum http electors_show(struct req *);
enum http person_show(struct req *);
enum http edit_show(struct req *);
enum http edit_save(struct req *);
enum http phones_save(struct req *);
enum http link_save(struct req *);
enum http call_ask(struct req *);
enum http call_begin(struct req *);
enum http call_save(struct req *);
enum http copy_json(struct req *);
enum http copy_csv(struct req *);
enum http erase_ask(struct req *);
enum http erase_now(struct req *);
enum http reveals_show(struct req *);
enum http load_begin(struct req *);
enum http load_show(struct req *);
enum http load_progress_json(struct req *);

/* Who changes the record that the address names. */
struct record_by record_by(struct req *);
/* The record's page; status HTTP_OK, or that of a call's form that was refused and is shown again. */
enum http person_page(struct req *, enum http status);
/* The panel of a call outside operations, for ?call= or the form sent; false: failed. */
bool call_panel(struct req *, struct page *, const struct person *);
const char *kind_words(const struct req *, const char *kind);
/* "2026-11-24 12:00" where the organisation is. */
const char *when_words(struct req *, int64_t at);

/* The filter that the address or the form says. */
void filter_of(struct req *, enum person_kind, struct people_filter *out);
/* The operation that ?operation= names, when this user owns it; false: *answer is the page that says why not. */
bool own_operation(struct req *, struct operation *, enum http *answer);
const char *people_path(enum person_kind);

#endif
