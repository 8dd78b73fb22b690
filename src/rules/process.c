#include "rules/process.h"

int process_node_find(const struct process *p, struct str id)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (str_eq(p->node[i].id, id))
            return (int)i;
    return -1;
}

bool process_is_work(const struct process_node *n)
{
    return n->kind == NODE_USER_TASK || n->kind == NODE_RECEIVE_TASK ||
           (n->kind == NODE_CATCH && n->trigger != TRIGGER_TIMER);
}

struct str process_node_name(const struct process_node *n)
{
    return n->name.n ? n->name : n->id;
}

struct str process_instance_name(struct arena *a, const struct process_node *n, int64_t instance, int64_t of)
{
    struct str name = process_node_name(n);

    return of ? str_format(a, "%" PRIstr " (%lld/%lld)", STR_ARG(name), (long long)instance, (long long)of) : name;
}

/* ---- lists of steps ---- */

static struct process_node node_new(struct str id, struct str name, enum node_kind kind)
{
    return (struct process_node){
        .id = id, .name = name, .kind = kind, .scope = -1, .attached_to = -1, .default_flow = -1, .lane = -1};
}

/* The next id of the kind "s1" that no step has. */
static struct str code_free(struct arena *a, const struct process_step *step, size_t count, size_t *no)
{
    for (;;) {
        struct str code = str_format(a, "s%zu", ++*no);
        bool taken = false;
        for (size_t i = 0; i < count; i++)
            taken |= str_eq(step[i].code, code);
        if (!taken)
            return code;
    }
}

struct process process_from_steps(struct arena *a, struct str id, struct str name, const struct process_step *step,
                                  size_t count)
{
    struct process p = {.id = id, .name = name};

    size_t no = 0;

    p.node = ARENA_ARRAY(a, struct process_node, count + 2);
    p.flow = ARENA_ARRAY(a, struct process_flow, count + 1);
    p.node[p.node_count++] = node_new(STR("start"), STR(""), NODE_START);
    for (size_t i = 0; i < count; i++) {
        struct process_node *n = &p.node[p.node_count++];
        *n = node_new(step[i].code.n ? step[i].code : code_free(a, step, count, &no), step[i].name, NODE_USER_TASK);
        n->role = step[i].role;
        n->place = step[i].place;
        n->minutes = step[i].minutes;
        n->form = step[i].form;
        n->produces = step[i].produces;
        n->assign = step[i].assign;
        n->escalate = step[i].escalate;
        n->remind = step[i].remind;
        n->child = step[i].child;
    }
    p.node[p.node_count++] = node_new(STR("end"), STR(""), NODE_END);
    for (size_t i = 0; i + 1 < p.node_count; i++)
        p.flow[p.flow_count++] =
            (struct process_flow){.id = str_format(a, "f%zu", i + 1), .from = (int)i, .to = (int)i + 1};
    return p;
}

/* The only flow out of a node; -1 when there is none, -2 when there are several. */
static int only_out(const struct process *p, int node)
{
    int found = -1;

    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == node)
            found = found == -1 ? (int)i : -2;
    return found;
}

static bool is_plain(const struct process_node *n)
{
    bool edge = n->kind == NODE_START || n->kind == NODE_END;

    return n->scope < 0 && n->repeat == REPEAT_NONE &&
           ((edge && n->trigger == TRIGGER_NONE) || n->kind == NODE_USER_TASK);
}

enum err process_to_steps(struct arena *a, const struct process *p, struct process_step **ret, size_t *ret_count)
{
    struct process_step *step = ARENA_ARRAY(a, struct process_step, p->node_count);
    size_t count = 0, seen = 0;
    int at = -1;

    for (size_t i = 0; i < p->node_count; i++) {
        if (!is_plain(&p->node[i]) || (p->node[i].kind == NODE_START && at >= 0))
            return ERR_INVALID;
        if (p->node[i].kind == NODE_START)
            at = (int)i;
    }
    while (at >= 0 && seen <= p->node_count) {
        const struct process_node *n = &p->node[at];
        int out = only_out(p, at);
        const struct process_lane *lane = n->lane < 0 ? NULL : &p->lane[n->lane];
        seen++;
        if (n->kind == NODE_USER_TASK)
            step[count++] = (struct process_step){n->id, n->name, n->role.n || !lane ? n->role : lane->role,
                                                  n->place.n || !lane ? n->place : lane->place, n->minutes, n->form,
                                                  n->produces, n->assign, n->escalate, n->remind, n->child};
        if (out == -2 || (out >= 0 && p->flow[out].condition.n))
            return ERR_INVALID;
        at = out < 0 ? -1 : p->flow[out].to;
    }
    if (seen != p->node_count) /* a way back, or a second line beside the first */
        return ERR_INVALID;
    *ret = step;
    *ret_count = count;
    return OK;
}

/* ---- inlining ---- */

struct inlining {
    struct arena *a;
    const struct process *(*find)(void *arg, struct str id);
    void *arg;
    struct process out;
    struct str missing;
};

static struct str prefixed(struct arena *a, struct str prefix, struct str id)
{
    return prefix.n ? str_format(a, "%" PRIstr "/%" PRIstr, STR_ARG(prefix), STR_ARG(id)) : id;
}

static enum err inline_into(struct inlining *in, const struct process *p, struct str prefix, int scope, int depth);

/* A call activity becomes a sub-process that holds what it calls. */
static enum err inline_call(struct inlining *in, int at, int depth)
{
    struct process_node *n = &in->out.node[at];
    const struct process *called = in->find ? in->find(in->arg, n->reference) : NULL;

    if (!called) {
        in->missing = n->reference;
        return ERR_NOT_FOUND;
    }
    n->kind = NODE_SUB_PROCESS;
    return inline_into(in, called, n->id, at, depth + 1);
}

static enum err inline_into(struct inlining *in, const struct process *p, struct str prefix, int scope, int depth)
{
    int base = (int)in->out.node_count, flows = (int)in->out.flow_count, lanes = (int)in->out.lane_count;

    if (depth > PROCESS_DEPTH_MAX || in->out.node_count + p->node_count > PROCESS_NODES_MAX ||
        in->out.flow_count + p->flow_count > PROCESS_FLOWS_MAX || in->out.lane_count + p->lane_count > PROCESS_NODES_MAX)
        return ERR_LIMIT;
    for (size_t i = 0; i < p->lane_count; i++)
        in->out.lane[in->out.lane_count++] = p->lane[i];
    for (size_t i = 0; i < p->node_count; i++) {
        struct process_node *n = &in->out.node[in->out.node_count++];
        *n = p->node[i];
        n->id = prefixed(in->a, prefix, n->id);
        n->scope = n->scope < 0 ? scope : n->scope + base;
        n->attached_to = n->attached_to < 0 ? -1 : n->attached_to + base;
        n->default_flow = n->default_flow < 0 ? -1 : n->default_flow + flows;
        n->lane = n->lane < 0 ? -1 : n->lane + lanes;
    }
    for (size_t i = 0; i < p->flow_count; i++) {
        struct process_flow *f = &in->out.flow[in->out.flow_count++];
        *f = p->flow[i];
        f->id = prefixed(in->a, prefix, f->id);
        f->from += base;
        f->to += base;
    }
    for (int i = base, end = base + (int)p->node_count; i < end; i++) {
        enum err err = in->out.node[i].kind == NODE_CALL ? inline_call(in, i, depth) : OK;
        if (err)
            return err;
    }
    return OK;
}

enum err process_inline(struct arena *a, const struct process *p,
                        const struct process *(*find)(void *arg, struct str id), void *arg, struct process *ret,
                        struct str *ret_missing)
{
    bool calls = false;

    for (size_t i = 0; i < p->node_count; i++)
        calls |= p->node[i].kind == NODE_CALL;
    if (!calls) {
        *ret = *p;
        return OK;
    }
    struct inlining in = {.a = a, .find = find, .arg = arg, .out = {.id = p->id, .name = p->name}};

    in.out.node = ARENA_ARRAY(a, struct process_node, PROCESS_NODES_MAX);
    in.out.flow = ARENA_ARRAY(a, struct process_flow, PROCESS_FLOWS_MAX);
    in.out.lane = ARENA_ARRAY(a, struct process_lane, PROCESS_NODES_MAX);
    enum err err = inline_into(&in, p, STR(""), -1, 0);
    if (err == ERR_NOT_FOUND)
        *ret_missing = in.missing;
    if (!err)
        *ret = in.out;
    return err;
}
