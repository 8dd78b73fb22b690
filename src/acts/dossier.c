#include "acts/dossier.h"

#include "acts/flow.h"
#include "acts/on_dossier.h"
#include "base/text.h"
#include "sql_person.h"
#include "sql_unit.h"

/* ---- hand-over ---- */

static const struct q_step_list *step_find(const struct loaded *l, int64_t wanted)
{
    int64_t no = wanted ? wanted : l->facts.step + 1;

    for (size_t i = 0; i < l->procedure->step_count; i++)
        if (l->procedure->step[i].no == no)
            return &l->procedure->step[i];
    return NULL;
}

/* The unit that is named must be there; else the process says where. */
static enum err step_unit(struct ctx *ctx, struct db *tx, const struct loaded *l, const struct q_step_list *step,
                          int64_t wanted, int64_t *ret)
{
    struct q_unit_by_id unit;

    if (!wanted)
        return flow_place(ctx, tx, &l->office, l->at_local.date, step->place, ret);
    enum err err = q_unit_by_id(tx, ctx->arena, wanted, &unit);
    if (!err)
        *ret = unit.id;
    return err;
}

/* The next step of the list. */
static enum err hand_over_listed(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_hand_over *act = o->arg;
    const struct q_step_list *step = step_find(l, act->to_step);
    struct step_target to;
    bool able = true;

    if (!step)
        return on_dossier_refuse(o->on, DOSSIER_NO_NEXT_STEP);
    to = (struct step_target){
        .no = step->no,
        .code = step->code,
        .name = step->name,
        .person = act->to_person,
        .minutes = step->minutes,
        .taken = act->to_person == o->ctx->actor.id, /* who hands over to himself keeps it in hand */
    };
    enum err err = step_unit(o->ctx, tx, l, step, act->to_unit, &to.unit);
    if (!err && to.person && !o->on->from_history)
        err = right_has(o->ctx, tx, to.person, RIGHT_DOSSIER_PROCESS, to.unit, l->d.field_id, &able);
    if (err)
        return err;
    if (!able)
        return on_dossier_refuse(o->on, DOSSIER_NOT_HOLDER);
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);
    dossier_put_done(o->ctx, p, l, o->on->note);
    err = dossier_put_step(o->ctx, p, l, &to);
    return err ? err : dossier_journal(o->ctx, tx, l, "dossier.hand_over", p);
}

/* What the person chose, under "choice" and under the step it was chosen at. */
static struct flow_facts answered(const struct loaded *l, struct running *r, struct str choice)
{
    if (choice.n) {
        json_put_text(r->answers, "choice", choice);
        json_put_named(r->answers, l->task.step_code, json_get(r->answers, "choice"));
    }
    return flow_facts_of(&l->d, r->answers);
}

/* Can the person work wherever a step opens? */
static enum err is_able_in_all(struct ctx *ctx, struct db *tx, const struct loaded *l, int64_t person, struct json steps,
                               bool *ret)
{
    enum err err = OK;

    *ret = true;
    for (size_t i = 0; !err && *ret && i < json_length(steps); i++)
        err = right_has(ctx, tx, person, RIGHT_DOSSIER_PROCESS, json_int(json_at(steps, i), "unit"), l->d.field_id, ret);
    return err;
}

/* The token goes on; whatever opens is handed to whom the process names. */
static enum err hand_over_drawn(struct on_dossier *o, struct db *tx, struct loaded *l, struct running *r)
{
    struct act_hand_over *act = o->arg;
    struct ctx *ctx = o->ctx;
    struct flow_facts facts = answered(l, r, act->choice);
    struct flow_changes changes;
    bool able = true, missing;
    enum err err = child_is_missing(ctx, tx, r, l, &missing);

    if (!err && missing)
        return on_dossier_refuse(o->on, DOSSIER_CHILD_MISSING);
    if (!err)
        err = running_complete(ctx, r, l->task.no, &facts, &changes);
    if (err == ERR_INVALID)
        return on_dossier_refuse(o->on, DOSSIER_NO_ANSWER);
    if (!err && flow_has_ended(&r->state))
        return on_dossier_refuse(o->on, DOSSIER_NO_NEXT_STEP);
    if (err)
        return err;
    struct json p = on_dossier_payload(ctx, l, o->on->note);
    dossier_put_done(ctx, p, l, o->on->note);
    struct flow_stand stand = flow_stand_of(l, &facts);
    stand.to_unit = act->to_unit;
    stand.to_person = act->to_person;
    err = running_put(ctx, tx, p, r, &changes, &stand);
    if (!err && act->to_person)
        err = is_able_in_all(ctx, tx, l, act->to_person, json_get(p, "steps"), &able);
    if (err)
        return err;
    if (!able)
        return on_dossier_refuse(o->on, DOSSIER_NOT_HOLDER);
    return dossier_journal(ctx, tx, l, "dossier.hand_over", p);
}

static enum err hand_over(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct running r;
    enum err err = running_load(o->ctx, tx, l, &r);

    if (err)
        return err;
    return r.process_id ? hand_over_drawn(o, tx, l, &r) : hand_over_listed(o, tx, l);
}

enum err act_hand_over(struct act_hand_over *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_HAND_OVER, RIGHT_DOSSIER_HAND_OVER, PLACE_HOLDER, hand_over, act};

    return on_dossier_run(&o);
}

static enum err task_give(struct on_dossier *o, struct db *tx, struct loaded *l, const char *name, int64_t person,
                          bool confirmed)
{
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);

    if (!l->has_task)
        return on_dossier_refuse(o->on, DOSSIER_WRONG_STATE);
    json_put_int(p, "task", l->task.no);
    if (person)
        json_put_int(p, "person", person);
    if (confirmed)
        json_put_text(p, "taken_at", instant_iso(o->ctx->arena, l->at));
    if (!l->task.person_id_null)
        json_put_int(p, "before", l->task.person_id);
    return dossier_journal(o->ctx, tx, l, name, p);
}

static enum err take(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    return task_give(o, tx, l, "dossier.take", o->ctx->actor.id, true);
}

enum err act_take(struct act_on *on, struct ctx *ctx)
{
    struct on_dossier o = {ctx, on, DOSSIER_TAKE, RIGHT_DOSSIER_PROCESS, PLACE_HOLDER, take, NULL};

    return on_dossier_run(&o);
}

/* The person named must be able to work there. */
static enum err assign(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_assign *act = o->arg;
    bool able;

    if (act->person) {
        enum err err = right_has(o->ctx, tx, act->person, RIGHT_DOSSIER_PROCESS, l->has_task ? l->task.unit_id : l->d.unit_id,
                                 l->d.field_id, &able);
        if (err)
            return err;
        if (!able)
            return on_dossier_refuse(o->on, DOSSIER_NOT_HOLDER);
    }
    return task_give(o, tx, l, "dossier.assign", act->person, act->person == o->ctx->actor.id);
}

enum err act_assign(struct act_assign *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_ASSIGN, RIGHT_DOSSIER_ASSIGN, PLACE_HOLDER, assign, act};

    return on_dossier_run(&o);
}

/* ---- apology ---- */

static enum err extend(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_extend *act = o->arg;
    struct arena *a = o->ctx->arena;
    struct json p = on_dossier_payload(o->ctx, l, STR(""));

    if (instant_cmp(act->new_due_at, l->facts.due_at) <= 0) {
        o->on->verdict = (struct dossier_verdict){DOSSIER_EXTENSION_NOT_LATER, l->due_local.date};
        return OK;
    }
    if (str_is_empty(str_trim(o->on->note)))
        return on_dossier_refuse(o->on, DOSSIER_NO_REASON);
    json_put_text(p, "old_due_at", l->d.due_at);
    json_put_text(p, "new_due_at", instant_iso(a, act->new_due_at));
    json_put_text(p, "reason", o->on->note);
    json_put_text(p, "cause", act->cause);
    return dossier_journal(o->ctx, tx, l, "dossier.extend", p);
}

enum err act_extend(struct act_extend *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_EXTEND, RIGHT_DOSSIER_EXTEND, PLACE_EITHER, extend, act};

    return on_dossier_run(&o);
}

/* ---- corrections and events ---- */

static struct json person_json(struct arena *a, struct str name, struct str id_no, struct str birth, struct str phone,
                               struct str email, struct str address, struct str submitter, struct str summary)
{
    struct json o = json_new_object(a);

    json_put_text(o, "name", name);
    json_put_text(o, "id_no", id_no);
    json_put_text(o, "birth", birth);
    json_put_text(o, "phone", phone);
    json_put_text(o, "email", email);
    json_put_text(o, "address", address);
    json_put_text(o, "submitter", submitter);
    json_put_text(o, "summary", summary);
    return o;
}

static enum err correct(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_correct *act = o->arg;
    const struct act_applicant *who = &act->applicant;
    const struct q_dossier_by_id *d = &l->d;
    struct arena *a = o->ctx->arena;
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);

    json_put_json(p, "before", person_json(a, d->applicant, d->id_no, d->birth, d->phone, d->email, d->address,
                                           d->submitter, d->summary));
    json_put_json(p, "after", person_json(a, who->name, who->id_no, who->birth, who->phone, who->email,
                                          who->address, act->submitter, act->summary));
    return dossier_journal(o->ctx, tx, l, "dossier.correct", p);
}

enum err act_correct(struct act_correct *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_CORRECT, RIGHT_DOSSIER_CORRECT, PLACE_EITHER, correct, act};

    if (str_is_empty(text_fold(ctx->arena, act->applicant.name)))
        problem_add(ctx, "name", WORD_PROBLEM_NAME_EMPTY, STR(""));
    if (str_is_empty(str_trim(act->on.note)))
        problem_add(ctx, "note", WORD_REFUSAL_NO_REASON, STR(""));
    return ctx->problems.count ? ERR_INVALID : on_dossier_run(&o);
}

struct eventing {
    struct act_event *act;
    struct ctx *ctx;
};

/* An event of a log is a fact about the past: it is written whatever the state. */
static enum err event_in_transaction(struct db *tx, void *arg)
{
    struct eventing *ev = arg;
    struct ctx *ctx = ev->ctx;
    struct loaded l;
    enum err err = dossier_load(ctx, tx, ev->act->on.id, &l);

    if (!err)
        err = right_check(ctx, tx, RIGHT_DOSSIER_PROCESS, l.d.unit_id, l.d.field_id);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "name", ev->act->name);
    json_put_text(p, "resource", ev->act->resource);
    json_put_text(p, "group", ev->act->group);
    json_put_text(p, "lifecycle", ev->act->lifecycle);
    l.at = ev->act->on.happened_at.ms ? ev->act->on.happened_at : ctx->now;
    return dossier_journal(ctx, tx, &l, "dossier.event", p);
}

enum err act_event(struct act_event *act, struct ctx *ctx)
{
    struct eventing ev = {act, ctx};

    act->on.verdict = (struct dossier_verdict){DOSSIER_ALLOWED, DATE_NEVER};
    return ctx_transact(ctx, event_in_transaction, &ev);
}
