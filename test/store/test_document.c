/* Official documents: from the draft to the number, into another register, to the task that is done; what is refused. */
#include "world.h"

#include "acts/document_task.h"
#include "acts/file.h"
#include "sql_document.h"

static const char CITY[] = "bien-hoa", WARD[] = "26041", OFFICE[] = "phong-noi-vu";
static const char DRAFTER[] = "cv.nv", HEAD[] = "tp.nv", LEADER[] = "ct.bh", CLERK[] = "vt.bh", WARD_CLERK[] = "vt.w", WARD_HEAD[] = "ct.w",
                  WARD_OFFICER[] = "cv.w", STRANGER[] = "cv.tp";

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

static int64_t person(const char *login)
{
    return as(login).actor.id;
}

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(DRAFTER, OFFICE, "chuyen-vien");
    world_person(HEAD, OFFICE, "lanh-dao-phong");
    world_person(LEADER, CITY, "lanh-dao");
    world_person(CLERK, CITY, "van-thu");
    world_person(WARD_CLERK, WARD, "van-thu");
    world_person(WARD_HEAD, WARD, "lanh-dao");
    world_person(WARD_OFFICER, WARD, "chuyen-vien");
    world_person(STRANGER, "phong-tu-phap", "chuyen-vien");
}

static struct act_document_draft report(const char *subject)
{
    return (struct act_document_draft){
        .unit = world_unit(CITY), .type = STR("bao-cao"), .subject = str_of(subject), .addressee = STR(""),
        .body = STR("Thực hiện kế hoạch, Ủy ban nhân dân thành phố báo cáo như sau:\n## 1. Kết quả\nĐã làm xong.\n|TT|Nội dung|\n|1|Đường|"),
        .to_act = STR("26041\nSở Nội vụ"), .to_know = STR(""), .authority = STR(""), .signer = person(LEADER), .due = DATE_NEVER, .copies = 3,
        .note = STR(""),
    };
}

static int64_t drafted(const char *subject)
{
    struct ctx ctx = as(DRAFTER);
    struct act_document_draft act = report(subject);

    assert_err(act_document_draft(&act, &ctx), OK);
    return act.on.id;
}

static void submit(int64_t id, bool with_initial)
{
    struct ctx ctx = as(DRAFTER);
    struct act_document_submit act = {.on = {.id = id}, .initial = {person(HEAD)}, .initial_count = with_initial, .note = STR("")};

    assert_err(act_document_submit(&act, &ctx), OK);
    assert_int_equal(act.on.why, DOCUMENT_ALLOWED);
}

static struct act_document look(const char *login, int64_t id)
{
    static struct ctx ctx;
    struct act_document act = {.id = id};

    ctx = as(login);
    assert_err(act_document(&act, &ctx), OK);
    return act;
}

static void sign_by_hand(int64_t id)
{
    struct ctx ctx = as(LEADER);
    struct act_document_on on = {.id = id};

    assert_err(act_document_sign_by_hand(&ctx, &on), OK);
    assert_int_equal(on.why, DOCUMENT_ALLOWED);
}

static int64_t number(int64_t id, struct str *ret_code)
{
    struct ctx ctx = as(CLERK);
    struct act_document_number act = {.on = {.id = id}};

    assert_err(act_document_number(&act, &ctx), OK);
    assert_int_equal(act.on.why, DOCUMENT_ALLOWED);
    if (ret_code)
        *ret_code = str_copy(world()->arena, act.code);
    return act.number;
}

/* ---- the way ---- */

static void a_draft_goes_the_whole_way(void **state)
{
    struct str code;
    int64_t id = drafted("Kết quả cải cách hành chính quý I");
    struct ctx ctx;
    struct act_document_on on = {.id = id};

    (void)state;
    assert_int_equal(look(DRAFTER, id).d.state, DOCUMENT_DRAFT);
    assert_true(look(DRAFTER, id).recipient[0].unit_id == world_unit(WARD));
    assert_true(look(DRAFTER, id).recipient[1].is_paper);
    submit(id, true);
    assert_int_equal(look(HEAD, id).d.state, DOCUMENT_REVIEW);
    assert_str(look(HEAD, id).file[0].media, STR("application/pdf"));
    assert_true(look(HEAD, id).d.places.n > 2);
    ctx = as(HEAD);
    assert_err(act_document_initial(&ctx, &on, STR("Đồng ý")), OK);
    assert_int_equal(look(LEADER, id).d.state, DOCUMENT_TO_SIGN);
    assert_true(look(LEADER, id).may[DOCUMENT_SIGN]);
    sign_by_hand(id);
    assert_int_equal(number(id, &code), 1);
    assert_str(code, STR("01/BC-UBND"));
    ctx = as(CLERK);
    assert_err(act_document_release(&ctx, &on), OK);
    assert_int_equal(on.why, DOCUMENT_ALLOWED);
    struct act_document out = look(DRAFTER, id);
    assert_int_equal(out.d.state, DOCUMENT_RELEASED);
    assert_false(out.recipient[0].arrived_id_null);
    assert_int_equal(look(WARD_CLERK, out.recipient[0].arrived_id).d.state, DOCUMENT_ARRIVED);
    world_verify();
}

static int64_t arrived_at_ward(const char *subject)
{
    int64_t id = drafted(subject);
    struct ctx ctx;
    struct act_document_on on = {.id = id};

    submit(id, false);
    sign_by_hand(id);
    number(id, NULL);
    ctx = as(CLERK);
    assert_err(act_document_release(&ctx, &on), OK);
    return look(DRAFTER, id).recipient[0].arrived_id;
}

static struct document_arrival as_it_came(const struct act_document *d)
{
    struct document_arrival w = {.type = d->d.type, .subject = d->d.subject, .author = d->d.author, .code = d->d.code, .dated_on = DATE_NEVER,
                                 .signer = d->d.signer, .signer_title = d->d.signer_title, .due = DATE_NEVER, .note = STR("")};

    assert_err(date_parse(d->d.dated_on, &w.dated_on), OK);
    return w;
}

static void taken_in(int64_t id)
{
    struct act_document d = look(WARD_CLERK, id);
    struct act_document_register act = {.on = {.id = id}, .what = as_it_came(&d)};
    struct ctx ctx = as(WARD_CLERK);

    assert_err(act_document_register(&act, &ctx), OK);
    assert_int_equal(act.on.why, DOCUMENT_ALLOWED);
    assert_true(act.number > 0);
}

static void nobody_acts_before_the_registry(void **state)
{
    int64_t id = arrived_at_ward("Chỉ đạo phòng chống dịch");
    struct ctx ctx = as(WARD_HEAD);
    struct task_order order = {.unit = world_unit(WARD), .person = person(WARD_OFFICER), .role = STR("lead"), .due = date_of(2018, 3, 9)};
    struct act_document_direct direct = {.on = {.id = id}, .content = STR("Xử lý"), .task = &order, .task_count = 1};

    (void)state;
    assert_err(act_document_direct(&direct, &ctx), OK);
    assert_int_equal(direct.on.why, DOCUMENT_WRONG_STATE);
    taken_in(id);
    ctx = as(WARD_HEAD);
    assert_err(act_document_direct(&direct, &ctx), OK);
    assert_int_equal(direct.on.why, DOCUMENT_ALLOWED);
    assert_int_equal(look(WARD_OFFICER, id).d.state, DOCUMENT_DIRECTED);
    /* The sender sees how far it is. */
    struct act_document_list list = {.way = DOCUMENT_OUT, .words = STR("phong chong dich"), .unit = 0};
    ctx = as(CLERK);
    assert_err(act_document_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 1);
    assert_str(look(CLERK, list.row[0].id).recipient[0].status, STR("04"));
    world_verify();
}

static int64_t the_task(const char *login, int64_t document)
{
    struct q_document_task_of *t;
    size_t count;
    struct ctx ctx = as(login);

    assert_err(act_tasks_of_document(&ctx, document, &t, &count), OK);
    assert_true(count > 0);
    return t[0].id;
}

static void change(const char *login, int64_t task, enum task_change what, enum err expected)
{
    struct ctx ctx = as(login);
    struct act_task_change act = {.id = task, .change = what, .text = STR("Nội dung"), .progress = 40, .due = date_of(2018, 3, 20)};

    assert_err(act_task_change(&act, &ctx), expected);
}

static void a_task_is_done_when_who_asked_accepts(void **state)
{
    int64_t id = arrived_at_ward("Rà soát hộ nghèo");
    struct ctx ctx;
    struct task_order order[] = {{.unit = world_unit(WARD), .person = person(WARD_OFFICER), .role = STR("lead"), .due = date_of(2018, 3, 7)},
                                 {.unit = world_unit(WARD), .role = STR("support"), .due = DATE_NEVER}};
    struct act_document_direct direct = {.on = {.id = id}, .content = STR("Rà soát, báo cáo"), .task = order, .task_count = 2};
    struct act_document_on on = {.id = id};
    int64_t done;

    (void)state;
    taken_in(id);
    ctx = as(WARD_HEAD);
    assert_err(act_document_direct(&direct, &ctx), OK);
    int64_t task = the_task(WARD_OFFICER, id);
    change(STRANGER, task, TASK_DONE, ERR_NOT_FOUND);
    change(WARD_OFFICER, task, TASK_ACCEPT, ERR_FORBIDDEN);
    change(WARD_OFFICER, task, TASK_PROGRESS, OK);
    world_now("2018-03-06T07:45"); /* one day before its day: reminded once */
    ctx = world_system();
    assert_err(act_task_remind(&ctx, 100, &done), OK);
    assert_int_equal(done, 1);
    assert_err(act_task_remind(&ctx, 100, &done), OK);
    assert_int_equal(done, 0);
    world_now("2018-03-08T09:00"); /* a day late */
    change(WARD_OFFICER, task, TASK_DONE, OK);
    ctx = as(WARD_HEAD);
    assert_err(act_document_finish(&ctx, &on, STR("")), OK);
    assert_int_equal(on.why, DOCUMENT_TASKS_OPEN);
    change(WARD_HEAD, task, TASK_SEND_BACK, OK);
    change(WARD_HEAD, task, TASK_ACCEPT, ERR_CONFLICT);
    change(WARD_OFFICER, task, TASK_DONE, OK);
    change(WARD_HEAD, task, TASK_ACCEPT, OK);
    ctx = as(WARD_HEAD);
    assert_err(act_document_finish(&ctx, &on, STR("")), OK);
    assert_int_equal(on.why, DOCUMENT_ALLOWED);
    struct act_document_figures f = {.unit = world_unit(WARD), .from = date_of(2018, 3, 1), .to = date_of(2018, 3, 31), .as_of = world_at("2018-03-08T10:00")};
    ctx = as(WARD_HEAD);
    assert_err(act_document_figures(&f, &ctx), OK);
    assert_int_equal(f.value[DOCUMENT_FIGURE_TASKS_LATE], 1);
    assert_int_equal(f.record[DOCUMENT_FIGURE_TASKS_LATE][0], task);
    assert_int_equal(f.value[DOCUMENT_FIGURE_TASKS_OPEN], 1); /* of the test before */
    f.as_of = world_at("2018-03-08T08:00"); /* before it was told */
    assert_err(act_document_figures(&f, &ctx), OK);
    assert_int_equal(f.value[DOCUMENT_FIGURE_TASKS_LATE], 0);
    assert_int_equal(f.value[DOCUMENT_FIGURE_TASKS_OPEN], 2);
    world_verify();
}

/* ---- refusals ---- */

static void who_sees_a_draft_comments_on_it(void **state)
{
    int64_t id = drafted("Dự thảo cần góp ý");
    struct act_document_on on = {.id = id};
    struct ctx ctx = as(DRAFTER);

    (void)state;
    submit(id, true);
    ctx = as(HEAD);
    assert_err(act_document_comment(&ctx, &on, STR("  ")), ERR_INVALID);
    assert_true(world_problem(&ctx, "note"));
    ctx = as(HEAD);
    assert_err(act_document_comment(&ctx, &on, STR("Bổ sung số liệu phường Trảng Dài")), OK);
    assert_int_equal(on.why, DOCUMENT_ALLOWED);
    ctx = as(STRANGER);
    assert_err(act_document_comment(&ctx, &on, STR("Không thấy")), ERR_NOT_FOUND);
    struct act_document d = look(DRAFTER, id);
    assert_int_equal(d.comment_count, 1);
    assert_str(d.comment[0].text, STR("Bổ sung số liệu phường Trảng Dài"));
    assert_int_equal(d.comment[0].version_no, 1);
    assert_int_equal(d.d.state, DOCUMENT_REVIEW);
    ctx = as(HEAD);
    assert_err(act_document_initial(&ctx, &on, STR("")), OK); /* what was said moved nothing */
    sign_by_hand(id);
    ctx = as(HEAD);
    assert_err(act_document_comment(&ctx, &on, STR("Muộn")), OK);
    assert_int_equal(on.why, DOCUMENT_WRONG_STATE);
    world_verify();
}

static void a_stranger_sees_nothing(void **state)
{
    int64_t id = drafted("Việc nội bộ của Phòng Nội vụ");
    struct ctx ctx = as(STRANGER);
    struct act_document act = {.id = id};
    struct act_document_list list = {.way = DOCUMENT_OUT, .words = STR("noi bo")};
    struct act_document_file_read file = {.document = id, .no = 1};
    struct act_document_on on = {.id = id};

    (void)state;
    submit(id, false);
    assert_err(act_document(&act, &ctx), ERR_NOT_FOUND);
    assert_err(act_document_file_read(&file, &ctx), ERR_NOT_FOUND);
    assert_err(act_document_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 0);
    assert_err(act_document_export(&list, &ctx), ERR_FORBIDDEN);
    assert_err(act_document_sign_by_hand(&ctx, &on), ERR_NOT_FOUND);
    ctx = as(CLERK); /* the registry reads it, and is not who signs */
    assert_err(act_document_sign_by_hand(&ctx, &on), OK);
    assert_int_equal(on.why, DOCUMENT_NOT_HOLDER);
    ctx = as(CLERK);
    assert_err(act_document_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 1);
}

static void bad_drafts_say_what_is_wrong(void **state)
{
    struct ctx ctx = as(DRAFTER);
    struct act_document_draft act = report("");
    int64_t lines = world_lines();

    (void)state;
    act.type = STR("khong-co");
    act.signer = person(STRANGER);
    assert_err(act_document_draft(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "subject"));
    assert_true(world_problem(&ctx, "type"));
    assert_true(world_problem(&ctx, "signer"));
    ctx = as(WARD_OFFICER); /* a ward does not write for the city */
    act = report("Báo cáo");
    assert_err(act_document_draft(&act, &ctx), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), lines);
}

static void a_page_that_is_old_changes_nothing(void **state)
{
    int64_t id = drafted("Sửa hai lần");
    struct ctx ctx = as(DRAFTER);
    struct act_document_draft act = report("Sửa lần một");

    (void)state;
    act.on = (struct act_document_on){.id = id, .version = look(DRAFTER, id).d.version};
    assert_err(act_document_draft(&act, &ctx), OK);
    act.subject = STR("Sửa lần hai");
    assert_err(act_document_draft(&act, &ctx), ERR_CONFLICT);
    struct act_document d = look(DRAFTER, id);
    assert_str(d.d.subject, STR("Sửa lần một"));
    assert_int_equal(d.text_count, 2);
    assert_str(d.text[1].subject, STR("Sửa hai lần"));
}

static void what_is_sent_back_is_a_draft_again(void **state)
{
    int64_t id = drafted("Trả lại");
    struct ctx ctx;
    struct act_document_on on = {.id = id};

    (void)state;
    submit(id, true);
    ctx = as(HEAD);
    assert_err(act_document_send_back(&ctx, &on, STR("  ")), OK);
    assert_int_equal(on.why, DOCUMENT_NO_REASON);
    assert_err(act_document_send_back(&ctx, &on, STR("Thiếu số liệu")), OK);
    assert_int_equal(on.why, DOCUMENT_ALLOWED);
    struct act_document d = look(DRAFTER, id);
    assert_int_equal(d.d.state, DOCUMENT_DRAFT);
    assert_true(d.may[DOCUMENT_EDIT]);
    assert_str(d.step[0].note, STR("Thiếu số liệu"));
    assert_true(d.file[0].is_dropped);
    submit(id, false);
    sign_by_hand(id);
    assert_int_equal(look(CLERK, id).d.state, DOCUMENT_SIGNED);
    world_verify();
}

/* ---- numbers ---- */

static void numbers_go_with_the_days(void **state)
{
    int64_t first = drafted("Số thứ nhất"), second = drafted("Số thứ hai");
    struct ctx ctx = as(CLERK);
    struct act_document_number act = {.on = {.id = second}, .date = date_of(2018, 3, 7)};

    (void)state;
    submit(first, false);
    submit(second, false);
    sign_by_hand(first);
    sign_by_hand(second);
    number(first, NULL); /* dated today, 8 March */
    assert_err(act_document_number(&act, &ctx), OK);
    assert_int_equal(act.on.why, DOCUMENT_DATE_BEFORE_LAST);
    assert_str(act.on.why_arg, STR("08/03/2018"));
    act.date = date_of(2018, 3, 9);
    assert_err(act_document_number(&act, &ctx), OK);
    assert_int_equal(act.on.why, DOCUMENT_DATE_AHEAD);
}

static struct number_row the_row(const char *group)
{
    struct ctx ctx = as(CLERK);
    struct number_row *row;
    size_t count;
    struct str name = document_series_name(world()->arena, world_unit(CITY), 2018, str_of(group));

    assert_err(act_number_rows(&ctx, world_unit(CITY), 2018, &row, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(row[i].row.series, name))
            return row[i];
    fail_msg("no row %s", group);
    return row[0];
}

static void a_kept_number_waits_for_its_document(void **state)
{
    struct ctx ctx = as(CLERK);
    struct q_document_series_of *s;
    size_t count;
    struct act_number_keep keep = {.unit = world_unit(CITY), .count = 2, .reason = STR("Văn bản của cuộc họp 08/3 nộp muộn")};
    int64_t id = drafted("Nộp muộn"), last;

    (void)state;
    assert_err(act_document_series(&ctx, world_unit(CITY), &s, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(s[i].code, STR("chung")))
            keep.series = s[i].id;
    assert_err(act_number_keep(&keep, &ctx), OK);
    submit(id, false);
    sign_by_hand(id);
    struct act_document_number act = {.on = {.id = id}, .kept = keep.first - 1};
    assert_err(act_document_number(&act, &ctx), ERR_INVALID);
    act.kept = keep.first;
    ctx = as(CLERK);
    assert_err(act_document_number(&act, &ctx), OK);
    assert_int_equal(act.number, keep.first);
    int64_t next = drafted("Sau số để dành");
    submit(next, false);
    sign_by_hand(next);
    last = number(next, NULL);
    assert_int_equal(last, keep.first + 2);
    struct number_row row = the_row("chung");
    assert_int_equal(row.gap_count, 0);
    assert_int_equal(row.kept_count, 1);
    assert_int_equal(row.kept[0].number, keep.first + 1);
    world_verify();
}

/* ---- coming in on paper, asked back ---- */

static void the_same_letter_is_registered_once(void **state)
{
    struct ctx ctx = as(CLERK);
    struct document_bytes file = {STR("cong-van.pdf"), STR("application/pdf"), STR("%PDF-1.4 quét")};
    struct act_document_register_new act = {
        .unit = world_unit(CITY), .file = &file, .file_count = 1,
        .what = {.type = STR("cong-van"), .subject = STR("Về việc báo cáo tiến độ"), .author = STR("Sở Nội vụ Đồng Nai"), .code = STR("512/SNV-CCHC"),
                 .dated_on = date_of(2018, 3, 1), .signer = STR(""), .signer_title = STR(""), .due = DATE_NEVER, .note = STR("")},
    };
    struct act_document_file_read read = {.no = 1};

    (void)state;
    assert_err(act_document_register_new(&act, &ctx), OK);
    assert_int_equal(act.number, 1);
    read.document = act.id;
    assert_err(act_document_file_read(&read, &ctx), OK);
    assert_str(read.bytes, STR("%PDF-1.4 quét"));
    ctx = as(CLERK);
    assert_err(act_document_register_new(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "code"));
    ctx = as(WARD_CLERK);
    assert_err(act_document_register_new(&act, &ctx), ERR_FORBIDDEN);
    world_verify();
}

static void what_is_taken_back_waits_for_the_other_registry(void **state)
{
    int64_t there = arrived_at_ward("Phát hành nhầm"), here;
    struct ctx ctx = as(CLERK);
    struct act_document_list list = {.way = DOCUMENT_OUT, .words = STR("phat hanh nham")};

    (void)state;
    taken_in(there);
    assert_err(act_document_list(&list, &ctx), OK);
    here = list.row[0].id;
    struct act_document_on on = {.id = here};
    assert_err(act_document_take_back(&ctx, &on, STR("Sai nội dung")), OK);
    assert_int_equal(on.why, DOCUMENT_ALLOWED);
    assert_int_equal(look(CLERK, here).d.state, DOCUMENT_TAKEN_BACK);
    struct act_document d = look(WARD_CLERK, there);
    assert_str(d.d.recall, STR("withdraw"));
    assert_int_equal(d.d.state, DOCUMENT_REGISTERED); /* never by itself */
    struct act_document_recall_answer answer = {.on = {.id = there}, .is_agreed = true, .note = STR("Đã hủy bản sao")};
    ctx = as(WARD_OFFICER);
    assert_err(act_document_recall_answer(&answer, &ctx), ERR_NOT_FOUND);
    ctx = as(WARD_CLERK);
    assert_err(act_document_recall_answer(&answer, &ctx), OK);
    assert_int_equal(look(WARD_CLERK, there).d.state, DOCUMENT_WITHDRAWN);
    assert_str(look(CLERK, here).recipient[0].status, STR("15"));
    world_verify();
}

static enum err plain(void *arg, struct arena *a, struct str name, struct str media, struct str bytes, struct str *ret, struct str *ret_why)
{
    (void)arg;
    (void)a;
    (void)name;
    (void)ret_why;
    if (!str_eq(media, STR("text/plain")))
        return ERR_INVALID;
    *ret = bytes;
    return OK;
}

static void a_document_is_found_by_its_attachment(void **state)
{
    int64_t id = drafted("Có phụ lục"), done;
    struct ctx ctx = as(DRAFTER);
    struct act_document_file file = {.on = {.id = id}, .name = STR("phu-luc.txt"), .media = STR("text/plain"), .bytes = STR("Đường Nguyễn Ái Quốc, cầu Hóa An")};
    struct document_reader reader = {plain, NULL};
    struct act_document_list list = {.way = DOCUMENT_OUT, .words = STR("cau hoa an")};

    (void)state;
    assert_err(act_document_file_add(&file, &ctx), OK);
    assert_err(act_document_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 0);
    ctx = world_system();
    do
        assert_err(act_document_read_words(&ctx, &reader, 50, &done), OK);
    while (done);
    ctx = as(DRAFTER);
    assert_err(act_document_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 1);
    assert_int_equal(list.row[0].id, id);
}

static void a_file_of_work_keeps_what_belongs_together(void **state)
{
    struct ctx ctx = as(DRAFTER);
    struct act_work_file_save save = {.unit = world_unit(CITY), .code = STR("01/CCHC/2018"), .title = STR("Cải cách hành chính 2018"), .basis = STR("TT 09/2011/TT-BNV"),
                                      .note = STR(""), .years = 20, .opened = date_of(2018, 1, 2), .closed = DATE_NEVER, .archived = DATE_NEVER};
    struct q_work_file_by_id w;
    struct q_document_of_work_file *d;
    size_t count;
    struct act_document_list list = {.way = DOCUMENT_OUT, .words = STR("cai cach hanh chinh quy")};

    (void)state;
    assert_err(act_work_file_save(&save, &ctx), OK);
    assert_err(act_document_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 1);
    struct act_document_on on = {.id = list.row[0].id};
    assert_err(act_document_into_file(&ctx, &on, save.id), OK);
    assert_err(act_work_file(&ctx, save.id, &w, &d, &count), OK);
    assert_int_equal(count, 1);
    ctx = as(STRANGER);
    assert_err(act_work_file(&ctx, save.id, &w, &d, &count), ERR_NOT_FOUND);
    save.code = STR("01/CCHC/2018");
    save.id = 0;
    ctx = as(DRAFTER);
    assert_err(act_work_file_save(&save, &ctx), ERR_INVALID);
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(a_draft_goes_the_whole_way),
    cmocka_unit_test(nobody_acts_before_the_registry),
    cmocka_unit_test(a_task_is_done_when_who_asked_accepts),
    cmocka_unit_test(who_sees_a_draft_comments_on_it),
    cmocka_unit_test(a_stranger_sees_nothing),
    cmocka_unit_test(bad_drafts_say_what_is_wrong),
    cmocka_unit_test(a_page_that_is_old_changes_nothing),
    cmocka_unit_test(what_is_sent_back_is_a_draft_again),
    cmocka_unit_test(numbers_go_with_the_days),
    cmocka_unit_test(a_kept_number_waits_for_its_document),
    cmocka_unit_test(the_same_letter_is_registered_once),
    cmocka_unit_test(what_is_taken_back_waits_for_the_other_registry),
    cmocka_unit_test(a_document_is_found_by_its_attachment),
    cmocka_unit_test(a_file_of_work_keeps_what_belongs_together),
};

WORLD_MAIN("document", TESTS)
