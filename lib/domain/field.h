/*
 * field.h - the fields of a person that an operation may show to its agents: one list feeds the
 * enum, the stored code (field_rule.field), the labels, what the wizard offers and what the agent's page reads.
 *
 * Columns: enum, code, English, French, whose (contacts, electors, both), how far it may be opened,
 * its mode where an operation has no rule for it. The order is the default order on the agent's page, and that
 * of the columns of the procedure agent_screen.
 */
#ifndef DOMAIN_FIELD_H
#define DOMAIN_FIELD_H

#include "domain/operation.h"
#include "plumb/lang.h"

enum field_mode { MODE_HIDDEN, MODE_VISIBLE, MODE_EDITABLE };
enum field_open {
	OPEN_ALWAYS,		/* visible and locked: an agent must know whom to ask for */
	OPEN_TO_SEE,		/* visible or hidden, editable never (facts 76, 77) */
	OPEN_TO_EDIT		/* editable, visible or hidden */
};
enum field_whose { WHOSE_CONTACTS = 1, WHOSE_ELECTORS = 2, WHOSE_BOTH = 3 };

#define PERSON_FIELDS(X)									\
	X(FIELD_FIRST_NAME,  "first_name",  "First name", "Prénom",         WHOSE_BOTH, OPEN_ALWAYS, MODE_VISIBLE)	\
	X(FIELD_LAST_NAME,   "last_name",   "Last name", "Nom",             WHOSE_BOTH, OPEN_ALWAYS, MODE_VISIBLE)	\
	X(FIELD_PHONE_HOME,  "phone_home",  "Landline phone", "Téléphone fixe (résidence)", WHOSE_BOTH, OPEN_TO_EDIT, MODE_VISIBLE)	\
	X(FIELD_PHONE_CELL,  "phone_cell",  "Cell phone", "Cellulaire",     WHOSE_BOTH, OPEN_TO_EDIT, MODE_VISIBLE)	\
	X(FIELD_PHONE_WORK,  "phone_work",  "Work phone", "Téléphone (travail)", WHOSE_CONTACTS, OPEN_TO_EDIT, MODE_VISIBLE)	\
	X(FIELD_LANGUAGE,    "language",    "Language", "Langue",           WHOSE_BOTH, OPEN_TO_EDIT, MODE_VISIBLE)	\
	X(FIELD_ADDRESS,     "address",     "Address", "Adresse",           WHOSE_BOTH, OPEN_TO_SEE, MODE_VISIBLE)	\
	X(FIELD_EMAIL,       "email",       "Email", "Courriel",            WHOSE_BOTH, OPEN_TO_EDIT, MODE_VISIBLE)	\
	X(FIELD_BIRTH_DATE,  "birth_date",  "Date of birth", "Date de naissance", WHOSE_BOTH, OPEN_TO_SEE, MODE_VISIBLE)	\
	X(FIELD_MEMBERSHIP,  "membership",  "Membership", "Adhésion",       WHOSE_CONTACTS, OPEN_TO_SEE, MODE_VISIBLE)	\
	X(FIELD_POLLING_PLACE, "polling_place", "Polling place", "Endroit de vote", WHOSE_ELECTORS, OPEN_TO_SEE, MODE_VISIBLE)	\
	X(FIELD_POLLING_SUBDIVISION, "polling_subdivision", "Polling subdivision", "Section de vote", WHOSE_ELECTORS, OPEN_TO_SEE, MODE_VISIBLE)	\
	X(FIELD_ELECTOR_NUMBER, "elector_number", "Elector number", "Numéro d’électeur", WHOSE_ELECTORS, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_ELECTORAL_DIVISION, "electoral_division", "Electoral division (riding)", "Circonscription", WHOSE_ELECTORS, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_DISTRICT,    "district",    "Municipal district / ward", "District / quartier", WHOSE_ELECTORS, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_ADVANCE_VOTE, "advance_vote", "Voted in advance", "Vote par anticipation", WHOSE_ELECTORS, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_HAS_VOTED,   "has_voted",   "Vote", "Vote",                 WHOSE_BOTH, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_TAGS,        "tags",        "Tags", "Étiquettes",           WHOSE_BOTH, OPEN_TO_SEE, MODE_VISIBLE)	\
	X(FIELD_NOTES,       "notes",       "Notes", "Notes",               WHOSE_BOTH, OPEN_TO_EDIT, MODE_VISIBLE)	\
	X(FIELD_HOUSEHOLD,   "household",   "Household", "Foyer",           WHOSE_BOTH, OPEN_TO_SEE, MODE_VISIBLE)	\
	X(FIELD_SEX,         "sex",         "Sex", "Sexe",                  WHOSE_BOTH, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_NATIONALITY, "nationality", "Nationality", "Nationalité",   WHOSE_CONTACTS, OPEN_TO_EDIT, MODE_HIDDEN)	\
	X(FIELD_ORGANIZATION, "organization", "Organization", "Organisation", WHOSE_CONTACTS, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_FILE_NUMBER, "file_number", "File number", "Numéro de dossier", WHOSE_BOTH, OPEN_TO_SEE, MODE_HIDDEN)	\
	X(FIELD_DONATIONS_YEAR, "donations_year", "Donations made this year", "Dons de l’année", WHOSE_CONTACTS, OPEN_TO_SEE, MODE_HIDDEN)

#define AS_FIELD(id, code, en, fr, whose, open, mode) id,
enum person_field { PERSON_FIELDS(AS_FIELD) FIELD__MAX };
#undef AS_FIELD

const char *field_code(enum person_field);
const char *field_label(enum person_field, enum lang);
enum person_field field_of_code(const char *code);	/* FIELD__MAX when unknown */
enum field_open field_open(enum person_field);
bool field_in(enum person_field, enum op_source);	/* does this kind of people have it? (fact 80) */

/* The words stored in field_rule.mode and used by forms: "hidden", "visible", "editable". */
const char *field_mode_code(enum field_mode);
bool field_mode_of(const char *code, enum field_mode *out);
/* May a rule give the field this mode? (facts 76, 77: the wizard asks it before storing, the agent's page after reading.) */
bool field_allows(enum person_field, enum field_mode);

struct field_rule { enum person_field field; enum field_mode mode; bool highlight; };
/* A field that the organisation defined (custom.h): hidden where the operation says nothing, editable never. */
struct own_rule { uint64_t field; bool shown, highlight; };
#define OWN_RULES_MAX	40
struct field_rules {
	struct field_rule rule[FIELD__MAX];
	size_t n;
	struct own_rule own[OWN_RULES_MAX];	/* in the operation's order, behind the others */
	size_t nown;
};

/* Every field of that source in the default order and mode. */
void field_rules_default(enum op_source, struct field_rules *out);
/* Every field of the operation's source, in the operation's order: its rows of field_rule, then what they do
 * not name, as by default. A stored mode that the field does not allow counts as visible. */
bool field_rules_of(struct db *, const struct operation *, struct field_rules *out, struct arena *);

/* A stored value as people read it: "fr" is "Français", "1969-05-02" is "2 May 1969 (57)", addresses in one line.
 * `today` is the local date of the reader. "" stays "". In the arena. */
struct today { int year, month, day; };
const char *field_show(enum person_field, const char *value, enum lang, const struct today *, struct arena *);

#endif
