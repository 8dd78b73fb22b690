/* Giving a step back: the token leaves its activity and stands again at an earlier one.
 *
 * That must not leave a join waiting for ever nor let anything run twice. So the way from the earlier
 * activity to here, the `way`, must be closed: every join on it gets all its tokens from the way itself,
 * and no other token of the scope stands on what the earlier activity leads to. */
#include "rules/flow_machine.h"

struct back {
    struct arena *a;
    const struct process *p;
    int from, to;  /* where the token stands, and where it goes */
    bool *ahead;   /* nodes that `to` leads to without passing `from` */
    bool *behind;  /* nodes that lead to `from` */
};

/* One more node from those that are marked; what leads on from an activity leads on from its edge too. */
static bool spread(const struct process *p, bool *mark, bool forward, int stop, int other_stop)
{
    bool more = false;

    for (size_t i = 0; i < p->flow_count; i++) {
        int near = forward ? p->flow[i].from : p->flow[i].to, far = forward ? p->flow[i].to : p->flow[i].from;
        if (mark[near] && !mark[far] && near != stop && near != other_stop)
            mark[far] = more = true;
    }
    for (size_t i = 0; i < p->node_count; i++) {
        int on = p->node[i].attached_to, near = forward ? on : (int)i, far = forward ? (int)i : on;
        if (on >= 0 && mark[near] && !mark[far] && near != stop && near != other_stop)
            mark[far] = more = true;
    }
    return more;
}

/* What can be reached from a node, without passing the stops; -1: no stop. */
static bool *reach(const struct back *b, int node, bool forward, int stop, int other_stop)
{
    bool *mark = ARENA_ARRAY(b->a, bool, b->p->node_count);

    mark[node] = true;
    while (spread(b->p, mark, forward, stop, other_stop))
        ;
    return mark;
}

static bool is_join(const struct process_node *n)
{
    return n->kind == NODE_PARALLEL || n->kind == NODE_INCLUSIVE;
}

/* Does a join also wait for what does not come from the way? A loop around the join does not feed it. */
static bool join_waits(const struct back *b, int join)
{
    const bool *fed = reach(b, b->to, true, b->from, join);

    for (size_t i = 0; i < b->p->flow_count; i++)
        if (b->p->flow[i].to == join && !fed[b->p->flow[i].from])
            return true;
    return false;
}

static bool waits_for_others(const struct back *b)
{
    for (size_t i = 0; i < b->p->node_count; i++)
        if (b->ahead[i] && b->behind[i] && is_join(&b->p->node[i]) && join_waits(b, (int)i))
            return true;
    return false;
}

/* The token of the same scope that another token is, or lives in. */
static const struct flow_token *top_in_scope(const struct flow_state *s, const struct flow_token *t, int64_t parent)
{
    while (t && t->parent != parent) {
        const struct flow_token *above = NULL;
        for (size_t i = 0; i < s->count; i++)
            if (s->token[i].no == t->parent)
                above = &s->token[i];
        t = above;
    }
    return t;
}

static bool meets_another(const struct back *b, const struct flow_state *s, const struct flow_token *mine)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct flow_token *t = top_in_scope(s, &s->token[i], mine->parent);
        if (t && t != mine && b->ahead[t->node])
            return true;
    }
    return false;
}

/* One of several events that wait for the first of them: to take it back would be to choose. */
static bool is_at_gate(const struct process *p, const struct flow_state *s, const struct flow_token *t)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->token[i].no == t->parent)
            return p->node[s->token[i].node].kind == NODE_EVENT_BASED;
    return false;
}

bool flow_may_return(struct arena *a, const struct process *p, const struct flow_state *s, int64_t no, int node)
{
    const struct flow_token *t = NULL;

    for (size_t i = 0; i < s->count; i++)
        if (s->token[i].no == no && s->token[i].state == TOKEN_ACTIVE)
            t = &s->token[i];
    if (!t || t->instance || node < 0 || (size_t)node >= p->node_count || node == t->node || is_at_gate(p, s, t))
        return false;
    const struct process_node *to = &p->node[node];
    if (to->scope != p->node[t->node].scope || to->repeat != REPEAT_NONE || !process_is_work(to))
        return false;
    struct back b = {.a = a, .p = p, .from = t->node, .to = node};
    b.ahead = reach(&b, node, true, t->node, -1);
    b.behind = reach(&b, t->node, false, -1, -1);
    return b.ahead[t->node] && !waits_for_others(&b) && !meets_another(&b, s, t);
}

enum err flow_return(struct flow_run *r, int64_t no, int node)
{
    struct machine m;

    machine_begin(&m, r);
    const struct flow_token *t = machine_token(&m, no);
    if (!t || t->state != TOKEN_ACTIVE)
        return ERR_NOT_FOUND;
    if (!flow_may_return(r->arena, r->process, &r->state, no, node))
        return ERR_INVALID;
    int64_t parent = t->parent;
    machine_cancel(&m, no);
    machine_open(&m, node, -1, parent);
    return machine_end(&m);
}
