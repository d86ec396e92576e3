#include "plumb/arena.h"

#include "agent.h"

#define KEPT	32	/* of each; the oldest place is used again */

enum found
kept_survey(struct db *db, struct version_id version, const struct survey **out)
{
	static struct { uint64_t version; struct survey survey; struct arena *arena; } kept[KEPT];
	static unsigned next;
	enum found f;

	for (unsigned i = 0; i < KEPT; i++)
		if (kept[i].version == version.v && version.v != 0) {
			*out = &kept[i].survey;
			return FOUND;
		}
	if (kept[next].arena == NULL)
		kept[next].arena = arena_new();
	arena_reset(kept[next].arena);
	kept[next].version = 0;
	if ((f = survey_version(db, version, &kept[next].survey, kept[next].arena)) != FOUND)
		return f;
	kept[next].version = version.v;
	*out = &kept[next].survey;
	next = (next + 1) % KEPT;
	return FOUND;
}

bool
kept_fields(struct db *db, const struct operation *op, const struct field_rules **out)
{
	static struct { uint64_t operation; unsigned revision; struct field_rules rules; } kept[KEPT];
	static struct arena *scratch;
	static unsigned next;

	for (unsigned i = 0; i < KEPT; i++)
		if (kept[i].operation == op->id.v && kept[i].revision == op->revision) {
			*out = &kept[i].rules;
			return true;
		}
	if (scratch == NULL)
		scratch = arena_new();
	arena_reset(scratch);
	kept[next].operation = 0;
	if (!field_rules_of(db, op, &kept[next].rules, scratch))
		return false;
	kept[next].operation = op->id.v;
	kept[next].revision = op->revision;
	*out = &kept[next].rules;
	next = (next + 1) % KEPT;
	return true;
}
