#include "vn_calendar.h"

#include "calendar/badge.h"

static struct arena *arena;
static struct calendar vn;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(64 * 1024 * 1024);
    vn = vn_calendar(arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* "2018-03-05T08:00" */
static struct local at(const char *text)
{
    struct local t = {0};

    assert_err(local_parse(str_of(text), &t), OK);
    return t;
}

static void the_rest_is_counted_in_working_time(void **state)
{
    static const struct {
        const char *now, *due;
        enum badge_kind kind;
        int days;
        int64_t minutes;
    } CASES[] = {
        {"2018-03-05T08:00", "2018-03-06T08:00", BADGE_LEFT, 1, 450},
        {"2018-03-05T16:30", "2018-03-06T07:30", BADGE_LEFT, 1, 0},
        {"2018-02-13T10:00", "2018-02-26T10:00", BADGE_LEFT, 4, 4 * 450}, /* over Tết */
        {"2018-03-03T09:00", "2018-03-05T09:00", BADGE_LEFT, 1, 90},      /* from a Saturday */
        {"2018-03-05T08:00", "2018-03-05T10:00", BADGE_DUE_TODAY, 0, 120},
        {"2018-03-05T10:00", "2018-03-05T10:00", BADGE_DUE_TODAY, 0, 0},
        {"2018-03-05T10:45", "2018-03-05T10:00", BADGE_DUE_TODAY, 0, -45},
        {"2018-03-05T23:59", "2018-03-05T16:30", BADGE_DUE_TODAY, 0, 0},
        {"2018-03-06T00:00", "2018-03-05T16:30", BADGE_LATE, 1, 0},
        {"2018-03-06T08:30", "2018-03-05T16:00", BADGE_LATE, 1, -90},
        {"2018-03-10T09:00", "2018-03-09T16:30", BADGE_LATE, 0, 0}, /* Saturday after a due Friday */
        {"2018-02-21T08:00", "2018-02-13T16:30", BADGE_LATE, 1, -30},
        {"2018-03-28T08:00", "2018-03-26T08:00", BADGE_LATE, 2, -900},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct badge b = badge_of(&vn, at(CASES[i].now), at(CASES[i].due));
        if (b.kind != CASES[i].kind || b.days != CASES[i].days || b.minutes != CASES[i].minutes)
            fail_msg("case %zu: %d, %d days, %lld minutes", i, (int)b.kind, b.days, (long long)b.minutes);
        assert_int_equal(local_cmp(b.due, at(CASES[i].due)), 0);
    }
}

static void far_dates_cost_no_more_than_ten_years(void **state)
{
    struct local now = at("2018-03-05T08:00"), never = {DATE_NEVER, 0};
    struct badge b = badge_of(&vn, now, never);

    (void)state;
    assert_int_equal(b.kind, BADGE_LEFT);
    assert_true(b.days > 0 && b.days <= BADGE_DAYS_MAX);
    assert_int_equal(local_cmp(b.due, never), 0);
    b = badge_of(&vn, now, at("1801-01-01T08:00"));
    assert_int_equal(b.kind, BADGE_LATE);
    assert_true(b.days > 0 && b.days <= BADGE_DAYS_MAX && b.minutes < 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(the_rest_is_counted_in_working_time, set_up, tear_down),
    cmocka_unit_test_setup_teardown(far_dates_cost_no_more_than_ten_years, set_up, tear_down),
};
TEST_MAIN("badge", tests)
