/*
 * show.c - one import: which of its pages, and what they share.
 */
#include "plumb/arena.h"
#include "plumb/json.h"

#include "domain/job.h"

#include "import.h"

bool
this_import(struct req *rq, struct import *im, enum http *answer)
{
	switch (import_by_id(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct import_id){ rq_id(rq) },
	    im, rq_arena(rq))) {
	case FOUND:
		return true;
	case NONE:
		*answer = resp_refuse(rq, R_NOT_FOUND);
		return false;
	default:
		*answer = resp_refuse(rq, R_BUSY);
		return false;
	}
}

const char *
state_words(const struct req *rq, const struct import *im)
{
	static const char *const words[] = {
		[IMPORT_UPLOADED] = N_("Columns to be confirmed"), [IMPORT_QUEUED] = N_("Waiting to start"),
		[IMPORT_RUNNING] = N_("Being imported"), [IMPORT_DONE] = N_("Imported"), [IMPORT_FAILED] = N_("Stopped"),
		[IMPORT_UNDOING] = N_("Being undone"), [IMPORT_UNDONE] = N_("Undone"),
	};

	return tr(rq_lang(rq), words[im->state]);
}

unsigned
percent(const struct import *im)
{
	uint64_t undone = im->undo_removed + im->undo_restored + im->undo_kept, all = im->rows_added + im->rows_updated;

	if (im->state == IMPORT_UNDOING)
		return undone >= all ? 99 : (unsigned)(undone * 100 / all);
	return im->state == IMPORT_DONE ? 100 : im->bytes == 0 || im->offset >= im->bytes ? 99 : (unsigned)(im->offset * 100 / im->bytes);
}

const char *
reason_words(const struct req *rq, const char *key)
{
	/* in a list of refused values an invitation to fill in a form would be odd */
	static const struct { const char *key, *words; } list[] = {
		{ "not_a_date", N_("This date does not exist or is not understood.") },
		{ "not_a_number", N_("This amount is not understood.") },
		{ "not_a_choice", N_("This value is not understood.") },
		{ "phone_words", N_("These are words, not a phone number.") },
	};

	for (size_t i = 0; i < NITEMS(list); i++)
		if (strcmp(key, list[i].key) == 0)
			return tr(rq_lang(rq), list[i].words);
	for (enum refusal r = R_NONE + 1; r < R__MAX; r++)
		if (strcmp(key, refusal_key(r)) == 0)
			return refusal_text(r, rq_lang(rq));
	return key;
}

enum http
import_show(struct req *rq)
{
	struct import im;
	enum http answer;

	if (!this_import(rq, &im, &answer))
		return answer;
	switch (im.state) {
	case IMPORT_UPLOADED: return columns_page(rq, &im, HTTP_OK, R_NONE);
	case IMPORT_QUEUED:
	case IMPORT_UNDOING:
	case IMPORT_RUNNING:  return running_page(rq, &im);
	default:              return result_page(rq, &im, HTTP_OK, R_NONE);
	}
}

enum http
import_progress_json(struct req *rq)
{
	static const char *const codes[] = { "uploaded", "queued", "running", "done", "failed", "undoing", "undone" };
	struct json *j = json_object(rq_arena(rq));
	struct import im;
	enum http answer;

	if (!this_import(rq, &im, &answer))
		return answer;
	json_text(j, "state", codes[im.state]);
	json_text(j, "words", state_words(rq, &im));
	json_int(j, "percent", percent(&im));
	json_text(j, "read", page_number(rq, im.rows_read));
	json_text(j, "refused", page_number(rq, im.rows_refused));
	return resp_json(rq, HTTP_OK, json_string(j));
}
