/*
 * conf.c - the settings file: defaults, bounds, and what stops the start.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "plumb/base.h"
#include "plumb/conf.h"

static char path[] = "/tmp/tocsin-conf-XXXXXX";

static void
set(const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

/* Does it die, and say these words? text NULL: there is no file. */
static bool
dies(const char *text, const char *word)
{
	char said[2000] = "";
	int p[2], status;
	size_t n = 0;
	ssize_t k;
	pid_t pid;

	if (text != NULL)
		set(text);
	else
		unlink(path);
	if (pipe(p) != 0 || (pid = fork()) < 0)
		return false;
	if (pid == 0) {
		dup2(p[1], STDERR_FILENO);
		close(p[0]);
		conf_load();
		_exit(0);
	}
	close(p[1]);
	while ((k = read(p[0], said + n, sizeof(said) - 1 - n)) > 0)
		n += (size_t)k;
	close(p[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 1 && strstr(said, word) != NULL;
}

int
main(void)
{
	char printed[8000] = "";
	FILE *out;

	close(mkstemp(path));
	setenv("TOCSIN_CONF", path, 1);
	set("# a comment\n\n  upload_mb =  12 \nsession_days=3\npublic_url = https://appels.exemple.org\n"
	    "db_password = a # is no comment here\n");
	conf_load();
	CHECK_EQ_U(conf.upload_mb, 12);
	CHECK_EQ_U(conf.session_days, 3);
	CHECK_EQ_S(conf.public_url, "https://appels.exemple.org");
	CHECK_EQ_S(conf.db_password, "a # is no comment here");
	CHECK_EQ_S_N("a setting not given has its default", conf.db_name, "tocsin");
	CHECK_EQ_U(conf.max_requests, 5000);

	CHECK_CASE("an unknown name", dies("upload_gb = 1\n", "upload_gb"));
	CHECK_CASE("below the bound: name, value and bounds are said",
	    dies("upload_mb = 0\n", "upload_mb = 0, but it must be a whole number from 1 to 2048"));
	CHECK_CASE("above the bound", dies("upload_mb = 2049\n", "1 to 2048"));
	CHECK_CASE("no number", dies("upload_mb = many\n", "upload_mb = many"));
	CHECK_CASE("a negative number", dies("tx_tries = -1\n", "tx_tries"));
	CHECK_CASE("an empty text", dies("db_name =\n", "db_name is empty"));
	CHECK_CASE("no equals sign", dies("db_name tocsin\n", "line 1"));
	CHECK_CASE("set twice", dies("db_name = a\ndb_name = b\n", "line 2: db_name is set twice"));
	CHECK_CASE("an address with a slash at its end", dies("public_url = https://x.org/\n", "slash"));
	CHECK_CASE("an address that is none", dies("public_url = x.org\n", "http://"));
	CHECK_CASE("no file", dies(NULL, "No such file"));
	set("db_password = hunter2\n");
	conf_load();
	out = fmemopen(printed, sizeof(printed) - 1, "w");
	conf_print(out);
	fclose(out);
	CHECK_CASE("the printed table has every bound", strstr(printed, "upload_mb") != NULL && strstr(printed, "1 to 2048") != NULL);
	CHECK_CASE("and no password", strstr(printed, "hunter2") == NULL);
	unlink(path);
	return check_done();
}
