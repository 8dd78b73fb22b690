#include "acts/dossier_load.h"

#include "acts/admin.h"
#include "sql_dossier.h"
#include "store/journal.h"

/* Of several that wait, the one of a unit where the actor works; else the last. */
static enum err task_choose(struct ctx *ctx, struct db *db, struct loaded *l)
{
    l->task = l->open[l->open_count - 1];
    for (size_t i = 0; l->open_count > 1 && i < l->open_count; i++) {
        enum err err = right_check(ctx, db, RIGHT_DOSSIER_PROCESS, l->open[i].unit_id, l->d.field_id);
        if (!err)
            l->task = l->open[i];
        if (err != ERR_FORBIDDEN)
            return err;
    }
    return OK;
}

static enum err tasks_load(struct ctx *ctx, struct db *db, struct loaded *l)
{
    struct q_task_open_all *open;
    enum err err = q_task_open_all(db, ctx->arena, l->d.id, &open, &l->open_count);

    if (err)
        return err;
    l->open = open;
    l->has_task = l->open_count > 0;
    l->last_task = l->has_task ? open[l->open_count - 1].no : 0;
    if (l->has_task) {
        err = task_choose(ctx, db, l);
        if (err)
            return err;
    }
    err = q_flow_of(db, ctx->arena, l->d.id, &l->flow);
    l->has_flow = err == OK;
    return err == ERR_NOT_FOUND ? OK : err;
}

static bool task_pick(struct loaded *l, int64_t no)
{
    for (size_t i = 0; i < l->open_count; i++)
        if (l->open[i].no == no) {
            l->task = l->open[i];
            return true;
        }
    return false;
}

enum err dossier_load(struct ctx *ctx, struct db *db, int64_t id, struct loaded *ret)
{
    struct loaded l = {.has_task = false};
    struct instant due;
    enum err err = q_dossier_by_id(db, ctx->arena, id, &l.d);

    if (!err)
        err = office_load(ctx, db, l.d.unit_id, &l.office);
    if (!err)
        err = procedure_load(ctx, db, l.d.version_id, &l.procedure);
    if (err)
        return err;
    err = tasks_load(ctx, db, &l);
    if (err)
        return err;
    if (instant_parse(l.d.received_at, &l.facts.received_at) || instant_parse(l.d.due_at, &due))
        return ERR_STORE;
    l.facts.state = (enum dossier_state)l.d.state;
    l.facts.due_at = due;
    l.facts.received_local = zone_local(l.office.zone, l.facts.received_at);
    l.facts.is_suspended = !l.d.suspended_at_null;
    l.facts.is_suspended_by_supplement = l.facts.state == DOSSIER_SUPPLEMENT;
    l.facts.supplements = (int)l.d.supplements;
    l.facts.extensions = (int)l.d.extensions;
    l.facts.step = l.has_task ? (int)l.task.step_no : 0;
    l.facts.step_count = (int)l.procedure->step_count;
    l.facts.has_earlier = l.has_task && l.task.no > 1;
    l.facts.is_drawn = l.has_flow && l.flow.state.n;
    if (l.has_flow) { /* what comes next, the process says; after it has ended nothing does */
        l.facts.step = l.flow.state.n ? 0 : 1;
        l.facts.step_count = 1;
    }
    l.due_local = zone_local(l.office.zone, due);
    *ret = l;
    return OK;
}

static enum err right_at(struct ctx *ctx, struct db *tx, const struct loaded *l, enum right right,
                         enum right_place place)
{
    int64_t holder = l->has_task ? l->task.unit_id : l->d.unit_id;
    enum err err = place == PLACE_ANYWHERE ? admin_right_any(ctx, tx, right) : right_check(ctx, tx, right, holder, l->d.field_id);

    if (err == ERR_FORBIDDEN && place == PLACE_EITHER && holder != l->d.unit_id)
        err = right_check(ctx, tx, right, l->d.unit_id, l->d.field_id);
    return err;
}

enum err dossier_begin(struct ctx *ctx, struct db *tx, struct act_on *on, enum dossier_act act, enum right right,
                       enum right_place place, struct loaded *ret)
{
    enum err err = dossier_load(ctx, tx, on->id, ret);

    if (!err && on->task && !task_pick(ret, on->task)) /* somebody finished it meanwhile */
        return ERR_STALE;
    if (!err)
        err = right_at(ctx, tx, ret, right, place);
    if (err)
        return err;
    if (on->version && on->version != ret->d.version)
        return ERR_STALE;
    ret->at = on->happened_at.ms ? on->happened_at : ctx->now;
    ret->at_local = zone_local(ret->office.zone, ret->at);
    ret->facts.came_from_history = on->from_history;
    if (instant_cmp(ret->at, ctx->now) > 0) {
        on->verdict = (struct dossier_verdict){DOSSIER_IN_FUTURE, DATE_NEVER};
        return OK;
    }
    on->verdict = dossier_may(&ret->facts, act, ret->at_local, ret->due_local, ret->office.calendar, &ret->next);
    return OK;
}

enum err dossier_journal(struct ctx *ctx, struct db *tx, const struct loaded *l, const char *act, struct json payload)
{
    struct journal_entry e = {
        .unit = l->office.unit.code,
        .happened_at = l->at,
        .recorded_at = ctx->now,
        .actor = ctx->actor.id,
        .act = str_of(act),
        .subject_kind = STR("dossier"),
        .subject_id = l->d.id,
        .payload = payload,
    };

    return journal_append(tx, ctx->arena, &e);
}

void dossier_put_done(struct ctx *ctx, struct json payload, const struct loaded *l, struct str note)
{
    struct instant due;

    if (!l->has_task)
        return;
    struct json done = json_new_object(ctx->arena);
    json_put_int(done, "task", l->task.no);
    if (instant_parse(l->task.step_due_at, &due))
        due = l->at;
    json_put_int(done, "timing", step_timing(zone_date(l->office.zone, due), l->at_local.date));
    json_put_text(done, "note", note);
    json_put_json(payload, "done", done);
}

enum err budget_end(struct arena *a, const struct office *office, struct instant at, int64_t minutes,
                    struct str due_at, struct str *ret)
{
    struct deadline step;
    struct limit limit = {LIMIT_WORKING_HOURS, (int)((minutes + 59) / 60)};

    if (minutes <= 0) {
        *ret = due_at;
        return OK;
    }
    enum err err = deadline_derive(a, office->calendar, zone_local(office->zone, at), limit, NULL, 0, &step);
    if (!err)
        *ret = instant_iso(a, zone_instant(office->zone, step.due));
    return err;
}

enum err dossier_put_step(struct ctx *ctx, struct json payload, const struct loaded *l, const struct step_target *to)
{
    struct json step = json_new_object(ctx->arena);
    struct str due;
    enum err err = budget_end(ctx->arena, &l->office, l->at, to->minutes, l->d.due_at, &due);

    if (err)
        return err;
    json_put_int(step, "task", l->last_task + 1);
    json_put_int(step, "no", to->no);
    json_put_text(step, "code", to->code);
    json_put_text(step, "name", to->name);
    json_put_int(step, "unit", to->unit);
    if (to->person)
        json_put_int(step, "person", to->person);
    if (l->has_task) {
        json_put_int(step, "from_unit", l->task.unit_id);
        json_put_int(step, "from_person", ctx->actor.id);
    }
    if (to->taken)
        json_put_text(step, "taken_at", instant_iso(ctx->arena, l->at));
    json_put_text(step, "due_at", due);
    json_put_json(payload, "step", step);
    json_put_text(payload, "due_at", l->d.due_at);
    return OK;
}

/* ---- the ledger ---- */

static enum err pauses_load(struct ctx *ctx, struct db *db, const struct loaded *l, struct instant end,
                            struct pause **ret, size_t *ret_count)
{
    struct q_suspension_list *row;
    size_t count;
    enum err err = q_suspension_list(db, ctx->arena, l->d.id, &row, &count);

    if (err)
        return err;
    if (count > PAUSE_MAX)
        return ERR_LIMIT;
    struct pause *pause = ARENA_ARRAY(ctx->arena, struct pause, count);
    for (size_t i = 0; i < count; i++) {
        struct instant from, to;
        if (instant_parse(row[i].from_at, &from) || instant_parse(row[i].to_at, &to))
            return ERR_STORE;
        pause[i].is_open = to.ms == INSTANT_NEVER.ms;
        pause[i].from = zone_local(l->office.zone, from);
        pause[i].to = zone_local(l->office.zone, pause[i].is_open ? end : to);
        pause[i].owner = (enum pause_owner)row[i].owner;
        pause[i].reason = row[i].reason_name_null ? row[i].reason : row[i].reason_name;
    }
    *ret = pause;
    *ret_count = count;
    return OK;
}

enum err dossier_derive(struct ctx *ctx, struct db *db, const struct loaded *l, struct instant end, struct deadline *ret)
{
    struct pause *pause;
    size_t count;
    enum err err = pauses_load(ctx, db, l, end, &pause, &count);

    if (err)
        return err;
    return deadline_derive(ctx->arena, l->office.calendar, l->facts.received_local,
                           (struct limit){(enum limit_unit)l->d.limit_unit, (int)l->d.limit_length}, pause,
                           count, ret);
}

enum err dossier_due(struct ctx *ctx, struct db *db, const struct loaded *l, struct instant end, struct instant *ret)
{
    struct deadline deadline;
    struct instant since;

    if (l->d.due_given) { /* an imported promise has no limit to count: it moves by the time that passed */
        if (instant_parse(l->d.suspended_at, &since))
            return ERR_STORE;
        ret->ms = l->facts.due_at.ms + (instant_cmp(since, l->facts.due_at) < 0 ? end.ms - since.ms : 0);
        return OK;
    }
    enum err err = dossier_derive(ctx, db, l, end, &deadline);
    if (err)
        return err;
    *ret = zone_instant(l->office.zone, deadline.due);
    return OK;
}
