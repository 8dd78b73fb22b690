/* People: the list, a new one, one's page. */
#include "acts/people.h"

#include "acts/session.h"
#include "base/text.h"
#include "web/people.h"
#include "web/url.h"

static const struct http_field LIST_FIELDS[] = {{.name = "don-vi", .max = 20}, {.name = "q", .max = 200}, {NULL}};
static const struct http_field PERSON_FIELDS[] = {
    {.name = "login", .max = 80}, {.name = "name"},          {.name = "title"},
    {.name = "unit", .max = 20},  {.name = "email"},         {.name = "phone", .max = 80},
    {.name = "active", .max = 4}, {.name = "version", .max = 20}, {NULL},
};
static const struct http_field PASSWORD_FIELDS[] = {{.name = "fresh", .max = 200}, {NULL}};

struct url person_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/qt/nguoi-dung/%", form_number(w, id));
}

static struct url list_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/qt/nguoi-dung");
}

/* ---- the list ---- */

/* Every word typed must stand somewhere in name, login or title. */
static bool is_found(struct arena *a, const struct q_person_list_of *p, struct str folded)
{
    struct str text = text_fold(a, str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(p->name),
                                              STR_ARG(p->login), STR_ARG(p->title)));
    struct str rest = folded, word;

    while (str_split(&rest, ' ', &word))
        if (str_find(text, word) == STR_NONE)
            return false;
    return true;
}

static size_t list_rows(const struct web *w, const struct act_person_list *list, struct str words,
                        struct view_person_row *row)
{
    struct arena *a = w->ctx->arena;
    struct str folded = text_fold(a, words);
    size_t n = 0;

    for (size_t i = 0; i < list->row_count; i++) {
        const struct q_person_list_of *p = &list->row[i];
        if (is_found(a, p, folded))
            row[n++] = (struct view_person_row){person_url(w, p->id), p->name, p->title, p->login, p->unit_name,
                                                !p->is_active};
    }
    return n;
}

static enum err unit_options(struct web *w, struct str chosen, struct view_form_option **ret, size_t *ret_count)
{
    struct form_choice *unit;
    size_t count;
    enum err err = form_unit_choices(w, &unit, &count);

    if (err)
        return err;
    struct view_form_option *o = ARENA_ARRAY(w->ctx->arena, struct view_form_option, count);
    for (size_t i = 0; i < count; i++)
        o[i] = (struct view_form_option){unit[i].value, i ? unit[i].label : form_say(w, WORD_PEOPLE_ALL_UNITS),
                                         str_eq(unit[i].value, chosen)};
    *ret = o;
    *ret_count = count;
    return OK;
}

static enum err show_list(struct web *w)
{
    struct act_person_list list = {.unit = web_int(w, "don-vi", 0, INT64_MAX, 0)};
    struct view_person_list v = {.search = list_url(w), .words = web_field(w, "q")};
    struct view_form_option *option;
    struct html_out o = web_out(w);
    enum err err = act_person_list(&list, w->ctx);

    if (!err)
        err = unit_options(w, web_field(w, "don-vi"), &option, &v.unit_count);
    if (err)
        return err;
    struct view_person_row *row = ARENA_ARRAY(w->ctx->arena, struct view_person_row, list.row_count);
    v.unit = option;
    v.row = row;
    v.row_count = list_rows(w, &list, v.words, row);
    v.count = (int64_t)v.row_count;
    struct view_form_link link[2] = {
        {URL_PATH(w->ctx->arena, "/qt/nguoi-dung/moi"), form_say(w, WORD_PEOPLE_ADD), false},
        {URL_PATH(w->ctx->arena, "/qt/vai-tro"), form_say(w, WORD_PEOPLE_ROLES), true},
    };
    size_t first = w->right[RIGHT_PERSON_EDIT] ? 0 : 1;
    struct form_head head = {.heading = WORD_PEOPLE_TITLE, .sub = form_say(w, WORD_PEOPLE_SUB), .link = link + first,
                             .link_count = 2 - first};
    form_head(&o, w, &head);
    view_person_list(&o, &v);
    return web_staff_page(w, MENU_PEOPLE, form_say(w, WORD_PEOPLE_TITLE), html_done(&o));
}

/* ---- a new one ---- */

static enum err new_page(struct web *w)
{
    struct html_out o = web_out(w);
    struct form_choice *unit;
    size_t unit_count;
    struct form f;
    struct form_head head = {.heading = WORD_PEOPLE_ADD, .back = list_url(w), .back_label = WORD_PEOPLE_TITLE,
                             .has_back = true};
    enum err err = right_check_any(w->ctx, RIGHT_PERSON_EDIT);

    if (!err)
        err = form_unit_choices(w, &unit, &unit_count);
    if (err)
        return err;
    form_head(&o, w, &head);
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/nguoi-dung/moi"), "", w->rq->method == HTTP_POST);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_COMMON_PERSON_NAME});
    form_beside(&f, &(struct form_input){.name = "title", .label = WORD_PEOPLE_JOB, .optional = true});
    form_add(&f, &(struct form_input){.name = "login", .label = WORD_PEOPLE_LOGIN,
                                      .hint = form_say(w, WORD_PEOPLE_LOGIN_HINT)});
    form_beside(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_COMMON_UNIT, .choice = unit,
                                         .choice_count = unit_count});
    form_add(&f, &(struct form_input){.name = "email", .label = WORD_COMMON_EMAIL, .optional = true});
    form_beside(&f, &(struct form_input){.name = "phone", .label = WORD_COMMON_PHONE, .optional = true});
    form_card(&o, WORD_PEOPLE_FACTS, form_end(&f, WORD_COMMON_SAVE));
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_PEOPLE, form_say(w, WORD_PEOPLE_ADD), html_done(&o));
}

static enum err add_person(struct web *w)
{
    struct act_person_add act = {
        .login = web_field(w, "login"),
        .name = web_field(w, "name"),
        .title = web_field(w, "title"),
        .email = web_field(w, "email"),
        .phone = web_field(w, "phone"),
        .unit = form_id(w, "unit"),
    };

    web_check_fields(w);
    enum err err = act_person_add(&act, w->ctx);
    if (form_is_refused(w, err))
        return new_page(w);
    return err ? err : web_redirect_saying(w, person_url(w, act.id), WORD_PEOPLE_ADDED, STR(""));
}

/* ---- one person ---- */

static void put_facts(struct web *w, struct html_out *o, const struct act_person_view *p)
{
    struct html_out facts = web_out(w);

    view_person_facts(&facts, &(struct view_person_facts){
                                  .login = p->person.login,
                                  .title = p->person.title,
                                  .unit = p->unit_name,
                                  .unit_page = URL_PATH(w->ctx->arena, "/qt/don-vi/%", form_number(w, p->person.unit_id)),
                                  .email = p->person.email,
                                  .phone = p->person.phone,
                                  .inactive = !p->person.is_active,
                                  .is_system = p->is_system,
                              });
    form_card(o, WORD_PEOPLE_FACTS, html_done(&facts));
}

static enum err put_change(struct web *w, struct html_out *o, const struct act_person_view *p, bool typed)
{
    struct form_choice *unit;
    size_t unit_count;
    struct form f;
    enum err err = form_unit_choices(w, &unit, &unit_count);

    if (err)
        return err;
    form_begin(&f, w, url_with_int(w->ctx->arena, person_url(w, p->id), "version", p->person.version), "c-", typed);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_COMMON_PERSON_NAME, .value = p->person.name});
    form_beside(&f, &(struct form_input){.name = "title", .label = WORD_PEOPLE_JOB, .value = p->person.title,
                                         .optional = true});
    form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_COMMON_UNIT, .choice = unit,
                                      .choice_count = unit_count, .value = form_number(w, p->person.unit_id)});
    form_add(&f, &(struct form_input){.name = "email", .label = WORD_COMMON_EMAIL, .value = p->person.email,
                                      .optional = true});
    form_beside(&f, &(struct form_input){.name = "phone", .label = WORD_COMMON_PHONE, .value = p->person.phone,
                                         .optional = true});
    form_add(&f, &(struct form_input){.name = "active", .kind = FORM_TICK, .label = WORD_PEOPLE_ACTIVE,
                                      .hint = form_say(w, WORD_PEOPLE_ACTIVE_HINT),
                                      .value = p->person.is_active ? STR("1") : STR("")});
    form_card(o, WORD_PEOPLE_CHANGE, form_end(&f, WORD_COMMON_SAVE));
    return OK;
}

static void put_password(struct web *w, struct html_out *o, const struct act_person_view *p, bool typed)
{
    struct form f;

    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/nguoi-dung/%/mat-khau", form_number(w, p->id)), "m-", typed);
    form_add(&f, &(struct form_input){.name = "fresh", .kind = FORM_PASSWORD, .label = WORD_PEOPLE_FRESH_PASSWORD,
                                      .hint = form_say(w, WORD_PEOPLE_PASSWORD_HINT)});
    form_card(o, WORD_PEOPLE_RESET_PASSWORD, form_end(&f, WORD_PEOPLE_SET_PASSWORD));
}

enum err person_page(struct web *w, enum person_form typed)
{
    struct act_person_view p = {.id = 0};
    struct html_out o = web_out(w);
    enum err err = form_part_id(w, 0, &p.id);

    if (!err)
        err = act_person_view(&p, w->ctx);
    if (err)
        return err;
    struct form_head head = {.heading_text = p.person.name, .sub = p.person.title, .back = list_url(w),
                             .back_label = WORD_PEOPLE_TITLE, .has_back = true};
    form_head(&o, w, &head);
    put_facts(w, &o, &p);
    err = person_grants(w, &o, &p, typed);
    if (!err)
        err = person_delegations(w, &o, &p, typed);
    if (!err && p.may_edit)
        err = put_change(w, &o, &p, typed == PERSON_CHANGE);
    if (err)
        return err;
    if (p.may_edit && p.id != w->ctx->actor.id)
        put_password(w, &o, &p, typed == PERSON_PASSWORD);
    if (typed != PERSON_NONE)
        w->rs->status = 422;
    return web_staff_page(w, MENU_PEOPLE, p.person.name, html_done(&o));
}

static enum err show_person(struct web *w)
{
    return person_page(w, PERSON_NONE);
}

static enum err change_person(struct web *w)
{
    struct act_person_change act = {
        .version = web_int(w, "version", 1, INT64_MAX, 0),
        .name = web_field(w, "name"),
        .title = web_field(w, "title"),
        .email = web_field(w, "email"),
        .phone = web_field(w, "phone"),
        .unit = form_id(w, "unit"),
        .is_active = web_checked(w, "active"),
    };
    enum err err = form_part_id(w, 0, &act.id);

    if (err)
        return err;
    web_check_fields(w);
    err = act_person_change(&act, w->ctx);
    if (form_is_refused(w, err))
        return person_page(w, PERSON_CHANGE);
    return err ? err : web_redirect_saying(w, person_url(w, act.id), WORD_COMMON_SAVED, STR(""));
}

static enum err reset_password(struct web *w)
{
    struct act_password act = {.fresh = http_value(w->rq, "fresh")};
    enum err err = form_part_id(w, 0, &act.person);

    if (err)
        return err;
    if (act.person == w->ctx->actor.id) /* one's own needs the present one: its own page */
        return web_redirect(w, URL_PATH(w->ctx->arena, "/cb/mat-khau"));
    web_check_fields(w);
    err = act_password(&act, w->ctx);
    if (form_is_refused(w, err))
        return person_page(w, PERSON_PASSWORD);
    return err ? err : web_redirect_saying(w, person_url(w, act.person), WORD_PEOPLE_PASSWORD_SET, STR(""));
}

static enum err show_new(struct web *w)
{
    return new_page(w);
}

const struct web_route ROUTES_PEOPLE[] = {
    {HTTP_GET, "/qt/nguoi-dung", WEB_STAFF, LIST_FIELDS, show_list},
    {HTTP_GET, "/qt/nguoi-dung/moi", WEB_STAFF, NULL, show_new},
    {HTTP_POST, "/qt/nguoi-dung/moi", WEB_STAFF, PERSON_FIELDS, add_person},
    {HTTP_GET, "/qt/nguoi-dung/{id}", WEB_STAFF, NULL, show_person},
    {HTTP_POST, "/qt/nguoi-dung/{id}", WEB_STAFF, PERSON_FIELDS, change_person},
    {HTTP_POST, "/qt/nguoi-dung/{id}/mat-khau", WEB_STAFF, PASSWORD_FIELDS, reset_password},
    {HTTP_GET, NULL, WEB_STAFF, NULL, NULL},
};
