/* Documents on paper: what the law says of the sheet, tables that do and do not fit, the same bytes twice. */
#include "test.h"

#include <limits.h>

#include "paper/docx.h"
#include "paper/pdf.h"

static struct arena *a;

static struct paper_document of(const struct paper_block *block, size_t count)
{
    return (struct paper_document){.title = STR("Báo cáo"), .author = STR("UBND"), .on = date_of(2018, 3, 1),
                                   .made_at = STR("2018-03-01T00:00:00+07:00"), .block = block, .block_count = count};
}

static size_t pages(struct str pdf)
{
    size_t n = 0;

    for (size_t at = 0, next; (next = str_find(str_sub(pdf, at, pdf.n), STR("/Type /Page >>"))) != STR_NONE; n++)
        at += next + 5;
    return n;
}

static void the_law_of_the_day_holds(void **state)
{
    (void)state;
    assert_false(paper_profile_on(date_of(2010, 1, 1))->number_on_top);
    assert_false(paper_profile_on(date_of(2020, 3, 4))->number_on_top);
    assert_true(paper_profile_on(date_of(2020, 3, 5))->number_on_top);
    assert_true(paper_profile_on(DATE_NEVER)->number_on_top);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
    const struct paper_span span[] = {{STR("Đặng Quỳnh Như, ₫ ữ ợ ẵ"), true, false}, {STR(" nghiêng"), false, true}};
    const struct paper_block block[] = {{.kind = PAPER_HEAD, .one = STR("UBND TỈNH"), .two = STR("UBND THÀNH PHỐ"), .three = STR("Số: 1"), .four = STR("Biên Hòa, ngày 01")},
                                        {.kind = PAPER_TITLE, .span = span, .span_count = 2},
                                        {.kind = PAPER_PARAGRAPH, .span = span, .span_count = 2, .align = PAPER_JUSTIFIED},
                                        {.kind = PAPER_SIGNATURE, .one = STR("- Lưu"), .two = STR("CHỦ TỊCH"), .three = STR(""), .four = STR("A")}};
    struct paper_document d = of(block, 4);
    struct str one, two;

    (void)state;
    assert_err(paper_pdf(a, &d, &one), OK);
    assert_err(paper_pdf(a, &d, &two), OK);
    assert_str(one, two);
    assert_true(str_has_prefix(one, STR("%PDF-1.4")));
    assert_int_equal(pages(one), 1);
    assert_err(paper_docx(a, &d, &one), OK);
    assert_err(paper_docx(a, &d, &two), OK);
    assert_str(one, two);
    assert_true(str_has_prefix(one, STR("PK\x03\x04")));
    assert_true(str_find(one, STR("<w:t xml:space=\"preserve\">Đặng Quỳnh Như, ₫ ữ ợ ẵ</w:t>")) != STR_NONE);
}

/* Where the number, the date and the signature go. Measured from the lower left corner of A4 in points. */
static void a_blank_number_has_a_place(void **state)
{
    const struct paper_block block[] = {{.kind = PAPER_HEAD, .one = STR("UBND TỈNH"), .two = STR("UBND THÀNH PHỐ"), .three = STR("Số:" PAPER_BLANK_NUMBER "/BC-UBND"),
                                         .four = STR("Biên Hòa, ngày" PAPER_BLANK_DAY "tháng" PAPER_BLANK_DAY "năm" PAPER_BLANK_YEAR)},
                                        {.kind = PAPER_SIGNATURE, .two = STR("CHỦ TỊCH"), .four = STR("A")}};
    struct paper_document d = of(block, 2);
    struct paper_places p;
    struct str pdf;

    (void)state;
    assert_err(paper_pdf_placed(a, &d, &pdf, &p), OK);
    assert_int_equal(p.number.page, 1);
    assert_true(p.number.is_blank && p.day.is_blank && p.month.is_blank && p.year.is_blank);
    assert_true(p.number.width > 30 && p.number.width < 40); /* ten blanks of a quarter of 13 points */
    assert_true(p.number.x > 85 && p.number.x + p.number.width < 261); /* in the left column */
    assert_true(p.number.y > 650 && p.number.y + p.number.height < 785);
    assert_true(p.number.baseline > p.number.y && p.number.baseline < p.number.y + p.number.height);
    assert_true(p.number.size == 13 && p.day.size == 13 && !p.number.italic && p.day.italic);
    assert_true(p.day.x > 285 && p.day.x + p.day.width < p.month.x && p.month.x + p.month.width < p.year.x);
    assert_true(p.date.x < p.day.x && p.date.x + p.date.width >= p.year.x + p.year.width - 0.5);
    assert_true(p.date.baseline == p.year.baseline);
    assert_int_equal(p.signature.page, 1);
    assert_true(p.signature.width > 200 && p.signature.height == 64 && p.signature.y + p.signature.height < p.number.y);
}

static void a_written_number_has_a_place_too(void **state)
{
    const struct paper_span span = {STR("a\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nb"), false, false};
    const struct paper_block block[] = {{.kind = PAPER_HEAD, .two = STR("UBND"), .three = STR("Số: 15/BC-UBND"), .four = STR("Biên Hòa, ngày 01 tháng 3 năm 2018")},
                                        {.kind = PAPER_PARAGRAPH, .span = &span, .span_count = 1},
                                        {.kind = PAPER_SIGNATURE, .two = STR("CHỦ TỊCH"), .four = STR("A")}};
    struct paper_document d = of(block, 3), bare = of(block + 1, 1);
    struct paper_places p;
    struct str pdf;

    (void)state;
    assert_err(paper_pdf_placed(a, &d, &pdf, &p), OK);
    assert_false(p.number.is_blank || p.date.is_blank);
    assert_int_equal(p.number.page, 1);
    assert_true(p.number.width > 60);
    assert_int_equal(p.day.page, 0);
    assert_int_equal(p.signature.page, 2);
    assert_err(paper_pdf_placed(a, &bare, &pdf, &p), OK);
    assert_int_equal(p.number.page + p.date.page + p.signature.page, 0);
}

static enum err table_of(const struct paper_row *row, size_t rows, size_t heads, unsigned columns, struct str *ret)
{
    struct paper_table t = {.caption = STR("Bảng 1"), .row = row, .row_count = rows, .head_count = heads, .columns = columns};
    struct paper_block block = {.kind = PAPER_TABLE, .table = &t};
    struct paper_document d = of(&block, 1);
    struct str docx;
    enum err err = paper_pdf(a, &d, ret);

    assert_int_equal(paper_docx(a, &d, &docx), err); /* both see the same table */
    return err;
}

static void a_table_must_fit_its_columns(void **state)
{
    const struct paper_cell two[] = {{.text = STR("a"), .rows = 2}, {.text = STR("b")}}, one[] = {{.text = STR("c")}},
                            wide[] = {{.text = STR("d"), .columns = 3}};
    const struct paper_row good[] = {{two, 2}, {one, 1}}, too_many[] = {{two, 2}, {two, 2}}, too_wide[] = {{wide, 1}}, below[] = {{two, 2}};
    struct str pdf;

    (void)state;
    assert_err(table_of(good, 2, 0, 2, &pdf), OK);
    assert_err(table_of(too_many, 2, 0, 2, &pdf), ERR_INVALID);
    assert_err(table_of(too_wide, 1, 0, 2, &pdf), ERR_INVALID);
    assert_err(table_of(below, 1, 0, 2, &pdf), ERR_INVALID); /* reaches below the last row */
    assert_err(table_of(good, 2, 1, 2, &pdf), ERR_INVALID);  /* out of the head */
    assert_err(table_of(good, 2, 0, 0, &pdf), ERR_INVALID);
    assert_err(table_of(good, 2, 0, 65, &pdf), ERR_INVALID);
    assert_err(table_of(good + 1, 1, 0, 2, &pdf), ERR_INVALID); /* a column without a cell */
    assert_err(table_of(good, 2, 3, 2, &pdf), ERR_INVALID);     /* more head than rows */
    const struct paper_cell beside[] = {{.text = STR("a")}, {.text = STR("b"), .rows = 2}, {.text = STR("c")}}, under[] = {{.text = STR("d"), .columns = 2}, {.text = STR("e")}},
                            endless[] = {{.text = STR("f"), .columns = UINT_MAX, .rows = UINT_MAX}};
    const struct paper_row across[] = {{beside, 3}, {under, 1}}, huge[] = {{endless, 1}};
    assert_err(table_of(across, 2, 0, 3, &pdf), ERR_INVALID); /* over what reaches down from above */
    assert_err(table_of(huge, 1, 0, 2, &pdf), ERR_INVALID);
}

static void a_long_table_goes_on_with_its_head(void **state)
{
    enum { ROWS = 120 };
    const struct paper_cell cell[] = {{.text = STR("Thủ tục")}, {.text = STR("15.210"), .align = PAPER_RIGHT}};
    struct paper_row row[ROWS];
    struct str pdf;

    (void)state;
    for (int i = 0; i < ROWS; i++)
        row[i] = (struct paper_row){cell, 2};
    assert_err(table_of(row, ROWS, 1, 2, &pdf), OK);
    assert_in_range(pages(pdf), 3, 5);
}

/* "ỦY BAN NHÂN DÂN TỈNH ĐỒNG" above "NAI" is how no office writes it. */
static void the_name_of_an_agency_breaks_evenly(void **state)
{
    const struct paper_block block = {.kind = PAPER_HEAD, .one = STR("ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI"), .two = STR("PHÒNG NỘI VỤ"), .three = STR("Số: 01"), .four = STR("Biên Hòa, ngày 01")};
    struct paper_document d = of(&block, 1);
    struct str docx;

    (void)state;
    assert_err(paper_docx(a, &d, &docx), OK);
    assert_true(str_find(docx, STR(">ỦY BAN NHÂN DÂN</w:t><w:br/><w:t xml:space=\"preserve\">TỈNH ĐỒNG NAI</w:t>")) != STR_NONE);
    assert_true(str_find(docx, STR(">PHÒNG NỘI VỤ</w:t></w:r></w:p>")) != STR_NONE);
}

/* Lists of Word for marks; a number is text, so that it says the same when somebody takes an item out. */
static void items_are_lists_of_word(void **state)
{
    const struct paper_span span = {STR("Niêm yết thủ tục"), false, false};
    const struct paper_block block[] = {{.kind = PAPER_ITEM, .span = &span, .span_count = 1, .one = STR("-")},
                                        {.kind = PAPER_ITEM, .span = &span, .span_count = 1, .one = STR("+"), .level = 1},
                                        {.kind = PAPER_ITEM, .span = &span, .span_count = 1, .one = STR("a)"), .level = 9}};
    struct paper_document d = of(block, 3);
    struct str docx;

    (void)state;
    assert_err(paper_docx(a, &d, &docx), OK);
    assert_true(str_find(docx, STR("<w:pStyle w:val=\"Gachdong1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t xml:space=\"preserve\">Niêm")) != STR_NONE);
    assert_true(str_find(docx, STR("<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"2\"/></w:numPr>")) != STR_NONE);
    assert_true(str_find(docx, STR("<w:pStyle w:val=\"Gachdong3\"/></w:pPr><w:r><w:t xml:space=\"preserve\">a) </w:t>")) != STR_NONE);
    assert_true(str_find(docx, STR("word/list.xml")) != STR_NONE);
}

/* A receipt for seven papers, the most that a procedure of the demonstration asks for, is one sheet of A5. */
static void a_receipt_is_one_sheet(void **state)
{
    enum { PAPERS = 7, LINES = 7, NOTES = 3 };
    const struct paper_cell cell[] = {{.text = STR("1")}, {.text = STR("Giấy khám sức khỏe của người được nhận làm con nuôi")}, {.text = STR("Bản chính")}, {.text = STR("1")}},
                            head[] = {{.text = STR("TT"), .bold = true}, {.text = STR("Tên giấy tờ"), .bold = true}, {.text = STR("Bản chính/bản sao"), .bold = true}, {.text = STR("Số lượng"), .bold = true}};
    const struct paper_span title = {STR("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"), true, false}, hint[] = {{STR("(Ký và ghi rõ họ tên)"), false, true}, {STR("NGƯỜI NỘP HỒ SƠ"), true, false}},
                            who = {STR("Nội dung yêu cầu giải quyết: Đăng ký biến động do chuyển nhượng, tặng cho, thừa kế quyền sử dụng đất"), false, false},
                            line = {STR("5. Thời gian trả kết quả giải quyết hồ sơ: 9 giờ 03 phút, ngày 01 tháng 02 năm 2018"), false, false};
    struct paper_row row[PAPERS + 1] = {{head, 4}};
    struct paper_table t = {.caption = STR("1. Thành phần hồ sơ nộp gồm:"), .row = row, .row_count = PAPERS + 1, .head_count = 1, .columns = 4};
    struct paper_span lines[] = {hint[1], hint[1], who, hint[1], who}, note[] = {hint[0], who, who};
    struct paper_block block[4 + LINES + NOTES + 1];
    size_t n = 0;
    struct str pdf;

    (void)state;
    for (int i = 1; i <= PAPERS; i++)
        row[i] = (struct paper_row){cell, 4};
    block[n++] = (struct paper_block){.kind = PAPER_HEAD, .one = STR("ỦY BAN NHÂN DÂN THÀNH PHỐ BIÊN HÒA"), .two = STR("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ THÀNH PHỐ"), .three = STR("Số: 29/TNHS"), .four = STR("Biên Hòa, ngày 02")};
    block[n++] = (struct paper_block){.kind = PAPER_TITLE, .span = &title, .span_count = 1};
    block[n++] = (struct paper_block){.kind = PAPER_CODE, .span = lines, .span_count = 5, .one = STR("M4 4h7v1h-7z"), .two = STR("33"), .three = STR("Quét để tra cứu hồ sơ\nMã tra cứu: ZZ4CA2RM")};
    block[n++] = (struct paper_block){.kind = PAPER_TABLE, .table = &t};
    for (int i = 0; i < LINES; i++)
        block[n++] = (struct paper_block){.kind = PAPER_PARAGRAPH, .span = &line, .span_count = 1};
    block[n++] = (struct paper_block){.kind = PAPER_SIGNATURE, .span = hint, .span_count = 2, .two = STR("NGƯỜI TIẾP NHẬN HỒ SƠ"), .four = STR("Huỳnh Minh Kiệt")};
    for (int i = 0; i < NOTES; i++)
        block[n++] = (struct paper_block){.kind = PAPER_NOTE, .span = &note[i], .span_count = 1};
    struct paper_document d = of(block, n);
    d.size = PAPER_A5;
    assert_err(paper_pdf(a, &d, &pdf), OK);
    assert_int_equal(pages(pdf), 1);
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new(256 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(the_law_of_the_day_holds, set_up, tear_down),
    cmocka_unit_test_setup_teardown(the_same_document_gives_the_same_bytes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_blank_number_has_a_place, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_written_number_has_a_place_too, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_table_must_fit_its_columns, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_long_table_goes_on_with_its_head, set_up, tear_down),
    cmocka_unit_test_setup_teardown(the_name_of_an_agency_breaks_evenly, set_up, tear_down),
    cmocka_unit_test_setup_teardown(items_are_lists_of_word, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_receipt_is_one_sheet, set_up, tear_down),
};
TEST_MAIN("paper", tests)
