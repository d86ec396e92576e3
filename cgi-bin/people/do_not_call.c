/*
 * do_not_call.c - the organisation's do-not-call list: numbers and people, since when and why; one more, or a
 * whole list of numbers. Nothing comes off it.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/household.h"
#include "domain/suppression.h"

#include "people.h"
#include "table.h"
#include "tpl/do-not-call.names.h"

static const char *
day(struct req *rq, int64_t at)
{
	return full_day_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, at);
}

/* The day until which it is kept at least. */
static const char *
kept_until(struct req *rq, int64_t since)
{
	struct tm t = clock_local(rq_who(rq)->zone, since);

	t.tm_year += SUPPRESSION_KEPT_YEARS;
	t.tm_mday += SUPPRESSION_KEPT_DAYS;
	return day(rq, clock_moment(rq_who(rq)->zone, &t));
}

static void
fill_lines(struct req *rq, struct page *pg, const struct suppression_line *line, size_t n, bool people)
{
	struct tpl *t = page_row(pg, DO_NOT_CALL_TABLE);
	char number[32];

	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(t, DO_NOT_CALL_LINE), *who;
		if (!people) {
			phone_display(line[i].e164, number, sizeof(number));
			tpl_text(tpl_row(row, DO_NOT_CALL_A_NUMBER), DO_NOT_CALL_NUMBER, number);
		}
		if (line[i].person.v != 0) {
			who = tpl_row(row, DO_NOT_CALL_PERSON);
			tpl_text(who, DO_NOT_CALL_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)line[i].person.v));
			tpl_text(who, DO_NOT_CALL_NAME, arena_fmt(rq_arena(rq), "%s %s", line[i].first_name, line[i].last_name));
		}
		tpl_text(row, DO_NOT_CALL_REASON, strcmp(line[i].reason, "call") == 0 ? tr(rq_lang(rq), N_("asked during a call")) :
		    line[i].reason);
		tpl_text(row, DO_NOT_CALL_SINCE, day(rq, line[i].created_at));
		tpl_text(row, DO_NOT_CALL_UNTIL, kept_until(rq, line[i].created_at));
		tpl_text(row, DO_NOT_CALL_BY, line[i].by);
	}
}

struct outcome { enum http status; enum refusal number, file; const char *notice; const struct suppression_counts *counts; };

static enum http
render(struct req *rq, const struct outcome *o)
{
	struct organisation_id org = { rq_who(rq)->organisation };
	struct arena *a = rq_arena(rq);
	struct page *pg = page_new(rq, "people/do-not-call.tpl", tr(rq_lang(rq), N_("Do not call")));
	struct suppression_line *line = arena_alloc(a, SUPPRESSION_PAGE * sizeof(*line));
	bool people = strcmp(in_text(rq, IN_SHOW), "people") == 0, more;
	const char *search = in_text(rq, IN_SEARCH);
	uint64_t numbers, persons;
	size_t n;

	if (suppression_totals(rq_db(rq), org, &numbers, &persons, a) != FOUND ||
	    !(people ? suppression_people : suppression_numbers)(rq_db(rq), org, search, in_uint(rq, IN_AFTER), line, &n, &more, a))
		return resp_refuse(rq, R_BUSY);
	page_menu(pg, "contacts");
	page_style(pg, "people.css");
	page_text(pg, DO_NOT_CALL_CSRF, rq_csrf(rq));
	page_text(pg, DO_NOT_CALL_SEARCH, search);
	page_uint(pg, DO_NOT_CALL_NUMBERS, numbers);
	page_uint(pg, DO_NOT_CALL_PEOPLE, persons);
	page_show(pg, people ? DO_NOT_CALL_OF_PEOPLE : DO_NOT_CALL_OF_NUMBERS);
	page_input(pg, IN_TEL, DO_NOT_CALL_TYPED, NULL);
	page_input(pg, IN_REASON, DO_NOT_CALL_WHY, NULL);
	page_input(pg, IN_PASTED, DO_NOT_CALL_PASTED, NULL);
	if (o->number != R_NONE)
		page_wrong(pg, DO_NOT_CALL_NUMBER_WRONG, o->number);
	if (o->file != R_NONE)
		page_wrong(pg, DO_NOT_CALL_FILE_WRONG, o->file);
	if (o->notice != NULL)
		page_notice(pg, o->notice, true);
	if (o->counts != NULL) {
		struct tpl *t = page_row(pg, DO_NOT_CALL_RESULT);
		tpl_text(t, DO_NOT_CALL_ADDED, page_number(rq, o->counts->added));
		tpl_text(t, DO_NOT_CALL_ALREADY, page_number(rq, o->counts->already));
		tpl_text(t, DO_NOT_CALL_REFUSED, page_number(rq, o->counts->refused));
		for (size_t i = 0; i < o->counts->refused && i < NITEMS(o->counts->first_refused); i++)
			tpl_text(tpl_row(t, DO_NOT_CALL_FIRST), DO_NOT_CALL_TEXT, o->counts->first_refused[i]);
	}
	if (n > 0)
		fill_lines(rq, pg, line, n, people);
	else
		page_show(pg, *search == '\0' && in_uint(rq, IN_AFTER) == 0 ? DO_NOT_CALL_EMPTY : DO_NOT_CALL_NONE_FOUND);
	if (more)
		tpl_text(page_row(pg, DO_NOT_CALL_NEXT), DO_NOT_CALL_HREF, arena_fmt(a, "/people/do-not-call?show=%s&q=%s&after=%llu",
		    people ? "people" : "numbers", url_word(a, search), (unsigned long long)line[n - 1].id));
	return page_send_as(pg, o->status);
}

enum http
do_not_call_show(struct req *rq)
{
	return render(rq, &(struct outcome){ .status = HTTP_OK });
}

/* A number typed on the page. */
enum http
do_not_call_add(struct req *rq)
{
	const struct who *who = rq_who(rq);
	enum refusal why = in_blank(rq, IN_TEL) ? R_MISSING : in_refusal(rq, IN_TEL);
	struct outcome o = { .status = HTTP_OK };

	if (why == R_NONE)
		switch (suppression_add_number(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user },
		    in_text(rq, IN_TEL), in_text(rq, IN_REASON), rq_now(rq), &why, rq_arena(rq))) {
		case SAVED:	o.notice = tr(rq_lang(rq), N_("Added. Nobody is offered this number any more, in any operation.")); break;
		case ALREADY:	o.notice = tr(rq_lang(rq), N_("This number is on the list already.")); break;
		case REFUSED:	break;
		default:	return resp_refuse(rq, R_BUSY);
		}
	if (why != R_NONE) {
		o.status = HTTP_UNPROCESSABLE;
		o.number = why;
	}
	return render(rq, &o);
}

/* --- a list --- */

static bool
is_number(const char *cell)
{
	struct phone_number n;

	return phone_parse(cell, "CA", &n) == PHONE_OK;
}

static bool
is_day(const char *cell)
{
	int y, m, d;

	return parse_date(cell, &y, &m, &d);
}

static bool
says_why(struct arena *a, const char *header)
{
	const char *bars = arena_fmt(a, "|%s|", fold_text(a, header));

	return strstr("|motif|raison|commentaire|commentaires|note|notes|remarque|reason|comment|comments|", bars) != NULL;
}

static bool
is_words(const char *cell)
{
	return strpbrk(cell, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

/* The column that holds numbers most often is the number's; dates and reasons are taken when there are any. Without a header
 * the last column of words is the reason: names come before it. */
static void
columns(struct arena *a, const struct table *t, size_t *number, size_t *since, size_t *reason)
{
	size_t best = 0, words = TABLE_CELLS;

	*number = 0;
	*since = *reason = TABLE_CELLS;
	for (size_t c = 0; c < TABLE_CELLS; c++) {
		size_t numbers = 0, days = 0, said = 0;
		for (size_t i = 0; i < t->n && i < 50; i++) {
			numbers += is_number(table_cell(&t->row[i], c));
			days += is_day(table_cell(&t->row[i], c));
			said += is_words(table_cell(&t->row[i], c));
		}
		if (numbers > best) {
			best = numbers;
			*number = c;
		}
		if (days > 0 && *since == TABLE_CELLS)
			*since = c;
		else if (said > numbers)
			words = c;
		if (*reason == TABLE_CELLS && says_why(a, table_cell(&t->row[0], c)))
			*reason = c;
	}
	if (*reason == TABLE_CELLS && t->n > 0 && is_number(table_cell(&t->row[0], *number)))
		*reason = words;
}

static int64_t
moment_of(struct req *rq, const char *cell)
{
	struct tm t = { .tm_hour = 12 };
	int y, m, d;

	if (!parse_date(cell, &y, &m, &d))
		return 0;
	t.tm_year = y - 1900;
	t.tm_mon = m - 1;
	t.tm_mday = d;
	return clock_moment(rq_who(rq)->zone, &t);
}

enum http
do_not_call_file(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct arena *a = rq_arena(rq);
	struct suppression_counts counts;
	struct suppression_row *row;
	struct upload up;
	struct table t;
	size_t number, since, reason, first;
	enum refusal why = table_read(rq, IN_FILE, IN_PASTED, SUPPRESSION_FILE_MAX, &t);

	if (why == R_BUSY)
		return resp_refuse(rq, why);
	if (why != R_NONE)
		return render(rq, &(struct outcome){ .status = refusal_status(why), .file = why });
	columns(a, &t, &number, &since, &reason);
	first = t.n > 1 && !is_number(table_cell(&t.row[0], number)) && is_number(table_cell(&t.row[1], number));	/* a header */
	row = arena_alloc(a, (t.n + 1) * sizeof(*row));
	for (size_t i = first; i < t.n; i++)
		row[i - first] = (struct suppression_row){ table_cell(&t.row[i], number), table_cell(&t.row[i], reason),
			moment_of(rq, table_cell(&t.row[i], since)) };
	if (suppression_add_all(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user },
	    in_upload(rq, IN_FILE, &up) ? up.file_name : tr(rq_lang(rq), N_("Pasted list")), row, t.n - first, rq_now(rq), &counts, a) != SAVED)
		return resp_refuse(rq, R_BUSY);
	return render(rq, &(struct outcome){ .status = HTTP_OK, .counts = &counts });
}

/* The button of one person's record. */
enum http
do_not_call_person(struct req *rq)
{
	const struct who *who = rq_who(rq);
	enum refusal why;

	switch (suppression_add_person(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user },
	    (struct person_id){ rq_id(rq) }, in_bool(rq, IN_WITH_NUMBERS), in_text(rq, IN_REASON), rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu", (unsigned long long)rq_id(rq)));
	case REFUSED:
		return resp_refuse(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
