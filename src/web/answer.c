/* Answers that are not the page itself: redirects, refusals, files, errors. */
#include "acts/desk.h"
#include "rules/dossier.h"
#include "web/answer.h"
#include "web/url.h"

#include "view_page.h"

struct html_out web_out(const struct web *w)
{
    return html_out_in(w->ctx->arena, w->ctx->lang);
}

enum err web_redirect(struct web *w, struct url to)
{
    w->rs->status = 303;
    w->rs->location = url_text(to);
    return OK;
}

/* ---- a sentence for the next page: its key and its hole stand in the address, under a seal ---- */

static struct str said_seal(const struct web *w, struct str key, struct str arg)
{
    struct arena *a = w->ctx->arena;

    return act_seal(w->ctx, w->csrf, str_format(a, "%" PRIstr "\n%" PRIstr, STR_ARG(key), STR_ARG(arg)));
}

enum err web_redirect_saying(struct web *w, struct url to, enum word word, struct str arg)
{
    struct arena *a = w->ctx->arena;
    struct str key = word_key(word);

    to = url_with(a, to, "bao", key);
    if (arg.n)
        to = url_with(a, to, "ve", arg);
    return web_redirect(w, url_with(a, to, "dau", said_seal(w, key, arg)));
}

struct str web_said(const struct web *w)
{
    struct str key = web_field(w, "bao"), arg = web_field(w, "ve");
    enum word said;

    if (!w->signed_in || str_is_empty(key) || !word_find(key, &said) ||
        !str_eq(web_field(w, "dau"), said_seal(w, key, arg)))
        return STR("");
    return word_format(w->ctx->arena, w->ctx->lang, said, &arg, 1);
}

/* ---- the law says no ---- */

struct str web_verdict_text(const struct web *w, struct dossier_verdict verdict)
{
    struct str date = date_cmp(verdict.date, DATE_NEVER) == 0 ? STR("") : web_day(w, verdict.date);

    return word_format(w->ctx->arena, w->ctx->lang, dossier_refusal_word(verdict.why), &date, 1);
}

enum err web_refusal(struct web *w, struct dossier_verdict verdict, struct url back)
{
    struct html_out o = web_out(w);

    view_refusal(&o, &(struct view_refusal){
                         .text = web_verdict_text(w, verdict),
                         .basis = dossier_refusal_basis(verdict.why),
                         .back = back,
                     });
    w->rs->status = 422;
    return web_staff_page(w, MENU_NONE, word(w->ctx->lang, WORD_PAGE_REFUSED), html_done(&o));
}

/* ---- files ---- */

enum err web_file(struct web *w, struct str content_type, struct str file_name, struct str bytes)
{
    w->rs->content_type = content_type;
    w->rs->download = file_name;
    w->rs->body = bytes;
    return OK;
}

/* ---- errors: one table ---- */

static const struct {
    int status;
    enum word title, text;
    bool is_ours; /* then the code of the incident helps */
} ERRORS[] = {
    [OK] = {200, WORD_ERR_OK_TITLE, WORD_ERR_OK, false},
    [ERR_INVALID] = {400, WORD_ERR_INVALID_TITLE, WORD_ERR_INVALID, false},
    [ERR_NOT_FOUND] = {404, WORD_ERR_NOT_FOUND_TITLE, WORD_ERR_NOT_FOUND, false},
    [ERR_FORBIDDEN] = {403, WORD_ERR_FORBIDDEN_TITLE, WORD_ERR_FORBIDDEN, false},
    [ERR_CONFLICT] = {409, WORD_ERR_CONFLICT_TITLE, WORD_ERR_CONFLICT, false},
    [ERR_STALE] = {409, WORD_ERR_STALE_TITLE, WORD_ERR_STALE, false},
    [ERR_LIMIT] = {413, WORD_ERR_LIMIT_TITLE, WORD_ERR_LIMIT, false},
    [ERR_BUSY] = {503, WORD_ERR_BUSY_TITLE, WORD_ERR_BUSY, false},
    [ERR_UNAVAILABLE] = {503, WORD_ERR_UNAVAILABLE_TITLE, WORD_ERR_UNAVAILABLE, false},
    [ERR_STORE] = {500, WORD_ERR_STORE_TITLE, WORD_ERR_STORE, true},
    [ERR_IO] = {500, WORD_ERR_IO_TITLE, WORD_ERR_IO, true},
    [ERR_BUG] = {500, WORD_ERR_BUG_TITLE, WORD_ERR_BUG, true},
};
_Static_assert(sizeof ERRORS / sizeof ERRORS[0] == ERR__COUNT, "every error has its page");

struct str web_bare_error(struct arena *a, enum err err)
{
    struct html_out o = html_out_in(a, LANG_VI);

    view_bare_page(&o, &(struct view_bare_page){
                           .title = word(LANG_VI, ERRORS[err].title),
                           .text = word(LANG_VI, ERRORS[err].text),
                           .home = URL_PATH(a, "/"),
                       });
    return buf_str(&o.buf);
}

void web_error(struct web *w, enum err err, int status)
{
    struct html_out o = web_out(w);
    enum lang lang = w->ctx->lang;
    struct str title = word(lang, ERRORS[err].title);
    struct arena *a = w->ctx->arena;

    w->ctx->problems = (struct problems){.first = NULL};
    view_error(&o, &(struct view_error){
                       .title = title,
                       .text = word(lang, ERRORS[err].text),
                       .incident = ERRORS[err].is_ours ? w->rq->request_id : STR(""),
                       .searchable = w->signed_in && err == ERR_NOT_FOUND,
                       .search = URL_PATH(a, "/cb/tim"),
                       .home = w->signed_in ? web_home(w) : URL_PATH(a, "/"),
                   });
    w->rs->status = status ? status : ERRORS[err].status;
    w->rs->location = STR("");
    if (w->signed_in)
        (void)!web_staff_page(w, MENU_NONE, title, html_done(&o));
    else
        (void)!web_public_page(w, NAV_NONE, title, html_done(&o));
}
