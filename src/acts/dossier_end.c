/* The end of a dossier: result, refusal, withdrawal, stop; handing out; taking a wrong result back. */
#include "acts/dossier.h"

#include "acts/flow.h"
#include "acts/on_dossier.h"
#include "acts/peer_message.h"

/* What every end writes. A running suspension ends with it. */
static enum err put_end(struct on_dossier *o, struct db *tx, struct json p, const struct loaded *l,
                        enum dossier_outcome outcome, struct str result_no)
{
    struct q_suspension_list *row;
    size_t count;

    json_put_text(p, "finished_on", date_iso(o->ctx->arena, l->at_local.date));
    json_put_int(p, "outcome", outcome);
    json_put_text(p, "result_no", result_no);
    json_put_text(p, "due_at", l->d.due_at);
    json_put_text(p, "due_on", l->d.due_on);
    dossier_put_done(o->ctx, p, l, o->on->note);
    if (!l->facts.is_suspended)
        return OK;
    enum err err = q_suspension_list(tx, o->ctx->arena, l->d.id, &row, &count);
    if (!err && count)
        json_put_int(p, "suspension", row[count - 1].no);
    return err;
}

/* The result goes back to the counter, which will hand it out: nobody's in particular. */
static enum err put_counter(struct on_dossier *o, struct json p, const struct loaded *l)
{
    struct step_target counter = {
        .no = l->facts.step_count,
        .code = STR("hand_out"),
        .name = word(LANG_VI, WORD_DOSSIER_STEP_HAND_OUT),
        .unit = l->d.unit_id,
    };

    return dossier_put_step(o->ctx, p, l, &counter);
}

/* A result that was asked for needs the process to be at its end; any other end leaves it. */
static enum err leave_process(struct on_dossier *o, struct db *tx, struct json p, struct loaded *l,
                              enum dossier_outcome outcome, enum dossier_refusal *ret_why)
{
    struct running r;
    struct flow_changes changes;
    bool missing = false;
    enum err err = running_load(o->ctx, tx, l, &r);

    *ret_why = DOSSIER_ALLOWED;
    if (err || !r.process_id)
        return err;
    if (outcome == OUTCOME_GRANTED)
        err = child_is_missing(o->ctx, tx, &r, l, &missing);
    if (err || missing) {
        *ret_why = DOSSIER_CHILD_MISSING;
        return err;
    }
    if (outcome == OUTCOME_GRANTED) {
        struct flow_facts facts = flow_facts_of(&l->d, r.answers);
        err = running_complete(o->ctx, &r, l->task.no, &facts, &changes);
        if (err == ERR_INVALID || (!err && !flow_has_ended(&r.state)))
            *ret_why = DOSSIER_PROCESS_GOES_ON;
        if (err || *ret_why != DOSSIER_ALLOWED)
            return err == ERR_INVALID ? OK : err;
    }
    if (r.state.last_no > l->last_task)
        l->last_task = r.state.last_no;
    running_put_end(o->ctx, p, &r, l->task.no);
    return OK;
}

static enum err result(struct on_dossier *o, struct db *tx, struct loaded *l, const char *name,
                       enum dossier_outcome outcome, struct str result_no)
{
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);
    enum dossier_refusal why = DOSSIER_ALLOWED;
    enum err err = put_end(o, tx, p, l, outcome, result_no);

    if (!err)
        err = leave_process(o, tx, p, l, outcome, &why);
    if (err)
        return err;
    if (why != DOSSIER_ALLOWED)
        return on_dossier_refuse(o->on, why);
    err = peer_put_answer(o->ctx, tx, l, outcome, result_no, p);
    if (!err)
        err = put_counter(o, p, l);
    return err ? err : dossier_journal(o->ctx, tx, l, name, p);
}

static enum err finish(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_finish *act = o->arg;

    return result(o, tx, l, "dossier.finish", OUTCOME_GRANTED, act->result_no);
}

enum err act_finish(struct act_finish *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_FINISH, RIGHT_DOSSIER_FINISH, PLACE_HOLDER, finish, act};

    return on_dossier_run(&o);
}

/* A refusal names its ground: a reason is required. */
static enum err refuse(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_finish *act = o->arg;

    if (str_is_empty(str_trim(o->on->note)))
        return on_dossier_refuse(o->on, DOSSIER_NO_REASON);
    return result(o, tx, l, "dossier.refuse", OUTCOME_REFUSED, act->result_no);
}

enum err act_refuse(struct act_finish *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_REFUSE, RIGHT_DOSSIER_REFUSE, PLACE_HOLDER, refuse, act};

    return on_dossier_run(&o);
}

static enum err end_without_result(struct on_dossier *o, struct db *tx, struct loaded *l, const char *name,
                                   enum dossier_outcome outcome)
{
    enum dossier_refusal why;
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);

    if (str_is_empty(str_trim(o->on->note)))
        return on_dossier_refuse(o->on, DOSSIER_NO_REASON);
    enum err err = put_end(o, tx, p, l, outcome, STR(""));
    if (!err)
        err = leave_process(o, tx, p, l, outcome, &why);
    if (!err)
        err = peer_put_answer(o->ctx, tx, l, outcome, STR(""), p);
    return err ? err : dossier_journal(o->ctx, tx, l, name, p);
}

static enum err withdraw(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    return end_without_result(o, tx, l, "dossier.withdraw", OUTCOME_WITHDRAWN);
}

enum err act_withdraw(struct act_on *on, struct ctx *ctx)
{
    struct on_dossier o = {ctx, on, DOSSIER_WITHDRAW, RIGHT_DOSSIER_WITHDRAW, PLACE_EITHER, withdraw, NULL};

    return on_dossier_run(&o);
}

static enum err stop(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    return end_without_result(o, tx, l, "dossier.stop", OUTCOME_STOPPED);
}

enum err act_stop(struct act_on *on, struct ctx *ctx)
{
    struct on_dossier o = {ctx, on, DOSSIER_STOP, RIGHT_DOSSIER_STOP, PLACE_EITHER, stop, NULL};

    return on_dossier_run(&o);
}

/* A wrong result is taken back: it goes to whoever did the last step of the work before. */
static enum err reopen(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);
    struct q_task_list *task;
    size_t count;
    struct step_target to = {.no = 1, .unit = l->d.unit_id};

    if (str_is_empty(str_trim(o->on->note)))
        return on_dossier_refuse(o->on, DOSSIER_NO_REASON);
    enum err err = q_task_list(tx, o->ctx->arena, l->d.id, &task, &count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++) {
        if (str_eq(task[i].step_code, STR("hand_out")))
            continue;
        to = (struct step_target){.no = task[i].step_no, .code = task[i].step_code, .name = task[i].step_name,
                                  .unit = task[i].unit_id, .person = task[i].person_id_null ? 0 : task[i].person_id};
    }
    json_put_text(p, "due_on", l->d.due_on);
    json_put_text(p, "result_before", l->d.result_no);
    dossier_put_done(o->ctx, p, l, o->on->note);
    err = dossier_put_step(o->ctx, p, l, &to);
    return err ? err : dossier_journal(o->ctx, tx, l, "dossier.reopen", p);
}

enum err act_reopen(struct act_on *on, struct ctx *ctx)
{
    struct on_dossier o = {ctx, on, DOSSIER_REOPEN, RIGHT_DOSSIER_REOPEN, PLACE_EITHER, reopen, NULL};

    return on_dossier_run(&o);
}

static enum err hand_out(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_hand_out *act = o->arg;
    struct json p = on_dossier_payload(o->ctx, l, o->on->note);

    if (l->d.fee > 0 && !l->d.fee_paid && !act->fee_paid && !o->on->from_history)
        return on_dossier_refuse(o->on, DOSSIER_FEE_UNPAID);
    json_put_text(p, "to", act->to);
    json_put_bool(p, "fee_paid", l->d.fee_paid || act->fee_paid);
    dossier_put_done(o->ctx, p, l, o->on->note);
    return dossier_journal(o->ctx, tx, l, "dossier.hand_out", p);
}

enum err act_hand_out(struct act_hand_out *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_HAND_OUT, RIGHT_DOSSIER_HAND_OUT, PLACE_HOLDER, hand_out, act};

    return on_dossier_run(&o);
}
