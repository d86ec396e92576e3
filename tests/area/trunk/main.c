/*
 * trunk - only for tests: sets up connections through the verbs that the administrator's pages use.
 *
 *	trunk add PROVIDER ACCOUNT BASE_URL SECRET API_SECRET CPS	prints its number
 *	trunk secret ID SECRET		a new one; the old one still counts
 *	trunk browser ID KEY SECRET APP	for agents who speak in the browser
 *	trunk forget ID			... until now
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/trunk.h"

int
main(int argc, char **argv)
{
	const struct organisation_id org = { 1 };
	const struct user_id by = { 1 };
	struct arena *a = arena_new();
	struct trunk_typed typed = { .name = "Test", .account = "", .base_url = "", .secret = "", .api_secret = "", .cps = 1, .currency = "USD" };
	struct trunk_id id = { 0 };
	struct trunk trunk;
	enum trouble why = TROUBLE_NONE;
	enum saved saved = NOT_SAVED;
	struct db *db;

	log_open("trunk");
	conf_load();
	seal_open();
	db = db_open(false);
	seal_random(typed.form_key, sizeof(typed.form_key));
	if (argc == 8 && strcmp(argv[1], "add") == 0) {
		typed.provider = provider_of(argv[2]);
		typed.account = argv[3];
		typed.base_url = argv[4];
		typed.secret = argv[5];
		typed.api_secret = argv[6];
		typed.cps = (unsigned)strtoul(argv[7], NULL, 10);
		saved = trunk_add(db, org, by, clock_now_us(), &typed, &why, &id, a);
	} else if (argc >= 3) {
		id.v = strtoull(argv[2], NULL, 10);
		if (strcmp(argv[1], "forget") == 0)
			saved = trunk_forget_old(db, org, id, by, clock_now_us(), a);
		else if (trunk_of(db, org, id, &trunk, a) == FOUND) {
			typed.name = trunk.name;
			typed.account = trunk.account;
			typed.base_url = trunk.base_url;
			typed.cps = trunk.cps;
			if (argc == 6 && strcmp(argv[1], "browser") == 0) {
				typed.browser_key = argv[3];
				typed.browser_secret = argv[4];
				typed.browser_app = argv[5];
			} else
				typed.secret = argv[3];
			saved = trunk_change(db, org, id, by, clock_now_us(), &typed, &why, a);
		}
	}
	printf("%llu %s\n", (unsigned long long)id.v, trouble_word(why));
	db_close(db);
	arena_free(a);
	return saved == SAVED ? 0 : 1;
}
