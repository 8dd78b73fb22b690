/* One certificate: the request, what happened to it, what can be done with it, its papers. */
#include "web/certificate.h"

#include "acts/desk.h"
#include "view_page.h"
#include "view_receipt.h"

enum { WISHES = 6, FACTS_MAX = 18 };

static const char *const PERSON[WISHES] = {"person-1", "person-2", "person-3", "person-4", "person-5", "person-6"};
static const char *const BIRTH[WISHES] = {"birth-1", "birth-2", "birth-3", "birth-4", "birth-5", "birth-6"};
static const char *const ID_NO[WISHES] = {"id_no-1", "id_no-2", "id_no-3", "id_no-4", "id_no-5", "id_no-6"};

#define WISH_FIELDS(n) {.name = "person-" n, .max = 20}, {.name = "birth-" n, .max = 40}, {.name = "id_no-" n, .max = 20}
static const struct http_field ASK_FIELDS[] = {{.name = "don-vi", .max = 20}, {.name = NULL}};
static const struct http_field REQUEST_FIELDS[] = {
    {.name = "don-vi", .max = 20}, {.name = "kind", .max = 4}, {.name = "number", .max = 200}, {.name = "on", .max = 40}, {.name = "note", .max = 4000, .lines = true},
    {.name = "buoc", .max = 8}, WISH_FIELDS("1"), WISH_FIELDS("2"), WISH_FIELDS("3"), WISH_FIELDS("4"), WISH_FIELDS("5"), WISH_FIELDS("6"), {.name = NULL},
};
static const struct http_field CHANGE_FIELDS[] = {
    {.name = "on", .max = 40}, {.name = "number", .max = 200}, {.name = "note", .max = 4000, .lines = true}, {.name = "reason", .max = 4}, {.name = "decision", .max = 4},
    {.name = "purpose", .max = 4}, {.name = "token", .max = 100}, {.name = "is_public", .max = 4}, {.name = "file", .max = CERTIFICATE_FILE_MAX, .file = true},
    {.name = "buoc", .max = 8}, {.name = NULL},
};

/* ---- a request ---- */

static enum err people_choices(struct web *w, int64_t unit, struct form_choice **ret, size_t *ret_count)
{
    struct q_person_list *p;
    size_t count;
    enum err err = act_certificate_people(w->ctx, unit, &p, &count);

    if (err)
        return err;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count + 1);
    choice[0] = (struct form_choice){.value = STR(""), .label = form_say(w, WORD_CERTIFICATE_FORM_CHOOSE)};
    for (size_t i = 0; i < count; i++)
        choice[i + 1] = (struct form_choice){.value = form_number(w, p[i].id),
                                             .label = str_format(w->ctx->arena, "%" PRIstr " – %" PRIstr, STR_ARG(p[i].name), STR_ARG(certificate_place(w, p[i].title, p[i].unit_name)))};
    *ret = choice;
    *ret_count = count + 1;
    return OK;
}

static enum err request_page(struct web *w, bool typed)
{
    struct view_option *unit;
    size_t units, count;
    int64_t here;
    struct form_choice *person, kind[CERTIFICATE_KIND__COUNT - 1];
    struct form f;
    struct html_out o = web_out(w), pick = web_out(w);
    enum err err = certificate_units(w, RIGHT_CERTIFICATE_EDIT, false, &unit, &units, &here);

    if (!err)
        err = people_choices(w, here, &person, &count);
    if (err)
        return err;
    struct str name = STR("");
    for (size_t i = 0; i < units; i++)
        name = str_eq(unit[i].value, form_number(w, here)) ? unit[i].label : name;
    for (int i = CERTIFICATE_PERSON; i < CERTIFICATE_KIND__COUNT; i++)
        kind[i - 1] = (struct form_choice){.value = form_number(w, i), .label = form_say(w, certificate_kind_word((enum certificate_kind)i))};
    view_certificate_unit(&pick, &(struct view_certificate_unit){.action = URL_PATH(w->ctx->arena, "/vt/chung-thu-so/de-nghi"), .unit = unit, .unit_count = units});
    form_head(&o, w, &(struct form_head){.heading = WORD_CERTIFICATE_NEW, .sub = name, .back = certificate_home(w), .back_label = WORD_CERTIFICATE_TITLE, .has_back = true});
    form_begin(&f, w, url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/de-nghi"), "don-vi", here), "d-", typed);
    form_add(&f, &(struct form_input){.name = "kind", .kind = FORM_SELECT, .label = WORD_CERTIFICATE_KIND, .hint = form_say(w, WORD_CERTIFICATE_FORM_KEEPER), .choice = kind,
                                      .choice_count = CERTIFICATE_KIND__COUNT - 1});
    form_add(&f, &(struct form_input){.name = "number", .kind = FORM_LINE, .label = WORD_CERTIFICATE_REQUEST, .optional = true});
    form_beside(&f, &(struct form_input){.name = "on", .kind = FORM_DATE, .label = WORD_CERTIFICATE_ON, .value = web_day(w, ctx_today(w->ctx))});
    for (size_t i = 0; i < WISHES; i++) {
        form_add(&f, &(struct form_input){.name = PERSON[i], .kind = FORM_SELECT, .label = WORD_CERTIFICATE_FORM_PERSON, .hint = i ? STR("") : form_say(w, WORD_CERTIFICATE_FORM_HINT),
                                          .choice = person, .choice_count = count, .optional = i > 0});
        form_beside(&f, &(struct form_input){.name = BIRTH[i], .kind = FORM_DATE, .label = WORD_CERTIFICATE_BIRTH, .optional = true});
        form_beside(&f, &(struct form_input){.name = ID_NO[i], .kind = FORM_LINE, .label = WORD_CERTIFICATE_ID_NO, .optional = true});
    }
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_CERTIFICATE_NOTE, .optional = true});
    if (units > 1)
        form_card(&o, WORD_CERTIFICATE_UNIT, html_done(&pick));
    form_card(&o, WORD_CERTIFICATE_NEW, form_end(&f, WORD_CERTIFICATE_FORM_SAVE));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CERTIFICATE, form_say(w, WORD_CERTIFICATE_NEW), html_done(&o));
}

static enum err request_form(struct web *w)
{
    return request_page(w, false);
}

static enum err request(struct web *w)
{
    struct certificate_wish wish[WISHES];
    struct act_certificate_request act = {.unit = form_id(w, "don-vi"), .kind = (enum certificate_kind)web_int(w, "kind", 1, CERTIFICATE_KIND__COUNT - 1, 1),
                                          .number = web_field(w, "number"), .on = form_need_date(w, "on"), .note = web_field(w, "note"), .wish = wish};

    /* The lines are counted as they stand in the form, so that what is wrong is said beside them. */
    for (size_t i = 0; i < WISHES; i++)
        if (web_field(w, PERSON[i]).n)
            act.wish_count = i + 1;
    for (size_t i = 0; i < act.wish_count; i++)
        wish[i] = (struct certificate_wish){form_id(w, PERSON[i]), form_date(w, BIRTH[i], DATE_NEVER), web_field(w, ID_NO[i])};
    web_check_fields(w);
    enum err err = act.unit ? act_certificate_request(&act, w->ctx) : ERR_FORBIDDEN;
    if (form_is_refused(w, err))
        return request_page(w, true);
    return err ? err : web_redirect_saying(w, certificate_home(w), WORD_CERTIFICATE_SAID_REQUESTED, STR(""));
}

/* ---- papers ---- */

static enum err paper_head_fill(struct web *w, struct str unit, struct str number, struct str on, struct url back, struct view_paper_head *ret)
{
    struct act_site site;
    struct date day;

    w->ctx->lang = LANG_VI; /* its words are of the law */
    enum err err = act_site(&site, w->ctx);
    if (!err && date_parse(on, &day))
        err = ERR_STORE;
    if (err)
        return err;
    struct civil c = date_civil(day);
    struct str part[] = {str_format(w->ctx->arena, "%02d", c.day), str_format(w->ctx->arena, c.month < 3 ? "%02d" : "%d", c.month), str_format(w->ctx->arena, "%d", c.year)};
    *ret = (struct view_paper_head){.agency = site.name, .counter = unit, .phone = STR(""), .number = number, .date = word_format(w->ctx->arena, LANG_VI, WORD_CERTIFICATE_PAPER_DAY, part, 3), .back = back, .pdf = back};
    return OK;
}

static enum err request_paper(struct web *w)
{
    struct q_certificate_of_request *r;
    size_t count;
    int64_t id;
    struct view_paper_head head;
    struct html_out o = web_out(w);
    enum err err = form_part_id(w, 0, &id);

    if (!err)
        err = act_certificate_requested(w->ctx, id, &r, &count);
    if (!err)
        err = paper_head_fill(w, r[0].unit_name, r[0].request_no, r[0].request_on, certificate_home(w), &head);
    if (err)
        return err;
    struct view_certificate_paper_row *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_paper_row, count);
    for (size_t i = 0; i < count; i++)
        row[i] = (struct view_certificate_paper_row){.no = (int64_t)i + 1, .name = r[i].name, .birth = form_day(w, r[i].birth), .id_no = r[i].id_no, .title = r[i].title, .email = r[i].email};
    view_certificate_paper(&o, &(struct view_certificate_paper){.head = &head, .row = row, .row_count = count,
                                                                .basis = word_format(w->ctx->arena, LANG_VI, WORD_CERTIFICATE_PAPER_BASIS, &r[0].unit_name, 1)});
    w->rs->no_store = true;
    return web_paper(w, form_say(w, WORD_CERTIFICATE_PAPER_REQUEST), html_done(&o));
}

static struct str validity(const struct web *w, const struct q_certificate_by_id *c)
{
    struct str value[] = {form_instant(w, c->not_before), form_instant(w, c->not_after)};

    return c->not_before_null ? STR("") : word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_VALIDITY_IS, value, 2);
}

/* The day on which it was handed over, else today: the minutes are printed before they are signed. */
static struct str handed_on(struct web *w, const struct act_certificate *act)
{
    for (size_t i = act->event_count; i-- > 0;)
        if (act->event[i].act == CERTIFICATE_HAND_OVER)
            return act->event[i].on_day;
    return ctx_today_iso(w->ctx);
}

static enum err minutes(struct web *w)
{
    struct act_certificate act = {.id = 0};
    struct view_paper_head head;
    struct html_out o = web_out(w);
    enum err err = form_part_id(w, 0, &act.id);

    if (!err)
        err = act_certificate(&act, w->ctx);
    if (!err && (!act.is_keeper || !act.c.serial.n))
        err = ERR_NOT_FOUND;
    if (!err)
        err = paper_head_fill(w, act.c.unit_name, act.c.minutes_no, handed_on(w, &act), certificate_url(w, act.id), &head);
    if (err)
        return err;
    struct str day = form_day(w, handed_on(w, &act));
    view_certificate_minutes(&o, &(struct view_certificate_minutes){
                                     .head = &head, .text = word_format(w->ctx->arena, LANG_VI, WORD_CERTIFICATE_PAPER_MINUTES_TEXT, &day, 1),
                                     .name = act.c.kind == CERTIFICATE_PERSON || act.c.person_name_null ? act.c.name : act.c.person_name, .title = act.c.title, .unit = act.c.unit_name,
                                     .token = act.c.token, .serial = act.c.serial, .issuer = act.c.issuer, .validity = validity(w, &act.c), .giver = w->ctx->actor.name,
                                 });
    return web_paper(w, form_say(w, WORD_CERTIFICATE_PAPER_MINUTES), html_done(&o));
}

/* ---- one ---- */

static const struct {
    struct str path;
} STEPS[] = {
    [CERTIFICATE_SEND] = {STR_INIT("gui")},       [CERTIFICATE_ISSUE] = {STR_INIT("cap")},      [CERTIFICATE_HAND_OVER] = {STR_INIT("ban-giao")},
    [CERTIFICATE_RECEIVE] = {STR_INIT("nhan")},   [CERTIFICATE_SUSPEND] = {STR_INIT("tam-dung")}, [CERTIFICATE_RESUME] = {STR_INIT("khoi-phuc")},
    [CERTIFICATE_REVOKE] = {STR_INIT("thu-hoi")}, [CERTIFICATE_RETURN] = {STR_INIT("nhan-lai")}, [CERTIFICATE_DROP] = {STR_INIT("thoi")},
    [CERTIFICATE_REVIEW] = {STR_INIT("ra-soat")}, [CERTIFICATE_RENEW] = {STR_INIT("cap-tiep")},
};
_Static_assert(sizeof STEPS / sizeof STEPS[0] == CERTIFICATE_ACT__COUNT, "every step has an address");

/* What comes first on the page: what is urgent, then what goes on, then what ends it. */
static const enum certificate_act ORDER[] = {CERTIFICATE_REVIEW, CERTIFICATE_SEND, CERTIFICATE_ISSUE, CERTIFICATE_HAND_OVER, CERTIFICATE_RECEIVE, CERTIFICATE_RESUME,
                                             CERTIFICATE_RENEW, CERTIFICATE_RETURN, CERTIFICATE_SUSPEND, CERTIFICATE_REVOKE, CERTIFICATE_DROP};

static void issue_inputs(struct web *w, struct form *f)
{
    form_add(f, &(struct form_input){.name = "file", .kind = FORM_FILE, .label = WORD_CERTIFICATE_FILE, .hint = form_say(w, WORD_CERTIFICATE_FILE_HINT)});
    form_add(f, &(struct form_input){.name = "token", .kind = FORM_LINE, .label = WORD_CERTIFICATE_TOKEN});
    form_add(f, &(struct form_input){.name = "is_public", .kind = FORM_TICK, .label = WORD_CERTIFICATE_IS_PUBLIC, .value = STR("1"), .optional = true});
}

static void choice_input(struct web *w, struct form *f, enum certificate_act act)
{
    struct form_choice *c = ARENA_ARRAY(w->ctx->arena, struct form_choice, CERTIFICATE_REASON__COUNT);
    size_t n = 0;

    if (act == CERTIFICATE_REVIEW) {
        for (int i = CERTIFICATE_KEEP; i < CERTIFICATE_DECISION__COUNT; i++)
            c[n++] = (struct form_choice){.value = form_number(w, i), .label = form_say(w, certificate_decision_word((enum certificate_decision)i))};
        form_add(f, &(struct form_input){.name = "decision", .kind = FORM_RADIOS, .label = WORD_CERTIFICATE_DECISION, .choice = c, .choice_count = n});
    } else if (act == CERTIFICATE_RENEW) {
        for (int i = CERTIFICATE_RENEWAL; i < CERTIFICATE_PURPOSE__COUNT; i++)
            c[n++] = (struct form_choice){.value = form_number(w, i), .label = form_say(w, certificate_purpose_word((enum certificate_purpose)i))};
        form_add(f, &(struct form_input){.name = "purpose", .kind = FORM_SELECT, .label = WORD_CERTIFICATE_PURPOSE, .choice = c, .choice_count = n});
    } else if (act == CERTIFICATE_REVOKE || act == CERTIFICATE_SUSPEND) {
        for (int i = CERTIFICATE_LEFT; i < CERTIFICATE_REASON__COUNT; i++)
            c[n++] = (struct form_choice){.value = form_number(w, i), .label = form_say(w, certificate_reason_word((enum certificate_reason)i))};
        form_add(f, &(struct form_input){.name = "reason", .kind = FORM_SELECT, .label = WORD_CERTIFICATE_REASON, .choice = c, .choice_count = n});
    }
}

static void step_card(struct web *w, struct html_out *o, int64_t id, enum certificate_act act, bool typed)
{
    struct form f;

    form_begin(&f, w, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/%/%", form_number(w, id), STEPS[act].path), str_z(w->ctx->arena, STEPS[act].path), typed);
    if (act == CERTIFICATE_ISSUE)
        issue_inputs(w, &f);
    choice_input(w, &f, act);
    form_add(&f, &(struct form_input){.name = "number", .kind = FORM_LINE, .label = act == CERTIFICATE_HAND_OVER ? WORD_CERTIFICATE_MINUTES_NO : WORD_CERTIFICATE_NUMBER, .optional = true});
    form_beside(&f, &(struct form_input){.name = "on", .kind = FORM_DATE, .label = WORD_CERTIFICATE_ON, .value = web_day(w, ctx_today(w->ctx))});
    if (act != CERTIFICATE_ISSUE && act != CERTIFICATE_RENEW)
        form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = act == CERTIFICATE_REVIEW ? WORD_CERTIFICATE_REASON : WORD_CERTIFICATE_NOTE, .optional = act != CERTIFICATE_REVIEW});
    form_card(o, certificate_act_word(act), form_end(&f, certificate_act_word(act)));
}

static struct html cards(struct web *w, const struct act_certificate *act, int typed)
{
    struct html_out o = web_out(w);

    for (size_t i = 0; i < sizeof ORDER / sizeof ORDER[0]; i++)
        if (act->may[ORDER[i]])
            step_card(w, &o, act->id, ORDER[i], typed == (int)ORDER[i]);
    return html_done(&o);
}

struct facts {
    struct web *w;
    struct view_document_fact row[FACTS_MAX];
    size_t count;
};

static void fact_link(struct facts *f, enum word label, struct str text, struct url page, bool linked)
{
    if (text.n && f->count < FACTS_MAX)
        f->row[f->count++] = (struct view_document_fact){.label = form_say(f->w, label), .text = text, .page = page, .linked = linked};
}

static void fact(struct facts *f, enum word label, struct str text)
{
    fact_link(f, label, text, certificate_home(f->w), false);
}

static struct str used_text(const struct web *w, const struct q_certificate_use_of *use)
{
    struct str value[] = {form_number(w, use->n), form_day(w, use->last)};

    return use->n ? word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_USED_IS, value, 2) : STR("");
}

static void facts_fill(struct facts *f, const struct act_certificate *act)
{
    const struct q_certificate_by_id *c = &act->c;
    struct web *w = f->w;

    fact(f, WORD_CERTIFICATE_KIND, form_say(w, certificate_kind_word((enum certificate_kind)c->kind)));
    fact(f, WORD_CERTIFICATE_UNIT, c->unit_now);
    fact(f, WORD_CERTIFICATE_OWNER, c->kind == CERTIFICATE_PERSON || c->person_name_null ? STR("") : c->person_name);
    fact(f, WORD_CERTIFICATE_POSITION, c->title);
    fact(f, WORD_CERTIFICATE_BIRTH, form_day(w, c->birth));
    fact(f, WORD_CERTIFICATE_ID_NO, c->id_no);
    fact(f, WORD_CERTIFICATE_EMAIL, c->email);
    fact(f, WORD_CERTIFICATE_PURPOSE, form_say(w, certificate_purpose_word((enum certificate_purpose)c->purpose)));
    if (!c->replaces_id_null)
        fact_link(f, WORD_CERTIFICATE_REPLACES, form_number(w, c->replaces_id), certificate_url(w, c->replaces_id), true);
    fact(f, WORD_CERTIFICATE_REQUEST, c->request_no);
    fact(f, WORD_CERTIFICATE_SERIAL, c->serial);
    fact(f, WORD_CERTIFICATE_TOKEN, c->token);
    fact(f, WORD_CERTIFICATE_SUBJECT, c->subject);
    fact(f, WORD_CERTIFICATE_ISSUER, c->issuer);
    fact(f, WORD_CERTIFICATE_VALIDITY, validity(w, c));
    fact(f, WORD_CERTIFICATE_ISSUE_NO, c->issue_no);
    fact(f, WORD_CERTIFICATE_USED, used_text(w, &act->use));
    for (size_t i = 0; i < act->replacement_count; i++)
        fact_link(f, WORD_CERTIFICATE_REPLACED_BY, form_say(w, certificate_state_word((enum certificate_state)act->replacement[i].state)),
                  certificate_url(w, act->replacement[i].id), true);
}

static void events_fill(struct web *w, const struct act_certificate *act, struct view_certificate_page *v)
{
    struct view_certificate_event *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_event, act->event_count);

    for (size_t i = 0; i < act->event_count; i++) {
        const struct q_certificate_event_list *e = &act->event[i];
        row[i] = (struct view_certificate_event){
            .what = form_say(w, certificate_act_word((enum certificate_act)e->act)), .day = form_day(w, e->on_day), .document = e->document,
            .reason = e->reason ? form_say(w, certificate_reason_word((enum certificate_reason)e->reason)) : STR(""), .note = e->note,
            .who = e->actor_name_null ? STR("") : e->actor_name, .recorded = form_instant(w, e->at),
        };
    }
    v->event = row;
    v->event_count = act->event_count;
}

static void reviews_fill(struct web *w, const struct act_certificate *act, struct view_certificate_page *v)
{
    struct view_certificate_review *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_review, act->review_count);

    for (size_t i = 0; i < act->review_count; i++) {
        const struct q_certificate_review_of *r = &act->review[i];
        struct str value[] = {form_instant(w, r->opened_at), certificate_place(w, r->before_title, r->before_unit),
                              r->is_active ? certificate_place(w, r->after_title, r->after_unit) : form_say(w, WORD_CERTIFICATE_LEFT)};
        row[i] = (struct view_certificate_review){
            .what = word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_OPEN_SINCE, value, 3), .open = r->closed_at_null,
            .decision = r->closed_at_null ? STR("") : form_say(w, certificate_decision_word((enum certificate_decision)r->decision)),
            .who = r->closed_by_null ? STR("") : r->closed_by, .reason = r->reason,
        };
    }
    v->review = row;
    v->review_count = act->review_count;
}

static enum err show(struct web *w, int64_t id, int typed)
{
    struct act_certificate act = {.id = id};
    struct facts f = {.w = w};
    struct view_certificate_page v = {.fact = f.row};
    struct view_form_link link[2];
    size_t links = 0;
    struct html_out o = web_out(w);
    enum err err = act_certificate(&act, w->ctx);

    if (err)
        return err;
    facts_fill(&f, &act);
    events_fill(w, &act, &v);
    reviews_fill(w, &act, &v);
    v.fact_count = f.count;
    v.badge = certificate_badge(w, act.shown);
    v.acts = cards(w, &act, typed);
    if (act.is_keeper && act.c.id_no.n + act.c.request_no.n > 0)
        link[links++] = (struct view_form_link){URL_PATH(w->ctx->arena, "/vt/chung-thu-so/de-nghi/%", form_number(w, act.c.request_id)), form_say(w, WORD_CERTIFICATE_PRINT_REQUEST), true};
    if (act.is_keeper && act.c.serial.n)
        link[links++] = (struct view_form_link){URL_PATH(w->ctx->arena, "/vt/chung-thu-so/%/bien-ban", form_number(w, id)), form_say(w, WORD_CERTIFICATE_PRINT_MINUTES), true};
    form_head(&o, w, &(struct form_head){.heading_text = act.c.name, .sub = form_say(w, certificate_state_word((enum certificate_state)act.c.state)), .back = certificate_home(w),
                                         .back_label = WORD_CERTIFICATE_TITLE, .has_back = true, .link = link, .link_count = links});
    view_certificate_page(&o, &v);
    if (typed >= 0)
        w->rs->status = 422;
    w->rs->no_store = true;
    return web_staff_page(w, MENU_CERTIFICATE, act.c.name, html_done(&o));
}

static enum err one(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : show(w, id, -1);
}

/* ---- steps ---- */

static enum err refused(struct web *w, int64_t id, enum certificate_refusal why)
{
    struct html_out o = web_out(w);

    view_refusal(&o, &(struct view_refusal){.text = form_say(w, certificate_refusal_word(why)), .basis = certificate_basis(), .back = certificate_url(w, id)});
    w->rs->status = 422;
    return web_staff_page(w, MENU_CERTIFICATE, form_say(w, WORD_PAGE_REFUSED), html_done(&o));
}

static struct str upload(const struct web *w)
{
    for (size_t i = 0; i < w->rq->value_count; i++)
        if (str_eq(str_of(w->rq->value[i].name), STR("file")))
            return w->rq->value[i].text;
    return STR("");
}

static enum err step_do(struct web *w, int64_t id, enum certificate_act what, enum certificate_refusal *why)
{
    struct date on = form_need_date(w, "on");
    enum err err;

    web_check_fields(w);
    if (what == CERTIFICATE_ISSUE) {
        struct act_certificate_issue act = {.id = id, .file = upload(w), .token = web_field(w, "token"), .number = web_field(w, "number"), .on = on,
                                            .is_public_service = web_checked(w, "is_public")};
        err = act_certificate_issue(&act, w->ctx);
        *why = act.why;
    } else if (what == CERTIFICATE_RENEW) {
        struct act_certificate_renew act = {.id = id, .purpose = (enum certificate_purpose)web_int(w, "purpose", CERTIFICATE_RENEWAL, CERTIFICATE_CHANGE, CERTIFICATE_RENEWAL),
                                            .number = web_field(w, "number"), .on = on};
        err = act_certificate_renew(&act, w->ctx);
        *why = act.why;
    } else {
        struct act_certificate_change act = {.id = id, .act = what, .on = on, .reason = (enum certificate_reason)web_int(w, "reason", 0, CERTIFICATE_REASON__COUNT - 1, 0),
                                             .decision = (enum certificate_decision)web_int(w, "decision", 0, CERTIFICATE_DECISION__COUNT - 1, 0),
                                             .number = web_field(w, "number"), .note = web_field(w, "note")};
        err = act_certificate_change(&act, w->ctx);
        *why = act.why;
    }
    return err;
}

static enum err step(struct web *w)
{
    int64_t id;
    int what = 0;
    enum certificate_refusal why = CERTIFICATE_ALLOWED;
    enum err err = form_part_id(w, 0, &id);

    for (int i = CERTIFICATE_SEND; i < CERTIFICATE_ACT__COUNT; i++)
        if (str_eq(STEPS[i].path, w->rq->part[1]))
            what = i;
    if (err || !what)
        return ERR_NOT_FOUND;
    err = step_do(w, id, (enum certificate_act)what, &why);
    if (form_is_refused(w, err))
        return show(w, id, what);
    if (!err && why != CERTIFICATE_ALLOWED)
        return refused(w, id, why);
    return err ? err : web_redirect_saying(w, certificate_url(w, id), WORD_CERTIFICATE_SAID, form_say(w, certificate_act_word((enum certificate_act)what)));
}

const struct web_route ROUTES_CERTIFICATE_PAGE[] = {
    {HTTP_GET, "/vt/chung-thu-so/de-nghi", WEB_STAFF, ASK_FIELDS, request_form},
    {HTTP_POST, "/vt/chung-thu-so/de-nghi", WEB_STAFF, REQUEST_FIELDS, request},
    {HTTP_GET, "/vt/chung-thu-so/de-nghi/{id}", WEB_STAFF, NULL, request_paper},
    {HTTP_GET, "/vt/chung-thu-so/{id}", WEB_STAFF, NULL, one},
    {HTTP_GET, "/vt/chung-thu-so/{id}/bien-ban", WEB_STAFF, NULL, minutes},
    {HTTP_POST, "/vt/chung-thu-so/{id}/{step}", WEB_STAFF, CHANGE_FIELDS, step},
    {.path = NULL},
};
