/*
 * load - agents who work as fast as they can, each over one kept connection:
 *
 *   load PORT 1 S CLIENTS       POST /agent/1/save again and again, each form taken from the page before
 *   load PORT empty S CLIENTS   GET /empty: nginx and an empty FastCGI answer
 *
 * Prints: rate p50_ms p99_ms bytes_per_page, and on standard error how many answers were not as expected.
 * Agents are those of `queue fill`: the cookie of agent n is bench<100+n>.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BUCKETS	20000		/* of 10 microseconds */
#define PAGE	(256 * 1024)

struct client { uint64_t done, failed, bytes; uint32_t bucket[BUCKETS]; };
static struct client *clients;
static uint16_t port;
static const char *operation;

static int64_t
steady_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

struct wire { int fd; char *page; size_t len; int status; };

static bool
dial(struct wire *w)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	int one = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	w->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(w->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return connect(w->fd, (struct sockaddr *)&to, sizeof(to)) == 0;
}

/* The body, whether it comes with a length or in chunks; the page is left in w->page, headers included. */
static bool
answer(struct wire *w)
{
	char *end = NULL, *p;
	size_t need = 0;
	bool chunked = false;

	w->len = 0;
	for (;;) {
		ssize_t n = recv(w->fd, w->page + w->len, PAGE - 1 - w->len, 0);
		if (n <= 0)
			return false;
		w->len += (size_t)n;
		w->page[w->len] = '\0';
		if (end == NULL && (end = strstr(w->page, "\r\n\r\n")) != NULL) {
			end += 4;
			w->status = (int)strtol(w->page + 9, NULL, 10);
			chunked = strcasestr(w->page, "\r\nTransfer-Encoding: chunked") != NULL;
			if (!chunked && (p = strcasestr(w->page, "\r\nContent-Length:")) != NULL)
				need = (size_t)(end - w->page) + strtoul(p + 17, NULL, 10);
			else if (!chunked)
				need = (size_t)(end - w->page);
		}
		if (end == NULL)
			continue;
		if (chunked ? w->len >= 5 && memcmp(w->page + w->len - 5, "0\r\n\r\n", 5) == 0 : w->len >= need)
			return true;
	}
}

static bool
ask(struct wire *w, const char *text, size_t n)
{
	for (int tries = 0; tries < 2; tries++) {
		if (w->fd < 0 && !dial(w))
			return false;
		if (send(w->fd, text, n, MSG_NOSIGNAL) == (ssize_t)n && answer(w)) {
			if (strcasestr(w->page, "\r\nConnection: close") != NULL) {
				close(w->fd);
				w->fd = -1;
			}
			return true;
		}
		close(w->fd);
		w->fd = -1;
	}
	return false;
}

static bool
hidden(const struct wire *w, const char *form, const char *name, char *out, size_t n)
{
	char pattern[64];
	const char *p = strstr(w->page, form), *e;

	snprintf(pattern, sizeof(pattern), "name=\"%s\" value=\"", name);
	if (p == NULL || (p = strstr(p, pattern)) == NULL)
		return false;
	p += strlen(pattern);
	if ((e = strchr(p, '"')) == NULL || (size_t)(e - p) >= n)
		return false;
	memcpy(out, p, (size_t)(e - p));
	out[e - p] = '\0';
	return true;
}

static size_t
post(char *out, size_t n, const char *path, unsigned agent, const char *body)
{
	return (size_t)snprintf(out, n, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: tocsin=bench%u\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s", path, 100 + agent,
	    strlen(body), body);
}

static size_t
get(char *out, size_t n, const char *path, unsigned agent)
{
	return (size_t)snprintf(out, n, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: tocsin=bench%u\r\n\r\n", path, 100 + agent);
}

static void
agent_works(struct client *c, unsigned n, int64_t begin, int64_t until)
{
	struct wire w = { .fd = -1, .page = malloc(PAGE) };
	char text[4000], body[2000], page[40], start[40], save[40], csrf[64], key[64], entry[32], claimed[32];
	int64_t t;

	snprintf(page, sizeof(page), "/agent/%s", operation);
	snprintf(start, sizeof(start), "/agent/%s/next", operation);
	snprintf(save, sizeof(save), "/agent/%s/save", operation);
	if (!ask(&w, text, get(text, sizeof(text), page, n)) || !hidden(&w, "<form", "csrf", csrf, sizeof(csrf))) {
		fprintf(stderr, "bench: no page for agent %u (%d)\n", n, w.status);
		c->failed++;
		return;
	}
	snprintf(body, sizeof(body), "csrf=%s", csrf);
	if (strstr(w.page, "name=\"form_key\"") == NULL && !ask(&w, text, post(text, sizeof(text), start, n, body)))
		c->failed++;
	if (w.status == 303)
		ask(&w, text, get(text, sizeof(text), page, n));
	while (steady_us() < begin)
		usleep(1000);
	for (uint64_t i = 0; (t = steady_us()) < until; i++) {
		if (!hidden(&w, "id=\"call\"", "csrf", csrf, sizeof(csrf)) || !hidden(&w, "id=\"call\"", "form_key", key, sizeof(key)) ||
		    !hidden(&w, "id=\"call\"", "entry", entry, sizeof(entry)) ||
		    !hidden(&w, "id=\"call\"", "claimed", claimed, sizeof(claimed))) {
			if (c->failed++ == 0)
				fprintf(stderr, "bench: agent %u got a page without a form (%d): %.300s\n", n, w.status, w.page);
			return;
		}
		snprintf(body, sizeof(body), "csrf=%s&form_key=%s&entry=%s&claimed=%s&answer=1&note=une+note&status=%s", csrf, key,
		    entry, claimed, i % 5 < 3 ? "no_answer" : "completed");
		if (!ask(&w, text, post(text, sizeof(text), save, n, body)) || w.status != 200) {
			if (c->failed++ == 0)
				fprintf(stderr, "bench: agent %u: status %d\n", n, w.status);
			return;
		}
		size_t b = (size_t)(steady_us() - t) / 10;
		c->bucket[b < BUCKETS ? b : BUCKETS - 1]++;
		c->done++;
		c->bytes += w.len;
	}
}

static void
empty(struct client *c, unsigned n, int64_t begin, int64_t until)
{
	struct wire w = { .fd = -1, .page = malloc(PAGE) };
	char text[400];
	size_t len = get(text, sizeof(text), "/empty", n);
	int64_t t;

	while (steady_us() < begin)
		usleep(1000);
	while ((t = steady_us()) < until) {
		if (!ask(&w, text, len) || w.status != 200) {
			c->failed++;
			return;
		}
		size_t b = (size_t)(steady_us() - t) / 10;
		c->bucket[b < BUCKETS ? b : BUCKETS - 1]++;
		c->done++;
		c->bytes += w.len;
	}
}

int
main(int argc, char **argv)
{
	unsigned seconds, n;
	int64_t begin;
	uint64_t done = 0, failed = 0, seen = 0, bytes = 0;
	double p50 = 0, p99 = 0;

	if (argc != 5) {
		fprintf(stderr, "usage: load PORT OPERATION|empty SECONDS CLIENTS\n");
		return 2;
	}
	operation = argv[2];
	port = (uint16_t)strtoul(argv[1], NULL, 10);
	seconds = (unsigned)strtoul(argv[3], NULL, 10);
	n = (unsigned)strtoul(argv[4], NULL, 10);
	clients = mmap(NULL, n * sizeof(*clients), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	begin = steady_us() + 500000;
	for (unsigned i = 0; i < n; i++)
		if (fork() == 0) {
			(strcmp(argv[2], "empty") == 0 ? empty : agent_works)(&clients[i], i, begin,
			    begin + (int64_t)seconds * 1000000);
			_exit(0);
		}
	while (wait(NULL) > 0 || errno == EINTR)
		;
	for (unsigned i = 0; i < n; i++) {
		done += clients[i].done;
		failed += clients[i].failed;
		bytes += clients[i].bytes;
	}
	for (size_t b = 0; b < BUCKETS; b++) {
		for (unsigned i = 0; i < n; i++)
			seen += clients[i].bucket[b];
		if (p50 == 0 && seen * 2 >= done)
			p50 = (double)(b + 1) / 100;
		if (p99 == 0 && seen * 100 >= done * 99)
			p99 = (double)(b + 1) / 100;
	}
	if (failed > 0)
		fprintf(stderr, "bench: %llu answers failed\n", (unsigned long long)failed);
	printf("%.0f %.2f %.2f %llu\n", (double)done / seconds, p50, p99, (unsigned long long)(done == 0 ? 0 : bytes / done));
	return failed > 0;
}
