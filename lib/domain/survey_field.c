/*
 * survey_field.c - a field of the record said during a conversation is read as a column of a file is: one set of rules.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/import_field.h"
#include "domain/survey_field.h"

#define NOTES_CHARS	1000	/* what an agent's page shows and changes of them (agent_edit.c) */

const enum person_field survey_fields[] = { FIELD_EMAIL, FIELD_LANGUAGE, FIELD_NATIONALITY, FIELD_NOTES };
const size_t nsurvey_fields = NITEMS(survey_fields);

enum person_field
survey_field(const char *code)
{
	for (size_t i = 0; code != NULL && i < NITEMS(survey_fields); i++)
		if (strcmp(field_code(survey_fields[i]), code) == 0)
			return survey_fields[i];
	return FIELD__MAX;
}

enum refusal
survey_field_read(enum person_field f, const char *said, const char **value, struct arena *a)
{
	enum import_field column = import_field_of_code(field_code(f));
	const enum import_field mapping[] = { IF_LAST_NAME, column };
	const char *const cell[] = { "x", said };
	struct person_row row;
	size_t most = f == FIELD_NOTES ? NOTES_CHARS : import_field_max(column);

	*value = "";
	if (text_is_blank(said))
		return R_MISSING;
	if (most > 0 && text_chars(said) > most)
		return R_TOO_LONG;
	if (import_read_row(a, mapping, 2, cell, 2, &row) != R_NONE)
		return R_BAD_REQUEST;
	if (row.nrefused > 0)
		return row.refused[0].why;
	*value = row.value[column] == NULL ? "" : row.value[column];
	return R_NONE;
}
