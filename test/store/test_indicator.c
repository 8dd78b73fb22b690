/* Figures as data: the value is the length of the list, also when it is a sum, a share, or made of others; what was not
 * known then is not counted then; nothing is 0 only if somebody said so. */
#include "world.h"

#include "acts/book.h"
#include "acts/definition.h"
#include "acts/indicator.h"
#include "format/yaml.h"

static const char CITY[] = "bien-hoa", OFFICE[] = "phong-noi-vu", OTHER[] = "phong-tu-phap";
static const char CLERK[] = "cv.tp";

static const char BOOKS[][900] = {
    "book: lop\nname: Lớp\ntitle: \"{name}\"\nunit: unit\nday: day\nfields:\n"
    "  - {code: unit, label: U, type: unit, required: true}\n  - {code: name, label: N, type: line, required: true}\n"
    "  - {code: day, label: D, type: date, required: true}\n  - {code: days, label: Số ngày, type: number}\n",
    "book: nguoi-hoc\nname: Người học\ntitle: \"{person}\"\nunit: unit\nday: day\nuntil: to\nfields:\n"
    "  - {code: unit, label: U, type: unit, required: true}\n  - {code: person, label: P, type: line, required: true}\n"
    "  - {code: course, label: C, type: record, book: lop, required: true}\n"
    "  - {code: day, label: D, type: date, required: true}\n  - {code: to, label: T, type: date}\n  - {code: cost, label: M, type: money}\n",
};
static const char *const FIGURES[] = {
    "{indicator: all, name: Lượt người, way: count, book: nguoi-hoc}",
    "{indicator: long, name: Lớp từ 5 ngày, way: count, book: nguoi-hoc, where: [{via: course, field: days, least: 5}]}",
    "{indicator: people, name: Số người, way: distinct, book: nguoi-hoc, field: person}",
    "{indicator: cost, name: Kinh phí, way: sum, book: nguoi-hoc, field: cost}",
    "{indicator: now, name: Đang học, way: count, book: nguoi-hoc, time: at-end}",
    "{indicator: share, name: Tỷ lệ, way: share, of: [long, all]}",
    "{indicator: short, name: Ngắn, way: difference, of: [all, long]}",
    "{indicator: twice, name: Cả hai, way: total, of: [long, short]}",
    "{indicator: dossiers, name: Hồ sơ, way: figure, field: dossier.received}",
    "{indicator: score, name: Điểm, way: score, points: 6, full: 80, of: [share]}",
    "{indicator: most, name: Điểm đủ, way: score, points: 6, full: 50, of: [share]}",
    "{indicator: points, name: Tổng điểm, way: total, of: [score, most]}",
    "{indicator: round, name: Vòng, way: total, of: [round]}",
};

static struct json yaml(const char *text)
{
    struct json j;

    assert_int_equal(yaml_parse(world()->arena, str_of(text), &j, NULL), OK);
    return j;
}

static enum err define(const char *login, const char *text)
{
    struct ctx ctx = login ? world_as(str_of(login)) : world_system();
    struct act_definition_set act = {.kind = DEFINITION_INDICATOR, .content = yaml(text)};

    return act_definition_set(&act, &ctx);
}

static void definitions_come_in(void **state)
{
    int64_t lines;

    (void)state;
    world_now("2018-01-10T08:00");
    world_person(CLERK, OTHER, "chuyen-vien");
    for (size_t i = 0; i < sizeof BOOKS / sizeof BOOKS[0]; i++) {
        struct ctx ctx = world_system();
        struct act_book_define act = {.content = yaml(BOOKS[i])};
        assert_int_equal(act_book_define(&act, &ctx), OK);
    }
    assert_int_equal(define(CLERK, FIGURES[0]), ERR_FORBIDDEN);
    for (size_t i = 0; i < sizeof FIGURES / sizeof FIGURES[0]; i++)
        assert_int_equal(define(NULL, FIGURES[i]), OK);
    lines = world_lines();
    assert_int_equal(define(NULL, FIGURES[1]), OK);
    assert_int_equal(world_lines(), lines);
    assert_int_equal(define(NULL, "{indicator: x, name: X, way: sum, book: lop}"), ERR_INVALID);
    assert_int_equal(define(NULL, "{indicator: x, name: X, way: share, of: [all]}"), ERR_INVALID);
    assert_int_equal(define(NULL, "{indicator: x, name: X, way: guess}"), ERR_INVALID);
    assert_int_equal(define(NULL, "{indicator: x, name: X, way: score, of: [share]}"), ERR_INVALID);
    assert_int_equal(define(NULL, "{indicator: x, name: X, way: count, book: lop, where: [{field: days}]}"), ERR_INVALID);
}

static struct indicator_question period(const char *unit, const char *as_of)
{
    return (struct indicator_question){world_unit(unit), date_of(2018, 1, 1), date_of(2018, 2, 28), world_at(as_of)};
}

static struct indicator_value value(const struct indicator_question *q, const char *login, const char *code)
{
    static struct ctx ctx;
    struct indicators *all;
    struct indicator_value v = {.n = -1};

    ctx = login ? world_as(str_of(login)) : world_system();
    assert_int_equal(indicators_open(&ctx, &all), OK);
    assert_int_equal(indicator_value(all, q, str_of(code), &v), OK);
    if (v.state != INDICATOR_NUMBER)
        return v;
    struct indicator_record *record;
    size_t count;
    int64_t sum = 0;
    assert_int_equal(indicator_records(all, q, str_of(code), &record, &count), OK);
    for (size_t i = 0; i < count; i++)
        sum += record[i].n;
    assert_int_equal(sum, v.n); /* the figure is the length of the list */
    return v;
}

/* A value that is no number of records. */
static struct indicator_value points(const struct indicator_question *q, const char *code)
{
    static struct ctx ctx;
    struct indicators *all;
    struct indicator_value v = {.n = -1};

    ctx = world_system();
    assert_int_equal(indicators_open(&ctx, &all), OK);
    assert_int_equal(indicator_value(all, q, str_of(code), &v), OK);
    return v;
}

static int64_t enter(const char *book, const char *unit, const char *const *text, size_t count)
{
    struct ctx ctx = world_system();
    struct schema_value *v = ARENA_ARRAY(world()->arena, struct schema_value, count + 1);
    struct act_book_enter act = {.book = str_of(book), .value = v, .reason = STR("")};

    v[0].text = str_format(world()->arena, "%lld", (long long)world_unit(unit));
    for (size_t i = 0; i < count; i++)
        v[i + 1].text = str_of(text[i]);
    assert_int_equal(act_book_enter(&act, &ctx), OK);
    return act.id;
}

static const char *id_text(int64_t id)
{
    return str_z(world()->arena, str_format(world()->arena, "%lld", (long long)id));
}

static void nothing_is_not_zero_until_somebody_says_so(void **state)
{
    struct indicator_question q = period(CITY, "2018-03-01T00:00");
    struct ctx ctx = world_system();
    struct act_book_declare act = {.book = STR("nguoi-hoc"), .unit = world_unit(CITY), .from = date_of(2018, 1, 1), .to = date_of(2018, 3, 31), .note = STR("đối chiếu")};

    (void)state;
    assert_int_equal(value(&q, NULL, "all").state, INDICATOR_UNKNOWN);
    assert_int_equal(value(&q, NULL, "share").state, INDICATOR_UNKNOWN);
    assert_int_equal(value(&q, NULL, "twice").state, INDICATOR_UNKNOWN);
    assert_int_equal(value(&q, NULL, "dossiers").n, 0);
    assert_int_equal(act_book_declare(&act, &ctx), OK);
    assert_int_equal(value(&q, NULL, "all").state, INDICATOR_NUMBER);
    assert_int_equal(value(&q, NULL, "all").n, 0);
    assert_int_equal(value(&q, NULL, "share").state, INDICATOR_NONE);
    assert_int_equal(points(&q, "score").state, INDICATOR_NONE); /* does not apply: not 0 points */
    assert_int_equal(points(&q, "points").state, INDICATOR_NONE);
    ctx = world_system();
    assert_int_equal(act_book_take_back(&ctx, act.id), OK);
    world_now("2018-01-11T08:00");
    ctx = world_system();
    assert_int_equal(value(&q, NULL, "all").state, INDICATOR_UNKNOWN);
}

static void every_way_of_counting_opens_its_records(void **state)
{
    struct indicator_question q = period(CITY, "2018-03-01T00:00");

    (void)state;
    world_now("2018-02-20T08:00");
    const char *lasts = id_text(enter("lop", OFFICE, (const char *[]){"Dài ngày", "5/2/2018", "10"}, 3));
    const char *hasty = id_text(enter("lop", OFFICE, (const char *[]){"Ngắn ngày", "6/2/2018", "2"}, 3));
    enter("nguoi-hoc", OTHER, (const char *[]){"An", lasts, "5/2/2018", "18/2/2018", "100"}, 5);
    enter("nguoi-hoc", OTHER, (const char *[]){"Bình", lasts, "5/2/2018", "", "200"}, 5);
    enter("nguoi-hoc", OFFICE, (const char *[]){"Bình", hasty, "6/2/2018", "7/2/2018", ""}, 5);
    enter("nguoi-hoc", OFFICE, (const char *[]){"Cúc", hasty, "31/12/2017", "", "9"}, 5);
    assert_int_equal(value(&q, NULL, "all").n, 3);
    assert_int_equal(value(&q, NULL, "long").n, 2);
    assert_int_equal(value(&q, NULL, "people").n, 2);
    assert_int_equal(value(&q, NULL, "cost").n, 300);
    assert_int_equal(value(&q, NULL, "now").n, 2); /* Bình and, since December, Cúc */
    assert_int_equal(value(&q, NULL, "short").n, 1);
    assert_int_equal(value(&q, NULL, "twice").n, 3);
    assert_int_equal(value(&q, NULL, "share").n, 2);
    assert_int_equal(value(&q, NULL, "share").whole, 3);
    /* two thirds: 6 points of 80 per cent are 5.00, of 50 per cent all 6.00; points open what their share counts */
    assert_true(points(&q, "score").is_points);
    assert_int_equal(points(&q, "score").n, 500);
    assert_int_equal(points(&q, "most").n, 600);
    assert_int_equal(points(&q, "points").n, 1100);
    assert_int_equal(points(&q, "points").whole, 1200);
    q = period(OFFICE, "2018-03-01T00:00");
    assert_int_equal(value(&q, NULL, "all").n, 1);
}

static void who_may_not_read_counts_nothing(void **state)
{
    struct indicator_question q = period(CITY, "2018-03-01T00:00");

    (void)state;
    assert_int_equal(value(&q, CLERK, "all").n, 2); /* of the own department */
    struct ctx ctx = world_as(str_of(CLERK));
    struct indicators *all;
    struct indicator_value v;
    assert_int_equal(indicators_open(&ctx, &all), OK);
    assert_int_equal(indicator_value(all, &q, STR("dossiers"), &v), ERR_FORBIDDEN);
}

static void what_was_known_then_stays(void **state)
{
    struct indicator_question then = period(CITY, "2018-03-01T00:00"), later = period(CITY, "2018-03-20T00:00");

    (void)state;
    world_now("2018-03-10T08:00");
    enter("nguoi-hoc", OTHER, (const char *[]){"Dung", id_text(enter("lop", OFFICE, (const char *[]){"Muộn", "8/2/2018", "7"}, 3)), "8/2/2018", "", "1"}, 5);
    assert_int_equal(value(&then, NULL, "all").n, 3);
    assert_int_equal(value(&later, NULL, "all").n, 4);
    assert_int_equal(value(&later, NULL, "long").n, 3);
}

static void a_circle_is_no_figure(void **state)
{
    struct indicator_question q = period(CITY, "2018-03-01T00:00");
    struct ctx ctx = world_system();
    struct indicators *all;
    struct indicator_value v;

    (void)state;
    assert_int_equal(indicators_open(&ctx, &all), OK);
    assert_int_equal(indicator_value(all, &q, STR("round"), &v), ERR_LIMIT);
    assert_int_equal(indicator_value(all, &q, STR("none"), &v), ERR_NOT_FOUND);
}

static void the_journal_says_it_all(void **state)
{
    (void)state;
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(definitions_come_in),
    cmocka_unit_test(nothing_is_not_zero_until_somebody_says_so),
    cmocka_unit_test(every_way_of_counting_opens_its_records),
    cmocka_unit_test(who_may_not_read_counts_nothing),
    cmocka_unit_test(what_was_known_then_stays),
    cmocka_unit_test(a_circle_is_no_figure),
    cmocka_unit_test(the_journal_says_it_all),
};
WORLD_MAIN("indicator", TESTS)
