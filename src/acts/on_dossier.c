#include "acts/on_dossier.h"

static enum err in_transaction(struct db *tx, void *arg)
{
    struct on_dossier *o = arg;
    struct loaded l;
    enum err err = dossier_begin(o->ctx, tx, o->on, o->act, o->right, o->place, &l);

    if (err || o->on->verdict.why != DOSSIER_ALLOWED)
        return err;
    return o->run(o, tx, &l);
}

enum err on_dossier_run(struct on_dossier *o)
{
    o->on->verdict = (struct dossier_verdict){DOSSIER_ALLOWED, DATE_NEVER};
    return ctx_transact(o->ctx, in_transaction, o);
}

enum err on_dossier_refuse(struct act_on *on, enum dossier_refusal why)
{
    on->verdict = (struct dossier_verdict){why, DATE_NEVER};
    return OK;
}

struct json on_dossier_payload(struct ctx *ctx, const struct loaded *l, struct str note)
{
    struct json p = json_new_object(ctx->arena);

    json_put_int(p, "state", l->next);
    if (note.n)
        json_put_text(p, "note", note);
    return p;
}
