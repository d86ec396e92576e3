/*
 * connection.h - telephony for the administrator: accounts at providers, their caller ids, whether they work, what they
 * cost; and for an operation's owner: how it calls from the software.
 */
#ifndef CONNECTION_H
#define CONNECTION_H

#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/dialing.h"
#include "domain/trunk.h"

enum { IN_NAME, IN_PROVIDER, IN_ACCOUNT, IN_BASE, IN_SECRET, IN_CPS, IN_BUDGET, IN_CURRENCY, IN_KEY, IN_NUMBER,
	IN_CALLER, IN_MODE, IN_RING, IN_DONE, IN_BROWSER_KEY, IN_BROWSER_SECRET, IN_BROWSER_APP, IN_BROWSER_SCRIPT, IN_VOICE, IN_ALLOW, IN__MAX };

#define CURRENCIES	"CAD|USD|EUR|GBP"

/* list.c */
enum http list_show(struct req *);
/* form.c */
enum http new_show(struct req *);
enum http new_save(struct req *);
enum http edit_show(struct req *);
enum http edit_save(struct req *);
/* show.c */
enum http one_show(struct req *);
enum http one_render(struct req *, enum http status);
enum http check_post(struct req *);
enum http forget_post(struct req *);
enum http remove_post(struct req *);
enum http power_post(struct req *);
enum http caller_post(struct req *);
enum http caller_remove_post(struct req *);
enum http one_back(struct req *);
/* operation.c */
enum http operation_show(struct req *);
enum http operation_save(struct req *);

struct organisation_id org_of(const struct req *);
struct user_id user_of(const struct req *);
const char *id_text(struct req *, uint64_t);
const char *number_text(struct req *, const char *e164);
const char *money(struct req *, int64_t micro, const char *currency);	/* "12.34 USD" */
const char *place_of(struct req *, struct trunk_id);			/* /connections/7 */
enum http answered(struct req *, enum saved, const char *to);		/* of a verb that refuses nothing a form holds */

#endif
