/*
 * unsure.c - the connection breaks exactly at COMMIT: before the server saw it, and after it committed but
 * before it could say so. Nobody can know which, so both are UNSURE, and sending the same form again is
 * what must be safe (promise 4, fact 117).
 */
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"

enum { Q_ADD, Q_COUNT, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADD]   = { "u", "", "INSERT INTO once (form_key) VALUES (?)" },
	[Q_COUNT] = { "u", "u", "SELECT COUNT(*) FROM once WHERE form_key = ?" },
};
DB_STATEMENTS(q)

static enum cut { CUT_NEVER, CUT_BEFORE, CUT_AFTER, CUT_INSERT_AFTER } cut;
static struct sockaddr_un here = { .sun_family = AF_UNIX }, server = { .sun_family = AF_UNIX };

static bool
has(const char *p, ssize_t n, const char *word)
{
	return memmem(p, (size_t)n, word, strlen(word)) != NULL;
}

/* One connection through us. The client waits for each answer, so a read is one command. */
static void *
carry(void *arg)
{
	int client = (int)(intptr_t)arg, up = socket(AF_UNIX, SOCK_STREAM, 0);
	struct pollfd p[2] = { { .fd = client, .events = POLLIN }, { .fd = up, .events = POLLIN } };
	static _Thread_local char part[65536];
	bool drop = false;
	ssize_t n;

	if (connect(up, (struct sockaddr *)&server, sizeof(server)) != 0)
		goto out;
	while (poll(p, 2, 10000) > 0) {
		if (p[0].revents != 0) {
			if ((n = read(client, part, sizeof(part))) <= 0)
				break;
			if (cut == CUT_BEFORE && has(part, n, "COMMIT"))
				break;
			/* executing a prepared statement is command 0x17 */
			drop = (cut == CUT_AFTER && has(part, n, "COMMIT")) || (cut == CUT_INSERT_AFTER && n > 4 && part[4] == 0x17);
			if (write(up, part, (size_t)n) != n)
				break;
		}
		if (p[1].revents != 0) {
			if ((n = read(up, part, sizeof(part))) <= 0 || drop)
				break;		/* the server has done it; its answer is lost */
			if (write(client, part, (size_t)n) != n)
				break;
		}
	}
out:
	if (drop)
		cut = CUT_NEVER;
	close(up);
	close(client);
	return NULL;
}

static void *
proxy(void *arg)
{
	int fd = (int)(intptr_t)arg, client;

	while ((client = accept(fd, NULL, NULL)) >= 0) {
		pthread_t t;
		pthread_create(&t, NULL, carry, (void *)(intptr_t)client);
		pthread_detach(t);
	}
	return NULL;
}

static unsigned runs;

static bool
add(struct db *db, void *ctx)
{
	runs++;
	return db_write(db, &q[Q_ADD], IN(V_U(*(uint64_t *)ctx)), NULL) == WROTE;
}

static uint64_t
count(struct db *db, uint64_t key, struct arena *a)
{
	struct row r;

	return db_row(db, &q[Q_COUNT], IN(V_U(key)), a, &r) == FOUND ? row_u(&r, 0) : 99;
}

int
main(void)
{
	struct arena *a = arena_new();
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	const char *why;
	uint64_t key = 1;
	pthread_t t;
	struct db *db, *straight;

	conf_load();
	snprintf(server.sun_path, sizeof(server.sun_path), "%s", conf.db_socket);
	snprintf(here.sun_path, sizeof(here.sun_path), "%s/proxy.sock", getenv("TOCSIN_TEST_DIR"));
	if (bind(fd, (struct sockaddr *)&here, sizeof(here)) != 0 || listen(fd, 8) != 0 ||
	    pthread_create(&t, NULL, proxy, (void *)(intptr_t)fd) != 0 ||
	    (straight = db_connect(conf.db_socket, conf.db_user, conf.db_password, conf.db_name)) == NULL ||
	    !db_script(straight, "CREATE TABLE once (form_key BIGINT UNSIGNED NOT NULL PRIMARY KEY) ENGINE=InnoDB", a, &why) ||
	    (db = db_connect(here.sun_path, conf.db_user, conf.db_password, conf.db_name)) == NULL) {
		printf("not ok - set-up\n");
		return 1;
	}
	CHECK_CASE("through the proxy a transaction commits", tx_write(db, add, &key) == TX_DONE);

	key = 2;
	runs = 0;
	cut = CUT_BEFORE;
	CHECK_CASE("lost before the server saw COMMIT: UNSURE", tx_write(db, add, &key) == TX_UNSURE);
	CHECK_EQ_U_N("... and not tried again by itself", runs, 1);
	CHECK_EQ_U_N("... and nothing was written", count(straight, 2, a), 0);
	cut = CUT_NEVER;
	CHECK_CASE("sent again, it is written", tx_write(db, add, &key) == TX_DONE);

	key = 3;
	cut = CUT_AFTER;
	CHECK_CASE("lost after the server committed: UNSURE too", tx_write(db, add, &key) == TX_UNSURE);
	CHECK_EQ_U_N("... though it was written", count(straight, 3, a), 1);
	cut = CUT_NEVER;
	CHECK_CASE("sent again, the form key says so", tx_write(db, add, &key) == TX_REFUSED);
	CHECK_EQ_U_N("and it counts once", count(straight, 3, a), 1);

	key = 4;
	cut = CUT_INSERT_AFTER;
	CHECK_CASE("a single write whose answer is lost is not repeated: db_retry says no", !db_retry(db, add, &key));
	CHECK_CASE("... and db_lost says that nobody knows", db_lost(db));
	CHECK_EQ_U_N("it was written here", count(straight, 4, a), 1);

	key = 5;
	runs = 0;
	cut = CUT_INSERT_AFTER;
	CHECK_CASE("lost in the middle of a transaction: repeated whole", tx_write(db, add, &key) == TX_DONE && runs == 2);
	CHECK_EQ_U_N("and written once", count(straight, 5, a), 1);
	db_close(db);
	db_close(straight);
	arena_free(a);
	return check_done();
}
