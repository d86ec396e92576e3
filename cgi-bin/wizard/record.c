/*
 * record.c - page 7: which fields agents see, in which order, and what stands out.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/custom.h"
#include "domain/field.h"

#include "wizard.h"
#include "tpl/record.names.h"

static void
add_field(struct req *rq, struct page *pg, const struct field_rule *r)
{
	struct tpl *row = page_row(pg, RECORD_FIELD), *kind;

	tpl_text(row, RECORD_CODE, field_code(r->field));
	tpl_text(row, RECORD_LABEL, field_label(r->field, rq_lang(rq)));
	if (r->highlight)
		tpl_show(row, RECORD_LIT);
	if (field_open(r->field) == OPEN_ALWAYS) {
		tpl_show(row, RECORD_LOCKED);
		return;
	}
	kind = tpl_row(row, RECORD_MODES);
	if (r->mode != MODE_EDITABLE)
		tpl_show(kind, r->mode == MODE_HIDDEN ? RECORD_HIDDEN : RECORD_VISIBLE);
	if (field_allows(r->field, MODE_EDITABLE)) {		/* facts 75, 76 */
		kind = tpl_row(row, RECORD_MAY_EDIT);
		if (r->mode == MODE_EDITABLE)
			tpl_show(kind, RECORD_EDITABLE);
	}
}

/* The organisation's own fields in the order of the rules, then what they do not name: hidden. */
static bool
own_fields(struct req *rq, const struct operation *op, const struct field_rules *stored, struct custom_field **list,
    struct own_rule out[OWN_RULES_MAX], size_t *n)
{
	struct organisation_id org = { rq_who(rq)->organisation };
	size_t all;

	*n = 0;
	if (!custom_fields(rq_db(rq), org, op->source == OP_ELECTORS ? PERSON_ELECTOR : PERSON_CONTACT, list, &all, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < stored->nown; i++)
		for (size_t k = 0; k < all && *n < OWN_RULES_MAX; k++)
			if ((*list)[k].id == stored->own[i].field && !(*list)[k].put_away)
				out[(*n)++] = stored->own[i];
	for (size_t k = 0; k < all && *n < OWN_RULES_MAX; k++) {
		bool have = (*list)[k].put_away;

		for (size_t i = 0; i < *n; i++)
			have |= out[i].field == (*list)[k].id;
		if (!have)
			out[(*n)++] = (struct own_rule){ .field = (*list)[k].id };
	}
	return true;
}

static const char *
own_code(struct req *rq, uint64_t field)
{
	return arena_fmt(rq_arena(rq), "own-%llu", (unsigned long long)field);
}

static bool
add_own(struct req *rq, struct page *pg, const struct operation *op, const struct field_rules *rules)
{
	struct own_rule own[OWN_RULES_MAX];
	struct custom_field *list;
	struct tpl *box = NULL, *row;
	size_t n;

	if (!own_fields(rq, op, rules, &list, own, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct custom_field *f = list;

		while (f->id != own[i].field)
			f++;
		if (box == NULL)
			box = page_row(pg, RECORD_OWN);
		row = tpl_row(box, RECORD_OWN_FIELD);
		tpl_text(row, RECORD_CODE, own_code(rq, f->id));
		tpl_text(row, RECORD_LABEL, f->name);
		tpl_show(row, own[i].shown ? RECORD_VISIBLE : RECORD_HIDDEN);
		if (own[i].highlight)
			tpl_show(row, RECORD_LIT);
	}
	return true;
}

static enum http
render(struct req *rq, const struct operation *op, const struct field_rules *rules, enum http status)
{
	struct page *pg = wizard_page(rq, op, P_RECORD, "wizard/record.tpl");

	page_script(pg, "wizard.js");
	page_show(pg, op->source == OP_CONTACTS ? RECORD_OF_CONTACTS : RECORD_OF_ELECTORS);
	for (size_t i = 0; i < rules->n; i++)
		add_field(rq, pg, &rules->rule[i]);
	if (!add_own(rq, pg, op, rules))
		return resp_refuse(rq, R_BUSY);
	return page_send_as(pg, status);
}

/* The fields in the order of the page; what the page does not name keeps its place behind them. */
static void
typed_rules(struct req *rq, const struct field_rules *stored, struct field_rules *out)
{
	bool seen[FIELD__MAX] = { false };

	out->n = 0;
	for (size_t pass = 0; pass < in_count(rq, IN_FIELD) + stored->n; pass++) {
		size_t k = pass - in_count(rq, IN_FIELD);
		enum person_field f = pass < in_count(rq, IN_FIELD) ? field_of_code(in_nth(rq, IN_FIELD, pass)) : stored->rule[k].field;
		struct field_rule r = { .field = f, .mode = MODE_VISIBLE };
		const char *code;
		if (f == FIELD__MAX || seen[f])
			continue;
		seen[f] = true;
		code = field_code(f);
		if (!in_keyed_given(rq, IN_MODE, code) || !field_mode_of(in_keyed(rq, IN_MODE, code), &r.mode))
			for (size_t i = 0; i < stored->n; i++)
				if (stored->rule[i].field == f)
					r.mode = stored->rule[i].mode;
		r.highlight = in_keyed_given(rq, IN_LIT, code);
		out->rule[out->n++] = r;
	}
}

/* The same for the organisation's own: the order of the page, then the rest. */
static bool
typed_own(struct req *rq, const struct operation *op, const struct field_rules *stored, struct field_rules *out)
{
	struct own_rule own[OWN_RULES_MAX];
	struct custom_field *list;
	size_t n;

	out->nown = 0;
	if (!own_fields(rq, op, stored, &list, own, &n))
		return false;
	for (size_t pass = 0; pass < in_count(rq, IN_FIELD) + n; pass++)
		for (size_t i = 0; i < n; i++) {
			const char *code = own_code(rq, own[i].field), *mode;

			if (own[i].field == 0 || (pass < in_count(rq, IN_FIELD) && strcmp(in_nth(rq, IN_FIELD, pass), code) != 0))
				continue;
			mode = in_keyed(rq, IN_MODE, code);
			out->own[out->nown++] = (struct own_rule){ own[i].field, mode[0] == '\0' ? own[i].shown : strcmp(mode, "hidden") != 0,
				in_keyed_given(rq, IN_LIT, code) };
			own[i].field = 0;
		}
	return true;
}

/* "up.email", "down.email": one place; false when another button was pressed. */
static bool
move(struct req *rq, struct field_rules *rules)
{
	const char *go = in_text(rq, IN_GO);
	bool up = strncmp(go, "up.", 3) == 0;
	enum person_field f;

	if (!up && strncmp(go, "down.", 5) != 0)
		return false;
	for (size_t i = 0; i < rules->nown; i++) {
		size_t to = up ? i - 1 : i + 1;

		if (strcmp(own_code(rq, rules->own[i].field), go + (up ? 3 : 5)) == 0) {
			if (to < rules->nown) {
				struct own_rule o = rules->own[i];
				rules->own[i] = rules->own[to];
				rules->own[to] = o;
			}
			return true;
		}
	}
	f = field_of_code(go + (up ? 3 : 5));
	for (size_t i = 0; i < rules->n; i++)
		if (rules->rule[i].field == f) {
			size_t to = up ? i - 1 : i + 1;
			if (to < rules->n) {
				struct field_rule r = rules->rule[i];
				rules->rule[i] = rules->rule[to];
				rules->rule[to] = r;
			}
			break;
		}
	return true;
}

enum http
record_show(struct req *rq)
{
	struct operation op;
	struct field_rules rules;
	enum http no = wizard_open(rq, P_RECORD, &op);

	if (no != 0)
		return no;
	return field_rules_of(rq_db(rq), &op, &rules, rq_arena(rq)) ? render(rq, &op, &rules, HTTP_OK) : resp_refuse(rq, R_BUSY);
}

enum http
record_save(struct req *rq)
{
	struct operation op;
	struct field_rules stored, rules;
	enum refusal why = R_NONE;
	enum saved s;
	enum http no = wizard_open(rq, P_RECORD, &op);

	if (no != 0)
		return no;
	if (!field_rules_of(rq_db(rq), &op, &stored, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	typed_rules(rq, &stored, &rules);
	if (!typed_own(rq, &op, &stored, &rules))
		return resp_refuse(rq, R_BUSY);
	if (move(rq, &rules))
		return render(rq, &op, &rules, HTTP_OK);
	if (wizard_changed(rq, &op, P_RECORD))
		return render(rq, &op, &rules, HTTP_CONFLICT);
	s = operation_set_fields(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &rules, &why, rq_arena(rq));
	return s == SAVED || s == ALREADY ? wizard_go(rq, &op, P_RECORD) : wizard_failed(rq, s, why);
}
