/*
 * builder.c - the conditions of a filter, shown to be changed.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"

#include "domain/custom.h"
#include "domain/filter_choice.h"
#include "domain/survey.h"

#include "people.h"
#include "tpl/list.names.h"

static const char *
number_text(struct arena *a, uint64_t n)
{
	return arena_fmt(a, "%llu", (unsigned long long)n);
}

struct shown {
	struct req *rq;
	const struct people_filter *f;
	struct filter_choices choices;
	bool judge;			/* says what is wrong */
};

static const struct filter_question *
question_of(const struct shown *s, uint64_t stable)
{
	for (size_t i = 0; i < s->choices.nquestions; i++)
		if (s->choices.question[i].stable == stable)
			return &s->choices.question[i];
	return NULL;
}

static const char *
field_words(const struct shown *s, const struct condition *c)
{
	const struct filter_question *n = c->field == FF_ANSWER ? question_of(s, c->question) : NULL;
	enum lang lang = rq_lang(s->rq);

	if (c->field != FF_ANSWER && filter_field_numbered(c->field)) {
		for (size_t i = 0; i < s->choices.nown; i++)
			if (s->choices.own[i].id == c->question)
				return s->choices.own[i].name;
		return tr(lang, N_("A field that no longer exists"));
	}
	if (c->field != FF_ANSWER)
		return filter_field_label(c->field, lang);
	return n == NULL ? tr(lang, N_("A question that no longer exists")) : survey_text(n->text, lang);
}

static bool
has_value(const struct condition *c, const char *value)
{
	for (size_t i = 0; i < c->nvalues; i++)
		if (strcmp(c->value[i], value) == 0)
			return true;
	return false;
}

static void
tick(struct tpl *row, struct tpl **box, const struct condition *c, const char *value, const char *label)
{
	struct tpl *one;

	if (*box == NULL)
		*box = tpl_row(row, LIST_TICKS);
	one = tpl_row(*box, LIST_TICK);
	tpl_text(one, LIST_VALUE, value);
	tpl_text(one, LIST_LABEL, label);
	if (has_value(c, value))
		tpl_show(one, LIST_CHOSEN);
}

static void
fill_ticks(const struct shown *s, struct tpl *row, const struct condition *c)
{
	struct arena *a = rq_arena(s->rq);
	enum lang lang = rq_lang(s->rq);
	enum status statuses[ST__MAX];
	struct tpl *box = NULL;

	switch (filter_type_of(c->field)) {
	case FT_LANGUAGE:
		tick(row, &box, c, "fr", "Français");
		tick(row, &box, c, "en", "English");
		break;
	case FT_STATUS:
		for (enum status_by by = S_AUTO; by <= S_AGENT; by++)
			for (size_t i = 0, n = status_sorted(by, lang, statuses); i < n; i++)
				tick(row, &box, c, status_code(statuses[i]), by == S_AGENT ? status_label(statuses[i], lang) :
				    arena_fmt(a, tr(lang, N_("%s (detected)")), status_label(statuses[i], lang)));
		break;
	case FT_LIST:
		for (size_t i = 0; i < s->choices.noperations; i++)
			tick(row, &box, c, number_text(a, s->choices.operation[i].id.v), s->choices.operation[i].name);
		break;
	case FT_ANSWER:
		for (size_t i = 0; i < s->choices.nanswers; i++)
			if (s->choices.answer[i].question == c->question)
				tick(row, &box, c, number_text(a, s->choices.answer[i].stable), survey_text(s->choices.answer[i].text, lang));
		break;
	default:
		break;
	}
}

static bool
is_typed(const struct shown *s, const struct condition *c)
{
	const struct filter_question *n;

	switch (filter_type_of(c->field)) {
	case FT_YES: case FT_LANGUAGE: case FT_STATUS: case FT_LIST: case FT_OWN_YES: return false;
	case FT_ANSWER:	n = question_of(s, c->question); return n != NULL && !n->choices;
	default:	return true;
	}
}

static const char *
joined(struct arena *a, const struct condition *c)
{
	struct buf b;

	buf_init_in(&b, a, 8000);
	for (size_t i = 0; i < c->nvalues; i++)
		buf_fmt(&b, "%s%s", i > 0 ? ", " : "", c->value[i]);
	return b.data == NULL ? "" : b.data;
}

static void
fill_inputs(const struct shown *s, struct tpl *row, const struct condition *c)
{
	enum filter_type type = filter_type_of(c->field);
	bool day = filter_type_is_day(type), pair = filter_type_is_ordered(type);

	if (!is_typed(s, c))
		return;
	for (size_t k = 0; k < (pair ? 2u : 1u); k++) {
		struct tpl *input = tpl_row(row, LIST_INPUT);
		tpl_text(input, LIST_NTH, k == 0 ? "1" : "2");
		tpl_text(input, LIST_TYPE, day ? "date" : "text");
		tpl_text(input, LIST_VALUE, type == FT_TAGS ? joined(rq_arena(s->rq), c) : k < c->nvalues ? c->value[k] : "");
		tpl_show(input, k == 1 ? LIST_SECOND : type == FT_TAGS ? LIST_COMMAS : LIST_FIRST_VALUE);
	}
}

/* A question with answers to choose from is not asked for words, and the other way round. */
static bool
op_fits(const struct shown *s, const struct condition *c, enum filter_op o)
{
	if (c->field != FF_ANSWER)
		return true;
	return is_typed(s, c) ? o != FO_ANY && o != FO_NONE : o != FO_CONTAINS;
}

static void
fill_condition(const struct shown *s, struct tpl *group, const struct condition *c, size_t number)
{
	struct tpl *row = tpl_row(group, LIST_CONDITION), *in;
	struct arena *a = rq_arena(s->rq);
	enum filter_type type = filter_type_of(c->field);
	enum filter_op ops[FO__MAX];
	enum refusal why = filter_check(c, s->f->kind);
	size_t n = filter_ops(type, ops);

	tpl_text(row, LIST_NUMBER_OF, number_text(a, number));
	tpl_text(row, LIST_FIELD, field_words(s, c));
	tpl_text(row, LIST_CODE, filter_condition_code(a, c));
	tpl_text(row, LIST_IN_GROUP, number_text(a, c->group));
	for (size_t i = 0; i < n; i++) {
		struct tpl *option;
		if (!op_fits(s, c, ops[i]))
			continue;
		option = tpl_row(row, LIST_COMPARISON);
		tpl_text(option, LIST_VALUE, filter_op_code(ops[i]));
		tpl_text(option, LIST_LABEL, filter_op_label(ops[i], type, rq_lang(s->rq)));
		tpl_text(option, LIST_NEEDS, number_text(a, filter_op_values(ops[i])));
		if (ops[i] == c->op)
			tpl_show(option, LIST_CHOSEN);
	}
	fill_inputs(s, row, c);
	fill_ticks(s, row, c);
	if (c->field == FF_ANSWER && s->choices.noperations > 0) {
		in = tpl_row(row, LIST_GIVEN_IN);
		for (size_t i = 0; i < s->choices.noperations; i++) {
			struct tpl *option = tpl_row(in, LIST_IN_OPERATION);
			tpl_text(option, LIST_VALUE, number_text(a, s->choices.operation[i].id.v));
			tpl_text(option, LIST_LABEL, s->choices.operation[i].name);
			if (s->choices.operation[i].id.v == c->operation)
				tpl_show(option, LIST_CHOSEN);
		}
	}
	if (c->mate)
		tpl_show(row, LIST_OF_MATE);
	if (s->judge && why != R_NONE)
		tpl_text(tpl_row(row, LIST_WRONG_VALUE), LIST_WHY, refusal_text(why, rq_lang(s->rq)));
}

static void
fill_fields(const struct shown *s, struct tpl *group)
{
	struct tpl *questions = NULL, *own = NULL;

	for (enum filter_field f = 0; f < FF_ANSWER; f++) {
		struct tpl *option;
		if (!filter_field_for(f, s->f->kind))
			continue;
		option = tpl_row(group, LIST_FIELD_OPTION);
		tpl_text(option, LIST_VALUE, filter_field_code(f));
		tpl_text(option, LIST_LABEL, filter_field_label(f, rq_lang(s->rq)));
	}
	for (size_t i = 0; i < s->choices.nown; i++) {
		struct tpl *option;
		if (s->choices.own[i].put_away)
			continue;
		if (own == NULL)
			own = tpl_row(group, LIST_OWN_FIELDS);
		option = tpl_row(own, LIST_OWN_FIELD);
		tpl_text(option, LIST_VALUE, custom_code(rq_arena(s->rq), &s->choices.own[i]));
		tpl_text(option, LIST_LABEL, s->choices.own[i].name);
	}
	for (size_t i = 0; i < s->choices.nquestions; i++) {
		const struct filter_question *n = &s->choices.question[i];
		struct tpl *option;
		if (questions == NULL)
			questions = tpl_row(group, LIST_QUESTIONS);
		option = tpl_row(questions, LIST_QUESTION);
		tpl_text(option, LIST_VALUE, arena_fmt(rq_arena(s->rq), "answer-%llu", (unsigned long long)n->stable));
		tpl_text(option, LIST_LABEL, survey_text(n->text, rq_lang(s->rq)));
	}
}

bool
fill_builder(struct req *rq, struct page *pg, const struct people_filter *f, bool judge)
{
	const struct filter *c = &f->conditions;
	struct shown s = { .rq = rq, .f = f, .judge = judge };
	struct arena *a = rq_arena(rq);
	unsigned groups = 0, last = 0;

	if (!filter_choices(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, f->kind, &s.choices, a))
		return false;
	for (unsigned g = 1; g <= FILTER_GROUPS; g++) {
		struct tpl *group = NULL;
		size_t n = 0;
		for (size_t i = 0; i < c->n; i++) {
			if (c->cond[i].group != g)
				continue;
			if (group == NULL) {
				group = page_row(pg, LIST_GROUP);
				tpl_text(group, LIST_GROUP_NUMBER, number_text(a, g));
				tpl_text(group, LIST_NTH_GROUP, number_text(a, ++groups));
				fill_fields(&s, group);
			}
			fill_condition(&s, group, &c->cond[i], i + 1);
			n++;
		}
		if (n > 1 || (n > 0 && c->any[g])) {
			struct tpl *join = tpl_row(group, LIST_JOINED);
			tpl_text(join, LIST_GROUP_NUMBER, number_text(a, g));
			if (c->any[g])
				tpl_show(join, LIST_ANY_CONDITION);
		}
		if (n > 0)
			last = g;
	}
	if (groups > 1 && c->any_group)
		page_show(pg, LIST_ANY_GROUP);
	if (groups > 1)
		page_show(pg, LIST_GROUPS_JOINED);
	if (c->n > 0)
		page_show(pg, LIST_BUILDING);
	if (last < FILTER_GROUPS && c->n < FILTER_CONDITIONS) {
		struct tpl *more = page_row(pg, LIST_NEW_GROUP);
		tpl_text(more, LIST_GROUP_NUMBER, number_text(a, last + 1));
		tpl_show(more, groups == 0 ? LIST_FIRST_GROUP : LIST_ANOTHER_GROUP);
		fill_fields(&s, more);
	}
	return true;
}
