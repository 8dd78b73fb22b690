/* Calendars: a change moves every promise it touches, in the same transaction, and says why. */
#include "world.h"

#include "acts/calendar.h"
#include "acts/organisation.h"
#include "sql_dossier.h"
#include "sql_journal.h"
#include "store/calendar.h"

static const struct str WEEK = STR_INIT("mon 07:30-11:30 13:00-16:30; tue 07:30-11:30 13:00-16:30; wed 07:30-11:30 13:00-16:30; "
                                        "thu 07:30-11:30 13:00-16:30; fri 07:30-11:30 13:00-16:30");

static int64_t vn(void)
{
    struct q_calendar_by_code c;

    assert_err(q_calendar_by_code(world()->db, world()->arena, STR("vn"), &c), OK);
    return c.id;
}

static struct str due_on(int64_t dossier)
{
    struct q_dossier_by_id d;

    assert_err(q_dossier_by_id(world()->db, world()->arena, dossier, &d), OK);
    return d.due_on;
}

static struct calendar_day holiday(int month, int day)
{
    return (struct calendar_day){date_of(2018, month, day), DAY_CLOSED, STR_INIT("Nghỉ bão"), STR_INIT("CV 1/UBND")};
}

static const struct promise_move *move_of(const struct promise_move *move, size_t count, int64_t dossier)
{
    for (size_t i = 0; i < count; i++)
        if (move[i].dossier == dossier)
            return &move[i];
    return NULL;
}

/* Is there a line of the journal of this dossier with this act? Its payload, or empty. */
static struct str line_of(int64_t dossier, struct str act)
{
    struct q_journal_of *row;
    size_t count;
    struct str subject = str_format(world()->arena, "dossier/%lld", (long long)dossier), payload = STR("");

    assert_err(q_journal_of(world()->db, world()->arena, subject, &row, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(row[i].act, act))
            payload = row[i].payload;
    return payload;
}

/* Received Monday 26 March, 5 working days: 2 April. Closed on Wednesday 28: Tuesday 3 April. */
static void a_day_off_moves_the_promises_across_it(void **state)
{
    struct ctx ctx = world_system();
    int64_t across = world_receive("25993", "1.000894", 2, "2018-03-26T09:00");
    int64_t after = world_receive("25993", "1.000894", 2, "2018-03-29T09:00"); /* begins after the day */
    struct str later = due_on(after);
    struct calendar_day day = holiday(3, 28);
    struct act_calendar_days act = {.calendar = vn(), .set = &day, .set_count = 1};
    int64_t lines = world_lines();

    (void)state;
    assert_str(due_on(across), STR("2018-04-02"));
    assert_err(act_calendar_days_preview(&act, &ctx), OK);
    assert_int_equal(world_lines(), lines); /* a look changes nothing */
    assert_str(due_on(across), STR("2018-04-02"));
    assert_non_null(move_of(act.move, act.move_count, across));
    size_t foreseen = act.move_count;

    assert_err(act_calendar_days(&act, &ctx), OK);
    assert_int_equal(act.move_count, foreseen);
    const struct promise_move *m = move_of(act.move, act.move_count, across);
    assert_non_null(m);
    assert_str(date_iso(world()->arena, m->before.date), STR("2018-04-02"));
    assert_str(date_iso(world()->arena, m->after.date), STR("2018-04-03"));
    assert_true(str_find(m->why, STR("28/03/2018")) != STR_NONE && str_find(m->why, STR("Nghỉ bão")) != STR_NONE);
    assert_null(move_of(act.move, act.move_count, after));
    assert_str(due_on(across), STR("2018-04-03"));
    assert_str(due_on(after), later);
    assert_int_equal(world_lines(), lines + 1 + (int64_t)act.move_count);

    struct str payload = line_of(across, STR("dossier.redue"));
    assert_true(str_find(payload, STR("\"due_before\":\"2018-04-02T")) != STR_NONE);
    assert_true(str_find(payload, STR("\"due_at\":\"2018-04-03T")) != STR_NONE);
    assert_true(str_find(payload, STR("\"why\":")) != STR_NONE);

    struct date gone = day.date; /* and back again */
    struct act_calendar_days undo = {.calendar = vn(), .unset = &gone, .unset_count = 1};
    assert_err(act_calendar_days(&undo, &ctx), OK);
    assert_str(due_on(across), STR("2018-04-02"));
    assert_non_null(move_of(undo.move, undo.move_count, across));
}

static void what_has_ended_keeps_its_date(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = world_receive("25996", "1.000894", 2, "2018-03-26T09:00");
    struct act_on on = {.id = id, .note = STR("Người dân rút hồ sơ")};
    struct calendar_day day = holiday(3, 27);
    struct act_calendar_days act = {.calendar = vn(), .set = &day, .set_count = 1};
    struct act_calendar_days undo = {.calendar = vn(), .unset = &day.date, .unset_count = 1};

    (void)state;
    assert_err(act_withdraw(&on, &ctx), OK);
    assert_int_equal(on.verdict.why, DOSSIER_ALLOWED);
    assert_err(act_calendar_days(&act, &ctx), OK);
    assert_null(move_of(act.move, act.move_count, id));
    assert_str(due_on(id), STR("2018-04-02"));
    assert_err(act_calendar_days(&undo, &ctx), OK);
}

static void a_stopped_clock_stays_stopped(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = world_receive("25999", "1.000894", 2, "2018-03-26T09:00");
    struct act_suspend stop = {.on = {.id = id}, .reason = STR("expertise")};
    struct calendar_day day = holiday(3, 27);
    struct act_calendar_days act = {.calendar = vn(), .set = &day, .set_count = 1};
    struct act_calendar_days undo = {.calendar = vn(), .unset = &day.date, .unset_count = 1};
    struct q_dossier_by_id d;

    (void)state;
    const struct zone *zone;
    assert_err(zone_open(STR("Asia/Ho_Chi_Minh"), &zone), OK);
    stop.on.happened_at = zone_instant(zone, local_at(date_of(2018, 3, 29), 9, 0));
    assert_err(act_suspend(&stop, &ctx), OK);
    assert_int_equal(stop.on.verdict.why, DOSSIER_ALLOWED);
    assert_err(act_calendar_days(&act, &ctx), OK);
    assert_err(q_dossier_by_id(world()->db, world()->arena, id, &d), OK);
    assert_false(d.suspended_at_null);
    assert_str(d.due_on, STR("2018-04-03")); /* a day later, and still a lower bound */
    assert_err(act_calendar_days(&undo, &ctx), OK);
    assert_str(due_on(id), STR("2018-04-02"));
}

static void the_last_word_on_a_day_counts(void **state)
{
    struct ctx ctx = world_system();
    struct calendar_day days[2] = {holiday(11, 1), holiday(11, 1)};
    struct act_calendar_days act = {.calendar = vn(), .set = days, .set_count = 2};
    struct act_calendar_view v = {.id = vn()};

    (void)state;
    days[1].name = STR("Tên sau");
    assert_err(act_calendar_days(&act, &ctx), OK);
    assert_err(act_calendar_view(&v, &ctx), OK);
    const struct calendar_day *d = calendar_day_find(&v.calendar, days[0].date);
    assert_non_null(d);
    assert_str(d->name, STR("Tên sau"));
}

static void what_is_wrong_with_days_is_named(void **state)
{
    struct ctx ctx = world_system();
    struct calendar_day day = {date_of(2018, 5, 2), DAY__COUNT, STR_INIT(""), STR_INIT("")};
    struct act_calendar_days act = {.calendar = vn(), .set = &day, .set_count = 1}, none = {.calendar = vn()},
                             nowhere = {.calendar = 99999999, .set = &day, .set_count = 1};
    int64_t lines = world_lines();

    (void)state;
    assert_err(act_calendar_days(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "kind"));
    assert_true(world_problem(&ctx, "name"));
    ctx = world_system();
    assert_err(act_calendar_days(&none, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "day"));
    ctx = world_system();
    assert_err(act_calendar_days(&nowhere, &ctx), ERR_NOT_FOUND);
    assert_int_equal(world_lines(), lines);
}

/* From Thursday 29 March the office works four mornings a week. */
static void other_hours_derive_again(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = world_receive("26002", "1.000894", 2, "2018-03-26T14:00");
    struct act_calendar_hours act = {.calendar = vn(), .valid_from = date_of(2018, 3, 29), .cut_off = 15 * 60,
                                     .work = STR("mon 07:30-11:30; tue 07:30-11:30; wed 07:30-11:30; thu 07:30-11:30"),
                                     .intake = STR("mon 07:30-11:30")};
    int64_t lines = world_lines();

    (void)state;
    assert_err(act_calendar_hours_preview(&act, &ctx), OK);
    assert_int_equal(world_lines(), lines);
    assert_err(act_calendar_hours(&act, &ctx), OK);
    assert_non_null(move_of(act.move, act.move_count, id)); /* Fridays are off now */
    struct date due;
    struct act_calendar_view v = {.id = vn()};
    assert_err(date_parse(due_on(id), &due), OK);
    assert_err(act_calendar_view(&v, &ctx), OK);
    assert_true(calendar_is_working_day(&v.calendar, due));
    act.work = act.intake = WEEK; /* as it was, from the same day on */
    assert_err(act_calendar_hours(&act, &ctx), OK);
    assert_str(due_on(id), STR("2018-04-02"));
}

static void hours_have_a_form(void **state)
{
    struct ctx ctx = world_system();
    struct act_calendar_hours act = {.calendar = vn(), .valid_from = date_of(2018, 9, 1), .cut_off = 2000,
                                     .work = STR("mon 11:30-07:30"), .intake = STR("tuan 07:30-11:30")};

    (void)state;
    assert_err(act_calendar_hours(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "work"));
    assert_true(world_problem(&ctx, "intake"));
    assert_true(world_problem(&ctx, "cut_off"));
    ctx = world_system();
    act.cut_off = 900;
    act.work = STR(""); /* a week in which no promise would ever end */
    act.intake = STR("");
    assert_err(act_calendar_hours(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "work"));
}

static void another_calendar_of_a_unit_moves_its_promises(void **state)
{
    struct ctx ctx = world_system();
    int64_t ward = world_unit("26005"), id = world_receive("26005", "1.000894", 2, "2018-03-26T09:00");
    struct act_calendar_add add = {.code = STR("bon-ngay"), .name = STR("Bốn ngày"), .valid_from = date_of(2015, 1, 1),
                                   .cut_off = 900,
                                   .work = STR("mon 07:30-11:30; tue 07:30-11:30; wed 07:30-11:30; thu 07:30-11:30"),
                                   .intake = STR("mon 07:30-11:30")};
    struct act_unit_view u = {.id = ward};

    (void)state;
    assert_err(act_calendar_add(&add, &ctx), OK);
    assert_err(act_unit_view(&u, &ctx), OK);
    struct act_unit_change act = {.id = ward, .name = u.unit.name, .short_name = u.unit.short_name,
                                  .agency_code = u.unit.agency_code, .calendar = add.id};
    assert_err(date_parse(u.unit.valid_to, &act.valid_to), OK);
    assert_err(act_unit_change(&act, &ctx), OK);
    assert_non_null(move_of(act.move, act.move_count, id));
    assert_str(due_on(id), STR("2018-04-03")); /* the Friday is off: one day later */
}

static void a_calendar_code_is_taken_once(void **state)
{
    struct ctx ctx = world_system();
    struct act_calendar_add act = {.code = STR("vn"), .name = STR("Trùng"), .valid_from = date_of(2015, 1, 1),
                                   .work = WEEK, .intake = WEEK, .cut_off = 900};

    (void)state;
    assert_err(act_calendar_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "code"));
}

static void nothing_is_written_without_the_right(void **state)
{
    world_person("khong.lich", "26041", "mot-cua");
    struct ctx ctx = world_as(STR("khong.lich"));
    struct calendar_day day = holiday(5, 3);
    struct act_calendar_days days = {.calendar = vn(), .set = &day, .set_count = 1};
    struct act_calendar_hours hours = {.calendar = vn(), .valid_from = date_of(2018, 9, 1), .cut_off = 900, .work = WEEK,
                                       .intake = WEEK};
    struct act_calendar_add add = {.code = STR("rieng"), .name = STR("Riêng"), .valid_from = date_of(2015, 1, 1),
                                   .work = WEEK, .intake = WEEK, .cut_off = 900};
    struct act_calendar_view v = {.id = vn()};
    int64_t lines = world_lines();

    (void)state;
    assert_err(act_calendar_days(&days, &ctx), ERR_FORBIDDEN);
    assert_err(act_calendar_days_preview(&days, &ctx), ERR_FORBIDDEN);
    assert_err(act_calendar_hours(&hours, &ctx), ERR_FORBIDDEN);
    assert_err(act_calendar_hours_preview(&hours, &ctx), ERR_FORBIDDEN);
    assert_err(act_calendar_add(&add, &ctx), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), lines);
    assert_err(act_calendar_view(&v, &ctx), OK); /* reading is for all */
    assert_false(v.may_edit);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_day_off_moves_the_promises_across_it),
    cmocka_unit_test(what_has_ended_keeps_its_date),
    cmocka_unit_test(a_stopped_clock_stays_stopped),
    cmocka_unit_test(the_last_word_on_a_day_counts),
    cmocka_unit_test(what_is_wrong_with_days_is_named),
    cmocka_unit_test(other_hours_derive_again),
    cmocka_unit_test(hours_have_a_form),
    cmocka_unit_test(another_calendar_of_a_unit_moves_its_promises),
    cmocka_unit_test(a_calendar_code_is_taken_once),
    cmocka_unit_test(nothing_is_written_without_the_right),
};
WORLD_MAIN("calendar acts", tests)
