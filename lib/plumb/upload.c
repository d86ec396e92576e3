/*
 * upload.c - a multipart body on its way: plain fields to the form, files straight to disk.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/log.h"
#include "plumb/multipart.h"
#include "plumb/request.h"
#include "plumb/wire.h"

#define PIECE		(64u * 1024)
#define TEXT_MAX	(256u * 1024)	/* of all plain fields together */
#define LEFT_BEHIND_S	(24 * 3600)

struct taking {
	struct req *rq;
	const char *name;		/* of the part we are in */
	struct buf text;		/* of a plain field */
	uint64_t text_total, file_total;
	struct input *file;		/* the part is a file for this field; NULL: a plain field */
	bool ignore;			/* a file input left empty: no name, no bytes */
	int fd;
	enum refusal why;
};

static bool
stop(struct taking *t, enum refusal why)
{
	if (t->why == R_NONE)
		t->why = why;
	return false;
}

static void
close_fd(void *what)
{
	struct taking *t = what;

	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

static void
remove_file(void *what)
{
	struct input *in = what;

	if (in->upload_path != NULL)
		unlink(in->upload_path);
	in->upload_path = NULL;
}

static bool
open_file(struct taking *t, struct input *in, const char *file_name)
{
	struct arena *a = t->rq->arena;
	char *dir = arena_fmt(a, "%s/uploads", conf.data), *path = arena_fmt(a, "%s/part.XXXXXX", dir);

	if (mkdir(dir, 0770) != 0 && errno != EEXIST) {
		log_error("upload: cannot make %s: %s", dir, strerror(errno));
		return stop(t, R_BUSY);
	}
	if ((t->fd = mkostemp(path, O_CLOEXEC)) < 0) {
		log_error("upload: cannot write in %s: %s", dir, strerror(errno));
		return stop(t, R_BUSY);
	}
	fchmod(t->fd, 0660);		/* the worker, of the same group, reads it */
	in->upload_path = path;
	arena_defer(a, remove_file, in);
	in->upload = (struct upload){ path, file_name, 0 };
	t->file = in;
	return true;
}

static bool
on_part(void *ctx, const char *name, const char *file_name)
{
	struct taking *t = ctx;
	const char *key;
	int f;

	t->name = name;
	t->file = NULL;
	t->ignore = false;
	buf_clear(&t->text);
	if (file_name == NULL)
		return true;
	f = form_field(t->rq, name, &key);
	if (f < 0 || t->rq->fields[f].kind != F_FILE || t->rq->in[f].upload.path != NULL)
		return stop(t, R_BAD_REQUEST);
	if (*file_name == '\0') {
		t->ignore = true;
		return true;
	}
	return open_file(t, &t->rq->in[f], file_name);
}

static bool
on_data(void *ctx, const char *p, size_t n)
{
	struct taking *t = ctx;

	if (t->file == NULL) {
		if (t->ignore)
			return stop(t, R_BAD_REQUEST);
		if ((t->text_total += n) > TEXT_MAX)
			return stop(t, R_TOO_LARGE);
		buf_bytes(&t->text, p, n);
		return true;
	}
	if ((t->file_total += n) > (uint64_t)conf.upload_mb << 20)
		return stop(t, R_TOO_LARGE);
	t->file->upload.bytes += n;
	while (n > 0) {
		ssize_t k = write(t->fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			log_error("upload: cannot write: %s", strerror(errno));
			return stop(t, R_BUSY);
		}
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static bool
on_end(void *ctx)
{
	struct taking *t = ctx;
	const char *text;

	if (t->file != NULL) {
		close_fd(t);
		return true;
	}
	if (t->ignore)
		return true;
	text = t->text.len == 0 ? "" : arena_strndup(t->rq->arena, t->text.data, t->text.len);
	if (strlen(text) != t->text.len || !form_take(t->rq, t->name, text))
		return stop(t, R_BAD_REQUEST);
	return true;
}

enum refusal
upload_read(struct req *rq, const char *boundary, uint64_t length)
{
	static const struct multipart_calls calls = { on_part, on_data, on_end };
	struct taking *t = arena_alloc(rq->arena, sizeof(*t));
	struct multipart *m = multipart_new(rq->arena, boundary, &calls, t);
	char *piece = arena_alloc(rq->arena, PIECE);

	t->rq = rq;
	t->fd = -1;
	arena_defer(rq->arena, close_fd, t);
	buf_init_in(&t->text, rq->arena, TEXT_MAX + 1);
	while (length > 0) {
		size_t want = length < PIECE ? (size_t)length : PIECE, got = wire_read(rq->wire, piece, want);

		if (got == 0)		/* the browser went away */
			return R_BAD_REQUEST;
		if (!multipart_feed(m, piece, got))
			return t->why != R_NONE ? t->why : R_BAD_REQUEST;
		length -= got;
	}
	return multipart_done(m) ? R_NONE : R_BAD_REQUEST;
}

void
upload_sweep(void)
{
	char path[4096];
	struct dirent *e;
	struct stat st;
	DIR *d;

	snprintf(path, sizeof(path), "%s/uploads", conf.data);
	if ((d = opendir(path)) == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, "part.", 5) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/uploads/%s", conf.data, e->d_name);
		if (stat(path, &st) == 0 && time(NULL) - st.st_mtime > LEFT_BEHIND_S)
			unlink(path);
	}
	closedir(d);
}
