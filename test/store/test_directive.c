/* Directives from figures: the task carries the very records that were counted, and what it says of itself is counted too. */
#include "world.h"

#include "acts/directive.h"
#include "acts/people.h"

#define CITY      "bien-hoa"
#define WARD      "26041"
#define PROCEDURE "1.004873"

enum { LATE = 5 };

static int64_t dossier[LATE], task;

static struct act_directive_give asked(const char *code)
{
    return (struct act_directive_give){
        .source = {.code = str_of(code), .unit = world_unit(CITY), .from = date_of(2018, 1, 1), .to = date_of(2018, 2, 28)},
        .as_of = {world()->ctx.now.ms + 1}, .unit = world_unit(CITY), .content = STR("Giải quyết dứt điểm hồ sơ trễ hạn"),
        .order = {.unit = world_unit("phong-noi-vu"), .role = STR("lead"), .due = date_of(2018, 3, 15)},
    };
}

static void a_leader_gives_it_with_its_records(void **state)
{
    struct ctx ctx;

    (void)state;
    world_now("2018-03-01T08:00");
    ctx = world_system();
    struct act_grant_add grant = {.person = world_person("cd.lanhdao", CITY, NULL), .role = STR("lanh-dao"), .unit = world_unit(CITY), .subtree = true,
                                  .valid_from = date_of(2018, 1, 1), .valid_to = DATE_NEVER};
    assert_err(act_grant_add(&grant, &ctx), OK);
    world_person("cd.khac", WARD, "chuyen-vien");
    for (int i = 0; i < LATE; i++)
        dossier[i] = world_receive(WARD, PROCEDURE, 1, "2018-01-03T08:00");
    world_receive(WARD, PROCEDURE, 1, "2018-02-28T15:00"); /* not late yet */
    ctx = world_as(STR("cd.lanhdao"));
    struct act_directive_give act = asked("dossier.open_late");
    assert_err(act_directive_give(&act, &ctx), OK);
    assert_int_equal(act.count, LATE);
    task = act.task;
    struct act_task seen = {.id = task};
    assert_err(act_task(&seen, &ctx), OK);
    assert_str(seen.t.content, STR("Giải quyết dứt điểm hồ sơ trễ hạn"));
    assert_str(seen.t.due_on, STR("2018-03-15"));
}

static struct act_directive read_as(const char *login)
{
    static struct ctx ctx;
    struct act_directive d = {.task = task};

    ctx = world_as(str_of(login));
    assert_err(act_directive(&d, &ctx), OK);
    return d;
}

static void its_progress_is_counted(void **state)
{
    struct act_directive d = read_as("cd.lanhdao");

    (void)state;
    assert_int_equal(d.count, LATE);
    assert_int_equal(d.mended, 0);
    assert_true(d.is_known);
    world_now("2018-03-05T10:00");
    for (int i = 0; i < 2; i++) {
        struct ctx ctx = world_system();
        struct act_on on = world_on(dossier[i], "rút");
        assert_err(act_withdraw(&on, &ctx), OK);
        assert_int_equal(on.verdict.why, DOSSIER_ALLOWED);
    }
    world_receive(WARD, PROCEDURE, 1, "2018-01-04T08:00"); /* late too, but not of the list */
    d = read_as("cd.lanhdao");
    assert_int_equal(d.count, LATE);
    assert_int_equal(d.mended, 2);
    for (size_t i = 0; i < d.count; i++)
        assert_int_equal(d.record[i].is_mended, d.record[i].row.record_id == dossier[0] || d.record[i].row.record_id == dossier[1]);
}

static void nothing_is_no_directive_and_not_everybody_directs(void **state)
{
    struct ctx ctx = world_as(STR("cd.lanhdao"));
    struct act_directive_give none = asked("dossier.withdrawn"), late = asked("dossier.open_late");
    int64_t lines = world_lines();

    (void)state;
    none.source.to = date_of(2018, 1, 31);
    assert_err(act_directive_give(&none, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, ""));
    ctx = world_as(STR("cd.lanhdao"));
    late.content = STR(" ");
    late.order.due = date_of(2018, 3, 1); /* has passed */
    assert_err(act_directive_give(&late, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "content") && world_problem(&ctx, "due"));
    ctx = world_as(STR("cd.lanhdao"));
    late = asked("dossier.open_late");
    problem_add(&ctx, "due", WORD_PROBLEM_REQUIRED, STR("")); /* what the form found before */
    assert_err(act_directive_give(&late, &ctx), ERR_INVALID);
    ctx = world_as(STR("cd.khac"));
    late = asked("dossier.open_late");
    assert_err(act_directive_give(&late, &ctx), ERR_FORBIDDEN);
    struct act_directive d = {.task = task};
    assert_err(act_directive(&d, &ctx), ERR_NOT_FOUND);
    assert_int_equal(world_lines(), lines);
}

static void the_journal_says_it_all(void **state)
{
    (void)state;
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(a_leader_gives_it_with_its_records),
    cmocka_unit_test(its_progress_is_counted),
    cmocka_unit_test(nothing_is_no_directive_and_not_everybody_directs),
    cmocka_unit_test(the_journal_says_it_all),
};
WORLD_MAIN("directive", TESTS)
