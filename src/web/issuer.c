/* How an agency signs and is addressed: what its documents begin with, and its code on the document axis. */
#include "acts/organisation.h"
#include "web/document.h"

static const struct http_field FIELDS[] = {
    {.name = "above", .max = 600}, {.name = "name", .max = 600}, {.name = "symbol", .max = 40}, {.name = "body", .max = 600}, {.name = "place", .max = 200},
    {.name = "organ", .max = 60},  {.name = NULL},
};

static struct url issuer_url(const struct web *w, int64_t unit)
{
    return URL_PATH(w->ctx->arena, "/qt/don-vi/%/van-ban", form_number(w, unit));
}

static enum err page(struct web *w, int64_t unit, bool typed)
{
    struct act_unit_view u = {.id = unit};
    struct q_document_issuer_list *issuer, none = {.name = STR("")};
    const struct q_document_issuer_list *is = &none;
    struct html_out o = web_out(w);
    struct form f;
    size_t count;
    enum err err = act_unit_view(&u, w->ctx);

    if (!err && !u.may_edit)
        err = ERR_FORBIDDEN;
    if (!err)
        err = act_issuers(w->ctx, &issuer, &count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        is = issuer[i].unit_id == unit ? &issuer[i] : is;
    form_head(&o, w, &(struct form_head){.heading_text = u.unit.name, .sub = form_say(w, WORD_DOCUMENT_ISSUER_LEAD), .back = URL_PATH(w->ctx->arena, "/qt/don-vi/%", form_number(w, unit)),
                                         .back_label = WORD_ORGANISATION_TITLE, .has_back = true});
    form_begin(&f, w, issuer_url(w, unit), "b-", typed);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_DOCUMENT_ISSUER_NAME, .hint = form_say(w, WORD_DOCUMENT_ISSUER_NAME_HINT), .value = is->name});
    form_add(&f, &(struct form_input){.name = "above", .label = WORD_DOCUMENT_ISSUER_ABOVE, .value = is->above, .optional = true});
    form_add(&f, &(struct form_input){.name = "symbol", .label = WORD_DOCUMENT_ISSUER_SYMBOL, .hint = form_say(w, WORD_DOCUMENT_ISSUER_SYMBOL_HINT), .value = is->symbol});
    form_beside(&f, &(struct form_input){.name = "place", .label = WORD_DOCUMENT_ISSUER_PLACE, .value = is->place});
    form_add(&f, &(struct form_input){.name = "body", .label = WORD_DOCUMENT_ISSUER_BODY, .hint = form_say(w, WORD_DOCUMENT_ISSUER_BODY_HINT), .value = is->body, .optional = true});
    form_add(&f, &(struct form_input){.name = "organ", .label = WORD_EXCHANGE_ORGAN, .hint = form_say(w, WORD_EXCHANGE_ORGAN_HINT), .value = is->organ, .optional = true});
    form_card(&o, WORD_DOCUMENT_ISSUER, form_end(&f, WORD_COMMON_SAVE));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_UNITS, u.unit.name, html_done(&o));
}

static enum err show(struct web *w)
{
    int64_t unit;
    enum err err = form_part_id(w, 0, &unit);

    return err ? err : page(w, unit, false);
}

static enum err save(struct web *w)
{
    struct act_issuer_set act = {.above = web_field(w, "above"), .name = web_field(w, "name"), .symbol = web_field(w, "symbol"), .body = web_field(w, "body"),
                                 .place = web_field(w, "place"), .organ = web_field(w, "organ")};
    enum err err = form_part_id(w, 0, &act.unit);

    if (err)
        return err;
    web_check_fields(w);
    err = act_issuer_set(&act, w->ctx);
    if (form_is_refused(w, err))
        return page(w, act.unit, true);
    return err ? err : web_redirect_saying(w, issuer_url(w, act.unit), WORD_COMMON_SAVED, STR(""));
}

const struct web_route ROUTES_ISSUER[] = {
    {HTTP_GET, "/qt/don-vi/{id}/van-ban", WEB_STAFF, NULL, show},
    {HTTP_POST, "/qt/don-vi/{id}/van-ban", WEB_STAFF, FIELDS, save},
    {.path = NULL},
};
