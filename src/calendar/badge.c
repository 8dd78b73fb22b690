#include "calendar/badge.h"

/* `t`, but not further from `now` than a list can show: each of its rows is counted day by day. */
static struct local within_reach(struct local now, struct local t)
{
    struct date first = date_add_days(now.date, -BADGE_DAYS_MAX);
    struct date last = date_add_days(now.date, BADGE_DAYS_MAX);

    if (date_cmp(t.date, first) < 0)
        return (struct local){first, t.ms_of_day};
    if (date_cmp(t.date, last) > 0)
        return (struct local){last, t.ms_of_day};
    return t;
}

struct badge badge_of(const struct calendar *c, struct local now, struct local due)
{
    static const enum badge_kind KIND[] = {BADGE_LATE, BADGE_DUE_TODAY, BADGE_LEFT};
    struct local near = within_reach(now, due);
    int order = date_cmp(due.date, now.date);
    int days = calendar_working_days_between(c, now.date, near.date);

    return (struct badge){
        .kind = KIND[order + 1],
        .days = days < 0 ? -days : days,
        .minutes = local_cmp(due, now) < 0 ? -calendar_work_minutes(c, near, now)
                                           : calendar_work_minutes(c, now, near),
        .due = due,
    };
}
