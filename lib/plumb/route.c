/*
 * route.c - from a request to a handler, through the rules of its row. Whatever is refused ends here.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/multipart.h"
#include "plumb/request.h"
#include "plumb/seal.h"
#include "plumb/text.h"
#include "plumb/wire.h"

#define FORM_TYPE	"application/x-www-form-urlencoded"
#define JSON_TYPE	"application/json"
#define WORD_CHARS	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
#define MULTIPART_SLACK	(1u << 20)	/* plain fields and boundaries beside the file */

/* --- finding the row ----------------------------------------------------------------------------- */

bool
route_fits(const char *pattern, const char *path, uint64_t *id, char word[81])
{
	*id = 0;
	word[0] = '\0';
	while (*pattern != '\0') {
		size_t n;

		if (strncmp(pattern, ":id", 3) == 0) {
			char digits[21];

			n = strspn(path, "0123456789");
			if (n == 0 || n > 20 || path[0] == '0')
				return false;
			memcpy(digits, path, n);
			digits[n] = '\0';
			if (!parse_uint(digits, 1, UINT64_MAX, id))
				return false;
			pattern += 3;
			path += n;
		} else if (strncmp(pattern, ":word", 5) == 0) {
			n = strspn(path, WORD_CHARS);
			if (n == 0 || n > 80)
				return false;
			memcpy(word, path, n);
			word[n] = '\0';
			pattern += 5;
			path += n;
		} else if (strcmp(pattern, ":rest") == 0) {
			return true;
		} else if (*pattern++ != *path++)
			return false;
	}
	return *path == '\0';
}

static enum refusal
find(struct req *rq)
{
	const struct app *app = rq->app;
	bool known_method = rq->head || rq->post || strcmp(rq->method, "GET") == 0, get = false, post = false;
	enum method want = rq->post ? POST : GET;
	char word[81];
	uint64_t id;

	for (size_t i = 0; i < app->nroutes; i++) {
		const struct route *r = &app->routes[i];

		if (!route_fits(r->pattern, rq->path, &id, word))
			continue;
		if (known_method && r->method == want) {
			rq->route = r;
			rq->id = id;
			rq->word = arena_strdup(rq->arena, word);
			return R_NONE;
		}
		get = get || r->method == GET;
		post = post || r->method == POST;
	}
	if (!get && !post)
		return R_NOT_FOUND;
	resp_header(rq, "Allow", get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST");
	return R_BAD_METHOD;
}

/* --- who is asking ------------------------------------------------------------------------------- */

/* What stands behind "Bearer"; NULL: nothing does. */
static const char *
bearer(const struct req *rq)
{
	const char *said = wire_param(rq->wire, "HTTP_AUTHORIZATION");

	return said != NULL && strncasecmp(said, "Bearer ", 7) == 0 && strlen(said) < 200 ? said + 7 : NULL;
}

static enum refusal
identify(struct req *rq)
{
	const char *cookie = rq->route != NULL && rq->route->needs & NEEDS_TOKEN ? bearer(rq) : rq_cookie(rq, session_cookie());
	unsigned char hash[32];
	struct who who = { .name = "", .csrf = "", .zone = "America/Toronto", .lang = rq->lang };

	if (rq->app->who == NULL || cookie == NULL || *cookie == '\0')
		return R_NONE;
	seal_sha256(cookie, strlen(cookie), hash);
	switch (rq->app->who(rq->db, hash, rq->id, rq->now, &who, rq->arena)) {
	case FOUND:
		break;
	case NONE:
		return R_NONE;
	case FAILED:
		return R_BUSY;
	}
	memcpy(who.session, hash, sizeof(hash));
	if (who.name == NULL)
		who.name = "";
	rq->who = who;
	rq->lang = who.lang;
	return R_NONE;
}

static enum refusal
allowed(const struct req *rq)
{
	unsigned needs = rq->route->needs;
	const struct who *w = &rq->who;

	if (!(needs & (NEEDS_LOGIN | NEEDS_TOKEN | NEEDS_ORGANISER | NEEDS_ADMIN | NEEDS_MEMBER | NEEDS_OWNER)))
		return R_NONE;
	if (w->user == 0)
		return needs & NEEDS_TOKEN ? R_NO_TOKEN : R_NOT_SIGNED_IN;
	if (w->held_back && !(needs & BEFORE_TWO_FACTOR))
		return R_TWO_FACTOR_FIRST;
	if ((needs & NEEDS_ORGANISER && w->role < ROLE_ORGANISER) ||
	    (needs & NEEDS_ADMIN && w->role < ROLE_ADMINISTRATOR) ||
	    (needs & NEEDS_MEMBER && w->member < MEMBER_AGENT) ||
	    (needs & NEEDS_OWNER && w->member != MEMBER_OWNER))
		return R_NOT_ALLOWED;
	return R_NONE;
}

/* /sign-in?next=..., so that the visitor lands where they wanted to be. */
static enum http
to_sign_in(struct req *rq)
{
	struct buf b;
	const char *parts[3] = { rq->path, *rq->query == '\0' ? "" : "?", rq->query };

	buf_init_in(&b, rq->arena, 64 * 1024);
	buf_text(&b, "/sign-in?next=");
	for (size_t i = 0; i < NITEMS(parts); i++)
		for (const char *p = parts[i]; *p != '\0'; p++) {
			if (strchr(WORD_CHARS "/.", *p) != NULL)
				buf_bytes(&b, p, 1);
			else
				buf_fmt(&b, "%%%02X", (unsigned char)*p);
		}
	return resp_redirect(rq, b.len > 2000 ? "/sign-in" : b.data);
}

/* --- the body ------------------------------------------------------------------------------------ */

static bool
type_is(const char *have, const char *want)
{
	size_t n = strlen(want);

	return have != NULL && strncasecmp(have, want, n) == 0 && (have[n] == '\0' || have[n] == ';' || have[n] == ' ');
}

static enum refusal
read_body(struct req *rq)
{
	const char *length_text = wire_param(rq->wire, "CONTENT_LENGTH"), *type = wire_param(rq->wire, "CONTENT_TYPE"), *boundary;
	size_t body_max = rq->app->body_max != 0 ? rq->app->body_max : BODY_MAX_DEFAULT;
	uint64_t length = 0;
	char *body;

	if (length_text != NULL && *length_text != '\0' && !parse_uint(length_text, 0, INT64_MAX, &length))
		return R_BAD_REQUEST;
	if (rq->route->needs & TAKES_FILE && type_is(type, "multipart/form-data")) {
		if ((boundary = multipart_boundary(rq->arena, type)) == NULL)
			return R_BAD_REQUEST;
		if (length > ((uint64_t)conf.upload_mb << 20) + MULTIPART_SLACK)
			return R_TOO_LARGE;
		return upload_read(rq, boundary, length);
	}
	if (length == 0)
		return R_NONE;
	if (!(rq->route->needs & RAW) && !type_is(type, rq->route->needs & NEEDS_TOKEN ? JSON_TYPE : FORM_TYPE))
		return R_BAD_TYPE;
	if (length > body_max)
		return R_TOO_LARGE;
	body = arena_alloc(rq->arena, (size_t)length + 1);
	if (wire_read(rq->wire, body, (size_t)length) != length)
		return R_BAD_REQUEST;
	if (rq->route->needs & (RAW | NEEDS_TOKEN)) {
		rq->raw = body;
		rq->nraw = (size_t)length;
		return R_NONE;
	}
	return form_read(rq, body, (size_t)length) ? R_NONE : R_BAD_REQUEST;
}

static bool
csrf_ok(struct req *rq)
{
	const char *want = rq_csrf(rq), *sent = rq->csrf_sent;

	return sent != NULL && *want != '\0' && strlen(sent) == strlen(want) &&
	    seal_equal(sent, want, strlen(want));
}

/* Every rule in order, the cheap and the telling first; a body is read only when the visitor may send one. */
static enum refusal
rules(struct req *rq)
{
	enum refusal why;

	if ((why = allowed(rq)) != R_NONE)
		return why;
	if (rq->post && rq->route->needs & NEEDS_CSRF && !req_same_site(rq))
		return R_NOT_ALLOWED;
	if (!(rq->route->needs & RAW) && !form_read(rq, rq->query, strlen(rq->query)))
		return R_BAD_REQUEST;
	if (rq->post && (why = read_body(rq)) != R_NONE)
		return why;
	if (rq->post && rq->route->needs & NEEDS_CSRF && !csrf_ok(rq))
		return R_FORM_TOO_OLD;
	return R_NONE;
}

/* --- all together -------------------------------------------------------------------------------- */

/* A handler that only returned a status leaves the page to us. */
static enum refusal
refusal_of(enum http status)
{
	switch (status) {
	case HTTP_BAD:		return R_BAD_REQUEST;
	case HTTP_FORBIDDEN:	return R_NOT_ALLOWED;
	case HTTP_NOT_FOUND:	return R_NOT_FOUND;
	case HTTP_BAD_METHOD:	return R_BAD_METHOD;
	case HTTP_TOO_LARGE:	return R_TOO_LARGE;
	case HTTP_BAD_TYPE:	return R_BAD_TYPE;
	case HTTP_FAIL:
	case HTTP_UNAVAILABLE:	return R_BUSY;	/* what fails here is the database, being restarted */
	default:		return R_FAILED;
	}
}

static void
run(struct req *rq)
{
	enum refusal why;
	enum http status;

	if (rq->route->needs & RAW || (why = identify(rq)) == R_NONE)
		why = rules(rq);
	if (why == R_NOT_SIGNED_IN && !rq->post && !(rq->route->needs & AS_JSON)) {
		to_sign_in(rq);
		return;
	}
	if (why == R_TWO_FACTOR_FIRST && !rq->post && !(rq->route->needs & AS_JSON)) {
		resp_redirect(rq, "/profile/two-factor");
		return;
	}
	if (why != R_NONE) {
		resp_refuse(rq, why);
		return;
	}
	status = rq->route->handler(rq);
	if (!rq->answer.ready) {
		rq->answer.nheaders = 0;
		resp_refuse(rq, refusal_of(status));
	}
}

/* The page is ready and has not left: what cannot be noted is not shown. */
static void
note_reveal(struct req *rq)
{
	if (!(rq->route->needs & REVEALS) || rq->answer.status != HTTP_OK)
		return;
	assert(rq->app->revealed != NULL && rq->answer.fill == NULL);
	if (rq->app->revealed(rq->db, &rq->who, rq->route, rq->id, rq->now) && (rq->id_too == 0 ||
	    rq->app->revealed(rq->db, &rq->who, rq->route, rq->id_too, rq->now)))
		return;
	rq->answer.nheaders = 0;
	resp_refuse(rq, R_BUSY);
}

void
route_dispatch(struct req *rq)
{
	enum refusal why = find(rq);
	bool snapshot;

	if (why != R_NONE) {
		/* who it is decides the language and the way back; a broken database does not matter here */
		(void)identify(rq);
		resp_refuse(rq, why);
		return;
	}
	snapshot = rq->route->needs & READ_ONLY && rq->db != NULL;
	if (snapshot && !tx_read_begin(rq->db)) {
		resp_refuse(rq, R_BUSY);
		return;
	}
	run(rq);
	if (rq->answer.fill != NULL)	/* reads while it is sent */
		resp_send(rq);
	if (snapshot)
		tx_read_end(rq->db);
	note_reveal(rq);
}
