/*
 * holiday.h - public holidays of a region, by rule, so that no year needs an update. Pure. Data with its source and the
 * day it was looked at: who knows better changes the table.
 *
 * The day itself only: where a holiday on a Sunday gives another day off, that day is an ordinary one here.
 */
#ifndef DOMAIN_HOLIDAY_H
#define DOMAIN_HOLIDAY_H

#include "plumb/base.h"
#include "plumb/lang.h"

enum holiday_region { HOLIDAYS_NONE, HOLIDAYS_QC, HOLIDAYS_CA, HOLIDAYS_US, HOLIDAYS_GB, HOLIDAYS_FR, HOLIDAYS__MAX };

bool holiday_on(enum holiday_region, int year, int month, int day);

const char *holiday_code(enum holiday_region);			/* stored: "qc"; "" for none */
enum holiday_region holiday_of_code(const char *code);		/* HOLIDAYS_NONE when unknown or NULL */
const char *holiday_label(enum holiday_region, enum lang);
const char *holiday_source(enum holiday_region, enum lang);
const char *holiday_reviewed(enum holiday_region);		/* "2026-11-28" */

#endif
