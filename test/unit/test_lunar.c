#include "test.h"

#include "calendar/lunar.h"

/* Reference 2.7; 2030 is a day before the Chinese new year. */
static void tet_and_gio_to_fall_on_their_days(void **state)
{
    static const struct {
        int year, tet_day, tet_month, gio_to_day, gio_to_month;
    } YEARS[] = {
        {2017, 28, 1, 6, 4},  {2018, 16, 2, 25, 4}, {2019, 5, 2, 14, 4},  {2020, 25, 1, 2, 4},  {2021, 12, 2, 21, 4},
        {2022, 1, 2, 10, 4},  {2023, 22, 1, 29, 4}, {2024, 10, 2, 18, 4}, {2025, 29, 1, 7, 4},  {2026, 17, 2, 26, 4},
        {2027, 6, 2, 16, 4},  {2028, 26, 1, 4, 4},  {2029, 13, 2, 23, 4}, {2030, 2, 2, 12, 4},
        {1985, 21, 1, 29, 4}, /* a month before China's: UTC+7 moved the solstice month */
        {2007, 17, 2, 26, 4}, /* a day before China's */
    };

    (void)state;
    for (size_t i = 0; i < sizeof YEARS / sizeof YEARS[0]; i++) {
        struct date tet, gio_to;
        int year = YEARS[i].year;
        assert_err(lunar_tet(year, &tet), OK);
        assert_err(lunar_gio_to(year, &gio_to), OK);
        assert_int_equal(tet.day, date_of(year, YEARS[i].tet_month, YEARS[i].tet_day).day);
        assert_int_equal(gio_to.day, date_of(year, YEARS[i].gio_to_month, YEARS[i].gio_to_day).day);
    }
}

/* "1976-01-01,1975,12,1,0,..." */
static bool line_read(struct str line, struct date *ret_date, struct lunar *ret)
{
    struct str field;
    int64_t value[4];

    if (!str_split(&line, ',', &field) || date_parse(field, ret_date))
        return false;
    for (int i = 0; i < 4; i++)
        if (!str_split(&line, ',', &field) || str_parse_int(field, 0, 9999, &value[i]))
            return false;
    *ret = (struct lunar){(int)value[0], (int)value[1], (int)value[2], value[3] == 1};
    return true;
}

/* Days from 1976 to 2050 on which three libraries agree. */
static void every_agreed_day_comes_out_both_ways(void **state)
{
    FILE *f = fopen(SOURCE_ROOT "/../shared/data/vn_lunar/lunar.csv", "r");
    char line[256];
    int days = 0;

    (void)state;
    if (!f) {
        print_message("# skipped: no lunar.csv here\n");
        skip();
    }
    while (fgets(line, sizeof line, f)) {
        struct date d, back;
        struct lunar want, have;
        if (!line_read(str_trim(str_of(line)), &d, &want))
            continue; /* the header */
        assert_err(lunar_of(d, &have), OK);
        if (have.year != want.year || have.month != want.month || have.day != want.day || have.is_leap != want.is_leap)
            fail_msg("%s is %d-%d-%d", line, have.year, have.month, have.day);
        assert_err(lunar_date(want, &back), OK);
        assert_int_equal(back.day, d.day);
        days++;
    }
    fclose(f);
    assert_true(days > 20000);
}

/* Months of 29 or 30 days, numbered in order, a leap month after its namesake. */
static void months_follow_each_other(void **state)
{
    struct lunar before, l;
    int leap_months = 0;

    (void)state;
    assert_err(lunar_of(date_of(2000, 1, 1), &before), OK);
    for (struct date d = date_of(2000, 1, 2); d.day < date_of(2038, 1, 1).day; d = date_add_days(d, 1)) {
        assert_err(lunar_of(d, &l), OK);
        if (l.day > 1) {
            assert_int_equal(l.day, before.day + 1);
            assert_true(l.day <= 30 && l.month == before.month && l.year == before.year);
        } else {
            assert_true(before.day >= 29);
            assert_int_equal(l.month, l.is_leap ? before.month : before.month % 12 + 1);
            assert_int_equal(l.year, before.year + (l.month == 1 && !l.is_leap));
            leap_months += l.is_leap;
        }
        before = l;
    }
    assert_int_equal(leap_months, 14); /* seven in nineteen years */
}

static void there_is_no_such_lunar_date(void **state)
{
    struct date d = {77};
    static const struct lunar BAD[] = {{2018, 0, 1, false},  {2018, 13, 1, false}, {2018, 1, 0, false},
                                       {2018, 1, 31, false}, {2018, 1, 1, true},   {2020, 5, 1, true},
                                       {2019, 1, 0, false},  {2020, 4, 30, true}};

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        if (lunar_date(BAD[i], &d) != ERR_INVALID)
            fail_msg("taken: case %zu", i);
    assert_err(lunar_date((struct lunar){LUNAR_YEAR_MIN - 1, 1, 1, false}, &d), ERR_LIMIT);
    assert_err(lunar_date((struct lunar){LUNAR_YEAR_MAX + 1, 1, 1, false}, &d), ERR_LIMIT);
    assert_err(lunar_tet(1800, &d), ERR_LIMIT);
    assert_int_equal(d.day, 77);
    assert_err(lunar_date((struct lunar){2020, 4, 29, true}, &d), OK);
    assert_int_equal(d.day, date_of(2020, 6, 20).day);
}

static void far_days_are_refused(void **state)
{
    struct lunar l = {.year = 77};
    struct date first, last;

    (void)state;
    assert_err(lunar_of(DATE_MIN, &l), ERR_LIMIT);
    assert_err(lunar_of(DATE_MAX, &l), ERR_LIMIT);
    assert_err(lunar_tet(LUNAR_YEAR_MIN, &first), OK);
    assert_err(lunar_of(date_add_days(first, -1), &l), ERR_LIMIT);
    assert_int_equal(l.year, 77);
    assert_err(lunar_of(first, &l), OK);
    assert_err(lunar_date((struct lunar){LUNAR_YEAR_MAX, 12, 29, false}, &last), OK);
    assert_err(lunar_of(last, &l), OK);
    assert_err(lunar_of(date_add_days(last, 2), &l), ERR_LIMIT);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(tet_and_gio_to_fall_on_their_days),
    cmocka_unit_test(every_agreed_day_comes_out_both_ways),
    cmocka_unit_test(months_follow_each_other),
    cmocka_unit_test(there_is_no_such_lunar_date),
    cmocka_unit_test(far_days_are_refused),
};
TEST_MAIN("lunar", tests)
