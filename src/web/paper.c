/* Official forms as PDF: the list for a dossier, each of them, a day's receipts, the register. */
#include "web/paper.h"

#include "acts/desk.h"
#include "acts/form.h"
#include "paper/pdf.h"
#include "view_paper.h"
#include "web/qr.h"
#include "web/url.h"

static const struct http_field FIELDS_PAPER[] = {
    {.name = "don-vi", .max = 20}, {.name = "tu", .max = 40}, {.name = "den", .max = 40},
    {.name = NULL},
};

struct str paper_link(const struct web *w, struct str code)
{
    struct arena *a = w->ctx->arena;
    struct str base = w->public_base;

    if (str_is_empty(base))
        base = str_format(a, "%s://%" PRIstr, w->rq->is_https ? "https" : "http", STR_ARG(w->rq->host));
    return str_format(a, "%" PRIstr "%" PRIstr, STR_ARG(base), STR_ARG(url_text(URL_PATH(a, "/h/%", code))));
}

static enum err qr_of(void *arg, struct arena *a, struct str code, struct str *ret_modules, struct str *ret_side)
{
    struct qr qr;
    enum err err = qr_encode(a, paper_link(arg, code), &qr);

    if (err)
        return err;
    *ret_modules = qr.path;
    *ret_side = qr.side;
    return OK;
}

static enum err as_file(struct web *w, const struct paper_document *d, struct str name)
{
    struct str bytes;
    enum err err = paper_pdf(w->ctx->arena, d, &bytes);

    return err ? err : web_file(w, STR("application/pdf"), name, bytes);
}

/* ---- of one dossier ---- */

enum err paper_file(struct web *w, struct str code)
{
    struct arena *a = w->ctx->arena;
    struct form_data *data = ARENA_NEW(a, struct form_data);
    struct form form;
    struct paper_document d;
    enum err err = act_dossier_form(w->ctx, w->rq->part[0], data);

    if (!err)
        err = form_find(a, code, data->on, &form);
    if (!err)
        err = qr_of(w, a, w->rq->part[0], &data->qr, &data->qr_side);
    if (!err)
        err = form_document(a, &form, data, &d);
    return err ? err : as_file(w, &d, str_format(a, "%" PRIstr "-%" PRIstr ".pdf", STR_ARG(form.code), STR_ARG(w->rq->part[0])));
}

static enum err one(struct web *w)
{
    return paper_file(w, w->rq->part[1]);
}

static enum err list(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct form_data *data = ARENA_NEW(a, struct form_data);
    struct form *form;
    size_t count, n = 0;
    struct html_out o = web_out(w);
    enum err err = act_dossier_form(w->ctx, w->rq->part[0], data);

    if (!err)
        err = forms_on(a, data->on, &form, &count);
    if (err)
        return err;
    struct view_paper_form *row = ARENA_ARRAY(a, struct view_paper_form, count);
    for (size_t i = 0; i < count; i++)
        if (form_applies(&form[i], data))
            row[n++] = (struct view_paper_form){URL_PATH(a, "/cb/ho-so/%/bieu-mau/%", w->rq->part[0], form[i].code), form[i].title, form[i].basis};
    view_paper_list(&o, &(struct view_paper_list){.code = w->rq->part[0], .back = url_dossier(a, w->rq->part[0]), .paper_form = row, .paper_form_count = n});
    return web_staff_page(w, MENU_QUEUE, word(w->ctx->lang, WORD_FORM_TITLE), html_done(&o));
}

/* ---- of a counter ---- */

static enum err asked(struct web *w, struct desk *desk, struct date *from, struct date *to)
{
    enum err err = act_desk(w->ctx, RIGHT_DOSSIER_SEARCH, web_int(w, "don-vi", 1, INT64_MAX, 0), desk);

    *to = ctx_today(w->ctx);
    web_date(w, "den", to);
    *from = *to;
    web_date(w, "tu", from);
    return err ? err : w->ctx->problems.count ? ERR_INVALID : OK;
}

/* Back to the register, with the reason. */
static enum err back(struct web *w, const struct desk *desk, struct date from, struct date to, enum word why, struct str one)
{
    struct arena *a = w->ctx->arena;
    struct url url = url_with_int(a, url_register(a), "don-vi", desk->here->id);

    return web_redirect_saying(w, url_with(a, url_with(a, url, "tu", web_day(w, from)), "den", web_day(w, to)), why, one);
}

static enum err day(struct web *w)
{
    struct desk desk;
    struct date from, to;
    struct paper_document d;
    size_t count;
    enum err err = asked(w, &desk, &from, &to);

    if (!err)
        err = act_day_receipts(w->ctx, desk.here->id, to, qr_of, w, &d, &count);
    if (err == ERR_NOT_FOUND)
        return back(w, &desk, from, to, WORD_FORM_DAY_NONE, web_day(w, to));
    if (err == ERR_LIMIT)
        return back(w, &desk, from, to, WORD_FORM_DAY_MANY, word_int(w->ctx->arena, w->ctx->lang, FORM_DAY_MAX));
    return err ? err : as_file(w, &d, str_format(w->ctx->arena, "giay-hen-%" PRIstr ".pdf", STR_ARG(date_iso(w->ctx->arena, to))));
}

/* The register leaves the house as the table of it does: with the right to export. */
static enum err book(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct desk desk;
    struct date from, to;
    struct form_data *data = ARENA_NEW(a, struct form_data);
    struct form form;
    struct paper_document d;
    enum err err = asked(w, &desk, &from, &to);

    if (!err)
        err = right_check(w->ctx, w->ctx->db, RIGHT_EXPORT, desk.here->id, 0);
    if (!err)
        err = act_register_form(w->ctx, desk.here->id, from, to, data);
    if (err == ERR_LIMIT)
        return back(w, &desk, from, to, WORD_FORM_DAY_MANY, word_int(a, w->ctx->lang, REGISTER_MAX));
    if (!err)
        err = form_find(a, STR("so-theo-doi"), to, &form);
    if (!err)
        err = form_document(a, &form, data, &d);
    return err ? err : as_file(w, &d, STR("so-theo-doi.pdf"));
}

const struct web_route ROUTES_PAPER[] = {
    {HTTP_GET, "/cb/ho-so/{code}/bieu-mau", WEB_STAFF, NULL, list},
    {HTTP_GET, "/cb/ho-so/{code}/bieu-mau/{form}", WEB_STAFF, NULL, one},
    {HTTP_GET, "/cb/giay-hen.pdf", WEB_STAFF, FIELDS_PAPER, day},
    {HTTP_GET, "/cb/so-theo-doi.pdf", WEB_STAFF, FIELDS_PAPER, book},
    {.path = NULL},
};
