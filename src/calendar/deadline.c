#include "calendar/deadline.h"

#include <assert.h>

#include "calendar/shift.h"

enum { AT_CLOSING = -1 };

/* A date on its way from the receipt to the deadline, and the steps it has left behind. */
struct walk {
    const struct calendar *c;
    struct local at;
    int32_t clock; /* the clock time to keep on the last day, or AT_CLOSING */
    struct arena *arena;
    struct deadline_step *step;
    size_t step_count, step_capacity;
};

/* ---- the derivation ---- */

static void say(struct walk *w, struct deadline_step step)
{
    if (w->step_count == w->step_capacity) {
        size_t capacity = w->step_capacity ? w->step_capacity * 2 : 16;
        struct deadline_step *grown = ARENA_ARRAY(w->arena, struct deadline_step, capacity);
        if (w->step_count)
            memcpy(grown, w->step, w->step_count * sizeof *grown);
        w->step = grown;
        w->step_capacity = capacity;
    }
    step.moved_to = w->at;
    w->step[w->step_count++] = step;
}

/* "Tết Nguyên đán" of "Tết Nguyên đán (mùng 1)". */
static struct str family_name(struct str name)
{
    size_t end = str_find(name, STR(" ("));

    return end == STR_NONE ? name : str_sub(name, 0, end);
}

/* The day off `d` is not counted; it continues a run of days off for the same reason. */
static void say_day_off(struct walk *w, struct date d)
{
    static const enum deadline_rule RULE[] = {
        [DAY_HOLIDAY] = DEADLINE_SKIPPED_HOLIDAY,
        [DAY_COMPENSATORY_OFF] = DEADLINE_SKIPPED_HOLIDAY,
        [DAY_SWAPPED_OFF] = DEADLINE_SKIPPED_SWAPPED,
        [DAY_SWAPPED_WORK] = DEADLINE_SKIPPED_WEEKEND, /* only where no day of the week is worked */
        [DAY_CLOSED] = DEADLINE_SKIPPED_HOLIDAY,
    };
    static_assert(sizeof RULE / sizeof RULE[0] == DAY__COUNT, "every kind has a rule");
    const struct calendar_day *day = calendar_day_find(w->c, d);
    enum deadline_rule rule = day ? RULE[day->kind] : DEADLINE_SKIPPED_WEEKEND;
    struct str name = day ? day->name : STR("");
    struct deadline_step *last = w->step_count ? &w->step[w->step_count - 1] : NULL;

    if (last && last->rule == rule && date_cmp(date_add_days(last->until, 1), d) == 0 &&
        str_eq(family_name(last->name), family_name(name))) {
        last->until = d;
        last->name = family_name(name);
        return;
    }
    say(w, (struct deadline_step){.rule = rule, .on = d, .until = d, .name = name});
}

/* ---- walking ---- */

/* To the next working day, the clock unchanged. */
static enum err next_day(struct walk *w)
{
    struct date d = date_add_days(w->at.date, 1);

    for (; !calendar_is_working_day(w->c, d); d = date_add_days(d, 1)) {
        if (date_cmp(d, DATE_MAX) >= 0)
            return ERR_LIMIT;
        say_day_off(w, d);
    }
    if (date_cmp(d, DATE_MAX) > 0)
        return ERR_LIMIT;
    w->at.date = d;
    const struct calendar_day *day = calendar_day_find(w->c, d);
    if (day)
        say(w, (struct deadline_step){DEADLINE_COUNTED_SWAPPED, d, d, .amount = 1, .name = day->name});
    return OK;
}

static enum err next_days(struct walk *w, int n)
{
    enum err err = OK;

    for (int i = 0; !err && i < n; i++)
        err = next_day(w);
    return err;
}

/* Over `ms` of working time. */
static enum err next_ms(struct walk *w, int64_t ms)
{
    while (ms > 0) {
        struct day_hours h = calendar_work_hours(w->c, w->at.date);
        if (shifts_use_up(&h, w->at.ms_of_day, &ms, &w->at.ms_of_day))
            return OK;
        enum err err = next_day(w);
        if (err)
            return err;
        w->at.ms_of_day = 0;
    }
    return OK;
}

/* ---- the clock on the last day ---- */

/* `ms` where the office works then; else the next opening of that day, and after the last closing
 * that. A closing time is still worked. */
static int32_t fitted(const struct day_hours *h, int32_t ms)
{
    for (int i = 0; i < h->count; i++) {
        if (ms < shift_start(h->shift[i]))
            return shift_start(h->shift[i]);
        if (ms <= shift_end(h->shift[i]))
            return ms;
    }
    return shift_end(h->shift[h->count - 1]);
}

/* The walk has reached a working day: `closing` says how, then the clock is set. */
static void arrive(struct walk *w, struct deadline_step closing)
{
    struct day_hours h = calendar_work_hours(w->c, w->at.date);
    int32_t clock = w->clock == AT_CLOSING ? shift_end(h.shift[h.count - 1]) : w->clock;

    w->at.ms_of_day = clock;
    say(w, closing);
    w->at.ms_of_day = fitted(&h, clock);
    if (w->at.ms_of_day != clock)
        say(w, (struct deadline_step){DEADLINE_CLOCK_MOVED, w->at.date, w->at.date});
}

/* A last day that is a day off gives way to the next working day (BLDS 2015, Art. 148.5). */
static enum err move_end(struct walk *w)
{
    struct date end = w->at.date;

    say_day_off(w, end);
    enum err err = next_day(w);
    if (!err)
        arrive(w, (struct deadline_step){DEADLINE_END_MOVED, end, date_add_days(w->at.date, -1)});
    return err;
}

/* ---- the receipt ---- */

static bool is_open_at(const struct day_hours *h, int32_t ms)
{
    return h->count && fitted(h, ms) == ms;
}

/* Where the counter has no hours of its own, it is open while the office works. */
static struct day_hours counter_hours(const struct calendar *c, struct date d)
{
    struct day_hours h = calendar_intake_hours(c, d);

    return h.count ? h : calendar_work_hours(c, d);
}

/* When the counter of a working day opens next after `ms`; false when not on this day. */
static bool opens_after(const struct calendar *c, struct date d, int32_t ms, int32_t *ret)
{
    struct day_hours h = counter_hours(c, d);

    if (!calendar_is_working_day(c, d))
        return false;
    for (int i = 0; i < h.count; i++)
        if (shift_start(h.shift[i]) > ms) {
            *ret = shift_start(h.shift[i]);
            return true;
        }
    return false;
}

/* Reference 2.5, rule 3. */
static enum err receive(struct walk *w, struct local from)
{
    struct day_hours counter = counter_hours(w->c, from.date);
    const struct calendar_day *day = calendar_day_find(w->c, from.date);
    int32_t opening = 0, after = from.ms_of_day;
    struct date d = from.date;

    w->at = from;
    say(w, (struct deadline_step){DEADLINE_RECEIVED, from.date, from.date});
    if (!is_open_at(&counter, from.ms_of_day)) {
        for (; !opens_after(w->c, d, after, &opening); d = date_add_days(d, 1)) {
            if (date_cmp(d, DATE_MAX) >= 0)
                return ERR_LIMIT;
            after = -1;
        }
        w->at = (struct local){d, opening};
        say(w, (struct deadline_step){DEADLINE_AFTER_HOURS, from.date, d,
                                      .name = day ? day->name : STR("")});
    }
    w->clock = w->at.ms_of_day;
    return OK;
}

/* ---- counting, by unit ---- */

static void say_receipt_day(struct walk *w)
{
    say(w, (struct deadline_step){DEADLINE_RECEIPT_DAY, w->at.date, w->at.date});
}

static enum err count_working_days(struct walk *w, int length)
{
    say_receipt_day(w);
    struct date receipt = w->at.date;
    enum err err = next_days(w, length);
    if (!err)
        arrive(w, (struct deadline_step){DEADLINE_COUNTED, date_add_days(receipt, 1), w->at.date,
                                         .amount = length});
    return err;
}

/* All days after the receipt up to `end`. */
static enum err count_to(struct walk *w, struct date end, int length)
{
    struct deadline_step counted = {DEADLINE_COUNTED, date_add_days(w->at.date, 1), end, .amount = length};

    say_receipt_day(w);
    if (date_cmp(end, DATE_MAX) > 0)
        return ERR_LIMIT;
    w->at.date = end;
    if (calendar_is_working_day(w->c, end)) {
        arrive(w, counted);
        return OK;
    }
    say(w, counted);
    return move_end(w);
}

static enum err count_calendar_days(struct walk *w, int length)
{
    return count_to(w, date_add_days(w->at.date, length), length);
}

static enum err count_months(struct walk *w, int length)
{
    return count_to(w, date_add_months(w->at.date, length), length);
}

static enum err count_working_hours(struct walk *w, int length)
{
    struct date receipt = w->at.date;
    enum err err = next_ms(w, (int64_t)length * 60 * MS_PER_MINUTE);

    if (!err)
        say(w, (struct deadline_step){DEADLINE_COUNTED, receipt, w->at.date, .amount = length * 60});
    return err;
}

/* Reference 2.5, rule 4. The counter may be open on a Saturday that is no working day: what comes in
 * then is due on the next one, as for every other end on a day off. */
static enum err count_same_day(struct walk *w, int length)
{
    struct local received = w->at;
    int cut_off = calendar_hours_find(w->c, received.date)->cut_off;

    (void)length;
    w->clock = AT_CLOSING;
    if (!calendar_is_working_day(w->c, received.date))
        return move_end(w);
    if (received.ms_of_day <= cut_off * MS_PER_MINUTE) {
        arrive(w, (struct deadline_step){DEADLINE_COUNTED, received.date, received.date});
        return OK;
    }
    enum err err = next_day(w);
    if (!err)
        arrive(w, (struct deadline_step){DEADLINE_CUT_OFF, received.date, received.date});
    return err;
}

static enum err (*const COUNT[])(struct walk *w, int length) = {
    [LIMIT_WORKING_DAYS] = count_working_days, [LIMIT_CALENDAR_DAYS] = count_calendar_days,
    [LIMIT_WORKING_HOURS] = count_working_hours, [LIMIT_SAME_DAY] = count_same_day,
    [LIMIT_MONTHS] = count_months,
};
static_assert(sizeof COUNT / sizeof COUNT[0] == LIMIT__COUNT, "every unit is counted");

/* ---- pauses ---- */

/* The clock stopped from `from` to `pause->to`: hours give back the working time between, exactly;
 * days give back whole working days, not counting the first, as at the receipt. */
static enum err pass(struct walk *w, enum limit_unit unit, const struct pause *pause, struct local from)
{
    struct deadline_step paused = {DEADLINE_PAUSED, from.date, pause->to.date, .name = pause->reason};
    enum err err;

    if (unit == LIMIT_WORKING_HOURS) {
        int64_t ms = calendar_work_ms(w->c, from, pause->to);
        paused.amount = ms / MS_PER_MINUTE;
        err = next_ms(w, ms);
        if (!err)
            say(w, paused);
        return err;
    }
    int days = calendar_working_days_between(w->c, from.date, pause->to.date);
    paused.amount = days;
    err = next_days(w, days);
    if (!err)
        arrive(w, paused);
    return err;
}

static bool pauses_are_valid(const struct pause *pause, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (local_cmp(pause[i].from, pause[i].to) > 0 ||
            (i > 0 && local_cmp(pause[i - 1].to, pause[i].from) > 0))
            return false;
    return true;
}

static enum err pass_all(struct walk *w, enum limit_unit unit, struct local received,
                         const struct pause *pause, size_t count)
{
    enum err err = OK;

    for (size_t i = 0; !err && i < count; i++) {
        struct local from = local_cmp(pause[i].from, received) < 0 ? received : pause[i].from;
        if (date_cmp(from.date, w->at.date) > 0)
            break; /* late before it began; so it is at every later one */
        if (local_cmp(from, pause[i].to) <= 0)
            err = pass(w, unit, &pause[i], from);
    }
    return err;
}

enum err deadline_derive(struct arena *a, const struct calendar *c, struct local from,
                         struct limit limit, const struct pause *pause, size_t pause_count,
                         struct deadline *ret)
{
    struct walk w = {.c = c, .arena = a};

    if ((unsigned)limit.unit >= LIMIT__COUNT || !pauses_are_valid(pause, pause_count))
        return ERR_INVALID;
    if (limit.unit != LIMIT_SAME_DAY && (limit.length < 1 || limit.length > LIMIT_LENGTH_MAX))
        return ERR_INVALID;
    if (pause_count > PAUSE_MAX || date_cmp(from.date, DATE_MAX) > 0)
        return ERR_LIMIT;
    enum err err = receive(&w, from);
    if (err)
        return err;
    struct local received = w.at;
    err = COUNT[limit.unit](&w, limit.length);
    if (err)
        return err;
    struct local without_pauses = w.at;
    err = pass_all(&w, limit.unit, received, pause, pause_count);
    if (err)
        return err;
    *ret = (struct deadline){received, w.at, without_pauses, w.step, w.step_count};
    return OK;
}
