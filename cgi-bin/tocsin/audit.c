/*
 * tocsin audit - the promises, recounted on a live database.
 */
#include "tocsin.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/admin.h"
#include "domain/proof.h"
#include "domain/queue.h"
#include "domain/survey_results.h"

const char audit_help[] =
"usage: tocsin audit [OPERATION...]\n"
"       tocsin audit --proof OPERATION > FILE\n"
"       tocsin audit --verify FILE\n"
"\n"
"Replays every saved call through the rules and compares with the list: each person's state, retries and\n"
"due time; recounts the totals and the results per question; checks who is held by whom, and that\n"
"no call began outside the operation's hours since they were last changed. Prints each difference as one line.\n"
"Exit code 1 when there is any. Works on a running system; without a number, on all operations.\n"
"\n"
"--proof prints who called whom in one operation: when by the clock of the person called, and under which rule, a\n"
"line per call. Each line ends in the SHA-256 of the line before it and itself, the last one in a seal that only\n"
"this server's key can make. It holds names and numbers: keep it as you keep the list. --verify names the first\n"
"line of such a file that was changed; exit code 1 when there is one, or when the seal is not this server's.\n";

static bool
wanted(int argc, char **argv, uint64_t id)
{
	uint64_t v;

	for (int i = 1; i < argc; i++)
		if (parse_uint(argv[i], 1, UINT64_MAX, &v) && v == id)
			return true;
	return argc == 1;
}

static int
proof(const char *number, struct arena *a)
{
	struct operation op;
	uint64_t id, lines = 0;
	struct db *db;
	enum found f;
	bool ok;

	if (number == NULL || !parse_uint(number, 1, UINT64_MAX, &id))
		return used_wrongly("audit", "--proof takes the number of an operation");
	seal_open();
	db = db_open(false);
	f = operation_by_id(db, (struct operation_id){ id }, &op, a);
	if (f == FOUND && !op.dated)
		f = NONE;		/* a draft without hours: nobody was called */
	ok = f == FOUND && proof_write(db, &op, clock_now_us(), stdout, &lines, a);
	db_close(db);
	if (f != FOUND)
		return failed(f == NONE ? "there is no such operation" : "the database does not answer");
	if (!ok)
		return failed("the proof could not be written to its end");
	fprintf(stderr, "%llu calls\n", (unsigned long long)lines);
	return 0;
}

static int
verify(const char *path)
{
	FILE *in = path == NULL ? NULL : fopen(path, "r");
	enum proof_verdict v;
	uint64_t line;

	if (path == NULL)
		return used_wrongly("audit", "--verify takes a file");
	if (in == NULL)
		return failed("%s cannot be read", path);
	seal_open();
	v = proof_check(in, &line);
	fclose(in);
	switch (v) {
	case PROOF_GOOD:
		printf("%llu lines, none changed, sealed by this server\n", (unsigned long long)line);
		return 0;
	case PROOF_CHANGED:
		printf("line %llu was changed, or a line before it was added, moved or taken out\n", (unsigned long long)line);
		return 1;
	case PROOF_CUT:
		printf("the file is cut off after line %llu\n", (unsigned long long)line);
		return 1;
	case PROOF_NOT_OURS:
		printf("the lines agree with each other, but the seal is not of this server's key\n");
		return 1;
	}
	return 1;
}

/* Promise 6; an operation that cannot be read any more is found by the others. */
static bool
hours_kept(struct db *db, struct operation_id id, uint64_t *wrong, struct arena *a)
{
	struct operation op;
	uint64_t outside = 0;
	bool ok = operation_by_id(db, id, &op, a) == FOUND && proof_outside_hours(db, &op, stdout, &outside);

	*wrong += outside;
	return ok;
}

int
audit_run(int argc, char **argv, struct arena *a)
{
	struct admin_operation *op;
	struct db *db;
	uint64_t wrong = 0, looked = 0, v;
	size_t n;

	if (argc > 1 && strcmp(argv[1], "--proof") == 0)
		return proof(argc == 3 ? argv[2] : NULL, a);
	if (argc > 1 && strcmp(argv[1], "--verify") == 0)
		return verify(argc == 3 ? argv[2] : NULL);
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
		if (!queue_audit(db, op[i].id, stdout, &here, one) || !survey_results_audit(db, op[i].id, stdout, &here, one) ||
		    !hours_kept(db, op[i].id, &here, one)) {
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
