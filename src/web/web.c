/* One request from the door to its answer. */
#include "web/web.h"

#include "acts/cache.h"
#include "acts/desk.h"
#include "acts/session.h"
#include "web/answer.h"
#include "web/app.h"
#include "web/asset.h"
#include "web/replay.h"
#include "web/routes.h"
#include "web/url.h"

enum { SITE_BYTES = 16 * 1024 * 1024 };

/* What all workers share; constant. */
struct site {
    struct arena *arena;
    struct web_setup *setup;
    struct web_routes *routes;
    struct str refusal[ERR__COUNT]; /* pages for what never reaches a worker */
};

struct worker {
    struct db *db;
    struct cache *cache;
    struct random random;
    struct arena *arena;
};

/* ---- workers ---- */

static enum err worker_open(void *arg, void **ret_state)
{
    const struct site *site = arg;
    struct db *db;
    enum err err = db_open(site->setup->pool, &db);

    if (err)
        return err;
    struct arena *a = arena_new(SITE_BYTES);
    struct worker *worker = ARENA_NEW(a, struct worker);
    *worker = (struct worker){.db = db, .cache = cache_new(), .arena = a};
    random_open(&worker->random);
    *ret_state = worker;
    return OK;
}

static void worker_close(void *arg, void *state)
{
    struct worker *worker = state;

    (void)arg;
    cache_free(worker->cache);
    db_close(worker->db);
    arena_free(worker->arena);
}

/* ---- who asks, and in which language ---- */

/* Vietnamese unless somebody chose: counters run browsers in English whose users are not. */
static enum lang language(const struct http_request *rq)
{
    struct str asked = http_value(rq, "lang"), chosen = asked.n ? asked : rq->cookie_lang;

    return str_eq(chosen, STR("en")) ? LANG_EN : LANG_VI;
}

static void language_keep(struct web *w)
{
    struct str asked = http_value(w->rq, "lang");

    if (w->rq->method == HTTP_GET && (str_eq(asked, STR("en")) || str_eq(asked, STR("vi"))))
        web_set_language(w, w->ctx->lang);
}

void web_set_language(struct web *w, enum lang lang)
{
    w->rs->set_cookie[w->rs->cookie_count++] =
        lang == LANG_EN ? STR("mc_lang=en; Max-Age=31536000") : STR("mc_lang=vi; Max-Age=31536000");
}

static enum err recognise(struct web *w)
{
    struct ctx *ctx = w->ctx;

    if (str_is_empty(w->rq->session))
        return OK;
    enum err err = act_session(ctx, w->rq->session, &w->csrf);
    if (err == ERR_NOT_FOUND)
        return OK;
    if (!err)
        err = act_rights(ctx, w->right);
    w->signed_in = err == OK;
    return err;
}

/* ---- the gate ---- */

static struct str whole_path(const struct web *w)
{
    const struct http_request *rq = w->rq;

    if (str_is_empty(rq->query))
        return rq->path;
    return str_format(w->ctx->arena, "%" PRIstr "?%" PRIstr, STR_ARG(rq->path), STR_ARG(rq->query));
}

/* A form of ours carries the token of the session it was shown in. Public forms have no session to
 * carry: for them it is enough that no other site sent it. */
static bool is_of_other_session(const struct web *w)
{
    return !str_eq(http_value(w->rq, "csrf"), w->csrf);
}

static enum err serve(struct web *w, const struct site *site, struct http_request *rq)
{
    const struct web_route *route;
    enum err err = routes_find(site->routes, rq->method, rq->path, rq->part, &route);

    if (err == ERR_FORBIDDEN) {
        web_error(w, ERR_INVALID, 405);
        return OK;
    }
    if (err)
        return err;
    bool posts = route->method == HTTP_POST, staff = route->access == WEB_STAFF;
    if (posts && rq->is_cross_site)
        return ERR_FORBIDDEN;
    if (staff && !w->signed_in)
        return posts ? web_replay_ask_sign_in(w, route) : web_redirect(w, url_sign_in(w->ctx->arena, whole_path(w)));
    if (posts && staff && is_of_other_session(w))
        return web_replay_confirm(w, route);
    web_check_fields(w);
    return route->handler(w);
}

static void answer(void *arg, void *state, struct arena *a, struct http_request *rq, struct http_response *rs)
{
    const struct site *site = arg;
    struct worker *worker = state;
    struct ctx ctx = {
        .arena = a,
        .db = worker->db,
        .now = site->setup->now(site->setup->now_arg),
        .lang = language(rq),
        .random = &worker->random,
        .cache = worker->cache,
        .trusted = site->setup->trusted,
    };
    struct web w = {
        .ctx = &ctx,
        .rq = rq,
        .rs = rs,
        .routes = site->routes,
        .public_base = site->setup->public_base,
        .agent_port = site->setup->agent_port ? site->setup->agent_port : WEB_AGENT_PORT,
        .stamper = site->setup->stamper,
    };
    enum err err = recognise(&w);

    language_keep(&w);
    if (!err)
        err = serve(&w, site, rq);
    if (err)
        web_error(&w, err, 0);
    if (w.signed_in)
        rs->no_store = true;
}

/* ---- on the event threads ---- */

static const struct http_field *fields(void *arg, enum http_method method, struct str path)
{
    const struct site *site = arg;

    return routes_fields(site->routes, method, path);
}

static bool constant(void *arg, struct str path, struct http_response *rs)
{
    (void)arg;
    if (!str_has_prefix(path, STR("/a/")))
        return false;
    const struct asset *asset = asset_find(str_sub(path, 3, path.n));
    if (!asset)
        return false;
    rs->content_type = asset->content_type;
    rs->gzip = asset->gzip.n > 0;
    rs->body = rs->gzip ? asset->gzip : asset->bytes;
    rs->body_is_constant = true;
    rs->etag = asset->sha256;
    rs->immutable = true;
    return true;
}

/* What the server refuses by itself, in our words; any other status is a request that is not in order. */
static enum err err_of_status(int status)
{
    static const struct {
        int status;
        enum err err;
    } STATUSES[] = {
        {404, ERR_NOT_FOUND}, {413, ERR_LIMIT}, {414, ERR_LIMIT}, {429, ERR_BUSY},
        {431, ERR_LIMIT},     {500, ERR_BUG},   {503, ERR_BUSY},
    };

    for (size_t i = 0; i < sizeof STATUSES / sizeof STATUSES[0]; i++)
        if (STATUSES[i].status == status)
            return STATUSES[i].err;
    return ERR_INVALID;
}

static void refusal(void *arg, int status, const struct http_request *rq, struct http_response *rs)
{
    const struct site *site = arg;

    (void)rq;
    rs->content_type = STR("text/html; charset=utf-8");
    rs->body = site->refusal[err_of_status(status)];
    rs->body_is_constant = true;
}

struct http_app web_app(struct web_setup *setup)
{
    struct arena *a = arena_new(SITE_BYTES);
    struct site *site = ARENA_NEW(a, struct site);

    *site = (struct site){.arena = a, .setup = setup, .routes = routes_new(a)};
    for (int i = 0; i < ERR__COUNT; i++)
        site->refusal[i] = web_bare_error(a, (enum err)i);
    return (struct http_app){
        .arg = site,
        .worker_open = worker_open,
        .worker_close = worker_close,
        .fields = fields,
        .answer = answer,
        .constant = constant,
        .refusal = refusal,
    };
}

void web_app_close(struct http_app *app)
{
    struct site *site = app->arg;

    arena_free(site->arena);
    app->arg = NULL;
}
