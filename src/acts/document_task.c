#include "acts/document_task.h"

#include "acts/admin.h"
#include "acts/document_load.h"
#include "acts/exchange_put.h"
#include "sql_person.h"
#include "sql_unit.h"
#include "store/journal.h"
#include "store/project.h"

_Static_assert((int)DOCUMENT_TASKS_MAX <= (int)PROJECT_TASKS_MAX, "the ids of one direction must not run into the next");

enum { WAITING_MAX = 200, REMIND_DAYS = 2 };

/* ---- direction ---- */

struct directing {
    struct act_document_direct *act;
    struct ctx *ctx;
};

static enum err order_put(struct ctx *ctx, struct db *tx, const struct act_document_direct *act, const struct task_order *t, struct json list)
{
    struct json o = json_new_object(ctx->arena);
    struct q_unit_is_below below;
    struct q_person_by_id person;
    enum err err = q_unit_is_below(tx, ctx->arena, act->unit, t->unit, &below);

    if (err)
        return err;
    if (!below.n)
        problem_add(ctx, "unit", WORD_DOCUMENT_PROBLEM_TASK_UNIT, STR(""));
    if (t->person) {
        err = q_person_by_id(tx, ctx->arena, t->person, &person);
        if (err == ERR_NOT_FOUND || (!err && (person.unit_id != t->unit || !person.is_active)))
            problem_add(ctx, "person", WORD_DOCUMENT_PROBLEM_TASK_PERSON, STR(""));
        else if (err)
            return err;
    }
    if (date_cmp(t->due, ctx_today(ctx)) < 0)
        problem_add(ctx, "due", WORD_DOCUMENT_PROBLEM_TASK_DUE, STR(""));
    json_put_int(o, "unit", t->unit);
    json_put_int(o, "person", t->person);
    json_put_text(o, "role", t->role);
    json_put_text(o, "content", act->content);
    json_put_text(o, "due", date_iso(ctx->arena, t->due));
    json_put_int(o, "parent", act->parent);
    json_append(list, o);
    return OK;
}

static enum err orders_put(struct ctx *ctx, struct db *tx, const struct act_document_direct *act, struct json payload)
{
    struct json list = json_new_array(ctx->arena);
    bool leads = false;
    enum err err = OK;

    admin_check_text(ctx, "content", act->content, TASK_TEXT_MAX);
    if (str_is_empty(str_trim(act->content)))
        problem_add(ctx, "content", WORD_PROBLEM_REQUIRED, STR(""));
    for (size_t i = 0; !err && i < act->task_count; i++) {
        leads |= str_eq(act->task[i].role, STR("lead"));
        err = order_put(ctx, tx, act, &act->task[i], list);
    }
    if (!leads)
        problem_add(ctx, "unit", WORD_DOCUMENT_PROBLEM_TASK_LEAD, STR(""));
    json_put_json(payload, "tasks", list);
    json_put_int(payload, "unit", act->unit);
    json_put_text(payload, "day", document_day(ctx, ctx->now));
    return err ? err : admin_form_done(ctx);
}

static enum err direct(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct act_document_direct *act = o->arg;
    enum err err = right_check(o->ctx, tx, RIGHT_DOCUMENT_DIRECT, h->d.unit_id, 0);

    act->unit = h->d.unit_id;
    json_put_int(payload, "document", h->d.id);
    return err ? err : orders_put(o->ctx, tx, act, payload);
}

static enum err direct_in_transaction(struct db *tx, void *arg)
{
    struct directing *d = arg;
    struct ctx *ctx = d->ctx;
    struct json p = json_new_object(ctx->arena);
    enum err err = right_check(ctx, tx, RIGHT_DOCUMENT_DIRECT, d->act->unit, 0);

    if (!err)
        err = orders_put(ctx, tx, d->act, p);
    if (err)
        return err;
    struct document_entry e = {"document.direct", d->act->unit, 0, p};
    int64_t pos;
    err = document_journal(ctx, tx, &e, &pos);
    if (!err)
        d->act->first = pos * PROJECT_TASKS_MAX;
    return err;
}

enum err act_document_direct(struct act_document_direct *act, struct ctx *ctx)
{
    struct directing d = {act, ctx};
    struct on_document o = {ctx, &act->on, DOCUMENT_DIRECT, direct, act, "document.direct"};

    if (act->task_count > DOCUMENT_TASKS_MAX)
        return ERR_LIMIT;
    act->on.why = DOCUMENT_ALLOWED;
    return act->on.id ? on_document_run_and_tell(&o, "04", STR("")) : admin_transact(ctx, direct_in_transaction, &d);
}

/* ---- one task ---- */

/* What each change needs: the states it starts from (their names), who may, and the state after it. */
enum who { WHO_HOLDER, WHO_HEAD, WHO_ASKER };
static const struct change {
    const char *kind, *from, *to;
    enum who who;
    bool needs_text;
} CHANGES[] = {
    [TASK_GIVE] = {"given", "open", "open", WHO_HEAD, false},
    [TASK_PROGRESS] = {"progress", "open", "open", WHO_HOLDER, true},
    [TASK_DONE] = {"done", "open", "reported", WHO_HOLDER, true},
    [TASK_ACCEPT] = {"accepted", "reported", "done", WHO_ASKER, false},
    [TASK_SEND_BACK] = {"sent_back", "reported", "open", WHO_ASKER, true},
    [TASK_DUE] = {"due", "open", "open", WHO_ASKER, true},
    [TASK_DROP] = {"dropped", "open reported", "dropped", WHO_ASKER, true},
};
_Static_assert(sizeof CHANGES / sizeof CHANGES[0] == TASK_CHANGE__COUNT, "every change has a row");

struct standing {
    bool is[3]; /* by enum who */
};

static enum err standing_of(struct ctx *ctx, struct db *db, const struct q_document_task_by_id *t, struct standing *ret)
{
    bool head, asker;
    enum err err = right_has(ctx, db, ctx->actor.id, RIGHT_DOCUMENT_DIRECT, t->unit_id, 0, &head);

    if (!err)
        err = right_has(ctx, db, ctx->actor.id, RIGHT_DOCUMENT_DIRECT, t->asking_unit_id, 0, &asker);
    if (err)
        return err;
    ret->is[WHO_HEAD] = head;
    ret->is[WHO_ASKER] = asker || t->asked_by == ctx->actor.id;
    ret->is[WHO_HOLDER] = t->person_id_null ? head : t->person_id == ctx->actor.id;
    return OK;
}

static bool fits(const struct q_document_task_by_id *t, enum task_change c)
{
    return document_series_takes(str_of(CHANGES[c].from), t->state) && !str_eq(t->role, STR("know"));
}

struct changing {
    struct act_task_change *act;
    struct ctx *ctx;
};

static enum err change_check(struct ctx *ctx, struct db *tx, const struct act_task_change *act, const struct q_document_task_by_id *t)
{
    struct q_person_by_id person;

    admin_check_text(ctx, "text", act->text, TASK_TEXT_MAX);
    if (CHANGES[act->change].needs_text && str_is_empty(str_trim(act->text)))
        problem_add(ctx, "text", WORD_PROBLEM_REQUIRED, STR(""));
    if (act->change == TASK_PROGRESS && (act->progress < 0 || act->progress > 100))
        problem_add(ctx, "progress", WORD_DOCUMENT_PROBLEM_PROGRESS, STR(""));
    if (act->change == TASK_DUE && date_cmp(act->due, ctx_today(ctx)) < 0)
        problem_add(ctx, "due", WORD_DOCUMENT_PROBLEM_TASK_DUE, STR(""));
    if (act->change == TASK_GIVE) {
        enum err err = q_person_by_id(tx, ctx->arena, act->person, &person);
        if (err == ERR_NOT_FOUND || (!err && (person.unit_id != t->unit_id || !person.is_active)))
            problem_add(ctx, "person", WORD_DOCUMENT_PROBLEM_TASK_PERSON, STR(""));
        else if (err)
            return err;
    }
    return admin_form_done(ctx);
}

static void change_put(struct ctx *ctx, const struct act_task_change *act, const struct q_document_task_by_id *t, struct json p)
{
    const struct change *c = &CHANGES[act->change];
    bool done = act->change == TASK_DONE;

    json_put_text(p, "kind", str_of(c->kind));
    json_put_text(p, "state", str_of(c->to));
    json_put_int(p, "person", act->change == TASK_GIVE ? act->person : t->person_id_null ? 0 : t->person_id);
    json_put_text(p, "due", act->change == TASK_DUE ? date_iso(ctx->arena, act->due) : t->due_on);
    json_put_int(p, "progress", act->change == TASK_PROGRESS ? act->progress : done ? 100 : t->progress);
    json_put_text(p, "text", act->text);
    /* The day of the report is the one that counts; sent back, there is none again. */
    bool keeps = act->change == TASK_ACCEPT && !t->done_at_null;
    json_put_text(p, "done_at", done ? instant_iso(ctx->arena, ctx->now) : keeps ? t->done_at : STR(""));
    json_put_text(p, "done_on", done ? document_day(ctx, ctx->now) : keeps ? t->done_on : date_iso(ctx->arena, DATE_NEVER));
}

static enum err task_journal(struct ctx *ctx, struct db *tx, const char *act, const struct q_document_task_by_id *t, struct json p)
{
    struct journal_entry e = {
        .unit = t->asking_unit_code, .happened_at = ctx->now, .recorded_at = ctx->now, .actor = ctx->actor.id, .act = str_of(act),
        .subject_kind = STR("task"), .subject_id = t->id, .payload = p,
    };

    return journal_append(tx, ctx->arena, &e);
}

static enum err change_in_transaction(struct db *tx, void *arg)
{
    struct changing *c = arg;
    struct ctx *ctx = c->ctx;
    struct q_document_task_by_id t;
    struct q_document_task_visible seen;
    struct standing s;
    struct json p = json_new_object(ctx->arena);
    enum err err = q_document_task_visible(tx, ctx->arena, ctx->actor.id, ctx_today_iso(ctx), c->act->id, &seen);

    if (!err && !seen.n)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_document_task_by_id(tx, ctx->arena, c->act->id, &t);
    if (!err)
        err = standing_of(ctx, tx, &t, &s);
    if (!err && !s.is[CHANGES[c->act->change].who])
        err = ERR_FORBIDDEN;
    if (!err && !fits(&t, c->act->change))
        err = ERR_CONFLICT;
    if (!err)
        err = change_check(ctx, tx, c->act, &t);
    if (err)
        return err;
    change_put(ctx, c->act, &t, p);
    return task_journal(ctx, tx, "task.change", &t, p);
}

enum err act_task_change(struct act_task_change *act, struct ctx *ctx)
{
    struct changing c = {act, ctx};

    return admin_transact(ctx, change_in_transaction, &c);
}

enum err act_task(struct act_task *act, struct ctx *ctx)
{
    struct q_document_task_visible seen;
    struct standing s;
    struct db *db = ctx_db(ctx);
    enum err err = q_document_task_visible(db, ctx->arena, ctx->actor.id, ctx_today_iso(ctx), act->id, &seen);

    if (!err && !seen.n)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_document_task_by_id(db, ctx->arena, act->id, &act->t);
    if (!err)
        err = q_document_task_report_list(db, ctx->arena, act->id, &act->report, &act->report_count);
    if (!err)
        err = standing_of(ctx, db, &act->t, &s);
    if (err)
        return err;
    for (int i = 0; i < TASK_CHANGE__COUNT; i++)
        act->may[i] = s.is[CHANGES[i].who] && fits(&act->t, (enum task_change)i);
    return OK;
}

/* ---- lists ---- */

enum err act_task_list(struct act_task_list *act, struct ctx *ctx)
{
    struct str today = ctx_today_iso(ctx);

    return q_document_task_list(ctx_db(ctx), ctx->arena, ctx->actor.id, today, act->unit ? &act->unit : NULL, act->asking ? &act->asking : NULL,
                                act->mine, act->state.n ? &act->state : NULL, act->late ? &today : NULL, act->before ? act->before : INT64_MAX,
                                act->n ? act->n : DOCUMENT_PAGE, &act->row, &act->row_count);
}

enum err act_task_waiting(struct ctx *ctx, struct q_document_task_waiting **ret, size_t *ret_count)
{
    return q_document_task_waiting(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), WAITING_MAX, ret, ret_count);
}

/* Who sees a document sees who works on it. */
enum err act_tasks_of_document(struct ctx *ctx, int64_t document, struct q_document_task_of **ret, size_t *ret_count)
{
    struct q_document_seen seen;
    enum err err = q_document_seen(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), document, &seen);

    if (!err && !seen.n)
        err = ERR_NOT_FOUND;
    return err ? err : q_document_task_of(ctx_db(ctx), ctx->arena, document, ret, ret_count);
}

enum err act_task_units(struct ctx *ctx, int64_t unit, struct q_document_task_units **ret, size_t *ret_count)
{
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_DOCUMENT_DIRECT, unit, 0);

    return err ? err : q_document_task_units(ctx_db(ctx), ctx->arena, unit, ctx_today_iso(ctx), ret, ret_count);
}

/* ---- reminders ---- */

struct reminding {
    struct ctx *ctx;
    int64_t id;
};

static enum err remind_in_transaction(struct db *tx, void *arg)
{
    struct reminding *r = arg;
    struct q_document_task_by_id t;
    struct json p = json_new_object(r->ctx->arena);
    enum err err = q_document_task_by_id(tx, r->ctx->arena, r->id, &t);

    if (err)
        return err;
    json_put_text(p, "day", ctx_today_iso(r->ctx));
    return task_journal(r->ctx, tx, "task.remind", &t, p);
}

enum err act_task_remind(struct ctx *ctx, int64_t n, int64_t *ret_done)
{
    struct q_document_task_to_remind *t;
    size_t count;
    struct str limit = date_iso(ctx->arena, date_add_days(ctx_today(ctx), REMIND_DAYS));
    enum err err = q_document_task_to_remind(ctx_db(ctx), ctx->arena, ctx_today_iso(ctx), limit, n, &t, &count);

    for (size_t i = 0; !err && i < count; i++) {
        struct reminding r = {ctx, t[i].id};
        err = ctx_transact(ctx, remind_in_transaction, &r);
    }
    if (!err)
        *ret_done = (int64_t)count;
    return err;
}
