#include "acts/journal.h"

#include "acts/admin.h"
#include "sql_unit.h"

/* A code can have belonged to several places: the one of today is asked, else the first. */
static enum err unit_of(struct ctx *ctx, struct db *db, struct str code, int64_t *ret)
{
    struct q_unit_by_code now;
    struct q_unit_by_code_any any;
    enum err err = q_unit_by_code(db, ctx->arena, code, ctx_today_iso(ctx), &now);

    if (!err)
        *ret = now.id;
    if (err != ERR_NOT_FOUND)
        return err;
    err = q_unit_by_code_any(db, ctx->arena, code, &any);
    if (!err)
        *ret = any.id;
    return err;
}

static enum err may_read(struct ctx *ctx, struct db *db, struct str code)
{
    int64_t unit;
    enum err err = code.n ? unit_of(ctx, db, code, &unit) : admin_root(ctx, db, &unit);

    return err ? err : right_check(ctx, db, RIGHT_JOURNAL_READ, unit, 0);
}

enum err act_journal_recent(struct act_journal_recent *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    int64_t n = act->n <= 0 ? JOURNAL_PAGE : act->n > JOURNAL_PAGE_MAX ? JOURNAL_PAGE_MAX : act->n;
    enum err err = may_read(ctx, db, act->unit);

    if (!err)
        err = q_journal_recent(db, ctx->arena, act->unit.n ? &act->unit : NULL, act->before ? act->before : INT64_MAX,
                               n + 1, &act->row, &act->row_count);
    if (err)
        return err;
    act->next = 0;
    if (act->row_count > (size_t)n) {
        act->row_count = (size_t)n;
        act->next = act->row[n - 1].pos;
    }
    return OK;
}

enum err act_journal_heads(struct ctx *ctx, struct q_journal_heads **ret, size_t *ret_count)
{
    struct db *db = ctx_db(ctx);
    enum err err = may_read(ctx, db, STR(""));

    return err ? err : q_journal_heads(db, ctx->arena, ret, ret_count);
}
