/* Dossiers that run on older revisions of a process. */
#include "web/process.h"

#include "view_process_move.h"
#include "web/url.h"

enum err process_move(struct web *w)
{
    struct act_process_move act = {.code = w->rq->part[0]};
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    enum err err = act_process_move(&act, w->ctx);

    if (err)
        return err;
    struct view_move_row *row = ARENA_ARRAY(a, struct view_move_row, act.count);
    for (size_t i = 0; i < act.count; i++) {
        const struct process_moving *l = &act.line[i];
        row[i] = (struct view_move_row){
            .page = url_dossier(a, l->row.code), .code = l->row.code, .applicant = l->row.applicant,
            .unit = l->row.unit_name, .revision = process_revision(w, l->row.no), .step = l->step, .may = !l->stuck.n,
            .why = word_format(a, w->ctx->lang, WORD_PROCESS_PAGE_MOVE_WHY, &l->stuck, 1),
        };
    }
    view_process_move(&o, &(struct view_process_move){
                              .back = process_url(w, act.code, STR("")), .name = act.procedure.name, .row = row,
                              .row_count = act.count, .may = (int64_t)act.may,
                              .action = process_url(w, act.code, STR("chuyen")), .csrf = w->csrf,
                          });
    return web_staff_page(w, MENU_PROCESS, word(w->ctx->lang, WORD_PROCESS_PAGE_MOVE_TITLE), html_done(&o));
}

enum err process_move_post(struct web *w)
{
    struct act_process_move act = {.code = w->rq->part[0], .really = true};
    enum err err = act_process_move(&act, w->ctx);

    return err ? err : web_redirect_saying(w, process_url(w, act.code, STR("")), WORD_PROCESS_PAGE_MOVE_SAID,
                                           word_int(w->ctx->arena, w->ctx->lang, (int64_t)act.moved));
}
