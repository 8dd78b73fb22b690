/* Units, people, roles, grants, delegations: what is allowed, and above all what is not. */
#include "world.h"

#include "acts/organisation.h"
#include "acts/people.h"
#include "acts/session.h"

static int64_t calendar_id(void)
{
    struct act_unit_view u = {.id = world_unit("bien-hoa")};
    struct ctx ctx = world_system();

    assert_err(act_unit_view(&u, &ctx), OK);
    return u.unit.calendar_id;
}

static struct act_unit_add ward(const char *code)
{
    return (struct act_unit_add){
        .code = str_of(code), .name = STR("Phường Thử"), .kind = UNIT_WARD, .parent = world_unit("bien-hoa-phuong-xa"),
        .calendar = calendar_id(), .valid_from = date_of(2018, 1, 1), .valid_to = date_of(2025, 6, 30), /* as its parent */
    };
}

static struct act_unit_change unchanged(int64_t id)
{
    struct act_unit_view u = {.id = id};
    struct ctx ctx = world_system();
    struct act_unit_change c = {.id = id};

    assert_err(act_unit_view(&u, &ctx), OK);
    assert_err(date_parse(u.unit.valid_to, &c.valid_to), OK);
    c.version = u.unit.version;
    c.name = u.unit.name;
    c.short_name = u.unit.short_name;
    c.agency_code = u.unit.agency_code;
    c.address = u.unit.address;
    c.phone = u.unit.phone;
    c.calendar = u.unit.calendar_id;
    return c;
}

/* ---- units ---- */

static void a_unit_is_added_below_its_parent(void **state)
{
    struct ctx ctx = world_system();
    struct act_unit_add act = ward("90001");
    struct act_unit_view u = {.id = 0};

    (void)state;
    assert_err(act_unit_add(&act, &ctx), OK);
    u.id = act.id;
    assert_err(act_unit_view(&u, &ctx), OK);
    assert_str(u.unit.zone, STR("Asia/Ho_Chi_Minh"));
    assert_str(u.unit.short_name, STR("Phường Thử"));
    assert_str(u.parent_name, STR("30 phường, xã"));
}

static void a_unit_needs_all_it_is_made_of(void **state)
{
    struct ctx ctx = world_system();
    int64_t lines = world_lines();
    struct act_unit_add act = {.code = STR("không dấu cách"), .agency_code = STR("h"), .kind = UNIT_ROOT,
                               .parent = world_unit("bien-hoa"), .calendar = 99999999, .zone = STR("Mars/Olympus"),
                               .valid_from = date_of(2018, 1, 2), .valid_to = date_of(2018, 1, 1)};

    (void)state;
    assert_err(act_unit_add(&act, &ctx), ERR_INVALID);
    static const char *const fields[] = {"code", "agency_code", "name", "kind", "calendar", "zone", "valid_to"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (!world_problem(&ctx, fields[i]))
            fail_msg("nothing is said of %s", fields[i]);
    assert_int_equal(world_lines(), lines);
}

static void a_code_names_one_place_at_a_time(void **state)
{
    struct ctx ctx = world_system();
    struct act_unit_add first = ward("90002"), second = ward("90002");

    (void)state;
    first.valid_to = date_of(2018, 6, 30);
    assert_err(act_unit_add(&first, &ctx), OK);
    second.valid_from = date_of(2018, 6, 30);
    assert_err(act_unit_add(&second, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "code"));
    ctx = world_system();
    second.valid_from = date_of(2018, 7, 1); /* the day after, the code is free again */
    assert_err(act_unit_add(&second, &ctx), OK);
}

static void a_unit_lives_within_its_parent(void **state)
{
    struct ctx ctx = world_system();
    struct act_unit_add group = ward("90003"), child = ward("90004");

    (void)state;
    group.kind = UNIT_GROUP;
    group.valid_from = date_of(2018, 2, 1);
    group.valid_to = date_of(2018, 12, 31);
    assert_err(act_unit_add(&group, &ctx), OK);
    child.parent = group.id;
    child.valid_from = date_of(2018, 1, 31);
    assert_err(act_unit_add(&child, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "valid_from"));
    ctx = world_system();
    child.valid_from = date_of(2018, 2, 1);
    assert_err(act_unit_add(&child, &ctx), ERR_INVALID); /* outlives it */
    assert_true(world_problem(&ctx, "valid_to"));
    ctx = world_system();
    child.valid_to = date_of(2018, 12, 31);
    assert_err(act_unit_add(&child, &ctx), OK);
}

static void a_unit_that_holds_dossiers_cannot_end(void **state)
{
    struct ctx ctx = world_system();
    int64_t unit = world_unit("26032"), lines;
    struct act_unit_change act;

    (void)state;
    world_receive("26032", "1.000894", 2, "2018-03-26T08:00");
    lines = world_lines();
    act = unchanged(unit);
    act.valid_to = date_of(2018, 4, 1);
    assert_err(act_unit_change(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "valid_to"));
    assert_int_equal(world_lines(), lines);
}

static void a_unit_ends_after_those_below_it(void **state)
{
    struct ctx ctx = world_system();
    struct act_unit_add group = ward("90005"), child = ward("90006");
    struct act_unit_change end;

    (void)state;
    group.kind = UNIT_GROUP;
    assert_err(act_unit_add(&group, &ctx), OK);
    child.parent = group.id;
    assert_err(act_unit_add(&child, &ctx), OK);
    end = unchanged(group.id);
    end.valid_to = date_of(2018, 12, 31);
    assert_err(act_unit_change(&end, &ctx), ERR_INVALID);
    ctx = world_system();
    end = unchanged(child.id);
    end.valid_to = date_of(2018, 12, 31);
    assert_err(act_unit_change(&end, &ctx), OK);
    end = unchanged(group.id);
    end.valid_to = date_of(2018, 12, 31);
    assert_err(act_unit_change(&end, &ctx), OK);
}

static void who_saw_an_older_unit_is_told(void **state)
{
    struct ctx ctx = world_system();
    struct act_unit_add add = ward("90007");
    struct act_unit_change act;

    (void)state;
    assert_err(act_unit_add(&add, &ctx), OK);
    act = unchanged(add.id);
    act.phone = STR("0251 1234");
    assert_err(act_unit_change(&act, &ctx), OK);
    assert_err(act_unit_change(&act, &ctx), ERR_STALE); /* the version is that of before */
}

static void a_successor_must_be_there_on_the_day(void **state)
{
    struct ctx ctx = world_system();
    struct act_unit_add old = ward("90008"), fresh = ward("90009");
    struct act_unit_tree tree = {.day = DATE_NEVER};

    (void)state;
    assert_err(act_unit_add(&old, &ctx), OK);
    fresh.valid_from = date_of(2018, 7, 1);
    assert_err(act_unit_add(&fresh, &ctx), OK);
    struct act_unit_succeed act = {.unit = old.id, .successor = fresh.id, .since = date_of(2018, 6, 30)};
    assert_err(act_unit_succeed(&act, &ctx), ERR_INVALID);
    ctx = world_system();
    act.successor = old.id;
    assert_err(act_unit_succeed(&act, &ctx), ERR_INVALID);
    ctx = world_system();
    act.successor = fresh.id;
    act.since = date_of(2018, 7, 1);
    assert_err(act_unit_succeed(&act, &ctx), OK);
    assert_err(act_unit_tree(&tree, &ctx), OK);
    for (size_t i = 0; i < tree.line_count; i++)
        if (tree.line[i].u.id == old.id)
            assert_int_equal(tree.line[i].successor[0]->successor_id, fresh.id);
}

static void the_tree_shows_the_units_of_a_day(void **state)
{
    struct ctx ctx = world_system();
    struct act_unit_add add = ward("90010");
    struct act_unit_tree before = {.day = date_of(2018, 4, 30)}, after = {.day = date_of(2018, 5, 1)};

    (void)state;
    add.valid_from = date_of(2018, 5, 1);
    assert_err(act_unit_add(&add, &ctx), OK);
    assert_err(act_unit_tree(&before, &ctx), OK);
    assert_err(act_unit_tree(&after, &ctx), OK);
    assert_int_equal(after.line_count, before.line_count + 1);
    assert_str(after.line[0].u.code, STR("goc"));
    assert_int_equal(after.line[0].depth, 0);
    for (size_t i = 1; i < after.line_count; i++)
        assert_true(after.line[i].depth >= 1 && after.line[i].depth <= after.line[i - 1].depth + 1);
}

/* ---- people ---- */

static void a_login_has_a_form_and_one_owner(void **state)
{
    static const char *const wrong[] = {"ab", "Mai", "mai tran", "mai_tran", "mãi", ""};
    struct ctx ctx = world_system();
    struct act_person_add act = {.name = STR("Trần Thị Mai"), .unit = world_unit("26041")};
    int64_t lines = world_lines();

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ctx = world_system();
        act.login = str_of(wrong[i]);
        assert_err(act_person_add(&act, &ctx), ERR_INVALID);
        assert_true(world_problem(&ctx, "login"));
    }
    assert_int_equal(world_lines(), lines);
    ctx = world_system();
    act.login = STR("mai.tran-2");
    assert_err(act_person_add(&act, &ctx), OK);
    assert_err(act_person_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "login"));
}

static void the_system_cannot_be_changed(void **state)
{
    struct ctx ctx = world_system();
    struct act_person_change act = {.id = ctx.actor.id, .name = STR("Kẻ lạ"), .unit = world_unit("goc"), .is_active = true};
    struct act_role_define role = {.code = ROLE_SYSTEM, .name = STR("Hệ thống")};
    struct act_person_view p = {.id = ctx.actor.id};
    struct act_end end = {.valid_to = date_of(2018, 1, 1)};

    (void)state;
    assert_err(act_person_change(&act, &ctx), ERR_FORBIDDEN);
    assert_err(act_role_define(&role, &ctx), ERR_FORBIDDEN);
    assert_err(act_person_view(&p, &ctx), OK);
    end.id = p.grant[0].id;
    assert_err(act_grant_end(&end, &ctx), ERR_FORBIDDEN);
}

static void who_is_no_longer_active_is_signed_out(void **state)
{
    struct ctx ctx = world_system();
    int64_t id = world_person("sap.nghi", "26041", NULL);
    struct act_password password = {.person = id, .fresh = STR("mat khau du dai")};
    struct act_sign_in sign_in = {.login = STR("sap.nghi"), .password = STR("mat khau du dai"), .peer = STR("10.0.0.1")};
    struct act_person_change act = {.id = id, .name = STR("Nguyễn Văn Thử"), .unit = world_unit("26041"), .is_active = false};
    struct str csrf;

    (void)state;
    assert_err(act_password(&password, &ctx), OK);
    assert_err(act_sign_in(&sign_in, &ctx), OK);
    assert_int_equal(sign_in.answer, SIGN_IN_OK);
    struct ctx other = world_system();
    assert_err(act_session(&other, sign_in.token, &csrf), OK);
    ctx = world_system();
    assert_err(act_person_change(&act, &ctx), OK);
    assert_err(act_session(&other, sign_in.token, &csrf), ERR_NOT_FOUND);
    act.is_active = true; /* coming back does not bring the session back */
    assert_err(act_person_change(&act, &ctx), OK);
    assert_err(act_session(&other, sign_in.token, &csrf), ERR_NOT_FOUND);
}

/* ---- nobody gives what he does not have ---- */

static void local_admin_make(void)
{
    static const enum right rights[] = {RIGHT_PERSON_EDIT, RIGHT_GRANT_EDIT, RIGHT_DOSSIER_SEARCH};
    struct ctx ctx = world_system();
    struct act_role_define role = {.code = STR("quan-tri-phuong"), .name = STR("Quản trị phường"), .sort_no = 70,
                                   .right = rights, .right_count = 3};
    struct act_role_define small = {.code = STR("xem-danh-sach"), .name = STR("Xem danh sách"), .sort_no = 71,
                                    .right = rights + 2, .right_count = 1};

    assert_err(act_role_define(&role, &ctx), OK);
    assert_err(act_role_define(&small, &ctx), OK);
    world_person("quan.tri", "26041", "quan-tri-phuong");
}

static void a_granter_gives_only_what_he_has_there(void **state)
{
    int64_t person = world_person("nhan.quyen", "26041", NULL), lines;
    struct ctx ctx;
    struct act_grant_add act = {.person = person, .unit = world_unit("26041"), .valid_from = date_of(2018, 1, 1),
                                .valid_to = DATE_NEVER};

    (void)state;
    local_admin_make();
    lines = world_lines();
    ctx = world_as(STR("quan.tri"));
    act.role = STR("mot-cua"); /* holds rights that he lacks */
    assert_err(act_grant_add(&act, &ctx), ERR_FORBIDDEN);
    act.role = STR("xem-danh-sach");
    act.unit = world_unit("26044"); /* another ward */
    assert_err(act_grant_add(&act, &ctx), ERR_FORBIDDEN);
    act.unit = world_unit("26041");
    act.subtree = true; /* his own is for the ward alone */
    assert_err(act_grant_add(&act, &ctx), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), lines);
    act.subtree = false;
    assert_err(act_grant_add(&act, &ctx), OK);
    act.field = world_field("ho-tich"); /* less than what he has */
    assert_err(act_grant_add(&act, &ctx), OK);
}

static void a_list_of_people_ends_where_the_right_ends(void **state)
{
    struct ctx ctx = world_as(STR("quan.tri"));
    struct act_person_list list = {.unit = 0}, elsewhere = {.unit = world_unit("26044")};
    struct act_person_view p = {.id = 0};

    (void)state;
    world_person("o.phuong-khac", "26044", NULL);
    assert_err(act_person_list(&list, &ctx), OK);
    assert_true(list.row_count > 0);
    for (size_t i = 0; i < list.row_count; i++) {
        assert_int_equal(list.row[i].unit_id, world_unit("26041"));
        p.id = list.row[i].id; /* what is listed can be opened */
        assert_err(act_person_view(&p, &ctx), OK);
    }
    assert_err(act_person_list(&elsewhere, &ctx), OK);
    assert_int_equal(elsewhere.row_count, 0);
}

static void a_role_takes_no_right_that_its_maker_lacks(void **state)
{
    static const enum right wanted[] = {RIGHT_DOSSIER_SEARCH, RIGHT_UNIT_EDIT};
    struct ctx ctx = world_as(STR("quan.tri"));
    struct act_role_define act = {.code = STR("vua-moi"), .name = STR("Vua mới"), .right = wanted, .right_count = 2};
    int64_t lines = world_lines();

    (void)state;
    assert_err(act_role_define(&act, &ctx), ERR_FORBIDDEN); /* grant.edit, but not at the root */
    assert_int_equal(world_lines(), lines);
}

static void what_is_wrong_with_a_grant_is_named(void **state)
{
    struct ctx ctx = world_system();
    int64_t person = world_person("nhan.sai", "26041", NULL);
    struct act_grant_add act = {.person = person, .role = STR("khong-co"), .unit = world_unit("26041"),
                                .valid_from = date_of(2018, 2, 1), .valid_to = date_of(2018, 1, 1)};

    (void)state;
    assert_err(act_grant_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "role"));
    ctx = world_system();
    act.role = STR("mot-cua");
    assert_err(act_grant_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "valid_to"));
    ctx = world_system();
    act.valid_to = DATE_NEVER;
    act.field = 99999999;
    assert_err(act_grant_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "field"));
}

static void a_grant_can_only_become_shorter(void **state)
{
    struct ctx ctx = world_system();
    int64_t person = world_person("rut.ngan", "26041", NULL);
    struct act_grant_add add = {.person = person, .role = STR("mot-cua"), .unit = world_unit("26041"),
                                .valid_from = date_of(2018, 2, 1), .valid_to = date_of(2018, 6, 30)};

    (void)state;
    assert_err(act_grant_add(&add, &ctx), OK);
    struct act_end end = {.id = add.id, .valid_to = date_of(2018, 7, 1)};
    assert_err(act_grant_end(&end, &ctx), ERR_INVALID);
    ctx = world_system();
    end.valid_to = date_of(2018, 1, 30);
    assert_err(act_grant_end(&end, &ctx), ERR_INVALID);
    ctx = world_system();
    end.valid_to = date_of(2018, 1, 31); /* never was */
    assert_err(act_grant_end(&end, &ctx), OK);
    struct ctx who = world_as(STR("rut.ngan"));
    assert_err(right_check(&who, who.db, RIGHT_DOSSIER_RECEIVE, world_unit("26041"), 0), ERR_FORBIDDEN);
}

/* ---- delegations ---- */

static void what_is_lent_works_between_its_days_only(void **state)
{
    int64_t lender = world_person("di.phep", "26041", "mot-cua"), to = world_person("thay.the", "26041", NULL);
    struct ctx ctx = world_as(STR("di.phep")), other = world_as(STR("thay.the"));
    struct act_person_view p = {.id = lender};

    (void)state;
    assert_err(act_person_view(&p, &ctx), OK);
    assert_int_equal(p.grant_count, 1);
    struct act_delegation_add act = {.grant = p.grant[0].id, .to = to, .valid_from = date_of(2018, 4, 2),
                                     .valid_to = date_of(2018, 4, 6), .reason = STR("Nghỉ phép")};
    assert_err(right_check(&other, other.db, RIGHT_DOSSIER_RECEIVE, world_unit("26041"), 0), ERR_FORBIDDEN);
    assert_err(act_delegation_add(&act, &ctx), OK);
    assert_err(right_check(&other, other.db, RIGHT_DOSSIER_RECEIVE, world_unit("26041"), 0), OK);
    other.now.ms += INT64_C(5) * 24 * 3600 * 1000; /* 7 April */
    assert_err(right_check(&other, other.db, RIGHT_DOSSIER_RECEIVE, world_unit("26041"), 0), ERR_FORBIDDEN);
}

static void a_delegation_is_refused_where_it_must_be(void **state)
{
    int64_t lender = world_person("cho.muon", "26041", NULL), to = world_person("muon.quyen", "26041", NULL), lines;
    struct ctx sys = world_system(), ctx = world_as(STR("muon.quyen"));
    struct act_grant_add grant = {.person = lender, .role = STR("mot-cua"), .unit = world_unit("26041"),
                                  .valid_from = date_of(2018, 1, 1), .valid_to = date_of(2018, 6, 30)};

    (void)state;
    assert_err(act_grant_add(&grant, &sys), OK);
    struct act_delegation_add act = {.grant = grant.id, .to = to, .valid_from = date_of(2018, 4, 2),
                                     .valid_to = date_of(2018, 4, 6), .reason = STR("Tự lấy")};
    lines = world_lines();
    assert_err(act_delegation_add(&act, &ctx), ERR_FORBIDDEN); /* not his grant */
    ctx = world_as(STR("cho.muon"));
    act.to = lender; /* to himself */
    assert_err(act_delegation_add(&act, &ctx), ERR_INVALID);
    ctx = world_as(STR("cho.muon"));
    act.to = to;
    act.valid_to = date_of(2018, 7, 1); /* longer than the grant */
    assert_err(act_delegation_add(&act, &ctx), ERR_INVALID);
    ctx = world_as(STR("cho.muon"));
    act.valid_to = date_of(2018, 4, 6);
    act.reason = STR(" ");
    assert_err(act_delegation_add(&act, &ctx), ERR_INVALID);
    assert_true(world_problem(&ctx, "reason"));
    assert_int_equal(world_lines(), lines);
    ctx = world_as(STR("cho.muon"));
    act.reason = STR("Đi học");
    assert_err(act_delegation_add(&act, &ctx), OK);
    struct act_end end = {.id = act.id, .valid_to = date_of(2018, 4, 3)};
    ctx = world_as(STR("muon.quyen")); /* the borrower cannot end it, the lender can */
    assert_err(act_delegation_end(&end, &ctx), ERR_FORBIDDEN);
    ctx = world_as(STR("cho.muon"));
    assert_err(act_delegation_end(&end, &ctx), OK);
}

static void what_was_lent_cannot_be_given_on(void **state)
{
    int64_t to = world_person("muon.quan", "26041", NULL), third = world_person("nguoi.ba", "26041", NULL);
    struct ctx ctx = world_as(STR("quan.tri"));
    struct act_person_view p = {.id = ctx.actor.id};

    (void)state;
    assert_err(act_person_view(&p, &ctx), OK);
    struct act_delegation_add lend = {.grant = p.grant[0].id, .to = to, .valid_from = date_of(2018, 4, 1),
                                      .valid_to = date_of(2018, 4, 30), .reason = STR("Đi công tác")};
    assert_err(act_delegation_add(&lend, &ctx), OK);
    struct act_grant_add act = {.person = third, .role = STR("xem-danh-sach"), .unit = world_unit("26041"),
                                .valid_from = date_of(2018, 4, 1), .valid_to = DATE_NEVER};
    struct ctx borrower = world_as(STR("muon.quan"));
    assert_err(act_grant_add(&act, &borrower), ERR_FORBIDDEN);
}

/* ---- without the right, nothing ---- */

static void nothing_is_written_without_the_right(void **state)
{
    int64_t me = world_person("khong.quyen", "26041", "mot-cua"), other = world_person("nguoi.khac", "26044", NULL);
    struct ctx ctx = world_as(STR("khong.quyen"));
    struct act_unit_add unit = ward("90011");
    struct act_unit_change change = unchanged(world_unit("26044"));
    struct act_unit_succeed succeed = {.unit = world_unit("26044"), .successor = world_unit("26041"), .since = date_of(2018, 7, 1)};
    struct act_field_set field = {.code = STR("moi"), .name = STR("Mới")};
    struct act_reason_set reason = {.kind = STR("lateness"), .code = STR("moi"), .name = STR("Mới")};
    struct act_person_add person = {.login = STR("them.nguoi"), .name = STR("Ai đó"), .unit = world_unit("26041")};
    struct act_person_change rename = {.id = other, .name = STR("Tên khác"), .unit = world_unit("26044"), .is_active = true};
    struct act_role_define role = {.code = STR("mot-cua"), .name = STR("Một cửa")};
    struct act_grant_add grant = {.person = me, .role = STR("lanh-dao"), .unit = world_unit("26041"),
                                  .valid_from = date_of(2018, 1, 1), .valid_to = DATE_NEVER};
    struct act_person_list list = {.unit = 0};
    struct act_person_view view = {.id = other};
    int64_t lines = world_lines();

    (void)state;
    assert_err(act_unit_add(&unit, &ctx), ERR_FORBIDDEN);
    assert_err(act_unit_change(&change, &ctx), ERR_FORBIDDEN);
    assert_err(act_unit_succeed(&succeed, &ctx), ERR_FORBIDDEN);
    assert_err(act_field_set(&field, &ctx), ERR_FORBIDDEN);
    assert_err(act_reason_set(&reason, &ctx), ERR_FORBIDDEN);
    assert_err(act_person_add(&person, &ctx), ERR_FORBIDDEN);
    assert_err(act_person_change(&rename, &ctx), ERR_FORBIDDEN);
    assert_err(act_role_define(&role, &ctx), ERR_FORBIDDEN);
    assert_err(act_grant_add(&grant, &ctx), ERR_FORBIDDEN);
    assert_err(act_person_list(&list, &ctx), ERR_FORBIDDEN);
    assert_err(act_person_view(&view, &ctx), ERR_FORBIDDEN);
    assert_int_equal(world_lines(), lines);
    assert_int_equal(ctx.problems.count, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_unit_is_added_below_its_parent),
    cmocka_unit_test(a_unit_needs_all_it_is_made_of),
    cmocka_unit_test(a_code_names_one_place_at_a_time),
    cmocka_unit_test(a_unit_lives_within_its_parent),
    cmocka_unit_test(a_unit_that_holds_dossiers_cannot_end),
    cmocka_unit_test(a_unit_ends_after_those_below_it),
    cmocka_unit_test(who_saw_an_older_unit_is_told),
    cmocka_unit_test(a_successor_must_be_there_on_the_day),
    cmocka_unit_test(the_tree_shows_the_units_of_a_day),
    cmocka_unit_test(a_login_has_a_form_and_one_owner),
    cmocka_unit_test(the_system_cannot_be_changed),
    cmocka_unit_test(who_is_no_longer_active_is_signed_out),
    cmocka_unit_test(a_granter_gives_only_what_he_has_there),
    cmocka_unit_test(a_list_of_people_ends_where_the_right_ends),
    cmocka_unit_test(a_role_takes_no_right_that_its_maker_lacks),
    cmocka_unit_test(what_is_wrong_with_a_grant_is_named),
    cmocka_unit_test(a_grant_can_only_become_shorter),
    cmocka_unit_test(what_is_lent_works_between_its_days_only),
    cmocka_unit_test(a_delegation_is_refused_where_it_must_be),
    cmocka_unit_test(what_was_lent_cannot_be_given_on),
    cmocka_unit_test(nothing_is_written_without_the_right),
};
WORLD_MAIN("organisation", tests)
