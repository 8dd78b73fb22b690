/* The quarter happens: each planned event is done by the person who would do it, at its time,
 * through the same acts as in the web. */
#include <unistd.h>

#include "acts/dossier.h"
#include "app/demo_plan.h"
#include "sql_dossier.h"

enum { GROUP = 2000, GROUP_BYTES = 512 << 20 };

struct doing {
    struct session *s;
    const struct demo_staff *staff;
    struct demo_plan *plan;
    struct demo_names *names;
    struct arena *group;          /* emptied after each commit */
    struct random random, before; /* `before`: as it was at the group's start, should it be run again */
    size_t from, to;
    const struct demo_event *failed_at;
};

static const struct demo_counter *counter_of(const struct doing *d, const struct demo_event *e)
{
    return &d->plan->counter[d->plan->dossier[e->dossier].counter];
}

static const struct demo_procedure *procedure_of(const struct doing *d, const struct demo_event *e)
{
    return &counter_of(d, e)->procedure[d->plan->dossier[e->dossier].procedure];
}

static void act_as(struct doing *d, const struct demo_person *who)
{
    d->s->ctx.actor = (struct actor){who->id, who->login, who->name, who->title, who->unit, who->unit_name, who->unit_code};
}

static const struct demo_person *clerk_of(const struct doing *d, const struct demo_event *e)
{
    return demo_staff_of(d->staff, counter_of(d, e)->office.unit.id, STR("mot-cua"), e->dossier);
}

/* Who answers for the counter: the head of the ward, or one of the city's. */
static const struct demo_person *leader_of(const struct doing *d, const struct demo_event *e)
{
    const struct q_unit_by_id *unit = &counter_of(d, e)->office.unit;
    bool of_city = str_eq(unit->kind, STR("counter"));

    return demo_staff_of(d->staff, of_city ? unit->parent_id : unit->id, STR("lanh-dao"), e->dossier);
}

/* Who holds it now acts; if nobody does, somebody of the unit that does. */
static enum err act_as_holder(struct doing *d, const struct demo_event *e)
{
    struct q_task_open task;
    enum err err = q_task_open(d->s->ctx.tx, d->group, d->plan->dossier[e->dossier].id, &task);

    if (err)
        return err;
    for (size_t i = 0; i < d->staff->count; i++) {
        const struct demo_person *p = &d->staff->person[i];
        if (task.person_id_null ? p->unit == task.unit_id : p->id == task.person_id) {
            act_as(d, p);
            return OK;
        }
    }
    return ERR_NOT_FOUND;
}

/* ---- the acts ---- */

static struct act_on on(const struct doing *d, const struct demo_event *e)
{
    return (struct act_on){.id = d->plan->dossier[e->dossier].id};
}

static enum err allowed(const struct act_on *on, enum err err)
{
    if (!err && on->verdict.why != DOSSIER_ALLOWED)
        complain("the law refuses: %" PRIstr, STR_ARG(word(LANG_EN, dossier_refusal_word(on->verdict.why))));
    return err ? err : on->verdict.why == DOSSIER_ALLOWED ? OK : ERR_BUG;
}

static enum err receive(struct doing *d, const struct demo_event *e)
{
    struct ctx *ctx = &d->s->ctx;
    struct random *r = &d->random;
    const struct demo_counter *c = counter_of(d, e);
    const struct demo_procedure *p = procedure_of(d, e);
    const struct demo_person *clerk = clerk_of(d, e);
    bool woman;
    struct str name = demo_name(d->names, r, d->group, &woman);
    int birth = 1945 + (int)random_below(r, 55);
    uint64_t channel = random_below(r, 100);

    if (!clerk)
        return ERR_NOT_FOUND;
    act_as(d, clerk);
    struct act_receive act = {
        .unit = c->office.unit.id,
        .procedure = p->id,
        .case_no = 1,
        .channel = channel < 94 ? CHANNEL_COUNTER : channel < 98 ? CHANNEL_ONLINE : CHANNEL_POST,
        .applicant = {.name = name,
                      .id_no = str_format(d->group, "075%d%02d%06d", woman, birth % 100, (int)random_below(r, 1000000)),
                      .birth = str_format(d->group, "%02d/%02d/%d", (int)random_below(r, 28) + 1, (int)random_below(r, 12) + 1, birth),
                      .phone = str_format(d->group, "09%08d", (int)random_below(r, 100000000)),
                      .email = STR(""),
                      .address = demo_address(d->names, r, d->group, c->office.unit.name)},
        .submitter = STR(""),
        .summary = STR(""),
        .sets = 1,
        .delivery = random_below(r, 20) ? DELIVERY_COUNTER : DELIVERY_POST,
        .fee_paid = true,
        .count = 1,
    };
    act.delivery_address = act.delivery == DELIVERY_POST ? act.applicant.address : STR("");
    enum err err = act_receive(&act, ctx);
    if (!err && act.verdict.why != DOSSIER_ALLOWED)
        err = ERR_BUG;
    if (!err)
        d->plan->dossier[e->dossier].id = act.received[0].id;
    return err;
}

/* To the person who does the step there, when the demonstration knows the place. */
static enum err hand_over(struct doing *d, const struct demo_event *e)
{
    struct act_hand_over act = {.on = on(d, e), .to_step = e->step};
    const struct procedure_whole *whole = procedure_of(d, e)->whole;
    const struct q_unit_by_id *counter = &counter_of(d, e)->office.unit;
    const struct q_step_list *step = &whole->step[e->step - 1];
    bool leader = str_eq(step->place, STR("leader")), here = str_eq(step->place, STR("counter"));
    int64_t unit = here || (leader && !str_eq(counter->kind, STR("counter"))) ? counter->id : leader ? counter->parent_id : 0;
    enum err err = act_as_holder(d, e);

    for (size_t i = 0; !unit && i < d->staff->count; i++)
        if (str_eq(d->staff->person[i].unit_code, step->place))
            unit = d->staff->person[i].unit;
    const struct demo_person *to = demo_staff_of(d->staff, unit, step->role, e->dossier);
    if (!to)
        to = demo_staff_of(d->staff, unit, STR("chuyen-vien"), e->dossier);
    act.to_person = to ? to->id : 0;
    if (!err)
        err = act_hand_over(&act, &d->s->ctx);
    return allowed(&act.on, err);
}

static enum err take(struct doing *d, const struct demo_event *e)
{
    struct act_on act = on(d, e);
    enum err err = act_as_holder(d, e);

    return err ? err : allowed(&act, act_take(&act, &d->s->ctx));
}

static enum err ask(struct doing *d, const struct demo_event *e)
{
    static const struct act_defect DEFECT = {1, STR_INIT("Tờ khai thiếu chữ ký của người yêu cầu")};
    struct act_ask_supplement act = {.on = on(d, e), .defect = &DEFECT, .defect_count = 1};
    enum err err = act_as_holder(d, e);

    return err ? err : allowed(&act.on, act_ask_supplement(&act, &d->s->ctx));
}

static enum err supply(struct doing *d, const struct demo_event *e)
{
    struct act_supply act = {.on = on(d, e)};
    enum err err = act_as_holder(d, e);

    return err ? err : allowed(&act.on, act_supply(&act, &d->s->ctx));
}

static enum err extend(struct doing *d, const struct demo_event *e)
{
    struct act_extend act = {.on = on(d, e), .cause = STR("phoi-hop")};
    struct q_dossier_by_id dossier;
    struct instant due;
    enum err err = q_dossier_by_id(d->s->ctx.tx, d->group, act.on.id, &dossier);

    if (!err)
        err = instant_parse(dossier.due_at, &due);
    if (err)
        return err;
    act_as(d, leader_of(d, e));
    act.on.note = STR("Cơ quan phối hợp chưa có văn bản trả lời");
    act.new_due_at.ms = due.ms + (int64_t)7 * 24 * 3600 * 1000;
    return allowed(&act.on, act_extend(&act, &d->s->ctx));
}

static enum err finish(struct doing *d, const struct demo_event *e)
{
    struct act_finish act = {.on = on(d, e)};
    enum err err = act_as_holder(d, e);

    if (err)
        return err;
    act.result_no = str_format(d->group, "%u/KQ", e->dossier + 1);
    if (e->kind == DEMO_FINISH)
        return allowed(&act.on, act_finish(&act, &d->s->ctx));
    act.on.note = STR("Không đủ điều kiện theo quy định của thủ tục");
    return allowed(&act.on, act_refuse(&act, &d->s->ctx));
}

static enum err hand_out(struct doing *d, const struct demo_event *e)
{
    struct act_hand_out act = {.on = on(d, e), .to = STR("Người nộp"), .fee_paid = true};

    act_as(d, clerk_of(d, e));
    return allowed(&act.on, act_hand_out(&act, &d->s->ctx));
}

static enum err (*const ACTS[])(struct doing *d, const struct demo_event *e) = {
    [DEMO_RECEIVE] = receive, [DEMO_HAND_OVER] = hand_over, [DEMO_TAKE] = take,       [DEMO_ASK] = ask,
    [DEMO_SUPPLY] = supply,   [DEMO_EXTEND] = extend,       [DEMO_FINISH] = finish,   [DEMO_REFUSE] = finish,
    [DEMO_HAND_OUT] = hand_out,
};

static enum err group_in_transaction(struct db *tx, void *arg)
{
    struct doing *d = arg;
    struct ctx *ctx = &d->s->ctx;
    enum err err = OK;

    d->random = d->before;
    ctx->tx = tx;
    for (size_t i = d->from; !err && i < d->to; i++) {
        const struct demo_event *e = &d->plan->event[i];
        ctx->now.ms = e->ms;
        err = ACTS[e->kind](d, e);
        if (err)
            d->failed_at = e;
    }
    ctx->tx = NULL;
    return err;
}

static enum exit_status run(struct doing *d)
{
    struct ctx *ctx = &d->s->ctx;
    struct arena *whole = ctx->arena;

    ctx->arena = d->group;
    ctx->random = &d->random;
    for (d->from = 0; d->from < d->plan->event_count; d->from = d->to) {
        d->to = d->from + GROUP < d->plan->event_count ? d->from + GROUP : d->plan->event_count;
        d->before = d->random;
        enum err err = db_transact(d->s->db, group_in_transaction, d);
        if (err) {
            if (d->failed_at)
                complain("event of kind %d on dossier %u of '%" PRIstr "'", d->failed_at->kind, d->failed_at->dossier,
                         STR_ARG(procedure_of(d, d->failed_at)->whole->version.name));
            return complain_err("the demonstration stopped", err, d->s->db);
        }
        arena_reset(d->group);
        if (isatty(STDERR_FILENO))
            fprintf(stderr, "\r%zu / %zu", d->to, d->plan->event_count);
    }
    ctx->arena = whole;
    ctx->random = &d->s->random;
    if (isatty(STDERR_FILENO))
        fputc('\n', stderr);
    return EXIT_DONE;
}

enum exit_status demo_dossiers(struct session *s, const struct demo_staff *staff, int64_t scale, uint64_t seed)
{
    struct demo_plan plan;
    struct doing d = {.s = s, .staff = staff, .plan = &plan};
    enum exit_status status = demo_plan_make(s, scale, seed, &plan);

    if (status)
        return status;
    if (demo_names_read(s->arena, &d.names)) {
        complain("demo/names.yaml cannot be read");
        return EXIT_FAILED;
    }
    random_open_seeded(&d.random, seed + 1);
    d.group = arena_new(GROUP_BYTES);
    status = run(&d);
    arena_free(d.group);
    return status;
}
