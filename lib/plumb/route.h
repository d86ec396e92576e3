/*
 * route.h - the route table of a program: its rows carry the rules, so that a handler
 * cannot forget one and the table is the security review.
 *
 * Patterns: "/operations/:id/share" (decimal id) and "/j/:word" ([A-Za-z0-9_-]{1,80}); "/hooks/:rest" is
 * everything below, for RAW rows.
 */
#ifndef PLUMB_ROUTE_H
#define PLUMB_ROUTE_H

#include "plumb/base.h"

struct req;

enum method { GET, POST };		/* HEAD is answered as GET without a body */
enum {
	NEEDS_LOGIN     = 1 << 0,	/* else: redirect to /sign-in?next=... (JSON: 403) */
	NEEDS_CSRF      = 1 << 1,	/* every POST has it; the build's lint says so */
	READ_ONLY       = 1 << 2,	/* runs in a read-only snapshot; every GET has it */
	NEEDS_ORGANISER = 1 << 3,	/* organisation role organiser or administrator, else 403 */
	NEEDS_ADMIN     = 1 << 4,
	NEEDS_MEMBER    = 1 << 5,	/* agent or owner of operation :id, else 403 */
	NEEDS_OWNER     = 1 << 6,	/* owner of operation :id, else 403 */
	TAKES_FILE      = 1 << 7,	/* multipart/form-data, streamed to disk, up to conf.upload_mb */
	AS_JSON         = 1 << 8,	/* refusals of the router are JSON */
	REVEALS         = 1 << 9,	/* shows who :id is: app.revealed notes it before the first byte leaves */
	BEFORE_TWO_FACTOR = 1 << 10,	/* also open to who must set up a second factor first (else: redirect there) */
	RAW             = 1 << 11	/* another program's request, which its handler verifies on the bytes as they came (rq_raw,
					 * rq_target): no session, no form key, no declared fields; refusals are JSON */
};

struct route {
	enum method method;
	const char *pattern;
	enum http (*handler)(struct req *);
	unsigned needs;
};

#endif
