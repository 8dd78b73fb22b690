/* calendar.h - working calendars: days off, days swapped, weekly hours.
 *
 * RIGHT_CALENDAR_EDIT anywhere. A change derives every open promise that it touches again, in the
 * same transaction; each that moves gets its own journal line, and the act lists them. */
#ifndef ACTS_CALENDAR_H
#define ACTS_CALENDAR_H

#include "acts/ctx.h"
#include "acts/promise.h"
#include "sql_calendar.h"
#include "store/calendar_file.h" /* day_kind_code, day_kind_find */

enum { CALENDAR_DAYS_MAX = 400 };

/* A calendar is made together with its first hours: two journal lines. */
struct act_calendar_add {
    struct str code, name;
    struct date valid_from;   /* of the hours */
    struct str work, intake;  /* as week_hours_parse reads them */
    int64_t cut_off;          /* minute of the day */
    struct instant happened_at;
    int64_t id;               /* out */
};
enum err act_calendar_add(struct act_calendar_add *act, struct ctx *ctx) MUST_CHECK;

/* Days set and unset together, as one notice of the Government does. */
struct act_calendar_days {
    int64_t calendar;
    const struct calendar_day *set;
    size_t set_count;
    const struct date *unset;
    size_t unset_count;
    struct instant happened_at;
    struct promise_move *move; /* out: the promises that moved, or would */
    size_t move_count;
};
enum err act_calendar_days(struct act_calendar_days *act, struct ctx *ctx) MUST_CHECK;
/* The same right, the same checks, the same answer, and nothing written. */
enum err act_calendar_days_preview(struct act_calendar_days *act, struct ctx *ctx) MUST_CHECK;

/* Weekly hours from a day on. */
struct act_calendar_hours {
    int64_t calendar;
    struct date valid_from;
    struct str work, intake;
    int64_t cut_off;
    struct instant happened_at;
    struct promise_move *move; /* out */
    size_t move_count;
};
enum err act_calendar_hours(struct act_calendar_hours *act, struct ctx *ctx) MUST_CHECK;
enum err act_calendar_hours_preview(struct act_calendar_hours *act, struct ctx *ctx) MUST_CHECK;

/* ---- reading; needs no right ---- */

struct act_calendar_view {
    int64_t id;                    /* 0: the first there is */
    struct calendar calendar;      /* out */
    struct q_calendar_by_id head;
    struct q_calendar_list *choice; /* all calendars */
    size_t choice_count;
    bool may_edit;
};
enum err act_calendar_view(struct act_calendar_view *act, struct ctx *ctx) MUST_CHECK;

enum word day_kind_word(enum day_kind k);

#endif
