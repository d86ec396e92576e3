/*
 * survey.c - reads questionnaires; replaces merge fields.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/text.h"

#include "domain/organisation.h"
#include "domain/survey.h"

#define SURVEY_COLUMNS	"s.id, v.id, v.number, s.name, s.description, v.script_en, v.script_fr, v.created_at,"	\
	" COALESCE((SELECT u.name FROM user u WHERE u.id = v.created_by), ''), s.renamed"
#define SURVEY_OUT	"uuussssisu"
#define NEWEST		"v.number = (SELECT MAX(x.number) FROM survey_version x WHERE x.survey_id = s.id)"

enum { Q_VERSION, Q_VERSION_OF, Q_NEWEST, Q_LIST, Q_QUESTIONS, Q_CHOICES, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_VERSION] = { "u", SURVEY_OUT, "SELECT " SURVEY_COLUMNS " FROM survey_version v JOIN survey s ON s.id = v.survey_id"
	    " WHERE v.id = ?" },
	[Q_VERSION_OF] = { "uu", SURVEY_OUT, "SELECT " SURVEY_COLUMNS " FROM survey_version v"
	    " JOIN survey s ON s.id = v.survey_id WHERE v.id = ? AND s.organisation_id = ?" },
	[Q_NEWEST] = { "uu", SURVEY_OUT, "SELECT " SURVEY_COLUMNS " FROM survey s JOIN survey_version v ON v.survey_id = s.id"
	    " WHERE s.id = ? AND s.organisation_id = ? AND " NEWEST },
	[Q_LIST] = { "u", SURVEY_OUT "u", "SELECT " SURVEY_COLUMNS ","
	    " (SELECT COUNT(*) FROM question n WHERE n.version_id = v.id) FROM survey s JOIN survey_version v ON v.survey_id = s.id"
	    " WHERE s.organisation_id = ? AND " NEWEST " ORDER BY s.name, s.id" },
	[Q_QUESTIONS] = { "u", "uuususss", "SELECT id, stable_id, position, kind, required, text_en, text_fr, field FROM question"
	    " WHERE version_id = ? ORDER BY position" },
	[Q_CHOICES] = { "u", "uuussi", "SELECT c.question_id, c.id, c.stable_id, c.text_en, c.text_fr, c.next FROM question n"
	    " JOIN choice c ON c.question_id = n.id WHERE n.version_id = ? ORDER BY n.position, c.position" },
};
DB_STATEMENTS(q)

const char *const merge_field_name[MF__MAX] = {
	[MF_FIRST_NAME] = "first_name", [MF_LAST_NAME] = "last_name", [MF_AGENT] = "agent",
	[MF_OPERATION] = "operation", [MF_ORGANISATION] = "organisation", [MF_CITY] = "city", [MF_POLLING_PLACE] = "polling_place",
};

const char *
survey_text(const char *const text[LANG__MAX], enum lang lang)
{
	enum lang other = lang == LANG_FR ? LANG_EN : LANG_FR;

	return !text_is_blank(text[lang]) ? text[lang] : text[other] == NULL ? "" : text[other];
}

static void
survey_fill(struct survey *s, const struct row *r)
{
	*s = (struct survey){
		.id = { row_u(r, 0) }, .version = { row_u(r, 1) }, .number = (unsigned)row_u(r, 2),
		.name = row_s(r, 3), .description = row_s(r, 4),
		.script = { [LANG_EN] = row_s(r, 5), [LANG_FR] = row_s(r, 6) },
		.made_at = row_i(r, 7), .made_by = row_s(r, 8), .renamed = (unsigned)row_u(r, 9),
	};
}

static bool
fill_questions(struct db *db, struct survey *s, struct arena *a)
{
	struct rows qs, cs;
	size_t c = 0;

	if (!db_rows(db, &q[Q_QUESTIONS], IN(V_U(s->version.v)), a, &qs) ||
	    !db_rows(db, &q[Q_CHOICES], IN(V_U(s->version.v)), a, &cs))
		return false;
	s->questions = arena_alloc(a, (qs.n + 1) * sizeof(*s->questions));
	s->nquestions = qs.n;
	for (size_t i = 0; i < qs.n; i++) {
		const struct row *r = &qs.row[i];
		struct question *n = &s->questions[i];
		*n = (struct question){
			.id = { row_u(r, 0) }, .stable = row_u(r, 1), .position = (unsigned)row_u(r, 2),
			.kind = row_s(r, 3), .required = row_u(r, 4) != 0, .field = row_s(r, 7),
			.text = { [LANG_EN] = row_s(r, 5), [LANG_FR] = row_s(r, 6) },
			.choices = arena_alloc(a, (cs.n + 1) * sizeof(*n->choices)),
		};
		for (; c < cs.n && row_u(&cs.row[c], 0) == n->id.v; c++)
			n->choices[n->nchoices++] = (struct choice){
				.id = { row_u(&cs.row[c], 1) }, .stable = row_u(&cs.row[c], 2), .next = (int)row_i(&cs.row[c], 5),
				.text = { [LANG_EN] = row_s(&cs.row[c], 3), [LANG_FR] = row_s(&cs.row[c], 4) },
			};
	}
	return true;
}

static enum found
one(struct db *db, struct stmt *st, const struct val *in, size_t nin, struct survey *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, st, in, nin, a, &r);

	if (f != FOUND)
		return f;
	survey_fill(out, &r);
	return fill_questions(db, out, a) ? FOUND : FAILED;
}

enum found
survey_version(struct db *db, struct version_id id, struct survey *out, struct arena *a)
{
	return one(db, &q[Q_VERSION], IN(V_U(id.v)), out, a);
}

enum found
survey_version_of(struct db *db, struct organisation_id org, struct version_id id, struct survey *out, struct arena *a)
{
	return one(db, &q[Q_VERSION_OF], IN(V_U(id.v), V_U(org.v)), out, a);
}

enum found
survey_newest(struct db *db, struct organisation_id org, struct survey_id id, struct survey *out, struct arena *a)
{
	return one(db, &q[Q_NEWEST], IN(V_U(id.v), V_U(org.v)), out, a);
}

bool
survey_list(struct db *db, struct organisation_id org, struct survey **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(org.v)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	*n = rs.n;
	for (size_t i = 0; i < rs.n; i++) {
		survey_fill(&(*out)[i], &rs.row[i]);
		(*out)[i].asked = (size_t)row_u(&rs.row[i], 10);
	}
	return true;
}

/* The length of "{word}" at p, braces included, or 0. Braces around a line break or a long text are just text. */
static size_t
merge_at(const char *p)
{
	size_t n = 1;

	if (*p != '{')
		return 0;
	while (p[n] != '\0' && p[n] != '{' && p[n] != '}' && p[n] != '\n' && n < 60)
		n++;
	return p[n] == '}' && n > 1 ? n + 1 : 0;
}

static enum merge_field
merge_named(const char *p, size_t n)
{
	for (unsigned i = 0; i < MF__MAX; i++)
		if (strlen(merge_field_name[i]) == n - 2 && memcmp(merge_field_name[i], p + 1, n - 2) == 0)
			return (enum merge_field)i;
	return MF__MAX;
}

const char *
survey_merge(const char *text, const char *const value[MF__MAX], struct arena *a)
{
	struct buf b;
	size_t n;

	buf_init_in(&b, a, 64 * 1024);
	buf_text(&b, "");
	for (const char *p = text; *p != '\0'; p += n > 0 ? n : 1) {
		enum merge_field f = (n = merge_at(p)) == 0 ? MF__MAX : merge_named(p, n);
		if (f != MF__MAX)
			buf_text(&b, value[f] == NULL ? "" : value[f]);
		else
			buf_bytes(&b, p, n > 0 ? n : 1);
	}
	return b.data == NULL ? "" : b.data;
}

bool
survey_merges(const char *text, enum merge_field f)
{
	size_t n;

	for (const char *p = text; *p != '\0'; p += n > 0 ? n : 1)
		if ((n = merge_at(p)) > 0 && merge_named(p, n) == f)
			return true;
	return false;
}

enum found
survey_organisation_name(struct db *db, struct organisation_id org, const char **out, struct arena *a)
{
	struct organisation o = { .name = "" };
	enum found f = organisation_by_id(db, org, &o, a);

	*out = o.name;
	return f;
}

const char *
survey_unknown_merge(const char *text, struct arena *a)
{
	size_t n;

	for (const char *p = text == NULL ? "" : text; *p != '\0'; p += n > 0 ? n : 1)
		if ((n = merge_at(p)) > 0 && merge_named(p, n) == MF__MAX)
			return arena_strndup(a, p, n);
	return NULL;
}
