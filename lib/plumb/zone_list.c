/*
 * zone_list.c - see zone_list.h. The file is read anew each time: a package that renews it needs no restart of ours.
 */
#include "plumb/zone_list.h"

#include "plumb/arena.h"

#define TABLE "/usr/share/zoneinfo/zone.tab"

enum { PLACES_MAX = 1000 };

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct zone_place *)a)->name, ((const struct zone_place *)b)->name);
}

void
zone_list(struct arena *a, struct zone_place **out, size_t *n)
{
	FILE *f = fopen(TABLE, "re");
	char line[400], country[3], name[41];

	*n = 0;
	*out = arena_alloc(a, PLACES_MAX * sizeof(**out));
	if (f == NULL)
		return;
	/* "CA	+4339-07923	America/Toronto	Eastern - ON, QC (most areas)" */
	while (*n < PLACES_MAX && fgets(line, sizeof(line), f) != NULL)
		if (line[0] != '#' && sscanf(line, "%2[A-Z]\t%*[^\t]\t%40[^\t\n]", country, name) == 2)
			(*out)[(*n)++] = (struct zone_place){ arena_strdup(a, name), arena_strdup(a, country) };
	fclose(f);
	qsort(*out, *n, sizeof(**out), by_name);
}

const char *
zone_area(struct arena *a, const char *zone)
{
	return arena_strndup(a, zone, strcspn(zone, "/"));
}

const char *
zone_city(struct arena *a, const char *zone)
{
	const char *last = strrchr(zone, '/');
	char *city = arena_strdup(a, last == NULL ? zone : last + 1);

	for (char *p = city; *p != '\0'; p++)
		if (*p == '_')
			*p = ' ';
	return city;
}
