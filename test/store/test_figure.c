/* Figures add up groups of facts (dossier_count), lists read the facts: whatever is learned when, for whatever period and
 * as of whatever time, a figure is the length of its list. */
#include "world.h"

#include "acts/figure.h"

#define PROCEDURE "1.004873"

enum { EVENTS = 400, QUESTIONS = 120 };

static uint32_t dice(uint32_t sides)
{
    static uint32_t state = 31;

    state = state * 1664525 + 1013904223;
    return (state >> 8) % sides;
}

static struct instant wall(struct date d, int hour)
{
    const struct zone *zone;

    assert_err(zone_open(STR("Asia/Ho_Chi_Minh"), &zone), OK);
    return zone_instant(zone, local_at(d, hour, 0));
}

/* Dossiers come in, and are withdrawn, on days that are noted at once or weeks later. */
static void a_spring_is_learned(void **state)
{
    static const char *const WARDS[] = {"26041", "26002", "26005"};
    static int64_t open[EVENTS];
    size_t count = 0;
    struct date day = date_of(2018, 1, 3);

    (void)state;
    for (int i = 0; i < EVENTS; i++) {
        day = date_add_days(day, dice(3) == 0);
        world()->ctx.now = (struct instant){wall(day, 10).ms + dice(12) * 3600 * 1000};
        struct date happened = date_add_days(day, -(int)dice(dice(2) ? 30 : 1) - 1);
        if (date_cmp(happened, date_of(2018, 1, 2)) < 0)
            happened = date_of(2018, 1, 2);
        if (count && dice(3) == 0) {
            struct ctx ctx = world_system();
            size_t at = dice((uint32_t)count);
            struct act_on on = {.id = open[at], .from_history = true, .note = STR("rút"), .happened_at = wall(day, 9)};
            assert_err(act_withdraw(&on, &ctx), OK);
            open[at] = open[--count];
        } else {
            struct str local = str_format(world()->arena, "%" PRIstr "T08:00", STR_ARG(date_iso(world()->arena, happened)));
            open[count++] = world_receive(WARDS[dice(3)], PROCEDURE, 1, str_z(world()->arena, local));
        }
    }
    assert_true(count > 50);
}

static enum err count_one(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    (void)row;
    (void)class;
    ++*(int64_t *)arg;
    return OK;
}

static void a_figure_is_the_length_of_its_list(void **state)
{
    static const char *const UNITS[] = {"bien-hoa", "26041", "bien-hoa-phuong-xa"};
    int64_t counted = 0;

    (void)state;
    for (int i = 0; i < QUESTIONS; i++) {
        struct ctx ctx = world_system();
        struct figure_question q = {.unit = world_unit(UNITS[dice(3)]), .from = date_add_days(date_of(2018, 1, 1), (int)dice(120)), .cohort_received = dice(4) == 0};
        q.to = date_add_days(q.from, (int)dice(90));
        q.as_of = (struct instant){wall(date_add_days(date_of(2018, 1, 5), (int)dice(200)), (int)dice(24)).ms + dice(3600000)};
        struct figure_answer answer;
        assert_err(act_figures(&q, &ctx, &answer), OK);
        assert_int_equal(answer.broken, LAW_HOLDS);
        for (int f = 0; f < FIGURE__COUNT; f++) {
            int64_t n = 0;
            assert_err(act_figure_records(&q, (enum figure)f, &ctx, count_one, &n), OK);
            assert_int_equal(answer.total.value[f], n);
            counted += n;
        }
    }
    assert_true(counted > QUESTIONS);
}

static void the_journal_says_it_all(void **state)
{
    (void)state;
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(a_spring_is_learned),
    cmocka_unit_test(a_figure_is_the_length_of_its_list),
    cmocka_unit_test(the_journal_says_it_all),
};
WORLD_MAIN("figure", TESTS)
