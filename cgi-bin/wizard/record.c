/*
 * record.c - page 7: which fields agents see, in which order, and what stands out.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

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

static enum http
render(struct req *rq, const struct operation *op, const struct field_rules *rules, enum http status)
{
	struct page *pg = wizard_page(rq, op, P_RECORD, "wizard/record.tpl");

	page_script(pg, "wizard.js");
	page_show(pg, op->source == OP_CONTACTS ? RECORD_OF_CONTACTS : RECORD_OF_ELECTORS);
	for (size_t i = 0; i < rules->n; i++)
		add_field(rq, pg, &rules->rule[i]);
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

/* "up.email", "down.email": one place; false when another button was pressed. */
static bool
move(struct req *rq, struct field_rules *rules)
{
	const char *go = in_text(rq, IN_GO);
	bool up = strncmp(go, "up.", 3) == 0;
	enum person_field f;

	if (!up && strncmp(go, "down.", 5) != 0)
		return false;
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
	if (move(rq, &rules))
		return render(rq, &op, &rules, HTTP_OK);
	s = operation_set_fields(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &rules, &why, rq_arena(rq));
	return s == SAVED || s == ALREADY ? wizard_go(rq, &op, P_RECORD) : wizard_failed(rq, s, why);
}
