/* Official forms: which holds on a day, what fills it, and who may have it. */
#include "world.h"

#include "acts/form.h"
#include "base/text.h"
#include "paper/pdf.h"

static const char WARD[] = "26041", OTHER[] = "26044", MARRIAGE[] = "1.004873";
static const char CLERK[] = "mc.qt", STRANGER[] = "mc.tb", LEADER[] = "ld.qt";

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(CLERK, WARD, "mot-cua");
    world_person(LEADER, WARD, "lanh-dao");
    world_person(STRANGER, OTHER, "mot-cua");
}

static struct form_data data_of(int64_t id)
{
    struct ctx ctx = world_as(str_of(CLERK));
    struct form_data d;

    assert_err(act_dossier_form(&ctx, world_dossier(id).code, &d), OK);
    return d;
}

static struct str title_on(const char *code, struct date on)
{
    struct form f;

    return form_find(world()->arena, str_of(code), on, &f) ? STR("") : f.title;
}

static void the_law_of_the_day_has_its_own_forms(void **state)
{
    const struct date model = date_of(2018, 3, 1), last = date_of(2025, 6, 30), first = date_of(2025, 7, 1);
    struct form *f;
    size_t count;

    (void)state;
    assert_str(title_on("phieu-xin-loi", last), STR("Phiếu xin lỗi và hẹn lại ngày trả kết quả"));
    assert_str(title_on("phieu-xin-loi", first), STR("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"));
    assert_str(title_on("phieu-xin-loi", model), title_on("phieu-xin-loi", last)); /* the oldest known holds before it */
    assert_str(title_on("thong-bao-dung", first), STR("Thông báo dừng giải quyết hồ sơ"));
    assert_str(title_on("khong-co", first), STR(""));
    assert_err(forms_on(world()->arena, first, &f, &count), OK);
    size_t of_the_set = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++)
            assert_false(str_eq(f[i].code, f[k].code));
        of_the_set += str_has_prefix(f[i].basis, STR("TT 03/2025/TT-VPCP"));
    }
    assert_int_equal(of_the_set, 7);
    assert_err(forms_on(world()->arena, last, &f, &count), OK);
    of_the_set = 0;
    for (size_t i = 0; i < count; i++)
        of_the_set += str_has_prefix(f[i].basis, STR("TT 01/2018/TT-VPCP"));
    assert_int_equal(of_the_set, 6);
}

/* Every hole of every form has a field, and the paper can be drawn. */
static void every_form_can_be_filled(void **state)
{
    static const struct date DAYS[] = {{17591}, {18326}, {20270}};
    struct form_data d = data_of(world_receive(WARD, MARRIAGE, 1, "2018-03-05T08:00")), book;
    struct ctx ctx = world_as(str_of(CLERK));

    (void)state;
    assert_err(act_register_form(&ctx, world_unit(WARD), date_of(2018, 3, 1), date_of(2018, 3, 31), &book), OK);
    assert_int_equal(book.list[0].row_count, 1);
    for (size_t i = 0; i < d.field_count; i++)
        d.field[i].value = d.field[i].value.n ? d.field[i].value : STR("x");
    for (size_t day = 0; day < sizeof DAYS / sizeof DAYS[0]; day++) {
        struct form *f;
        size_t count;
        assert_err(forms_on(world()->arena, DAYS[day], &f, &count), OK);
        for (size_t i = 0; i < count; i++) {
            struct paper_document paper;
            struct str pdf;
            const struct form_data *of = str_eq(f[i].code, STR("so-theo-doi")) ? &book : &d;
            print_message("# %" PRIstr " %" PRIstr "\n", STR_ARG(f[i].code), STR_ARG(f[i].basis));
            assert_err(form_document(world()->arena, &f[i], of, &paper), OK);
            assert_err(paper_pdf(world()->arena, &paper, &pdf), OK);
        }
    }
}

static bool says(const struct paper_document *d, const char *text)
{
    for (size_t i = 0; i < d->block_count; i++) {
        const struct paper_block *b = &d->block[i];
        struct buf all = buf_in(world()->arena);
        for (size_t k = 0; k < b->span_count; k++)
            buf_put(&all, b->span[k].text);
        if (all.n && str_find(buf_str(&all), str_of(text)) != STR_NONE)
            return true;
    }
    return false;
}

static void a_receipt_says_what_was_received(void **state)
{
    int64_t id = world_receive(WARD, MARRIAGE, 1, "2018-03-05T07:40");
    struct form_data d = data_of(id);
    struct form f;
    struct paper_document paper;

    (void)state;
    assert_err(form_find(world()->arena, STR("giay-tiep-nhan"), d.on, &f), OK);
    assert_err(form_document(world()->arena, &f, &d, &paper), OK);
    assert_true(says(&paper, "4. Thời gian nhận hồ sơ: 7 giờ 40 phút, ngày 05 tháng 3 năm 2018"));
    assert_true(says(&paper, str_z(world()->arena, str_format(world()->arena, "Mã hồ sơ: %" PRIstr, STR_ARG(world_dossier(id).code)))));
    assert_false(says(&paper, "Người nộp: ")); /* nobody else handed it in: a line whose holes are empty is not there */
    assert_false(says(&paper, "{"));
    assert_int_equal(paper.size, PAPER_A5);
}

static const struct paper_block *head_of(const struct form_data *d, const char *code, struct date on)
{
    struct form f;
    struct paper_document *paper = ARENA_NEW(world()->arena, struct paper_document);

    assert_err(form_find(world()->arena, str_of(code), on, &f), OK);
    assert_err(form_document(world()->arena, &f, d, paper), OK);
    assert_int_equal(paper->block[0].kind, PAPER_HEAD);
    return &paper->block[0];
}

/* A ward is agency and counter in one; above it is its government, not the group that lists have it in. */
static void a_form_is_headed_by_the_agency_that_writes_it(void **state)
{
    int64_t id = world_receive(WARD, MARRIAGE, 1, "2018-03-05T07:40");
    struct form_data d = data_of(id);
    const struct paper_block *head = head_of(&d, "giay-tiep-nhan", d.on);

    (void)state;
    assert_str(head->one, STR("ỦY BAN NHÂN DÂN PHƯỜNG QUYẾT THẮNG"));
    assert_str(head->two, STR("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"));
    assert_str(head->four, STR("Quyết Thắng, ngày 05 tháng 3 năm 2018"));
    assert_str(form_field_value(&d, STR("authority")), STR("Ủy ban nhân dân phường Quyết Thắng"));
    assert_int_equal(form_field_value(&d, STR("number")).n, 2); /* NĐ 30/2020, Phụ lục I: 01 */
    head = head_of(&d, "giay-tiep-nhan", date_of(2025, 7, 1));
    assert_str(head->two, STR("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"));
    for (size_t i = 0; i < d.field_count; i++)
        if (str_eq(d.field[i].name, STR("finished_day")))
            d.field[i].value = STR("ngày 06 tháng 3 năm 2018");
    head = head_of(&d, "giay-xac-nhan", d.on); /* its leader signs that */
    assert_str(head->one, STR("ỦY BAN NHÂN DÂN THÀNH PHỐ BIÊN HÒA"));
    assert_str(head->two, STR("ỦY BAN NHÂN DÂN PHƯỜNG QUYẾT THẮNG"));
    assert_true(str_find(head->three, STR("/GXN-UBND")) != STR_NONE);
}

/* What fills a form is text: signs that a form means something by mean nothing there. */
static void what_is_filled_in_is_not_read(void **state)
{
    struct form_data d = data_of(world_receive(WARD, MARRIAGE, 1, "2018-03-05T08:00"));
    struct form f;
    struct paper_document paper;

    (void)state;
    for (size_t i = 0; i < d.field_count; i++)
        if (str_eq(d.field[i].name, STR("applicant")))
            d.field[i].value = STR("A ** {secret} } **");
    assert_err(form_find(world()->arena, STR("phieu-kiem-soat"), d.on, &f), OK);
    assert_err(form_document(world()->arena, &f, &d, &paper), OK);
    assert_true(says(&paper, "Tiếp nhận hồ sơ của: A ** {secret} } **"));
}

static void a_paper_that_says_nothing_is_not_made(void **state)
{
    static const char *const CODES[] = {"phieu-bo-sung", "phieu-tu-choi", "phieu-xin-loi", "thu-xin-loi", "giay-phep", "thong-bao-tu-choi"};
    int64_t id = world_receive(WARD, MARRIAGE, 1, "2018-03-05T08:00");
    struct form_data d = data_of(id);
    struct paper_document paper;
    struct form f;

    (void)state;
    for (size_t i = 0; i < sizeof CODES / sizeof CODES[0]; i++) {
        assert_err(form_find(world()->arena, str_of(CODES[i]), d.on, &f), OK);
        assert_false(form_applies(&f, &d));
        assert_err(form_document(world()->arena, &f, &d, &paper), ERR_NOT_FOUND);
    }
    struct ctx ctx = world_as(str_of(LEADER));
    struct act_extend extend = {.on = world_on(id, "chờ văn bản trả lời"), .new_due_at = world_at("2018-04-02T08:00"), .cause = STR("phoi-hop")};
    assert_err(act_extend(&extend, &ctx), OK);
    assert_int_equal(extend.on.verdict.why, DOSSIER_ALLOWED);
    d = data_of(id);
    assert_err(form_find(world()->arena, STR("phieu-xin-loi"), d.on, &f), OK);
    assert_err(form_document(world()->arena, &f, &d, &paper), OK);
    assert_true(says(&paper, "ngày 02 tháng 4 năm 2018"));
    assert_true(says(&paper, "chờ văn bản trả lời"));
}

static void a_form_that_is_wrong_says_so(void **state)
{
    struct form_data d = data_of(world_receive(WARD, MARRIAGE, 1, "2018-03-05T08:00"));
    struct form f;
    struct paper_document paper;

    (void)state;
    assert_err(form_find(world()->arena, STR("so-theo-doi"), d.on, &f), OK);
    form_put(&d, "register_of", STR("x")); /* applies now, but there is no register */
    assert_err(form_document(world()->arena, &f, &d, &paper), ERR_INVALID);
}

static enum err no_code(void *arg, struct arena *a, struct str code, struct str *ret_modules, struct str *ret_side)
{
    (void)a, (void)code;
    ++*(int *)arg;
    *ret_modules = *ret_side = STR("");
    return OK;
}

static void the_receipts_of_a_day_are_one_document(void **state)
{
    struct ctx ctx = world_as(str_of(CLERK));
    struct paper_document d;
    struct paper_places places;
    struct str pdf;
    size_t count = 0;
    int asked = 0;

    (void)state;
    world_receive(WARD, MARRIAGE, 1, "2018-03-02T09:00");
    world_receive(WARD, MARRIAGE, 1, "2018-03-02T09:10");
    assert_err(act_day_receipts(&ctx, world_unit(WARD), date_of(2018, 3, 2), no_code, &asked, &d, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(asked, 2);
    assert_err(paper_pdf_placed(world()->arena, &d, &pdf, &places), OK);
    assert_int_equal(places.number.page, 2); /* of the second */
    assert_err(act_day_receipts(&ctx, world_unit(WARD), date_of(2018, 2, 27), no_code, &asked, &d, &count), ERR_NOT_FOUND);
}

static void a_stranger_gets_none(void **state)
{
    int64_t id = world_receive(WARD, MARRIAGE, 1, "2018-03-05T08:00"), before;
    struct ctx ctx = world_as(str_of(STRANGER));
    struct form_data d;
    struct paper_document paper;
    size_t count;
    int asked = 0;

    (void)state;
    before = world_lines();
    assert_err(act_dossier_form(&ctx, world_dossier(id).code, &d), ERR_FORBIDDEN);
    assert_err(act_day_receipts(&ctx, world_unit(WARD), date_of(2018, 3, 5), no_code, &asked, &paper, &count), ERR_FORBIDDEN);
    assert_err(act_register_form(&ctx, world_unit(WARD), date_of(2018, 3, 5), date_of(2018, 3, 5), &d), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), before);
    assert_int_equal(asked, 0);
}

static void the_journal_says_it_all(void **state)
{
    (void)state;
    world_verify();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(the_law_of_the_day_has_its_own_forms),
    cmocka_unit_test(every_form_can_be_filled),
    cmocka_unit_test(a_receipt_says_what_was_received),
    cmocka_unit_test(a_form_is_headed_by_the_agency_that_writes_it),
    cmocka_unit_test(what_is_filled_in_is_not_read),
    cmocka_unit_test(a_paper_that_says_nothing_is_not_made),
    cmocka_unit_test(a_form_that_is_wrong_says_so),
    cmocka_unit_test(the_receipts_of_a_day_are_one_document),
    cmocka_unit_test(a_stranger_gets_none),
    cmocka_unit_test(the_journal_says_it_all),
};
WORLD_MAIN("form", tests)
