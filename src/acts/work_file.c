/* Files of work: hồ sơ công việc, and what is put into them. */
#include "acts/admin.h"
#include "acts/document_load.h"
#include "acts/document_task.h"
#include "sql_unit.h"

enum { LIST_MAX = 200, YEARS_MAX = 200 };

struct saving {
    struct act_work_file_save *act;
    struct ctx *ctx;
};

static enum err may_save(struct ctx *ctx, struct db *tx, const struct act_work_file_save *act, const struct q_work_file_by_id *before)
{
    bool is_registry = false;
    struct q_unit_is_below below;
    enum err err = right_has(ctx, tx, ctx->actor.id, RIGHT_DOCUMENT_REGISTER, act->unit, 0, &is_registry);

    if (err || is_registry)
        return err;
    if ((before && before->keeper_id != ctx->actor.id) || act->keeper != ctx->actor.id)
        return ERR_FORBIDDEN;
    err = q_unit_is_below(tx, ctx->arena, act->unit, ctx->actor.unit, &below);
    if (!err && !below.n)
        err = ERR_FORBIDDEN;
    return err ? err : admin_right_any(ctx, tx, RIGHT_DOCUMENT_DRAFT);
}

static enum err check(struct ctx *ctx, struct db *tx, const struct act_work_file_save *act)
{
    struct q_work_file_same same;

    admin_need_line(ctx, "code", act->code, 100);
    admin_need_line(ctx, "title", act->title, DOCUMENT_LINE_MAX);
    admin_check_line(ctx, "basis", act->basis, DOCUMENT_LINE_MAX);
    admin_check_text(ctx, "note", act->note, DOCUMENT_LINE_MAX * 4);
    admin_check_dates(ctx, "closed", act->opened, act->closed);
    admin_check_dates(ctx, "archived", act->closed, act->archived);
    if (act->years < 0 || act->years > YEARS_MAX)
        problem_add(ctx, "years", WORD_PROBLEM_COUNT, STR(""));
    enum err err = q_work_file_same(tx, ctx->arena, act->unit, act->code, &same);
    if (!err && same.id != act->id)
        problem_add(ctx, "code", WORD_DOCUMENT_PROBLEM_WORK_FILE_SAME, STR(""));
    if (err && err != ERR_NOT_FOUND)
        return err;
    return admin_form_done(ctx);
}

static enum err save_in_transaction(struct db *tx, void *arg)
{
    struct saving *s = arg;
    struct act_work_file_save *act = s->act;
    struct ctx *ctx = s->ctx;
    struct q_work_file_by_id before;
    struct json p = json_new_object(ctx->arena);
    enum err err = act->id ? q_work_file_by_id(tx, ctx->arena, act->id, &before) : OK;

    if (err)
        return err;
    if (act->id)
        act->unit = before.unit_id;
    if (!act->keeper)
        act->keeper = act->id ? before.keeper_id : ctx->actor.id;
    err = may_save(ctx, tx, act, act->id ? &before : NULL);
    if (!err)
        err = check(ctx, tx, act);
    if (err)
        return err;
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "code", act->code);
    json_put_text(p, "title", act->title);
    json_put_int(p, "years", act->years);
    json_put_text(p, "basis", act->basis);
    json_put_int(p, "keeper", act->keeper);
    json_put_text(p, "opened_on", date_iso(ctx->arena, act->opened));
    json_put_text(p, "closed_on", date_iso(ctx->arena, act->closed));
    json_put_text(p, "archived_on", date_iso(ctx->arena, act->archived));
    json_put_text(p, "note", act->note);
    struct admin_entry e = {"work_file.save", "work_file", act->id, {0}, p};
    return admin_journal(ctx, tx, &e, act->id ? NULL : &act->id);
}

enum err act_work_file_save(struct act_work_file_save *act, struct ctx *ctx)
{
    struct saving s = {act, ctx};

    return admin_transact(ctx, save_in_transaction, &s);
}

enum err act_work_file_list(struct ctx *ctx, int64_t unit, int64_t before, struct q_work_file_list **ret, size_t *ret_count)
{
    return q_work_file_list(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), unit ? &unit : NULL, before ? before : INT64_MAX, LIST_MAX, ret,
                            ret_count);
}

enum err act_work_file(struct ctx *ctx, int64_t id, struct q_work_file_by_id *ret, struct q_document_of_work_file **ret_document, size_t *ret_count)
{
    struct q_work_file_by_id w;
    bool reads = false;
    enum err err = q_work_file_by_id(ctx_db(ctx), ctx->arena, id, &w);

    if (!err)
        err = right_has(ctx, ctx_db(ctx), ctx->actor.id, RIGHT_DOCUMENT_READ, w.unit_id, 0, &reads);
    if (!err && !reads && w.keeper_id != ctx->actor.id)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_document_of_work_file(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), id, ret_document, ret_count);
    if (!err)
        *ret = w;
    return err;
}

static enum err into_file(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    const int64_t *id = o->arg;
    struct q_work_file_by_id w;

    json_put_int(payload, "work_file", *id);
    if (!*id)
        return OK;
    enum err err = q_work_file_by_id(tx, o->ctx->arena, *id, &w);
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (err || w.unit_id != h->d.unit_id || !str_eq(w.closed_on, date_iso(o->ctx->arena, DATE_NEVER)) ||
        (w.keeper_id != o->ctx->actor.id && !h->is_registry)) {
        problem_add(o->ctx, "work_file", WORD_DOCUMENT_PROBLEM_WORK_FILE, STR(""));
        return ERR_INVALID;
    }
    return OK;
}

enum err act_document_into_file(struct ctx *ctx, struct act_document_on *on, int64_t work_file)
{
    struct on_document o = {ctx, on, DOCUMENT_FILE, into_file, &work_file, "document.into_file"};

    return on_document_run(&o);
}
