/* Signing in and out, one's password, and the language. */
#include "acts/session.h"

#include "web/replay.h"
#include "web/url.h"
#include "web/answer.h"

#include "view_sign_in.h"

static const struct http_field FIELDS_SIGN_IN_PAGE[] = {{.name = "tiep", .max = 2000}, {.name = NULL}};
static const struct http_field FIELDS_SIGN_IN[] = {
    {.name = "login", .max = 64},
    {.name = "password", .max = 1024},
    {.name = "tiep", .max = 2000},
    {.name = "giu", .max = HTTP_FIELD_MAX, .lines = true},
    {.name = NULL},
};
static const struct http_field FIELDS_LANGUAGE[] = {
    {.name = "lang", .max = 8}, {.name = "tiep", .max = 2000}, {.name = NULL}};
static const struct http_field FIELDS_PASSWORD[] = {
    {.name = "present", .max = 1024}, {.name = "fresh", .max = 1024}, {.name = "again", .max = 1024}, {.name = NULL}};

/* ---- the page ---- */

enum err web_sign_in_page(struct web *w, struct str back, struct str kept, enum word why)
{
    struct html_out o = web_out(w);
    struct arena *a = w->ctx->arena;

    view_sign_in(&o, &(struct view_sign_in){
                         .action = URL_PATH(a, "/dang-nhap"),
                         .problems = web_problems(w),
                         .why = why == WORD_ERR_OK ? STR("") : word(w->ctx->lang, why),
                         .login = web_field(w, "login"),
                         .wrong = web_problem_of(w, "password"),
                         .back = back,
                         .kept = kept,
                     });
    w->rs->no_store = true;
    return web_public_page(w, NAV_NONE, word(w->ctx->lang, WORD_COMMON_LOGIN), html_done(&o));
}

static struct url after_sign_in(struct web *w)
{
    struct url url;

    return url_own(w->ctx->arena, web_field(w, "tiep"), &url) ? url : URL_PATH(w->ctx->arena, "/cb");
}

static enum err sign_in_page(struct web *w)
{
    if (w->signed_in)
        return web_redirect(w, after_sign_in(w));
    return web_sign_in_page(w, web_field(w, "tiep"), STR(""), WORD_ERR_OK);
}

/* ---- signing in ---- */

static void session_cookie(struct web *w, struct str token)
{
    w->rs->set_cookie[w->rs->cookie_count++] =
        str_format(w->ctx->arena, "mc_session=%" PRIstr "; Max-Age=%d", STR_ARG(token),
                   token.n ? SESSION_HOURS * 60 * 60 : 0);
}

static enum err sign_in_refused(struct web *w, const struct act_sign_in *act)
{
    struct ctx *ctx = w->ctx;

    if (act->answer == SIGN_IN_WAIT) {
        int64_t minutes = (act->wait_until.ms - ctx->now.ms) / (60 * 1000) + 1;
        problem_add(ctx, "login", WORD_SIGN_IN_WAIT, word_int(ctx->arena, ctx->lang, minutes));
        w->rs->status = 429;
        w->rs->retry_after = (int)(minutes * 60);
    } else {
        problem_add(ctx, "password", WORD_SIGN_IN_WRONG, STR(""));
        w->rs->status = 422;
    }
    return web_sign_in_page(w, web_field(w, "tiep"), http_value(w->rq, "giu"), WORD_ERR_OK);
}

static enum err sign_in(struct web *w)
{
    struct ctx *ctx = w->ctx;
    struct str kept = http_value(w->rq, "giu");
    struct act_sign_in act = {
        .login = web_field(w, "login"),
        .password = http_value(w->rq, "password"),
        .peer = w->rq->peer,
    };

    if (ctx->problems.count) {
        w->rs->status = 422;
        return web_sign_in_page(w, web_field(w, "tiep"), kept, WORD_ERR_OK);
    }
    enum err err = act_sign_in(&act, ctx);
    if (err)
        return err;
    if (act.answer != SIGN_IN_OK)
        return sign_in_refused(w, &act);
    session_cookie(w, act.token);
    if (str_is_empty(kept))
        return web_redirect(w, after_sign_in(w));
    err = act_session(ctx, act.token, &w->csrf);
    w->signed_in = err == OK;
    return err ? err : web_replay_show(w, kept);
}

static enum err sign_out(struct web *w)
{
    enum err err = w->signed_in ? act_sign_out(w->ctx, w->rq->session) : OK;

    if (err)
        return err;
    session_cookie(w, STR(""));
    return web_redirect(w, url_sign_in(w->ctx->arena, STR("")));
}

/* ---- language ---- */

static enum err language(struct web *w)
{
    struct url back;

    if (!url_own(w->ctx->arena, web_field(w, "tiep"), &back))
        back = URL_PATH(w->ctx->arena, "/");
    web_set_language(w, str_eq(web_field(w, "lang"), STR("en")) ? LANG_EN : LANG_VI);
    return web_redirect(w, back);
}

/* ---- one's own password ---- */

static enum err password_page(struct web *w)
{
    struct html_out o = web_out(w);

    view_password(&o, &(struct view_password){
                          .action = URL_PATH(w->ctx->arena, "/cb/mat-khau"),
                          .csrf = w->csrf,
                          .problems = web_problems(w),
                          .wrong_present = web_problem_of(w, "present"),
                          .wrong_fresh = web_problem_of(w, "fresh"),
                          .wrong_again = web_problem_of(w, "again"),
                      });
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_NONE, word(w->ctx->lang, WORD_SIGN_IN_PASSWORD_TITLE), html_done(&o));
}

static enum err password_set(struct web *w)
{
    struct act_password act = {
        .person = w->ctx->actor.id,
        .present = http_value(w->rq, "present"),
        .fresh = http_value(w->rq, "fresh"),
    };

    if (!str_eq(act.fresh, http_value(w->rq, "again")))
        problem_add(w->ctx, "again", WORD_SIGN_IN_AGAIN_WRONG, STR(""));
    enum err err = act_password(&act, w->ctx);
    if (err == ERR_INVALID)
        return password_page(w);
    if (err)
        return err;
    session_cookie(w, STR("")); /* all sessions ended */
    return web_redirect(w, url_sign_in(w->ctx->arena, STR("")));
}

static enum err desk(struct web *w)
{
    return web_redirect(w, web_home(w));
}

const struct web_route ROUTES_SIGN_IN[] = {
    {HTTP_GET, "/dang-nhap", WEB_PUBLIC, FIELDS_SIGN_IN_PAGE, sign_in_page},
    {HTTP_POST, "/dang-nhap", WEB_PUBLIC, FIELDS_SIGN_IN, sign_in},
    {HTTP_POST, "/dang-xuat", WEB_PUBLIC, NULL, sign_out},
    {HTTP_POST, "/ngon-ngu", WEB_PUBLIC, FIELDS_LANGUAGE, language},
    {HTTP_GET, "/cb", WEB_STAFF, NULL, desk},
    {HTTP_GET, "/cb/mat-khau", WEB_STAFF, NULL, password_page},
    {HTTP_POST, "/cb/mat-khau", WEB_STAFF, FIELDS_PASSWORD, password_set},
    {.path = NULL},
};
