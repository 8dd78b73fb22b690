/* zone.h - wall clocks of named places (IANA names, over ICU's own tables).
 *
 * A zone is opened once and shared. Opening reads its changes of the clock from DATE_MIN to DATE_MAX
 * (outside, the first and the last offset hold); from then on it is constant: reading it costs a
 * comparison or two and is thread-safe. "Never" stays never: INSTANT_NEVER is the last millisecond
 * of DATE_NEVER on every wall, and every local time on DATE_NEVER is INSTANT_NEVER. */
#ifndef CALENDAR_ZONE_H
#define CALENDAR_ZONE_H

#include "calendar/date.h"

struct zone; /* lives until the process ends; the same name gives the same zone */

/* ERR_INVALID: no such name (exactly as IANA spells it). Thread-safe. "Asia/Ho_Chi_Minh" has been
 * seven hours ahead of UTC since 1975-06-13, which is answered without a search. */
enum err zone_open(struct str name, const struct zone **ret) MUST_CHECK;
struct str zone_name(const struct zone *z);

struct local zone_local(const struct zone *z, struct instant t);
/* The first instant that shows `t` on the wall; in a gap, the first instant after it. */
struct instant zone_instant(const struct zone *z, struct local t);
struct date zone_date(const struct zone *z, struct instant t);
/* The first instant of a day. */
struct instant zone_day_start(const struct zone *z, struct date d);
/* RFC 3339 with the zone's offset then, without fractions: 2018-02-12T10:30:00+07:00. */
struct str zone_iso(struct arena *a, const struct zone *z, struct instant t);

#endif
