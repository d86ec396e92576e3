/*
 * req.c - one request from the connection's parameters, and what handlers may ask about it.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/cookie.h"
#include "plumb/request.h"
#include "plumb/seal.h"
#include "plumb/text.h"
#include "plumb/wire.h"

#define PATH_MAX_BYTES	1024u
#define QUERY_MAX_BYTES	16384u
#define ANON_COOKIE	"tocsin-form"

bool
over_https(void)
{
	return strncmp(conf.public_url, "https://", 8) == 0;
}

const char *
session_cookie(void)
{
	static char name[40];
	const char *port;

	if (name[0] != '\0')
		return name;
	/* Cookies know no port: two copies on one machine would sign each other out. */
	port = over_https() ? NULL : strrchr(conf.public_url, ':');
	if (over_https())
		snprintf(name, sizeof(name), "__Host-tocsin");
	else if (port != NULL && port[1] >= '0' && port[1] <= '9')
		snprintf(name, sizeof(name), "tocsin-%.5s", port + 1);
	else
		snprintf(name, sizeof(name), "tocsin");
	return name;
}

static const char *
anonymous_cookie(void)
{
	return over_https() ? "__Host-" ANON_COOKIE : ANON_COOKIE;
}

/* nginx's $request_id, if it looks like one; else our own. */
static const char *
request_id(struct wire *w, struct arena *a)
{
	const char *id = wire_param(w, "REQUEST_ID");
	unsigned char mine[16];
	size_t n = id == NULL ? 0 : strspn(id, "0123456789abcdefABCDEF-");

	if (n >= 8 && n <= 64 && id[n] == '\0')
		return arena_strdup(a, id);
	seal_random(mine, sizeof(mine));
	return seal_hex(a, mine, sizeof(mine));
}

/* The address without its query, as the web server passed it. */
static const char *
path_of(struct wire *w, struct arena *a)
{
	const char *p = wire_param(w, "DOCUMENT_URI");

	if (p == NULL || *p == '\0')
		p = wire_param(w, "SCRIPT_NAME");
	if (p == NULL || *p == '\0')
		p = wire_param(w, "REQUEST_URI");
	if (p == NULL)
		return "";
	return arena_strndup(a, p, strcspn(p, "?"));
}

static bool
path_ok(const char *p)
{
	size_t n = strlen(p);

	if (n == 0 || n > PATH_MAX_BYTES || p[0] != '/')
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
			return false;
	return text_is_utf8(p, n);
}

bool
req_begin(struct req *rq, const struct app *app, struct wire *w, struct db *db, struct arena *a)
{
	const char *cookie;

	*rq = (struct req){ .arena = a, .wire = w, .db = db, .app = app, .word = "", .now = clock_now_us(),
	    .fields = app->fields, .nfields = app->nfields };
	rq->log_id = request_id(w, a);
	rq->in = arena_alloc(a, (app->nfields + 1) * sizeof(*rq->in));
	rq->who.csrf = rq->who.name = "";
	rq->who.zone = "America/Toronto";
	rq->method = wire_param(rq->wire, "REQUEST_METHOD");
	if (rq->method == NULL)
		rq->method = "";
	rq->head = strcmp(rq->method, "HEAD") == 0;
	rq->post = strcmp(rq->method, "POST") == 0;
	cookie = cookie_value(a, wire_param(rq->wire, "HTTP_COOKIE"), "lang");
	if (cookie != NULL && (strcmp(cookie, "en") == 0 || strcmp(cookie, "fr") == 0))
		rq->lang = lang_of(cookie);
	else
		rq->lang = lang_from_header(wire_param(rq->wire, "HTTP_ACCEPT_LANGUAGE"));
	rq->who.lang = rq->lang;
	rq->query = wire_param(rq->wire, "QUERY_STRING");
	if (rq->query == NULL)
		rq->query = "";
	rq->path = path_of(w, a);
	if (!path_ok(rq->path) || strlen(rq->query) > QUERY_MAX_BYTES) {
		rq->path = "/";
		rq->query = "";
		return false;
	}
	return true;
}

/* "https://calls.example.org:8443/x" is "calls.example.org:8443" long; NULL: no web address. */
static const char *
host_of(const char *url, size_t *n)
{
	const char *p = strstr(url, "://");

	if (p == NULL)
		return NULL;
	*n = strcspn(p + 3, "/");
	return p + 3;
}

/*
 * A second line of defence beside the form's key. Browsers say where a form was sent from; one that says
 * nothing (old, or no browser) is judged by its key alone.
 */
bool
req_same_site(const struct req *rq)
{
	const char *site = rq_header(rq, "HTTP_SEC_FETCH_SITE"), *origin = rq_header(rq, "HTTP_ORIGIN");
	const char *host = rq_header(rq, "HTTP_HOST"), *from, *ours;
	size_t n, ours_n;

	if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	if (origin == NULL)
		return true;
	if ((from = host_of(origin, &n)) == NULL || n == 0)
		return false;
	if (host != NULL && strlen(host) == n && strncasecmp(host, from, n) == 0)
		return true;
	ours = host_of(conf.public_url, &ours_n);
	return ours != NULL && ours_n == n && strncasecmp(ours, from, n) == 0;
}

struct arena *
rq_arena(const struct req *rq)
{
	return rq->arena;
}

struct db *
rq_db(const struct req *rq)
{
	return rq->db;
}

const struct who *
rq_who(const struct req *rq)
{
	return &rq->who;
}

enum lang
rq_lang(const struct req *rq)
{
	return rq->lang;
}

void
rq_speak(struct req *rq, enum lang lang)
{
	rq->lang = lang;
}

int64_t
rq_now(const struct req *rq)
{
	return rq->now;
}

void
rq_reveals(struct req *rq, uint64_t id)
{
	rq->id_too = id;
}

uint64_t
rq_id(const struct req *rq)
{
	return rq->id;
}

const char *
rq_word(const struct req *rq)
{
	return rq->word;
}

const char *
rq_path(const struct req *rq)
{
	return rq->path;
}

const char *
rq_address(const struct req *rq)
{
	const char *address = wire_param(rq->wire, "REMOTE_ADDR");

	return address != NULL && strlen(address) <= 45 ? address : "";
}

const void *
rq_raw(const struct req *rq, size_t *n)
{
	assert(rq->route->needs & (RAW | NEEDS_TOKEN));
	*n = rq->nraw;
	return rq->raw == NULL ? "" : rq->raw;
}

const char *
rq_target(const struct req *rq)
{
	const char *uri = wire_param(rq->wire, "REQUEST_URI");

	return uri == NULL ? rq->path : uri;
}

bool
rq_is_post(const struct req *rq)
{
	return rq->post;
}

const char *
rq_header(const struct req *rq, const char *cgi_name)
{
	return wire_param(rq->wire, cgi_name);
}

const char *
rq_cookie(const struct req *rq, const char *name)
{
	return cookie_value(rq->arena, wire_param(rq->wire, "HTTP_COOKIE"), name);
}

const char *
rq_log_id(const struct req *rq)
{
	return rq->log_id;
}

/*
 * Signed in: the session's key. A visitor: a mark that only this server can make over a random cookie,
 * so that a form and the browser that got it belong together (sign-in, joining by a link).
 */
const char *
rq_csrf(const struct req *const_rq)
{
	struct req *rq = (struct req *)const_rq;	/* made on first use; handlers cannot tell */
	unsigned char mark[32];
	const char *cookie;

	if (rq->csrf != NULL)
		return rq->csrf;
	if (rq->who.user != 0)
		return rq->csrf = rq->who.csrf;
	cookie = rq_cookie(rq, anonymous_cookie());
	if (cookie == NULL || strlen(cookie) != 22) {
		cookie = seal_token(rq->arena, 16);
		resp_cookie(rq, anonymous_cookie(), cookie, 0);
	}
	seal_mark("csrf", cookie, strlen(cookie), mark);
	return rq->csrf = seal_hex(rq->arena, mark, 16);
}
