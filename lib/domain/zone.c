/*
 * zone.c - Canada's postal codes to time zones. The first three characters decide.
 */
#include "domain/zone.h"

#include "plumb/base.h"

/* By the first letter: most of the province. */
static const struct { char letter; const char *zone; } provinces[] = {
	{ 'A', "America/St_Johns" }, { 'B', "America/Halifax" }, { 'C', "America/Halifax" }, { 'E', "America/Moncton" },
	{ 'G', "America/Toronto" }, { 'H', "America/Toronto" }, { 'J', "America/Toronto" }, { 'K', "America/Toronto" },
	{ 'L', "America/Toronto" }, { 'M', "America/Toronto" }, { 'N', "America/Toronto" }, { 'P', "America/Toronto" },
	{ 'R', "America/Winnipeg" }, { 'S', "America/Regina" }, { 'T', "America/Edmonton" }, { 'V', "America/Vancouver" },
	{ 'Y', "America/Whitehorse" },
};

/* Places with another time than their province; "" where one code covers two times. */
static const struct { const char code[4]; const char *zone; } places[] = {
	{ "A0K", "" },				/* the straits keep the island's time, the coast north of them does not */
	{ "A0P", "America/Goose_Bay" }, { "A2V", "America/Goose_Bay" }, { "A0R", "America/Goose_Bay" },
	{ "G0G", "" },				/* the Lower North Shore: Atlantic time without summer east of Natashquan */
	{ "G4T", "America/Halifax" },		/* Magdalen Islands */
	{ "P0T", "" },				/* Atikokan, Ignace, and the shore of Lake Superior */
	{ "P0V", "America/Winnipeg" }, { "P0W", "America/Winnipeg" }, { "P0X", "America/Winnipeg" }, { "P0Y", "America/Winnipeg" },
	{ "P8N", "America/Winnipeg" }, { "P8T", "America/Winnipeg" }, { "P9A", "America/Winnipeg" }, { "P9N", "America/Winnipeg" },
	{ "S0P", "" },				/* Creighton keeps Manitoba's time */
	{ "S9V", "America/Edmonton" },		/* Lloydminster */
	{ "V0A", "America/Edmonton" }, { "V1A", "America/Edmonton" }, { "V1C", "America/Edmonton" },
	{ "V0B", "" },				/* Fernie and Creston */
	{ "V0C", "" },				/* the Peace, and the coast north of it */
	{ "V1G", "America/Dawson_Creek" }, { "V1J", "America/Dawson_Creek" },
	{ "X0A", "America/Iqaluit" }, { "X0B", "America/Cambridge_Bay" }, { "X0C", "America/Rankin_Inlet" },
	{ "X0E", "America/Edmonton" }, { "X0G", "America/Edmonton" }, { "X1A", "America/Edmonton" },
};

static bool letter(char c) { return c >= 'A' && c <= 'Z'; }
static bool digit(char c) { return c >= '0' && c <= '9'; }

const char *
zone_of_postal_code(const char *postal_code)
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
