#include "acts/organisation.h"

#include "acts/admin.h"
#include "sql_calendar.h"

/* ---- the tree ---- */

struct growing {
    const struct q_unit_tree *row;
    size_t row_count;
    bool *wanted, *placed;
    struct unit_line *line;
    size_t line_count;
};

static struct unit_line line_of(const struct q_unit_tree *u, int depth)
{
    struct unit_line line = {.u = *u, .depth = depth, .valid_from = DATE_NEVER, .valid_to = DATE_NEVER};

    if (date_parse(u->valid_from, &line.valid_from))
        line.valid_from = DATE_MIN;
    if (str_eq(u->valid_to, STR("9999-12-31")) || date_parse(u->valid_to, &line.valid_to))
        line.valid_to = DATE_NEVER;
    return line;
}

/* Depth is bounded by the closure: a unit cannot stand below itself. */
static void place(struct growing *g, size_t i, int depth)
{
    if (g->placed[i])
        return;
    g->placed[i] = true;
    if (g->wanted[i])
        g->line[g->line_count++] = line_of(&g->row[i], depth);
    for (size_t k = 0; k < g->row_count; k++)
        if (!g->row[k].parent_id_null && g->row[k].parent_id == g->row[i].id)
            place(g, k, depth + (g->wanted[i] ? 1 : 0));
}

/* Successors come ordered by unit: each line gets its run. */
static enum err successors(struct ctx *ctx, struct unit_line *line, size_t count)
{
    struct q_unit_successors *row;
    size_t row_count;
    enum err err = q_unit_successors(ctx_db(ctx), ctx->arena, &row, &row_count);

    if (err)
        return err;
    const struct q_unit_successors **room = ARENA_ARRAY(ctx->arena, const struct q_unit_successors *, row_count);
    for (size_t i = 0; i < count; i++) {
        line[i].successor = room;
        for (size_t k = 0; k < row_count; k++)
            if (row[k].unit_id == line[i].u.id)
                room[line[i].successor_count++] = &row[k];
        room += line[i].successor_count;
    }
    return OK;
}

enum err act_unit_tree(struct act_unit_tree *act, struct ctx *ctx)
{
    struct q_unit_tree *row;
    struct growing g = {.line_count = 0};
    struct str day = date_iso(ctx->arena, act->day);
    bool all = date_cmp(act->day, DATE_NEVER) == 0;
    enum err err = q_unit_tree(ctx_db(ctx), ctx->arena, &row, &g.row_count);

    if (err)
        return err;
    g.row = row;
    g.wanted = ARENA_ARRAY(ctx->arena, bool, g.row_count);
    g.placed = ARENA_ARRAY(ctx->arena, bool, g.row_count);
    g.line = ARENA_ARRAY(ctx->arena, struct unit_line, g.row_count);
    for (size_t i = 0; i < g.row_count; i++)
        g.wanted[i] = all || (str_cmp(row[i].valid_from, day) <= 0 && str_cmp(row[i].valid_to, day) >= 0);
    for (size_t i = 0; i < g.row_count; i++)
        if (row[i].parent_id_null)
            place(&g, i, 0);
    err = successors(ctx, g.line, g.line_count);
    if (err)
        return err;
    act->line = g.line;
    act->line_count = g.line_count;
    return OK;
}

/* ---- one unit ---- */

static enum err names(struct act_unit_view *act, struct ctx *ctx, struct db *db)
{
    struct q_unit_by_id parent;
    struct q_calendar_by_id calendar;
    enum err err = q_calendar_by_id(db, ctx->arena, act->unit.calendar_id, &calendar);

    if (!err)
        act->calendar_name = calendar.name;
    if (!err && !act->unit.parent_id_null) {
        err = q_unit_by_id(db, ctx->arena, act->unit.parent_id, &parent);
        if (!err)
            act->parent_name = parent.name;
    }
    return err;
}

static enum err successors_of(struct act_unit_view *act, struct ctx *ctx, struct db *db)
{
    struct q_unit_successors *row;
    size_t count;
    enum err err = q_unit_successors(db, ctx->arena, &row, &count);

    if (err)
        return err;
    act->successor = ARENA_ARRAY(ctx->arena, struct q_unit_successors, count);
    for (size_t i = 0; i < count; i++)
        if (row[i].unit_id == act->id)
            act->successor[act->successor_count++] = row[i];
    return OK;
}

enum err act_unit_view(struct act_unit_view *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    struct q_unit_open_count open;
    enum err err = q_unit_by_id(db, ctx->arena, act->id, &act->unit);

    act->successor_count = 0;
    if (!err)
        err = names(act, ctx, db);
    if (!err)
        err = successors_of(act, ctx, db);
    if (!err)
        err = q_unit_open_count(db, ctx->arena, act->id, &open);
    if (!err)
        err = q_unit_below(db, ctx->arena, act->id, &act->below, &act->below_count);
    if (err)
        return err;
    act->open_dossiers = open.n;
    err = unit_right_above(ctx, db, &act->unit);
    act->may_edit = err == OK;
    return err == ERR_FORBIDDEN ? OK : err;
}
