/* The whole matrix: every role tries every act on a dossier of its own ward and of another. It may exactly
 * what its rights say, and nowhere else; what is refused writes nothing. */
#include "world.h"

#include "acts/dossier_view.h"
#include "acts/figure.h"
#include "acts/people.h"
#include "acts/queue.h"
#include "acts/report.h"

enum { ROLES_MAX = 32 };

static const char WARD[] = "26041", OTHER[] = "26044", PROCEDURE[] = "1.004873";

static struct role_line *roles;
static size_t role_count;
static struct str person[ROLES_MAX][2]; /* in the ward, in another */

/* ---- one dossier in the state that an act needs, made by the system ---- */

static struct act_on on(int64_t id)
{
    return (struct act_on){.id = id, .note = STR_INIT("vì thử quyền")};
}

static int64_t received(void)
{
    return world_receive(WARD, PROCEDURE, 1, "2018-03-30T08:00");
}

static int64_t asked(void)
{
    static const struct act_defect DEFECT = {0, STR_INIT("Thiếu chữ ký")};
    struct ctx ctx = world_system();
    struct act_ask_supplement act = {.on = on(received()), .defect = &DEFECT, .defect_count = 1};

    assert_err(act_ask_supplement(&act, &ctx), OK);
    assert_int_equal(act.on.verdict.why, DOSSIER_ALLOWED);
    return act.on.id;
}

static int64_t suspended(void)
{
    struct ctx ctx = world_system();
    struct act_suspend act = {.on = on(received()), .reason = STR("expertise")};

    assert_err(act_suspend(&act, &ctx), OK);
    assert_int_equal(act.on.verdict.why, DOSSIER_ALLOWED);
    return act.on.id;
}

static int64_t finished(void)
{
    struct ctx ctx = world_system();
    struct act_finish act = {.on = on(received()), .result_no = STR("1/KQ")};

    assert_err(act_finish(&act, &ctx), OK);
    assert_int_equal(act.on.verdict.why, DOSSIER_ALLOWED);
    return act.on.id;
}

/* ---- the acts, each as somebody ---- */

static enum err do_receive(struct ctx *ctx, int64_t id)
{
    struct act_receive act = {.unit = world_unit(WARD), .procedure = world_procedure(PROCEDURE), .case_no = 1,
                              .channel = CHANNEL_COUNTER, .applicant = {.name = STR("Lê Thị Thử")}, .sets = 1, .count = 1};

    (void)id;
    return act_receive(&act, ctx);
}

static enum err do_turn_away(struct ctx *ctx, int64_t id)
{
    struct act_turn_away act = {.unit = world_unit(WARD), .procedure = world_procedure(PROCEDURE),
                                .applicant = STR("Lê Thị Thử"), .reason = STR("không đúng thẩm quyền")};

    (void)id;
    return act_turn_away(&act, ctx);
}

static enum err do_hand_over(struct ctx *ctx, int64_t id)
{
    struct act_hand_over act = {.on = on(id)};

    return act_hand_over(&act, ctx);
}

static enum err do_take(struct ctx *ctx, int64_t id)
{
    struct act_on act = on(id);

    return act_take(&act, ctx);
}

static enum err do_assign(struct ctx *ctx, int64_t id)
{
    struct act_assign act = {.on = on(id)};

    return act_assign(&act, ctx);
}

static enum err do_ask(struct ctx *ctx, int64_t id)
{
    static const struct act_defect DEFECT = {0, STR_INIT("Thiếu chữ ký")};
    struct act_ask_supplement act = {.on = on(id), .defect = &DEFECT, .defect_count = 1};

    return act_ask_supplement(&act, ctx);
}

static enum err do_supply(struct ctx *ctx, int64_t id)
{
    struct act_supply act = {.on = on(id)};

    return act_supply(&act, ctx);
}

static enum err do_suspend(struct ctx *ctx, int64_t id)
{
    struct act_suspend act = {.on = on(id), .reason = STR("expertise")};

    return act_suspend(&act, ctx);
}

static enum err do_resume(struct ctx *ctx, int64_t id)
{
    struct act_supply act = {.on = on(id)};

    return act_resume(&act, ctx);
}

static enum err do_extend(struct ctx *ctx, int64_t id)
{
    struct act_extend act = {.on = on(id), .cause = STR("phoi-hop")};

    act.new_due_at.ms = ctx->now.ms + INT64_C(30) * 24 * 3600 * 1000;
    return act_extend(&act, ctx);
}

static enum err do_finish(struct ctx *ctx, int64_t id)
{
    struct act_finish act = {.on = on(id), .result_no = STR("2/KQ")};

    return act_finish(&act, ctx);
}

static enum err do_refuse(struct ctx *ctx, int64_t id)
{
    struct act_finish act = {.on = on(id), .result_no = STR("3/KQ")};

    return act_refuse(&act, ctx);
}

static enum err do_withdraw(struct ctx *ctx, int64_t id)
{
    struct act_on act = on(id);

    return act_withdraw(&act, ctx);
}

static enum err do_stop(struct ctx *ctx, int64_t id)
{
    struct act_on act = on(id);

    return act_stop(&act, ctx);
}

static enum err do_reopen(struct ctx *ctx, int64_t id)
{
    struct act_on act = on(id);

    return act_reopen(&act, ctx);
}

static enum err do_hand_out(struct ctx *ctx, int64_t id)
{
    struct act_hand_out act = {.on = on(id), .to = STR("Lê Thị Thử"), .fee_paid = true};

    return act_hand_out(&act, ctx);
}

static enum err do_correct(struct ctx *ctx, int64_t id)
{
    struct act_correct act = {.on = on(id), .applicant = {.name = STR("Lê Thị Sửa")}};

    return act_correct(&act, ctx);
}

static enum err do_read(struct ctx *ctx, int64_t id)
{
    struct q_dossier_by_id d;
    struct dossier_view *view = ARENA_NEW(ctx->arena, struct dossier_view);

    assert_err(q_dossier_by_id(ctx->db, ctx->arena, id, &d), OK);
    return act_dossier_view(ctx, d.code, view);
}

static struct figure_question question(void)
{
    return (struct figure_question){.unit = world_unit(WARD), .from = date_of(2018, 3, 1), .to = date_of(2018, 3, 31)};
}

static enum err do_figures(struct ctx *ctx, int64_t id)
{
    struct figure_question q = question();
    struct figure_answer answer;

    (void)id;
    return act_figures(&q, ctx, &answer);
}

static enum err no_row(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    (void)arg;
    (void)row;
    (void)class;
    return OK;
}

static enum err do_records(struct ctx *ctx, int64_t id)
{
    struct figure_question q = question();

    (void)id;
    return act_figure_records(&q, FIGURE_DOSSIER_RECEIVED, ctx, no_row, NULL);
}

static enum err do_queue(struct ctx *ctx, int64_t id)
{
    struct act_queue act = {.whose = QUEUE_UNIT, .unit = world_unit(WARD), .group = -1};

    (void)id;
    return act_queue(&act, ctx);
}

static const struct cell {
    const char *name;
    enum right right;
    int64_t (*prepare)(void); /* NULL: no dossier is needed */
    enum err (*act)(struct ctx *ctx, int64_t id);
    bool writes;
} CELLS[] = {
    {"receive", RIGHT_DOSSIER_RECEIVE, NULL, do_receive, true},
    {"turn away", RIGHT_DOSSIER_RECEIVE, NULL, do_turn_away, true},
    {"hand over", RIGHT_DOSSIER_HAND_OVER, received, do_hand_over, true},
    {"take", RIGHT_DOSSIER_PROCESS, received, do_take, true},
    {"assign", RIGHT_DOSSIER_ASSIGN, received, do_assign, true},
    {"ask for papers", RIGHT_DOSSIER_SUPPLEMENT, received, do_ask, true},
    {"take papers in", RIGHT_DOSSIER_SUPPLEMENT, asked, do_supply, true},
    {"suspend", RIGHT_DOSSIER_SUSPEND, received, do_suspend, true},
    {"resume", RIGHT_DOSSIER_SUSPEND, suspended, do_resume, true},
    {"extend", RIGHT_DOSSIER_EXTEND, received, do_extend, true},
    {"finish", RIGHT_DOSSIER_FINISH, received, do_finish, true},
    {"refuse", RIGHT_DOSSIER_REFUSE, received, do_refuse, true},
    {"withdraw", RIGHT_DOSSIER_WITHDRAW, received, do_withdraw, true},
    {"stop", RIGHT_DOSSIER_STOP, received, do_stop, true},
    {"reopen", RIGHT_DOSSIER_REOPEN, finished, do_reopen, true},
    {"hand out", RIGHT_DOSSIER_HAND_OUT, finished, do_hand_out, true},
    {"correct", RIGHT_DOSSIER_CORRECT, received, do_correct, true},
    {"read", RIGHT_DOSSIER_READ, received, do_read, true},
    {"figures", RIGHT_FIGURE_READ, NULL, do_figures, false},
    {"records", RIGHT_FIGURE_READ, NULL, do_records, false},
    {"queue", RIGHT_DOSSIER_SEARCH, NULL, do_queue, false},
};
enum { CELL_COUNT = sizeof CELLS / sizeof CELLS[0] };

/* ---- the matrix ---- */

static void hire(void)
{
    struct ctx ctx = world_system();

    assert_err(act_role_list(&ctx, &roles, &role_count), OK);
    assert_true(role_count > 5 && role_count <= ROLES_MAX);
    for (size_t r = 0; r < role_count; r++) {
        for (int other = 0; other < 2; other++) {
            struct str login = str_format(world()->arena, "thu%zu.%d", r, other);
            if (str_eq(roles[r].role.code, ROLE_SYSTEM))
                continue;
            person[r][other] = login;
            world_person(str_z(world()->arena, login), other ? OTHER : WARD, str_z(world()->arena, roles[r].role.code));
        }
    }
}

static void try_cell(size_t r, const struct cell *cell, bool other)
{
    int64_t id = cell->prepare ? cell->prepare() : 0, before = world_lines();
    struct ctx ctx = world_as(person[r][other]);
    bool may = !other && roles[r].right[cell->right];
    enum err err = cell->act(&ctx, id), want = may ? OK : ERR_FORBIDDEN;

    if (err != want)
        fail_msg("%.*s, %s in %s ward: %s, not %s", STR_ARG(roles[r].role.code), cell->name, other ? "another" : "its own",
                 err_name(err), err_name(want));
    if (!may)
        assert_int_equal(world_lines(), before);
    else if (cell->writes)
        assert_true(world_lines() > before);
}

static void every_role_may_exactly_what_its_rights_say(void **state)
{
    (void)state;
    hire();
    for (size_t r = 0; r < role_count; r++) {
        if (str_eq(roles[r].role.code, ROLE_SYSTEM))
            continue;
        for (int c = 0; c < CELL_COUNT; c++) {
            try_cell(r, &CELLS[c], false);
            try_cell(r, &CELLS[c], true);
        }
    }
}

static void the_administrator_sees_no_dossier(void **state)
{
    struct ctx system = world_system();
    size_t r = 0;

    (void)state;
    assert_err(act_role_list(&system, &roles, &role_count), OK);
    while (r < role_count && !str_eq(roles[r].role.code, STR("quan-tri")))
        r++;
    assert_true(r < role_count);
    for (int right = 0; right < RIGHT__COUNT; right++)
        if (str_has_prefix(right_code((enum right)right), STR("dossier.")))
            assert_false(roles[r].right[right]);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(every_role_may_exactly_what_its_rights_say),
        cmocka_unit_test(the_administrator_sees_no_dossier),
    };

    return world_main("rights", TESTS, sizeof TESTS / sizeof TESTS[0]);
}
