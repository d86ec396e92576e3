/*
 * conditions.c - the conditions of a filter, read from the address or a form.
 *
 * Adding and removing one is a button of the same form, so that it works without JavaScript. The page that such a
 * button brings leaves out conditions that still miss their value; any other says that they do.
 */
#include "plumb/arena.h"
#include "plumb/text.h"

#include "people.h"

/* "bénévole, membre" typed into one input is two tags; values that the operator does not need go. */
static void
tidy(struct arena *a, struct condition *c)
{
	const char *part[FILTER_VALUES], *value[FILTER_VALUES];
	unsigned needs = (unsigned)c->op < FO__MAX ? filter_op_values(c->op) : 0;
	size_t n = 0;

	for (size_t i = 0; i < c->nvalues; i++) {
		size_t parts = 1;
		part[0] = c->value[i];
		if (filter_type_of(c->field) == FT_TAGS)
			parts = text_split(a, c->value[i], ',', part, NITEMS(part));
		for (size_t k = 0; k < parts && n < FILTER_VALUES; k++)
			if (!text_is_blank(part[k]) || needs == 2)
				value[n++] = text_trim(a, part[k]);
	}
	c->nvalues = needs == 3 || n < needs ? n : needs;
	memcpy(c->value, value, c->nvalues * sizeof(*value));
}

static bool
read_condition(struct req *rq, struct filter *f, unsigned number)
{
	const char *key = arena_fmt(rq_arena(rq), "%u", number);
	struct arena *a = rq_arena(rq);
	struct condition *c;

	if (!in_keyed_given(rq, IN_FIELD, key) || number == in_uint(rq, IN_DROP))
		return true;
	if (f->n == FILTER_CONDITIONS)
		return false;
	c = &f->cond[f->n++];
	*c = (struct condition){ .group = 1 };
	c->field = filter_field_of(in_keyed(rq, IN_FIELD, key), &c->question);
	if (c->field == FF__MAX)
		return false;
	c->op = filter_op_of(in_keyed(rq, IN_COMPARE, key));
	if (in_keyed_uint(rq, IN_GROUP, key) != 0)
		c->group = (unsigned)in_keyed_uint(rq, IN_GROUP, key);
	c->operation = in_keyed_uint(rq, IN_GIVEN_IN, key);
	c->mate = in_keyed_given(rq, IN_MATE, key);
	for (size_t k = 0; k < in_keyed_count(rq, IN_VALUE, key) && c->nvalues < FILTER_VALUES; k++)
		c->value[c->nvalues++] = in_keyed_nth(rq, IN_VALUE, key, k);
	tidy(a, c);
	return true;
}

static void
add_condition(struct req *rq, struct filter *f, unsigned group)
{
	enum filter_op ops[FO__MAX];
	struct condition *c = &f->cond[f->n];
	uint64_t question;
	enum filter_field field = filter_field_of(in_keyed(rq, IN_NEW, arena_fmt(rq_arena(rq), "%u", group)), &question);

	if (field == FF__MAX || f->n == FILTER_CONDITIONS || group < 1 || group > FILTER_GROUPS)
		return;
	filter_ops(filter_type_of(field), ops);
	*c = (struct condition){ .field = field, .question = question, .op = ops[0], .group = group };
	if (field == FF_ANSWER)
		c->op = FO_NOT_EMPTY;
	f->n++;
}

bool
conditions_of(struct req *rq, struct filter *out)
{
	const char *keys[FILTER_CONDITIONS + 1];
	size_t n = in_keys(rq, IN_FIELD, keys, NITEMS(keys));
	uint64_t number;

	for (size_t i = 0; i < n; i++)
		if (n > FILTER_CONDITIONS || !parse_uint(keys[i], 1, FILTER_CONDITIONS, &number))
			return false;
	*out = (struct filter){ .any_group = strcmp(in_text(rq, IN_GROUPS), "any") == 0 };
	for (unsigned g = 1; g <= FILTER_GROUPS; g++)
		out->any[g] = strcmp(in_keyed(rq, IN_JOIN, arena_fmt(rq_arena(rq), "%u", g)), "any") == 0;
	for (unsigned i = 1; i <= FILTER_CONDITIONS; i++)
		if (!read_condition(rq, out, i))
			return false;
	if (in_uint(rq, IN_ADD) != 0)
		add_condition(rq, out, (unsigned)in_uint(rq, IN_ADD));
	return true;
}

size_t
conditions_to_ask(struct req *rq, struct people_filter *f)
{
	bool lenient = in_given(rq, IN_ADD) || in_given(rq, IN_DROP) || in_bool(rq, IN_LIVE);
	struct filter *c = &f->conditions;
	size_t n = 0, wrong = 0;

	for (size_t i = 0; i < c->n; i++) {
		enum refusal why = filter_check(&c->cond[i], f->kind);
		if (why == R_NONE)
			c->cond[n++] = c->cond[i];
		else if (!lenient)
			wrong++;
	}
	c->n = n;
	return wrong;
}
