/*
 * wire.c - the FastCGI connection, by libfcgi.
 *
 * We wait for a request ourselves and let libfcgi accept only what is there. It takes a signal during a
 * read, a write or its look at a fresh connection for an error: a SIGTERM in the wrong moment would cut an
 * answer, lose a request, or (2.4.2) leave it spinning over a closed descriptor. So signals are let in
 * only while we wait, in the same step as the waiting.
 */
#include "plumb/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <fcgiapp.h>

#include "plumb/log.h"
#include "plumb/wire.h"

#define BACKLOG	1024

struct wire {
	FCGX_Request request;
	bool busy;
	uint64_t taken;			/* bytes of the body so far */
};

static struct wire wires[WIRE_MOST];
static sigset_t while_waiting;
static int waits = -1;			/* the epoll descriptor */
static volatile sig_atomic_t asked_to_end;

static void
on_end(int sig)
{
	(void)sig;
	asked_to_end = 1;
}

static void
signals(void)
{
	struct sigaction act = { .sa_handler = on_end };	/* no SA_RESTART */
	sigset_t ending;

	sigemptyset(&ending);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGINT);
	sigprocmask(SIG_BLOCK, &ending, &while_waiting);
	sigdelset(&while_waiting, SIGTERM);
	sigdelset(&while_waiting, SIGINT);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	act.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &act, NULL);
}

void
wire_open(const char *socket_path)
{
	/* exclusive: a connection wakes one of the processes that share the socket, not all */
	struct epoll_event on = { .events = EPOLLIN | EPOLLEXCLUSIVE };
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
	/* another process may be quicker: then there is nothing to accept, and we must not hang in it */
	if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0 || (waits = epoll_create1(EPOLL_CLOEXEC)) < 0 ||
	    epoll_ctl(waits, EPOLL_CTL_ADD, fd, &on) != 0)
		die("wire: cannot wait on the socket: %s", strerror(errno));
	for (size_t i = 0; i < WIRE_MOST; i++)
		if (FCGX_InitRequest(&wires[i].request, fd, 0) != 0)
			die("wire: libfcgi refuses the socket");
}

/* Under load there is always a connection, and waiting never gets to a signal: ask. */
static bool
end_is_pending(void)
{
	sigset_t set;

	return sigpending(&set) == 0 && (sigismember(&set, SIGTERM) == 1 || sigismember(&set, SIGINT) == 1);
}

/* What is there to be accepted; NULL: nothing is (errno EAGAIN), or it fails. */
static struct wire *
take(void)
{
	struct wire *w = wires;

	while (w->busy)
		if (++w == wires + WIRE_MOST)
			return NULL;
	errno = 0;
	w->taken = 0;
	w->busy = FCGX_Accept_r(&w->request) >= 0;
	return w->busy ? w : NULL;
}

/* Where every CPU is busy, who is about to send us another gets one first; elsewhere this returns at once. */
struct wire *
wire_more(void)
{
	struct wire *w = take();

	if (w == NULL && sched_yield() == 0)
		w = take();
	return w;
}

struct wire *
wire_accept(void)
{
	struct epoll_event event;

	for (unsigned tries = 0; tries < 1000; tries++) {
		struct wire *w;
		int n;

		if (asked_to_end || end_is_pending())
			return NULL;
		n = epoll_pwait(waits, &event, 1, -1, &while_waiting);
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0) {
			if ((w = take()) != NULL)
				return w;
			if (errno == EAGAIN)		/* somebody else took it */
				tries = 0;
		}
	}
	log_error("wire: accept fails: %s", strerror(errno));
	return NULL;
}

const char *
wire_param(struct wire *w, const char *name)
{
	return FCGX_GetParam(name, w->request.envp);
}

size_t
wire_read(struct wire *w, void *to, size_t n)
{
	size_t got = 0;

	while (got < n) {
		size_t want = n - got > 1 << 20 ? 1 << 20 : n - got;
		int k = FCGX_GetStr((char *)to + got, (int)want, w->request.in);

		if (k <= 0)
			break;
		got += (size_t)k;
	}
	w->taken += got;
	return got;
}

bool
wire_write(struct wire *w, const void *p, size_t n)
{
	assert(n < INT32_MAX);
	return FCGX_PutStr(p, (int)n, w->request.out) == (int)n;
}

/* Has all been read that is sent to us? Asked for the end of the input only when nothing but that can be on its way: a slow
 * sender must not hold the answer. */
static bool
all_read(struct wire *w)
{
	const char *length = wire_param(w, "CONTENT_LENGTH");

	return wire_param(w, "HTTP_TRANSFER_ENCODING") == NULL && w->taken == (length == NULL ? 0 : strtoull(length, NULL, 10)) &&
	    FCGX_GetChar(w->request.in) == EOF && FCGX_GetError(w->request.in) == 0;
}

void
wire_finish(struct wire *w)
{
	/* libfcgi's close shuts one side, waits for the peer's and reads what may still come, because unread input makes the kernel
	 * throw the answer away. That costs three calls and a change of process; a detached request is closed plainly. */
	if (all_read(w))
		FCGX_Detach(&w->request);
	FCGX_Finish_r(&w->request);
	w->busy = false;
}
