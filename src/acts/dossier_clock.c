/* The clock: what stops it, what lets it run again. Reference 2.5 rules 6 and 7. */
#include "acts/dossier.h"

#include "acts/on_dossier.h"
#include "sql_unit.h"
#include "sql_work.h"

/* What every act on the clock writes: where the due date stands, and how often papers were asked. */
static void put_clock(struct ctx *ctx, struct json p, const struct loaded *l, struct instant due, int64_t supplements)
{
    json_put_text(p, "due_at", instant_iso(ctx->arena, due));
    json_put_text(p, "due_on", date_iso(ctx->arena, zone_date(l->office.zone, due)));
    json_put_int(p, "supplements", supplements);
}

static enum err suspension_no(struct ctx *ctx, struct db *tx, const struct loaded *l, int64_t *ret)
{
    struct q_suspension_list *row;
    size_t count;
    enum err err = q_suspension_list(tx, ctx->arena, l->d.id, &row, &count);

    if (!err)
        *ret = count ? row[count - 1].no : 0;
    return err;
}

static enum err stop(struct on_dossier *o, struct db *tx, const struct loaded *l, const char *act, struct json p,
                     struct str reason, enum pause_owner owner, struct str detail, int64_t supplements)
{
    int64_t last;
    enum err err = suspension_no(o->ctx, tx, l, &last);

    if (err)
        return err;
    json_put_int(p, "no", last + 1);
    json_put_text(p, "reason", reason);
    json_put_int(p, "owner", owner);
    json_put_text(p, "detail", detail);
    json_put_text(p, "from_on", date_iso(o->ctx->arena, l->at_local.date));
    put_clock(o->ctx, p, l, l->facts.due_at, supplements);
    return dossier_journal(o->ctx, tx, l, act, p);
}

/* What ran when the clock stopped gets the working time between back, on the calendar of its office. */
static enum err moved_at(struct ctx *ctx, const struct office *o, struct str from, const struct loaded *l, struct str *ret)
{
    struct instant at, stopped;
    struct local moved;

    if (instant_parse(from, &at) || instant_parse(l->d.suspended_at, &stopped))
        return ERR_STORE;
    if (instant_cmp(at, stopped) < 0) { /* it was late already */
        *ret = from;
        return OK;
    }
    int64_t minutes = calendar_work_minutes(o->calendar, zone_local(o->zone, stopped), l->at_local);
    enum err err = calendar_move_minutes(o->calendar, zone_local(o->zone, at), minutes, &moved);
    if (!err)
        *ret = instant_iso(ctx->arena, zone_instant(o->zone, moved));
    return err;
}

static enum err put_steps_due(struct ctx *ctx, struct db *tx, const struct loaded *l, struct json p)
{
    struct json steps = json_new_array(ctx->arena);
    struct office office;
    struct str at;
    enum err err = OK;

    for (size_t i = 0; !err && i < l->open_count; i++) {
        struct json step = json_new_object(ctx->arena);
        err = office_load(ctx, tx, l->open[i].unit_id, &office);
        if (!err)
            err = moved_at(ctx, &office, l->open[i].step_due_at, l, &at);
        if (err || str_eq(at, l->open[i].step_due_at))
            continue;
        json_put_int(step, "task", l->open[i].no);
        json_put_text(step, "at", at);
        json_append(steps, step);
    }
    if (json_length(steps))
        json_put_json(p, "steps_due", steps);
    return err;
}

static enum err put_timers(struct ctx *ctx, struct db *tx, const struct loaded *l, struct json p)
{
    struct json timers = json_new_array(ctx->arena);
    struct q_timer_of *row;
    size_t count = 0;
    struct str at;
    enum err err = l->has_flow ? q_timer_of(tx, ctx->arena, l->d.id, &row, &count) : OK;

    for (size_t i = 0; !err && i < count; i++) {
        struct json t = json_new_object(ctx->arena);
        err = moved_at(ctx, &l->office, row[i].fires_at, l, &at);
        json_put_int(t, "token", row[i].token);
        json_put_text(t, "node", row[i].node);
        json_put_text(t, "kind", row[i].kind);
        json_put_text(t, "at", at);
        json_append(timers, t);
    }
    if (json_length(timers))
        json_put_json(p, "timers_at", timers);
    return err;
}

static enum err start(struct on_dossier *o, struct db *tx, const struct loaded *l, const char *act, struct json p)
{
    struct act_supply *supply = o->arg;
    int64_t no;
    enum err err = suspension_no(o->ctx, tx, l, &no);

    if (!err)
        err = dossier_due(o->ctx, tx, l, l->at, &supply->due_at);
    if (!err)
        err = put_steps_due(o->ctx, tx, l, p);
    if (!err)
        err = put_timers(o->ctx, tx, l, p);
    if (err)
        return err;
    json_put_int(p, "no", no);
    json_put_text(p, "to_on", date_iso(o->ctx->arena, l->at_local.date));
    json_put_text(p, "due_before", l->d.due_at);
    put_clock(o->ctx, p, l, supply->due_at, l->d.supplements);
    return dossier_journal(o->ctx, tx, l, act, p);
}

/* ---- supplement ---- */

/* The defects as one text for the ledger, and the papers they concern as defective. */
static struct str defects_text(struct ctx *ctx, const struct act_ask_supplement *act, struct json papers)
{
    struct buf b = buf_in(ctx->arena);

    for (size_t i = 0; i < act->defect_count; i++) {
        const struct act_defect *d = &act->defect[i];
        buf_format(&b, "%s%zu. %" PRIstr, i ? "\n" : "", i + 1, STR_ARG(d->what));
        if (d->paper) {
            struct json paper = json_new_object(ctx->arena);
            json_put_int(paper, "no", d->paper);
            json_put_int(paper, "state", PAPER_DEFECTIVE);
            json_put_text(paper, "note", d->what);
            json_append(papers, paper);
        }
    }
    return buf_str(&b);
}

static enum err ask_supplement(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_ask_supplement *act = o->arg;
    struct json p = on_dossier_payload(o->ctx, l, o->on->note), papers = json_new_array(o->ctx->arena);

    if (act->defect_count == 0)
        return on_dossier_refuse(o->on, DOSSIER_SUPPLEMENT_EMPTY);
    struct str detail = defects_text(o->ctx, act, papers);
    json_put_json(p, "papers", papers);
    return stop(o, tx, l, "dossier.ask_supplement", p, STR("supplement"), PAUSE_CITIZEN, detail,
                l->d.supplements + 1);
}

enum err act_ask_supplement(struct act_ask_supplement *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_ASK_SUPPLEMENT, RIGHT_DOSSIER_SUPPLEMENT, PLACE_HOLDER,
                           ask_supplement, act};

    return on_dossier_run(&o);
}

/* What was defective or missing is there now. */
static enum err papers_in(struct ctx *ctx, struct db *tx, const struct loaded *l, struct json papers)
{
    struct q_dossier_papers *row;
    size_t count;
    enum err err = q_dossier_papers(tx, ctx->arena, l->d.id, &row, &count);

    if (err)
        return err;
    for (size_t i = 0; i < count; i++) {
        if (row[i].state != PAPER_DEFECTIVE && row[i].state != PAPER_MISSING)
            continue;
        struct json paper = json_new_object(ctx->arena);
        json_put_int(paper, "no", row[i].no);
        json_put_int(paper, "state", PAPER_PRESENT);
        json_put_text(paper, "note", row[i].note);
        json_append(papers, paper);
    }
    return OK;
}

static enum err supply(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct json p = on_dossier_payload(o->ctx, l, o->on->note), papers = json_new_array(o->ctx->arena);
    enum err err = papers_in(o->ctx, tx, l, papers);

    if (err)
        return err;
    json_put_json(p, "papers", papers);
    return start(o, tx, l, "dossier.supply", p);
}

enum err act_supply(struct act_supply *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_SUPPLY, RIGHT_DOSSIER_SUPPLEMENT, PLACE_EITHER, supply, act};

    return on_dossier_run(&o);
}

/* ---- other pauses ---- */

static enum err suspend(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    struct act_suspend *act = o->arg;
    struct q_reason_by_code reason;
    enum err err = q_reason_by_code(tx, o->ctx->arena, STR("suspension"), act->reason, &reason);

    if (err == ERR_NOT_FOUND || str_eq(act->reason, STR("supplement")))
        return on_dossier_refuse(o->on, DOSSIER_UNKNOWN_REASON);
    if (err)
        return err;
    if (str_eq(act->reason, STR("tax"))) /* national state 6: the applicant's turn to pay */
        l->next = DOSSIER_PAYMENT;
    return stop(o, tx, l, "dossier.suspend", on_dossier_payload(o->ctx, l, STR("")), act->reason,
                (enum pause_owner)reason.owner, o->on->note, l->d.supplements);
}

enum err act_suspend(struct act_suspend *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_SUSPEND, RIGHT_DOSSIER_SUSPEND, PLACE_HOLDER, suspend, act};

    return on_dossier_run(&o);
}

static enum err resume(struct on_dossier *o, struct db *tx, struct loaded *l)
{
    return start(o, tx, l, "dossier.resume", on_dossier_payload(o->ctx, l, o->on->note));
}

enum err act_resume(struct act_supply *act, struct ctx *ctx)
{
    struct on_dossier o = {ctx, &act->on, DOSSIER_RESUME, RIGHT_DOSSIER_SUSPEND, PLACE_EITHER, resume, act};

    return on_dossier_run(&o);
}
