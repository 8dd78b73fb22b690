/* Documents to look at: one, its files, registers, what waits for somebody. */
#include "acts/admin.h"
#include "acts/document_load.h"
#include "acts/file.h"
#include "acts/organisation.h"
#include "acts/queue.h"
#include "base/text.h"
#include "sql_exchange.h"

enum { WAITING_MAX = 200 };

enum err act_document(struct act_document *act, struct ctx *ctx)
{
    struct document_hand h;
    struct db *db = ctx_db(ctx);
    enum err err = document_load(ctx, db, act->id, &h);

    if (!err)
        err = q_document_version_list(db, ctx->arena, act->id, &act->text, &act->text_count);
    if (!err)
        err = q_document_replies(db, ctx->arena, act->id, &act->reply, &act->reply_count);
    if (!err)
        err = q_document_comment_list(db, ctx->arena, act->id, &act->comment, &act->comment_count);
    if (err)
        return err;
    act->d = h.d;
    act->file = h.file;
    act->file_count = h.file_count;
    act->step = h.step;
    act->step_count = h.step_count;
    act->recipient = h.recipient;
    act->recipient_count = h.recipient_count;
    act->is_registry = h.is_registry;
    for (int i = 0; i < DOCUMENT_ACT__COUNT; i++)
        act->may[i] = document_may(&h.facts, (enum document_act)i).why == DOCUMENT_ALLOWED;
    if (act->may[DOCUMENT_DIRECT] || act->may[DOCUMENT_FINISH]) {
        err = right_check(ctx, db, RIGHT_DOCUMENT_DIRECT, h.d.unit_id, 0);
        act->may[DOCUMENT_DIRECT] = act->may[DOCUMENT_DIRECT] && !err;
    }
    act->may[DOCUMENT_ALLOW_WITHDRAWAL] = act->may[DOCUMENT_ALLOW_WITHDRAWAL] && h.is_registry;
    return err == ERR_FORBIDDEN ? OK : err;
}

enum err act_document_file_read(struct act_document_file_read *act, struct ctx *ctx)
{
    struct q_document_seen seen;
    struct q_document_file_one f;
    struct db *db = ctx_db(ctx);
    enum err err = q_document_seen(db, ctx->arena, ctx->actor.id, ctx_today_iso(ctx), act->document, &seen);

    if (!err && !seen.n)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_document_file_one(db, ctx->arena, act->document, act->no, &f);
    if (!err)
        err = file_bytes(db, ctx->arena, f.hash, &act->bytes);
    if (err)
        return err;
    act->name = f.name;
    act->media = f.media;
    return OK;
}

/* ---- registers ---- */

struct filters {
    struct str type, from, to, words, today;
    int64_t unit, state, before;
    const int64_t *unit_p, *state_p;
    const struct str *type_p, *from_p, *to_p;
};

static void filters_set(struct ctx *ctx, const struct act_document_list *act, struct filters *f)
{
    *f = (struct filters){.type = act->type, .unit = act->unit, .state = act->state, .before = act->before ? act->before : INT64_MAX,
                          .today = ctx_today_iso(ctx), .words = search_match(ctx, text_fold(ctx->arena, act->words))};
    f->unit_p = act->unit ? &f->unit : NULL;
    f->state_p = act->state ? &f->state : NULL;
    f->type_p = act->type.n ? &f->type : NULL;
    if (act->from.day) {
        f->from = date_iso(ctx->arena, act->from);
        f->from_p = &f->from;
    }
    if (act->to.day) {
        f->to = date_iso(ctx->arena, act->to);
        f->to_p = &f->to;
    }
}

static enum err rows_load(struct ctx *ctx, struct act_document_list *act, const struct filters *f, int64_t n)
{
    struct db *db = ctx_db(ctx);

    if (!f->words.n)
        return q_document_list(db, ctx->arena, ctx->actor.id, f->today, act->way, f->before, f->unit_p, f->state_p, f->type_p, f->from_p, f->to_p, n,
                               &act->row, &act->row_count);
    struct q_document_find *found;
    enum err err = q_document_find(db, ctx->arena, ctx->actor.id, f->today, act->way, f->before, f->unit_p, f->state_p, f->type_p, f->from_p, f->to_p,
                                   n, f->words, &found, &act->row_count);
    /* Both statements share their columns (fragment list_columns), so their rows are one shape. */
    _Static_assert(sizeof(struct q_document_find) == sizeof(struct q_document_list), "one row shape");
    if (err)
        return err;
    act->row = ARENA_ARRAY(ctx->arena, struct q_document_list, act->row_count);
    if (act->row_count)
        memcpy(act->row, found, act->row_count * sizeof *act->row);
    return OK;
}

enum err act_document_list(struct act_document_list *act, struct ctx *ctx)
{
    struct filters f;
    struct q_document_count count;

    filters_set(ctx, act, &f);
    enum err err = rows_load(ctx, act, &f, act->n ? act->n : DOCUMENT_PAGE);
    act->total = -1;
    if (err || f.words.n)
        return err;
    err = q_document_count(ctx_db(ctx), ctx->arena, ctx->actor.id, f.today, act->way, INT64_MAX, f.unit_p, f.state_p, f.type_p, f.from_p, f.to_p, &count);
    if (!err)
        act->total = count.n;
    return err;
}

struct exporting {
    struct act_document_list *act;
    struct ctx *ctx;
};

static enum err export_in_transaction(struct db *tx, void *arg)
{
    struct exporting *x = arg;
    struct act_document_list *act = x->act;
    struct json p = json_new_object(x->ctx->arena);
    enum err err = act->unit ? right_check(x->ctx, tx, RIGHT_EXPORT, act->unit, 0) : admin_right_any(x->ctx, tx, RIGHT_EXPORT);

    if (err)
        return err;
    json_put_int(p, "rows", (int64_t)act->row_count);
    json_put_int(p, "way", act->way);
    struct admin_entry e = {"document.export", "document", 0, {0}, p};
    return admin_journal(x->ctx, tx, &e, NULL);
}

enum err act_document_export(struct act_document_list *act, struct ctx *ctx)
{
    struct filters f;
    struct exporting x = {act, ctx};
    enum err err = act->unit ? right_check(ctx, ctx_db(ctx), RIGHT_EXPORT, act->unit, 0) : right_check_any(ctx, RIGHT_EXPORT);

    if (err)
        return err;
    filters_set(ctx, act, &f);
    err = rows_load(ctx, act, &f, DOCUMENT_EXPORT_MAX + 1);
    if (!err && act->row_count > DOCUMENT_EXPORT_MAX)
        err = ERR_LIMIT;
    return err ? err : admin_transact(ctx, export_in_transaction, &x);
}

enum err act_document_waiting(struct ctx *ctx, struct q_document_waiting **ret, size_t *ret_count)
{
    return q_document_waiting(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), WAITING_MAX, ret, ret_count);
}

enum err act_document_to_sign(struct ctx *ctx, struct q_document_to_sign **ret, size_t *ret_count)
{
    return q_document_to_sign(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), WAITING_MAX, ret, ret_count);
}

enum err act_document_of_dossier(struct ctx *ctx, int64_t dossier, struct q_document_of_dossier **ret, size_t *ret_count)
{
    return q_document_of_dossier(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), dossier, ret, ret_count);
}

enum err act_document_types(struct ctx *ctx, struct q_document_type_list **ret, size_t *ret_count)
{
    return q_document_type_list(ctx_db(ctx), ctx->arena, ret, ret_count);
}

enum err act_document_signers(struct ctx *ctx, int64_t unit, struct q_document_signer_list **ret, size_t *ret_count)
{
    return q_document_signer_list(ctx_db(ctx), ctx->arena, unit, ctx_today_iso(ctx), ret, ret_count);
}

enum err act_document_series(struct ctx *ctx, int64_t unit, struct q_document_series_of **ret, size_t *ret_count)
{
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_DOCUMENT_READ, unit, 0);

    return err ? err : q_document_series_of(ctx_db(ctx), ctx->arena, unit, ctx_today_iso(ctx), ret, ret_count);
}

/* ---- reference data ---- */

struct setting {
    struct act_document_type_set *act;
    struct ctx *ctx;
};

static enum err type_in_transaction(struct db *tx, void *arg)
{
    struct setting *s = arg;
    struct json p = json_new_object(s->ctx->arena);
    enum err err = admin_right_any(s->ctx, tx, RIGHT_UNIT_EDIT);

    if (err)
        return err;
    admin_need_code(s->ctx, "code", s->act->code);
    admin_need_line(s->ctx, "name", s->act->name, ADMIN_NAME_MAX);
    admin_check_line(s->ctx, "symbol", s->act->symbol, 20);
    err = admin_form_done(s->ctx);
    if (err)
        return err;
    json_put_text(p, "code", s->act->code);
    json_put_text(p, "name", s->act->name);
    json_put_text(p, "symbol", s->act->symbol);
    json_put_bool(p, "is_law", s->act->is_law);
    json_put_int(p, "sort_no", s->act->sort_no);
    struct admin_entry e = {"document_type.set", "document_type", 0, {0}, p};
    return admin_journal(s->ctx, tx, &e, NULL);
}

enum err act_document_type_set(struct act_document_type_set *act, struct ctx *ctx)
{
    struct setting s = {act, ctx};

    return admin_transact(ctx, type_in_transaction, &s);
}

struct issuing {
    struct act_issuer_set *act;
    struct ctx *ctx;
};

/* A code on the axis is of one agency. */
static enum err organ_check(struct ctx *ctx, struct db *tx, const struct act_issuer_set *act)
{
    struct q_document_issuer_organ own;
    struct q_exchange_partner_by_organ partner;
    enum err err = q_document_issuer_organ(tx, ctx->arena, act->organ, &own);

    if (!err && own.unit_id != act->unit)
        problem_add(ctx, "organ", WORD_EXCHANGE_PROBLEM_OWN, STR(""));
    if (err == ERR_NOT_FOUND) {
        err = q_exchange_partner_by_organ(tx, ctx->arena, act->organ, &partner);
        if (!err)
            problem_add(ctx, "organ", WORD_EXCHANGE_PROBLEM_SAME, partner.name);
    }
    return err == ERR_NOT_FOUND ? OK : err;
}

static enum err issuer_in_transaction(struct db *tx, void *arg)
{
    struct issuing *s = arg;
    struct act_issuer_set *act = s->act;
    struct ctx *ctx = s->ctx;
    struct json p = json_new_object(ctx->arena);
    struct q_unit_by_id unit;
    enum err err = q_unit_by_id(tx, ctx->arena, act->unit, &unit);

    if (!err)
        err = unit_right_above(ctx, tx, &unit);
    if (err)
        return err;
    admin_check_line(ctx, "above", act->above, ADMIN_NAME_MAX);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    admin_need_line(ctx, "symbol", act->symbol, 20);
    admin_check_line(ctx, "body", act->body, ADMIN_NAME_MAX);
    admin_need_line(ctx, "place", act->place, 100);
    admin_check_line(ctx, "organ", act->organ, 35);
    err = act->organ.n ? organ_check(ctx, tx, act) : OK;
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    json_put_text(p, "above", act->above);
    json_put_text(p, "name", act->name);
    json_put_text(p, "symbol", act->symbol);
    json_put_text(p, "body", act->body);
    json_put_text(p, "place", act->place);
    json_put_text(p, "organ", act->organ);
    struct admin_entry e = {"document_issuer.set", "document_issuer", act->unit, {0}, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_issuer_set(struct act_issuer_set *act, struct ctx *ctx)
{
    struct issuing s = {act, ctx};

    return admin_transact(ctx, issuer_in_transaction, &s);
}

enum err act_issuers(struct ctx *ctx, struct q_document_issuer_list **ret, size_t *ret_count)
{
    return q_document_issuer_list(ctx_db(ctx), ctx->arena, ret, ret_count);
}

enum err act_issuers_mine(struct ctx *ctx, struct q_document_issuer_above **ret, size_t *ret_count)
{
    return issuers_above(ctx, ctx_db(ctx), ret, ret_count);
}
