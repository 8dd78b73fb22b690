#include "acts/desk.h"

#include "acts/cache.h"
#include "acts/organisation.h"
#include "crypto/hash.h"
#include "crypto/hex.h"

enum { SEAL_BYTES = 10 };

static enum err rights_find(struct ctx *ctx, bool ret[RIGHT__COUNT])
{
    struct q_reach_rights *row;
    size_t count;
    enum right r;
    enum err err = q_reach_rights(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), &row, &count);

    for (size_t i = 0; !err && i < count; i++)
        if (right_find(row[i].right_code, &r))
            ret[r] = true;
    return err;
}

enum err act_rights(struct ctx *ctx, bool ret[RIGHT__COUNT])
{
    struct memory_key key = {.kind = MEMORY_RIGHTS, .a = ctx->actor.id, .day = ctx_today(ctx)};
    struct memory *m;
    enum err err = OK;

    memset(ret, 0, RIGHT__COUNT * sizeof *ret);
    if (!ctx->actor.id)
        return OK;
    err = cache_memory(ctx, ctx_db(ctx), &m);
    if (err)
        return err;
    bool *known = memory_get(m, &key);
    if (!known) {
        known = ARENA_ARRAY(memory_arena(m, ctx), bool, RIGHT__COUNT);
        err = rights_find(ctx, known);
        if (err)
            return err;
        memory_set(m, &key, known);
    }
    memcpy(ret, known, RIGHT__COUNT * sizeof *ret);
    return OK;
}

enum err act_desk(struct ctx *ctx, enum right r, int64_t wanted, struct desk *ret)
{
    struct q_unit_reachable *unit;
    size_t count;
    const struct q_unit_reachable *here = NULL;
    int64_t id = wanted ? wanted : ctx->actor.unit;
    enum err err = q_unit_reachable(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(r), ctx_today_iso(ctx), &unit,
                                    &count);

    if (err)
        return err;
    for (size_t i = 0; i < count && !here; i++)
        if (unit[i].id == id)
            here = &unit[i];
    if (!here && !wanted && count)
        here = &unit[0];
    if (!here)
        return ERR_FORBIDDEN;
    *ret = (struct desk){unit, count, here};
    return OK;
}

/* ---- procedures ---- */

static const struct q_procedure_list *row_of(const struct q_procedure_list *row, size_t count, int64_t procedure)
{
    for (size_t i = 0; i < count; i++)
        if (row[i].id == procedure)
            return &row[i];
    return NULL;
}

enum err act_desk_procedures(struct ctx *ctx, int64_t unit, struct desk_procedures *ret)
{
    struct arena *a = ctx->arena;
    struct db *db = ctx_db(ctx);
    struct desk_procedures p = {.row_count = 0};
    struct q_procedure_list *row;
    struct q_procedure_used *used;
    size_t count, used_count;
    struct str since = date_iso(a, date_add_days(ctx_today(ctx), -DESK_USED_DAYS));
    enum err err = q_procedure_list(db, a, NULL, NULL, &unit, ctx_today_iso(ctx), &row, &count);

    if (!err)
        err = q_procedure_used(db, a, unit, since, DESK_MOST_USED, &used, &used_count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++) /* only those in force */
        if (!row[i].version_id_null)
            row[p.row_count++] = row[i];
    p.row = row;
    for (size_t i = 0; i < used_count; i++) {
        const struct q_procedure_list *found = row_of(row, p.row_count, used[i].procedure_id);
        if (found)
            p.used[p.used_count++] = found;
    }
    *ret = p;
    return OK;
}

enum err act_desk_procedure(struct ctx *ctx, struct str code, const struct procedure_whole **ret)
{
    struct q_procedure_by_code procedure;
    struct q_version_at version;
    struct db *db = ctx_db(ctx);
    enum err err = q_procedure_by_code(db, ctx->arena, code, &procedure);

    if (!err)
        err = q_version_at(db, ctx->arena, procedure.id, ctx_today_iso(ctx), &version);
    return err ? err : procedure_load(ctx, db, version.id, ret);
}

/* ---- choices ---- */

enum err act_reasons(struct ctx *ctx, struct str kind, struct q_reason_of_kind **ret, size_t *ret_count)
{
    return q_reason_of_kind(ctx_db(ctx), ctx->arena, kind, ret, ret_count);
}

enum err act_colleagues(struct ctx *ctx, int64_t unit, enum right r, struct q_person_able **ret, size_t *ret_count)
{
    return q_person_able(ctx_db(ctx), ctx->arena, unit, right_code(r), ctx_today_iso(ctx), ret, ret_count);
}

/* ---- the register: cursor "<received_on> <id>" ---- */

static enum err cursor_parse(struct str text, struct str *ret_on, int64_t *ret_id)
{
    struct str rest = text, on;
    struct date check;

    if (str_is_empty(text))
        return OK;
    if (!str_split(&rest, ' ', &on) || date_parse(on, &check) || str_parse_int(rest, 0, INT64_MAX, ret_id))
        return ERR_INVALID;
    *ret_on = on;
    return OK;
}

enum err act_register(struct act_register *act, struct ctx *ctx)
{
    struct arena *a = ctx->arena;
    struct str after_on = STR("");
    int64_t after_id = 0, n = act->n > 0 && act->n <= REGISTER_MAX ? act->n : REGISTER_PAGE;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_DOSSIER_SEARCH, act->unit, 0);

    if (!err)
        err = cursor_parse(act->after, &after_on, &after_id);
    if (!err)
        err = office_load(ctx, ctx_db(ctx), act->unit, &act->office);
    if (!err)
        err = q_register_of(ctx_db(ctx), a, act->unit, date_iso(a, act->from), date_iso(a, act->to), after_on,
                            after_id, n + 1, &act->row, &act->row_count);
    if (err)
        return err;
    act->next = STR("");
    if (act->row_count > (size_t)n) {
        act->row_count = (size_t)n;
        const struct q_register_of *last = &act->row[n - 1];
        act->next = str_format(a, "%" PRIstr " %lld", STR_ARG(last->received_on), (long long)last->id);
    }
    return OK;
}

enum err act_batch(struct ctx *ctx, const struct q_dossier_by_id *d, struct q_batch_of *ret)
{
    if (d->batch.n)
        return q_batch_of(ctx_db(ctx), ctx->arena, d->unit_id, d->received_on, d->batch, ret);
    *ret = (struct q_batch_of){.n = 1, .first_code = d->code, .last_code = d->code};
    return OK;
}

/* The city that stands today, else the root. */
static enum err site_find(struct ctx *ctx, int64_t *ret)
{
    struct q_unit_tree *row;
    size_t count;
    struct str today = ctx_today_iso(ctx);
    enum err err = q_unit_tree(ctx_db(ctx), ctx->arena, &row, &count);
    const struct q_unit_tree *root = NULL, *city = NULL;

    if (err)
        return err;
    for (size_t i = 0; i < count && !city; i++) {
        if (str_cmp(row[i].valid_from, today) > 0 || str_cmp(row[i].valid_to, today) < 0)
            continue;
        if (row[i].parent_id_null)
            root = &row[i];
        if (str_eq(row[i].kind, unit_kind_code(UNIT_CITY)))
            city = &row[i];
    }
    if (!root && !city)
        return ERR_NOT_FOUND;
    *ret = city ? city->id : root->id;
    return OK;
}

enum err act_site(struct act_site *act, struct ctx *ctx)
{
    struct memory_key key = {.kind = MEMORY_SITE, .day = ctx_today(ctx)};
    const struct q_unit_by_id *unit;
    struct memory *m;
    enum err err = cache_memory(ctx, ctx_db(ctx), &m);

    if (err)
        return err;
    int64_t *id = memory_get(m, &key);
    if (!id) {
        id = ARENA_NEW(memory_arena(m, ctx), int64_t);
        err = site_find(ctx, id);
        if (err)
            return err;
        memory_set(m, &key, id);
    }
    err = unit_load(ctx, ctx_db(ctx), *id, &unit);
    if (!err)
        *act = (struct act_site){unit->name, unit->address, unit->phone};
    return err;
}

struct str act_seal(struct ctx *ctx, struct str csrf, struct str text)
{
    struct hash h = hash_of(str_format(ctx->arena, "%" PRIstr "\n%" PRIstr, STR_ARG(csrf), STR_ARG(text)));

    return hex_encode(ctx->arena, (struct str){(const char *)h.b, SEAL_BYTES});
}
