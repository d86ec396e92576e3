/*
 * resp.c - answers. Handlers only leave an answer here; it goes out in one piece after they are done,
 * with the headers that every answer has.
 */
#include <stdlib.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/conf.h"
#include "plumb/json.h"
#include "plumb/log.h"
#include "plumb/page.h"
#include "plumb/request.h"
#include "plumb/wire.h"

#define HEAD_MAX	(16u * 1024)
#define CHUNK_MAX	(4u * 1024 * 1024)

static const char security[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(self), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

static bool
https(void)
{
	return strncmp(conf.public_url, "https://", 8) == 0;
}

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

void
resp_cookie(struct req *rq, const char *name, const char *value, int64_t max_age_s)
{
	const char *age = "";

	assert(strpbrk(value, "; ,\"\\") == NULL);
	if (max_age_s != 0)
		age = arena_fmt(rq->arena, "; Max-Age=%lld", (long long)(max_age_s < 0 ? 0 : max_age_s));
	resp_header(rq, "Set-Cookie", arena_fmt(rq->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
	    name, value, age, https() ? "; Secure" : ""));
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
	if (rq->route != NULL && rq->route->needs & AS_JSON)
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

/* --- sending ------------------------------------------------------------------------------------- */

/* A file name people can read, in both of RFC 6266's ways. */
static void
put_disposition(struct buf *out, const char *name)
{
	buf_text(out, "Content-Disposition: attachment; filename=\"");
	for (const char *p = name; *p != '\0'; p++) {
		char c = *p;

		if ((unsigned char)c < 0x20 || (unsigned char)c >= 0x7f || c == '"' || c == '\\')
			c = '_';
		buf_bytes(out, &c, 1);
	}
	buf_text(out, "\"; filename*=UTF-8''");
	for (const char *p = name; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    c == '.' || c == '-' || c == '_')
			buf_bytes(out, p, 1);
		else
			buf_fmt(out, "%%%02X", c);
	}
	buf_text(out, "\r\n");
}

/* The web server passes our words on; without any its status line is not complete. */
static const char *
reason(enum http status)
{
	switch (status) {
	case HTTP_OK:		return "OK";
	case HTTP_NO_CONTENT:	return "No Content";
	case HTTP_SEE_OTHER:	return "See Other";
	case HTTP_NOT_MODIFIED:	return "Not Modified";
	case HTTP_UNAVAILABLE:	return "Service Unavailable";
	default:		return status >= 500 ? "Failed" : "Refused";
	}
}

static void
put_head(struct req *rq, struct buf *out)
{
	struct answer *an = &rq->answer;
	bool cache_said = false;

	buf_fmt(out, "Status: %d %s\r\n", (int)an->status, reason(an->status));
	if (an->type != NULL)
		buf_fmt(out, "Content-Type: %s\r\n", an->type);
	if (an->location != NULL)
		buf_fmt(out, "Location: %s\r\n", an->location);
	if (an->fill == NULL)
		buf_fmt(out, "Content-Length: %zu\r\n", an->n);
	if (an->file_name != NULL)
		put_disposition(out, an->file_name);
	for (size_t i = 0; i < an->nheaders; i++) {
		cache_said = cache_said || strcasecmp(an->headers[i].name, "Cache-Control") == 0;
		buf_fmt(out, "%s: %s\r\n", an->headers[i].name, an->headers[i].value);
	}
	if (!cache_said)
		buf_text(out, "Cache-Control: no-store\r\n");
	buf_text(out, security);
	if (https())
		buf_text(out, "Strict-Transport-Security: max-age=31536000\r\n");
	buf_fmt(out, "X-Request-Id: %s\r\n\r\n", rq->log_id);
}

static void
put(struct req *rq, const void *p, size_t n)
{
	if (n > 0 && wire_write(p, n))
		rq->sent += n;
}

static void
send_stream(struct req *rq)
{
	struct buf out, chunk;
	bool more, failed = false;

	buf_init(&chunk, CHUNK_MAX);
	more = rq->answer.fill(rq->answer.fill_ctx, &chunk, &failed);
	if (failed || chunk.full) {
		buf_free(&chunk);
		resp_refuse(rq, R_BUSY);
		resp_send(rq);
		return;
	}
	buf_init_in(&out, rq->arena, HEAD_MAX);
	put_head(rq, &out);
	put(rq, out.data, out.len);
	for (;;) {
		if (!rq->head && chunk.len > 0 && !wire_write(chunk.data, chunk.len))
			break;			/* the visitor left */
		rq->sent += chunk.len;
		if (!more || rq->head)
			break;
		buf_clear(&chunk);
		more = rq->answer.fill(rq->answer.fill_ctx, &chunk, &failed);
		if (failed || chunk.full) {
			/* too late for an error page: say it where the reader of the file will see it */
			log_error("stream: cut after %llu bytes", (unsigned long long)rq->sent);
			buf_clear(&chunk);
			buf_text(&chunk, "\n!!! ");
			buf_text(&chunk, tr(rq->lang, N_("This file is not complete. Please download it again.")));
			buf_text(&chunk, "\n");
			more = false;
		}
	}
	buf_free(&chunk);
}

void
resp_send(struct req *rq)
{
	struct answer *an = &rq->answer;
	struct buf out;

	rq->gone = true;
	if (an->fill != NULL) {
		send_stream(rq);
		return;
	}
	buf_init_in(&out, rq->arena, HEAD_MAX + an->n);
	put_head(rq, &out);
	if (!rq->head)
		buf_bytes(&out, an->body, an->n);
	put(rq, out.data, out.len);
}
