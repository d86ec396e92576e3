/*
 * field.c - a handler's questions about the fields of its request.
 */
#include <errno.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/log.h"
#include "plumb/request.h"
#include "plumb/text.h"

static const struct given nothing = { "", "", "", 0, -1, R_NONE };

static struct input *
input_of(const struct req *rq, unsigned f)
{
	assert(f < rq->nfields);
	return &rq->in[f];
}

static struct given *
find(const struct req *rq, unsigned f, const char *key)
{
	struct input *in = input_of(rq, f);

	for (size_t i = 0; i < in->n; i++)
		if (strcmp(in->list[i].key, key) == 0)
			return &in->list[i];
	return NULL;
}

static const struct given *
first(const struct req *rq, unsigned f)
{
	const struct input *in = input_of(rq, f);

	return in->n > 0 ? &in->list[0] : &nothing;
}

bool
in_given(const struct req *rq, unsigned f)
{
	const struct input *in = input_of(rq, f);

	return in->n > 0 || in->upload.path != NULL;
}

const char *
in_typed(const struct req *rq, unsigned f)
{
	return first(rq, f)->typed;
}

enum refusal
in_refusal(const struct req *rq, unsigned f)
{
	const struct input *in = input_of(rq, f);

	if (in->refused != R_NONE)
		return in->refused;
	if (!in_given(rq, f))
		return rq->fields[f].flags & F_REQUIRED ? R_MISSING : R_NONE;
	for (size_t i = 0; i < in->n; i++)
		if (in->list[i].refusal != R_NONE)
			return in->list[i].refusal;
	return R_NONE;
}

bool
in_blank(const struct req *rq, unsigned f)
{
	return !in_given(rq, f) || (input_of(rq, f)->n > 0 && text_is_blank(first(rq, f)->typed));
}

const char *
in_text(const struct req *rq, unsigned f)
{
	return first(rq, f)->text;
}

uint64_t
in_uint(const struct req *rq, unsigned f)
{
	return first(rq, f)->number;
}

bool
in_bool(const struct req *rq, unsigned f)
{
	return in_given(rq, f);
}

int
in_minute(const struct req *rq, unsigned f)
{
	return first(rq, f)->minute;
}

size_t
in_count(const struct req *rq, unsigned f)
{
	return input_of(rq, f)->n;
}

const char *
in_nth(const struct req *rq, unsigned f, size_t n)
{
	const struct input *in = input_of(rq, f);

	return n < in->n ? in->list[n].text : "";
}

uint64_t
in_nth_uint(const struct req *rq, unsigned f, size_t n)
{
	const struct input *in = input_of(rq, f);

	return n < in->n ? in->list[n].number : 0;
}

bool
in_keyed_given(const struct req *rq, unsigned f, const char *key)
{
	return find(rq, f, key) != NULL;
}

const char *
in_keyed(const struct req *rq, unsigned f, const char *key)
{
	const struct given *g = find(rq, f, key);

	if (g == NULL)
		return "";
	return g->refusal == R_NONE ? g->text : g->typed;
}

uint64_t
in_keyed_uint(const struct req *rq, unsigned f, const char *key)
{
	const struct given *g = find(rq, f, key);

	return g == NULL ? 0 : g->number;
}

enum refusal
in_keyed_refusal(const struct req *rq, unsigned f, const char *key)
{
	const struct input *in = input_of(rq, f);

	for (size_t i = 0; i < in->n; i++)
		if (strcmp(in->list[i].key, key) == 0 && in->list[i].refusal != R_NONE)
			return in->list[i].refusal;
	return R_NONE;
}

size_t
in_keys(const struct req *rq, unsigned f, const char **keys, size_t max)
{
	const struct input *in = input_of(rq, f);
	size_t n = 0;

	for (size_t i = 0; i < in->n && n < max; i++)
		if (find(rq, f, in->list[i].key) == &in->list[i])	/* its first time */
			keys[n++] = in->list[i].key;
	return n;
}

size_t
in_keyed_count(const struct req *rq, unsigned f, const char *key)
{
	const struct input *in = input_of(rq, f);
	size_t n = 0;

	for (size_t i = 0; i < in->n; i++)
		n += strcmp(in->list[i].key, key) == 0;
	return n;
}

const char *
in_keyed_nth(const struct req *rq, unsigned f, const char *key, size_t nth)
{
	const struct input *in = input_of(rq, f);

	for (size_t i = 0; i < in->n; i++)
		if (strcmp(in->list[i].key, key) == 0 && nth-- == 0)
			return in->list[i].text;
	return "";
}

bool
in_upload(const struct req *rq, unsigned f, struct upload *out)
{
	const struct input *in = input_of(rq, f);

	if (in->upload.path == NULL || in->upload.bytes == 0)
		return false;
	*out = in->upload;
	return true;
}

bool
upload_keep(struct req *rq, unsigned f, const char *to)
{
	struct input *in = input_of(rq, f);

	assert(in->upload_path != NULL);
	if (rename(in->upload_path, to) != 0) {
		log_error("upload: cannot move to %s: %s", to, strerror(errno));
		return false;
	}
	in->upload_path = NULL;
	in->upload.path = arena_strdup(rq->arena, to);
	return true;
}

void
in_refuse(struct req *rq, unsigned f, enum refusal why)
{
	input_of(rq, f)->refused = why;
}

void
in_refuse_keyed(struct req *rq, unsigned f, const char *key, enum refusal why)
{
	struct given *g = find(rq, f, key);

	if (g != NULL)
		g->refusal = why;
	else {			/* a key that was not sent: remember it as sent empty */
		struct input *in = input_of(rq, f);
		struct given *more = arena_alloc(rq->arena, (in->n + 1) * sizeof(*more));

		if (in->n > 0)
			memcpy(more, in->list, in->n * sizeof(*more));
		more[in->n] = nothing;
		more[in->n].key = arena_strdup(rq->arena, key);
		more[in->n].refusal = why;
		in->list = more;
		in->room = ++in->n;
	}
}

bool
in_all_fit(const struct req *rq)
{
	for (unsigned f = 0; f < rq->nfields; f++)
		if (rq->in[f].refused != R_NONE || (in_given(rq, f) && in_refusal(rq, f) != R_NONE))
			return false;
	return true;
}

bool
in_these_fit(const struct req *rq, const unsigned *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (in_refusal(rq, f[i]) != R_NONE)
			return false;
	return true;
}
