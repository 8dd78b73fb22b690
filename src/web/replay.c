#include "web/replay.h"

#include "acts/desk.h"
#include "format/json.h"
#include "web/routes.h"
#include "web/url.h"

#include "view_sign_in.h"

/* {"path":…,"field":[[name,text],…]}. Uploads are not kept: a browser asks for the file again. */
static struct str keep(const struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct json whole = json_new_object(a), all = json_new_array(a);

    for (size_t i = 0; i < w->rq->value_count; i++) {
        const struct http_value *v = &w->rq->value[i];
        if (v->field->file || strcmp(v->name, "csrf") == 0 || strcmp(v->name, "password") == 0)
            continue;
        struct json field = json_new_object(a);
        json_put_text(field, "name", str_of(v->name));
        json_put_text(field, "text", v->text);
        json_append(all, field);
    }
    json_put_text(whole, "path", w->rq->path);
    json_put_json(whole, "field", all);
    return json_canonical(a, whole);
}

enum err web_replay_ask_sign_in(struct web *w, const struct web_route *route)
{
    (void)route;
    w->rs->status = 401;
    return web_sign_in_page(w, STR(""), keep(w), WORD_SIGN_IN_EXPIRED);
}

enum err web_replay_show(struct web *w, struct str kept)
{
    struct arena *a = w->ctx->arena;
    struct json whole;
    struct url action;
    const struct web_route *route;
    struct str part[HTTP_PATH_PARTS];
    enum err err = json_parse(a, kept, &whole, NULL);

    if (err)
        return ERR_INVALID;
    struct str path = json_text(whole, "path");
    struct json all = json_get(whole, "field");
    size_t count = json_length(all);
    if (!url_own(a, path, &action) || routes_find(w->routes, HTTP_POST, path, part, &route))
        return ERR_INVALID;
    struct view_kept_field *field = ARENA_ARRAY(a, struct view_kept_field, count);
    for (size_t i = 0; i < count; i++)
        field[i] = (struct view_kept_field){json_text(json_at(all, i), "name"), json_text(json_at(all, i), "text")};
    struct html_out o = web_out(w);
    view_kept_form(&o, &(struct view_kept_form){
                           .action = action,
                           .csrf = w->csrf,
                           .kept_field = field,
                           .kept_field_count = count,
                           .home = URL_PATH(a, "/cb"),
                       });
    return web_staff_page(w, MENU_NONE, word(w->ctx->lang, WORD_SIGN_IN_KEPT_TITLE), html_done(&o));
}

enum err web_replay_confirm(struct web *w, const struct web_route *route)
{
    (void)route;
    w->rs->status = 409;
    return web_replay_show(w, keep(w));
}
