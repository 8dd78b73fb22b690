#include "test.h"

#include "calendar/date.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1024 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Walks every day from DATE_MIN to DATE_MAX with the naive rules of the calendar. */
static void every_day_is_counted(void **state)
{
    static const int LENGTH[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct civil c = {1800, 1, 1};
    int weekday = WEDNESDAY; /* 1 January 1800 */

    (void)state;
    for (struct date d = DATE_MIN; date_cmp(d, DATE_MAX) <= 0; d = date_add_days(d, 1)) {
        struct civil have = date_civil(d);
        assert_true(have.year == c.year && have.month == c.month && have.day == c.day);
        assert_int_equal(date_of(c.year, c.month, c.day).day, d.day);
        assert_int_equal(date_weekday(d), weekday);
        bool is_leap = (c.year % 4 == 0 && c.year % 100 != 0) || c.year % 400 == 0;
        weekday = (weekday + 1) % 7;
        if (++c.day > LENGTH[c.month - 1] + (c.month == 2 && is_leap)) {
            c.day = 1;
            if (++c.month > 12) {
                c.month = 1;
                c.year++;
            }
        }
    }
    assert_int_equal(c.year, 2300);
}

static void fixed_days_are_where_they_should(void **state)
{
    (void)state;
    assert_int_equal(date_of(1970, 1, 1).day, 0);
    assert_int_equal(date_of(1969, 12, 31).day, -1);
    assert_int_equal(date_of(1800, 1, 1).day, DATE_MIN.day);
    assert_int_equal(date_of(2299, 12, 31).day, DATE_MAX.day);
    assert_int_equal(date_weekday(date_of(2018, 2, 12)), MONDAY);
    assert_str(date_iso(arena, DATE_NEVER), STR("9999-12-31"));
    assert_str(date_vietnamese(arena, date_of(2018, 2, 3)), STR("03/02/2018"));
}

static void impossible_days_are_not_valid(void **state)
{
    static const struct civil BAD[] = {{2018, 2, 29}, {2018, 4, 31}, {2018, 13, 1}, {2018, 0, 1},
                                       {2018, 1, 0},  {2018, 1, 32}, {1799, 12, 31}, {2300, 1, 1},
                                       {1900, 2, 29}, {2018, -1, 1}, {2018, 1, -1}};

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_false(date_is_valid(BAD[i]));
    assert_true(date_is_valid((struct civil){2000, 2, 29}));
    assert_true(date_is_valid((struct civil){2016, 2, 29}));
}

static void months_clip_to_their_last_day(void **state)
{
    static const struct {
        struct civil from;
        int months;
        const char *to;
    } CASES[] = {
        {{2018, 1, 31}, 1, "2018-02-28"},  {{2016, 1, 31}, 1, "2016-02-29"}, {{2018, 1, 31}, 2, "2018-03-31"},
        {{2018, 12, 31}, 1, "2019-01-31"}, {{2018, 3, 31}, -1, "2018-02-28"}, {{2018, 1, 15}, -1, "2017-12-15"},
        {{2018, 1, 15}, 0, "2018-01-15"},  {{2018, 1, 15}, 12, "2019-01-15"}, {{2016, 2, 29}, 12, "2017-02-28"},
        {{2018, 5, 31}, -15, "2017-02-28"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct civil c = CASES[i].from;
        assert_str(date_iso(arena, date_add_months(date_of(c.year, c.month, c.day), CASES[i].months)),
                   str_of(CASES[i].to));
    }
}

static void dates_are_read_exactly(void **state)
{
    static const char *const BAD[] = {"",           "2018-2-12",  "2018-02-12 ", " 2018-02-12", "2018-02-30",
                                      "18-02-12",   "2018/02/12", "20180212",    "2018-02-1x",  "2018-02-",
                                      "2300-01-01", "1799-12-31", "9999-12-30",  "2018-02-123", "+018-02-12"};
    struct date d = {77};

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_err(date_parse(str_of(BAD[i]), &d), ERR_INVALID);
    assert_int_equal(d.day, 77);
    assert_err(date_parse(STR("2018-02-12"), &d), OK);
    assert_int_equal(d.day, date_of(2018, 2, 12).day);
    assert_err(date_parse(STR("9999-12-31"), &d), OK);
    assert_int_equal(d.day, DATE_NEVER.day);
}

static void typed_dates_are_read(void **state)
{
    static const struct {
        const char *text, *date;
    } GOOD[] = {
        {"1/7/2026", "2026-07-01"},   {"01-07-2026", "2026-07-01"}, {"1.7.26", "2026-07-01"},
        {"01072026", "2026-07-01"},   {"2026-07-01", "2026-07-01"}, {" 31/12/1999 ", "1999-12-31"},
        {"1/1/69", "2069-01-01"},     {"1/1/70", "1970-01-01"},     {"1/1/00", "2000-01-01"},
        {"29.2.2016", "2016-02-29"},
    };
    static const char *const BAD[] = {"",         "1/7",       "1/7-2026",  "29/2/2018", "31/4/2018", "1/13/2018",
                                      "0/1/2018", "1/7/026",   "010726",    "1/7/20266", "2026/07/01", "1 7 2026",
                                      "a/b/c",    "1//2018",   "1/7/",      "1/7/2026x", "31/12/9999", "9999-12-31",
                                      "111/1/2018", "1/7/2300", "1/7/1799", "32012018"};
    struct date d = {77};

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        if (date_parse_typed(str_of(BAD[i]), &d) != ERR_INVALID)
            fail_msg("taken: %s", BAD[i]);
    assert_int_equal(d.day, 77);
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        assert_err(date_parse_typed(str_of(GOOD[i].text), &d), OK);
        assert_str(date_iso(arena, d), str_of(GOOD[i].date));
    }
}

static void what_is_printed_can_be_read(void **state)
{
    uint64_t random = 20180212;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct date d;
        struct instant t;
        struct local l;
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        struct date day = date_add_days(DATE_MIN, (int)((random >> 33) % (uint64_t)(DATE_MAX.day - DATE_MIN.day + 1)));
        struct instant at = {day.day * INT64_C(86400000) + (int64_t)((random >> 20) % 86400000)};
        struct local local = {day, (int32_t)((random >> 25) % 86400) * 1000};
        assert_err(date_parse(date_iso(arena, day), &d), OK);
        assert_int_equal(d.day, day.day);
        assert_err(date_parse_typed(date_vietnamese(arena, day), &d), OK);
        assert_int_equal(d.day, day.day);
        assert_int_equal(instant_iso(arena, at).n, INSTANT_TEXT);
        assert_err(instant_parse(instant_iso(arena, at), &t), OK);
        assert_int_equal(t.ms, at.ms);
        assert_err(instant_parse_rfc3339(instant_iso(arena, at), &t), OK);
        assert_int_equal(t.ms, at.ms);
        assert_err(local_parse(local_iso(arena, local), &l), OK);
        assert_int_equal(local_cmp(l, local), 0);
        arena_reset(arena);
    }
}

static void instants_are_read_exactly(void **state)
{
    static const char *const BAD[] = {
        "",
        "2018-02-12T03:30:00Z",
        "2018-02-12T03:30:00.00Z",
        "2018-02-12T03:30:00.000",
        "2018-02-12T03:30:00.0000Z",
        "2018-02-12 03:30:00.000Z",
        "2018-02-12T24:00:00.000Z",
        "2018-02-12T03:60:00.000Z",
        "2018-02-12T03:30:60.000Z",
        "2018-02-30T03:30:00.000Z",
        "2018-02-12T03:30:00.000z",
        "9999-12-31T00:00:00.000Z",
    };
    struct instant t = {77};

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_err(instant_parse(str_of(BAD[i]), &t), ERR_INVALID);
    assert_int_equal(t.ms, 77);
    assert_err(instant_parse(STR("2018-02-12T03:30:00.123Z"), &t), OK);
    assert_int_equal(t.ms, INT64_C(1518406200123));
    assert_str(instant_iso(arena, (struct instant){-1}), STR("1969-12-31T23:59:59.999Z"));
    assert_err(instant_parse(instant_iso(arena, INSTANT_NEVER), &t), OK);
    assert_int_equal(t.ms, INSTANT_NEVER.ms);
}

static void foreign_instants_are_read(void **state)
{
    static const struct {
        const char *text, *instant;
    } GOOD[] = {
        {"2018-02-12T10:30:00+07:00", "2018-02-12T03:30:00.000Z"},
        {"2018-02-12T10:30:00+0700", "2018-02-12T03:30:00.000Z"},
        {"2018-02-12T10:30+07:00", "2018-02-12T03:30:00.000Z"},
        {"2018-02-12t03:30:00z", "2018-02-12T03:30:00.000Z"},
        {"2018-02-12 03:30:00.5Z", "2018-02-12T03:30:00.500Z"},
        {"2018-02-12T03:30:00.123987654Z", "2018-02-12T03:30:00.123Z"},
        {"2018-02-12T00:00:00-03:30", "2018-02-12T03:30:00.000Z"},
        {"2018-01-01T00:00:00+14:00", "2017-12-31T10:00:00.000Z"},
    };
    static const char *const BAD[] = {
        "2018-02-12T10:30:00",       "2018-02-12T10:30:00+7",      "2018-02-12T10:30:00+07",
        "2018-02-12T10:30:00.+07:00", "2018-02-12T10:30:00+24:00", "2018-02-12T10:30:00+07:60",
        "2018-02-12T10:30:00Z ",     "2018-02-12Z",                "2018-02-12T10Z",
        "1800-01-01T00:00:00+07:00", "2018-02-12T10:30:00.1234567890123Z", "2018-02-12T23:59:60Z",
    };
    struct instant t = {77};

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        if (instant_parse_rfc3339(str_of(BAD[i]), &t) != ERR_INVALID)
            fail_msg("taken: %s", BAD[i]);
    assert_int_equal(t.ms, 77);
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        assert_err(instant_parse_rfc3339(str_of(GOOD[i].text), &t), OK);
        assert_str(instant_iso(arena, t), str_of(GOOD[i].instant));
    }
}

static void wall_times_are_read(void **state)
{
    struct local t = {{77}, 77};
    static const char *const BAD[] = {"", "2018-02-12", "2018-02-12T", "2018-02-12T7:30", "2018-02-12 07:30",
                                      "2018-02-12T07:30Z", "2018-02-12T24:00", "2018-02-12T07:30:"};

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_err(local_parse(str_of(BAD[i]), &t), ERR_INVALID);
    assert_int_equal(t.date.day, 77);
    assert_err(local_parse(STR("2018-02-12T16:30"), &t), OK);
    assert_int_equal(local_cmp(t, local_at(date_of(2018, 2, 12), 16, 30)), 0);
    assert_err(local_parse(STR("2018-02-12T16:30:05.25"), &t), OK);
    assert_int_equal(t.ms_of_day, (16 * 60 + 30) * 60000 + 5250);
    assert_str(local_iso(arena, t), STR("2018-02-12T16:30:05"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(every_day_is_counted, set_up, tear_down),
    cmocka_unit_test_setup_teardown(fixed_days_are_where_they_should, set_up, tear_down),
    cmocka_unit_test_setup_teardown(impossible_days_are_not_valid, set_up, tear_down),
    cmocka_unit_test_setup_teardown(months_clip_to_their_last_day, set_up, tear_down),
    cmocka_unit_test_setup_teardown(dates_are_read_exactly, set_up, tear_down),
    cmocka_unit_test_setup_teardown(typed_dates_are_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_is_printed_can_be_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown(instants_are_read_exactly, set_up, tear_down),
    cmocka_unit_test_setup_teardown(foreign_instants_are_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown(wall_times_are_read, set_up, tear_down),
};
TEST_MAIN("date", tests)
