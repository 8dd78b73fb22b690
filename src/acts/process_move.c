/* Dossiers that run on older revisions, onto the one in force. */
#include "acts/dossier.h"
#include "acts/flow.h"
#include "acts/process.h"

/* Where it stands, and what would keep it from the new revision. */
static enum err look(struct ctx *ctx, const struct process *to, struct process_moving *line)
{
    const struct process *from;
    struct flow_state state;
    struct buf b = buf_in(ctx->arena);
    size_t stuck;
    enum err err = flow_process_load(ctx, ctx->db, line->row.process_id, &from);

    if (!err)
        err = flow_read(ctx->arena, from, line->row.state, &state);
    for (size_t i = 0; !err && i < state.count; i++) {
        const struct process_node *n = &from->node[state.token[i].node];
        if (state.token[i].state != TOKEN_ACTIVE || !process_is_work(n))
            continue;
        if (b.n)
            buf_put(&b, STR("; "));
        buf_put(&b, process_node_name(n));
    }
    line->step = b.n ? buf_str(&b) : STR("");
    line->stuck = STR("");
    if (err)
        return err;
    err = flow_migrate(ctx->arena, from, to, &state, &stuck);
    if (err == ERR_CONFLICT)
        line->stuck = process_node_name(&from->node[state.token[stuck].node]);
    return err == ERR_CONFLICT ? OK : err;
}

/* Somebody else may have moved it on meanwhile: then it stays where it is. */
static enum err move(struct act_process_move *act, struct ctx *ctx, struct process_moving *line)
{
    struct act_move_process one = {.on = {.id = line->row.dossier_id}};
    enum err err = act_move_process(&one, ctx);

    if (err == ERR_FORBIDDEN || err == ERR_STALE)
        return OK;
    if (!err && one.on.verdict.why == DOSSIER_ALLOWED)
        act->moved++;
    return err;
}

enum err act_process_move(struct act_process_move *act, struct ctx *ctx)
{
    struct q_flow_running *row;
    const struct process *to;
    int64_t in_force = 0;
    size_t count;
    enum err err = right_check_any(ctx, RIGHT_CATALOGUE_EDIT);

    act->count = act->may = act->moved = 0;
    if (!err)
        err = q_procedure_by_code(ctx->db, ctx->arena, act->code, &act->procedure);
    if (!err)
        err = process_in_force(ctx, ctx->db, act->procedure.id, ctx_today(ctx), &in_force);
    if (err || !in_force)
        return err;
    err = flow_process_load(ctx, ctx->db, in_force, &to);
    if (!err)
        err = q_flow_running(ctx->db, ctx->arena, act->procedure.id, in_force, PROCESS_MOVES_MAX, &row, &count);
    if (err)
        return err;
    act->line = ARENA_ARRAY(ctx->arena, struct process_moving, count);
    for (size_t i = 0; !err && i < count; i++) {
        struct process_moving *line = &act->line[act->count++];
        line->row = row[i];
        err = look(ctx, to, line);
        act->may += !err && !line->stuck.n;
        if (!err && act->really && !line->stuck.n)
            err = move(act, ctx, line);
    }
    return err;
}
