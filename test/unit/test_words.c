#include "test.h"

#include "base/text.h"
#include "words/words.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void each_word_has_both_languages(void **state)
{
    (void)state;
    for (int w = 0; w < WORD__COUNT; w++) {
        assert_true(word(LANG_VI, (enum word)w).n > 0);
        assert_true(word(LANG_EN, (enum word)w).n > 0);
    }
}

static void keys_are_sorted_and_each_is_found(void **state)
{
    (void)state;
    for (int w = 0; w < WORD__COUNT; w++) {
        enum word found = WORD__COUNT;
        assert_true(word_find(word_key((enum word)w), &found));
        assert_int_equal(found, w);
        if (w)
            assert_true(str_cmp(word_key((enum word)(w - 1)), word_key((enum word)w)) < 0);
    }
}

static void an_unknown_key_is_not_found(void **state)
{
    enum word found = WORD_COMMON_YES;

    (void)state;
    assert_false(word_find(STR(""), &found));
    assert_false(word_find(STR("common"), &found));
    assert_false(word_find(STR("common.ye"), &found));
    assert_false(word_find(STR("common.yess"), &found));
    assert_false(word_find(STR("zzz.zzz"), &found));
    assert_int_equal(found, WORD_COMMON_YES);
}

/* ERR_NOT_FOUND -> err.not_found and err.not_found_title: no failure is without a sentence. */
static void each_err_has_a_title_and_a_sentence(void **state)
{
    (void)state;
    for (int e = 0; e < ERR__COUNT; e++) {
        struct str name = str_of(err_name((enum err)e));
        enum word found;
        if (str_has_prefix(name, STR("ERR_")))
            name = str_sub(name, 4, name.n);
        struct str key = str_format(arena, "err.%" PRIstr, STR_ARG(text_lower(arena, name)));
        if (!word_find(key, &found) ||
            !word_find(str_format(arena, "%" PRIstr "_title", STR_ARG(key)), &found))
            fail_msg("no words for %" PRIstr, STR_ARG(key));
    }
}

static void a_word_is_given_in_its_language(void **state)
{
    (void)state;
    assert_str(word(LANG_VI, WORD_COMMON_WEEKDAY_SUNDAY), STR("Chủ Nhật"));
    assert_str(word(LANG_EN, WORD_COMMON_WEEKDAY_SUNDAY), STR("Sunday"));
}

static void holes_are_filled_in_their_order(void **state)
{
    struct str day[] = {STR("5"), STR("2"), STR("2018")};

    (void)state;
    assert_str(word_format(arena, LANG_VI, WORD_COMMON_DATE_LONG, day, 3),
               STR("ngày 5 tháng 2 năm 2018"));
    assert_str(word_format(arena, LANG_EN, WORD_COMMON_DATE_LONG, day, 3), STR("5/2/2018"));
}

static void a_value_is_not_read_for_holes(void **state)
{
    struct str value[] = {STR("{2}"), STR("{1}")};

    (void)state;
    assert_str(word_format(arena, LANG_VI, WORD_COMMON_AT_TIME, value, 2), STR("{2} lúc {1}"));
}

static void a_missing_value_leaves_its_hole_empty(void **state)
{
    struct str value[] = {STR("15/07/2026")};

    (void)state;
    assert_str(word_format(arena, LANG_VI, WORD_COMMON_AT_TIME, value, 1), STR("15/07/2026 lúc "));
    assert_str(word_format(arena, LANG_VI, WORD_COMMON_YES, value, 1), STR("Có"));
}

static void numbers_stand_in_threes(void **state)
{
    (void)state;
    assert_str(word_int(arena, LANG_VI, 0), STR("0"));
    assert_str(word_int(arena, LANG_VI, 999), STR("999"));
    assert_str(word_int(arena, LANG_VI, 1000), STR("1.000"));
    assert_str(word_int(arena, LANG_VI, 15210), STR("15.210"));
    assert_str(word_int(arena, LANG_EN, 15210), STR("15,210"));
    assert_str(word_int(arena, LANG_VI, 1234567), STR("1.234.567"));
    assert_str(word_int(arena, LANG_VI, -1000), STR("−1.000"));
    assert_str(word_int(arena, LANG_VI, INT64_MAX), STR("9.223.372.036.854.775.807"));
    assert_str(word_int(arena, LANG_VI, INT64_MIN), STR("−9.223.372.036.854.775.808"));
}

static void per_cent_has_two_decimals_half_up(void **state)
{
    (void)state;
    assert_str(word_percent(arena, LANG_VI, 9809, 15210), STR("64,49\u00a0%"));
    assert_str(word_percent(arena, LANG_EN, 9809, 15210), STR("64.49\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, 1, 3), STR("33,33\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, 2, 3), STR("66,67\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, 1, 1), STR("100,00\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, 0, 7), STR("0,00\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, 1, 20000), STR("0,01\u00a0%")); /* 0.005, up */
    assert_str(word_percent(arena, LANG_VI, 49, 1000000), STR("0,00\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, 9999951, 10000000), STR("100,00\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, -1, 8), STR("−12,50\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, -1, 1000000), STR("0,00\u00a0%")); /* no minus zero */
    assert_str(word_percent(arena, LANG_VI, 25, 2), STR("1.250,00\u00a0%"));
}

static void per_cent_of_nothing_is_a_dash(void **state)
{
    (void)state;
    assert_str(word_percent(arena, LANG_VI, 0, 0), STR("–"));
    assert_str(word_percent(arena, LANG_EN, 5, 0), STR("–"));
}

static void per_cent_of_very_large_numbers_does_not_overflow(void **state)
{
    (void)state;
    assert_str(word_percent(arena, LANG_VI, INT64_MAX, INT64_MAX), STR("100,00\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, INT64_MAX / 4, INT64_MAX), STR("25,00\u00a0%"));
    assert_str(word_percent(arena, LANG_VI, INT64_MIN, INT64_MIN), STR("100,00\u00a0%"));
    word_percent(arena, LANG_VI, INT64_MAX, 1); /* under the sanitizer */
}

static void money_carries_its_unit(void **state)
{
    (void)state;
    assert_str(word_money(arena, LANG_VI, 100000), STR("100.000\u00a0đồng"));
    assert_str(word_money(arena, LANG_EN, 100000), STR("100,000\u00a0dong"));
    assert_str(word_money(arena, LANG_VI, 0), STR("0\u00a0đồng"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_word_has_both_languages),
        T(keys_are_sorted_and_each_is_found),
        T(an_unknown_key_is_not_found),
        T(each_err_has_a_title_and_a_sentence),
        T(a_word_is_given_in_its_language),
        T(holes_are_filled_in_their_order),
        T(a_value_is_not_read_for_holes),
        T(a_missing_value_leaves_its_hole_empty),
        T(numbers_stand_in_threes),
        T(per_cent_has_two_decimals_half_up),
        T(per_cent_of_nothing_is_a_dash),
        T(per_cent_of_very_large_numbers_does_not_overflow),
        T(money_carries_its_unit),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
