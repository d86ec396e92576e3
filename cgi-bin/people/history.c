/*
 * history.c - who changed what about a person, in words.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/text.h"

#include "domain/record.h"

#include "people.h"
#include "tpl/person.names.h"

static const char *
change_words(const struct req *rq, const char *verb)
{
	static const struct { const char *verb, *words; } list[] = {
		{ "person.edit", N_("Changed") }, { "person.do_not_call", N_("Must not be called any more") },
		{ "person.allowed", N_("May be called again") }, { "person.deceased", N_("Deceased") },
		{ "person.alive", N_("Not deceased") }, { "phone.add", N_("Number added") }, { "phone.edit", N_("Number changed") },
		{ "phone.first", N_("Dialled first") }, { "phone.remove", N_("Number removed") }, { "phone.wrong", N_("Wrong number") },
		{ "person.merge", N_("Another record was merged into this one") },
		{ "person.voted", N_("Marked as voted") }, { "person.not_voted", N_("The mark “voted” was taken back") },
		{ "person.link", N_("Linked to a contact") }, { "person.unlink", N_("Link to a contact removed") },
	};

	for (size_t i = 0; i < NITEMS(list); i++)
		if (strcmp(list[i].verb, verb) == 0)
			return tr(rq_lang(rq), list[i].words);
	return verb;
}

/* "email: a -> b; city: c" with the fields' names as people read them. */
static const char *
detail_words(struct req *rq, const char *detail)
{
	struct arena *a = rq_arena(rq);
	const char *part[64];
	size_t n = text_split(a, detail, ';', part, NITEMS(part));
	struct buf b;

	buf_init_in(&b, a, 12000);
	for (size_t i = 0; i < n; i++) {
		const char *colon = strstr(part[i], ": "), *code = part[i] + strspn(part[i], " ");
		enum import_field f = colon == NULL || code > colon ? IF_NONE : import_field_of_code(arena_strndup(a, code, (size_t)(colon - code)));
		buf_text(&b, i == 0 ? "" : "; ");
		if (f == IF_NONE)
			buf_text(&b, code);
		else
			buf_fmt(&b, tr(rq_lang(rq), N_("%s: %s")), import_field_label(f, rq_lang(rq)), colon + 2);
	}
	return b.full || n == NITEMS(part) || b.len == 0 ? detail : b.data;
}

bool
fill_changes(struct req *rq, struct page *pg, struct person_id id)
{
	struct record_event *event;
	struct tpl *table = NULL;
	size_t n;

	if (!record_events(rq_db(rq), record_by(rq).organisation, id, &event, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row;
		if (table == NULL)
			table = page_row(pg, PERSON_CHANGES);
		row = tpl_row(table, PERSON_CHANGE);
		tpl_text(row, PERSON_WHEN, when_words(rq, event[i].at));
		tpl_text(row, PERSON_BY, event[i].who);
		tpl_text(row, PERSON_WHAT, change_words(rq, event[i].verb));
		if (*event[i].detail != '\0')
			tpl_text(tpl_row(row, PERSON_WITH), PERSON_DETAIL, detail_words(rq, event[i].detail));
	}
	return true;
}
