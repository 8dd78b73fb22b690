/* Other installations: who they are, what went there; and the door by which theirs comes in. */
#include "acts/peer.h"

#include "format/json.h"
#include "web/form.h"
#include "web/url.h"

#include "view_peer.h"

static const struct http_field FIELDS[] = {
    {.name = "code", .max = 64},     {.name = "own_code", .max = 64}, {.name = "name", .max = 600}, {.name = "unit", .max = 20}, {.name = "counter", .max = 20},
    {.name = "address", .max = 400}, {.name = "secret", .max = 200},  {.name = "active", .max = 4}, {.name = "documents", .max = 8}, {.name = "line", .max = 8}, {.name = NULL},
};
static const struct http_field MESSAGE_FIELDS[] = {
    {.name = "peer", .max = 64}, {.name = "body", .max = HTTP_FIELD_MAX, .lines = true}, {.name = "seal", .max = 64}, {.name = NULL},
};

static struct url list_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/qt/ket-noi");
}

static struct url peer_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/qt/ket-noi/%", form_number(w, id));
}

static void documents_add(struct form *f, const struct web *w, const struct q_peer_list *p)
{
    const struct form_choice documents[] = {{.value = STR("none"), .label = form_say(w, WORD_EXCHANGE_DOCUMENTS_NONE)},
                                            {.value = STR("named"), .label = form_say(w, WORD_EXCHANGE_DOCUMENTS_NAMED)},
                                            {.value = STR("any"), .label = form_say(w, WORD_EXCHANGE_DOCUMENTS_ANY)}};
    const struct form_choice line[] = {{.value = STR("peer"), .label = form_say(w, WORD_EXCHANGE_LINE_PEER)},
                                       {.value = STR("axis"), .label = form_say(w, WORD_EXCHANGE_LINE_AXIS)}};

    form_add(f, &(struct form_input){.name = "documents", .kind = FORM_SELECT, .label = WORD_EXCHANGE_DOCUMENTS, .value = p ? p->documents : STR("none"),
                                     .choice = documents, .choice_count = 3});
    form_beside(f, &(struct form_input){.name = "line", .kind = FORM_SELECT, .label = WORD_EXCHANGE_LINE_KIND, .value = p ? p->line : STR("peer"),
                                        .choice = line, .choice_count = 2});
}

static enum err form_put(struct web *w, struct html_out *o, const struct q_peer_list *p, bool typed)
{
    struct form_choice *unit;
    size_t count;
    struct form f;
    enum err err = form_unit_choices(w, &unit, &count);

    if (err)
        return err;
    form_begin(&f, w, p ? peer_url(w, p->id) : list_url(w), "k-", typed);
    if (!p)
        form_add(&f, &(struct form_input){.name = "code", .kind = FORM_LINE, .label = WORD_PEER_CODE});
    form_add(&f, &(struct form_input){.name = "own_code", .kind = FORM_LINE, .label = WORD_PEER_OWN_CODE, .value = p ? p->own_code : STR("")});
    form_add(&f, &(struct form_input){.name = "name", .kind = FORM_LINE, .label = WORD_COMMON_NAME, .value = p ? p->name : STR("")});
    form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_PEER_UNIT, .hint = form_say(w, WORD_PEER_UNIT_HINT),
                                      .value = p && !p->unit_id_null ? form_number(w, p->unit_id) : STR(""), .choice = unit, .choice_count = count,
                                      .optional = true});
    form_add(&f, &(struct form_input){.name = "counter", .kind = FORM_SELECT, .label = WORD_PEER_COUNTER, .hint = form_say(w, WORD_PEER_COUNTER_HINT),
                                      .value = p && !p->counter_id_null ? form_number(w, p->counter_id) : STR(""), .choice = unit,
                                      .choice_count = count, .optional = true});
    documents_add(&f, w, p);
    form_add(&f, &(struct form_input){.name = "address", .kind = FORM_LINE, .label = WORD_PEER_ADDRESS, .hint = form_say(w, WORD_PEER_ADDRESS_HINT),
                                      .value = p ? p->address : STR(""), .optional = true});
    form_add(&f, &(struct form_input){.name = "secret", .kind = FORM_PASSWORD, .label = WORD_PEER_SECRET, .hint = form_say(w, WORD_PEER_SECRET_HINT),
                                      .optional = p != NULL});
    form_add(&f, &(struct form_input){.name = "active", .kind = FORM_TICK, .label = WORD_PEER_ACTIVE, .value = !p || p->is_active ? STR("1") : STR("")});
    form_card(o, p ? WORD_PEER_SAVE : WORD_PEER_NEW, form_end(&f, WORD_PEER_SAVE));
    return OK;
}

static void list_put(const struct web *w, struct html_out *o, const struct q_peer_list *peer, size_t count)
{
    struct view_peer_row *row = ARENA_ARRAY(w->ctx->arena, struct view_peer_row, count);

    for (size_t i = 0; i < count; i++)
        row[i] = (struct view_peer_row){peer_url(w, peer[i].id), peer[i].code, peer[i].name,
                                       peer[i].unit_name_null ? STR("") : peer[i].unit_name,
                                       peer[i].counter_name_null ? STR("") : peer[i].counter_name, peer[i].address, !peer[i].is_active};
    view_peer_list(o, &(struct view_peer_list){.row = row, .row_count = count});
}

static enum err outbox_put(struct web *w, struct html_out *o)
{
    struct arena *a = w->ctx->arena;
    struct q_outbox_list *message;
    size_t count;
    struct html_out table = web_out(w);
    enum err err = act_outbox_list(w->ctx, &message, &count);

    if (err)
        return err;
    struct view_outbox_row *row = ARENA_ARRAY(a, struct view_outbox_row, count);
    for (size_t i = 0; i < count; i++) {
        const struct q_outbox_list *m = &message[i];
        struct str value[] = {word_int(a, w->ctx->lang, m->tries), m->why};
        row[i] = (struct view_outbox_row){
            .at = form_instant(w, m->made_at), .kind = form_say(w, str_eq(m->kind, STR("case")) ? WORD_PEER_KIND_CASE : WORD_PEER_KIND_ANSWER),
            .peer = m->peer_name, .page = url_dossier(a, m->code), .code = m->code,
            .sent = m->sent_at_null ? STR("") : form_instant(w, m->sent_at), .receipt = m->receipt,
            .why = m->tries ? word_format(a, w->ctx->lang, WORD_PEER_TRIED, value, 2) : STR(""),
        };
    }
    view_outbox_list(&table, &(struct view_outbox_list){.row = row, .row_count = count});
    form_card(o, WORD_PEER_OUTBOX, html_done(&table));
    return OK;
}

/* The list with a form for a new one; or one, `id`. */
static enum err page(struct web *w, int64_t id, bool typed)
{
    struct html_out o = web_out(w);
    struct q_peer_list *peer;
    const struct q_peer_list *one = NULL;
    size_t count;
    enum err err = act_peer_list(w->ctx, &peer, &count);

    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (peer[i].id == id)
            one = &peer[i];
    if (id && !one)
        return ERR_NOT_FOUND;
    form_head(&o, w, &(struct form_head){.heading = WORD_PEER_TITLE, .heading_text = one ? one->name : STR(""),
                                         .sub = one ? one->code : form_say(w, WORD_PEER_LEAD), .back = list_url(w),
                                         .back_label = WORD_PEER_TITLE, .has_back = one != NULL});
    if (!one)
        list_put(w, &o, peer, count);
    err = form_put(w, &o, one, typed);
    if (!err && !one)
        err = outbox_put(w, &o);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_PEER, one ? one->name : form_say(w, WORD_PEER_TITLE), html_done(&o));
}

static enum err save(struct web *w, int64_t id, struct str code)
{
    struct act_peer_save act = {
        .id = id, .code = code, .own_code = web_field(w, "own_code"), .name = web_field(w, "name"), .address = web_field(w, "address"),
        .secret = http_value(w->rq, "secret"), .unit = form_id(w, "unit"), .counter = form_id(w, "counter"), .is_active = web_checked(w, "active"),
        .documents = web_field(w, "documents"), .line = web_field(w, "line"),
    };

    web_check_fields(w);
    enum err err = act_peer_save(&act, w->ctx);
    if (form_is_refused(w, err))
        return page(w, id, true);
    return err ? err : web_redirect_saying(w, list_url(w), WORD_PEER_SAID, STR(""));
}

static enum err list(struct web *w)
{
    return page(w, 0, false);
}

static enum err add(struct web *w)
{
    return save(w, 0, web_field(w, "code"));
}

static enum err one(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : page(w, id, false);
}

static enum err change(struct web *w)
{
    struct q_peer_list *peer;
    size_t count;
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    if (!err)
        err = act_peer_list(w->ctx, &peer, &count);
    for (size_t i = 0; !err && i < count; i++)
        if (peer[i].id == id)
            return save(w, id, peer[i].code);
    return err ? err : ERR_NOT_FOUND;
}

/* ---- the door ---- */

static enum err answer(struct web *w, int status, const char *key, struct str text)
{
    struct json o = json_new_object(w->ctx->arena);

    json_put_text(o, key, text);
    w->rs->status = status;
    w->rs->no_store = true;
    w->rs->content_type = STR("application/json; charset=utf-8");
    w->rs->body = json_canonical(w->ctx->arena, o);
    return OK;
}

static enum err message(struct web *w)
{
    struct act_peer_receive act = {.peer = web_field(w, "peer"), .body = http_value(w->rq, "body"), .seal = web_field(w, "seal")};

    web_check_fields(w);
    if (w->ctx->problems.count)
        return answer(w, 422, "error", STR("not such a form"));
    enum err err = act_peer_receive(&act, w->ctx);
    if (err == ERR_FORBIDDEN)
        return answer(w, 403, "error", STR("unknown peer or wrong seal"));
    if (err == ERR_INVALID)
        return answer(w, 422, "error", act.why);
    return err ? err : answer(w, 200, "receipt", act.receipt);
}

const struct web_route ROUTES_PEER[] = {
    {HTTP_GET, "/qt/ket-noi", WEB_STAFF, NULL, list},
    {HTTP_POST, "/qt/ket-noi", WEB_STAFF, FIELDS, add},
    {HTTP_GET, "/qt/ket-noi/{id}", WEB_STAFF, NULL, one},
    {HTTP_POST, "/qt/ket-noi/{id}", WEB_STAFF, FIELDS, change},
    {HTTP_POST, "/api/1/trao-doi", WEB_PUBLIC, MESSAGE_FIELDS, message},
    {.path = NULL},
};
