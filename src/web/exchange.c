/* Documents over a line: what went and what waits; the agencies; the door by which theirs come in. */
#include "web/exchange.h"

#include "acts/peer.h"
#include "format/json.h"
#include "web/document.h"

#include "view_exchange.h"

static const struct http_field LIST_FIELDS[] = {{.name = "cho", .max = 2}, {.name = "truoc", .max = 20}, {.name = NULL}};
static const struct http_field PARTNERS_FIELDS[] = {{.name = "q", .max = 200}, {.name = "sau", .max = 60}, {.name = NULL}};
static const struct http_field PARTNER_FIELDS[] = {
    {.name = "organ", .max = 60}, {.name = "name", .max = 600}, {.name = "peer", .max = 20}, {.name = "active", .max = 4}, {.name = NULL},
};
static const struct http_field TAKE_FIELDS[] = {{.name = "peer", .max = 64}, {.name = "message", .max = HTTP_BODY_MAX, .file = true}, {.name = NULL}};
static const struct http_field DOOR_FIELDS[] = {
    {.name = "peer", .max = 64}, {.name = "seal", .max = 64}, {.name = "message", .max = HTTP_BODY_MAX, .file = true}, {.name = NULL},
};

/* ---- one message in words ---- */

static struct str kind_text(const struct web *w, struct str kind, struct str code)
{
    struct str value[] = {document_status_text(w, code)};

    if (str_eq(kind, STR("status")))
        return word_format(w->ctx->arena, w->ctx->lang, WORD_EXCHANGE_KIND_STATUS, value, 1);
    return form_say(w, str_eq(kind, STR("recall")) ? WORD_EXCHANGE_KIND_RECALL : str_eq(kind, STR("update")) ? WORD_EXCHANGE_KIND_UPDATE
                     : str_eq(kind, STR("replace")) ? WORD_EXCHANGE_KIND_REPLACE : WORD_EXCHANGE_KIND_NEW);
}

static struct str said(const struct web *w, enum word word, struct str one, struct str two)
{
    struct str value[] = {one, two};

    return word_format(w->ctx->arena, w->ctx->lang, word, value, 2);
}

/* How it went: at most one of the two is said. */
static void outcome(const struct web *w, bool is_sent, struct str sent_at, struct str refused, int64_t tries, struct str why, struct str *ret_good, struct str *ret_bad)
{
    *ret_good = *ret_bad = STR("");
    if (is_sent && refused.n)
        *ret_bad = said(w, WORD_EXCHANGE_REFUSED, form_instant(w, sent_at), refused);
    else if (is_sent)
        *ret_good = said(w, WORD_EXCHANGE_ARRIVED, form_instant(w, sent_at), STR(""));
    else if (tries)
        *ret_bad = said(w, WORD_EXCHANGE_TRIED, word_int(w->ctx->arena, w->ctx->lang, tries), why);
}

/* ---- what went ---- */

static struct url list_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/vt/lien-thong");
}

static void rows_put(const struct web *w, struct html_out *o, const struct act_exchange_list *act)
{
    struct view_exchange_out_row *row = ARENA_ARRAY(w->ctx->arena, struct view_exchange_out_row, act->row_count);

    for (size_t i = 0; i < act->row_count; i++) {
        const struct q_exchange_out_list *m = &act->row[i];
        row[i] = (struct view_exchange_out_row){
            .when = form_instant(w, m->made_at), .what = kind_text(w, m->kind, m->code), .page = document_url(w, m->document_id), .code = m->document_code,
            .subject = m->subject, .peer = m->peer_name, .file = URL_PATH(w->ctx->arena, "/vt/lien-thong/%.edxml", form_number(w, m->pos)),
        };
        outcome(w, !m->sent_at_null, m->sent_at_null ? STR("") : m->sent_at, m->refused, m->tries, m->why, &row[i].good, &row[i].bad);
    }
    view_exchange_out_list(o, &(struct view_exchange_out_list){
        .row = row, .row_count = act->row_count,
        .total = said(w, WORD_EXCHANGE_TOTAL, word_int(w->ctx->arena, w->ctx->lang, act->total), STR(""))});
}

static enum err peer_choices(struct web *w, bool by_code, struct form_choice **ret, size_t *ret_count)
{
    struct q_peer_list *peer;
    size_t count, n = 0;
    enum err err = act_peer_list(w->ctx, &peer, &count);

    if (err)
        return err;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++)
        if (!str_eq(peer[i].documents, STR("none")))
            choice[n++] = (struct form_choice){.value = by_code ? peer[i].code : form_number(w, peer[i].id), .label = peer[i].name};
    *ret = choice;
    *ret_count = n;
    return OK;
}

/* Who keeps the connections takes files in; the registry knows none of their codes. */
static enum err take_put(struct web *w, struct html_out *o, bool typed)
{
    struct form_choice *peer;
    size_t count;
    struct form f;
    enum err err = peer_choices(w, true, &peer, &count);

    if (err)
        return err == ERR_FORBIDDEN ? OK : err;
    if (!count)
        return OK;
    form_begin(&f, w, list_url(w), "n-", typed);
    form_add(&f, &(struct form_input){.name = "peer", .kind = FORM_SELECT, .label = WORD_EXCHANGE_LINE, .choice = peer, .choice_count = count});
    form_add(&f, &(struct form_input){.name = "message", .kind = FORM_FILE, .label = WORD_EXCHANGE_FILE, .hint = form_say(w, WORD_EXCHANGE_TAKE_HINT)});
    form_card(o, WORD_EXCHANGE_TAKE, form_end(&f, WORD_EXCHANGE_TAKE));
    return OK;
}

static enum err show(struct web *w, bool typed)
{
    struct act_exchange_list act = {.is_waiting = web_field(w, "cho").n > 0, .before = web_int(w, "truoc", 0, INT64_MAX, 0)};
    struct html_out o = web_out(w), card = web_out(w);
    struct view_form_link link[3];
    size_t links = 0;
    enum err err = act_exchange_list(&act, w->ctx);

    if (err)
        return err;
    link[links++] = act.is_waiting ? (struct view_form_link){list_url(w), form_say(w, WORD_EXCHANGE_ALL), true}
                                   : (struct view_form_link){url_with(w->ctx->arena, list_url(w), "cho", STR("1")), form_say(w, WORD_EXCHANGE_WAITING_ONLY), true};
    if (act.row_count == EXCHANGE_SHOWN)
        link[links++] = (struct view_form_link){url_with_int(w->ctx->arena, list_url(w), "truoc", act.row[act.row_count - 1].pos), form_say(w, WORD_COMMON_MORE), true};
    link[links++] = (struct view_form_link){URL_PATH(w->ctx->arena, "/vt/lien-thong/co-quan"), form_say(w, WORD_EXCHANGE_PARTNERS), true};
    form_head(&o, w, &(struct form_head){.heading = WORD_EXCHANGE_TITLE, .sub = form_say(w, WORD_EXCHANGE_LEAD), .link = link, .link_count = links});
    rows_put(w, &card, &act);
    form_card(&o, act.is_waiting ? WORD_EXCHANGE_WAITING_ONLY : WORD_EXCHANGE_ALL, html_done(&card));
    err = take_put(w, &o, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_EXCHANGE, form_say(w, WORD_EXCHANGE_TITLE), html_done(&o));
}

static enum err list(struct web *w)
{
    return show(w, false);
}

static enum err download(struct web *w)
{
    int64_t pos;
    struct str bytes;
    enum err err = form_part_id(w, 0, &pos);

    if (!err)
        err = act_exchange_message(w->ctx, pos, &bytes);
    if (err)
        return err;
    w->rs->no_store = true;
    return web_file(w, STR("application/xml"), str_format(w->ctx->arena, "van-ban-%lld.edxml", (long long)pos), bytes);
}

static enum err take(struct web *w)
{
    struct document_bytes file;
    struct act_exchange_receive act = {.peer = web_field(w, "peer")};

    web_check_fields(w);
    if (document_upload(w, "message", &file))
        act.bytes = file.bytes;
    else
        problem_add(w->ctx, "message", WORD_DOCUMENT_PROBLEM_FILE_EMPTY, STR(""));
    enum err err = w->ctx->problems.count ? ERR_INVALID : act_exchange_take(&act, w->ctx);
    if (!err && act.refused.n) {
        w->ctx->problems = (struct problems){0};
        problem_add(w->ctx, "message", WORD_EXCHANGE_NOT_TAKEN, act.refused);
        err = ERR_INVALID;
    }
    if (form_is_refused(w, err))
        return show(w, true);
    return err ? err : web_redirect_saying(w, list_url(w), WORD_EXCHANGE_TAKEN, STR(""));
}

/* ---- the agencies ---- */

static struct url partners_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/vt/lien-thong/co-quan");
}

static struct url partner_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/vt/lien-thong/co-quan/%", form_number(w, id));
}

static enum err partner_put(struct web *w, struct html_out *o, const struct q_exchange_partner_by_id *p, bool typed)
{
    struct form_choice *peer;
    size_t count;
    struct form f;
    enum err err = peer_choices(w, false, &peer, &count);

    if (err)
        return err == ERR_FORBIDDEN ? OK : err;
    form_begin(&f, w, p ? partner_url(w, p->id) : partners_url(w), "c-", typed);
    if (!p)
        form_add(&f, &(struct form_input){.name = "organ", .kind = FORM_LINE, .label = WORD_EXCHANGE_ORGAN, .hint = form_say(w, WORD_EXCHANGE_ORGAN_HINT)});
    form_add(&f, &(struct form_input){.name = "name", .kind = FORM_LINE, .label = WORD_COMMON_NAME, .value = p ? p->name : STR("")});
    form_add(&f, &(struct form_input){.name = "peer", .kind = FORM_SELECT, .label = WORD_EXCHANGE_LINE, .hint = form_say(w, WORD_EXCHANGE_LINE_HINT),
                                      .value = p ? form_number(w, p->peer_id) : STR(""), .choice = peer, .choice_count = count});
    form_add(&f, &(struct form_input){.name = "active", .kind = FORM_TICK, .label = WORD_PEER_ACTIVE, .value = !p || p->is_active ? STR("1") : STR("")});
    form_card(o, p ? WORD_EXCHANGE_PARTNER_SAVE : WORD_EXCHANGE_PARTNER_NEW, form_end(&f, WORD_EXCHANGE_PARTNER_SAVE));
    return OK;
}

static void partners_put(const struct web *w, struct html_out *o, const struct act_partner_list *act)
{
    struct view_exchange_partner_row *row = ARENA_ARRAY(w->ctx->arena, struct view_exchange_partner_row, act->row_count);

    for (size_t i = 0; i < act->row_count; i++)
        row[i] = (struct view_exchange_partner_row){partner_url(w, act->row[i].id), act->row[i].organ, act->row[i].name, act->row[i].peer_name, !act->row[i].is_active};
    view_exchange_partner_list(o, &(struct view_exchange_partner_list){
        .row = row, .row_count = act->row_count,
        .total = said(w, WORD_EXCHANGE_COUNT, word_int(w->ctx->arena, w->ctx->lang, act->total), STR(""))});
}

static enum err partners_show(struct web *w, bool typed)
{
    struct act_partner_list act = {.words = web_field(w, "q"), .after = web_field(w, "sau")};
    struct html_out o = web_out(w);
    struct view_form_link link[1];
    size_t links = 0;
    enum err err = act_partner_list(&act, w->ctx);

    if (err)
        return err;
    if (act.row_count == EXCHANGE_SHOWN)
        link[links++] = (struct view_form_link){url_with(w->ctx->arena, url_with(w->ctx->arena, partners_url(w), "q", act.words), "sau", act.row[act.row_count - 1].organ),
                                                form_say(w, WORD_COMMON_MORE), true};
    form_head(&o, w, &(struct form_head){.heading = WORD_EXCHANGE_PARTNERS, .sub = form_say(w, WORD_EXCHANGE_PARTNERS_LEAD), .back = list_url(w),
                                         .back_label = WORD_EXCHANGE_TITLE, .has_back = true, .link = link, .link_count = links});
    partners_put(w, &o, &act);
    err = partner_put(w, &o, NULL, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_EXCHANGE, form_say(w, WORD_EXCHANGE_PARTNERS), html_done(&o));
}

static enum err partners(struct web *w)
{
    return partners_show(w, false);
}

static enum err partner_show(struct web *w, int64_t id, bool typed)
{
    struct q_exchange_partner_by_id p;
    struct html_out o = web_out(w);
    enum err err = act_partner(w->ctx, id, &p);

    if (err)
        return err;
    form_head(&o, w, &(struct form_head){.heading_text = p.name, .sub = p.organ, .back = partners_url(w), .back_label = WORD_EXCHANGE_PARTNERS, .has_back = true});
    err = partner_put(w, &o, &p, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_EXCHANGE, p.name, html_done(&o));
}

static enum err partner(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : partner_show(w, id, false);
}

static enum err partner_save(struct web *w, int64_t id, struct str organ)
{
    struct act_partner_save act = {.id = id, .organ = organ, .name = web_field(w, "name"), .peer = form_id(w, "peer"), .is_active = web_checked(w, "active")};

    web_check_fields(w);
    enum err err = act_partner_save(&act, w->ctx);
    if (form_is_refused(w, err))
        return id ? partner_show(w, id, true) : partners_show(w, true);
    return err ? err : web_redirect_saying(w, partners_url(w), WORD_EXCHANGE_PARTNER_SAID, STR(""));
}

static enum err partner_add(struct web *w)
{
    return partner_save(w, 0, web_field(w, "organ"));
}

static enum err partner_change(struct web *w)
{
    struct q_exchange_partner_by_id p;
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    if (!err)
        err = act_partner(w->ctx, id, &p);
    return err ? err : partner_save(w, id, p.organ);
}

/* ---- the card of a document ---- */

static void signatures_fill(const struct web *w, struct str text, struct view_exchange_came_row *row)
{
    struct json list;
    struct arena *a = w->ctx->arena;

    if (json_parse(a, text, &list, NULL))
        return;
    size_t n = json_length(list);
    struct view_exchange_signature *s = ARENA_ARRAY(a, struct view_exchange_signature, n);
    for (size_t i = 0; i < n; i++) {
        struct json o = json_at(list, i);
        struct str verdict = json_text(o, "verdict"), at = json_text(o, "at");
        bool good = str_eq(verdict, STR("good")), bad = str_eq(verdict, STR("bad"));
        s[i] = (struct view_exchange_signature){
            .who = json_text(o, "who"), .file = json_text(o, "file"), .when = at.n ? form_instant(w, at) : STR(""), .good = good, .bad = bad,
            .verdict = form_say(w, good ? WORD_EXCHANGE_SIGNATURE_GOOD : bad ? WORD_EXCHANGE_SIGNATURE_BAD : WORD_EXCHANGE_SIGNATURE_UNDECIDED)};
    }
    row->signature = s;
    row->signature_count = n;
}

static int64_t lines_of(struct str text)
{
    int64_t n = text.n > 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static void came_fill(const struct web *w, const struct act_exchange_of *act, struct view_exchange_of *v)
{
    struct arena *a = w->ctx->arena;
    struct view_exchange_came_row *row = ARENA_ARRAY(a, struct view_exchange_came_row, act->in_count);

    for (size_t i = 0; i < act->in_count; i++) {
        const struct q_exchange_in_of *in = &act->in[i];
        bool brings = !str_eq(in->kind, STR("recall"));
        row[i] = (struct view_exchange_came_row){
            .what = str_eq(in->kind, STR("new")) ? form_say(w, WORD_EXCHANGE_CAME) : kind_text(w, in->kind, STR("")),
            .peer = said(w, WORD_EXCHANGE_CAME_BY, in->peer_name, STR("")), .when = form_instant(w, in->at), .lines = in->defects,
            .defects = said(w, WORD_EXCHANGE_DEFECTS, word_int(a, w->ctx->lang, lines_of(in->defects)), STR(""))};
        if (brings)
            signatures_fill(w, in->signatures, &row[i]);
        row[i].plain = brings && !row[i].signature_count;
    }
    v->came = row;
    v->came_count = act->in_count;
}

enum err exchange_card(struct web *w, int64_t document, struct html *ret)
{
    struct act_exchange_of act = {.document = document};
    struct html_out o = web_out(w);
    struct view_exchange_of v = {.sent = NULL};
    enum err err = act_exchange_of(&act, w->ctx);

    if (err)
        return err;
    struct view_exchange_sent_row *sent = ARENA_ARRAY(w->ctx->arena, struct view_exchange_sent_row, act.out_count);
    for (size_t i = 0; i < act.out_count; i++) {
        const struct q_exchange_out_of *m = &act.out[i];
        sent[i] = (struct view_exchange_sent_row){.what = kind_text(w, m->kind, m->code), .peer = m->peer_name, .when = form_instant(w, m->made_at)};
        outcome(w, !m->sent_at_null, m->sent_at_null ? STR("") : m->sent_at, m->refused, m->tries, m->why, &sent[i].good, &sent[i].bad);
    }
    v.sent = sent;
    v.sent_count = act.out_count;
    came_fill(w, &act, &v);
    if (act.out_count || act.in_count)
        view_exchange_of(&o, &v);
    *ret = html_done(&o);
    return OK;
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
    struct act_exchange_receive act = {.peer = web_field(w, "peer"), .seal = web_field(w, "seal"), .bytes = http_value(w->rq, "message")};

    web_check_fields(w);
    if (w->ctx->problems.count)
        return answer(w, 422, "error", STR("not such a form"));
    enum err err = act_exchange_receive(&act, w->ctx);
    if (err == ERR_FORBIDDEN)
        return answer(w, 403, "error", STR("unknown peer or wrong seal"));
    if (err)
        return err;
    return act.refused.n ? answer(w, 200, "refused", act.refused) : answer(w, 200, "receipt", act.receipt);
}

const struct web_route ROUTES_EXCHANGE[] = {
    {HTTP_GET, "/vt/lien-thong", WEB_STAFF, LIST_FIELDS, list},
    {HTTP_POST, "/vt/lien-thong", WEB_STAFF, TAKE_FIELDS, take},
    {HTTP_GET, "/vt/lien-thong/{pos}.edxml", WEB_STAFF, NULL, download},
    {HTTP_GET, "/vt/lien-thong/co-quan", WEB_STAFF, PARTNERS_FIELDS, partners},
    {HTTP_POST, "/vt/lien-thong/co-quan", WEB_STAFF, PARTNER_FIELDS, partner_add},
    {HTTP_GET, "/vt/lien-thong/co-quan/{id}", WEB_STAFF, NULL, partner},
    {HTTP_POST, "/vt/lien-thong/co-quan/{id}", WEB_STAFF, PARTNER_FIELDS, partner_change},
    {HTTP_POST, "/api/1/van-ban", WEB_PUBLIC, DOOR_FIELDS, message},
    {.path = NULL},
};
