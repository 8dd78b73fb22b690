/* Tokens on processes: each construct by hand, then random well-structured processes on random schedules. */
#include "test.h"

#include "rules/flow.h"

/* ---- drawing in a few letters ---- */

struct pen {
    struct arena *a;
    struct process p;
};

static struct pen *pen(void)
{
    static struct pen one;

    if (one.a)
        arena_free(one.a);
    one = (struct pen){.a = arena_new(64 * 1024 * 1024)};
    one.p.node = ARENA_ARRAY(one.a, struct process_node, PROCESS_NODES_MAX);
    one.p.flow = ARENA_ARRAY(one.a, struct process_flow, PROCESS_FLOWS_MAX);
    return &one;
}

static int put(struct pen *d, enum node_kind kind, const char *id, int scope)
{
    d->p.node[d->p.node_count] = (struct process_node){
        .id = id ? str_of(id) : str_format(d->a, "n%zu", d->p.node_count),
        .name = STR(""), .kind = kind, .scope = scope, .attached_to = -1, .default_flow = -1, .lane = -1};
    return (int)d->p.node_count++;
}

static int join(struct pen *d, int from, int to, const char *condition)
{
    d->p.flow[d->p.flow_count] = (struct process_flow){.id = str_format(d->a, "f%zu", d->p.flow_count),
                                                       .from = from, .to = to, .condition = str_of(condition)};
    return (int)d->p.flow_count++;
}

static struct str said; /* which condition holds */
static int64_t how_many = 3;

static enum err holds(void *arg, struct str expression, bool *ret)
{
    (void)arg;
    *ret = str_eq(expression, said);
    return OK;
}

static enum err counts(void *arg, struct str expression, int64_t *ret)
{
    (void)arg;
    (void)expression;
    *ret = how_many;
    return OK;
}

static const struct flow_world WORLD = {holds, counts, NULL};

static struct flow_run begin(struct pen *d)
{
    struct process_finding *finding;
    size_t count;
    struct flow_run r = {.arena = d->a, .process = &d->p, .world = &WORLD};

    process_check(d->a, &d->p, &finding, &count);
    for (size_t i = 0; i < count; i++)
        print_message("finding at %.*s\n", (int)finding[i].element.n, finding[i].element.p);
    assert_int_equal(count, 0);
    assert_int_equal(flow_start(&r), OK);
    return r;
}

/* The token that waits at a node; 0: none. */
static int64_t at(const struct flow_run *r, int node)
{
    for (size_t i = 0; i < r->state.count; i++)
        if (r->state.token[i].node == node && r->state.token[i].state == TOKEN_ACTIVE)
            return r->state.token[i].no;
    return 0;
}

static void finish(struct flow_run *r, int node)
{
    assert_true(at(r, node) != 0);
    assert_int_equal(flow_complete(r, at(r, node)), OK);
}

/* ---- by hand ---- */

static void a_line_goes_on_step_by_step(void **state)
{
    struct pen *d = pen();
    struct process_step step[] = {{STR_INIT("a"), STR_INIT("A"), STR_INIT("r"), STR_INIT("counter"), 60},
                                  {STR_INIT("b"), STR_INIT("B"), STR_INIT("r"), STR_INIT("x"), 30}};
    struct process_step *back;
    size_t count;
    int *path;

    (void)state;
    d->p = process_from_steps(d->a, STR("p"), STR("P"), step, 2);
    struct flow_run r = begin(d);
    assert_int_equal(r.state.count, 1);
    assert_int_equal(flow_complete(&r, 99), ERR_NOT_FOUND);
    finish(&r, 1);
    assert_int_equal(at(&r, 1), 0);
    finish(&r, 2);
    assert_true(flow_has_ended(&r.state));
    assert_int_equal(process_to_steps(d->a, &d->p, &back, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(back[1].code, STR("b")) && back[1].minutes == 30);
    assert_int_equal(process_longest(d->a, &d->p, &path, &count), 90);
    assert_int_equal(count, 4);
}

static void a_step_without_a_code_gets_one_that_is_free(void **state)
{
    struct pen *d = pen();
    struct process_step step[] = {{.name = STR_INIT("A"), .form = STR_INIT("m1")}, {.code = STR_INIT("s1"), .name = STR_INIT("B")},
                                  {.name = STR_INIT("C"), .produces = STR_INIT("giấy")}};
    struct process_step *back;
    size_t count;

    (void)state;
    d->p = process_from_steps(d->a, STR("p"), STR("P"), step, 3);
    assert_int_equal(process_to_steps(d->a, &d->p, &back, &count), OK);
    assert_int_equal(count, 3);
    assert_true(str_eq(back[0].code, STR("s2")) && str_eq(back[1].code, STR("s1")) && str_eq(back[2].code, STR("s3")));
    assert_true(str_eq(back[0].form, STR("m1")) && str_eq(back[2].produces, STR("giấy")));
}

static void side_by_side_wait_for_one_another(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), split = put(d, NODE_PARALLEL, NULL, -1), a = put(d, NODE_USER_TASK, NULL, -1),
        b = put(d, NODE_USER_TASK, NULL, -1), all = put(d, NODE_PARALLEL, NULL, -1), c = put(d, NODE_USER_TASK, NULL, -1),
        e = put(d, NODE_END, NULL, -1);
    int *path;
    size_t count;

    (void)state;
    join(d, s, split, ""), join(d, split, a, ""), join(d, split, b, ""), join(d, a, all, ""), join(d, b, all, "");
    join(d, all, c, ""), join(d, c, e, "");
    d->p.node[a].minutes = 7, d->p.node[b].minutes = 5, d->p.node[c].minutes = 1;
    struct flow_run r = begin(d);
    finish(&r, b);
    assert_int_equal(at(&r, c), 0);
    assert_false(flow_has_ended(&r.state));
    finish(&r, a);
    finish(&r, c);
    assert_true(flow_has_ended(&r.state));
    assert_int_equal(process_longest(d->a, &d->p, &path, &count), 8);
}

static void a_choice_needs_an_answer(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), t = put(d, NODE_USER_TASK, NULL, -1), x = put(d, NODE_EXCLUSIVE, NULL, -1),
        yes = put(d, NODE_USER_TASK, NULL, -1), no = put(d, NODE_USER_TASK, NULL, -1), e = put(d, NODE_END, NULL, -1);

    (void)state;
    join(d, s, t, ""), join(d, t, x, ""), join(d, x, yes, "yes"), join(d, x, no, "no"), join(d, yes, e, ""), join(d, no, e, "");
    said = STR("");
    struct flow_run r = begin(d);
    struct str before = flow_write(d->a, &d->p, &r.state);
    assert_int_equal(flow_complete(&r, at(&r, t)), ERR_INVALID); /* neither holds, none is the default */
    assert_int_equal(r.failed_node, x);
    assert_true(str_eq(flow_write(d->a, &d->p, &r.state), before));
    said = STR("no");
    finish(&r, t);
    assert_int_equal(at(&r, yes), 0);
    finish(&r, no);
    assert_true(flow_has_ended(&r.state));
}

static void an_inclusive_join_waits_for_what_can_come(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), o = put(d, NODE_INCLUSIVE, NULL, -1), a = put(d, NODE_USER_TASK, NULL, -1),
        b = put(d, NODE_USER_TASK, NULL, -1), c = put(d, NODE_USER_TASK, NULL, -1), j = put(d, NODE_INCLUSIVE, NULL, -1),
        z = put(d, NODE_USER_TASK, NULL, -1), e = put(d, NODE_END, NULL, -1);

    (void)state;
    join(d, s, o, ""), join(d, o, a, "x"), join(d, o, b, "x"), join(d, a, j, ""), join(d, b, j, ""), join(d, c, j, "");
    d->p.node[o].default_flow = join(d, o, c, "");
    join(d, j, z, ""), join(d, z, e, "");
    said = STR("x");
    struct flow_run r = begin(d);
    assert_int_equal(at(&r, c), 0);
    finish(&r, a);
    assert_int_equal(at(&r, z), 0);
    finish(&r, b);
    finish(&r, z);
    assert_true(flow_has_ended(&r.state));
    said = STR("");
    r = begin(d);
    finish(&r, c); /* the default alone: nobody else can come */
    finish(&r, z);
}

static void boundary_events_take_away_or_stand_beside(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), sub = put(d, NODE_SUB_PROCESS, NULL, -1), is = put(d, NODE_START, NULL, sub),
        it = put(d, NODE_USER_TASK, NULL, sub), ie = put(d, NODE_END, NULL, sub), on = put(d, NODE_BOUNDARY, NULL, -1),
        by = put(d, NODE_BOUNDARY, NULL, -1), late = put(d, NODE_USER_TASK, NULL, -1), remind = put(d, NODE_USER_TASK, NULL, -1),
        e = put(d, NODE_END, NULL, -1);

    (void)state;
    join(d, s, sub, ""), join(d, is, it, ""), join(d, it, ie, ""), join(d, sub, e, ""), join(d, on, late, ""), join(d, late, e, "");
    join(d, by, remind, ""), join(d, remind, e, "");
    d->p.node[on] = (struct process_node){.id = STR("on"), .name = STR(""), .kind = NODE_BOUNDARY, .trigger = TRIGGER_TIMER, .timer = STR("PT8H"), .scope = -1, .attached_to = sub, .is_interrupting = true, .default_flow = -1, .lane = -1};
    d->p.node[by] = (struct process_node){.id = STR("by"), .name = STR(""), .kind = NODE_BOUNDARY, .trigger = TRIGGER_MESSAGE, .reference = STR("hurry"), .scope = -1, .attached_to = sub, .default_flow = -1, .lane = -1};
    struct flow_run r = begin(d);
    assert_int_equal(flow_message(&r, STR("nobody")), ERR_NOT_FOUND);
    assert_int_equal(flow_message(&r, STR("hurry")), OK);
    assert_true(at(&r, remind) && at(&r, it));
    int64_t scope = 0;
    for (size_t i = 0; i < r.state.count; i++)
        if (r.state.token[i].node == sub)
            scope = r.state.token[i].no;
    assert_int_equal(flow_interrupt(&r, scope, on), OK);
    assert_int_equal(at(&r, it), 0);
    finish(&r, late);
    finish(&r, remind);
    assert_true(flow_has_ended(&r.state));
}

static void the_first_event_takes_the_others_away(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), g = put(d, NODE_EVENT_BASED, NULL, -1), m = put(d, NODE_RECEIVE_TASK, NULL, -1),
        t = put(d, NODE_CATCH, NULL, -1), e = put(d, NODE_END, NULL, -1);

    (void)state;
    d->p.node[m].reference = STR("answer");
    d->p.node[t].trigger = TRIGGER_TIMER, d->p.node[t].timer = STR("P3D");
    join(d, s, g, ""), join(d, g, m, ""), join(d, g, t, ""), join(d, m, e, ""), join(d, t, e, "");
    struct flow_run r = begin(d);
    assert_true(at(&r, m) && at(&r, t));
    assert_int_equal(flow_message(&r, STR("answer")), OK);
    assert_true(flow_has_ended(&r.state));
}

static void several_are_asked_until_it_is_enough(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), t = put(d, NODE_USER_TASK, NULL, -1), e = put(d, NODE_END, NULL, -1);

    (void)state;
    join(d, s, t, ""), join(d, t, e, "");
    d->p.node[t].repeat = REPEAT_PARALLEL, d->p.node[t].cardinality = STR("n"), d->p.node[t].until = STR("enough");
    said = STR("");
    how_many = 3;
    struct flow_run r = begin(d);
    assert_int_equal(r.state.count, 4); /* the body and three */
    finish(&r, t);
    assert_int_equal(r.state.count, 3);
    said = STR("enough");
    finish(&r, t);
    assert_true(flow_has_ended(&r.state));
    d->p.node[t].repeat = REPEAT_SEQUENTIAL, said = STR("");
    r = begin(d);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(r.state.count, 2);
        finish(&r, t);
    }
    assert_true(flow_has_ended(&r.state));
    how_many = FLOW_INSTANCES_MAX + 1;
    struct flow_run many = {.arena = d->a, .process = &d->p, .world = &WORLD};
    assert_int_equal(flow_start(&many), ERR_LIMIT);
    how_many = 3;
}

static void errors_go_up_to_who_catches_them(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), sub = put(d, NODE_SUB_PROCESS, NULL, -1), t = put(d, NODE_USER_TASK, NULL, sub),
        ee = put(d, NODE_END, NULL, sub), on = put(d, NODE_BOUNDARY, NULL, -1), mend = put(d, NODE_USER_TASK, NULL, -1),
        e = put(d, NODE_END, NULL, -1);

    (void)state;
    d->p.node[ee].trigger = TRIGGER_ERROR, d->p.node[ee].reference = STR("E1");
    d->p.node[on].trigger = TRIGGER_ERROR, d->p.node[on].attached_to = sub, d->p.node[on].is_interrupting = true;
    join(d, s, sub, ""), join(d, t, ee, ""), join(d, sub, e, ""), join(d, on, mend, ""), join(d, mend, e, "");
    struct flow_run r = begin(d);
    finish(&r, t);
    finish(&r, mend);
    assert_true(flow_has_ended(&r.state));
    r = begin(d);
    assert_int_equal(flow_error(&r, at(&r, t), STR("other")), OK); /* an empty code catches all */
    assert_true(at(&r, mend) != 0);
}

static void what_cannot_run_is_named(void **state)
{
    struct pen *d = pen();
    struct process_finding *finding;
    size_t count;
    int s = put(d, NODE_START, "s", -1), x = put(d, NODE_EXCLUSIVE, "x", -1), y = put(d, NODE_EXCLUSIVE, "y", -1),
        lost = put(d, NODE_USER_TASK, "lost", -1), e = put(d, NODE_END, "e", -1);

    (void)state;
    put(d, NODE_USER_TASK, "alone", -1); /* beside a start event nothing begins by itself */
    join(d, s, x, ""), join(d, x, y, "a"), join(d, y, x, "b"), join(d, y, e, ""), join(d, lost, lost, "");
    process_check(d->a, &d->p, &finding, &count);
    bool loop = false, unreachable = false, alone = false, condition = false;
    for (size_t i = 0; i < count; i++) {
        loop |= finding[i].why == WORD_PROCESS_LOOP;
        unreachable |= finding[i].why == WORD_PROCESS_UNREACHABLE && str_eq(finding[i].element, STR("lost"));
        alone |= finding[i].why == WORD_PROCESS_UNREACHABLE && str_eq(finding[i].element, STR("alone"));
        condition |= finding[i].why == WORD_PROCESS_NO_CONDITION;
    }
    assert_true(loop && unreachable && alone && condition);
}

static void a_state_moves_only_where_it_maps(void **state)
{
    struct pen *d = pen();
    struct process_step two[] = {{.code = STR_INIT("a"), .name = STR_INIT("A")}, {.code = STR_INIT("b"), .name = STR_INIT("B")}};
    struct process_step one[] = {{.code = STR_INIT("b"), .name = STR_INIT("B")}};
    size_t stuck;

    (void)state;
    struct process old = process_from_steps(d->a, STR("p"), STR("P"), two, 2),
                   now = process_from_steps(d->a, STR("p"), STR("P"), one, 1);
    d->p = old;
    struct flow_run r = begin(d);
    assert_int_equal(flow_migrate(d->a, &old, &now, &r.state, &stuck), ERR_CONFLICT);
    assert_int_equal(stuck, 0);
    finish(&r, 1);
    assert_int_equal(flow_migrate(d->a, &old, &now, &r.state, &stuck), OK);
    assert_int_equal(r.state.token[0].node, 1);
    d->p = old;
    r = begin(d);
    finish(&r, 1);
    assert_int_equal(flow_return(&r, at(&r, 2), 1), OK); /* given back */
    assert_true(at(&r, 1) != 0);
}

static void a_step_is_given_back_only_where_nothing_breaks(void **state)
{
    struct pen *d = pen();
    int s = put(d, NODE_START, NULL, -1), x = put(d, NODE_USER_TASK, NULL, -1), split = put(d, NODE_PARALLEL, NULL, -1),
        a = put(d, NODE_USER_TASK, NULL, -1), b1 = put(d, NODE_USER_TASK, NULL, -1), b2 = put(d, NODE_USER_TASK, NULL, -1),
        all = put(d, NODE_PARALLEL, NULL, -1), c = put(d, NODE_USER_TASK, NULL, -1), e = put(d, NODE_END, NULL, -1);

    (void)state;
    join(d, s, x, ""), join(d, x, split, ""), join(d, split, a, ""), join(d, split, b1, ""), join(d, b1, b2, "");
    join(d, a, all, ""), join(d, b2, all, ""), join(d, all, c, ""), join(d, c, e, "");
    struct flow_run r = begin(d);
    finish(&r, x);
    assert_int_equal(flow_return(&r, at(&r, a), x), ERR_INVALID); /* the other branch would run twice */
    finish(&r, b1);
    assert_int_equal(flow_return(&r, at(&r, b2), a), ERR_INVALID); /* another branch */
    assert_int_equal(flow_return(&r, at(&r, b2), e), ERR_INVALID); /* not behind it */
    assert_int_equal(flow_return(&r, at(&r, b2), b1), OK);
    finish(&r, b1);
    finish(&r, a);
    finish(&r, b2);
    assert_int_equal(flow_return(&r, at(&r, c), b2), ERR_INVALID); /* the join would wait for the branch that is done */
    assert_int_equal(flow_return(&r, at(&r, c), x), OK); /* all of it again */
    assert_int_equal(r.state.count, 1);
}

/* ---- random ---- */

static uint64_t seed;
static uint64_t draw(uint64_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (seed >> 33) % below;
}

static enum err tossed(void *arg, struct str expression, bool *ret)
{
    (void)arg;
    (void)expression;
    *ret = draw(2);
    return OK;
}

static enum err few(void *arg, struct str expression, int64_t *ret)
{
    (void)arg;
    (void)expression;
    *ret = (int64_t)draw(4);
    return OK;
}

/* A block that must be empty of tokens when the node behind it is reached. */
struct block {
    int first, last, after, scope;
};
static struct block block[PROCESS_NODES_MAX];
static size_t block_count;

struct ends {
    int in, out;
};

static struct ends grow(struct pen *d, int scope, int depth);

static struct ends branches(struct pen *d, int scope, int depth, enum node_kind kind)
{
    int split = put(d, kind, NULL, scope), first = split + 1, n = 2 + (int)draw(2);
    int into[4];

    for (int i = 0; i < n; i++) {
        struct ends b = grow(d, scope, depth - 1);
        int flow = join(d, split, b.in, kind == NODE_PARALLEL || i == 0 ? "" : "x");
        if (i == 0 && kind != NODE_PARALLEL)
            d->p.node[split].default_flow = flow;
        into[i] = b.out;
    }
    int last = (int)d->p.node_count - 1, end = put(d, kind, NULL, scope), after = put(d, NODE_USER_TASK, NULL, scope);
    for (int i = 0; i < n; i++)
        join(d, into[i], end, "");
    join(d, end, after, "");
    if (kind != NODE_EXCLUSIVE)
        block[block_count++] = (struct block){first, last, after, scope};
    return (struct ends){split, after};
}

/* A task, perhaps again: the way back passes a task, so it ends with probability one. */
static struct ends loop(struct pen *d, int scope, int depth)
{
    int in = put(d, NODE_EXCLUSIVE, NULL, scope);
    struct ends body = grow(d, scope, depth - 1);
    int t = put(d, NODE_USER_TASK, NULL, scope), x = put(d, NODE_EXCLUSIVE, NULL, scope), out = put(d, NODE_USER_TASK, NULL, scope);

    join(d, in, body.in, ""), join(d, body.out, t, ""), join(d, t, x, ""), join(d, x, in, "x");
    d->p.node[x].default_flow = join(d, x, out, "");
    return (struct ends){in, out};
}

static struct ends inside(struct pen *d, int scope, int depth)
{
    int sub = put(d, NODE_SUB_PROCESS, NULL, scope), s = put(d, NODE_START, NULL, sub);
    struct ends body = grow(d, sub, depth - 1);

    join(d, s, body.in, "");
    join(d, body.out, put(d, NODE_END, NULL, sub), "");
    if (draw(2)) {
        d->p.node[sub].repeat = draw(2) ? REPEAT_PARALLEL : REPEAT_SEQUENTIAL;
        d->p.node[sub].cardinality = STR("n");
        d->p.node[sub].until = draw(2) ? STR("x") : STR("");
    }
    return (struct ends){sub, sub};
}

static struct ends grow(struct pen *d, int scope, int depth)
{
    uint64_t what = depth > 0 && d->p.node_count < 300 ? draw(8) : 0;

    if (what == 2)
        return branches(d, scope, depth, NODE_PARALLEL);
    if (what == 3)
        return branches(d, scope, depth, NODE_INCLUSIVE);
    if (what == 4)
        return branches(d, scope, depth, NODE_EXCLUSIVE);
    if (what == 5)
        return loop(d, scope, depth);
    if (what == 6)
        return inside(d, scope, depth);
    if (what == 7) {
        struct ends a = grow(d, scope, depth - 1), b = grow(d, scope, depth - 1);
        join(d, a.out, b.in, "");
        return (struct ends){a.in, b.out};
    }
    int t = put(d, draw(8) ? NODE_USER_TASK : NODE_SERVICE_TASK, NULL, scope);
    return (struct ends){t, t};
}

/* Does a token live at the node, or inside it? */
static bool lives_in(const struct flow_run *r, const struct block *b, int64_t parent)
{
    for (size_t i = 0; i < r->state.count; i++) {
        const struct flow_token *t = &r->state.token[i];
        if (t->node >= b->first && t->node <= b->last && t->parent == parent)
            return true;
    }
    return false;
}

/* When the node behind a block opens, nothing is left of the block in that scope. */
static void no_join_was_early(const struct flow_run *r)
{
    for (size_t i = 0; i < r->changes.count; i++) {
        const struct flow_change *c = &r->changes.change[i];
        if (c->kind != FLOW_OPENED)
            continue;
        int64_t parent = 0;
        for (size_t t = 0; t < r->state.count; t++)
            if (r->state.token[t].no == c->token)
                parent = r->state.token[t].parent;
        for (size_t b = 0; b < block_count; b++)
            if (block[b].after == c->node)
                assert_false(lives_in(r, &block[b], parent));
    }
}

static void orphans_are_none(const struct flow_run *r)
{
    for (size_t i = 0; i < r->state.count; i++) {
        bool known = r->state.token[i].parent == 0;
        for (size_t k = 0; k < r->state.count && !known; k++)
            known = r->state.token[k].no == r->state.token[i].parent;
        assert_true(known);
    }
}

static void every_schedule_reaches_the_end(void **state)
{
    static const struct flow_world chance = {tossed, few, NULL};
    int ended = 0, given_back = 0;

    (void)state;
    for (uint64_t run = 1; run <= 1500; run++) {
        seed = run * 7919;
        block_count = 0;
        struct pen *d = pen();
        int s = put(d, NODE_START, NULL, -1);
        struct ends body = grow(d, -1, 4);
        int e = put(d, NODE_END, NULL, -1);
        join(d, s, body.in, ""), join(d, body.out, e, "");
        struct flow_run r = {.arena = d->a, .process = &d->p, .world = &chance};
        assert_int_equal(flow_start(&r), OK);
        int steps = 0;
        while (!flow_has_ended(&r.state) && steps++ < 3000) {
            int64_t waiting[FLOW_TOKENS_MAX];
            size_t n = 0;
            for (size_t i = 0; i < r.state.count; i++)
                if (r.state.token[i].state == TOKEN_ACTIVE)
                    waiting[n++] = r.state.token[i].no;
            assert_true(n > 0); /* it never stands still */
            struct flow_state again;
            struct str text = flow_write(d->a, &d->p, &r.state);
            assert_int_equal(flow_read(d->a, &d->p, text, &again), OK);
            assert_true(str_eq(flow_write(d->a, &d->p, &again), text));
            r.state = again;
            int64_t one = waiting[draw(n)];
            int back = (int)draw(d->p.node_count);
            for (int tries = 0; tries < 20 && !flow_may_return(d->a, &d->p, &r.state, one, back); tries++)
                back = (int)draw(d->p.node_count);
            if (draw(4) == 0 && flow_may_return(d->a, &d->p, &r.state, one, back)) {
                assert_int_equal(flow_return(&r, one, back), OK);
                given_back++;
            } else {
                assert_int_equal(flow_complete(&r, one), OK);
            }
            no_join_was_early(&r);
            orphans_are_none(&r);
            if (arena_used(d->a) > 48 * 1024 * 1024)
                break;
        }
        ended += flow_has_ended(&r.state);
    }
    print_message("# %d steps given back\n", given_back);
    assert_true(given_back > 500);
    assert_in_range(ended, 1480, 1500); /* a few long loops are cut off by memory, none stands still */
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_line_goes_on_step_by_step),
    cmocka_unit_test(a_step_without_a_code_gets_one_that_is_free),
    cmocka_unit_test(side_by_side_wait_for_one_another),
    cmocka_unit_test(a_choice_needs_an_answer),
    cmocka_unit_test(an_inclusive_join_waits_for_what_can_come),
    cmocka_unit_test(boundary_events_take_away_or_stand_beside),
    cmocka_unit_test(the_first_event_takes_the_others_away),
    cmocka_unit_test(several_are_asked_until_it_is_enough),
    cmocka_unit_test(errors_go_up_to_who_catches_them),
    cmocka_unit_test(what_cannot_run_is_named),
    cmocka_unit_test(a_state_moves_only_where_it_maps),
    cmocka_unit_test(a_step_is_given_back_only_where_nothing_breaks),
    cmocka_unit_test(every_schedule_reaches_the_end),
};
TEST_MAIN("flow", tests)
