/* calendar.h - the working calendar of an office, from its rows. */
#ifndef STORE_CALENDAR_H
#define STORE_CALENDAR_H

#include "calendar/deadline.h"
#include "db/db.h"

/* Loads a calendar with all its days and hours into `a`. ERR_NOT_FOUND: no such calendar. */
enum err store_calendar_load(struct db *db, struct arena *a, int64_t id, struct calendar *ret) MUST_CHECK;

/* Weekly hours as they are stored and typed: "mon 07:30-11:30 13:00-16:30; sat 07:30-11:30". A day
 * not named is closed. ERR_INVALID: not of this form, a day twice, shifts overlapping. */
enum err week_hours_parse(struct str text, struct day_hours ret[7]) MUST_CHECK;
struct str week_hours_text(struct arena *a, const struct day_hours week[7]);

/* "07:30" as minutes of the day. */
enum err minute_parse(struct str text, int *ret) MUST_CHECK;

#endif
