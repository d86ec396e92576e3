/*
 * tocsin demo - something to look at.
 */
#include "tocsin.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/demo.h"

const char demo_help[] =
"usage: tocsin demo\n"
"\n"
"Fills an empty database with an invented organisation: an owner, three agents, 400 people, one operation\n"
"with three evenings of calls. Prints the owner's sign-in and the agents' link. Refuses when anybody may\n"
"sign in already; a demo that broke half-way may simply be run again.\n";

int
demo_run(int argc, char **argv, struct arena *a)
{
	struct demo d = { .file = arena_fmt(a, "%s/demo_people.csv", conf.sql), .password = password_new(a) };
	const char *why;
	struct db *db;
	bool ok;

	(void)argv;
	if (argc != 1)
		return used_wrongly("demo", "takes no arguments");
	seal_open();
	db = db_open(false);
	ok = demo_load(db, &d, clock_now_us(), &why, a);
	db_close(db);
	if (!ok)
		return failed("%s", why);
	printf("Demo: %s, %llu people, %llu calls so far.\n\n", d.organisation, (unsigned long long)d.people,
	    (unsigned long long)d.calls);
	printf("Organiser (%s):\n    %s/sign-in\n    e-mail    %s\n    password  %s\n\n", d.owner, conf.public_url,
	    d.email, d.password);
	printf("Agents join here (open it on a phone, or in a private window):\n    %s\n", d.link);
	if (d.software_link != NULL)
		printf("\nAgents of the operation that calls from the software (a simulation: no phone rings):\n    %s\n", d.software_link);
	return 0;
}
