/*
 * mail.h - one mail in plain text, handed over to a program that takes mail as sendmail does: the message on its standard
 * input, the sender and the recipient as arguments, 0 when it has taken it. No shell.
 */
#ifndef PLUMB_MAIL_H
#define PLUMB_MAIL_H

#include "plumb/base.h"

struct arena;

#define MAIL_PROGRAM_S	30	/* a program that takes longer is ended */

struct mail {
	const char *from, *to;		/* addresses */
	const char *subject, *body;	/* UTF-8 */
	const char *id;			/* letters and digits: the same mail sent again keeps its Message-ID */
	int64_t at;
};

/* Plain ASCII, one @, nothing that means something in a header or to a program. Others are not written to. */
bool mail_address_ok(const char *);
/* The whole message, lines ending in LF; whatever the subject holds, it is one header. NULL: an address is not ok. Pure. */
const char *mail_message(struct arena *, const struct mail *);

/* MAIL_REFUSED: it will not be taken later either. MAIL_LATER: not now (EX_TEMPFAIL), or the program is not there or too slow. */
enum mailed { MAIL_TAKEN, MAIL_LATER, MAIL_REFUSED };
enum mailed mail_send(const char *program, const struct mail *, struct arena *);

#endif
