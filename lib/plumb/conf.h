/*
 * conf.h - the settings: one typed table in conf.c (name, default, bounds, help).
 *
 * Read once at start from the file that TOCSIN_CONF names, else /etc/tocsin/tocsin.conf
 * (lines `name = value`, `#` comments; the value is the rest of the line, trimmed). A value out of bounds or an unknown name stops the start with the
 * name, the value and the bounds. `tocsin doctor` prints the table.
 */
#ifndef PLUMB_CONF_H
#define PLUMB_CONF_H

#include "plumb/base.h"

struct conf {
	const char *db_socket;		/* path of MariaDB's socket */
	const char *db_name;
	const char *db_user;
	const char *db_password;
	const char *templates;		/* folder of compiled templates: <templates>/fr/wizard/list.tpl */
	const char *locale;		/* folder of gettext catalogues */
	const char *data;		/* folder for uploads; not served by nginx */
	const char *public_url;		/* https://calls.example.org, no slash at the end; links and cookies follow it */
	unsigned sim_port;		/* of the pretend telephone company on 127.0.0.1; 0: there is none */
	const char *sql;		/* folder of the numbered migrations and the demo's people */
	const char *secret_file;	/* 32 random bytes in hex; made by `tocsin migrate` when missing */
	unsigned session_days;
	unsigned upload_mb;		/* the largest file an import takes */
	unsigned signin_tries;		/* failures before a pause, per account; ten times that per address */
	unsigned signin_pause_minutes;
	unsigned join_tries;		/* who may join by links from one address before that pause */
	unsigned webhook_private;	/* may webhooks go to private addresses? */
	const char *sendmail;		/* a program; "": no mail */
	const char *mail_from;
	unsigned tx_tries;		/* how often a transaction is repeated on 1213 and 1205 */
	unsigned max_requests;		/* a process ends after so many and is started anew */
};
extern struct conf conf;

void conf_load(void);			/* dies when something is wrong */
void conf_print(FILE *);		/* name, value, default, bounds, help: a line each */

#endif
