/*
 * practice_people.c - invented people: each has a story, which the last two digits of their number tell.
 */
#include "domain/practice_in.h"

#include "domain/queue.h"
#include "plumb/arena.h"
#include "plumb/db.h"

enum { Q_MADE, Q_HOUSEHOLD, Q_PERSON, Q_PHONE, Q_OWN, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_MADE] = { "u", "u", "SELECT COUNT(*) FROM entry WHERE operation_id = ?" },
	[Q_HOUSEHOLD] = { "us", "", "INSERT INTO household (organisation_id, kind, address_key) VALUES (?, ?, RANDOM_BYTES(16))" },
	[Q_PERSON] = { "ussssssssssuss" "ii", "", "INSERT INTO person (organisation_id, kind, first_name, last_name, email, language, birth_date,"
	    " civic_number, street, city, postal_code, household_id, time_zone, polling_subdivision, created_at, updated_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?)" },
	[Q_PHONE] = { "us", "", "INSERT INTO phone (person_id, position, kind, e164) VALUES (?, 1, 'home', ?)" },
	/* every other one has something in the fields that the organisation defined */
	[Q_OWN] = { "u", "", "INSERT INTO custom_value (person_id, field_id, value) SELECT p.id, f.id, CASE f.form WHEN 'yes' THEN '1'"
	    " WHEN 'number' THEN '3' WHEN 'date' THEN '2026-01-15' ELSE '…' END FROM person p JOIN custom_field f ON"
	    " f.organisation_id = p.organisation_id AND f.kind = p.kind AND f.put_away_at IS NULL"
	    " WHERE p.organisation_id = ? AND p.id MOD 2 = 0 AND NOT EXISTS (SELECT 1 FROM custom_value v WHERE v.person_id = p.id)" },
};
DB_STATEMENTS(q)

/* Last two digits of the numbers, as cgi-bin/sim/script.c has them, and who speaks divided further. */
static const struct { enum practice_story story; unsigned char from, to; } digits[] = {
	{ STORY_NO_NUMBER, 3, 3 }, { STORY_HANGS_UP, 9, 9 }, { STORY_RINGS, 17, 39 }, { STORY_VOICEMAIL, 40, 54 }, { STORY_BUSY, 55, 59 },
	{ STORY_TALKS, 60, 73 }, { STORY_WRONG_NUMBER, 74, 77 }, { STORY_LATER, 78, 81 }, { STORY_REFUSES, 82, 85 }, { STORY_NEVER, 86, 88 },
	{ STORY_NOT_HOME, 89, 92 }, { STORY_LANGUAGE, 93, 95 }, { STORY_MOVED, 96, 99 },
};

/* What a round brings, in this order: everything that an agent meets, a good talk first. */
static const enum practice_story round_of[PRACTICE_ROUND] = {
	STORY_TALKS, STORY_VOICEMAIL, STORY_LATER, STORY_RINGS, STORY_WRONG_NUMBER, STORY_TALKS, STORY_BUSY, STORY_REFUSES, STORY_NOT_HOME,
	STORY_NEVER, STORY_NO_NUMBER, STORY_LANGUAGE, STORY_HANGS_UP, STORY_MOVED,
};

static const char *const first_names[] = { "Alice", "Benoît", "Chloé", "Denis", "Élise", "François", "Gisèle", "Henri", "Inès", "Jacques",
	"Karine", "Louis", "Mireille", "Nicolas", "Odette", "Philippe", "Rosalie" };
static const char *const last_names[] = { "Exemple", "Essai", "Fictif", "Lafiction", "Dubidon", "Modèle", "Sansnom", "Imaginaire", "Répétition",
	"Toutinvente", "Personne", "Duthéâtre", "Coulisses" };

enum practice_story
practice_story_of(const char *e164)
{
	size_t n = strlen(e164);
	unsigned d = n < 2 ? 0 : (unsigned)(e164[n - 2] - '0') * 10 + (unsigned)(e164[n - 1] - '0');

	for (size_t i = 0; i < NITEMS(digits); i++)
		if (d >= digits[i].from && d <= digits[i].to)
			return digits[i].story;
	return STORY_TALKS;
}

bool
practice_answered(enum practice_story s)
{
	return s != STORY_VOICEMAIL && s != STORY_RINGS && s != STORY_BUSY && s != STORY_NO_NUMBER;
}

/* Each round in the next of the eighty area codes, so that two practices seldom meet; where they do, the queue gives somebody else. */
void
practice_number(uint64_t practice, unsigned n, char *out)
{
	unsigned area = (unsigned)((practice * 7 + n / PRACTICE_ROUND) % 80), last = 0;
	enum practice_story story = round_of[n % PRACTICE_ROUND];

	for (size_t i = 0; i < NITEMS(digits); i++)
		if (digits[i].story == story)
			last = digits[i].from + (n % PRACTICE_ROUND + n / PRACTICE_ROUND) % (unsigned)(digits[i].to - digits[i].from + 1);
	snprintf(out, 17, "+1%u9%u55501%02u", 2 + area / 10, area % 10, last % 100);
}

/* The sixth lives with the first, and has their number: what is said about a household can be tried too. */
enum { MATE = 5 };

static bool
person(struct db *db, const struct operation *op, enum lang lang, unsigned n, uint64_t household, int64_t now, struct person_id *out,
    struct arena *a)
{
	bool elector = op->source == OP_ELECTORS, home = n % PRACTICE_ROUND == 0 || n % PRACTICE_ROUND == MATE;
	enum practice_story story = round_of[n % PRACTICE_ROUND];
	const char *first = first_names[(n * 5) % NITEMS(first_names)];
	const char *last = last_names[(home ? n / PRACTICE_ROUND : n * 3 + 1) % NITEMS(last_names)];
	enum lang speaks = story == STORY_LANGUAGE ? (lang == LANG_FR ? LANG_EN : LANG_FR) : lang;
	char number[17];

	practice_number(op->organisation.v, home ? n - n % PRACTICE_ROUND : n, number);
	if (db_write(db, &q[Q_PERSON], IN(V_U(op->organisation.v), V_S(elector ? "elector" : "contact"), V_S(first), V_S(last),
	    V_S(n % 3 == 0 ? "" : arena_fmt(a, "personne%u@example.org", n + 1)), V_S(lang_code(speaks)),
	    V_S(arena_fmt(a, "19%02u-%02u-%02u", 45 + n * 7 % 55, 1 + n % 12, 1 + n * 11 % 28)),
	    V_S(arena_fmt(a, "%u", 100 + (home ? n / PRACTICE_ROUND : n * 17))), V_S(lang == LANG_FR ? "rue de l’Exercice" : "Rehearsal Street"),
	    V_S(lang == LANG_FR ? "Saint-Exemple" : "Exampleville"), V_S(""), V_U(home ? household : 0), V_S(op->zone),
	    V_S(elector ? arena_fmt(a, "%u", 1 + n % 40) : ""), V_I(now), V_I(now)), NULL) != WROTE)
		return false;
	out->v = db_last_id(db);
	return db_write(db, &q[Q_PHONE], IN(V_U(out->v), V_S(number)), NULL) == WROTE;
}

bool
practice_invent(struct db *db, const struct operation *op, enum lang lang, int64_t now, struct arena *a)
{
	struct person_id people[PRACTICE_ROUND];
	struct load_counts counts;
	uint64_t household;
	struct row r;
	unsigned made;

	if (db_row(db, &q[Q_MADE], IN(V_U(op->id.v)), a, &r) != FOUND || db_write(db, &q[Q_HOUSEHOLD], IN(V_U(op->organisation.v),
	    V_S(op->source == OP_ELECTORS ? "elector" : "contact")), NULL) != WROTE)
		return false;
	household = db_last_id(db);
	made = (unsigned)row_u(&r, 0);
	made -= made % PRACTICE_ROUND;
	for (unsigned i = 0; i < PRACTICE_ROUND; i++)
		if (!person(db, op, lang, made + i, household, now, &people[i], a))
			return false;
	return db_write(db, &q[Q_OWN], IN(V_U(op->organisation.v)), NULL) == WROTE &&
	    queue_add(db, op, people, PRACTICE_ROUND, now, &counts, a);
}
