/* What waits for a digital signature: the page, and the two steps of signing with a key that is elsewhere
 * (acts/document_sign.h). Who talks to both, and to the signing agent, is assets/ky-so.js. */
#include "acts/document_sign.h"
#include "format/base64.h"
#include "format/json.h"
#include "view_document_sign.h"
#include "web/app.h"
#include "web/document.h"
#include "web/document_sign.h"

/* PORTION_MAX: of one question; each document is a transaction, and its file stands in memory while it lasts. */
enum { PORTION_MAX = 50, NUMBER_MAX = 200, CERTIFICATE_MAX = 32 * 1024, SIGNATURE_MAX = 4 * 1024, ONE_BYTES = 512 << 20 };

static const struct http_field NUMBER_FIELDS[] = {{.name = "id", .max = 20, .many = true}, {.name = NULL}};
static const struct http_field PREPARE_FIELDS[] = {{.name = "id", .max = 20, .many = true}, {.name = "certificate", .max = CERTIFICATE_MAX}, {.name = NULL}};
static const struct http_field SIGNED_FIELDS[] = {
    {.name = "id", .max = 20, .many = true}, {.name = "signature", .max = SIGNATURE_MAX, .many = true}, {.name = NULL},
};

/* ---- the page ---- */

/* Where the site is, as its own pages see it: what the agent must be started for. */
static struct str site_of(const struct web *w)
{
    if (w->public_base.n)
        return w->public_base;
    return str_format(w->ctx->arena, "%s://%" PRIstr, w->rq->is_https ? "https" : "http", STR_ARG(w->rq->host));
}

struct html document_signer(struct web *w, struct html list, bool is_one)
{
    struct html_out o = web_out(w);
    struct arena *a = w->ctx->arena;

    w->signs = true;
    view_document_signer(&o, &(struct view_document_signer){
                                 .agent = str_format(a, "http://127.0.0.1:%d", w->agent_port), .site = site_of(w), .csrf = w->csrf, .list = list, .is_one = is_one,
                                 .prepare = url_text(URL_PATH(a, "/vb/ky/chuan-bi")), .finish = url_text(URL_PATH(a, "/vb/ky/xong")),
                                 .port = w->agent_port == WEB_AGENT_PORT ? STR("") : form_number(w, w->agent_port),
                             });
    return html_done(&o);
}

struct html document_signer_of(struct web *w, int64_t id)
{
    struct html_out o = web_out(w);

    view_document_sign_one(&o, &(struct view_document_sign_one){.value = form_number(w, id)});
    return document_signer(w, html_done(&o), true);
}

static struct view_document_sign_row row_of(struct web *w, const struct q_document_to_sign *d)
{
    enum word what = d->state == DOCUMENT_TO_SIGN ? WORD_DOCUMENT_SIGN_STEP_SIGN : d->state == DOCUMENT_SIGNED ? WORD_DOCUMENT_SIGN_STEP_NUMBER : WORD_DOCUMENT_SIGN_STEP_SEAL;

    return (struct view_document_sign_row){
        .value = form_number(w, d->id), .page = document_url(w, d->id), .subject = d->subject, .type = d->type_name, .code = d->code,
        .from = d->drafting_unit_name_null ? d->unit_name : d->drafting_unit_name, .step = form_say(w, what), .due = form_day(w, d->due_on),
        .urgency = document_urgency_text(w, d->urgency),
    };
}

/* The rows of those states, in the order in which they wait. */
static size_t rows_of(struct web *w, const struct q_document_to_sign *d, size_t count, bool to_number, struct view_document_sign_row *ret)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if ((d[i].state == DOCUMENT_SIGNED) == to_number)
            ret[n++] = row_of(w, &d[i]);
    return n;
}

/* What still waits is called by its subject. */
static void refused_name(struct view_document_sign_refused *refused, size_t refused_count, const struct q_document_to_sign *d, struct str id)
{
    for (size_t i = 0; i < refused_count; i++)
        if (str_eq(refused[i].name, id))
            refused[i].name = d->subject;
}

static enum err page_with(struct web *w, struct view_document_sign_refused *refused, size_t refused_count)
{
    struct q_document_to_sign *d;
    size_t count;
    struct html_out o = web_out(w), list = web_out(w);
    enum err err = act_document_to_sign(w->ctx, &d, &count);

    if (err)
        return err;
    for (size_t i = 0; i < count && refused_count; i++)
        refused_name(refused, refused_count, &d[i], form_number(w, d[i].id));
    struct view_document_sign_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_sign_row, count);
    size_t n = rows_of(w, d, count, false, row);
    form_head(&o, w, &(struct form_head){.heading = WORD_DOCUMENT_SIGN_MENU, .sub = form_say(w, WORD_DOCUMENT_SIGN_LEAD), .back = URL_PATH(w->ctx->arena, "/vb"),
                                         .back_label = WORD_DOCUMENT_WAITING, .has_back = true});
    if (refused_count)
        view_document_sign_refusals(&o, &(struct view_document_sign_refusals){.document_sign_refused = refused, .document_sign_refused_count = refused_count});
    if (n) {
        view_document_sign_list(&list, &(struct view_document_sign_list){.row = row, .row_count = n});
        html_put(&o, document_signer(w, html_done(&list), false));
    } else {
        view_document_sign_none(&o, &(struct view_document_sign_none){.text = form_say(w, WORD_DOCUMENT_SIGN_NONE)});
    }
    size_t unnumbered = rows_of(w, d, count, true, row);
    if (unnumbered)
        view_document_sign_number(&o, &(struct view_document_sign_number){.action = URL_PATH(w->ctx->arena, "/vb/ky/cap-so"), .csrf = w->csrf, .row = row, .row_count = unnumbered,
                                                                          .day = web_day(w, ctx_today(w->ctx))});
    return web_staff_page(w, MENU_DOCUMENT_SIGN, form_say(w, WORD_DOCUMENT_SIGN_MENU), html_done(&o));
}

static enum err page(struct web *w)
{
    return page_with(w, NULL, 0);
}

/* ---- one of many ---- */

static enum err ids_of(struct web *w, size_t max, int64_t **ret, size_t *ret_count)
{
    const struct str *text;
    size_t count = http_value_all(w->rq, w->ctx->arena, "id", &text);
    int64_t *id = ARENA_ARRAY(w->ctx->arena, int64_t, count);

    if (count > max)
        return ERR_LIMIT;
    for (size_t i = 0; i < count; i++)
        if (str_parse_int(text[i], 1, INT64_MAX, &id[i]))
            return ERR_INVALID;
    *ret = id;
    *ret_count = count;
    return OK;
}

/* What may happen to one document and leaves the others as they are; anything else ends the request. */
static bool is_of_one(enum err err)
{
    return err == ERR_NOT_FOUND || err == ERR_FORBIDDEN || err == ERR_CONFLICT || err == ERR_STALE || err == ERR_INVALID || err == ERR_LIMIT || err == ERR_UNAVAILABLE;
}

static enum word err_word(enum err err)
{
    return err == ERR_FORBIDDEN ? WORD_ERR_FORBIDDEN : err == ERR_NOT_FOUND ? WORD_ERR_NOT_FOUND : err == ERR_UNAVAILABLE ? WORD_DOCUMENT_SIGN_NO_STAMP
         : err == ERR_LIMIT ? WORD_ERR_LIMIT : err == ERR_INVALID ? WORD_DOCUMENT_SIGN_NOT_A_PDF : WORD_ERR_CONFLICT;
}

/* Empty: nothing stands in the way. */
static struct str why_not(const struct web *w, enum err err, const struct act_document_on *on)
{
    struct str value[] = {on->why_arg};

    if (err)
        return form_say(w, err_word(err));
    return on->why == DOCUMENT_ALLOWED ? STR("") : word_format(w->ctx->arena, w->ctx->lang, document_refusal_word(on->why), value, 1);
}

static enum err number(struct web *w)
{
    int64_t *id;
    size_t count, refused = 0, done = 0;
    enum err err = ids_of(w, NUMBER_MAX, &id, &count);

    if (err)
        return err;
    struct view_document_sign_refused *row = ARENA_ARRAY(w->ctx->arena, struct view_document_sign_refused, count);
    for (size_t i = 0; i < count; i++) {
        struct act_document_number act = {.on = {.id = id[i]}};
        err = act_document_number(&act, w->ctx);
        if (err && !is_of_one(err))
            return err;
        struct str why = why_not(w, err, &act.on);
        if (why.n)
            row[refused++] = (struct view_document_sign_refused){document_url(w, id[i]), form_number(w, id[i]), why};
        else
            done++;
    }
    if (!refused)
        return web_redirect_saying(w, URL_PATH(w->ctx->arena, "/vb/ky"), count ? WORD_DOCUMENT_SIGN_NUMBERED : WORD_DOCUMENT_SIGN_NOTHING_CHOSEN, form_number(w, (int64_t)done));
    w->rs->status = 422;
    return page_with(w, row, refused);
}

/* ---- the two steps, for the script ---- */

/* Each document in memory of its own: fifty files at a time would be too many. */
struct each {
    struct web *w;
    struct ctx ctx;
    struct json answer, good, refused;
};

static void each_open(struct each *e, struct web *w, const char *good)
{
    struct arena *a = w->ctx->arena;

    *e = (struct each){.w = w, .ctx = *w->ctx, .answer = json_new_object(a), .good = json_new_array(a), .refused = json_new_array(a)};
    e->ctx.arena = arena_new(ONE_BYTES);
    json_put_json(e->answer, good, e->good);
    json_put_json(e->answer, "refused", e->refused);
}

static void refuse(struct each *e, int64_t id, struct str title, struct str why)
{
    struct json j = json_new_object(e->w->ctx->arena);

    json_put_int(j, "id", id);
    json_put_text(j, "title", title);
    json_put_text(j, "why", why);
    json_append(e->refused, j);
}

static enum err each_done(struct each *e, enum err err)
{
    arena_free(e->ctx.arena);
    if (err)
        return err;
    e->w->rs->content_type = STR("application/json; charset=utf-8");
    e->w->rs->body = json_canonical(e->w->ctx->arena, e->answer);
    e->w->rs->no_store = true;
    return OK;
}

static enum err prepare_one(struct each *e, int64_t id, struct str certificate)
{
    struct arena *a = e->w->ctx->arena;
    struct act_document_prepare act = {.on = {.id = id}, .certificate = certificate, .title = STR(""), .on.why_arg = STR("")};
    enum err err = act_document_prepare(&act, &e->ctx);

    if (err && !is_of_one(err))
        return err;
    struct str why = why_not(e->w, err, &act.on);
    if (why.n) {
        refuse(e, id, act.title, why);
        return OK;
    }
    struct json j = json_new_object(a);
    json_put_int(j, "id", id);
    json_put_text(j, "title", str_format(a, "%" PRIstr ": %" PRIstr, STR_ARG(form_say(e->w, document_act_word(act.what))), STR_ARG(act.title)));
    json_put_text(j, "to_sign", base64_encode(a, act.to_sign));
    json_append(e->good, j);
    return OK;
}

static enum err prepare(struct web *w)
{
    struct each e;
    int64_t *id;
    size_t count;
    struct str certificate;
    enum err err = ids_of(w, PORTION_MAX, &id, &count);

    if (!err)
        err = base64_decode(w->ctx->arena, web_field(w, "certificate"), &certificate);
    if (err || !certificate.n)
        return err ? err : ERR_INVALID;
    each_open(&e, w, "items");
    for (size_t i = 0; !err && i < count; i++) {
        err = prepare_one(&e, id[i], certificate);
        arena_reset(e.ctx.arena);
    }
    return each_done(&e, err);
}

static enum err finish_one(struct each *e, int64_t id, struct str signature, struct json again)
{
    struct act_document_signed act = {.on = {.id = id}, .stamper = e->w->stamper, .on.why_arg = STR("")};
    enum err err = base64_decode(e->ctx.arena, signature, &act.signature);

    if (err)
        act.signature = STR(""); /* signs nothing */
    err = act_document_signed(&act, &e->ctx);
    if (err && !is_of_one(err))
        return err;
    struct str why = why_not(e->w, err, &act.on);
    if (why.n)
        refuse(e, id, STR(""), why);
    else if (act.is_last)
        json_append_int(e->good, id);
    else
        json_append_int(again, id);
    return OK;
}

static enum err finish(struct web *w)
{
    struct each e;
    int64_t *id;
    size_t count;
    const struct str *signature;
    enum err err = ids_of(w, PORTION_MAX, &id, &count);

    if (!err && http_value_all(w->rq, w->ctx->arena, "signature", &signature) != count)
        err = ERR_INVALID;
    if (err)
        return err;
    each_open(&e, w, "signed");
    struct json again = json_new_array(w->ctx->arena);
    json_put_json(e.answer, "again", again);
    for (size_t i = 0; !err && i < count; i++) {
        err = finish_one(&e, id[i], signature[i], again);
        arena_reset(e.ctx.arena);
    }
    return each_done(&e, err);
}

const struct web_route ROUTES_DOCUMENT_SIGN[] = {
    {HTTP_GET, "/vb/ky", WEB_STAFF, NULL, page},
    {HTTP_POST, "/vb/ky/cap-so", WEB_STAFF, NUMBER_FIELDS, number},
    {HTTP_POST, "/vb/ky/chuan-bi", WEB_STAFF, PREPARE_FIELDS, prepare},
    {HTTP_POST, "/vb/ky/xong", WEB_STAFF, SIGNED_FIELDS, finish},
    {.path = NULL},
};
