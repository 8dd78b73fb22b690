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

/* Both statements answer the same row; C must be told. */
static struct q_journal_recent row_of(const struct q_journal_recent_of *r)
{
    return (struct q_journal_recent){
        .pos = r->pos, .unit = r->unit, .seq = r->seq, .happened_at = r->happened_at, .recorded_at = r->recorded_at,
        .actor = r->actor, .actor_name = r->actor_name, .actor_name_null = r->actor_name_null, .act = r->act,
        .subject = r->subject, .hash = r->hash,
    };
}

static enum err chain_load(struct act_journal_recent *act, struct ctx *ctx, struct db *db, int64_t before, int64_t n)
{
    struct q_journal_recent_of *row;
    size_t count;
    enum err err = q_journal_recent_of(db, ctx->arena, act->unit, before, n, &row, &count);

    if (err)
        return err;
    act->row = ARENA_ARRAY(ctx->arena, struct q_journal_recent, count);
    act->row_count = count;
    for (size_t i = 0; i < count; i++)
        act->row[i] = row_of(&row[i]);
    return OK;
}

enum err act_journal_recent(struct act_journal_recent *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    int64_t n = act->n <= 0 ? JOURNAL_PAGE : act->n > JOURNAL_PAGE_MAX ? JOURNAL_PAGE_MAX : act->n;
    int64_t before = act->before ? act->before : INT64_MAX;
    enum err err = may_read(ctx, db, act->unit);

    if (!err)
        err = act->unit.n ? chain_load(act, ctx, db, before, n + 1)
                          : q_journal_recent(db, ctx->arena, NULL, before, n + 1, &act->row, &act->row_count);
    if (err)
        return err;
    act->next = 0;
    if (act->row_count > (size_t)n) {
        act->row_count = (size_t)n;
        act->next = act->row[n - 1].pos;
    }
    return OK;
}

static bool is_reachable(const struct q_unit_reachable *unit, size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(unit[i].code, code))
            return true;
    return false;
}

enum err act_journal_chains(struct ctx *ctx, struct q_journal_chains **ret, size_t *ret_count)
{
    struct db *db = ctx_db(ctx);
    struct q_journal_chains *chain;
    struct q_unit_reachable *unit;
    size_t count, unit_count, n = 0;
    enum err root = may_read(ctx, db, STR(""));

    if (root && root != ERR_FORBIDDEN)
        return root;
    enum err err = q_journal_chains(db, ctx->arena, &chain, &count);
    if (!err)
        err = q_unit_reachable(db, ctx->arena, ctx->actor.id, right_code(RIGHT_JOURNAL_READ), ctx_today_iso(ctx), &unit,
                               &unit_count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (!root || is_reachable(unit, unit_count, chain[i].unit))
            chain[n++] = chain[i];
    *ret = chain;
    *ret_count = n;
    return OK;
}
