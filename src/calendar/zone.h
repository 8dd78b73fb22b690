/* zone.h - wall clocks of named places (IANA names, over ICU's own tables).
 *
 * A zone is opened once and shared; reading it is thread-safe. */
#ifndef CALENDAR_ZONE_H
#define CALENDAR_ZONE_H

#include "calendar/date.h"

struct zone; /* lives until the process ends; the same name gives the same zone */

/* ERR_INVALID: no such name. "Asia/Ho_Chi_Minh" always exists and needs no table after 1975. */
enum err zone_open(struct str name, const struct zone **ret) MUST_CHECK;
struct str zone_name(const struct zone *z);

struct local zone_local(const struct zone *z, struct instant t);
/* The first instant that shows `t` on the wall; in a gap, the first instant after it. */
struct instant zone_instant(const struct zone *z, struct local t);
struct date zone_date(const struct zone *z, struct instant t);
/* The first instant of a day. */
struct instant zone_day_start(const struct zone *z, struct date d);
/* RFC 3339 with the zone's offset then: 2018-02-12T10:30:00+07:00. */
struct str zone_iso(struct arena *a, const struct zone *z, struct instant t);

#endif
