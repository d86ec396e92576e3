/*
 * log.c - one event, one line, in one write; and the JSON writer.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/json.h"
#include "plumb/log.h"

static char said[10000];

/* What `fn` writes to standard error, in a process of its own; its exit code. */
static int
catch(void (*fn)(void))
{
	int p[2], status;
	size_t n = 0;
	ssize_t k;
	pid_t pid;

	memset(said, 0, sizeof(said));
	fflush(stdout);
	if (pipe(p) != 0 || (pid = fork()) < 0)
		return -1;
	if (pid == 0) {
		dup2(p[1], STDERR_FILENO);
		close(p[0]);
		close(p[1]);
		fn();
		_exit(0);
	}
	close(p[1]);
	while ((k = read(p[0], said + n, sizeof(said) - 1 - n)) > 0)
		n += (size_t)k;
	close(p[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
three(void)
{
	log_open("wizard");
	log_event("start n=%d", 3);
	log_request("0123abcd");
	log_warn("first\nsecond");
	log_error("%s", "it failed");
}

static void
longest(void)
{
	char text[5000];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	log_event("%s", text);
	log_event("after");
}

static void
dying(void)
{
	die("settings: %s", "no such file");
}

static void
json(struct arena *a)
{
	struct json *o = json_object(a), *list = json_array(a), *inner = json_object(a);

	json_text(o, "name", "L’Île \"Perrot\" </script>\n");
	json_text(o, "none", NULL);
	json_int(o, "n", INT64_MIN);
	json_bool(o, "yes", true);
	json_text(inner, "a", "");
	json_add(list, inner);
	json_add(list, inner);
	json_put(o, "list", list);
	CHECK_EQ_S_N("JSON as it should be", json_string(o), "{\"name\":\"L’Île \\\"Perrot\\\" </script>\\n\",\"none\":null,"
	    "\"n\":-9223372036854775808,\"yes\":true,\"list\":[{\"a\":\"\"},{\"a\":\"\"}]}");
	arena_reset(a);		/* the sanitizer sees what is freed twice or never */
}

int
main(void)
{
	struct arena *a = arena_new();
	char *second, *third;

	CHECK(catch(three) == 0);
	second = strchr(said, '\n');
	third = second == NULL ? NULL : strchr(second + 1, '\n');
	CHECK_CASE("three events are three lines", third != NULL && strchr(third + 1, '\n') != NULL &&
	    *(strchr(third + 1, '\n') + 1) == '\0');
	CHECK_CASE("a line has moment, program, process, request and event", strlen(said) > 25 && said[10] == 'T' && said[23] == 'Z' &&
	    strstr(said, " wizard[") != NULL && strstr(said, "] <-> start n=3\n") != NULL);
	CHECK_CASE("the request's id, and no line break from inside", strstr(said, "<0123abcd> warning: first second\n") != NULL);
	CHECK(strstr(said, "<0123abcd> error: it failed\n") != NULL);
	CHECK(catch(longest) == 0);
	CHECK_CASE("a very long one is cut and still one line", strchr(said, '\n') != NULL && strchr(said, '\n') - said < 2001 &&
	    strstr(said, "after\n") != NULL);
	CHECK_CASE("die says why and exits 1", catch(dying) == 1 && strstr(said, "stop: settings: no such file\n") != NULL);
	json(a);
	arena_free(a);
	return check_done();
}
