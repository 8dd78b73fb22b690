#include "test.h"

#include "format/xlsx.h"
#include "format/xlsx_read.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1024 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct xlsx *workbook(void)
{
    return xlsx_new(arena, STR("Báo cáo quý I"), (struct instant){INT64_C(1518402600000)});
}

/* One file out of the workbook, by the unzip program. */
static struct str part(struct str bytes, const char *name)
{
    char path[] = "/tmp/test_xlsx_XXXXXX";
    int fd = mkstemp(path);
    struct buf b = buf_in(arena);
    char piece[4096];
    size_t n;

    assert_true(fd >= 0);
    FILE *file = fdopen(fd, "wb");
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
    FILE *pipe = popen(str_z(arena, str_format(arena, "unzip -p %s %s 2>&1", path, name)), "r");
    assert_non_null(pipe);
    while ((n = fread(piece, 1, sizeof piece, pipe)) > 0)
        buf_put(&b, (struct str){piece, n});
    int status = pclose(pipe);
    remove(path);
    if (status == 127 * 256) {
        print_message("# no unzip: skipped\n");
        skip();
    }
    assert_int_equal(status, 0);
    return buf_str(&b);
}

static void assert_has(struct str text, const char *piece)
{
    if (str_find(text, str_of(piece)) == STR_NONE)
        fail_msg("no %s in %.*s", piece, STR_ARG(text));
}

static struct str report(void)
{
    struct xlsx *x = workbook();
    struct xlsx_sheet *s = xlsx_sheet(x, STR("Quý I/2018"));
    struct str bytes = STR("");

    xlsx_width(s, 0, 40);
    xlsx_heading(s, XLSX_TITLE, STR("TÌNH HÌNH TIẾP NHẬN <HỒ SƠ>"), 4);
    xlsx_row(s, XLSX_HEADER,
             (struct xlsx_cell[]){xlsx_span(xlsx_text(STR("Lĩnh vực")), 1, 2),
                                  xlsx_span(xlsx_text(STR("Số hồ sơ")), 2, 1),
                                  xlsx_span(xlsx_text(STR("Ngày")), 1, 2)},
             3);
    xlsx_row(s, XLSX_HEADER,
             (struct xlsx_cell[]){xlsx_text(STR("Nhận")), xlsx_text(STR("Đúng hạn"))}, 2);
    xlsx_freeze(s);
    xlsx_row(s, XLSX_PLAIN,
             (struct xlsx_cell[]){xlsx_text(STR("=1+1")), xlsx_int(15210), xlsx_percent(9875),
                                  xlsx_date(date_of(2018, 2, 12))},
             4);
    xlsx_row(
        s, XLSX_PLAIN,
        (struct xlsx_cell[]){xlsx_empty(), xlsx_int(-3), xlsx_percent(0), xlsx_date(DATE_NEVER)},
        4);
    xlsx_row(s, XLSX_TOTAL, (struct xlsx_cell[]){xlsx_text(STR("Tổng")), xlsx_int(INT64_MAX)}, 2);
    assert_err(xlsx_end(x, &bytes), OK);
    return bytes;
}

static void test_cells(void **state)
{
    (void)state;
    struct str bytes = report(), sheet = part(bytes, "xl/worksheets/sheet1.xml");
    struct str strings = part(bytes, "xl/sharedStrings.xml");

    assert_true(str_has_prefix(bytes, STR("PK")));
    assert_has(sheet, "<mergeCell ref=\"A1:D1\"/>");
    assert_has(sheet, "<mergeCell ref=\"A2:A3\"/>");
    assert_has(sheet, "<mergeCell ref=\"B2:C2\"/>");
    assert_has(sheet, "<mergeCell ref=\"D2:D3\"/>");
    /* The second header row goes around what hangs down from the first. */
    assert_has(sheet,
               "<c r=\"B3\" s=\"2\" t=\"s\"><v>4</v></c><c r=\"C3\" s=\"2\" t=\"s\"><v>5</v></c>");
    assert_has(sheet, "<c r=\"A4\" s=\"3\" t=\"s\">"); /* text, not a formula */
    assert_has(strings, "<t>=1+1</t>");
    assert_true(str_find(sheet, STR("<f>")) == STR_NONE);
    assert_has(sheet, "<v>15210</v>");
    assert_has(sheet, "<v>0.9875</v>");
    assert_has(sheet, "<v>43143</v>"); /* 12 February 2018 as Excel counts */
    assert_has(sheet, "<c r=\"D5\" s=");
    assert_has(sheet, "<v>-3</v>");
    assert_has(strings, "<t>9223372036854775807</t>");
    assert_has(strings, "TÌNH HÌNH TIẾP NHẬN &lt;HỒ SƠ&gt;");
    assert_has(part(bytes, "xl/workbook.xml"), "name=\"Quý I-2018\"");
    assert_has(part(bytes, "xl/styles.xml"), "dd/mm/yyyy");
    assert_has(part(bytes, "docProps/core.xml"), "2018-02-12T02:30:00Z");
    assert_has(part(bytes, "docProps/core.xml"), "Báo cáo quý I");
    assert_has(sheet, "<pane ySplit=\"3\"");
}

static void test_same_calls_same_bytes(void **state)
{
    (void)state;
    struct str a = report(), b = report();

    assert_true(str_eq(a, b));
}

static void test_names_of_sheets(void **state)
{
    (void)state;
    struct xlsx *x = workbook();
    struct str bytes;

    xlsx_sheet(x, STR("Uỷ ban nhân dân phường Trảng Dài, thành phố Biên Hoà"));
    xlsx_sheet(x, STR("Uỷ ban nhân dân phường Trảng Dài, khác"));
    xlsx_sheet(x, STR("a[b]c:d*e?f/g\\h'i"));
    xlsx_sheet(x, STR(""));
    xlsx_sheet(x, STR(" "));
    assert_err(xlsx_end(x, &bytes), OK);
    struct str book = part(bytes, "xl/workbook.xml");
    assert_has(book, "name=\"Uỷ ban nhân dân phường Trảng Dà\"");
    assert_has(book, "name=\"Uỷ ban nhân dân phường Trả (2)\"");
    assert_has(book, "name=\"a-b-c-d-e-f-g-h-i\"");
    assert_has(book, "name=\"-\"");
    assert_has(book, "name=\"- (2)\"");
}

static void test_limits(void **state)
{
    (void)state;
    struct xlsx *x = workbook();
    struct xlsx_sheet *s = xlsx_sheet(x, STR("x"));
    struct str bytes = STR("same");
    char *p = ARENA_ARRAY(arena, char, XLSX_TEXT_MAX + 1);

    memset(p, 'x', XLSX_TEXT_MAX + 1);
    xlsx_heading(s, XLSX_NOTE, (struct str){p, XLSX_TEXT_MAX}, XLSX_COLUMNS_MAX);
    assert_err(xlsx_end(x, &bytes), OK);

    bytes = STR("same");
    x = workbook();
    s = xlsx_sheet(x, STR("x"));
    xlsx_heading(s, XLSX_NOTE, (struct str){p, XLSX_TEXT_MAX + 1}, 1);
    xlsx_heading(s, XLSX_NOTE, STR("after"), 1);
    assert_err(xlsx_end(x, &bytes), ERR_LIMIT);
    assert_str(bytes, STR("same"));

    x = workbook();
    xlsx_heading(xlsx_sheet(x, STR("x")), XLSX_NOTE, STR("wide"), XLSX_COLUMNS_MAX + 1);
    assert_err(xlsx_end(x, &bytes), ERR_LIMIT);

    x = workbook();
    struct xlsx_cell tall = xlsx_span(xlsx_int(1), 3, XLSX_ROWS_MAX);
    xlsx_row(xlsx_sheet(x, STR("x")), XLSX_PLAIN, &tall, 1);
    assert_err(xlsx_end(x, &bytes), ERR_LIMIT);
}

static void test_empty_and_unfinished(void **state)
{
    (void)state;
    struct str bytes;

    assert_err(xlsx_end(workbook(), &bytes), OK);
    assert_has(part(bytes, "xl/workbook.xml"), "name=\"-\"");
    xlsx_sheet(workbook(), STR("left")); /* the arena cleans up */
}

/* What was written comes back as a table: words, numbers, days; a row is a line. */
static void test_reading_back(void **state)
{
    (void)state;
    struct xlsx *x = workbook();
    struct xlsx_sheet *s = xlsx_sheet(x, STR("Danh sách"));
    const struct xlsx_cell head[] = {xlsx_text(STR("Tên")), xlsx_text(STR("Ngày")), xlsx_text(STR("Số"))};
    const struct xlsx_cell one[] = {xlsx_text(STR("Đỗ \"Ân\", phường")), xlsx_date(date_of(2018, 2, 12)), xlsx_int(15210)};
    const struct xlsx_cell two[] = {xlsx_text(STR("=1+1")), xlsx_empty(), xlsx_int(-3)};
    struct str bytes, csv = STR("same");
    struct fault fault = {.why = STR("")};

    xlsx_row(s, XLSX_HEADER, head, 3);
    xlsx_row(s, XLSX_PLAIN, one, 3);
    xlsx_row(s, XLSX_PLAIN, two, 3);
    assert_err(xlsx_end(x, &bytes), OK);
    assert_true(xlsx_is(bytes));
    assert_err(xlsx_read(arena, bytes, &csv, &fault), OK);
    assert_str(csv, STR("\"Tên\",\"Ngày\",\"Số\"\n\"Đỗ \"\"Ân\"\", phường\",\"2018-02-12\",\"15210\"\n\"=1+1\",,\"-3\"\n"));
}

/* Damaged anywhere, a workbook is refused or read, and nothing else happens. */
static void test_reading_what_is_damaged(void **state)
{
    (void)state;
    struct str bytes = report(), csv;
    char *copy = ARENA_ARRAY(arena, char, bytes.n);

    for (size_t cut = 0; cut < bytes.n; cut += 1 + bytes.n / 97)
        if (xlsx_read(arena, str_sub(bytes, 0, cut), &csv, NULL) == OK)
            assert_true(cut > bytes.n / 2);
    for (size_t at = 0; at < bytes.n; at += 1 + bytes.n / 997) {
        memcpy(copy, bytes.p, bytes.n);
        copy[at] = (char)(copy[at] ^ 0x55);
        enum err err = xlsx_read(arena, (struct str){copy, bytes.n}, &csv, NULL);
        assert_true(err == OK || err == ERR_INVALID || err == ERR_LIMIT);
    }
    assert_err(xlsx_read(arena, STR("Tên,Ngày\n"), &csv, NULL), ERR_INVALID);
    assert_false(xlsx_is(STR("Tên,Ngày\n")));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_reading_back, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_reading_what_is_damaged, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_cells, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_same_calls_same_bytes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_names_of_sheets, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_empty_and_unfinished, set_up, tear_down),
};

TEST_MAIN("xlsx", tests)
