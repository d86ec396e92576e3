/*
 * trunk.h - accounts at telephony providers, as the administrator sets them up in the browser. People read
 * "connection"; that word is taken below by the opened one (provider/provider.h).
 *
 * Secrets are sealed by the server's key before they reach the database and are never shown again. While a secret
 * is being changed the old one is kept beside it, and webhooks signed with either are taken.
 */
#ifndef DOMAIN_TRUNK_H
#define DOMAIN_TRUNK_H

#include "domain/ids.h"
#include "plumb/refusal.h"
#include "provider/provider.h"

/* The simulation (cgi-bin/sim) is one account, on this machine, at the setting sim_port; its secret is made from the server's key. */
#define SIM_ACCOUNT	"AC00000000000000000000000000000000"
struct arena;
const char *trunk_sim_token(struct arena *);

struct arena;
struct db;

struct trunk {
	struct trunk_id id;
	struct organisation_id organisation;
	unsigned revision;		/* of what webhooks are verified by */
	const char *name, *account, *base_url;
	enum provider provider;
	unsigned cps;			/* calls per second */
	bool has_old, sealed_badly;	/* an older secret still counts; a secret does not open with this server's key */
	uint64_t budget_micro;		/* of a calendar month in `currency`; 0: none */
	const char *currency;
	enum trouble paused;		/* TROUBLE_NONE: calls are placed */
	int64_t paused_at;
	enum trouble checked;		/* what the last look found */
	int64_t checked_at;		/* 0: never looked */
	bool asked;			/* a look is due */
	bool power;			/* power mode is allowed for its operations (power.h) */
	struct connection_config config;	/* for connection_open; its texts are the arena's */
};

/* For the dialer and for webhooks: with its secrets opened. Removed ones are NONE. */
enum found trunk_use(struct db *, struct trunk_id, struct trunk *, struct arena *);
/* And opened. NONE: it is gone, or its settings do not work. */
enum found trunk_open(struct db *, struct trunk_id, struct trunk *, struct connection **, struct arena *);

/* --- for the administrator --- */

bool trunk_list(struct db *, struct organisation_id, struct trunk **out, size_t *n, struct arena *);
enum found trunk_of(struct db *, struct organisation_id, struct trunk_id, struct trunk *, struct arena *);
/* Its caller ids in order, at most 50. */
bool trunk_callers(struct db *, struct trunk_id, const char ***e164, size_t *n, struct arena *);
/* May an operation call from the software: is there a connection with a caller id? */
enum found trunk_any(struct db *, struct organisation_id, struct arena *);

struct trunk_typed {
	const char *name, *account, *base_url;
	enum provider provider;		/* of a new one; stays */
	const char *secret, *api_secret;	/* "": as before */
	/* For agents who speak in the browser. No key and no application: not set up, and the secret is deleted. NULL is "". */
	const char *browser_key, *browser_secret, *browser_app, *browser_script;
	unsigned cps;
	uint64_t budget_micro;
	const char *currency;
	unsigned char form_key[16];	/* of a new one: random, made when the form was shown; the same form twice is one connection */
};
/*
 * SAVED, ALREADY (nothing changed), REFUSED: *trouble says what the provider's adapter does not take
 * (TROUBLE_NONE: no such connection), NOT_SAVED, UNSURE.
 */
enum saved trunk_add(struct db *, struct organisation_id, struct user_id by, int64_t now,
    const struct trunk_typed *, enum trouble *, struct trunk_id *out, struct arena *);
/* A new secret replaces the present one, which is kept as the old one until trunk_forget_old. */
enum saved trunk_change(struct db *, struct organisation_id, struct trunk_id, struct user_id by, int64_t now,
    const struct trunk_typed *, enum trouble *, struct arena *);
enum saved trunk_forget_old(struct db *, struct organisation_id, struct trunk_id, struct user_id by, int64_t now, struct arena *);
/* Secrets are deleted with it; operations that call through it can place no more calls. */
enum saved trunk_remove(struct db *, struct organisation_id, struct trunk_id, struct user_id by, int64_t now, struct arena *);
/* why: R_PHONE_... */
enum saved trunk_add_caller(struct db *, struct organisation_id, struct trunk_id, struct user_id by, int64_t now,
    const char *typed, enum refusal *why, struct arena *);
enum saved trunk_remove_caller(struct db *, struct organisation_id, struct trunk_id, struct user_id by, int64_t now,
    const char *e164, struct arena *);

/* Allows power mode for the operations of this connection, or forbids it: from then on they are progressive. ALREADY: it is so. */
enum saved trunk_allow_power(struct db *, struct organisation_id, struct trunk_id, struct user_id by, int64_t now, bool allow, struct arena *);
/* Asks the dialer, which has a way to the network, to sign in at the provider and to look for its caller ids; it does so within
 * a second or two. When all is well, a pause of this connection and of its operations ends. */
enum saved trunk_ask(struct db *, struct organisation_id, struct trunk_id, struct user_id by, int64_t now, struct arena *);
/* For the dialer: one that somebody has asked about. NONE: none. */
enum found trunk_check_due(struct db *, int64_t now, struct arena *);
/* No call is placed through it until an administrator has looked: one visible reason, for all. */
bool trunk_pause(struct db *, struct trunk_id, enum trouble, int64_t now);

/* What this month's calls cost, as the provider says. Amounts of other currencies than the connection's are kept apart. */
struct trunk_cost { const char *currency; int64_t micro; uint64_t calls; };
struct trunk_costs { struct trunk_cost *of; size_t n; uint64_t unknown; /* calls whose price is not known (yet) */ };
bool trunk_month(struct db *, struct trunk_id, const char *month, struct trunk_costs *, struct arena *);	/* "2026-11-01" */
bool trunk_operation_costs(struct db *, struct operation_id, struct trunk_costs *, struct arena *);
const char *trunk_month_of(const char *zone, int64_t now, struct arena *);

#endif
