#include "acts/flow.h"

#include "acts/flow_world.h"
#include "format/bpmn.h"
#include "sql_flow.h"
#include "sql_process.h"

/* ---- the process ---- */

static enum err process_read(struct arena *a, struct str xml, struct process *ret)
{
    struct bpmn file;
    struct fault fault;
    struct str missing;
    enum err err = bpmn_read(a, xml, &file, &fault);

    if (!err && !file.process_count)
        err = ERR_STORE;
    return err ? err : bpmn_whole(a, &file, 0, ret, &missing);
}

enum err flow_process_load(struct ctx *ctx, struct db *db, int64_t id, const struct process **ret)
{
    const struct process *known = cache_process(ctx, id);
    struct q_process_by_id row;

    if (!known) {
        struct arena *a = cache_process_arena(ctx, id);
        enum err err = q_process_by_id(db, ctx->arena, id, &row);
        if (err)
            return err;
        struct process *p = ARENA_NEW(a, struct process);
        err = process_read(a, str_copy(a, row.xml), p);
        if (err)
            return err;
        cache_process_set(ctx, id, p);
        known = p;
    }
    *ret = known;
    return OK;
}

/* ---- what conditions may ask ---- */

struct flow_facts flow_facts_of(const struct q_dossier_by_id *d, struct json answers)
{
    return (struct flow_facts){
        .case_no = d->case_no,
        .sets = d->sets,
        .fee = d->fee,
        .channel = (enum dossier_channel)d->channel,
        .kind = (enum applicant_kind)d->applicant_kind,
        .delivery = (enum dossier_delivery)d->delivery,
        .answers = answers,
    };
}

static void field_answer(struct flow_fields *f, const struct json_member *m)
{
    if (json_kind(m->value) == JSON_KIND_INT)
        flow_field_int(f, m->key, json_as_int(m->value));
    else
        flow_field_text(f, m->key, json_as_text(m->value));
}

static struct flow_fields *fields_of(struct arena *a, const struct flow_facts *f)
{
    struct flow_fields *fields = ARENA_NEW(a, struct flow_fields);
    struct json_members answers = json_members(a, f->answers);

    fields->arena = a;
    flow_field_int(fields, STR("case_no"), f->case_no);
    flow_field_int(fields, STR("sets"), f->sets);
    flow_field_int(fields, STR("fee"), f->fee);
    flow_field_int(fields, STR("channel"), f->channel);
    flow_field_int(fields, STR("applicant_kind"), f->kind);
    flow_field_int(fields, STR("delivery"), f->delivery);
    for (size_t i = 0; i < answers.count; i++)
        field_answer(fields, &answers.member[i]);
    return fields;
}

/* ---- running ---- */

enum err running_load(struct ctx *ctx, struct db *db, const struct loaded *l, struct running *ret)
{
    struct running r = {.process_id = 0};

    if (!l->has_flow || str_is_empty(l->flow.state)) {
        *ret = r;
        return OK;
    }
    enum err err = flow_process_load(ctx, db, l->flow.process_id, &r.process);
    if (!err)
        err = json_parse(ctx->arena, l->flow.answers, &r.answers, NULL);
    if (!err)
        err = flow_read(ctx->arena, r.process, l->flow.state, &r.state);
    if (err)
        return err == ERR_INVALID || err == ERR_NOT_FOUND ? ERR_STORE : err;
    r.process_id = l->flow.process_id;
    *ret = r;
    return OK;
}

/* The process in force on a day: asked once, until the reference data changes. */
static enum err process_in_force(struct ctx *ctx, struct db *db, int64_t procedure, struct date on, int64_t *ret)
{
    struct memory_key key = {.kind = MEMORY_PROCESS, .a = procedure, .day = on};
    struct q_process_in_force row;
    struct memory *m;
    enum err err = cache_memory(ctx, db, &m);

    if (err)
        return err;
    int64_t *id = memory_get(m, &key);
    if (!id) {
        err = q_process_in_force(db, ctx->arena, procedure, date_iso(ctx->arena, on), &row);
        if (err && err != ERR_NOT_FOUND)
            return err;
        id = ARENA_NEW(memory_arena(m, ctx), int64_t);
        *id = err ? 0 : row.id;
        memory_set(m, &key, id);
    }
    *ret = *id;
    return OK;
}

static struct flow_run run_of(struct ctx *ctx, const struct running *r, const struct flow_facts *facts)
{
    struct flow_world *world = ARENA_NEW(ctx->arena, struct flow_world);

    *world = flow_world_of(fields_of(ctx->arena, facts));
    return (struct flow_run){.arena = ctx->arena, .process = r->process, .world = world, .state = r->state};
}

enum err running_start(struct ctx *ctx, struct db *db, int64_t procedure, struct date on, const struct flow_facts *facts,
                       struct running *ret, struct flow_changes *ret_changes)
{
    struct running r = {.answers = facts->answers};
    enum err err = process_in_force(ctx, db, procedure, on, &r.process_id);

    if (!err && r.process_id)
        err = flow_process_load(ctx, db, r.process_id, &r.process);
    if (err)
        return err;
    if (r.process_id) {
        struct flow_run run = run_of(ctx, &r, facts);
        err = flow_start(&run);
        if (err)
            return err;
        r.state = run.state;
        *ret_changes = run.changes;
    }
    *ret = r;
    return OK;
}

enum err running_complete(struct ctx *ctx, struct running *r, int64_t no, const struct flow_facts *facts,
                          struct flow_changes *ret_changes)
{
    struct flow_run run = run_of(ctx, r, facts);
    enum err err = flow_complete(&run, no);

    if (err)
        return err;
    r->state = run.state;
    *ret_changes = run.changes;
    return OK;
}

/* ---- what is written ---- */

enum err flow_place(struct ctx *ctx, struct db *db, const struct office *counter, struct date on, struct str place,
                    int64_t *ret)
{
    struct q_unit_by_code unit;
    bool apart = str_eq(counter->unit.kind, STR("counter")) && !counter->unit.parent_id_null;

    if (str_is_empty(place) || str_eq(place, STR("counter"))) {
        *ret = counter->unit.id;
        return OK;
    }
    if (str_eq(place, STR("leader"))) { /* a ward is led where it is; a city counter by the city */
        *ret = apart ? counter->unit.parent_id : counter->unit.id;
        return OK;
    }
    enum err err = q_unit_by_code(db, ctx->arena, place, date_iso(ctx->arena, on), &unit);
    if (err == ERR_NOT_FOUND) {
        *ret = counter->unit.id;
        return OK;
    }
    if (!err)
        *ret = unit.id;
    return err;
}

static struct str place_of(const struct process *p, int node)
{
    const struct process_node *n = &p->node[node];

    return n->place.n || n->lane < 0 ? n->place : p->lane[n->lane].place;
}

static const struct flow_token *token_find(const struct flow_state *s, int64_t no)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->token[i].no == no)
            return &s->token[i];
    return NULL;
}

/* The name of the step; one of several alike says which. */
static struct str step_name(struct arena *a, const struct process_node *n, const struct flow_token *t)
{
    struct str name = n->name.n ? n->name : n->id;

    if (!t || !t->of)
        return name;
    return str_format(a, "%" PRIstr " (%lld/%lld)", STR_ARG(name), (long long)t->instance, (long long)t->of);
}

static enum err opened(struct ctx *ctx, struct db *db, const struct running *r, const struct flow_change *c,
                       const struct flow_stand *s, struct json *ret)
{
    const struct process_node *n = &r->process->node[c->node];
    struct json step = json_new_object(ctx->arena);
    struct str due;
    int64_t unit = s->to_unit;
    struct office office;
    struct date on = zone_date(s->office->zone, s->at);
    enum err err = unit ? OK : flow_place(ctx, db, s->office, on, place_of(r->process, c->node), &unit);

    if (!err)
        err = office_load(ctx, db, unit, &office);
    if (!err)
        err = budget_end(ctx->arena, &office, s->at, n->minutes, s->due_at, &due);
    if (err)
        return err;
    int64_t person = s->to_person ? s->to_person : unit == s->office->unit.id ? s->holder : 0;
    json_put_int(step, "task", c->token);
    json_put_int(step, "no", c->node + 1);
    json_put_text(step, "code", n->id);
    json_put_text(step, "name", step_name(ctx->arena, n, token_find(&r->state, c->token)));
    json_put_int(step, "unit", unit);
    if (person)
        json_put_int(step, "person", person);
    if (s->from_unit) {
        json_put_int(step, "from_unit", s->from_unit);
        json_put_int(step, "from_person", ctx->actor.id);
    }
    if (person && (person == ctx->actor.id || person == s->holder)) /* what stays in the same hands needs no receipt */
        json_put_text(step, "taken_at", instant_iso(ctx->arena, s->at));
    if (s->is_suspended)
        json_put_bool(step, "suspended", true);
    json_put_text(step, "due_at", due);
    *ret = step;
    return OK;
}

static void put_state(struct ctx *ctx, struct json payload, const struct running *r)
{
    struct json flow = json_new_object(ctx->arena);

    json_put_int(flow, "process", r->process_id);
    json_put_text(flow, "state", flow_has_ended(&r->state) ? STR("") : flow_write(ctx->arena, r->process, &r->state));
    json_put_json(flow, "answers", r->answers);
    json_put_json(payload, "flow", flow);
}

static void put_list(struct json payload, const char *key, struct json list)
{
    if (json_length(list))
        json_put_json(payload, key, list);
}

enum err running_put(struct ctx *ctx, struct db *db, struct json payload, const struct running *r,
                     const struct flow_changes *changes, const struct flow_stand *stand)
{
    struct arena *a = ctx->arena;
    struct json steps = json_new_array(a), cancelled = json_new_array(a), sent = json_new_array(a),
                served = json_new_array(a), step;
    enum err err = OK;

    for (size_t i = 0; !err && i < changes->count; i++) {
        const struct flow_change *c = &changes->change[i];
        const struct process_node *n = c->node >= 0 ? &r->process->node[c->node] : NULL;
        if (c->kind == FLOW_SENT)
            json_append_text(sent, n->reference.n ? n->reference : n->id);
        if (c->kind == FLOW_SERVED)
            json_append_text(served, n->id);
        if (c->kind == FLOW_CANCELLED && process_is_work(n))
            json_append_int(cancelled, c->token);
        if (c->kind != FLOW_OPENED || !process_is_work(n) || !token_find(&r->state, c->token))
            continue;
        err = opened(ctx, db, r, c, stand, &step);
        if (!err)
            json_append(steps, step);
    }
    if (err)
        return err;
    put_state(ctx, payload, r);
    put_list(payload, "steps", steps);
    put_list(payload, "cancelled", cancelled);
    put_list(payload, "sent", sent);
    put_list(payload, "served", served);
    json_put_text(payload, "due_at", stand->due_at);
    return OK;
}

void running_put_end(struct ctx *ctx, struct json payload, const struct running *r, int64_t done)
{
    struct running ended = *r;
    struct json cancelled = json_new_array(ctx->arena);

    if (!r->process_id)
        return;
    for (size_t i = 0; i < r->state.count; i++) {
        const struct flow_token *t = &r->state.token[i];
        if (t->no != done && t->state == TOKEN_ACTIVE && process_is_work(&r->process->node[t->node]))
            json_append_int(cancelled, t->no);
    }
    ended.state = (struct flow_state){.last_no = r->state.last_no};
    put_state(ctx, payload, &ended);
    put_list(payload, "cancelled", cancelled);
}

/* ---- choices ---- */

static bool has_condition_out(const struct process *p, int node)
{
    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == node && p->flow[i].condition.n)
            return true;
    return false;
}

size_t flow_choices(struct arena *a, const struct process *p, int node, struct dossier_choice **ret)
{
    int at = node, only = -1;
    size_t out = 0, n = 0;

    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == node) {
            only = p->flow[i].to;
            out++;
        }
    if (out == 1 && only >= 0 && (p->node[only].kind == NODE_EXCLUSIVE || p->node[only].kind == NODE_INCLUSIVE))
        at = only;
    *ret = ARENA_ARRAY(a, struct dossier_choice, p->flow_count);
    if (!has_condition_out(p, at))
        return 0;
    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].from == at && p->flow[i].name.n)
            (*ret)[n++] = (struct dossier_choice){p->flow[i].id, p->flow[i].name};
    return n;
}
