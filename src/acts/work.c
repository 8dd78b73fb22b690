#include "acts/work.h"

#include "acts/flow.h"
#include "base/log.h"
#include "store/journal.h"

enum { TOLD_MAX = 50 };

struct due {
    struct ctx *ctx;
    const struct q_timer_due *timer;
    bool done;
};

/* It may have been carried out, moved or taken away since the list was read. */
static enum err is_still_due(struct ctx *ctx, struct db *tx, const struct q_timer_due *t, bool *ret)
{
    struct q_timer_of *row;
    size_t count;
    struct str now = instant_iso(ctx->arena, ctx->now);
    enum err err = q_timer_of(tx, ctx->arena, t->dossier_id, &row, &count);

    *ret = false;
    for (size_t i = 0; !err && i < count; i++)
        *ret |= row[i].token == t->token && str_eq(row[i].node, t->node) && str_eq(row[i].kind, t->kind) &&
                str_cmp(row[i].fires_at, now) <= 0;
    return err;
}

static struct json timer_json(struct arena *a, const struct q_timer_due *t)
{
    struct json o = json_new_object(a);

    json_put_int(o, "token", t->token);
    json_put_text(o, "node", t->node);
    json_put_text(o, "kind", t->kind);
    return o;
}

/* ---- an event of the drawing ---- */

static enum err give_up(struct ctx *ctx, struct db *tx, const struct loaded *l, const struct q_timer_due *t, enum err why)
{
    struct json p = timer_json(ctx->arena, t);

    json_put_text(p, "why", str_of(err_name(why)));
    log_line(LOG_LEVEL_WARN, "dossier %lld: timer %.*s cannot be carried out: %s", (long long)l->d.id,
             (int)t->node.n, t->node.p, err_name(why));
    return dossier_journal(ctx, tx, l, "dossier.timer_failed", p);
}

static enum err event(struct ctx *ctx, struct db *tx, struct loaded *l, const struct q_timer_due *t)
{
    struct running r;
    struct flow_changes changes;
    enum err err = running_load(ctx, tx, l, &r);
    int node = !err && r.process_id ? process_node_find(r.process, t->node) : -1;

    if (err)
        return err;
    if (node < 0)
        return give_up(ctx, tx, l, t, ERR_NOT_FOUND);
    struct flow_facts facts = flow_facts_of(&l->d, r.answers);
    struct flow_stand stand = flow_stand_of(l, &facts);
    stand.from_unit = 0;
    err = r.process->node[node].kind == NODE_BOUNDARY
              ? running_interrupt(ctx, &r, t->token, node, &facts, &changes)
              : running_complete(ctx, &r, t->token, &facts, &changes);
    if (err == ERR_INVALID || err == ERR_NOT_FOUND || err == ERR_LIMIT)
        return give_up(ctx, tx, l, t, err);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "state", l->facts.state);
    json_put_text(p, "name", process_node_name(&r.process->node[node]));
    json_put_json(p, "fired", timer_json(ctx->arena, t));
    err = running_put(ctx, tx, p, &r, &changes, &stand);
    return err ? err : dossier_journal(ctx, tx, l, "dossier.timer", p);
}

/* ---- word ---- */

static const struct q_task_open_all *task_find(const struct loaded *l, int64_t no)
{
    for (size_t i = 0; i < l->open_count; i++)
        if (l->open[i].no == no)
            return &l->open[i];
    return NULL;
}

/* Who has it; if nobody, everybody there who could take it. */
static enum err holders(struct ctx *ctx, struct db *tx, const struct loaded *l, const struct q_task_open_all *task,
                        struct json persons)
{
    struct q_able_by_load *row;
    size_t count;

    if (!task->person_id_null) {
        json_append_int(persons, task->person_id);
        return OK;
    }
    enum err err = q_able_by_load(tx, ctx->arena, task->unit_id, l->d.field_id, right_code(RIGHT_DOSSIER_PROCESS),
                                  ctx_today_iso(ctx), &row, &count);
    for (size_t i = 0; !err && i < count && i < TOLD_MAX; i++)
        json_append_int(persons, row[i].person_id);
    return err;
}

static enum err above(struct ctx *ctx, struct db *tx, const struct process_node *n, const struct q_task_open_all *task,
                      struct json persons)
{
    struct q_role_holders *row;
    size_t count = 0;
    struct str role;
    int64_t minutes;
    enum err err = escalation_parse(n->escalate, &role, &minutes);

    if (!err)
        err = q_role_holders(tx, ctx->arena, task->unit_id, role, ctx_today_iso(ctx), &row, &count);
    for (size_t i = 0; !err && i < count && i < TOLD_MAX; i++)
        json_append_int(persons, row[i].person_id);
    return err == ERR_INVALID ? OK : err;
}

static enum err tell(struct ctx *ctx, struct db *tx, struct loaded *l, const struct q_timer_due *t)
{
    struct running r;
    const struct q_task_open_all *task = task_find(l, t->token);
    struct json p = json_new_object(ctx->arena), persons = json_new_array(ctx->arena);
    enum err err = running_load(ctx, tx, l, &r);
    int node = !err && r.process_id ? process_node_find(r.process, t->node) : -1;

    if (!err && (node < 0 || !task))
        return give_up(ctx, tx, l, t, ERR_NOT_FOUND);
    if (!err)
        err = str_eq(t->kind, STR("remind")) ? holders(ctx, tx, l, task, persons)
                                             : above(ctx, tx, &r.process->node[node], task, persons);
    if (err)
        return err;
    json_put_int(p, "task", t->token);
    json_put_text(p, "node", t->node);
    json_put_text(p, "kind", t->kind);
    json_put_text(p, "name", task->step_name);
    json_put_json(p, "persons", persons);
    return dossier_journal(ctx, tx, l, "dossier.word", p);
}

/* ---- one after the other ---- */

static enum err one(struct db *tx, void *arg)
{
    struct due *d = arg;
    struct loaded l;
    bool still;
    enum err err = is_still_due(d->ctx, tx, d->timer, &still);

    if (err || !still)
        return err;
    err = dossier_load(d->ctx, tx, d->timer->dossier_id, &l);
    if (err || l.facts.is_suspended)
        return err;
    l.at = d->ctx->now;
    l.at_local = zone_local(l.office.zone, l.at);
    l.next = l.facts.state;
    d->done = true;
    return str_eq(d->timer->kind, STR("event")) ? event(d->ctx, tx, &l, d->timer) : tell(d->ctx, tx, &l, d->timer);
}

enum err act_work_due(struct ctx *ctx, int64_t n, int64_t *ret_done)
{
    struct q_timer_due *row;
    size_t count;
    int64_t done = 0;
    enum err err = q_timer_due(ctx->db, ctx->arena, instant_iso(ctx->arena, ctx->now), n, &row, &count);

    for (size_t i = 0; !err && i < count; i++) {
        struct due d = {.ctx = ctx, .timer = &row[i]};
        err = ctx_transact(ctx, one, &d);
        done += !err && d.done;
    }
    *ret_done = done;
    return err;
}

/* ---- reading ---- */

enum err act_notices_new(struct ctx *ctx, int64_t *ret)
{
    struct q_notice_new fresh;
    enum err err = q_notice_new(ctx_db(ctx), ctx->arena, ctx->actor.id, &fresh);

    if (!err)
        *ret = fresh.n;
    return err;
}

enum err act_notices(struct act_notices *act, struct ctx *ctx)
{
    enum err err = act_notices_new(ctx, &act->fresh);

    return err ? err : q_notice_of(ctx_db(ctx), ctx->arena, ctx->actor.id, NOTICES_MAX, &act->row, &act->count);
}

struct seeing {
    struct ctx *ctx;
    int64_t upto;
};

static enum err see(struct db *tx, void *arg)
{
    struct seeing *s = arg;
    struct json p = json_new_object(s->ctx->arena);

    json_put_int(p, "upto", s->upto);
    struct journal_entry e = {.unit = s->ctx->actor.unit_code, .happened_at = s->ctx->now, .recorded_at = s->ctx->now,
                              .actor = s->ctx->actor.id, .act = STR("dossier.seen"), .subject_kind = STR("person"),
                              .subject_id = s->ctx->actor.id, .payload = p};
    return journal_append(tx, s->ctx->arena, &e);
}

enum err act_notices_seen(struct ctx *ctx, int64_t upto)
{
    struct seeing s = {ctx, upto};
    int64_t fresh;
    enum err err = act_notices_new(ctx, &fresh);

    return err || !fresh ? err : ctx_transact(ctx, see, &s);
}

/* ---- the sheet ---- */

enum err act_handed_over(struct ctx *ctx, int64_t unit, struct date day, struct q_handed_over **ret, size_t *ret_count)
{
    struct office office;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_DOSSIER_SEARCH, unit, 0);

    if (!err)
        err = office_load(ctx, ctx_db(ctx), unit, &office);
    if (err)
        return err;
    return q_handed_over(ctx_db(ctx), ctx->arena, unit, instant_iso(ctx->arena, zone_day_start(office.zone, day)),
                         instant_iso(ctx->arena, zone_day_start(office.zone, date_add_days(day, 1))), ctx->actor.id,
                         ctx_today_iso(ctx), ret, ret_count);
}
