/* deadline.h - the instant until which a dossier must be resolved, and why.
 *
 * Pure: no clock, no store; everything comes in as arguments. Times are wall-clock times of the
 * office. Rules: reference 2.5 (QĐ 09/2015/QĐ-TTg; NĐ 61/2018/NĐ-CP Art. 16-20; Bộ luật Lao động,
 * public holidays), worked examples 2.8.
 *
 * The result carries its derivation: each rule and each holiday that moved the date, by name. */
#ifndef CALENDAR_DEADLINE_H
#define CALENDAR_DEADLINE_H

#include "base/arena.h"
#include "base/str.h"
#include "calendar/date.h"

/* ---- the calendar of an office: dated data, loaded from the store or from a file ---- */

enum day_kind {
    DAY_HOLIDAY,          /* public holiday, off */
    DAY_COMPENSATORY_OFF, /* nghỉ bù for a holiday that fell on a day off */
    DAY_SWAPPED_OFF,      /* hoán đổi: a weekday off */
    DAY_SWAPPED_WORK,     /* hoán đổi: a Saturday or Sunday worked */
    DAY_CLOSED,           /* this office only (e.g. storm) */
    DAY__COUNT
};

struct calendar_day {
    struct date date;
    enum day_kind kind;
    struct str name;  /* "Tết Nguyên đán (mùng 1)" */
    struct str basis; /* the text that says so; may be empty */
};

enum { SHIFT_MAX = 4 };
struct shift {
    int16_t from, to; /* minutes of the day, from < to */
};
struct day_hours {
    struct shift shift[SHIFT_MAX]; /* in order, not overlapping */
    int count;                     /* 0: closed */
};

struct office_hours {
    struct date valid_from;      /* inclusive */
    struct day_hours work[7];    /* counts for deadlines, by enum weekday */
    struct day_hours intake[7];  /* the counter is open: may include Saturday morning; none on a
                                    working day: open while the office works */
    int cut_off;                 /* minute of the day after which "same day" means tomorrow: 15:00 = 900 */
};

struct calendar {
    struct str code;
    const struct calendar_day *day; /* sorted by date, at most one per date */
    size_t day_count;
    const struct office_hours *hours; /* sorted by valid_from, at least one */
    size_t hours_count;
};

/* All below is for dates up to DATE_MAX (a loop over days may be long, but ends). Before the first
 * `valid_from` the first hours hold. */

/* The entry for a date, or NULL. */
const struct calendar_day *calendar_day_find(const struct calendar *c, struct date d);
/* Does the office work that day (weekly hours, holidays, swaps)? Has it any work hours then? */
bool calendar_is_working_day(const struct calendar *c, struct date d);
/* The working shifts of a date: a swapped Saturday has Friday's (where Friday is free, those of the
 * working day before it), a holiday none. */
struct day_hours calendar_work_hours(const struct calendar *c, struct date d);
/* The hours in which the counter takes dossiers. */
struct day_hours calendar_intake_hours(const struct calendar *c, struct date d);
/* Whole working days d with from < d <= to; negative when to < from. */
int calendar_working_days_between(const struct calendar *c, struct date from, struct date to);
/* Whole working minutes in [from, to); 0 when to < from. */
int64_t calendar_work_minutes(const struct calendar *c, struct local from, struct local to);
/* The moment that lies so many working minutes after `from`, or before it when negative. Forwards, what is
 * used up at closing time ends then; backwards, at opening time. 0: `from` itself. ERR_LIMIT: beyond
 * DATE_MAX or DATE_MIN. */
enum err calendar_move_minutes(const struct calendar *c, struct local from, int64_t minutes, struct local *ret) MUST_CHECK;

/* ---- the rule of a procedure ---- */

enum limit_unit {
    LIMIT_WORKING_DAYS,  /* ngày làm việc */
    LIMIT_CALENDAR_DAYS, /* ngày: ends on a day off -> next working day (BLDS 2015 Điều 148.5) */
    LIMIT_WORKING_HOURS, /* giờ làm việc, from the minute of receipt */
    LIMIT_SAME_DAY,      /* trong ngày; received after the cut-off -> next working day */
    LIMIT_MONTHS,        /* tháng; an end on a day off moves as for calendar days */
    LIMIT__COUNT
};

struct limit {
    enum limit_unit unit;
    int length; /* >= 1; ignored (1) for LIMIT_SAME_DAY; at most LIMIT_LENGTH_MAX */
};
enum { LIMIT_LENGTH_MAX = 3660, PAUSE_MAX = 64 };

/* ---- the suspension ledger ---- */

enum pause_owner { PAUSE_US, PAUSE_OTHER_AGENCY, PAUSE_CITIZEN, PAUSE_OWNER__COUNT };

struct pause {
    struct local from;
    struct local to;   /* from <= to; an open one: see is_open */
    bool is_open;      /* clock still stopped: `to` is then "now", the due date a lower bound */
    enum pause_owner owner;
    struct str reason; /* code: "supplement", "tax", "expertise", "posting", ... */
};

/* ---- the answer ---- */

enum deadline_rule {
    DEADLINE_RECEIVED,          /* the moment of receipt */
    DEADLINE_AFTER_HOURS,       /* received outside intake hours: counts as the next opening */
    DEADLINE_CUT_OFF,           /* received after the cut-off (15:00): next working day */
    DEADLINE_RECEIPT_DAY,       /* the day of receipt is not counted */
    DEADLINE_COUNTED,           /* n units counted (minutes for hours, 0 for the same day) */
    DEADLINE_SKIPPED_WEEKEND,   /* a weekly day off not counted */
    DEADLINE_SKIPPED_HOLIDAY,   /* a holiday, named */
    DEADLINE_SKIPPED_SWAPPED,   /* a swapped day off, named */
    DEADLINE_COUNTED_SWAPPED,   /* a Saturday or Sunday worked, named */
    DEADLINE_PAUSED,            /* a pause moved the date by so much working time */
    DEADLINE_END_MOVED,         /* the last day was a day off: next working day */
    DEADLINE_CLOCK_MOVED,       /* the office does not work at the receipt's clock time that day */
    DEADLINE_RULE__COUNT
};

struct deadline_step {
    enum deadline_rule rule;
    struct date on;          /* the day (or first day) that it speaks of */
    struct date until;       /* last day of a run (two days of a weekend, five of Tết); else = on */
    struct local moved_to;   /* the date as it stands after this step */
    int64_t amount;          /* days or minutes counted or paused; 0 where it has no meaning */
    struct str name;         /* holiday's name or pause reason; may be empty */
};

struct deadline {
    struct local received;   /* effective moment of receipt, after rules 3 and 4 of reference 2.5 */
    struct local due;        /* with the pauses */
    struct local due_without_pauses;
    const struct deadline_step *step;
    size_t step_count;
};

/* Derives the deadline of a dossier handed in at `from` under `limit`, paused by `pause` (in time
 * order, not overlapping). ERR_INVALID: no such limit, or pauses out of order; ERR_LIMIT: it ends
 * after DATE_MAX, or there are more than PAUSE_MAX pauses. Memory of the steps from `a`.
 *
 * 1. Receipt. Handed in while the counter is open (closing times included): at that moment, on a
 *    Saturday morning too. Otherwise at the next opening of the counter on a working day, which is
 *    this afternoon for what came in over lunch.
 * 2. Counting. Days and months: the day of receipt is not counted and its clock time is kept. Only
 *    working days count as working days; calendar days and months may not end on a day off. Hours run
 *    from the receipt over working time; used up at closing time, they end then. The same day ends
 *    with its last shift, if received up to the cut-off on a working day.
 * 3. Clock. Where the office does not work at the clock time to keep, the next opening of that day
 *    holds, or after the last shift its end. So every deadline is a working moment.
 * 4. Pauses, one after the other. Hours: the working time between `from` and `to` is added, to the
 *    millisecond. All other units: as many working days as lie after the day of `from` up to and with
 *    the day of `to` (calendar_working_days_between): the day on which the clock stops is used up,
 *    that on which it starts again is not, as at the receipt; a pause within one day gives nothing.
 *    A pause that begins on a day after the due date does not move it: lateness is a matter of dates
 *    (reference 2.6), and it was late already. What lies before the receipt is not counted.
 *
 * The steps stand in the order of reading: receipt; days not counted, in order; the rule that ends
 * the count; then for each pause the days not counted on the way, and the pause. */
enum err deadline_derive(struct arena *a, const struct calendar *c, struct local from,
                         struct limit limit, const struct pause *pause, size_t pause_count,
                         struct deadline *ret) MUST_CHECK;

#endif
