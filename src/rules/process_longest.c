/* The longest way through a process: what its budgets come to at most. */
#include "rules/process.h"

struct search {
    const struct process *p;
    int64_t *best;  /* minutes from this node to an end of its scope; -1: not known yet */
    int *next;      /* the node after it on that way, or -1 */
    bool *open;     /* on the way just now: a flow back to it counts once, so not again */
};

static int64_t from_node(struct search *s, int node);

/* The longest way inside a sub-process. */
static int64_t inside(struct search *s, int scope)
{
    int64_t most = 0;

    for (size_t i = 0; i < s->p->node_count; i++)
        if (s->p->node[i].scope == scope && s->p->node[i].attached_to < 0) {
            int64_t n = from_node(s, (int)i);
            most = n > most ? n : most;
        }
    return most;
}

static int64_t own(struct search *s, int node)
{
    const struct process_node *n = &s->p->node[node];
    int64_t minutes = n->kind == NODE_SUB_PROCESS ? inside(s, node) : n->minutes;

    return minutes > n->minutes ? minutes : n->minutes;
}

static void try_next(struct search *s, int node, int to, int64_t *most)
{
    if (s->open[to])
        return;
    int64_t n = from_node(s, to);
    if (n > *most || (n == *most && s->next[node] < 0)) {
        *most = n;
        s->next[node] = to;
    }
}

static int64_t from_node(struct search *s, int node)
{
    int64_t most = 0;

    if (s->best[node] >= 0)
        return s->best[node];
    s->open[node] = true;
    for (size_t i = 0; i < s->p->flow_count; i++)
        if (s->p->flow[i].from == node)
            try_next(s, node, s->p->flow[i].to, &most);
    for (size_t i = 0; i < s->p->node_count; i++) /* what a boundary event begins comes on top */
        if (s->p->node[i].attached_to == node && s->p->node[i].trigger != TRIGGER_NONE)
            try_next(s, node, (int)i, &most);
    s->open[node] = false;
    s->best[node] = most + own(s, node);
    return s->best[node];
}

int64_t process_longest(struct arena *a, const struct process *p, int **ret_path, size_t *ret_path_count)
{
    struct search s = {p, ARENA_ARRAY(a, int64_t, p->node_count), ARENA_ARRAY(a, int, p->node_count),
                       ARENA_ARRAY(a, bool, p->node_count)};
    int64_t most = 0;
    int first = -1;

    for (size_t i = 0; i < p->node_count; i++) {
        s.best[i] = -1;
        s.next[i] = -1;
    }
    for (size_t i = 0; i < p->node_count; i++) { /* starts first, so that ways back are ways back */
        if (p->node[i].scope >= 0 || p->node[i].kind != NODE_START)
            continue;
        int64_t n = from_node(&s, (int)i);
        if (n > most || first < 0) {
            most = n;
            first = (int)i;
        }
    }
    for (size_t i = 0; first < 0 && i < p->node_count; i++)
        if (p->node[i].scope < 0) {
            most = from_node(&s, (int)i);
            first = (int)i;
        }
    *ret_path = ARENA_ARRAY(a, int, p->node_count);
    *ret_path_count = 0;
    for (int at = first; at >= 0 && *ret_path_count < p->node_count; at = s.next[at])
        (*ret_path)[(*ret_path_count)++] = at;
    return most;
}
