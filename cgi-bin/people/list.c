/*
 * list.c - contacts or electors: search, filters, pages by the last name shown, and the banner that
 * loads what is found into an operation.
 */
#include "plumb/arena.h"
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

void
filter_of(struct req *rq, enum person_kind kind, struct people_filter *out)
{
	*out = (struct people_filter){ .kind = kind, .search = in_text(rq, IN_SEARCH), .city = in_text(rq, IN_CITY),
	    .tag = in_text(rq, IN_TAG), .subdivision = in_text(rq, IN_SECTION), .language = in_text(rq, IN_LANGUAGE),
	    .has_phone = in_bool(rq, IN_PHONE), .not_voted = in_bool(rq, IN_NOT_VOTED) };
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

static const char *
query(struct arena *a, const char *path, const struct people_filter *f, uint64_t operation, uint64_t after)
{
	const char *text = people_filter_text(a, f), *mark = *text == '\0' ? "" : "&";

	text = operation == 0 ? text : arena_fmt(a, "%s%soperation=%llu", text, mark, (unsigned long long)operation);
	mark = *text == '\0' ? "" : "&";
	text = after == 0 ? text : arena_fmt(a, "%s%safter=%llu", text, mark, (unsigned long long)after);
	return *text == '\0' ? path : arena_fmt(a, "%s?%s", path, text);
}

static void
fill_filters(struct page *pg, const struct people_filter *f, const struct operation *op, struct arena *a)
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
	if (*people_filter_text(a, f) != '\0') {
		struct people_filter none = { .kind = f->kind, .search = "", .city = "", .tag = "", .subdivision = "", .language = "" };
		tpl_text(page_row(pg, LIST_CLEAR), LIST_ALL, query(a, people_path(f->kind), &none, op == NULL ? 0 : op->id.v, 0));
	}
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
	if (n > 0)
		tpl_show(banner, LIST_SOMEBODY);
	else
		tpl_show(banner, LIST_NOBODY);
}

static void
fill_people(struct req *rq, struct page *pg, const struct people_filter *f, const struct person_line *line, size_t n)
{
	struct tpl *table = page_row(pg, LIST_TABLE);
	char number[32];

	tpl_show(table, f->kind == PERSON_ELECTOR ? LIST_FOR_ELECTORS : LIST_FOR_CONTACTS);
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
			tpl_text(call, LIST_E164, line[i].phone);
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

static enum http
render(struct req *rq, enum person_kind kind)
{
	struct arena *a = rq_arena(rq);
	struct organisation_id org = { rq_who(rq)->organisation };
	struct person_line *line = arena_alloc(a, PEOPLE_PAGE * sizeof(*line));
	uint64_t after = in_uint(rq, IN_AFTER), total, in_operation;
	struct operation op;
	struct people_filter f;
	struct page *pg;
	enum http answer;
	bool more;
	size_t n;

	if (in_given(rq, IN_OPERATION) && !own_operation(rq, &op, &answer))
		return answer;
	in_operation = in_given(rq, IN_OPERATION) ? op.id.v : 0;
	if (in_operation != 0 && op.source != (kind == PERSON_ELECTOR ? OP_ELECTORS : OP_CONTACTS))
		return resp_refuse(rq, R_OTHER_SOURCE);
	filter_of(rq, kind, &f);
	if (!people_page(rq_db(rq), org, &f, (struct person_id){ after }, line, &n, &more, a) ||
	    !people_count(rq_db(rq), org, &f, &total, a))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "people/list.tpl", tr(rq_lang(rq), kind == PERSON_ELECTOR ? N_("Electors") : N_("Contacts")));
	page_menu(pg, kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_style(pg, "people.css");
	page_show(pg, kind == PERSON_ELECTOR ? LIST_OF_ELECTORS : LIST_OF_CONTACTS);
	fill_filters(pg, &f, in_operation == 0 ? NULL : &op, a);
	if (in_operation != 0) {
		fill_banner(rq, pg, &f, &op, total);
		tpl_text(page_row(pg, LIST_KEEP), LIST_OPERATION, arena_fmt(a, "%llu", (unsigned long long)in_operation));
	}
	page_text(pg, LIST_COUNT, count_words(rq, &f, total));
	if (n > 0)
		fill_people(rq, pg, &f, line, n);
	else
		page_show(pg, *people_filter_text(a, &f) == '\0' && after == 0 ? LIST_EMPTY : LIST_NONE_FOUND);
	if (more)
		tpl_text(page_row(pg, LIST_NEXT), LIST_HREF, query(a, people_path(kind), &f, in_operation, line[n - 1].id.v));
	if (after != 0)
		tpl_text(page_row(pg, LIST_START), LIST_HREF, query(a, people_path(kind), &f, in_operation, 0));
	return page_send(pg);
}

enum http
contacts_show(struct req *rq)
{
	return render(rq, PERSON_CONTACT);
}

enum http
electors_show(struct req *rq)
{
	return render(rq, PERSON_ELECTOR);
}
