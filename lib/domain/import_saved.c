/*
 * import_saved.c - where the columns of a file went the last time a file with the same header was imported.
 */
#include "domain/import_in.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { Q_OF, Q_KEEP, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OF]   = { "usb", "ss", "SELECT mapping, rule FROM import_mapping WHERE organisation_id = ? AND kind = ? AND header_hash = ?" },
	[Q_KEEP] = { "usbssi", "", "INSERT INTO import_mapping (organisation_id, kind, header_hash, mapping, rule, used_at)"
	    " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE mapping = VALUES(mapping), rule = VALUES(rule), used_at = VALUES(used_at)" },
};
DB_STATEMENTS(q)

enum found
import_saved_mapping(struct db *db, struct organisation_id org, enum person_kind kind, const char *header, const char **out,
    enum import_rule *rule, struct arena *a)
{
	unsigned char hash[32];
	struct row row;
	enum found f;

	seal_sha256(header, strlen(header), hash);
	f = db_row(db, &q[Q_OF], IN(V_U(org.v), V_S(person_kind_code(kind)), V_B(hash, sizeof(hash))), a, &row);
	*out = f == FOUND ? row_s(&row, 0) : "";
	*rule = f == FOUND ? import_rule_of(row_s(&row, 1)) : IMPORT_CORRECT;
	return f;
}

bool
import_save_mapping(struct db *db, struct organisation_id org, enum person_kind kind, const char *header, const char *mapping,
    enum import_rule rule, int64_t now)
{
	unsigned char hash[32];

	seal_sha256(header, strlen(header), hash);
	return db_write(db, &q[Q_KEEP], IN(V_U(org.v), V_S(person_kind_code(kind)), V_B(hash, sizeof(hash)), V_S(mapping), V_S(import_rule_code(rule)), V_I(now)),
	    NULL) == WROTE;
}
