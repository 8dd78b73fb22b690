#include "rules/flow_machine.h"

#include <string.h>

void machine_begin(struct machine *m, struct flow_run *run)
{
    *m = (struct machine){.run = run, .p = run->process, .last_no = run->state.last_no};
    m->token = ARENA_ARRAY(run->arena, struct flow_token, FLOW_TOKENS_MAX);
    m->arrival = ARENA_ARRAY(run->arena, struct arrival, FLOW_MOVES_MAX);
    m->change = ARENA_ARRAY(run->arena, struct flow_change, FLOW_MOVES_MAX);
    run->failed_node = run->failed_flow = -1;
    if (run->state.count > FLOW_TOKENS_MAX) {
        m->err = ERR_LIMIT;
        return;
    }
    m->count = run->state.count;
    if (m->count)
        memcpy(m->token, run->state.token, m->count * sizeof *m->token);
}

static void fail(struct machine *m, enum err err, int node, int flow)
{
    if (m->err)
        return;
    m->err = err;
    m->run->failed_node = node;
    m->run->failed_flow = flow;
}

void machine_note(struct machine *m, enum flow_change_kind kind, int64_t token, int node, int flow)
{
    if (m->change_count == FLOW_MOVES_MAX) {
        fail(m, ERR_LIMIT, node, flow);
        return;
    }
    m->change[m->change_count++] = (struct flow_change){kind, token, node, flow};
}

/* ---- tokens ---- */

struct flow_token *machine_token(struct machine *m, int64_t no)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->token[i].no == no)
            return &m->token[i];
    return NULL;
}

static int64_t token_add(struct machine *m, struct flow_token t)
{
    if (m->count == FLOW_TOKENS_MAX) {
        fail(m, ERR_LIMIT, t.node, t.flow);
        return 0;
    }
    t.no = ++m->last_no;
    m->token[m->count++] = t;
    return t.no;
}

static void token_remove(struct machine *m, int64_t no)
{
    size_t n = 0;

    for (size_t i = 0; i < m->count; i++)
        if (m->token[i].no != no)
            m->token[n++] = m->token[i];
    m->count = n;
}

/* Does anything still live in the scope of this token? */
static bool is_inhabited(const struct machine *m, int64_t parent)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->token[i].parent == parent)
            return true;
    for (size_t i = m->first; i < m->end; i++)
        if (m->arrival[i].parent == parent)
            return true;
    return false;
}

static void arrivals_drop(struct machine *m, int64_t parent)
{
    size_t n = m->first;

    for (size_t i = m->first; i < m->end; i++)
        if (m->arrival[i].parent != parent)
            m->arrival[n++] = m->arrival[i];
    m->end = n;
}

static void scope_clear(struct machine *m, int64_t parent)
{
    arrivals_drop(m, parent);
    for (size_t i = 0; i < m->count;) {
        if (m->token[i].parent == parent) {
            machine_cancel(m, m->token[i].no);
            i = 0; /* what it held is gone too */
        } else {
            i++;
        }
    }
}

void machine_cancel(struct machine *m, int64_t no)
{
    const struct flow_token *t = machine_token(m, no);
    int node = t ? t->node : -1;

    if (!t)
        return;
    if (t->state != TOKEN_JOINING)
        machine_note(m, FLOW_CANCELLED, no, node, -1);
    token_remove(m, no);
    scope_clear(m, no);
}

/* A token ended in this scope: when it was the last, the scope has ended. */
static void scope_check(struct machine *m, int64_t parent)
{
    if (parent && machine_token(m, parent) && !is_inhabited(m, parent))
        machine_done(m, parent);
}

/* ---- ways on ---- */

void machine_arrive(struct machine *m, int node, int flow, int64_t parent)
{
    if (m->end == FLOW_MOVES_MAX) {
        fail(m, ERR_LIMIT, node, flow);
        return;
    }
    m->arrival[m->end++] = (struct arrival){node, flow, parent};
}

static void take(struct machine *m, int flow, int64_t parent)
{
    machine_note(m, FLOW_FLOWED, 0, -1, flow);
    machine_arrive(m, m->p->flow[flow].to, flow, parent);
}

static bool holds(struct machine *m, int flow)
{
    bool yes = false;
    enum err err = m->run->world->condition(m->run->world->arg, m->p->flow[flow].condition, &yes);

    if (err)
        fail(m, err, -1, flow);
    return !err && yes;
}

/* The flows that lead on: all without a condition, those whose condition holds; of an exclusive gateway
 * the first; the default where nothing else does. */
void machine_leave(struct machine *m, int node, int64_t parent)
{
    const struct process_node *n = &m->p->node[node];
    size_t out = 0, taken = 0;

    for (size_t i = 0; i < m->p->flow_count && !m->err; i++) {
        const struct process_flow *f = &m->p->flow[i];
        if (f->from != node)
            continue;
        out++;
        if (n->default_flow == (int)i || (n->kind == NODE_EXCLUSIVE && taken))
            continue;
        if (n->kind == NODE_PARALLEL || !f->condition.n || holds(m, (int)i)) {
            take(m, (int)i, parent);
            taken++;
        }
    }
    if (m->err || taken)
        return;
    if (n->default_flow >= 0)
        take(m, n->default_flow, parent);
    else if (out)
        fail(m, ERR_INVALID, node, -1);
    else
        scope_check(m, parent);
}

/* ---- opening ---- */

static bool has_in(const struct process *p, int node)
{
    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].to == node)
            return true;
    return false;
}

/* A scope begins at its start event, or at everything that nothing leads to. */
static void scope_begin(struct machine *m, int scope, int64_t parent)
{
    bool started = false;

    for (size_t i = 0; i < m->p->node_count; i++)
        if (m->p->node[i].scope == scope && m->p->node[i].kind == NODE_START) {
            machine_arrive(m, (int)i, -1, parent);
            started = true;
        }
    for (size_t i = 0; !started && i < m->p->node_count; i++) {
        const struct process_node *n = &m->p->node[i];
        if (n->scope == scope && n->kind != NODE_BOUNDARY && !has_in(m->p, (int)i))
            machine_arrive(m, (int)i, -1, parent);
    }
}

static void instance_open(struct machine *m, int node, int flow, int64_t parent, int64_t instance, int64_t of)
{
    bool scope = m->p->node[node].kind == NODE_SUB_PROCESS;
    int64_t no = token_add(m, (struct flow_token){.parent = parent, .node = node, .flow = flow, .instance = instance,
                                                  .of = of, .state = scope ? TOKEN_OPEN : TOKEN_ACTIVE});

    if (!no)
        return;
    machine_note(m, FLOW_OPENED, no, node, -1);
    if (scope)
        scope_begin(m, node, no);
}

/* The body of a multi-instance activity holds its instances. */
static void body_open(struct machine *m, int node, int flow, int64_t parent)
{
    const struct process_node *n = &m->p->node[node];
    int64_t of = 0;
    enum err err = m->run->world->number(m->run->world->arg, n->cardinality, &of);

    if (!err && (of < 0 || of > FLOW_INSTANCES_MAX))
        err = ERR_LIMIT;
    if (err) {
        fail(m, err, node, -1);
        return;
    }
    if (!of) { /* nobody to ask: it is done */
        machine_leave(m, node, parent);
        return;
    }
    int64_t body = token_add(m, (struct flow_token){.parent = parent, .node = node, .flow = flow, .of = of, .state = TOKEN_OPEN});
    for (int64_t i = 1; body && i <= (n->repeat == REPEAT_PARALLEL ? of : 1); i++)
        instance_open(m, node, flow, body, i, of);
}

void machine_open(struct machine *m, int node, int flow, int64_t parent)
{
    if (m->p->node[node].repeat != REPEAT_NONE)
        body_open(m, node, flow, parent);
    else
        instance_open(m, node, flow, parent, 0, 0);
}

/* ---- ending ---- */

static bool is_body_of(const struct flow_token *body, int node)
{
    return body && body->node == node && body->of && !body->instance;
}

static void instance_done(struct machine *m, int64_t body_no, int node, int64_t instance)
{
    const struct process_node *n = &m->p->node[node];
    const struct flow_token body = *machine_token(m, body_no);
    bool enough = false;

    if (n->until.n) {
        enum err err = m->run->world->condition(m->run->world->arg, n->until, &enough);
        if (err)
            fail(m, err, node, -1);
    }
    if (!enough && n->repeat == REPEAT_SEQUENTIAL && instance < body.of) {
        instance_open(m, node, body.flow, body_no, instance + 1, body.of);
        return;
    }
    if (!enough && is_inhabited(m, body_no))
        return;
    scope_clear(m, body_no);
    token_remove(m, body_no);
    machine_leave(m, node, body.parent);
}

void machine_done(struct machine *m, int64_t no)
{
    const struct flow_token *found = machine_token(m, no);
    if (!found)
        return;
    const struct flow_token t = *found, *parent = machine_token(m, t.parent);
    const struct flow_token above = parent ? *parent : (struct flow_token){.node = -1};

    machine_note(m, FLOW_DONE, no, t.node, -1);
    token_remove(m, no);
    if (is_body_of(parent, t.node)) {
        instance_done(m, t.parent, t.node, t.instance);
        return;
    }
    if (above.node >= 0 && m->p->node[above.node].kind == NODE_EVENT_BASED) { /* the others came too late */
        scope_clear(m, above.no);
        token_remove(m, above.no);
        machine_leave(m, t.node, above.parent);
        return;
    }
    machine_leave(m, t.node, t.parent);
}

/* A boundary event of one instance is one of the whole activity. */
void machine_boundary(struct machine *m, int64_t no, int node)
{
    const struct flow_token *t = machine_token(m, no);
    const struct flow_token *body = t ? machine_token(m, t->parent) : NULL;

    if (is_body_of(body, t ? t->node : -1))
        t = body;
    int64_t parent = t->parent;
    if (m->p->node[node].is_interrupting || m->p->node[node].trigger == TRIGGER_ERROR)
        machine_cancel(m, t->no);
    machine_note(m, FLOW_PASSED, 0, node, -1);
    machine_leave(m, node, parent);
}

bool machine_error(struct machine *m, int64_t no, struct str code)
{
    for (const struct flow_token *t = machine_token(m, no); t; t = machine_token(m, t->parent))
        for (size_t i = 0; i < m->p->node_count; i++) {
            const struct process_node *n = &m->p->node[i];
            if (n->attached_to != t->node || n->trigger != TRIGGER_ERROR || (n->reference.n && !str_eq(n->reference, code)))
                continue;
            machine_boundary(m, t->no, (int)i);
            return true;
        }
    return false;
}

/* ---- entering ---- */

static void enter_end(struct machine *m, int node, int64_t parent)
{
    const struct process_node *n = &m->p->node[node];

    machine_note(m, parent ? FLOW_PASSED : FLOW_ENDED, 0, node, -1);
    if (n->trigger == TRIGGER_MESSAGE)
        machine_note(m, FLOW_SENT, 0, node, -1);
    if (n->trigger == TRIGGER_ERROR && parent && machine_error(m, parent, n->reference))
        return;
    if (n->trigger == TRIGGER_TERMINATE || n->trigger == TRIGGER_ERROR) /* an error nobody catches ends everything */
        scope_clear(m, n->trigger == TRIGGER_ERROR ? 0 : parent);
    scope_check(m, parent);
}

/* All events behind the gateway wait; the first that comes takes the others away. */
static void enter_event_based(struct machine *m, int node, int flow, int64_t parent)
{
    int64_t gate = token_add(m, (struct flow_token){.parent = parent, .node = node, .flow = flow, .state = TOKEN_OPEN});

    for (size_t i = 0; gate && i < m->p->flow_count; i++)
        if (m->p->flow[i].from == node)
            instance_open(m, m->p->flow[i].to, (int)i, gate, 0, 0);
}

static void pass(struct machine *m, int node, int64_t parent, enum flow_change_kind kind)
{
    machine_note(m, kind, 0, node, -1);
    machine_leave(m, node, parent);
}

static void enter(struct machine *m, const struct arrival *at)
{
    const struct process_node *n = &m->p->node[at->node];

    switch (n->kind) {
    case NODE_START:
    case NODE_BOUNDARY:
    case NODE_EXCLUSIVE:
        pass(m, at->node, at->parent, FLOW_PASSED);
        break;
    case NODE_END:
        enter_end(m, at->node, at->parent);
        break;
    case NODE_THROW:
        pass(m, at->node, at->parent, n->trigger == TRIGGER_MESSAGE ? FLOW_SENT : FLOW_PASSED);
        break;
    case NODE_SEND_TASK:
        pass(m, at->node, at->parent, FLOW_SENT);
        break;
    case NODE_SERVICE_TASK:
        pass(m, at->node, at->parent, FLOW_SERVED);
        break;
    case NODE_CATCH:
    case NODE_USER_TASK:
    case NODE_RECEIVE_TASK:
    case NODE_SUB_PROCESS:
        machine_open(m, at->node, at->flow, at->parent);
        break;
    case NODE_PARALLEL:
        machine_join_parallel(m, at->node, at->flow, at->parent);
        break;
    case NODE_INCLUSIVE:
        token_add(m, (struct flow_token){.parent = at->parent, .node = at->node, .flow = at->flow, .state = TOKEN_JOINING});
        break;
    case NODE_EVENT_BASED:
        enter_event_based(m, at->node, at->flow, at->parent);
        break;
    case NODE_CALL: /* process_inline puts something in its place */
    case NODE_KIND__COUNT:
        fail(m, ERR_INVALID, at->node, -1);
        break;
    }
}

/* ---- joins of all ---- */

static int64_t joining(const struct machine *m, int node, int flow, int64_t parent)
{
    for (size_t i = 0; i < m->count; i++) {
        const struct flow_token *t = &m->token[i];
        if (t->state == TOKEN_JOINING && t->node == node && t->flow == flow && t->parent == parent)
            return t->no;
    }
    return 0;
}

void machine_join_parallel(struct machine *m, int node, int flow, int64_t parent)
{
    token_add(m, (struct flow_token){.parent = parent, .node = node, .flow = flow, .state = TOKEN_JOINING});
    for (size_t i = 0; i < m->p->flow_count; i++)
        if (m->p->flow[i].to == node && !joining(m, node, (int)i, parent))
            return;
    if (flow < 0)
        token_remove(m, joining(m, node, flow, parent));
    for (size_t i = 0; i < m->p->flow_count; i++)
        if (m->p->flow[i].to == node)
            token_remove(m, joining(m, node, (int)i, parent));
    pass(m, node, parent, FLOW_PASSED);
}

/* ---- working off ---- */

static void settle(struct machine *m)
{
    do {
        while (!m->err && m->first < m->end) {
            struct arrival at = m->arrival[m->first++];
            if (++m->moves > FLOW_MOVES_MAX)
                fail(m, ERR_LIMIT, at.node, at.flow);
            else
                enter(m, &at);
        }
    } while (!m->err && machine_join_inclusive(m));
}

enum err machine_end(struct machine *m)
{
    if (!m->err)
        settle(m);
    if (m->err)
        return m->err;
    m->run->state = (struct flow_state){m->token, m->count, m->last_no};
    m->run->changes = (struct flow_changes){m->change, m->change_count};
    return OK;
}
