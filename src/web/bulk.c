#include "web/bulk.h"

#include "acts/dossier.h"
#include "web/answer.h"
#include "web/url.h"

#include "view_queue.h"

struct bulk {
    struct web *w;
    struct view_bulk_row *row;
    size_t row_count;
    int64_t done;
};

/* "id" as the lists send it: "<id> <code>". */
static bool id_parse(struct str text, int64_t *ret_id, struct str *ret_code)
{
    struct str rest = text, id;

    if (!str_split(&rest, ' ', &id) || str_parse_int(id, 1, INT64_MAX, ret_id))
        return false;
    *ret_code = rest;
    return true;
}

static enum err one(struct bulk *b, enum dossier_act act, struct str text)
{
    struct ctx *ctx = b->w->ctx;
    struct act_hand_over hand_over = {.on = {.id = 0}};
    struct str code;

    if (!id_parse(text, &hand_over.on.id, &code))
        return ERR_INVALID;
    enum err err = act == DOSSIER_TAKE ? act_take(&hand_over.on, ctx) : act_hand_over(&hand_over, ctx);
    struct str why = STR("");
    if (err == ERR_FORBIDDEN || err == ERR_NOT_FOUND || err == ERR_STALE)
        why = word(ctx->lang, err == ERR_STALE       ? WORD_ERR_STALE
                              : err == ERR_FORBIDDEN ? WORD_ERR_FORBIDDEN
                                                     : WORD_ERR_NOT_FOUND);
    else if (err)
        return err;
    else if (hand_over.on.verdict.why != DOSSIER_ALLOWED)
        why = web_verdict_text(b->w, hand_over.on.verdict);
    else
        b->done++;
    if (why.n)
        b->row[b->row_count++] = (struct view_bulk_row){url_dossier(ctx->arena, code), code, why};
    return OK;
}

enum err web_bulk(struct web *w, enum dossier_act act, enum web_menu menu, struct url back)
{
    struct ctx *ctx = w->ctx;
    const struct str *id;
    size_t count = http_value_all(w->rq, ctx->arena, "id", &id);
    struct bulk b = {.w = w, .row = ARENA_ARRAY(ctx->arena, struct view_bulk_row, count)};
    bool takes = act == DOSSIER_TAKE;

    if (count > BULK_MAX)
        return ERR_LIMIT;
    if (count == 0)
        return web_redirect_saying(w, back, WORD_QUEUE_BULK_NONE, STR(""));
    for (size_t i = 0; i < count; i++) {
        enum err err = one(&b, act, id[i]);
        if (err)
            return err;
    }
    struct str n = word_int(ctx->arena, ctx->lang, b.done);
    if (b.row_count == 0)
        return web_redirect_saying(w, back, takes ? WORD_QUEUE_BULK_TAKEN : WORD_QUEUE_BULK_HANDED_OVER, n);
    struct html_out o = web_out(w);
    view_bulk(&o, &(struct view_bulk){
                      .done = word_format(ctx->arena, ctx->lang,
                                          takes ? WORD_QUEUE_BULK_TAKEN : WORD_QUEUE_BULK_HANDED_OVER, &n, 1),
                      .left = (int64_t)b.row_count,
                      .bulk_row = b.row,
                      .bulk_row_count = b.row_count,
                      .back = back,
                  });
    return web_staff_page(w, menu, word(ctx->lang, WORD_QUEUE_BULK_TITLE), html_done(&o));
}
