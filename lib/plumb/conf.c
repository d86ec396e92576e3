/*
 * conf.c - the table of settings, its reader and its manual.
 */
#include "plumb/conf.h"

#include <errno.h>

#include "plumb/log.h"
#include "plumb/text.h"

#define CONF_FILE "/etc/tocsin/tocsin.conf"

struct conf conf;

enum { LINE_MOST = 600, SECRET = 1 /* never printed */, EMPTY = 2 /* may be empty */ };

/* One row per setting: either text (to_text, its default) or a number (to, default, bounds). */
static const struct setting {
	const char *name;
	const char **to_text, *text;
	unsigned *to, def, min, max;
	unsigned flags;
	const char *help;
} settings[] = {
	{ "db_socket", &conf.db_socket, "/run/mysqld/mysqld.sock", NULL, 0, 0, 0, 0, "MariaDB's socket" },
	{ "db_name", &conf.db_name, "tocsin", NULL, 0, 0, 0, 0, "database" },
	{ "db_user", &conf.db_user, "tocsin", NULL, 0, 0, 0, 0, "database user" },
	{ "db_password", &conf.db_password, "", NULL, 0, 0, 0, SECRET | EMPTY, "password of the database user; empty: known by the socket" },
	{ "templates", &conf.templates, "/usr/share/tocsin/tpl", NULL, 0, 0, 0, 0, "folder of compiled templates" },
	{ "locale", &conf.locale, "/usr/share/tocsin/locale", NULL, 0, 0, 0, 0, "folder of translations" },
	{ "data", &conf.data, "/var/lib/tocsin", NULL, 0, 0, 0, 0, "folder for uploads, not served by nginx" },
	{ "public_url", &conf.public_url, "http://127.0.0.1:8080", NULL, 0, 0, 0, 0, "address of the site, no slash at the end; links and cookies follow it" },
	{ "sim_port", NULL, NULL, &conf.sim_port, 0, 0, 65535, 0, "port of the simulated telephone company on 127.0.0.1; 0: none" },
	{ "sql", &conf.sql, "/usr/share/tocsin/sql", NULL, 0, 0, 0, 0, "folder of migrations" },
	{ "secret_file", &conf.secret_file, "/var/lib/tocsin/secret", NULL, 0, 0, 0, 0, "the server's key; made by tocsin migrate" },
	{ "session_days", NULL, NULL, &conf.session_days, 14, 1, 365, 0, "days until one must sign in again" },
	{ "upload_mb", NULL, NULL, &conf.upload_mb, 256, 1, 2048, 0, "largest file of an import, in MB" },
	{ "signin_tries", NULL, NULL, &conf.signin_tries, 5, 3, 100, 0, "failed sign-ins before a pause, per account; ten times that per address" },
	{ "signin_pause_minutes", NULL, NULL, &conf.signin_pause_minutes, 15, 1, 1440, 0, "minutes of that pause" },
	{ "join_tries", NULL, NULL, &conf.join_tries, 200, 10, 100000, 0, "people who may join by links from one address before the same pause; a phone bank shares one" },
	{ "webhook_private", NULL, NULL, &conf.webhook_private, 0, 0, 1, 0, "1: webhooks may go to private addresses, and by http to 127.0.0.1" },
	{ "sendmail", &conf.sendmail, "", NULL, 0, 0, 0, EMPTY, "program that takes mail as sendmail does, for alarms; empty: no mail is sent" },
	{ "mail_from", &conf.mail_from, "", NULL, 0, 0, 0, EMPTY, "address that mail comes from" },
	{ "tx_tries", NULL, NULL, &conf.tx_tries, 10, 1, 100, 0, "how often a transaction is tried when others are in its way" },
	{ "max_requests", NULL, NULL, &conf.max_requests, 5000, 1, 1000000, 0, "requests after which a process is started anew" },
};

static char *owned[NITEMS(settings)];	/* texts from the file; the last reading's */

static const char *
file_name(void)
{
	const char *path = getenv("TOCSIN_CONF");

	return path != NULL && *path != '\0' ? path : CONF_FILE;
}

/* The part of s without white space around it; writes a NUL into s. */
static char *
trimmed(char *s)
{
	char *end;

	s += strspn(s, " \t\r\n");
	for (end = s + strlen(s); end > s && strchr(" \t\r\n", end[-1]) != NULL; )
		*--end = '\0';
	return s;
}

static void
set(const struct setting *s, const char *value, const char *path, unsigned line)
{
	uint64_t v;

	if (s->to != NULL) {
		if (!parse_uint(value, s->min, s->max, &v))
			die("settings: %s line %u: %s = %s, but it must be a whole number from %u to %u",
			    path, line, s->name, value, s->min, s->max);
		*s->to = (unsigned)v;
		return;
	}
	if (*value == '\0' && !(s->flags & EMPTY))
		die("settings: %s line %u: %s is empty", path, line, s->name);
	free(owned[s - settings]);
	if ((owned[s - settings] = strdup(value)) == NULL)
		die("memory: a setting refused");
	*s->to_text = owned[s - settings];
}

static void
check(const char *path)
{
	size_t n = strlen(conf.public_url);

	if (strncmp(conf.public_url, "http://", 7) != 0 && strncmp(conf.public_url, "https://", 8) != 0)
		die("settings: %s: public_url = %s, but it must start with http:// or https://", path, conf.public_url);
	if (conf.public_url[n - 1] == '/')
		die("settings: %s: public_url = %s, but it must not end with a slash", path, conf.public_url);
	if (*conf.sendmail != '\0' && *conf.sendmail != '/')
		die("settings: %s: sendmail = %s, but it must be a whole path, as /usr/sbin/sendmail", path, conf.sendmail);
	if (*conf.sendmail != '\0' && strchr(conf.mail_from, '@') == NULL)
		die("settings: %s: mail_from = %s, but with sendmail it must be an e-mail address", path, conf.mail_from);
}

void
conf_load(void)
{
	const char *path = file_name();
	bool given[NITEMS(settings)] = { false };
	char text[LINE_MOST];
	unsigned line = 0;
	FILE *f;

	for (size_t i = 0; i < NITEMS(settings); i++)
		if (settings[i].to != NULL)
			*settings[i].to = settings[i].def;
		else
			*settings[i].to_text = settings[i].text;
	if ((f = fopen(path, "re")) == NULL)
		die("settings: %s: %s", path, strerror(errno));
	while (fgets(text, sizeof(text), f) != NULL) {
		char *name, *value;
		size_t i;

		line++;
		if (strlen(text) == sizeof(text) - 1)
			die("settings: %s line %u is too long", path, line);
		name = trimmed(text);
		if (*name == '\0' || *name == '#')
			continue;
		if ((value = strchr(name, '=')) == NULL)
			die("settings: %s line %u is not `name = value`", path, line);
		*value++ = '\0';
		name = trimmed(name);
		value = trimmed(value);
		for (i = 0; i < NITEMS(settings) && strcmp(settings[i].name, name) != 0; i++)
			;
		if (i == NITEMS(settings))
			die("settings: %s line %u: there is no setting called %s", path, line, name);
		if (given[i])
			die("settings: %s line %u: %s is set twice", path, line, name);
		given[i] = true;
		set(&settings[i], value, path, line);
	}
	if (ferror(f))
		die("settings: %s cannot be read", path);
	fclose(f);
	check(path);
}

void
conf_print(FILE *out)
{
	fprintf(out, "# settings of %s\n", file_name());
	for (size_t i = 0; i < NITEMS(settings); i++) {
		const struct setting *s = &settings[i];

		if (s->to != NULL)
			fprintf(out, "%-20s = %u\t# default %u, %u to %u: %s\n",
			    s->name, *s->to, s->def, s->min, s->max, s->help);
		else
			fprintf(out, "%-20s = %s\t# default %s: %s\n", s->name,
			    s->flags & SECRET && **s->to_text != '\0' ? "(set)" : *s->to_text,
			    *s->text != '\0' ? s->text : "empty", s->help);
	}
}
