/*
 * filter.h - which people: conditions over their fields, answers and calls, in groups (domain.md 1.7).
 *
 * A filter is one line of text ("q=gelinas&f.1=city&o.1=is&v.1=Laval"): the address of the people pages, what
 * a load and a saved filter store. It becomes SQL from the fixed pieces of filter_sql.c only; what
 * people typed is always a bound value.
 *
 * The fields. Columns: enum, code, English, French, type, whose, SQL over person `$` ($ is p, or m for
 * somebody else of the household).
 */
#ifndef DOMAIN_FILTER_H
#define DOMAIN_FILTER_H

#include "domain/person.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"

struct arena;
struct buf;

enum filter_type {
	FT_TEXT, FT_NUMBER, FT_DATE, FT_YES, FT_TAGS, FT_LANGUAGE, FT_PHONE,
	FT_ANSWER, FT_STATUS, FT_DAY, FT_CALLS, FT_LIST,
	FT_OWN_TEXT, FT_OWN_NUMBER, FT_OWN_DATE, FT_OWN_YES
};
enum filter_whose { FW_CONTACTS = 1, FW_ELECTORS = 2, FW_BOTH = 3 };

#define FILTER_FIELDS(X)											\
	X(FF_LAST_NAME,    "last_name",    "Last name", "Nom",                       FT_TEXT, FW_BOTH, "$.last_name")	\
	X(FF_FIRST_NAME,   "first_name",   "First name", "Prénom",                   FT_TEXT, FW_BOTH, "$.first_name")	\
	X(FF_PHONE,        "phone",        "Phone number", "Numéro de téléphone",    FT_PHONE, FW_BOTH, "")		\
	X(FF_EMAIL,        "email",        "E-mail", "Courriel",                     FT_TEXT, FW_BOTH, "$.email")	\
	X(FF_LANGUAGE,     "language",     "Language", "Langue",                     FT_LANGUAGE, FW_BOTH, "$.language")	\
	X(FF_BIRTH_DATE,   "birth_date",   "Date of birth", "Date de naissance",     FT_DATE, FW_BOTH, "$.birth_date")	\
	X(FF_SEX,          "sex",          "Sex", "Sexe",                            FT_TEXT, FW_BOTH, "$.sex")		\
	X(FF_NATIONALITY,  "nationality",  "Nationality", "Nationalité",             FT_TEXT, FW_CONTACTS, "$.nationality")	\
	X(FF_STREET,       "street",       "Street", "Rue",                          FT_TEXT, FW_BOTH, "$.street")	\
	X(FF_CITY,         "city",         "City", "Ville",                          FT_TEXT, FW_BOTH, "$.city")	\
	X(FF_POSTAL_CODE,  "postal_code",  "Postal code", "Code postal",             FT_TEXT, FW_BOTH, "$.postal_code")	\
	X(FF_MATES,        "mates",        "Lives with others of the list", "Vit avec d’autres personnes de la liste", FT_YES, FW_BOTH,	\
	    "$.household_id IS NOT NULL AND EXISTS (SELECT 1 FROM person h WHERE h.household_id = $.household_id AND h.id <> $.id)")	\
	X(FF_FILE_NUMBER,  "file_number",  "File number", "Numéro de dossier",       FT_TEXT, FW_BOTH, "$.file_number")	\
	X(FF_ORGANIZATION, "organization", "Organization", "Organisation",           FT_TEXT, FW_CONTACTS, "$.organization")	\
	X(FF_MEMBER_UNTIL, "member_until", "Member until", "Membre jusqu’au",        FT_DATE, FW_CONTACTS, "$.member_until")	\
	X(FF_DONATIONS,    "donations",    "Donations made this year", "Dons de l’année", FT_NUMBER, FW_CONTACTS, "$.donations_year")	\
	X(FF_TAGS,         "tags",         "Tags", "Étiquettes",                     FT_TAGS, FW_BOTH, "$.tags")		\
	X(FF_NOTES,        "notes",        "Notes", "Notes",                         FT_TEXT, FW_BOTH, "$.notes")	\
	X(FF_DIVISION,     "division",     "Electoral division (riding)", "Circonscription", FT_TEXT, FW_ELECTORS, "$.electoral_division")	\
	X(FF_DISTRICT,     "district",     "Municipal district / ward", "District / quartier", FT_TEXT, FW_ELECTORS, "$.district")	\
	X(FF_SUBDIVISION,  "subdivision",  "Polling subdivision", "Section de vote", FT_TEXT, FW_ELECTORS, "$.polling_subdivision")	\
	X(FF_NUMBER,       "elector_number", "Elector number", "Numéro d’électeur",  FT_TEXT, FW_ELECTORS, "$.elector_number")	\
	X(FF_POLLING_PLACE, "polling_place", "Polling place", "Endroit de vote",     FT_TEXT, FW_ELECTORS, "$.polling_place")	\
	X(FF_ADVANCE_VOTE, "advance_vote", "Voted in advance", "Vote par anticipation", FT_TEXT, FW_ELECTORS, "$.advance_vote")	\
	X(FF_VOTED,        "voted",        "Has voted", "A voté",                    FT_YES, FW_BOTH, "$.has_voted")	\
	X(FF_FORBIDDEN,    "forbidden",    "Calls are forbidden", "Les appels sont interdits", FT_YES, FW_BOTH, "$.calls_forbidden")	\
	X(FF_SUPPRESSED,   "suppressed",   "Has a number on the do-not-call list", "A un numéro de la liste « ne pas appeler »", FT_YES, FW_BOTH,	\
	    "EXISTS (SELECT 1 FROM phone f JOIN suppression s ON s.e164 = f.e164 AND s.organisation_id = $.organisation_id"	\
	    " WHERE f.person_id = $.id)")										\
	X(FF_CALLED,       "called",       "Was called", "A été appelé",             FT_YES, FW_BOTH,				\
	    "EXISTS (SELECT 1 FROM attempt t WHERE t.person_id = $.id)")						\
	X(FF_STATUS,       "last_status",  "Status of the last call", "Statut du dernier appel", FT_STATUS, FW_BOTH, "")	\
	X(FF_LAST_CALL,    "last_call",    "Day of the last call", "Jour du dernier appel", FT_DAY, FW_BOTH,		\
	    "(SELECT MAX(t.saved_at) FROM attempt t WHERE t.person_id = $.id)")						\
	X(FF_CALLS,        "calls",        "Number of calls", "Nombre d’appels",     FT_CALLS, FW_BOTH,				\
	    "(SELECT COUNT(*) FROM attempt t WHERE t.person_id = $.id)")						\
	X(FF_ON_LIST,      "on_list",      "Is on the call list of", "Est sur la liste d’appels de", FT_LIST, FW_BOTH, "")	\
	X(FF_ANSWER,       "answer",       "Answer", "Réponse",                      FT_ANSWER, FW_BOTH, "")		\
	/* fields of the organisation's own, by their form: "own_number-12" is field 12 (custom.h) */			\
	X(FF_OWN_TEXT,     "own_text",     "Text", "Texte",                          FT_OWN_TEXT, FW_BOTH, "o.value")	\
	X(FF_OWN_NUMBER,   "own_number",   "Whole number", "Nombre entier",          FT_OWN_NUMBER, FW_BOTH, "CAST(o.value AS SIGNED)")	\
	X(FF_OWN_DATE,     "own_date",     "Date", "Date",                           FT_OWN_DATE, FW_BOTH, "o.value")	\
	X(FF_OWN_YES,      "own_yes",      "Yes or not", "Oui ou non",               FT_OWN_YES, FW_BOTH, "o.value")

#define AS_FILTER_FIELD(id, code, en, fr, type, whose, sql) id,
enum filter_field { FILTER_FIELDS(AS_FILTER_FIELD) FF__MAX };
#undef AS_FILTER_FIELD

/* Operators. Columns: enum, code, English, French, both for days, how many values (2: from and to; 3: one or more). */
#define FILTER_OPS(X)												\
	X(FO_IS,        "is",        "is", "est", "", "", 1)							\
	X(FO_IS_NOT,    "is_not",    "is not", "n’est pas", "", "", 1)						\
	X(FO_CONTAINS,  "contains",  "contains", "contient", "", "", 1)						\
	X(FO_STARTS,    "starts",    "starts with", "commence par", "", "", 1)					\
	X(FO_EQ,        "eq",        "equal to", "égal à", "on", "le", 1)					\
	X(FO_NE,        "ne",        "not equal to", "différent de", "not on", "un autre jour que le", 1)	\
	X(FO_LT,        "lt",        "less than", "inférieur à", "before", "avant le", 1)			\
	X(FO_LE,        "le",        "at most", "au plus", "until", "jusqu’au", 1)				\
	X(FO_GT,        "gt",        "more than", "supérieur à", "after", "après le", 1)			\
	X(FO_GE,        "ge",        "at least", "au moins", "from", "à partir du", 1)				\
	X(FO_BETWEEN,   "between",   "between", "entre", "between", "entre le", 2)				\
	X(FO_ANY,       "any",       "any of", "au choix parmi", "", "", 3)					\
	X(FO_ALL,       "all",       "all of", "à la fois", "", "", 3)						\
	X(FO_NONE,      "none",      "none of", "aucun parmi", "", "", 3)					\
	X(FO_YES,       "yes",       "yes", "oui", "", "", 0)							\
	X(FO_NO,        "no",        "no", "non", "", "", 0)							\
	X(FO_EMPTY,     "empty",     "has no value", "n’a aucune valeur", "", "", 0)				\
	X(FO_NOT_EMPTY, "not_empty", "has a value", "a une valeur", "", "", 0)

#define AS_FILTER_OP(id, code, en, fr, en_day, fr_day, values) id,
enum filter_op { FILTER_OPS(AS_FILTER_OP) FO__MAX };
#undef AS_FILTER_OP

enum { FILTER_CONDITIONS = 50, FILTER_GROUPS = 9, FILTER_VALUES = 40 };

struct condition {
	enum filter_field field;
	uint64_t question;		/* FF_ANSWER: question.stable_id; FF_OWN_...: custom_field.id */
	enum filter_op op;
	const char *value[FILTER_VALUES];
	size_t nvalues;			/* FO_BETWEEN: two; ids, statuses and languages by their code */
	uint64_t operation;		/* FF_ANSWER: given in this operation; 0 in any */
	unsigned group;			/* 1 to FILTER_GROUPS */
	bool mate;			/* true of somebody else at the same address */
};
struct filter {
	bool any_group;			/* groups are joined by OR */
	bool any[FILTER_GROUPS + 1];	/* the conditions of that group are joined by OR */
	struct condition cond[FILTER_CONDITIONS];
	size_t n;
	bool broken;			/* names a field that does not exist: true of nobody */
};

/* --- words --- */

const char *filter_field_code(enum filter_field);
const char *filter_field_label(enum filter_field, enum lang);
enum filter_field filter_field_of(const char *code, uint64_t *question);	/* "city", "answer-12", "own_date-3"; FF__MAX: unknown */
bool filter_field_numbered(enum filter_field);		/* an answer, or a field of the organisation's own: its code ends in -NUMBER */
/* The code of a condition's field, as filter_field_of reads it. */
const char *filter_condition_code(struct arena *, const struct condition *);
/* Days are asked for, in words of their own ("before"); amounts and counts. */
bool filter_type_is_day(enum filter_type);
bool filter_type_is_ordered(enum filter_type);
enum filter_type filter_type_of(enum filter_field);
bool filter_field_for(enum filter_field, enum person_kind);	/* do these people have it? */
const char *filter_op_code(enum filter_op);
const char *filter_op_label(enum filter_op, enum filter_type, enum lang);
enum filter_op filter_op_of(const char *code);			/* FO__MAX: unknown */
unsigned filter_op_values(enum filter_op);
/* The operators of a type in the order shown; their number. */
size_t filter_ops(enum filter_type, enum filter_op out[FO__MAX]);

/* What is missing or wrong in one condition; R_NONE: it can be asked. Pure. */
enum refusal filter_check(const struct condition *, enum person_kind);

/* --- text --- */

/* Appends "&name=value" (no "&" to an empty text). */
void filter_pair(struct buf *, const char *name, const char *value);
void filter_text(struct buf *, const struct filter *);
/* Takes one pair of the text ("f.3", "city"); false: not a filter's. Pairs of one condition may come in any order;
 * filter_done closes the holes that their numbers left. */
bool filter_take(struct arena *, struct filter *, const char *name, const char *value);
void filter_done(struct filter *);

#endif
