/*
 * details.c - page 3: name, dates, hours, method, and in the original version the question that agents ask (fact 32).
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"
#include "plumb/zone_list.h"

#include "domain/survey.h"
#include "domain/trunk.h"

#include "wizard.h"
#include "tpl/details.names.h"

/* --- the choice of a question: every survey's newest version, and the edition in use when it is an older one --- */

/* Has it a question that the original version can ask? */
static bool
asks_alone(const struct survey *s)
{
	for (size_t i = 0; i < s->nquestions; i++)
		if (survey_kind_branches(s->questions[i].kind))
			return true;
	return false;
}

/* Is it asked beside the chosen one: as typed, else as stored? */
static bool
also(struct req *rq, const struct operation *op, const struct question *n)
{
	if (rq_is_post(rq)) {
		for (size_t i = 0; i < in_count(rq, IN_ALSO); i++)
			if (in_nth_uint(rq, IN_ALSO, i) == n->id.v)
				return true;
		return false;
	}
	for (size_t i = 0; i < op->nalso; i++)
		if (op->also[i] == n->stable)
			return true;
	return false;
}

/* What can be asked in the same window; closed unless the survey is the chosen one. */
static void
add_also(struct req *rq, struct page *pg, const struct operation *op, const struct survey *s, const char *name, uint64_t chosen)
{
	struct tpl *group = NULL, *row;

	for (size_t i = 0; i < s->nquestions; i++) {
		const struct question *n = &s->questions[i];

		if (!operation_asks(n->kind))
			continue;
		if (group == NULL) {
			group = page_row(pg, DETAILS_ALSO);
			tpl_text(group, DETAILS_SURVEY_NAME, name);
			tpl_text(group, DETAILS_VERSION_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)s->version.v));
		}
		if (n->id.v == chosen)
			tpl_show(group, DETAILS_OPEN);
		row = tpl_row(group, DETAILS_MORE);
		tpl_text(row, DETAILS_QUESTION_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n->id.v));
		tpl_text(row, DETAILS_QUESTION_TEXT, text_cut(rq_arena(rq), survey_text(n->text, rq_lang(rq)), 140));
		if (also(rq, op, n))
			tpl_show(row, DETAILS_TICKED);
	}
}

static void
add_survey(struct req *rq, struct page *pg, const struct operation *op, const struct survey *s, bool older, uint64_t chosen)
{
	enum lang lang = rq_lang(rq);
	const char *name = !older ? s->name : arena_fmt(rq_arena(rq), tr(lang, "%s (as agents have it now)"), s->name);
	struct tpl *group;

	if (!asks_alone(s))
		return;
	group = page_row(pg, DETAILS_SURVEY);
	tpl_text(group, DETAILS_SURVEY_NAME, name);
	tpl_text(group, DETAILS_VERSION_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)s->version.v));
	for (size_t i = 0; i < s->nquestions; i++) {
		const struct question *n = &s->questions[i];
		struct tpl *row;
		if (!survey_kind_branches(n->kind))
			continue;
		row = tpl_row(group, DETAILS_ASKED);
		tpl_text(row, DETAILS_QUESTION_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n->id.v));
		tpl_text(row, DETAILS_QUESTION_TEXT, text_cut(rq_arena(rq), survey_text(n->text, lang), 90));
		if (n->id.v == chosen)
			tpl_show(row, DETAILS_CHOSEN);
	}
	add_also(rq, pg, op, s, name, chosen);
}

static bool
add_surveys(struct req *rq, struct page *pg, const struct operation *op, uint64_t chosen)
{
	struct organisation_id org = { rq_who(rq)->organisation };
	struct survey *list, s;
	bool newest = op->survey_version.v == 0;
	size_t n;

	if (!survey_list(rq_db(rq), org, &list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++)
		newest = newest || list[i].version.v == op->survey_version.v;
	if (!newest && survey_version_of(rq_db(rq), org, op->survey_version, &s, rq_arena(rq)) == FOUND)
		add_survey(rq, pg, op, &s, true, chosen);
	for (size_t i = 0; i < n; i++) {
		if (survey_version_of(rq_db(rq), org, list[i].version, &s, rq_arena(rq)) != FOUND)
			return false;
		add_survey(rq, pg, op, &s, false, chosen);
	}
	return true;
}

/* --- what stands in the inputs --- */

struct shown { const char *name, *description, *start, *end, *end_time, *opens, *closes, *method; uint64_t question; };

static const char *
date_text(struct arena *a, int y, int m, int d)
{
	return arena_fmt(a, "%04d-%02d-%02d", y, m, d);
}

static const char *
time_text(struct arena *a, int minute)
{
	return arena_fmt(a, "%02d:%02d", minute / 60, minute % 60);
}

static void
show_stored(struct req *rq, const struct operation *op, struct shown *out)
{
	struct arena *a = rq_arena(rq);
	struct hours h = op->hours;

	if (!op->dated)
		operation_default_hours(op->zone, rq_now(rq), &h);		/* facts 16, 17 */
	*out = (struct shown){
		.name = op->name, .description = op->description,
		.start = date_text(a, h.start_year, h.start_month, h.start_day),
		.end = date_text(a, h.end_year, h.end_month, h.end_day), .end_time = time_text(a, h.end_minute),
		.opens = time_text(a, h.opens_minute), .closes = time_text(a, h.closes_minute),
		.method = op->method == OP_SOFTWARE ? "software" : op->method == OP_PHONE || !op->dated ? "phone" : "", .question = op->question.v,
	};
}

static void
show_typed(struct req *rq, struct shown *out)
{
	*out = (struct shown){
		.name = in_typed(rq, IN_NAME), .description = in_typed(rq, IN_DESCRIPTION),
		.start = in_typed(rq, IN_START), .end = in_typed(rq, IN_END), .end_time = in_typed(rq, IN_END_TIME),
		.opens = in_typed(rq, IN_OPENS), .closes = in_typed(rq, IN_CLOSES), .method = in_typed(rq, IN_METHOD),
		.question = in_uint(rq, IN_QUESTION),
	};
}

static enum http
render(struct req *rq, const struct operation *op, const struct effect *effect, enum http status)
{
	static const struct { unsigned field; const char *wrong; } inputs[] = {
		{ IN_NAME, DETAILS_NAME_WRONG }, { IN_DESCRIPTION, DETAILS_DESCRIPTION_WRONG },
		{ IN_START, DETAILS_START_WRONG }, { IN_END, DETAILS_END_WRONG }, { IN_END_TIME, DETAILS_END_TIME_WRONG },
		{ IN_OPENS, DETAILS_OPENS_WRONG }, { IN_CLOSES, DETAILS_CLOSES_WRONG },
		{ IN_METHOD, DETAILS_METHOD_WRONG }, { IN_QUESTION, DETAILS_QUESTION_WRONG },
		{ IN_ALSO, DETAILS_ALSO_WRONG },
	};
	struct page *pg = wizard_page(rq, op, P_DETAILS, "wizard/details.tpl");
	struct shown v;

	if (rq_is_post(rq))
		show_typed(rq, &v);
	else
		show_stored(rq, op, &v);
	page_text(pg, DETAILS_NAME, v.name);
	page_text(pg, DETAILS_DESCRIPTION, v.description);
	page_text(pg, DETAILS_START, v.start);
	page_text(pg, DETAILS_END, v.end);
	page_text(pg, DETAILS_END_TIME, v.end_time);
	page_text(pg, DETAILS_OPENS, v.opens);
	page_text(pg, DETAILS_CLOSES, v.closes);
	page_text(pg, DETAILS_ZONE, zone_city(rq_arena(rq), op->zone));
	hours_fields(rq, pg, op);
	effect_show(rq, pg, effect);
	if (strcmp(v.method, "phone") == 0)
		page_show(pg, DETAILS_PHONE);
	if (strcmp(v.method, "software") == 0)
		page_show(pg, DETAILS_SOFTWARE);
	switch (trunk_any(rq_db(rq), op->organisation, rq_arena(rq))) {
	case FOUND:	page_show(pg, DETAILS_HAS_PROVIDER); break;
	case NONE:	page_show(pg, DETAILS_NO_PROVIDER); break;
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	page_script(pg, "wizard.js");
	page_show(pg, op->version == OP_SPECIALIZED ? DETAILS_WHOLE_SURVEY : DETAILS_ONE_QUESTION);
	if (op->version != OP_SPECIALIZED && !add_surveys(rq, pg, op, v.question))
		return resp_refuse(rq, R_BUSY);
	if (op->state == OP_DRAFT)
		page_show(pg, DETAILS_LATER);
	for (size_t i = 0; rq_is_post(rq) && i < NITEMS(inputs); i++)
		page_input(pg, inputs[i].field, NULL, inputs[i].wrong);
	return page_send_as(pg, status);
}

/* --- saving --- */

static bool
date_of(struct req *rq, unsigned field, int *y, int *m, int *d)
{
	return parse_date(in_text(rq, field), y, m, d);
}

/* What was typed, over what stood there where it does not fit (so that "Back" keeps all that does). */
static struct operation_details
typed_details(struct req *rq, const struct operation *op)
{
	struct operation_details d = { .name = in_text(rq, IN_NAME), .description = in_text(rq, IN_DESCRIPTION),
	    .question = { in_uint(rq, IN_QUESTION) }, .hours = op->hours, .purpose = op->purpose, .rules_of = op->rules_of,
	    .seen = (unsigned)in_uint(rq, IN_REVISION) };
	struct question_id *more = arena_alloc(rq_arena(rq), (in_count(rq, IN_ALSO) + 1) * sizeof(*more));
	struct hours *h = &d.hours;

	for (size_t i = 0; i < in_count(rq, IN_ALSO); i++)
		if (in_nth_uint(rq, IN_ALSO, i) != d.question.v)
			more[d.nalso++].v = in_nth_uint(rq, IN_ALSO, i);
	d.also = more;
	if (!op->dated)
		operation_default_hours(op->zone, rq_now(rq), h);
	if (d.name[0] == '\0')
		d.name = op->name;
	if (in_refusal(rq, IN_DESCRIPTION) != R_NONE)
		d.description = op->description;
	if (in_refusal(rq, IN_QUESTION) != R_NONE)
		d.question = op->question;
	date_of(rq, IN_START, &h->start_year, &h->start_month, &h->start_day);
	date_of(rq, IN_END, &h->end_year, &h->end_month, &h->end_day);
	h->end_minute = in_minute(rq, IN_END_TIME) < 0 ? h->end_minute : in_minute(rq, IN_END_TIME);
	h->opens_minute = in_minute(rq, IN_OPENS) < 0 ? h->opens_minute : in_minute(rq, IN_OPENS);
	h->closes_minute = in_minute(rq, IN_CLOSES) < 0 ? h->closes_minute : in_minute(rq, IN_CLOSES);
	hours_typed(rq, op, &d);
	d.method = strcmp(in_text(rq, IN_METHOD), "software") == 0 ? OP_SOFTWARE :
	    strcmp(in_text(rq, IN_METHOD), "phone") == 0 ? OP_PHONE : OP_NO_METHOD;
	return d;
}

/* Beside which field a refusal of the verb stands. */
static unsigned
field_of(enum refusal why)
{
	switch (why) {
	case R_END_BEFORE_START:	return IN_END;
	case R_CLOSES_BEFORE_OPENS:	return IN_CLOSES;
	case R_NO_PROVIDER:
	case R_NOT_A_CHOICE:		return IN_METHOD;
	case R_NO_QUESTION:		return IN_QUESTION;
	case R_OTHER_SURVEY:		return IN_ALSO;
	case R_MISSING:			return IN_NAME;
	default:			return IN__MAX;
	}
}

enum http
details_show(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_DETAILS, &op);

	return no != 0 ? no : render(rq, &op, NULL, HTTP_OK);
}

/* The day's fields are refused by their key, which IN_FIT does not see. */
static bool
fits(struct req *rq, const struct operation_details *d)
{
	static const char *const keys[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	bool fit = IN_FIT(rq, IN_NAME, IN_DESCRIPTION, IN_START, IN_END, IN_END_TIME, IN_OPENS, IN_CLOSES, IN_METHOD, IN_PURPOSE,
	    IN_RULES_OF, IN_HOLIDAYS, IN_QUESTION, IN_ALSO);

	for (size_t i = 0; i < NITEMS(keys) && d->hours.by_day; i++)
		fit = fit && (!in_keyed_given(rq, IN_ON, keys[i]) || (in_keyed_refusal(rq, IN_FROM, keys[i]) == R_NONE &&
		    in_keyed_refusal(rq, IN_TO, keys[i]) == R_NONE));
	return fit;
}

static enum http
refused(struct req *rq, const struct operation *op, enum refusal why)
{
	if (why == R_PAGE_CHANGED) {
		wizard_tell_changed(rq);
		return render(rq, op, NULL, HTTP_CONFLICT);
	}
	if (!hours_refused(rq, why)) {
		if (field_of(why) == IN__MAX)
			return wizard_failed(rq, REFUSED, why);
		in_refuse(rq, field_of(why), why);
	}
	return render(rq, op, NULL, HTTP_UNPROCESSABLE);
}

enum http
details_save(struct req *rq)
{
	struct operation op;
	struct operation_details d;
	struct effect effect;
	enum refusal why = R_NONE;
	enum saved s;
	enum http no = wizard_open(rq, P_DETAILS, &op);

	if (no != 0)
		return no;
	if (hours_preset(rq))
		return render(rq, &op, NULL, HTTP_OK);
	d = typed_details(rq, &op);
	if (in_blank(rq, IN_METHOD) && in_refusal(rq, IN_METHOD) == R_NONE)
		in_refuse(rq, IN_METHOD, R_NOT_A_CHOICE);
	if (!wizard_goes_back(rq) && !fits(rq, &d)) {
		/* Hours that are well-formed and do not go together are told in the same round. */
		why = IN_FIT(rq, IN_START, IN_END, IN_END_TIME, IN_OPENS, IN_CLOSES) ? operation_check_hours(&d.hours) : R_NONE;
		if (why != R_NONE && !hours_refused(rq, why) && field_of(why) != IN__MAX && in_refusal(rq, field_of(why)) == R_NONE)
			in_refuse(rq, field_of(why), why);
		return render(rq, &op, NULL, HTTP_UNPROCESSABLE);
	}
	if (wizard_changed(rq, &op, P_DETAILS))
		return render(rq, &op, NULL, HTTP_CONFLICT);
	if (operation_check_hours(&d.hours) == R_NONE) {
		if (!effect_of_details(rq, &op, &d, &effect))
			return resp_refuse(rq, R_BUSY);
		if (effect_unseen(rq, &effect))
			return render(rq, &op, &effect, HTTP_OK);
	}
	s = operation_set_details(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &d, &why, rq_arena(rq));
	if (s == SAVED || s == ALREADY || (s == REFUSED && why != R_PAGE_CHANGED && wizard_goes_back(rq)))
		return wizard_go(rq, &op, P_DETAILS);
	return s == REFUSED ? refused(rq, &op, why) : wizard_failed(rq, s, why);
}
