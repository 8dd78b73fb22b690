#include "acts/cooperation.h"

#include "acts/admin.h"
#include "sql_procedure.h"
#include "sql_unit.h"

enum { CODES_MAX = 4000 };

struct saving {
    struct act_cooperation_save *act;
    struct ctx *ctx;
};

static bool is_between(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '\n' || c == '\r' || c == '\t';
}

static enum err unit_known(struct ctx *ctx, struct db *db, struct str code)
{
    struct q_unit_by_code_any unit;

    return q_unit_by_code_any(db, ctx->arena, code, &unit);
}

static enum err procedure_known(struct ctx *ctx, struct db *db, struct str code)
{
    struct q_procedure_by_code procedure;

    return q_procedure_by_code(db, ctx->arena, code, &procedure);
}

/* Codes with one space between; each must be known. */
static enum err codes(struct ctx *ctx, struct db *db, const char *field, struct str text,
                      enum err (*known)(struct ctx *ctx, struct db *db, struct str code), struct str *ret)
{
    struct buf b = buf_in(ctx->arena);
    size_t i = 0;

    if (text.n > CODES_MAX)
        return ERR_LIMIT;
    while (i < text.n) {
        size_t from = i;
        while (i < text.n && !is_between(text.p[i]))
            i++;
        struct str code = str_sub(text, from, i - from);
        i++;
        if (!code.n)
            continue;
        enum err err = known(ctx, db, code);
        if (err == ERR_NOT_FOUND)
            problem_add(ctx, field, WORD_COOPERATION_UNKNOWN, code);
        else if (err)
            return err;
        if (b.n)
            buf_char(&b, ' ');
        buf_put(&b, code);
    }
    *ret = buf_str(&b);
    if (!b.n)
        problem_add(ctx, field, WORD_PROBLEM_REQUIRED, STR(""));
    return OK;
}

static enum err check(struct saving *s, struct db *tx)
{
    struct act_cooperation_save *act = s->act;
    struct ctx *ctx = s->ctx;
    struct q_cooperation_same same;

    admin_need_line(ctx, "number", act->number, ADMIN_NAME_MAX);
    admin_need_line(ctx, "title", act->title, ADMIN_NAME_MAX);
    admin_check_line(ctx, "signer", act->signer, ADMIN_NAME_MAX);
    admin_check_text(ctx, "note", act->note, ADMIN_TEXT_MAX);
    admin_check_dates(ctx, "valid_to", act->valid_from, act->valid_to);
    enum err err = codes(ctx, tx, "agencies", act->agencies, unit_known, &act->agencies);
    if (!err)
        err = codes(ctx, tx, "procedures", act->procedures, procedure_known, &act->procedures);
    if (err)
        return err;
    err = q_cooperation_same(tx, ctx->arena, act->number, date_iso(ctx->arena, act->signed_on), &same);
    if (!err && same.id != act->id)
        problem_add(ctx, "number", WORD_COOPERATION_SAME, STR(""));
    return err == ERR_NOT_FOUND ? OK : err;
}

static enum err save_in_transaction(struct db *tx, void *arg)
{
    struct saving *s = arg;
    struct act_cooperation_save *act = s->act;
    struct ctx *ctx = s->ctx;
    struct q_cooperation_by_id before;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err && act->id)
        err = q_cooperation_by_id(tx, ctx->arena, act->id, &before);
    if (!err)
        err = check(s, tx);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "number", act->number);
    json_put_text(p, "title", act->title);
    json_put_text(p, "signed_on", date_iso(ctx->arena, act->signed_on));
    json_put_text(p, "signer", act->signer);
    json_put_text(p, "agencies", act->agencies);
    json_put_text(p, "procedures", act->procedures);
    json_put_text(p, "valid_from", date_iso(ctx->arena, act->valid_from));
    json_put_text(p, "valid_to", date_iso(ctx->arena, act->valid_to));
    json_put_text(p, "note", act->note);
    struct admin_entry e = {"cooperation.save", "cooperation", act->id, {0}, p};
    return admin_journal(ctx, tx, &e, act->id ? NULL : &act->id);
}

enum err act_cooperation_save(struct act_cooperation_save *act, struct ctx *ctx)
{
    struct saving s = {act, ctx};

    return admin_transact(ctx, save_in_transaction, &s);
}

enum err act_cooperation_list(struct ctx *ctx, struct q_cooperation_list **ret, size_t *ret_count)
{
    enum err err = right_check_any(ctx, RIGHT_CATALOGUE_READ);

    return err ? err : q_cooperation_list(ctx_db(ctx), ctx->arena, ret, ret_count);
}

enum err act_cooperation_load(struct ctx *ctx, int64_t id, struct q_cooperation_by_id *ret)
{
    enum err err = right_check_any(ctx, RIGHT_CATALOGUE_READ);

    return err ? err : q_cooperation_by_id(ctx_db(ctx), ctx->arena, id, ret);
}
