/*
 * wire.h - the web server's connection: FastCGI by libfcgi, which nothing else includes.
 * Usually one request at a time; tests put another wire.c in its place.
 */
#ifndef PLUMB_WIRE_H
#define PLUMB_WIRE_H

#include "plumb/base.h"

/* Listens on the path, or on descriptor 0 (NULL) as supervisor and systemd hand it over. Dies when it cannot. */
void wire_open(const char *socket_path);
/* One request, until it is finished. */
struct wire;
enum { WIRE_MOST = 16 };			/* that are not finished */
/* The next request; NULL: a signal asked for the end. SIGTERM and SIGINT wait while a request is served. */
struct wire *wire_accept(void);
/* Another that has come meanwhile; NULL: none has, or WIRE_MOST are here. Never waits for one to come. */
struct wire *wire_more(void);
const char *wire_param(struct wire *, const char *name);	/* NULL when absent */
size_t wire_read(struct wire *, void *to, size_t n);		/* of the body; less than n only at its end */
bool wire_write(struct wire *, const void *p, size_t n);	/* false: the visitor is gone */
void wire_finish(struct wire *);

#endif
