#include "acts/directive.h"

#include "acts/admin.h"
#include "acts/document_load.h"
#include "acts/report_build.h"
#include "sql_person.h"

/* ---- giving ---- */

struct giving {
    struct act_directive_give *act;
    struct ctx *ctx;
    struct indicator_list list;
};

static struct json payload_of(const struct giving *g)
{
    struct arena *a = g->ctx->arena;
    const struct report_source *s = &g->act->source;
    struct json p = json_new_object(a), list = json_new_array(a);

    json_put_int(p, "task", g->act->task);
    json_put_text(p, "code", s->code);
    json_put_bool(p, "is_indicator", s->is_indicator);
    json_put_int(p, "unit", s->unit);
    json_put_int(p, "field", s->field);
    json_put_bool(p, "cohort", g->act->cohort);
    json_put_text(p, "from", date_iso(a, s->from));
    json_put_text(p, "to", date_iso(a, s->to));
    json_put_text(p, "as_of", instant_iso(a, g->act->as_of));
    for (size_t i = 0; i < g->list.count; i++) {
        struct json r = json_new_object(a);
        json_put_int(r, "kind", g->list.record[i].kind);
        json_put_int(r, "id", g->list.record[i].id);
        json_put_text(r, "title", g->list.record[i].title);
        json_put_text(r, "unit", g->list.record[i].unit);
        json_append(list, r);
    }
    json_put_json(p, "records", list);
    return p;
}

static enum err give_in_transaction(struct db *tx, void *arg)
{
    struct giving *g = arg;
    struct act_directive_give *act = g->act;
    struct act_document_direct direct = {.unit = act->unit, .content = act->content, .task = &act->order, .task_count = 1};
    struct db *outer = g->ctx->tx;

    g->ctx->tx = tx;
    enum err err = act_document_direct(&direct, g->ctx);
    g->ctx->tx = outer;
    if (err)
        return err;
    act->task = direct.first;
    struct document_entry e = {"directive.give", act->unit, 0, payload_of(g)};
    return document_journal(g->ctx, tx, &e, NULL);
}

enum err act_directive_give(struct act_directive_give *act, struct ctx *ctx)
{
    struct giving g = {.act = act, .ctx = ctx};
    struct indicators *all;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_DOCUMENT_DIRECT, act->unit, 0);

    if (!err)
        err = indicators_open(ctx, &all);
    if (!err)
        err = report_source_records(ctx, all, &act->source, act->as_of, act->cohort, REPORT_ENDED_BY_DATE, &g.list);
    if (err)
        return err;
    act->count = g.list.count;
    if (!g.list.count || g.list.count > DIRECTIVE_RECORDS_MAX) {
        problem_add(ctx, "", g.list.count ? WORD_DIRECTIVE_PROBLEM_MANY : WORD_DIRECTIVE_PROBLEM_NONE, word_int(ctx->arena, ctx->lang, DIRECTIVE_RECORDS_MAX));
        return ERR_INVALID;
    }
    return admin_transact(ctx, give_in_transaction, &g);
}

/* ---- reading ---- */

/* What the figure is called, and counts by today, in the eyes of who asked: who sees the task need not read the figure. */
static enum err counted_now(struct ctx *ctx, struct act_directive *act, int64_t asker, struct indicator_list *ret)
{
    const struct q_directive_of_task *d = &act->directive;
    struct report_source s = {.code = d->code, .unit = d->unit_id, .field = d->field_id, .is_indicator = d->is_indicator == 1, .to = ctx_today(ctx)};
    struct ctx as_asker = *ctx;
    struct q_person_by_id person;
    struct indicators *all;
    enum err err = date_parse(d->from_on, &s.from) ? ERR_STORE : q_person_by_id(ctx_db(ctx), ctx->arena, asker, &person);

    if (!err) {
        as_asker.actor = (struct actor){.id = asker, .login = person.login, .name = person.name, .unit = person.unit_id};
        err = indicators_open(&as_asker, &all);
    }
    if (err)
        return err;
    act->figure = report_source_name(all, ctx->lang, &s);
    return report_source_records(&as_asker, all, &s, (struct instant){ctx->now.ms + 1}, d->cohort == 1, REPORT_ENDED_BY_DATE, ret);
}

static bool is_in(const struct indicator_list *list, const struct q_directive_records *r)
{
    for (size_t i = 0; i < list->count; i++)
        if ((int64_t)list->record[i].kind == r->kind && list->record[i].id == r->record_id)
            return true;
    return false;
}

enum err act_directive(struct act_directive *act, struct ctx *ctx)
{
    struct act_task task = {.id = act->task};
    struct q_directive_records *row;
    struct indicator_list now = {.count = 0};
    enum err err = act_task(&task, ctx);

    if (!err)
        err = q_directive_of_task(ctx_db(ctx), ctx->arena, act->task, &act->directive);
    if (!err)
        err = q_directive_records(ctx_db(ctx), ctx->arena, act->directive.id, &row, &act->count);
    if (err)
        return err;
    act->figure = act->directive.code;
    err = counted_now(ctx, act, task.t.asked_by, &now);
    act->is_known = err == OK;
    act->mended = 0;
    act->record = ARENA_ARRAY(ctx->arena, struct directive_record, act->count + 1);
    for (size_t i = 0; i < act->count; i++) {
        act->record[i] = (struct directive_record){row[i], act->is_known && !is_in(&now, &row[i])};
        act->mended += act->record[i].is_mended;
    }
    return err == ERR_NOT_FOUND || err == ERR_FORBIDDEN ? OK : err;
}
