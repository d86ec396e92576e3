/*
 * multipart.c - the streaming parser. Input goes through one window; whatever cannot be the start of
 * a boundary any more is handed on and leaves it.
 */
#include "plumb/arena.h"
#include "plumb/multipart.h"
#include "plumb/text.h"

#define WINDOW		(32u * 1024)
#define HEADERS_MAX	4096u
#define PARTS_MAX	1000u

enum where { AT_START, IN_HEADERS, IN_BODY, AFTER_BOUNDARY, AT_END, BROKEN };

struct multipart {
	struct arena *arena;
	const struct multipart_calls *calls;
	void *ctx;
	enum where where;
	unsigned parts;
	char mark[80];			/* CRLF--boundary */
	size_t mark_n;
	size_t n;
	char window[WINDOW];
};

const char *
multipart_boundary(struct arena *a, const char *type)
{
	const char *p, *end;
	size_t n;

	if (type == NULL || strncasecmp(type, "multipart/form-data", 19) != 0 || (p = strchr(type, ';')) == NULL)
		return NULL;
	if ((p = strcasestr(p, "boundary=")) == NULL)
		return NULL;
	p += 9;
	if (*p == '"') {
		p++;
		if ((end = strchr(p, '"')) == NULL)
			return NULL;
		n = (size_t)(end - p);
	} else
		n = strcspn(p, "; \t");
	if (n == 0 || n > 70)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] <= 0x20 || (unsigned char)p[i] >= 0x7f)
			return NULL;
	return arena_strndup(a, p, n);
}

struct multipart *
multipart_new(struct arena *a, const char *boundary, const struct multipart_calls *calls, void *ctx)
{
	struct multipart *m = arena_alloc(a, sizeof(*m));

	assert(strlen(boundary) <= 70);
	m->arena = a;
	m->calls = calls;
	m->ctx = ctx;
	m->mark_n = (size_t)snprintf(m->mark, sizeof(m->mark), "\r\n--%s", boundary);
	memcpy(m->window, "\r\n", 2);	/* so that the first boundary looks like the others */
	m->n = 2;
	return m;
}

bool
multipart_done(const struct multipart *m)
{
	return m->where == AT_END;
}

static void
drop(struct multipart *m, size_t n)
{
	memmove(m->window, m->window + n, m->n - n);
	m->n -= n;
}

/* name="..." of a Content-Disposition; browsers write " as %22 and leave backslashes alone, curl writes \". */
static const char *
parameter(struct arena *a, const char *header, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = header; *p != '\0'; ) {
		bool hit;
		char *out, *o;

		p += strcspn(p, ";");
		p += strspn(p, "; \t");
		hit = strncasecmp(p, name, n) == 0 && p[n] == '=' && p[n + 1] == '"';
		p += strcspn(p, ";\"");
		if (*p != '"')
			continue;
		o = out = arena_alloc(a, strlen(p) + 1);
		for (p++; *p != '\0' && *p != '"'; p++) {
			if (*p == '\\' && p[1] == '"')
				p++;
			*o++ = *p;
		}
		if (*p != '"')
			return NULL;
		p++;
		if (hit)
			return out;
	}
	return NULL;
}

/* Only the last piece of a path that some browsers send. */
static const char *
base_name(const char *s)
{
	const char *slash = strrchr(s, '/'), *back = strrchr(s, '\\');

	if (slash != NULL && (back == NULL || slash > back))
		return slash + 1;
	return back != NULL ? back + 1 : s;
}

/* Headers of one part, NUL-terminated, lines parted by CRLF. */
static bool
headers(struct multipart *m, char *text)
{
	const char *name = NULL, *file = NULL;

	if (!text_is_utf8(text, strlen(text)))
		return false;
	for (char *line = text, *next; line != NULL; line = next) {
		if ((next = strstr(line, "\r\n")) != NULL) {
			*next = '\0';
			next += 2;
		}
		if (*line == '\0' || strpbrk(line, "\r\n") != NULL || strchr(line, ':') == NULL)
			return false;
		if (strncasecmp(line, "Content-Disposition:", 20) == 0) {
			const char *v = line + 20 + strspn(line + 20, " \t");

			if (name != NULL || strncasecmp(v, "form-data", 9) != 0 ||
			    (name = parameter(m->arena, v, "name")) == NULL)
				return false;
			file = parameter(m->arena, v, "filename");
		} else if (strncasecmp(line, "Content-Transfer-Encoding:", 26) == 0)
			return false;	/* forbidden by RFC 7578; nobody sends it */
	}
	return name != NULL && ++m->parts <= PARTS_MAX &&
	    m->calls->part(m->ctx, name, file == NULL ? NULL : base_name(file));
}

/* One step with what is in the window: 1 go on, 0 needs more, -1 malformed. */
static int
step(struct multipart *m)
{
	const char *hit;
	size_t safe;

	switch (m->where) {
	case AT_START:
		if (m->n < m->mark_n)
			return 0;
		if (memcmp(m->window, m->mark, m->mark_n) != 0)
			return -1;
		drop(m, m->mark_n);
		m->where = AFTER_BOUNDARY;
		return 1;
	case AFTER_BOUNDARY:
		if (m->n < 2)
			return 0;
		if (memcmp(m->window, "--", 2) == 0) {
			m->where = AT_END;
			return 1;
		}
		if (memcmp(m->window, "\r\n", 2) != 0)
			return -1;
		drop(m, 2);
		m->where = IN_HEADERS;
		return 1;
	case IN_HEADERS:
		hit = memmem(m->window, m->n, "\r\n\r\n", 4);
		if (hit == NULL)
			return m->n > HEADERS_MAX ? -1 : 0;
		safe = (size_t)(hit - m->window);
		if (safe > HEADERS_MAX || memchr(m->window, '\0', safe) != NULL ||
		    !headers(m, arena_strndup(m->arena, m->window, safe)))
			return -1;
		drop(m, safe + 4);
		m->where = IN_BODY;
		return 1;
	case IN_BODY:
		hit = memmem(m->window, m->n, m->mark, m->mark_n);
		safe = hit != NULL ? (size_t)(hit - m->window) : m->n < m->mark_n ? 0 : m->n - m->mark_n + 1;
		if (safe > 0 && !m->calls->data(m->ctx, m->window, safe))
			return -1;
		drop(m, safe);
		if (hit == NULL)
			return 0;
		drop(m, m->mark_n);
		m->where = AFTER_BOUNDARY;
		return m->calls->end(m->ctx) ? 1 : -1;
	case AT_END:
		m->n = 0;		/* an epilogue says nothing */
		return 0;
	case BROKEN:
		break;
	}
	return -1;
}

bool
multipart_feed(struct multipart *m, const char *p, size_t n)
{
	while (n > 0) {
		size_t take = WINDOW - m->n < n ? WINDOW - m->n : n;
		int go;

		memcpy(m->window + m->n, p, take);
		m->n += take;
		p += take;
		n -= take;
		while ((go = step(m)) > 0)
			;
		if (go < 0) {
			m->where = BROKEN;
			return false;
		}
	}
	return m->where != BROKEN;
}
