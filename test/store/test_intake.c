/* The counter: what an intake writes, and everything for which it is refused without a trace. */
#include "world.h"

static const char WARD[] = "26041", OTHER[] = "26044", COUNTER[] = "bien-hoa-mot-cua";
static const char MARRIAGE[] = "1.004873", CITY_ONLY[] = "2.000806";

static struct act_receive form(const char *unit, const char *procedure)
{
    return (struct act_receive){
        .unit = world_unit(unit),
        .procedure = world_procedure(procedure),
        .case_no = 1,
        .channel = CHANNEL_COUNTER,
        .applicant = {.name = STR_INIT("Đỗ Thị Ánh"), .id_no = STR_INIT("075188000123"), .phone = STR_INIT("0251 382 1234")},
        .sets = 1,
        .count = 1,
    };
}

static void taken_in(struct act_receive *act)
{
    struct ctx ctx = world_system();

    assert_err(act_receive(act, &ctx), OK);
    assert_int_equal(act->verdict.why, DOSSIER_ALLOWED);
}

static void refused(struct act_receive act, enum dossier_refusal why)
{
    struct ctx ctx = world_system();
    int64_t before = world_lines();

    assert_err(act_receive(&act, &ctx), OK);
    assert_int_equal(act.verdict.why, why);
    assert_int_equal(world_lines(), before);
}

static void wrong(struct act_receive act, const char *field)
{
    struct ctx ctx = world_system();
    int64_t before = world_lines();

    assert_err(act_receive(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, field));
    assert_int_equal(ctx.problems.count, 1);
    assert_int_equal(world_lines(), before);
}

static struct str code_after(const char *unit)
{
    struct act_receive act = form(unit, MARRIAGE);

    taken_in(&act);
    assert_true(dossier_code_is_valid(act.received[0].code));
    assert_int_equal(act.received[0].secret.n, 8);
    return act.received[0].code;
}

/* <agency>-<day>-<serial>: a series for each agency and day, without a gap; the register for each year. */
static void codes_follow_one_another(void **state)
{
    struct act_receive act = form(WARD, MARRIAGE);

    (void)state;
    world_now("2018-03-05T08:30");
    assert_str(code_after(WARD), STR("000.41.31.H19-180305-0001"));
    assert_str(code_after(WARD), STR("000.41.31.H19-180305-0002"));
    assert_str(code_after(OTHER), STR("000.44.31.H19-180305-0001"));
    refused(form(WARD, CITY_ONLY), DOSSIER_NOT_PERFORMED_HERE); /* uses up no number */
    taken_in(&act);
    assert_str(act.received[0].code, STR("000.41.31.H19-180305-0003"));
    assert_int_equal(world_dossier(act.received[0].id).register_no, 3);
    world_now("2018-03-06T08:30");
    act = form(WARD, MARRIAGE);
    taken_in(&act);
    assert_str(act.received[0].code, STR("000.41.31.H19-180306-0001"));
    assert_int_equal(world_dossier(act.received[0].id).register_no, 4);
    world_now("2019-01-02T08:30");
    act = form(WARD, MARRIAGE);
    taken_in(&act);
    assert_int_equal(world_dossier(act.received[0].id).register_no, 1);
    world_now("2018-03-07T08:30");
}

/* The day of a code is the day of the office: 00:10 there is still the day before in Greenwich. */
static void the_day_is_the_day_of_the_office(void **state)
{
    struct act_receive act = form("26047", MARRIAGE);

    (void)state;
    act.happened_at = world_at("2018-03-06T00:10");
    taken_in(&act);
    assert_str(act.received[0].code, STR("000.47.31.H19-180306-0001"));
    assert_str(world_dossier(act.received[0].id).received_on, STR("2018-03-06"));
}

static void a_batch_is_one_thing(void **state)
{
    struct act_receive act = form("26050", MARRIAGE);

    (void)state;
    act.count = 5;
    taken_in(&act);
    struct str batch = world_dossier(act.received[0].id).batch;
    assert_true(batch.n > 0);
    for (int i = 0; i < 5; i++) {
        struct q_dossier_by_id d = world_dossier(act.received[i].id);
        assert_str(d.batch, batch);
        assert_str(d.code, str_format(world()->arena, "000.50.31.H19-180307-%04d", i + 1));
        assert_str(d.code, act.received[i].code);
        assert_str(d.secret, act.received[i].secret);
        if (i)
            assert_false(str_eq(act.received[i].secret, act.received[0].secret));
    }
    act = form("26050", MARRIAGE);
    taken_in(&act);
    assert_int_equal(world_dossier(act.received[0].id).batch.n, 0);
    act.count = DOSSIER_BATCH_MAX;
    taken_in(&act);
    act.count = DOSSIER_BATCH_MAX + 1;
    refused(act, DOSSIER_BATCH_TOO_LARGE);
}

static void papers_are_all_there_or_excused(void **state)
{
    struct act_paper paper[] = {
        {.name = STR_INIT("Tờ khai"), .quantity = 1, .is_required = true},
        {.name = STR_INIT("Bản án ly hôn"), .quantity = 1, .state = PAPER_MISSING},
    };
    struct act_receive act = form(WARD, MARRIAGE);
    struct q_dossier_papers *row;
    size_t count;

    (void)state;
    act.paper = paper;
    act.paper_count = 2;
    taken_in(&act); /* what is not required may be missing */
    assert_err(q_dossier_papers(world()->db, world()->arena, act.received[0].id, &row, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(row[1].state, PAPER_MISSING);
    paper[0].state = PAPER_MISSING;
    refused(act, DOSSIER_PAPERS_MISSING);
    paper[0].state = PAPER_DEFECTIVE;
    refused(act, DOSSIER_PAPERS_MISSING);
    paper[0].state = PAPER_NOT_NEEDED;
    wrong(act, "paper");
    paper[0].note = STR("đã có trong cơ sở dữ liệu");
    taken_in(&act);
    act = form(WARD, MARRIAGE); /* nothing ticked: everything that the case asks for */
    taken_in(&act);
    assert_err(q_dossier_papers(world()->db, world()->arena, act.received[0].id, &row, &count), OK);
    assert_int_equal(count, 5);
}

static void what_the_law_does_not_allow_is_refused(void **state)
{
    struct act_receive act = form(WARD, MARRIAGE);

    (void)state;
    act.happened_at = world_at("2016-12-30T09:00"); /* published from 2017 on */
    act.from_history = true;
    refused(act, DOSSIER_PROCEDURE_NOT_IN_FORCE);
    act = form(WARD, MARRIAGE);
    act.happened_at = (struct instant){world()->ctx.now.ms + 1};
    refused(act, DOSSIER_IN_FUTURE);
    refused(form(WARD, CITY_ONLY), DOSSIER_NOT_PERFORMED_HERE);
    refused(form(COUNTER, MARRIAGE), DOSSIER_NOT_PERFORMED_HERE);
}

static void each_defect_of_the_form_is_named(void **state)
{
    struct act_receive act = form(WARD, MARRIAGE);

    (void)state;
    act.case_no = 3;
    wrong(act, "case");
    act = form(WARD, MARRIAGE);
    act.procedure = 987654321;
    wrong(act, "procedure");
    act = form(WARD, MARRIAGE);
    act.applicant.name = STR(" .,; ");
    wrong(act, "name");
    act = form(WARD, MARRIAGE);
    act.applicant.phone = STR("12345678");
    wrong(act, "phone");
    act.applicant.phone = STR("1234567890123");
    wrong(act, "phone");
    act = form(WARD, MARRIAGE);
    act.delivery = DELIVERY_ONLINE;
    taken_in(&act); /* a phone will do */
    act.applicant.phone = STR("");
    wrong(act, "email");
    act = form(WARD, MARRIAGE);
    act.channel = CHANNEL__COUNT;
    wrong(act, "channel");
    act = form(WARD, MARRIAGE);
    act.sets = 1000;
    wrong(act, "sets");
}

static void all_defects_are_named_at_once(void **state)
{
    static const char *const FIELDS[] = {"name", "phone", "email", "delivery_address", "sets", "count", "channel"};
    struct ctx ctx = world_system();
    struct act_receive act = form(WARD, MARRIAGE);
    int64_t before = world_lines();

    (void)state;
    act.applicant.name = STR("");
    act.applicant.phone = STR("12");
    act.applicant.email = STR("a.b");
    act.delivery = DELIVERY_POST;
    act.sets = act.count = 0;
    act.channel = (enum dossier_channel)0;
    assert_err(act_receive(&act, &ctx), ERR_INVALID);
    for (size_t i = 0; i < sizeof FIELDS / sizeof FIELDS[0]; i++)
        if (!world_problem(&ctx, FIELDS[i]))
            fail_msg("%s is not named", FIELDS[i]);
    assert_int_equal(ctx.problems.count, sizeof FIELDS / sizeof FIELDS[0]);
    assert_int_equal(world_lines(), before);
}

/* Mẫu 03: no dossier, no number, but a line. */
static void who_is_turned_away_is_remembered(void **state)
{
    struct ctx ctx = world_system();
    struct act_turn_away act = {.unit = world_unit(WARD), .procedure = world_procedure(MARRIAGE),
                                .applicant = STR("Đỗ Thị Ánh"), .reason = STR("không thường trú tại phường")};
    struct str last = code_after(WARD);
    int64_t before = world_lines();
    struct q_dossier_count dossiers, after;

    (void)state;
    assert_err(q_dossier_count(world()->db, world()->arena, &dossiers), OK);
    assert_err(act_turn_away(&act, &ctx), OK);
    assert_int_equal(act.verdict.why, DOSSIER_ALLOWED);
    assert_int_equal(world_lines(), before + 1);
    act.reason = STR(" ");
    assert_err(act_turn_away(&act, &ctx), OK);
    assert_int_equal(act.verdict.why, DOSSIER_NO_REASON);
    assert_int_equal(world_lines(), before + 1);
    assert_err(q_dossier_count(world()->db, world()->arena, &after), OK);
    assert_int_equal(after.n, dossiers.n);
    assert_int_equal(code_after(WARD).p[last.n - 1], last.p[last.n - 1] + 1);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(codes_follow_one_another),
        cmocka_unit_test(the_day_is_the_day_of_the_office),
        cmocka_unit_test(a_batch_is_one_thing),
        cmocka_unit_test(papers_are_all_there_or_excused),
        cmocka_unit_test(what_the_law_does_not_allow_is_refused),
        cmocka_unit_test(each_defect_of_the_form_is_named),
        cmocka_unit_test(all_defects_are_named_at_once),
        cmocka_unit_test(who_is_turned_away_is_remembered),
    };

    return world_main("intake", TESTS, sizeof TESTS / sizeof TESTS[0]);
}
