/* Can a process be executed? Everything that is wrong at once. */
#include "rules/process.h"

struct check {
    struct arena *a;
    const struct process *p;
    struct process_finding *finding;
    size_t count, room;
    bool *mark, *is_on_way; /* of nodes, for searches */
};

static void find(struct check *c, struct str element, enum word why, struct str detail)
{
    if (c->count < c->room)
        c->finding[c->count++] = (struct process_finding){element, why, detail};
}

static bool is_activity(enum node_kind k)
{
    return k == NODE_USER_TASK || k == NODE_SERVICE_TASK || k == NODE_SEND_TASK || k == NODE_RECEIVE_TASK ||
           k == NODE_SUB_PROCESS || k == NODE_CALL;
}

static bool is_gateway(enum node_kind k)
{
    return k == NODE_EXCLUSIVE || k == NODE_INCLUSIVE || k == NODE_PARALLEL || k == NODE_EVENT_BASED;
}

/* Does a token stand still here until the world moves it? */
static bool waits(const struct process_node *n)
{
    return n->kind == NODE_USER_TASK || n->kind == NODE_RECEIVE_TASK || n->kind == NODE_CATCH ||
           n->kind == NODE_SUB_PROCESS || n->kind == NODE_CALL;
}

static size_t flows_in(const struct process *p, int node)
{
    size_t n = 0;

    for (size_t i = 0; i < p->flow_count; i++)
        n += p->flow[i].to == node;
    return n;
}

static size_t flows_out(const struct process *p, int node)
{
    size_t n = 0;

    for (size_t i = 0; i < p->flow_count; i++)
        n += p->flow[i].from == node;
    return n;
}

static bool has_start(const struct process *p, int scope)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (p->node[i].scope == scope && p->node[i].kind == NODE_START)
            return true;
    return false;
}

/* Where a scope begins: its start events; in one that was drawn without, what nothing leads to. */
static bool begins(const struct process *p, int node)
{
    const struct process_node *n = &p->node[node];

    return n->kind == NODE_START || (n->kind != NODE_BOUNDARY && !flows_in(p, node) && !has_start(p, n->scope));
}

static void check_scope(struct check *c, int scope)
{
    size_t starts = 0, ends = 0, inside = 0;
    struct str id = scope < 0 ? c->p->id : c->p->node[scope].id;

    for (size_t i = 0; i < c->p->node_count; i++) {
        const struct process_node *n = &c->p->node[i];
        if (n->scope != scope)
            continue;
        inside++;
        starts += n->kind == NODE_START;
        ends += n->kind == NODE_END || (!flows_out(c->p, (int)i) && is_activity(n->kind));
    }
    if (!inside)
        find(c, id, WORD_PROCESS_EMPTY, STR(""));
    else if (starts > 1)
        find(c, id, WORD_PROCESS_STARTS, str_format(c->a, "%zu", starts));
    if (inside && !ends)
        find(c, id, WORD_PROCESS_NO_END, STR(""));
}

static void check_flows(struct check *c)
{
    for (size_t i = 0; i < c->p->flow_count; i++) {
        const struct process_flow *f = &c->p->flow[i];
        const struct process_node *from = &c->p->node[f->from], *to = &c->p->node[f->to];
        if (from->scope != to->scope)
            find(c, f->id, WORD_PROCESS_FLOW_CROSSES, STR(""));
        if (from->kind == NODE_END || to->kind == NODE_START || to->kind == NODE_BOUNDARY)
            find(c, f->id, WORD_PROCESS_FLOW_WRONG, STR(""));
    }
}

/* A split that chooses needs a way in every case. */
static void check_split(struct check *c, int node)
{
    const struct process *p = c->p;
    const struct process_node *n = &p->node[node];

    if ((n->kind != NODE_EXCLUSIVE && n->kind != NODE_INCLUSIVE) || flows_out(p, node) < 2)
        return;
    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == node && !p->flow[i].condition.n && n->default_flow != (int)i)
            find(c, p->flow[i].id, WORD_PROCESS_NO_CONDITION, process_node_name(n));
}

static bool is_assignment(struct str s)
{
    return str_is_empty(s) || str_eq(s, PROCESS_BY_LOAD) || str_eq(s, PROCESS_BY_LAST) || str_has_prefix(s, STR("="));
}

/* Who gets it, and who hears of it when. */
static void check_work(struct check *c, const struct process_node *n)
{
    struct str role;
    int64_t minutes;

    if (!is_assignment(n->assign))
        find(c, n->id, WORD_PROCESS_ASSIGN, n->assign);
    if (n->remind < 0 || (n->minutes && n->remind >= n->minutes))
        find(c, n->id, WORD_PROCESS_REMIND, STR(""));
    if (n->escalate.n && escalation_parse(n->escalate, &role, &minutes))
        find(c, n->id, WORD_PROCESS_ESCALATE, n->escalate);
}

#define BIT(trigger) (1u << (trigger))

/* The events that can happen at each kind of node. */
static const unsigned TRIGGERS[] = {
    [NODE_START] = BIT(TRIGGER_NONE) | BIT(TRIGGER_MESSAGE),
    [NODE_END] = BIT(TRIGGER_NONE) | BIT(TRIGGER_MESSAGE) | BIT(TRIGGER_ERROR) | BIT(TRIGGER_TERMINATE),
    [NODE_CATCH] = BIT(TRIGGER_MESSAGE) | BIT(TRIGGER_TIMER),
    [NODE_THROW] = BIT(TRIGGER_NONE) | BIT(TRIGGER_MESSAGE),
    [NODE_BOUNDARY] = BIT(TRIGGER_MESSAGE) | BIT(TRIGGER_TIMER) | BIT(TRIGGER_ERROR),
    [NODE_USER_TASK] = BIT(TRIGGER_NONE),
    [NODE_SERVICE_TASK] = BIT(TRIGGER_NONE),
    [NODE_SEND_TASK] = BIT(TRIGGER_NONE),
    [NODE_RECEIVE_TASK] = BIT(TRIGGER_NONE),
    [NODE_EXCLUSIVE] = BIT(TRIGGER_NONE),
    [NODE_INCLUSIVE] = BIT(TRIGGER_NONE),
    [NODE_PARALLEL] = BIT(TRIGGER_NONE),
    [NODE_EVENT_BASED] = BIT(TRIGGER_NONE),
    [NODE_SUB_PROCESS] = BIT(TRIGGER_NONE),
    [NODE_CALL] = BIT(TRIGGER_NONE),
};
_Static_assert(sizeof TRIGGERS / sizeof TRIGGERS[0] == NODE_KIND__COUNT, "every kind says what can happen at it");

static void check_node(struct check *c, int node)
{
    const struct process *p = c->p;
    const struct process_node *n = &p->node[node];

    if (!(TRIGGERS[n->kind] & BIT(n->trigger)))
        find(c, n->id, WORD_PROCESS_TRIGGER, STR(""));
    struct timer_wait wait;
    if (n->trigger == TRIGGER_TIMER && timer_wait_parse(n->timer, &wait))
        find(c, n->id, WORD_PROCESS_TIMER, n->timer);
    if (n->kind == NODE_BOUNDARY &&
        (n->attached_to < 0 || !is_activity(p->node[n->attached_to].kind) || !flows_out(p, node)))
        find(c, n->id, WORD_PROCESS_BOUNDARY, STR(""));
    if (n->kind == NODE_CALL && str_is_empty(n->reference))
        find(c, n->id, WORD_PROCESS_CALL, STR(""));
    if (n->repeat != REPEAT_NONE && str_is_empty(n->cardinality))
        find(c, n->id, WORD_PROCESS_CARDINALITY, STR(""));
    if (n->repeat != REPEAT_NONE && !waits(n)) /* what the program does itself, it does once */
        find(c, n->id, WORD_PROCESS_UNSUPPORTED, STR("multiInstanceLoopCharacteristics"));
    if ((is_gateway(n->kind) || n->kind == NODE_START || n->kind == NODE_CATCH) && !flows_out(p, node))
        find(c, n->id, WORD_PROCESS_DEAD_END, STR(""));
    if (n->minutes < 0)
        find(c, n->id, WORD_PROCESS_BUDGET, STR(""));
    check_work(c, n);
    check_split(c, node);
    for (size_t i = 0; n->kind == NODE_EVENT_BASED && i < p->flow_count; i++) {
        const struct process_node *to = p->flow[i].from == node ? &p->node[p->flow[i].to] : NULL;
        if (to && to->kind != NODE_CATCH && to->kind != NODE_RECEIVE_TASK)
            find(c, to->id, WORD_PROCESS_EVENT_BASED, STR(""));
    }
}

/* Marks what can be reached from a node, over flows and boundary events. */
static void reach(struct check *c, int node)
{
    const struct process *p = c->p;

    for (size_t i = 0; i < p->flow_count; i++) {
        int to = p->flow[i].to;
        if (p->flow[i].from != node || c->mark[to])
            continue;
        c->mark[to] = true;
        reach(c, to);
    }
    for (size_t i = 0; i < p->node_count; i++) {
        bool inside = p->node[i].scope == node && begins(p, (int)i);
        if ((p->node[i].attached_to == node || inside) && !c->mark[i]) {
            c->mark[i] = true;
            reach(c, (int)i);
        }
    }
}

/* A node of a way back that can be reached from here and on which nothing waits, or -1. Each node is
 * looked at once: a file may hold thousands of gateways. */
static int leads_back(struct check *c, int node)
{
    const struct process *p = c->p;
    int found = -1;

    c->mark[node] = c->is_on_way[node] = true;
    for (size_t i = 0; i < p->flow_count && found < 0; i++) {
        int to = p->flow[i].to;
        if (p->flow[i].from != node || waits(&p->node[to]))
            continue;
        found = c->is_on_way[to] ? to : c->mark[to] ? -1 : leads_back(c, to);
    }
    c->is_on_way[node] = false;
    return found;
}

static void unmark(struct check *c)
{
    memset(c->mark, 0, c->p->node_count * sizeof *c->mark);
}

static void check_reach(struct check *c)
{
    const struct process *p = c->p;

    unmark(c);
    for (size_t i = 0; i < p->node_count; i++)
        if (p->node[i].scope < 0 && begins(p, (int)i) && !c->mark[i]) {
            c->mark[i] = true;
            reach(c, (int)i);
        }
    for (size_t i = 0; i < p->node_count; i++)
        if (!c->mark[i])
            find(c, p->node[i].id, WORD_PROCESS_UNREACHABLE, STR(""));
    unmark(c);
    for (size_t i = 0; i < p->node_count; i++) { /* a way back on which nobody ever waits never ends */
        int back = waits(&p->node[i]) || c->mark[i] ? -1 : leads_back(c, (int)i);
        if (back >= 0) {
            find(c, p->node[back].id, WORD_PROCESS_LOOP, STR(""));
            return;
        }
    }
}

void process_check(struct arena *a, const struct process *p, struct process_finding **ret_findings, size_t *ret_count)
{
    struct check c = {.a = a, .p = p, .room = p->node_count * 5 + p->flow_count * 3 + 8};

    c.finding = ARENA_ARRAY(a, struct process_finding, c.room);
    c.mark = ARENA_ARRAY(a, bool, p->node_count);
    c.is_on_way = ARENA_ARRAY(a, bool, p->node_count);
    check_scope(&c, -1);
    for (size_t i = 0; i < p->node_count; i++)
        if (p->node[i].kind == NODE_SUB_PROCESS)
            check_scope(&c, (int)i);
    check_flows(&c);
    for (size_t i = 0; i < p->node_count; i++)
        check_node(&c, (int)i);
    if (p->node_count <= PROCESS_NODES_MAX)
        check_reach(&c);
    *ret_findings = c.finding;
    *ret_count = c.count;
}
