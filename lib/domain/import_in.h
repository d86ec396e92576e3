/*
 * import_in.h - inside the import: a page of rows, and the people it meets. For import_*.c, and record.c, which keeps
 * what an import knows people by.
 *
 * import_read.c   cells to values (pure)        import_match.c  which person a row is (pure)
 * import_merge.c  what a row changes (pure)     import_known.c  people read from the database
 * import_store.c  people written                import_step.c   a page in one transaction
 */
#ifndef DOMAIN_IMPORT_IN_H
#define DOMAIN_IMPORT_IN_H

#include "domain/household.h"
#include "domain/import.h"

enum { PAGE_ROWS = 2000, PAGE_BYTES = 2 * 1024 * 1024, KNOWN_PHONES = 12, BUCKETS = 4096 };

struct key16 { unsigned char byte[16]; };
struct key8  { unsigned char byte[8]; };

struct csv_shape;
struct known_phone { const char *kind, *e164, *extension; bool stored; };

/* A person this page meets: in the database, or about to be (id 0). */
struct known {
	uint64_t id;
	bool has_key;
	struct key16 key;		/* natural_key */
	struct key8 name;		/* name_key */
	bool numbered;			/* has the party's number, or section and elector number */
	const char *value[IF__MAX];	/* NULL: blank */
	struct known_phone phone[KNOWN_PHONES];
	size_t nphones;
	uint64_t household;		/* stored; 0 none */
	bool has_address;
	struct address_key address;
	bool seen;			/* an earlier row of this file was this person */
	bool marked;			/* ... and the database says so */
	bool touched;			/* added or changed by this import */
	bool changed, phones_changed, address_changed;	/* by this page */
	const char **own;		/* by import.own; NULL: none of the columns */
	uint64_t own_changed;		/* a bit each, by this page */
	struct known *same_key, *same_name, *same_id;	/* next in the bucket */
};

struct irow {
	uint64_t line;
	enum refusal refused;		/* whole row, by the reader */
	struct person_row row;
	size_t nread;			/* refused by the reader, of row.nrefused */
	const char *text;		/* the cells, joined; only when something was refused */
	bool numbered;
	struct key16 strong, weak;	/* by number; by everything else */
	struct key8 name;
	bool has_address;
	struct address_key address;
};

/* A value of a row that differs from what is known, when somebody decides. */
struct conflict { const struct known *who; enum import_field field; const struct own_column *own; const char *theirs; uint64_t line; struct conflict *next; };

struct page {
	const struct import *im;
	int64_t now;
	struct arena *a;
	struct irow *row;
	size_t nrows;
	struct known **known;		/* grows with added people */
	size_t nknown, room;
	struct known *by_key[BUCKETS], *by_name[BUCKETS], *by_id[BUCKETS];
	uint64_t added, updated, same, merged, refused, phones_refused, cells_refused;
	struct conflict *conflicts;	/* the last one first */
	enum refusal *verdict;		/* by row: R_NONE, or why it was not taken */
};

/* Fields kept in columns of person of the same name, in the order of every statement. */
enum { NSTORED = 26 };
extern const enum import_field stored_field[NSTORED];

/* import_match.c */
void import_keys(struct page *, struct irow *);
struct known *import_with_key(const struct page *, const struct key16 *);
bool import_has_key(const struct page *, const struct irow *);
struct known *import_find(struct page *, const struct irow *, enum refusal *why);
void page_add(struct page *, struct known *);
void page_set_key(struct page *, struct known *, const struct key16 *);
void import_name_key(struct arena *, const char *last_name, const char *first_name, struct key8 *out);

/* import_merge.c: the row added to the person; true when that changed something. What there is no room for joins what was refused of it. */
bool import_merge(struct page *, struct known *, struct irow *);

void import_add_conflict(struct page *, const struct known *, const struct irow *, enum import_field, const struct own_column *, const char *theirs);

/* import_own.c: fields of the organisation's own. Each does nothing when the file has no such column. */
bool import_own_guess(struct db *, struct import *, struct arena *);
void import_own_read(struct arena *, const struct import *, const char *const *cell, size_t ncells, struct person_row *);
bool import_own_known(struct db *, struct page *);
bool import_own_merge(struct page *, struct known *, const struct irow *);
bool import_own_store(struct db *, struct page *, const bool *added);
bool journal_own(struct db *, const struct page *, const char *ids);
bool import_own_restore(struct db *, const struct import *, uint64_t last);
bool import_own_restored(struct db *, const struct import *, uint64_t last);

/* import_known.c, import_store.c: false: failed, logged by db. */
bool import_load_known(struct db *, struct page *);
bool import_store(struct db *, struct page *);
/* The people of an id list, without their phones; found by import_with_id. */
bool import_load_ids(struct db *, struct page *, const char *ids, bool lock);
struct known *import_with_id(const struct page *, uint64_t id);
/* import_conflict.c: within the page's transaction. */
bool conflicts_store(struct db *, const struct page *);

/*
 * import_list.c: many ids or keys as one value of a statement (JSON_TABLE): "[1,2]" or ["0af3..."].
 * Only numbers and hashes of ours ever stand in it.
 */
struct buf;
void id_list_open(struct buf *, struct arena *);
void id_list_id(struct buf *, uint64_t);
void id_list_key(struct buf *, const void *key, size_t n);
const char *id_list_close(struct buf *);

/* import_journal.c: called before people are changed, and after they are added. */
bool journal_changed(struct db *, const struct page *);
bool journal_added(struct db *, const struct page *, const bool *added);
/* import_tags.c: called before people are added, and after they have their ids. */
bool tags_ours(struct db *, const struct page *);
bool tags_added(struct db *, const struct page *, const bool *added);
/* import_undo.c: as import_step, of an import in IMPORT_UNDOING. */
bool import_undo_step(struct db *, const struct import *, int64_t now, bool *finished, struct arena *);

/* import_saved.c: "" when no such header was imported before. The second within the caller's transaction. */
enum found import_saved_mapping(struct db *, struct organisation_id, enum person_kind, const char *header, const char **out,
    enum import_rule *, struct arena *);
bool import_save_mapping(struct db *, struct organisation_id, enum person_kind, const char *header, const char *mapping,
    enum import_rule, int64_t now);

/* import_take.c: the first row's cells joined by U+001F; "" when the file has no row. */
const char *import_header(struct arena *, const char *path, const struct csv_shape *);

/* import.c */
const char *import_file(struct arena *, const char *path);

#endif
