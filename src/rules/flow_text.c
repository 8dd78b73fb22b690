/* The state of a run as text, and its way to another version of the process. */
#include "rules/flow.h"

#include <string.h>

static const char *const STATES[TOKEN_STATE__COUNT] = {
    [TOKEN_ACTIVE] = "active", [TOKEN_JOINING] = "joining", [TOKEN_OPEN] = "open"};

static int flow_find(const struct process *p, struct str id)
{
    for (size_t i = 0; i < p->flow_count; i++)
        if (str_eq(p->flow[i].id, id))
            return (int)i;
    return -1;
}

/* last N, then: no parent state instance of flow|- node */
struct str flow_write(struct arena *a, const struct process *p, const struct flow_state *s)
{
    struct buf b = buf_in(a);
    int64_t after = 0;

    buf_format(&b, "last %lld\n", (long long)s->last_no);
    for (size_t done = 0; done < s->count; done++) { /* by number */
        const struct flow_token *t = NULL;
        for (size_t i = 0; i < s->count; i++)
            if (s->token[i].no > after && (!t || s->token[i].no < t->no))
                t = &s->token[i];
        if (!t)
            break;
        after = t->no;
        buf_format(&b, "%lld %lld %s %lld %lld ", (long long)t->no, (long long)t->parent, STATES[t->state],
                   (long long)t->instance, (long long)t->of);
        buf_put(&b, t->flow < 0 ? STR("-") : p->flow[t->flow].id);
        buf_put(&b, STR(" "));
        buf_put(&b, p->node[t->node].id);
        buf_put(&b, STR("\n"));
    }
    return buf_str(&b);
}

/* The part of `line` up to the next blank, which is taken off; the last part is the rest. */
static struct str part(struct str *line, bool last)
{
    size_t at = last ? STR_NONE : str_find(*line, STR(" "));
    struct str word = at == STR_NONE ? *line : str_sub(*line, 0, at);

    *line = at == STR_NONE ? STR("") : str_sub(*line, at + 1, line->n);
    return word;
}

static enum err token_read(const struct process *p, struct str line, struct flow_token *ret)
{
    struct flow_token t = {.flow = -1};
    int64_t *number[] = {&t.no, &t.parent};
    int state = 0;

    for (size_t i = 0; i < 2; i++)
        if (str_parse_int(part(&line, false), i ? 0 : 1, INT64_MAX, number[i]))
            return ERR_INVALID;
    struct str word = part(&line, false);
    while (state < TOKEN_STATE__COUNT && !str_eq(str_of(STATES[state]), word))
        state++;
    if (state == TOKEN_STATE__COUNT || str_parse_int(part(&line, false), 0, INT64_MAX, &t.instance) ||
        str_parse_int(part(&line, false), 0, INT64_MAX, &t.of))
        return ERR_INVALID;
    t.state = (enum token_state)state;
    struct str flow = part(&line, false), node = part(&line, true);
    t.flow = flow_find(p, flow);
    t.node = process_node_find(p, node);
    if (t.node < 0 || (t.flow < 0 && !str_eq(flow, STR("-"))))
        return node.n ? ERR_NOT_FOUND : ERR_INVALID;
    *ret = t;
    return OK;
}

static struct str line_take(struct str *text)
{
    size_t at = str_find(*text, STR("\n"));
    struct str line = at == STR_NONE ? *text : str_sub(*text, 0, at);

    *text = at == STR_NONE ? STR("") : str_sub(*text, at + 1, text->n);
    return line;
}

enum err flow_read(struct arena *a, const struct process *p, struct str text, struct flow_state *ret)
{
    struct flow_state s = {.token = ARENA_ARRAY(a, struct flow_token, FLOW_TOKENS_MAX)};
    struct str head = line_take(&text);
    int64_t before = 0;

    if (!str_has_prefix(head, STR("last ")) || str_parse_int(str_sub(head, 5, head.n), 0, INT64_MAX, &s.last_no))
        return ERR_INVALID;
    while (text.n) {
        struct flow_token *t = &s.token[s.count];
        enum err err = s.count == FLOW_TOKENS_MAX ? ERR_LIMIT : token_read(p, line_take(&text), t);
        if (err)
            return err;
        if (t->no <= before || t->no > s.last_no || t->parent >= t->no)
            return ERR_INVALID;
        before = t->no;
        s.count++;
    }
    *ret = s;
    return OK;
}

static bool scope_is_same(const struct process *from, int x, const struct process *to, int y)
{
    int sx = from->node[x].scope, sy = to->node[y].scope;

    if (sx < 0 || sy < 0)
        return sx < 0 && sy < 0;
    return str_eq(from->node[sx].id, to->node[sy].id);
}

enum err flow_migrate(struct arena *a, const struct process *from, const struct process *to, struct flow_state *s,
                      size_t *ret_stuck)
{
    struct flow_token *token = ARENA_ARRAY(a, struct flow_token, s->count);

    for (size_t i = 0; i < s->count; i++) {
        const struct flow_token *t = &s->token[i];
        int node = process_node_find(to, from->node[t->node].id);
        int flow = t->flow < 0 ? -1 : flow_find(to, from->flow[t->flow].id);
        bool lost = node < 0 || to->node[node].kind != from->node[t->node].kind ||
                    !scope_is_same(from, t->node, to, node) || to->node[node].repeat != from->node[t->node].repeat ||
                    (t->state == TOKEN_JOINING && (flow < 0 || to->flow[flow].to != node));
        if (lost) {
            *ret_stuck = i;
            return ERR_CONFLICT;
        }
        token[i] = *t;
        token[i].node = node;
        token[i].flow = flow;
    }
    s->token = token;
    return OK;
}
