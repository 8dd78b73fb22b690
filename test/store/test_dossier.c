/* The way of a dossier from the counter to the hand of the applicant, and every refusal on it. */
#include "world.h"

#include <assert.h>

#include "acts/dossier_view.h"
#include "acts/people.h"
#include "acts/queue.h"
#include "sql_journal.h"

static const char WARD[] = "26041", OTHER[] = "26044", MARRIAGE[] = "1.004873";
static const char CLERK[] = "mc.qt", OFFICER[] = "cv.qt", LEADER[] = "ld.qt", ACCOUNTANT[] = "kt.qt";

static int64_t officer, accountant;

/* Once per engine: the first test. */
static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(CLERK, WARD, "mot-cua");
    officer = world_person(OFFICER, WARD, "chuyen-vien");
    world_person(LEADER, WARD, "lanh-dao");
    accountant = world_person(ACCOUNTANT, WARD, "ke-toan");
}

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

static int64_t received(void)
{
    return world_receive(WARD, MARRIAGE, 1, "2018-03-05T08:00");
}

static struct q_task_open task(int64_t id)
{
    struct q_task_open t;

    assert_err(q_task_open(world()->db, world()->arena, id, &t), OK);
    return t;
}

static bool nothing_waits(int64_t id)
{
    struct q_task_open t;

    return q_task_open(world()->db, world()->arena, id, &t) == ERR_NOT_FOUND;
}

#define ALLOWED(call, on_)                                                                                             \
    do {                                                                                                               \
        assert_err(call, OK);                                                                                          \
        assert_int_equal((on_).verdict.why, DOSSIER_ALLOWED);                                                          \
    } while (0)
/* Refused by the law: nothing is written. */
#define REFUSED(call, on_, why_)                                                                                       \
    do {                                                                                                               \
        int64_t before_ = world_lines();                                                                               \
        assert_err(call, OK);                                                                                          \
        assert_int_equal((on_).verdict.why, why_);                                                                     \
        assert_int_equal(world_lines(), before_);                                                                      \
    } while (0)

static void it_goes_from_hand_to_hand(void **state)
{
    struct ctx at_counter = as(CLERK), examining = as(OFFICER), leading = as(LEADER);
    int64_t id = received();
    struct act_hand_over over = {.on = world_on(id, "đủ giấy tờ")};
    struct q_task_list *all;
    size_t count;

    (void)state;
    world_now("2018-03-05T09:00");
    at_counter.now = examining.now = leading.now = world()->ctx.now;
    ALLOWED(act_hand_over(&over, &at_counter), over.on);
    assert_int_equal(world_dossier(id).state, DOSSIER_PROCESSING);
    assert_int_equal(task(id).step_no, 2);
    assert_str(task(id).step_code, STR("examine"));
    assert_int_equal(task(id).unit_id, world_unit(WARD));
    assert_true(task(id).person_id_null && task(id).taken_at_null); /* anybody there */

    struct act_on take = world_on(id, "");
    ALLOWED(act_take(&take, &examining), take);
    assert_int_equal(task(id).person_id, officer);
    assert_false(task(id).taken_at_null);

    for (int step = 3; step <= 5; step++) {
        over = (struct act_hand_over){.on = world_on(id, "")};
        ALLOWED(act_hand_over(&over, &examining), over.on);
        assert_int_equal(task(id).step_no, step);
    }
    over = (struct act_hand_over){.on = world_on(id, "")};
    REFUSED(act_hand_over(&over, &examining), over.on, DOSSIER_NO_NEXT_STEP);
    over.to_step = 9;
    REFUSED(act_hand_over(&over, &examining), over.on, DOSSIER_NO_NEXT_STEP);

    assert_err(q_task_list(world()->db, world()->arena, id, &all, &count), OK);
    assert_int_equal(count, 5);
    assert_int_equal(all[0].timing, TIMING_ON_TIME);
    assert_str(all[0].note, STR("đủ giấy tờ"));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(all[i].done_at_null, i == 4);

    struct act_finish finish = {.on = world_on(id, ""), .result_no = STR("12/XN-UBND")};
    ALLOWED(act_finish(&finish, &leading), finish.on);
    struct q_dossier_by_id d = world_dossier(id);
    assert_int_equal(d.state, DOSSIER_FINISHED);
    assert_int_equal(d.outcome, OUTCOME_GRANTED);
    assert_str(d.finished_on, STR("2018-03-05"));
    assert_str(d.result_no, STR("12/XN-UBND"));
    assert_str(task(id).step_code, STR("hand_out"));

    struct act_hand_out out = {.on = world_on(id, ""), .to = STR("Trần Thị Mẫu")};
    REFUSED(act_hand_out(&out, &at_counter), out.on, DOSSIER_FEE_UNPAID);
    out.fee_paid = true;
    ALLOWED(act_hand_out(&out, &at_counter), out.on);
    d = world_dossier(id);
    assert_int_equal(d.state, DOSSIER_RETURNED);
    assert_int_equal(d.fee_paid, 1);
    assert_false(d.returned_at_null);
    assert_str(d.finished_on, STR("2018-03-05"));
    assert_true(nothing_waits(id));
}

static void work_is_given_to_who_can_do_it(void **state)
{
    struct ctx leading = as(LEADER);
    int64_t id = received();
    struct act_assign act = {.on = world_on(id, ""), .person = officer};

    (void)state;
    ALLOWED(act_assign(&act, &leading), act.on);
    assert_int_equal(task(id).person_id, officer);
    act = (struct act_assign){.on = world_on(id, ""), .person = accountant}; /* may read, not work */
    REFUSED(act_assign(&act, &leading), act.on, DOSSIER_NOT_HOLDER);
    act = (struct act_assign){.on = world_on(id, ""), .person = 987654321};
    REFUSED(act_assign(&act, &leading), act.on, DOSSIER_NOT_HOLDER);
    assert_int_equal(task(id).person_id, officer);
    act = (struct act_assign){.on = world_on(id, "")}; /* back to everybody */
    ALLOWED(act_assign(&act, &leading), act.on);
    assert_true(task(id).person_id_null);
}

static void it_is_handed_over_to_who_can_do_it(void **state)
{
    struct ctx at_counter = as(CLERK);
    int64_t id = received();
    struct act_hand_over act = {.on = world_on(id, ""), .to_person = accountant};

    (void)state;
    REFUSED(act_hand_over(&act, &at_counter), act.on, DOSSIER_NOT_HOLDER);
    act.to_person = 987654321;
    REFUSED(act_hand_over(&act, &at_counter), act.on, DOSSIER_NOT_HOLDER);
    act = (struct act_hand_over){.on = world_on(id, ""), .to_person = officer, .to_unit = world_unit(OTHER)};
    REFUSED(act_hand_over(&act, &at_counter), act.on, DOSSIER_NOT_HOLDER);
    int64_t before = world_lines();
    act = (struct act_hand_over){.on = world_on(id, ""), .to_unit = 987654321};
    assert_err(act_hand_over(&act, &at_counter), ERR_NOT_FOUND);
    assert_int_equal(world_lines(), before);
    act = (struct act_hand_over){.on = world_on(id, ""), .to_person = officer};
    ALLOWED(act_hand_over(&act, &at_counter), act.on);
    assert_int_equal(task(id).person_id, officer);
    assert_true(task(id).taken_at_null); /* he has not confirmed */
}

/* Once it went to another unit, the counter may no longer move it, and who has no right there neither. */
static void only_its_holder_moves_it(void **state)
{
    struct ctx at_counter = as(CLERK), system = world_system();
    int64_t id = received();
    struct act_hand_over over = {.on = world_on(id, ""), .to_unit = world_unit(OTHER)};

    (void)state;
    ALLOWED(act_hand_over(&over, &system), over.on);
    over = (struct act_hand_over){.on = world_on(id, "")};
    int64_t before = world_lines();
    assert_err(act_hand_over(&over, &at_counter), ERR_FORBIDDEN);
    struct act_on take = world_on(id, "");
    assert_err(act_take(&take, &at_counter), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), before);
    take = world_on(id, "người dân rút");
    ALLOWED(act_withdraw(&take, &at_counter), take); /* the citizen comes to the counter */
}

static void who_saw_an_older_state_is_told(void **state)
{
    struct ctx at_counter = as(CLERK);
    int64_t id = received(), seen = world_dossier(id).version;
    struct act_hand_over over = {.on = world_on(id, "")};

    (void)state;
    over.on.version = seen;
    ALLOWED(act_hand_over(&over, &at_counter), over.on);
    assert_true(world_dossier(id).version > seen);
    int64_t before = world_lines();
    struct act_correct act = {.on = world_on(id, "sửa"), .applicant = {.name = STR_INIT("Lê Sửa")}};
    act.on.version = seen;
    struct ctx system = world_system();
    assert_err(act_correct(&act, &system), ERR_STALE);
    assert_int_equal(world_lines(), before);
    act.on.version = world_dossier(id).version;
    ALLOWED(act_correct(&act, &system), act.on);
}

static void time_runs_forward(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = received();
    struct act_hand_over act = {.on = world_on(id, "")};

    (void)state;
    act.on.happened_at = (struct instant){ctx.now.ms + 1};
    REFUSED(act_hand_over(&act, &ctx), act.on, DOSSIER_IN_FUTURE);
    act.on.happened_at = world_at("2018-03-05T07:59");
    REFUSED(act_hand_over(&act, &ctx), act.on, DOSSIER_BEFORE_RECEIPT);
    assert_int_equal(act.on.verdict.date.day, date_of(2018, 3, 5).day);
    act.on.happened_at = ctx.now;
    ALLOWED(act_hand_over(&act, &ctx), act.on);
    struct act_on nobody = world_on(987654321, "");
    assert_err(act_take(&nobody, &ctx), ERR_NOT_FOUND);
}

static void an_end_without_result_needs_a_reason(void **state)
{
    struct ctx ctx = world_system();
    int64_t refusing = received(), withdrawing = received(), stopping = received();
    struct act_finish refuse = {.on = world_on(refusing, "  ")};
    struct act_on withdraw = world_on(withdrawing, ""), stop = world_on(stopping, "");

    (void)state;
    REFUSED(act_refuse(&refuse, &ctx), refuse.on, DOSSIER_NO_REASON);
    REFUSED(act_withdraw(&withdraw, &ctx), withdraw, DOSSIER_NO_REASON);
    REFUSED(act_stop(&stop, &ctx), stop, DOSSIER_NO_REASON);
    refuse.on.note = withdraw.note = stop.note = STR("không đủ điều kiện");
    ALLOWED(act_refuse(&refuse, &ctx), refuse.on);
    ALLOWED(act_withdraw(&withdraw, &ctx), withdraw);
    ALLOWED(act_stop(&stop, &ctx), stop);
    assert_int_equal(world_dossier(refusing).state, DOSSIER_FINISHED);
    assert_int_equal(world_dossier(refusing).outcome, OUTCOME_REFUSED);
    assert_int_equal(world_dossier(withdrawing).state, DOSSIER_STOPPED);
    assert_int_equal(world_dossier(withdrawing).outcome, OUTCOME_WITHDRAWN);
    assert_int_equal(world_dossier(stopping).state, DOSSIER_STOPPED);
    assert_int_equal(world_dossier(stopping).outcome, OUTCOME_STOPPED);
    assert_true(nothing_waits(withdrawing) && nothing_waits(stopping));
    assert_false(nothing_waits(refusing)); /* the refusal is handed out like any result */
}

static void a_wrong_result_is_taken_back(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = received();
    struct act_hand_over over = {.on = world_on(id, ""), .to_person = officer};
    struct act_finish finish = {.on = world_on(id, ""), .result_no = STR("7/KQ")};
    struct act_on reopen = world_on(id, "");

    (void)state;
    REFUSED(act_reopen(&reopen, &ctx), reopen, DOSSIER_WRONG_STATE);
    ALLOWED(act_hand_over(&over, &ctx), over.on);
    ALLOWED(act_finish(&finish, &ctx), finish.on);
    reopen = world_on(id, "");
    REFUSED(act_reopen(&reopen, &ctx), reopen, DOSSIER_NO_REASON);
    reopen.note = STR("sai họ tên");
    ALLOWED(act_reopen(&reopen, &ctx), reopen);
    struct q_dossier_by_id d = world_dossier(id);
    assert_int_equal(d.state, DOSSIER_PROCESSING);
    assert_int_equal(d.is_open, 1);
    assert_true(d.finished_at_null);
    assert_str(d.finished_on, STR("9999-12-31"));
    assert_int_equal(d.result_no.n, 0);
    assert_str(task(id).step_code, STR("examine")); /* back to who had it last */
    assert_int_equal(task(id).person_id, officer);
    finish = (struct act_finish){.on = world_on(id, ""), .result_no = STR("8/KQ")};
    ALLOWED(act_finish(&finish, &ctx), finish.on);
    assert_str(world_dossier(id).result_no, STR("8/KQ"));
}

/* ---- after the end ---- */

static enum err any_act(enum dossier_act act, int64_t id, struct ctx *ctx, enum dossier_refusal *ret)
{
    static const struct act_defect DEFECT = {0, STR_INIT("Thiếu chữ ký")};
    struct act_on on = world_on(id, "vì thử");
    struct act_hand_over over = {.on = on};
    struct act_assign assign = {.on = on, .person = officer};
    struct act_ask_supplement ask = {.on = on, .defect = &DEFECT, .defect_count = 1};
    struct act_supply supply = {.on = on};
    struct act_suspend suspend = {.on = on, .reason = STR("expertise")};
    struct act_extend extend = {.on = on, .new_due_at = world_at("2018-06-01T08:00"), .cause = STR("phoi-hop")};
    struct act_finish finish = {.on = on};
    struct act_hand_out out = {.on = on, .fee_paid = true};
    struct act_correct correct = {.on = on, .applicant = {.name = STR_INIT("Lê Sửa")}};
    struct act_give_back back = {.on = on};
    struct act_child child = {.on = on, .code = STR("KQ-1")};
    struct act_move_process move = {.on = on};
    struct act_part_out part = {.on = on, .what = STR("Giấy khai sinh")};
    const struct act_on *done[] = {
        [DOSSIER_HAND_OVER] = &over.on,    [DOSSIER_TAKE] = &on,           [DOSSIER_ASSIGN] = &assign.on,
        [DOSSIER_ASK_SUPPLEMENT] = &ask.on, [DOSSIER_SUPPLY] = &supply.on, [DOSSIER_SUSPEND] = &suspend.on,
        [DOSSIER_RESUME] = &supply.on,     [DOSSIER_EXTEND] = &extend.on,  [DOSSIER_FINISH] = &finish.on,
        [DOSSIER_REFUSE] = &finish.on,     [DOSSIER_WITHDRAW] = &on,       [DOSSIER_STOP] = &on,
        [DOSSIER_REOPEN] = &on,            [DOSSIER_HAND_OUT] = &out.on,   [DOSSIER_CORRECT] = &correct.on,
        [DOSSIER_GIVE_BACK] = &back.on,    [DOSSIER_CHILD] = &child.on,    [DOSSIER_MOVE_PROCESS] = &move.on,
        [DOSSIER_PART_OUT] = &part.on,
    };
    static_assert(sizeof done / sizeof done[0] == DOSSIER_ACT__COUNT, "every act is tried");
    enum err err = OK;

    switch (act) {
    case DOSSIER_HAND_OVER: err = act_hand_over(&over, ctx); break;
    case DOSSIER_TAKE: err = act_take(&on, ctx); break;
    case DOSSIER_ASSIGN: err = act_assign(&assign, ctx); break;
    case DOSSIER_ASK_SUPPLEMENT: err = act_ask_supplement(&ask, ctx); break;
    case DOSSIER_SUPPLY: err = act_supply(&supply, ctx); break;
    case DOSSIER_SUSPEND: err = act_suspend(&suspend, ctx); break;
    case DOSSIER_RESUME: err = act_resume(&supply, ctx); break;
    case DOSSIER_EXTEND: err = act_extend(&extend, ctx); break;
    case DOSSIER_FINISH: err = act_finish(&finish, ctx); break;
    case DOSSIER_REFUSE: err = act_refuse(&finish, ctx); break;
    case DOSSIER_WITHDRAW: err = act_withdraw(&on, ctx); break;
    case DOSSIER_STOP: err = act_stop(&on, ctx); break;
    case DOSSIER_REOPEN: err = act_reopen(&on, ctx); break;
    case DOSSIER_HAND_OUT: err = act_hand_out(&out, ctx); break;
    case DOSSIER_CORRECT: err = act_correct(&correct, ctx); break;
    case DOSSIER_GIVE_BACK: err = act_give_back(&back, ctx); break;
    case DOSSIER_CHILD: err = act_child(&child, ctx); break;
    case DOSSIER_PART_OUT: err = act_part_out(&part, ctx); break;
    case DOSSIER_MOVE_PROCESS: err = act_move_process(&move, ctx); break;
    case DOSSIER_ACT__COUNT: break;
    }
    *ret = done[act]->verdict.why;
    return err;
}

static void nothing_is_done_to_what_has_ended(void **state)
{
    struct ctx ctx = world_system();
    int64_t returned = received(), stopped = received();
    struct act_finish finish = {.on = world_on(returned, "")};
    struct act_hand_out out = {.on = world_on(returned, ""), .fee_paid = true};
    struct act_on stop = world_on(stopped, "quá hạn bổ sung");

    (void)state;
    ALLOWED(act_finish(&finish, &ctx), finish.on);
    ALLOWED(act_hand_out(&out, &ctx), out.on);
    ALLOWED(act_stop(&stop, &ctx), stop);
    int64_t before = world_lines();
    for (int act = 0; act < DOSSIER_ACT__COUNT; act++) {
        enum dossier_refusal why;
        assert_err(any_act((enum dossier_act)act, returned, &ctx, &why), OK);
        assert_int_equal(why, DOSSIER_WRONG_STATE);
        assert_err(any_act((enum dossier_act)act, stopped, &ctx, &why), OK);
        assert_int_equal(why, DOSSIER_WRONG_STATE);
    }
    assert_int_equal(world_lines(), before);
}

/* What the page offers is what the act allows, in every state and for everybody. */
static void the_page_offers_what_the_act_allows(void **state)
{
    static const char *const WHO[] = {CLERK, OFFICER, LEADER};
    struct ctx system = world_system();
    int64_t id[5];

    (void)state;
    for (int i = 0; i < 5; i++)
        id[i] = received();
    struct act_hand_over over = {.on = world_on(id[1], "")};
    struct act_finish finish = {.on = world_on(id[2], "")};
    struct act_suspend suspend = {.on = world_on(id[3], ""), .reason = STR("expertise")};
    struct act_on stop = world_on(id[4], "vì thử");
    ALLOWED(act_hand_over(&over, &system), over.on);
    ALLOWED(act_finish(&finish, &system), finish.on);
    ALLOWED(act_suspend(&suspend, &system), suspend.on);
    ALLOWED(act_stop(&stop, &system), stop);
    for (int i = 0; i < 5; i++) {
        for (int who = 0; who < 3; who++) {
            struct ctx ctx = as(WHO[who]);
            struct dossier_view *view = ARENA_NEW(ctx.arena, struct dossier_view);
            assert_err(act_dossier_view(&ctx, world_dossier(id[i]).code, view), OK);
            for (int act = 0; act < DOSSIER_ACT__COUNT; act++) {
                enum dossier_refusal why;
                if (view->may[act])
                    continue; /* those are tried one by one above */
                enum err err = any_act((enum dossier_act)act, id[i], &ctx, &why);
                if (err != (view->has_right[act] ? OK : ERR_FORBIDDEN) || (!err && why != view->why_not[act].why))
                    fail_msg("%s, act %d, state %d: %s %d, the page says %d", WHO[who], act, (int)view->d.state,
                             err_name(err), (int)why, (int)view->why_not[act].why);
            }
        }
    }
}

/* ---- correction ---- */

static bool found(const char *words, int64_t id)
{
    struct ctx ctx = world_system();
    struct act_search act = {.words = str_of(words)};

    assert_err(act_search(&act, &ctx), OK);
    for (size_t i = 0; i < act.row_count; i++)
        if (act.row[i].id == id)
            return true;
    return false;
}

static void a_correction_keeps_what_was_there(void **state)
{
    struct ctx ctx = as(CLERK);
    int64_t id = received();
    struct act_correct act = {.on = world_on(id, ""), .applicant = {.name = STR_INIT("Đặng Quỳnh Như"), .phone = STR_INIT("0909123456")}};
    struct q_journal_of *line;
    size_t count;

    (void)state;
    assert_err(act_correct(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "note"));
    ctx = as(CLERK);
    act.on.note = STR("ghi sai họ tên");
    ALLOWED(act_correct(&act, &ctx), act.on);
    assert_str(world_dossier(id).applicant, STR("Đặng Quỳnh Như"));
    assert_true(found("dang quynh nhu", id));
    assert_true(found("0909123456", id));
    assert_false(found("tran thi mau", id));
    struct str subject = str_format(world()->arena, "dossier/%lld", (long long)id);
    assert_err(q_journal_of(world()->db, world()->arena, subject, &line, &count), OK);
    assert_str(line[count - 1].act, STR("dossier.correct"));
    assert_true(str_find(line[count - 1].payload, STR("Trần Thị Mẫu")) != STR_NONE);
    assert_true(str_find(line[count - 1].payload, STR("Đặng Quỳnh Như")) != STR_NONE);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(people_come_to_work),
        cmocka_unit_test(it_goes_from_hand_to_hand),
        cmocka_unit_test(work_is_given_to_who_can_do_it),
        cmocka_unit_test(it_is_handed_over_to_who_can_do_it),
        cmocka_unit_test(only_its_holder_moves_it),
        cmocka_unit_test(who_saw_an_older_state_is_told),
        cmocka_unit_test(time_runs_forward),
        cmocka_unit_test(an_end_without_result_needs_a_reason),
        cmocka_unit_test(a_wrong_result_is_taken_back),
        cmocka_unit_test(nothing_is_done_to_what_has_ended),
        cmocka_unit_test(the_page_offers_what_the_act_allows),
        cmocka_unit_test(a_correction_keeps_what_was_there),
    };

    return world_main("dossier", TESTS, sizeof TESTS / sizeof TESTS[0]);
}
