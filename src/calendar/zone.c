#include "calendar/zone.h"

#include <pthread.h>

#include <unicode/ucal.h>

enum { MS_PER_MINUTE = 60000, MS_PER_DAY = 86400000 };
enum { ZONE_NAME_MAX = 64, ZONE_BYTES_MAX = 32 * 1024 * 1024 }; /* all of ICU's zones need 10 MB */

/* From `start` on (until the next period starts), wall clocks are `offset` ahead of UTC. */
struct period {
    int64_t start, offset;
};

/* All periods between DATE_MIN and DATE_MAX are read when the zone is opened: afterwards a zone is
 * constant, so that reading it needs no lock and no ICU object (which only one thread may use). */
struct zone {
    struct zone *next;
    struct str name;
    struct period *period; /* the first starts before all time */
    size_t count;
};

static struct {
    pthread_mutex_t lock;
    struct arena *arena;
    struct zone *first;
} opened = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- opening ---- */

/* The name as ICU wants it. Names of zones are ASCII. */
static bool widen_name(struct str name, UChar *ret)
{
    if (!name.n || name.n >= ZONE_NAME_MAX)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c <= ' ' || c >= 0x7f)
            return false;
        ret[i] = c;
    }
    ret[name.n] = 0;
    return true;
}

/* ICU also takes "GMT+5" and, silently, nonsense as GMT; a zone is only what its tables name. */
static bool is_known(const UChar *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar canonical[ZONE_NAME_MAX * 2];
    UBool is_system = 0;

    ucal_getCanonicalTimeZoneID(name, -1, canonical, ZONE_NAME_MAX * 2, &is_system, &status);
    return U_SUCCESS(status) && is_system;
}

static int64_t offset_now(UCalendar *cal, UErrorCode *status)
{
    return (int64_t)ucal_get(cal, UCAL_ZONE_OFFSET, status) + ucal_get(cal, UCAL_DST_OFFSET, status);
}

/* Reads the periods of `cal`; with ret NULL only counts them. */
static size_t periods_read(UCalendar *cal, struct period *ret, UErrorCode *status)
{
    const double end = ((double)DATE_MAX.day + 1) * MS_PER_DAY;
    size_t count = 1;
    double at = (double)DATE_MIN.day * MS_PER_DAY;

    ucal_setMillis(cal, at, status);
    int64_t offset = offset_now(cal, status);
    if (ret)
        ret[0] = (struct period){INT64_MIN, offset};
    while (U_SUCCESS(*status) &&
           ucal_getTimeZoneTransitionDate(cal, UCAL_TZ_TRANSITION_NEXT, &at, status) && at < end) {
        ucal_setMillis(cal, at, status);
        int64_t before = offset;
        offset = offset_now(cal, status);
        if (offset == before)
            continue; /* only the name changed, or which part of it counts as summer time */
        if (ret)
            ret[count] = (struct period){(int64_t)at, offset};
        count++;
    }
    return count;
}

static struct zone *zone_new(struct str name, const UChar *wide)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *cal = ucal_open(wide, -1, "en", UCAL_GREGORIAN, &status);
    struct zone *z = NULL;

    if (!opened.arena)
        opened.arena = arena_new(ZONE_BYTES_MAX);
    size_t count = periods_read(cal, NULL, &status);
    if (U_SUCCESS(status)) {
        z = ARENA_NEW(opened.arena, struct zone);
        z->name = str_copy(opened.arena, name);
        z->count = count;
        z->period = ARENA_ARRAY(opened.arena, struct period, count);
        periods_read(cal, z->period, &status);
    }
    ucal_close(cal);
    return z;
}

static struct zone *zone_find(struct str name)
{
    struct zone *z = opened.first;

    while (z && !str_eq(z->name, name))
        z = z->next;
    return z;
}

enum err zone_open(struct str name, const struct zone **ret)
{
    UChar wide[ZONE_NAME_MAX];

    if (!widen_name(name, wide))
        return ERR_INVALID;
    pthread_mutex_lock(&opened.lock);
    struct zone *z = zone_find(name);
    if (!z && is_known(wide)) {
        z = zone_new(name, wide);
        if (z) {
            z->next = opened.first;
            opened.first = z;
        }
    }
    pthread_mutex_unlock(&opened.lock);
    if (!z)
        return ERR_INVALID;
    *ret = z;
    return OK;
}

struct str zone_name(const struct zone *z)
{
    return z->name;
}

/* ---- reading ---- */

/* The period that `ms` lies in. Nearly always the last (Vietnam: since 1975), or close to it. */
static size_t period_at(const struct zone *z, int64_t ms)
{
    size_t low = 0, high = z->count - 1; /* period[low].start <= ms; above high: later than ms */

    if (ms >= z->period[high].start)
        return high;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (z->period[middle].start <= ms)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static struct local wall(int64_t ms)
{
    int64_t day = ms / MS_PER_DAY - (ms % MS_PER_DAY < 0);

    return (struct local){{(int32_t)day}, (int32_t)(ms - day * MS_PER_DAY)};
}

struct local zone_local(const struct zone *z, struct instant t)
{
    if (instant_cmp(t, INSTANT_NEVER) >= 0)
        return (struct local){DATE_NEVER, MS_PER_DAY - 1};
    return wall(t.ms + z->period[period_at(z, t.ms)].offset);
}

struct instant zone_instant(const struct zone *z, struct local t)
{
    const int64_t ms = (int64_t)t.date.day * MS_PER_DAY + t.ms_of_day;

    if (date_cmp(t.date, DATE_NEVER) >= 0)
        return INSTANT_NEVER;
    /* No zone is more than a day off UTC: the search starts before every period that may show t. */
    for (size_t i = period_at(z, ms - 2 * (int64_t)MS_PER_DAY);; i++) {
        const struct period *p = &z->period[i];
        int64_t at = ms - p->offset;
        if (at < p->start)
            return (struct instant){p->start}; /* the clocks jumped over t */
        if (i + 1 == z->count || at < p[1].start)
            return (struct instant){at};
    }
}

struct date zone_date(const struct zone *z, struct instant t)
{
    return zone_local(z, t).date;
}

struct instant zone_day_start(const struct zone *z, struct date d)
{
    return zone_instant(z, (struct local){d, 0});
}

struct str zone_iso(struct arena *a, const struct zone *z, struct instant t)
{
    /* Offsets before standard time had seconds, which the text cannot say: it shows the wall clock
     * of the offset that it names, so that it still means the same instant. */
    int minutes = (int)(z->period[period_at(z, t.ms)].offset / MS_PER_MINUTE);
    struct local shown = instant_cmp(t, INSTANT_NEVER) < 0
                             ? wall(t.ms + (int64_t)minutes * MS_PER_MINUTE)
                             : zone_local(z, t);
    int ahead = minutes < 0 ? -minutes : minutes;

    return str_format(a, "%" PRIstr "%c%02d:%02d", STR_ARG(local_iso(a, shown)), minutes < 0 ? '-' : '+',
                      ahead / 60, ahead % 60);
}
