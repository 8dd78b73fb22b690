/* shift.h - shifts in milliseconds of the day; inside this room only (working_time.c, deadline.c).
 *
 * Pure. */
#ifndef CALENDAR_SHIFT_H
#define CALENDAR_SHIFT_H

#include "calendar/deadline.h"

enum { MS_PER_MINUTE = 60000 };

static inline int32_t shift_start(struct shift s)
{
    return s.from * MS_PER_MINUTE;
}

static inline int32_t shift_end(struct shift s)
{
    return s.to * MS_PER_MINUTE;
}

/* The weekly hours in force on `d`; before the first `valid_from` already the first ones. */
const struct office_hours *calendar_hours_find(const struct calendar *c, struct date d);

/* Working time in [from, to), exact; 0 when to < from. */
int64_t calendar_work_ms(const struct calendar *c, struct local from, struct local to);

/* Takes off *ms the working time of a day from the clock time `from` on. True: it is used up on this day, at
 * *ret; used up at closing time, closing time is the end. */
bool shifts_use_up(const struct day_hours *h, int32_t from, int64_t *ms, int32_t *ret);

#endif
