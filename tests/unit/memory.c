/*
 * memory.c - the arena and the growing buffer.
 */
#include "check.h"
#include "plumb/arena.h"
#include "plumb/buf.h"

static char order[8];
static size_t ended;

static void
ending(void *what)
{
	order[ended++] = *(const char *)what;
}

static void
arena(void)
{
	struct arena *a = arena_new();
	bool zeroed = true, aligned = true;
	char *p;

	for (int round = 0; round < 3; round++) {
		for (size_t n = 0; n < 3000; n += 7) {
			p = arena_alloc(a, n);
			aligned = aligned && (uintptr_t)p % 16 == 0;
			for (size_t i = 0; i < n; i++)
				zeroed = zeroed && p[i] == 0;
			memset(p, 'x', n);
		}
		p = arena_alloc(a, 1000000);
		zeroed = zeroed && p[0] == 0 && p[999999] == 0;
		memset(p, 'x', 1000000);
		arena_reset(a);
	}
	CHECK_CASE("memory is zeroed, also after a reset", zeroed);
	CHECK_CASE("memory is aligned", aligned);
	arena_defer(a, ending, "1");
	arena_defer(a, ending, "2");
	arena_defer(a, ending, "3");
	arena_reset(a);
	CHECK_EQ_S_N("endings run in reverse order, once", order, "321");
	arena_reset(a);
	CHECK_EQ_U(ended, 3);
	CHECK_EQ_S(arena_fmt(a, "%s-%05d", "C", 42), "C-00042");
	CHECK_EQ_S(arena_strndup(a, "abcdef", 3), "abc");
	CHECK_EQ_S(arena_strndup(a, "ab", 3), "ab");
	CHECK(arena_strdup(a, NULL) == NULL);
	arena_defer(a, ending, "4");
	arena_free(a);
	CHECK_CASE("the end of the arena runs endings too", ended == 4 && order[3] == '4');
	arena_free(NULL);
}

static void
buffer(struct arena *a)
{
	struct buf b;

	if (a == NULL)
		buf_init(&b, 1000);
	else
		buf_init_in(&b, a, 1000);
	buf_text(&b, "one");
	buf_fmt(&b, " %u", 2u);
	buf_bytes(&b, " 3\0", 3);
	CHECK_CASE("text, formats and bytes one after another", b.len == 8 && memcmp(b.data, "one 2 3\0\0", 9) == 0);
	for (int i = 0; i < 300; i++)
		buf_text(&b, "0123456789");
	CHECK_CASE("it stops at its limit and says so", b.full && b.len == 998 && b.data[b.len] == '\0');
	buf_text(&b, "1");
	CHECK_CASE("after that, not even what would fit is taken", b.len == 998);
	buf_clear(&b);
	CHECK_CASE("cleared it starts anew", b.len == 0 && !b.full && b.data[0] == '\0');
	buf_fmt(&b, "%01000d", 1);
	CHECK_CASE("exactly its limit fits", b.len == 1000 && !b.full);
	buf_free(&b);
	buf_free(&b);
	CHECK_CASE("ended twice is fine", b.data == NULL && b.len == 0);
}

int
main(void)
{
	struct arena *a = arena_new();

	arena();
	buffer(NULL);
	buffer(a);
	arena_free(a);
	return check_done();
}
