/*
 * filter_ways.c - a filter with "this or that" over other tables, taken apart into ways that each have an index. Pure.
 */
#include "domain/list_in.h"

enum { WAYS_MOST = 12 };

/* Looked up in another table than person: in an OR the server has no index for it. */
static bool
elsewhere(const struct condition *c)
{
	switch (filter_type_of(c->field)) {
	case FT_PHONE: case FT_ANSWER: case FT_LIST: case FT_STATUS: case FT_DAY: case FT_CALLS:
	case FT_OWN_TEXT: case FT_OWN_NUMBER: case FT_OWN_DATE: case FT_OWN_YES:
		return true;
	case FT_TAGS:
		return c->op != FO_EMPTY && c->op != FO_NOT_EMPTY;
	case FT_YES:
		return c->mate || c->field == FF_MATES || c->field == FF_SUPPRESSED || c->field == FF_CALLED;
	case FT_TEXT: case FT_NUMBER: case FT_DATE: case FT_LANGUAGE:
		break;
	}
	return c->mate;
}

int
filter_split(const struct filter *f, unsigned *ways)
{
	unsigned conditions[FILTER_GROUPS + 1] = { 0 }, far[FILTER_GROUPS + 1] = { 0 }, groups = 0;
	int at = -1;

	*ways = 1;
	for (size_t i = 0; i < f->n; i++) {
		unsigned g = f->cond[i].group;
		if (g < 1 || g > FILTER_GROUPS)
			return -1;
		groups += conditions[g]++ == 0;
		far[g] += elsewhere(&f->cond[i]);
		far[0] += elsewhere(&f->cond[i]);
	}
	if (f->any_group && groups > 1) {
		if (far[0] > 0 && groups <= WAYS_MOST)
			*ways = groups, at = 0;
		return at;
	}
	for (unsigned g = 1; g <= FILTER_GROUPS && at < 0; g++)
		if (f->any[g] && conditions[g] > 1 && conditions[g] <= WAYS_MOST && far[g] > 0)
			*ways = conditions[g], at = (int)g;
	return at;
}

unsigned
filter_ways(const struct filter *f)
{
	unsigned ways;

	filter_split(f, &ways);
	return f->broken ? 1 : ways;
}
