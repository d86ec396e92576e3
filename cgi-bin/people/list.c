/*
 * list.c - contacts or electors: search, filters, pages by the last person shown, and the banner that
 * loads what is found into an operation.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/session.h"

#include "people.h"
#include "tpl/list.names.h"

const char *
people_path(enum person_kind kind)
{
	return kind == PERSON_ELECTOR ? "/electors" : "/contacts";
}

bool
filter_of(struct req *rq, enum person_kind kind, struct people_filter *out)
{
	*out = (struct people_filter){ .kind = kind, .search = in_text(rq, IN_SEARCH), .city = in_text(rq, IN_CITY),
	    .tag = in_text(rq, IN_TAG), .subdivision = in_text(rq, IN_SECTION), .language = in_text(rq, IN_LANGUAGE),
	    .has_phone = in_bool(rq, IN_PHONE), .not_voted = in_bool(rq, IN_NOT_VOTED), .zone = rq_who(rq)->zone };
	return conditions_of(rq, &out->conditions) && people_filter_text(rq_arena(rq), out) != NULL;
}

bool
own_operation(struct req *rq, struct operation *op, enum http *answer)
{
	const struct who *who = rq_who(rq);
	struct operation_id id = { in_uint(rq, IN_OPERATION) };
	struct who there;
	enum found f = operation_by_id(rq_db(rq), id, op, rq_arena(rq));

	if (f == FOUND)
		f = session_who(rq_db(rq), who->session, id.v, rq_now(rq), &there, rq_arena(rq));
	if (f == FAILED)
		*answer = resp_refuse(rq, R_BUSY);
	else if (f == NONE || op->organisation.v != who->organisation)
		*answer = resp_refuse(rq, R_NOT_FOUND);
	else if (there.member != MEMBER_OWNER)
		*answer = resp_refuse(rq, R_NOT_ALLOWED);
	else
		return true;
	return false;
}

static struct people_order
order_of(struct req *rq)
{
	struct people_order o = { SORT_NAME, in_bool(rq, IN_DOWN) };

	for (enum people_sort by = 0; by < SORT__MAX; by++)
		if (strcmp(in_text(rq, IN_SORT), people_sort_code[by]) == 0)
			o.by = by;
	return o;
}

static void
pair(struct buf *b, const char *name, uint64_t value)
{
	if (value != 0)
		buf_fmt(b, "%s%s=%llu", b->len > 0 ? "&" : "", name, (unsigned long long)value);
}

static const char *
address(struct req *rq, const struct people_filter *f, const struct people_order *o, uint64_t operation, uint64_t after)
{
	struct arena *a = rq_arena(rq);
	struct buf b;

	buf_init_in(&b, a, PEOPLE_FILTER_TEXT + 200);
	buf_text(&b, people_filter_text(a, f));
	if (o != NULL && o->by != SORT_NAME)
		buf_fmt(&b, "%ssort=%s", b.len > 0 ? "&" : "", people_sort_code[o->by]);
	pair(&b, "down", o != NULL && o->down);
	pair(&b, "operation", operation);
	pair(&b, "after", after);
	return b.len == 0 ? people_path(f->kind) : arena_fmt(a, "%s?%s", people_path(f->kind), b.data);
}

const char *
list_address(struct req *rq, enum person_kind kind, const struct people_filter *f, uint64_t operation, uint64_t after)
{
	struct people_filter none = { .kind = kind, .search = "", .city = "", .tag = "", .subdivision = "", .language = "" };

	return address(rq, f == NULL ? &none : f, NULL, operation, after);
}

static void
fill_filters(struct req *rq, struct page *pg, const struct people_filter *f, const struct people_order *o, uint64_t operation)
{
	page_text(pg, LIST_PATH, people_path(f->kind));
	page_text(pg, LIST_SEARCH, f->search);
	page_text(pg, LIST_CITY, f->city);
	page_text(pg, LIST_TAG, f->tag);
	page_text(pg, LIST_SECTION, f->subdivision);
	if (strcmp(f->language, "fr") == 0)
		page_show(pg, LIST_FRENCH);
	if (strcmp(f->language, "en") == 0)
		page_show(pg, LIST_ENGLISH);
	if (f->has_phone)
		page_show(pg, LIST_PHONE);
	if (f->not_voted)
		page_show(pg, LIST_NOT_VOTED);
	if (o->by != SORT_NAME)
		tpl_text(page_row(pg, LIST_SORTED), LIST_VALUE, people_sort_code[o->by]);
	if (o->down)
		page_show(pg, LIST_DOWN);
	if (*people_filter_text(rq_arena(rq), f) != '\0')
		tpl_text(page_row(pg, LIST_CLEAR), LIST_ALL, list_address(rq, f->kind, NULL, operation, 0));
}

/* "3,000 contacts"; beyond what is counted "more than 10,000". */
static const char *
count_words(struct req *rq, const struct people_filter *f, uint64_t n)
{
	enum lang lang = rq_lang(rq);
	bool electors = f->kind == PERSON_ELECTOR, many = n > PEOPLE_COUNTED;
	const char *number = page_number(rq, many ? PEOPLE_COUNTED : n);

	if (many)
		return arena_fmt(rq_arena(rq), electors ? tr(lang, N_("more than %s electors")) : tr(lang, N_("more than %s contacts")), number);
	if (n == 1)
		return electors ? tr(lang, N_("1 elector")) : tr(lang, N_("1 contact"));
	return arena_fmt(rq_arena(rq), electors ? tr(lang, N_("%s electors")) : tr(lang, N_("%s contacts")), number);
}

static void
fill_banner(struct req *rq, struct page *pg, const struct people_filter *f, const struct operation *op, uint64_t n)
{
	struct tpl *banner = page_row(pg, LIST_LOAD_INTO);

	tpl_text(banner, LIST_CSRF, rq_csrf(rq));
	tpl_text(banner, LIST_OPERATION, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op->id.v));
	tpl_text(banner, LIST_KIND, person_kind_code(f->kind));
	tpl_text(banner, LIST_NAME, *op->name == '\0' ? tr(rq_lang(rq), N_("Operation without a name yet")) : op->name);
	tpl_text(banner, LIST_FOUND, count_words(rq, f, n));
	fill_hidden(rq, banner, f);
	if (n > 0)
		tpl_show(banner, LIST_SOMEBODY);
	else
		tpl_show(banner, LIST_NOBODY);
}

/* A head of a column that sorts by it; once more, the other way round. */
static void
fill_head(struct req *rq, struct tpl *table, const struct people_filter *f, const struct people_order *now, enum people_sort by,
    const char *section, uint64_t operation)
{
	struct tpl *head = tpl_row(table, section);
	struct people_order next = { by, now->by == by && !now->down };

	tpl_text(head, LIST_HREF, address(rq, f, &next, operation, 0));
	if (now->by == by)
		tpl_show(head, now->down ? LIST_FALLING : LIST_RISING);
}

static void
fill_people(struct req *rq, struct page *pg, const struct people_filter *f, const struct people_order *o, uint64_t operation,
    const struct person_line *line, size_t n)
{
	struct tpl *table = page_row(pg, LIST_TABLE);
	char number[32];

	tpl_show(table, f->kind == PERSON_ELECTOR ? LIST_FOR_ELECTORS : LIST_FOR_CONTACTS);
	fill_head(rq, table, f, o, SORT_NAME, LIST_BY_LAST, operation);
	fill_head(rq, table, f, o, SORT_FIRST_NAME, LIST_BY_FIRST, operation);
	fill_head(rq, table, f, o, SORT_CITY, LIST_BY_CITY, operation);
	if (f->kind == PERSON_ELECTOR)
		fill_head(rq, table, f, o, SORT_PLACE, LIST_BY_PLACE, operation);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(table, LIST_PERSON);
		const char *tag[20];
		size_t ntags = text_split(rq_arena(rq), line[i].tags, '|', tag, NITEMS(tag));

		tpl_text(row, LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)line[i].id.v));
		tpl_text(row, LIST_LAST, line[i].last_name);
		tpl_text(row, LIST_FIRST, line[i].first_name);
		tpl_text(row, LIST_CITY, line[i].city);
		if (line[i].phone != NULL) {
			struct tpl *call = tpl_row(row, LIST_CALL);
			phone_display(line[i].phone, number, sizeof(number));
			tpl_text(call, LIST_NUMBER, number);
		} else
			tpl_show(row, LIST_NO_PHONE);
		if (line[i].calls_forbidden)
			tpl_show(row, LIST_FORBIDDEN);
		if (f->kind == PERSON_ELECTOR) {
			struct tpl *elector = tpl_row(row, LIST_ELECTOR);
			tpl_text(elector, LIST_SUBDIVISION, line[i].subdivision);
			tpl_text(elector, LIST_ELECTOR_NUMBER, line[i].elector_number);
			if (line[i].has_voted)
				tpl_show(elector, LIST_VOTED);
		} else {
			struct tpl *contact = tpl_row(row, LIST_CONTACT);
			for (size_t k = 0; k < ntags; k++)
				tpl_text(tpl_row(contact, LIST_TAGGED), LIST_TEXT, tag[k]);
		}
	}
}

/* Found people, or what to do when there are none. */
static bool
fill_found(struct req *rq, struct page *pg, const struct people_filter *f, const struct operation *op)
{
	struct person_line *line = arena_alloc(rq_arena(rq), PEOPLE_PAGE * sizeof(*line));
	uint64_t after = in_uint(rq, IN_AFTER), operation = op == NULL ? 0 : op->id.v, total;
	struct people_order o = order_of(rq);
	bool more;
	size_t n;

	if (!people_page(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, f, &o, (struct person_id){ after }, line, &n,
	    &more, &total, rq_arena(rq)))
		return false;
	if (op != NULL)
		fill_banner(rq, pg, f, op, total);
	page_text(pg, LIST_COUNT, count_words(rq, f, total));
	if (total > 0) {
		struct tpl *export = page_row(pg, LIST_EXPORT);
		tpl_text(export, LIST_CSRF, rq_csrf(rq));
		tpl_text(export, LIST_WHAT, f->kind == PERSON_ELECTOR ? "electors" : "contacts");
		tpl_text(export, LIST_FILTER, people_filter_text(rq_arena(rq), f));
	}
	if (n > 0)
		fill_people(rq, pg, f, &o, operation, line, n);
	else
		page_show(pg, *people_filter_text(rq_arena(rq), f) == '\0' && after == 0 ? LIST_EMPTY : LIST_NONE_FOUND);
	if (more)
		tpl_text(page_row(pg, LIST_NEXT), LIST_HREF, address(rq, f, &o, operation, line[n - 1].id.v));
	if (after != 0)
		tpl_text(page_row(pg, LIST_START), LIST_HREF, address(rq, f, &o, operation, 0));
	return true;
}

enum http
list_page(struct req *rq, enum person_kind kind, enum refusal name_wrong)
{
	struct people_filter f, *asked = arena_alloc(rq_arena(rq), sizeof(*asked));
	struct people_order o = order_of(rq);
	struct operation op;
	uint64_t operation;
	struct page *pg;
	enum http answer;
	size_t wrong;

	if (in_given(rq, IN_OPERATION) && !own_operation(rq, &op, &answer))
		return answer;
	operation = in_given(rq, IN_OPERATION) ? op.id.v : 0;
	if (operation != 0 && op.source != (kind == PERSON_ELECTOR ? OP_ELECTORS : OP_CONTACTS))
		return resp_refuse(rq, R_OTHER_SOURCE);
	if (!filter_of(rq, kind, &f))
		return resp_refuse(rq, R_BAD_REQUEST);
	*asked = f;
	wrong = conditions_to_ask(rq, asked);
	pg = page_new(rq, "people/list.tpl", tr(rq_lang(rq), kind == PERSON_ELECTOR ? N_("Electors") : N_("Contacts")));
	page_menu(pg, kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_style(pg, "people.css");
	page_script(pg, "people.js");
	page_show(pg, kind == PERSON_ELECTOR ? LIST_OF_ELECTORS : LIST_OF_CONTACTS);
	fill_filters(rq, pg, &f, &o, operation);
	if (operation != 0)
		tpl_text(page_row(pg, LIST_KEEP), LIST_OPERATION, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)operation));
	if (!fill_builder(rq, pg, &f, wrong > 0) || !fill_saved(rq, pg, asked, operation, name_wrong))
		return resp_refuse(rq, R_BUSY);
	if (wrong > 0) {
		page_show(pg, LIST_UNFINISHED);		/* rather nobody than more people than were meant */
		return page_send_as(pg, HTTP_UNPROCESSABLE);
	}
	if (!fill_found(rq, pg, asked, operation == 0 ? NULL : &op))
		return resp_refuse(rq, R_BUSY);
	return name_wrong == R_NONE ? page_send(pg) : page_send_as(pg, HTTP_UNPROCESSABLE);
}

enum http
contacts_show(struct req *rq)
{
	return list_page(rq, PERSON_CONTACT, R_NONE);
}

enum http
electors_show(struct req *rq)
{
	return list_page(rq, PERSON_ELECTOR, R_NONE);
}
