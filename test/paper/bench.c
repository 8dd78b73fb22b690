/* How fast receipts become PDF, on one core: bench_paper [COUNT]. One file each, one file of all, and bare Pango and
 * Cairo drawing as many lines of the same letters, which is the least that such a file costs. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <time.h>

#include "paper/pdf.h"

enum { ARENA = 1 << 30, LINES = 34, BLOCKS = 12, COUNT = 500, COUNT_MAX = 2000 };

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const struct paper_span TITLE[] = {{STR_INIT("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"), true, false}, {STR_INIT("Mã hồ sơ: 000.00.31.H19-180102-0144"), false, false}},
                               WHO[] = {{STR_INIT("Bộ phận Tiếp nhận và Trả kết quả: Thành phố Biên Hòa"), false, false}, {STR_INIT("Tiếp nhận hồ sơ của: Lương Bảo Phương"), false, false},
                                        {STR_INIT("Địa chỉ: Số 275, đường Nguyễn Văn Trị, phường Quang Vinh"), false, false}, {STR_INIT("Nội dung yêu cầu giải quyết: Tách thửa hoặc hợp thửa đất"), false, false}},
                               LINE[] = {{STR_INIT("5. Thời gian trả kết quả giải quyết hồ sơ: "), false, false}, {STR_INIT("10 giờ 38 phút, ngày 24 tháng 01 năm 2018"), true, false}},
                               HINT[] = {{STR_INIT("(Ký và ghi rõ họ tên)"), false, false}, {STR_INIT("NGƯỜI NỘP HỒ SƠ"), true, false}};
static const struct paper_cell CELL[] = {{.text = STR_INIT("1")}, {.text = STR_INIT("Giấy chứng nhận đã cấp (bản chính)")}, {.text = STR_INIT("Bản chính")}, {.text = STR_INIT("1")}};
static const struct paper_row ROW[] = {{CELL, 4}, {CELL, 4}, {CELL, 4}, {CELL, 4}};
static const struct paper_table TABLE = {.caption = STR_INIT("1. Thành phần hồ sơ nộp gồm:"), .row = ROW, .row_count = 4, .head_count = 1, .columns = 4};
static const struct paper_block RECEIPT[BLOCKS] = {
    {.kind = PAPER_HEAD, .one = STR_INIT("THÀNH PHỐ BIÊN HÒA"), .two = STR_INIT("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"), .three = STR_INIT("Số: 144/TNHS"), .four = STR_INIT("ngày 02 tháng 01 năm 2018")},
    {.kind = PAPER_TITLE, .span = TITLE, .span_count = 2},
    {.kind = PAPER_CODE, .span = WHO, .span_count = 4, .one = STR_INIT("M4 4h7v1h-7zM13 4h2v1h-2z"), .two = STR_INIT("33"), .three = STR_INIT("Quét để tra cứu hồ sơ")},
    {.kind = PAPER_TABLE, .table = &TABLE},
    {.kind = PAPER_PARAGRAPH, .span = LINE, .span_count = 2}, {.kind = PAPER_PARAGRAPH, .span = LINE, .span_count = 2},
    {.kind = PAPER_PARAGRAPH, .span = LINE, .span_count = 2}, {.kind = PAPER_PARAGRAPH, .span = LINE, .span_count = 2},
    {.kind = PAPER_PARAGRAPH, .span = LINE, .span_count = 2}, {.kind = PAPER_PARAGRAPH, .span = LINE, .span_count = 2},
    {.kind = PAPER_SIGNATURE, .span = HINT, .span_count = 2, .two = STR_INIT("NGƯỜI TIẾP NHẬN HỒ SƠ"), .three = STR_INIT(""), .four = STR_INIT("Vũ Minh Minh")},
    {.kind = PAPER_NEXT},
};

static struct paper_document document(const struct paper_block *block, size_t count)
{
    return (struct paper_document){.title = STR("Giấy tiếp nhận"), .author = STR("UBND"), .on = date_of(2018, 3, 1), .made_at = STR("2018-03-01T00:00:00+07:00"),
                                   .size = PAPER_A5, .block = block, .block_count = count};
}

static bool one_each(int count)
{
    struct paper_document d = document(RECEIPT, BLOCKS - 1);

    for (int i = 0; i < count; i++) {
        struct arena *a = arena_new(ARENA);
        struct str pdf;
        enum err err = paper_pdf(a, &d, &pdf);
        arena_free(a);
        if (err)
            return false;
    }
    return true;
}

static bool all_in_one(int count)
{
    struct arena *a = arena_new(ARENA);
    struct paper_block *block = ARENA_ARRAY(a, struct paper_block, (size_t)count * BLOCKS);
    struct str pdf;

    for (int i = 0; i < count * BLOCKS; i++)
        block[i] = RECEIPT[i % BLOCKS];
    struct paper_document d = document(block, (size_t)count * BLOCKS - 1);
    enum err err = paper_pdf(a, &d, &pdf);
    arena_free(a);
    return !err;
}

static cairo_status_t swallow(void *arg, const unsigned char *bytes, unsigned n)
{
    (void)bytes;
    *(size_t *)arg += n;
    return CAIRO_STATUS_SUCCESS;
}

static bool bare(int count)
{
    size_t n = 0;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(swallow, &n, 420, 595);
    cairo_t *cr = cairo_create(surface);
    PangoFontDescription *font = pango_font_description_from_string("Tinos 9");

    for (int i = 0; i < count; i++) {
        for (int k = 0; k < LINES; k++) {
            PangoLayout *l = pango_cairo_create_layout(cr);
            pango_layout_set_font_description(l, font);
            pango_layout_set_text(l, LINE[k % 2].text.p, (int)LINE[k % 2].text.n);
            cairo_move_to(cr, 30, 30 + 15 * k);
            pango_cairo_show_layout(cr, l);
            g_object_unref(l);
        }
        cairo_show_page(cr);
    }
    pango_font_description_free(font);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return n > 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        bool (*run)(int count);
    } RUNS[] = {{"one file each", one_each}, {"one file of all", all_in_one}, {"bare Pango and Cairo, one file", bare}};
    int64_t given = COUNT;

    if (argc > 1 && str_parse_int(str_of(argv[1]), 1, COUNT_MAX, &given))
        return 2;
    int count = (int)given;

    for (size_t i = 0; i < sizeof RUNS / sizeof RUNS[0]; i++) {
        double begun = seconds();
        if (!RUNS[i].run(count))
            return 1;
        printf("%-32s %8.0f a second\n", RUNS[i].name, count / (seconds() - begun));
    }
    return 0;
}
