/*
 * since.h - an operation's list, what has changed in it, and its calls, for another program, in pages that go on from a cursor.
 *
 * What follows a cursor is read up to the horizon (horizon.h): nothing that commits late is passed over.
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

enum since_kind { SINCE_ENTRIES, SINCE_ATTEMPTS, SINCE_CHANGES };
/* What has been read: people of the list in their order; attempts; rows of entry_log, and of the one after them the entries
 * up to that id. Each kind has its own. begun: it is a cursor's. */
struct since_place {
	bool begun, whole;	/* whole: of the changes, everybody comes first, `person` being the last one */
	bool gone;		/* refused: what comes next is no longer kept (entry_log.h) */
	uint64_t person, attempt, log, entry;
};
const char *since_cursor(struct arena *, enum since_kind, struct operation_id, const struct since_place *);
/* "" is the beginning. NONE: refuse it; `gone` says why. */
enum found since_read(struct db *, enum since_kind, struct operation_id, const char *cursor, struct since_place *, struct arena *);

struct since_entry { uint64_t id, person, attempts; const char *state; enum status reason; int64_t due_at; };
/* The list in the order of its people: a walk shows each as it is when its page is read. */
bool since_entries(struct db *, struct operation_id, struct since_place *, struct since_entry **out, size_t *n, bool *more, struct arena *);

/*
 * Who has changed: put on the list, called, corrected, taken off, back on it, another record; each once in a page, as they are
 * now, the state being the one that a hold returns to (never "held"). From the beginning: everybody on the list, then
 * what changes. The log is kept for sixty days: who asks at least that often passes nothing over; an older cursor is refused. Not reported: holds, a turn that moves (a skip, a person's day of calls being full), edits of the record.
 */
bool since_changes(struct db *, struct operation_id, struct since_place *, struct since_entry **out, size_t *n, bool *more, struct arena *);

struct since_answer { uint64_t question, choice; const char *text; };	/* stable ids; choice 0: words */
struct since_attempt {
	uint64_t id, entry, person, user, number, corrects;
	const char *user_name, *e164, *zone, *note;
	enum status status;
	int64_t started_at, saved_at, callback_at;
	struct since_answer *answers;
	size_t nanswers;
};
/* Calls in the order of their ids, and so of their saving. */
bool since_attempts(struct db *, struct operation_id, struct since_place *, struct since_attempt **out, size_t *n, bool *more, struct arena *);

#endif
