/* The steps of a dossier: those of its drawn process, or the list of its procedure. */
#include "acts/dossier_agency.h"
#include "web/dossier.h"

#include "view_dossier.h"

static bool is_over(const struct dossier_view *d)
{
    return d->d.state == DOSSIER_FINISHED || d->d.state == DOSSIER_RETURNED;
}

/* ---- drawn ---- */

/* What the drawing says at a step: how long it took, or takes, against its budget. */
static struct str said(const struct web *w, bool now, struct task_time time)
{
    static const enum word SAID[2][3] = {
        /* without a budget, within it, over it */
        {WORD_DOSSIER_PAGE_STEP_TOOK_FREE, WORD_DOSSIER_PAGE_STEP_TOOK,
         WORD_DOSSIER_PAGE_STEP_TOOK_LATE},
        {WORD_DOSSIER_PAGE_STEP_TAKES_FREE, WORD_DOSSIER_PAGE_STEP_TAKES,
         WORD_DOSSIER_PAGE_STEP_TAKES_LATE},
    };
    struct str value[] = {web_hours(w, time.used), web_hours(w, time.budget)};

    return word_format(w->ctx->arena, w->ctx->lang,
                       SAID[now][time.budget == 0 ? 0
                                 : time.exceeded  ? 2
                                                  : 1],
                       value, time.budget ? 2 : 1);
}

/* Of the tasks of one step, side by side or one after another, the one that took longest. */
static struct task_time longest_of(const struct dossier_view *d, const struct task_time *time,
                                   struct str node)
{
    struct task_time longest = {.used = -1};

    for (size_t i = 0; i < d->task_count; i++)
        if (str_eq(d->task[i].step_code, node) && time[i].used > longest.used)
            longest = time[i];
    return longest;
}

static enum err drawn_steps(struct web *w, const struct dossier_view *d,
                            const struct view_dossier_step **ret, size_t *ret_count)
{
    struct dossier_drawn_step *drawn;
    struct task_time *time;
    size_t count =
        dossier_steps_drawn(w->ctx->arena, d->process, d->task, d->task_count, is_over(d), &drawn);
    struct view_dossier_step *step = ARENA_ARRAY(w->ctx->arena, struct view_dossier_step, count);
    enum err err = task_times(w->ctx, d, &time);

    if (err)
        return err;
    for (size_t i = 0; i < count; i++) {
        struct task_time of = longest_of(d, time, drawn[i].node);
        bool was = of.used >= 0;
        step[i] = (struct view_dossier_step){
            .done = drawn[i].done,
            .now = drawn[i].now,
            .no = (int64_t)i + 1,
            .name = drawn[i].name,
            .node = drawn[i].node,
            .state = drawn[i].now ? (of.exceeded ? STR("dang tre") : STR("dang"))
                     : was        ? (of.exceeded ? STR("xong tre") : STR("xong"))
                                  : STR(""),
            .said = was ? said(w, drawn[i].now, of) : STR(""),
        };
    }
    *ret = step;
    *ret_count = count;
    return OK;
}

/* ---- listed ---- */

static bool step_is_done(const struct dossier_view *d, int64_t no)
{
    bool done = false;

    for (size_t i = 0; i < d->task_count; i++)
        if (d->task[i].step_no == no)
            done = !d->task[i].done_at_null;
    return done;
}

static struct view_dossier_step *listed_steps(const struct web *w, const struct dossier_view *d)
{
    struct view_dossier_step *step =
        ARENA_ARRAY(w->ctx->arena, struct view_dossier_step, d->procedure->step_count);
    int64_t now = d->open_task ? d->open_task->step_no : 0;

    for (size_t i = 0; i < d->procedure->step_count; i++) {
        const struct q_step_list *s = &d->procedure->step[i];
        step[i] = (struct view_dossier_step){
            .done = (step_is_done(d, s->no) && s->no != now) || is_over(d),
            .now = s->no == now && d->d.state != DOSSIER_FINISHED,
            .no = s->no,
            .name = s->name,
        };
    }
    return step;
}

enum err dossier_steps(struct web *w, const struct dossier_view *d,
                       const struct view_dossier_step **ret, size_t *ret_count)
{
    if (d->process)
        return drawn_steps(w, d, ret, ret_count);
    *ret = listed_steps(w, d);
    *ret_count = d->procedure->step_count;
    return OK;
}
