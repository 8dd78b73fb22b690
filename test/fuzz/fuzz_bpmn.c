/* What is read is written back to the same process; what can be executed runs, by a schedule drawn from the
 * input, in bounded steps, and a call that fails leaves its state as it was. */
#include "fuzz.h"

#include "format/bpmn.h"
#include "rules/flow.h"

enum { STEPS_MAX = 60 };

/* Numbers that depend on every byte of the input, so that a changed byte is another schedule. */
static uint64_t draw(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static enum err condition(void *arg, struct str expression, bool *ret)
{
    (void)expression;
    *ret = draw(arg) % 2;
    return draw(arg) % 50 ? OK : ERR_INVALID;
}

static enum err number(void *arg, struct str expression, int64_t *ret)
{
    (void)expression;
    *ret = draw(arg) % 20 ? (int64_t)(draw(arg) % 4) : (int64_t)draw(arg);
    return OK;
}

/* ---- the same process ---- */

static bool node_same(const struct process_node *x, const struct process_node *y)
{
    return str_eq(x->id, y->id) && str_eq(x->name, y->name) && x->kind == y->kind && x->trigger == y->trigger &&
           str_eq(x->reference, y->reference) && str_eq(x->timer, y->timer) && x->scope == y->scope &&
           x->attached_to == y->attached_to && x->is_interrupting == y->is_interrupting && x->repeat == y->repeat &&
           str_eq(x->cardinality, y->cardinality) && str_eq(x->until, y->until) && x->default_flow == y->default_flow &&
           x->lane == y->lane && str_eq(x->place, y->place) && str_eq(x->role, y->role) && x->minutes == y->minutes &&
           str_eq(x->form, y->form) && str_eq(x->produces, y->produces);
}

static bool flow_same(const struct process_flow *x, const struct process_flow *y)
{
    return str_eq(x->id, y->id) && str_eq(x->name, y->name) && x->from == y->from && x->to == y->to &&
           str_eq(x->condition, y->condition);
}

static bool lane_same(const struct process_lane *x, const struct process_lane *y)
{
    return str_eq(x->id, y->id) && str_eq(x->name, y->name) && str_eq(x->place, y->place) && str_eq(x->role, y->role);
}

static void process_law(const struct process *x, const struct process *y)
{
    FUZZ_LAW(str_eq(x->id, y->id) && str_eq(x->name, y->name));
    FUZZ_LAW(x->node_count == y->node_count && x->flow_count == y->flow_count && x->lane_count == y->lane_count);
    for (size_t i = 0; i < x->node_count; i++)
        FUZZ_LAW(node_same(&x->node[i], &y->node[i]));
    for (size_t i = 0; i < x->flow_count; i++)
        FUZZ_LAW(flow_same(&x->flow[i], &y->flow[i]));
    for (size_t i = 0; i < x->lane_count; i++)
        FUZZ_LAW(lane_same(&x->lane[i], &y->lane[i]));
}

/* ---- running ---- */

static void state_law(const struct flow_run *r)
{
    struct flow_state back;
    struct str text = flow_write(r->arena, r->process, &r->state);

    FUZZ_LAW(r->state.count <= FLOW_TOKENS_MAX);
    for (size_t i = 0; i < r->state.count; i++) {
        FUZZ_LAW(r->state.token[i].no > 0 && r->state.token[i].no <= r->state.last_no);
        for (size_t k = 0; k < i; k++)
            FUZZ_LAW(r->state.token[k].no != r->state.token[i].no);
    }
    FUZZ_LAW(!flow_read(r->arena, r->process, text, &back));
    FUZZ_LAW(str_eq(flow_write(r->arena, r->process, &back), text));
}

static enum err step(struct flow_run *r, uint64_t *seed)
{
    const struct process *p = r->process;
    const struct flow_token *t = &r->state.token[draw(seed) % r->state.count];
    int node = (int)(draw(seed) % p->node_count);

    switch (draw(seed) % 8) {
    case 0: return flow_interrupt(r, t->no, node);
    case 1: return flow_message(r, p->node[node].reference);
    case 2: return flow_error(r, t->no, p->node[node].reference);
    case 3: return flow_return(r, t->no, node);
    default: return flow_complete(r, t->no);
    }
}

static void run(const struct process *p, uint64_t seed)
{
    const struct flow_world world = {condition, number, &seed};

    /* Each step has an arena of its own, so that what one step takes is bounded as well. */
    struct arena *a = arena_new((size_t)1 << 28);
    struct flow_run r = {.arena = a, .process = p, .world = &world};
    enum err err = flow_start(&r);
    for (int i = 0; !err && i < STEPS_MAX && !flow_has_ended(&r.state); i++) {
        struct str before = flow_write(a, p, &r.state);
        if (step(&r, &seed))
            FUZZ_LAW(str_eq(flow_write(a, p, &r.state), before));
        state_law(&r);
        struct arena *next = arena_new((size_t)1 << 28);
        FUZZ_LAW(!flow_read(next, p, flow_write(a, p, &r.state), &r.state));
        arena_free(a);
        a = next;
        r.arena = a;
    }
    arena_free(a);
}

static void run_all(struct arena *a, const struct bpmn *file, uint64_t seed)
{
    for (size_t i = 0; i < file->process_count; i++) {
        struct process whole;
        struct process_finding *finding;
        size_t count;
        struct str missing = STR("");
        enum err err = bpmn_whole(a, file, i, &whole, &missing);
        FUZZ_LAW(!err || err == ERR_LIMIT || err == ERR_NOT_FOUND);
        if (err)
            continue;
        process_check(a, &whole, &finding, &count);
        if (!count)
            run(&whole, seed);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct bpmn file, again;
    struct fault fault = {.why = STR("")};
    uint64_t seed = 88172645463325252u;

    for (size_t i = 0; i < size; i++)
        seed = (seed ^ data[i]) * 1099511628211u;
    seed |= 1;
    if (bpmn_read(a, (struct str){(const char *)data, size}, &file, &fault)) {
        FUZZ_LAW(fault.why.n > 0);
    } else {
        FUZZ_LAW(!bpmn_read(a, file.xml, &again, &fault));
        FUZZ_LAW(str_eq(again.xml, file.xml) && again.process_count == file.process_count &&
                 again.finding_count == file.finding_count);
        for (size_t i = 0; i < file.process_count; i++)
            process_law(&file.process[i], &again.process[i]);
        run_all(a, &file, seed);
    }
    arena_free(a);
    return 0;
}
