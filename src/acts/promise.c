#include "acts/promise.h"

#include "acts/dossier_load.h"
#include "store/journal.h"

enum { SCRATCH_MAX = 16 * 1024 * 1024 };

/* Derives one promise on the calendar as it will be. While the clock stands still the date counts
 * as if the pause were over at once, as it does when the pause begins. */
static enum err derive(struct ctx *scratch, struct db *db, const struct promise_change *change, int64_t id,
                       struct loaded *l, struct instant *ret)
{
    struct deadline deadline;
    struct instant end = scratch->now;
    enum err err = dossier_load(scratch, db, id, l);

    if (err)
        return err;
    if (!l->d.suspended_at_null && instant_parse(l->d.suspended_at, &end))
        return ERR_STORE;
    l->office.calendar = change->calendar;
    err = dossier_derive(scratch, db, l, end, &deadline);
    if (!err)
        *ret = zone_instant(l->office.zone, deadline.due);
    return err;
}

static struct promise_move move_of(struct ctx *ctx, const struct promise_change *change, const struct loaded *l,
                                   struct instant due)
{
    struct arena *a = ctx->arena;
    struct promise_move m = {
        .dossier = l->d.id,
        .code = str_copy(a, l->d.code),
        .unit_name = str_copy(a, l->office.unit.name),
        .chain = str_copy(a, l->office.unit.code),
        .suspended_at = l->d.suspended_at_null ? STR("") : str_copy(a, l->d.suspended_at),
        .state = l->d.state,
        .supplements = l->d.supplements,
        .before = l->due_local,
        .after = zone_local(l->office.zone, due),
        .before_at = l->facts.due_at,
        .after_at = due,
    };
    struct date last = date_cmp(m.before.date, m.after.date) > 0 ? m.before.date : m.after.date;

    m.why = change->why(change->arg, a, l->facts.received_local.date, last);
    return m;
}

enum err promise_moves(struct ctx *ctx, struct db *db, const struct promise_change *change, const int64_t *id,
                       size_t count, struct promise_move **ret, size_t *ret_count)
{
    struct promise_move *move = ARENA_ARRAY(ctx->arena, struct promise_move, count);
    struct ctx scratch = *ctx;
    size_t n = 0;
    enum err err = OK;

    scratch.arena = arena_new(SCRATCH_MAX);
    for (size_t i = 0; !err && i < count; i++) {
        struct loaded l;
        struct instant due;
        arena_reset(scratch.arena);
        err = derive(&scratch, db, change, id[i], &l, &due);
        if (!err && instant_cmp(due, l.facts.due_at) != 0)
            move[n++] = move_of(ctx, change, &l, due);
    }
    arena_free(scratch.arena);
    if (err)
        return err;
    *ret = move;
    *ret_count = n;
    return OK;
}

static struct json payload_of(struct ctx *ctx, const struct promise_move *m)
{
    struct json p = json_new_object(ctx->arena);

    json_put_int(p, "state", m->state);
    if (m->suspended_at.n)
        json_put_text(p, "suspended_at", m->suspended_at);
    json_put_int(p, "supplements", m->supplements);
    json_put_text(p, "due_before", instant_iso(ctx->arena, m->before_at));
    json_put_text(p, "due_at", instant_iso(ctx->arena, m->after_at));
    json_put_text(p, "due_on", date_iso(ctx->arena, m->after.date));
    json_put_text(p, "why", m->why);
    return p;
}

enum err promise_journal(struct ctx *ctx, struct db *tx, const struct promise_move *move, size_t count,
                         struct instant happened_at)
{
    for (size_t i = 0; i < count; i++) {
        struct journal_entry e = {
            .unit = move[i].chain,
            .happened_at = happened_at.ms ? happened_at : ctx->now,
            .recorded_at = ctx->now,
            .actor = ctx->actor.id,
            .act = STR("dossier.redue"),
            .subject_kind = STR("dossier"),
            .subject_id = move[i].dossier,
            .payload = payload_of(ctx, &move[i]),
        };
        enum err err = journal_append(tx, ctx->arena, &e);
        if (err)
            return err;
    }
    return OK;
}
