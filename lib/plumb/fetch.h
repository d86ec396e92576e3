/*
 * fetch.h - one HTTP request to somebody else, by libcurl. Its answer says above all whether anything left this
 * machine: what was not sent may be sent again, what was sent and got no answer may not.
 *
 * Deadlines: 3 s to connect (names and TLS included), 8 s in all. No redirects, no proxy, no cookies; https with a
 * certificate that fits, or http to 127.0.0.1. SSL_CERT_FILE names another file of authorities, as for curl.
 */
#ifndef PLUMB_FETCH_H
#define PLUMB_FETCH_H

#include "plumb/base.h"

struct arena;

enum { FETCH_BODY_MOST = 4 * 1024 * 1024 };

struct fetch_request {
	const char *method;		/* "GET", "POST", "DELETE" */
	const char *url;
	const char *user, *password;	/* Basic; NULL: none */
	const char *bearer;		/* NULL: none */
	const char *content_type;	/* of the body */
	const char *body;		/* NULL: none */
	const char *const *headers;	/* more of them, "name: value", NULL at the end; NULL: none */
	bool public_only;		/* refuses any address that is not on the public network, whatever its name (address.h) */
	bool may_come_twice;		/* a POST that does no harm when it is sent again: it may use the last connection again */
};

/*
 *   FETCH_ANSWERED  a whole answer; `status`, `body`
 *   FETCH_NOT_SENT  nothing was sent: `why`
 *   FETCH_UNKNOWN   it was sent, or part of it, and no whole answer came: `why`; `status` when at least that came
 */
enum fetched { FETCH_ANSWERED, FETCH_NOT_SENT, FETCH_UNKNOWN };
enum fetch_why { FETCH_FINE, FETCH_ADDRESS, FETCH_UNREACHED, FETCH_TLS, FETCH_SILENT, FETCH_BROKEN, FETCH_TOO_LARGE };

struct fetch_answer {
	enum fetch_why why;
	int status;			/* 0: none came */
	const char *body;		/* NUL-terminated, in the arena; "" when empty */
	size_t len;
	unsigned retry_after_s;		/* 0: not said */
};

enum fetched fetch(struct arena *, const struct fetch_request *, struct fetch_answer *);

/* May fetch go there? https://host..., or http://127.0.0.1[:port]...; no user or password, no fragment. */
bool fetch_url_ok(const char *url);
/* The same with public_only, as far as the text tells: names are looked up when it is fetched. */
bool fetch_url_public(const char *url);

#endif
