/* Books: registers whose fields are data. What is typed becomes canonical, every problem is said, nothing is lost, and
 * what was known at a time stays known. */
#include "world.h"

#include "acts/book.h"
#include "format/xlsx.h"
#include "format/yaml.h"

static const char CITY[] = "bien-hoa", OFFICE[] = "phong-noi-vu", OTHER[] = "phong-tu-phap";
static const char KEEPER[] = "cchc.nv", CLERK[] = "cv.tp", STRANGER[] = "ke.toan";

static const char COURSES[] = "book: lop-thu\n"
                              "name: Lớp thử\n"
                              "title: \"{name} ({from})\"\n"
                              "unit: unit\n"
                              "day: from\n"
                              "until: to\n"
                              "key: [name, from]\n"
                              "fields:\n"
                              "  - {code: unit, label: Đơn vị, type: unit, required: true}\n"
                              "  - {code: name, label: Tên lớp, label_en: Name, type: line, required: true}\n"
                              "  - {code: from, label: Từ ngày, type: date, required: true, not_ahead: true}\n"
                              "  - {code: to, label: Đến ngày, type: date, not_before: from}\n"
                              "  - code: kind\n"
                              "    label: Loại\n"
                              "    type: choice\n"
                              "    required: true\n"
                              "    choices:\n"
                              "      - {code: hoc, label: Lớp học}\n"
                              "      - {code: tham-quan, label: Tham quan}\n"
                              "  - {code: place, label: Nơi đến, type: line, required: true, when: kind, is: [tham-quan]}\n"
                              "  - {code: all, label: Số người, type: number, min: 1, required: true}\n"
                              "  - {code: passed, label: Số người đạt, type: number, min: 0}\n"
                              "  - {code: rate, label: Tỷ lệ đạt, type: share, of: [passed, all]}\n"
                              "  - {code: cost, label: Kinh phí, type: money}\n"
                              "  - {code: each, label: Mỗi, type: number}\n"
                              "  - {code: total, label: Tổng, type: computed, op: product, of: [all, each]}\n"
                              "  - code: people\n"
                              "    label: Người học\n"
                              "    type: group\n"
                              "    fields:\n"
                              "      - {code: name, label: Họ tên, type: line, required: true}\n"
                              "      - {code: id_no, label: Số CCCD, type: id_no}\n"
                              "      - {code: phone, label: Điện thoại, type: phone}\n";
enum { UNIT, NAME, FROM, TO, KIND, PLACE, ALL, PASSED, RATE, COST, EACH, TOTAL, PEOPLE, FIELDS };

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

static struct json yaml(const char *text)
{
    struct json j;

    assert_int_equal(yaml_parse(world()->arena, str_of(text), &j, NULL), OK);
    return j;
}

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-02-20T08:00");
    world_person(KEEPER, OFFICE, "cchc");
    world_person(CLERK, OTHER, "chuyen-vien");
    world_person(STRANGER, OFFICE, "ke-toan");
}

/* ---- definitions ---- */

static enum err define(const char *login, const char *text, bool *ret_problem)
{
    struct ctx ctx = as(login);
    struct act_book_define act = {.content = yaml(text)};
    enum err err = act_book_define(&act, &ctx);

    if (ret_problem)
        *ret_problem = world_problem(&ctx, "content");
    return err;
}

static void a_book_is_defined_by_its_file(void **state)
{
    struct ctx ctx = world_system();
    struct book b;
    bool problem;
    int64_t lines;

    (void)state;
    assert_int_equal(define(CLERK, COURSES, NULL), ERR_FORBIDDEN);
    assert_int_equal(define(KEEPER, COURSES, NULL), OK);
    assert_int_equal(book_by_code(&ctx, world()->db, STR("lop-thu"), &b), OK);
    assert_int_equal(b.edition, 1);
    assert_int_equal(b.schema.count, FIELDS);
    lines = world_lines();
    assert_int_equal(define(KEEPER, COURSES, NULL), OK); /* the same again is nothing */
    assert_int_equal(world_lines(), lines);
    assert_int_equal(define(KEEPER, "book: x\nname: X\ntitle: x\nunit: u\nday: d\nfields:\n  - {code: u, label: U, type: unit, required: true}\n", &problem), ERR_INVALID);
    assert_true(problem); /* no day */
}

static void a_field_keeps_its_type(void **state)
{
    bool problem;

    (void)state;
    assert_int_equal(define(KEEPER, "book: lop-thu\nname: Lớp\ntitle: x\nunit: unit\nday: from\nfields:\n"
                                    "  - {code: unit, label: U, type: unit, required: true}\n  - {code: from, label: D, type: date, required: true}\n"
                                    "  - {code: all, label: A, type: line}\n", &problem), ERR_INVALID);
    assert_true(problem);
}

/* ---- entries ---- */

static struct schema_value *typed(const char *unit, const char *name, const char *from)
{
    struct schema_value *v = ARENA_ARRAY(world()->arena, struct schema_value, FIELDS);

    for (int i = 0; i < FIELDS; i++)
        v[i].text = STR("");
    v[UNIT].text = str_format(world()->arena, "%lld", (long long)world_unit(unit));
    v[NAME].text = str_of(name);
    v[FROM].text = str_of(from);
    v[KIND].text = STR("hoc");
    v[ALL].text = STR("1.013");
    return v;
}

static enum err enter(const char *login, const struct schema_value *v, int64_t *id, struct ctx *ret_ctx)
{
    static struct ctx ctx;
    struct act_book_enter act = {.book = STR("lop-thu"), .value = v, .id = *id, .reason = *id ? STR("sửa cho đúng") : STR("")};

    ctx = as(login);
    enum err err = act_book_enter(&act, &ctx);
    if (!err)
        *id = act.id;
    if (ret_ctx)
        *ret_ctx = ctx;
    return err;
}

static struct act_book_entry entry(const char *login, int64_t id)
{
    static struct ctx ctx;
    struct act_book_entry act = {.id = id};

    ctx = as(login);
    assert_int_equal(act_book_entry(&act, &ctx), OK);
    return act;
}

#define assert_text(v, s) assert_true(str_eq((v).text, STR(s)))

static void what_is_typed_becomes_canonical(void **state)
{
    struct schema_value *v = typed(OTHER, "Nghiệp vụ hộ tịch", "5/2/2018");
    struct schema_value people[] = {{.text = STR("Nguyễn Văn A")}, {.text = STR("075 088 000123")}, {.text = STR("+84 912.345.678")},
                                    {.text = STR("")}, {.text = STR("")}, {.text = STR("")},
                                    {.text = STR("Trần Thị B")}, {.text = STR("")}, {.text = STR("")}};
    int64_t id = 0;

    (void)state;
    v[PASSED].text = STR("507");
    v[EACH].text = STR("2");
    v[PLACE].text = STR("Hà Nội"); /* not asked of a class: not kept */
    v[PEOPLE] = (struct schema_value){.text = STR(""), .row = people, .row_count = 3};
    assert_int_equal(enter(CLERK, v, &id, NULL), OK);
    struct act_book_entry e = entry(CLERK, id);
    assert_text(e.value[FROM], "2018-02-05");
    assert_text(e.value[ALL], "1013");
    assert_text(e.value[RATE], "5005"); /* 507 of 1.013 is 50,05 % */
    assert_text(e.value[TOTAL], "2026");
    assert_text(e.value[PLACE], "");
    assert_int_equal(e.value[PEOPLE].row_count, 2);
    assert_text(e.value[PEOPLE].row[1], "075088000123");
    assert_text(e.value[PEOPLE].row[2], "0912345678");
    assert_text(e.value[PEOPLE].row[3], "Trần Thị B");
    assert_true(str_eq(e.entry.title, STR("Nghiệp vụ hộ tịch (05/02/2018)")));
    assert_true(str_eq(e.entry.until_day, STR("9999-12-31")));
}

static void every_problem_is_said_at_once(void **state)
{
    struct schema_value *v = typed(OTHER, "", "30/2/2018");
    struct schema_value people[] = {{.text = STR("")}, {.text = STR("12")}, {.text = STR("0123")}};
    struct ctx ctx;
    int64_t id = 0, lines = world_lines();
    static const char *const FIELD[] = {"f-name", "f-from", "f-place", "f-all", "f-rate", "f-cost", "f-people-name-0", "f-people-id_no-0", "f-people-phone-0"};

    (void)state;
    v[KIND].text = STR("Tham quan");
    v[ALL].text = STR("0");
    v[PASSED].text = STR("-1");
    v[COST].text = STR("12,5");
    v[PEOPLE] = (struct schema_value){.text = STR(""), .row = people, .row_count = 1};
    assert_int_equal(enter(CLERK, v, &id, &ctx), ERR_INVALID);
    for (size_t i = 0; i < sizeof FIELD / sizeof FIELD[0]; i++)
        if (strcmp(FIELD[i], "f-rate") != 0)
            assert_true(world_problem(&ctx, FIELD[i]));
    assert_int_equal(world_lines(), lines);
}

static void two_entries_do_not_share_a_key(void **state)
{
    struct ctx ctx;
    int64_t id = 0;

    (void)state;
    assert_int_equal(enter(CLERK, typed(OTHER, "nghiệp vụ  HỘ TỊCH", "05-02-2018"), &id, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "f-name"));
}

static void dates_have_an_order_and_no_future(void **state)
{
    struct schema_value *v = typed(OTHER, "Lớp khác", "19/2/2018");
    struct ctx ctx;
    int64_t id = 0;

    (void)state;
    v[TO].text = STR("18/2/2018");
    assert_int_equal(enter(CLERK, v, &id, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "f-to"));
    v = typed(OTHER, "Lớp khác", "21/2/2018");
    assert_int_equal(enter(CLERK, v, &id, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "f-from"));
}

/* ---- rights ---- */

static void nobody_writes_or_reads_beyond_the_grant(void **state)
{
    struct ctx ctx = as(STRANGER);
    struct act_book_list list = {.book = STR("lop-thu"), .from = DATE_MIN, .to = DATE_NEVER, .words = STR(""), .before_day = STR("")};
    int64_t id = 0, seen = 0;

    (void)state;
    assert_int_equal(enter(CLERK, typed(OFFICE, "Của phòng khác", "5/2/2018"), &id, NULL), ERR_FORBIDDEN);
    assert_int_equal(act_book_list(&list, &ctx), ERR_FORBIDDEN);
    ctx = as(CLERK);
    assert_int_equal(act_book_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 1);
    seen = list.row[0].id;
    assert_int_equal(act_book_export(&list, &ctx), ERR_FORBIDDEN);
    assert_int_equal(enter(KEEPER, typed(OFFICE, "Của Phòng Nội vụ", "6/2/2018"), &id, NULL), OK);
    struct act_book_entry act = {.id = id};
    assert_int_equal(act_book_entry(&act, &ctx), ERR_NOT_FOUND);
    struct act_book_strike strike = {.id = id, .reason = STR("nhầm")};
    assert_int_equal(act_book_strike(&strike, &ctx), ERR_NOT_FOUND);
    assert_int_not_equal(seen, id);
}

/* ---- what was known when ---- */

static size_t known_at(const char *local, struct str *ret_all)
{
    struct ctx ctx = world_system();
    struct q_book_known *row;
    struct book b;
    size_t count;

    assert_int_equal(book_by_code(&ctx, world()->db, STR("lop-thu"), &b), OK);
    assert_int_equal(q_book_known(world()->db, world()->arena, ctx.actor.id, right_code(RIGHT_BOOK_READ), ctx_today_iso(&ctx), b.id, world_unit(CITY),
                                  instant_iso(world()->arena, world_at(local)), &row, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_has_prefix(row[i].title, STR("Nghiệp vụ")))
            *ret_all = book_values(world()->arena, &b.schema, row[i].data)[ALL].text;
    return count;
}

static void a_correction_leaves_what_was_known(void **state)
{
    struct ctx ctx = as(CLERK);
    struct act_book_list list = {.book = STR("lop-thu"), .from = DATE_MIN, .to = DATE_NEVER, .words = STR("ho tich"), .before_day = STR("")};
    struct schema_value *v = typed(OTHER, "Nghiệp vụ hộ tịch", "5/2/2018");
    struct str all = STR("");

    (void)state;
    assert_int_equal(act_book_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 1);
    int64_t id = list.row[0].id;
    world_now("2018-03-05T09:00");
    v[ALL].text = STR("1000");
    struct act_book_enter stale = {.book = STR("lop-thu"), .value = v, .id = id, .version = 7, .reason = STR("sửa")};
    ctx = as(CLERK);
    assert_int_equal(act_book_enter(&stale, &ctx), ERR_STALE);
    assert_int_equal(enter(CLERK, v, &id, NULL), OK);
    assert_int_equal(known_at("2018-03-01T00:00", &all), 2);
    assert_true(str_eq(all, STR("1013")));
    assert_int_equal(known_at("2018-03-06T00:00", &all), 2);
    assert_true(str_eq(all, STR("1000")));
    ctx = as(CLERK);
    struct act_book_strike strike = {.id = id, .reason = STR("")};
    assert_int_equal(act_book_strike(&strike, &ctx), ERR_INVALID);
    strike.reason = STR("lớp không mở");
    ctx = as(CLERK);
    world_now("2018-03-06T09:00");
    ctx = as(CLERK);
    assert_int_equal(act_book_strike(&strike, &ctx), OK);
    assert_int_equal(known_at("2018-03-06T00:00", &all), 2);
    assert_int_equal(known_at("2018-03-07T00:00", &all), 1);
    assert_int_equal(entry(CLERK, id).version_count, 3);
}

/* ---- lists from files ---- */

static void a_list_comes_in_line_by_line(void **state)
{
    static const char LIST[] = "Đơn vị,Tên lớp,Từ ngày,Loại,Số người\n"
                               "phong-tu-phap,Lớp một,12/02/2018,Lớp học,10\n"
                               "phong-tu-phap,Lớp hai,32/02/2018,Lớp học,mười\n"
                               "phong-noi-vu,Lớp ba,12/02/2018,Lớp học,10\n"
                               "khong-co,Lớp bốn,12/02/2018,Lớp học,10\n";
    struct ctx ctx = as(CLERK);
    struct act_book_import act = {.book = STR("lop-thu"), .bytes = str_of(LIST), .dry = true};
    int64_t lines = world_lines();

    (void)state;
    assert_int_equal(act_book_import(&act, &ctx), OK);
    assert_int_equal(act.entered, 1);
    assert_int_equal(world_lines(), lines);
    act.dry = false;
    assert_int_equal(act_book_import(&act, &ctx), OK);
    assert_int_equal(act.entered, 1);
    assert_int_equal(act.refused_count, 3);
    assert_int_equal(act.refused[0].line, 3);
    assert_true(str_find(act.refused[0].why, STR("Từ ngày")) != STR_NONE);
    assert_true(str_find(act.refused[0].why, STR("Số người")) != STR_NONE);
    assert_int_equal(world_lines(), lines + 1);
    ctx = as(CLERK);
    /* A column that is a field's code is that field, though another is labelled so. */
    struct ctx system = world_system();
    struct json twins;
    assert_int_equal(yaml_parse(world()->arena, STR("book: nham\nname: Nhầm\ntitle: \"{name}\"\nunit: unit\nday: day\nfields:\n"
                                                    "  - {code: unit, label: U, type: unit, required: true}\n  - {code: name, label: Chỉ tiêu, label_en: Target, type: line, required: true}\n"
                                                    "  - {code: day, label: D, type: date, required: true}\n  - {code: target, label: Giá trị, type: number}\n"), &twins, NULL), OK);
    struct act_book_define two = {.content = twins};
    assert_int_equal(act_book_define(&two, &system), OK);
    struct act_book_import right = {.book = STR("nham"), .bytes = STR("unit,name,day,target\nphong-noi-vu,Đúng hạn,2018-01-02,90\n")};
    system = world_system();
    assert_int_equal(act_book_import(&right, &system), OK);
    assert_int_equal(right.entered, 1);
    struct xlsx *x = xlsx_new(world()->arena, STR("Danh sách"), world()->ctx.now); /* a workbook does as well */
    struct xlsx_sheet *sheet = xlsx_sheet(x, STR("1"));
    const struct xlsx_cell head[] = {xlsx_text(STR("unit")), xlsx_text(STR("name")), xlsx_text(STR("day")), xlsx_text(STR("target"))};
    const struct xlsx_cell line[] = {xlsx_text(STR("phong-noi-vu")), xlsx_text(STR("Từ bảng tính")), xlsx_date(date_of(2018, 1, 1)), xlsx_int(80)};
    xlsx_row(sheet, XLSX_HEADER, head, 4);
    xlsx_row(sheet, XLSX_PLAIN, line, 4);
    struct act_book_import book = {.book = STR("nham")};
    assert_int_equal(xlsx_end(x, &book.bytes), OK);
    system = world_system();
    assert_int_equal(act_book_import(&book, &system), OK);
    assert_int_equal(book.entered, 1);
    struct act_book_list list = {.book = STR("nham"), .from = DATE_MIN, .to = DATE_NEVER};
    system = world_system();
    assert_int_equal(act_book_list(&list, &system), OK);
    assert_int_equal(list.row_count, 2);
    assert_true(str_eq(list.row[0].title, STR("Đúng hạn")));
    assert_true(str_eq(list.row[1].title, STR("Từ bảng tính")));
    struct act_book_import none = {.book = STR("lop-thu"), .bytes = STR("Tên lớp,Loại\nx,y\n")};
    assert_int_equal(act_book_import(&none, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "file"));
}

static void a_unit_says_that_its_book_is_complete(void **state)
{
    struct ctx ctx = as(CLERK);
    struct act_book_declare act = {.book = STR("lop-thu"), .unit = world_unit(OTHER), .from = date_of(2018, 1, 1), .to = date_of(2018, 3, 31), .note = STR("")};

    (void)state;
    assert_int_equal(act_book_declare(&act, &ctx), ERR_INVALID);
    act.note = STR("Đã đối chiếu với danh sách cử đi học");
    ctx = as(CLERK);
    assert_int_equal(act_book_declare(&act, &ctx), OK);
    ctx = as(STRANGER);
    assert_int_equal(act_book_take_back(&ctx, act.id), ERR_FORBIDDEN);
    ctx = as(CLERK);
    assert_int_equal(act_book_take_back(&ctx, act.id), OK);
    ctx = as(CLERK);
    assert_int_equal(act_book_take_back(&ctx, act.id), ERR_NOT_FOUND);
}

static void the_books_of_the_city_are_there(void **state)
{
    struct ctx ctx = as(KEEPER);
    struct book_line *line;
    size_t count;

    (void)state;
    assert_int_equal(act_books(&ctx, &line, &count), OK);
    assert_true(count > 1);
    assert_true(str_eq(line[0].book.schema.code, STR("ke-hoach")));
}

static void the_journal_says_it_all(void **state)
{
    (void)state;
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(a_book_is_defined_by_its_file),
    cmocka_unit_test(a_field_keeps_its_type),
    cmocka_unit_test(what_is_typed_becomes_canonical),
    cmocka_unit_test(every_problem_is_said_at_once),
    cmocka_unit_test(two_entries_do_not_share_a_key),
    cmocka_unit_test(dates_have_an_order_and_no_future),
    cmocka_unit_test(nobody_writes_or_reads_beyond_the_grant),
    cmocka_unit_test(a_correction_leaves_what_was_known),
    cmocka_unit_test(a_list_comes_in_line_by_line),
    cmocka_unit_test(a_unit_says_that_its_book_is_complete),
    cmocka_unit_test(the_books_of_the_city_are_there),
    cmocka_unit_test(the_journal_says_it_all),
};
WORLD_MAIN("book", TESTS)
