/*
 * log.h - one line per event on standard error, which supervisor or journald keeps:
 * 2026-11-23T13:40:02.123Z agent[412] <request id> what key=value ...
 * Never a phone number in full, a token, a password. Strangers' text goes through text_tame.
 */
#ifndef PLUMB_LOG_H
#define PLUMB_LOG_H

#include "plumb/base.h"

void log_open(const char *program);			/* once, at start */
void log_request(const char *request_id);		/* "-" outside a request */
void log_event(const char *fmt, ...) PRINTF_LIKE(1, 2);	/* it happened */
void log_warn(const char *fmt, ...) PRINTF_LIKE(1, 2);	/* somebody else's fault, we go on */
void log_error(const char *fmt, ...) PRINTF_LIKE(1, 2);	/* we failed at something, the process goes on */
_Noreturn void die(const char *fmt, ...) PRINTF_LIKE(1, 2);	/* bad set-up: says why, exits 1 */

#endif
