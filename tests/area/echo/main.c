/*
 * echo - an area only for tests: every rule of the route table, every kind of field, every answer.
 * Its cookie is a name: "volunteer", "agent", "owner", "organiser", "administrator", "broken".
 */
#include <unistd.h>

#include "plumb/app.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/json.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

enum { Q_COUNT, Q_ADD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_COUNT] = { "", "u", "SELECT COUNT(*) FROM organisation" },
	[Q_ADD]   = { "si", "", "INSERT INTO organisation (name, created_at) VALUES (?, ?)" },
};
DB_STATEMENTS(q)

enum { IN_NAME, IN_LINES, IN_NUMBER, IN_TICK, IN_DAY, IN_TIME, IN_COLOUR, IN_EMAIL, IN_TAG, IN_ANSWER, IN_LIST,
	IN_WAIT, IN__MAX };
static const struct field fields[IN__MAX] = {
	[IN_NAME]   = { "name",   F_TEXT,   2, 10, 0, NULL },
	[IN_LINES]  = { "lines",  F_LINES,  0, 40, 0, NULL },
	[IN_NUMBER] = { "number", F_UINT,   1, 99, 0, NULL },
	[IN_TICK]   = { "tick",   F_BOOL,   0, 0, 0, NULL },
	[IN_DAY]    = { "day",    F_DATE,   0, 0, 0, NULL },
	[IN_TIME]   = { "time",   F_TIME,   0, 0, 0, NULL },
	[IN_COLOUR] = { "colour", F_CHOICE, 0, 0, 0, "red|green" },
	[IN_EMAIL]  = { "email",  F_EMAIL,  0, 0, 0, NULL },
	[IN_TAG]    = { "tag",    F_TEXT,   0, 20, F_REPEATS, NULL },
	[IN_ANSWER] = { "answer", F_UINT,   0, 0, F_KEYED, NULL },
	[IN_LIST]   = { "list",   F_FILE,   0, 0, 0, NULL },
	[IN_WAIT]   = { "wait",   F_UINT,   0, 60, 0, NULL },
};

static const char *const people[] = { "volunteer", "agent", "owner", "organiser", "administrator" };

static enum found
who(struct db *db, const unsigned char session[32], uint64_t id, int64_t now, struct who *out, struct arena *a)
{
	unsigned char hash[32];

	(void)db;
	(void)now;
	seal_sha256("broken", 6, hash);
	if (memcmp(hash, session, sizeof(hash)) == 0)
		return FAILED;
	for (size_t i = 0; i < NITEMS(people); i++) {
		seal_sha256(people[i], strlen(people[i]), hash);
		if (memcmp(hash, session, sizeof(hash)) != 0)
			continue;
		out->user = i + 1;
		out->role = i < 3 ? ROLE_VOLUNTEER : i == 3 ? ROLE_ORGANISER : ROLE_ADMINISTRATOR;
		out->member = id != 7 ? MEMBER_NONE : i == 1 ? MEMBER_AGENT : i == 2 ? MEMBER_OWNER : MEMBER_NONE;
		out->lang = LANG_EN;
		out->name = people[i];
		out->csrf = arena_fmt(a, "key-of-%s", people[i]);
		return FOUND;
	}
	return NONE;
}

static void
say(struct json *o, const struct req *rq, const char *name, unsigned f)
{
	struct json *in = json_object(rq_arena(rq));

	json_bool(in, "given", in_given(rq, f));
	json_text(in, "typed", in_typed(rq, f));
	json_text(in, "text", in_text(rq, f));
	json_int(in, "number", (int64_t)in_uint(rq, f));
	json_int(in, "minute", in_minute(rq, f));
	json_text(in, "refused", refusal_key(in_refusal(rq, f)));
	json_put(o, name, in);
}

static enum http
echo(struct req *rq)
{
	struct json *o = json_object(rq_arena(rq)), *tags = json_array(rq_arena(rq)), *keys;
	const char *key[20];
	struct upload up;
	size_t n;

	for (unsigned f = 0; f < IN__MAX; f++)
		say(o, rq, fields[f].name, f);
	keys = json_object(rq_arena(rq));
	n = in_keys(rq, IN_ANSWER, key, NITEMS(key));
	for (size_t i = 0; i < n; i++)
		json_text(keys, key[i], in_keyed(rq, IN_ANSWER, key[i]));
	json_put(o, "answers", keys);
	for (size_t i = 0; i < in_count(rq, IN_TAG); i++) {
		struct json *t = json_object(rq_arena(rq));
		json_text(t, "text", in_nth(rq, IN_TAG, i));
		json_add(tags, t);
	}
	json_put(o, "tags", tags);
	json_bool(o, "fit", in_all_fit(rq));
	json_text(o, "path", rq_path(rq));
	json_text(o, "word", rq_word(rq));
	json_int(o, "id", (int64_t)rq_id(rq));
	json_int(o, "user", (int64_t)rq_who(rq)->user);
	json_text(o, "lang", lang_code(rq_lang(rq)));
	json_text(o, "csrf", rq_csrf(rq));
	if (in_upload(rq, IN_LIST, &up)) {
		json_text(o, "path_of_file", up.path);
		json_text(o, "file_name", up.file_name);
		json_int(o, "bytes", (int64_t)up.bytes);
	}
	return resp_json(rq, HTTP_OK, json_string(o));
}

static enum http
page(struct req *rq)
{
	struct page *pg = page_new(rq, "error.tpl", in_text(rq, IN_LINES));

	page_text(pg, "HEADING", in_text(rq, IN_LINES));
	page_text(pg, "MESSAGE", in_text(rq, IN_LINES));
	tpl_text(page_row(pg, "BACK"), "HREF", in_text(rq, IN_LINES));
	page_menu(pg, "operations");
	return page_send(pg);
}

static enum http
count(struct req *rq)
{
	struct row row;

	if (db_row(rq_db(rq), &q[Q_COUNT], NO_IN, rq_arena(rq), &row) != FOUND)
		return HTTP_FAIL;
	return resp_json(rq, HTTP_OK, arena_fmt(rq_arena(rq), "{\"count\":%llu}", (unsigned long long)row_u(&row, 0)));
}

static enum http
add(struct req *rq)
{
	if (db_write(rq_db(rq), &q[Q_ADD], IN(V_S("from a page"), V_I(rq_now(rq))), NULL) != WROTE)
		return HTTP_FAIL;
	return count(rq);
}

static enum http
slow(struct req *rq)
{
	for (uint64_t i = 0; i < in_uint(rq, IN_WAIT); i++)
		usleep(100000);
	return resp_json(rq, HTTP_OK, "{\"slow\":true}");
}

struct pouring { uint64_t left, fail_at; };

static bool
pour(void *ctx, struct buf *out, bool *failed)
{
	struct pouring *p = ctx;

	for (unsigned i = 0; i < 1000; i++)
		buf_text(out, "0123456789abcdef");
	*failed = p->left-- == p->fail_at;
	return p->left > 0;
}

static enum http
stream(struct req *rq)
{
	struct pouring *p = arena_alloc(rq_arena(rq), sizeof(*p));

	p->left = in_keyed_uint(rq, IN_ANSWER, "pieces");
	p->fail_at = in_given(rq, IN_WAIT) ? in_uint(rq, IN_WAIT) : UINT64_MAX;
	return resp_stream(rq, "text/csv; charset=utf-8", "Électeurs \"1\".csv", pour, p);
}

static enum http
fail(struct req *rq)
{
	return (enum http)(in_uint(rq, IN_WAIT) == 0 ? 500 : 400 + in_uint(rq, IN_WAIT));
}

static enum http
go(struct req *rq)
{
	return resp_redirect(rq, in_text(rq, IN_LINES));
}

static enum http
keep(struct req *rq)
{
	struct upload up;

	if (!in_upload(rq, IN_LIST, &up) || !upload_keep(rq, IN_LIST, arena_fmt(rq_arena(rq), "%s.kept", up.path)))
		return HTTP_FAIL;
	return echo(rq);
}

static enum http
raw(struct req *rq)
{
	struct json *o = json_object(rq_arena(rq));
	size_t n;
	const void *p = rq_raw(rq, &n);
	unsigned char hash[32];

	seal_sha256(p, n, hash);
	json_int(o, "bytes", (int64_t)n);
	json_text(o, "sha256", seal_hex(rq_arena(rq), hash, sizeof(hash)));
	json_text(o, "target", rq_target(rq));
	return resp_json(rq, HTTP_OK, json_string(o));
}

static enum http
empty(struct req *rq)
{
	return resp_text(rq, HTTP_NO_CONTENT, NULL, NULL);
}

int
main(void)
{
	static const struct route routes[] = {
		{ GET,  "/echo",           echo,   READ_ONLY },
		{ POST, "/echo",           echo,   NEEDS_CSRF },
		{ GET,  "/page",           page,   READ_ONLY },
		{ GET,  "/count",          count,  READ_ONLY },
		{ GET,  "/add",            add,    READ_ONLY },
		{ POST, "/add",            add,    NEEDS_CSRF },
		{ GET,  "/slow",           slow,   READ_ONLY },
		{ GET,  "/stream",         stream, READ_ONLY },
		{ GET,  "/fail",           fail,   READ_ONLY },
		{ GET,  "/go",             go,     READ_ONLY },
		{ GET,  "/signed-in",      echo,   READ_ONLY | NEEDS_LOGIN },
		{ POST, "/signed-in",      echo,   NEEDS_CSRF | NEEDS_LOGIN },
		{ GET,  "/numbers",        echo,   READ_ONLY | NEEDS_LOGIN | AS_JSON },
		{ GET,  "/organiser",      echo,   READ_ONLY | NEEDS_ORGANISER },
		{ GET,  "/administrator",  echo,   READ_ONLY | NEEDS_ADMIN },
		{ GET,  "/op/:id/member",  echo,   READ_ONLY | NEEDS_MEMBER },
		{ GET,  "/op/:id/owner",   echo,   READ_ONLY | NEEDS_OWNER },
		{ GET,  "/j/:word",        echo,   READ_ONLY },
		{ POST, "/upload",         echo,   NEEDS_CSRF | TAKES_FILE },
		{ POST, "/keep",           keep,   NEEDS_CSRF | TAKES_FILE },
		{ POST, "/only-post",      echo,   NEEDS_CSRF },
		{ POST, "/raw/:rest",          raw,    RAW },
		{ POST, "/empty",          empty,  RAW },
	};
	static const struct app app = {
		.name = "echo", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = who,
	};
	return app_run(&app);
}
