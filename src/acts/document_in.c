/* What comes in: registered, arrived over the axis, returned, closed, asked back. */
#include "acts/admin.h"
#include "acts/document_load.h"
#include "acts/exchange_put.h"
#include "sql_document_task.h"

static void arrival_check(struct ctx *ctx, const struct document_arrival *w)
{
    admin_need_line(ctx, "subject", w->subject, DOCUMENT_LINE_MAX);
    admin_need_line(ctx, "author", w->author, DOCUMENT_LINE_MAX);
    admin_check_line(ctx, "code", w->code, 100);
    admin_check_line(ctx, "signer", w->signer, 200);
    admin_check_line(ctx, "signer_title", w->signer_title, 200);
    admin_check_text(ctx, "note", w->note, DOCUMENT_LINE_MAX * 4);
    if (w->pages < 0 || w->pages > 100000 || w->copies < 0 || w->copies > 100000)
        problem_add(ctx, "copies", WORD_PROBLEM_COUNT, STR(""));
}

static enum err type_check(struct ctx *ctx, struct db *tx, struct str type)
{
    struct q_document_type_by_code t;
    enum err err = q_document_type_by_code(tx, ctx->arena, type, &t);

    if (err == ERR_NOT_FOUND)
        problem_add(ctx, "type", WORD_PROBLEM_REQUIRED, STR(""));
    return err == ERR_NOT_FOUND ? OK : err;
}

static void arrival_put(struct ctx *ctx, struct json p, const struct document_arrival *w)
{
    json_put_text(p, "type", w->type);
    json_put_text(p, "subject", str_trim(w->subject));
    json_put_text(p, "author", str_trim(w->author));
    json_put_text(p, "code", str_trim(w->code));
    json_put_text(p, "dated_on", date_iso(ctx->arena, w->dated_on));
    json_put_text(p, "signer", w->signer);
    json_put_text(p, "signer_title", w->signer_title);
    json_put_int(p, "urgency", w->urgency);
    json_put_text(p, "due", date_iso(ctx->arena, w->due));
    json_put_int(p, "pages", w->pages);
    json_put_int(p, "copies", w->copies);
    json_put_text(p, "note", w->note);
}

static enum err files_put(struct ctx *ctx, struct db *tx, const struct document_bytes *file, size_t count, struct json p)
{
    struct json list = json_new_array(ctx->arena);
    enum err err = OK;

    if (count > DOCUMENT_FILES_MAX)
        return ERR_LIMIT;
    for (size_t i = 0; !err && i < count; i++)
        err = document_put_file(ctx, tx, list, (int64_t)i + 1, i == 0, file[i].name, file[i].media, file[i].bytes);
    json_put_json(p, "files", list);
    return err;
}

/* The number of arrival: one row a year, whatever the type. */
static enum err arrival_number(struct ctx *ctx, struct db *tx, int64_t unit, struct str day, struct json p, int64_t *ret)
{
    struct date on;

    if (date_parse(day, &on))
        return ERR_STORE;
    return document_put_number(ctx, tx, unit, document_arrival_series(ctx->arena, unit, date_civil(on).year), 0, p, ret);
}

/* ---- on paper, by mail ---- */

struct registering {
    struct act_document_register_new *act;
    struct ctx *ctx;
};

static enum err same_check(struct ctx *ctx, struct db *tx, int64_t unit, const struct document_arrival *w)
{
    struct q_document_same_arrival same;

    if (!w->code.n)
        return OK;
    enum err err = q_document_same_arrival(tx, ctx->arena, unit, str_trim(w->author), str_trim(w->code), date_iso(ctx->arena, w->dated_on), &same);
    if (!err)
        problem_add(ctx, "code", WORD_DOCUMENT_PROBLEM_SAME, STR(""));
    return err == ERR_NOT_FOUND ? OK : err;
}

static enum err register_in_transaction(struct db *tx, void *arg)
{
    struct registering *r = arg;
    struct act_document_register_new *act = r->act;
    struct ctx *ctx = r->ctx;
    struct json p = json_new_object(ctx->arena);
    struct q_document_issuer_of issuer;
    enum err err = right_check(ctx, tx, RIGHT_DOCUMENT_REGISTER, act->unit, 0);

    if (!err)
        err = q_document_issuer_of(tx, ctx->arena, act->unit, &issuer);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_FORBIDDEN : err;
    arrival_check(ctx, &act->what);
    err = type_check(ctx, tx, act->what.type);
    if (!err)
        err = same_check(ctx, tx, act->unit, &act->what);
    if (!err && act->arrived_at.ms > ctx->now.ms)
        problem_add(ctx, "arrived_on", WORD_DOCUMENT_PROBLEM_AHEAD, STR(""));
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct instant at = act->arrived_at.ms ? act->arrived_at : ctx->now;
    struct str day = document_day(ctx, at);
    arrival_put(ctx, p, &act->what);
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "arrived_at", instant_iso(ctx->arena, at));
    json_put_text(p, "day", day);
    json_put_bool(p, "is_electronic", act->is_electronic);
    err = files_put(ctx, tx, act->file, act->file_count, p);
    if (!err)
        err = arrival_number(ctx, tx, act->unit, day, p, &act->number);
    if (err)
        return err;
    struct document_entry e = {"document.register_new", act->unit, 0, p};
    return document_journal(ctx, tx, &e, &act->id);
}

enum err act_document_register_new(struct act_document_register_new *act, struct ctx *ctx)
{
    struct registering r = {act, ctx};

    return admin_transact(ctx, register_in_transaction, &r);
}

/* ---- over the axis ---- */

enum err act_document_arrive(struct act_document_arrive *act, struct ctx *ctx)
{
    struct db *tx = ctx->tx;
    struct q_document_by_foreign again;
    struct q_document_type_by_code type;
    struct json p = json_new_object(ctx->arena);

    if (!tx)
        BUG("act_document_arrive outside a transaction");
    enum err err = q_document_by_foreign(tx, ctx->arena, act->unit, act->organ, act->foreign_id, &again);
    if (err != ERR_NOT_FOUND) {
        act->id = err ? 0 : again.id;
        act->is_again = !err;
        return err;
    }
    arrival_check(ctx, &act->what);
    err = q_document_type_by_code(tx, ctx->arena, act->what.type, &type);
    if (err == ERR_NOT_FOUND)
        act->what.type = STR("khac"); /* a type that is not known here is no reason to send it back */
    else if (err)
        return err;
    err = admin_form_done(ctx);
    if (err)
        return err;
    arrival_put(ctx, p, &act->what);
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "organ", act->organ);
    json_put_text(p, "foreign_id", act->foreign_id);
    json_put_int(p, "reply_to", act->reply_to);
    json_put_text(p, "arrived_at", instant_iso(ctx->arena, ctx->now));
    json_put_text(p, "day", document_day(ctx, ctx->now));
    json_put_bool(p, "is_electronic", true);
    if (act->from_document) {
        struct json from = json_new_object(ctx->arena);
        json_put_int(from, "document", act->from_document);
        json_put_int(from, "no", act->from_recipient);
        json_put_json(p, "sent_as", from);
    }
    err = files_put(ctx, tx, act->file, act->file_count, p);
    if (err)
        return err;
    struct document_entry e = {"document.arrive", act->unit, 0, p};
    return document_journal(ctx, tx, &e, &act->id);
}

static enum err take_in(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct act_document_register *act = o->arg;
    struct ctx *ctx = o->ctx;
    struct str day = document_day(ctx, ctx->now);

    arrival_check(ctx, &act->what);
    enum err err = type_check(ctx, tx, act->what.type);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    arrival_put(ctx, payload, &act->what);
    json_put_text(payload, "arrived_at", h->d.arrived_at_null ? instant_iso(ctx->arena, ctx->now) : h->d.arrived_at);
    json_put_text(payload, "day", day);
    json_put_bool(payload, "is_electronic", h->d.is_electronic);
    return arrival_number(ctx, tx, h->d.unit_id, day, payload, &act->number);
}

enum err act_document_register(struct act_document_register *act, struct ctx *ctx)
{
    struct on_document o = {ctx, &act->on, DOCUMENT_REGISTER, take_in, act, "document.register"};

    return on_document_run_and_tell(&o, "03", STR(""));
}

static enum err with_reason(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct str *reason = o->arg;

    (void)tx;
    (void)h;
    if (str_is_empty(str_trim(*reason)))
        return on_document_refuse(o, DOCUMENT_NO_REASON, STR(""));
    json_put_text(payload, "note", *reason);
    return OK;
}

enum err act_document_return(struct ctx *ctx, struct act_document_on *on, struct str reason)
{
    struct on_document o = {ctx, on, DOCUMENT_RETURN, with_reason, &reason, "document.return"};

    admin_check_text(ctx, "reason", reason, DOCUMENT_LINE_MAX * 4);
    enum err err = admin_form_done(ctx);
    return err ? err : on_document_run_and_tell(&o, "02", reason);
}

/* The registry, who directs, or who has the task that leads. */
static enum err may_finish(struct ctx *ctx, struct db *tx, const struct document_hand *h)
{
    struct q_document_task_of *t;
    size_t count;

    if (h->is_registry)
        return OK;
    enum err err = right_check(ctx, tx, RIGHT_DOCUMENT_DIRECT, h->d.unit_id, 0);
    if (err != ERR_FORBIDDEN)
        return err;
    err = q_document_task_of(tx, ctx->arena, h->d.id, &t, &count);
    for (size_t i = 0; !err && i < count; i++)
        if (str_eq(t[i].role, STR("lead")) && !t[i].person_id_null && t[i].person_id == ctx->actor.id)
            return OK;
    return err ? err : ERR_FORBIDDEN;
}

static enum err finish(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct str *note = o->arg;
    struct q_document_task_open_leads open;
    enum err err = may_finish(o->ctx, tx, h);

    if (!err)
        err = q_document_task_open_leads(tx, o->ctx->arena, h->d.id, &open);
    if (err)
        return err;
    if (open.n)
        return on_document_refuse(o, DOCUMENT_TASKS_OPEN, STR(""));
    json_put_text(payload, "note", *note);
    return OK;
}

enum err act_document_finish(struct ctx *ctx, struct act_document_on *on, struct str note)
{
    struct on_document o = {ctx, on, DOCUMENT_FINISH, finish, &note, "document.finish"};

    admin_check_text(ctx, "note", note, DOCUMENT_LINE_MAX * 4);
    enum err err = admin_form_done(ctx);
    return err ? err : on_document_run_and_tell(&o, "06", note);
}

/* ---- asked back ---- */

enum err act_document_recall_asked(struct ctx *ctx, int64_t id, struct str what, struct str note)
{
    struct q_document_by_id d;
    struct json p = json_new_object(ctx->arena);
    enum err err = q_document_by_id(ctx_db(ctx), ctx->arena, id, &d);

    if (err)
        return err;
    json_put_text(p, "what", what);
    json_put_text(p, "note", note);
    struct document_entry e = {"document.recall", d.unit_id, id, p};
    return document_journal(ctx, ctx->tx, &e, NULL);
}

static enum err answer(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct act_document_recall_answer *act = o->arg;

    (void)tx;
    if (!h->is_registry)
        return ERR_FORBIDDEN;
    json_put_text(payload, "note", act->note);
    json_put_bool(payload, "is_agreed", act->is_agreed);
    return OK;
}

struct answering {
    struct act_document_recall_answer *act;
    struct ctx *ctx;
};

/* "No", or taking note of an update or a replacement, moves nothing. */
static enum err answer_in_transaction(struct db *tx, void *arg)
{
    struct answering *r = arg;
    struct ctx *ctx = r->ctx;
    struct document_hand h;
    struct json p = json_new_object(ctx->arena);
    struct db *before = ctx->tx;
    enum err err = document_load(ctx, tx, r->act->on.id, &h);

    if (!err && !h.is_registry)
        err = ERR_FORBIDDEN;
    if (err)
        return err;
    if (!h.d.recall.n) {
        r->act->on.why = DOCUMENT_NO_RECALL;
        return OK;
    }
    json_put_text(p, "note", r->act->note);
    json_put_bool(p, "is_agreed", r->act->is_agreed);
    if (r->act->is_agreed && str_eq(h.d.recall, STR("update")))
        err = exchange_put_update(ctx, tx, &h, p);
    struct document_entry e = {"document.recall_answer", h.d.unit_id, h.d.id, p};
    if (!err)
        err = document_journal(ctx, tx, &e, NULL);
    ctx->tx = tx;
    if (!err)
        err = exchange_put_status(ctx, h.d.id, r->act->is_agreed ? STR("15") : STR("16"), r->act->note);
    ctx->tx = before;
    return err;
}

enum err act_document_recall_answer(struct act_document_recall_answer *act, struct ctx *ctx)
{
    struct on_document o = {ctx, &act->on, DOCUMENT_ALLOW_WITHDRAWAL, answer, act, "document.recall_answer"};
    struct answering r = {act, ctx};
    struct q_document_by_id d;
    enum err err = q_document_by_id(ctx_db(ctx), ctx->arena, act->on.id, &d);

    act->on.why = DOCUMENT_ALLOWED;
    act->on.why_arg = STR("");
    admin_check_text(ctx, "note", act->note, DOCUMENT_LINE_MAX * 4);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    if (act->is_agreed && str_eq(d.recall, STR("withdraw")))
        return on_document_run_and_tell(&o, "15", act->note);
    return ctx_transact(ctx, answer_in_transaction, &r);
}

enum err act_document_status(struct ctx *ctx, int64_t id, int64_t recipient, struct str status, struct instant at, struct str note)
{
    struct q_document_by_id d;
    struct json p = json_new_object(ctx->arena);
    enum err err = q_document_by_id(ctx->tx, ctx->arena, id, &d);

    if (err)
        return err;
    json_put_int(p, "recipient", recipient);
    json_put_text(p, "status", status);
    json_put_text(p, "at", instant_iso(ctx->arena, at));
    json_put_text(p, "note", note);
    struct document_entry e = {"document.status", d.unit_id, id, p};
    return document_journal(ctx, ctx->tx, &e, NULL);
}
