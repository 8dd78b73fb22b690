#include "rules/flow.h"

#include "rules/flow_machine.h"

bool flow_has_ended(const struct flow_state *s)
{
    return s->count == 0;
}

enum err flow_start(struct flow_run *r)
{
    const struct process *p = r->process;
    struct machine m;
    bool started = false;

    machine_begin(&m, r);
    for (size_t i = 0; i < p->node_count; i++)
        if (p->node[i].scope < 0 && p->node[i].kind == NODE_START) {
            machine_arrive(&m, (int)i, -1, 0);
            started = true;
        }
    for (size_t i = 0; !started && i < p->node_count; i++) { /* drawn without a start: what nothing leads to */
        bool led_to = p->node[i].scope >= 0 || p->node[i].kind == NODE_BOUNDARY;
        for (size_t f = 0; f < p->flow_count && !led_to; f++)
            led_to = p->flow[f].to == (int)i;
        if (!led_to)
            machine_arrive(&m, (int)i, -1, 0);
    }
    return machine_end(&m);
}

enum err flow_complete(struct flow_run *r, int64_t no)
{
    struct machine m;

    machine_begin(&m, r);
    const struct flow_token *t = machine_token(&m, no);
    if (!t || t->state != TOKEN_ACTIVE)
        return ERR_NOT_FOUND;
    machine_done(&m, no);
    return machine_end(&m);
}

enum err flow_interrupt(struct flow_run *r, int64_t no, int node)
{
    struct machine m;

    machine_begin(&m, r);
    const struct flow_token *t = machine_token(&m, no);
    if (!t || t->state == TOKEN_JOINING || node < 0 || (size_t)node >= r->process->node_count ||
        r->process->node[node].attached_to != t->node)
        return ERR_NOT_FOUND;
    machine_boundary(&m, no, node);
    return machine_end(&m);
}

static bool catches(const struct process_node *n, struct str name)
{
    return (n->kind == NODE_RECEIVE_TASK || n->trigger == TRIGGER_MESSAGE) && str_eq(n->reference, name);
}

/* The boundary event of the token's activity that this message is for, or -1. */
static int boundary_for(const struct process *p, const struct flow_token *t, struct str name)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (p->node[i].attached_to == t->node && p->node[i].trigger == TRIGGER_MESSAGE && str_eq(p->node[i].reference, name))
            return (int)i;
    return -1;
}

enum err flow_message(struct flow_run *r, struct str name)
{
    const struct flow_state before = r->state;
    struct machine m;
    bool taken = false;

    machine_begin(&m, r);
    for (size_t i = 0; i < before.count; i++) {
        const struct flow_token *t = machine_token(&m, before.token[i].no);
        if (!t || t->state == TOKEN_JOINING || str_is_empty(name)) /* taken away by one before it */
            continue;
        int boundary = boundary_for(r->process, t, name);
        if (t->state == TOKEN_ACTIVE && catches(&r->process->node[t->node], name))
            machine_done(&m, t->no);
        else if (boundary >= 0)
            machine_boundary(&m, t->no, boundary);
        else
            continue;
        taken = true;
    }
    return taken ? machine_end(&m) : ERR_NOT_FOUND;
}

enum err flow_error(struct flow_run *r, int64_t no, struct str code)
{
    struct machine m;

    machine_begin(&m, r);
    if (!machine_token(&m, no) || !machine_error(&m, no, code))
        return ERR_NOT_FOUND;
    return machine_end(&m);
}
