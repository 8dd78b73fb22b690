/* Dossiers on drawn processes: branches to several agencies, choices, ends, and the account of each. */
#include "world.h"

#include "acts/agency.h"
#include "acts/dossier_agency.h"
#include "acts/dossier_view.h"
#include "acts/process_try.h"
#include "format/bpmn.h"

static const char WARD[] = "26041", BIRTH[] = "BH-LT2", MARRIAGE[] = "1.004873";
static const char CLERK[] = "mc.f", OFFICER[] = "cv.f", POLICE[] = "ca.f", INSURER[] = "bh.f", EDITOR[] = "ks.f",
                  STRANGER[] = "la.f";

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(CLERK, WARD, "mot-cua");
    world_person(OFFICER, WARD, "chuyen-vien");
    world_person(POLICE, "cong-an", "chuyen-vien");
    world_person(INSURER, "bhxh", "chuyen-vien");
    world_person(STRANGER, "kho-bac", "chuyen-vien");
    world_person(EDITOR, "goc", "kiem-soat-tthc");
}

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

/* Taken in by the clerk just now: what comes from history is on no process. */
static int64_t taken_in(const char *procedure)
{
    struct ctx ctx = as(CLERK);
    struct act_receive act = {
        .unit = world_unit(WARD), .procedure = world_procedure(procedure), .case_no = 1, .channel = CHANNEL_COUNTER,
        .applicant = {.name = STR("Trần Thị Mẫu")}, .sets = 1, .count = 1,
    };

    assert_err(act_receive(&act, &ctx), OK);
    assert_int_equal(act.verdict.why, DOSSIER_ALLOWED);
    return act.received[0].id;
}

static enum dossier_refusal pass(int64_t id, const char *login, const char *choice)
{
    struct ctx ctx = as(login);
    struct act_hand_over over = {.on = world_on(id, ""), .choice = str_of(choice)};

    assert_err(act_hand_over(&over, &ctx), OK);
    return over.on.verdict.why;
}

static size_t open_tasks(int64_t id, struct q_task_open_all **ret)
{
    size_t n;

    assert_err(q_task_open_all(world()->db, world()->arena, id, ret, &n), OK);
    return n;
}

static enum dossier_refusal finish(int64_t id, const char *login)
{
    struct ctx ctx = as(login);
    struct act_finish act = {.on = world_on(id, ""), .result_no = STR("1/KQ")};

    assert_err(act_finish(&act, &ctx), OK);
    return act.on.verdict.why;
}

static void a_dossier_goes_to_two_agencies_at_once(void **state)
{
    struct q_task_open_all *open;
    int64_t id = taken_in(BIRTH);

    (void)state;
    assert_int_equal(open_tasks(id, &open), 1);
    assert_str(open[0].step_code, STR("khai_sinh"));
    world_now("2018-03-05T10:00");
    assert_int_equal(finish(id, OFFICER), DOSSIER_PROCESS_GOES_ON);
    assert_int_equal(pass(id, CLERK, ""), DOSSIER_ALLOWED);
    assert_int_equal(open_tasks(id, &open), 2);
    assert_int_equal(open[0].unit_id, world_unit("cong-an"));
    assert_int_equal(open[1].unit_id, world_unit("bhxh"));
    assert_true(str_cmp(open[1].step_due_at, open[0].step_due_at) < 0); /* five days, seven days */

    struct ctx stranger = as(STRANGER);
    struct act_hand_over over = {.on = world_on(id, "")};
    assert_err(act_hand_over(&over, &stranger), ERR_FORBIDDEN);

    world_now("2018-03-07T10:00");
    assert_int_equal(pass(id, INSURER, ""), DOSSIER_ALLOWED); /* each hands over its own */
    assert_int_equal(open_tasks(id, &open), 1);
    assert_int_equal(open[0].unit_id, world_unit("cong-an"));
    world_now("2018-03-15T10:00"); /* eight working days for seven */
    assert_int_equal(pass(id, POLICE, ""), DOSSIER_ALLOWED);
    assert_int_equal(open_tasks(id, &open), 1);
    assert_str(open[0].step_code, STR("tap_hop"));
    assert_int_equal(open[0].unit_id, world_unit(WARD));
    assert_int_equal(pass(id, CLERK, ""), DOSSIER_NO_NEXT_STEP);
    assert_int_equal(finish(id, OFFICER), DOSSIER_ALLOWED);
    assert_int_equal(world_dossier(id).state, DOSSIER_FINISHED);
    world_verify();
}

static void nobody_is_made_the_holder_of_what_he_cannot_do(void **state)
{
    struct ctx clerk = as(CLERK), stranger = as(STRANGER);
    struct q_task_open_all *open;
    int64_t id = taken_in(BIRTH), before = world_lines();
    struct act_hand_over over = {.on = world_on(id, ""), .to_person = stranger.actor.id};

    (void)state;
    assert_err(act_hand_over(&over, &clerk), OK);
    assert_int_equal(over.on.verdict.why, DOSSIER_NOT_HOLDER);
    assert_int_equal(world_lines(), before);
    assert_int_equal(open_tasks(id, &open), 1);
    struct act_on on = world_on(id, "nhập nhầm");
    assert_err(act_withdraw(&on, &clerk), OK);
}

static void lateness_is_whose_step_it_was(void **state)
{
    struct ctx ctx;
    struct dossier_view v;
    struct agency_time *time;
    size_t count, late = 0;

    (void)state;
    world_now("2018-03-05T08:00");
    struct q_dossier_by_id d = world_dossier(taken_in(BIRTH));
    world_now("2018-03-05T10:00");
    assert_int_equal(pass(d.id, CLERK, ""), DOSSIER_ALLOWED);
    world_now("2018-03-20T10:00");
    assert_int_equal(pass(d.id, INSURER, ""), DOSSIER_ALLOWED);
    ctx = world_system();
    assert_err(act_dossier_view(&ctx, d.code, &v), OK);
    assert_int_equal(v.open_count, 1);
    assert_err(agency_times(&ctx, &v, &time, &count), OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        late += time[i].exceeded;
        if (time[i].unit == world_unit("bhxh")) {
            assert_int_equal(time[i].budget, 5 * 480);
            assert_true(time[i].used > time[i].budget && !time[i].is_open);
        }
        if (time[i].unit == world_unit(WARD))
            assert_false(time[i].exceeded);
    }
    assert_int_equal(late, 2); /* the insurer was, the police still is */
}

static void each_agency_counts_a_dossier_once(void **state)
{
    struct ctx ctx = world_system();
    struct figure_question q = {.unit = world_unit("goc"), .from = date_of(2018, 3, 1), .to = date_of(2018, 3, 31)};
    struct q_agency_counts *row;
    struct q_agency_steps *step;
    struct figure_answer figures;
    size_t count, n;

    (void)state;
    assert_err(act_agency_counts(&q, &ctx, &row, &count), OK);
    assert_true(count >= 3);
    for (size_t i = 0; i < count; i++)
        for (int f = 0; f < AGENCY_FIGURE__COUNT; f++) { /* every number is the length of its list */
            assert_err(act_agency_steps(&q, row[i].unit_id, (enum agency_figure)f, &ctx, &step, &n), OK);
            assert_int_equal(agency_value(&row[i], (enum agency_figure)f), n);
        }
    assert_err(act_figures(&q, &ctx, &figures), OK);
    assert_int_equal(figures.total.value[FIGURE_DOSSIER_RECEIVED], 2); /* the city counts each once */
}

/* A choice that people answer, drawn by hand. */
static struct str drawn(const char *minutes)
{
    return str_format(
        world()->arena,
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:mc=\"" BPMN_NS "\" id=\"d\">"
        "<process id=\"p\" isExecutable=\"true\"><startEvent id=\"s\"/><userTask id=\"xem\" name=\"Xem x&#233;t\" "
        "mc:place=\"counter\" mc:minutes=\"%s\"/><exclusiveGateway id=\"re\"/><userTask id=\"ky\" name=\"K&#253;\" "
        "mc:place=\"counter\"/><userTask id=\"sua\" name=\"S&#7917;a\" mc:place=\"counter\"/><endEvent id=\"e\"/>"
        "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"xem\"/><sequenceFlow id=\"f2\" sourceRef=\"xem\" targetRef=\"re\"/>"
        "<sequenceFlow id=\"dong_y\" name=\"Dong y\" sourceRef=\"re\" targetRef=\"ky\"><conditionExpression>choice == "
        "'dong_y'</conditionExpression></sequenceFlow><sequenceFlow id=\"tra_lai\" name=\"Tra lai\" sourceRef=\"re\" "
        "targetRef=\"sua\"><conditionExpression>choice == 'tra_lai'</conditionExpression></sequenceFlow>"
        "<sequenceFlow id=\"f3\" sourceRef=\"sua\" targetRef=\"xem\"/><sequenceFlow id=\"f4\" sourceRef=\"ky\" "
        "targetRef=\"e\"/></process></definitions>",
        minutes);
}

static void a_process_is_published_when_it_can_be_executed(void **state)
{
    struct ctx editor = as(EDITOR), clerk = as(CLERK);
    struct act_process_save save = {.procedure = world_procedure(MARRIAGE), .xml = drawn("60"), .name = STR("Xem xét")};

    (void)state;
    assert_err(act_process_save(&save, &clerk), ERR_FORBIDDEN);
    save.xml = STR("<html/>");
    assert_err(act_process_save(&save, &editor), ERR_INVALID);
    assert_true(world_problem(&editor, "xml"));
    editor = as(EDITOR);
    save.xml = drawn("100000"); /* longer than the law allows: a draft may be, what is published may not */
    assert_err(act_process_save(&save, &editor), OK);
    assert_int_equal(save.reading.finding_count, 1);
    struct act_process_publish publish = {.id = save.id, .valid_from = date_of(2018, 3, 5)};
    assert_err(act_process_publish(&publish, &editor), ERR_INVALID);
    editor = as(EDITOR);
    int64_t draft = save.id;
    save.xml = drawn("60");
    assert_err(act_process_save(&save, &editor), OK);
    assert_int_equal(save.id, draft); /* one draft, written over */
    assert_err(act_process_publish(&publish, &editor), OK);
    assert_err(act_process_publish(&publish, &editor), ERR_CONFLICT);
}

static struct act_process_try tried(const char *login, const char *procedure, struct str way, enum err wanted)
{
    struct ctx ctx = as(login);
    struct act_process_try act = {.view = {.code = str_of(procedure)}, .way = way, .case_no = 1, .sets = 1, .channel = 1};

    assert_err(act_process_try(&act, &ctx), wanted);
    return act;
}

static void a_process_is_tried_out_with_nothing_written(void **state)
{
    int64_t before = world_lines();
    struct act_process_try t = tried(CLERK, MARRIAGE, STR(""), OK);

    (void)state;
    assert_true(t.can_run && t.waiting_count == 1 && t.waiting[0].choice_count == 2 && !t.has_ended);
    t = tried(CLERK, MARRIAGE, STR("1=tra_lai 2 3=dong_y 4"), OK);
    assert_true(t.has_ended && t.waiting_count == 0 && t.move_count == 4);
    assert_int_equal(t.minutes, 120); /* it was looked at twice */
    assert_str(t.move[0].choice, STR("Tra lai"));
    assert_int_equal(t.passed_count, 6); /* each flow once */
    t = tried(CLERK, MARRIAGE, STR("1=tra_lai 2 3"), OK);
    assert_true(!t.is_stuck && t.move_count == 3); /* what was chosen last still answers, as in a dossier */
    t = tried(CLERK, MARRIAGE, STR("1"), OK);
    assert_true(t.is_stuck && t.move_count == 0 && t.waiting_count == 1 && t.way.n == 0);
    assert_int_equal(world_lines(), before);
}

static void a_way_that_cannot_be_gone_is_refused(void **state)
{
    static const char *const WAYS[] = {"0", "2", "1=f3", "1=", "1!xem", "=dong_y", "1=dong_y 1", "1=dong_y  2", "1=dong_y 2 3", "-1",
                                       "1=dong_y\n2", "99999999999999999999"};
    struct buf long_way = buf_in(world()->arena);

    (void)state;
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++)
        (void)tried(CLERK, MARRIAGE, str_of(WAYS[i]), ERR_INVALID);
    for (int i = 1; i <= TRY_MOVES_MAX; i += 2) /* back and again, as often as one may */
        buf_format(&long_way, "%s%d=tra_lai %d", i > 1 ? " " : "", i, i + 1);
    struct act_process_try t = tried(CLERK, MARRIAGE, buf_str(&long_way), OK);
    assert_int_equal(t.move_count, TRY_MOVES_MAX);
    buf_format(&long_way, " %d=dong_y", TRY_MOVES_MAX + 1);
    (void)tried(CLERK, MARRIAGE, buf_str(&long_way), ERR_LIMIT);
}

static void the_drawing_of_a_dossier_is_for_who_may_read_it(void **state)
{
    struct q_dossier_by_id d = world_dossier(taken_in(BIRTH));
    struct ctx clerk = as(CLERK), stranger = as(STRANGER);
    int64_t before = world_lines();
    struct task_time *time;
    struct dossier_view v;
    struct str xml;

    (void)state;
    assert_err(act_dossier_drawing(&stranger, d.code, &xml), ERR_FORBIDDEN);
    assert_err(act_dossier_drawing(&clerk, STR("000.00.00-1"), &xml), ERR_NOT_FOUND);
    assert_err(act_dossier_drawing(&clerk, d.code, &xml), OK);
    assert_true(str_find(xml, STR("khai_sinh")) != STR_NONE);
    assert_int_equal(world_lines(), before); /* it says nothing of the person: no reading of it is journalled */
    assert_err(act_dossier_view(&clerk, d.code, &v), OK);
    assert_err(task_times(&clerk, &v, &time), OK);
    assert_true(v.task_count == 1 && time[0].budget == 480 && !time[0].exceeded);
    struct act_on on = world_on(d.id, "nhập nhầm");
    assert_err(act_withdraw(&on, &clerk), OK);
}

static void a_choice_decides_and_a_way_back_is_a_new_task(void **state)
{
    struct q_task_open_all *open;
    struct ctx ctx = world_system();
    struct dossier_view v;
    struct dossier_choice *choice;
    world_now("2018-03-21T08:00");
    int64_t id = taken_in(MARRIAGE);

    (void)state;
    ctx = world_system();
    assert_err(act_dossier_view(&ctx, world_dossier(id).code, &v), OK);
    assert_int_equal(dossier_choices(ctx.arena, &v, &choice), 2);
    assert_str(choice[0].name, STR("Dong y"));
    assert_int_equal(pass(id, CLERK, ""), DOSSIER_NO_ANSWER);
    assert_int_equal(pass(id, CLERK, "tra_lai"), DOSSIER_ALLOWED);
    assert_int_equal(open_tasks(id, &open), 1);
    assert_str(open[0].step_code, STR("sua"));
    assert_int_equal(pass(id, CLERK, ""), DOSSIER_ALLOWED);
    assert_int_equal(open_tasks(id, &open), 1);
    assert_str(open[0].step_code, STR("xem"));
    assert_int_equal(pass(id, CLERK, "dong_y"), DOSSIER_ALLOWED);
    assert_int_equal(finish(id, OFFICER), DOSSIER_ALLOWED);
    world_verify();
}

static void a_withdrawal_takes_every_task_away(void **state)
{
    struct q_task_open_all *open;
    struct ctx clerk;
    int64_t id = taken_in(BIRTH);

    (void)state;
    assert_int_equal(pass(id, CLERK, ""), DOSSIER_ALLOWED);
    assert_int_equal(open_tasks(id, &open), 2);
    struct act_on on = world_on(id, "người nộp rút hồ sơ");
    clerk = as(CLERK);
    assert_err(act_withdraw(&on, &clerk), OK);
    assert_int_equal(on.verdict.why, DOSSIER_ALLOWED);
    assert_int_equal(open_tasks(id, &open), 0);
    world_verify();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(a_dossier_goes_to_two_agencies_at_once),
    cmocka_unit_test(lateness_is_whose_step_it_was),
    cmocka_unit_test(each_agency_counts_a_dossier_once),
    cmocka_unit_test(nobody_is_made_the_holder_of_what_he_cannot_do),
    cmocka_unit_test(a_process_is_published_when_it_can_be_executed),
    cmocka_unit_test(a_process_is_tried_out_with_nothing_written),
    cmocka_unit_test(a_way_that_cannot_be_gone_is_refused),
    cmocka_unit_test(the_drawing_of_a_dossier_is_for_who_may_read_it),
    cmocka_unit_test(a_choice_decides_and_a_way_back_is_a_new_task),
    cmocka_unit_test(a_withdrawal_takes_every_task_away),
};
WORLD_MAIN("flow", tests)
