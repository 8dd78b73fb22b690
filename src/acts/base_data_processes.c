/* The processes among the base data: stages in groups, those of a group side by side. */
#include "acts/base_data_procedures.h"
#include "acts/process.h"
#include "format/bpmn.h"

struct drawing {
    struct arena *a;
    struct process p;
    int end; /* the node that waits to be led on */
};

static int node_add(struct drawing *d, struct str id, enum node_kind kind)
{
    d->p.node[d->p.node_count] = (struct process_node){
        .id = id, .kind = kind, .scope = -1, .attached_to = -1, .default_flow = -1, .lane = -1};
    return (int)d->p.node_count++;
}

static void lead(struct drawing *d, int from, int to)
{
    d->p.flow[d->p.flow_count] =
        (struct process_flow){.id = str_format(d->a, "f%zu", d->p.flow_count + 1), .from = from, .to = to};
    d->p.flow_count++;
}

static bool stage_add(struct drawing *d, struct json o, int from)
{
    int at = node_add(d, json_text(o, "code"),
                      str_eq(json_text(o, "kind"), STR("receive")) ? NODE_RECEIVE_TASK : NODE_USER_TASK);
    struct process_node *n = &d->p.node[at];

    n->name = json_text(o, "name");
    n->role = json_text(o, "role");
    n->place = json_text(o, "place");
    n->form = json_text(o, "form");
    n->produces = json_text(o, "produces");
    n->assign = json_text(o, "assign");
    n->escalate = json_text(o, "escalate");
    lead(d, from, at);
    d->end = at;
    if (json_has(o, "child") && yaml_bool(o, "child", &n->child))
        return false;
    if (json_has(o, "remind") && yaml_int(o, "remind", 0, 10000000, &n->remind))
        return false;
    return n->id.n && n->name.n && yaml_int(o, "minutes", 0, 10000000, &n->minutes) == OK;
}

/* Stages first .. first+count: one goes straight on, several between a split and a join. */
static bool group_add(struct drawing *d, struct json stages, size_t first, size_t count, int64_t group)
{
    int from = d->end;
    bool good = true;

    if (count > 1) {
        int split = node_add(d, str_format(d->a, "tach_%lld", (long long)group), NODE_PARALLEL);
        lead(d, from, split);
        from = split;
    }
    int begin = (int)d->p.node_count;
    for (size_t i = 0; i < count; i++)
        good = stage_add(d, json_at(stages, first + i), from) && good;
    if (count > 1) {
        int join = node_add(d, str_format(d->a, "gop_%lld", (long long)group), NODE_PARALLEL);
        for (int stage = begin; stage < join; stage++)
            lead(d, stage, join);
        d->end = join;
    }
    return good;
}

static bool draw(struct drawing *d, struct json stages)
{
    size_t count = json_length(stages), first = 0;
    bool good = count > 0 && count < PROCESS_NODES_MAX / 4;

    if (!good)
        return false;
    d->p.node = ARENA_ARRAY(d->a, struct process_node, count * 3 + 2);
    d->p.flow = ARENA_ARRAY(d->a, struct process_flow, count * 3 + 2);
    d->end = node_add(d, STR("bat_dau"), NODE_START);
    while (good && first < count) {
        size_t n = 1;
        int64_t group, next;
        good = yaml_int(json_at(stages, first), "group", 1, 1000, &group) == OK;
        while (good && first + n < count && yaml_int(json_at(stages, first + n), "group", 1, 1000, &next) == OK && next == group)
            n++;
        good = good && group_add(d, stages, first, n, group);
        first += n;
    }
    lead(d, d->end, node_add(d, STR("ket_thuc"), NODE_END));
    return good;
}

enum err base_process_load(struct base_loading *b, struct json o, int64_t procedure, struct str code, struct str name)
{
    struct ctx *ctx = b->ctx;
    struct drawing *d = ARENA_NEW(ctx->arena, struct drawing);
    struct act_process_save save = {.procedure = procedure, .name = name, .decision = json_text(o, "decision"),
                                    .rule = json_text(o, "rule"), .note = json_text(o, "note")};
    struct act_process_publish publish = {.id = 0};

    d->a = ctx->arena;
    d->p.id = code;
    d->p.name = name;
    if (!draw(d, json_get(o, "stages")) || date_parse(json_text(o, "valid_from"), &publish.valid_from))
        return base_fault(b, "a stage or date is wrong in the process of", code);
    save.xml = bpmn_draw(ctx->arena, &d->p);
    enum err err = act_process_save(&save, ctx);
    publish.id = save.id;
    if (!err)
        err = act_process_publish(&publish, ctx);
    return err == ERR_INVALID || err == ERR_CONFLICT ? base_fault(b, "process of", code) : err;
}
