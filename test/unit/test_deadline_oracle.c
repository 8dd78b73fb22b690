/* deadline_derive against an oracle that knows nothing but a table of minutes, and by laws.
 *
 * The oracle is slow and simple on purpose: time is a row of minutes, each worked or not, and every
 * rule is a walk along it, minute by minute. Calendars and cases are random; the seed is printed, and
 * TEST_SEED=n repeats a run. */
#include "test.h"

#include <time.h>

#include "calendar/deadline.h"

enum {
    CALENDARS = 1000,
    CASES_PER_CALENDAR = 100,
    HORIZON = 200,             /* days in the row */
    START_DAYS = 20,           /* cases begin in the first days */
    DAY = 1440,
    MINUTES = HORIZON * DAY,
};

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % n;
}

static bool chance(uint32_t percent)
{
    return random_below(100) < percent;
}

/* ---- a random office ---- */

static struct date first_day;
static struct office_hours hours[2];
static struct calendar_day days[HORIZON];
static struct calendar office;
static struct arena *arena;

/* Up to three shifts, in steps of five minutes, now and then one right after the other. */
static struct day_hours random_hours(int shifts)
{
    struct day_hours h = {.count = shifts};
    int at = 360 + 5 * (int)random_below(40);

    for (int i = 0; i < shifts; i++) {
        int end = at + 5 * (1 + (int)random_below(48));
        h.shift[i] = (struct shift){(int16_t)at, (int16_t)end};
        at = end + 5 * (int)random_below(20);
    }
    return h;
}

static void random_week(struct office_hours *h)
{
    for (int day = MONDAY; day <= SUNDAY; day++) {
        int shifts = day >= SATURDAY ? (chance(15) ? 1 : 0) : chance(8) ? 0 : 1 + (int)random_below(3);
        h->work[day] = random_hours(day == TUESDAY && !shifts ? 1 : shifts);
        h->intake[day] = chance(70) ? h->work[day] : random_hours((int)random_below(3));
    }
    h->cut_off = 780 + 5 * (int)random_below(36);
}

static void random_office(void)
{
    size_t count = 0;

    first_day = date_add_days(date_of(1990, 1, 1), (int)random_below(20000));
    memset(hours, 0, sizeof hours);
    random_week(&hours[0]);
    random_week(&hours[1]);
    hours[0].valid_from = date_add_days(first_day, (int)random_below(5)); /* also before it begins */
    hours[1].valid_from = date_add_days(first_day, 5 + (int)random_below(30));
    for (int i = 0; i < HORIZON; i++)
        if (chance(12))
            days[count++] = (struct calendar_day){date_add_days(first_day, i), (enum day_kind)random_below(DAY__COUNT),
                                                  STR("ngày"), STR("")};
    office = (struct calendar){STR("random"), days, count, hours, 1 + chance(60)};
}

/* ---- the row of minutes ---- */

static unsigned char worked[MINUTES], counter[MINUTES]; /* 1: the minute that begins then */
static bool is_working[HORIZON];

static const struct day_hours *oracle_hours(int day, const struct day_hours *week)
{
    static const struct day_hours none;
    struct date d = date_add_days(first_day, day);

    for (size_t i = 0; i < office.day_count; i++)
        if (office.day[i].date.day == d.day) {
            if (office.day[i].kind != DAY_SWAPPED_WORK)
                return &none;
            for (int w = FRIDAY; w > MONDAY; w--)
                if (week[w].count)
                    return &week[w];
            return &week[MONDAY];
        }
    return &week[date_weekday(d)];
}

static void paint(unsigned char *row, int day, const struct day_hours *h)
{
    for (int i = 0; i < h->count; i++)
        for (int m = h->shift[i].from; m < h->shift[i].to; m++)
            row[day * DAY + m] = 1;
}

static void paint_all(void)
{
    memset(worked, 0, sizeof worked);
    memset(counter, 0, sizeof counter);
    for (int day = 0; day < HORIZON; day++) {
        const struct office_hours *h = &hours[0];
        if (office.hours_count == 2 && first_day.day + day >= hours[1].valid_from.day)
            h = &hours[1];
        const struct day_hours *work = oracle_hours(day, h->work), *intake = oracle_hours(day, h->intake);
        paint(worked, day, work);
        paint(counter, day, intake->count ? intake : work);
        is_working[day] = work->count > 0;
    }
}

/* Is the moment `t` within a shift, its end included? */
static bool is_in(const unsigned char *row, int t)
{
    return row[t] || (t % DAY && row[t - 1]);
}

/* ---- the oracle ---- */

static int oracle_receipt(int t)
{
    if (is_in(counter, t))
        return t;
    while (!(counter[t] && is_working[t / DAY]))
        t++;
    return t;
}

/* To the `n`-th midnight from `t` at which a working day begins; `t` itself for none. */
static int oracle_days(int t, int n)
{
    while (n > 0) {
        t++;
        if (t % DAY == 0 && is_working[t / DAY])
            n--;
    }
    return t;
}

/* The clock time `clock` on the day of `t`, or the next worked moment of that day, or its last. */
static int oracle_clock(int t, int clock)
{
    int start = t / DAY * DAY, m = start + clock;

    if (is_in(worked, m))
        return m;
    while (m < start + DAY && !worked[m])
        m++;
    if (m < start + DAY)
        return m;
    while (!worked[m - 1])
        m--;
    return m;
}

static int oracle_months(int t, int n)
{
    int wanted = date_civil(date_add_days(first_day, t / DAY)).day;

    for (;;) {
        struct civil today = date_civil(date_add_days(first_day, t / DAY));
        struct civil tomorrow = date_civil(date_add_days(first_day, t / DAY + 1));
        if (n == 0 && (today.day == wanted || tomorrow.day == 1))
            return t;
        do
            t++;
        while (t % DAY);
        n -= tomorrow.day == 1;
    }
}

static int oracle_working(int t)
{
    while (!is_working[t / DAY])
        t++;
    return t;
}

/* Over `n` worked minutes: to the end of the last of them. */
static int oracle_minutes(int t, int n)
{
    while (n > 0)
        n -= worked[t++];
    return t;
}

static int oracle_base(int received, struct limit limit)
{
    int clock = received % DAY, t = received;
    const struct office_hours *h = &hours[office.hours_count - 1];

    if (first_day.day + received / DAY < hours[1].valid_from.day)
        h = &hours[0];
    switch (limit.unit) {
    case LIMIT_WORKING_DAYS:
        return oracle_clock(oracle_days(t, limit.length), clock);
    case LIMIT_CALENDAR_DAYS:
        return oracle_clock(oracle_working(t + limit.length * DAY), clock);
    case LIMIT_MONTHS:
        return oracle_clock(oracle_working(oracle_months(t, limit.length)), clock);
    case LIMIT_WORKING_HOURS:
        return oracle_minutes(t, limit.length * 60);
    case LIMIT_SAME_DAY:
        if (!is_working[t / DAY] || clock > h->cut_off)
            t = oracle_days(t, 1);
        return oracle_clock(t, DAY - 1);
    case LIMIT__COUNT:
        break;
    }
    fail();
    return 0;
}

struct interval {
    int from, to;
};

static int oracle(int from, struct limit limit, const struct interval *pause, int pauses, int *ret_received, int *ret_base)
{
    int received = oracle_receipt(from), due = oracle_base(received, limit);
    int clock = limit.unit == LIMIT_SAME_DAY ? DAY - 1 : received % DAY;

    *ret_received = received;
    *ret_base = due;
    for (int i = 0; i < pauses; i++) {
        int stopped = pause[i].from < received ? received : pause[i].from, n = 0;
        if (stopped / DAY > due / DAY)
            break;
        for (int t = stopped; t < pause[i].to; t++)
            n += limit.unit == LIMIT_WORKING_HOURS ? worked[t] : (t + 1) % DAY == 0 && is_working[(t + 1) / DAY];
        due = limit.unit == LIMIT_WORKING_HOURS ? oracle_minutes(due, n) : oracle_clock(oracle_days(due, n), clock);
    }
    return due;
}

/* ---- random cases ---- */

static struct local moment(int t)
{
    return local_at(date_add_days(first_day, t / DAY), t % DAY / 60, t % 60);
}

static struct limit random_limit(void)
{
    static const int MOST[] = {[LIMIT_WORKING_DAYS] = 8, [LIMIT_CALENDAR_DAYS] = 12, [LIMIT_WORKING_HOURS] = 30,
                               [LIMIT_SAME_DAY] = 1, [LIMIT_MONTHS] = 2};
    enum limit_unit unit = chance(40) ? LIMIT_WORKING_DAYS : chance(8) ? LIMIT_MONTHS : (enum limit_unit)(1 + random_below(3));

    return (struct limit){unit, 1 + (int)random_below((uint32_t)MOST[unit])};
}

/* A moment in the office's day more often than at night, on the dot more often than not. */
static int random_moment(void)
{
    int minute = chance(85) ? 300 + (int)random_below(900) : (int)random_below(DAY);

    return (int)random_below(START_DAYS) * DAY + (chance(60) ? minute / 5 * 5 : minute);
}

static int random_pauses(int from, struct interval *ret)
{
    int count = chance(50) ? 0 : 1 + (int)random_below(3), t = from - (chance(10) ? 500 : 0);

    for (int i = 0; i < count; i++) {
        t += (int)random_below(chance(50) ? 600 : 3 * DAY);
        ret[i].from = t < 0 ? 0 : t;
        t = ret[i].from + (int)random_below(chance(30) ? 300 : 4 * DAY);
        ret[i].to = t;
    }
    return count;
}

static void check(struct limit limit, int from, const struct interval *pause, int pauses)
{
    struct pause ledger[3];
    struct deadline d;
    int received, base, due = oracle(from, limit, pause, pauses, &received, &base);

    for (int i = 0; i < pauses; i++)
        ledger[i] = (struct pause){.from = moment(pause[i].from), .to = moment(pause[i].to)};
    assert_err(deadline_derive(arena, &office, moment(from), limit, ledger, (size_t)pauses, &d), OK);
    if (local_cmp(d.received, moment(received)) || local_cmp(d.due_without_pauses, moment(base)) || local_cmp(d.due, moment(due)))
        fail_msg("unit %d length %d from %s: received %s, due %s, with %d pauses %s; the oracle says %s, %s, %s", (int)limit.unit,
                 limit.length, local_iso(arena, moment(from)).p, local_iso(arena, d.received).p,
                 local_iso(arena, d.due_without_pauses).p, pauses, local_iso(arena, d.due).p,
                 local_iso(arena, moment(received)).p, local_iso(arena, moment(base)).p, local_iso(arena, moment(due)).p);
}

/* What must hold of every answer, whatever it is. */
static void check_laws(struct limit limit, int from)
{
    struct limit longer = {limit.unit, limit.length + 1};
    struct deadline d, later;
    struct local read;

    assert_err(deadline_derive(arena, &office, moment(from), limit, NULL, 0, &d), OK);
    assert_err(deadline_derive(arena, &office, moment(from), longer, NULL, 0, &later), OK);
    assert_true(local_cmp(d.received, moment(from)) >= 0);
    assert_true(local_cmp(d.due, d.received) > 0 || limit.unit == LIMIT_SAME_DAY);
    assert_true(local_cmp(later.due, d.due) >= 0);
    assert_int_equal(local_cmp(d.due, d.due_without_pauses), 0);
    /* A working moment: some working time ends or begins there. */
    struct local before = {d.due.date, d.due.ms_of_day - 60000}, after = {d.due.date, d.due.ms_of_day + 60000};
    assert_int_not_equal(calendar_work_minutes(&office, before, d.due) + calendar_work_minutes(&office, d.due, after), 0);
    assert_err(local_parse(local_iso(arena, d.due), &read), OK);
    assert_int_equal(local_cmp(read, d.due), 0);
    if (limit.unit == LIMIT_WORKING_DAYS)
        assert_int_equal(calendar_working_days_between(&office, d.received.date, d.due.date), limit.length);
    if (limit.unit == LIMIT_WORKING_HOURS)
        assert_int_equal(calendar_work_minutes(&office, d.received, d.due), limit.length * 60);
    assert_int_equal(d.step[0].rule, DEADLINE_RECEIVED);
    assert_int_equal(local_cmp(d.step[d.step_count - 1].moved_to, d.due), 0);
    for (size_t i = 0; i < d.step_count; i++)
        assert_true(date_cmp(d.step[i].on, d.step[i].until) <= 0);
}

static void every_case_agrees_with_the_oracle(void **state)
{
    (void)state;
    for (int i = 0; i < CALENDARS; i++) {
        random_office();
        paint_all();
        for (int day = 0; day < HORIZON; day++)
            assert_int_equal(calendar_is_working_day(&office, date_add_days(first_day, day)), is_working[day]);
        for (int k = 0; k < CASES_PER_CALENDAR; k++) {
            struct interval pause[3];
            int from = random_moment(), pauses = random_pauses(from, pause);
            struct limit limit = random_limit();
            check(limit, from, pause, pauses);
            if (k % 4 == 0)
                check_laws(limit, from);
            arena_reset(arena);
        }
    }
}

/* Seconds and fractions are kept: working hours are counted to the millisecond. */
static void hours_are_exact(void **state)
{
    struct office_hours h = {DATE_MIN, .cut_off = 900};
    struct calendar c = {.hours = &h, .hours_count = 1};
    struct local from = {date_of(2018, 3, 5), 8 * 3600000 + 12345};
    struct pause pause = {.from = {from.date, 9 * 3600000 + 1}, .to = {from.date, 9 * 3600000 + 1004}};
    struct deadline d;

    (void)state;
    for (int day = MONDAY; day <= FRIDAY; day++)
        h.work[day] = (struct day_hours){{{450, 690}}, 1};
    assert_err(deadline_derive(arena, &c, from, (struct limit){LIMIT_WORKING_HOURS, 4}, &pause, 1, &d), OK);
    assert_int_equal(d.due_without_pauses.date.day, date_of(2018, 3, 6).day);
    assert_int_equal(d.due_without_pauses.ms_of_day, 8 * 3600000 + 12345);
    assert_int_equal(d.due.ms_of_day, 8 * 3600000 + 12345 + 1003);
}

static int set_up(void **state)
{
    const char *seed = getenv("TEST_SEED");
    int64_t given = 0;

    (void)state;
    arena = arena_new(64 * 1024 * 1024);
    if (seed && str_parse_int(str_of(seed), 0, INT64_MAX, &given) != OK)
        return -1;
    random_state = seed ? (uint64_t)given : (uint64_t)time(NULL);
    print_message("# seed %llu\n", (unsigned long long)random_state);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(every_case_agrees_with_the_oracle, set_up, tear_down),
    cmocka_unit_test_setup_teardown(hours_are_exact, set_up, tear_down),
};
TEST_MAIN("deadline_oracle", tests)
