/*
 * hooks - status webhooks as a provider sends them, against bare commits of one row on the same database.
 *
 *	hooks fill N			a connection and N calls that were sent, as the dialer leaves them
 *	hooks post PORT SECONDS CLIENTS	through nginx, signed; each call is told its four states, all in one client's order
 *	hooks empty PORT SECONDS CLIENTS	the same requests to an address that is no hook: read, and answered by 404
 *	hooks bare SECONDS CLIENTS	INSERT and COMMIT of one row
 *	hooks check			every call that was told of an end has it, and as many facts as were told
 *
 * post, empty and bare print "rate p99_ms client_us next_call"; client_us: CPU time of the clients per request.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/sha1.h"
#include "plumb/urlenc.h"

#include "domain/trunk.h"

#define ACCOUNT	"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define TOKEN	"the-token-of-the-benchmark"
#define MOST	400000

static struct arena *a;
static struct db *db;

/* Shared by the clients: the next call, what was done, how long each took (microseconds). */
static struct shared { unsigned next, done; unsigned took[MOST]; } *all;

static bool empty;

static void
sql(const char *text)
{
	const char *why;

	if (!db_script(db, text, a, &why))
		die("%s: %s", text, why);
}

static int
fill(unsigned n)
{
	struct trunk_typed t = { .name = "bench", .account = ACCOUNT, .base_url = "", .provider = PROVIDER_TWILIO, .secret = TOKEN,
		.api_secret = "", .cps = 30, .currency = "USD" };
	enum trouble why;
	struct trunk_id id;

	sql("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Bench', 1);"
	    "CREATE TABLE bare (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, a VARCHAR(60) NOT NULL) ENGINE=InnoDB");
	if (trunk_add(db, (struct organisation_id){ 1 }, (struct user_id){ 1 }, 1, &t, &why, &id, a) != SAVED)
		die("no connection: %s", trouble_word(why));
	/* in two steps, as a row lives: rows written whole fill their pages, and their ends would be the first to split them */
	sql(arena_fmt(a, "INSERT INTO live_call (id, trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at,"
	    " form_key, live_e164, wanted_at, look_at, month) SELECT seq, %llu, 1, seq, seq, seq, seq, number,"
	    " '+15145550100', 1, UNHEX(MD5(seq)), number, 1, 4000000000000000 + seq,"
	    " '2026-11-01' FROM (SELECT seq, CONCAT('+1514', 5000000 + seq) AS number FROM seq_1_to_%u) s;"
	    "UPDATE live_call SET state = 'sent', sent_at = 1, call_id = CONCAT('CA', LOWER(LPAD(HEX(id), 32, '0')))",
	    (unsigned long long)id.v, n));
	return 0;
}

static int64_t
micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int
dial(unsigned port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		die("nginx does not listen on %u", port);
	return fd;
}

/* Its names are in byte order, so what is signed is the same text without marks. */
static void
request(struct buf *out, unsigned port, unsigned call, unsigned state)
{
	static const char *const words[] = { "initiated", "ringing", "in-progress", "completed" };
	const char *pairs[][2] = { { "AccountSid", ACCOUNT }, { "ApiVersion", "2010-04-01" }, { "CallDuration", "35" },
		{ "CallSid", arena_fmt(a, "CA%032X", call) }, { "CallStatus", words[state] }, { "CallbackSource", "call-progress-events" },
		{ "Direction", "outbound-api" }, { "From", "+15145550100" },
		{ "SequenceNumber", arena_fmt(a, "%u", state) }, { "Timestamp", arena_fmt(a, "Mon, 23 Nov 2026 14:00:%02u +0000", state * 10) },
		{ "To", "+15145550123" } };
	unsigned char mark[SHA1_BYTES];
	const char *leg = empty ? "nobody" : "contact";
	struct buf body, s;

	/* as upper-case hex is not what Twilio sends */
	for (char *p = (char *)pairs[3][1]; *p != '\0'; p++)
		if (p > pairs[3][1] + 1 && *p >= 'A' && *p <= 'F')
			*p = (char)(*p + 32);
	buf_init_in(&body, a, 4000);
	buf_init_in(&s, a, 4000);
	buf_fmt(&s, "%s/hooks/1/%u/%s", conf.public_url, call, leg);
	for (size_t i = 0; i < NITEMS(pairs); i++) {
		urlenc_pair(&body, pairs[i][0], pairs[i][1]);
		buf_text(&s, pairs[i][0]);
		buf_text(&s, pairs[i][1]);
	}
	sha1_hmac(TOKEN, s.data, s.len, mark);
	buf_clear(out);
	buf_fmt(out, "POST /hooks/1/%u/%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	    "Content-Length: %zu\r\nX-Twilio-Signature: %s\r\n\r\n%s", call, leg, port, body.len, seal_base64(a, mark, sizeof(mark)),
	    body.data);
}

static void
note(int64_t began)
{
	unsigned n = __atomic_fetch_add(&all->done, 1, __ATOMIC_RELAXED);

	if (n < MOST)
		all->took[n] = (unsigned)(micros() - began);
}

static int
post(unsigned port, int64_t until)
{
	char answer[4096];
	struct buf out;
	int fd = dial(port);

	buf_init(&out, 8000);
	while (micros() < until) {
		unsigned call = __atomic_add_fetch(&all->next, 1, __ATOMIC_RELAXED);
		for (unsigned state = 0; state < 4; state++) {
			int64_t began = micros();
			ssize_t n;

			arena_reset(a);
			request(&out, port, call, state);
			if (write(fd, out.data, out.len) != (ssize_t)out.len || (n = read(fd, answer, sizeof(answer) - 1)) <= 0) {
				close(fd);	/* nginx ends a connection after a thousand requests */
				fd = dial(port);
				state--;
				continue;
			}
			answer[n] = '\0';
			if (strncmp(answer, empty ? "HTTP/1.1 404" : "HTTP/1.1 204", 12) != 0)
				die("answered: %.200s", answer);
			note(began);
			if (strstr(answer, "Connection: close") != NULL) {
				close(fd);
				fd = dial(port);
			}
		}
	}
	return 0;
}

static struct stmt q[] = {
	{ "s", "", "INSERT INTO bare (a) VALUES (?)", 0 },
};

static int
bare(int64_t until)
{
	while (micros() < until) {
		int64_t began = micros();

		if (db_write(db, &q[0], IN(V_S("a row of sixty characters, as short as a fact about a call")), NULL) != WROTE)
			return 1;
		note(began);
	}
	return 0;
}

static int
by_size(const void *x, const void *y)
{
	const unsigned *p = x, *r = y;

	return *p < *r ? -1 : *p > *r;
}

static int
run(unsigned port, unsigned seconds, unsigned clients)
{
	int64_t began = micros(), until = began + (int64_t)seconds * 1000000;
	struct rusage used;
	unsigned n;
	int status, bad = 0;

	if (port != 0)		/* from where the last slot ended */
		all->next = (unsigned)strtoul(getenv("BENCH_FROM") == NULL ? "0" : getenv("BENCH_FROM"), NULL, 10);
	for (unsigned i = 0; i < clients; i++)
		if (fork() == 0) {
			a = arena_new();
			db = port == 0 ? db_open(false) : NULL;
			_exit(port != 0 ? post(port, until) : bare(until));
		}
	while (wait(&status) > 0)
		bad += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	n = all->done < MOST ? all->done : MOST;
	qsort(all->took, n, sizeof(all->took[0]), by_size);
	getrusage(RUSAGE_CHILDREN, &used);
	printf("%.0f %.2f %.1f %u\n", all->done * 1e6 / (double)(micros() - began), n == 0 ? 0 : all->took[n * 99 / 100] / 1000.0,
	    ((double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec)) / (n == 0 ? 1 : n),
	    all->next);
	return bad;
}

int
main(int argc, char **argv)
{
	unsigned x = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0, y = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;

	log_open("hooks-bench");
	conf_load();
	seal_open();
	a = arena_new();
	all = mmap(NULL, sizeof(*all), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	empty = strcmp(argc == 5 ? argv[1] : "", "empty") == 0;
	if (argc == 5 && (empty || strcmp(argv[1], "post") == 0))
		return run(x, y, (unsigned)strtoul(argv[4], NULL, 10));
	if (argc == 4 && strcmp(argv[1], "bare") == 0) {
		db_register(q, NITEMS(q), __FILE__);
		return run(0, x, y);
	}
	db = db_open(false);
	if (argc == 3 && strcmp(argv[1], "fill") == 0)
		return fill(x);
	if (argc == 2 && strcmp(argv[1], "check") == 0) {
		const char *v;
		if (!db_script_value(db, "SELECT CONCAT(COUNT(*), ' ', COALESCE(SUM(facts), 0), ' ', (SELECT COUNT(*) FROM call_fact), ' ',"
		    " COALESCE(SUM(facts = 4 AND outcome <> 'answered_hungup'), 0)) FROM live_call WHERE facts > 0", a, &v))
			return 1;
		printf("%s\n", v);
		return 0;
	}
	die("usage: hooks fill N | post PORT SECONDS CLIENTS | empty PORT SECONDS CLIENTS | bare SECONDS CLIENTS | check");
}
