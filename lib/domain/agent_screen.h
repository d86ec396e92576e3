/*
 * agent_screen.h - what the agent's page shows of the person held, read by key in one statement, which
 * comes with the claim when there was one.
 *
 * Promise 7: the statement is told which fields the operation shows, and answers NULL for the others, so a
 * hidden value does not even reach this process. The only exceptions stay on the server: the person's
 * language, which picks the script's. Promise 6: numbers are read only when `reveal` is set.
 */
#ifndef DOMAIN_AGENT_SCREEN_H
#define DOMAIN_AGENT_SCREEN_H

#include "domain/field.h"
#include "domain/queue.h"

#define SCREEN_PHONES	6
#define SCREEN_MATES	8	/* of the household, on the same list */
#define SCREEN_TRIES	5	/* the newest calls to this person in this operation */

struct screen_field { enum person_field field; const char *value; bool highlight, editable; };
struct screen_phone { enum person_field field; const char *e164, *extension; bool highlight; };
/* due: could be called at this moment too, so that a call may count for them. */
struct screen_mate  { struct entry_id entry; const char *name; bool same_number, called, due; enum status reason; };
struct screen_try   { int64_t at; enum status status; const char *agent, *note; };

struct agent_screen {
	const char *first_name, *last_name;
	const char *language;		/* "fr", "en" or "": for the script only, never shown as such */
	const char *city, *polling_place;	/* for merge fields; "" when the operation hides their field */
	/* Visible fields in the operation's order; not the names, the phones and the household. Values are
	 * raw (field_show makes them readable), "" when empty. */
	struct screen_field field[FIELD__MAX];
	size_t nfields;
	/* The number to dial has its kind here when its field is visible (FIELD__MAX: not known or hidden). */
	enum person_field dial_field;
	const char *dial_extension;
	struct screen_phone phone[SCREEN_PHONES];	/* the visible others, not to be dialled unasked */
	size_t nphones;
	/* The kinds that agents may correct, while numbers may be seen at all, with the person's first number of that kind
	 * ("" when there is none): the one that agent_edit would change. */
	struct screen_phone edit[3];
	size_t nedits;
	struct screen_mate mate[SCREEN_MATES];
	size_t nmates;
	struct screen_try try[SCREEN_TRIES];
	size_t ntries;
	unsigned calls, reached;	/* this agent, this operation, today */
};

/* A row of the procedure agent_screen: the fields by number; language; calls, reached; a member; a number. */
#define SCREEN_OUT	"sssss" "sssss" "sssss" "sssss" "sssss" "s" "uu" "usssuuusi" "uusss"

/* For call.screen: what the next person's page shows, if calls to them are open. */
uint64_t agent_screen_ask(const struct field_rules *, bool reveal);

/* The held person. Only ever called for somebody this agent holds. NONE: the person is gone. `given`: what came
 * with the claim, or NULL; read here when it is of another person or was asked otherwise. */
enum found agent_screen(struct db *, const struct operation *, const struct field_rules *,
    const struct held *, struct user_id, const struct today *, bool reveal, const struct screen_rows *given,
    struct agent_screen *, struct arena *);

/* The agent's day alone, for pages without a person. */
enum found agent_today(struct db *, struct operation_id, struct user_id, const struct today *,
    unsigned *calls, unsigned *reached, struct arena *);

#endif
