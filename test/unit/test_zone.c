#include "test.h"

#include <pthread.h>

#include <unicode/ucal.h>

#include "calendar/zone.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(256 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct zone *zone(const char *name)
{
    const struct zone *z = NULL;

    if (zone_open(str_of(name), &z))
        fail_msg("no zone %s", name);
    return z;
}

static struct instant instant(const char *text)
{
    struct instant t = {0};

    assert_err(instant_parse_rfc3339(str_of(text), &t), OK);
    return t;
}

static struct str wall(const struct zone *z, const char *text)
{
    return local_iso(arena, zone_local(z, instant(text)));
}

static struct str shown_at(const struct zone *z, const char *text)
{
    struct local t;

    assert_err(local_parse(str_of(text), &t), OK);
    return instant_iso(arena, zone_instant(z, t));
}

static void vietnam_is_seven_hours_ahead(void **state)
{
    const struct zone *z = zone("Asia/Ho_Chi_Minh");

    (void)state;
    assert_str(wall(z, "2018-02-12T03:30:00Z"), STR("2018-02-12T10:30:00"));
    assert_str(wall(z, "2018-02-11T17:00:00Z"), STR("2018-02-12T00:00:00"));
    assert_str(wall(z, "2018-02-11T16:59:59Z"), STR("2018-02-11T23:59:59"));
    assert_str(shown_at(z, "2018-02-12T10:30"), STR("2018-02-12T03:30:00.000Z"));
    assert_str(instant_iso(arena, zone_day_start(z, date_of(2018, 2, 12))), STR("2018-02-11T17:00:00.000Z"));
    assert_str(zone_iso(arena, z, instant("2018-02-12T03:30:00.9Z")), STR("2018-02-12T10:30:00+07:00"));
    assert_int_equal(zone_date(z, instant("2299-12-31T16:59:59Z")).day, DATE_MAX.day);
    /* The change of 1975, from the south's eight hours. */
    assert_str(wall(z, "1975-06-12T15:59:59Z"), STR("1975-06-12T23:59:59"));
    assert_str(wall(z, "1975-06-12T16:00:00Z"), STR("1975-06-12T23:00:00"));
    assert_str(wall(z, "1976-01-01T00:00:00Z"), STR("1976-01-01T07:00:00"));
}

/* 26 March 2017: 02:00 becomes 03:00; 29 October: 03:00 becomes 02:00. */
static void summer_time_has_a_gap_and_a_double_hour(void **state)
{
    const struct zone *z = zone("Europe/Amsterdam");

    (void)state;
    assert_str(wall(z, "2017-03-26T00:59:59Z"), STR("2017-03-26T01:59:59"));
    assert_str(wall(z, "2017-03-26T01:00:00Z"), STR("2017-03-26T03:00:00"));
    assert_str(shown_at(z, "2017-03-26T01:59:59"), STR("2017-03-26T00:59:59.000Z"));
    assert_str(shown_at(z, "2017-03-26T02:30"), STR("2017-03-26T01:00:00.000Z"));
    assert_str(shown_at(z, "2017-03-26T03:00"), STR("2017-03-26T01:00:00.000Z"));
    assert_str(shown_at(z, "2017-10-29T02:30"), STR("2017-10-29T00:30:00.000Z"));
    assert_str(shown_at(z, "2017-10-29T03:00"), STR("2017-10-29T02:00:00.000Z"));
    assert_str(zone_iso(arena, z, instant("2017-10-29T00:30:00Z")), STR("2017-10-29T02:30:00+02:00"));
    assert_str(zone_iso(arena, z, instant("2017-10-29T01:30:00Z")), STR("2017-10-29T02:30:00+01:00"));
    assert_str(wall(z, "2250-07-01T00:00:00Z"), STR("2250-07-01T02:00:00"));
}

/* Havana begins summer time at midnight, Apia left out the whole 30 December 2011. */
static void days_begin_when_they_begin(void **state)
{
    (void)state;
    assert_str(instant_iso(arena, zone_day_start(zone("America/Havana"), date_of(2018, 3, 11))),
               STR("2018-03-11T05:00:00.000Z"));
    assert_str(wall(zone("America/Havana"), "2018-03-11T05:00:00Z"), STR("2018-03-11T01:00:00"));
    assert_str(instant_iso(arena, zone_day_start(zone("Pacific/Apia"), date_of(2011, 12, 30))),
               STR("2011-12-30T10:00:00.000Z"));
    assert_str(instant_iso(arena, zone_day_start(zone("Pacific/Apia"), date_of(2011, 12, 31))),
               STR("2011-12-30T10:00:00.000Z"));
}

static void offsets_to_the_west_and_with_minutes_are_shown(void **state)
{
    (void)state;
    assert_str(zone_iso(arena, zone("America/St_Johns"), instant("2018-01-01T00:00:00Z")), STR("2017-12-31T20:30:00-03:30"));
    assert_str(zone_iso(arena, zone("Asia/Kolkata"), instant("2018-01-01T00:00:00Z")), STR("2018-01-01T05:30:00+05:30"));
    assert_str(zone_iso(arena, zone("UTC"), instant("2018-01-01T00:00:00Z")), STR("2018-01-01T00:00:00+00:00"));
}

/* An offset with seconds cannot be written; the text still means the same instant. */
static void old_offsets_still_mean_the_same_instant(void **state)
{
    const struct zone *z = zone("Asia/Ho_Chi_Minh");
    struct instant old = instant("1850-06-01T12:00:00Z"), read;

    (void)state;
    assert_err(instant_parse_rfc3339(zone_iso(arena, z, old), &read), OK);
    assert_int_equal(read.ms, old.ms);
}

static void never_stays_never(void **state)
{
    const char *const NAMES[] = {"Asia/Ho_Chi_Minh", "America/New_York"};

    (void)state;
    for (int i = 0; i < 2; i++) {
        const struct zone *z = zone(NAMES[i]);
        assert_int_equal(zone_date(z, INSTANT_NEVER).day, DATE_NEVER.day);
        assert_int_equal(zone_instant(z, zone_local(z, INSTANT_NEVER)).ms, INSTANT_NEVER.ms);
        assert_int_equal(zone_day_start(z, DATE_NEVER).ms, INSTANT_NEVER.ms);
        assert_int_equal(zone_iso(arena, z, INSTANT_NEVER).n, 25);
    }
}

static void unknown_names_are_refused(void **state)
{
    static const char *const BAD[] = {"", "Mars/Olympus", "GMT+7", "Etc/Unknown", "asia/ho_chi_minh ",
                                      "Asia/Hà Nội", "../etc/passwd",
                                      "Asia/Ho_Chi_Minh_which_is_far_too_long_to_be_the_name_of_a_zone_anywhere"};
    const struct zone *z = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        if (zone_open(str_of(BAD[i]), &z) != ERR_INVALID)
            fail_msg("taken: %s", BAD[i]);
    assert_null(z);
}

static void the_same_name_gives_the_same_zone(void **state)
{
    (void)state;
    assert_ptr_equal(zone("Asia/Ho_Chi_Minh"), zone("Asia/Ho_Chi_Minh"));
    assert_str(zone_name(zone("Asia/Ho_Chi_Minh")), STR("Asia/Ho_Chi_Minh"));
    assert_str(zone_name(zone("Asia/Saigon")), STR("Asia/Saigon"));
}

/* Against ICU's own calendar, at random instants; and back again. */
static void random_instants_agree_with_icu(void **state)
{
    static const char *const NAMES[] = {"Asia/Ho_Chi_Minh", "Europe/Amsterdam", "America/Sao_Paulo",
                                        "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Kiritimati"};
    uint64_t random = 42;

    (void)state;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        UErrorCode status = U_ZERO_ERROR;
        UChar name[64];
        const struct zone *z = zone(NAMES[i]);
        for (size_t n = 0; n <= strlen(NAMES[i]); n++)
            name[n] = (UChar)NAMES[i][n];
        UCalendar *cal = ucal_open(name, -1, "en", UCAL_GREGORIAN, &status);
        for (int n = 0; n < 5000; n++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            /* 1950 to 2150 */
            struct instant t = {INT64_C(-631152000000) + (int64_t)((random >> 20) % UINT64_C(6311520000000))};
            ucal_setMillis(cal, (double)t.ms, &status);
            int64_t offset = (int64_t)ucal_get(cal, UCAL_ZONE_OFFSET, &status) + ucal_get(cal, UCAL_DST_OFFSET, &status);
            struct local l = zone_local(z, t);
            assert_int_equal((int64_t)l.date.day * 86400000 + l.ms_of_day, t.ms + offset);
            struct instant back = zone_instant(z, l);
            assert_true(back.ms <= t.ms && local_cmp(zone_local(z, back), l) == 0);
            assert_true(zone_day_start(z, l.date).ms <= t.ms);
        }
        assert_true(U_SUCCESS(status));
        ucal_close(cal);
    }
}

static void *open_many(void *arg)
{
    static const char *const NAMES[] = {"Asia/Tokyo", "Asia/Bangkok", "Europe/Paris", "Asia/Seoul"};

    for (int i = 0; i < 400; i++) {
        const struct zone *z;
        if (zone_open(str_of(NAMES[i % 4]), &z) || zone_date(z, (struct instant){0}).day != 0)
            *(bool *)arg = false;
    }
    return NULL;
}

static void zones_are_opened_by_many_threads(void **state)
{
    pthread_t thread[4];
    bool is_well[4] = {true, true, true, true};

    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, open_many, &is_well[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(thread[i], NULL);
        assert_true(is_well[i]);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(vietnam_is_seven_hours_ahead, set_up, tear_down),
    cmocka_unit_test_setup_teardown(summer_time_has_a_gap_and_a_double_hour, set_up, tear_down),
    cmocka_unit_test_setup_teardown(days_begin_when_they_begin, set_up, tear_down),
    cmocka_unit_test_setup_teardown(offsets_to_the_west_and_with_minutes_are_shown, set_up, tear_down),
    cmocka_unit_test_setup_teardown(old_offsets_still_mean_the_same_instant, set_up, tear_down),
    cmocka_unit_test_setup_teardown(never_stays_never, set_up, tear_down),
    cmocka_unit_test_setup_teardown(unknown_names_are_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(the_same_name_gives_the_same_zone, set_up, tear_down),
    cmocka_unit_test_setup_teardown(random_instants_agree_with_icu, set_up, tear_down),
    cmocka_unit_test_setup_teardown(zones_are_opened_by_many_threads, set_up, tear_down),
};
TEST_MAIN("zone", tests)
