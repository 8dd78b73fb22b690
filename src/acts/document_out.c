/* What leaves: released, taken back. */
#include "acts/admin.h"
#include "acts/document_load.h"
#include "acts/exchange_put.h"
#include "acts/file.h"

static enum err files_of(struct ctx *ctx, struct db *tx, const struct document_hand *h, struct document_bytes **ret, size_t *ret_count)
{
    struct document_bytes *file = ARENA_ARRAY(ctx->arena, struct document_bytes, h->file_count);
    size_t count = 0;
    enum err err = OK;

    for (size_t i = 0; !err && i < h->file_count; i++) {
        if (h->file[i].is_dropped)
            continue;
        file[count].name = h->file[i].name;
        file[count].media = h->file[i].media;
        err = file_bytes(tx, ctx->arena, h->file[i].hash, &file[count++].bytes);
    }
    *ret = file;
    *ret_count = count;
    return err;
}

/* Into the register of another agency of this store, where it waits for its registry. */
static enum err arrive_at(struct ctx *ctx, struct db *tx, const struct document_hand *h, const struct q_document_recipient_list *r,
                          const struct document_bytes *file, size_t count)
{
    const struct q_document_by_id *d = &h->d;
    struct q_document_issuer_of issuer = {.organ = STR("")};
    struct q_document_sent_as answer = {.document_id = 0};
    struct act_document_arrive act = {
        .unit = r->unit_id, .file = file, .file_count = count, .from_document = d->id, .from_recipient = r->no,
        .what = {.type = d->type, .subject = d->subject, .author = d->unit_name, .code = d->code, .signer = d->signer, .signer_title = d->signer_title,
                 .urgency = (enum document_urgency)d->urgency, .due = DATE_NEVER, .dated_on = DATE_NEVER, .pages = d->pages, .copies = 1, .note = STR("")},
        .foreign_id = str_format(ctx->arena, "%lld/%lld", (long long)d->id, (long long)r->no),
    };
    struct db *before = ctx->tx;
    enum err err = q_document_issuer_of(tx, ctx->arena, d->unit_id, &issuer);

    if (!err && (date_parse(d->dated_on, &act.what.dated_on) || date_parse(d->due_on, &act.what.due)))
        err = ERR_STORE;
    /* Does it answer one that came from there? Then it is theirs of which it is told. */
    if (!err && !d->reply_to_id_null) {
        err = q_document_sent_as(tx, ctx->arena, d->reply_to_id, &answer);
        err = err == ERR_NOT_FOUND ? OK : err;
    }
    if (err)
        return err;
    act.organ = issuer.organ.n ? issuer.organ : issuer.unit_code;
    act.reply_to = answer.document_id;
    ctx->tx = tx;
    err = act_document_arrive(&act, ctx);
    ctx->tx = before;
    return err;
}

static enum err release(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct ctx *ctx = o->ctx;
    struct json sent = json_new_array(ctx->arena);

    (void)tx;
    for (size_t i = 0; i < h->recipient_count; i++) {
        struct json r = json_new_object(ctx->arena);
        json_put_int(r, "no", h->recipient[i].no);
        json_put_bool(r, "is_paper", h->recipient[i].is_paper);
        json_append(sent, r);
    }
    json_put_json(payload, "sent", sent);
    json_put_int(payload, "unit", h->d.unit_id);
    json_put_text(payload, "day", document_day(ctx, ctx->now));
    if (!h->d.replaces_id_null)
        json_put_int(payload, "replaces", h->d.replaces_id);
    return OK;
}

struct releasing {
    struct on_document *o;
    struct ctx *ctx;
};

/* The entry of the release stands before those of the arrivals. */
static enum err release_in_transaction(struct db *tx, void *arg)
{
    struct releasing *r = arg;
    struct ctx *ctx = r->ctx;
    struct document_hand h;
    struct document_bytes *file;
    size_t count;
    struct db *before = ctx->tx;

    ctx->tx = tx;
    enum err err = on_document_run(r->o);
    ctx->tx = before;
    if (err || r->o->on->why != DOCUMENT_ALLOWED)
        return err;
    err = document_load(ctx, tx, r->o->on->id, &h);
    if (!err)
        err = files_of(ctx, tx, &h, &file, &count);
    for (size_t i = 0; !err && i < h.recipient_count; i++)
        if (!h.recipient[i].unit_id_null && !h.recipient[i].is_paper)
            err = arrive_at(ctx, tx, &h, &h.recipient[i], file, count);
    return err ? err : exchange_put_document(ctx, tx, &h.d, h.d.replaces_id_null ? "new" : "replace", STR(""));
}

enum err act_document_release(struct ctx *ctx, struct act_document_on *on)
{
    struct on_document o = {ctx, on, DOCUMENT_RELEASE, release, NULL, "document.release"};
    struct releasing r = {&o, ctx};

    return ctx_transact(ctx, release_in_transaction, &r);
}

static enum err take_back(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct str *reason = o->arg;

    (void)tx;
    (void)h;
    if (str_is_empty(str_trim(*reason)))
        return on_document_refuse(o, DOCUMENT_NO_REASON, STR(""));
    json_put_text(payload, "note", *reason);
    return OK;
}

struct taking_back {
    struct on_document *o;
    struct str reason;
};

static enum err take_back_in_transaction(struct db *tx, void *arg)
{
    struct taking_back *t = arg;
    struct ctx *ctx = t->o->ctx;
    struct document_hand h;
    struct db *before = ctx->tx;

    ctx->tx = tx;
    enum err err = on_document_run(t->o);
    if (!err && t->o->on->why == DOCUMENT_ALLOWED)
        err = document_load(ctx, tx, t->o->on->id, &h);
    for (size_t i = 0; !err && t->o->on->why == DOCUMENT_ALLOWED && i < h.recipient_count; i++)
        if (!h.recipient[i].arrived_id_null)
            err = act_document_recall_asked(ctx, h.recipient[i].arrived_id, STR("withdraw"), t->reason);
    if (!err && t->o->on->why == DOCUMENT_ALLOWED)
        err = exchange_put_document(ctx, tx, &h.d, "recall", t->reason);
    ctx->tx = before;
    return err;
}

enum err act_document_take_back(struct ctx *ctx, struct act_document_on *on, struct str reason)
{
    struct taking_back t = {NULL, reason};
    struct on_document o = {ctx, on, DOCUMENT_TAKE_BACK, take_back, &t.reason, "document.take_back"};

    t.o = &o;
    admin_check_text(ctx, "reason", reason, DOCUMENT_LINE_MAX * 4);
    enum err err = admin_form_done(ctx);
    return err ? err : ctx_transact(ctx, take_back_in_transaction, &t);
}
