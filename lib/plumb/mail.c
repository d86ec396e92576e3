/*
 * mail.c - see mail.h.
 */
#include "plumb/mail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sysexits.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/log.h"
#include "plumb/seal.h"

enum { MESSAGE_MOST = 256 * 1024, WORD = 39 /* bytes of an encoded word: 52 letters, so that the first fits its line too */, LINE = 57 };

bool
mail_address_ok(const char *s)
{
	const char *at = s == NULL ? NULL : strchr(s, '@');

	if (at == NULL || at == s || at[1] == '\0' || strchr(at + 1, '@') != NULL || *s == '-' || strlen(s) > 190)
		return false;
	for (const char *p = s; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || strchr("()<>,;:\\\"[]", *p) != NULL)
			return false;
	return true;
}

/* Bytes of the next piece that ends between two characters. */
static size_t
piece(const char *s, size_t most)
{
	size_t n = strlen(s);

	if (n <= most)
		return n;
	for (n = most; n > 1 && ((unsigned char)s[n] & 0xc0) == 0x80; n--)
		;
	return n;
}

static void
put_subject(struct buf *b, const char *subject, struct arena *a)
{
	char *s = arena_strdup(a, subject);

	for (char *p = s; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	buf_text(b, "Subject:");
	if (*s == '\0')
		buf_text(b, " ");
	for (size_t n; *s != '\0'; s += n) {
		n = piece(s, WORD);
		buf_fmt(b, " =?UTF-8?B?%s?=\n", seal_base64(a, s, n));
	}
	if (b->data[b->len - 1] != '\n')
		buf_text(b, "\n");
}

const char *
mail_message(struct arena *a, const struct mail *m)
{
	time_t t = (time_t)(m->at / 1000000);
	struct tm tm;
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct buf b;

	if (!mail_address_ok(m->from) || !mail_address_ok(m->to))
		return NULL;
	gmtime_r(&t, &tm);
	buf_init_in(&b, a, MESSAGE_MOST);
	buf_fmt(&b, "From: Tocsin <%s>\nTo: <%s>\n", m->from, m->to);
	put_subject(&b, m->subject, a);
	buf_fmt(&b, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\n", days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon, tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
	buf_fmt(&b, "Message-ID: <%s@%s>\n", m->id, strchr(m->from, '@') + 1);
	buf_text(&b, "Auto-Submitted: auto-generated\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
	    "Content-Transfer-Encoding: base64\n\n");
	for (const char *p = m->body; *p != '\0'; ) {
		size_t n = strlen(p) < LINE ? strlen(p) : LINE;
		buf_fmt(&b, "%s\n", seal_base64(a, p, n));
		p += n;
	}
	return b.full ? NULL : b.data;
}

/* --- the program --- */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void __attribute__((noreturn))
become(const char *program, const char *from, const char *to, int in)
{
	static char *const env[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C", NULL };
	char *const args[] = { (char *)program, "-i", "-f", (char *)from, "--", (char *)to, NULL };
	int null = open("/dev/null", O_WRONLY);

	if (dup2(in, 0) < 0 || null < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		_exit(EX_OSERR);
	close_range(3, ~0u, 0);		/* not the database's */
	signal(SIGPIPE, SIG_DFL);
	execve(program, args, env);
	_exit(EX_OSERR);
}

/* Gives it the message; it may end before it has read everything. */
static bool
feed(int fd, const char *text, int64_t until)
{
	size_t left = strlen(text);

	while (left > 0) {
		struct pollfd p = { .fd = fd, .events = POLLOUT };
		int64_t wait = until - now_ms();
		ssize_t n;

		if (wait <= 0)
			return false;
		if (poll(&p, 1, (int)wait) <= 0)
			continue;
		if ((n = write(fd, text, left)) < 0) {
			if (errno == EINTR || errno == EAGAIN)
				continue;
			return false;
		}
		text += n;
		left -= (size_t)n;
	}
	return true;
}

/* Its exit code; -1: it was ended by a signal, or by us. */
static int
wait_for(pid_t pid, int64_t until)
{
	static const struct timespec step = { .tv_nsec = 10000000 };
	bool ended = false;
	int status;

	for (;;) {
		pid_t got = waitpid(pid, &status, ended ? 0 : WNOHANG);
		if (got == pid)
			return WIFEXITED(status) && !ended ? WEXITSTATUS(status) : -1;
		if (got < 0 && errno != EINTR)
			return -1;
		if (!ended && now_ms() > until) {
			kill(pid, SIGKILL);
			ended = true;
		}
		nanosleep(&step, NULL);
	}
}

enum mailed
mail_send(const char *program, const struct mail *m, struct arena *a)
{
	const char *text = mail_message(a, m);
	int64_t until = now_ms() + MAIL_PROGRAM_S * 1000;
	int ends[2], code;
	bool fed;
	pid_t pid;

	if (text == NULL)
		return MAIL_REFUSED;
	if (pipe2(ends, O_CLOEXEC) != 0) {
		log_error("mail: %s", strerror(errno));
		return MAIL_LATER;
	}
	if ((pid = fork()) == 0)
		become(program, m->from, m->to, ends[0]);
	close(ends[0]);
	if (pid < 0) {
		close(ends[1]);
		log_error("mail: %s", strerror(errno));
		return MAIL_LATER;
	}
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	fed = feed(ends[1], text, until);
	close(ends[1]);
	code = wait_for(pid, until);
	if (fed && code == 0)
		return MAIL_TAKEN;
	log_warn("mail %s: the program answered %d", m->id, code);
	return code == EX_USAGE || code == EX_DATAERR || code == EX_NOUSER || code == EX_NOHOST || code == EX_NOPERM ? MAIL_REFUSED : MAIL_LATER;
}
