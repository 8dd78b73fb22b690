#include "acts/absence.h"

#include "acts/admin.h"
#include "acts/dossier_load.h"
#include "sql_person.h"

enum { AT_ONCE_MAX = 1000 };

struct beginning {
    struct act_absence_begin *act;
    struct ctx *ctx;
};

/* Oneself, or who says in the unit who works on what. */
static enum err may_say(struct ctx *ctx, struct db *tx, int64_t person, struct q_person_by_id *ret)
{
    enum err err = q_person_by_id(tx, ctx->arena, person, ret);

    if (err || person == ctx->actor.id)
        return err;
    return right_check(ctx, tx, RIGHT_DOSSIER_ASSIGN, ret->unit_id, 0);
}

/* Chains of covers would pass a task round and round: so there are none. */
static enum err cover_check(struct ctx *ctx, struct db *tx, const struct act_absence_begin *act, int64_t unit)
{
    struct str from = date_iso(ctx->arena, act->from), to = date_iso(ctx->arena, act->to);
    struct q_absence_overlap away = {.n = 0}, twice = {.n = 0};
    struct q_absence_covers covers = {.n = 0};
    bool able = false;
    enum err err = q_absence_overlap(tx, ctx->arena, act->person, from, to, &twice);

    if (!err)
        err = q_absence_overlap(tx, ctx->arena, act->cover, from, to, &away);
    if (!err)
        err = q_absence_covers(tx, ctx->arena, act->person, from, to, &covers);
    if (!err)
        err = right_has(ctx, tx, act->cover, RIGHT_DOSSIER_PROCESS, unit, 0, &able);
    if (err)
        return err;
    if (twice.n)
        problem_add(ctx, "person", WORD_ABSENCE_TWICE, STR(""));
    if (covers.n)
        problem_add(ctx, "person", WORD_ABSENCE_COVERS, STR(""));
    if (act->cover == act->person)
        problem_add(ctx, "cover", WORD_ABSENCE_SELF, STR(""));
    else if (away.n)
        problem_add(ctx, "cover", WORD_ABSENCE_COVER_AWAY, STR(""));
    else if (!able)
        problem_add(ctx, "cover", WORD_ABSENCE_COVER_UNABLE, STR(""));
    return OK;
}

static enum err begin_in_transaction(struct db *tx, void *arg)
{
    struct beginning *b = arg;
    struct act_absence_begin *act = b->act;
    struct ctx *ctx = b->ctx;
    struct q_person_by_id person;
    enum err err = may_say(ctx, tx, act->person, &person);

    if (err)
        return err;
    admin_check_dates(ctx, "to", act->from, act->to);
    if (date_cmp(act->to, DATE_NEVER) == 0 || date_cmp(act->to, ctx_today(ctx)) < 0)
        problem_add(ctx, "to", WORD_ABSENCE_OVER, STR(""));
    admin_check_line(ctx, "reason", act->reason, ADMIN_NAME_MAX);
    err = cover_check(ctx, tx, act, person.unit_id);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "person", act->person);
    json_put_int(p, "cover", act->cover);
    json_put_text(p, "from", date_iso(ctx->arena, act->from));
    json_put_text(p, "to", date_iso(ctx->arena, act->to));
    json_put_text(p, "reason", act->reason);
    struct admin_entry e = {"absence.begin", "absence", 0, {0}, p};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_absence_begin(struct act_absence_begin *act, struct ctx *ctx)
{
    struct beginning b = {act, ctx};
    enum err err = admin_transact(ctx, begin_in_transaction, &b);

    return err ? err : act_absence_cover(ctx, AT_ONCE_MAX, &act->moved);
}

/* ---- back ---- */

struct ending {
    struct ctx *ctx;
    int64_t id;
};

static enum err end_in_transaction(struct db *tx, void *arg)
{
    struct ending *x = arg;
    struct ctx *ctx = x->ctx;
    struct q_absence_by_id a;
    struct q_person_by_id person;
    struct date from, last = date_add_days(ctx_today(ctx), -1);
    enum err err = q_absence_by_id(tx, ctx->arena, x->id, &a);

    if (!err)
        err = may_say(ctx, tx, a.person_id, &person);
    if (!err && date_parse(a.from_on, &from))
        err = ERR_STORE;
    if (err)
        return err;
    if (date_cmp(last, from) < 0) /* an empty time: it never was */
        last = date_add_days(from, -1);
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "to", date_iso(ctx->arena, last));
    struct admin_entry e = {"absence.end", "absence", x->id, {0}, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_absence_end(struct ctx *ctx, int64_t id)
{
    struct ending x = {ctx, id};

    return admin_transact(ctx, end_in_transaction, &x);
}

enum err act_absence_list(struct ctx *ctx, int64_t unit, struct q_absence_list **ret, size_t *ret_count)
{
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_DOSSIER_SEARCH, unit, 0);

    return err ? err : q_absence_list(ctx_db(ctx), ctx->arena, unit, ctx_today_iso(ctx), ret, ret_count);
}

/* ---- what is in hand ---- */

struct covering {
    struct ctx *ctx;
    const struct q_absence_in_hand *task;
    bool done;
};

static enum err cover_in_transaction(struct db *tx, void *arg)
{
    struct covering *c = arg;
    struct ctx *ctx = c->ctx;
    struct loaded l;
    enum err err = dossier_load(ctx, tx, c->task->dossier_id, &l);

    if (err)
        return err;
    for (size_t i = 0; i < l.open_count; i++) {
        if (l.open[i].no != c->task->no || l.open[i].person_id_null || l.open[i].person_id != c->task->person_id)
            continue;
        struct json p = json_new_object(ctx->arena);
        json_put_int(p, "task", c->task->no);
        json_put_int(p, "person", c->task->cover_id);
        json_put_int(p, "before", c->task->person_id);
        json_put_text(p, "note", word(LANG_VI, WORD_ABSENCE_NOTE));
        l.at = ctx->now;
        c->done = true;
        return dossier_journal(ctx, tx, &l, "dossier.assign", p);
    }
    return OK; /* done, or given to somebody else, meanwhile */
}

enum err act_absence_cover(struct ctx *ctx, int64_t n, int64_t *ret_done)
{
    struct q_absence_in_hand *row;
    size_t count;
    int64_t done = 0;
    enum err err = q_absence_in_hand(ctx->db, ctx->arena, ctx_today_iso(ctx), n, &row, &count);

    for (size_t i = 0; !err && i < count; i++) {
        struct covering c = {.ctx = ctx, .task = &row[i]};
        err = ctx_transact(ctx, cover_in_transaction, &c);
        done += !err && c.done;
    }
    *ret_done = done;
    return err;
}
