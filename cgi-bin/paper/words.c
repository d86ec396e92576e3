/*
 * words.c - what several pages of this area say, and the sheet that an address names.
 */
#include "plumb/arena.h"
#include "plumb/moment.h"
#include "plumb/text.h"

#include "paper.h"

const char *
digits(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

const char *
name_words(struct req *rq, const struct operation *op)
{
	return text_is_blank(op->name) ? tr(rq_lang(rq), N_("New operation")) : op->name;
}

const char *
person_words(struct req *rq, const struct paper_place *p)
{
	return text_trim(rq_arena(rq), arena_fmt(rq_arena(rq), "%s %s", p->first_name, p->last_name));
}

const char *
cut_words(struct req *rq, const char *text, size_t chars)
{
	return text_chars(text) <= chars ? text : arena_fmt(rq_arena(rq), "%s…", text_cut(rq_arena(rq), text, chars - 1));
}

const char *
sheet_path(struct req *rq, const struct desk *d)
{
	return arena_fmt(rq_arena(rq), "/sheets/%llu/%s", (unsigned long long)d->op.id.v, d->code);
}

const char *
nobody_words(struct req *rq, const struct operation *op, const struct nobody_now *n)
{
	static const char *const words[] = {
		[NOBODY_OUTSIDE_HOURS] = N_("Calls are closed now, so nobody may be taken from the list. They open again: %s."),
		[NOBODY_NOT_STARTED]   = N_("Calls have not started yet, so nobody may be taken from the list. First calls: %s."),
		[NOBODY_ENDED]         = N_("This operation has ended: nobody is called any more."),
		[NOBODY_PAUSED]        = N_("This operation is paused. Resume it first."),
		[NOBODY_LATER]         = N_("Nobody can be called right now. The next person: %s."),
		[NOBODY_ALL_HELD]      = N_("Everybody who is left is with an agent, or on another sheet."),
		[NOBODY_LEFT]          = N_("Everybody on the list has been called."),
	};
	const char *text = tr(rq_lang(rq), words[n->why]);

	if (strstr(text, "%s") == NULL)
		return text;
	return arena_fmt(rq_arena(rq), text, n->until == 0 ? "–" : moment_words(rq_arena(rq), rq_lang(rq), op->zone, rq_now(rq), n->until));
}

bool
open_operation(struct req *rq, struct operation *op, enum http *status)
{
	enum found f = operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, op, rq_arena(rq));

	if (f == FOUND && op->state != OP_DRAFT)
		return true;
	*status = resp_refuse(rq, f == FAILED ? R_BUSY : R_NOT_FOUND);
	return false;
}

bool
open_members(struct req *rq, const struct operation *op, struct member **out, size_t *n)
{
	size_t all, kept = 0;

	if (!share_members(rq_db(rq), op, rq_now(rq), out, &all, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < all; i++)
		if ((*out)[i].role != MEMBER_OBSERVER && !(*out)[i].disabled)
			(*out)[kept++] = (*out)[i];
	*n = kept;
	return true;
}

/* The sheet of :word, with its operation's questions. */
bool
open_desk(struct req *rq, struct desk *d, enum http *status)
{
	struct survey *survey = arena_alloc(rq_arena(rq), sizeof(*survey));
	struct paper_id id;
	enum found f;

	*d = (struct desk){ .code = NULL };
	if (!open_operation(rq, &d->op, status))
		return false;
	f = paper_of_code(rq_word(rq), &id) ? paper_by_id(rq_db(rq), d->op.id, id, &d->sheet, rq_arena(rq)) : NONE;
	if (f == FOUND && d->op.survey_version.v != 0) {
		f = survey_version(rq_db(rq), d->op.survey_version, survey, rq_arena(rq));
		d->survey = f == FOUND ? survey : NULL;
		f = f == FAILED ? FAILED : FOUND;
	}
	if (f == FOUND && !paper_places(rq_db(rq), &d->op, id, &d->place, &d->nplaces, rq_arena(rq)))
		f = FAILED;
	if (f != FOUND) {
		*status = resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
		return false;
	}
	d->code = paper_code(rq_arena(rq), id);
	return true;
}
