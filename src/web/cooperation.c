/* The register of cooperation rules. */
#include "acts/cooperation.h"

#include "web/form.h"
#include "web/url.h"

#include "view_cooperation.h"

static const struct http_field FIELDS[] = {
    {.name = "number", .max = 200},     {.name = "title", .max = 600},       {.name = "signed_on", .max = 40},
    {.name = "signer", .max = 600},     {.name = "agencies", .max = 4000, .lines = true},
    {.name = "procedures", .max = 4000, .lines = true},                      {.name = "valid_from", .max = 40},
    {.name = "valid_to", .max = 40},    {.name = "note", .max = 4000, .lines = true}, {.name = NULL},
};

static struct url list_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/qt/quy-che");
}

static struct url rule_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/qt/quy-che/%", form_number(w, id));
}

static enum err form_put(struct web *w, struct html_out *o, const struct q_cooperation_by_id *r, bool typed)
{
    struct form f;

    form_begin(&f, w, r->id ? rule_url(w, r->id) : list_url(w), "q-", typed);
    form_add(&f, &(struct form_input){.name = "number", .kind = FORM_LINE, .label = WORD_COOPERATION_NUMBER, .value = r->number});
    form_beside(&f, &(struct form_input){.name = "signed_on", .kind = FORM_DATE, .label = WORD_COOPERATION_SIGNED_ON,
                                         .value = form_day(w, r->signed_on)});
    form_add(&f, &(struct form_input){.name = "title", .kind = FORM_LINE, .label = WORD_COOPERATION_NAME, .value = r->title});
    form_add(&f, &(struct form_input){.name = "signer", .kind = FORM_LINE, .label = WORD_COOPERATION_SIGNER, .value = r->signer,
                                      .optional = true});
    form_add(&f, &(struct form_input){.name = "agencies", .kind = FORM_LINE, .label = WORD_COOPERATION_AGENCIES,
                                      .hint = form_say(w, WORD_COOPERATION_CODES_HINT), .value = r->agencies});
    form_add(&f, &(struct form_input){.name = "procedures", .kind = FORM_LINE, .label = WORD_COOPERATION_PROCEDURES,
                                      .hint = form_say(w, WORD_COOPERATION_CODES_HINT), .value = r->procedures});
    form_add(&f, &(struct form_input){.name = "valid_from", .kind = FORM_DATE, .label = WORD_COOPERATION_VALID_FROM,
                                      .value = form_day(w, r->valid_from)});
    form_beside(&f, &(struct form_input){.name = "valid_to", .kind = FORM_DATE, .label = WORD_COOPERATION_VALID_TO,
                                         .hint = form_say(w, WORD_COOPERATION_VALID_HINT), .value = form_day(w, r->valid_to),
                                         .optional = true});
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_COMMON_NOTE, .value = r->note, .optional = true});
    form_card(o, r->id ? WORD_COOPERATION_SAVE : WORD_COOPERATION_NEW, form_end(&f, WORD_COOPERATION_SAVE));
    return OK;
}

static enum err list_put(struct web *w, struct html_out *o)
{
    struct q_cooperation_list *rule;
    size_t count;
    struct str today = ctx_today_iso(w->ctx);
    enum err err = act_cooperation_list(w->ctx, &rule, &count);

    if (err)
        return err;
    struct view_cooperation_row *row = ARENA_ARRAY(w->ctx->arena, struct view_cooperation_row, count);
    for (size_t i = 0; i < count; i++) {
        struct str to = form_day(w, rule[i].valid_to);
        row[i] = (struct view_cooperation_row){
            .page = rule_url(w, rule[i].id), .number = rule[i].number, .title = rule[i].title,
            .signed_on = form_day(w, rule[i].signed_on), .signer = rule[i].signer, .agencies = rule[i].agencies,
            .procedures = rule[i].procedures,
            .valid = str_format(w->ctx->arena, "%" PRIstr "%s%" PRIstr, STR_ARG(form_day(w, rule[i].valid_from)),
                                to.n ? " – " : "", STR_ARG(to)),
            .over = str_cmp(rule[i].valid_to, today) < 0,
        };
    }
    view_cooperation_list(o, &(struct view_cooperation_list){.row = row, .row_count = count});
    return OK;
}

static enum err list_page(struct web *w, bool typed)
{
    struct html_out o = web_out(w);
    struct q_cooperation_by_id none = {.number = STR(""), .title = STR(""), .signer = STR(""), .signed_on = STR(""),
                                       .agencies = STR(""), .procedures = STR(""), .valid_from = STR(""), .valid_to = STR(""),
                                       .note = STR("")};

    form_head(&o, w, &(struct form_head){.heading = WORD_COOPERATION_TITLE, .sub = form_say(w, WORD_COOPERATION_LEAD)});
    enum err err = list_put(w, &o);
    if (!err && w->right[RIGHT_CATALOGUE_EDIT])
        err = form_put(w, &o, &none, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_COOPERATION, form_say(w, WORD_COOPERATION_TITLE), html_done(&o));
}

static enum err rule_page(struct web *w, bool typed)
{
    struct html_out o = web_out(w);
    struct q_cooperation_by_id rule;
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    if (!err)
        err = act_cooperation_load(w->ctx, id, &rule);
    if (err)
        return err;
    form_head(&o, w, &(struct form_head){.heading_text = rule.number, .sub = rule.title, .back = list_url(w),
                                         .back_label = WORD_COOPERATION_TITLE, .has_back = true});
    err = form_put(w, &o, &rule, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_COOPERATION, rule.number, html_done(&o));
}

static enum err save(struct web *w, int64_t id)
{
    struct act_cooperation_save act = {
        .id = id, .number = web_field(w, "number"), .title = web_field(w, "title"), .signer = web_field(w, "signer"),
        .signed_on = form_need_date(w, "signed_on"), .valid_from = form_need_date(w, "valid_from"),
        .valid_to = form_date(w, "valid_to", DATE_NEVER), .agencies = web_field(w, "agencies"),
        .procedures = web_field(w, "procedures"), .note = web_field(w, "note"),
    };

    web_check_fields(w);
    enum err err = act_cooperation_save(&act, w->ctx);
    if (form_is_refused(w, err))
        return id ? rule_page(w, true) : list_page(w, true);
    return err ? err : web_redirect_saying(w, list_url(w), WORD_COOPERATION_SAID, STR(""));
}

static enum err list(struct web *w)
{
    return list_page(w, false);
}

static enum err add(struct web *w)
{
    return save(w, 0);
}

static enum err rule(struct web *w)
{
    return rule_page(w, false);
}

static enum err change(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : save(w, id);
}

const struct web_route ROUTES_COOPERATION[] = {
    {HTTP_GET, "/qt/quy-che", WEB_STAFF, NULL, list},
    {HTTP_POST, "/qt/quy-che", WEB_STAFF, FIELDS, add},
    {HTTP_GET, "/qt/quy-che/{id}", WEB_STAFF, NULL, rule},
    {HTTP_POST, "/qt/quy-che/{id}", WEB_STAFF, FIELDS, change},
    {.path = NULL},
};
