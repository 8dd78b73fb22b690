/* The account of who held a dossier how long: working time by agency, on each one's own calendar,
 * without the time in which the clock stood. */
#include "acts/dossier_agency.h"

#include "acts/dossier_load.h"
#include "rules/process.h"

/* The budget of the step that a task is of. */
static int64_t budget_of(const struct dossier_view *v, const struct q_task_list *t)
{
    int node = v->process ? process_node_find(v->process, t->step_code) : -1;

    if (node >= 0)
        return v->process->node[node].minutes;
    for (size_t i = 0; i < v->procedure->step_count; i++)
        if (str_eq(v->procedure->step[i].code, t->step_code))
            return v->procedure->step[i].minutes;
    return 0;
}

struct span {
    struct instant from, to;
};

static enum err span_of(struct str from, struct str to, bool is_open, struct instant now, struct span *ret)
{
    struct span s = {.to = now};

    if (instant_parse(from, &s.from) || (!is_open && instant_parse(to, &s.to)))
        return ERR_STORE;
    if (instant_cmp(s.to, now) > 0)
        s.to = now;
    *ret = s;
    return OK;
}

static int64_t worked(const struct office *o, struct span s)
{
    if (instant_cmp(s.to, s.from) <= 0)
        return 0;
    return calendar_work_minutes(o->calendar, zone_local(o->zone, s.from), zone_local(o->zone, s.to));
}

static struct span overlap(struct span a, struct span b)
{
    return (struct span){instant_cmp(a.from, b.from) > 0 ? a.from : b.from, instant_cmp(a.to, b.to) < 0 ? a.to : b.to};
}

/* Working minutes of a task; what a pause took is nobody's. */
static enum err used_by(struct ctx *ctx, const struct dossier_view *v, const struct q_task_list *t,
                        const struct office *o, int64_t *ret)
{
    struct span task, pause;
    enum err err = span_of(t->since_at, t->done_at, t->done_at_null, ctx->now, &task);
    int64_t used = err ? 0 : worked(o, task);

    for (size_t i = 0; !err && i < v->suspension_count; i++) {
        err = span_of(v->suspension[i].from_at, v->suspension[i].to_at, false, ctx->now, &pause);
        if (!err)
            used -= worked(o, overlap(task, pause));
    }
    *ret = used < 0 ? 0 : used;
    return err;
}

/* Which line is of the agency that has this task; `count`: none yet. */
static size_t line_of(const struct agency_time *line, size_t count, const struct q_task_list *t)
{
    size_t i = 0;

    while (i < count && line[i].unit != t->unit_id)
        i++;
    return i;
}

enum err task_times(struct ctx *ctx, const struct dossier_view *v, struct task_time **ret)
{
    struct task_time *time = ARENA_ARRAY(ctx->arena, struct task_time, v->task_count);
    struct office office;

    for (size_t i = 0; i < v->task_count; i++) {
        const struct q_task_list *t = &v->task[i];
        struct task_time *own = &time[i];
        enum err err = office_load(ctx, ctx->db, t->unit_id, &office); /* known after the first time */
        if (!err)
            err = used_by(ctx, v, t, &office, &own->used);
        if (err)
            return err;
        own->budget = budget_of(v, t);
        own->exceeded = own->budget && own->used > own->budget;
    }
    *ret = time;
    return OK;
}

enum err agency_times(struct ctx *ctx, const struct dossier_view *v, struct agency_time **ret, size_t *ret_count)
{
    struct agency_time *line = ARENA_ARRAY(ctx->arena, struct agency_time, v->task_count);
    struct task_time *time;
    size_t count = 0;
    enum err err = task_times(ctx, v, &time);

    if (err)
        return err;
    for (size_t i = 0; i < v->task_count; i++) {
        const struct q_task_list *t = &v->task[i];
        if (str_eq(t->step_code, STR("hand_out"))) /* the result is there: the citizen's time */
            continue;
        size_t at = line_of(line, count, t);
        if (at == count)
            line[count++] = (struct agency_time){.unit = t->unit_id, .name = t->unit_name};
        struct agency_time *a = &line[at];
        a->steps++;
        a->used += time[i].used;
        a->budget += time[i].budget;
        a->is_open = a->is_open || t->done_at_null;
        if (time[i].exceeded) {
            a->exceeded = true;
            a->step = t->step_name;
        }
    }
    *ret = line;
    *ret_count = count;
    return OK;
}
