/*
 * export_rows.c - rows of calls, answers, refused rows and the audit log: what only ever grows, in order of its id.
 */
#include "domain/power.h"
#include "domain/export_in.h"

#include "domain/import.h"
#include "domain/status.h"
#include "plumb/arena.h"

enum { PAGE = 2000, SETTLED = 5000 };

enum { Q_CALLS, Q_ALL_CALLS, Q_ANSWERS, Q_ALL_ANSWERS, Q_AUDIT, Q_ENDS, Q_ALL_ENDS, Q_AUDIT_ENDS, Q_REFUSED_ENDS,
	Q_SETTLE, Q_SETTLE_AUDIT, Q__MAX };

/* A page of calls. An operation's by its index; all of an organisation's, those outside operations included, by
 * id, because who called belongs to it. */
#define OF_OPERATION "attempt t FORCE INDEX (by_operation)"
#define OF_ALL	"attempt t FORCE INDEX (PRIMARY)"
#define IS_OPERATION " WHERE t.operation_id = ?"
#define IS_ALL	" WHERE t.user_id IN (SELECT id FROM user WHERE organisation_id = ?)"
/* a call that the software saved by itself (power.h) is no user's */
#define IS_ALL_CALLS " WHERE COALESCE(u.organisation_id, o.organisation_id) = ?"
#define PAGE_OF	" AND t.id > ? AND t.id <= ? AND t.saved_at >= ? AND t.saved_at < ? ORDER BY t.id LIMIT ?"
#define AROUND	" LEFT JOIN operation o ON o.id = t.operation_id LEFT JOIN person p ON p.id = t.person_id LEFT JOIN user u ON u.id = t.user_id"

/* no derived table around it: a copy of each note would cost more than all the rest */
#define CALLS(from, which) "SELECT STRAIGHT_JOIN t.id, t.operation_id, o.name, t.number, t.person_id, p.file_number, p.last_name,"	\
	" p.first_name, t.e164, u.name, t.status, t.time_zone, t.started_at, t.saved_at, t.callback_at, t.note FROM " from AROUND which PAGE_OF
#define CALL_OUT "uusuusssssusiiis"

/* a call without answers still moves the place on */
#define ANSWERS(from, which) "SELECT STRAIGHT_JOIN t.id, t.operation_id, o.name, t.person_id, p.file_number, p.last_name, p.first_name, u.name,"	\
	" t.saved_at, t.time_zone, q.stable_id, q.text_en, q.text_fr, k.text_en, k.text_fr, w.text FROM (SELECT t.id FROM " from which PAGE_OF ") x"	\
	" JOIN attempt t ON t.id = x.id" AROUND " LEFT JOIN answer w ON w.attempt_id = t.id LEFT JOIN question q ON q.id = w.question_id"		\
	" LEFT JOIN choice k ON k.id = w.choice_id ORDER BY t.id, q.position, w.position"
#define ANSWER_OUT "uusussssisusssss"

static struct stmt q[Q__MAX] = {
	[Q_CALLS]       = { "uuuiiu", CALL_OUT, CALLS(OF_OPERATION, IS_OPERATION) },
	[Q_ALL_CALLS]   = { "uuuiiu", CALL_OUT, CALLS(OF_ALL, IS_ALL_CALLS) },
	[Q_ANSWERS]     = { "uuuiiu", ANSWER_OUT, ANSWERS(OF_OPERATION, IS_OPERATION) },
	[Q_ALL_ANSWERS] = { "uuuiiu", ANSWER_OUT, ANSWERS(OF_ALL, IS_ALL) },
	[Q_AUDIT] = { "uuuiiu", "uisssus", "SELECT t.id, t.at, u.name, t.verb, t.object, t.object_id, t.detail FROM audit t FORCE INDEX (PRIMARY)"
	    " LEFT JOIN user u ON u.id = t.user_id WHERE t.organisation_id = ? AND t.id > ? AND t.id <= ? AND t.at >= ? AND t.at < ?"
	    " ORDER BY t.id LIMIT ?" },
	[Q_ENDS]        = { "u", "uu", "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM attempt WHERE operation_id = ?" },
	[Q_ALL_ENDS]    = { "", "uu", "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM attempt" },
	[Q_AUDIT_ENDS]  = { "", "uu", "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM audit" },
	[Q_REFUSED_ENDS] = { "u", "uu", "SELECT COALESCE(MIN(line), 0), COALESCE(MAX(line), 0) FROM import_refusal WHERE import_id = ?" },
	/* Rows being added have their ids already: the lock is granted when they are in, or will never be. It is asked for
	 * rows that exist, so nobody who adds new ones waits. */
	[Q_SETTLE]       = { "uu", "u", "SELECT id FROM attempt WHERE id > ? AND id <= ? LOCK IN SHARE MODE" },
	[Q_SETTLE_AUDIT] = { "uu", "u", "SELECT id FROM audit WHERE id > ? AND id <= ? LOCK IN SHARE MODE" },
};
DB_STATEMENTS(q)

/* Columns: English, French. */
struct title { const char *en, *fr; };
static const struct title calls[] = {
	{ "Call", "Appel" }, { "Operation number", "Numéro d’opération" }, { "Operation", "Opération" }, { "Attempt", "Tentative" },
	{ "Person", "Personne" }, { "File number", "Numéro de dossier" }, { "Last name", "Nom" }, { "First name", "Prénom" },
	{ "Number dialled", "Numéro composé" }, { "Caller", "Appelant" }, { "Status code", "Code du statut" }, { "Status", "Statut" },
	{ "Time zone", "Fuseau horaire" }, { "Began (local time)", "Début (heure locale)" }, { "Saved (local time)", "Enregistré (heure locale)" },
	{ "Saved (UTC)", "Enregistré (UTC)" }, { "Call back at (local time)", "À rappeler (heure locale)" }, { "Note", "Note" },
};
static const struct title answers[] = {
	{ "Call", "Appel" }, { "Operation number", "Numéro d’opération" }, { "Operation", "Opération" }, { "Person", "Personne" },
	{ "File number", "Numéro de dossier" }, { "Last name", "Nom" }, { "First name", "Prénom" }, { "Caller", "Appelant" },
	{ "Saved (local time)", "Enregistré (heure locale)" }, { "Time zone", "Fuseau horaire" }, { "Question number", "Numéro de la question" },
	{ "Question", "Question" }, { "Answer", "Réponse" },
};
static const struct title audits[] = {
	{ "Entry", "Entrée" }, { "When (local time)", "Moment (heure locale)" }, { "When (UTC)", "Moment (UTC)" }, { "Who", "Qui" },
	{ "What", "Quoi" }, { "Of what", "De quoi" }, { "Its number", "Son numéro" }, { "Detail", "Détail" },
};
static const struct title refusals[] = { { "Line", "Ligne" }, { "Column", "Colonne" }, { "Reason", "Raison" }, { "Value", "Valeur" } };

bool
export_rows_header(struct db *db, const struct export *x, struct sink *s, struct arena *a)
{
	static const struct { const struct title *list; size_t n; } of[EXPORT__WHATS] = {
		[EXPORT_CALLS] = { calls, NITEMS(calls) }, [EXPORT_ANSWERS] = { answers, NITEMS(answers) },
		[EXPORT_AUDIT] = { audits, NITEMS(audits) }, [EXPORT_REFUSED] = { refusals, NITEMS(refusals) },
	};
	struct import im;

	for (size_t i = 0; i < of[x->what].n; i++)
		sink_text(s, x->lang == LANG_FR ? of[x->what].list[i].fr : of[x->what].list[i].en);
	if (x->what == EXPORT_REFUSED) {
		if (import_by_id(db, x->organisation, x->import, &im, a) != FOUND)
			return false;
		for (size_t i = 0; i < im.ncolumns; i++)
			sink_text(s, im.header[i]);
	}
	sink_end_row(s);
	return true;
}

/* --- a page --- */

struct filling { const struct export *x; struct sink *s; uint64_t last; size_t n; };

static bool
call(void *ctx, const struct row *r)
{
	struct filling *f = ctx;
	struct sink *s = f->s;
	enum status status = row_u(r, 10) < ST__MAX ? (enum status)row_u(r, 10) : ST_NONE;
	const char *zone = row_s(r, 11);

	f->last = row_u(r, 0);
	f->n++;
	sink_uint(s, f->last);
	if (row_is_null(r, 1))		/* a call outside operations */
		sink_text(s, "");
	else
		sink_uint(s, row_u(r, 1));
	sink_text(s, row_s(r, 2));
	sink_uint(s, row_u(r, 3));
	sink_uint(s, row_u(r, 4));
	sink_text(s, row_s(r, 5));
	sink_text(s, row_s(r, 6));
	sink_text(s, row_s(r, 7));
	sink_phone(s, row_s(r, 8));
	sink_text(s, row_s(r, 9) != NULL ? row_s(r, 9) : power_saver("", f->x->lang));
	sink_text(s, status_code(status));
	sink_text(s, status_label(status, f->x->lang));
	sink_text(s, zone);
	sink_moment(s, zone, row_i(r, 12));
	sink_moment(s, zone, row_i(r, 13));
	sink_moment(s, "UTC", row_i(r, 13));
	sink_moment(s, zone, row_i(r, 14));
	sink_text(s, row_s(r, 15));
	sink_end_row(s);
	return !s->failed;
}

/* In the language wanted; in the other one when nothing is written in it. */
static const char *
either(const struct export *x, const struct row *r, unsigned en, unsigned fr)
{
	const char *first = row_s(r, x->lang == LANG_FR ? fr : en), *other = row_s(r, x->lang == LANG_FR ? en : fr);

	return first != NULL && *first != '\0' ? first : other;
}

static bool
answer(void *ctx, const struct row *r)
{
	struct filling *f = ctx;
	struct sink *s = f->s;

	f->n += row_u(r, 0) != f->last;
	f->last = row_u(r, 0);
	if (row_is_null(r, 10))
		return true;
	sink_uint(s, row_u(r, 0));
	if (row_is_null(r, 1))
		sink_text(s, "");
	else
		sink_uint(s, row_u(r, 1));
	sink_text(s, row_s(r, 2));
	sink_uint(s, row_u(r, 3));
	for (unsigned i = 4; i <= 7; i++)
		sink_text(s, row_s(r, i));
	sink_moment(s, row_s(r, 9), row_i(r, 8));
	sink_text(s, row_s(r, 9));
	sink_uint(s, row_u(r, 10));
	sink_text(s, either(f->x, r, 11, 12));
	sink_text(s, row_is_null(r, 13) ? row_s(r, 15) : either(f->x, r, 13, 14));
	sink_end_row(s);
	return !s->failed;
}

static bool
act(void *ctx, const struct row *r)
{
	struct filling *f = ctx;
	struct sink *s = f->s;

	f->last = row_u(r, 0);
	f->n++;
	sink_uint(s, f->last);
	sink_moment(s, f->x->zone, row_i(r, 1));
	sink_moment(s, "UTC", row_i(r, 1));
	for (unsigned i = 2; i <= 4; i++)
		sink_text(s, row_s(r, i));
	if (row_is_null(r, 5))
		sink_text(s, "");
	else
		sink_uint(s, row_u(r, 5));
	sink_text(s, row_s(r, 6));
	sink_end_row(s);
	return !s->failed;
}

static bool
refused_page(struct db *db, const struct export *x, struct place *at, struct sink *s, struct arena *a)
{
	struct import_refused *list;
	struct import im;
	size_t n;

	if (import_by_id(db, x->organisation, x->import, &im, a) != FOUND ||
	    !import_refusals(db, x->import, at->last_id, (unsigned)at->last_part, PAGE, &list, &n, a))
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned column = list[i].column;
		const char *why = list[i].reason;

		for (enum refusal r = R_NONE + 1; r < R__MAX; r++)
			if (strcmp(list[i].reason, refusal_key(r)) == 0)
				why = refusal_text(r, x->lang);
		sink_uint(s, list[i].line);
		sink_text(s, column > 0 && column <= im.ncolumns ? im.header[column - 1] : "");
		sink_text(s, why);
		sink_text(s, list[i].cell);
		for (size_t c = 0; c < list[i].ncells; c++)
			sink_text(s, list[i].cells[c]);
		sink_end_row(s);
		at->last_id = list[i].line;
		at->last_part = column;
	}
	at->end = n < PAGE;
	return true;
}

bool
export_rows_page(struct db *db, const struct export *x, struct place *at, struct sink *s, struct arena *a)
{
	bool all = x->operation.v == 0;
	struct stmt *st = x->what == EXPORT_AUDIT ? &q[Q_AUDIT] : x->what == EXPORT_CALLS ? &q[all ? Q_ALL_CALLS : Q_CALLS] :
	    &q[all ? Q_ALL_ANSWERS : Q_ANSWERS];
	struct filling f = { .x = x, .s = s, .last = at->last_id };

	if (x->what == EXPORT_REFUSED)
		return refused_page(db, x, at, s, a);
	if (!db_each(db, st, IN(V_U(x->what == EXPORT_AUDIT || all ? x->organisation.v : x->operation.v), V_U(at->last_id), V_U(x->cut),
	    V_I(x->from_at), V_I(x->until_at == 0 ? INT64_MAX : x->until_at), V_U(PAGE)),
	    x->what == EXPORT_AUDIT ? act : x->what == EXPORT_CALLS ? call : answer, &f))
		return false;
	at->last_id = f.last;
	at->end = f.n < PAGE;
	return true;
}

/* --- the cut --- */

static bool
seen(void *ctx, const struct row *r)
{
	(void)ctx;
	(void)r;
	return true;
}

struct settling { uint64_t cut; bool audit; };

static bool
settle(struct db *db, void *ctx)
{
	struct settling *s = ctx;

	return db_each(db, &q[s->audit ? Q_SETTLE_AUDIT : Q_SETTLE], IN(V_U(s->cut > SETTLED ? s->cut - SETTLED : 0), V_U(s->cut)), seen, NULL);
}

bool
export_rows_cut(struct db *db, const struct export *x, uint64_t *first, uint64_t *cut, struct arena *a)
{
	struct settling s = { .audit = x->what == EXPORT_AUDIT };
	struct row r;
	enum found f;

	if (x->what == EXPORT_REFUSED)
		f = db_row(db, &q[Q_REFUSED_ENDS], IN(V_U(x->import.v)), a, &r);
	else if (s.audit)
		f = db_row(db, &q[Q_AUDIT_ENDS], NO_IN, a, &r);
	else if (x->operation.v == 0)
		f = db_row(db, &q[Q_ALL_ENDS], NO_IN, a, &r);
	else
		f = db_row(db, &q[Q_ENDS], IN(V_U(x->operation.v)), a, &r);
	if (f != FOUND)
		return false;
	*first = row_u(&r, 0);
	*cut = s.cut = row_u(&r, 1);
	return x->what == EXPORT_REFUSED || tx_write(db, settle, &s) == TX_DONE;
}
