/* working_time.c - when an office works: the first half of deadline.h. */
#include "calendar/deadline.h"

#include "calendar/shift.h"

const struct calendar_day *calendar_day_find(const struct calendar *c, struct date d)
{
    size_t low = 0, high = c->day_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = date_cmp(c->day[middle].date, d);
        if (order == 0)
            return &c->day[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct office_hours *calendar_hours_find(const struct calendar *c, struct date d)
{
    size_t i = c->hours_count - 1;

    while (i > 0 && date_cmp(c->hours[i].valid_from, d) > 0)
        i--;
    return &c->hours[i];
}

/* A Saturday worked in exchange has the hours of the last day of an ordinary week: Friday's, or of
 * the day before it where Friday is free. */
static struct day_hours swapped_hours(const struct day_hours week[7])
{
    int day = FRIDAY;

    while (day > MONDAY && week[day].count == 0)
        day--;
    return week[day];
}

static struct day_hours hours_of(const struct calendar *c, struct date d, const struct day_hours week[7])
{
    const struct calendar_day *day = calendar_day_find(c, d);

    if (!day)
        return week[date_weekday(d)];
    if (day->kind == DAY_SWAPPED_WORK)
        return swapped_hours(week);
    return (struct day_hours){.count = 0};
}

struct day_hours calendar_work_hours(const struct calendar *c, struct date d)
{
    return hours_of(c, d, calendar_hours_find(c, d)->work);
}

struct day_hours calendar_intake_hours(const struct calendar *c, struct date d)
{
    return hours_of(c, d, calendar_hours_find(c, d)->intake);
}

bool calendar_is_working_day(const struct calendar *c, struct date d)
{
    return calendar_work_hours(c, d).count > 0;
}

int calendar_working_days_between(const struct calendar *c, struct date from, struct date to)
{
    int n = 0;

    if (date_cmp(to, from) < 0)
        return -calendar_working_days_between(c, to, from);
    while (date_cmp(from, to) < 0) {
        from = date_add_days(from, 1);
        n += calendar_is_working_day(c, from);
    }
    return n;
}

/* The working time of one day in [from, to), both in milliseconds of that day. */
static int64_t ms_of_day_between(const struct calendar *c, struct date d, int32_t from, int32_t to)
{
    struct day_hours h = calendar_work_hours(c, d);
    int64_t sum = 0;

    for (int i = 0; i < h.count; i++) {
        int32_t start = shift_start(h.shift[i]), end = shift_end(h.shift[i]);
        start = start > from ? start : from;
        end = end < to ? end : to;
        sum += end > start ? end - start : 0;
    }
    return sum;
}

int64_t calendar_work_ms(const struct calendar *c, struct local from, struct local to)
{
    enum { DAY_END = 24 * 60 * MS_PER_MINUTE };
    int64_t sum = 0;

    for (struct date d = from.date; date_cmp(d, to.date) <= 0; d = date_add_days(d, 1))
        sum += ms_of_day_between(c, d, date_cmp(d, from.date) ? 0 : from.ms_of_day,
                                 date_cmp(d, to.date) ? DAY_END : to.ms_of_day);
    return sum;
}

int64_t calendar_work_minutes(const struct calendar *c, struct local from, struct local to)
{
    return calendar_work_ms(c, from, to) / MS_PER_MINUTE;
}

bool shifts_use_up(const struct day_hours *h, int32_t from, int64_t *ms, int32_t *ret)
{
    for (int i = 0; i < h->count; i++) {
        int32_t start = shift_start(h->shift[i]), end = shift_end(h->shift[i]);
        start = start > from ? start : from;
        if (start >= end)
            continue;
        if (*ms <= end - start) {
            *ret = (int32_t)(start + *ms);
            return true;
        }
        *ms -= end - start;
    }
    return false;
}

/* The same backwards. */
static bool used_up_before(const struct day_hours *h, int32_t at, int64_t *ms, int32_t *ret)
{
    for (int i = h->count - 1; i >= 0; i--) {
        int32_t start = shift_start(h->shift[i]), end = shift_end(h->shift[i]);
        end = end < at ? end : at;
        if (start >= end)
            continue;
        if (*ms <= end - start) {
            *ret = (int32_t)(end - *ms);
            return true;
        }
        *ms -= end - start;
    }
    return false;
}

enum err calendar_move_minutes(const struct calendar *c, struct local from, int64_t minutes, struct local *ret)
{
    enum { DAY_END = 24 * 60 * MS_PER_MINUTE };
    bool back = minutes < 0;
    int64_t ms = (back ? -minutes : minutes) * MS_PER_MINUTE;
    struct local at = from;

    while (ms > 0) {
        struct day_hours h = calendar_work_hours(c, at.date);
        int32_t end;
        if (back ? used_up_before(&h, at.ms_of_day, &ms, &end) : shifts_use_up(&h, at.ms_of_day, &ms, &end)) {
            at.ms_of_day = end;
            break;
        }
        if (date_cmp(at.date, back ? DATE_MIN : DATE_MAX) == 0)
            return ERR_LIMIT;
        at = (struct local){date_add_days(at.date, back ? -1 : 1), back ? DAY_END : 0};
    }
    *ret = at;
    return OK;
}
