/*
 * wire.h - the web server's connection: FastCGI by libfcgi, which nothing else includes.
 * One request at a time; tests put another wire.c in its place.
 */
#ifndef PLUMB_WIRE_H
#define PLUMB_WIRE_H

#include "plumb/base.h"

/* Listens on the path, or on descriptor 0 (NULL) as supervisor and systemd hand it over. Dies when it cannot. */
void wire_open(const char *socket_path);
/* The next request; false: a signal asked for the end. SIGTERM and SIGINT wait while a request is served. */
bool wire_accept(void);
const char *wire_param(const char *name);	/* of this request; NULL when absent */
size_t wire_read(void *to, size_t n);		/* of the body; less than n only at its end */
bool wire_write(const void *p, size_t n);	/* false: the visitor is gone */
void wire_finish(void);

#endif
