/*
 * import_list.c - many ids or keys as one value.
 */
#include "domain/import_in.h"

#include "plumb/buf.h"

enum { LIST_BYTES = 1024 * 1024 };

void
id_list_open(struct buf *b, struct arena *a)
{
	buf_init_in(b, a, LIST_BYTES);
	buf_text(b, "[");
}

void
id_list_id(struct buf *b, uint64_t id)
{
	buf_fmt(b, "%s%llu", b->len > 1 ? "," : "", (unsigned long long)id);
}

void
id_list_key(struct buf *b, const void *key, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	const unsigned char *p = key;
	char text[64];

	assert(n * 2 <= sizeof(text));
	for (size_t i = 0; i < n; i++) {
		text[2 * i] = hex[p[i] >> 4];
		text[2 * i + 1] = hex[p[i] & 15];
	}
	buf_text(b, b->len > 1 ? ",\"" : "\"");
	buf_bytes(b, text, n * 2);
	buf_text(b, "\"");
}

const char *
id_list_close(struct buf *b)
{
	buf_text(b, "]");
	assert(!b->full);
	return b->data;
}
