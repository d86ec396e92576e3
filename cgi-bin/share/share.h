/*
 * share.h - the share area: who takes part in an operation, its link, and the page the link opens.
 */
#ifndef SHARE_H
#define SHARE_H

#include "plumb/base.h"

struct operation;
struct page;
struct req;

enum { IN_DO, IN_USER, IN_ROLE, IN_Q, IN_FROM, IN_SURE, IN_UNTIL, IN_USES, IN_ASKS, IN_SAID, IN_NAME, IN_CONTACT, IN_KEY, IN__MAX };

enum http share_show(struct req *);		/* show.c */
enum http share_change(struct req *);		/* change.c */
enum http share_sheet(struct req *);		/* sheet.c */
enum http share_qr(struct req *);
enum http share_qr_png(struct req *);
enum http join_show(struct req *);		/* join.c */
enum http join_now(struct req *);

enum http practice_page(struct req *);		/* practice.c */
enum http practice_begin(struct req *);
enum http practice_over(struct req *);

/* The page again, with a sentence that says why something was refused (R_NONE: nothing was). */
enum http share_page(struct req *, enum refusal);
/* The operation of :id. False: the answer is made and its status is in *status. */
bool open_operation(struct req *, struct operation *, enum http *status);
/* "From 24 November 2026 to 24 December 2026, every day from 9:00 to 21:00"; "" before the details page. */
const char *hours_words(struct req *, const struct operation *);
/* The operation's name, or what to call one that has none yet. */
const char *name_words(struct req *, const struct operation *);

#endif
