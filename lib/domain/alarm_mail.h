/*
 * alarm_mail.h - alarms by e-mail: to an operation's owners who asked for it in their profile, in their language, when an
 * alarm begins to ring; once until it is over, and at most once an hour. Only on a server that may send mail (the setting
 * `sendmail`). A mail holds the operation's name and the alarm's words: nobody who is called.
 */
#ifndef DOMAIN_ALARM_MAIL_H
#define DOMAIN_ALARM_MAIL_H

#include "domain/alarm.h"
#include "plumb/who.h"

struct arena;
struct db;

/* Does this user ask for them? */
bool alarm_mail_wished(struct db *, struct user_id, bool *wished, struct arena *);
/* ALREADY: as it was. */
enum saved alarm_mail_wish(struct db *, const struct who *, bool wished, int64_t now, struct arena *);

/* For the worker, once a minute: looks at every running operation of somebody who asks, and writes mail. */
bool alarm_mail_look(struct db *, int64_t now, struct arena *);

struct alarm_told { bool rings, told; int64_t mailed_at, looked_at; };
/* What follows when it rings now, or not. True: tell it. Pure. */
bool alarm_tell(struct alarm_told *, bool rings, int64_t now);

#endif
