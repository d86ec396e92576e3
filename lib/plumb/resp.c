/*
 * resp.c - answers. Handlers only leave an answer here; send.c lets it out after they are done.
 */
#include "plumb/arena.h"
#include "plumb/json.h"
#include "plumb/page.h"
#include "plumb/request.h"

static bool
clean(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return false;
	return true;
}

static struct answer *
answer(struct req *rq, enum http status)
{
	rq->answer.ready = true;
	rq->answer.status = status;
	rq->answer.location = rq->answer.file_name = NULL;
	rq->answer.fill = NULL;
	return &rq->answer;
}

void
resp_header(struct req *rq, const char *name, const char *value)
{
	assert(clean(name) && clean(value));
	assert(rq->answer.nheaders < NITEMS(rq->answer.headers));
	rq->answer.headers[rq->answer.nheaders++] = (struct extra_header){
		arena_strdup(rq->arena, name), arena_strdup(rq->arena, value) };
}

static const char *
sources(struct req *rq, const char *list)
{
	assert(clean(list) && strpbrk(list, ";,'\"") == NULL);
	return *list == '\0' ? NULL : arena_strdup(rq->arena, list);
}

void
resp_allow(struct req *rq, const char *scripts, const char *connects, const char *media)
{
	rq->answer.scripts = sources(rq, scripts);
	rq->answer.connects = sources(rq, connects);
	rq->answer.media = sources(rq, media);
}

void
resp_cookie(struct req *rq, const char *name, const char *value, int64_t max_age_s)
{
	const char *age = "";

	assert(strpbrk(value, "; ,\"\\") == NULL);
	if (max_age_s != 0)
		age = arena_fmt(rq->arena, "; Max-Age=%lld", (long long)(max_age_s < 0 ? 0 : max_age_s));
	resp_header(rq, "Set-Cookie", arena_fmt(rq->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
	    name, value, age, over_https() ? "; Secure" : ""));
}

void
resp_sign_in(struct req *rq, const char *token, int64_t max_age_s)
{
	resp_cookie(rq, session_cookie(), token, max_age_s);
}

void
resp_sign_out(struct req *rq)
{
	resp_cookie(rq, session_cookie(), "", -1);
}

enum http
resp_redirect(struct req *rq, const char *path)
{
	struct answer *an = answer(rq, HTTP_SEE_OTHER);

	/* "//host" and "/\host" lead elsewhere: nobody's ?next= may take a visitor off the site */
	an->location = path[0] == '/' && path[1] != '/' && path[1] != '\\' && clean(path) ? path : "/";
	an->type = NULL;
	an->body = "";
	an->n = 0;
	return an->status;
}

enum http
resp_page(struct req *rq, enum http status, const char *html, size_t n)
{
	struct answer *an = answer(rq, status);

	an->type = "text/html; charset=utf-8";
	an->body = html;
	an->n = n;
	return status;
}

enum http
resp_plain(struct req *rq, const char *text)
{
	struct answer *an = answer(rq, HTTP_FAIL);

	an->type = "text/plain; charset=utf-8";
	an->body = arena_fmt(rq->arena, "%s\n%s\n", text, rq->log_id);
	an->n = strlen(an->body);
	return HTTP_FAIL;
}

enum http
resp_json(struct req *rq, enum http status, const char *json)
{
	struct answer *an = answer(rq, status);

	an->type = "application/json";
	an->body = arena_strdup(rq->arena, json);
	an->n = strlen(json);
	return status;
}

enum http
resp_text(struct req *rq, enum http status, const char *type, const char *text)
{
	struct answer *an = answer(rq, status);

	assert(text == NULL || clean(type));
	an->type = text == NULL ? NULL : type;
	an->body = text == NULL ? "" : arena_strdup(rq->arena, text);
	an->n = strlen(an->body);
	return status;
}

enum http
resp_bytes(struct req *rq, const char *type, const char *file_name, const void *p, size_t n)
{
	struct answer *an = answer(rq, HTTP_OK);

	assert(clean(type));
	an->type = type;
	an->file_name = file_name;
	an->body = p;
	an->n = n;
	return HTTP_OK;
}

enum http
resp_stream(struct req *rq, const char *type, const char *file_name,
    bool (*fill)(void *ctx, struct buf *, bool *failed), void *ctx)
{
	struct answer *an = answer(rq, HTTP_OK);

	assert(clean(type));
	an->type = type;
	an->file_name = file_name;
	an->fill = fill;
	an->fill_ctx = ctx;
	return HTTP_OK;
}

/* --- refusals ------------------------------------------------------------------------------------ */

/* The page the visitor came from, when it is one of ours; else the start. */
static const char *
way_back(const struct req *rq)
{
	const char *from = rq_header(rq, "HTTP_REFERER"), *host = rq_header(rq, "HTTP_HOST"), *p;
	size_t n;

	if (from == NULL || host == NULL || (p = strstr(from, "://")) == NULL)
		return "/";
	p += 3;
	n = strlen(host);
	if (strncmp(p, host, n) != 0 || p[n] != '/' || p[n + 1] == '/' || !clean(p + n))
		return "/";
	return p + n;
}

static enum http
refuse_json(struct req *rq, enum refusal why)
{
	struct json *o = json_object(rq->arena);

	json_text(o, "refused", refusal_key(why));
	json_text(o, "message", refusal_text(why, rq->lang));
	json_text(o, "request", rq->log_id);
	return resp_json(rq, refusal_status(why), json_string(o));
}

static const char *
heading(enum http status, enum lang l)
{
	switch (status) {
	case HTTP_NOT_FOUND:	return tr(l, N_("Nothing here"));
	case HTTP_FORBIDDEN:	return tr(l, N_("Not allowed"));
	case HTTP_TOO_LARGE:	return tr(l, N_("Too large"));
	case HTTP_TOO_MANY:	return tr(l, N_("Too many tries"));
	case HTTP_UNAVAILABLE:	return tr(l, N_("One moment, please"));
	default:		return status >= 500 ? tr(l, N_("Something went wrong")) :
				    tr(l, N_("This did not work"));
	}
}

enum http
resp_refuse(struct req *rq, enum refusal why)
{
	enum http status = refusal_status(why);
	const char *title = heading(status, rq->lang);
	struct page *pg;

	assert(why != R_NONE);
	if (why == R_NO_TOKEN)
		resp_header(rq, "WWW-Authenticate", "Bearer");
	if (rq->app->json || (rq->route != NULL && rq->route->needs & (AS_JSON | RAW)))
		return refuse_json(rq, why);
	pg = page_new(rq, "error.tpl", title);
	if (rq->who.user == 0)
		page_bare(pg);
	page_text(pg, "HEADING", title);
	page_text(pg, "MESSAGE", refusal_text(why, rq->lang));
	page_text(pg, "REQUEST", rq->log_id);
	if (why == R_NOT_SIGNED_IN)
		page_show(pg, "SIGN_IN");
	else {
		struct tpl *back = page_row(pg, "BACK");
		tpl_text(back, "HREF", way_back(rq));
	}
	return page_send_as(pg, status);
}
