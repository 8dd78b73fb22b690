/* When an inclusive join may go on (BPMN 2.0, 13.4.3): at least one of its flows has a token, and no
 * token elsewhere can still come over a flow that has none, unless it could as well come over one that
 * has. */
#include "rules/flow_machine.h"

#include <string.h>

struct join {
    struct machine *m;
    int node;
    int64_t parent;
    bool *here;  /* by flow: a token waits on it */
    bool *mark;  /* nodes from which the flows asked about can be reached */
};

/* Marks the nodes from which a flow into the join, with or without a token, can be reached without
 * passing the join. */
static void mark_back(struct join *j, bool with_token)
{
    const struct process *p = j->m->p;
    bool more = true;

    memset(j->mark, 0, p->node_count * sizeof *j->mark);
    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].to == j->node && j->here[i] == with_token && p->flow[i].from != j->node)
            j->mark[p->flow[i].from] = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < p->flow_count; i++) {
            const struct process_flow *f = &p->flow[i];
            if (f->to != j->node && f->from != j->node && j->mark[f->to] && !j->mark[f->from])
                j->mark[f->from] = more = true;
        }
        for (size_t i = 0; i < p->node_count; i++) {
            int on = p->node[i].attached_to;
            if (j->mark[i] && on >= 0 && !j->mark[on])
                j->mark[on] = more = true;
        }
    }
}

/* The node of the join's scope at which a token stands, or inside which it lives; -1: elsewhere. */
static int stands_at(struct join *j, const struct flow_token *t)
{
    while (t && t->parent != j->parent)
        t = machine_token(j->m, t->parent);
    return t ? t->node : -1;
}

static bool can_come(struct join *j, bool *by_empty, bool *by_full)
{
    const struct machine *m = j->m;
    bool waits = false;

    mark_back(j, false);
    memcpy(by_empty, j->mark, m->p->node_count * sizeof *by_empty);
    mark_back(j, true);
    memcpy(by_full, j->mark, m->p->node_count * sizeof *by_full);
    for (size_t i = 0; i < m->count && !waits; i++) {
        int at = stands_at(j, &m->token[i]);
        if (at >= 0 && at != j->node)
            waits = by_empty[at] && !by_full[at];
    }
    return waits;
}

/* Takes one token of each flow that has one. */
static void fire(struct join *j)
{
    struct machine *m = j->m;
    size_t n = 0;

    memset(j->here, 0, (m->p->flow_count + 1) * sizeof *j->here);
    for (size_t i = 0; i < m->count; i++) {
        const struct flow_token *t = &m->token[i];
        size_t flow = t->flow < 0 ? m->p->flow_count : (size_t)t->flow;
        bool taken = t->state == TOKEN_JOINING && t->node == j->node && t->parent == j->parent && !j->here[flow];
        if (taken)
            j->here[flow] = true;
        else
            m->token[n++] = *t;
    }
    m->count = n;
    machine_note(m, FLOW_PASSED, 0, j->node, -1);
    machine_leave(m, j->node, j->parent);
}

bool machine_join_inclusive(struct machine *m)
{
    struct arena *a = m->run->arena;
    struct join j = {.m = m};

    for (size_t i = 0; i < m->count; i++) {
        const struct flow_token *t = &m->token[i];
        if (t->state != TOKEN_JOINING || m->p->node[t->node].kind != NODE_INCLUSIVE)
            continue;
        j.node = t->node;
        j.parent = t->parent;
        j.here = ARENA_ARRAY(a, bool, m->p->flow_count + 1);
        j.mark = ARENA_ARRAY(a, bool, m->p->node_count);
        for (size_t k = 0; k < m->count; k++)
            if (m->token[k].state == TOKEN_JOINING && m->token[k].node == j.node && m->token[k].parent == j.parent && m->token[k].flow >= 0)
                j.here[m->token[k].flow] = true;
        if (can_come(&j, ARENA_ARRAY(a, bool, m->p->node_count), ARENA_ARRAY(a, bool, m->p->node_count)))
            continue;
        fire(&j);
        return true;
    }
    return false;
}
