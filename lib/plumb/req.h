/*
 * req.h - one request as handlers see it. Everything lives in the request's arena.
 */
#ifndef PLUMB_REQ_H
#define PLUMB_REQ_H

#include "plumb/base.h"
#include "plumb/form.h"
#include "plumb/who.h"

struct arena;
struct buf;
struct db;
struct req;

struct arena     *rq_arena(const struct req *);
struct db        *rq_db(const struct req *);
const struct who *rq_who(const struct req *);	/* never NULL; user 0 when not signed in */
enum lang         rq_lang(const struct req *);	/* who's, else the cookie's, else the browser's */
void              rq_speak(struct req *, enum lang);	/* a page in a language of its own, whoever looks: before page_new */
int64_t           rq_now(const struct req *);	/* one moment for the whole request */
uint64_t          rq_id(const struct req *);	/* :id of the route, 0 when it has none */
void              rq_reveals(struct req *, uint64_t id);	/* a page of a row that REVEALS shows this one beside :id */
const char       *rq_word(const struct req *);	/* :word of the route, "" when it has none */
const char       *rq_path(const struct req *);
const char       *rq_address(const struct req *);	/* the visitor's IP address */
bool              rq_is_post(const struct req *);
const char       *rq_header(const struct req *, const char *cgi_name);	/* "HTTP_IF_NONE_MATCH"; NULL when absent */
const char       *rq_cookie(const struct req *, const char *name);	/* NULL when absent */
const char       *rq_csrf(const struct req *);	/* for a form on this page; also for visitors not signed in */
const char       *rq_log_id(const struct req *);
/* Of a row that is RAW, and the JSON of one that NEEDS_TOKEN: the body as it came, at most app.body_max, and the address as it was asked for: undecoded, with its query. */
const void       *rq_raw(const struct req *, size_t *n);
const char       *rq_target(const struct req *);


/* --- answers: each is the last thing a handler does: return resp_...(rq, ...) --- */
enum http resp_redirect(struct req *, const char *path);	/* 303; a path of ours, starting with one '/' */
enum http resp_refuse(struct req *, enum refusal);		/* the error page (or JSON) for it */
enum http resp_json(struct req *, enum http, const char *json);
enum http resp_text(struct req *, enum http, const char *type, const char *text);	/* text NULL: no body, type is not sent */
enum http resp_bytes(struct req *, const char *type, const char *file_name /* NULL: inline */,
    const void *, size_t n);
/* A download too large for memory: `fill` is called until it answers false; what it puts in the
 * buffer is sent. The first call happens before the first byte leaves, so a failure there
 * (*failed = true) is still an error page. */
enum http resp_stream(struct req *, const char *type, const char *file_name,
    bool (*fill)(void *ctx, struct buf *, bool *failed), void *ctx);
/* HttpOnly, SameSite=Lax, Secure when conf.public_url is https. max_age_s: 0 ends with the browser, below 0 removes it. */
void      resp_cookie(struct req *, const char *name, const char *value, int64_t max_age_s);
/* Beside this site's own, this page may use what comes from these sources (of a Content-Security-Policy, parted by blanks; "": none):
 * scripts, connections, sound. */
void      resp_allow(struct req *, const char *scripts, const char *connects, const char *media);
void      resp_header(struct req *, const char *name, const char *value);	/* refuses control bytes (assert) */

/* The session cookie: __Host- and Secure when conf.public_url is https. */
void      resp_sign_in(struct req *, const char *token, int64_t max_age_s);
void      resp_sign_out(struct req *);

#endif
