/*
 * http.c - connections in and out, none of which waits: one loop serves them all. Requests come from this machine only.
 */
#include "sim.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/sha1.h"
#include "plumb/urlenc.h"

enum { LINKS_MOST = 1000, INPUT_MOST = 256 * 1024, TRIES_MOST = 6, PATIENCE_MS = 15000, SILENCE_MS = 60000 };

/* A connection in (a request to the company), or out (a webhook being told). */
struct link {
	int fd;
	bool out;
	struct buf in, output;
	size_t written;
	int64_t answer_at, until;	/* ms */
	struct post *post;
};
struct post { char *url, *body; int64_t at; unsigned tries; struct call *of; struct post *next; };

static int listener;
static struct link links[LINKS_MOST];
static struct post *posts;

void
http_open(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int one = 1;

	listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (listener < 0 || bind(listener, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(listener, 256) != 0)
		die("sim: 127.0.0.1:%u: %s", options.port, strerror(errno));
	for (size_t i = 0; i < LINKS_MOST; i++)
		links[i].fd = -1;
}

static struct link *
link_new(int fd, bool out)
{
	for (size_t i = 0; i < LINKS_MOST; i++)
		if (links[i].fd < 0) {
			links[i] = (struct link){ .fd = fd, .out = out, .until = now_ms() + (out ? PATIENCE_MS : SILENCE_MS) };
			buf_init(&links[i].in, INPUT_MOST);
			buf_init(&links[i].output, INPUT_MOST);
			return &links[i];
		}
	close(fd);
	return NULL;
}

static void
link_end(struct link *l)
{
	close(l->fd);
	l->fd = -1;
	buf_free(&l->in);
	buf_free(&l->output);
}

/* --- webhooks: signed as Twilio signs ---------------------------------------------------------------- */

struct pairs { struct { const char *name, *value; } of[60]; size_t n; };

static bool
take(void *ctx, const char *name, const char *value)
{
	struct pairs *p = ctx;

	if (p->n == NITEMS(p->of))
		return false;
	p->of[p->n].name = name;
	p->of[p->n++].value = value;
	return true;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
signature(struct arena *a, const char *url, const char *body)
{
	struct pairs p = { .n = 0 };
	unsigned char mark[SHA1_BYTES];
	struct buf b;

	buf_init_in(&b, a, INPUT_MOST);
	buf_text(&b, url);
	form_parse(a, body, strlen(body), take, &p);
	qsort(p.of, p.n, sizeof(p.of[0]), by_name);
	for (size_t i = 0; i < p.n; i++) {
		buf_text(&b, p.of[i].name);
		buf_text(&b, p.of[i].value);
	}
	sha1_hmac(options.token, b.data, b.len, mark);
	return seal_base64(a, mark, sizeof(mark));
}

static void
again(struct post *p)
{
	if (++p->tries >= TRIES_MOST) {
		log_warn("a webhook is given up after %u tries", p->tries);
		free(p->url);
		free(p->body);
		free(p);
		return;
	}
	p->at = now_ms() + (500 << p->tries) / options.speed;
	p->next = posts;
	posts = p;
}

static void
send_post(struct post *p)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const char *host = strstr(p->url, "://"), *path = host == NULL ? NULL : strchr(host + 3, '/'), *port;
	struct arena *a = arena_new();
	struct link *l = NULL;
	int fd;

	if (path != NULL && (fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) >= 0) {
		host += 3;
		port = strchr(host, ':');
		/* It knows no TLS: on a machine with a public https address the site has a door for it (nginx/production.conf.in). */
		to.sin_port = htons((uint16_t)(options.hooks != 0 && strncmp(p->url, "https:", 6) == 0 ? options.hooks :
		    port != NULL && port < path ? strtoul(port + 1, NULL, 10) : 80));
		if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 || errno == EINPROGRESS)
			l = link_new(fd, true);
		else
			close(fd);
	}
	if (l == NULL)
		again(p);
	else {
		l->post = p;
		buf_fmt(&l->output, "POST %s HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\nUser-Agent: TwilioProxy/1.1\r\n"
		    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: %zu\r\nX-Twilio-Signature: %s\r\n\r\n%s",
		    path, (int)(path - host), host, strlen(p->body), signature(a, p->url, p->body), p->body);
	}
	arena_free(a);
}

void
http_post(const char *url, const char *body, int64_t after_ms, struct call *of)
{
	struct post *p = must_alloc(sizeof(*p));

	*p = (struct post){ .url = strdup(url), .body = strdup(body), .at = now_ms() + after_ms, .of = of, .next = posts };
	posts = p;
}

/* The other side has closed: its answer is whole, or there was none. */
static void
post_done(struct link *l)
{
	struct post *p = l->post;
	int status = l->in.len > 12 ? (int)strtol(l->in.data + 9, NULL, 10) : 0;
	char *body = l->in.len > 0 ? strstr(l->in.data, "\r\n\r\n") : NULL;

	if (status == 0 || status >= 500)
		again(p);
	else {
		if (status >= 300)
			log_warn("a webhook was answered by %d", status);
		if (p->of != NULL)
			call_instructed(p->of, status == 200 && body != NULL ? body : "");
		free(p->url);
		free(p->body);
		free(p);
	}
	link_end(l);
}

/* --- requests ------------------------------------------------------------------------------------------ */

static const char *
header(struct arena *a, const char *head, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = head; (p = strstr(p, "\r\n")) != NULL; ) {
		p += 2;
		if (strncasecmp(p, name, n) == 0 && p[n] == ':') {
			p += n + 1;
			p += strspn(p, " ");
			return arena_strndup(a, p, strcspn(p, "\r"));
		}
	}
	return NULL;
}

/* Serves the request when it is whole. */
static void
serve(struct link *l)
{
	struct arena *a = arena_new();
	char *end = l->in.len == 0 ? NULL : strstr(l->in.data, "\r\n\r\n"), *method, *target;
	struct answer_out out;
	const char *length;

	if (end == NULL || l->answer_at != 0)
		goto done;
	length = header(a, l->in.data, "content-length");
	if (length != NULL && l->in.len < (size_t)(end + 4 - l->in.data) + strtoul(length, NULL, 10))
		goto done;
	method = arena_strndup(a, l->in.data, strcspn(l->in.data, " "));
	target = l->in.data + strlen(method) + 1;
	target = arena_strndup(a, target, strcspn(target, " \r"));
	out = rest(a, method, target, header(a, l->in.data, "authorization"), end + 4);
	l->answer_at = out.never ? INT64_MAX : now_ms() + out.after_ms;
	if (!out.never)
		buf_fmt(&l->output, "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %zu\r\n%s\r\n%s",
		    out.status, strlen(out.body), out.retry_after_s > 0 ? arena_fmt(a, "Retry-After: %u\r\n", out.retry_after_s) : "", out.body);
done:
	arena_free(a);
}

static void
write_some(struct link *l)
{
	ssize_t n = write(l->fd, l->output.data + l->written, l->output.len - l->written);

	if (n < 0 && errno != EAGAIN && errno != EINPROGRESS) {
		if (l->out)
			post_done(l);
		else
			link_end(l);
		return;
	}
	l->written += n > 0 ? (size_t)n : 0;
	if (!l->out && l->written == l->output.len && l->output.len > 0)
		link_end(l);
}

static void
read_some(struct link *l)
{
	char chunk[8192];
	ssize_t n = read(l->fd, chunk, sizeof(chunk));

	if (n > 0) {
		buf_bytes(&l->in, chunk, (size_t)n);
		if (!l->out)
			serve(l);
	} else if (n == 0 || errno != EAGAIN) {
		if (l->out)
			post_done(l);
		else
			link_end(l);
	}
}

static bool
writes(const struct link *l)
{
	return l->output.len > l->written && (l->out || now_ms() >= l->answer_at);
}

static int
patience(int timeout_ms)
{
	int64_t now = now_ms();

	for (const struct post *p = posts; p != NULL; p = p->next)
		if (p->at - now < timeout_ms)
			timeout_ms = p->at > now ? (int)(p->at - now) : 0;
	return timeout_ms;
}

static void
posts_turn(void)
{
	struct post *p = posts, *next;
	int64_t now = now_ms();

	posts = NULL;
	for (; p != NULL; p = next) {
		next = p->next;
		if (p->at <= now)
			send_post(p);
		else {
			p->next = posts;
			posts = p;
		}
	}
}

void
http_poll(int timeout_ms)
{
	struct pollfd fds[LINKS_MOST + 1] = { { .fd = listener, .events = POLLIN } };
	struct link *of[LINKS_MOST + 1] = { NULL };
	nfds_t n = 1;
	int fd;

	for (size_t i = 0; i < LINKS_MOST; i++) {
		struct link *l = &links[i];
		if (l->fd < 0)
			continue;
		if (now_ms() > l->until) {
			if (l->out)
				post_done(l);
			else
				link_end(l);
			continue;
		}
		of[n] = l;
		fds[n++] = (struct pollfd){ .fd = l->fd, .events = (short)(writes(l) ? POLLIN | POLLOUT : POLLIN) };
	}
	if (poll(fds, n, patience(timeout_ms)) > 0) {
		for (nfds_t i = 1; i < n; i++) {
			if (fds[i].revents & POLLOUT)
				write_some(of[i]);
			if (of[i]->fd == fds[i].fd && fds[i].revents & (POLLIN | POLLHUP | POLLERR))
				read_some(of[i]);
		}
		if (fds[0].revents & POLLIN)
			while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
				(void)link_new(fd, false);
	}
	posts_turn();
}
