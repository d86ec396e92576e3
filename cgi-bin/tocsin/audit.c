/*
 * tocsin audit - the promises, recounted on a live database.
 */
#include "tocsin.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/admin.h"
#include "domain/queue.h"
#include "domain/survey_results.h"

const char audit_help[] =
"usage: tocsin audit [OPERATION...]\n"
"\n"
"Replays every saved call through the rules and compares with the list: each person's state, retries and\n"
"due time; recounts the totals and the results per question; checks who is held by whom. Prints each difference as one line. Exit code\n"
"1 when there is any. Works on a running system; without a number, on all operations.\n";

static bool
wanted(int argc, char **argv, uint64_t id)
{
	uint64_t v;

	for (int i = 1; i < argc; i++)
		if (parse_uint(argv[i], 1, UINT64_MAX, &v) && v == id)
			return true;
	return argc == 1;
}

int
audit_run(int argc, char **argv, struct arena *a)
{
	struct admin_operation *op;
	struct db *db;
	uint64_t wrong = 0, looked = 0, v;
	size_t n;

	for (int i = 1; i < argc; i++)
		if (!parse_uint(argv[i], 1, UINT64_MAX, &v))
			return used_wrongly("audit", "an operation is named by its number");
	seal_open();
	db = db_open(false);
	if (!admin_operations(db, &op, &n, a)) {
		db_close(db);
		return failed("the database does not answer");
	}
	for (size_t i = 0; i < n; i++) {
		struct arena *one;
		uint64_t here = 0;

		if (!wanted(argc, argv, op[i].id.v))
			continue;
		one = arena_new();
		if (!queue_audit(db, op[i].id, stdout, &here, one) || !survey_results_audit(db, op[i].id, stdout, &here, one)) {
			failed("operation %llu could not be read to its end", (unsigned long long)op[i].id.v);
			here++;
		}
		arena_free(one);
		printf("operation %llu \"%s\": %s\n", (unsigned long long)op[i].id.v, op[i].name,
		    here == 0 ? "all agrees" : "DIFFERENCES");
		wrong += here;
		looked++;
	}
	db_close(db);
	if (argc > 1 && looked < (uint64_t)(argc - 1))
		return failed("there is no such operation");
	printf("%llu operations, %llu differences\n", (unsigned long long)looked, (unsigned long long)wrong);
	return wrong == 0 ? 0 : 1;
}
