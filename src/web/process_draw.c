/* A process to draw on: bpmn-js, and our properties beside it. */
#include "web/process.h"

/* What goes as text: with its quotes escaped it must fit into the one field in which a form waits
 * for somebody to sign in again. Larger drawings go as a file, which nobody keeps. */
enum { DRAWING_TEXT_MAX = HTTP_FIELD_MAX * 3 / 4 };

static struct view_draw_finding *findings(const struct web *w, const struct process_reading *r)
{
    struct view_draw_finding *line =
        ARENA_ARRAY(w->ctx->arena, struct view_draw_finding, r->finding_count);

    for (size_t i = 0; i < r->finding_count; i++)
        line[i] = (struct view_draw_finding){r->finding[i].element, process_why(w, &r->finding[i])};
    return line;
}

static enum err panel(struct web *w, struct view_draw_panel *ret)
{
    struct catalogue_choices role, place;
    enum err err = catalogue_role_choices(w, &role);

    if (!err)
        err = catalogue_place_choices(w, &place);
    if (!err)
        *ret = (struct view_draw_panel){.place = place.option,
                                        .place_count = place.count,
                                        .role = role.option,
                                        .role_count = role.count};
    return err;
}

enum err process_draw_page(struct web *w, bool again)
{
    struct act_process_view act = {.code = w->rq->part[0]};
    struct problems kept = w->ctx->problems;
    struct html_out o = web_out(w);
    struct view_draw_panel side;
    enum err err = right_check_any(w->ctx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = act_process_view(&act, w->ctx);
    w->ctx->problems = kept;
    if (!err)
        err = panel(w, &side);
    if (err)
        return err;
    struct view_process_fields fields = process_fields(w, again, &act);
    struct view_process_draw v = {
        .problems = web_problems(w),
        .has_problems = w->ctx->problems.count > 0,
        .back = process_url(w, act.code, STR("")),
        .list = process_url(w, act.code, STR("bang")),
        .name = act.procedure.name,
        .code = act.procedure.code,
        .revision = act.has_process ? process_revision(w, act.row.no) : STR(""),
        .save = process_url(w, act.code, STR("")),
        .csrf = w->csrf,
        .xml = again ? process_file(w) : act.reading.xml,
        .largest = DRAWING_TEXT_MAX,
        .finding = findings(w, &act.reading),
        .finding_count = again ? 0 : act.reading.finding_count,
        .panel = &side,
        .fields = &fields,
    };
    v.term = process_terms(w, &v.term_count);
    view_process_draw(&o, &v);
    if (w->ctx->problems.count)
        w->rs->status = 422;
    w->drawing = WEB_DRAWS_TO_CHANGE;
    return web_staff_page(w, MENU_PROCESS, v.name, html_done(&o));
}

enum err process_draw(struct web *w)
{
    return process_draw_page(w, false);
}
