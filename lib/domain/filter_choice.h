/*
 * filter_choice.h - what a condition may be chosen from: the organisation's questions, their answers, its operations.
 */
#ifndef DOMAIN_FILTER_CHOICE_H
#define DOMAIN_FILTER_CHOICE_H

#include "domain/ids.h"
#include "domain/person.h"
#include "plumb/lang.h"

struct arena;
struct db;

struct filter_question { uint64_t stable; const char *text[LANG__MAX], *survey; bool choices; };
struct filter_answer { uint64_t question, stable; const char *text[LANG__MAX]; };
struct filter_operation { struct operation_id id; const char *name; };
struct custom_field;
struct filter_choices {
	struct filter_question *question;	/* the newest words of each, by survey */
	struct filter_answer *answer;		/* by question, in their order; of all its versions */
	struct filter_operation *operation;	/* on these people, newest first, at most 200; no drafts */
	struct custom_field *own;		/* the organisation's own fields, by name; put away ones last */
	size_t nquestions, nanswers, noperations, nown;
};
bool filter_choices(struct db *, struct organisation_id, enum person_kind, struct filter_choices *, struct arena *);

#endif
