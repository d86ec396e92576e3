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
	IN_CUSTOM, IN_OWN_FIELD, IN_OWN_NAME, IN_OWN_FORM, IN_OWN_DO, IN_WITH, IN_PICK, IN_SEEN_OTHER,
	/* filters */
	IN_FIELD, IN_COMPARE, IN_VALUE, IN_GIVEN_IN, IN_GROUP, IN_MATE, IN_JOIN, IN_GROUPS, IN_NEW, IN_ADD, IN_DROP, IN_LIVE, IN_SORT, IN_DOWN,
	IN_FILTER_NAME, IN_FILTER,
	/* who has voted, do not call, an operation's list */
	IN_NUMBERS, IN_DIVISION, IN_BATCH, IN_FILE, IN_PASTED, IN_VOTED, IN_TEL, IN_REASON, IN_WITH_NUMBERS, IN_SHOW, IN_STATE, IN_ENTRY,
	IN_ATTEMPT, IN_RIGHT, IN_ACT, IN_WHY, IN_WHEN, IN_ZONE, IN__MAX };

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
enum http fields_show(struct req *);
enum http fields_save(struct req *);
enum http custom_save(struct req *);
enum http merge_show(struct req *);
enum http merge_save(struct req *);
/* Its first page, and what both have in common. */
enum http merge_choose(struct req *);
struct page *merge_new(struct req *, const struct record *);
const char *merge_name(struct req *, const char *first, const char *last);
/* Nobody has this record: leads to the one it was merged into, or answers that there is nothing. */
enum http gone_or_merged(struct req *);
enum http load_begin(struct req *);
enum http load_show(struct req *);
enum http load_progress_json(struct req *);

/* Who changes the record that the address names. */
struct record_by record_by(struct req *);
/* The record's page; status HTTP_OK, or that of a call's form that was refused and is shown again. */
enum http person_page(struct req *, enum http status);
/* The panel of a call outside operations, for ?call= or the form sent; false: failed. */
bool call_panel(struct req *, struct page *, const struct person *);
/* The record's form again after its own fields were refused. */
enum http edit_again(struct req *, enum http status);
/* Who changed what, on the record's page; false: failed. */
bool fill_changes(struct req *, struct page *, struct person_id);
/* The organisation's own fields, as inputs of the record's form; false: failed. */
bool custom_inputs(struct req *, struct page *, const char *id);
const char *kind_words(const struct req *, const char *kind);
/* "24 November 2026, 12:00" where the organisation is. */
const char *when_words(struct req *, int64_t at);
/* "2026-11-24 12:00": for files that programs read. */
const char *when_code(struct req *, int64_t at);
/* "$12.50", "12,50 $"; "" of "". */
const char *money_words(const struct req *, const char *amount);
/* "24 November 2026" of "2026-11-24"; anything else as it is. */
const char *day_words(struct req *, const char *date);

enum http filters_save(struct req *);
enum http filters_forget(struct req *);

/* The filter that the address or the form says; false: it names what does not exist, which no page of ours does. */
bool filter_of(struct req *, enum person_kind, struct people_filter *out);
/* Its conditions, also those that miss a value. */
bool conditions_of(struct req *, struct filter *out);
/* Leaves those that can be asked; how many of the others are to be told about. */
size_t conditions_to_ask(struct req *, struct people_filter *);
/* The part of the list's form that changes them; judge: with what is wrong. False: failed. */
bool fill_builder(struct req *, struct page *, const struct people_filter *, bool judge);
/* The filter as hidden inputs of a form that does something with it. */
void fill_hidden(struct req *, struct tpl *form, const struct people_filter *);
/* Filters kept under a name, and the form that keeps this one. False: failed. */
bool fill_saved(struct req *, struct page *, const struct people_filter *, uint64_t operation, enum refusal name_wrong);
/* The list with what is wrong about the name that a filter is to be kept under. */
enum http list_page(struct req *, enum person_kind, enum refusal name_wrong);
/* "/contacts?q=...&operation=7&after=12"; 0: without. NULL f: of everybody. */
const char *list_address(struct req *, enum person_kind, const struct people_filter *f, uint64_t operation, uint64_t after);
/* The operation that ?operation= names, when this user owns it; false: *answer is the page that says why not. */
bool own_operation(struct req *, struct operation *, enum http *answer);
const char *people_path(enum person_kind);

/* voted.c */
const char *url_word(struct arena *, const char *text);	/* as a value in an address */
enum http voted_show(struct req *);
enum http voted_sheet(struct req *);
enum http voted_file(struct req *);
enum http voted_undo_post(struct req *);
enum http voted_person_post(struct req *);
/* do_not_call.c */
enum http do_not_call_show(struct req *);
enum http do_not_call_add(struct req *);
enum http do_not_call_file(struct req *);
enum http do_not_call_person(struct req *);
/* call_list.c */
enum http call_list_show(struct req *);
enum http call_person_show(struct req *);
enum http call_person_save(struct req *);

#endif
