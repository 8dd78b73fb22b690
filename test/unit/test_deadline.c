/* The tables of test/cases/deadline, the vectors from real calendars, the derivation, the refusals.
 * Against an oracle and by laws: test_deadline_oracle.c. */
#include "vn_calendar.h"

#include "calendar/badge.h"
#include "calendar/classify.h"

static struct arena *arena;
static struct calendar vn;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(256 * 1024 * 1024);
    vn = vn_calendar(arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* ---- reading the tables ---- */

static struct date day_in(struct str s)
{
    struct date d;

    if (date_parse_typed(s, &d))
        fail_msg("not a date: %.*s", STR_ARG(s));
    return d;
}

/* "12/02/2018 10:00" */
static struct local moment_in(struct str s)
{
    struct str rest = str_trim(s), day;

    str_split(&rest, ' ', &day);
    int minute = minute_of(str_trim(rest));
    return local_at(day_in(day), minute / 60, minute % 60);
}

/* "5 ngày làm việc"; the longer unit stands before the one that it ends with. */
static struct limit limit_in(struct str s)
{
    static const struct {
        const char *name;
        enum limit_unit unit;
    } UNITS[] = {{" ngày làm việc", LIMIT_WORKING_DAYS},
                 {" ngày", LIMIT_CALENDAR_DAYS},
                 {" giờ làm việc", LIMIT_WORKING_HOURS},
                 {" tháng", LIMIT_MONTHS}};
    int64_t n;

    if (str_eq(s, STR("trong ngày")))
        return (struct limit){LIMIT_SAME_DAY, 1};
    for (size_t i = 0; i < 4; i++) {
        struct str name = str_of(UNITS[i].name);
        if (str_has_suffix(s, name) && str_parse_int(str_sub(s, 0, s.n - name.n), 1, 3660, &n) == OK)
            return (struct limit){UNITS[i].unit, (int)n};
    }
    fail_msg("not a limit: %.*s", STR_ARG(s));
    return (struct limit){LIMIT__COUNT, 0};
}

static size_t pauses_in(struct str s, struct pause *ret)
{
    struct str piece;
    size_t n = 0;

    while (str_split(&s, ';', &piece)) {
        size_t arrow = str_find(piece, STR("->"));
        assert_true(arrow != STR_NONE && n < PAUSE_MAX);
        ret[n++] = (struct pause){.from = moment_in(str_sub(piece, 0, arrow)),
                                  .to = moment_in(str_sub(piece, arrow + 2, piece.n)),
                                  .reason = STR("supplement")};
    }
    return n;
}

enum { COLUMNS = 5 };

static void check_deadline(const char *where, const struct str *column)
{
    struct pause pause[PAUSE_MAX];
    size_t pauses = pauses_in(column[2], pause);
    struct deadline d;

    enum err err = deadline_derive(arena, &vn, moment_in(column[0]), limit_in(column[1]), pause, pauses, &d);
    if (err)
        fail_msg("%s: %s", where, err_name(err));
    struct local want = moment_in(column[3]);
    if (local_cmp(d.due, want) != 0)
        fail_msg("%s: due %.*s, not %.*s", where, STR_ARG(local_iso(arena, d.due)),
                 STR_ARG(local_iso(arena, want)));
}

static void check_class(const char *where, const struct str *column)
{
    static const char *const NAMES[] = {[CLASS_RESOLVED_EARLY] = "trước hạn",
                                        [CLASS_RESOLVED_ON_TIME] = "đúng hạn",
                                        [CLASS_RESOLVED_LATE] = "trễ hạn"};
    struct class_facts f = {.received_on = DATE_MIN, .due_on = day_in(column[0]), .finished_on = day_in(column[1])};
    enum dossier_class class = classify(&f, cut_off_after(f.finished_on));
    int64_t want;

    if (class > CLASS_RESOLVED_LATE || !str_eq(column[2], str_of(NAMES[class])))
        fail_msg("%s: class %d", where, (int)class);
    struct badge badge = badge_of(&vn, local_at(f.finished_on, 9, 0), local_at(f.due_on, 8, 0));
    assert_err(str_parse_int(column[3], 0, 999, &want), OK);
    if ((badge.kind == BADGE_LATE ? badge.days : 0) != want)
        fail_msg("%s: late by %d", where, badge.days);
}

static void check_working_days(const char *where, const struct str *column)
{
    int64_t want;
    int have = calendar_working_days_between(&vn, date_add_days(day_in(column[0]), -1), day_in(column[1]));

    assert_err(str_parse_int(column[2], 0, 9999, &want), OK);
    if (have != want)
        fail_msg("%s: %d working days", where, have);
}

static const struct {
    const char *title;
    void (*check)(const char *where, const struct str *column);
} SECTIONS[] = {{"[thời hạn]", check_deadline}, {"[xếp loại]", check_class}, {"[ngày làm việc]", check_working_days}};

static size_t check_table(const char *path)
{
    struct str text = file_read(arena, path), line;
    void (*check)(const char *, const struct str *) = NULL;
    size_t rows = 0, number = 0;

    assert_non_null(text.p);
    while (str_split(&text, '\n', &line)) {
        struct str column[COLUMNS] = {0}, piece;
        number++;
        if (!line.n || line.p[0] == '#')
            continue;
        if (line.p[0] == '[') {
            check = NULL;
            for (size_t i = 0; i < 3; i++)
                if (str_eq(str_trim(line), str_of(SECTIONS[i].title)))
                    check = SECTIONS[i].check;
            assert_true(check != NULL);
            continue;
        }
        for (size_t i = 0; i < COLUMNS && str_split(&line, '|', &piece); i++)
            column[i] = str_trim(piece);
        check(str_z(arena, str_format(arena, "%s:%zu", path, number)), column);
        rows++;
    }
    return rows;
}

static void worked_examples_come_out(void **state)
{
    (void)state;
    assert_int_equal(check_table(SOURCE_ROOT "/test/cases/deadline/worked.txt"), 18);
}

static void rules_hold_at_their_edges(void **state)
{
    (void)state;
    assert_true(check_table(SOURCE_ROOT "/test/cases/deadline/rules.txt") > 50);
}

/* The vectors count from any day as if it were the day of receipt; on a day off, the receipt moves to
 * the next working day first (reference 2.5, rule 3), which then is not counted. */
static void vectors_come_out(void **state)
{
    struct str text = file_read(arena, SOURCE_ROOT "/../shared/data/vn_holidays/deadline_vectors.json");
    struct json file;

    (void)state;
    if (!text.p) {
        print_message("# skipped: no deadline_vectors.json here\n");
        skip();
    }
    assert_err(json_parse(arena, text, &file, NULL), OK);
    struct json vectors = json_get(file, "vectors");
    assert_true(json_length(vectors) >= 100);
    for (size_t i = 0; i < json_length(vectors); i++) {
        struct json v = json_at(vectors, i);
        struct date received = day_in(json_text(v, "received")), due = day_in(json_text(v, "due"));
        int n = (int)json_int(v, "n");
        struct deadline d;
        assert_int_equal(calendar_working_days_between(&vn, received, due), n);
        bool is_open = calendar_intake_hours(&vn, received).count > 0;
        int count = is_open ? n : n - 1;
        if (count == 0)
            continue;
        assert_err(deadline_derive(arena, &vn, local_at(received, 9, 0),
                                   (struct limit){LIMIT_WORKING_DAYS, count}, NULL, 0, &d), OK);
        assert_int_equal(d.due.date.day, due.day);
    }
}

/* ---- the derivation ---- */

static struct str told(const struct deadline *d)
{
    static const char *const NAMES[] = {
        [DEADLINE_RECEIVED] = "received", [DEADLINE_AFTER_HOURS] = "after hours",
        [DEADLINE_CUT_OFF] = "cut-off", [DEADLINE_RECEIPT_DAY] = "receipt day",
        [DEADLINE_COUNTED] = "counted", [DEADLINE_SKIPPED_WEEKEND] = "weekend",
        [DEADLINE_SKIPPED_HOLIDAY] = "holiday", [DEADLINE_SKIPPED_SWAPPED] = "swapped off",
        [DEADLINE_COUNTED_SWAPPED] = "swapped work", [DEADLINE_PAUSED] = "paused",
        [DEADLINE_END_MOVED] = "end moved", [DEADLINE_CLOCK_MOVED] = "clock moved",
    };
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < d->step_count; i++) {
        const struct deadline_step *s = &d->step[i];
        struct civil on = date_civil(s->on), until = date_civil(s->until), to = date_civil(s->moved_to.date);
        buf_format(&out, "%s %d/%d-%d/%d", NAMES[s->rule], on.day, on.month, until.day, until.month);
        if (s->amount)
            buf_format(&out, " %d", (int)s->amount);
        if (s->name.n)
            buf_format(&out, " \"%" PRIstr "\"", STR_ARG(s->name));
        buf_format(&out, " => %d/%d %02d:%02d\n", to.day, to.month, s->moved_to.ms_of_day / 3600000,
                   s->moved_to.ms_of_day / 60000 % 60);
    }
    return buf_str(&out);
}

static struct deadline derived(const char *from, const char *limit, const char *pauses)
{
    struct pause pause[PAUSE_MAX];
    size_t n = pauses_in(str_of(pauses), pause);
    struct deadline d;

    assert_err(deadline_derive(arena, &vn, moment_in(str_of(from)), limit_in(str_of(limit)), pause, n, &d), OK);
    return d;
}

static void every_day_not_counted_is_named(void **state)
{
    struct deadline d = derived("12/02/2018 10:00", "5 ngày làm việc", "");

    (void)state;
    assert_str(told(&d), STR("received 12/2-12/2 => 12/2 10:00\n"
                             "receipt day 12/2-12/2 => 12/2 10:00\n"
                             "holiday 14/2-20/2 \"Tết Nguyên đán\" => 13/2 10:00\n"
                             "weekend 24/2-25/2 => 23/2 10:00\n"
                             "counted 13/2-26/2 5 => 26/2 10:00\n"));
    d = derived("23/04/2018 08:30", "7 ngày làm việc", "");
    assert_str(told(&d), STR("received 23/4-23/4 => 23/4 08:30\n"
                             "receipt day 23/4-23/4 => 23/4 08:30\n"
                             "holiday 25/4-25/4 \"Giỗ Tổ Hùng Vương (mùng 10 tháng 3 âm lịch)\" => 24/4 08:30\n"
                             "weekend 28/4-29/4 => 27/4 08:30\n"
                             "holiday 30/4-30/4 \"Ngày Chiến thắng 30/4\" => 27/4 08:30\n"
                             "holiday 1/5-1/5 \"Ngày Quốc tế Lao động 1/5\" => 27/4 08:30\n"
                             "weekend 5/5-6/5 => 4/5 08:30\n"
                             "counted 24/4-7/5 7 => 7/5 08:30\n"));
}

static void swaps_and_late_receipts_are_named(void **state)
{
    struct deadline d = derived("28/12/2018 17:00", "4 ngày làm việc", "");

    (void)state;
    assert_str(told(&d), STR("received 28/12-28/12 => 28/12 17:00\n"
                             "after hours 28/12-2/1 => 2/1 07:30\n"
                             "receipt day 2/1-2/1 => 2/1 07:30\n"
                             "swapped work 5/1-5/1 1 \"Làm bù cho ngày nghỉ 31/12/2018\" => 5/1 07:30\n"
                             "weekend 6/1-6/1 => 5/1 07:30\n"
                             "counted 3/1-7/1 4 => 7/1 07:30\n"));
    d = derived("28/12/2018 16:00", "1 ngày làm việc", "");
    assert_str(told(&d), STR("received 28/12-28/12 => 28/12 16:00\n"
                             "receipt day 28/12-28/12 => 28/12 16:00\n"
                             "weekend 29/12-30/12 => 28/12 16:00\n"
                             "swapped off 31/12-31/12 \"Nghỉ hoán đổi, làm bù ngày 05/01/2019\" => 28/12 16:00\n"
                             "holiday 1/1-1/1 \"Tết Dương lịch\" => 28/12 16:00\n"
                             "counted 29/12-2/1 1 => 2/1 16:00\n"));
}

static void pauses_and_moved_ends_are_named(void **state)
{
    struct deadline d = derived("05/03/2018 08:00", "10 ngày làm việc", "08/03/2018 09:00 -> 15/03/2018 09:00");

    (void)state;
    assert_str(told(&d), STR("received 5/3-5/3 => 5/3 08:00\n"
                             "receipt day 5/3-5/3 => 5/3 08:00\n"
                             "weekend 10/3-11/3 => 9/3 08:00\n"
                             "weekend 17/3-18/3 => 16/3 08:00\n"
                             "counted 6/3-19/3 10 => 19/3 08:00\n"
                             "weekend 24/3-25/3 => 23/3 08:00\n"
                             "paused 8/3-15/3 5 \"supplement\" => 26/3 08:00\n"));
    assert_int_equal(d.due_without_pauses.date.day, date_of(2018, 3, 19).day);
    d = derived("05/03/2018 08:00", "5 ngày", "");
    assert_str(told(&d), STR("received 5/3-5/3 => 5/3 08:00\n"
                             "receipt day 5/3-5/3 => 5/3 08:00\n"
                             "counted 6/3-10/3 5 => 10/3 08:00\n"
                             "weekend 10/3-11/3 => 10/3 08:00\n"
                             "end moved 10/3-11/3 => 12/3 08:00\n"));
    d = derived("09/03/2018 15:05", "trong ngày", "");
    assert_str(told(&d), STR("received 9/3-9/3 => 9/3 15:05\n"
                             "weekend 10/3-11/3 => 9/3 15:05\n"
                             "cut-off 9/3-9/3 => 12/3 16:30\n"));
    d = derived("05/03/2018 08:00", "8 giờ làm việc", "05/03/2018 11:00 -> 05/03/2018 13:15");
    assert_str(told(&d), STR("received 5/3-5/3 => 5/3 08:00\n"
                             "counted 5/3-6/3 480 => 6/3 08:30\n"
                             "paused 5/3-5/3 45 \"supplement\" => 6/3 09:15\n"));
}

/* Friday afternoon is free here, Wednesday has no morning: the clock of the receipt cannot be kept. */
static void the_clock_is_fitted_to_the_last_day(void **state)
{
    struct office_hours hours = {DATE_MIN, .cut_off = 900};
    struct calendar c = {.hours = &hours, .hours_count = 1};
    struct deadline d;
    static const struct {
        const char *from;
        int days;
        const char *due;
        bool is_moved;
    } CASES[] = {
        {"06/03/2018 10:00", 3, "09/03/2018 10:00", false},
        {"06/03/2018 14:00", 3, "09/03/2018 11:30", true}, /* after the last closing: closing */
        {"06/03/2018 11:30", 3, "09/03/2018 11:30", false},
        {"06/03/2018 10:00", 1, "07/03/2018 13:00", true}, /* before the first opening: opening */
    };

    (void)state;
    for (int day = MONDAY; day <= FRIDAY; day++)
        hours.work[day] = (struct day_hours){{{450, 690}, {780, 990}}, 2};
    hours.work[WEDNESDAY] = (struct day_hours){{{780, 990}}, 1};
    hours.work[FRIDAY] = (struct day_hours){{{450, 690}}, 1};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        assert_err(deadline_derive(arena, &c, moment_in(str_of(CASES[i].from)),
                                   (struct limit){LIMIT_WORKING_DAYS, CASES[i].days}, NULL, 0, &d), OK);
        assert_str(local_iso(arena, d.due), local_iso(arena, moment_in(str_of(CASES[i].due))));
        assert_int_equal(d.step[d.step_count - 1].rule, CASES[i].is_moved ? DEADLINE_CLOCK_MOVED : DEADLINE_COUNTED);
    }
}

static void hours_in_force_are_those_of_the_day(void **state)
{
    struct office_hours hours[2] = {{DATE_MIN, .cut_off = 900}, {date_of(2018, 3, 7), .cut_off = 600}};
    struct calendar c = {.hours = hours, .hours_count = 2};
    struct deadline d;

    (void)state;
    for (int day = MONDAY; day <= FRIDAY; day++) {
        hours[0].work[day] = (struct day_hours){{{480, 720}}, 1};
        hours[1].work[day] = (struct day_hours){{{540, 1020}}, 1};
    }
    assert_int_equal(calendar_work_minutes(&c, local_at(date_of(2018, 3, 6), 0, 0), local_at(date_of(2018, 3, 8), 0, 0)), 240 + 480);
    assert_err(deadline_derive(arena, &c, local_at(date_of(2018, 3, 6), 9, 0), (struct limit){LIMIT_SAME_DAY, 0}, NULL, 0, &d), OK);
    assert_str(local_iso(arena, d.due), STR("2018-03-06T12:00:00"));
    assert_err(deadline_derive(arena, &c, local_at(date_of(2018, 3, 7), 10, 1), (struct limit){LIMIT_SAME_DAY, 0}, NULL, 0, &d), OK);
    assert_str(local_iso(arena, d.due), STR("2018-03-08T17:00:00"));
}

/* ---- the calendar ---- */

static void working_days_are_counted_both_ways(void **state)
{
    struct date monday = date_of(2018, 3, 5), next = date_of(2018, 3, 12);

    (void)state;
    assert_int_equal(calendar_working_days_between(&vn, monday, next), 5);
    assert_int_equal(calendar_working_days_between(&vn, next, monday), -5);
    assert_int_equal(calendar_working_days_between(&vn, monday, monday), 0);
    assert_true(calendar_is_working_day(&vn, date_of(2019, 1, 5)));
    assert_false(calendar_is_working_day(&vn, date_of(2018, 12, 31)));
    assert_false(calendar_is_working_day(&vn, date_of(2018, 3, 3)));
    assert_int_equal(calendar_intake_hours(&vn, date_of(2018, 3, 3)).count, 1);
    assert_int_equal(calendar_intake_hours(&vn, date_of(2018, 2, 17)).count, 0);
    assert_int_equal(calendar_intake_hours(&vn, date_of(2019, 1, 5)).count, 2);
    assert_null(calendar_day_find(&vn, date_of(2018, 3, 3)));
    assert_str(calendar_day_find(&vn, date_of(2018, 2, 16))->name, STR("Tết Nguyên đán (mùng 1)"));
}

static void working_minutes_are_counted(void **state)
{
    struct date d = date_of(2018, 3, 5);

    (void)state;
    assert_int_equal(calendar_work_minutes(&vn, local_at(d, 8, 0), local_at(d, 8, 1)), 1);
    assert_int_equal(calendar_work_minutes(&vn, local_at(d, 11, 0), local_at(d, 14, 0)), 90);
    assert_int_equal(calendar_work_minutes(&vn, local_at(d, 14, 0), local_at(d, 11, 0)), 0);
    assert_int_equal(calendar_work_minutes(&vn, local_at(d, 0, 0), local_at(date_add_days(d, 7), 0, 0)), 5 * 450);
    struct local almost = {d, (8 * 60 + 1) * 60000 - 1};
    assert_int_equal(calendar_work_minutes(&vn, local_at(d, 8, 0), almost), 0);
}

/* Sorted, no day twice, kinds that fit the weekday; the lunar holidays on their lunar days. */
static void the_calendar_file_is_sound(void **state)
{
    (void)state;
    assert_int_equal(vn.day_count, 189);
    for (size_t i = 0; i < vn.day_count; i++) {
        const struct calendar_day *d = &vn.day[i];
        bool is_weekend = date_weekday(d->date) >= SATURDAY;
        assert_true(i == 0 || date_cmp(vn.day[i - 1].date, d->date) < 0);
        assert_true(d->name.n && d->basis.n);
        assert_true(d->kind != DAY_SWAPPED_WORK || is_weekend);
        assert_true((d->kind != DAY_SWAPPED_OFF && d->kind != DAY_COMPENSATORY_OFF) || !is_weekend);
    }
}

/* ---- refusals ---- */

static void what_is_no_limit_is_refused(void **state)
{
    struct local from = local_at(date_of(2018, 3, 5), 8, 0);
    static const struct limit BAD[] = {
        {LIMIT_WORKING_DAYS, 0}, {LIMIT_WORKING_DAYS, -1}, {LIMIT_MONTHS, LIMIT_LENGTH_MAX + 1},
        {LIMIT__COUNT, 1},       {(enum limit_unit)99, 1}, {LIMIT_WORKING_HOURS, 0},
    };
    struct deadline d = {.step_count = 77}, before = d;

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_err(deadline_derive(arena, &vn, from, BAD[i], NULL, 0, &d), ERR_INVALID);
        assert_memory_equal(&d, &before, sizeof d);
    }
    assert_err(deadline_derive(arena, &vn, from, (struct limit){LIMIT_WORKING_DAYS, LIMIT_LENGTH_MAX}, NULL, 0, &d), OK);
    assert_err(deadline_derive(arena, &vn, from, (struct limit){LIMIT_SAME_DAY, 0}, NULL, 0, &d), OK);
}

static void pauses_out_of_order_are_refused(void **state)
{
    struct local at[4];
    struct limit limit = {LIMIT_WORKING_DAYS, 5};
    struct pause many[PAUSE_MAX + 1];
    struct deadline d = {.step_count = 77};

    (void)state;
    for (int i = 0; i < 4; i++)
        at[i] = local_at(date_of(2018, 3, 5 + i), 9, 0);
    struct pause backwards[] = {{.from = at[1], .to = at[0]}};
    struct pause crossing[] = {{.from = at[0], .to = at[2]}, {.from = at[1], .to = at[3]}};
    struct pause touching[] = {{.from = at[0], .to = at[1]}, {.from = at[1], .to = at[2]}};
    assert_err(deadline_derive(arena, &vn, at[0], limit, backwards, 1, &d), ERR_INVALID);
    assert_err(deadline_derive(arena, &vn, at[0], limit, crossing, 2, &d), ERR_INVALID);
    for (size_t i = 0; i <= PAUSE_MAX; i++)
        many[i] = (struct pause){.from = at[0], .to = at[0]};
    assert_err(deadline_derive(arena, &vn, at[0], limit, many, PAUSE_MAX + 1, &d), ERR_LIMIT);
    assert_int_equal(d.step_count, 77);
    assert_err(deadline_derive(arena, &vn, at[0], limit, many, PAUSE_MAX, &d), OK);
    assert_err(deadline_derive(arena, &vn, at[0], limit, touching, 2, &d), OK);
    assert_int_equal(d.due.date.day, date_of(2018, 3, 14).day);
}

/* What lies before the receipt stops no clock. */
static void pauses_before_the_receipt_give_nothing(void **state)
{
    struct local early = local_at(date_of(2018, 3, 1), 9, 0), received = local_at(date_of(2018, 3, 5), 9, 0);
    struct pause before = {.from = early, .to = local_at(date_of(2018, 3, 2), 9, 0)};
    struct pause over = {.from = early, .to = local_at(date_of(2018, 3, 6), 9, 0)};
    struct limit limit = {LIMIT_WORKING_DAYS, 1};
    struct deadline d;

    (void)state;
    assert_err(deadline_derive(arena, &vn, received, limit, &before, 1, &d), OK);
    assert_int_equal(d.due.date.day, date_of(2018, 3, 6).day);
    assert_err(deadline_derive(arena, &vn, received, limit, &over, 1, &d), OK);
    assert_int_equal(d.due.date.day, date_of(2018, 3, 7).day);
}

static void ends_after_all_time_are_refused(void **state)
{
    struct office_hours never_open = {DATE_MIN, .cut_off = 900};
    struct calendar closed = {.hours = &never_open, .hours_count = 1};
    struct local late = local_at(date_of(2299, 12, 30), 9, 0);
    struct deadline d;

    (void)state;
    assert_err(deadline_derive(arena, &vn, late, (struct limit){LIMIT_WORKING_DAYS, 1}, NULL, 0, &d), ERR_LIMIT);
    for (int unit = 0; unit < LIMIT__COUNT; unit++)
        if (unit != LIMIT_SAME_DAY)
            assert_err(deadline_derive(arena, &vn, late, (struct limit){(enum limit_unit)unit, 3000}, NULL, 0, &d), ERR_LIMIT);
    assert_err(deadline_derive(arena, &vn, (struct local){DATE_NEVER, 0}, (struct limit){LIMIT_SAME_DAY, 1}, NULL, 0, &d), ERR_LIMIT);
    assert_err(deadline_derive(arena, &closed, local_at(date_of(2018, 3, 5), 9, 0), (struct limit){LIMIT_WORKING_DAYS, 1}, NULL, 0, &d), ERR_LIMIT);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(worked_examples_come_out, set_up, tear_down),
    cmocka_unit_test_setup_teardown(rules_hold_at_their_edges, set_up, tear_down),
    cmocka_unit_test_setup_teardown(vectors_come_out, set_up, tear_down),
    cmocka_unit_test_setup_teardown(every_day_not_counted_is_named, set_up, tear_down),
    cmocka_unit_test_setup_teardown(swaps_and_late_receipts_are_named, set_up, tear_down),
    cmocka_unit_test_setup_teardown(pauses_and_moved_ends_are_named, set_up, tear_down),
    cmocka_unit_test_setup_teardown(the_clock_is_fitted_to_the_last_day, set_up, tear_down),
    cmocka_unit_test_setup_teardown(hours_in_force_are_those_of_the_day, set_up, tear_down),
    cmocka_unit_test_setup_teardown(working_days_are_counted_both_ways, set_up, tear_down),
    cmocka_unit_test_setup_teardown(working_minutes_are_counted, set_up, tear_down),
    cmocka_unit_test_setup_teardown(the_calendar_file_is_sound, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_is_no_limit_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(pauses_out_of_order_are_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(pauses_before_the_receipt_give_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown(ends_after_all_time_are_refused, set_up, tear_down),
};
TEST_MAIN("deadline", tests)
