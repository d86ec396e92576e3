/*
 * upkeep.c - what time ends. None of it is needed for anything to be right: claims end holds themselves and an old
 * session is refused by its date. It keeps tables and folders small, and the dashboard's numbers fresh.
 */
#include "worker.h"

#include <errno.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/text.h"

#include "domain/admin.h"
#include "domain/call_tally.h"
#include "domain/entry_log.h"
#include "domain/export.h"
#include "domain/feed.h"
#include "domain/horizon.h"
#include "domain/import.h"
#include "domain/practice.h"
#include "domain/queue.h"

enum { HORIZON_EVERY_S = 1, SILENCED_EVERY_S = 60, HOLDS_EVERY_S = 3, HOLDS_MOST = 200, REST_EVERY_S = 600, FILES_DAYS = 30 };

/* Is it time again? A clock that went backwards starts anew. */
static bool
due(int64_t *last, int64_t now, int every_s)
{
	if (*last != 0 && now >= *last && now - *last < every_s * SECOND_US)
		return false;
	*last = now;
	return true;
}

void
upkeep_holds(struct db *db, int64_t now)
{
	static int64_t last;
	unsigned released;

	if (!due(&last, now, HOLDS_EVERY_S))
		return;
	do {
		released = 0;
		if (!queue_release_expired(db, now, HOLDS_MOST, &released))
			return;
		if (released > 0)
			log_event("holds ended n=%u", released);
	} while (released == HOLDS_MOST && !worker_stops());
}

/* Counters of calls: all of them once, then those of the last day, up to an hour ago. */
static void
fold_calls(struct db *db, int64_t now, struct arena *a)
{
	static int64_t since;
	struct admin_operation *op;
	size_t n;

	if (!admin_operations(db, &op, &n, a))
		return;
	for (size_t i = 0; i < n && !worker_stops(); i++)
		if (!call_tally_fold(db, op[i].id, since, now - HOUR_US, a))
			return;
	since = now - DAY_US;
}

/* How far other programs may read. */
void
upkeep_horizon(struct db *db, int64_t now, struct arena *a)
{
	static int64_t last, last_silenced;

	if (due(&last_silenced, now, SILENCED_EVERY_S))
		entry_log_silenced(db, a);
	if (due(&last, now, HORIZON_EVERY_S))
		horizon_advance(db, now, a);
}

void
upkeep_rest(struct db *db, int64_t now, struct arena *a)
{
	static int64_t last;
	const char **name;
	size_t n;

	if (!due(&last, now, REST_EVERY_S))
		return;
	import_forget(db, now, a);
	export_forget(db, now, a);
	feed_forget(db, now);
	entry_log_forget(db, now, a);
	fold_calls(db, now, a);
	practice_tidy(db, now, a);
	if (!admin_tidy(db, now, now - FILES_DAYS * DAY_US, &name, &n, a))
		return;
	for (size_t i = 0; i < n; i++) {
		/* a name of ours, but the database is not the place to trust with unlink */
		if (strchr(name[i], '/') != NULL)
			log_warn("file of an import has a strange name: %s", text_tame(a, name[i]));
		else if (unlink(arena_fmt(a, "%s/imports/%s", conf.data, name[i])) != 0 && errno != ENOENT)
			log_warn("file of an import cannot be removed: %s", strerror(errno));
	}
	if (n > 0)
		log_event("files of old imports removed n=%zu", n);
}
