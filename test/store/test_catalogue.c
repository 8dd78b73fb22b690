/* The catalogue: versions that are never edited, limits that steps must keep, postings. */
#include "world.h"

#include "acts/catalogue.h"
#include "acts/journal.h"

static const struct procedure_paper PAPERS[] = {{STR_INIT("Tờ khai"), 1, 0, true}, {STR_INIT("Giấy ủy quyền"), 0, 1, false}};
static const struct procedure_case_form CASES[] = {
    {STR_INIT("Thường"), {LIMIT_WORKING_DAYS, 3}, 8000, STR_INIT("8.000 đồng"), PAPERS, 2},
    {STR_INIT("Nhanh"), {LIMIT_SAME_DAY, 1}, 0, STR_INIT("Miễn"), PAPERS, 1},
};
static const struct procedure_step STEPS[] = {
    {STR_INIT("receive"), STR_INIT("Tiếp nhận"), STR_INIT("mot-cua"), STR_INIT("counter"), 60},
    {STR_INIT("examine"), STR_INIT("Thẩm tra"), STR_INIT("chuyen-vien"), STR_INIT("counter"), 420},
};

static int64_t added(const char *code)
{
    struct ctx ctx = world_system();
    struct act_procedure_add act = {.code = str_of(code), .name = STR("Thủ tục thử"), .words = STR("giấy mới"),
                                    .field = world_field("ho-tich"), .level = STR("xa")};

    assert_err(act_procedure_add(&act, &ctx), OK);
    return act.id;
}

static struct act_procedure_publish version(int64_t procedure, struct date from)
{
    return (struct act_procedure_publish){
        .procedure = procedure, .name = STR("Thủ tục thử"), .words = STR("giấy mới"), .valid_from = from,
        .valid_to = DATE_NEVER, .decision_on = DATE_NEVER, .online_level = STR("partial"),
        .cases = CASES, .case_count = 2, .step = STEPS, .step_count = 2,
    };
}

static void a_procedure_has_a_code_of_its_own(void **state)
{
    struct ctx ctx = world_system();
    struct act_procedure_add act = {.code = STR("9.000001"), .name = STR("Một"), .field = 99999999, .level = STR("xom")};
    int64_t lines = world_lines();

    (void)state;
    assert_err(act_procedure_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "field"));
    assert_true(world_problem(&ctx, "level"));
    assert_int_equal(world_lines(), lines);
    added("9.000001");
    ctx = world_system();
    act.field = world_field("ho-tich");
    act.level = STR("xa");
    assert_err(act_procedure_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "code"));
}

static void a_new_version_ends_the_one_before(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = added("9.000002");
    struct act_procedure_publish first = version(id, date_of(2018, 1, 1)), second = version(id, date_of(2018, 4, 16));
    struct act_procedure_view before = {.id = id, .day = date_of(2018, 4, 15)}, after = {.id = id, .day = date_of(2018, 4, 16)};

    (void)state;
    assert_err(act_procedure_publish(&first, &ctx), OK);
    assert_int_equal(first.no, 1);
    second.name = STR("Tên mới");
    assert_err(act_procedure_publish(&second, &ctx), OK);
    assert_int_equal(second.no, 2);
    assert_err(act_procedure_view(&before, &ctx), OK);
    assert_err(act_procedure_view(&after, &ctx), OK);
    assert_int_equal(before.whole->version.id, first.id);
    assert_int_equal(after.whole->version.id, second.id);
    assert_str(before.versions[1].valid_to, STR("2018-04-15"));
    assert_str(after.procedure.name, STR("Tên mới"));
    assert_str(after.words, STR("giấy mới"));
    assert_int_equal(after.whole->case_count, 2);
    assert_int_equal(after.whole->paper_count, 3);
    assert_int_equal(after.whole->step_count, 2);
}

static void a_version_in_use_is_not_edited(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = added("9.000003"), lines;
    struct act_procedure_publish first = version(id, date_of(2018, 2, 1)), again = version(id, date_of(2018, 2, 1)),
                                 older = version(id, date_of(2018, 1, 31));

    (void)state;
    assert_err(act_procedure_publish(&first, &ctx), OK);
    lines = world_lines();
    assert_err(act_procedure_publish(&again, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "valid_from"));
    ctx = world_system();
    assert_err(act_procedure_publish(&older, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "valid_from"));
    assert_int_equal(world_lines(), lines);
}

static void steps_keep_within_the_shortest_limit(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = added("9.000004");
    struct procedure_step step[2] = {STEPS[0], STEPS[1]};
    struct act_procedure_publish act = version(id, date_of(2018, 1, 1));

    (void)state;
    step[1].minutes = 421; /* 60 + 421 > 480, the day of the second case */
    act.step = step;
    assert_err(act_procedure_publish(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "steps"));
    ctx = world_system();
    act.case_count = 1; /* three days alone allow it */
    assert_err(act_procedure_publish(&act, &ctx), OK);
}

static void hours_are_sixty_minutes(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = added("9.000005");
    struct procedure_case_form one = CASES[0];
    struct act_procedure_publish act = version(id, date_of(2018, 1, 1));

    (void)state;
    one.limit = (struct limit){LIMIT_WORKING_HOURS, 7};
    act.cases = &one;
    act.case_count = 1;
    assert_err(act_procedure_publish(&act, &ctx), ERR_INVALID); /* 480 > 420 */
    ctx = world_system();
    one.limit.length = 8;
    assert_err(act_procedure_publish(&act, &ctx), OK);
}

static void everything_wrong_with_a_version_is_named(void **state)
{
    static const char *const fields[] = {"name", "valid_to", "online_level", "case_name", "limit_length", "fee", "papers",
                                         "step_code", "step_name", "step_place", "step_minutes"};
    struct ctx ctx = world_system();
    int64_t id = added("9.000006"), lines = world_lines();
    struct procedure_paper paper = {STR_INIT(""), -1, 0, true};
    struct procedure_case_form one = {STR_INIT(""), {LIMIT_WORKING_DAYS, 0}, -1, STR_INIT(""), &paper, 1};
    struct procedure_step step = {.minutes = -1};
    struct act_procedure_publish act = {.procedure = id, .valid_from = date_of(2018, 2, 1), .valid_to = date_of(2018, 1, 1),
                                        .decision_on = DATE_NEVER, .online_level = STR("4"), .cases = &one, .case_count = 1,
                                        .step = &step, .step_count = 1};

    (void)state;
    assert_err(act_procedure_publish(&act, &ctx), ERR_INVALID);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (!world_problem(&ctx, fields[i]))
            fail_msg("nothing is said of %s", fields[i]);
    ctx = world_system();
    act.case_count = act.step_count = 0;
    assert_err(act_procedure_publish(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "cases"));
    assert_true(world_problem(&ctx, "steps"));
    assert_int_equal(world_lines(), lines);
}

static void what_is_repealed_is_in_force_no_more(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = added("9.000007");
    struct act_procedure_publish first = version(id, date_of(2018, 1, 1));
    struct act_procedure_repeal act = {.procedure = id, .last_day = date_of(2018, 4, 1)};
    struct act_procedure_view v = {.id = id, .day = date_of(2018, 4, 2)};

    (void)state;
    assert_err(act_procedure_repeal(&act, &ctx), ERR_INVALID); /* nothing to repeal yet */
    ctx = world_system();
    assert_err(act_procedure_publish(&first, &ctx), OK);
    act.last_day = date_of(2017, 12, 31); /* before it began */
    assert_err(act_procedure_repeal(&act, &ctx), ERR_INVALID);
    ctx = world_system();
    act.last_day = date_of(2018, 3, 31); /* it was in use on 1 April */
    assert_err(act_procedure_repeal(&act, &ctx), ERR_INVALID);
    ctx = world_system();
    act.last_day = date_of(2018, 4, 1);
    assert_err(act_procedure_repeal(&act, &ctx), OK);
    assert_err(act_procedure_view(&v, &ctx), OK);
    assert_null(v.whole);
    assert_err(act_procedure_repeal(&act, &ctx), ERR_INVALID);
}

static void who_performs_it_can_be_changed(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = added("9.000008"), both[2] = {world_unit("26041"), world_unit("26044")}, nowhere = 99999999;
    struct act_procedure_perform act = {.procedure = id, .unit = both, .unit_count = 2};
    struct act_procedure_view v = {.id = id};

    (void)state;
    assert_err(act_procedure_perform(&act, &ctx), OK);
    act = (struct act_procedure_perform){.procedure = id, .without = both + 1, .without_count = 1};
    assert_err(act_procedure_perform(&act, &ctx), OK);
    assert_err(act_procedure_view(&v, &ctx), OK);
    assert_int_equal(v.unit_count, 1);
    assert_int_equal(v.unit[0].id, both[0]);
    act = (struct act_procedure_perform){.procedure = id, .unit = &nowhere, .unit_count = 1};
    assert_err(act_procedure_perform(&act, &ctx), ERR_INVALID);
    ctx = world_system();
    act.unit_count = 0;
    assert_err(act_procedure_perform(&act, &ctx), ERR_INVALID);
}

static void a_posting_is_put_up_and_taken_down_once(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = added("9.000009");
    struct act_procedure_publish first = version(id, date_of(2018, 1, 1));

    (void)state;
    assert_err(act_procedure_publish(&first, &ctx), OK);
    struct act_procedure_post act = {.version = first.id, .unit = world_unit("26041"), .form = STR("board"),
                                     .posted_on = date_of(2018, 4, 3)};
    assert_err(act_procedure_post(&act, &ctx), ERR_INVALID); /* tomorrow */
    assert_true(world_problem(&ctx, "posted_on"));
    ctx = world_system();
    act.posted_on = date_of(2018, 3, 1);
    act.form = STR("tree");
    assert_err(act_procedure_post(&act, &ctx), ERR_INVALID);
    ctx = world_system();
    act.form = STR("board");
    assert_err(act_procedure_post(&act, &ctx), OK);
    struct act_procedure_unpost off = {.posting = act.id, .removed_on = date_of(2018, 2, 28)};
    assert_err(act_procedure_unpost(&off, &ctx), ERR_INVALID); /* before it was put up */
    ctx = world_system();
    off.removed_on = date_of(2018, 3, 2);
    assert_err(act_procedure_unpost(&off, &ctx), OK);
    assert_err(act_procedure_unpost(&off, &ctx), ERR_STALE);
}

static void the_list_finds_without_diacritics(void **state)
{
    struct ctx ctx = world_system();
    struct act_procedure_list list = {.words = STR("dang ky KHAI SINH"), .day = date_of(2018, 4, 2)};
    bool found = false;

    (void)state;
    assert_err(act_procedure_list(&list, &ctx), OK);
    for (size_t i = 0; i < list.row_count; i++)
        found |= str_eq(list.row[i].code, STR("1.001193"));
    assert_true(found);
    list.words = STR("%"); /* no pattern gets through */
    assert_err(act_procedure_list(&list, &ctx), OK);
    size_t all = list.row_count;
    list.words = STR("");
    assert_err(act_procedure_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, all);
    list.words = STR("không có thủ tục nào tên như vậy");
    assert_err(act_procedure_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 0);
}

static void the_public_reads_and_writes_nothing(void **state)
{
    struct ctx ctx = world_system();
    struct act_procedure_view v = {.code = STR("1.001193"), .day = date_of(2018, 4, 2)};

    (void)state;
    ctx.actor = (struct actor){.id = 0};
    assert_err(act_procedure_view(&v, &ctx), OK);
    assert_non_null(v.whole);
    assert_false(v.may_edit);
    v.code = STR("0.000000");
    assert_err(act_procedure_view(&v, &ctx), ERR_NOT_FOUND);
}

static void nothing_is_written_without_the_right(void **state)
{
    int64_t id = added("9.000010"), unit = world_unit("26041"), lines;
    struct ctx sys = world_system();
    struct act_procedure_publish first = version(id, date_of(2018, 1, 1)), next = version(id, date_of(2018, 5, 1));

    (void)state;
    assert_err(act_procedure_publish(&first, &sys), OK);
    struct act_procedure_post posted = {.version = first.id, .unit = unit, .form = STR("board"), .posted_on = date_of(2018, 3, 1)};
    assert_err(act_procedure_post(&posted, &sys), OK);
    world_person("khong.thu-tuc", "26041", "mot-cua");
    struct ctx ctx = world_as(STR("khong.thu-tuc"));
    struct act_procedure_add add = {.code = STR("9.000011"), .name = STR("X"), .field = world_field("ho-tich"), .level = STR("xa")};
    struct act_procedure_repeal repeal = {.procedure = id, .last_day = date_of(2018, 6, 1)};
    struct act_procedure_perform perform = {.procedure = id, .unit = &unit, .unit_count = 1};
    struct act_procedure_unpost off = {.posting = posted.id, .removed_on = date_of(2018, 3, 2)};
    struct act_journal_recent journal = {.n = 5};
    lines = world_lines();
    assert_err(act_procedure_add(&add, &ctx), ERR_FORBIDDEN);
    assert_err(act_procedure_publish(&next, &ctx), ERR_FORBIDDEN);
    assert_err(act_procedure_repeal(&repeal, &ctx), ERR_FORBIDDEN);
    assert_err(act_procedure_perform(&perform, &ctx), ERR_FORBIDDEN);
    assert_err(act_procedure_post(&posted, &ctx), ERR_FORBIDDEN);
    assert_err(act_procedure_unpost(&off, &ctx), ERR_FORBIDDEN);
    assert_err(act_journal_recent(&journal, &ctx), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), lines);
}

static void the_journal_turns_its_pages(void **state)
{
    struct ctx ctx = world_system();
    struct act_journal_recent first = {.n = 3}, second = {.n = 3}, own = {.unit = STR("goc"), .n = 500};

    (void)state;
    assert_err(act_journal_recent(&first, &ctx), OK);
    assert_int_equal(first.row_count, 3);
    assert_int_equal(first.row[0].pos, world_lines());
    second.before = first.next;
    assert_err(act_journal_recent(&second, &ctx), OK);
    assert_int_equal(second.row[0].pos, first.row[2].pos - 1);
    assert_int_equal(second.row[0].hash.n, 32);
    assert_err(act_journal_recent(&own, &ctx), OK);
    for (size_t i = 0; i < own.row_count; i++)
        assert_str(own.row[i].unit, STR("goc"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_procedure_has_a_code_of_its_own),
    cmocka_unit_test(a_new_version_ends_the_one_before),
    cmocka_unit_test(a_version_in_use_is_not_edited),
    cmocka_unit_test(steps_keep_within_the_shortest_limit),
    cmocka_unit_test(hours_are_sixty_minutes),
    cmocka_unit_test(everything_wrong_with_a_version_is_named),
    cmocka_unit_test(what_is_repealed_is_in_force_no_more),
    cmocka_unit_test(who_performs_it_can_be_changed),
    cmocka_unit_test(a_posting_is_put_up_and_taken_down_once),
    cmocka_unit_test(the_list_finds_without_diacritics),
    cmocka_unit_test(the_public_reads_and_writes_nothing),
    cmocka_unit_test(nothing_is_written_without_the_right),
    cmocka_unit_test(the_journal_turns_its_pages),
};
WORLD_MAIN("catalogue", tests)
