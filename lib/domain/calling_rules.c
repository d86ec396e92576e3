/*
 * calling_rules.c - the tables behind calling_rules.h.
 */
#include "domain/calling_rules.h"

#define H(from, to)	{ from, to }
#define CA_DAY		H(9 * 60, 21 * 60 + 30)
#define CA_WEEKEND	H(10 * 60, 18 * 60)
#define US_DAY		H(8 * 60, 21 * 60)
#define STRICT_DAY	H(8 * 60, 20 * 60)

static const struct {
	const char *code, *label, *source, *reviewed;
	struct window week[WEEK];
	bool binds_fundraising;		/* else the rules are only what campaigns keep to */
	bool registry;
} rules[RULES__MAX] = {
	[RULES_NONE] = { "none", N_("None of these"), "", "", { H(0, 0) }, false, false },
	[RULES_CA] = { "ca", N_("Canada"), N_("CRTC, Unsolicited Telecommunications Rules, Part III"), "2026-11-28",
	    { CA_DAY, CA_DAY, CA_DAY, CA_DAY, CA_DAY, CA_WEEKEND, CA_WEEKEND }, true, true },
	[RULES_US] = { "us", N_("United States"), N_("47 CFR 64.1200(c)(1)"), "2026-11-28",
	    { US_DAY, US_DAY, US_DAY, US_DAY, US_DAY, US_DAY, US_DAY }, false, false },
	[RULES_US_STRICT] = { "us_strict", N_("United States: Florida, Oklahoma, Washington"),
	    N_("Fla. Stat. 501.059; Okla. Stat. 15-775C; RCW 80.36.390"), "2026-11-28",
	    { STRICT_DAY, STRICT_DAY, STRICT_DAY, STRICT_DAY, STRICT_DAY, STRICT_DAY, STRICT_DAY }, true, false },
};

static const struct { const char *code, *label; } purposes[PURPOSE__MAX] = {
	[PURPOSE_NONE]           = { "", "" },
	[PURPOSE_IDENTIFICATION] = { "identification", N_("To learn what people think or whom they support") },
	[PURPOSE_INFORMATION]    = { "information", N_("To inform, invite or remind people to vote") },
	[PURPOSE_FUNDRAISING]    = { "fundraising", N_("To ask for money: donations or paid memberships") },
};

static enum rules_of
known(enum rules_of r)
{
	return (unsigned)r < RULES__MAX ? r : RULES_NONE;
}

const char *
purpose_code(enum purpose p)
{
	return (unsigned)p < PURPOSE__MAX ? purposes[p].code : "";
}

enum purpose
purpose_of_code(const char *code)
{
	for (unsigned p = 1; code != NULL && p < PURPOSE__MAX; p++)
		if (strcmp(purposes[p].code, code) == 0)
			return (enum purpose)p;
	return PURPOSE_NONE;
}

const char *
purpose_label(enum purpose p, enum lang lang)
{
	return (unsigned)p < PURPOSE__MAX && p != PURPOSE_NONE ? tr(lang, purposes[p].label) : "";
}

const char *rules_code(enum rules_of r) { return rules[known(r)].code; }
const char *rules_reviewed(enum rules_of r) { return rules[known(r)].reviewed; }
bool rules_registry(enum rules_of r) { return rules[known(r)].registry; }
const struct window *rules_week(enum rules_of r) { return rules[known(r)].week; }
const char *rules_label(enum rules_of r, enum lang lang) { return tr(lang, rules[known(r)].label); }

const char *
rules_source(enum rules_of r, enum lang lang)
{
	return *rules[known(r)].source == '\0' ? "" : tr(lang, rules[known(r)].source);
}

enum rules_of
rules_of_code(const char *code)
{
	for (unsigned r = 1; code != NULL && r < RULES__MAX; r++)
		if (strcmp(rules[r].code, code) == 0)
			return (enum rules_of)r;
	return RULES_NONE;
}

enum rules_of
rules_usual(const char *zone)
{
	static const char *const canada[] = { "Toronto", "Montreal", "Halifax", "Moncton", "St_Johns", "Goose_Bay", "Winnipeg",
		"Regina", "Edmonton", "Vancouver", "Whitehorse", "Iqaluit" };
	static const char *const states[] = { "New_York", "Chicago", "Denver", "Phoenix", "Los_Angeles", "Anchorage", "Detroit" };
	const char *city = strrchr(zone, '/') == NULL ? zone : strrchr(zone, '/') + 1;

	for (size_t i = 0; i < NITEMS(canada); i++)
		if (strcmp(canada[i], city) == 0)
			return RULES_CA;
	for (size_t i = 0; i < NITEMS(states); i++)
		if (strcmp(states[i], city) == 0)
			return RULES_US;
	return RULES_NONE;
}

enum rules_of
rules_in_force(bool chosen, enum rules_of choice, const char *zone)
{
	return chosen ? choice : rules_usual(zone);
}

enum curfew
rules_check(enum rules_of r, enum purpose p, const struct hours *h)
{
	bool binds = p == PURPOSE_FUNDRAISING && rules[known(r)].binds_fundraising;

	if (known(r) == RULES_NONE)
		return CURFEW_FITS;
	for (int d = 0; d < WEEK; d++) {
		struct window w = h->by_day ? h->day[d] : (struct window){ h->opens_minute, h->closes_minute };
		const struct window *may = &rules[known(r)].week[d];

		if (w.opens < w.closes && (w.opens < may->opens || w.closes > may->closes))
			return binds ? CURFEW_BLOCKS : CURFEW_WARNS;
	}
	return CURFEW_FITS;
}
