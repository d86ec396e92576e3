/*
 * voted.c - who has voted: the "bingo" sheet by section and number, made for the keyboard (the section stays, the
 * numbers are typed one sheet after the other), a file of them, what came of each, and taking one back.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/text.h"

#include "domain/import_field.h"
#include "domain/voted.h"

#include "people.h"
#include "table.h"
#include "tpl/voted.names.h"

static const char *
label_words(struct req *rq, const struct voted_batch *b)
{
	return b->source != VOTED_SHEET ? b->label : arena_fmt(rq_arena(rq), tr(rq_lang(rq), N_("Section %s")), b->label);
}

static void
fill_missed(struct req *rq, struct tpl *t, const struct voted_batch *b)
{
	const char *line[200], *part[3];
	size_t n = text_split(rq_arena(rq), b->missed_text, '\n', line, NITEMS(line));

	for (size_t i = 0; i < n; i++) {
		struct tpl *row;
		if (text_split(rq_arena(rq), line[i], '\t', part, NITEMS(part)) != 3)
			continue;
		row = tpl_row(t, VOTED_MISS);
		tpl_text(row, VOTED_SECTION, part[0]);
		tpl_text(row, VOTED_NUMBER, part[1]);
		tpl_show(row, strcmp(part[2], "0") == 0 ? VOTED_NOBODY : VOTED_SEVERAL);
	}
}

/* What came of the batch that ?batch= names. */
static bool
fill_result(struct req *rq, struct page *pg, const struct voted_batch *b)
{
	struct voted_person *who;
	struct tpl *t = page_row(pg, VOTED_RESULT);
	size_t n;

	if (!voted_people(rq_db(rq), b->id, &who, &n, rq_arena(rq)))
		return false;
	tpl_text(t, VOTED_LABEL, label_words(rq, b));
	tpl_text(t, VOTED_MARKED, page_number(rq, b->marked));
	tpl_text(t, VOTED_ALREADY, page_number(rq, b->already));
	tpl_text(t, VOTED_MISSED, page_number(rq, b->missed));
	if (b->undone)
		tpl_show(t, VOTED_WAS_UNDONE);
	else if (b->marked > 0) {
		struct tpl *undo = tpl_row(t, VOTED_UNDO);
		tpl_text(undo, VOTED_CSRF, rq_csrf(rq));
		tpl_text(undo, VOTED_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)b->id.v));
	}
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(t, VOTED_PERSON);
		tpl_text(row, VOTED_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)who[i].id.v));
		tpl_text(row, VOTED_NAME, arena_fmt(rq_arena(rq), "%s %s", who[i].first_name, who[i].last_name));
		tpl_text(row, VOTED_SECTION, who[i].section);
		tpl_text(row, VOTED_NUMBER, who[i].number);
	}
	if (b->missed > 0)
		fill_missed(rq, tpl_row(t, VOTED_MISSES), b);
	return true;
}

static bool
fill_past(struct req *rq, struct page *pg)
{
	struct voted_batch *list;
	struct tpl *past;
	size_t n;

	if (!voted_batches(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, &list, &n, rq_arena(rq)))
		return false;
	past = n == 0 ? NULL : page_row(pg, VOTED_PAST);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(past, VOTED_BATCH);
		tpl_text(row, VOTED_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].id.v));
		tpl_text(row, VOTED_LABEL, label_words(rq, &list[i]));
		tpl_text(row, VOTED_WHEN, when_words(rq, list[i].created_at));
		tpl_text(row, VOTED_BY, list[i].by);
		tpl_text(row, VOTED_MARKED, page_number(rq, list[i].marked));
		tpl_text(row, VOTED_MISSED, page_number(rq, list[i].missed));
		if (list[i].undone)
			tpl_show(row, VOTED_WAS_UNDONE);
	}
	return true;
}

static enum http
render(struct req *rq, enum http status, enum refusal file_wrong)
{
	struct page *pg = page_new(rq, "people/voted.tpl", tr(rq_lang(rq), N_("Who has voted")));
	struct voted_batch b;

	page_menu(pg, "electors");
	page_style(pg, "people.css");
	page_text(pg, VOTED_CSRF, rq_csrf(rq));
	page_input(pg, IN_SECTION, VOTED_THIS_SECTION, VOTED_SECTION_WRONG);
	page_input(pg, IN_DIVISION, VOTED_DIVISION, NULL);
	page_input(pg, IN_NUMBERS, VOTED_NUMBERS, VOTED_NUMBERS_WRONG);
	page_input(pg, IN_PASTED, VOTED_PASTED, NULL);
	page_show(pg, in_blank(rq, IN_SECTION) ? VOTED_AT_SECTION : VOTED_AT_NUMBERS);
	if (file_wrong != R_NONE)
		page_wrong(pg, VOTED_FILE_WRONG, file_wrong);
	if (in_uint(rq, IN_BATCH) != 0)
		switch (voted_batch_by_id(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation },
		    (struct batch_id){ in_uint(rq, IN_BATCH) }, &b, rq_arena(rq))) {
		case FOUND:
			if (!fill_result(rq, pg, &b))
				return resp_refuse(rq, R_BUSY);
			break;
		case NONE:	return resp_refuse(rq, R_NOT_FOUND);
		case FAILED:	return resp_refuse(rq, R_BUSY);
		}
	return fill_past(rq, pg) ? page_send_as(pg, status) : resp_refuse(rq, R_BUSY);
}

enum http
voted_show(struct req *rq)
{
	return render(rq, HTTP_OK, R_NONE);
}

/* Text as a value in an address. */
const char *
url_word(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, strlen(text) * 3 + 1), *to = out;

	for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
		snprintf(to, 4, "%%%02X", *p);
		to += 3;
	}
	return out;
}

static enum http
mark(struct req *rq, enum voted_source source, const char *label, const struct voted_ref *ref, size_t n)
{
	const struct who *who = rq_who(rq);
	struct arena *a = rq_arena(rq);
	struct batch_id id;

	if (voted_mark(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user }, source, label, ref, n,
	    rq_now(rq), &id, a) != SAVED)
		return resp_refuse(rq, R_BUSY);
	return resp_redirect(rq, arena_fmt(a, "/people/voted?batch=%llu%s%s%s%s", (unsigned long long)id.v,
	    source == VOTED_SHEET ? "&section=" : "", source == VOTED_SHEET ? url_word(a, in_text(rq, IN_SECTION)) : "",
	    source == VOTED_SHEET ? "&division=" : "", source == VOTED_SHEET ? url_word(a, in_text(rq, IN_DIVISION)) : ""));
}

enum http
voted_sheet(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	const char *number[VOTED_SHEET_MAX];
	struct voted_ref *ref = arena_alloc(a, VOTED_SHEET_MAX * sizeof(*ref));
	size_t n = 0;

	if (in_blank(rq, IN_SECTION))
		in_refuse(rq, IN_SECTION, R_MISSING);
	if (in_blank(rq, IN_NUMBERS))
		in_refuse(rq, IN_NUMBERS, R_MISSING);
	else if (in_refusal(rq, IN_NUMBERS) == R_NONE && !voted_numbers(a, in_text(rq, IN_NUMBERS), number, NITEMS(number), &n))
		in_refuse(rq, IN_NUMBERS, R_NOT_NUMBERS);
	if (!in_all_fit(rq))
		return render(rq, HTTP_UNPROCESSABLE, R_NONE);
	for (size_t i = 0; i < n; i++)
		ref[i] = (struct voted_ref){ in_text(rq, IN_DIVISION), in_text(rq, IN_SECTION), number[i] };
	return mark(rq, VOTED_SHEET, in_text(rq, IN_SECTION), ref, n);
}

/* Which columns hold what: by the header, else the first two. False: there are not two. */
static bool
columns(struct arena *a, const struct table *t, size_t *division, size_t *section, size_t *number, size_t *first)
{
	enum import_field field[TABLE_CELLS];

	*division = *section = *number = TABLE_CELLS;
	import_guess_columns(a, PERSON_ELECTOR, t->row[0].cell, t->row[0].n, field);
	for (size_t i = 0; i < t->row[0].n; i++)
		*(field[i] == IF_DIVISION ? division : field[i] == IF_SUBDIVISION ? section : field[i] == IF_ELECTOR_NUMBER ? number : first) = i;
	*first = 1;
	if (*section < TABLE_CELLS && *number < TABLE_CELLS)
		return t->n > 1;
	*first = 0;
	*division = TABLE_CELLS;
	*section = 0;
	*number = 1;
	return t->row[0].n >= 2;
}

enum http
voted_file(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	struct voted_ref *ref;
	struct upload up;
	struct table t;
	size_t division, section, number, first = 0;
	enum refusal why = table_read(rq, IN_FILE, IN_PASTED, VOTED_FILE_MAX, &t);

	if (why == R_BUSY)
		return resp_refuse(rq, why);
	/* "12 345": a line pasted with nothing but a space between */
	for (size_t i = 0; why == R_NONE && i < t.n; i++)
		if (t.row[i].n == 1) {
			const char *part[3];
			size_t n = text_split(a, t.row[i].cell[0], ' ', part, NITEMS(part));
			if (n == 2)
				t.row[i] = (struct table_row){ memcpy(arena_alloc(a, sizeof(part)), part, sizeof(part)), n };
		}
	if (why == R_NONE && !columns(a, &t, &division, &section, &number, &first))
		why = R_NO_SECTION_COLUMN;
	if (why != R_NONE)
		return render(rq, refusal_status(why), why);
	ref = arena_alloc(a, (t.n + 1) * sizeof(*ref));
	for (size_t i = first; i < t.n; i++)
		ref[i - first] = (struct voted_ref){ table_cell(&t.row[i], division), table_cell(&t.row[i], section), table_cell(&t.row[i], number) };
	return mark(rq, VOTED_FILE, in_upload(rq, IN_FILE, &up) ? up.file_name : tr(rq_lang(rq), N_("Pasted list")), ref, t.n - first);
}

enum http
voted_undo_post(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct batch_id id = { in_uint(rq, IN_BATCH) };

	if (id.v == 0)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (voted_undo(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user }, id, rq_now(rq),
	    rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/voted?batch=%llu", (unsigned long long)id.v));
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

/* The button of one person's record. */
enum http
voted_person_post(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct person_id id = { rq_id(rq) };

	if (in_blank(rq, IN_VOTED) || in_refusal(rq, IN_VOTED) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (voted_set(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user }, id,
	    strcmp(in_text(rq, IN_VOTED), "yes") == 0, rq_now(rq), rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu", (unsigned long long)id.v));
	case REFUSED:
		return resp_refuse(rq, R_NOT_FOUND);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
