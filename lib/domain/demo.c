/*
 * demo.c - the demo organisation, its list and its operation. The calls are in demo_calls.c.
 */
#include "domain/demo.h"
#include "domain/demo_in.h"

#include <errno.h>
#include <sys/stat.h>

#include "domain/audit.h"
#include "domain/import.h"
#include "domain/job.h"
#include "domain/link.h"
#include "domain/list.h"
#include "domain/operation.h"
#include "domain/session.h"
#include "domain/setup.h"
#include "domain/share.h"
#include "domain/survey.h"
#include "domain/trunk.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { DAYS_OLD = 4 };
#define DONE	"demo.done"

enum { Q_LEFT, Q_OPERATIONS, Q_JOBS, Q_IMPORTS, Q_AGENTS, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* the owner of a demo that stopped half-way, in a database where nobody else may sign in */
	[Q_LEFT] = { "ss", "uu", "SELECT u.id, u.organisation_id FROM user u JOIN organisation o ON o.id = u.organisation_id"
	    " WHERE u.email = ? AND o.name = ? AND NOT EXISTS (SELECT 1 FROM user x WHERE x.email IS NOT NULL AND x.id <> u.id)"
	    " AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.organisation_id = o.id AND a.verb = '" DONE "')" },
	[Q_OPERATIONS] = { "u", "us", "SELECT id, state FROM operation WHERE organisation_id = ? AND state <> 'archived' ORDER BY id" },
	[Q_JOBS] = { "iu", "", "UPDATE job SET state = 'failed', finished_at = ? WHERE organisation_id = ? AND state IN ('queued', 'running')" },
	[Q_IMPORTS] = { "iu", "", "UPDATE import SET state = 'failed', finished_at = ? WHERE organisation_id = ? AND state IN ('uploaded', 'queued', 'running')" },
	[Q_AGENTS] = { "iu", "", "UPDATE user SET disabled_at = ? WHERE organisation_id = ? AND email IS NULL AND disabled_at IS NULL" },
};
DB_STATEMENTS(q)

#define ORGANISATION "Mouvement Rive-Sud (démo)"
#define OWNER "Marie Gagnon"
#define EMAIL "marie@exemple.org"

/* Every step ends here when it did not work: its name, and the domain's reason when there is one. */
static bool
stopped(struct making *m, const char *step, enum refusal r)
{
	m->why = arena_fmt(m->arena, "the demo stopped at: %s%s%s", step, r == R_NONE ? "" : ": ",
	    r == R_NONE ? "" : refusal_text(r, LANG_EN));
	return false;
}

static bool
good(struct making *m, enum saved s, const char *step, const enum refusal *r)
{
	return s == SAVED || s == ALREADY || stopped(m, step, s == REFUSED ? *r : R_NONE);
}

/* What a demo that stopped has left is put away; its people are there already for the file that comes again. */
static bool
put_away(struct db *db, void *ctx)
{
	struct making *m = ctx;
	const struct val when = V_I(m->now), org = V_U(m->organisation.v);

	return db_write(db, &q[Q_JOBS], IN(when, org), NULL) == WROTE && db_write(db, &q[Q_IMPORTS], IN(when, org), NULL) == WROTE &&
	    db_write(db, &q[Q_AGENTS], IN(when, org), NULL) == WROTE;
}

static bool
begin_again(struct making *m, const char *password)
{
	enum refusal r = R_NONE;
	struct rows ops;
	struct row left;
	enum found f = db_row(m->db, &q[Q_LEFT], IN(V_S(EMAIL), V_S(ORGANISATION)), m->arena, &left);

	if (f != FOUND)
		return stopped(m, f == NONE ? "the database is not empty" : "looking for what is there", R_NONE);
	m->owner.v = row_u(&left, 0);
	m->organisation.v = row_u(&left, 1);
	if (!good(m, user_reset_password(m->db, m->owner, password, m->now, &r, m->arena), "the owner's password", &r))
		return false;
	if (tx_write(m->db, put_away, m) != TX_DONE || !db_rows(m->db, &q[Q_OPERATIONS], IN(V_U(m->organisation.v)), m->arena, &ops))
		return stopped(m, "putting away what a broken demo left", R_NONE);
	for (size_t i = 0; i < ops.n; i++) {
		struct operation_id op = { row_u(&ops.row[i], 0) };
		if (!good(m, strcmp(row_s(&ops.row[i], 1), "draft") == 0 ? operation_discard(m->db, op, m->owner, m->now, &r, m->arena) :
		    operation_archive(m->db, op, m->owner, m->now, &r, m->arena), "putting away an operation", &r))
			return false;
	}
	return true;
}

static bool
note_done(struct db *db, void *ctx)
{
	struct making *m = ctx;

	return audit_add(db, m->organisation, m->owner, m->now, DONE, "organisation", m->organisation.v, "");
}

/* The first owner, by a code as everybody gets it. */
static bool
make_owner(struct making *m, const char *password)
{
	struct first_owner who = { .organisation = ORGANISATION, .name = OWNER, .email = EMAIL, .password = password,
		.lang = LANG_FR, .address = "127.0.0.1" };
	enum refusal r = R_NONE;
	unsigned char hash[32];
	const char *token;
	struct user u;

	if (setup_needed(m->db, m->arena) != FOUND)
		return begin_again(m, password);
	if ((who.code = setup_code(m->db, m->now, m->arena)) == NULL)
		return stopped(m, "the owner's code", R_NONE);
	if (!good(m, setup_first_owner(m->db, &who, m->now, &m->owner, &token, &r, m->arena), "the owner", &r))
		return false;
	seal_sha256(token, strlen(token), hash);
	session_end(m->db, hash, m->owner, m->now);		/* nobody has this cookie */
	if (user_by_id(m->db, m->owner, &u, m->arena) != FOUND)
		return stopped(m, "the organisation", R_NONE);
	m->organisation = u.organisation;
	return true;
}

/* Where a pretend telephone company runs beside it, the demo is its customer: calls from the software can be tried. */
static bool
make_connection(struct making *m)
{
	struct trunk_typed t = { .name = "Simulation", .account = "", .base_url = "", .provider = PROVIDER_SIM, .secret = "",
		.api_secret = "", .cps = 20, .currency = "USD" };
	enum trouble trouble;
	struct trunk_id id;
	enum refusal r = R_NONE;

	if (conf.sim_port == 0)
		return true;
	seal_random(t.form_key, sizeof(t.form_key));
	return good(m, trunk_add(m->db, m->organisation, m->owner, m->now, &t, &trouble, &id, m->arena), "the simulated company", &r) &&
	    good(m, trunk_add_caller(m->db, m->organisation, id, m->owner, m->now, "514 555-0100", &r, m->arena), "its number", &r);
}

static bool
copy_file(const char *from, const char *to, uint64_t *bytes)
{
	FILE *in = fopen(from, "re"), *out = in == NULL ? NULL : fopen(to, "we");
	char part[16384];
	bool ok = out != NULL;
	size_t n;

	*bytes = 0;
	while (ok && (n = fread(part, 1, sizeof(part), in)) > 0) {
		ok = fwrite(part, 1, n, out) == n;
		*bytes += n;
	}
	ok = ok && !ferror(in);
	if (in != NULL)
		fclose(in);
	if (out != NULL && fclose(out) != 0)
		ok = false;
	return ok;
}

/* The job just queued, to its end, as the worker would do it. */
static bool
work_off(struct making *m, bool (*step)(struct making *, uint64_t object, bool *finished, struct arena *))
{
	struct arena *page = arena_new();
	struct leased job;
	struct job shown;
	bool finished = false, ok;

	ok = job_lease(m->db, "demo", m->now, &job, m->arena) == FOUND;
	while (ok && !finished) {
		arena_reset(page);
		ok = step(m, job.object, &finished, page);
	}
	ok = ok && job_of(m->db, job.kind, job.object, &shown, m->arena) == FOUND &&
	    job_progress(m->db, job.id, "demo", shown.total, shown.total, m->now) &&
	    job_end(m->db, job.id, "demo", true, "", m->now);
	arena_free(page);
	return ok;
}

static bool
step_of_import(struct making *m, uint64_t object, bool *finished, struct arena *a)
{
	return import_step(m->db, (struct import_id){ object }, m->now, finished, a);
}

static bool
step_of_load(struct making *m, uint64_t object, bool *finished, struct arena *a)
{
	return load_step(m->db, (struct load_id){ object }, m->now, finished, a);
}

static bool
import_people(struct making *m, const char *file)
{
	const char *folder = arena_fmt(m->arena, "%s/uploads", conf.data);
	const char *copy = arena_fmt(m->arena, "%s/part.demo", folder);
	struct import_id id;
	struct import im;
	enum refusal r = R_NONE;
	uint64_t bytes;

	if (mkdir(folder, 0770) != 0 && errno != EEXIST)
		return stopped(m, arena_fmt(m->arena, "folder %s: %s", folder, strerror(errno)), R_NONE);
	if (!copy_file(file, copy, &bytes))
		return stopped(m, arena_fmt(m->arena, "copying %s to %s: %s", file, copy, strerror(errno)), R_NONE);
	if (!good(m, import_take(m->db, m->organisation, m->owner, PERSON_CONTACT, "membres-et-sympathisants.csv",
	    copy, bytes, m->now, &id, &r, m->arena), "the file of people", &r))
		return false;
	if (import_by_id(m->db, m->organisation, id, &im, m->arena) != FOUND)
		return stopped(m, "the import", R_NONE);
	if (!good(m, import_start(m->db, m->organisation, m->owner, id, im.mapping, im.ncolumns, IMPORT_CORRECT, m->now, &r, m->arena),
	    "the columns of the file", &r))
		return false;
	if (!work_off(m, step_of_import) || import_by_id(m->db, m->organisation, id, &im, m->arena) != FOUND)
		return stopped(m, "importing the people", R_NONE);
	m->people = im.rows_added + im.rows_updated + im.rows_same;	/* some are there already after a demo that broke */
	return m->people > 0 || stopped(m, "importing the people: none was taken", R_NONE);
}

/* The first questionnaire that asks for a choice. */
static bool
choose_question(struct making *m, struct question_id *out)
{
	struct survey *all, s;
	size_t n;

	if (!survey_list(m->db, m->organisation, &all, &n, m->arena))
		return stopped(m, "the questionnaires", R_NONE);
	for (size_t i = 0; i < n; i++)
		if (strncmp(all[i].name, "Pointage", 8) == 0 || i + 1 == n) {
			if (survey_version(m->db, all[i].version, &s, m->arena) != FOUND || s.nquestions == 0)
				break;
			for (size_t k = 0; k < s.nquestions; k++)
				if (survey_kind_branches(s.questions[k].kind)) {
					m->question = s.questions[k];
					*out = m->question.id;
					return true;
				}
		}
	return stopped(m, "a question to ask", R_NONE);
}

static bool
reread(struct making *m)
{
	return operation_by_id(m->db, m->op.id, &m->op, m->arena) == FOUND ||
	    stopped(m, "reading the operation", R_NONE);
}

/* The nine pages of the wizard, in order. */
static bool
make_operation(struct making *m)
{
	struct operation_details d = {
		.name = "Pointage d’automne",
		.description = "Opération de démonstration : ouverte jour et nuit, pour que l’on puisse l’essayer à toute heure.",
		.method = OP_PHONE,
	};
	struct recycling recycling = { .rules = {
		[ST_NO_ANSWER] = { .ticked = true, .max_calls = 3, .minutes = 90 },
		[ST_NOT_HOME] = { .ticked = true, .max_calls = 3, .minutes = 120 },
		[ST_CALL_BACK] = { .ticked = true, .max_calls = 2, .minutes = 120 },
		[ST_BUSY] = { .ticked = true, .max_calls = 3, .minutes = 15 },
		[ST_VOICEMAIL] = { .ticked = true, .max_calls = 2, .minutes = 240 },
	} };
	struct people_filter everybody = { .kind = PERSON_CONTACT, .search = "", .city = "", .tag = "", .subdivision = "",
		.language = "" };
	struct load_id load;
	enum refusal r = R_NONE;
	struct tm end;

	if (!choose_question(m, &d.question) ||
	    !good(m, operation_create(m->db, m->organisation, m->owner, m->now, &m->op.id, m->arena), "a new operation", &r) ||
	    !reread(m))
		return false;
	operation_default_hours(m->op.zone, m->now, &d.hours);
	/* in one month from today, whatever the day on which the calls began */
	end = clock_local(m->op.zone, m->now + DAYS_OLD * DAY_US);
	end.tm_mon++;
	end.tm_mday = end.tm_mday > 28 ? 28 : end.tm_mday;
	end.tm_hour = 12;
	end = clock_local(m->op.zone, clock_moment(m->op.zone, &end));
	d.hours.end_year = end.tm_year + 1900;
	d.hours.end_month = end.tm_mon + 1;
	d.hours.end_day = end.tm_mday;
	d.hours.end_minute = 21 * 60;
	d.hours.opens_minute = 0;
	d.hours.closes_minute = 23 * 60 + 59;
	if (!good(m, operation_set_version(m->db, m->op.id, m->owner, m->now, OP_ORIGINAL, &r, m->arena), "its version", &r) ||
	    !good(m, operation_set_source(m->db, m->op.id, m->owner, m->now, OP_CONTACTS, &r, m->arena), "its source", &r) ||
	    !good(m, operation_set_details(m->db, m->op.id, m->owner, m->now, &d, &r, m->arena), "its details", &r) ||
	    !good(m, operation_set_recycling(m->db, m->op.id, m->owner, m->now, &recycling, &r, m->arena), "its recycling rules", &r) ||
	    !good(m, load_start(m->db, m->organisation, m->owner, m->op.id, &everybody, m->now, &load, &r, m->arena), "its list", &r))
		return false;
	if (!work_off(m, step_of_load))
		return stopped(m, "loading its list", R_NONE);
	return good(m, operation_finish(m->db, m->op.id, m->owner, m->now, &r, m->arena), "starting it", &r) && reread(m);
}

/* Volunteers who open the link, as on their phones. */
static bool
make_agents(struct making *m, struct demo *d)
{
	struct volunteer who[DEMO_AGENTS] = {
		{ "Samuel Tremblay", "samuel@exemple.org", "127.0.0.1", NULL, LANG_FR },
		{ "Joannie Bouchard", "", "127.0.0.1", NULL, LANG_FR },
		{ "Priya Nair", "priya@exemple.org", "127.0.0.1", NULL, LANG_EN },
	};
	struct link link;
	struct member *member;
	enum refusal r = R_NONE;
	unsigned agents = 0;
	size_t n;

	switch (link_of(m->db, m->op.id, &link, m->arena)) {
	case FOUND:	break;
	case FAILED:	return stopped(m, "the link", R_NONE);
	case NONE:
		if (!good(m, link_renew(m->db, &m->op, MEMBER_AGENT, m->owner, m->now, &link, &r, m->arena), "the link", &r))
			return false;
	}
	for (size_t i = 0; i < NITEMS(who); i++) {
		struct operation_id op;
		const char *session;

		who[i].key = seal_token(m->arena, 18);
		if (!good(m, link_join_new(m->db, link.token, &who[i], m->now, &op, &session, &r, m->arena), "an agent", &r))
			return false;
	}
	d->link = link.url;
	if (!reread(m) || !share_members(m->db, &m->op, m->now, &member, &n, m->arena))
		return stopped(m, "the agents", R_NONE);
	for (size_t i = 0; i < n && agents < DEMO_AGENTS; i++)
		if (member[i].role == MEMBER_AGENT)
			m->agent[agents++] = member[i].user;
	return agents == DEMO_AGENTS || stopped(m, "the agents", R_NONE);
}

/* The same questions from the software, where a telephone company is pretended: a whole shift can be seen, and no phone rings. */
static bool
make_software_operation(struct making *m, struct demo *d)
{
	struct people_filter volunteers = { .kind = PERSON_CONTACT, .search = "", .city = "", .tag = "bénévole", .subdivision = "",
		.language = "" };
	struct operation_details details = { .description = m->op.description, .method = OP_SOFTWARE, .hours = m->op.hours,
		.question = m->op.question };
	struct operation_id id;
	struct operation op;
	struct load_id load;
	struct link link;
	enum refusal r = R_NONE;

	d->software_link = NULL;
	if (conf.sim_port == 0)
		return true;
	if (!good(m, operation_duplicate(m->db, m->op.id, "%s, par le logiciel", m->owner, m->now, &id, &r, m->arena), "its copy", &r) ||
	    operation_by_id(m->db, id, &op, m->arena) != FOUND)
		return stopped(m, "the copy of the operation", r);
	details.name = op.name;
	if (!good(m, operation_set_details(m->db, id, m->owner, m->now, &details, &r, m->arena), "the copy's details", &r) ||
	    !good(m, load_start(m->db, m->organisation, m->owner, id, &volunteers, m->now, &load, &r, m->arena), "the copy's list", &r) ||
	    !work_off(m, step_of_load) || !good(m, operation_finish(m->db, id, m->owner, m->now, &r, m->arena), "starting the copy", &r) ||
	    link_of(m->db, id, &link, m->arena) != FOUND)
		return stopped(m, "the operation from the software", r);
	d->software_link = link.url;
	return true;
}

bool
demo_load(struct db *db, struct demo *d, int64_t now, const char **why, struct arena *a)
{
	/* everything but the last calls happened some days ago */
	struct making m = { .db = db, .now = now - DAYS_OLD * DAY_US, .arena = a };
	bool ok = make_owner(&m, d->password) && make_connection(&m) && import_people(&m, d->file) && make_operation(&m) &&
	    make_agents(&m, d) && (demo_calls(&m, now) || stopped(&m, "the calls", R_NONE)) &&
	    make_software_operation(&m, d) &&
	    (tx_write(db, note_done, &m) == TX_DONE || stopped(&m, "its end", R_NONE));

	d->organisation = ORGANISATION;
	d->owner = OWNER;
	d->email = EMAIL;
	d->people = m.people;
	d->calls = m.calls;
	*why = m.why;
	return ok;
}
