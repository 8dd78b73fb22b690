#include "acts/ctx.h"

#include "acts/cache.h"
#include "sql_person.h"
#include "sql_unit.h"

struct db *ctx_db(const struct ctx *ctx)
{
    return ctx->tx ? ctx->tx : ctx->db;
}

enum err ctx_transact(struct ctx *ctx, db_work_fn *work, void *arg)
{
    return ctx->tx ? work(ctx->tx, arg) : db_transact(ctx->db, work, arg);
}

struct date ctx_today(const struct ctx *ctx)
{
    const struct zone *zone;

    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone))
        BUG("no zone Asia/Ho_Chi_Minh");
    return zone_date(zone, ctx->now);
}

struct str ctx_today_iso(const struct ctx *ctx)
{
    return date_iso(ctx->arena, ctx_today(ctx));
}

/* Asked once for each person, right, place and day, until the reference data changes. */
enum err right_check(struct ctx *ctx, struct db *db, enum right r, int64_t unit, int64_t field)
{
    static bool yes = true, no = false;
    struct date today = ctx_today(ctx);
    struct memory_key key = {MEMORY_RIGHT, ctx->actor.id, r, unit, field, today};
    struct memory *m;
    struct q_reach_has has;
    enum err err = cache_memory(ctx, db, &m);

    if (err)
        return err;
    const bool *known = memory_get(m, &key);
    if (!known) {
        err = q_reach_has(db, ctx->arena, ctx->actor.id, right_code(r), unit, field ? &field : NULL,
                          date_iso(ctx->arena, today), &has);
        if (err)
            return err;
        known = has.n > 0 ? &yes : &no;
        memory_set(m, &key, has.n > 0 ? &yes : &no);
    }
    return *known ? OK : ERR_FORBIDDEN;
}

enum err right_has(struct ctx *ctx, struct db *db, int64_t person, enum right r, int64_t unit, int64_t field, bool *ret)
{
    struct q_reach_has has;
    enum err err = q_reach_has(db, ctx->arena, person, right_code(r), unit, field ? &field : NULL, ctx_today_iso(ctx), &has);

    if (!err)
        *ret = has.n > 0;
    return err;
}

enum err right_check_any(struct ctx *ctx, enum right r)
{
    struct q_reach_any has;
    enum err err = q_reach_any(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(r), ctx_today_iso(ctx), &has);

    if (err)
        return err;
    return has.n > 0 ? OK : ERR_FORBIDDEN;
}

void problem_add(struct ctx *ctx, const char *field, enum word word, struct str arg)
{
    struct problem *p = ARENA_NEW(ctx->arena, struct problem);

    *p = (struct problem){.field = field, .word = word, .arg = arg};
    if (!ctx->problems.last)
        ctx->problems.last = &ctx->problems.first;
    *ctx->problems.last = p;
    ctx->problems.last = &p->next;
    ctx->problems.count++;
}

enum err actor_load(struct ctx *ctx, struct str login, struct actor *ret)
{
    struct q_person_by_login p;
    struct q_unit_by_id unit;
    enum err err = q_person_by_login(ctx_db(ctx), ctx->arena, login, &p);

    if (!err && !p.is_active)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_unit_by_id(ctx_db(ctx), ctx->arena, p.unit_id, &unit);
    if (err)
        return err;
    *ret = (struct actor){p.id, p.login, p.name, p.title, p.unit_id, unit.name, unit.code};
    return OK;
}
