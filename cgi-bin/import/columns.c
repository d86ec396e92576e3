/*
 * columns.c - what each column of the file is: guessed, shown with samples, corrected by hand; and the first
 * rows as they will be stored.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/date.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "import.h"
#include "tpl/columns.names.h"

enum { SAMPLES = 5, SAMPLE_CHARS = 40 };

static const struct { const char *code, *name; } charsets[] = {
	{ "UTF-8", "UTF-8" }, { "WINDOWS-1252", "Windows-1252" }, { "MACINTOSH", "Mac OS Roman" }, { "CP850", "DOS 850" },
	{ "UTF-16LE", "UTF-16 LE" }, { "UTF-16BE", "UTF-16 BE" },
};

static void
fill_shape(struct req *rq, struct page *pg, const struct import *im)
{
	static const struct { char sep; const char *code, *words; } seps[] = {
		{ ';', "semicolon", N_("Semicolon (;)") }, { ',', "comma", N_("Comma (,)") }, { '\t', "tab", N_("Tab") },
	};
	bool listed = false;

	for (size_t i = 0; i < NITEMS(charsets) + 1; i++) {
		bool last = i == NITEMS(charsets), here = !last && strcmp(charsets[i].code, im->charset) == 0;
		struct tpl *row;
		if (last && listed)
			break;
		row = page_row(pg, COLUMNS_CHARSET);
		listed = listed || here;
		tpl_text(row, COLUMNS_CODE, last ? im->charset : charsets[i].code);
		tpl_text(row, COLUMNS_NAME, last ? im->charset : charsets[i].name);
		if (here || last)
			tpl_show(row, COLUMNS_CHOSEN);
	}
	for (size_t i = 0; i < NITEMS(seps); i++) {
		struct tpl *row = page_row(pg, COLUMNS_SEPARATOR);
		tpl_text(row, COLUMNS_CODE, seps[i].code);
		tpl_text(row, COLUMNS_NAME, tr(rq_lang(rq), seps[i].words));
		if (seps[i].sep == im->separator)
			tpl_show(row, COLUMNS_CHOSEN);
	}
}

static void
fill_choices(struct req *rq, struct tpl *column, const struct import *im, size_t at, const struct custom_field *own, size_t nown)
{
	const struct own_column *goes = import_own_at(im, at);
	enum import_field chosen = im->mapping[at];
	struct tpl *group = NULL;

	for (enum import_field f = IF_NONE; f < IF__MAX; f++) {
		struct tpl *row;
		if (!import_field_of(f, im->kind))
			continue;
		row = tpl_row(column, COLUMNS_FIELD);
		tpl_text(row, COLUMNS_CODE, import_field_code(f));
		tpl_text(row, COLUMNS_NAME, import_field_label(f, rq_lang(rq)));
		if (f == chosen && goes == NULL)
			tpl_show(row, COLUMNS_CHOSEN);
	}
	for (size_t i = 0; i < nown; i++) {
		struct tpl *row;
		if (own[i].put_away)
			continue;
		if (group == NULL)
			group = tpl_row(column, COLUMNS_OWN_FIELDS);
		row = tpl_row(group, COLUMNS_OWN_FIELD);
		tpl_text(row, COLUMNS_CODE, custom_code(rq_arena(rq), &own[i]));
		tpl_text(row, COLUMNS_NAME, own[i].name);
		if (goes != NULL && goes->field == own[i].id)
			tpl_show(row, COLUMNS_CHOSEN);
	}
}

/* Two columns of one field. */
static bool
is_twice(const struct import *im, size_t c)
{
	const struct own_column *own = import_own_at(im, c), *other;

	for (size_t k = 0; k < im->ncolumns; k++)
		if (k != c && ((im->mapping[k] != IF_NONE && im->mapping[k] == im->mapping[c]) ||
		    (own != NULL && (other = import_own_at(im, k)) != NULL && other->field == own->field)))
			return true;
	return false;
}

static void
fill_columns(struct req *rq, struct page *pg, const struct import *im, const struct import_sample *s, size_t n,
    const struct custom_field *own, size_t nown)
{
	struct arena *a = rq_arena(rq);

	for (size_t c = 0; c < im->ncolumns; c++) {
		struct tpl *row = page_row(pg, COLUMNS_COLUMN);
		unsigned shown = 0;

		tpl_text(row, COLUMNS_AT, arena_fmt(a, "%zu", c));
		tpl_text(row, COLUMNS_HEADER, *im->header[c] == '\0' ? "—" : im->header[c]);
		for (size_t i = 0; i < n && shown < 3; i++)
			if (c < s[i].ncells && !text_is_blank(s[i].cell[c])) {
				tpl_text(tpl_row(row, COLUMNS_VALUE), COLUMNS_TEXT, text_cut(a, s[i].cell[c], SAMPLE_CHARS));
				shown++;
			}
		if (shown == 0)
			tpl_show(row, COLUMNS_NO_VALUE);
		if (im->mapping[c] != IF_NONE || import_own_at(im, c) != NULL)
			tpl_show(row, COLUMNS_TAKEN);
		if (is_twice(im, c))
			tpl_text(tpl_row(row, COLUMNS_TWICE), COLUMNS_WRONG, refusal_text(R_COLUMN_TWICE, rq_lang(rq)));
		fill_choices(rq, row, im, c, own, nown);
	}
}

static void
add_fact(struct req *rq, struct tpl *person, enum import_field f, const char *value)
{
	struct tpl *fact = tpl_row(person, COLUMNS_FACT);

	tpl_text(fact, COLUMNS_NAME, import_field_label(f, rq_lang(rq)));
	tpl_text(fact, COLUMNS_TEXT, value);
}

const char *
shown_value(struct req *rq, enum import_field f, const char *value)
{
	char *text = arena_strdup(rq_arena(rq), value);
	int year, month, day;

	switch (import_field_kind(f)) {
	case VK_YES:
		return tr(rq_lang(rq), N_("yes"));
	case VK_LANGUAGE:
		return strcmp(value, "fr") == 0 ? "Français" : "English";
	case VK_DATE:
		return parse_date(value, &year, &month, &day) ? date_words(rq_arena(rq), rq_lang(rq), year, month, day) : text;
	case VK_MONEY:
		for (char *p = text; rq_lang(rq) == LANG_FR && *p != '\0'; p++)
			if (*p == '.')
				*p = ',';
		return arena_fmt(rq_arena(rq), rq_lang(rq) == LANG_FR ? "%s $" : "$%s", text);
	case VK_TAGS:
		for (char *p = text; *p != '\0'; p++)
			if (*p == '|')
				*p = ',';
		return text;
	default:
		return text;
	}
}

static void
own_facts(struct req *rq, struct tpl *person, const struct import *im, const struct import_sample *s, const struct custom_field *own, size_t nown)
{
	for (size_t c = 0; s->row.own != NULL && c < im->nown; c++)
		for (size_t i = 0; s->row.own[c] != NULL && i < nown; i++)
			if (own[i].id == im->own[c].field) {
				struct tpl *fact = tpl_row(person, COLUMNS_FACT);
				tpl_text(fact, COLUMNS_NAME, own[i].name);
				tpl_text(fact, COLUMNS_TEXT, own[i].form == CUSTOM_YES ? tr(rq_lang(rq), N_("yes")) : own[i].form == CUSTOM_DATE ?
				    shown_value(rq, IF_BIRTH_DATE, s->row.own[c]) : text_cut(rq_arena(rq), s->row.own[c], 80));
			}
}

static void
fill_preview(struct req *rq, struct page *pg, const struct import *im, const struct import_sample *s, size_t n,
    const struct custom_field *own, size_t nown)
{
	struct arena *a = rq_arena(rq);
	char number[32];

	for (size_t i = 0; i < n; i++) {
		struct tpl *person = page_row(pg, COLUMNS_PERSON);
		const char *const *v = s[i].row.value;

		tpl_text(person, COLUMNS_LINE, arena_fmt(a, "%llu", (unsigned long long)s[i].line));
		if (s[i].refused != R_NONE) {
			tpl_text(tpl_row(person, COLUMNS_REFUSED), COLUMNS_WRONG, refusal_text(s[i].refused, rq_lang(rq)));
			continue;
		}
		tpl_text(person, COLUMNS_WHO, text_trim(a, arena_fmt(a, "%s %s", v[IF_FIRST_NAME] == NULL ? "" : v[IF_FIRST_NAME],
		    v[IF_LAST_NAME] == NULL ? "" : v[IF_LAST_NAME])));
		for (size_t k = 0; k < s[i].row.nphones; k++) {
			const struct row_phone *ph = &s[i].row.phone[k];
			phone_display(ph->e164, number, sizeof(number));
			add_fact(rq, person, ph->field, *ph->extension == '\0' ? number :
			    arena_fmt(a, tr(rq_lang(rq), N_("%s ext. %s")), number, ph->extension));
		}
		for (enum import_field f = IF_NONE + 1; f < IF__MAX; f++)
			if (v[f] != NULL && f != IF_LAST_NAME && f != IF_FIRST_NAME)
				add_fact(rq, person, f, text_cut(rq_arena(rq), shown_value(rq, f, v[f]), 80));
		own_facts(rq, person, im, &s[i], own, nown);
		for (size_t k = 0; k < s[i].row.nrefused; k++) {
			struct tpl *out = tpl_row(person, COLUMNS_LEFT_OUT);
			tpl_text(out, COLUMNS_TEXT, text_cut(a, s[i].row.refused[k].cell, SAMPLE_CHARS));
			tpl_text(out, COLUMNS_WRONG, reason_words(rq, refusal_key(s[i].row.refused[k].why)));
		}
	}
	if (n == 0)
		page_show(pg, COLUMNS_NO_ROWS);
}

enum http
columns_page(struct req *rq, const struct import *im, enum http status, enum refusal why)
{
	struct page *pg = page_new(rq, "import/columns.tpl", tr(rq_lang(rq), N_("Columns of the file")));
	struct import_sample *s = arena_alloc(rq_arena(rq), SAMPLES * sizeof(*s));
	struct custom_field *own;
	size_t n, nown;

	if (!import_preview(im, s, SAMPLES, &n, rq_arena(rq)) || !custom_fields(rq_db(rq), im->organisation, im->kind, &own, &nown, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	page_style(pg, "people.css");
	page_menu(pg, im->kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_script(pg, "import.js");
	page_text(pg, COLUMNS_CSRF, rq_csrf(rq));
	page_text(pg, COLUMNS_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)im->id.v));
	page_text(pg, COLUMNS_FILE_NAME, im->file_name);
	page_show(pg, im->kind == PERSON_ELECTOR ? COLUMNS_OF_ELECTORS : COLUMNS_OF_CONTACTS);
	if (why != R_NONE)
		page_wrong(pg, COLUMNS_MAPPING_WRONG, why);
	if (im->known)
		page_show(pg, COLUMNS_KNOWN);
	page_show(pg, im->rule == IMPORT_CORRECT ? COLUMNS_CORRECT : im->rule == IMPORT_FILL ? COLUMNS_FILL : COLUMNS_ASK);
	page_show(pg, im->workbook ? COLUMNS_WORKBOOK : COLUMNS_TEXT_FILE);
	if (!im->workbook)
		fill_shape(rq, pg, im);
	fill_columns(rq, pg, im, s, n, own, nown);
	fill_preview(rq, pg, im, s, n, own, nown);
	return page_send_as(pg, status);
}

static char
separator_of(const char *code)
{
	return strcmp(code, "comma") == 0 ? ',' : strcmp(code, "tab") == 0 ? '\t' : ';';
}

/* What the form says of each column; false: a field that does not exist, or that such people do not have. */
static bool
read_mapping(struct req *rq, struct import *im)
{
	im->nown = 0;
	for (size_t c = 0; c < im->ncolumns; c++) {
		const char *key = arena_fmt(rq_arena(rq), "%zu", c), *code = in_keyed(rq, IN_COLUMN, key);
		if (import_own_take(im, c, code))
			continue;
		im->mapping[c] = import_field_of_code(code);
		if (in_keyed_refusal(rq, IN_COLUMN, key) != R_NONE || (*code != '\0' && im->mapping[c] == IF_NONE) ||
		    !import_field_of(im->mapping[c], im->kind))
			return false;
	}
	return true;
}

enum http
import_save(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct organisation_id org = { who->organisation };
	struct user_id by = { who->user };
	const char *here = arena_fmt(rq_arena(rq), "/imports/%llu", (unsigned long long)rq_id(rq));
	enum refusal why = R_NONE;
	struct import im;
	enum http answer;
	enum saved saved;

	if (!this_import(rq, &im, &answer))
		return answer;
	if (im.state >= IMPORT_DONE)
		return result_save(rq, &im);
	if (im.state != IMPORT_UPLOADED || strcmp(in_text(rq, IN_GO), "undo") == 0)	/* at work: its own page says how far */
		return resp_redirect(rq, here);
	if (strcmp(in_text(rq, IN_GO), "shape") == 0) {
		saved = import_reshape(rq_db(rq), org, by, im.id, in_text(rq, IN_CHARSET), separator_of(in_text(rq, IN_SEPARATOR)),
		    rq_now(rq), rq_arena(rq));
		return saved == REFUSED ? resp_refuse(rq, R_BAD_REQUEST) : saved == NOT_SAVED ? resp_refuse(rq, R_BUSY) : resp_redirect(rq, here);
	}
	if (strcmp(in_text(rq, IN_GO), "guess") == 0) {
		saved = import_guess(rq_db(rq), org, by, im.id, rq_now(rq));
		return saved == NOT_SAVED ? resp_refuse(rq, R_BUSY) : resp_redirect(rq, here);
	}
	if (strcmp(in_text(rq, IN_GO), "discard") == 0) {
		saved = import_discard(rq_db(rq), org, by, im.id, rq_now(rq), rq_arena(rq));
		return saved == NOT_SAVED ? resp_refuse(rq, R_BUSY) : resp_redirect(rq, "/imports");
	}
	if (!in_blank(rq, IN_RULE))
		im.rule = import_rule_of(in_text(rq, IN_RULE));
	if (in_refusal(rq, IN_RULE) != R_NONE || !read_mapping(rq, &im))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (strcmp(in_text(rq, IN_GO), "look") == 0)
		return columns_page(rq, &im, HTTP_OK, R_NONE);
	saved = import_start_columns(rq_db(rq), org, by, im.id, &im, im.rule, rq_now(rq), &why, rq_arena(rq));
	if (saved == REFUSED)
		return columns_page(rq, &im, refusal_status(why), why);
	return saved == NOT_SAVED ? resp_refuse(rq, R_BUSY) : resp_redirect(rq, here);
}
