/*
 * send.c - an answer goes out: in one piece, with the headers that every answer has.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/log.h"
#include "plumb/request.h"
#include "plumb/wire.h"

#define HEAD_MAX	(16u * 1024)
#define CHUNK_MAX	(4u * 1024 * 1024)

static const char security[] =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(self), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

static void
put_policy(struct buf *out, const struct answer *an)
{
	buf_text(out, "Content-Security-Policy: default-src 'none'; script-src 'self'");
	if (an->scripts != NULL)
		buf_fmt(out, " %s", an->scripts);
	buf_text(out, "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'");
	if (an->connects != NULL)
		buf_fmt(out, " %s", an->connects);
	if (an->media != NULL)
		buf_fmt(out, "; media-src 'self' %s", an->media);
	buf_text(out, "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n");
}

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
	case HTTP_OK:			return "OK";
	case HTTP_ACCEPTED:		return "Accepted";
	case HTTP_NO_CONTENT:		return "No Content";
	case HTTP_SEE_OTHER:		return "See Other";
	case HTTP_NOT_MODIFIED:		return "Not Modified";
	case HTTP_BAD:			return "Bad Request";
	case HTTP_NO_TOKEN:		return "Unauthorized";
	case HTTP_FORBIDDEN:		return "Forbidden";
	case HTTP_NOT_FOUND:		return "Not Found";
	case HTTP_BAD_METHOD:		return "Method Not Allowed";
	case HTTP_CONFLICT:		return "Conflict";
	case HTTP_GONE:			return "Gone";
	case HTTP_TOO_LARGE:		return "Content Too Large";
	case HTTP_BAD_TYPE:		return "Unsupported Media Type";
	case HTTP_UNPROCESSABLE:	return "Unprocessable Content";
	case HTTP_TOO_MANY:		return "Too Many Requests";
	case HTTP_FAIL:			return "Internal Server Error";
	case HTTP_UNAVAILABLE:		return "Service Unavailable";
	}
	return "Answer";
}

static void
put_head(struct req *rq, struct buf *out)
{
	struct answer *an = &rq->answer;
	bool cache_said = false, referrer_said = false;

	buf_fmt(out, "Status: %d %s\r\n", (int)an->status, reason(an->status));
	if (an->type != NULL)
		buf_fmt(out, "Content-Type: %s\r\n", an->type);
	if (an->location != NULL)
		buf_fmt(out, "Location: %s\r\n", an->location);
	if (an->fill == NULL && an->status != HTTP_NOT_MODIFIED)
		buf_fmt(out, "Content-Length: %zu\r\n", an->n);
	if (an->file_name != NULL)
		put_disposition(out, an->file_name);
	for (size_t i = 0; i < an->nheaders; i++) {
		cache_said = cache_said || strcasecmp(an->headers[i].name, "Cache-Control") == 0;
		referrer_said = referrer_said || strcasecmp(an->headers[i].name, "Referrer-Policy") == 0;
		buf_fmt(out, "%s: %s\r\n", an->headers[i].name, an->headers[i].value);
	}
	if (!cache_said)
		buf_text(out, "Cache-Control: no-store\r\n");
	if (!referrer_said)
		buf_text(out, "Referrer-Policy: same-origin\r\n");
	put_policy(out, an);
	buf_text(out, security);
	if (over_https())
		buf_text(out, "Strict-Transport-Security: max-age=31536000\r\n");
	buf_fmt(out, "X-Request-Id: %s\r\n\r\n", rq->log_id);
}

static void
put(struct req *rq, const void *p, size_t n)
{
	if (n > 0 && wire_write(rq->wire, p, n))
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
		if (!rq->head && chunk.len > 0 && !wire_write(rq->wire, chunk.data, chunk.len))
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
