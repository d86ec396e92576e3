/*
 * zone.c - where a person is. Canada's postal codes: the first three characters decide. Numbers: their longest prefix
 * in the table that the build makes.
 */
#include "domain/zone.h"

#include "plumb/clock.h"

#include "domain/zone_number.h"

/* By the first letter: most of the province. */
static const struct { char letter; const char *zone; } provinces[] = {
	{ 'A', "America/St_Johns" }, { 'B', "America/Halifax" }, { 'C', "America/Halifax" }, { 'E', "America/Moncton" },
	{ 'G', "America/Toronto" }, { 'H', "America/Toronto" }, { 'J', "America/Toronto" }, { 'K', "America/Toronto" },
	{ 'L', "America/Toronto" }, { 'M', "America/Toronto" }, { 'N', "America/Toronto" }, { 'P', "America/Toronto" },
	{ 'R', "America/Winnipeg" }, { 'S', "America/Regina" }, { 'T', "America/Edmonton" }, { 'V', "America/Vancouver" },
	{ 'Y', "America/Whitehorse" },
};

/* Places with another time than their province; two names where one code covers two times. */
static const struct { const char code[4]; const char *zone; } places[] = {
	{ "A0K", "America/St_Johns|America/Goose_Bay" },				/* the straits keep the island's time, the coast north of them does not */
	{ "A0P", "America/Goose_Bay" }, { "A2V", "America/Goose_Bay" }, { "A0R", "America/Goose_Bay" },
	{ "G0G", "America/Toronto|America/Blanc-Sablon" },				/* the Lower North Shore: Atlantic time without summer east of Natashquan */
	{ "G4T", "America/Halifax" },		/* Magdalen Islands */
	{ "P0T", "America/Toronto|America/Winnipeg" },				/* Atikokan, Ignace, and the shore of Lake Superior */
	{ "P0V", "America/Winnipeg" }, { "P0W", "America/Winnipeg" }, { "P0X", "America/Winnipeg" }, { "P0Y", "America/Winnipeg" },
	{ "P8N", "America/Winnipeg" }, { "P8T", "America/Winnipeg" }, { "P9A", "America/Winnipeg" }, { "P9N", "America/Winnipeg" },
	{ "S0P", "America/Regina|America/Winnipeg" },				/* Creighton keeps Manitoba's time */
	{ "S9V", "America/Edmonton" },		/* Lloydminster */
	{ "V0A", "America/Edmonton" }, { "V1A", "America/Edmonton" }, { "V1C", "America/Edmonton" },
	{ "V0B", "America/Vancouver|America/Edmonton" },				/* Fernie and Creston */
	{ "V0C", "America/Vancouver|America/Dawson_Creek" },				/* the Peace, and the coast north of it */
	{ "V1G", "America/Dawson_Creek" }, { "V1J", "America/Dawson_Creek" },
	{ "X0A", "America/Iqaluit" }, { "X0B", "America/Cambridge_Bay" }, { "X0C", "America/Rankin_Inlet" },
	{ "X0E", "America/Edmonton" }, { "X0G", "America/Edmonton" }, { "X1A", "America/Edmonton" },
};

static bool letter(char c) { return c >= 'A' && c <= 'Z'; }
static bool digit(char c) { return c >= '0' && c <= '9'; }

const char *
zones_of_postal_code(const char *postal_code)
{
	char code[7] = "";
	size_t n = 0;

	for (const char *p = postal_code == NULL ? "" : postal_code; *p != '\0' && n < sizeof(code) - 1; p++)
		if (*p != ' ' && *p != '-')
			code[n++] = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
	/* the part before the space is enough */
	if (n < 3 || !letter(code[0]) || !digit(code[1]) || !letter(code[2]) || (n > 3 && !digit(code[3])))
		return "";
	for (size_t i = 0; i < NITEMS(places); i++)
		if (strncmp(code, places[i].code, 3) == 0)
			return places[i].zone;
	for (size_t i = 0; i < NITEMS(provinces); i++)
		if (code[0] == provinces[i].letter)
			return provinces[i].zone;
	return "";
}

const char *
zone_of_postal_code(const char *postal_code)
{
	const char *zones = zones_of_postal_code(postal_code);

	return strchr(zones, '|') == NULL ? zones : "";
}

/* Order of a prefix and the digits that `n` of them give. */
static int
prefix_order(const char *digits, size_t n, const char *prefix)
{
	int order = strncmp(digits, prefix, n);

	return order != 0 ? order : prefix[n] == '\0' ? 0 : -1;
}

const char *
zones_of_number(const char *e164)
{
	size_t longest = 8;

	if (e164 == NULL || *e164++ != '+')
		return "";
	if (strnlen(e164, longest) < longest)
		longest = strlen(e164);
	for (size_t n = longest; n > 0; n--) {
		size_t low = 0, high = NITEMS(zone_prefixes);
		while (low < high) {
			size_t mid = low + (high - low) / 2;
			int order = prefix_order(e164, n, zone_prefixes[mid].prefix);
			if (order == 0)
				return zone_sets[zone_prefixes[mid].set];
			if (order < 0)
				high = mid;
			else
				low = mid + 1;
		}
	}
	return "";
}

const char *
zones_of_person(const char *own, const char *postal_code, const char *e164)
{
	const char *zones = own != NULL && *own != '\0' ? own : zones_of_postal_code(postal_code);

	return *zones != '\0' ? zones : zones_of_number(e164);
}

const char *
zone_next(const char *zones, char *out)
{
	size_t n = strcspn(zones, "|");

	snprintf(out, ZONE_NAME, "%.*s", (int)(n < ZONE_NAME ? n : ZONE_NAME - 1), zones);
	return zones + n + (zones[n] == '|');
}

bool
zones_known(const char *zones)
{
	char one[ZONE_NAME];
	bool all = *zones != '\0' && strlen(zones) < ZONE_SET;

	while (all && *zones != '\0') {
		all = strcspn(zones, "|") < ZONE_NAME;
		zones = zone_next(zones, one);
		all = all && clock_zone_known(one);
	}
	return all;
}
