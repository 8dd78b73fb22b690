/* What people do to a dossier on a drawn process besides passing it on. */
#include "acts/dossier.h"

#include "acts/dossier_back.h"
#include "acts/flow.h"
#include "acts/on_dossier.h"
#include "sql_work.h"

enum { CHILD_CODE_MAX = 100, PART_MAX = 500 };

/* ---- giving back ---- */

static bool is_earlier(const struct q_task_list *t, const struct loaded *l)
{
    return !t->done_at_null && t->no != l->task.no && !str_eq(t->step_code, l->task.step_code);
}

/* The last that was done at each earlier step; of a drawn process those that it may go back to. */
static enum err back_find(struct ctx *ctx, struct db *db, const struct loaded *l, const struct running *r,
                          struct q_task_list **ret, size_t *ret_count)
{
    struct q_task_list *task;
    size_t count, n = 0;
    enum err err = q_task_list(db, ctx->arena, l->d.id, &task, &count);

    for (size_t i = 0; !err && i < count; i++) {
        if (!is_earlier(&task[i], l))
            continue;
        if (r->process_id && !flow_may_return(ctx->arena, r->process, &r->state, l->task.no,
                                              process_node_find(r->process, task[i].step_code)))
            continue;
        size_t at = 0;
        while (at < n && !str_eq(task[at].step_code, task[i].step_code))
            at++;
        task[at] = task[i]; /* at <= n <= i */
        n += at == n;
    }
    if (err)
        return err;
    *ret = task;
    *ret_count = n;
    return OK;
}

enum err dossier_ways_back(struct ctx *ctx, int64_t dossier, int64_t task, struct q_task_list **ret, size_t *ret_count)
{
    struct loaded l;
    struct running r;
    enum err err = dossier_load(ctx, ctx->db, dossier, &l);

    for (size_t i = 0; !err && i < l.open_count; i++)
        if (l.open[i].no == task)
            l.task = l.open[i];
    if (!err)
        err = running_load(ctx, ctx->db, &l, &r);
    return err ? err : back_find(ctx, ctx->db, &l, &r, ret, ret_count);
}

/* Who did it then has it again, if he still may. */
static enum err who_had_it(struct ctx *ctx, struct db *tx, const struct loaded *l, const struct q_task_list *t, int64_t *ret)
{
    bool able = false;
    enum err err = OK;

    if (!t->person_id_null)
        err = right_has(ctx, tx, t->person_id, RIGHT_DOSSIER_PROCESS, t->unit_id, l->d.field_id, &able);
    if (!err && able && t->person_id != ctx->actor.id)
        err = person_present(ctx, tx, t->person_id, l->at_local.date, ret);
    else
        *ret = able ? t->person_id : 0;
    return err;
}

static enum err back_drawn(struct on_dossier *o, struct db *tx, struct loaded *l, struct running *r,
                           const struct q_task_list *t, int64_t person, struct json p)
{
    struct flow_facts facts = flow_facts_of(&l->d, r->answers);
    struct flow_stand stand = flow_stand_of(l, &facts);
    struct flow_changes changes;
    enum err err = running_return(o->ctx, r, l->task.no, process_node_find(r->process, t->step_code), &facts, &changes);

    stand.to_unit = t->unit_id;
    stand.to_person = person;
    return err ? err : running_put(o->ctx, tx, p, r, &changes, &stand);
}

static enum err back_listed(struct on_dossier *o, struct loaded *l, const struct q_task_list *t, int64_t person, struct json p)
{
    struct step_target to = {.no = t->step_no, .code = t->step_code, .name = t->step_name, .unit = t->unit_id, .person = person};

    for (size_t i = 0; i < l->procedure->step_count; i++)
        if (l->procedure->step[i].no == t->step_no)
            to.minutes = l->procedure->step[i].minutes;
    return dossier_put_step(o->ctx, p, l, &to);
}

static enum err give_back(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_give_back *act = o->arg;
    struct q_task_list *back;
    size_t count;
    const struct q_task_list *to = NULL;
    struct running r;
    int64_t person = 0;

    if (str_is_empty(str_trim(o->on->note)))
        return on_dossier_refuse(o->on, DOSSIER_NO_REASON);
    enum err err = running_load(o->ctx, tx, l, &r);
    if (!err)
        err = back_find(o->ctx, tx, l, &r, &back, &count);
    for (size_t i = 0; !err && i < count; i++)
        if (act->to_task ? back[i].no == act->to_task : !to || back[i].no > to->no)
            to = &back[i];
    if (!err && !to)
        return on_dossier_refuse(o->on, DOSSIER_NO_WAY_BACK);
    if (!err)
        err = who_had_it(o->ctx, tx, l, to, &person);
    if (err)
        return err;
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);
    dossier_put_done(o->ctx, p, l, o->on->note);
    err = r.process_id ? back_drawn(o, tx, l, &r, to, person, p) : back_listed(o, l, to, person, p);
    return err ? err : dossier_journal(o->ctx, tx, l, "dossier.give_back", p);
}

enum err act_give_back(struct act_give_back *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_GIVE_BACK, RIGHT_DOSSIER_HAND_OVER, PLACE_HOLDER, give_back, act};

    return on_dossier_run(&o);
}

/* ---- the partner's code ---- */

enum err child_is_missing(struct ctx *ctx, struct db *db, const struct running *r, const struct loaded *l, bool *ret)
{
    struct q_child_of *row;
    size_t count;
    int node = r->process && l->has_task ? process_node_find(r->process, l->task.step_code) : -1;

    *ret = node >= 0 && r->process->node[node].child;
    if (!*ret)
        return OK;
    enum err err = q_child_of(db, ctx->arena, l->d.id, &row, &count);
    for (size_t i = 0; !err && i < count; i++)
        if (row[i].task_no == l->task.no)
            *ret = false;
    return err;
}

static enum err child(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_child *act = o->arg;
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);

    if (!l->has_task)
        return on_dossier_refuse(o->on, DOSSIER_WRONG_STATE);
    json_put_int(p, "task", l->task.no);
    json_put_int(p, "unit", l->task.unit_id);
    json_put_text(p, "code", act->code);
    return dossier_journal(o->ctx, tx, l, "dossier.child", p);
}

enum err act_child(struct act_child *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_CHILD, RIGHT_DOSSIER_PROCESS, PLACE_HOLDER, child, act};

    act->code = str_trim(act->code);
    if (str_is_empty(act->code) || act->code.n > CHILD_CODE_MAX)
        problem_add(ctx, "code", WORD_PROBLEM_REQUIRED, STR(""));
    return ctx->problems.count ? ERR_INVALID : on_dossier_run(&o);
}

/* ---- a part of the result ---- */

static enum err part_out(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_part_out *act = o->arg;
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);

    json_put_text(p, "what", act->what);
    json_put_text(p, "to", act->to.n ? act->to : l->d.applicant);
    return dossier_journal(o->ctx, tx, l, "dossier.part_out", p);
}

enum err act_part_out(struct act_part_out *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_PART_OUT, RIGHT_DOSSIER_HAND_OUT, PLACE_EITHER, part_out, act};

    act->what = str_trim(act->what);
    act->to = str_trim(act->to);
    if (str_is_empty(act->what) || act->what.n > PART_MAX)
        problem_add(ctx, "what", WORD_PROBLEM_REQUIRED, STR(""));
    return ctx->problems.count ? ERR_INVALID : on_dossier_run(&o);
}

/* ---- another revision ---- */

static struct json renamed(struct ctx *ctx, const struct process *to, const struct loaded *l)
{
    struct json list = json_new_array(ctx->arena);

    for (size_t i = 0; i < l->open_count; i++) {
        int node = process_node_find(to, l->open[i].step_code);
        struct json t = json_new_object(ctx->arena);
        if (node < 0)
            continue;
        json_put_int(t, "task", l->open[i].no);
        json_put_int(t, "no", node + 1);
        json_put_text(t, "name", process_node_name(&to->node[node]));
        json_append(list, t);
    }
    return list;
}

/* Timers of events that the revision does not have: all of their token, which gets none again. */
static enum err timers_gone(struct ctx *ctx, struct db *tx, const struct loaded *l, const struct process *to, struct json p)
{
    struct q_timer_of *row;
    size_t count;
    struct json off = json_new_array(ctx->arena);
    enum err err = q_timer_of(tx, ctx->arena, l->d.id, &row, &count);

    for (size_t i = 0; !err && i < count; i++)
        if (process_node_find(to, row[i].node) < 0)
            json_append_int(off, row[i].token);
    if (!err && json_length(off))
        json_put_json(p, "timers_off", off);
    return err;
}

static enum err move_process(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_move_process *act = o->arg;
    struct ctx *ctx = o->ctx;
    struct running r;
    const struct process *to = NULL;
    int64_t id = 0;
    size_t stuck;
    enum err err = running_load(ctx, tx, l, &r);

    if (!err)
        err = process_in_force(ctx, tx, l->d.procedure_id, ctx_today(ctx), &id);
    if (!err && (!id || id == r.process_id))
        return on_dossier_refuse(o->on, DOSSIER_SAME_REVISION);
    if (!err)
        err = flow_process_load(ctx, tx, id, &to);
    if (err)
        return err;
    err = flow_migrate(ctx->arena, r.process, to, &r.state, &stuck);
    if (err == ERR_CONFLICT) {
        act->stuck = process_node_name(&r.process->node[r.state.token[stuck].node]);
        return on_dossier_refuse(o->on, DOSSIER_STEP_GONE);
    }
    if (err)
        return err;
    struct json p = on_dossier_payload(ctx, l, o->on->note);
    json_put_int(p, "from", r.process_id);
    r.process_id = id;
    r.process = to;
    running_put_state(ctx, p, &r);
    json_put_json(p, "renamed", renamed(ctx, to, l));
    err = timers_gone(ctx, tx, l, to, p);
    return err ? err : dossier_journal(ctx, tx, l, "dossier.move_process", p);
}

enum err act_move_process(struct act_move_process *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_MOVE_PROCESS, RIGHT_CATALOGUE_EDIT, PLACE_ANYWHERE, move_process, act};

    act->stuck = STR("");
    return on_dossier_run(&o);
}
