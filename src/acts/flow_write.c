/* What a running process writes down: the tasks that open, where and for whom; those taken away; messages;
 * timers. */
#include "acts/flow.h"

#include "acts/flow_world.h"
#include "acts/peer_message.h"
#include "sql_person.h"
#include "sql_work.h"

/* ---- where ---- */

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

/* "=…" asks the dossier; anything else is meant as it stands. */
static enum err asked(struct ctx *ctx, const struct flow_stand *s, struct str text, struct str *ret)
{
    struct flow_fields *fields;
    enum err err = OK;

    if (!str_has_prefix(text, STR("="))) {
        *ret = text;
        return OK;
    }
    fields = flow_fields_of(ctx->arena, s->facts);
    err = flow_fields_text(fields, text, ret);
    return err;
}

static struct str place_of(const struct process *p, int node)
{
    const struct process_node *n = &p->node[node];

    return n->place.n || n->lane < 0 ? n->place : p->lane[n->lane].place;
}

/* ---- for whom ---- */

/* Who has the fewest open tasks of those who can do it there. */
static enum err by_load(struct ctx *ctx, struct db *db, const struct flow_stand *s, int64_t unit, int64_t *ret)
{
    struct q_able_by_load *row;
    size_t count;
    enum err err = q_able_by_load(db, ctx->arena, unit, s->field, right_code(RIGHT_DOSSIER_PROCESS), ctx_today_iso(ctx),
                                  &row, &count);

    *ret = !err && count ? row[0].person_id : 0;
    return err;
}

static enum err by_last(struct ctx *ctx, struct db *db, const struct flow_stand *s, int64_t unit, int64_t *ret)
{
    struct q_task_last_person last;
    enum err err = s->dossier ? q_task_last_person(db, ctx->arena, s->dossier, unit, &last) : ERR_NOT_FOUND;

    *ret = err ? 0 : last.person_id;
    return err == ERR_NOT_FOUND ? OK : err;
}

/* An expression gives an account; one that is unknown leaves it to everybody there. */
static enum err by_rule(struct ctx *ctx, struct db *db, const struct flow_stand *s, struct str rule, int64_t *ret)
{
    struct q_person_by_login person;
    struct str login;
    enum err err = asked(ctx, s, rule, &login);

    if (!err)
        err = q_person_by_login(db, ctx->arena, login, &person);
    *ret = err ? 0 : person.id;
    return err == ERR_NOT_FOUND ? OK : err;
}

static enum err by_process(struct ctx *ctx, struct db *db, const struct process_node *n, const struct flow_stand *s,
                           int64_t unit, int64_t *ret)
{
    *ret = 0;
    if (str_is_empty(n->assign))
        return OK;
    if (str_eq(n->assign, PROCESS_BY_LOAD))
        return by_load(ctx, db, s, unit, ret);
    if (str_eq(n->assign, PROCESS_BY_LAST))
        return by_last(ctx, db, s, unit, ret);
    return by_rule(ctx, db, s, n->assign, ret);
}

enum err person_present(struct ctx *ctx, struct db *db, int64_t person, struct date on, int64_t *ret)
{
    struct q_absence_cover cover;
    enum err err = q_absence_cover(db, ctx->arena, person, date_iso(ctx->arena, on), &cover);

    if (!err)
        *ret = cover.cover_id;
    if (err == ERR_NOT_FOUND)
        *ret = person;
    return err == ERR_NOT_FOUND ? OK : err;
}

/* Who gets a step that opens; 0: everybody of the unit. */
static enum err person_for(struct ctx *ctx, struct db *db, const struct process_node *n, const struct flow_stand *s,
                           int64_t unit, struct date on, int64_t *ret)
{
    int64_t person = s->to_person ? s->to_person : unit == s->office->unit.id ? s->holder : 0;
    bool able = true, named = person != 0;
    enum err err = OK;

    if (!person)
        err = by_process(ctx, db, n, s, unit, &person);
    if (!err && person && person != ctx->actor.id)
        err = person_present(ctx, db, person, on, &person);
    if (!err && person && !named)
        err = right_has(ctx, db, person, RIGHT_DOSSIER_PROCESS, unit, s->field, &able);
    *ret = able ? person : 0;
    return err;
}

/* ---- what opens ---- */

static const struct flow_token *token_find(const struct flow_state *s, int64_t no)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->token[i].no == no)
            return &s->token[i];
    return NULL;
}

static enum err opened(struct ctx *ctx, struct db *db, const struct running *r, const struct flow_change *c,
                       const struct flow_stand *s, struct json *ret)
{
    const struct process_node *n = &r->process->node[c->node];
    const struct flow_token *t = token_find(&r->state, c->token);
    struct json step = json_new_object(ctx->arena);
    struct str due;
    int64_t unit = s->to_unit;
    struct office office;
    struct date on = zone_date(s->office->zone, s->at);
    struct str place = STR("");
    int64_t person = 0;
    enum err err = unit ? OK : asked(ctx, s, place_of(r->process, c->node), &place);

    if (!err && !unit)
        err = flow_place(ctx, db, s->office, on, place, &unit);
    if (!err)
        err = office_load(ctx, db, unit, &office);
    if (!err)
        err = budget_end(ctx->arena, &office, s->at, n->minutes, s->due_at, &due);
    if (!err)
        err = person_for(ctx, db, n, s, unit, on, &person);
    if (err)
        return err;
    json_put_int(step, "task", c->token);
    json_put_int(step, "no", c->node + 1);
    json_put_text(step, "code", n->id);
    json_put_text(step, "name", process_instance_name(ctx->arena, n, t->instance, t->of));
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

/* ---- timers ---- */

static void timer_put(struct arena *a, struct json timers, int64_t token, struct str node, const char *kind, struct instant at)
{
    struct json t = json_new_object(a);

    json_put_int(t, "token", token);
    json_put_text(t, "node", node);
    json_put_text(t, "kind", str_of(kind));
    json_put_text(t, "at", instant_iso(a, at));
    json_append(timers, t);
}

/* When an event of the drawing comes, on the clock and calendar of the counter. */
static enum err event_at(struct arena *a, const struct office *o, struct instant from, struct str timer, struct instant *ret)
{
    struct timer_wait wait;
    struct deadline d;
    enum err err = timer_wait_parse(timer, &wait);

    if (err)
        return err;
    if (wait.is_moment) {
        *ret = zone_instant(o->zone, wait.moment);
        return OK;
    }
    struct local at = zone_local(o->zone, from);
    if (wait.days) {
        err = deadline_derive(a, o->calendar, at, (struct limit){LIMIT_WORKING_DAYS, (int)wait.days}, NULL, 0, &d);
        at = d.due;
    }
    if (!err)
        err = calendar_move_minutes(o->calendar, at, wait.minutes, &at);
    if (!err)
        *ret = zone_instant(o->zone, at);
    return err;
}

/* The token that a timer of what opened hangs on: several instances share that of their body. */
static int64_t timer_token(const struct flow_token *t)
{
    return t->of && t->instance ? t->parent : t->no;
}

static enum err events_put(struct ctx *ctx, const struct running *r, const struct flow_token *t, const struct flow_stand *s,
                           struct json timers)
{
    const struct process *p = r->process;
    struct instant at;

    if (t->instance > 1)
        return OK;
    for (size_t i = 0; i < p->node_count; i++) {
        const struct process_node *n = &p->node[i];
        if (n->trigger != TRIGGER_TIMER || (n->attached_to != t->node && (int)i != t->node))
            continue;
        enum err err = event_at(ctx->arena, s->office, s->at, n->timer, &at);
        if (err)
            return err;
        timer_put(ctx->arena, timers, timer_token(t), n->id, "event", at);
    }
    return OK;
}

/* So many working minutes before the end of a step; not before it began, else at its end. */
static enum err word_at(struct ctx *ctx, struct db *db, const struct flow_stand *s, struct json step, int64_t minutes,
                        struct instant *ret)
{
    struct office office;
    struct instant due, at;
    struct local moved;
    enum err err = office_load(ctx, db, json_int(step, "unit"), &office);

    if (!err && instant_parse(json_text(step, "due_at"), &due))
        err = ERR_STORE;
    if (!err)
        err = calendar_move_minutes(office.calendar, zone_local(office.zone, due), -minutes, &moved);
    if (err)
        return err;
    at = zone_instant(office.zone, moved);
    *ret = instant_cmp(at, s->at) > 0 ? at : due;
    return OK;
}

static enum err words_put(struct ctx *ctx, struct db *db, const struct process_node *n, const struct flow_stand *s,
                          struct json step, struct json timers)
{
    struct str role;
    int64_t minutes;
    struct instant at;
    enum err err = OK;

    if (n->remind) {
        err = word_at(ctx, db, s, step, n->remind, &at);
        if (!err)
            timer_put(ctx->arena, timers, json_int(step, "task"), n->id, "remind", at);
    }
    if (!err && n->escalate.n && !escalation_parse(n->escalate, &role, &minutes)) {
        err = word_at(ctx, db, s, step, minutes, &at);
        if (!err)
            timer_put(ctx->arena, timers, json_int(step, "task"), n->id, "escalate", at);
    }
    return err;
}

static bool has_timers(const struct process *p)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (p->node[i].trigger == TRIGGER_TIMER || p->node[i].remind || p->node[i].escalate.n)
            return true;
    return false;
}

/* Timers of tokens that are gone. */
static enum err timers_off(struct ctx *ctx, struct db *db, const struct running *r, const struct flow_stand *s, struct json off)
{
    struct q_timer_of *row;
    size_t count;
    enum err err = q_timer_of(db, ctx->arena, s->dossier, &row, &count);

    for (size_t i = 0; !err && i < count; i++)
        if (!token_find(&r->state, row[i].token) && (!i || row[i].token != row[i - 1].token))
            json_append_int(off, row[i].token);
    return err;
}

/* ---- the payload ---- */

void running_put_state(struct ctx *ctx, struct json payload, const struct running *r)
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

struct flow_stand flow_stand_of(const struct loaded *l, const struct flow_facts *facts)
{
    return (struct flow_stand){
        .loaded = l, .dossier = l->d.id, .field = l->d.field_id, .facts = facts, .office = &l->office, .at = l->at,
        .due_at = l->d.due_at, .from_unit = l->has_task ? l->task.unit_id : 0, .is_suspended = l->facts.is_suspended,
    };
}

/* The lists of one move. */
struct lists {
    struct json steps, cancelled, sent, served, timers, off, outbox;
};

static struct lists lists_new(struct arena *a)
{
    return (struct lists){json_new_array(a), json_new_array(a), json_new_array(a),
                          json_new_array(a), json_new_array(a), json_new_array(a), json_new_array(a)};
}

static enum err change_put(struct ctx *ctx, struct db *db, const struct running *r, const struct flow_change *c,
                           const struct flow_stand *s, struct lists *l)
{
    const struct process_node *n = c->node >= 0 ? &r->process->node[c->node] : NULL;
    const struct flow_token *t = c->kind == FLOW_OPENED ? token_find(&r->state, c->token) : NULL;
    struct json step;
    enum err err = OK;

    if (c->kind == FLOW_SENT)
        json_append_text(l->sent, n->reference.n ? n->reference : n->id);
    if (c->kind == FLOW_SERVED)
        json_append_text(l->served, n->id);
    if (c->kind == FLOW_CANCELLED && process_is_work(n))
        json_append_int(l->cancelled, c->token);
    if (!t)
        return OK;
    if (process_is_work(n)) {
        err = opened(ctx, db, r, c, s, &step);
        if (!err)
            json_append(l->steps, step);
        if (!err)
            err = words_put(ctx, db, n, s, step, l->timers);
        if (!err && s->loaded) /* at receipt it is at the counter */
            err = peer_put_case(ctx, db, &s->loaded->d, step, l->outbox);
    }
    return err ? err : events_put(ctx, r, t, s, l->timers);
}

enum err running_put(struct ctx *ctx, struct db *db, struct json payload, const struct running *r,
                     const struct flow_changes *changes, const struct flow_stand *stand)
{
    struct lists l = lists_new(ctx->arena);
    enum err err = OK;

    for (size_t i = 0; !err && i < changes->count; i++)
        err = change_put(ctx, db, r, &changes->change[i], stand, &l);
    if (!err && stand->dossier && has_timers(r->process))
        err = timers_off(ctx, db, r, stand, l.off);
    if (err)
        return err;
    running_put_state(ctx, payload, r);
    put_list(payload, "steps", l.steps);
    put_list(payload, "cancelled", l.cancelled);
    put_list(payload, "sent", l.sent);
    put_list(payload, "served", l.served);
    put_list(payload, "timers", l.timers);
    put_list(payload, "timers_off", l.off);
    put_list(payload, "outbox", l.outbox);
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
    running_put_state(ctx, payload, &ended);
    put_list(payload, "cancelled", cancelled);
}
