/*
 * import_tags.c - the tags of the people a page adds, as rows of person_tag. The trigger of person, which sees to
 * everybody else's, leaves rows of this import to us (sql/060).
 */
#include "domain/import_in.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

enum { TAGS_MOST = 251, TAG_CHARS = 80 };	/* of 500 characters, joined by '|'; as person_tag.tag */

enum { Q_OURS, Q_TAG, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OURS] = { "u", "", "SET @tags_by_import = ?" },
	/* IGNORE: "membre|Membre" is one tag */
	[Q_TAG] = { "usu", "", "INSERT IGNORE INTO person_tag (organisation_id, tag, person_id) VALUES (?, ?, ?)" },
};
DB_STATEMENTS(q)

bool
tags_ours(struct db *db, const struct page *p)
{
	return db_write(db, &q[Q_OURS], IN(V_U(p->im->id.v)), NULL) == WROTE;
}

bool
tags_added(struct db *db, const struct page *p, const bool *added)
{
	const char *tag[TAGS_MOST];
	struct val *in = NULL;
	size_t n = 0, room = 0;

	for (size_t i = 0; i < p->nknown; i++) {
		const char *tags = p->known[i]->value[IF_TAGS];
		size_t k = added[i] && tags != NULL ? text_split(p->a, tags, '|', tag, TAGS_MOST) : 0;
		if ((n + k) * 3 > room) {
			struct val *more = arena_alloc(p->a, (room = (n + k) * 6 + 3000) * sizeof(*more));
			if (n > 0)
				memcpy(more, in, n * 3 * sizeof(*more));
			in = more;
		}
		for (size_t j = 0; j < k; j++)
			if (*tag[j] != '\0') {
				in[n * 3] = V_U(p->im->organisation.v);
				in[n * 3 + 1] = V_S(text_cut(p->a, tag[j], TAG_CHARS));
				in[n * 3 + 2] = V_U(p->known[i]->id);
				n++;
			}
	}
	return n == 0 || db_bulk(db, &q[Q_TAG], in, 3, n) == WROTE;
}
