/*
 * wire.c - the FastCGI connection, by libfcgi.
 *
 * Signals are let in only while we wait for a request: libfcgi takes an interrupted write for an
 * error, so a SIGTERM in the middle of an answer would cut it. Between libfcgi's look at its flag and
 * its accept() lies a small window in which a signal is not noticed; the timer set by the handler
 * interrupts accept() again until the process has ended.
 */
#include "plumb/base.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <fcgiapp.h>

#include "plumb/log.h"
#include "plumb/wire.h"

#define BACKLOG	1024

static FCGX_Request request;
static sigset_t ending;
static volatile sig_atomic_t asked_to_end;

static void
on_end(int sig)
{
	static const struct itimerval again = { { 0, 200000 }, { 0, 200000 } };

	(void)sig;
	asked_to_end = 1;
	FCGX_ShutdownPending();
	setitimer(ITIMER_REAL, &again, NULL);
}

static void
on_alarm(int sig)
{
	(void)sig;			/* interrupting accept() is all it is for */
}

static void
signals(void)
{
	struct sigaction act = { .sa_handler = on_end };	/* no SA_RESTART */

	sigemptyset(&ending);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGALRM);
	sigprocmask(SIG_BLOCK, &ending, NULL);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	act.sa_handler = on_alarm;
	sigaction(SIGALRM, &act, NULL);
	act.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &act, NULL);
}

void
wire_open(const char *socket_path)
{
	int fd = 0, listens = 0;
	socklen_t n = sizeof(listens);

	signals();
	if (FCGX_Init() != 0)
		die("wire: libfcgi does not start");
	if (socket_path != NULL) {
		fd = FCGX_OpenSocket(socket_path, BACKLOG);
		if (fd < 0 || chmod(socket_path, 0660) != 0)
			die("wire: cannot listen on %s: %s", socket_path, strerror(errno));
	} else if (getsockopt(0, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) != 0 || !listens)
		die("wire: descriptor 0 is no listening socket; use --socket PATH, or start the program by supervisor");
	if (FCGX_InitRequest(&request, fd, 0) != 0)
		die("wire: libfcgi refuses the socket");
}

bool
wire_accept(void)
{
	int got = -1, tries = 0;

	sigprocmask(SIG_UNBLOCK, &ending, NULL);
	while (!asked_to_end && (got = FCGX_Accept_r(&request)) < 0 && ++tries < 100)
		;
	sigprocmask(SIG_BLOCK, &ending, NULL);
	if (got < 0 && !asked_to_end)
		log_error("wire: accept fails: %s", strerror(errno));
	return got >= 0;
}

const char *
wire_param(const char *name)
{
	return FCGX_GetParam(name, request.envp);
}

size_t
wire_read(void *to, size_t n)
{
	size_t got = 0;

	while (got < n) {
		size_t want = n - got > 1 << 20 ? 1 << 20 : n - got;
		int k = FCGX_GetStr((char *)to + got, (int)want, request.in);

		if (k <= 0)
			break;
		got += (size_t)k;
	}
	return got;
}

bool
wire_write(const void *p, size_t n)
{
	assert(n < INT32_MAX);
	return FCGX_PutStr(p, (int)n, request.out) == (int)n;
}

void
wire_finish(void)
{
	FCGX_Finish_r(&request);
}
