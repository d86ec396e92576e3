/*
 * request.h - struct req from the inside. Only plumb's own files (and tests) include it;
 * handlers see req.h and form.h.
 */
#ifndef PLUMB_REQUEST_H
#define PLUMB_REQUEST_H

#include "plumb/app.h"
#include "plumb/buf.h"
#include "plumb/form.h"
#include "plumb/req.h"
#include "plumb/route.h"
#include "plumb/who.h"

#define BODY_MAX_DEFAULT	(64u * 1024)
#define PAIRS_MAX		4000u	/* of one request: more is no form of ours */
#define CSRF_FIELD		"csrf"

/* One value that came under a field's name; key "" unless the field is keyed. */
struct given {
	const char *key;
	const char *typed;		/* as sent */
	const char *text;		/* parsed: trimmed, folded; "" when blank or refused */
	uint64_t number;
	int minute;
	enum refusal refusal;
};

struct input {
	struct given *list;
	size_t n, room;
	enum refusal refused;		/* the handler's own verdict */
	struct upload upload;
	char *upload_path;		/* unlinked at the request's end; NULL: nothing there, or kept */
};

struct extra_header { const char *name, *value; };

struct answer {
	bool ready;
	enum http status;
	const char *type, *file_name;
	const char *body;
	size_t n;
	const char *location;
	bool (*fill)(void *ctx, struct buf *, bool *failed);
	void *fill_ctx;
	struct extra_header headers[16];
	size_t nheaders;
	const char *scripts, *connects, *media;	/* what its policy allows beside this site's; NULL: nothing */
};

struct req {
	struct arena *arena;
	struct wire *wire;
	struct db *db;
	const struct app *app;
	const struct route *route;	/* NULL until one matched */
	int64_t now;
	const char *log_id;
	const char *method;		/* as sent */
	bool head, post;
	const char *path, *query;
	uint64_t id;
	uint64_t id_too;		/* of a row that REVEALS: who else is shown; 0: nobody */
	const char *word;
	struct who who;
	enum lang lang;
	const char *csrf;		/* made when first asked for */
	const char *csrf_sent;
	const struct field *fields;
	size_t nfields, npairs;
	struct input *in;		/* nfields of them */
	const void *raw;		/* of a row that is RAW or NEEDS_TOKEN: nraw bytes */
	size_t nraw;
	struct answer answer;
	uint64_t sent;			/* bytes, for the log */
	bool gone;			/* the answer went out */
};

/* form.c: one more pair of this request. False: unknown name, repeated, bad key, not text (400). */
bool form_take(struct req *, const char *name, const char *value);
/* The whole query string or body; false: malformed or a pair was not taken. */
bool form_read(struct req *, const char *text, size_t n);
/* The field of that name, or -1; *key is set for `name.key`. */
int  form_field(const struct req *, const char *name, const char **key);
/* The value against its declaration. */
void form_check(struct arena *, const struct field *, struct given *);

/* req.c: from the connection's parameters. False: garbage, answer 400 (the request can still be answered). */
bool req_begin(struct req *, const struct app *, struct wire *, struct db *, struct arena *);
const char *session_cookie(void);	/* its name */
bool over_https(void);			/* as conf.public_url says */
/* May a form be accepted from where the browser says it comes from? */
bool req_same_site(const struct req *);

/* upload.c: the multipart body, files to disk. R_NONE, R_BAD_REQUEST, R_TOO_LARGE, R_BUSY. */
enum refusal upload_read(struct req *, const char *boundary, uint64_t length);
/* Removes what requests that were killed left behind. */
void upload_sweep(void);

/* route.c: finds the row, checks its rules, runs the handler. */
bool route_fits(const char *pattern, const char *path, uint64_t *id, char word[81]);
void route_dispatch(struct req *);

/* resp.c */
enum http resp_page(struct req *, enum http, const char *html, size_t n);
enum http resp_plain(struct req *, const char *text);	/* 500, when no page can be made */

/* send.c */
void resp_send(struct req *);		/* what the answer holds goes out, once */

#endif
