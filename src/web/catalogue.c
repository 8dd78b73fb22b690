/* The catalogue of procedures: the list, one procedure whole. What is done there:
 * catalogue_change.c; a new version: catalogue_form.c. */
#include "web/catalogue.h"

#include "acts/organisation.h"
#include "acts/people.h"
#include "view_catalogue.h"
#include "web/url.h"

static const struct http_field LIST_FIELDS[] = {{.name = "q", .max = 200}, {.name = "linh-vuc", .max = 80}, {NULL}};
static const struct http_field SHOW_FIELDS[] = {{.name = "ban", .max = 20}, {NULL}};
struct url catalogue_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/qt/thu-tuc");
}

struct url procedure_url(const struct web *w, struct str code)
{
    return URL_PATH(w->ctx->arena, "/qt/thu-tuc/%", code);
}

struct url procedure_page(const struct web *w, struct str code, struct str page)
{
    return URL_PATH(w->ctx->arena, "/qt/thu-tuc/%/%", code, page);
}

static struct str vocabulary(const struct web *w, bool (*find)(struct str, enum word *), struct str code)
{
    enum word known;

    return find(code, &known) ? form_say(w, known) : code;
}

static struct str validity(const struct web *w, struct str from, struct str to)
{
    struct str value[2] = {form_day(w, from), form_day(w, to)};

    return value[1].n ? word_format(w->ctx->arena, w->ctx->lang, WORD_ORGANISATION_FROM_TO, value, 2)
                      : word_format(w->ctx->arena, w->ctx->lang, WORD_ORGANISATION_FROM_ON, value, 1);
}

static struct str limit_text(const struct web *w, int64_t unit, int64_t length)
{
    return web_limit(w, (struct limit){(enum limit_unit)unit, (int)length});
}

static struct str fee_text(const struct web *w, int64_t fee)
{
    return fee ? word_money(w->ctx->arena, w->ctx->lang, fee) : form_say(w, WORD_CATALOGUE_NO_FEE);
}

/* ---- the list ---- */

static struct view_catalogue_row *list_rows(const struct web *w, const struct act_procedure_list *list)
{
    struct view_catalogue_row *row = ARENA_ARRAY(w->ctx->arena, struct view_catalogue_row, list->row_count);

    for (size_t i = 0; i < list->row_count; i++) {
        const struct q_procedure_list *p = &list->row[i];
        row[i] = (struct view_catalogue_row){
            .page = procedure_url(w, p->code),
            .name = p->name,
            .code = p->code,
            .limit = p->limit_unit_null ? STR("") : limit_text(w, p->limit_unit, p->limit_length),
            .fee = p->fee_text_null ? STR("") : p->fee_text,
            .level = vocabulary(w, procedure_level_word, p->level),
            .is_head = i == 0 || !str_eq(p->field_code, list->row[i - 1].field_code),
            .field = p->field_name,
            .missing = p->version_id_null,
        };
    }
    return row;
}

static enum err field_options(struct web *w, struct str chosen, struct view_form_option **ret, size_t *ret_count)
{
    struct q_field_all *row;
    size_t count;
    enum err err = act_field_list(w->ctx, &row, &count);

    if (err)
        return err;
    struct view_form_option *o = ARENA_ARRAY(w->ctx->arena, struct view_form_option, count + 1);
    o[0] = (struct view_form_option){STR(""), form_say(w, WORD_CATALOGUE_ALL_FIELDS), chosen.n == 0};
    for (size_t i = 0; i < count; i++)
        o[i + 1] = (struct view_form_option){row[i].code, row[i].name, str_eq(row[i].code, chosen)};
    *ret = o;
    *ret_count = count + 1;
    return OK;
}

static enum err show_list(struct web *w)
{
    struct act_procedure_list list = {.words = web_field(w, "q"), .field = web_field(w, "linh-vuc")};
    struct view_catalogue_list v = {.search = catalogue_url(w), .words = list.words};
    struct view_form_option *field;
    struct html_out o = web_out(w);
    struct view_form_link add = {URL_PATH(w->ctx->arena, "/qt/thu-tuc/moi"), form_say(w, WORD_CATALOGUE_ADD), false};
    struct form_head head = {.heading = WORD_CATALOGUE_TITLE, .sub = form_say(w, WORD_CATALOGUE_SUB), .link = &add,
                             .link_count = w->right[RIGHT_CATALOGUE_EDIT] ? 1 : 0};
    enum err err = act_procedure_list(&list, w->ctx);

    if (!err)
        err = field_options(w, list.field, &field, &v.field_count);
    if (err)
        return err;
    v.field = field;
    v.count = (int64_t)list.row_count;
    v.row = list_rows(w, &list);
    v.row_count = list.row_count;
    form_head(&o, w, &head);
    view_catalogue_list(&o, &v);
    return web_staff_page(w, MENU_CATALOGUE, form_say(w, WORD_CATALOGUE_TITLE), html_done(&o));
}

/* ---- one procedure ---- */

/* The row of the list of versions for the one that is shown: its dates are those of now. */
static const struct q_version_list *version_shown(const struct act_procedure_view *p)
{
    for (size_t i = 0; p->whole && i < p->version_count; i++)
        if (p->versions[i].id == p->whole->version.id)
            return &p->versions[i];
    return NULL;
}

static struct str decision(const struct web *w, struct str no, struct str on)
{
    struct str value[2] = {no, form_day(w, on)};

    if (!no.n || !value[1].n)
        return no;
    return word_format(w->ctx->arena, w->ctx->lang, WORD_CATALOGUE_DECISION_OF, value, 2);
}

static void put_facts(struct web *w, struct html_out *o, const struct act_procedure_view *p)
{
    struct html_out facts = web_out(w);
    const struct q_version_list *shown = version_shown(p);
    struct view_catalogue_text text[4];
    struct view_catalogue_facts v = {
        .code = p->procedure.code,
        .field = p->procedure.field_name,
        .level = vocabulary(w, procedure_level_word, p->procedure.level),
        .words = p->words,
        .text = text,
    };

    if (!p->in_force)
        v.notice = form_say(w, p->whole ? WORD_CATALOGUE_OTHER_VERSION : WORD_CATALOGUE_NONE_IN_FORCE);
    if (shown) {
        const struct q_version_by_id *ver = &p->whole->version;
        const struct { enum word label; struct str body; } all[] = {
            {WORD_CATALOGUE_SUBJECTS, ver->subjects}, {WORD_CATALOGUE_RESULT, ver->result},
            {WORD_CATALOGUE_REQUIREMENTS, ver->requirements}, {WORD_COMMON_LEGAL_BASIS, ver->legal_basis},
        };
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
            if (all[i].body.n)
                text[v.text_count++] = (struct view_catalogue_text){form_say(w, all[i].label), all[i].body};
        v.version = form_number(w, shown->no);
        v.valid = validity(w, shown->valid_from, shown->valid_to);
        v.decision = decision(w, shown->decision_no, shown->decision_on);
        v.online = vocabulary(w, procedure_online_word, ver->online_level);
        v.by_post = ver->by_post;
    }
    view_catalogue_facts(&facts, &v);
    form_card(o, WORD_CATALOGUE_FACTS, html_done(&facts));
}

static size_t papers_of(const struct procedure_whole *p, int64_t no, struct view_catalogue_paper *paper)
{
    size_t n = 0;

    for (size_t i = 0; i < p->paper_count; i++)
        if (p->paper[i].case_no == no)
            paper[n++] = (struct view_catalogue_paper){p->paper[i].name, p->paper[i].originals, p->paper[i].copies,
                                                       !p->paper[i].is_required};
    return n;
}

static void put_cases(struct web *w, struct html_out *o, const struct procedure_whole *p)
{
    struct arena *a = w->ctx->arena;
    struct view_catalogue_case *row = ARENA_ARRAY(a, struct view_catalogue_case, p->case_count);
    struct html_out cases = web_out(w);

    for (size_t i = 0; i < p->case_count; i++) {
        const struct q_case_list *c = &p->cases[i];
        struct view_catalogue_paper *paper = ARENA_ARRAY(a, struct view_catalogue_paper, p->paper_count);
        row[i] = (struct view_catalogue_case){
            .name = c->name,
            .limit = limit_text(w, c->limit_unit, c->limit_length),
            .fee = fee_text(w, c->fee),
            .fee_text = c->fee_text,
            .paper = paper,
            .paper_count = papers_of(p, c->no, paper),
        };
    }
    view_catalogue_cases(&cases, &(struct view_catalogue_cases){row, p->case_count});
    form_card(o, WORD_CATALOGUE_CASES, html_done(&cases));
}

/* A budget as days where it is whole days, else hours or minutes. */
static struct str budget_text(const struct web *w, int64_t minutes)
{
    enum word unit = WORD_COMMON_MINUTES;
    int64_t n = minutes;

    if (minutes && minutes % DAY_MINUTES == 0) {
        unit = WORD_COMMON_DAYS_WORK;
        n = minutes / DAY_MINUTES;
    } else if (minutes && minutes % 60 == 0) {
        unit = WORD_COMMON_HOURS;
        n = minutes / 60;
    }
    struct str value = word_int(w->ctx->arena, w->ctx->lang, n);
    return word_format(w->ctx->arena, w->ctx->lang, unit, &value, 1);
}

struct str catalogue_role_name(const struct role_line *role, size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(role[i].role.code, code))
            return role[i].role.name;
    return code;
}

struct str catalogue_place_name(const struct web *w, const struct act_unit_tree *tree, struct str place)
{
    if (str_eq(place, STR("counter")))
        return form_say(w, WORD_CATALOGUE_AT_COUNTER);
    if (str_eq(place, STR("leader")))
        return form_say(w, WORD_CATALOGUE_AT_LEADER);
    for (size_t i = 0; i < tree->line_count; i++)
        if (str_eq(tree->line[i].u.code, place))
            return tree->line[i].u.name;
    return place;
}

static enum err put_steps(struct web *w, struct html_out *o, const struct procedure_whole *p)
{
    struct view_catalogue_step *row = ARENA_ARRAY(w->ctx->arena, struct view_catalogue_step, p->step_count);
    struct act_unit_tree tree = {.day = ctx_today(w->ctx)};
    struct role_line *role;
    size_t role_count;
    struct html_out steps = web_out(w);
    int64_t total = 0;
    enum err err = act_role_list(w->ctx, &role, &role_count);

    if (!err)
        err = act_unit_tree(&tree, w->ctx);
    if (err)
        return err;
    for (size_t i = 0; i < p->step_count; i++) {
        const struct q_step_list *s = &p->step[i];
        row[i] = (struct view_catalogue_step){s->no, s->name, s->code, catalogue_role_name(role, role_count, s->role),
                                              catalogue_place_name(w, &tree, s->place), budget_text(w, s->minutes)};
        total += s->minutes;
    }
    view_catalogue_steps(&steps, &(struct view_catalogue_steps){budget_text(w, total), row, p->step_count});
    form_card(o, WORD_CATALOGUE_STEPS, html_done(&steps));
    return OK;
}

bool catalogue_stands(const struct act_unit_tree *tree, int64_t unit)
{
    for (size_t i = 0; i < tree->line_count; i++)
        if (tree->line[i].u.id == unit)
            return true;
    return false;
}

/* Units that have ended still stand in the store, for what they received. */
static enum err put_units(struct web *w, struct html_out *o, const struct act_procedure_view *p)
{
    struct view_catalogue_unit *row = ARENA_ARRAY(w->ctx->arena, struct view_catalogue_unit, p->unit_count);
    struct act_unit_tree today = {.day = ctx_today(w->ctx)};
    struct html_out units = web_out(w);
    size_t n = 0;
    enum err err = act_unit_tree(&today, w->ctx);

    if (err)
        return err;
    for (size_t i = 0; i < p->unit_count; i++)
        if (catalogue_stands(&today, p->unit[i].id))
            row[n++] = (struct view_catalogue_unit){
                URL_PATH(w->ctx->arena, "/qt/don-vi/%", form_number(w, p->unit[i].id)), p->unit[i].name};
    view_catalogue_units(&units, &(struct view_catalogue_units){procedure_page(w, p->procedure.code, STR("don-vi")),
                                                                p->may_edit, row, n});
    form_card(o, WORD_CATALOGUE_UNITS, html_done(&units));
    return OK;
}

static struct html posting_table(struct web *w, const struct act_procedure_view *p)
{
    struct arena *a = w->ctx->arena;
    struct view_catalogue_posting *row = ARENA_ARRAY(a, struct view_catalogue_posting, p->posting_count);
    struct html_out o = web_out(w);

    for (size_t i = 0; i < p->posting_count; i++) {
        const struct q_posting_list *post = &p->posting[i];
        struct str id = form_number(w, post->id);
        row[i] = (struct view_catalogue_posting){
            .unit = post->unit_name,
            .form = vocabulary(w, procedure_posting_word, post->form),
            .version = form_number(w, post->version_no),
            .posted = form_day(w, post->posted_on),
            .removed = form_day(w, post->removed_on),
            .may_remove = p->may_edit,
            .page = URL_PATH(a, "/qt/thu-tuc/%/niem-yet/%/go", p->procedure.code, id),
            .csrf = w->csrf,
            .today = date_vietnamese(a, ctx_today(w->ctx)),
            .id = id,
        };
    }
    view_catalogue_postings(&o, &(struct view_catalogue_postings){row, p->posting_count});
    return html_done(&o);
}

static enum err put_postings(struct web *w, struct html_out *o, const struct act_procedure_view *p, bool typed)
{
    static const struct str forms[] = {STR_INIT("board"), STR_INIT("kiosk"), STR_INIT("qr"), STR_INIT("site")};
    struct html_out card = web_out(w);
    struct form_choice form[4], *unit;
    size_t unit_count;
    struct form f;

    html_put(&card, posting_table(w, p));
    if (p->may_edit && p->whole) {
        enum err err = form_unit_choices(w, &unit, &unit_count);
        if (err)
            return err;
        for (size_t i = 0; i < 4; i++)
            form[i] = (struct form_choice){.value = forms[i], .label = vocabulary(w, procedure_posting_word, forms[i])};
        struct url action = procedure_page(w, p->procedure.code, STR("niem-yet"));
        form_begin(&f, w, url_with_int(w->ctx->arena, action, "version", p->whole->version.id), "n-", typed);
        form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_CATALOGUE_WHERE, .choice = unit,
                                          .choice_count = unit_count});
        form_beside(&f, &(struct form_input){.name = "form", .kind = FORM_SELECT, .label = WORD_CATALOGUE_FORM,
                                             .choice = form, .choice_count = 4});
        form_beside(&f, &(struct form_input){.name = "posted_on", .kind = FORM_DATE, .label = WORD_CATALOGUE_POSTED_ON,
                                             .value = date_vietnamese(w->ctx->arena, ctx_today(w->ctx))});
        view_form_gap(&card, &(struct view_form_gap){form_say(w, WORD_CATALOGUE_POST_NEW)});
        html_put(&card, form_end(&f, WORD_CATALOGUE_POST));
    }
    form_card(o, WORD_CATALOGUE_POSTINGS, html_done(&card));
    return OK;
}

static void put_versions(struct web *w, struct html_out *o, const struct act_procedure_view *p)
{
    struct view_catalogue_version *row = ARENA_ARRAY(w->ctx->arena, struct view_catalogue_version, p->version_count);
    const struct q_version_list *shown = version_shown(p);
    struct html_out versions = web_out(w);

    for (size_t i = 0; i < p->version_count; i++) {
        const struct q_version_list *v = &p->versions[i];
        row[i] = (struct view_catalogue_version){
            .page = url_with_int(w->ctx->arena, procedure_url(w, p->procedure.code), "ban", v->id),
            .no = form_number(w, v->no),
            .name = v->name,
            .valid = validity(w, v->valid_from, v->valid_to),
            .decision = decision(w, v->decision_no, v->decision_on),
            .here = v == shown,
        };
    }
    view_catalogue_versions(&versions, &(struct view_catalogue_versions){row, p->version_count});
    form_card(o, WORD_CATALOGUE_VERSIONS, html_done(&versions));
}

static void put_repeal(struct web *w, struct html_out *o, const struct act_procedure_view *p, bool typed)
{
    struct form f;

    form_begin(&f, w, procedure_page(w, p->procedure.code, STR("bai-bo")), "b-", typed);
    form_add(&f, &(struct form_input){.name = "last_day", .kind = FORM_DATE, .label = WORD_CATALOGUE_LAST_DAY,
                                      .hint = form_say(w, WORD_COMMON_DATE_HINT)});
    form_beside(&f, &(struct form_input){.name = "decision_no", .label = WORD_CATALOGUE_DECISION, .optional = true});
    form_card(o, WORD_CATALOGUE_REPEAL, form_end(&f, WORD_CATALOGUE_REPEAL_DO));
}

enum err catalogue_page(struct web *w, enum catalogue_typed typed)
{
    struct act_procedure_view p = {.code = w->rq->part[0], .version = web_int(w, "ban", 1, INT64_MAX, 0)};
    struct html_out o = web_out(w);
    enum err err = act_procedure_view(&p, w->ctx);

    if (err)
        return err;
    struct view_form_link link = {procedure_page(w, p.procedure.code, STR("phien-ban-moi")),
                                  form_say(w, WORD_CATALOGUE_NEW_VERSION), false};
    struct form_head head = {.heading_text = p.whole ? p.whole->version.name : p.procedure.name, .back = catalogue_url(w),
                             .back_label = WORD_CATALOGUE_TITLE, .has_back = true, .link = &link,
                             .link_count = p.may_edit ? 1 : 0};
    form_head(&o, w, &head);
    put_facts(w, &o, &p);
    if (p.whole) {
        put_cases(w, &o, p.whole);
        err = put_steps(w, &o, p.whole);
    }
    if (!err)
        err = put_units(w, &o, &p);
    if (!err)
        err = put_postings(w, &o, &p, typed == CATALOGUE_TYPED_POST);
    if (err)
        return err;
    put_versions(w, &o, &p);
    if (p.may_edit && p.version_count)
        put_repeal(w, &o, &p, typed == CATALOGUE_TYPED_REPEAL);
    if (typed != CATALOGUE_TYPED_NONE)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CATALOGUE, p.procedure.name, html_done(&o));
}

static enum err show(struct web *w)
{
    return catalogue_page(w, CATALOGUE_TYPED_NONE);
}

const struct web_route ROUTES_CATALOGUE[] = {
    {HTTP_GET, "/qt/thu-tuc", WEB_STAFF, LIST_FIELDS, show_list},
    {HTTP_GET, "/qt/thu-tuc/moi", WEB_STAFF, NULL, catalogue_show_new},
    {HTTP_POST, "/qt/thu-tuc/moi", WEB_STAFF, CATALOGUE_NEW_FIELDS, catalogue_add},
    {HTTP_GET, "/qt/thu-tuc/{code}", WEB_STAFF, SHOW_FIELDS, show},
    {HTTP_GET, "/qt/thu-tuc/{code}/phien-ban-moi", WEB_STAFF, NULL, catalogue_show_version_form},
    {HTTP_POST, "/qt/thu-tuc/{code}/phien-ban-moi", WEB_STAFF, CATALOGUE_VERSION_FIELDS, catalogue_publish},
    {HTTP_POST, "/qt/thu-tuc/{code}/bai-bo", WEB_STAFF, CATALOGUE_REPEAL_FIELDS, catalogue_repeal},
    {HTTP_GET, "/qt/thu-tuc/{code}/don-vi", WEB_STAFF, NULL, catalogue_show_units},
    {HTTP_POST, "/qt/thu-tuc/{code}/don-vi", WEB_STAFF, CATALOGUE_UNITS_FIELDS, catalogue_set_units},
    {HTTP_POST, "/qt/thu-tuc/{code}/niem-yet", WEB_STAFF, CATALOGUE_POST_FIELDS, catalogue_post},
    {HTTP_POST, "/qt/thu-tuc/{code}/niem-yet/{posting}/go", WEB_STAFF, CATALOGUE_UNPOST_FIELDS, catalogue_unpost},
    {HTTP_GET, NULL, WEB_STAFF, NULL, NULL},
};
