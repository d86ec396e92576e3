/*
 * tocsin.h - the administrator's command: one file per subcommand.
 *
 * A subcommand prints plain words and returns the exit code: 0 done, 1 something is wrong, 2 used wrongly.
 */
#ifndef TOCSIN_H
#define TOCSIN_H

#include "plumb/base.h"

struct arena;
struct db;

struct command {
	const char *name;
	int (*run)(int argc, char **argv, struct arena *);	/* argv[0]: the subcommand */
	const char *summary;		/* one line */
	const char *help;		/* the whole text of `tocsin help NAME` */
};

int migrate_run(int argc, char **argv, struct arena *);
int user_run(int argc, char **argv, struct arena *);
int demo_run(int argc, char **argv, struct arena *);
int audit_run(int argc, char **argv, struct arena *);
int doctor_run(int argc, char **argv, struct arena *);

extern const char migrate_help[], user_help[], demo_help[], audit_help[], doctor_help[];

/* "tocsin user: WHY" on standard error and how it is used; returns 2. */
int used_wrongly(const char *command, const char *why);
/* Four groups of four letters without those that look alike: easy to read out, 80 random bits. */
const char *password_new(struct arena *);
/* One line on standard error; returns 1. */
int failed(const char *fmt, ...) PRINTF_LIKE(1, 2);

#endif
