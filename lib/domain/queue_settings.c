/*
 * queue_settings.c - what the queue must know of an operation and what does not change within one
 * revision of it, read once and kept by the process.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/queue_in.h"

enum { Q_ZONES, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ZONES] = { "u", "us", "SELECT zone, name FROM operation_zone WHERE operation_id = ? ORDER BY zone" },
};
DB_STATEMENTS(q)

/* A process serves few operations at a time; the next one takes the oldest place. */
enum { KEPT = 32 };
static struct queue_settings *kept[KEPT];
static unsigned oldest;

static void
forget(struct queue_settings *s)
{
	if (s == NULL)
		return;
	free((char *)s->kept.name);
	free((char *)s->kept.description);
	free((char *)s->kept.zone);
	for (size_t i = 0; i < s->nexclusions; i++)
		free((struct rule_filter *)s->exclusions[i].filter);
	free(s->exclusions);
	free(s->zones);
	free(s);
}

static bool
read_zones(struct db *db, struct queue_settings *s, const struct operation *op, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_ZONES], IN(V_U(op->id.v)), a, &rs))
		return false;
	s->zones = must_alloc((rs.n + 1) * sizeof(*s->zones));
	snprintf(s->zones[0].name, sizeof(s->zones[0].name), "%s", op->zone);
	s->nzones = 1;		/* number 0, the operation's own, whatever is stored */
	for (size_t i = 0; i < rs.n; i++) {
		struct queue_zone *z = &s->zones[s->nzones];
		z->number = (unsigned)row_u(&rs.row[i], 0);
		snprintf(z->name, sizeof(z->name), "%s", row_s(&rs.row[i], 1));
		if (z->number != 0 && zones_known(z->name))
			s->nzones++;
	}
	return true;
}

/* A filter with its texts in one piece. */
static struct rule_filter *
own_filter(const struct rule_filter *f)
{
	size_t name = strlen(f->name) + 1, text = strlen(f->text) + 1, zone = strlen(f->zone) + 1;
	struct rule_filter *own = must_alloc(sizeof(*own) + name + text + zone);
	char *at = (char *)(own + 1);

	*own = *f;
	own->name = memcpy(at, f->name, name);
	own->text = memcpy(at + name, f->text, text);
	own->zone = memcpy(at + name + text, f->zone, zone);
	return own;
}

static bool
read_exclusions(struct db *db, struct queue_settings *s, const struct operation *op, struct arena *a)
{
	struct exclusion *list;

	if (!exclusion_rules(db, op->id, &list, &s->nexclusions, a))
		return false;
	s->exclusions = must_alloc((s->nexclusions + 1) * sizeof(*list));
	if (s->nexclusions > 0)
		memcpy(s->exclusions, list, s->nexclusions * sizeof(*list));
	for (size_t i = 0; i < s->nexclusions; i++)
		if (list[i].filter != NULL)
			s->exclusions[i].filter = own_filter(list[i].filter);
	return true;
}

static char *
own(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(must_alloc(n), s, n);
}

struct queue_settings *
queue_settings(struct db *db, const struct operation *op, struct arena *a)
{
	struct queue_settings *s;
	unsigned place = KEPT;

	for (unsigned i = 0; i < KEPT && kept[i] != NULL; i++)
		if (kept[i]->op.v == op->id.v) {
			if (kept[i]->revision == op->revision)
				return kept[i];
			place = i;
		}
	s = must_alloc(sizeof(*s));
	s->op = op->id;
	s->revision = op->revision;
	s->kept = *op;
	s->kept.name = own(op->name);
	s->kept.description = own(op->description);
	s->kept.zone = own(op->zone);
	if (operation_rules(db, op->id, s->rules, a) != FOUND || !read_zones(db, s, op, a) ||
	    !read_exclusions(db, s, op, a)) {
		forget(s);
		return NULL;
	}
	if (place == KEPT) {
		place = oldest;
		oldest = (oldest + 1) % KEPT;
	}
	forget(kept[place]);
	kept[place] = s;
	return s;
}

const char *
queue_zone_name(const struct queue_settings *s, const struct operation *op, unsigned number)
{
	for (size_t i = 0; i < s->nzones; i++)
		if (s->zones[i].number == number)
			return s->zones[i].name;
	return op->zone;
}

enum found
queue_operation(struct db *db, struct operation_id id, unsigned revision, struct operation *out, struct arena *a)
{
	for (unsigned i = 0; i < KEPT && kept[i] != NULL; i++)
		if (kept[i]->op.v == id.v && kept[i]->revision == revision) {
			*out = kept[i]->kept;
			out->name = arena_strdup(a, out->name);
			out->description = arena_strdup(a, out->description);
			out->zone = arena_strdup(a, out->zone);
			return FOUND;
		}
	return operation_by_id(db, id, out, a);
}
