/* Writes documents with every kind of block, on every sheet: paper_sample FOLDER. test/paper/run reads them with
 * other people's programs. */
#include <stdio.h>

#include "paper/pdf.h"

enum { ROWS = 90, DAY = 5000, ARENA = 1 << 30 };

static const struct paper_span TITLE[] = {{STR_INIT("GIẤY TIẾP NHẬN HỒ SƠ"), true, false}, {STR_INIT("và hẹn trả kết quả"), true, true}},
                               TEXT[] = {{STR_INIT("Ông Đặng Quỳnh Như ở phường Trảng Dài, "), false, false},
                                         {STR_INIT("phí 15.000 ₫, ữ ợ ẵ ậ ẩ ỗ ỹ Ẫ Ữ Ỡ Ỷ "), true, false},
                                         {STR_INIT("(nghiêng: ĩ ử ặ)."), false, true}};
static const struct paper_cell HEAD[] = {{.text = STR_INIT("Thủ tục"), .rows = 2, .align = PAPER_CENTRE, .bold = true},
                                         {.text = STR_INIT("Tiếp nhận"), .columns = 2, .align = PAPER_CENTRE, .bold = true}},
                               UNDER[] = {{.text = STR_INIT("trực tuyến")}, {.text = STR_INIT("trực tiếp")}},
                               BODY[] = {{.text = STR_INIT("Đăng ký khai sinh")}, {.text = STR_INIT("15.210"), .align = PAPER_RIGHT}, {.text = STR_INIT("64,49 %"), .align = PAPER_RIGHT}};

static bool written(const char *folder, const char *name, struct str bytes)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    return f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n && fclose(f) == 0;
}

int main(int argc, char **argv)
{
    static const char *const NAMES[PAPER_SIZE__COUNT] = {"a4.pdf", "a4-wide.pdf", "a5.pdf"};
    struct arena *a = arena_new(ARENA);
    struct paper_row row[ROWS] = {{HEAD, 2}, {UNDER, 2}};

    if (argc != 2)
        return 2;
    for (int i = 2; i < ROWS; i++)
        row[i] = (struct paper_row){BODY, 3};
    struct paper_table table = {.caption = STR("Biểu 1"), .row = row, .row_count = ROWS, .head_count = 2, .columns = 3};
    struct paper_block block[] = {
        {.kind = PAPER_HEAD, .one = STR("UBND TỈNH ĐỒNG NAI"), .two = STR("UBND THÀNH PHỐ BIÊN HÒA"), .three = STR("Số:" PAPER_BLANK_NUMBER "/BC-UBND"),
         .four = STR("Biên Hòa, ngày" PAPER_BLANK_DAY "tháng" PAPER_BLANK_DAY "năm" PAPER_BLANK_YEAR)},
        {.kind = PAPER_TITLE, .span = TITLE, .span_count = 2},
        {.kind = PAPER_CODE, .span = TEXT, .span_count = 1, .one = STR("M0 0h7v1h-7zM10 3h2v1h-2z"), .two = STR("21"), .three = STR("Quét để tra cứu")},
        {.kind = PAPER_HEADING, .span = TITLE, .span_count = 1},
        {.kind = PAPER_PARAGRAPH, .span = TEXT, .span_count = 3, .align = PAPER_JUSTIFIED},
        {.kind = PAPER_TABLE, .table = &table},
        {.kind = PAPER_SIGNATURE, .one = STR("- Như trên;\n- Lưu: VT."), .two = STR("KT. CHỦ TỊCH"), .three = STR("PHÓ CHỦ TỊCH"), .four = STR("Nguyễn Hữu Nguyên")},
    };
    for (int size = 0; size < PAPER_SIZE__COUNT; size++) {
        struct paper_document d = {.title = STR("Báo cáo \"quý\" <I> & II"), .author = STR("UBND thành phố Biên Hòa"), .on = date_of(2020, 3, 5), .size = (enum paper_size)size,
                                   .made_at = STR("2020-03-05T08:20:00+07:00"), .block = block, .block_count = sizeof block / sizeof block[0]};
        struct str pdf;
        if (paper_pdf(a, &d, &pdf) || !written(argv[1], NAMES[size], pdf))
            return 1;
    }
    struct paper_block *day = ARENA_ARRAY(a, struct paper_block, DAY * 2);
    for (int i = 0; i < DAY; i++) {
        day[2 * i] = block[i % 20 ? 4 : 0];
        day[2 * i + 1] = i % 20 == 19 ? (struct paper_block){.kind = PAPER_NEXT} : block[3];
    }
    struct paper_document d = {.title = STR("Giấy hẹn"), .author = STR("UBND"), .on = date_of(2018, 3, 5), .size = PAPER_A5, .made_at = STR("2018-03-05T08:20:00+07:00"),
                               .block = day, .block_count = DAY * 2 - 1};
    struct str pdf;
    if (paper_pdf(a, &d, &pdf) || !written(argv[1], "day.pdf", pdf))
        return 1;
    arena_free(a);
    return 0;
}
