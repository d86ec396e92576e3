/*
 * filter_choice.c - questions, answers and operations for conditions.
 */
#include "domain/filter_choice.h"

#include "domain/custom.h"

#include "plumb/arena.h"
#include "plumb/db.h"

#define NEWEST(what)	"SELECT MAX(" what ".id) FROM survey s JOIN survey_version v ON v.survey_id = s.id"	\
	" JOIN question n ON n.version_id = v.id"

enum { Q_QUESTIONS, Q_ANSWERS, Q_OPERATIONS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_QUESTIONS] = { "u", "usssu", "SELECT n.stable_id, n.text_en, n.text_fr, s.name,"
	    " EXISTS (SELECT 1 FROM choice c WHERE c.question_id = n.id) FROM question n JOIN survey_version v ON v.id = n.version_id"
	    " JOIN survey s ON s.id = v.survey_id WHERE n.id IN (" NEWEST("n") " WHERE s.organisation_id = ? AND n.kind <> 'info'"
	    " AND n.kind <> 'field_update' GROUP BY n.stable_id) ORDER BY s.name, n.position LIMIT 300" },
	[Q_ANSWERS] = { "u", "uuss", "SELECT n.stable_id, c.stable_id, c.text_en, c.text_fr FROM choice c"
	    " JOIN question n ON n.id = c.question_id WHERE c.id IN (" NEWEST("k") " JOIN choice k ON k.question_id = n.id"
	    " WHERE s.organisation_id = ? GROUP BY k.stable_id) ORDER BY n.stable_id, c.position LIMIT 3000" },
	[Q_OPERATIONS] = { "us", "us", "SELECT id, name FROM operation WHERE organisation_id = ? AND source = ? AND state <> 'draft'"
	    " ORDER BY id DESC LIMIT 200" },
};
DB_STATEMENTS(q)

bool
filter_choices(struct db *db, struct organisation_id org, enum person_kind kind, struct filter_choices *out, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_QUESTIONS], IN(V_U(org.v)), a, &rows))
		return false;
	out->nquestions = rows.n;
	out->question = arena_alloc(a, (rows.n + 1) * sizeof(*out->question));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		out->question[i] = (struct filter_question){ row_u(r, 0), { [LANG_EN] = row_s(r, 1), [LANG_FR] = row_s(r, 2) },
		    row_s(r, 3), row_u(r, 4) != 0 };
	}
	if (!db_rows(db, &q[Q_ANSWERS], IN(V_U(org.v)), a, &rows))
		return false;
	out->nanswers = rows.n;
	out->answer = arena_alloc(a, (rows.n + 1) * sizeof(*out->answer));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		out->answer[i] = (struct filter_answer){ row_u(r, 0), row_u(r, 1), { [LANG_EN] = row_s(r, 2), [LANG_FR] = row_s(r, 3) } };
	}
	if (!db_rows(db, &q[Q_OPERATIONS], IN(V_U(org.v), V_S(person_kind_code(kind))), a, &rows))
		return false;
	out->noperations = rows.n;
	out->operation = arena_alloc(a, (rows.n + 1) * sizeof(*out->operation));
	for (size_t i = 0; i < rows.n; i++)
		out->operation[i] = (struct filter_operation){ { row_u(&rows.row[i], 0) }, row_s(&rows.row[i], 1) };
	return custom_fields(db, org, kind, &out->own, &out->nown, a);
}
