/* classify.h - where a dossier stands at a cut-off: the one rule behind every list and report.
 *
 * Pure. Reference 2.6: dates are compared, not minutes. The rule stands once more as SQL, for
 * counting (store/sql/figure.sql, fragment `classified`); a test holds the two together. */
#ifndef CALENDAR_CLASSIFY_H
#define CALENDAR_CLASSIFY_H

#include "calendar/date.h"

/* Exactly one holds for every dossier and every cut-off. */
enum dossier_class {
    CLASS_RESOLVED_EARLY,   /* trước hạn: finished before the due date */
    CLASS_RESOLVED_ON_TIME, /* đúng hạn: on it */
    CLASS_RESOLVED_LATE,    /* trễ hạn: after it */
    CLASS_OPEN_IN_TERM,     /* đang giải quyết trong hạn */
    CLASS_OPEN_LATE,        /* đang giải quyết quá hạn */
    CLASS_SUSPENDED,        /* clock stopped before the due date had passed: also open and in term */
    CLASS_WITHDRAWN,        /* withdrawn or stopped, ended without a result */
    CLASS_NOT_RECEIVED,     /* received after the cut-off: it does not count yet */
    CLASS__COUNT
};

struct class_facts {
    struct date received_on;
    struct date due_on;      /* original due date with its legal pauses; an apology does not move it */
    struct date finished_on; /* end of any kind, or DATE_NEVER */
    bool is_withdrawn;       /* ended by withdrawal or stop; only asked where finished_on is reached */
    bool is_suspended;       /* at the cut-off the clock is stopped, since a day not after due_on */
};

/* The moment at which figures are taken, as the two dates that the rule compares with. */
struct cut_off {
    struct date last_day; /* what happened up to this day counts */
    struct date on;       /* an open dossier is late when due_on < on: its due day must have ended */
};

/* The cut-off at the moment `t`, which is not counted itself. 2018-03-01T00:00 is the end of
 * 28 February: {28/02, 01/03}, due on 28/02 is late. 2018-02-28T17:00 is {28/02, 28/02}: due on 28/02
 * is still in term. */
struct cut_off cut_off_at(struct local t);
/* The end of a day: cut_off_at the midnight after it. */
struct cut_off cut_off_after(struct date last_day);

enum dossier_class classify(const struct class_facts *f, struct cut_off cut);

/* The sums that reports show. */
bool class_is_resolved(enum dossier_class c);
bool class_is_open(enum dossier_class c); /* in term, late or suspended */
bool class_is_late(enum dossier_class c); /* resolved late or open late */

/* "early", "on_time", "resolved_late", "in_term", "open_late", "suspended", "withdrawn",
 * "not_received": as the SQL spells it. */
struct str class_code(enum dossier_class c);

#endif
