/*
 * log.c - a line is put together in memory and leaves by one write, so lines of processes never mix.
 */
#include "plumb/log.h"

#include <unistd.h>

static char program[32] = "tocsin";
static char request[64] = "-";

void
log_open(const char *name)
{
	snprintf(program, sizeof(program), "%s", name);
}

void
log_request(const char *request_id)
{
	snprintf(request, sizeof(request), "%s", request_id);
}

static void
line(const char *level, const char *fmt, va_list ap)
{
	enum { MOST = 2000 };
	char text[MOST + 1];
	struct timespec ts;
	struct tm tm;
	size_t n;
	int k;

	clock_gettime(CLOCK_REALTIME, &ts);	/* the log tells real time, whatever TOCSIN_CLOCK says */
	gmtime_r(&ts.tv_sec, &tm);
	n = strftime(text, MOST, "%Y-%m-%dT%H:%M:%S", &tm);
	k = snprintf(text + n, MOST - n, ".%03ldZ %s[%ld] <%s> %s",
	    ts.tv_nsec / 1000000, program, (long)getpid(), request, level);
	n += (size_t)k;
	k = vsnprintf(text + n, MOST - n, fmt, ap);
	n = k < 0 || n + (size_t)k >= MOST ? MOST - 1 : n + (size_t)k;
	for (size_t i = 0; i < n; i++)		/* one event, one line */
		if (text[i] == '\n')
			text[i] = ' ';
	text[n++] = '\n';
	for (size_t done = 0; done < n; ) {
		ssize_t w = write(STDERR_FILENO, text + done, n - done);
		if (w <= 0)
			return;			/* nobody reads: there is nowhere to complain */
		done += (size_t)w;
	}
}

void
log_event(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("", fmt, ap);
	va_end(ap);
}

void
log_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("warning: ", fmt, ap);
	va_end(ap);
}

void
log_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("error: ", fmt, ap);
	va_end(ap);
}

void
die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("stop: ", fmt, ap);
	va_end(ap);
	fflush(NULL);
	_exit(1);		/* at once: what is allocated is not a leak to report */
}
