/*
 * form.c - what the forms about a person held have in common: whose call they are about, corrections of the record.
 */
#include "agent.h"

bool
form_keyed(const struct req *rq)
{
	return in_refusal(rq, IN_FORM_KEY) == R_NONE && in_refusal(rq, IN_ENTRY) == R_NONE &&
	    in_refusal(rq, IN_CLAIMED) == R_NONE;
}

/* What the form says about its hold, when this agent holds that person no longer. */
static struct held
as_in_form(struct req *rq, const struct operation *op)
{
	return (struct held){ .entry = { in_uint(rq, IN_ENTRY) }, .e164 = "",
		.claimed_at = (int64_t)in_uint(rq, IN_CLAIMED), .form_key = in_text(rq, IN_FORM_KEY), .zone = op->zone, .zones = op->zone };
}

bool
form_held(struct req *rq, struct held *held)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	bool gone = !cx->holding || cx->held.entry.v != in_uint(rq, IN_ENTRY);

	*held = gone ? as_in_form(rq, &cx->op) : cx->held;
	return gone;
}

size_t
form_edits(struct req *rq, struct agent_edit out[EDITS_MAX])
{
	static const struct { unsigned in; enum person_field field; } may[] = {
		{ IN_EDIT_PHONE_HOME, FIELD_PHONE_HOME }, { IN_EDIT_PHONE_CELL, FIELD_PHONE_CELL },
		{ IN_EDIT_PHONE_WORK, FIELD_PHONE_WORK }, { IN_EDIT_EMAIL, FIELD_EMAIL }, { IN_EDIT_LANGUAGE, FIELD_LANGUAGE },
		{ IN_EDIT_NATIONALITY, FIELD_NATIONALITY }, { IN_EDIT_NOTES, FIELD_NOTES },
	};
	size_t n = 0;

	for (size_t i = 0; i < NITEMS(may); i++)
		if (in_given(rq, may[i].in)) {
			enum refusal why;

			out[n] = (struct agent_edit){ may[i].field, in_text(rq, may[i].in), "" };
			if (i < 3 && !agent_edit_phone(in_text(rq, may[i].in), &out[n], &why, rq_arena(rq)))
				in_refuse(rq, may[i].in, why);
			n++;
		}
	return n;
}
