/* Fields of administration and the registers of reasons. */
#include "acts/organisation.h"

#include "acts/admin.h"

struct setting {
    struct act_field_set *field;
    struct act_reason_set *reason;
    struct ctx *ctx;
};

static enum err field_in_transaction(struct db *tx, void *arg)
{
    struct setting *s = arg;
    struct act_field_set *act = s->field;
    struct ctx *ctx = s->ctx;
    struct q_field_by_code old;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (err)
        return err;
    admin_need_code(ctx, "code", act->code);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "code", act->code);
    json_put_text(p, "name", act->name);
    json_put_int(p, "sort_no", act->sort_no);
    err = q_field_by_code(tx, ctx->arena, act->code, &old);
    if (err && err != ERR_NOT_FOUND)
        return err;
    struct admin_entry e = {"field.set", "field", err ? 0 : old.id, act->happened_at, p};
    err = admin_journal(ctx, tx, &e, &act->id);
    if (!err && e.subject)
        act->id = e.subject;
    return err;
}

enum err act_field_set(struct act_field_set *act, struct ctx *ctx)
{
    struct setting s = {act, NULL, ctx};

    return admin_transact(ctx, field_in_transaction, &s);
}

static bool reason_kind_is_known(struct str kind)
{
    static const struct str kinds[] = {STR_INIT("suspension"), STR_INIT("lateness"), STR_INIT("refusal")};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(kinds[i], kind))
            return true;
    return false;
}

static enum err reason_in_transaction(struct db *tx, void *arg)
{
    struct setting *s = arg;
    struct act_reason_set *act = s->reason;
    struct ctx *ctx = s->ctx;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (err)
        return err;
    admin_need_code(ctx, "code", act->code);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    admin_check_text(ctx, "basis", act->basis, ADMIN_TEXT_MAX);
    if (!reason_kind_is_known(act->kind))
        problem_add(ctx, "kind", WORD_PROBLEM_CHOICE, STR(""));
    if ((int)act->owner < 0 || act->owner >= PAUSE_OWNER__COUNT)
        problem_add(ctx, "owner", WORD_PROBLEM_CHOICE, STR(""));
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "kind", act->kind);
    json_put_text(p, "code", act->code);
    json_put_text(p, "name", act->name);
    json_put_int(p, "owner", act->owner);
    json_put_text(p, "basis", act->basis);
    struct admin_entry e = {"reason.set", "reason", 0, act->happened_at, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_reason_set(struct act_reason_set *act, struct ctx *ctx)
{
    struct setting s = {NULL, act, ctx};

    return admin_transact(ctx, reason_in_transaction, &s);
}

enum err act_field_list(struct ctx *ctx, struct q_field_all **ret, size_t *ret_count)
{
    return q_field_all(ctx_db(ctx), ctx->arena, ret, ret_count);
}
