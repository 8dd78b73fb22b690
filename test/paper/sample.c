/* Writes documents with every kind of block, on every sheet: paper_sample FOLDER. test/paper/run reads them with
 * other people's programs. */
#include <stdio.h>

#include "paper/docx.h"
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

/* Columns of very different needs: words stay whole. */
static const struct paper_cell NARROW_HEAD[] = {{.text = STR_INIT("TÊN CƠ QUAN")}, {.text = STR_INIT("KẾT QUẢ GIẢI QUYẾT HỒ SƠ (Trước hạn/Đúng hạn/Quá hạn)")}, {.text = STR_INIT("GHI CHÚ")}},
                               NARROW_BODY[] = {{.text = STR_INIT("Bộ phận Tiếp nhận và Trả kết quả thành phố; Chi nhánh Văn phòng Đăng ký đất đai")}, {.text = STR_INIT("")}, {.text = STR_INIT("")}};
static const struct paper_row NARROW_ROW[] = {{NARROW_HEAD, 3}, {NARROW_BODY, 3}};
static const struct paper_table NARROW = {.caption = STR_INIT(""), .row = NARROW_ROW, .row_count = 2, .head_count = 1, .columns = 3};

static const double RECEIVED[] = {15210, 9000, 0, 1}, RESOLVED[] = {14208, 8999, 0, 1};
static const struct str LABELS[] = {STR_INIT("Phường Trảng Dài"), STR_INIT("Phường Quyết Thắng"), STR_INIT("Xã Hiệp Hòa"), STR_INIT("Phường Long Bình Tân")},
                        RECEIVED_SAID[] = {STR_INIT("15.210"), STR_INIT("9.000"), STR_INIT("0"), STR_INIT("1")},
                        RESOLVED_SAID[] = {STR_INIT("14.208"), STR_INIT("8.999"), STR_INIT("0"), STR_INIT("1")};
static const struct paper_series SERIES[] = {{STR_INIT("Tiếp nhận"), RECEIVED, RECEIVED_SAID}, {STR_INIT("Đã giải quyết"), RESOLVED, RESOLVED_SAID}};
static const struct paper_figure FIGURE = {STR_INIT("Hình 1. Hồ sơ tiếp nhận và giải quyết (quý \"I\", 'một')"), STR_INIT("Nguồn: sổ theo dõi hồ sơ, đến 01/3/2018"), LABELS, 4, SERIES, 2};

/* Every part of a long report: heads of two depths, lists, tables that go over pages, a figure, an annex on wide sheets. */
enum { PARTS = 6, WARDS = 30, LONG_BLOCKS = 200 };
static const struct paper_span LONG[] = {{STR_INIT("Trong quý, Ủy ban nhân dân thành phố đã chỉ đạo các phòng, ban, phường, xã tổ chức thực hiện nghiêm túc kế hoạch cải cách hành chính; việc "
    "tiếp nhận, giải quyết hồ sơ thực hiện đúng quy định về thành phần hồ sơ, thời hạn và phí, lệ phí; công khai thủ tục hành chính tại nơi tiếp nhận và trên trang thông tin điện tử. "
    "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 99,2 %, tăng 0,4 điểm phần trăm so với cùng kỳ; số hồ sơ trễ hạn đều có văn bản xin lỗi và hẹn lại ngày trả kết quả."), false, false}},
    PART[] = {{STR_INIT("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"), true, false}}, SUB[] = {{STR_INIT("1. Kết quả chủ yếu đạt được"), true, false}},
    ANNEX[] = {{STR_INIT("PHỤ LỤC"), true, false}, {STR_INIT("Kết quả giải quyết hồ sơ theo phường, xã"), true, false}};

static size_t long_report(struct arena *a, struct paper_block *b, const struct paper_block *head, const struct paper_block *signature, const struct paper_table *table)
{
    size_t n = 0;
    struct paper_row *row = ARENA_ARRAY(a, struct paper_row, WARDS + 1);
    struct paper_table *annex = ARENA_NEW(a, struct paper_table);
    enum { COLUMNS = 12 };

    b[n++] = *head;
    b[n++] = (struct paper_block){.kind = PAPER_TITLE, .span = TITLE, .span_count = 2};
    for (int p = 0; p < PARTS; p++) {
        b[n++] = (struct paper_block){.kind = PAPER_HEADING, .span = PART, .span_count = 1};
        b[n++] = (struct paper_block){.kind = PAPER_HEADING, .span = SUB, .span_count = 1, .level = 1};
        for (int i = 0; i < 3; i++)
            b[n++] = (struct paper_block){.kind = PAPER_PARAGRAPH, .span = LONG, .span_count = 1, .align = PAPER_JUSTIFIED};
        for (unsigned i = 0; i < 6; i++)
            b[n++] = (struct paper_block){.kind = PAPER_ITEM, .span = i % 3 ? TEXT : LONG, .span_count = 1, .one = i % 3 ? STR("+") : STR("-"), .level = i % 3 > 0};
        if (p % 2)
            b[n++] = (struct paper_block){.kind = PAPER_FIGURE, .figure = &FIGURE};
    }
    b[n++] = (struct paper_block){.kind = PAPER_TABLE, .table = table};
    b[n++] = *signature;
    b[n++] = (struct paper_block){.kind = PAPER_TURN, .size = PAPER_A4_WIDE};
    b[n++] = (struct paper_block){.kind = PAPER_TITLE, .span = ANNEX, .span_count = 2};
    for (int r = 0; r <= WARDS; r++) {
        struct paper_cell *cell = ARENA_ARRAY(a, struct paper_cell, COLUMNS);
        for (int c = 0; c < COLUMNS; c++)
            cell[c] = (struct paper_cell){.text = c == 1 ? (r ? LABELS[r % 4] : STR("Đơn vị")) : str_format(a, r ? "%d" : "Cột %d", r ? r * 37 + c : c + 1),
                                          .bold = r == 0, .align = r == 0 ? PAPER_CENTRE : c == 1 ? PAPER_LEFT : PAPER_RIGHT};
        row[r] = (struct paper_row){cell, COLUMNS};
    }
    *annex = (struct paper_table){.caption = STR("Biểu 2"), .row = row, .row_count = WARDS + 1, .head_count = 1, .columns = COLUMNS};
    b[n++] = (struct paper_block){.kind = PAPER_TABLE, .table = annex};
    return n;
}

/* Documents one after another, each a line longer than the one before, signed. */
enum { SIGNED = 40, SIGNED_LINES = 10 };
static size_t signed_ones(struct arena *a, struct paper_block *b, const struct paper_block *signature)
{
    size_t n = 0;

    for (int i = 0; i < SIGNED; i++) {
        if (i)
            b[n++] = (struct paper_block){.kind = PAPER_NEXT};
        for (int k = 0; k < SIGNED_LINES + i; k++) {
            struct paper_span *span = ARENA_NEW(a, struct paper_span);
            span->text = str_format(a, "Dòng %d", k);
            b[n++] = (struct paper_block){.kind = PAPER_PARAGRAPH, .span = span, .span_count = 1};
        }
        b[n++] = *signature;
    }
    return n;
}

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
        {.kind = PAPER_HEADING, .span = TITLE + 1, .span_count = 1, .level = 1},
        {.kind = PAPER_ITEM, .span = TEXT, .span_count = 3, .one = STR("-")},
        {.kind = PAPER_ITEM, .span = TEXT, .span_count = 2, .one = STR("+"), .level = 1},
        {.kind = PAPER_ITEM, .span = TEXT, .span_count = 3, .one = STR("-")},
        {.kind = PAPER_FIGURE, .figure = &FIGURE},
        {.kind = PAPER_TABLE, .table = &NARROW},
        {.kind = PAPER_TABLE, .table = &table},
        {.kind = PAPER_SIGNATURE, .one = STR("- Như trên;\n- Lưu: VT."), .two = STR("KT. CHỦ TỊCH"), .three = STR("PHÓ CHỦ TỊCH"), .four = STR("Nguyễn Hữu Nguyên")},
    };
    struct str pdf;
    for (int size = 0; size < PAPER_SIZE__COUNT; size++) {
        struct paper_document d = {.title = STR("Báo cáo \"quý\" <I> & II"), .author = STR("UBND thành phố Biên Hòa"), .on = date_of(2020, 3, 5), .size = (enum paper_size)size,
                                   .made_at = STR("2020-03-05T08:20:00+07:00"), .block = block, .block_count = sizeof block / sizeof block[0]};
        if (paper_pdf(a, &d, &pdf) || !written(argv[1], NAMES[size], pdf))
            return 1;
    }
    struct paper_block *whole = ARENA_ARRAY(a, struct paper_block, LONG_BLOCKS);
    struct paper_document long_one = {.title = STR("Báo cáo quý"), .author = STR("UBND thành phố Biên Hòa"), .on = date_of(2020, 3, 5), .made_at = STR("2020-03-05T08:20:00+07:00"),
                                      .block = whole, .block_count = long_report(a, whole, &block[0], &block[sizeof block / sizeof block[0] - 1], &table)};
    struct str docx;
    if (paper_pdf(a, &long_one, &pdf) || !written(argv[1], "long.pdf", pdf) || paper_docx(a, &long_one, &docx) || !written(argv[1], "long.docx", docx))
        return 1;
    struct paper_block *ones = ARENA_ARRAY(a, struct paper_block, SIGNED * (SIGNED_LINES + SIGNED + 2));
    struct paper_document signed_one = long_one;
    signed_one.block = ones;
    signed_one.block_count = signed_ones(a, ones, &block[sizeof block / sizeof block[0] - 1]);
    if (paper_pdf(a, &signed_one, &pdf) || !written(argv[1], "signed.pdf", pdf))
        return 1;
    struct paper_block *day = ARENA_ARRAY(a, struct paper_block, DAY * 2);
    for (int i = 0; i < DAY; i++) {
        day[2 * i] = block[i % 20 ? 4 : 0];
        day[2 * i + 1] = i % 20 == 19 ? (struct paper_block){.kind = PAPER_NEXT} : block[3];
    }
    struct paper_document d = {.title = STR("Giấy hẹn"), .author = STR("UBND"), .on = date_of(2018, 3, 5), .size = PAPER_A5, .made_at = STR("2018-03-05T08:20:00+07:00"),
                               .block = day, .block_count = DAY * 2 - 1};
    if (paper_pdf(a, &d, &pdf) || !written(argv[1], "day.pdf", pdf))
        return 1;
    arena_free(a);
    return 0;
}
