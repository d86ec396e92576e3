/*
 * import_field.h - the fields a column of a file can go to: one list feeds the codes stored in
 * import.mapping, the labels, the kinds of value and their limits, and which people have them.
 * Columns: enum, code, label, kind of value, characters at most, contacts?, electors?
 */
#ifndef DOMAIN_IMPORT_FIELD_H
#define DOMAIN_IMPORT_FIELD_H

#include "domain/person.h"
#include "plumb/base.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"

struct arena;

enum { IMPORT_COLUMNS_MAX = 200 };
enum value_kind { VK_NONE, VK_TEXT, VK_NOTES, VK_TAGS, VK_PHONE, VK_EMAIL, VK_LANGUAGE, VK_DATE, VK_MONEY, VK_POSTAL, VK_YES, VK_NO };

#define IMPORT_FIELDS(X)										\
	X(IF_NONE,           "",                    N_("Do not import"),        VK_NONE,      0, true,  true)	\
	X(IF_FILE_NUMBER,    "file_number",         N_("File number"),          VK_TEXT,     40, true,  true)	\
	X(IF_LAST_NAME,      "last_name",           N_("Last name"),            VK_TEXT,     80, true,  true)	\
	X(IF_FIRST_NAME,     "first_name",          N_("First name"),           VK_TEXT,     80, true,  true)	\
	X(IF_PHONE_HOME,     "phone_home",          N_("Landline phone"),       VK_PHONE,     0, true,  true)	\
	X(IF_PHONE_CELL,     "phone_cell",          N_("Cell phone"),           VK_PHONE,     0, true,  true)	\
	X(IF_PHONE_WORK,     "phone_work",          N_("Work phone"),           VK_PHONE,     0, true,  true)	\
	X(IF_EMAIL,          "email",               N_("E-mail"),               VK_EMAIL,   190, true,  true)	\
	X(IF_LANGUAGE,       "language",            N_("Language"),             VK_LANGUAGE,  0, true,  true)	\
	X(IF_BIRTH_DATE,     "birth_date",          N_("Date of birth"),        VK_DATE,      0, true,  true)	\
	X(IF_SEX,            "sex",                 N_("Sex"),                  VK_TEXT,     10, true,  true)	\
	X(IF_NATIONALITY,    "nationality",         N_("Nationality"),          VK_TEXT,     60, true,  false)	\
	X(IF_CIVIC_NUMBER,   "civic_number",        N_("Civic number"),         VK_TEXT,     20, true,  true)	\
	X(IF_STREET,         "street",              N_("Street"),               VK_TEXT,    120, true,  true)	\
	X(IF_APARTMENT,      "apartment",           N_("Apartment"),            VK_TEXT,     20, true,  true)	\
	X(IF_CITY,           "city",                N_("City"),                 VK_TEXT,     80, true,  true)	\
	X(IF_POSTAL_CODE,    "postal_code",         N_("Postal code"),          VK_POSTAL,   10, true,  true)	\
	X(IF_MEMBER_UNTIL,   "member_until",        N_("Member until"),         VK_DATE,      0, true,  false)	\
	X(IF_DONATIONS,      "donations_year",      N_("Donations made this year"), VK_MONEY, 0, true,  false)	\
	X(IF_ORGANIZATION,   "organization",        N_("Organization"),         VK_TEXT,    120, true,  false)	\
	X(IF_TAGS,           "tags",                N_("Tags"),                 VK_TAGS, PERSON_TAGS_MAX, true,  true)	\
	X(IF_NOTES,          "notes",               N_("Notes"),                VK_NOTES, PERSON_NOTES_MAX, true,  true)	\
	X(IF_FORBIDDEN,      "calls_forbidden",     N_("Do not call"),          VK_YES,       0, true,  true)	\
	X(IF_ALLOWED,        "calls_allowed",       N_("Phone permission"),     VK_NO,        0, true,  true)	\
	X(IF_DIVISION,       "electoral_division",  N_("Electoral division"),   VK_TEXT,     80, false, true)	\
	X(IF_DISTRICT,       "district",            N_("District"),             VK_TEXT,     80, false, true)	\
	X(IF_SUBDIVISION,    "polling_subdivision", N_("Polling subdivision"),  VK_TEXT,     20, false, true)	\
	X(IF_ELECTOR_NUMBER, "elector_number",      N_("Elector number"),       VK_TEXT,     20, false, true)	\
	X(IF_POLLING_PLACE,  "polling_place",       N_("Polling place"),        VK_TEXT,    160, false, true)	\
	X(IF_ADVANCE_VOTE,   "advance_vote",        N_("Voted in advance"),     VK_TEXT,     20, false, true)	\
	X(IF_HAS_VOTED,      "has_voted",           N_("Has voted"),            VK_YES,       0, false, true)

#define AS_IMPORT_FIELD(id, code, label, kind, max, contacts, electors) id,
enum import_field { IMPORT_FIELDS(AS_IMPORT_FIELD) IF__MAX };
#undef AS_IMPORT_FIELD

const char *import_field_code(enum import_field);
const char *import_field_label(enum import_field, enum lang);
enum value_kind import_field_kind(enum import_field);
size_t      import_field_max(enum import_field);
bool        import_field_of(enum import_field, enum person_kind);	/* do such people have it? */
enum import_field import_field_of_code(const char *code);		/* IF_NONE when unknown */

/* What a French or English header means; every field at most once. */
void import_guess_columns(struct arena *, enum person_kind, const char *const *header, size_t n, enum import_field *out);

/* One row of a file with its values as they will be stored. */
struct row_phone { const char *kind, *e164, *extension; enum import_field field; };
struct row_refusal { unsigned column; enum refusal why; const char *cell; };	/* column from 1 */
struct person_row {
	const char *value[IF__MAX];	/* NULL: not in the file, blank or refused; dates as YYYY-MM-DD */
	struct row_phone phone[3];
	size_t nphones;
	struct row_refusal refused[8];	/* numbers and values left out */
	size_t nrefused;
	const char **own;		/* by import.own; NULL: the file has no such column */
};
/* One cell: trimmed, without what an export neutralised for Excel. */
const char *import_cell_text(struct arena *, const char *cell);
/* A value of that kind as it is stored; NULL: it says nothing, or *why. Not for VK_PHONE. */
const char *import_read_value(struct arena *, enum value_kind, const char *cell, enum refusal *why);
void import_leave_out(struct person_row *, size_t column, enum refusal why, const char *cell);
/* Pure. R_NONE, or why the whole row cannot be taken (R_ROW_NO_NAME, R_ROW_TOO_SHORT, R_ROW_TOO_LONG). */
enum refusal import_read_row(struct arena *, const enum import_field *mapping, size_t ncolumns,
    const char *const *cell, size_t ncells, struct person_row *out);

#endif
