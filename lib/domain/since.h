/*
 * since.h - an operation's list and its calls for another program, in pages that go on from a cursor.
 *
 * A cursor is opaque: only this server makes it, for one operation and one kind of page. One that is not ours, of another
 * operation, or that points behind everything there is (made before the database was restored) is refused: whoever holds
 * it would silently miss what comes next.
 */
#ifndef DOMAIN_SINCE_H
#define DOMAIN_SINCE_H

#include "domain/ids.h"
#include "domain/status.h"
#include "plumb/base.h"

struct arena;
struct db;

#define SINCE_PAGE	500
#define SINCE_SETTLED_US INT64_C(5000000)

enum since_kind { SINCE_ENTRIES, SINCE_ATTEMPTS };
const char *since_cursor(struct arena *, enum since_kind, struct operation_id, uint64_t last);
/* "" is the beginning. NONE: refuse it. */
enum found since_read(struct db *, enum since_kind, struct operation_id, const char *cursor, uint64_t *last, struct arena *);

struct since_entry { uint64_t id, person, attempts; const char *state; enum status reason; int64_t due_at; };
/* The list in the order of its people: a walk shows each as it is when its page is read. */
bool since_entries(struct db *, struct operation_id, uint64_t *last, struct since_entry **out, size_t *n, struct arena *);

struct since_answer { uint64_t question, choice; const char *text; };	/* stable ids; choice 0: words */
struct since_attempt {
	uint64_t id, entry, person, user, number, corrects;
	const char *user_name, *e164, *zone, *note;
	enum status status;
	int64_t started_at, saved_at, callback_at;
	struct since_answer *answers;
	size_t nanswers;
};
/* Calls in the order they were saved. One appears when it and all before it are SINCE_SETTLED_US old: a call that is being
 * stored beside another gets its number before, and must not be passed over. */
bool since_attempts(struct db *, struct operation_id, int64_t now, uint64_t *last, struct since_attempt **out, size_t *n, struct arena *);

#endif
