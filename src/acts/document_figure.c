/* Figures of documents and tasks: each is the number of the records that it lists. */
#include "acts/document_task.h"

static const struct figure_def {
    struct str code;
    enum word word;
} FIGURES[] = {
    [DOCUMENT_FIGURE_SENT] = {STR_INIT("document.sent"), WORD_DOCUMENT_FIGURE_SENT},
    [DOCUMENT_FIGURE_SENT_ELECTRONIC] = {STR_INIT("document.sent_electronic"), WORD_DOCUMENT_FIGURE_SENT_ELECTRONIC},
    [DOCUMENT_FIGURE_RECEIVED] = {STR_INIT("document.received"), WORD_DOCUMENT_FIGURE_RECEIVED},
    [DOCUMENT_FIGURE_RECEIVED_ELECTRONIC] = {STR_INIT("document.received_electronic"), WORD_DOCUMENT_FIGURE_RECEIVED_ELECTRONIC},
    [DOCUMENT_FIGURE_TASKS] = {STR_INIT("task.asked"), WORD_DOCUMENT_FIGURE_TASKS},
    [DOCUMENT_FIGURE_TASKS_ON_TIME] = {STR_INIT("task.on_time"), WORD_DOCUMENT_FIGURE_TASKS_ON_TIME},
    [DOCUMENT_FIGURE_TASKS_LATE] = {STR_INIT("task.late"), WORD_DOCUMENT_FIGURE_TASKS_LATE},
    [DOCUMENT_FIGURE_TASKS_OPEN] = {STR_INIT("task.open"), WORD_DOCUMENT_FIGURE_TASKS_OPEN},
    [DOCUMENT_FIGURE_TASKS_OPEN_LATE] = {STR_INIT("task.open_late"), WORD_DOCUMENT_FIGURE_TASKS_OPEN_LATE},
};
_Static_assert(sizeof FIGURES / sizeof FIGURES[0] == DOCUMENT_FIGURE__COUNT, "every figure has a name");

struct str document_figure_code(enum document_figure f)
{
    return FIGURES[f].code;
}

enum word document_figure_word(enum document_figure f)
{
    return FIGURES[f].word;
}

static void count_in(struct act_document_figures *act, enum document_figure f, int64_t record)
{
    act->record[f][act->value[f]++] = record;
}

static void room_for(struct act_document_figures *act, struct arena *a, enum document_figure from, enum document_figure to, size_t n)
{
    for (int f = (int)from; f <= (int)to; f++) {
        act->record[f] = ARENA_ARRAY(a, int64_t, n);
        act->value[f] = 0;
    }
}

static enum err exchanged(struct act_document_figures *act, struct ctx *ctx, enum document_way way, enum document_figure all)
{
    struct q_document_exchanged *r;
    size_t count;
    struct arena *a = ctx->arena;
    enum err err = q_document_exchanged(ctx_db(ctx), a, ctx->actor.id, ctx_today_iso(ctx), act->unit, date_iso(a, act->from), date_iso(a, act->to),
                                        instant_iso(a, act->as_of), way, &r, &count);

    if (err)
        return err;
    room_for(act, a, all, all + 1, count);
    for (size_t i = 0; i < count; i++) {
        count_in(act, all, r[i].document_id);
        if (r[i].is_electronic)
            count_in(act, all + 1, r[i].document_id);
    }
    return OK;
}

/* A task that was done after the period, or never, was open at its end. */
static void task_count(struct act_document_figures *act, const struct q_document_tasks_in *t, struct str to)
{
    bool done = str_cmp(t->done_on, to) <= 0;

    count_in(act, DOCUMENT_FIGURE_TASKS, t->task_id);
    if (done) {
        count_in(act, str_cmp(t->done_on, t->due_on) <= 0 ? DOCUMENT_FIGURE_TASKS_ON_TIME : DOCUMENT_FIGURE_TASKS_LATE, t->task_id);
        return;
    }
    count_in(act, DOCUMENT_FIGURE_TASKS_OPEN, t->task_id);
    if (str_cmp(t->due_on, to) < 0)
        count_in(act, DOCUMENT_FIGURE_TASKS_OPEN_LATE, t->task_id);
}

enum err act_document_figures(struct act_document_figures *act, struct ctx *ctx)
{
    struct q_document_tasks_in *t;
    size_t count;
    struct arena *a = ctx->arena;
    struct str to = date_iso(a, act->to);
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_FIGURE_READ, act->unit, 0);

    if (!err)
        err = exchanged(act, ctx, DOCUMENT_OUT, DOCUMENT_FIGURE_SENT);
    if (!err)
        err = exchanged(act, ctx, DOCUMENT_IN, DOCUMENT_FIGURE_RECEIVED);
    if (!err)
        err = q_document_tasks_in(ctx_db(ctx), a, ctx->actor.id, ctx_today_iso(ctx), act->unit, date_iso(a, act->from), to, instant_iso(a, act->as_of),
                                  &t, &count);
    if (err)
        return err;
    room_for(act, a, DOCUMENT_FIGURE_TASKS, DOCUMENT_FIGURE_TASKS_OPEN_LATE, count);
    for (size_t i = 0; i < count; i++)
        task_count(act, &t[i], to);
    return OK;
}
