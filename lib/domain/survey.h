/*
 * survey.h - questionnaires: a survey has versions; a version that has answers never changes.
 */
#ifndef DOMAIN_SURVEY_H
#define DOMAIN_SURVEY_H

#include "domain/ids.h"
#include "plumb/base.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"

struct arena;
struct db;

struct choice {
	struct choice_id id;
	uint64_t stable;
	int next;			/* 0: the next question; -1: the end; else the position of a later question */
	const char *text[LANG__MAX];
};
struct question {
	struct question_id id;
	uint64_t stable;
	unsigned position;
	const char *kind;		/* "single_choice", ... as sql/001 lists them */
	const char *field;		/* field_update: which (survey_field.h); else "" or NULL */
	bool required;
	const char *text[LANG__MAX];
	struct choice *choices;
	size_t nchoices;
};
struct survey {
	struct survey_id id;
	struct version_id version;
	unsigned number;		/* of the version */
	const char *name, *description;
	unsigned renamed;		/* grows with every change of these two */
	size_t asked;			/* by survey_list: how many questions it has, texts to read out too */
	int64_t made_at;		/* the version */
	const char *made_by;		/* "": the product, or somebody who is gone */
	const char *script[LANG__MAX];	/* with merge fields {first_name} {last_name} {agent} {operation} {organisation} {city} {polling_place} */
	struct question *questions;
	size_t nquestions;
};

/* One version with everything in it (immutable once used: may be kept by a process). */
enum found survey_version(struct db *, struct version_id, struct survey *, struct arena *);
/* The newest version of every survey of the organisation, by name; questions not filled. */
bool survey_list(struct db *, struct organisation_id, struct survey **out, size_t *n, struct arena *);
const char *survey_text(const char *const text[LANG__MAX], enum lang);	/* that language, else the other */

/* A version of somebody's organisation, or NONE. */
enum found survey_version_of(struct db *, struct organisation_id, struct version_id, struct survey *, struct arena *);
/* The newest version of a survey of that organisation, or NONE. */
enum found survey_newest(struct db *, struct organisation_id, struct survey_id, struct survey *, struct arena *);

/* --- merge fields of scripts and question texts --- */

enum merge_field { MF_FIRST_NAME, MF_LAST_NAME, MF_AGENT, MF_OPERATION, MF_ORGANISATION, MF_CITY, MF_POLLING_PLACE, MF__MAX };
extern const char *const merge_field_name[MF__MAX];	/* "first_name", ... without the braces */
/* The text with its merge fields replaced; a NULL value is "". Pure. */
const char *survey_merge(const char *text, const char *const value[MF__MAX], struct arena *);
/* Is that field in it? (The organisation's name costs a look into the database.) Pure. */
bool survey_merges(const char *text, enum merge_field);
enum found survey_organisation_name(struct db *, struct organisation_id, const char **out, struct arena *);
/* The first {word} that is no merge field, with its braces, or NULL. Pure. */
const char *survey_unknown_merge(const char *text, struct arena *);

/* --- kinds of questions --- */

bool survey_kind_known(const char *kind);	/* can be asked by this build */
bool survey_kind_choices(const char *kind);	/* has answers to choose from */
bool survey_kind_own(const char *kind);		/* ... that its maker writes: not yes/no, not a scale */
bool survey_kind_required(const char *kind);	/* an answer can be demanded: not of a text to read out, nor of a record that may be right */
/* One of its answers is given, and each says where to go. Only these can be the one question of an original operation. */
bool survey_kind_branches(const char *kind);
#define SURVEY_ONE_ANSWER	"('single_choice', 'yes_no', 'scale')"	/* the same, for statements */

/* A scale's answers are its numbers; the words of an end stand after its number: "10 – Completely". */
#define SCALE_MOST	10
struct scale { int from, to; const char *low[LANG__MAX], *high[LANG__MAX]; };	/* words: NULL or "" for none */
/* What a scale's answers say; words in the arena. from > to: it is none. */
void scale_of(const struct question *, struct scale *, struct arena *);
/* The answers of a scale, next[number] where each leads; none when from >= to or out of 0..SCALE_MOST. */
void scale_choices(struct question *, const struct scale *, const int next[SCALE_MOST + 1], struct arena *);
int scale_number(const struct choice *);	/* -1: not of a scale */

/* --- writing --- */

#define SURVEY_QUESTIONS_MAX	20
#define SURVEY_CHOICES_MAX	20
#define NEXT_END		(-1)
#define NEXT_GONE		(-2)	/* only while it is edited: the question this led to was removed */

/* Where a survey is wrong. question, choice: counted from 0, -1 where it is not about one. */
enum survey_part { SP_NAME, SP_SCRIPT_EN, SP_SCRIPT_FR, SP_QUESTION_EN, SP_QUESTION_FR, SP_CHOICES, SP_CHOICE, SP_NEXT, SP_FIELD, SP_REACH };
struct survey_wrong { enum survey_part part; int question, choice; enum refusal why; const char *word; /* the unknown merge field */ };
/* Every fault of a survey, at most `max`; 0: it can be saved. Pure. */
size_t survey_check(const struct survey *, struct survey_wrong *out, size_t max, struct arena *);
/* What its maker should know although it can be saved: questions that no answer leads to, texts that one language lacks. Pure. */
size_t survey_warn(const struct survey *, struct survey_wrong *out, size_t max);

/*
 * Makes a survey (id.v = 0) or edits one. Questions and choices with stable = 0 are new; others are later editions of the same.
 * A version never changes: an edit of its script or questions is a new one (fact 40). Drafts follow; operations that were
 * finished keep theirs, except `only` (v = 0: none), from whose wizard it was edited by one of its owners.
 * An edit's `version` and `renamed` are those that its maker began from (0: whatever is there). R_SURVEY_CHANGED: somebody else
 * has saved another script, question or name meanwhile.
 * Returns as operation.h says; *out is the version that holds what was saved.
 */
enum saved survey_save(struct db *, struct organisation_id, struct user_id by, int64_t now, const struct survey *,
    struct operation_id only, struct version_id *out, enum refusal *why, struct arena *);

/* Another questionnaire with the same content and that name; its questions are its own. R_NOT_FOUND. */
enum saved survey_copy(struct db *, struct organisation_id, struct user_id by, int64_t now, struct survey_id, const char *name,
    struct survey_id *out, enum refusal *why, struct arena *);

/* The operation takes the newest version of its questionnaire; `by` is its owner (the route table has checked that). Who is in a
 * conversation finishes on the version it began with. An original operation keeps its question, else asks the first that can
 * be asked alone: R_NO_ONE_ANSWER when there is none. ALREADY: it has the newest. */
enum saved survey_move_on(struct db *, struct organisation_id, struct operation_id, struct user_id by, int64_t now,
    enum refusal *why, struct arena *);

/* The questionnaires that come with the product, in both languages; in the caller's transaction, once per organisation
 * (when it is created). by.v = 0: nobody in particular. */
bool survey_ready_made(struct db *, struct organisation_id, struct user_id by, int64_t now, struct arena *);

#endif
