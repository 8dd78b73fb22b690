/* Roles, grants and delegations on pages; one's own page. */
#include "acts/organisation.h"
#include "web/people.h"
#include "web/url.h"

static const struct http_field GRANT_FIELDS[] = {
    {.name = "role", .max = 80},   {.name = "unit", .max = 20}, {.name = "subtree", .max = 4},
    {.name = "field", .max = 20},  {.name = "valid_from", .max = 20}, {.name = "valid_to", .max = 20},
    {NULL},
};
static const struct http_field DELEGATION_FIELDS[] = {
    {.name = "grant", .max = 20},      {.name = "to", .max = 20}, {.name = "valid_from", .max = 20},
    {.name = "valid_to", .max = 20},   {.name = "reason"},        {NULL},
};
static const struct http_field END_FIELDS[] = {{.name = "valid_to", .max = 20}, {NULL}};
static const struct http_field ROLE_FIELDS[] = {
    {.name = "code", .max = 80}, {.name = "name"}, {.name = "sort_no", .max = 12},
    {.name = "right", .max = 40, .many = true}, {NULL},
};

static struct str validity(const struct web *w, struct str from, struct str to)
{
    struct str value[2] = {form_day(w, from), form_day(w, to)};

    return value[1].n ? word_format(w->ctx->arena, w->ctx->lang, WORD_ORGANISATION_FROM_TO, value, 2)
                      : word_format(w->ctx->arena, w->ctx->lang, WORD_ORGANISATION_FROM_ON, value, 1);
}

static bool is_over(const struct web *w, struct str valid_to)
{
    return str_cmp(valid_to, ctx_today_iso(w->ctx)) < 0;
}

static struct str today_text(const struct web *w)
{
    return date_vietnamese(w->ctx->arena, ctx_today(w->ctx));
}

/* ---- grants ---- */

static struct html grant_table(struct web *w, const struct act_person_view *p)
{
    struct arena *a = w->ctx->arena;
    struct view_grant_row *row = ARENA_ARRAY(a, struct view_grant_row, p->grant_count);
    struct html_out o = web_out(w);

    for (size_t i = 0; i < p->grant_count; i++) {
        const struct q_grant_list *g = &p->grant[i];
        struct str id = form_number(w, g->id);
        row[i] = (struct view_grant_row){
            .role = g->role_name,
            .unit = g->unit_name,
            .below = g->is_subtree,
            .field = g->field_name_null ? STR("") : g->field_name,
            .valid = validity(w, g->valid_from, g->valid_to),
            .ended = is_over(w, g->valid_to),
            .may_end = p->may_grant && !is_over(w, g->valid_to),
            .end_page = URL_PATH(a, "/qt/nguoi-dung/%/quyen/%/thu-hoi", form_number(w, p->id), id),
            .csrf = w->csrf,
            .last_day = today_text(w),
            .id = id,
        };
    }
    view_grant_list(&o, &(struct view_grant_list){row, p->grant_count});
    return html_done(&o);
}

static enum err role_choices(struct web *w, struct form_choice **ret, size_t *ret_count)
{
    struct role_line *line;
    size_t count;
    enum err err = act_role_list(w->ctx, &line, &count);

    if (err)
        return err;
    struct form_choice *c = ARENA_ARRAY(w->ctx->arena, struct form_choice, count + 1);
    c[0] = (struct form_choice){.value = STR_INIT(""), .label = form_say(w, WORD_COMMON_CHOOSE)};
    for (size_t i = 0; i < count; i++)
        c[i + 1] = (struct form_choice){.value = line[i].role.code, .label = line[i].role.name};
    *ret = c;
    *ret_count = count + 1;
    return OK;
}

static enum err field_choices(struct web *w, struct form_choice **ret, size_t *ret_count)
{
    struct q_field_all *row;
    size_t count;
    enum err err = act_field_list(w->ctx, &row, &count);

    if (err)
        return err;
    struct form_choice *c = ARENA_ARRAY(w->ctx->arena, struct form_choice, count + 1);
    c[0] = (struct form_choice){.value = STR_INIT(""), .label = form_say(w, WORD_PEOPLE_EVERY_FIELD)};
    for (size_t i = 0; i < count; i++)
        c[i + 1] = (struct form_choice){.value = form_number(w, row[i].id), .label = row[i].name};
    *ret = c;
    *ret_count = count + 1;
    return OK;
}

static enum err put_grant_form(struct web *w, struct html_out *o, const struct act_person_view *p, bool typed)
{
    struct form_choice *role, *unit, *field;
    size_t role_count, unit_count, field_count;
    struct form f;
    enum err err = role_choices(w, &role, &role_count);

    if (!err)
        err = form_unit_choices(w, &unit, &unit_count);
    if (!err)
        err = field_choices(w, &field, &field_count);
    if (err)
        return err;
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/nguoi-dung/%/quyen", form_number(w, p->id)), "q-", typed);
    form_add(&f, &(struct form_input){.name = "role", .kind = FORM_SELECT, .label = WORD_PEOPLE_ROLE, .choice = role,
                                      .choice_count = role_count});
    form_beside(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_PEOPLE_WHERE,
                                         .choice = unit, .choice_count = unit_count,
                                         .value = form_number(w, p->person.unit_id)});
    form_beside(&f, &(struct form_input){.name = "field", .kind = FORM_SELECT, .label = WORD_PEOPLE_FIELD, .choice = field,
                                         .choice_count = field_count});
    form_add(&f, &(struct form_input){.name = "subtree", .kind = FORM_TICK, .label = WORD_PEOPLE_SUBTREE});
    form_add(&f, &(struct form_input){.name = "valid_from", .kind = FORM_DATE, .label = WORD_PEOPLE_FIRST_DAY,
                                      .value = today_text(w)});
    form_beside(&f, &(struct form_input){.name = "valid_to", .kind = FORM_DATE, .label = WORD_PEOPLE_LAST_DAY,
                                         .optional = true});
    html_put(o, form_end(&f, WORD_PEOPLE_GRANT));
    return OK;
}

enum err person_grants(struct web *w, struct html_out *o, const struct act_person_view *p, enum person_form typed)
{
    struct html_out card = web_out(w);
    enum err err = OK;

    html_put(&card, grant_table(w, p));
    if (p->may_grant && p->person.is_active) {
        view_form_gap(&card, &(struct view_form_gap){form_say(w, WORD_PEOPLE_GRANT_NEW)});
        err = put_grant_form(w, &card, p, typed == PERSON_GRANT);
    }
    if (!err)
        form_card(o, WORD_PEOPLE_GRANTS, html_done(&card));
    return err;
}

static enum err add_grant(struct web *w)
{
    struct act_grant_add act = {
        .role = web_field(w, "role"),
        .unit = form_id(w, "unit"),
        .subtree = web_checked(w, "subtree"),
        .field = form_id(w, "field"),
        .valid_from = form_need_date(w, "valid_from"),
        .valid_to = form_date(w, "valid_to", DATE_NEVER),
    };
    enum err err = form_part_id(w, 0, &act.person);

    if (err)
        return err;
    web_check_fields(w);
    err = act_grant_add(&act, w->ctx);
    if (form_is_refused(w, err))
        return person_page(w, PERSON_GRANT);
    return err ? err : web_redirect_saying(w, person_url(w, act.person), WORD_COMMON_SAVED, STR(""));
}

static enum err end_grant(struct web *w)
{
    struct act_end act = {.valid_to = form_need_date(w, "valid_to")};
    int64_t person;
    enum err err = form_part_id(w, 0, &person);

    if (!err)
        err = form_part_id(w, 1, &act.id);
    if (err)
        return err;
    if (!w->ctx->problems.count)
        err = act_grant_end(&act, w->ctx);
    if (w->ctx->problems.count)
        return person_page(w, PERSON_END);
    return err ? err : web_redirect_saying(w, person_url(w, person), WORD_COMMON_SAVED, STR(""));
}

/* ---- delegations ---- */

static struct html delegation_table(struct web *w, const struct act_person_view *p)
{
    struct arena *a = w->ctx->arena;
    struct view_delegation_row *row = ARENA_ARRAY(a, struct view_delegation_row, p->delegation_count);
    struct html_out o = web_out(w);
    bool own = p->id == w->ctx->actor.id;

    for (size_t i = 0; i < p->delegation_count; i++) {
        const struct q_delegation_list *d = &p->delegation[i];
        struct str id = form_number(w, d->id);
        row[i] = (struct view_delegation_row){
            .what = d->role_name,
            .unit = d->unit_name,
            .who = d->is_from ? d->to_name : d->from_name,
            .valid = validity(w, d->valid_from, d->valid_to),
            .reason = d->reason,
            .is_from = d->is_from,
            .ended = is_over(w, d->valid_to),
            .may_end = !is_over(w, d->valid_to) && ((own && d->is_from) || p->may_grant),
            .end_page = URL_PATH(a, "/qt/nguoi-dung/%/uy-quyen/%/ket-thuc", form_number(w, p->id), id),
            .csrf = w->csrf,
            .last_day = today_text(w),
            .id = id,
        };
    }
    view_delegation_list(&o, &(struct view_delegation_list){row, p->delegation_count});
    return html_done(&o);
}

static enum err colleague_choices(struct web *w, int64_t except, struct form_choice **ret, size_t *ret_count)
{
    struct q_person_list *row;
    size_t count, n = 0;
    struct arena *a = w->ctx->arena;
    enum err err = act_person_choices(w->ctx, &row, &count);

    if (err)
        return err;
    struct form_choice *c = ARENA_ARRAY(a, struct form_choice, count + 1);
    c[n++] = (struct form_choice){.value = STR_INIT(""), .label = form_say(w, WORD_COMMON_CHOOSE)};
    for (size_t i = 0; i < count; i++)
        if (row[i].id != except)
            c[n++] = (struct form_choice){.value = form_number(w, row[i].id),
                                          .label = str_format(a, "%" PRIstr " (%" PRIstr ")", STR_ARG(row[i].name),
                                                              STR_ARG(row[i].unit_name))};
    *ret = c;
    *ret_count = n;
    return OK;
}

/* Grants that still run: role and place. */
static size_t grant_choices(struct web *w, const struct act_person_view *p, struct form_choice *c)
{
    size_t n = 0;

    for (size_t i = 0; i < p->grant_count; i++) {
        const struct q_grant_list *g = &p->grant[i];
        if (is_over(w, g->valid_to))
            continue;
        c[n++] = (struct form_choice){.value = form_number(w, g->id),
                                      .label = str_format(w->ctx->arena, "%" PRIstr ", %" PRIstr, STR_ARG(g->role_name),
                                                          STR_ARG(g->unit_name))};
    }
    return n;
}

static enum err put_delegation_form(struct web *w, struct html_out *o, const struct act_person_view *p, bool typed)
{
    struct form_choice *grant = ARENA_ARRAY(w->ctx->arena, struct form_choice, p->grant_count), *to;
    size_t grant_count = grant_choices(w, p, grant), to_count;
    struct form f;
    enum err err = colleague_choices(w, p->id, &to, &to_count);

    if (err || !grant_count)
        return err;
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/nguoi-dung/%/uy-quyen", form_number(w, p->id)), "y-", typed);
    form_add(&f, &(struct form_input){.name = "grant", .kind = FORM_SELECT, .label = WORD_PEOPLE_WHICH_GRANT,
                                      .choice = grant, .choice_count = grant_count});
    form_beside(&f, &(struct form_input){.name = "to", .kind = FORM_SELECT, .label = WORD_PEOPLE_DELEGATE_TO, .choice = to,
                                         .choice_count = to_count});
    form_add(&f, &(struct form_input){.name = "valid_from", .kind = FORM_DATE, .label = WORD_PEOPLE_FIRST_DAY,
                                      .value = today_text(w)});
    form_beside(&f, &(struct form_input){.name = "valid_to", .kind = FORM_DATE, .label = WORD_PEOPLE_LAST_DAY});
    form_add(&f, &(struct form_input){.name = "reason", .label = WORD_COMMON_REASON,
                                      .hint = form_say(w, WORD_PEOPLE_REASON_HINT)});
    view_form_gap(o, &(struct view_form_gap){form_say(w, WORD_PEOPLE_DELEGATE_NEW)});
    html_put(o, form_end(&f, WORD_PEOPLE_DELEGATE));
    return OK;
}

enum err person_delegations(struct web *w, struct html_out *o, const struct act_person_view *p, enum person_form typed)
{
    struct html_out card = web_out(w);
    enum err err = OK;

    html_put(&card, delegation_table(w, p));
    if (p->id == w->ctx->actor.id || p->may_grant)
        err = put_delegation_form(w, &card, p, typed == PERSON_DELEGATION);
    if (!err)
        form_card(o, WORD_PEOPLE_DELEGATIONS, html_done(&card));
    return err;
}

/* Back to where it was done: one's own page, or that of the person. */
static struct url page_of(const struct web *w, int64_t person)
{
    return person == w->ctx->actor.id ? URL_PATH(w->ctx->arena, "/cb/ca-nhan") : person_url(w, person);
}

static enum err add_delegation(struct web *w)
{
    struct act_delegation_add act = {
        .grant = form_id(w, "grant"),
        .to = form_id(w, "to"),
        .valid_from = form_need_date(w, "valid_from"),
        .valid_to = form_need_date(w, "valid_to"),
        .reason = web_field(w, "reason"),
    };
    int64_t person;
    enum err err = form_part_id(w, 0, &person);

    if (err)
        return err;
    web_check_fields(w);
    err = act_delegation_add(&act, w->ctx);
    if (form_is_refused(w, err))
        return person_page(w, PERSON_DELEGATION);
    return err ? err : web_redirect_saying(w, page_of(w, person), WORD_COMMON_SAVED, STR(""));
}

static enum err end_delegation(struct web *w)
{
    struct act_end act = {.valid_to = form_need_date(w, "valid_to")};
    int64_t person;
    enum err err = form_part_id(w, 0, &person);

    if (!err)
        err = form_part_id(w, 1, &act.id);
    if (err)
        return err;
    if (!w->ctx->problems.count)
        err = act_delegation_end(&act, w->ctx);
    if (w->ctx->problems.count)
        return person_page(w, PERSON_END);
    return err ? err : web_redirect_saying(w, page_of(w, person), WORD_COMMON_SAVED, STR(""));
}

/* ---- one's own page ---- */

static enum err show_own(struct web *w)
{
    struct act_person_view p = {.id = w->ctx->actor.id};
    struct html_out o = web_out(w), password = web_out(w);
    struct form_head head = {.heading_text = w->ctx->actor.name, .sub = form_say(w, WORD_PEOPLE_OWN_SUB)};
    enum err err = act_person_view(&p, w->ctx);

    if (err)
        return err;
    form_head(&o, w, &head);
    p.may_grant = false; /* here one sees and lends what is one's own */
    view_person_own(&password, &(struct view_person_own){URL_PATH(w->ctx->arena, "/cb/mat-khau")});
    form_card(&o, WORD_PEOPLE_PASSWORD, html_done(&password));
    err = person_grants(w, &o, &p, PERSON_NONE);
    if (!err)
        err = person_delegations(w, &o, &p, PERSON_NONE);
    return err ? err : web_staff_page(w, MENU_NONE, form_say(w, WORD_PEOPLE_OWN), html_done(&o));
}

/* ---- roles ---- */

static struct url role_url(const struct web *w, struct str code)
{
    return URL_PATH(w->ctx->arena, "/qt/vai-tro/%", code);
}

static void put_matrix(struct web *w, struct html_out *o, const struct role_line *line, size_t count)
{
    struct arena *a = w->ctx->arena;
    struct view_role_head *head = ARENA_ARRAY(a, struct view_role_head, count);
    struct view_role_row *row = ARENA_ARRAY(a, struct view_role_row, RIGHT__COUNT);

    for (size_t i = 0; i < count; i++)
        head[i] = (struct view_role_head){role_url(w, line[i].role.code), line[i].role.name,
                                          w->right[RIGHT_GRANT_EDIT] && !str_eq(line[i].role.code, ROLE_SYSTEM)};
    for (int r = 0; r < RIGHT__COUNT; r++) {
        struct view_role_cell *cell = ARENA_ARRAY(a, struct view_role_cell, count);
        for (size_t i = 0; i < count; i++)
            cell[i] = (struct view_role_cell){line[i].right[r]};
        row[r] = (struct view_role_row){form_say(w, right_word((enum right)r)), cell, count};
    }
    view_role_matrix(o, &(struct view_role_matrix){head, count, row, RIGHT__COUNT});
}

static enum err show_roles(struct web *w)
{
    struct role_line *line;
    size_t count;
    struct html_out o = web_out(w);
    struct view_form_link add = {URL_PATH(w->ctx->arena, "/qt/vai-tro/moi"), form_say(w, WORD_PEOPLE_ROLE_ADD), false};
    struct form_head head = {.heading = WORD_PEOPLE_ROLES, .sub = form_say(w, WORD_PEOPLE_ROLES_SUB), .link = &add,
                             .link_count = w->right[RIGHT_GRANT_EDIT] ? 1 : 0};
    enum err err = act_role_list(w->ctx, &line, &count);

    if (err)
        return err;
    form_head(&o, w, &head);
    put_matrix(w, &o, line, count);
    return web_staff_page(w, MENU_PEOPLE, form_say(w, WORD_PEOPLE_ROLES), html_done(&o));
}

/* One role, or a new one when `old` is NULL. */
static enum err role_page(struct web *w, const struct role_line *old, size_t role_count)
{
    struct html_out o = web_out(w);
    struct form_choice *right = ARENA_ARRAY(w->ctx->arena, struct form_choice, RIGHT__COUNT);
    struct form f;
    struct form_head head = {.heading = WORD_PEOPLE_ROLE_ADD, .heading_text = old ? old->role.name : STR(""),
                             .back = URL_PATH(w->ctx->arena, "/qt/vai-tro"), .back_label = WORD_PEOPLE_ROLES, .has_back = true};

    for (int r = 0; r < RIGHT__COUNT; r++)
        right[r] = (struct form_choice){.value = right_code((enum right)r), .label = form_say(w, right_word((enum right)r)),
                                        .chosen = old && old->right[r]};
    form_head(&o, w, &head);
    form_begin(&f, w, old ? role_url(w, old->role.code) : URL_PATH(w->ctx->arena, "/qt/vai-tro/moi"), "",
               w->rq->method == HTTP_POST);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_PEOPLE_ROLE_NAME, .value = old ? old->role.name : STR("")});
    if (!old)
        form_beside(&f, &(struct form_input){.name = "code", .label = WORD_PEOPLE_ROLE_CODE});
    form_beside(&f, &(struct form_input){.name = "sort_no", .label = WORD_ORGANISATION_SORT_NO, .optional = true,
                                         .value = form_number(w, old ? old->role.sort_no : (int64_t)role_count + 1)});
    form_add(&f, &(struct form_input){.name = "right", .kind = FORM_TICKS, .label = WORD_PEOPLE_RIGHTS, .choice = right,
                                      .choice_count = RIGHT__COUNT, .hint = form_say(w, WORD_PEOPLE_RIGHTS_HINT)});
    form_card(&o, WORD_PEOPLE_ROLE, form_end(&f, WORD_COMMON_SAVE));
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_PEOPLE, form_say(w, WORD_PEOPLE_ROLES), html_done(&o));
}

/* The role named in the path; *ret NULL for "moi". */
static enum err role_find(struct web *w, const struct role_line **ret, size_t *ret_count)
{
    struct role_line *line;
    size_t count;
    enum err err = act_role_list(w->ctx, &line, &count);

    if (err)
        return err;
    *ret = NULL;
    *ret_count = count;
    if (str_has_suffix(w->rq->path, STR("/vai-tro/moi")))
        return OK;
    for (size_t i = 0; i < count; i++)
        if (str_eq(line[i].role.code, w->rq->part[0]))
            *ret = &line[i];
    return *ret ? OK : ERR_NOT_FOUND;
}

static enum err show_role(struct web *w)
{
    const struct role_line *old;
    size_t count;
    enum err err = role_find(w, &old, &count);

    if (!err)
        err = right_check_any(w->ctx, RIGHT_GRANT_EDIT);
    return err ? err : role_page(w, old, count);
}

static enum err define_role(struct web *w)
{
    const struct role_line *old;
    size_t role_count, count;
    const struct str *text;
    enum right *right = ARENA_ARRAY(w->ctx->arena, enum right, HTTP_FIELDS_MAX);
    enum err err = role_find(w, &old, &role_count);

    if (err)
        return err;
    struct act_role_define act = {
        .code = old ? old->role.code : web_field(w, "code"),
        .name = web_field(w, "name"),
        .sort_no = web_int(w, "sort_no", 0, 1000000, 0),
        .right = right,
    };
    count = http_value_all(w->rq, w->ctx->arena, "right", &text);
    for (size_t i = 0; i < count && i < HTTP_FIELDS_MAX; i++)
        if (right_find(text[i], &right[act.right_count]))
            act.right_count++;
    web_check_fields(w);
    if (!w->ctx->problems.count)
        err = act_role_define(&act, w->ctx);
    if (w->ctx->problems.count)
        return role_page(w, old, role_count);
    return err ? err : web_redirect_saying(w, URL_PATH(w->ctx->arena, "/qt/vai-tro"), WORD_COMMON_SAVED, STR(""));
}

const struct web_route ROUTES_GRANT[] = {
    {HTTP_POST, "/qt/nguoi-dung/{id}/quyen", WEB_STAFF, GRANT_FIELDS, add_grant},
    {HTTP_POST, "/qt/nguoi-dung/{id}/quyen/{grant}/thu-hoi", WEB_STAFF, END_FIELDS, end_grant},
    {HTTP_POST, "/qt/nguoi-dung/{id}/uy-quyen", WEB_STAFF, DELEGATION_FIELDS, add_delegation},
    {HTTP_POST, "/qt/nguoi-dung/{id}/uy-quyen/{delegation}/ket-thuc", WEB_STAFF, END_FIELDS, end_delegation},
    {HTTP_GET, "/qt/vai-tro", WEB_STAFF, NULL, show_roles},
    {HTTP_GET, "/qt/vai-tro/moi", WEB_STAFF, NULL, show_role},
    {HTTP_POST, "/qt/vai-tro/moi", WEB_STAFF, ROLE_FIELDS, define_role},
    {HTTP_GET, "/qt/vai-tro/{code}", WEB_STAFF, NULL, show_role},
    {HTTP_POST, "/qt/vai-tro/{code}", WEB_STAFF, ROLE_FIELDS, define_role},
    {HTTP_GET, "/cb/ca-nhan", WEB_STAFF, NULL, show_own},
    {HTTP_GET, NULL, WEB_STAFF, NULL, NULL},
};
