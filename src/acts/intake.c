#include "acts/dossier.h"

#include "acts/cache.h"
#include "acts/dossier_load.h"
#include "acts/flow.h"
#include "base/text.h"
#include "format/json.h"
#include "sql_journal.h"
#include "sql_unit.h"
#include "store/journal.h"

enum { SECRET_LENGTH = 8 };

/* What the transaction needs, prepared on the caller's own handle so that the writer waits for
 * nothing that cannot change. */
struct intake {
    struct act_receive *act;
    struct ctx *ctx;
    struct office office;
    const struct procedure_whole *procedure;
    const struct q_case_list *kase;
    struct instant at;
    struct local at_local;
    const struct act_paper *paper;
    size_t paper_count;
    struct str batch, agency_series, register_series;
    struct str *secret;
    struct str step_due;
    struct running running; /* the drawn process it begins, if there is one */
    struct flow_facts facts;
    struct flow_changes changes;
};

/* ---- what is wrong with the form ---- */

static void check_applicant(struct ctx *ctx, const struct act_receive *act)
{
    const struct act_applicant *who = &act->applicant;
    size_t digits = 0;

    if (str_is_empty(text_fold(ctx->arena, who->name))) /* blanks and marks are no name */
        problem_add(ctx, "name", WORD_PROBLEM_NAME_EMPTY, STR(""));
    for (size_t i = 0; i < who->phone.n; i++)
        digits += who->phone.p[i] >= '0' && who->phone.p[i] <= '9';
    if (!act->from_history && who->phone.n && (digits < 9 || digits > 12))
        problem_add(ctx, "phone", WORD_PROBLEM_PHONE, STR(""));
    if (!act->from_history && who->email.n && str_find(who->email, STR("@")) == STR_NONE)
        problem_add(ctx, "email", WORD_PROBLEM_EMAIL, STR(""));
    if (act->delivery == DELIVERY_POST && str_is_empty(act->delivery_address))
        problem_add(ctx, "delivery_address", WORD_PROBLEM_DELIVERY_ADDRESS, STR(""));
    if (!act->peer && act->delivery == DELIVERY_ONLINE && str_is_empty(who->email) && str_is_empty(who->phone))
        problem_add(ctx, "email", WORD_PROBLEM_DELIVERY_ONLINE, STR(""));
}

static void check_form(struct ctx *ctx, struct act_receive *act)
{
    check_applicant(ctx, act);
    if (act->sets < 1 || act->sets > 999)
        problem_add(ctx, "sets", WORD_PROBLEM_SETS, STR(""));
    if (act->count < 1)
        problem_add(ctx, "count", WORD_PROBLEM_COUNT, STR(""));
    if (act->channel <= 0 || act->channel >= CHANNEL__COUNT)
        problem_add(ctx, "channel", WORD_PROBLEM_CHANNEL, STR(""));
    for (size_t i = 0; i < act->paper_count; i++)
        if (act->paper[i].state == PAPER_NOT_NEEDED && act->paper[i].is_required &&
            str_is_empty(act->paper[i].note))
            problem_add(ctx, "paper", WORD_PROBLEM_PAPER_NOTE, act->paper[i].name);
}

/* ---- the law ---- */

static bool papers_complete(const struct act_paper *paper, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (paper[i].is_required && (paper[i].state == PAPER_MISSING || paper[i].state == PAPER_DEFECTIVE))
            return false;
    return true;
}

/* Everything the case asks for, present. */
static void papers_of_case(struct intake *in)
{
    const struct procedure_whole *p = in->procedure;
    struct act_paper *paper = ARENA_ARRAY(in->ctx->arena, struct act_paper, p->paper_count);

    for (size_t i = 0; i < p->paper_count; i++) {
        const struct q_paper_list *row = &p->paper[i];
        if (row->case_no != in->act->case_no)
            continue;
        paper[in->paper_count++] = (struct act_paper){
            .name = row->name,
            .kind = row->originals ? PAPER_ORIGINAL : PAPER_COPY,
            .quantity = row->originals ? row->originals : row->copies ? row->copies : 1,
            .is_required = row->is_required,
        };
    }
    in->paper = paper;
}

static struct dossier_verdict refuse(enum dossier_refusal why, struct date date)
{
    return (struct dossier_verdict){why, date};
}

static enum err judge(struct intake *in)
{
    struct act_receive *act = in->act;
    struct ctx *ctx = in->ctx;
    struct db *db = ctx_db(ctx);
    struct q_version_at version;
    struct q_procedure_unit_has here;
    enum err err = q_version_at(db, ctx->arena, act->procedure, date_iso(ctx->arena, in->at_local.date), &version);

    if (err == ERR_NOT_FOUND) {
        act->verdict = refuse(DOSSIER_PROCEDURE_NOT_IN_FORCE, in->at_local.date);
        return OK;
    }
    if (!err)
        err = procedure_load(ctx, db, version.id, &in->procedure);
    if (!err)
        err = q_procedure_unit_has(db, ctx->arena, act->procedure, act->unit, &here);
    if (err)
        return err;
    in->kase = procedure_case(in->procedure, act->case_no);
    if (!in->kase) {
        problem_add(ctx, "case", WORD_PROBLEM_CASE, STR(""));
        return ERR_INVALID;
    }
    in->paper = act->paper;
    in->paper_count = act->paper_count;
    if (!act->paper)
        papers_of_case(in);
    if (!here.n)
        act->verdict = refuse(DOSSIER_NOT_PERFORMED_HERE, DATE_NEVER);
    else if (act->count > DOSSIER_BATCH_MAX)
        act->verdict = refuse(DOSSIER_BATCH_TOO_LARGE, DATE_NEVER);
    else if (instant_cmp(in->at, ctx->now) > 0)
        act->verdict = refuse(DOSSIER_IN_FUTURE, DATE_NEVER);
    else if (!act->from_history && !papers_complete(in->paper, in->paper_count))
        act->verdict = refuse(DOSSIER_PAPERS_MISSING, DATE_NEVER);
    return OK;
}

/* ---- the promise ---- */

static enum err promise(struct intake *in)
{
    struct act_receive *act = in->act;
    struct ctx *ctx = in->ctx;
    struct limit limit = {(enum limit_unit)in->kase->limit_unit, (int)in->kase->limit_length};

    if (act->due_given.ms) {
        act->due_at = act->due_given;
        act->deadline = (struct deadline){.received = in->at_local};
        in->step_due = instant_iso(ctx->arena, act->due_at);
        return OK;
    }
    enum err err = deadline_derive(ctx->arena, in->office.calendar, in->at_local, limit, NULL, 0, &act->deadline);
    if (err)
        return err;
    act->due_at = zone_instant(in->office.zone, act->deadline.due);
    int64_t minutes = in->procedure->step_count ? in->procedure->step[0].minutes : 0;
    return budget_end(ctx->arena, &in->office, in->at, minutes, instant_iso(ctx->arena, act->due_at), &in->step_due);
}

/* On the process in force that day; history came without one. */
static enum err begin(struct intake *in)
{
    const struct act_receive *act = in->act;
    in->facts = (struct flow_facts){
        .case_no = act->case_no,
        .sets = act->sets,
        .fee = in->kase->fee,
        .channel = act->channel,
        .kind = act->applicant.kind,
        .delivery = act->delivery,
        .address = act->applicant.address,
        .answers = json_new_object(in->ctx->arena),
    };

    return running_start(in->ctx, ctx_db(in->ctx), act->procedure, in->at_local.date, &in->facts, &in->running, &in->changes);
}

/* ---- the journal line ---- */

static struct json papers_json(struct intake *in)
{
    struct arena *a = in->ctx->arena;
    struct json papers = json_new_array(a);

    for (size_t i = 0; i < in->paper_count; i++) {
        const struct act_paper *p = &in->paper[i];
        struct json o = json_new_object(a);
        json_put_text(o, "name", p->name);
        json_put_int(o, "kind", p->kind);
        json_put_int(o, "quantity", p->quantity);
        json_put_int(o, "state", p->state);
        json_put_text(o, "note", p->note);
        json_append(papers, o);
    }
    return papers;
}

static struct json applicant_json(struct arena *a, const struct act_applicant *who)
{
    struct json o = json_new_object(a);

    json_put_text(o, "name", who->name);
    json_put_int(o, "kind", who->kind);
    json_put_text(o, "id_no", who->id_no);
    json_put_text(o, "birth", who->birth);
    json_put_text(o, "phone", who->phone);
    json_put_text(o, "email", who->email);
    json_put_text(o, "address", who->address);
    return o;
}

/* Who takes in keeps it in hand, or who is named; what came from another installation is in nobody's yet. */
static int64_t holder(const struct intake *in)
{
    return in->act->holder ? in->act->holder : in->act->peer ? 0 : in->ctx->actor.id;
}

static struct json step_json(struct intake *in)
{
    struct arena *a = in->ctx->arena;
    struct json step = json_new_object(a);
    bool drawn = in->procedure->step_count > 0;

    json_put_int(step, "task", 1);
    json_put_int(step, "no", 1);
    json_put_text(step, "code", drawn ? in->procedure->step[0].code : STR("receive"));
    json_put_text(step, "name", drawn ? in->procedure->step[0].name : in->procedure->version.name);
    json_put_int(step, "unit", in->act->unit);
    if (holder(in)) {
        json_put_int(step, "person", holder(in));
        json_put_text(step, "taken_at", instant_iso(a, in->at));
    }
    json_put_text(step, "due_at", in->step_due);
    return step;
}

static struct json series_json(struct arena *a, struct str name, int64_t no)
{
    struct json s = json_new_object(a);

    json_put_text(s, "name", name);
    json_put_int(s, "no", no);
    return s;
}

static enum err payload_json(struct intake *in, struct db *db, struct str code, struct str secret, int64_t serial,
                             int64_t register_no, struct json *ret)
{
    const struct act_receive *act = in->act;
    struct arena *a = in->ctx->arena;
    struct json p = json_new_object(a), limit = json_new_object(a), series = json_new_array(a);
    struct instant effective = act->due_given.ms ? in->at : zone_instant(in->office.zone, act->deadline.received);

    json_put_text(p, "code", code);
    json_put_text(p, "secret", secret);
    json_put_int(p, "unit", act->unit);
    json_put_int(p, "procedure", act->procedure);
    json_put_int(p, "version", in->procedure->version.id);
    json_put_int(p, "case", act->case_no);
    json_put_int(p, "field", in->procedure->procedure.field_id);
    json_put_int(p, "channel", act->channel);
    json_put_json(p, "applicant", applicant_json(a, &act->applicant));
    json_put_text(p, "submitter", act->submitter);
    json_put_text(p, "summary", act->summary);
    json_put_int(p, "sets", act->sets);
    json_put_int(p, "delivery", act->delivery);
    json_put_text(p, "delivery_address", act->delivery_address);
    json_put_int(p, "fee", in->kase->fee);
    json_put_bool(p, "fee_paid", act->fee_paid);
    json_put_text(p, "received_at", instant_iso(a, in->at));
    json_put_text(p, "effective_at", instant_iso(a, effective));
    json_put_text(p, "received_on", date_iso(a, in->at_local.date));
    json_put_int(limit, "unit", in->kase->limit_unit);
    json_put_int(limit, "length", in->kase->limit_length);
    json_put_json(p, "limit", limit);
    json_put_text(p, "due_at", instant_iso(a, act->due_at));
    json_put_text(p, "due_on", date_iso(a, zone_date(in->office.zone, act->due_at)));
    json_put_bool(p, "due_given", act->due_given.ms != 0);
    json_put_text(p, "batch", in->batch);
    if (act->origin)
        json_put_int(p, "origin", act->origin);
    json_append(series, series_json(a, in->agency_series, serial));
    json_append(series, series_json(a, in->register_series, register_no));
    json_put_json(p, "series", series);
    json_put_int(p, "register_no", register_no);
    json_put_json(p, "papers", papers_json(in));
    if (act->peer) {
        struct json from = json_new_object(a);
        json_put_int(from, "peer", act->peer);
        json_put_text(from, "message", act->message);
        json_put_json(p, "from_peer", from);
    }
    if (!in->running.process_id) {
        json_put_json(p, "step", step_json(in));
        *ret = p;
        return OK;
    }
    *ret = p;
    return running_put(in->ctx, db, p, &in->running, &in->changes,
                       &(struct flow_stand){.field = in->procedure->procedure.field_id,
                                            .facts = &in->facts,
                                            .office = &in->office,
                                            .at = in->at,
                                            .due_at = instant_iso(a, act->due_at),
                                            .holder = holder(in)});
}

static enum err series_next(struct db *tx, struct arena *a, struct str name, int64_t *ret)
{
    struct q_series_last last;
    enum err err = q_series_last(tx, a, name, &last);

    if (err && err != ERR_NOT_FOUND)
        return err;
    *ret = err ? 1 : last.last + 1;
    return OK;
}

static enum err receive_one(struct db *tx, struct intake *in, size_t i)
{
    struct ctx *ctx = in->ctx;
    int64_t serial, register_no;
    enum err err = series_next(tx, ctx->arena, in->agency_series, &serial);

    if (!err)
        err = series_next(tx, ctx->arena, in->register_series, &register_no);
    if (err)
        return err;
    struct str code = dossier_code(ctx->arena, in->office.unit.agency_code, in->at_local.date, serial);
    struct json payload;
    err = payload_json(in, tx, code, in->secret[i], serial, register_no, &payload);
    if (err)
        return err;
    struct journal_entry e = {
        .unit = in->office.unit.code,
        .happened_at = in->at,
        .recorded_at = ctx->now,
        .actor = ctx->actor.id,
        .act = STR("dossier.receive"),
        .subject_kind = STR("dossier"),
        .payload = payload,
    };
    err = journal_append(tx, ctx->arena, &e);
    if (!err)
        in->act->received[i] = (struct act_received){e.pos, code, in->secret[i]};
    return err;
}

static enum err receive_in_transaction(struct db *tx, void *arg)
{
    struct intake *in = arg;
    enum err err = OK;

    for (size_t i = 0; !err && i < (size_t)in->act->count; i++)
        err = receive_one(tx, in, i);
    return err;
}

enum err act_receive(struct act_receive *act, struct ctx *ctx)
{
    struct intake in = {.act = act, .ctx = ctx, .at = act->happened_at.ms ? act->happened_at : ctx->now};
    struct db *db = ctx_db(ctx);
    struct arena *a = ctx->arena;
    struct q_procedure_by_id procedure;

    act->verdict = (struct dossier_verdict){DOSSIER_ALLOWED, DATE_NEVER};
    check_form(ctx, act);
    enum err err = q_procedure_by_id(db, a, act->procedure, &procedure);
    if (err == ERR_NOT_FOUND)
        problem_add(ctx, "procedure", WORD_PROBLEM_PROCEDURE, STR(""));
    else if (err)
        return err;
    err = right_check(ctx, db, RIGHT_DOSSIER_RECEIVE, act->unit, err ? 0 : procedure.field_id);
    if (!err && ctx->problems.count)
        err = ERR_INVALID;
    if (!err)
        err = office_load(ctx, db, act->unit, &in.office);
    if (err)
        return err;
    in.at_local = zone_local(in.office.zone, in.at);
    err = judge(&in);
    if (err || act->verdict.why != DOSSIER_ALLOWED)
        return err;
    err = promise(&in);
    if (!err && !act->from_history)
        err = begin(&in);
    if (err)
        return err;
    in.agency_series = dossier_series(a, in.office.unit.agency_code, in.at_local.date);
    in.register_series = str_format(a, "register/%" PRIstr "/%d", STR_ARG(in.office.unit.agency_code),
                                    date_civil(in.at_local.date).year);
    in.batch = act->count > 1 ? random_code(ctx->random, a, SECRET_LENGTH) : STR("");
    in.secret = ARENA_ARRAY(a, struct str, (size_t)act->count);
    for (size_t i = 0; i < (size_t)act->count; i++)
        in.secret[i] = random_code(ctx->random, a, SECRET_LENGTH);
    act->received = ARENA_ARRAY(a, struct act_received, (size_t)act->count);
    return ctx_transact(ctx, receive_in_transaction, &in);
}

/* ---- without taking in ---- */

enum err act_foresee(struct act_foresee *act, struct ctx *ctx)
{
    struct office office;
    struct q_version_at version;
    const struct procedure_whole *p;
    struct db *db = ctx_db(ctx);
    enum err err = office_load(ctx, db, act->unit, &office);

    if (err)
        return err;
    struct local at = zone_local(office.zone, act->at);
    err = q_version_at(db, ctx->arena, act->procedure, date_iso(ctx->arena, at.date), &version);
    if (!err)
        err = procedure_load(ctx, db, version.id, &p);
    if (err)
        return err;
    const struct q_case_list *kase = procedure_case(p, act->case_no);
    if (!kase)
        return ERR_NOT_FOUND;
    act->limit = (struct limit){(enum limit_unit)kase->limit_unit, (int)kase->limit_length};
    return deadline_derive(ctx->arena, office.calendar, at, act->limit, NULL, 0, &act->deadline);
}

struct turning {
    struct act_turn_away *act;
    struct ctx *ctx;
};

static enum err turn_away_in_transaction(struct db *tx, void *arg)
{
    struct turning *t = arg;
    struct ctx *ctx = t->ctx;
    struct q_unit_by_id unit;
    struct json p = json_new_object(ctx->arena);
    enum err err = right_check(ctx, tx, RIGHT_DOSSIER_RECEIVE, t->act->unit, 0);

    if (!err)
        err = q_unit_by_id(tx, ctx->arena, t->act->unit, &unit);
    if (err)
        return err;
    json_put_int(p, "procedure", t->act->procedure);
    json_put_text(p, "applicant", t->act->applicant);
    json_put_text(p, "reason", t->act->reason);
    json_put_text(p, "ground", t->act->ground);
    struct journal_entry e = {
        .unit = unit.code,
        .happened_at = ctx->now,
        .recorded_at = ctx->now,
        .actor = ctx->actor.id,
        .act = STR("dossier.turn_away"),
        .subject_kind = STR("refusal"),
        .payload = p,
    };
    return journal_append(tx, ctx->arena, &e);
}

enum err act_turn_away(struct act_turn_away *act, struct ctx *ctx)
{
    struct turning t = {act, ctx};

    act->verdict = (struct dossier_verdict){DOSSIER_ALLOWED, DATE_NEVER};
    if (str_is_empty(str_trim(act->reason))) {
        act->verdict.why = DOSSIER_NO_REASON;
        return OK;
    }
    return ctx_transact(ctx, turn_away_in_transaction, &t);
}
