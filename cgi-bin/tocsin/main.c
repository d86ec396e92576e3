/*
 * tocsin - what an administrator does at the command line.
 */
#include "tocsin.h"

#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/lang.h"
#include "plumb/log.h"

static const struct command commands[] = {
	{ "migrate", migrate_run, "bring the database to this version", migrate_help },
	{ "user",    user_run,    "the first owner's code; list, create, disable people; new passwords", user_help },
	{ "demo",    demo_run,    "fill an empty database with a demo organisation", demo_help },
	{ "audit",   audit_run,   "prove that lists, calls and totals agree", audit_help },
	{ "doctor",  doctor_run,  "say in plain words what is wrong with the set-up", doctor_help },
};

static const struct command *
command_of(const char *name)
{
	for (size_t i = 0; i < NITEMS(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int
help(FILE *out, const char *name)
{
	const struct command *c = name == NULL ? NULL : command_of(name);

	if (c != NULL) {
		fputs(c->help, out);
		return 0;
	}
	if (name != NULL) {
		fprintf(stderr, "tocsin: there is no command called %s\n", name);
		return 2;
	}
	fputs("usage: tocsin COMMAND ...\n\n", out);
	for (size_t i = 0; i < NITEMS(commands); i++)
		fprintf(out, "  %-8s  %s\n", commands[i].name, commands[i].summary);
	fputs("\ntocsin help COMMAND says more. Settings come from the file that TOCSIN_CONF names,\n"
	    "else from /etc/tocsin/tocsin.conf.\n", out);
	return 0;
}

int
used_wrongly(const char *command, const char *why)
{
	fprintf(stderr, "tocsin %s: %s\n\n", command, why);
	fputs(command_of(command)->help, stderr);
	return 2;
}

int
failed(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("tocsin: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	return 1;
}

int
main(int argc, char **argv)
{
	const struct command *c;
	struct arena *a;
	int code;

	if (argc < 2) {
		help(stderr, NULL);
		return 2;
	}
	if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help(stdout, argc > 2 ? argv[2] : NULL);
	if ((c = command_of(argv[1])) == NULL)
		return help(stderr, argv[1]);
	if (argc > 2 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0))
		return help(stdout, argv[1]);
	log_open("tocsin");
	conf_load();
	lang_open();
	a = arena_new();
	code = c->run(argc - 1, argv + 1, a);
	arena_free(a);
	return code;
}
