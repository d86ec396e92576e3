/*
 * noticed.c - the counters of a connection, as sentences.
 */
#include "domain/noticed.h"

#include "plumb/db.h"

enum { Q_SINCE, Q_COUNT, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_SINCE] = { "ui", "sui", "SELECT what, times, last_at FROM hook_tally WHERE trunk_id = ? AND last_at >= ? ORDER BY last_at DESC" },
	[Q_COUNT] = { "usi", "", "INSERT INTO hook_tally (trunk_id, what, times, last_at) VALUES (?, ?, 1, ?)"
	    " ON DUPLICATE KEY UPDATE times = times + 1, last_at = VALUES(last_at)" },
};
DB_STATEMENTS(q)

#define AS_TEXT(id, word, text) [id] = text,
#define AS_WORD(id, word, text) [id] = word,
static const char *const texts[NOTICED__MAX] = { NOTICED(AS_TEXT) };
static const char *const words[NOTICED__MAX] = { NOTICED(AS_WORD) };

const char *
noticed_text(enum noticed_what w)
{
	assert((unsigned)w < NOTICED__MAX);
	return texts[w];
}

bool
noticed_count_word(struct db *db, struct trunk_id id, const char *word, int64_t now)
{
	return db_write(db, &q[Q_COUNT], IN(V_U(id.v), V_S(word), V_I(now)), NULL) != NOT_WRITTEN;
}

bool
noticed_count(struct db *db, struct trunk_id id, enum noticed_what w, int64_t now)
{
	assert((unsigned)w < NOTICED__MAX);
	return noticed_count_word(db, id, words[w], now);
}

bool
noticed_since(struct db *db, struct trunk_id id, int64_t since, struct noticed out[NOTICED__MAX], size_t *n, struct arena *a)
{
	struct rows rs;

	*n = 0;
	if (!db_rows(db, &q[Q_SINCE], IN(V_U(id.v), V_I(since)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++)
		for (unsigned w = 0; w < NOTICED__MAX; w++)
			if (strcmp(row_s(&rs.row[i], 0), words[w]) == 0)
				out[(*n)++] = (struct noticed){ (enum noticed_what)w, row_u(&rs.row[i], 1), row_i(&rs.row[i], 2) };
	return true;
}
