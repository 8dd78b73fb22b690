/* The register of certificates: from the request to the token that is back; people who move; who may sign; what is refused. */
#include "world.h"

#include "acts/certificate.h"
#include "acts/document.h"
#include "acts/people.h"
#include "certificates.h"
#include "sql_person.h"
#include "store/journal.h"

static const char CITY[] = "bien-hoa", OFFICE[] = "phong-noi-vu", OTHER_OFFICE[] = "phong-tu-phap";
static const char KEEPER[] = "vt.nv", OWNER[] = "tp.nv", COLLEAGUE[] = "pp.nv", STRANGER[] = "cv.tp", MAYOR[] = "ct.bh";

static struct ctx as(const char *login)
{
    return world_as(str_of(login));
}

static int64_t person(const char *login)
{
    return as(login).actor.id;
}

static struct date day(int month, int d)
{
    return date_of(2018, month, d);
}

static void people_come_to_work(void **state)
{
    (void)state;
    world_now("2018-03-05T08:00");
    world_person(KEEPER, OFFICE, "van-thu");
    world_person(OWNER, OFFICE, "lanh-dao-phong");
    world_person(COLLEAGUE, OFFICE, "chuyen-vien");
    world_person(STRANGER, OTHER_OFFICE, "chuyen-vien");
    world_person(MAYOR, CITY, "lanh-dao");
}

/* ---- asking ---- */

static struct act_certificate_request wanted(enum certificate_kind kind, const struct certificate_wish *wish, size_t count)
{
    return (struct act_certificate_request){.unit = world_unit(OFFICE), .kind = kind, .number = STR("12/ĐN-PNV"), .on = ctx_today(&world()->ctx), .note = STR(""),
                                            .wish = wish, .wish_count = count};
}

static struct certificate_wish wish_of(const char *login)
{
    return (struct certificate_wish){.person = person(login), .birth = date_of(1970, 2, 3), .id_no = STR("271234567")};
}

/* The id of the first certificate that a request asks for. */
static int64_t first_of(int64_t request)
{
    static struct ctx ctx;
    struct q_certificate_of_request *row;
    size_t count;

    ctx = as(KEEPER);
    assert_err(act_certificate_requested(&ctx, request, &row, &count), OK);
    assert_true(count > 0);
    return row[0].id;
}

static int64_t asked(enum certificate_kind kind, const char *login)
{
    struct ctx ctx = as(KEEPER);
    struct certificate_wish wish = wish_of(login);
    struct act_certificate_request act = wanted(kind, &wish, 1);

    assert_err(act_certificate_request(&act, &ctx), OK);
    return first_of(act.id);
}

static struct act_certificate look(const char *login, int64_t id)
{
    static struct ctx ctx;
    struct act_certificate act = {.id = id};

    ctx = as(login);
    assert_err(act_certificate(&act, &ctx), OK);
    return act;
}

static enum err step_by(const char *login, int64_t id, enum certificate_act what, struct act_certificate_change *act)
{
    struct ctx ctx = as(login);

    act->id = id;
    act->act = what;
    act->on = act->on.day ? act->on : ctx_today(&ctx);
    return act_certificate_change(act, &ctx);
}

static void step(int64_t id, enum certificate_act what)
{
    struct act_certificate_change act = {.number = STR("05/BB"), .note = STR("")};

    assert_err(step_by(KEEPER, id, what, &act), OK);
    assert_int_equal(act.why, CERTIFICATE_ALLOWED);
}

static enum err issue(int64_t id, const char *pem, struct ctx *ctx)
{
    struct act_certificate_issue act = {.id = id, .file = str_of(pem), .token = STR("VGCA-0001"), .number = STR("99/CTS-CNTT"), .is_public_service = true};

    *ctx = as(KEEPER);
    act.on = ctx_today(ctx);
    enum err err = act_certificate_issue(&act, ctx);
    if (!err)
        assert_int_equal(act.why, CERTIFICATE_ALLOWED);
    return err;
}

static int64_t living(enum certificate_kind kind, const char *login, const char *pem)
{
    struct ctx ctx;
    int64_t id = asked(kind, login);

    step(id, CERTIFICATE_SEND);
    assert_err(issue(id, pem, &ctx), OK);
    step(id, CERTIFICATE_HAND_OVER);
    step(id, CERTIFICATE_RECEIVE);
    return id;
}

static enum certificate_signs judged(const char *login, const char *unit, const char *pem)
{
    static struct ctx ctx;
    struct certificate_signer who = {.person = login ? person(login) : 0, .unit = world_unit(unit)};
    struct certificate_judgement j;

    ctx = as(KEEPER);
    assert_err(act_certificate_may_sign(&ctx, &who, str_of(pem), ctx.now, &j), OK);
    return j.why;
}

/* ---- the way ---- */

static void a_certificate_lives(void **state)
{
    struct ctx ctx;
    int64_t id = asked(CERTIFICATE_PERSON, OWNER);

    (void)state;
    assert_int_equal(look(OWNER, id).shown, CERTIFICATE_SHOWN_WAITING);
    assert_int_equal(look(OWNER, id).c.is_leader, 1);
    step(id, CERTIFICATE_SEND);
    assert_err(issue(id, PEM_PERSON, &ctx), OK);
    struct act_certificate c = look(KEEPER, id);
    assert_str(c.c.serial, STR("5401"));
    assert_str(c.c.ends_on, STR("2021-03-01")); /* the last second of February in UTC is in March here */
    assert_int_equal(judged(OWNER, OFFICE, PEM_PERSON), CERTIFICATE_NOT_ACTIVE);
    step(id, CERTIFICATE_HAND_OVER);
    struct act_certificate_change act = {.number = STR(""), .note = STR("")};
    assert_err(step_by(OWNER, id, CERTIFICATE_RECEIVE, &act), OK); /* the owner confirms himself */
    assert_int_equal(look(OWNER, id).shown, CERTIFICATE_SHOWN_ACTIVE);
    assert_int_equal(judged(OWNER, OFFICE, PEM_PERSON), CERTIFICATE_SIGNS);
    assert_int_equal(judged(COLLEAGUE, OFFICE, PEM_PERSON), CERTIFICATE_OTHERS);
    assert_int_equal(judged(NULL, OFFICE, PEM_PERSON), CERTIFICATE_WRONG_KIND);
    act = (struct act_certificate_change){.reason = CERTIFICATE_LOST, .number = STR(""), .note = STR("")};
    assert_err(step_by(OWNER, id, CERTIFICATE_SUSPEND, &act), OK); /* who lost it says so at once */
    assert_int_equal(judged(OWNER, OFFICE, PEM_PERSON), CERTIFICATE_IS_SUSPENDED);
    step(id, CERTIFICATE_RESUME);
    act = (struct act_certificate_change){.reason = CERTIFICATE_COMPROMISED, .number = STR("7/QĐ"), .note = STR("")};
    assert_err(step_by(KEEPER, id, CERTIFICATE_REVOKE, &act), OK);
    assert_int_equal(judged(OWNER, OFFICE, PEM_PERSON), CERTIFICATE_IS_REVOKED);
    step(id, CERTIFICATE_RETURN);
    c = look(KEEPER, id);
    assert_int_equal(c.shown, CERTIFICATE_SHOWN_REVOKED);
    assert_int_equal(c.event_count, 9);
    assert_false(c.may[CERTIFICATE_RETURN]);
    world_verify();
}

static void what_is_refused_writes_nothing(void **state)
{
    struct ctx ctx = as(STRANGER);
    struct certificate_wish wish = wish_of(COLLEAGUE);
    struct act_certificate_request act = wanted(CERTIFICATE_PERSON, &wish, 1);
    int64_t id = asked(CERTIFICATE_PERSON, COLLEAGUE), lines = world_lines();

    (void)state;
    assert_err(act_certificate_request(&act, &ctx), ERR_FORBIDDEN);
    struct act_certificate one = {.id = id};
    assert_err(act_certificate(&one, &ctx), ERR_NOT_FOUND);
    struct act_certificate_list list = {.shown = -1};
    assert_err(act_certificate_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 0);
    assert_err(act_certificate_export(&list, &ctx), ERR_FORBIDDEN);
    struct act_certificate_figures f = {.unit = world_unit(OFFICE), .from = day(1, 1), .to = day(3, 5), .as_of = ctx.now};
    assert_err(act_certificate_figures(&f, &ctx), ERR_FORBIDDEN);
    assert_err(act_certificate_complete(&ctx, world_unit(OFFICE), day(3, 1)), ERR_FORBIDDEN);
    struct act_certificate_change change = {.number = STR(""), .note = STR("")};
    assert_err(step_by(STRANGER, id, CERTIFICATE_SEND, &change), ERR_NOT_FOUND);
    assert_err(step_by(COLLEAGUE, id, CERTIFICATE_SEND, &change), ERR_FORBIDDEN);
    assert_err(step_by(OWNER, id, CERTIFICATE_SEND, &change), ERR_FORBIDDEN); /* a head reads the register */
    assert_int_equal(look(OWNER, id).c.id_no.n, 0);
    assert_true(look(COLLEAGUE, id).c.id_no.n > 0);
    ctx = as(KEEPER);
    wish.id_no = STR("12");
    act = wanted(CERTIFICATE_PERSON, &wish, 1);
    assert_err(act_certificate_request(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "id_no-1"));
    ctx = as(KEEPER);
    wish = wish_of(STRANGER);
    act = wanted(CERTIFICATE_PERSON, &wish, 1);
    assert_err(act_certificate_request(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "person-1"));
    assert_int_equal(world_lines(), lines);
}

static void bad_files_are_refused(void **state)
{
    struct ctx ctx;
    int64_t id = asked(CERTIFICATE_PERSON, COLLEAGUE), unit = asked(CERTIFICATE_ORGANISATION, KEEPER), lines = world_lines();

    (void)state;
    assert_err(issue(id, "", &ctx), ERR_INVALID);
    assert_err(issue(id, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "file"));
    assert_err(issue(id, PEM_OTHER, &ctx), ERR_INVALID);
    assert_err(issue(id, PEM_LONG, &ctx), ERR_INVALID);
    assert_err(issue(id, PEM_UNIT, &ctx), ERR_INVALID);
    assert_err(issue(id, PEM_PERSON, &ctx), ERR_INVALID); /* the register has this serial number already */
    assert_int_equal(world_lines(), lines);
    assert_err(issue(unit, PEM_UNIT, &ctx), OK);
    step(unit, CERTIFICATE_HAND_OVER);
    step(unit, CERTIFICATE_RECEIVE);
    assert_int_equal(judged(NULL, OFFICE, PEM_UNIT), CERTIFICATE_SIGNS);
    assert_int_equal(judged(NULL, OTHER_OFFICE, PEM_UNIT), CERTIFICATE_OTHERS);
    world_verify();
}

/* ---- people move ---- */

static void move(const char *login, const char *unit, const char *title, bool is_active)
{
    struct ctx ctx = world_system();
    struct q_person_by_login p;

    assert_err(q_person_by_login(world()->db, world()->arena, str_of(login), &p), OK);
    struct act_person_change act = {.id = p.id, .name = p.name, .title = str_of(title), .email = p.email, .phone = p.phone, .unit = world_unit(unit), .is_active = is_active};
    assert_err(act_person_change(&act, &ctx), OK);
}

static size_t reviews_of(const char *login)
{
    static struct ctx ctx;
    struct q_certificate_review_waiting *row;
    size_t count;

    ctx = as(login);
    assert_err(act_certificate_reviews(&ctx, &row, &count), OK);
    return count;
}

static void who_moves_is_reviewed(void **state)
{
    int64_t id = living(CERTIFICATE_PERSON, COLLEAGUE, PEM_SECOND);
    struct act_certificate_change act = {.number = STR(""), .note = STR("")};

    (void)state;
    assert_int_equal(judged(COLLEAGUE, OFFICE, PEM_SECOND), CERTIFICATE_SIGNS);
    size_t before = reviews_of(KEEPER);
    move(COLLEAGUE, OFFICE, "Phó Trưởng phòng", true);
    assert_int_equal(reviews_of(KEEPER), before + 3); /* and of two that are only asked for */
    assert_int_equal(reviews_of(STRANGER), 0);
    assert_int_equal(judged(COLLEAGUE, OFFICE, PEM_SECOND), CERTIFICATE_IN_REVIEW);
    assert_err(step_by(KEEPER, id, CERTIFICATE_REVIEW, &act), ERR_INVALID); /* a decision, and why */
    act = (struct act_certificate_change){.decision = CERTIFICATE_KEEP, .number = STR(""), .note = STR("Cùng đơn vị")};
    assert_err(step_by(OWNER, id, CERTIFICATE_REVIEW, &act), ERR_FORBIDDEN);
    assert_err(step_by(KEEPER, id, CERTIFICATE_REVIEW, &act), OK);
    assert_int_equal(judged(COLLEAGUE, OFFICE, PEM_SECOND), CERTIFICATE_SIGNS);
    move(COLLEAGUE, OTHER_OFFICE, "Trưởng phòng", true);
    act.decision = CERTIFICATE_ASK_NEW;
    act.on = (struct date){0};
    assert_err(step_by(KEEPER, id, CERTIFICATE_REVIEW, &act), OK);
    /* The token is still in the hand: the position is not. */
    assert_int_equal(judged(COLLEAGUE, OTHER_OFFICE, PEM_SECOND), CERTIFICATE_NOT_IN_POSITION);
    move(COLLEAGUE, OTHER_OFFICE, "Trưởng phòng", false);
    act = (struct act_certificate_change){.decision = CERTIFICATE_KEEP, .number = STR(""), .note = STR("Nghỉ việc")};
    assert_err(step_by(KEEPER, id, CERTIFICATE_REVIEW, &act), ERR_INVALID); /* nobody is there to keep it */
    act.decision = CERTIFICATE_TAKE_BACK;
    assert_err(step_by(KEEPER, id, CERTIFICATE_REVIEW, &act), OK);
    assert_int_equal(look(KEEPER, id).shown, CERTIFICATE_SHOWN_REVOKED);
    world_verify();
}

/* ---- lists, figures ---- */

static struct certificate_row row_of(const char *serial, const char *unit)
{
    return (struct certificate_row){.line = 2, .unit = world_unit(unit), .kind = CERTIFICATE_PERSON, .login = STR(""), .name = STR("Lê Văn Giấy"), .title = STR("Trưởng phòng"),
                                    .token = STR("VGCA-9"), .serial = str_of(serial), .subject = STR(""), .issuer = STR("CA giấy"), .number = STR("1/GT"),
                                    .is_leader = true, .is_public_service = true, .from = date_of(2017, 5, 1), .to = date_of(2018, 4, 30)};
}

static void a_list_is_entered_line_by_line(void **state)
{
    struct ctx ctx = as(KEEPER);
    struct certificate_row row[] = {row_of("AB01", OFFICE), row_of("ab02", OFFICE), row_of("AB01", OFFICE), row_of("XY", OFFICE), row_of("AB03", OTHER_OFFICE),
                                    row_of("AB04", OFFICE), row_of("AB05", OFFICE)};
    struct act_certificate_enter act = {.row = row, .row_count = sizeof row / sizeof row[0]};

    (void)state;
    row[5].login = STR("khong.co");
    row[6].to = date_of(2016, 1, 1);
    assert_err(act_certificate_enter(&act, &ctx), OK);
    assert_int_equal(act.entered, 2);
    assert_false(row[0].is_refused || row[1].is_refused);
    assert_int_equal(row[2].problem, WORD_CERTIFICATE_PROBLEM_SAME_SERIAL);
    assert_int_equal(row[3].problem, WORD_CERTIFICATE_PROBLEM_SERIAL);
    assert_int_equal(row[4].problem, WORD_CERTIFICATE_PROBLEM_NOT_YOURS);
    assert_int_equal(row[5].problem, WORD_CERTIFICATE_PROBLEM_NO_PERSON);
    assert_int_equal(row[6].problem, WORD_CERTIFICATE_PROBLEM_DATES);
    struct act_certificate_list list = {.shown = CERTIFICATE_SHOWN_ENDING, .words = STR("le van giay")};
    assert_err(act_certificate_list(&list, &ctx), OK);
    assert_int_equal(list.row_count, 2);
    assert_int_equal(list.count[CERTIFICATE_SHOWN_ENDING], 2);
    struct act_certificate_renew renew = {.id = list.row[0].id, .purpose = CERTIFICATE_RENEWAL, .number = STR(""), .on = ctx_today(&ctx)};
    world_now("2018-04-02T08:00"); /* 28 days are left */
    ctx = as(KEEPER);
    renew.on = ctx_today(&ctx);
    assert_err(act_certificate_renew(&renew, &ctx), OK);
    assert_int_equal(renew.why, CERTIFICATE_TOO_LATE);
    world_verify();
}

static void a_file_says_what_became_of_each_line(void **state)
{
    struct ctx ctx = as(KEEPER);
    struct act_certificate_import act = {.file = STR("a,b\n1,2\n")};

    (void)state;
    assert_err(act_certificate_import(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "file"));
    act.file = STR("Unit code;Owner;Kind;Token;Serial number;Issuer;Issued on;Ends;Leader\n"
                   "phong-noi-vu;Phạm Văn Tệp;Cá nhân;V-1;CC01;CA tệp;01/02/2017;31/01/2022;có\n"
                   "phong-noi-vu;Phạm Văn Tệp;Cá nhân;V-1;CC01;CA tệp;01/02/2017;31/01/2022;có\n"
                   "khong-co;Phạm Văn Tệp;Cá nhân;V-1;CC02;CA tệp;01/02/2017;31/01/2022;\n"
                   "phong-noi-vu;Phạm Văn Tệp;Robot;V-1;CC03;CA tệp;01/02/2017;31/01/2022;\n"
                   "phong-noi-vu;Phạm Văn Tệp;Cá nhân;V-1;CC04;CA tệp;01/02/17xx;31/01/2022;\n"
                   "phong-noi-vu;thiếu\n");
    ctx = as(KEEPER);
    assert_err(act_certificate_import(&act, &ctx), OK);
    assert_int_equal(act.list.row_count, 6);
    assert_int_equal(act.list.entered, 1);
    assert_int_equal(act.list.row[1].problem, WORD_CERTIFICATE_PROBLEM_SAME_SERIAL);
    assert_int_equal(act.list.row[2].problem, WORD_CERTIFICATE_PROBLEM_NO_UNIT);
    assert_int_equal(act.list.row[3].problem, WORD_CERTIFICATE_PROBLEM_KIND);
    assert_int_equal(act.list.row[4].problem, WORD_CERTIFICATE_PROBLEM_DAY);
    assert_int_equal(act.list.row[5].problem, WORD_CERTIFICATE_PROBLEM_LINE);
    assert_int_equal(act.list.row[5].line, 7);
    ctx = as(STRANGER);
    assert_err(act_certificate_import(&act, &ctx), ERR_FORBIDDEN);
    world_verify();
}

static void warnings_come_once(void **state)
{
    struct ctx ctx = world_system();
    struct q_certificate_warned *row;
    size_t count;
    int64_t done;

    (void)state;
    assert_err(act_certificate_warn(&ctx, 100, &done), OK);
    assert_int_equal(done, 2);
    assert_err(act_certificate_warn(&ctx, 100, &done), OK);
    assert_int_equal(done, 0);
    ctx = as(KEEPER);
    assert_err(act_certificate_warned(&ctx, &row, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(row[0].days, 30);
    ctx = as(STRANGER);
    assert_err(act_certificate_warned(&ctx, &row, &count), OK);
    assert_int_equal(count, 0);
    world_now("2018-04-25T08:00");
    ctx = world_system();
    assert_err(act_certificate_warn(&ctx, 100, &done), OK);
    assert_int_equal(done, 2);
    world_verify();
}

static size_t counted(const struct act_certificate_figures *f, enum certificate_figure which)
{
    size_t n = 0;

    for (size_t i = 0; i < f->row_count; i++)
        n += certificate_counts(&f->row[i], which);
    return n;
}

static int64_t signed_document;

/* A document, signed as acts of documents write it. */
static enum err signed_in_transaction(struct db *tx, void *arg)
{
    struct ctx ctx = as(OWNER);
    struct json p = json_new_object(ctx.arena);
    struct journal_entry e = {.unit = STR("goc"), .happened_at = ctx.now, .recorded_at = ctx.now, .actor = ctx.actor.id, .act = STR("document.sign"),
                              .subject_kind = STR("document"), .payload = p};

    e.subject_id = signed_document;
    json_put_int(p, "state", DOCUMENT_SIGNED);
    json_put_int(p, "holder", 0);
    certificate_put_use(&ctx, p, *(int64_t *)arg, ctx.now);
    return journal_append(tx, ctx.arena, &e);
}

static void sign_with(int64_t certificate)
{
    struct ctx ctx = as(OWNER);
    struct act_document_draft draft = {.unit = world_unit(OFFICE), .type = STR("bao-cao"), .subject = STR("Báo cáo"), .addressee = STR(""), .body = STR("Đã làm."),
                                       .to_act = STR(""), .to_know = STR(""), .authority = STR(""), .due = DATE_NEVER, .copies = 1, .note = STR("")};

    assert_err(act_document_draft(&draft, &ctx), OK);
    signed_document = draft.on.id;
    assert_err(db_transact(world()->db, signed_in_transaction, &certificate), OK);
}

static void issued_active_and_used_are_three_figures(void **state)
{
    struct ctx ctx = as(KEEPER);
    struct act_certificate_figures f = {.unit = world_unit(OFFICE), .from = day(1, 1), .to = day(3, 31), .as_of = ctx.now};

    (void)state;
    assert_err(act_certificate_figures(&f, &ctx), OK);
    /* 5401 revoked, 5402 taken back, 5404 of the unit, two of the list, one of the file */
    assert_int_equal(counted(&f, CERTIFICATE_FIGURE_ISSUED), 6);
    assert_int_equal(counted(&f, CERTIFICATE_FIGURE_ACTIVE), 4);
    assert_int_equal(counted(&f, CERTIFICATE_FIGURE_USED), 0);
    assert_int_equal(f.leaders, 3);
    assert_int_equal(f.leaders_used, 0);
    sign_with(f.row[f.row_count - 1].id);
    ctx = as(KEEPER);
    f.to = ctx_today(&ctx);
    f.as_of = ctx.now;
    assert_err(act_certificate_figures(&f, &ctx), OK);
    assert_int_equal(counted(&f, CERTIFICATE_FIGURE_USED), 1);
    world_verify();
    f.to = date_of(2017, 12, 31); /* as it was then: what was known today of it */
    assert_err(act_certificate_figures(&f, &ctx), OK);
    assert_int_equal(counted(&f, CERTIFICATE_FIGURE_ISSUED), 3);
    f.as_of = world_at("2018-03-05T07:00"); /* and what was known before the list was entered */
    assert_err(act_certificate_figures(&f, &ctx), OK);
    assert_int_equal(counted(&f, CERTIFICATE_FIGURE_ISSUED), 0);
    assert_err(act_certificate_figures_export(&f, &ctx), OK);
    ctx = as(MAYOR);
    f.unit = world_unit(OFFICE);
    assert_err(act_certificate_figures(&f, &ctx), ERR_FORBIDDEN); /* the grant is of the city alone */
}

static void a_complete_register_knows_all(void **state)
{
    struct ctx ctx = as(KEEPER);

    (void)state;
    assert_int_equal(judged(OWNER, OFFICE, PEM_OTHER), CERTIFICATE_UNKNOWN_FREE);
    assert_err(act_certificate_complete(&ctx, world_unit(OFFICE), ctx_today(&ctx)), OK);
    assert_int_equal(judged(OWNER, OFFICE, PEM_OTHER), CERTIFICATE_UNKNOWN);
    assert_int_equal(judged(OWNER, OTHER_OFFICE, PEM_OTHER), CERTIFICATE_UNKNOWN_FREE);
    ctx = as(KEEPER);
    assert_err(act_certificate_complete(&ctx, world_unit(OFFICE), DATE_NEVER), OK);
    assert_int_equal(judged(OWNER, OFFICE, PEM_OTHER), CERTIFICATE_UNKNOWN_FREE);
    world_verify();
}

static const struct CMUnitTest TESTS[] = {
    cmocka_unit_test(people_come_to_work),
    cmocka_unit_test(a_certificate_lives),
    cmocka_unit_test(what_is_refused_writes_nothing),
    cmocka_unit_test(bad_files_are_refused),
    cmocka_unit_test(who_moves_is_reviewed),
    cmocka_unit_test(a_list_is_entered_line_by_line),
    cmocka_unit_test(a_file_says_what_became_of_each_line),
    cmocka_unit_test(warnings_come_once),
    cmocka_unit_test(issued_active_and_used_are_three_figures),
    cmocka_unit_test(a_complete_register_knows_all),
};

WORLD_MAIN("certificate", TESTS)
