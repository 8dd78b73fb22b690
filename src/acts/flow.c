#include "acts/flow.h"

#include "acts/flow_world.h"
#include "format/bpmn.h"
#include "sql_flow.h"
#include "sql_process.h"

/* ---- the process ---- */

static enum err process_read(struct arena *a, struct str xml, struct process *ret)
{
    struct bpmn file;
    struct fault fault;
    struct str missing;
    enum err err = bpmn_read(a, xml, &file, &fault);

    if (!err && !file.process_count)
        err = ERR_STORE;
    return err ? err : bpmn_whole(a, &file, 0, ret, &missing);
}

enum err flow_process_load(struct ctx *ctx, struct db *db, int64_t id, const struct process **ret)
{
    const struct process *known = cache_process(ctx, id);
    struct q_process_by_id row;

    if (!known) {
        struct arena *a = cache_process_arena(ctx, id);
        enum err err = q_process_by_id(db, ctx->arena, id, &row);
        if (err)
            return err;
        struct process *p = ARENA_NEW(a, struct process);
        err = process_read(a, str_copy(a, row.xml), p);
        if (err)
            return err;
        cache_process_set(ctx, id, p);
        known = p;
    }
    *ret = known;
    return OK;
}

/* ---- what conditions may ask ---- */

struct flow_facts flow_facts_of(const struct q_dossier_by_id *d, struct json answers)
{
    return (struct flow_facts){
        .case_no = d->case_no,
        .sets = d->sets,
        .fee = d->fee,
        .channel = (enum dossier_channel)d->channel,
        .kind = (enum applicant_kind)d->applicant_kind,
        .delivery = (enum dossier_delivery)d->delivery,
        .address = d->address,
        .answers = answers,
    };
}

static void field_answer(struct flow_fields *f, const struct json_member *m)
{
    if (json_kind(m->value) == JSON_KIND_INT)
        flow_field_int(f, m->key, json_as_int(m->value));
    else
        flow_field_text(f, m->key, json_as_text(m->value));
}

struct flow_fields *flow_fields_of(struct arena *a, const struct flow_facts *f)
{
    struct flow_fields *fields = ARENA_NEW(a, struct flow_fields);
    struct json_members answers = json_members(a, f->answers);

    fields->arena = a;
    flow_field_int(fields, STR("case_no"), f->case_no);
    flow_field_int(fields, STR("sets"), f->sets);
    flow_field_int(fields, STR("fee"), f->fee);
    flow_field_int(fields, STR("channel"), f->channel);
    flow_field_int(fields, STR("applicant_kind"), f->kind);
    flow_field_int(fields, STR("delivery"), f->delivery);
    flow_field_text(fields, STR("address"), f->address);
    for (size_t i = 0; i < answers.count; i++)
        field_answer(fields, &answers.member[i]);
    return fields;
}

/* ---- running ---- */

enum err running_load(struct ctx *ctx, struct db *db, const struct loaded *l, struct running *ret)
{
    struct running r = {.process_id = 0};

    if (!l->has_flow || str_is_empty(l->flow.state)) {
        *ret = r;
        return OK;
    }
    enum err err = flow_process_load(ctx, db, l->flow.process_id, &r.process);
    if (!err)
        err = json_parse(ctx->arena, l->flow.answers, &r.answers, NULL);
    if (!err)
        err = flow_read(ctx->arena, r.process, l->flow.state, &r.state);
    if (err)
        return err == ERR_INVALID || err == ERR_NOT_FOUND ? ERR_STORE : err;
    r.process_id = l->flow.process_id;
    *ret = r;
    return OK;
}

/* The process in force on a day: asked once, until the reference data changes. */
enum err process_in_force(struct ctx *ctx, struct db *db, int64_t procedure, struct date on, int64_t *ret)
{
    struct memory_key key = {.kind = MEMORY_PROCESS, .a = procedure, .day = on};
    struct q_process_in_force row;
    struct memory *m;
    enum err err = cache_memory(ctx, db, &m);

    if (err)
        return err;
    int64_t *id = memory_get(m, &key);
    if (!id) {
        err = q_process_in_force(db, ctx->arena, procedure, date_iso(ctx->arena, on), &row);
        if (err && err != ERR_NOT_FOUND)
            return err;
        id = ARENA_NEW(memory_arena(m, ctx), int64_t);
        *id = err ? 0 : row.id;
        memory_set(m, &key, id);
    }
    *ret = *id;
    return OK;
}

static struct flow_run run_of(struct ctx *ctx, const struct running *r, const struct flow_facts *facts)
{
    struct flow_world *world = ARENA_NEW(ctx->arena, struct flow_world);

    *world = flow_world_of(flow_fields_of(ctx->arena, facts));
    return (struct flow_run){.arena = ctx->arena, .process = r->process, .world = world, .state = r->state};
}

enum err running_start(struct ctx *ctx, struct db *db, int64_t procedure, struct date on, const struct flow_facts *facts,
                       struct running *ret, struct flow_changes *ret_changes)
{
    struct running r = {.answers = facts->answers};
    enum err err = process_in_force(ctx, db, procedure, on, &r.process_id);

    if (!err && r.process_id)
        err = flow_process_load(ctx, db, r.process_id, &r.process);
    if (err)
        return err;
    if (r.process_id) {
        struct flow_run run = run_of(ctx, &r, facts);
        err = flow_start(&run);
        if (err)
            return err;
        r.state = run.state;
        *ret_changes = run.changes;
    }
    *ret = r;
    return OK;
}

/* What came of a move: the state and the changes are the dossier's only if it went well. */
static enum err moved(enum err err, const struct flow_run *run, struct running *r, struct flow_changes *ret_changes)
{
    if (err)
        return err;
    r->state = run->state;
    *ret_changes = run->changes;
    return OK;
}

enum err running_complete(struct ctx *ctx, struct running *r, int64_t no, const struct flow_facts *facts,
                          struct flow_changes *ret_changes)
{
    struct flow_run run = run_of(ctx, r, facts);

    return moved(flow_complete(&run, no), &run, r, ret_changes);
}

enum err running_interrupt(struct ctx *ctx, struct running *r, int64_t no, int node, const struct flow_facts *facts,
                           struct flow_changes *ret_changes)
{
    struct flow_run run = run_of(ctx, r, facts);

    return moved(flow_interrupt(&run, no, node), &run, r, ret_changes);
}

enum err running_return(struct ctx *ctx, struct running *r, int64_t no, int node, const struct flow_facts *facts,
                        struct flow_changes *ret_changes)
{
    struct flow_run run = run_of(ctx, r, facts);

    return moved(flow_return(&run, no, node), &run, r, ret_changes);
}

/* ---- choices ---- */

static bool has_condition_out(const struct process *p, int node)
{
    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == node && p->flow[i].condition.n)
            return true;
    return false;
}

size_t flow_choices(struct arena *a, const struct process *p, int node, struct dossier_choice **ret)
{
    int at = node, only = -1;
    size_t out = 0, n = 0;

    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == node) {
            only = p->flow[i].to;
            out++;
        }
    if (out == 1 && only >= 0 && (p->node[only].kind == NODE_EXCLUSIVE || p->node[only].kind == NODE_INCLUSIVE))
        at = only;
    *ret = ARENA_ARRAY(a, struct dossier_choice, p->flow_count);
    if (!has_condition_out(p, at))
        return 0;
    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == at && p->flow[i].name.n)
            (*ret)[n++] = (struct dossier_choice){p->flow[i].id, p->flow[i].name};
    return n;
}
