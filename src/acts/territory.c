#include "acts/territory.h"

#include "sql_unit.h"

struct territory {
    struct q_unit_successors *step; /* by unit */
    size_t count;
    struct str day;
};

/* The steps of one unit that have been taken by that day. */
static size_t steps_of(const struct territory *t, int64_t unit, size_t *ret_at)
{
    size_t low = 0, high = t->count, n = 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->step[middle].unit_id < unit)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < t->count && t->step[i].unit_id == unit; i++)
        if (str_cmp(t->step[i].since, t->day) <= 0) {
            *ret_at = i;
            n++;
        }
    return n;
}

enum err territory_open(struct ctx *ctx, struct date day, const struct territory **ret)
{
    struct territory *t = ARENA_NEW(ctx->arena, struct territory);
    enum err err = q_unit_successors(ctx_db(ctx), ctx->arena, &t->step, &t->count);
    size_t at;

    if (err)
        return err;
    t->day = date_iso(ctx->arena, day);
    for (size_t i = 0; i < t->count; i++) {
        struct q_unit_by_id split;
        if (steps_of(t, t->step[i].unit_id, &at) < 2)
            continue;
        err = q_unit_by_id(ctx_db(ctx), ctx->arena, t->step[i].unit_id, &split);
        if (err)
            return err;
        problem_add(ctx, "territory", WORD_REPORT_PROBLEM_SPLIT, split.name);
        return ERR_INVALID;
    }
    *ret = t;
    return OK;
}

int64_t territory_of(const struct territory *t, int64_t unit)
{
    enum { REORGANISATIONS_MAX = 50 }; /* successors never lead back; were they made to, this ends it */
    size_t at;

    for (int i = 0; t && i < REORGANISATIONS_MAX && steps_of(t, unit, &at) == 1; i++)
        unit = t->step[at].successor_id;
    return unit;
}
