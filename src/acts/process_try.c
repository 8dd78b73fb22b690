#include "acts/process_try.h"

#include "acts/flow.h"
#include "acts/flow_world.h"

struct trial {
    struct act_process_try *act;
    struct ctx *ctx;
    struct flow_fields fields;
    struct flow_world world;
    struct flow_run run;
};

/* ---- what the machine did ---- */

static void passed_add(struct trial *t, struct str id)
{
    struct act_process_try *act = t->act;

    for (size_t i = 0; i < act->passed_count; i++)
        if (str_eq(act->passed[i], id))
            return;
    act->passed[act->passed_count++] = id; /* each flow once: there is room */
}

static void changes_note(struct trial *t)
{
    for (size_t i = 0; i < t->run.changes.count; i++) {
        const struct flow_change *c = &t->run.changes.change[i];
        if (c->kind == FLOW_FLOWED && c->flow >= 0)
            passed_add(t, t->run.process->flow[c->flow].id);
    }
}

static const struct flow_token *token_find(const struct flow_state *s, int64_t no)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->token[i].no == no)
            return &s->token[i];
    return NULL;
}

/* ---- one move ---- */

/* "12", "12=flow", "12!event" */
static enum err move_parse(struct str text, int64_t *ret_no, char *ret_kind, struct str *ret_id)
{
    size_t at = 0;

    while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9')
        at++;
    *ret_kind = at < text.n ? text.p[at] : 0;
    *ret_id = at < text.n ? str_sub(text, at + 1, text.n) : STR("");
    bool known = !*ret_kind || ((*ret_kind == '=' || *ret_kind == '!') && ret_id->n);
    return !known || str_parse_int(str_sub(text, 0, at), 1, INT64_MAX, ret_no) ? ERR_INVALID : OK;
}

/* The chosen flow must be one of those that are offered there. */
static enum err choose(struct trial *t, const struct process_node *node, struct str id,
                       struct str *ret_name)
{
    struct dossier_choice *choice;
    size_t count =
        flow_choices(t->ctx->arena, t->run.process, (int)(node - t->run.process->node), &choice);

    for (size_t i = 0; i < count; i++)
        if (str_eq(choice[i].id, id)) {
            flow_field_text(&t->fields, STR("choice"), id);
            flow_field_text(&t->fields, node->id, id);
            *ret_name = choice[i].name;
            return OK;
        }
    return ERR_INVALID;
}

/* ERR_BUSY: the process cannot go on, as a condition has no answer. */
static enum err move_make(struct trial *t, struct str text, struct try_move *ret)
{
    struct try_move move = {.boundary = NULL};
    struct str id;
    char kind;
    int event = -1;
    enum err err = move_parse(text, &move.no, &kind, &id);
    const struct flow_token *token = err ? NULL : token_find(&t->run.state, move.no);

    if (!token)
        return ERR_INVALID;
    move.node = &t->run.process->node[token->node];
    if (kind == '=')
        err = choose(t, move.node, id, &move.choice);
    if (kind == '!')
        event = process_node_find(t->run.process, id);
    if (err || (kind == '!' && event < 0))
        return ERR_INVALID;
    if (kind == '!')
        move.boundary = &t->run.process->node[event];
    err = kind == '!' ? flow_interrupt(&t->run, move.no, event) : flow_complete(&t->run, move.no);
    if (err)
        return err == ERR_INVALID ? ERR_BUSY : ERR_INVALID;
    changes_note(t);
    *ret = move;
    return OK;
}

/* ---- the whole way ---- */

static enum err way_go(struct trial *t)
{
    struct act_process_try *act = t->act;
    size_t at = 0;

    act->move = ARENA_ARRAY(t->ctx->arena, struct try_move, TRY_MOVES_MAX);
    while (at < act->way.n) {
        struct str rest = str_sub(act->way, at, act->way.n);
        size_t blank = str_find(rest, STR(" ")), n = blank == STR_NONE ? rest.n : blank;
        struct try_move move;
        enum err err =
            act->move_count == TRY_MOVES_MAX ? ERR_LIMIT : move_make(t, str_sub(rest, 0, n), &move);
        if (err == ERR_BUSY &&
            at + n == act->way.n) { /* only what was asked for last can be stuck */
            act->is_stuck = true;
            act->way = str_trim(str_sub(act->way, 0, at));
            return OK;
        }
        if (err)
            return err == ERR_LIMIT ? err : ERR_INVALID;
        at += n;
        move.end = at;
        act->move[act->move_count++] = move;
        act->minutes += move.boundary ? 0 : move.node->minutes;
        at += blank != STR_NONE;
    }
    return OK;
}

static void boundaries(struct trial *t, struct try_waiting *w, int node)
{
    const struct process *p = t->run.process;

    w->boundary = ARENA_ARRAY(t->ctx->arena, const struct process_node *, p->node_count);
    for (size_t i = 0; i < p->node_count; i++)
        if (p->node[i].attached_to == node)
            w->boundary[w->boundary_count++] = &p->node[i];
}

/* Activities and events that wait, and whatever is open and has an event at its edge. */
static void waiting_list(struct trial *t)
{
    struct act_process_try *act = t->act;
    const struct flow_state *s = &t->run.state;

    act->waiting = ARENA_ARRAY(t->ctx->arena, struct try_waiting, s->count);
    for (size_t i = 0; i < s->count; i++) {
        const struct flow_token *k = &s->token[i];
        struct try_waiting w = {.no = k->no,
                                .node = &t->run.process->node[k->node],
                                .instance = k->instance,
                                .of = k->of};
        boundaries(t, &w, k->node);
        w.can_end = k->state == TOKEN_ACTIVE;
        if (!w.can_end && (k->state == TOKEN_JOINING || !w.boundary_count))
            continue;
        w.choice_count = flow_choices(t->ctx->arena, t->run.process, k->node, &w.choice);
        act->waiting[act->waiting_count++] = w;
    }
    act->has_ended = flow_has_ended(s);
}

static void fields_fill(struct trial *t)
{
    const struct act_process_try *act = t->act;

    t->fields = (struct flow_fields){.arena = t->ctx->arena};
    flow_field_int(&t->fields, STR("case_no"), act->case_no);
    flow_field_int(&t->fields, STR("sets"), act->sets);
    flow_field_int(&t->fields, STR("fee"), act->fee);
    flow_field_int(&t->fields, STR("channel"), act->channel);
    flow_field_int(&t->fields, STR("applicant_kind"), act->applicant_kind);
    flow_field_int(&t->fields, STR("delivery"), act->delivery);
}

static enum err run(struct act_process_try *act, struct ctx *ctx)
{
    struct trial *t = ARENA_NEW(ctx->arena, struct trial);

    *t = (struct trial){.act = act, .ctx = ctx};
    fields_fill(t);
    t->world = flow_world_of(&t->fields);
    t->run = (struct flow_run){.arena = ctx->arena, .process = &act->process, .world = &t->world};
    act->passed = ARENA_ARRAY(ctx->arena, struct str, act->process.flow_count);
    enum err err = flow_start(&t->run);
    if (err) { /* not even the first branch can be answered */
        act->is_stuck = true;
        return err == ERR_INVALID ? OK : err;
    }
    changes_note(t);
    err = way_go(t);
    if (!err)
        waiting_list(t);
    return err;
}

/* One that only takes too long can be tried out all the same. */
static bool can_run(const struct process_reading *r)
{
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->finding[i].why != WORD_PROCESS_TOO_LONG)
            return false;
    return r->process.node_count > 0;
}

enum err act_process_try(struct act_process_try *act, struct ctx *ctx)
{
    enum err err = act_process_view(&act->view, ctx);

    if (!err && !act->view.has_process && act->view.reading.xml.n)
        err = act_process_read(ctx, act->view.procedure.id, act->view.reading.xml,
                               &act->view.reading);
    if (err)
        return err;
    act->process = act->view.reading.process;
    act->can_run = can_run(&act->view.reading);
    return act->can_run ? run(act, ctx) : OK;
}
