/*
 * setup.c - see setup.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/session.h"
#include "domain/setup.h"
#include "domain/survey.h"
#include "domain/throttle.h"
#include "domain/user.h"

enum { Q_OWNER, Q_CODE_ADD, Q_CODES, Q_USE, Q_ORGANISATION, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OWNER]    = { "", "u", "SELECT id FROM user WHERE password_hash IS NOT NULL LIMIT 1" },
	[Q_CODE_ADD] = { "bi", "", "INSERT INTO one_time_code (code_hash, purpose, expires_at) VALUES (?, 'first_owner', ?)" },
	/* locks every code there is: two set-ups at once, also with two codes, go one after the other */
	[Q_CODES]    = { "", "u", "SELECT COUNT(*) FROM one_time_code WHERE purpose = 'first_owner' FOR UPDATE" },
	[Q_USE]      = { "ibi", "", "UPDATE one_time_code SET used_at = ? WHERE code_hash = ? AND purpose = 'first_owner'"
	    " AND used_at IS NULL AND expires_at > ?" },
	[Q_ORGANISATION] = { "si", "", "INSERT INTO organisation (name, created_at) VALUES (?, ?)" },
};
DB_STATEMENTS(q)

/* Without the letters that look like digits, and without U: no code becomes a word. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { CODE_LETTERS = 12 };

enum found
setup_needed(struct db *db, struct arena *a)
{
	struct row r;

	switch (db_row(db, &q[Q_OWNER], NO_IN, a, &r)) {
	case FOUND:	return NONE;
	case NONE:	return FOUND;
	default:	return FAILED;
	}
}

const char *
setup_code_new(struct arena *a)
{
	unsigned char random[CODE_LETTERS];
	char letters[CODE_LETTERS + 1] = "";

	seal_random(random, sizeof(random));
	for (size_t i = 0; i < CODE_LETTERS; i++)
		letters[i] = alphabet[random[i] % 32];
	return arena_fmt(a, "%.4s-%.4s-%.4s", letters, letters + 4, letters + 8);
}

const char *
setup_code_fold(struct arena *a, const char *typed)
{
	char *out = arena_alloc(a, CODE_LETTERS + 1);
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;

		if (c == ' ' || c == '-')
			continue;
		c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
		if (strchr(alphabet, c) == NULL || n == CODE_LETTERS)
			return "";
		out[n++] = c;
	}
	return n == CODE_LETTERS ? out : "";
}

static void
code_hash(struct arena *a, const char *typed, unsigned char out[32])
{
	const char *folded = setup_code_fold(a, typed);

	seal_sha256(folded, strlen(folded), out);
}

struct code { unsigned char hash[32]; int64_t expires_at; struct arena *arena; };

static bool
code_add(struct db *db, void *ctx)
{
	struct code *c = ctx;

	return setup_needed(db, c->arena) == FOUND &&
	    db_write(db, &q[Q_CODE_ADD], IN(V_B(c->hash, 32), V_I(c->expires_at)), NULL) == WROTE;
}

const char *
setup_code(struct db *db, int64_t now, struct arena *a)
{
	const char *text = setup_code_new(a);
	struct code c = { .expires_at = now + DAY_US, .arena = a };

	code_hash(a, text, c.hash);
	return tx_write(db, code_add, &c) == TX_DONE ? text : NULL;
}

struct setup {
	const struct first_owner *in;
	const char *hash;
	unsigned char code[32];
	int64_t now;
	struct user_id *out;
	const char **token;
	enum refusal why;
	struct arena *arena;
};

static bool
setup(struct db *db, void *ctx)
{
	struct setup *s = ctx;
	struct user_new new = {
		.name = s->in->name, .email = s->in->email, .role = ROLE_ADMINISTRATOR, .lang = s->in->lang,
	};
	struct organisation_id org;
	struct row r;
	uint64_t used;
	bool taken;

	s->why = R_NONE;
	if (db_row(db, &q[Q_CODES], NO_IN, s->arena, &r) != FOUND)
		return false;
	switch (setup_needed(db, s->arena)) {
	case FOUND:	break;
	case NONE:	s->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	if (db_write(db, &q[Q_USE], IN(V_I(s->now), V_B(s->code, 32), V_I(s->now)), &used) != WROTE)
		return false;
	if (used != 1) {
		s->why = R_WRONG_CODE;
		return false;
	}
	if (db_write(db, &q[Q_ORGANISATION], IN(V_S(s->in->organisation), V_I(s->now)), NULL) != WROTE)
		return false;
	org.v = db_last_id(db);
	if (!user_add(db, org, &new, s->hash, (struct user_id){ 0 }, s->now, s->out, &taken, s->arena)) {
		s->why = taken ? R_EMAIL_TAKEN : R_NONE;
		return false;
	}
	return survey_ready_made(db, org, *s->out, s->now, s->arena) &&
	    audit_add(db, org, *s->out, s->now, "organisation.create", "organisation", org.v, s->in->organisation) &&
	    throttle_clear(db, "setup", s->in->address, s->arena) &&
	    session_add(db, *s->out, 0, s->in->address, s->now, s->token, s->arena);
}

enum saved
setup_first_owner(struct db *db, const struct first_owner *in, int64_t now, struct user_id *out,
    const char **token, enum refusal *why, struct arena *a)
{
	struct setup s = { .in = in, .now = now, .out = out, .token = token, .arena = a };
	size_t chars = text_chars(in->password);
	enum tx t;

	*why = R_PASSWORD_SHORT;
	*token = NULL;
	if (chars < USER_PASSWORD_MIN || chars > USER_PASSWORD_MAX)
		return REFUSED;
	switch (throttle_try(db, "setup", in->address, now, a)) {
	case TRY_ALLOWED: break;
	case TRY_PAUSED:  *why = R_SIGNIN_PAUSED; return REFUSED;
	case TRY_FAILED:  *why = R_NONE; return NOT_SAVED;
	}
	s.hash = seal_password_hash(a, in->password);
	code_hash(a, in->code, s.code);
	t = tx_write(db, setup, &s);
	*why = s.why;
	return saved_of(t, s.why);
}
