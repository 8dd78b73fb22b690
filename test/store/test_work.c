/* What comes by itself and what is given back: timers, reminders, absences, partners' codes, new revisions. */
#include "world.h"

#include "acts/absence.h"
#include "acts/cooperation.h"
#include "acts/dossier_back.h"
#include "acts/dossier_view.h"
#include "acts/peer.h"
#include "acts/process.h"
#include "acts/work.h"
#include "base/text.h"
#include "format/bpmn.h"
#include "sql_flow.h"
#include "sql_person.h"
#include "sql_work.h"

static const char WARD[] = "26041", PROCEDURE[] = "1.004873";
static const char CLERK[] = "mc.w", FIRST[] = "cv1.w", SECOND[] = "cv2.w", HEAD[] = "ld.w", EDITOR[] = "ks.w", POLICE[] = "ca.w";

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

static struct str drawing(const char *steps)
{
    return str_format(world()->arena,
                      "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:mc=\"" BPMN_NS
                      "\" id=\"d\"><process id=\"p\" isExecutable=\"true\">%s</process></definitions>",
                      steps);
}

static int64_t publish(const char *steps, struct date from)
{
    struct ctx editor = as(EDITOR);
    struct act_process_save save = {.procedure = world_procedure(PROCEDURE), .xml = drawing(steps), .name = STR("Xem xét")};

    assert_err(act_process_save(&save, &editor), OK);
    for (size_t i = 0; i < save.reading.finding_count; i++)
        print_message("finding at %.*s: %.*s\n", (int)save.reading.finding[i].element.n, save.reading.finding[i].element.p,
                      (int)save.reading.finding[i].detail.n, save.reading.finding[i].detail.p);
    assert_int_equal(save.reading.finding_count, 0);
    struct act_process_publish act = {.id = save.id, .valid_from = from};
    assert_err(act_process_publish(&act, &editor), OK);
    return save.id;
}

/* nhan (clerk) -> kiem_tra (by load, reminded, escalated, two hours, a timer takes it away) -> chup (a partner's
 * code) -> ket. Late: nhac, at the counter. */
static const char FIRST_REVISION[] =
    "<startEvent id=\"s\"/><userTask id=\"nhan\" name=\"Nhan\" mc:place=\"counter\" mc:minutes=\"60\"/>"
    "<userTask id=\"kiem_tra\" name=\"Kiem tra\" mc:place=\"counter\" mc:minutes=\"120\" mc:assign=\"load\" mc:remind=\"60\" "
    "mc:escalate=\"lanh-dao:-60\"/>"
    "<boundaryEvent id=\"het_han\" name=\"Het han\" attachedToRef=\"kiem_tra\" cancelActivity=\"true\"><timerEventDefinition "
    "id=\"td\"><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
    "<userTask id=\"nhac\" name=\"Xu ly cham\" mc:place=\"counter\" mc:minutes=\"60\"/>"
    "<userTask id=\"chup\" name=\"Lay ma\" mc:place=\"cong-an\" mc:minutes=\"60\" mc:child=\"true\"/>"
    "<userTask id=\"ket\" name=\"Ket thuc\" mc:place=\"counter\" mc:minutes=\"60\"/><endEvent id=\"e\"/>"
    "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"nhan\"/><sequenceFlow id=\"f2\" sourceRef=\"nhan\" targetRef=\"kiem_tra\"/>"
    "<sequenceFlow id=\"f3\" sourceRef=\"kiem_tra\" targetRef=\"chup\"/><sequenceFlow id=\"f4\" sourceRef=\"het_han\" targetRef=\"nhac\"/>"
    "<sequenceFlow id=\"f5\" sourceRef=\"nhac\" targetRef=\"chup\"/><sequenceFlow id=\"f6\" sourceRef=\"chup\" targetRef=\"ket\"/>"
    "<sequenceFlow id=\"f7\" sourceRef=\"ket\" targetRef=\"e\"/>";

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(CLERK, WARD, "mot-cua");
    world_person(FIRST, WARD, "chuyen-vien");
    world_person(SECOND, WARD, "chuyen-vien");
    world_person(HEAD, WARD, "lanh-dao");
    world_person(POLICE, "cong-an", "chuyen-vien");
    world_person(EDITOR, "goc", "kiem-soat-tthc");
    publish(FIRST_REVISION, date_of(2018, 3, 5));
}

static int64_t taken_in(void)
{
    struct ctx ctx = as(CLERK);
    struct act_receive act = {
        .unit = world_unit(WARD), .procedure = world_procedure(PROCEDURE), .case_no = 1, .channel = CHANNEL_COUNTER,
        .applicant = {.name = STR("Trần Thị Mẫu")}, .sets = 1, .count = 1,
    };

    assert_err(act_receive(&act, &ctx), OK);
    assert_int_equal(act.verdict.why, DOSSIER_ALLOWED);
    return act.received[0].id;
}

static enum dossier_refusal pass(int64_t id, const char *login)
{
    struct ctx ctx = as(login);
    struct act_hand_over over = {.on = world_on(id, "")};

    assert_err(act_hand_over(&over, &ctx), OK);
    return over.on.verdict.why;
}

static struct q_task_open_all the_task(int64_t id)
{
    struct q_task_open_all *open;
    size_t n;

    assert_err(q_task_open_all(world()->db, world()->arena, id, &open, &n), OK);
    assert_int_equal(n, 1);
    return open[0];
}

static size_t timers(int64_t id, struct q_timer_of **ret)
{
    size_t n;

    assert_err(q_timer_of(world()->db, world()->arena, id, ret, &n), OK);
    return n;
}

/* Everything that is due now. */
static int64_t work(void)
{
    struct ctx ctx = world_system();
    int64_t done;

    assert_err(act_work_due(&ctx, 100, &done), OK);
    return done;
}

static int64_t id_of(const char *login)
{
    return as(login).actor.id;
}

static void a_step_reminds_and_tells_those_above(void **state)
{
    struct q_timer_of *timer;
    struct act_notices told = {.count = 0};
    int64_t id = taken_in();

    (void)state;
    assert_int_equal(timers(id, &timer), 0);
    world_now("2018-03-05T08:30");
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    assert_str(the_task(id).step_code, STR("kiem_tra"));
    assert_int_equal(the_task(id).person_id_null, false); /* by load: somebody has it */
    assert_int_equal(timers(id, &timer), 3);
    assert_int_equal(work(), 0);
    world_now("2018-03-05T09:31"); /* due 10:30, an hour before */
    assert_int_equal(work(), 1);
    assert_int_equal(work(), 0); /* once */
    struct ctx holder = world_system();
    holder.actor.id = the_task(id).person_id;
    assert_err(act_notices(&told, &holder), OK);
    assert_int_equal(told.count, 1);
    assert_int_equal(told.fresh, 1);
    assert_str(told.row[0].kind, STR("remind"));
    assert_err(act_notices_seen(&holder, told.row[0].pos), OK);
    assert_err(act_notices(&told, &holder), OK);
    assert_int_equal(told.fresh, 0);
    world_now("2018-03-05T13:30"); /* an hour of work after 10:30 */
    assert_int_equal(work(), 1);
    struct ctx head = as(HEAD);
    assert_err(act_notices(&told, &head), OK);
    assert_int_equal(told.count, 1);
    assert_str(told.row[0].kind, STR("escalate"));
    assert_int_equal(timers(id, &timer), 1); /* the event of the drawing */
    struct act_on on = world_on(id, "thử xong");
    struct ctx clerk = as(CLERK);
    assert_err(act_withdraw(&on, &clerk), OK);
    assert_int_equal(timers(id, &timer), 0);
    world_verify();
}

static void a_timer_takes_the_step_away(void **state)
{
    struct q_timer_of *timer;

    (void)state;
    world_now("2018-03-06T08:00");
    int64_t id = taken_in();
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    world_now("2018-03-07T07:45");
    work();
    assert_str(the_task(id).step_code, STR("kiem_tra"));
    world_now("2018-03-07T08:00"); /* one working day */
    assert_int_equal(work(), 1);
    assert_str(the_task(id).step_code, STR("nhac"));
    assert_int_equal(timers(id, &timer), 0);
    assert_int_equal(work(), 0);
    world_verify();
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    assert_str(the_task(id).step_code, STR("chup"));
    struct act_on on = world_on(id, "thử xong");
    struct ctx clerk = as(CLERK);
    assert_err(act_withdraw(&on, &clerk), OK);
}

static void timers_wait_while_the_clock_stands(void **state)
{
    struct q_timer_of *timer;
    struct ctx officer = as(FIRST);

    (void)state;
    world_now("2018-03-08T08:00");
    int64_t id = taken_in();
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    struct str due = the_task(id).step_due_at;
    struct act_suspend stop = {.on = world_on(id, "chờ"), .reason = STR("expertise")};
    world_now("2018-03-08T08:30");
    officer = as(FIRST);
    assert_err(act_suspend(&stop, &officer), OK);
    assert_int_equal(stop.on.verdict.why, DOSSIER_ALLOWED);
    world_now("2018-03-12T08:30");
    assert_int_equal(work(), 0); /* everything is overdue, and waits */
    struct act_supply resume = {.on = world_on(id, "")};
    officer = as(FIRST);
    assert_err(act_resume(&resume, &officer), OK);
    assert_int_equal(resume.on.verdict.why, DOSSIER_ALLOWED);
    assert_int_equal(work(), 0); /* and has its time back */
    assert_true(str_cmp(the_task(id).step_due_at, due) > 0);
    assert_str(the_task(id).step_due_at, instant_iso(world()->arena, world_at("2018-03-12T10:00")));
    assert_int_equal(timers(id, &timer), 3);
    world_verify();
    world_now("2018-03-12T09:00");
    assert_int_equal(work(), 1);
    struct act_on on = world_on(id, "thử xong");
    struct ctx clerk = as(CLERK);
    assert_err(act_withdraw(&on, &clerk), OK);
}

static void the_partners_code_is_wanted_and_found(void **state)
{
    struct act_child child;

    (void)state;
    world_now("2018-03-13T08:00");
    int64_t id = taken_in();
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    assert_int_equal(pass(id, FIRST), DOSSIER_ALLOWED);
    assert_int_equal(pass(id, POLICE), DOSSIER_CHILD_MISSING);
    child = (struct act_child){.on = world_on(id, ""), .code = STR("  ")};
    struct ctx police = as(POLICE);
    assert_err(act_child(&child, &police), ERR_INVALID);
    child = (struct act_child){.on = world_on(id, ""), .code = STR("H26.77-180313-Đ9")};
    struct ctx clerk = as(CLERK);
    assert_err(act_child(&child, &clerk), ERR_FORBIDDEN); /* it is not his share */
    police = as(POLICE);
    assert_err(act_child(&child, &police), OK);
    assert_int_equal(child.on.verdict.why, DOSSIER_ALLOWED);
    assert_true(str_find(world_dossier(id).search, text_fold(world()->arena, STR("H26.77-180313-Đ9"))) != STR_NONE);
    struct act_correct correct = {.on = world_on(id, "sửa tên"), .applicant = {.name = STR("Trần Thị Mậu")}};
    clerk = as(CLERK);
    assert_err(act_correct(&correct, &clerk), OK);
    assert_true(str_find(world_dossier(id).search, text_fold(world()->arena, STR("H26.77-180313-Đ9"))) != STR_NONE);
    assert_int_equal(pass(id, POLICE), DOSSIER_ALLOWED);
    world_verify();
}

static void a_step_goes_back_to_who_did_it(void **state)
{
    struct q_task_list *back;
    size_t count;

    (void)state;
    world_now("2018-03-14T08:00");
    int64_t id = taken_in();
    struct act_give_back act = {.on = world_on(id, "thiếu chữ ký")};
    struct ctx clerk = as(CLERK);
    assert_err(act_give_back(&act, &clerk), OK);
    assert_int_equal(act.on.verdict.why, DOSSIER_NO_WAY_BACK);
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    assert_int_equal(pass(id, FIRST), DOSSIER_ALLOWED);
    struct ctx system = world_system();
    assert_err(dossier_ways_back(&system, id, the_task(id).no, &back, &count), OK);
    assert_int_equal(count, 2);
    struct ctx police = as(POLICE);
    act = (struct act_give_back){.on = world_on(id, ""), .to_task = back[0].no};
    assert_err(act_give_back(&act, &police), OK);
    assert_int_equal(act.on.verdict.why, DOSSIER_NO_REASON);
    act = (struct act_give_back){.on = world_on(id, "chưa đủ"), .to_task = back[0].no};
    police = as(POLICE);
    assert_err(act_give_back(&act, &police), OK);
    assert_int_equal(act.on.verdict.why, DOSSIER_ALLOWED);
    assert_str(the_task(id).step_code, STR("nhan"));
    assert_int_equal(the_task(id).person_id, id_of(CLERK));
    world_verify();
}

static void a_listed_dossier_goes_back_too(void **state)
{
    (void)state;
    world_now("2018-03-14T08:30");
    int64_t id = world_receive(WARD, "1.001193", 1, "2018-03-14T08:10");
    world_now("2018-03-14T09:00");
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    struct str second = the_task(id).step_code;
    struct act_give_back act = {.on = world_on(id, "nhầm")};
    struct ctx officer = as(FIRST);
    assert_err(act_give_back(&act, &officer), OK);
    assert_int_equal(act.on.verdict.why, DOSSIER_ALLOWED);
    assert_false(str_eq(the_task(id).step_code, second));
    assert_int_equal(the_task(id).step_no, 1);
    world_verify();
}

static void work_goes_to_who_covers(void **state)
{
    struct act_absence_begin act = {.person = id_of(FIRST), .cover = id_of(FIRST), .from = date_of(2018, 3, 15), .to = date_of(2018, 3, 16)};
    struct ctx first, clerk, head;
    struct q_absence_list *list;
    size_t count;
    int64_t done;

    (void)state;
    world_now("2018-03-15T08:00");
    int64_t id = taken_in();
    struct act_hand_over over = {.on = world_on(id, ""), .to_person = id_of(FIRST)};
    clerk = as(CLERK);
    assert_err(act_hand_over(&over, &clerk), OK);
    assert_int_equal(the_task(id).person_id, id_of(FIRST));
    first = as(FIRST);
    assert_err(act_absence_begin(&act, &first), ERR_INVALID);
    assert_true(world_problem(&first, "cover"));
    act.cover = id_of(POLICE);
    first = as(FIRST);
    assert_err(act_absence_begin(&act, &first), ERR_INVALID); /* has no right here */
    act.cover = id_of(SECOND);
    clerk = as(CLERK);
    assert_err(act_absence_begin(&act, &clerk), ERR_FORBIDDEN);
    first = as(FIRST);
    assert_err(act_absence_begin(&act, &first), OK);
    assert_true(act.moved >= 1);
    assert_int_equal(the_task(id).person_id, id_of(SECOND));
    struct act_absence_begin chain = {.person = id_of(SECOND), .cover = id_of(FIRST), .from = act.from, .to = act.to};
    head = as(HEAD);
    assert_err(act_absence_begin(&chain, &head), ERR_INVALID);
    assert_true(world_problem(&head, "person") && world_problem(&head, "cover"));
    int64_t next = taken_in();
    over = (struct act_hand_over){.on = world_on(next, ""), .to_person = id_of(FIRST)};
    clerk = as(CLERK);
    assert_err(act_hand_over(&over, &clerk), OK);
    assert_int_equal(the_task(next).person_id, id_of(SECOND));
    struct ctx system = world_system();
    assert_err(act_absence_cover(&system, 100, &done), OK);
    assert_int_equal(done, 0);
    head = as(HEAD);
    assert_err(act_absence_list(&head, world_unit(WARD), &list, &count), OK);
    assert_int_equal(count, 1);
    assert_err(act_absence_end(&head, list[0].id), OK);
    assert_err(act_absence_list(&head, world_unit(WARD), &list, &count), OK);
    assert_int_equal(count, 0);
    world_verify();
}

static void a_dossier_moves_where_its_step_still_is(void **state)
{
    struct act_move_process move;
    struct ctx editor, clerk;

    (void)state;
    world_now("2018-03-19T08:00");
    int64_t at_first = taken_in(), gone = taken_in();
    assert_int_equal(pass(gone, CLERK), DOSSIER_ALLOWED); /* at kiem_tra, which the next revision does not have */
    int64_t revision = publish("<startEvent id=\"s\"/><userTask id=\"nhan\" name=\"Tiep nhan\" mc:place=\"counter\" mc:minutes=\"60\"/>"
                               "<userTask id=\"ket\" name=\"Ket thuc\" mc:place=\"counter\" mc:minutes=\"60\"/><endEvent id=\"e\"/>"
                               "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"nhan\"/><sequenceFlow id=\"f2\" "
                               "sourceRef=\"nhan\" targetRef=\"ket\"/><sequenceFlow id=\"f3\" sourceRef=\"ket\" targetRef=\"e\"/>",
                               date_of(2018, 3, 19));
    move = (struct act_move_process){.on = world_on(gone, "")};
    editor = as(EDITOR);
    assert_err(act_move_process(&move, &editor), OK);
    assert_int_equal(move.on.verdict.why, DOSSIER_STEP_GONE);
    assert_str(move.stuck, STR("Kiem tra"));
    move = (struct act_move_process){.on = world_on(at_first, "")};
    clerk = as(CLERK);
    assert_err(act_move_process(&move, &clerk), ERR_FORBIDDEN);
    editor = as(EDITOR);
    assert_err(act_move_process(&move, &editor), OK);
    assert_int_equal(move.on.verdict.why, DOSSIER_ALLOWED);
    struct q_flow_of flow;
    assert_err(q_flow_of(world()->db, world()->arena, at_first, &flow), OK);
    assert_int_equal(flow.process_id, revision);
    assert_str(the_task(at_first).step_name, STR("Tiep nhan"));
    editor = as(EDITOR);
    assert_err(act_move_process(&move, &editor), OK);
    assert_int_equal(move.on.verdict.why, DOSSIER_SAME_REVISION);
    assert_int_equal(pass(at_first, CLERK), DOSSIER_ALLOWED);
    assert_str(the_task(at_first).step_code, STR("ket"));
    world_verify();
}

/* ---- another installation ---- */

struct line {
    bool broken;
    int count;
};

static enum err carried(void *arg, struct arena *a, struct str url, struct str form, struct str *ret_answer)
{
    struct line *line = arg;

    assert_str(url, STR("http://127.0.0.1:1/api/1/trao-doi"));
    assert_true(str_has_prefix(form, STR("peer=chung-toi&body=%7B")));
    line->count++;
    *ret_answer = str_format(a, "{\"receipt\":\"KIA-%d\"}", line->count);
    return line->broken ? ERR_UNAVAILABLE : OK;
}

static void what_another_house_does_is_sent_until_it_arrives(void **state)
{
    struct line line = {.broken = true};
    struct peer_sender sender = {carried, &line};
    struct ctx clerk = as(CLERK), system = world_system();
    struct act_peer_save peer = {.code = STR("ben-kia"), .own_code = STR("chung-toi"), .name = STR("Bên kia"), .unit = world_unit("cong-an"),
                                 .address = STR("http://127.0.0.1:1"), .secret = STR("mot bi mat dai"), .is_active = true};
    struct q_outbox_list *row;
    size_t count;
    int64_t done;

    (void)state;
    world_now("2018-03-16T08:00");
    assert_err(act_peer_save(&peer, &clerk), ERR_FORBIDDEN);
    assert_err(act_peer_save(&peer, &system), ERR_INVALID);
    assert_true(world_problem(&system, "secret"));
    peer.secret = STR("mot bi mat dai hon nhieu");
    system = world_system();
    assert_err(act_peer_save(&peer, &system), OK);
    int64_t id = taken_in();
    assert_int_equal(pass(id, CLERK), DOSSIER_ALLOWED);
    assert_int_equal(pass(id, FIRST), DOSSIER_ALLOWED);
    system = world_system();
    assert_err(act_outbox_send(&system, &sender, 10, &done), OK);
    assert_int_equal(done, 0);
    assert_int_equal(line.count, 1);
    assert_err(act_outbox_send(&system, &sender, 10, &done), OK);
    assert_int_equal(line.count, 1); /* not at once again */
    world_now("2018-03-16T08:01");
    line.broken = false;
    system = world_system();
    assert_err(act_outbox_send(&system, &sender, 10, &done), OK);
    assert_int_equal(done, 1);
    assert_err(act_outbox_send(&system, &sender, 10, &done), OK);
    assert_int_equal(line.count, 2); /* what arrived is not sent again */
    assert_err(act_outbox_list(&system, &row, &count), OK);
    assert_int_equal(count, 1);
    assert_str(row[0].receipt, STR("KIA-2"));
    assert_true(str_find(world_dossier(id).search, text_fold(world()->arena, STR("KIA-2"))) != STR_NONE);
    assert_int_equal(pass(id, POLICE), DOSSIER_ALLOWED); /* its code is there, and a person may do it */
    struct act_peer_receive in = {.peer = STR("ben-kia"), .body = STR("{}"), .seal = STR("00")};
    system = world_system();
    assert_err(act_peer_receive(&in, &system), ERR_FORBIDDEN);
    world_verify();
    peer.is_active = false;
    system = world_system();
    assert_err(act_peer_save(&peer, &system), OK);
}

static void a_rule_names_agencies_and_procedures_that_are(void **state)
{
    struct act_cooperation_save act = {.number = STR("12/QCPH"), .title = STR("Quy chế phối hợp"), .signed_on = date_of(2018, 1, 5),
                                       .valid_from = date_of(2018, 1, 5), .valid_to = DATE_NEVER,
                                       .agencies = STR("cong-an, bhxh khong-co"), .procedures = STR("BH-LT2")};
    struct ctx editor = as(EDITOR), clerk = as(CLERK);
    struct q_cooperation_list *list;
    struct q_process_of_procedures *process;
    size_t count;
    bool named = false;

    (void)state;
    assert_err(act_cooperation_save(&act, &clerk), ERR_FORBIDDEN);
    assert_err(act_cooperation_save(&act, &editor), ERR_INVALID);
    assert_true(world_problem(&editor, "agencies"));
    editor = as(EDITOR);
    act.agencies = STR("cong-an,\n bhxh");
    assert_err(act_cooperation_save(&act, &editor), OK);
    editor = as(EDITOR);
    struct act_cooperation_save again = act;
    again.id = 0;
    assert_err(act_cooperation_save(&again, &editor), ERR_INVALID);
    assert_true(world_problem(&editor, "number"));
    editor = as(EDITOR);
    assert_err(act_cooperation_list(&editor, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_str(list[0].agencies, STR("cong-an bhxh"));
    assert_err(act_process_list(&editor, &process, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(process[i].code, STR("BH-LT2")))
            named = str_eq(process[i].rule, STR("12/QCPH"));
    assert_true(named);
    world_verify();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(a_step_reminds_and_tells_those_above),
    cmocka_unit_test(a_timer_takes_the_step_away),
    cmocka_unit_test(timers_wait_while_the_clock_stands),
    cmocka_unit_test(the_partners_code_is_wanted_and_found),
    cmocka_unit_test(a_step_goes_back_to_who_did_it),
    cmocka_unit_test(a_listed_dossier_goes_back_too),
    cmocka_unit_test(work_goes_to_who_covers),
    cmocka_unit_test(what_another_house_does_is_sent_until_it_arrives),
    cmocka_unit_test(a_dossier_moves_where_its_step_still_is),
    cmocka_unit_test(a_rule_names_agencies_and_procedures_that_are),
};
WORLD_MAIN("work", tests)
