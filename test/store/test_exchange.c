/* Documents over a line: to a department of the province and from it; statuses both ways; what is refused. The other
 * side is played here: what it would send is written by format/edxml, what it gets is read by it. */
#include "world.h"

#include "acts/document_task.h"
#include "acts/exchange.h"
#include "acts/peer.h"
#include "format/edxml.h"

static const char CITY[] = "bien-hoa", OFFICE[] = "phong-noi-vu", CITY_ORGAN[] = "000.00.31.H19", OTHER[] = "000.00.07.H19", THIRD[] = "000.00.08.H19";
static const char DRAFTER[] = "cv.nv", LEADER[] = "ct.bh", CLERK[] = "vt.bh", SECRET[] = "mot bi mat dai hon nhieu";

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(DRAFTER, OFFICE, "chuyen-vien");
    world_person(LEADER, CITY, "lanh-dao");
    world_person(CLERK, CITY, "van-thu");
}

/* ---- who they are ---- */

static int64_t the_peer;

static void partners_are_named_by_who_keeps_units(void **state)
{
    struct ctx system = world_system(), clerk = as(CLERK);
    struct act_peer_save peer = {.code = STR("tinh"), .own_code = STR("bien-hoa"), .name = STR("Trục tỉnh Đồng Nai"), .address = STR("http://127.0.0.1:1"),
                                 .secret = str_of(SECRET), .is_active = true};
    struct act_partner_save partner = {.organ = str_of(OTHER), .name = STR("Sở Nội vụ tỉnh Đồng Nai"), .is_active = true};
    struct act_partner_list list = {.words = STR("so noi vu"), .after = STR("")};

    (void)state;
    assert_err(act_peer_save(&peer, &system), ERR_INVALID); /* it would carry nothing */
    system = world_system();
    peer.documents = STR("named");
    assert_err(act_peer_save(&peer, &system), OK);
    the_peer = partner.peer = peer.id;
    assert_err(act_partner_save(&partner, &clerk), ERR_FORBIDDEN);
    system = world_system();
    assert_err(act_partner_save(&partner, &system), OK);
    partner.id = 0;
    system = world_system();
    assert_err(act_partner_save(&partner, &system), ERR_INVALID);
    assert_true(world_problem(&system, "organ"));
    partner.organ = str_of(CITY_ORGAN);
    system = world_system();
    assert_err(act_partner_save(&partner, &system), ERR_INVALID); /* that is us */
    clerk = as(CLERK);
    assert_err(act_partner_list(&list, &clerk), OK);
    assert_int_equal(list.total, 1);
    assert_int_equal(list.row_count, 1);
    clerk = as(DRAFTER);
    assert_err(act_partner_list(&list, &clerk), ERR_FORBIDDEN);
    world_verify();
}

/* ---- a line that remembers ---- */

struct line {
    bool is_broken;
    struct str refuses;
    size_t count;
    struct str bytes; /* of the last message */
    struct edxml message;
};

static enum err bring(void *arg, struct arena *a, const struct q_exchange_out_due *to, struct str bytes, struct str *ret_receipt, struct str *ret_refused)
{
    struct line *line = arg;
    struct str type, body;
    struct random random;

    if (line->is_broken)
        return ERR_UNAVAILABLE;
    random_open_seeded(&random, 1);
    exchange_form(a, &random, to, bytes, &type, &body);
    assert_true(str_has_prefix(type, STR("multipart/form-data; boundary=")));
    assert_true(str_find(body, peer_seal(a, str_of(SECRET), bytes)) != STR_NONE);
    line->bytes = str_copy(world()->arena, bytes);
    assert_err(edxml_read(world()->arena, line->bytes, &line->message, NULL), OK);
    assert_int_equal(line->message.defect_total, 0);
    line->count++;
    *ret_receipt = STR("1");
    *ret_refused = line->refuses;
    return OK;
}

/* Sends until nothing is left; how many. */
static int64_t sent(struct line *line)
{
    struct exchange_line to = {bring, line};
    int64_t sum = 0, done;

    do {
        struct ctx system = world_system();
        assert_err(act_exchange_send(&system, &to, 10, &done), OK);
        sum += done;
    } while (done);
    return sum;
}

static struct act_document look(int64_t id)
{
    static struct ctx ctx;
    struct act_document act = {.id = id};

    ctx = as(CLERK);
    assert_err(act_document(&act, &ctx), OK);
    return act;
}

/* ---- going out ---- */

static int64_t drafted(struct str to, int64_t replaces)
{
    struct ctx ctx = as(DRAFTER);
    struct act_document_draft act = {.unit = world_unit(CITY), .type = STR("bao-cao"), .subject = STR("Báo cáo cải cách hành chính quý I"), .addressee = STR(""),
                                     .body = STR("Ủy ban nhân dân thành phố báo cáo."), .to_act = to, .to_know = STR("Lưu: VT"), .authority = STR(""),
                                     .signer = as(LEADER).actor.id, .due = date_of(2018, 3, 20), .copies = 2, .note = STR(""), .replaces = replaces,
                                     .urgency = URGENCY_MORE_URGENT};

    assert_err(act_document_draft(&act, &ctx), OK);
    return act.on.id;
}

static int64_t released(struct str to, int64_t replaces)
{
    int64_t id = drafted(to, replaces);
    struct act_document_submit submit = {.on = {.id = id}, .note = STR("")};
    struct act_document_number number = {.on = {.id = id}};
    struct act_document_on on = {.id = id};
    struct ctx ctx = as(DRAFTER);

    assert_err(act_document_submit(&submit, &ctx), OK);
    ctx = as(LEADER);
    assert_err(act_document_sign_by_hand(&ctx, &on), OK);
    ctx = as(CLERK);
    assert_err(act_document_number(&number, &ctx), OK);
    ctx = as(CLERK);
    assert_err(act_document_release(&ctx, &on), OK);
    assert_int_equal(on.why, DOCUMENT_ALLOWED);
    return id;
}

static struct edxml_organ organ(const char *id, const char *name)
{
    return (struct edxml_organ){.id = str_of(id), .name = str_of(name)};
}

static struct act_exchange_receive came(struct edxml *m)
{
    struct ctx system = world_system();
    struct act_exchange_receive act = {.peer = STR("tinh")};
    struct fault fault = {.why = STR("")};

    if (edxml_write(world()->arena, m, &act.bytes, &fault))
        fail_msg("edxml_write: %s", str_z(world()->arena, fault.why));
    act.seal = peer_seal(world()->arena, str_of(SECRET), act.bytes);
    assert_err(act_exchange_receive(&act, &system), OK);
    return act;
}

static struct act_exchange_receive status_came(const struct edxml_document *about, enum edxml_status_code code, const char *local, const char *note)
{
    struct edxml_organ from = organ(OTHER, "Sở Nội vụ tỉnh Đồng Nai");
    struct local at;

    assert_err(local_parse(str_of(local), &at), OK);
    struct edxml m = edxml_answer(world()->arena, about, &from, code, str_of(note), at);
    return came(&m);
}

static void what_is_released_goes_until_it_arrives(void **state)
{
    struct line line = {.is_broken = true, .refuses = STR("")};
    int64_t id = released(STR("Sở Nội vụ tỉnh Đồng Nai\nHội Khuyến học"), 0);
    struct act_document d = look(id);
    struct act_exchange_list list = {.is_waiting = true};
    struct ctx clerk = as(CLERK);

    (void)state;
    assert_str(d.recipient[0].organ, str_of(OTHER));
    assert_false(d.recipient[0].is_paper);
    assert_true(d.recipient[1].is_paper);
    assert_int_equal(sent(&line), 0);
    assert_err(act_exchange_list(&list, &clerk), OK);
    assert_int_equal(list.total, 1);
    assert_int_equal(list.row[0].tries, 1);
    line.is_broken = false;
    assert_int_equal(sent(&line), 0); /* not at once again */
    world_now("2018-03-05T08:01");
    assert_int_equal(sent(&line), 1);
    assert_int_equal(sent(&line), 0);
    const struct edxml_document *e = &line.message.document;
    assert_str(e->from.id, str_of(CITY_ORGAN));
    assert_str(e->from.name, STR("ỦY BAN NHÂN DÂN THÀNH PHỐ BIÊN HÒA"));
    assert_int_equal(e->to_count, 1);
    assert_str(e->to[0].id, str_of(OTHER));
    assert_str(e->document_id, STR("000.00.31.H19,2018/03/05,01/BC-UBND"));
    assert_str(e->number, STR("01"));
    assert_str(e->notation, STR("BC-UBND"));
    assert_str(e->subject, STR("Báo cáo cải cách hành chính quý I"));
    assert_int_equal(e->other.priority, 2);
    assert_int_equal(date_cmp(e->due, date_of(2018, 3, 20)), 0);
    assert_int_equal(e->to_place_count, 3);
    assert_int_equal(e->bussiness.type, EDXML_NEW);
    assert_int_equal(line.message.attachment_count, 1);
    assert_true(str_has_prefix(line.message.attachment[0].bytes, STR("%PDF-")));
    /* How it goes there stands at the recipient; what is older than what we know changes nothing. */
    assert_int_equal(status_came(e, EDXML_ARRIVED, "2018-03-05T08:02", "").refused.n, 0);
    assert_str(look(id).recipient[0].status, STR("01"));
    status_came(e, EDXML_REGISTERED, "2018-03-05T09:00", "Số đến 15");
    assert_str(look(id).recipient[0].status, STR("03"));
    assert_str(look(id).recipient[0].status_note, STR("Số đến 15"));
    int64_t lines = world_lines();
    status_came(e, EDXML_ARRIVED, "2018-03-05T08:02", "");
    status_came(e, EDXML_REGISTERED, "2018-03-05T09:00", "Số đến 15");
    assert_int_equal(world_lines(), lines);
    assert_str(look(id).recipient[0].status, STR("03"));
    world_verify();
}

static void who_says_no_for_good_is_not_asked_again(void **state)
{
    struct line line = {.refuses = STR("Không có cơ quan này")};
    int64_t id = released(str_of(OTHER), 0);

    (void)state;
    assert_int_equal(sent(&line), 1);
    world_now("2018-03-05T12:00");
    assert_int_equal(sent(&line), 0);
    assert_str(look(id).recipient[0].status, STR("02"));
    assert_str(look(id).recipient[0].status_note, STR("Không có cơ quan này"));
    world_verify();
}

static void taken_back_and_replaced_in_the_order_in_which_it_was_said(void **state)
{
    struct line line = {.refuses = STR("")};
    int64_t old = released(str_of(OTHER), 0), other = released(str_of(OTHER), 0);
    struct exchange_line to = {bring, &line};
    struct act_document_on on = {.id = other};
    struct ctx ctx = as(CLERK);
    int64_t done;

    (void)state;
    assert_err(act_document_take_back(&ctx, &on, STR("Sai số liệu")), OK);
    ctx = world_system();
    assert_err(act_exchange_send(&ctx, &to, 10, &done), OK);
    assert_int_equal(done, 2); /* the recall waits until the document is there */
    assert_int_equal(line.message.document.bussiness.type, EDXML_NEW);
    assert_int_equal(sent(&line), 1);
    assert_int_equal(line.message.document.bussiness.type, EDXML_RECALL);
    assert_str(line.message.document.bussiness.reason, STR("Sai số liệu"));
    assert_int_equal(line.message.attachment_count, 0);
    assert_str(line.message.document.document_id, str_format(world()->arena, "000.00.31.H19,2018/03/05,%" PRIstr, STR_ARG(look(other).d.code)));
    status_came(&line.message.document, EDXML_AGREED, "2018-03-05T13:00", "");
    assert_str(look(other).recipient[0].status, STR("15"));
    int64_t newer = released(str_of(OTHER), old);
    assert_int_equal(sent(&line), 1);
    assert_int_equal(line.message.document.bussiness.type, EDXML_REPLACE);
    assert_int_equal(line.message.document.bussiness.replacement_count, 1);
    assert_str(line.message.document.bussiness.replacement[0].document_id,
               str_format(world()->arena, "000.00.31.H19,2018/03/05,%" PRIstr, STR_ARG(look(old).d.code)));
    assert_int_equal(look(old).d.state, DOCUMENT_REPLACED);
    assert_int_equal(look(newer).d.state, DOCUMENT_RELEASED);
    world_verify();
}

/* ---- coming in ---- */

static struct edxml letter(const char *number, const char *subject)
{
    static struct edxml_organ to[1];
    static struct edxml_attachment file[1];
    struct edxml m = {.signature = STR("")};

    to[0] = organ(CITY_ORGAN, "UBND thành phố Biên Hòa");
    file[0] = (struct edxml_attachment){.content_id = STR("c1"), .name = STR("../Công văn.txt"), .media = STR("text/plain"), .description = STR(""), .bytes = STR("Kính gửi")};
    m.document = (struct edxml_document){
        .from = organ(OTHER, "Sở Nội vụ tỉnh Đồng Nai"), .to = to, .to_count = 1, .number = str_of(number), .notation = STR("SNV-CCHC"), .place = STR("Biên Hòa"),
        .promulgated_on = date_of(2018, 3, 5), .type = {.type = 2, .name = STR("Công văn")}, .subject = str_of(subject),
        .signer = {.position = STR("Giám đốc"), .name = STR("Nguyễn Thị Hoa")}, .other = {.priority = 1, .pages = 2}};
    m.document.document_id = edxml_document_id(world()->arena, str_of(OTHER), m.document.promulgated_on,
                                               str_format(world()->arena, "%s/SNV-CCHC", number));
    m.attachment = file;
    m.attachment_count = 1;
    return m;
}

static int64_t id_of(const struct act_exchange_receive *act)
{
    int64_t id;

    if (act->refused.n)
        fail_msg("refused: %s", str_z(world()->arena, act->refused));
    assert_err(str_parse_int(act->receipt, 1, INT64_MAX, &id), OK);
    return id;
}

static void registered(int64_t id)
{
    struct act_document d = look(id);
    struct act_document_register act = {
        .on = {.id = id}, .what = {.type = d.d.type, .subject = d.d.subject, .author = d.d.author, .code = d.d.code, .dated_on = date_of(2018, 3, 5),
                                   .signer = d.d.signer, .signer_title = d.d.signer_title, .due = DATE_NEVER, .note = STR("")}};
    struct ctx ctx = as(CLERK);

    assert_err(act_document_register(&act, &ctx), OK);
    assert_int_equal(act.on.why, DOCUMENT_ALLOWED);
}

static void what_comes_arrives_once_and_is_answered(void **state)
{
    struct line line = {.refuses = STR("")};
    struct edxml m = letter("210", "Về việc báo cáo cải cách hành chính");
    struct act_exchange_receive act = came(&m);
    int64_t id = id_of(&act), lines = world_lines();
    struct act_document d = look(id);
    struct act_exchange_of of = {.document = id};
    struct ctx ctx = as(CLERK);

    (void)state;
    assert_int_equal(d.d.state, DOCUMENT_ARRIVED);
    assert_str(d.d.type, STR("cong-van"));
    assert_str(d.d.code, STR("210/SNV-CCHC"));
    assert_str(d.d.author, STR("Sở Nội vụ tỉnh Đồng Nai"));
    assert_str(d.d.signer, STR("Nguyễn Thị Hoa"));
    assert_int_equal(d.d.urgency, URGENCY_URGENT);
    assert_true(d.d.is_electronic);
    assert_int_equal(d.file_count, 1);
    assert_err(act_exchange_of(&of, &ctx), OK);
    assert_int_equal(of.in_count, 1);
    assert_str(of.in[0].signatures, STR("[]"));
    assert_str(came(&m).receipt, act.receipt);
    assert_int_equal(world_lines(), lines);
    assert_int_equal(sent(&line), 1);
    assert_true(line.message.is_status);
    assert_int_equal(line.message.status.code, EDXML_ARRIVED);
    assert_str(line.message.status.from.id, str_of(CITY_ORGAN));
    assert_str(line.message.status.response_for.document_id, m.document.document_id);
    assert_str(line.message.status.response_for.organ, str_of(OTHER));
    registered(id);
    assert_int_equal(sent(&line), 1);
    assert_int_equal(line.message.status.code, EDXML_REGISTERED);
    struct task_order order = {.unit = world_unit(OFFICE), .role = STR("lead"), .due = date_of(2018, 3, 9)};
    struct act_document_direct direct = {.on = {.id = id}, .content = STR("Xử lý"), .task = &order, .task_count = 1};
    ctx = as(LEADER);
    assert_err(act_document_direct(&direct, &ctx), OK);
    assert_int_equal(sent(&line), 1);
    assert_int_equal(line.message.status.code, EDXML_ASSIGNED);
    world_verify();
}

static void one_that_is_returned_says_why(void **state)
{
    struct line line = {.refuses = STR("")};
    struct edxml m = letter("211", "Gửi nhầm");
    struct act_exchange_receive act = came(&m);
    struct act_document_on on = {.id = id_of(&act)};
    struct ctx ctx = as(CLERK);

    (void)state;
    assert_err(act_document_return(&ctx, &on, STR("Không thuộc thẩm quyền")), OK);
    assert_int_equal(sent(&line), 2); /* 01, then 02 */
    assert_int_equal(line.message.status.code, EDXML_REFUSED);
    assert_str(line.message.status.description, STR("Không thuộc thẩm quyền"));
    world_verify();
}

static void nothing_that_is_asked_for_happens_by_itself(void **state)
{
    struct line line = {.refuses = STR("")};
    struct edxml m = letter("212", "Sẽ thu hồi"), again = m;
    struct act_exchange_receive act = came(&m);
    int64_t id = id_of(&act);
    struct ctx ctx = as(CLERK);
    struct act_document_recall_answer no = {.on = {.id = id}, .note = STR("Đã xử lý")}, yes = {.on = {.id = id}, .is_agreed = true, .note = STR("")};

    (void)state;
    registered(id);
    sent(&line);
    again.document.bussiness = (struct edxml_bussiness){.type = EDXML_RECALL, .reason = STR("Sai nơi nhận")};
    again.attachment_count = 0;
    came(&again);
    assert_int_equal(look(id).d.state, DOCUMENT_REGISTERED);
    assert_str(look(id).d.recall, STR("withdraw"));
    assert_str(look(id).d.recall_note, STR("Sai nơi nhận"));
    int64_t lines = world_lines();
    came(&again);
    assert_int_equal(world_lines(), lines);
    assert_err(act_document_recall_answer(&no, &ctx), OK);
    assert_int_equal(sent(&line), 1);
    assert_int_equal(line.message.status.code, EDXML_DISAGREED);
    assert_str(line.message.status.description, STR("Đã xử lý"));
    status_came(&m.document, EDXML_TAKE_BACK, "2018-03-05T14:00", "Xin thu hồi lần nữa");
    assert_str(look(id).d.recall, STR("withdraw"));
    ctx = as(CLERK);
    assert_err(act_document_recall_answer(&yes, &ctx), OK);
    assert_int_equal(yes.on.why, DOCUMENT_ALLOWED);
    assert_int_equal(look(id).d.state, DOCUMENT_WITHDRAWN);
    assert_int_equal(sent(&line), 1);
    assert_int_equal(line.message.status.code, EDXML_AGREED);
    came(&again); /* it is not here any more */
    assert_int_equal(look(id).d.state, DOCUMENT_WITHDRAWN);
    world_verify();
}

static void an_update_brings_its_files_when_the_registry_agrees(void **state)
{
    struct line line = {.refuses = STR("")};
    struct edxml m = letter("213", "Sẽ cập nhật"), again;
    struct act_exchange_receive act = came(&m);
    int64_t id = id_of(&act);
    struct ctx ctx = as(CLERK);
    struct act_document_recall_answer yes = {.on = {.id = id}, .is_agreed = true, .note = STR("")};

    (void)state;
    again = m;
    again.document.bussiness = (struct edxml_bussiness){.type = EDXML_UPDATE, .reason = STR("Thêm phụ lục"), .has_document = 1};
    again.attachment[0].name = STR("Phụ lục.txt");
    again.attachment[0].bytes = STR("Danh sách");
    came(&again);
    came(&again);
    assert_str(look(id).d.recall, STR("update"));
    assert_int_equal(look(id).file_count, 1);
    assert_err(act_document_recall_answer(&yes, &ctx), OK);
    assert_int_equal(look(id).file_count, 2);
    assert_str(look(id).file[1].name, STR("Phụ lục.txt"));
    assert_int_equal(look(id).d.recall.n, 0);
    assert_int_equal(look(id).d.state, DOCUMENT_ARRIVED);
    sent(&line);
    assert_int_equal(line.message.status.code, EDXML_AGREED);
    world_verify();
}

static void an_answer_finds_what_it_answers(void **state)
{
    struct line line = {.refuses = STR("")};
    int64_t own = released(str_of(OTHER), 0);
    struct edxml m = letter("214", "Trả lời báo cáo");
    struct edxml_reference to[1] = {{.organ = str_of(CITY_ORGAN), .code = look(own).d.code, .promulgated_on = date_of(2018, 3, 5), .document_id = STR("x")}};

    (void)state;
    m.document.response_for = to;
    m.document.response_for_count = 1;
    struct act_exchange_receive act = came(&m);
    assert_int_equal(look(id_of(&act)).d.reply_to_id, own);
    sent(&line);
    world_verify();
}

/* ---- what is refused ---- */

static void strangers_bring_nothing(void **state)
{
    struct edxml m = letter("300", "Lạ");
    struct act_exchange_receive act = {.peer = STR("tinh"), .seal = STR("00")};
    struct ctx system = world_system();
    int64_t lines = world_lines();

    (void)state;
    assert_err(edxml_write(world()->arena, &m, &act.bytes, NULL), OK);
    assert_err(act_exchange_receive(&act, &system), ERR_FORBIDDEN);
    act.peer = STR("khong-co");
    act.seal = peer_seal(world()->arena, str_of(SECRET), act.bytes);
    assert_err(act_exchange_receive(&act, &system), ERR_FORBIDDEN);
    act.peer = STR("tinh");
    act.bytes = STR("<a/>");
    assert_err(act_exchange_receive(&act, &system), ERR_FORBIDDEN); /* the seal is of other bytes */
    act.seal = peer_seal(world()->arena, str_of(SECRET), act.bytes);
    assert_err(act_exchange_receive(&act, &system), OK);
    assert_true(act.refused.n > 0);
    m.document.from = organ(THIRD, "Sở khác");
    assert_true(came(&m).refused.n > 0); /* this line does not carry it */
    m = letter("301", "Không ai ở đây");
    m.document.to[0].id = STR("000.00.99.H19");
    assert_true(came(&m).refused.n > 0);
    m = letter("302", "Chưa từng đến");
    m.document.bussiness = (struct edxml_bussiness){.type = EDXML_RECALL, .reason = STR("x")};
    assert_true(came(&m).refused.n > 0);
    m = letter("303", "Chưa từng gửi");
    m.document.from.id = str_of(CITY_ORGAN);
    assert_true(status_came(&m.document, EDXML_REGISTERED, "2018-03-05T08:02", "").refused.n > 0);
    assert_int_equal(world_lines(), lines);
}

static void an_axis_may_bring_anybody(void **state)
{
    struct act_peer_save peer = {.id = the_peer, .code = STR("tinh"), .own_code = STR("bien-hoa"), .name = STR("Trục tỉnh Đồng Nai"),
                                 .address = STR("http://127.0.0.1:1"), .secret = STR(""), .documents = STR("any"), .line = STR("axis"), .is_active = true};
    struct ctx system = world_system();
    struct edxml m = letter("400", "Từ cơ quan chưa biết");
    struct act_partner_list list = {.words = STR("so khac"), .after = STR("")};
    struct line line = {.refuses = STR("")};

    (void)state;
    assert_err(act_peer_save(&peer, &system), OK);
    m.document.from = organ(THIRD, "Sở khác");
    m.document.document_id = edxml_document_id(world()->arena, str_of(THIRD), m.document.promulgated_on, STR("400/SNV-CCHC"));
    struct act_exchange_receive act = came(&m);
    assert_true(id_of(&act) > 0);
    system = world_system();
    assert_err(act_partner_list(&list, &system), OK); /* so that it can be answered */
    assert_int_equal(list.row_count, 1);
    assert_int_equal(sent(&line), 1);
    m.document.from = organ("khong hop le", "x");
    int64_t lines = world_lines();
    assert_true(came(&m).refused.n > 0);
    assert_int_equal(world_lines(), lines);
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(partners_are_named_by_who_keeps_units),
    cmocka_unit_test(what_is_released_goes_until_it_arrives),
    cmocka_unit_test(who_says_no_for_good_is_not_asked_again),
    cmocka_unit_test(taken_back_and_replaced_in_the_order_in_which_it_was_said),
    cmocka_unit_test(what_comes_arrives_once_and_is_answered),
    cmocka_unit_test(one_that_is_returned_says_why),
    cmocka_unit_test(nothing_that_is_asked_for_happens_by_itself),
    cmocka_unit_test(an_update_brings_its_files_when_the_registry_agrees),
    cmocka_unit_test(an_answer_finds_what_it_answers),
    cmocka_unit_test(strangers_bring_nothing),
    cmocka_unit_test(an_axis_may_bring_anybody),
};

WORLD_MAIN("exchange", TESTS)
