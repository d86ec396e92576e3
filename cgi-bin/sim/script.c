/*
 * script.c - what a number does, by its last two digits:
 *
 *   01 busy            02 rings, nobody answers   03 not assigned (404)     04 declines (603)   05 network trouble (503)
 *   06 switched off (480)   07 voicemail          08 fax                    09 answers, hangs up at once
 *   10 refused by the company (21211)   11 the company fails (500)          12 the company is silent, nothing rings
 *   13 "too many requests" the first time         14 the company answers garbage, nothing rings
 *   15 the company fails, and yet it rings        16 the company is silent, and yet it rings
 *   17..39 nobody answers   40..54 voicemail   55..59 busy   60..99 and 00 a person talks
 */
#include "sim.h"

struct script
script_of(const char *to)
{
	static const enum end ends[] = { END_TALKS, END_BUSY, END_RINGS, END_INVALID, END_DECLINES, END_NETWORK, END_OFF, END_MACHINE,
		END_FAX, END_HANGS_UP };
	static const enum manner manners[] = { MANNER_REFUSES, MANNER_FAILS, MANNER_SILENT, MANNER_TOO_MANY, MANNER_GARBAGE,
		MANNER_FAILS_AND_RINGS, MANNER_SILENT_AND_RINGS };
	size_t n = strlen(to);
	unsigned d = n < 2 ? 0 : (unsigned)(to[n - 2] - '0') * 10 + (unsigned)(to[n - 1] - '0');
	struct script s = { .end = END_TALKS };
	uint64_t number = strtoull(to + (*to == '+'), NULL, 10);

	if (d < NITEMS(ends))
		s.end = ends[d];
	else if (d < NITEMS(ends) + NITEMS(manners))
		s.manner = manners[d - NITEMS(ends)];
	else if (d < 40)
		s.end = END_RINGS;
	else if (d < 55)
		s.end = END_MACHINE;
	else if (d < 60)
		s.end = END_BUSY;
	s.ring_ms = 2000 + chance("ring", number, 6000);
	s.talk_ms = 20000 + chance("talk", number, 100000);
	if (s.end == END_HANGS_UP)
		s.talk_ms = 1500;
	if (s.end == END_MACHINE)
		s.talk_ms = 12000;
	if (s.end == END_FAX)
		s.talk_ms = 6000;
	return s;
}
