/*
 * mates.c - one call for several people of a household, who share a number; and the way back from a slip of the thumb.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "tpl/mates.names.h"
#include "tpl/undo.names.h"

#include "agent.h"

static bool
ticked(struct req *rq, uint64_t entry)
{
	for (size_t i = 0; i < in_count(rq, IN_MATE); i++)
		if (in_nth_uint(rq, IN_MATE, i) == entry)
			return true;
	return false;
}

void
mates_show(struct req *rq, struct page *pg, const struct agent_screen *s, const struct say *say)
{
	struct tpl *part = part_show(rq, page_tpl(pg), "MATES", "mates"), *box = NULL;

	for (size_t i = 0; s != NULL && i < s->nmates; i++) {
		const struct screen_mate *m = &s->mate[i];
		struct tpl *row;

		if (!m->same_number || !m->due)
			continue;
		if (box == NULL)
			box = tpl_row(part, MATES_SHARED);
		row = tpl_row(box, MATES_MATE);
		tpl_text(row, MATES_ENTRY_ID, digits(rq, m->entry.v));
		tpl_text(row, MATES_WORDS, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "This call is for %s too"), m->name));
		if (say->typed && ticked(rq, m->entry.v))
			tpl_show(row, MATES_TICKED);
	}
}

const struct entry_id *
mates_in(struct req *rq, size_t *n)
{
	struct entry_id *out = arena_alloc(rq_arena(rq), MATES_MAX * sizeof(*out));

	*n = 0;
	for (size_t i = 0; i < in_count(rq, IN_MATE) && *n < MATES_MAX; i++)
		out[(*n)++].v = in_nth_uint(rq, IN_MATE, i);
	return out;
}

/* "Do not call again" is no slip: it stays. */
void
undo_show(struct req *rq, struct page *pg, const struct say *say)
{
	struct tpl *part = part_show(rq, page_tpl(pg), "UNDO", "undo"), *form;
	const struct call *c = say->undo;

	if (c == NULL || c->status == ST_DNC)
		return;
	form = tpl_row(part, UNDO_SAVED_CALL);
	tpl_text(form, UNDO_WORDS, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Saved: %s"), status_label(c->status, rq_lang(rq))));
	tpl_text(form, UNDO_OPERATION_ID, digits(rq, rq_id(rq)));
	tpl_text(form, UNDO_CSRF, rq_csrf(rq));
	tpl_text(form, UNDO_SAVED_KEY, arena_fmt(rq_arena(rq), "%llu-%lld-%s", (unsigned long long)c->entry.v, (long long)c->claimed_at,
	    c->form_key));
	tpl_text(form, UNDO_MS, digits(rq, UNDO_SECONDS * 1000));
	for (size_t i = 0; i < c->nmates; i++)
		tpl_text(tpl_row(form, UNDO_MATE), UNDO_MATE_ID, digits(rq, c->mates[i].v));
}
