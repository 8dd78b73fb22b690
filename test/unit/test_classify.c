#include "test.h"

#include "calendar/classify.h"

static struct date day(int month, int day_of_month)
{
    return date_of(2018, month, day_of_month);
}

/* The table of reference 2.6, at the cut-off 28/02/2018 (end of the day). */
static void each_class_has_its_days(void **state)
{
    const struct date never = DATE_NEVER;
    const struct {
        struct date due, finished;
        bool is_withdrawn, is_suspended;
        enum dossier_class class;
    } CASES[] = {
        {day(2, 12), day(2, 11), false, false, CLASS_RESOLVED_EARLY},
        {day(2, 12), day(2, 12), false, false, CLASS_RESOLVED_ON_TIME},
        {day(2, 12), day(2, 13), false, false, CLASS_RESOLVED_LATE},
        {day(3, 5), day(2, 28), false, false, CLASS_RESOLVED_EARLY},
        {day(2, 28), day(2, 28), false, false, CLASS_RESOLVED_ON_TIME},
        {day(3, 5), never, false, false, CLASS_OPEN_IN_TERM},
        {day(3, 1), never, false, false, CLASS_OPEN_IN_TERM},
        {day(2, 28), never, false, false, CLASS_OPEN_LATE},
        {day(2, 27), never, false, false, CLASS_OPEN_LATE},
        /* Finished only after the cut-off: open then. */
        {day(3, 5), day(3, 1), false, false, CLASS_OPEN_IN_TERM},
        {day(2, 20), day(3, 1), false, false, CLASS_OPEN_LATE},
        {day(2, 20), day(3, 1), true, false, CLASS_OPEN_LATE},
        {day(3, 5), day(3, 1), true, true, CLASS_SUSPENDED},
        /* A stopped clock does not run past the due date. */
        {day(2, 20), never, false, true, CLASS_SUSPENDED},
        {day(2, 20), day(2, 21), false, true, CLASS_RESOLVED_LATE},
        {day(2, 20), day(2, 25), true, false, CLASS_WITHDRAWN},
        {day(2, 20), day(2, 10), true, true, CLASS_WITHDRAWN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct class_facts f = {day(1, 5), CASES[i].due, CASES[i].finished, CASES[i].is_withdrawn, CASES[i].is_suspended};
        if (classify(&f, cut_off_after(day(2, 28))) != CASES[i].class)
            fail_msg("case %zu is %d", i, (int)classify(&f, cut_off_after(day(2, 28))));
    }
}

static void what_came_later_does_not_count(void **state)
{
    struct class_facts f = {day(3, 1), day(3, 5), day(3, 1), true, false};

    (void)state;
    assert_int_equal(classify(&f, cut_off_after(day(2, 28))), CLASS_NOT_RECEIVED);
    assert_int_equal(classify(&f, cut_off_after(day(3, 1))), CLASS_WITHDRAWN);
}

/* During the due day itself an open dossier is in term; once the day has ended it is late. */
static void the_due_day_must_have_ended(void **state)
{
    struct class_facts f = {day(2, 1), day(2, 28), DATE_NEVER, false, false};

    (void)state;
    assert_int_equal(classify(&f, cut_off_at(local_at(day(2, 28), 23, 59))), CLASS_OPEN_IN_TERM);
    assert_int_equal(classify(&f, cut_off_at(local_at(day(3, 1), 0, 0))), CLASS_OPEN_LATE);
    assert_int_equal(classify(&f, cut_off_at(local_at(day(3, 1), 0, 1))), CLASS_OPEN_LATE);
}

static void a_cut_off_is_two_dates(void **state)
{
    struct cut_off midnight = cut_off_at(local_at(day(3, 1), 0, 0)), after = cut_off_after(day(2, 28));
    struct cut_off noon = cut_off_at(local_at(day(3, 1), 12, 0));

    (void)state;
    assert_int_equal(midnight.last_day.day, day(2, 28).day);
    assert_int_equal(midnight.on.day, day(3, 1).day);
    assert_int_equal(after.last_day.day, midnight.last_day.day);
    assert_int_equal(after.on.day, midnight.on.day);
    assert_int_equal(noon.last_day.day, day(3, 1).day);
    assert_int_equal(noon.on.day, day(3, 1).day);
}

/* Every class is resolved, open, or neither; and for any facts exactly one class holds, so sums add up. */
static void sums_add_up(void **state)
{
    static const struct {
        const char *code;
        bool is_resolved, is_open, is_late;
    } WANT[] = {
        [CLASS_RESOLVED_EARLY] = {"early", true, false, false},
        [CLASS_RESOLVED_ON_TIME] = {"on_time", true, false, false},
        [CLASS_RESOLVED_LATE] = {"resolved_late", true, false, true},
        [CLASS_OPEN_IN_TERM] = {"in_term", false, true, false},
        [CLASS_OPEN_LATE] = {"open_late", false, true, true},
        [CLASS_SUSPENDED] = {"suspended", false, true, false},
        [CLASS_WITHDRAWN] = {"withdrawn", false, false, false},
        [CLASS_NOT_RECEIVED] = {"not_received", false, false, false},
    };

    (void)state;
    for (int c = 0; c < CLASS__COUNT; c++) {
        assert_str(class_code((enum dossier_class)c), str_of(WANT[c].code));
        assert_int_equal(class_is_resolved((enum dossier_class)c), WANT[c].is_resolved);
        assert_int_equal(class_is_open((enum dossier_class)c), WANT[c].is_open);
        assert_int_equal(class_is_late((enum dossier_class)c), WANT[c].is_late);
    }
}

/* As days go by, a dossier goes from not received over open to ended, and never back. */
static void time_goes_one_way(void **state)
{
    (void)state;
    for (int due = 10; due <= 20; due++)
        for (int finished = 5; finished <= 25; finished++) {
            int stage = 0;
            for (int cut = 1; cut <= 28; cut++) {
                struct class_facts f = {day(2, 5), day(2, due), day(2, finished), false, false};
                enum dossier_class c = classify(&f, cut_off_after(day(2, cut)));
                int now = c == CLASS_NOT_RECEIVED ? 0 : c == CLASS_OPEN_IN_TERM ? 1 : c == CLASS_OPEN_LATE ? 2 : 3;
                assert_true(now >= stage && class_is_open(c) == (now == 1 || now == 2));
                assert_true(now != 2 || cut >= due);
                assert_int_equal(now == 3, cut >= finished);
                stage = now;
            }
        }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_class_has_its_days),   cmocka_unit_test(what_came_later_does_not_count),
    cmocka_unit_test(the_due_day_must_have_ended), cmocka_unit_test(a_cut_off_is_two_dates),
    cmocka_unit_test(sums_add_up),               cmocka_unit_test(time_goes_one_way),
};
TEST_MAIN("classify", tests)
