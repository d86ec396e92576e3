/*
 * organisation.c - what the organisation says of itself, for its administrators: name and time zone.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/zone_list.h"

#include "domain/organisation.h"
#include "domain/staff.h"

#include "account.h"
#include "tpl/organisation.names.h"

/* The first part of a zone's name, as a heading; those of Canada have one of their own, before all others. */
static const char *
area_words(struct req *rq, const char *area)
{
	static const struct { const char *area, *label; } areas[] = {
		{ "Africa", N_("Africa") }, { "America", N_("America") }, { "Antarctica", N_("Antarctica") }, { "Arctic", N_("Arctic") },
		{ "Asia", N_("Asia") }, { "Atlantic", N_("Atlantic") }, { "Australia", N_("Australia") }, { "Europe", N_("Europe") },
		{ "Indian", N_("Indian Ocean") }, { "Pacific", N_("Pacific") },
	};

	for (size_t i = 0; i < NITEMS(areas); i++)
		if (strcmp(areas[i].area, area) == 0)
			return tr(rq_lang(rq), areas[i].label);
	return area;
}

static bool
zone_show(struct req *rq, struct tpl *group, const char *zone, const char *chosen)
{
	struct tpl *row = tpl_row(group, ORGANISATION_ZONE);

	tpl_text(row, ORGANISATION_VALUE, zone);
	tpl_text(row, ORGANISATION_CITY, zone_city(rq_arena(rq), zone));
	if (strcmp(zone, chosen) == 0)
		tpl_show(row, ORGANISATION_CHOSEN);
	return strcmp(zone, chosen) == 0;
}

/* Canada, then the world by its first word; what is chosen and in no list stands alone on top. */
static void
zones_show(struct req *rq, struct page *pg, const char *chosen)
{
	struct tpl *alone = page_row(pg, ORGANISATION_GROUP), *group = page_row(pg, ORGANISATION_GROUP);
	struct arena *a = rq_arena(rq);
	const char *area = "";
	struct zone_place *list;
	bool there = false;
	size_t n;

	zone_list(a, &list, &n);
	tpl_text(alone, ORGANISATION_AREA, tr(rq_lang(rq), N_("In use now")));
	tpl_text(group, ORGANISATION_AREA, "Canada");
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].country, "CA") == 0)
			there |= zone_show(rq, group, list[i].name, chosen);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].country, "CA") == 0)
			continue;
		if (strcmp(area, zone_area(a, list[i].name)) != 0) {
			area = zone_area(a, list[i].name);
			group = page_row(pg, ORGANISATION_GROUP);
			tpl_text(group, ORGANISATION_AREA, area_words(rq, area));
		}
		there |= zone_show(rq, group, list[i].name, chosen);
	}
	if (!there)
		zone_show(rq, alone, chosen, chosen);
}

static enum http
organisation_page(struct req *rq, enum http status)
{
	struct organisation_id id = { rq_who(rq)->organisation };
	struct arena *a = rq_arena(rq);
	struct organisation org;
	struct zone_use *use;
	struct page *pg;
	size_t n;

	if (organisation_by_id(rq_db(rq), id, &org, a) != FOUND || !organisation_zones(rq_db(rq), id, &use, &n, a))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "account/organisation.tpl", tr(rq_lang(rq), N_("Your organisation")));
	page_menu(pg, "users");
	page_shape(pg, "page-form");
	page_text(pg, ORGANISATION_CSRF, rq_csrf(rq));
	page_text(pg, ORGANISATION_NAME, org.name);
	if (rq_is_post(rq)) {
		page_input(pg, IN_ORGANISATION, ORGANISATION_NAME, ORGANISATION_NAME_WRONG);
		page_input(pg, IN_ZONE, NULL, ORGANISATION_ZONE_WRONG);
	}
	zones_show(rq, pg, rq_is_post(rq) && in_refusal(rq, IN_ZONE) == R_NONE ? in_text(rq, IN_ZONE) : org.zone);
	page_text(pg, ORGANISATION_NOW, full_moment_words(a, rq_lang(rq), org.zone, rq_now(rq)));
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, ORGANISATION_KEPT);

		tpl_text(row, ORGANISATION_CITY, zone_city(a, use[i].zone));
		tpl_text(row, ORGANISATION_COUNT, arena_fmt(a, trn(rq_lang(rq), "%u operation", "%u operations", use[i].operations), use[i].operations));
	}
	page_show(pg, n == 0 ? ORGANISATION_NO_OPERATION : ORGANISATION_OPERATIONS);
	if (strcmp(in_text(rq, IN_SAID), "organisation") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("Saved.")), true);
	return page_send_as(pg, status);
}

enum http
organisation_show(struct req *rq)
{
	return organisation_page(rq, HTTP_OK);
}

enum http
organisation_save(struct req *rq)
{
	struct staff_by by = { { rq_who(rq)->organisation }, { rq_who(rq)->user }, rq_now(rq) };
	enum refusal why;

	if (!IN_FIT(rq, IN_ORGANISATION, IN_ZONE))
		return organisation_page(rq, HTTP_UNPROCESSABLE);
	switch (organisation_set(rq_db(rq), &by, in_text(rq, IN_ORGANISATION), in_text(rq, IN_ZONE), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, "/organisation?said=organisation");
	case REFUSED:
		in_refuse(rq, IN_ZONE, why);
		return organisation_page(rq, refusal_status(why));
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
