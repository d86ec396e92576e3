/*
 * import.c - the import's side of the benchmark.
 *
 *	import make N FILE	writes a member file of N rows and 20 columns
 *	import run FILE		imports it as the worker does: "rows_per_second rows most_kB"
 */
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include "domain/import.h"

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t
next(uint64_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return *s >> 11;
}

/* Two people at an address, one or two phones each; every name a few times. */
static int
make(uint64_t n, const char *path)
{
	static const char *const first[] = { "Marie", "Jean", "Luc", "Ève", "Léa", "Noé", "Zoé", "Paul", "Anne", "Guy" };
	static const char *const last[] = { "Roy", "Côté", "Gagnon", "Tremblay", "Dumas", "Mercier", "Bélanger", "Lavoie", "Fortin", "Gauthier" };
	static const char *const city[] = { "Laval", "Gatineau", "Montréal", "Québec", "Lévis" };
	FILE *f = fopen(path, "wb");
	uint64_t s = 88172645463325252u;

	if (f == NULL)
		return 1;
	fputs("No dossier,Nom,Prénom,Téléphone,Cellulaire,Travail,Courriel,Langue,Date de naissance,Sexe,No civique,Rue,App,Ville,"
	    "Code postal,Membre jusqu'au,Dons,Organisation,Étiquettes,Notes\n", f);
	for (uint64_t i = 0; i < n; i++) {
		unsigned long long door = (unsigned long long)(i / 2 % 9000 + 1), street = (unsigned long long)(i / 18000);
		char cell[24] = "";
		if (i % 3 != 0)
			snprintf(cell, sizeof(cell), "(438) %03u-%04u", (unsigned)(200 + next(&s) % 700), (unsigned)(next(&s) % 10000));
		fprintf(f, "B-%07llu,%s%u,%s,514 %03u-%04u,%s,,m%llu@exemple.ca,%s,%u-%02u-%02u,%s,%llu,rue %s %llu,,%s,H2X 1Y%u,2026-12-31,"
		    "%u.50,,membre|bénévole,Une note assez courte de la personne numéro %llu\n",
		    (unsigned long long)i, last[next(&s) % 10], (unsigned)(i % 9973), first[next(&s) % 10], (unsigned)(200 + next(&s) % 700),
		    (unsigned)(next(&s) % 10000), cell, (unsigned long long)i, i % 4 == 0 ? "en" : "fr", (unsigned)(1930 + i % 75),
		    (unsigned)(1 + i % 12), (unsigned)(1 + i % 28), i % 2 == 0 ? "F" : "M", door, last[i / 2 % 10], street, city[i / 2 % 5],
		    (unsigned)(i % 10), (unsigned)(i % 500), (unsigned long long)i);
	}
	return fclose(f) != 0;
}

static int
run(const char *path)
{
	struct organisation_id org = { 1 };
	struct import_id id = { 0 };
	struct arena *a = arena_new(), *page = arena_new();
	enum refusal why = R_NONE;
	bool finished = false, ok = true;
	struct import im;
	struct rusage r;
	struct stat st;
	struct db *db;
	double began, took;

	conf_load();
	log_open("bench");
	seal_open();
	lang_open();
	db = db_open(false);
	if (stat(path, &st) != 0 || import_take(db, org, (struct user_id){ 1 }, PERSON_CONTACT, "bench.csv", path, (uint64_t)st.st_size, 1,
	    &id, &why, a) != SAVED || import_by_id(db, org, id, &im, a) != FOUND ||
	    import_start(db, org, (struct user_id){ 1 }, id, im.mapping, im.ncolumns, IMPORT_CORRECT, 2, &why, a) != SAVED)
		die("bench: the import cannot start: %s", refusal_key(why));
	began = seconds();
	for (int64_t now = 3; ok && !finished; now++) {
		arena_reset(page);
		ok = import_step(db, id, now, &finished, page);
	}
	took = seconds() - began;
	getrusage(RUSAGE_SELF, &r);
	if (!ok || import_by_id(db, org, id, &im, a) != FOUND || im.state != IMPORT_DONE || im.rows_added != im.rows_read)
		die("bench: the import did not take every row");
	printf("%.0f %llu %ld\n", (double)im.rows_read / took, (unsigned long long)im.rows_read, r.ru_maxrss);
	db_close(db);
	arena_free(page);
	arena_free(a);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "make") == 0)
		return make(strtoull(argv[2], NULL, 10), argv[3]);
	if (argc == 3 && strcmp(argv[1], "run") == 0)
		return run(argv[2]);
	fprintf(stderr, "usage: import make N FILE | run FILE\n");
	return 2;
}
