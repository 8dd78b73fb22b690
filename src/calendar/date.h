/* date.h - civil dates (proleptic Gregorian) and instants.
 *
 * Pure. A date is a day number, so arithmetic is addition; an instant is milliseconds of UTC. */
#ifndef CALENDAR_DATE_H
#define CALENDAR_DATE_H

#include "base/str.h"

struct date {
    int32_t day; /* days since 1970-01-01 */
};

/* DATE_MIN .. DATE_MAX is what parsing accepts: 1800-01-01 .. 2299-12-31. DATE_NEVER, 9999-12-31,
 * stands for "not (yet)" in stores, so that ranges need no NULL. */
#define DATE_MIN   ((struct date){-62091})
#define DATE_MAX   ((struct date){120529})
#define DATE_NEVER ((struct date){2932896})

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct civil {
    int year, month, day;
};

bool date_is_valid(struct civil c); /* a real day between DATE_MIN and DATE_MAX */
struct date date_of(int year, int month, int day); /* BUG() if not valid */
struct civil date_civil(struct date d);
enum weekday date_weekday(struct date d);
int date_cmp(struct date a, struct date b);
struct date date_add_days(struct date d, int days);
/* Clipped to the month's last day: 31 Jan + 1 month = 28 or 29 Feb. */
struct date date_add_months(struct date d, int months);

/* "2018-02-12", exactly; also the text of DATE_NEVER, as stores hold it. ERR_INVALID otherwise. */
enum err date_parse(struct str s, struct date *ret) MUST_CHECK;
/* What a person types: 1/7/2026, 01-07-2026, 1.7.26, 01072026, and ISO; blanks around it. Two-digit
 * years: 00-69 are 20xx, 70-99 19xx. Never DATE_NEVER. ERR_INVALID otherwise. */
enum err date_parse_typed(struct str s, struct date *ret) MUST_CHECK;

enum { DATE_TEXT = 10, INSTANT_TEXT = 24 };
struct str date_iso(struct arena *a, struct date d);        /* 2018-02-12; DATE_NEVER 9999-12-31 */
struct str date_vietnamese(struct arena *a, struct date d); /* 12/02/2018 */

struct instant {
    int64_t ms; /* since 1970-01-01T00:00:00Z */
};
/* "Not yet": 9999-12-31T23:59:59.999Z. */
#define INSTANT_NEVER ((struct instant){INT64_C(253402300799999)})

int instant_cmp(struct instant a, struct instant b);
/* "2018-02-12T03:30:00.000Z", always 24 characters: text order is time order. */
struct str instant_iso(struct arena *a, struct instant t);
enum err instant_parse(struct str s, struct instant *ret) MUST_CHECK; /* that form exactly */
/* RFC 3339 / XES: T, t or a blank between date and time, seconds and fraction optional (cut to
 * milliseconds), offset Z, +07:00 or +0700 required. No leap second. ERR_INVALID otherwise. */
enum err instant_parse_rfc3339(struct str s, struct instant *ret) MUST_CHECK;

/* A moment on the wall clock of some place, without saying which. */
struct local {
    struct date date;
    int32_t ms_of_day; /* 0 .. 86399999 */
};
int local_cmp(struct local a, struct local b);
struct local local_at(struct date d, int hour, int minute);
/* "2018-02-12T16:30", seconds and fraction optional. ERR_INVALID otherwise. */
enum err local_parse(struct str s, struct local *ret) MUST_CHECK;
struct str local_iso(struct arena *a, struct local t); /* 2018-02-12T16:30:00 */

#endif
