/* badge.h - how much time an open dossier has left, as facts for a short sentence.
 *
 * Pure. By date, like classify.h: a dossier due today is not late before the day has ended. */
#ifndef CALENDAR_BADGE_H
#define CALENDAR_BADGE_H

#include "calendar/deadline.h"

enum badge_kind {
    BADGE_LEFT,      /* `days` working days left, 1 or more ("còn 3 ngày làm việc") */
    BADGE_DUE_TODAY, /* until `due`, today ("hôm nay, 10:00"); minutes negative: that time has passed */
    BADGE_LATE,      /* `days` working days late, today included; 0: no working day has come since */
    BADGE__COUNT
};

struct badge {
    enum badge_kind kind;
    int days;        /* whole working days between the two dates, never negative */
    int64_t minutes; /* working minutes between now and due; negative once due has passed */
    struct local due;
};

/* The badge at `now` of a dossier that is open and whose clock runs. The days of a dossier that is
 * due in years are counted up to BADGE_DAYS_MAX only. */
enum { BADGE_DAYS_MAX = 3660 };
struct badge badge_of(const struct calendar *c, struct local now, struct local due);

#endif
