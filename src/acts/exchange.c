/* Who documents are exchanged with, and what went and came. */
#include "acts/exchange.h"

#include "acts/admin.h"
#include "acts/exchange_put.h"
#include "base/text.h"

enum { ORGAN_MAX = 40 };

struct saving {
    struct act_partner_save *act;
    struct ctx *ctx;
};

static enum err check(struct saving *s, struct db *tx)
{
    struct act_partner_save *act = s->act;
    struct ctx *ctx = s->ctx;
    struct q_exchange_peer peer;
    struct q_exchange_partner_by_organ same;
    struct q_document_issuer_organ own;
    enum err err = q_exchange_peer(tx, ctx->arena, act->peer, &peer);

    if (err == ERR_NOT_FOUND || (!err && str_eq(peer.documents, STR("none"))))
        problem_add(ctx, "peer", WORD_EXCHANGE_PROBLEM_PEER, STR(""));
    else if (err)
        return err;
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    if (act->id)
        return OK;
    admin_need_code(ctx, "organ", act->organ);
    admin_check_line(ctx, "organ", act->organ, ORGAN_MAX);
    err = q_exchange_partner_by_organ(tx, ctx->arena, act->organ, &same);
    if (!err)
        problem_add(ctx, "organ", WORD_EXCHANGE_PROBLEM_SAME, same.name);
    if (err == ERR_NOT_FOUND) {
        err = q_document_issuer_organ(tx, ctx->arena, act->organ, &own);
        if (!err)
            problem_add(ctx, "organ", WORD_EXCHANGE_PROBLEM_OWN, STR(""));
    }
    return err == ERR_NOT_FOUND ? OK : err;
}

static enum err save_in_transaction(struct db *tx, void *arg)
{
    struct saving *s = arg;
    struct act_partner_save *act = s->act;
    struct ctx *ctx = s->ctx;
    int64_t root;
    enum err err = admin_root(ctx, tx, &root);

    if (!err)
        err = right_check(ctx, tx, RIGHT_UNIT_EDIT, root, 0);
    if (!err)
        err = check(s, tx);
    if (!err)
        err = admin_form_done(ctx);
    return err ? err : partner_journal(ctx, tx, act);
}

enum err act_partner_save(struct act_partner_save *act, struct ctx *ctx)
{
    struct saving s = {act, ctx};

    return admin_transact(ctx, save_in_transaction, &s);
}

enum err partner_journal(struct ctx *ctx, struct db *tx, struct act_partner_save *act)
{
    struct json p = json_new_object(ctx->arena);

    json_put_text(p, "organ", act->organ);
    json_put_text(p, "name", str_trim(act->name));
    json_put_int(p, "peer", act->peer);
    json_put_bool(p, "active", act->is_active);
    struct admin_entry e = {"exchange_partner.save", "exchange_partner", act->id, {0}, p};
    return admin_journal(ctx, tx, &e, act->id ? NULL : &act->id);
}

/* Who keeps partners, or who sends to them. */
static enum err may_look(struct ctx *ctx)
{
    enum err err = right_check_any(ctx, RIGHT_UNIT_EDIT);

    return err == ERR_FORBIDDEN ? right_check_any(ctx, RIGHT_DOCUMENT_REGISTER) : err;
}

enum err act_partner_list(struct act_partner_list *act, struct ctx *ctx)
{
    struct q_exchange_partner_count total;
    struct str like = str_format(ctx->arena, "%%%" PRIstr "%%", STR_ARG(text_fold(ctx->arena, act->words)));
    enum err err = may_look(ctx);

    if (!err)
        err = q_exchange_partner_list(ctx_db(ctx), ctx->arena, like, act->after, EXCHANGE_SHOWN, &act->row, &act->row_count);
    if (!err)
        err = q_exchange_partner_count(ctx_db(ctx), ctx->arena, like, &total);
    if (!err)
        act->total = total.n;
    return err;
}

enum err act_partner(struct ctx *ctx, int64_t id, struct q_exchange_partner_by_id *ret)
{
    enum err err = may_look(ctx);

    return err ? err : q_exchange_partner_by_id(ctx_db(ctx), ctx->arena, id, ret);
}

enum err act_exchange_list(struct act_exchange_list *act, struct ctx *ctx)
{
    struct q_exchange_out_count total;
    enum err err = right_check_any(ctx, RIGHT_DOCUMENT_REGISTER);

    if (!err)
        err = q_exchange_out_list(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), act->is_waiting,
                                  act->before ? act->before : INT64_MAX, EXCHANGE_SHOWN, &act->row, &act->row_count);
    if (!err)
        err = q_exchange_out_count(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), act->is_waiting, &total);
    if (!err)
        act->total = total.n;
    return err;
}

enum err act_exchange_of(struct act_exchange_of *act, struct ctx *ctx)
{
    struct document_hand h;
    struct db *db = ctx_db(ctx);
    enum err err = document_load(ctx, db, act->document, &h);

    if (!err)
        err = q_exchange_out_of(db, ctx->arena, act->document, &act->out, &act->out_count);
    return err ? err : q_exchange_in_of(db, ctx->arena, act->document, &act->in, &act->in_count);
}
