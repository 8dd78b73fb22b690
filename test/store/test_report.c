/* Reports: their periods and laws, what their columns count, who may read and issue them. */
#include "world.h"

#include "acts/organisation.h"
#include "acts/record.h"
#include "acts/report.h"
#include "acts/report_law.h"
#include "sql_unit.h"

#define WARD       "26041"
#define OTHER_WARD "26002"
#define PROCEDURE  "1.004873"

/* ---- pure ---- */

static void periods_are_read_exactly(void **state)
{
    static const struct {
        const char *text, *from, *to, *name;
    } good[] = {
        {"2018-Q1", "2018-01-01", "2018-03-31", "Quý I năm 2018"},
        {"2018-H2", "2018-07-01", "2018-12-31", "6 tháng cuối năm 2018"},
        {"2016-02", "2016-02-01", "2016-02-29", "Tháng 2 năm 2016"},
        {"2018", "2018-01-01", "2018-12-31", "Năm 2018"},
    };
    static const char *const bad[] = {"", "2018-Q0", "2018-Q5", "2018-Q12", "2018-13", "2018-2", "2018-H3", "18-Q1", "2018Q1"};
    struct report_period p, q;
    struct arena *a = world()->arena;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(period_parse(str_of(good[i].text), &p));
        assert_str(date_iso(a, p.from), str_of(good[i].from));
        assert_str(date_iso(a, p.to), str_of(good[i].to));
        assert_str(period_name(a, LANG_VI, &p), str_of(good[i].name));
        assert_true(period_of(p.from, p.to, &q));
        assert_int_equal(q.kind, p.kind);
        assert_false(period_of(p.from, date_add_days(p.to, -1), &q));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (period_parse(str_of(bad[i]), &p))
            fail_msg("\"%s\" is taken for a period", bad[i]);
}

/* Every dossier stands in exactly one column of each law's right side, whatever it is. */
static void columns_part_what_they_count(void **state)
{
    (void)state;
    for (int received = 0; received < 2; received++) {
        for (int channel = CHANNEL_COUNTER; channel < CHANNEL__COUNT; channel++) {
            for (int class = 0; class < FIGURE_WITHDRAWN; class++) {
                struct columns c = {{0}};
                int64_t left, right;
                for (int i = COLUMN_FIRST; i <= COLUMN_LAST; i++)
                    c.n[i] = column_counts(i, received, channel, (enum figure_class)class);
                assert_int_equal(c.n[3], 1);
                for (int l = 0; l < COLUMN_LAW__COUNT; l++)
                    assert_true(column_law_holds((enum column_law)l, &c, &left, &right));
            }
        }
    }
}

static void a_broken_law_says_both_sides(void **state)
{
    struct columns c = {{[3] = 10, [4] = 1, [5] = 6, [6] = 3, [7] = 7, [8] = 3, [9] = 3, [10] = 1, [11] = 3, [12] = 2, [13] = 1}};
    int64_t left, right;

    (void)state;
    for (int l = 0; l < COLUMN_LAW__COUNT; l++)
        assert_true(column_law_holds((enum column_law)l, &c, &left, &right));
    c.n[13] = 2;
    assert_false(column_law_holds(COLUMN_LAW_OPEN, &c, &left, &right));
    assert_int_equal(left, 3);
    assert_int_equal(right, 4);
    c.n[6]++;
    assert_false(column_law_holds(COLUMN_LAW_RECEIVED, &c, &left, &right));
    c.n[11]++;
    assert_false(column_law_holds(COLUMN_LAW_BALANCE, &c, &left, &right));
}

static void what_ended_without_result_counts_by_its_day(void **state)
{
    struct str due = STR("2018-02-12");

    (void)state;
    assert_int_equal(column_class(FIGURE_WITHDRAWN, due, STR("2018-02-11"), REPORT_ENDED_BY_DATE), FIGURE_EARLY);
    assert_int_equal(column_class(FIGURE_WITHDRAWN, due, due, REPORT_ENDED_BY_DATE), FIGURE_ON_TIME);
    assert_int_equal(column_class(FIGURE_WITHDRAWN, due, STR("2018-02-13"), REPORT_ENDED_BY_DATE), FIGURE_RESOLVED_LATE);
    assert_int_equal(column_class(FIGURE_WITHDRAWN, due, STR("2018-02-13"), REPORT_ENDED_ON_TIME), FIGURE_ON_TIME);
    assert_int_equal(column_class(FIGURE_OPEN_LATE, due, STR("2018-02-13"), REPORT_ENDED_ON_TIME), FIGURE_OPEN_LATE);
}

static void column_codes_are_those_of_the_form(void **state)
{
    int column;

    (void)state;
    assert_true(report_column_find(STR("II.06a.7"), &column));
    assert_int_equal(column, 7);
    assert_false(report_column_find(STR("II.06a.2"), &column));
    assert_false(report_column_find(STR("II.06a.14"), &column));
    assert_false(report_column_find(STR("II.06a."), &column));
    assert_false(report_column_find(STR("dossier.received"), &column));
}

/* ---- with a city ---- */

static void withdraw(int64_t id, const char *day)
{
    struct ctx ctx = world_system();
    const struct zone *zone;
    struct date d;
    struct act_on on = {.id = id, .from_history = true, .note = STR("rút")};

    assert_err(zone_open(STR("Asia/Ho_Chi_Minh"), &zone), OK);
    assert_err(date_parse(str_of(day), &d), OK);
    on.happened_at = zone_instant(zone, local_at(d, 9, 0));
    assert_err(act_withdraw(&on, &ctx), OK);
    assert_int_equal(on.verdict.why, DOSSIER_ALLOWED);
}

/* Four dossiers: one of January still open, one of January withdrawn in February, two of February. */
static void city_once(void)
{
    static bool done[2];
    bool *here = &done[world()->path[0] == 0];

    if (*here)
        return;
    *here = true;
    world_receive(WARD, PROCEDURE, 1, "2018-01-15T08:00");
    withdraw(world_receive(WARD, PROCEDURE, 1, "2018-01-16T08:00"), "2018-02-27");
    world_receive(WARD, PROCEDURE, 1, "2018-02-20T08:00");
    world_receive(OTHER_WARD, PROCEDURE, 1, "2018-02-21T08:00");
}

static struct report_question february(enum report_id id, const char *unit)
{
    city_once();
    return (struct report_question){
        .id = id, .unit = world_unit(unit), .from = date_of(2018, 2, 1), .to = date_of(2018, 2, 28), .code = STR("cchc")};
}

static struct report made(const struct report_question *q)
{
    struct ctx ctx = world_system();
    struct report r;

    assert_err(act_report(q, &ctx, &r), OK);
    return r;
}

static const struct report_row *total_row(const struct report *r, size_t table)
{
    const struct report_table *t = &r->table[table];

    assert_int_equal(t->row[t->row_count - 1].kind, REPORT_TOTAL);
    return &t->row[t->row_count - 1];
}

static void the_form_counts_and_its_laws_hold(void **state)
{
    static const int64_t wanted[] = {[3] = 4, [4] = 0, [5] = 2, [6] = 2, [7] = 1, [8] = 0, [9] = 0,
                                     [10] = 1, [11] = 3, [12] = 0, [13] = 0};
    struct report_question q = february(REPORT_II_06A, "bien-hoa");
    struct report r = made(&q);

    (void)state;
    assert_int_equal(r.broken_count, 0);
    assert_true(r.laws_checked > 20);
    assert_int_equal(r.table_count, 2);
    for (size_t t = 0; t < 2; t++) {
        const struct report_row *row = total_row(&r, t);
        for (int c = COLUMN_FIRST; c <= COLUMN_OPEN; c++)
            assert_int_equal(row->cell[c - 1].n, wanted[c]);
        assert_int_equal(row->cell[11].n + row->cell[12].n, 3);
    }
    assert_str(r.period, STR("Tháng 2 năm 2018"));
}

static void what_ended_can_count_as_on_time(void **state)
{
    struct report_question q = february(REPORT_II_06A, "bien-hoa");

    (void)state;
    q.ended = REPORT_ENDED_ON_TIME;
    struct report r = made(&q);
    assert_int_equal(total_row(&r, 0)->cell[8].n, 1);
    assert_int_equal(total_row(&r, 0)->cell[9].n, 0);
    assert_int_equal(r.broken_count, 0);
}

/* Every number of every row opens as many records as it says. */
static void every_number_opens_its_records(void **state)
{
    static const enum report_id ids[] = {REPORT_MOT_CUA, REPORT_II_06A};
    size_t opened = 0;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct report_question q = february(ids[i], "bien-hoa");
        struct report r = made(&q);
        for (size_t t = 0; t < r.table_count; t++) {
            for (size_t j = 0; j < r.table[t].row_count; j++) {
                for (size_t c = 0; c < r.table[t].row[j].cell_count; c++) {
                    const struct report_cell *cell = &r.table[t].row[j].cell[c];
                    struct ctx ctx = world_system();
                    struct act_records act = {.question = {.unit = cell->source.unit, .from = q.from, .to = q.to,
                                                           .as_of = r.question.as_of, .field = cell->source.field,
                                                           .cohort_received = r.cohort_received}};
                    if (cell->kind != REPORT_COUNT)
                        continue;
                    assert_true(record_subject_find(cell->source.code, &act.subject));
                    assert_err(act_records(&act, &ctx), OK);
                    assert_int_equal(act.total, cell->n);
                    opened++;
                }
            }
        }
    }
    assert_true(opened > 50);
}

static void the_one_stop_part_speaks_of_what_was_received(void **state)
{
    struct report_question q = february(REPORT_MOT_CUA, "bien-hoa");
    struct report r = made(&q);

    (void)state;
    assert_int_equal(r.broken_count, 0);
    assert_int_equal(total_row(&r, 0)->cell[2].n, 2);
    /* one part, the wards: its heading, then received, in time, in term, late */
    assert_int_equal(r.paragraph_count, 5);
    assert_true(r.paragraph[0].is_heading);
    assert_int_equal(r.paragraph[1].piece[1].n, 2);
    assert_int_equal(r.paragraph[1].piece[1].source.unit, world_unit("bien-hoa-phuong-xa"));
}

/* On paper: parts, a figure, the table of units on sheets that lie. A form of the law is a sheet that lies, and has no parts. */
static void the_one_stop_report_is_a_document(void **state)
{
    static const char *const SAID[] = {">ỦY BAN NHÂN DÂN</w:t><w:br/><w:t xml:space=\"preserve\">THÀNH PHỐ BIÊN HÒA<", ">Biên Hòa, ngày", ">I. TÌNH HÌNH CHUNG<", ">III. HỒ SƠ TRỄ HẠN<",
                                       ">IV. CÁCH TÍNH VÀ KIỂM TRA SỐ LIỆU<", ">TM. ỦY BAN NHÂN DÂN<", ">PHỤ LỤC<", "w:orient=\"landscape\""};
    struct report_question q = february(REPORT_MOT_CUA, "bien-hoa");
    struct report r = made(&q);
    struct str docx, pdf;

    (void)state;
    assert_err(report_docx(world()->arena, LANG_VI, &r, &docx), OK);
    for (size_t i = 0; i < sizeof SAID / sizeof SAID[0]; i++)
        if (str_find(docx, str_of(SAID[i])) == STR_NONE)
            fail_msg("no %s", SAID[i]);
    assert_err(report_pdf(world()->arena, LANG_EN, &r, &pdf), OK);
    q = february(REPORT_II_06A, "bien-hoa");
    r = made(&q);
    assert_err(report_docx(world()->arena, LANG_VI, &r, &docx), OK);
    assert_true(str_find(docx, STR(">I. TÌNH HÌNH CHUNG<")) == STR_NONE);
}

static void a_closed_period_gives_the_same_bytes(void **state)
{
    struct ctx ctx = world_system();
    struct str one, two;

    (void)state;
    for (int id = 0; id < REPORT__COUNT; id++) {
        struct report_question q = february((enum report_id)id, "bien-hoa");
        q.as_of = ctx.now;
        struct report a = made(&q), b = made(&q);
        assert_true(str_eq(report_json(ctx.arena, LANG_VI, &a), report_json(ctx.arena, LANG_VI, &b)));
        assert_err(report_xlsx(ctx.arena, LANG_VI, &a, &one), OK);
        assert_err(report_xlsx(ctx.arena, LANG_VI, &b, &two), OK);
        assert_true(str_eq(one, two));
    }
}

static void the_title_cannot_name_another_period(void **state)
{
    struct report_question q = february(REPORT_MOT_CUA, "bien-hoa");
    struct ctx ctx = world_system();
    struct report r;

    (void)state;
    q.period = STR("2017-Q1");
    assert_err(act_report(&q, &ctx, &r), ERR_INVALID);
    assert_true(world_problem(&ctx, "period"));
    q.period = STR("2018-Q1"); /* two months of it are enough */
    r = made(&q);
    assert_str(r.period, STR("Quý I năm 2018"));
    ctx = world_system();
    q.to = date_of(2018, 1, 31);
    assert_err(act_report(&q, &ctx, &r), ERR_INVALID);
    assert_true(world_problem(&ctx, "to"));
}

/* ---- territory ---- */

/* Every number of every row by the units of today opens as many records as it says, and the rows add up. */
static void territory_holds(const struct report_question *q, size_t lines)
{
    struct report r = made(q);
    const struct report_table *t = &r.table[r.table_count - 1];
    size_t bodies = 0;

    assert_int_equal(r.broken_count, 0);
    for (size_t i = 0; i < t->row_count; i++) {
        bodies += t->row[i].kind == REPORT_BODY;
        for (size_t c = 0; c < t->row[i].cell_count; c++) {
            const struct report_cell *cell = &t->row[i].cell[c];
            struct ctx ctx = world_system();
            struct act_records act = {.question = {.unit = cell->source.unit, .from = q->from, .to = q->to, .as_of = r.question.as_of,
                                                   .cohort_received = r.cohort_received, .as_unit = cell->source.as_unit}};
            if (cell->kind != REPORT_COUNT || !cell->source.as_unit)
                continue;
            assert_err(territory_open(&ctx, q->territory, &act.question.territory), OK);
            assert_true(record_subject_find(cell->source.code, &act.subject));
            assert_err(act_records(&act, &ctx), OK);
            assert_int_equal(act.total, cell->n);
        }
    }
    assert_int_equal(bodies, lines);
}

static int64_t unit_new(const char *code, const char *name, struct date from)
{
    struct ctx ctx = world_system();
    struct q_unit_by_id like;
    assert_err(q_unit_by_id(world()->db, world()->arena, world_unit(WARD), &like), OK);
    struct act_unit_add act = {.code = str_of(code), .agency_code = str_of(code), .name = str_of(name), .short_name = str_of(name), .kind = UNIT_WARD,
                               .parent = world_unit("goc"), .zone = like.zone, .address = STR(""), .phone = STR(""), .calendar = like.calendar_id,
                               .valid_from = from, .valid_to = DATE_NEVER, .sort_no = 900};

    assert_err(act_unit_add(&act, &ctx), OK);
    return act.id;
}

static enum err succeeds(int64_t unit, int64_t successor, struct date since)
{
    struct ctx ctx = world_system();
    struct act_unit_succeed act = {.unit = unit, .successor = successor, .since = since};

    return act_unit_succeed(&act, &ctx);
}

/* What becomes of a unit later changes nothing of what is read as then; read as now, its records stand with who followed. */
static void as_then_stays_and_as_now_adds_up(void **state)
{
    static const enum report_id ids[] = {REPORT_MOT_CUA, REPORT_II_06A};
    struct date merged = date_of(2026, 9, 1);
    struct str then[2];
    struct report r;
    struct arena *a = world()->arena;
    struct instant seen = {world()->ctx.now.ms + 1};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct report_question q = february(ids[i], "bien-hoa");
        q.as_of = seen;
        r = made(&q);
        then[i] = report_json(a, LANG_VI, &r);
        q.is_mapped = true;
        q.territory = date_of(2025, 7, 1);
        territory_holds(&q, 2); /* Trấn Biên and Long Bình */
    }
    int64_t one = unit_new("99999", "Phường Thử", merged);
    assert_err(succeeds(territory_of(NULL, world_unit(OTHER_WARD)), one, merged), OK);
    struct report_question q = february(REPORT_MOT_CUA, "bien-hoa");
    q.as_of = seen;
    r = made(&q);
    assert_true(str_eq(then[0], report_json(a, LANG_VI, &r)));
    q.is_mapped = true;
    q.territory = date_of(2026, 8, 31);
    territory_holds(&q, 2); /* not yet */
    /* The second successor makes it a split from that day on, which nobody has said how to read. */
    struct ctx ctx = world_system();
    q.territory = merged;
    assert_err(act_report(&q, &ctx, &r), ERR_INVALID);
    assert_true(world_problem(&ctx, "territory"));
    q.is_mapped = false;
    r = made(&q);
    assert_true(str_eq(then[0], report_json(a, LANG_VI, &r)));
}

/* ---- rights ---- */

static void only_who_may_reads_and_issues(void **state)
{
    struct report_question q = february(REPORT_II_06A, "bien-hoa"), own = february(REPORT_II_06A, WARD);
    struct report r;

    (void)state;
    world_person("bc-quay", WARD, "mot-cua");
    world_person("bc-lanhdao", WARD, "lanh-dao");
    struct ctx counter = world_as(STR("bc-quay")), head = world_as(STR("bc-lanhdao"));
    assert_err(act_report(&own, &counter, &r), ERR_FORBIDDEN);
    assert_err(act_report(&q, &head, &r), ERR_FORBIDDEN);
    assert_err(act_report(&own, &head, &r), OK);
    assert_int_equal(total_row(&r, 0)->cell[2].n, 3); /* without the other ward's */

    int64_t lines = world_lines();
    struct act_report_issue issue = {.question = q};
    assert_err(act_report_issue(&issue, &head), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), lines);
    struct ctx system = world_system();
    struct actor all;
    assert_err(actor_load(&system, STR("he-thong"), &all), OK);
    system.actor = all;
    assert_err(act_report_issue(&issue, &system), OK);
    assert_int_equal(issue.sha256.n, 64);
    assert_int_equal(world_lines(), lines + 1);
}

static void taking_a_list_out_needs_the_right_and_is_journalled(void **state)
{
    struct report_question q = february(REPORT_II_06A, WARD);
    struct act_records act = {.question = {.unit = q.unit, .from = q.from, .to = q.to, .as_of = world()->ctx.now}};
    struct ctx counter = world_as(STR("bc-quay")), system = world_system();

    (void)state;
    assert_true(record_subject_find(STR("II.06a.3"), &act.subject));
    int64_t lines = world_lines();
    assert_err(act_records_export(&act, &counter), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), lines);
    act.question.as_of.ms++;
    assert_err(act_records_export(&act, &system), OK);
    assert_int_equal(act.row_count, 3);
    assert_int_equal(world_lines(), lines + 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read_exactly),
        cmocka_unit_test(columns_part_what_they_count),
        cmocka_unit_test(a_broken_law_says_both_sides),
        cmocka_unit_test(what_ended_without_result_counts_by_its_day),
        cmocka_unit_test(column_codes_are_those_of_the_form),
        cmocka_unit_test(the_form_counts_and_its_laws_hold),
        cmocka_unit_test(what_ended_can_count_as_on_time),
        cmocka_unit_test(every_number_opens_its_records),
        cmocka_unit_test(the_one_stop_part_speaks_of_what_was_received),
        cmocka_unit_test(the_one_stop_report_is_a_document),
        cmocka_unit_test(a_closed_period_gives_the_same_bytes),
        cmocka_unit_test(the_title_cannot_name_another_period),
        cmocka_unit_test(as_then_stays_and_as_now_adds_up),
    cmocka_unit_test(only_who_may_reads_and_issues),
        cmocka_unit_test(taking_a_list_out_needs_the_right_and_is_journalled),
    };

    return world_main("reports", tests, sizeof tests / sizeof tests[0]);
}
