#include "acts/exchange_put.h"

#include "sql_exchange.h"

static enum err tell(struct ctx *ctx, struct db *tx, const struct q_document_by_id *d, int64_t peer, const char *kind, struct str code, struct str note)
{
    struct json p = json_new_object(ctx->arena);

    json_put_int(p, "peer", peer);
    json_put_text(p, "kind", str_of(kind));
    json_put_text(p, "code", code);
    json_put_text(p, "note", note);
    struct document_entry e = {"exchange.tell", d->unit_id, d->id, p};
    return document_journal(ctx, tx, &e, NULL);
}

enum err exchange_put_document(struct ctx *ctx, struct db *tx, const struct q_document_by_id *d, const char *kind, struct str note)
{
    struct q_exchange_lines_of *line;
    size_t count;
    enum err err = q_exchange_lines_of(tx, ctx->arena, d->id, &line, &count);

    for (size_t i = 0; !err && i < count; i++)
        err = tell(ctx, tx, d, line[i].peer_id, kind, STR(""), note);
    return err;
}

/* To the unit of this store that sent it, at whose recipient it then stands. */
static enum err status_here(struct ctx *ctx, const struct q_document_by_id *d, struct str status, struct str note)
{
    struct q_document_sent_as as;
    enum err err = q_document_sent_as(ctx->tx, ctx->arena, d->id, &as);

    return err ? err : act_document_status(ctx, as.document_id, as.no, status, ctx->now, note);
}

static enum err status_outside(struct ctx *ctx, const struct q_document_by_id *d, struct str status, struct str note)
{
    struct q_exchange_partner_by_organ partner;

    if (!d->organ.n || !d->foreign_id.n)
        return OK;
    enum err err = q_exchange_partner_by_organ(ctx->tx, ctx->arena, d->organ, &partner);
    if (err)
        return err == ERR_NOT_FOUND ? OK : err;
    return tell(ctx, ctx->tx, d, partner.peer_id, "status", status, note);
}

enum err exchange_put_status(struct ctx *ctx, int64_t document, struct str status, struct str note)
{
    struct q_document_by_id d;
    enum err err = q_document_by_id(ctx->tx, ctx->arena, document, &d);

    if (!err)
        err = status_here(ctx, &d, status, note);
    return err == ERR_NOT_FOUND ? status_outside(ctx, &d, status, note) : err;
}

struct telling {
    struct on_document *o;
    const char *status;
    struct str note;
};

static enum err tell_in_transaction(struct db *tx, void *arg)
{
    struct telling *t = arg;
    struct ctx *ctx = t->o->ctx;
    struct db *before = ctx->tx;

    ctx->tx = tx;
    enum err err = on_document_run(t->o);
    if (!err && t->o->on->why == DOCUMENT_ALLOWED)
        err = exchange_put_status(ctx, t->o->on->id, str_of(t->status), t->note);
    ctx->tx = before;
    return err;
}

enum err on_document_run_and_tell(struct on_document *o, const char *status, struct str note)
{
    struct telling t = {o, status, note};

    return ctx_transact(o->ctx, tell_in_transaction, &t);
}
