/* A draft is written; a document that came on paper is registered. */
#include "web/document.h"

static const struct http_field DRAFT_FIELDS[] = {
    {.name = "unit", .max = 20},      {.name = "type", .max = 64},      {.name = "subject", .max = 1200}, {.name = "addressee", .max = 4000, .lines = true},
    {.name = "body", .max = HTTP_FIELD_MAX, .lines = true},             {.name = "to_act", .max = 20000, .lines = true},
    {.name = "to_know", .max = 20000, .lines = true},                   {.name = "authority", .max = 1200, .lines = true},
    {.name = "signer", .max = 20},    {.name = "urgency", .max = 2},    {.name = "due", .max = 40},       {.name = "copies", .max = 8},
    {.name = "note", .max = 4000, .lines = true},                       {.name = "reply_to", .max = 20},  {.name = "replaces", .max = 20},
    {.name = "dossier", .max = 20},   {.name = "version", .max = 20},   {.name = "buoc", .max = 8},       {.name = NULL},
};
static const struct http_field START_FIELDS[] = {{.name = "tra-loi", .max = 20}, {.name = "thay", .max = 20}, {.name = "ho-so", .max = 20}, {.name = NULL}};
static const struct http_field ARRIVAL_FIELDS[] = {
    {.name = "don-vi", .max = 20},  {.name = "type", .max = 64},       {.name = "subject", .max = 1200}, {.name = "author", .max = 1200},
    {.name = "code", .max = 120},   {.name = "dated_on", .max = 40},   {.name = "arrived_on", .max = 40}, {.name = "signer", .max = 300},
    {.name = "urgency", .max = 2},  {.name = "due", .max = 40},        {.name = "pages", .max = 8},      {.name = "copies", .max = 8},
    {.name = "note", .max = 4000, .lines = true},                      {.name = "electronic", .max = 2}, {.name = "file", .max = HTTP_BODY_MAX, .file = true},
    {.name = "buoc", .max = 8},     {.name = NULL},
};

static struct url draft_url(const struct web *w, int64_t id)
{
    return id ? URL_PATH(w->ctx->arena, "/vb/%/sua", form_number(w, id)) : URL_PATH(w->ctx->arena, "/vb/du-thao");
}

/* What the form begins with: nothing, what is answered or replaced, or the draft as it is. */
struct draft {
    int64_t id, version;
    struct act_document_draft v;
};

static enum err signer_choices(struct web *w, const struct form_choice *unit, size_t unit_count, struct form_choice **ret, size_t *ret_count)
{
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, 500);
    size_t n = 0;

    choice[n++] = (struct form_choice){.value = STR(""), .label = form_say(w, WORD_DOCUMENT_SIGNER_LATER)};
    for (size_t u = 0; u < unit_count; u++) {
        struct q_document_signer_list *s;
        size_t count;
        int64_t id;
        enum err err = str_parse_int(unit[u].value, 1, INT64_MAX, &id);
        if (!err)
            err = act_document_signers(w->ctx, id, &s, &count);
        if (err)
            return err;
        for (size_t i = 0; i < count && n < 500; i++) {
            struct str value = form_number(w, s[i].person_id);
            bool there = false;
            for (size_t k = 0; k < n; k++)
                there |= str_eq(choice[k].value, value);
            if (!there)
                choice[n++] = (struct form_choice){.value = value, .label = str_format(w->ctx->arena, "%" PRIstr " – %" PRIstr, STR_ARG(s[i].name), STR_ARG(s[i].title))};
        }
    }
    *ret = choice;
    *ret_count = n;
    return OK;
}

static enum err unit_choices(struct web *w, struct form_choice **ret, size_t *ret_count)
{
    struct q_document_issuer_above *issuer;
    size_t count;
    enum err err = act_issuers_mine(w->ctx, &issuer, &count);

    if (err)
        return err;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++)
        choice[i] = (struct form_choice){.value = form_number(w, issuer[i].unit_id), .label = issuer[i].name};
    *ret = choice;
    *ret_count = count;
    return count ? OK : ERR_FORBIDDEN;
}

static struct str id_text(const struct web *w, int64_t id)
{
    return id ? form_number(w, id) : STR("");
}

static void links_add(struct form *f, struct web *w, const struct act_document_draft *v)
{
    form_add(f, &(struct form_input){.name = "reply_to", .kind = FORM_LINE, .label = WORD_DOCUMENT_REPLY_TO, .hint = form_say(w, WORD_DOCUMENT_LINK_HINT),
                                     .value = id_text(w, v->reply_to), .optional = true});
    form_beside(f, &(struct form_input){.name = "replaces", .kind = FORM_LINE, .label = WORD_DOCUMENT_REPLACES, .hint = form_say(w, WORD_DOCUMENT_LINK_HINT),
                                        .value = id_text(w, v->replaces), .optional = true});
    form_add(f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_COMMON_NOTE, .value = v->note, .optional = true});
}

static enum err draft_form(struct web *w, struct html_out *o, const struct draft *d, bool typed)
{
    struct form_choice *unit, *signer, *type, *urgency;
    size_t units, signers, types, urgencies;
    struct form f;
    const struct act_document_draft *v = &d->v;
    enum err err = unit_choices(w, &unit, &units);

    if (!err)
        err = signer_choices(w, unit, units, &signer, &signers);
    if (!err)
        err = document_type_choices(w, WORD_DOCUMENT_CHOOSE, &type, &types);
    if (!err)
        err = document_urgency_choices(w, &urgency, &urgencies);
    if (err)
        return err;
    form_begin(&f, w, draft_url(w, d->id), "d-", typed);
    form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_DOCUMENT_UNIT, .value = id_text(w, v->unit), .choice = unit, .choice_count = units});
    form_beside(&f, &(struct form_input){.name = "type", .kind = FORM_SELECT, .label = WORD_DOCUMENT_TYPE, .value = v->type, .choice = type, .choice_count = types});
    form_beside(&f, &(struct form_input){.name = "urgency", .kind = FORM_SELECT, .label = WORD_DOCUMENT_URGENCY, .value = form_number(w, v->urgency), .choice = urgency,
                                         .choice_count = urgencies});
    form_add(&f, &(struct form_input){.name = "subject", .kind = FORM_LINE, .label = WORD_DOCUMENT_SUBJECT, .value = v->subject});
    form_add(&f, &(struct form_input){.name = "addressee", .kind = FORM_AREA, .label = WORD_DOCUMENT_ADDRESSEE, .hint = form_say(w, WORD_DOCUMENT_ADDRESSEE_HINT),
                                      .value = v->addressee, .optional = true});
    form_add(&f, &(struct form_input){.name = "body", .kind = FORM_AREA, .label = WORD_DOCUMENT_BODY, .hint = form_say(w, WORD_DOCUMENT_BODY_HINT), .value = v->body,
                                      .optional = true});
    form_add(&f, &(struct form_input){.name = "to_act", .kind = FORM_AREA, .label = WORD_DOCUMENT_TO_ACT, .hint = form_say(w, WORD_DOCUMENT_TO_HINT), .value = v->to_act,
                                      .optional = true});
    form_add(&f, &(struct form_input){.name = "to_know", .kind = FORM_AREA, .label = WORD_DOCUMENT_TO_KNOW, .value = v->to_know, .optional = true});
    form_add(&f, &(struct form_input){.name = "signer", .kind = FORM_SELECT, .label = WORD_DOCUMENT_SIGNER, .value = id_text(w, v->signer), .choice = signer,
                                      .choice_count = signers, .optional = true});
    form_beside(&f, &(struct form_input){.name = "authority", .kind = FORM_LINE, .label = WORD_DOCUMENT_AUTHORITY, .hint = form_say(w, WORD_DOCUMENT_AUTHORITY_HINT),
                                         .value = v->authority, .optional = true});
    form_add(&f, &(struct form_input){.name = "due", .kind = FORM_DATE, .label = WORD_DOCUMENT_ANSWER_BY, .value = form_day(w, date_iso(w->ctx->arena, v->due)), .optional = true});
    form_beside(&f, &(struct form_input){.name = "copies", .kind = FORM_LINE, .label = WORD_DOCUMENT_COPIES, .value = form_number(w, v->copies), .optional = true});
    links_add(&f, w, v);
    struct html_out hidden = web_out(w);
    view_document_hidden(&hidden, &(struct view_document_hidden){.version = form_number(w, d->version), .dossier = id_text(w, v->dossier)});
    form_note(&f, html_done(&hidden));
    form_card(o, WORD_DOCUMENT_DRAFT, form_end(&f, WORD_DOCUMENT_SAVE));
    return OK;
}

static struct str recipient_lines(struct web *w, const struct act_document *d, const char *purpose)
{
    struct buf b = buf_in(w->ctx->arena);

    for (size_t i = 0; i < d->recipient_count; i++)
        if (str_eq(d->recipient[i].purpose, str_of(purpose)))
            buf_format(&b, "%" PRIstr "\n", STR_ARG(d->recipient[i].name));
    return buf_str(&b);
}

static enum err draft_begin(struct web *w, struct draft *d)
{
    d->v = (struct act_document_draft){.type = STR("cong-van"), .subject = STR(""), .addressee = STR(""), .body = STR(""), .to_act = STR(""), .to_know = STR(""),
                                       .authority = STR(""), .note = STR(""), .due = DATE_NEVER, .copies = 1};
    if (!d->id) {
        struct act_document from = {.id = form_id(w, "tra-loi")};
        d->v.reply_to = from.id;
        d->v.replaces = form_id(w, "thay");
        d->v.dossier = form_id(w, "ho-so");
        enum err err = from.id ? act_document(&from, w->ctx) : OK;
        if (!err && from.id) {
            d->v.to_act = from.d.author;
            d->v.addressee = from.d.author;
        }
        return err;
    }
    struct act_document act = {.id = d->id};
    enum err err = act_document(&act, w->ctx);
    if (err)
        return err;
    const struct q_document_by_id *q = &act.d;
    d->version = q->version;
    d->v.unit = q->unit_id;
    d->v.type = q->type;
    d->v.subject = q->subject;
    d->v.addressee = q->addressee;
    d->v.body = q->body;
    d->v.authority = q->authority;
    d->v.signer = q->signer_id_null ? 0 : q->signer_id;
    d->v.urgency = (enum document_urgency)q->urgency;
    d->v.reply_to = q->reply_to_id_null ? 0 : q->reply_to_id;
    d->v.replaces = q->replaces_id_null ? 0 : q->replaces_id;
    d->v.dossier = q->dossier_id_null ? 0 : q->dossier_id;
    d->v.copies = q->copies;
    d->v.note = q->note;
    d->v.to_act = recipient_lines(w, &act, "act");
    d->v.to_know = recipient_lines(w, &act, "know");
    return date_parse(q->due_on, &d->v.due) ? ERR_STORE : OK;
}

static enum err draft_page(struct web *w, int64_t id, bool typed)
{
    struct html_out o = web_out(w);
    struct draft d = {.id = id};
    enum err err = draft_begin(w, &d);

    form_head(&o, w, &(struct form_head){.heading = WORD_DOCUMENT_DRAFT, .sub = form_say(w, WORD_DOCUMENT_DRAFT_LEAD),
                                         .back = id ? document_url(w, id) : URL_PATH(w->ctx->arena, "/vb/di"), .back_label = WORD_DOCUMENT_OUT, .has_back = true});
    if (!err)
        err = draft_form(w, &o, &d, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_DOCUMENT_OUT, form_say(w, WORD_DOCUMENT_DRAFT), html_done(&o));
}

static enum err draft_save(struct web *w, int64_t id)
{
    struct act_document_draft act = {
        .on = {.id = id, .version = form_id(w, "version")}, .unit = form_id(w, "unit"), .type = web_field(w, "type"), .subject = web_field(w, "subject"),
        .addressee = web_field(w, "addressee"), .body = http_value(w->rq, "body"), .to_act = web_field(w, "to_act"), .to_know = web_field(w, "to_know"),
        .authority = web_field(w, "authority"), .signer = form_id(w, "signer"),
        .urgency = (enum document_urgency)web_int(w, "urgency", 0, URGENCY__COUNT - 1, 0), .due = form_date(w, "due", DATE_NEVER),
        .reply_to = form_id(w, "reply_to"), .replaces = form_id(w, "replaces"), .dossier = form_id(w, "dossier"),
        .copies = web_int(w, "copies", 0, 100000, 1), .note = web_field(w, "note"),
    };

    web_check_fields(w);
    enum err err = act_document_draft(&act, w->ctx);
    if (form_is_refused(w, err))
        return draft_page(w, id, true);
    if (!err && act.on.why != DOCUMENT_ALLOWED)
        return document_refused(w, &act.on, document_url(w, id));
    return err ? err : web_redirect_saying(w, document_url(w, act.on.id), WORD_DOCUMENT_SAID_SAVED, STR(""));
}

static enum err draft_new(struct web *w)
{
    return draft_page(w, 0, false);
}

static enum err draft_add(struct web *w)
{
    return draft_save(w, 0);
}

static enum err draft_one(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : draft_page(w, id, false);
}

static enum err draft_change(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : draft_save(w, id);
}

/* ---- what came on paper ---- */

static enum err arrival_page(struct web *w, bool typed)
{
    struct form_choice *unit, *type, *urgency;
    size_t units, types, urgencies;
    int64_t here;
    struct form f;
    struct html_out o = web_out(w);
    enum err err = document_registry(w, RIGHT_DOCUMENT_REGISTER, &unit, &units, &here);

    if (!err)
        err = document_type_choices(w, WORD_DOCUMENT_CHOOSE, &type, &types);
    if (!err)
        err = document_urgency_choices(w, &urgency, &urgencies);
    if (err)
        return err;
    form_head(&o, w, &(struct form_head){.heading = WORD_DOCUMENT_REGISTER_NEW, .sub = form_say(w, WORD_DOCUMENT_REGISTER_LEAD),
                                         .back = URL_PATH(w->ctx->arena, "/vb/den"), .back_label = WORD_DOCUMENT_IN, .has_back = true});
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/vt/den"), "n-", typed);
    form_add(&f, &(struct form_input){.name = "don-vi", .kind = FORM_SELECT, .label = WORD_DOCUMENT_REGISTER_OF, .value = form_number(w, here), .choice = unit,
                                      .choice_count = units});
    form_beside(&f, &(struct form_input){.name = "arrived_on", .kind = FORM_DATE, .label = WORD_DOCUMENT_ARRIVED, .value = web_day(w, ctx_today(w->ctx))});
    form_add(&f, &(struct form_input){.name = "author", .kind = FORM_LINE, .label = WORD_DOCUMENT_AUTHOR});
    form_beside(&f, &(struct form_input){.name = "code", .kind = FORM_LINE, .label = WORD_DOCUMENT_COL_CODE});
    form_beside(&f, &(struct form_input){.name = "dated_on", .kind = FORM_DATE, .label = WORD_DOCUMENT_DATED, .optional = true});
    form_add(&f, &(struct form_input){.name = "type", .kind = FORM_SELECT, .label = WORD_DOCUMENT_TYPE, .value = STR("cong-van"), .choice = type, .choice_count = types});
    form_beside(&f, &(struct form_input){.name = "urgency", .kind = FORM_SELECT, .label = WORD_DOCUMENT_URGENCY, .value = STR("0"), .choice = urgency,
                                         .choice_count = urgencies});
    form_add(&f, &(struct form_input){.name = "subject", .kind = FORM_LINE, .label = WORD_DOCUMENT_SUBJECT});
    form_add(&f, &(struct form_input){.name = "signer", .kind = FORM_LINE, .label = WORD_DOCUMENT_SIGNER, .optional = true});
    form_beside(&f, &(struct form_input){.name = "due", .kind = FORM_DATE, .label = WORD_DOCUMENT_DUE, .optional = true});
    form_add(&f, &(struct form_input){.name = "pages", .kind = FORM_LINE, .label = WORD_DOCUMENT_PAGES, .optional = true});
    form_beside(&f, &(struct form_input){.name = "copies", .kind = FORM_LINE, .label = WORD_DOCUMENT_COPIES, .value = STR("1"), .optional = true});
    form_add(&f, &(struct form_input){.name = "file", .kind = FORM_FILE, .label = WORD_DOCUMENT_FILE_MAIN, .hint = form_say(w, WORD_DOCUMENT_FILE_HINT), .optional = true});
    form_add(&f, &(struct form_input){.name = "electronic", .kind = FORM_TICK, .label = WORD_DOCUMENT_ELECTRONIC});
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_COMMON_NOTE, .optional = true});
    form_card(&o, WORD_DOCUMENT_REGISTER_NEW, form_end(&f, WORD_DOCUMENT_REGISTER));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_DOCUMENT_IN, form_say(w, WORD_DOCUMENT_REGISTER_NEW), html_done(&o));
}

static enum err arrival_new(struct web *w)
{
    return arrival_page(w, false);
}

static enum err arrival_add(struct web *w)
{
    struct act_document_register_new act = {
        .unit = form_id(w, "don-vi"), .is_electronic = web_checked(w, "electronic"),
        .what = {.type = web_field(w, "type"), .subject = web_field(w, "subject"), .author = web_field(w, "author"), .code = web_field(w, "code"),
                 .dated_on = form_date(w, "dated_on", DATE_NEVER), .signer = web_field(w, "signer"), .signer_title = STR(""),
                 .urgency = (enum document_urgency)web_int(w, "urgency", 0, URGENCY__COUNT - 1, 0), .due = form_date(w, "due", DATE_NEVER),
                 .pages = web_int(w, "pages", 0, 100000, 0), .copies = web_int(w, "copies", 0, 100000, 1), .note = web_field(w, "note")},
    };
    struct document_bytes file;
    struct date arrived = form_need_date(w, "arrived_on");
    const struct zone *zone;

    web_check_fields(w);
    if (document_upload(w, "file", &file)) {
        act.file = &file;
        act.file_count = 1;
    }
    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone))
        return ERR_STORE;
    if (date_cmp(arrived, ctx_today(w->ctx)) != 0)
        act.arrived_at = zone_day_start(zone, arrived);
    enum err err = act_document_register_new(&act, w->ctx);
    if (form_is_refused(w, err))
        return arrival_page(w, true);
    return err ? err : web_redirect_saying(w, document_url(w, act.id), WORD_DOCUMENT_SAID_REGISTERED, form_number(w, act.number));
}

const struct web_route ROUTES_DOCUMENT_DRAFT[] = {
    {HTTP_GET, "/vb/du-thao", WEB_STAFF, START_FIELDS, draft_new},
    {HTTP_POST, "/vb/du-thao", WEB_STAFF, DRAFT_FIELDS, draft_add},
    {HTTP_GET, "/vb/{id}/sua", WEB_STAFF, NULL, draft_one},
    {HTTP_POST, "/vb/{id}/sua", WEB_STAFF, DRAFT_FIELDS, draft_change},
    {HTTP_GET, "/vt/den", WEB_STAFF, NULL, arrival_new},
    {HTTP_POST, "/vt/den", WEB_STAFF, ARRIVAL_FIELDS, arrival_add},
    {.path = NULL},
};
