#include "acts/organisation.h"

#include "acts/calendar.h"
#include "view_organisation.h"
#include "web/form.h"
#include "web/url.h"

static const struct http_field TREE_FIELDS[] = {{.name = "ngay", .max = 20}, {.name = "tat-ca", .max = 4}, {NULL}};
static const struct http_field UNIT_FIELDS[] = {
    {.name = "code", .max = 80},    {.name = "agency_code", .max = 80}, {.name = "name"},
    {.name = "short_name"},         {.name = "kind", .max = 40},        {.name = "parent", .max = 20},
    {.name = "calendar", .max = 20}, {.name = "address"},               {.name = "phone", .max = 80},
    {.name = "valid_from", .max = 20}, {.name = "valid_to", .max = 20}, {.name = "sort_no", .max = 12},
    {.name = "version", .max = 20}, {NULL},
};
static const struct http_field SUCCEED_FIELDS[] = {
    {.name = "successor", .max = 20}, {.name = "since", .max = 20}, {NULL},
};

static struct url unit_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/qt/don-vi/%", form_number(w, id));
}

static struct url tree_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/qt/don-vi");
}

static struct str kind_text(const struct web *w, struct str code)
{
    enum unit_kind kind;

    return unit_kind_find(code, &kind) ? form_say(w, unit_kind_word(kind)) : code;
}

/* "01/07/2025 – nay", "01/01/2018 – 30/06/2025" */
static struct str validity(const struct web *w, struct str from, struct str to)
{
    struct str value[2] = {form_day(w, from), form_day(w, to)};

    return value[1].n ? word_format(w->ctx->arena, w->ctx->lang, WORD_ORGANISATION_FROM_TO, value, 2)
                      : word_format(w->ctx->arena, w->ctx->lang, WORD_ORGANISATION_FROM_ON, value, 1);
}

static bool has_ended(const struct web *w, struct str valid_to)
{
    return str_cmp(valid_to, ctx_today_iso(w->ctx)) < 0;
}

/* ---- the tree ---- */

static struct str successors_text(const struct web *w, const struct unit_line *line)
{
    struct buf b = buf_in(w->ctx->arena);

    for (size_t i = 0; i < line->successor_count; i++) {
        if (i)
            buf_put(&b, STR(", "));
        buf_put(&b, line->successor[i]->name);
    }
    return b.n ? buf_str(&b) : STR("");
}

/* Depth as a class: no page holds a style of its own. */
static struct str indent(int depth)
{
    static const struct str classes[] = {STR_INIT("t0"), STR_INIT("t1"), STR_INIT("t2"), STR_INIT("t3"), STR_INIT("t4")};

    return classes[depth > 4 ? 4 : depth];
}

static struct view_unit_row *tree_rows(const struct web *w, const struct act_unit_tree *tree)
{
    struct view_unit_row *row = ARENA_ARRAY(w->ctx->arena, struct view_unit_row, tree->line_count);

    for (size_t i = 0; i < tree->line_count; i++) {
        const struct unit_line *line = &tree->line[i];
        row[i] = (struct view_unit_row){
            .page = unit_url(w, line->u.id),
            .indent = indent(line->depth),
            .code = line->u.code,
            .name = line->u.name,
            .kind = kind_text(w, line->u.kind),
            .valid = validity(w, line->u.valid_from, line->u.valid_to),
            .ended = has_ended(w, line->u.valid_to),
            .successors = successors_text(w, line),
        };
    }
    return row;
}

static enum err show_tree(struct web *w)
{
    struct act_unit_tree tree = {.day = ctx_today(w->ctx)};
    bool all = web_checked(w, "tat-ca");
    struct html_out o = web_out(w);

    tree.day = form_date(w, "ngay", tree.day);
    struct str day = date_vietnamese(w->ctx->arena, tree.day);
    if (all)
        tree.day = DATE_NEVER;
    enum err err = act_unit_tree(&tree, w->ctx);
    if (err)
        return err;
    struct view_form_link add = {URL_PATH(w->ctx->arena, "/qt/don-vi/moi"), form_say(w, WORD_ORGANISATION_ADD), false};
    struct form_head head = {
        .heading = WORD_ORGANISATION_TITLE,
        .sub = all ? form_say(w, WORD_ORGANISATION_SUB_ALL)
                   : word_format(w->ctx->arena, w->ctx->lang, WORD_ORGANISATION_SUB_DAY, &day, 1),
        .link = &add,
        .link_count = w->right[RIGHT_UNIT_EDIT] ? 1 : 0,
    };
    form_head(&o, w, &head);
    view_unit_tree(&o, &(struct view_unit_tree){
                           .search = tree_url(w),
                           .day = day,
                           .all = all,
                           .count = (int64_t)tree.line_count,
                           .row = tree_rows(w, &tree),
                           .row_count = tree.line_count,
                       });
    return web_staff_page(w, MENU_UNITS, form_say(w, WORD_ORGANISATION_TITLE), html_done(&o));
}

/* ---- choices ---- */

static struct form_choice *unit_choices(const struct web *w, const struct act_unit_tree *tree, size_t *ret_count)
{
    struct arena *a = w->ctx->arena;
    struct form_choice *c = ARENA_ARRAY(a, struct form_choice, tree->line_count + 1);

    c[0] = (struct form_choice){.value = STR_INIT(""), .label = form_say(w, WORD_COMMON_CHOOSE)};
    for (size_t i = 0; i < tree->line_count; i++) {
        const struct unit_line *line = &tree->line[i];
        struct buf b = buf_in(a);
        for (int d = 0; d < line->depth; d++)
            buf_put(&b, STR("\xe2\x80\x83")); /* an em space for each level */
        buf_put(&b, line->u.name);
        c[i + 1] = (struct form_choice){.value = form_number(w, line->u.id), .label = buf_str(&b)};
    }
    *ret_count = tree->line_count + 1;
    return c;
}

enum err form_unit_choices(struct web *w, struct form_choice **ret, size_t *ret_count)
{
    struct act_unit_tree tree = {.day = ctx_today(w->ctx)};
    enum err err = act_unit_tree(&tree, w->ctx);

    if (!err)
        *ret = unit_choices(w, &tree, ret_count);
    return err;
}

static enum err calendar_choices(struct web *w, struct form_choice **ret, size_t *ret_count)
{
    struct act_calendar_view view = {.id = 0};
    enum err err = act_calendar_view(&view, w->ctx);

    if (err)
        return err;
    struct form_choice *c = ARENA_ARRAY(w->ctx->arena, struct form_choice, view.choice_count);
    for (size_t i = 0; i < view.choice_count; i++)
        c[i] = (struct form_choice){.value = form_number(w, view.choice[i].id), .label = view.choice[i].name};
    *ret = c;
    *ret_count = view.choice_count;
    return OK;
}

static struct form_choice *kind_choices(const struct web *w)
{
    struct form_choice *c = ARENA_ARRAY(w->ctx->arena, struct form_choice, UNIT_KIND__COUNT);

    for (int k = UNIT_ROOT + 1; k < UNIT_KIND__COUNT; k++)
        c[k - 1] = (struct form_choice){.value = unit_kind_code((enum unit_kind)k),
                                        .label = form_say(w, unit_kind_word((enum unit_kind)k))};
    return c;
}

/* ---- a new unit ---- */

static enum err new_form(struct web *w, struct html_out *o)
{
    struct form_choice *units, *calendars;
    size_t unit_count, calendar_count;
    struct form f;
    enum err err = form_unit_choices(w, &units, &unit_count);

    if (!err)
        err = calendar_choices(w, &calendars, &calendar_count);
    if (err)
        return err;
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/don-vi/moi"), "", w->rq->method == HTTP_POST);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_COMMON_NAME});
    form_add(&f, &(struct form_input){.name = "short_name", .label = WORD_ORGANISATION_SHORT_NAME, .optional = true});
    form_beside(&f, &(struct form_input){.name = "kind", .kind = FORM_SELECT, .label = WORD_ORGANISATION_KIND,
                                         .choice = kind_choices(w), .choice_count = UNIT_KIND__COUNT - 1});
    form_add(&f, &(struct form_input){.name = "code", .label = WORD_ORGANISATION_CODE,
                                      .hint = form_say(w, WORD_ORGANISATION_CODE_HINT)});
    form_beside(&f, &(struct form_input){.name = "agency_code", .label = WORD_ORGANISATION_AGENCY_CODE, .optional = true,
                                         .hint = form_say(w, WORD_ORGANISATION_AGENCY_CODE_HINT)});
    form_add(&f, &(struct form_input){.name = "parent", .kind = FORM_SELECT, .label = WORD_ORGANISATION_PARENT,
                                      .choice = units, .choice_count = unit_count});
    form_beside(&f, &(struct form_input){.name = "calendar", .kind = FORM_SELECT, .label = WORD_ORGANISATION_CALENDAR,
                                         .choice = calendars, .choice_count = calendar_count});
    form_add(&f, &(struct form_input){.name = "address", .label = WORD_COMMON_ADDRESS, .optional = true});
    form_beside(&f, &(struct form_input){.name = "phone", .label = WORD_COMMON_PHONE, .optional = true});
    form_add(&f, &(struct form_input){.name = "valid_from", .kind = FORM_DATE, .label = WORD_ORGANISATION_VALID_FROM,
                                      .hint = form_say(w, WORD_COMMON_DATE_HINT),
                                      .value = date_vietnamese(w->ctx->arena, ctx_today(w->ctx))});
    form_beside(&f, &(struct form_input){.name = "valid_to", .kind = FORM_DATE, .label = WORD_ORGANISATION_VALID_TO,
                                         .optional = true, .hint = form_say(w, WORD_ORGANISATION_VALID_TO_HINT)});
    form_beside(&f, &(struct form_input){.name = "sort_no", .label = WORD_ORGANISATION_SORT_NO, .optional = true});
    form_card(o, WORD_ORGANISATION_FACTS, form_end(&f, WORD_COMMON_SAVE));
    return OK;
}

static enum err new_page(struct web *w)
{
    struct html_out o = web_out(w);
    struct form_head head = {.heading = WORD_ORGANISATION_ADD, .back = tree_url(w), .back_label = WORD_ORGANISATION_TITLE,
                             .has_back = true};

    form_head(&o, w, &head);
    enum err err = right_check_any(w->ctx, RIGHT_UNIT_EDIT);
    if (!err)
        err = new_form(w, &o);
    if (err)
        return err;
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_UNITS, form_say(w, WORD_ORGANISATION_ADD), html_done(&o));
}

static enum err add_unit(struct web *w)
{
    struct act_unit_add act = {
        .code = web_field(w, "code"),
        .agency_code = web_field(w, "agency_code"),
        .name = web_field(w, "name"),
        .short_name = web_field(w, "short_name"),
        .kind = UNIT_KIND__COUNT,
        .parent = form_id(w, "parent"),
        .calendar = form_id(w, "calendar"),
        .address = web_field(w, "address"),
        .phone = web_field(w, "phone"),
        .valid_from = form_need_date(w, "valid_from"),
        .valid_to = form_date(w, "valid_to", DATE_NEVER),
        .sort_no = web_int(w, "sort_no", 0, 1000000, 0),
    };

    web_check_fields(w);
    (void)unit_kind_find(web_field(w, "kind"), &act.kind);
    enum err err = act_unit_add(&act, w->ctx);
    if (form_is_refused(w, err))
        return new_page(w);
    return err ? err : web_redirect_saying(w, unit_url(w, act.id), WORD_COMMON_SAVED, STR(""));
}

/* ---- one unit ---- */

/* The units right below it today, or on its last day. */
static enum err units_below(struct web *w, const struct act_unit_view *u, struct view_unit_below **ret, size_t *ret_count)
{
    struct act_unit_tree tree = {.day = ctx_today(w->ctx)};
    size_t n = 0;

    if (has_ended(w, u->unit.valid_to) && date_parse(u->unit.valid_to, &tree.day))
        return ERR_STORE;
    enum err err = act_unit_tree(&tree, w->ctx);
    if (err)
        return err;
    struct view_unit_below *below = ARENA_ARRAY(w->ctx->arena, struct view_unit_below, tree.line_count);
    for (size_t i = 0; i < tree.line_count; i++)
        if (!tree.line[i].u.parent_id_null && tree.line[i].u.parent_id == u->id)
            below[n++] = (struct view_unit_below){unit_url(w, tree.line[i].u.id), tree.line[i].u.name};
    *ret = below;
    *ret_count = n;
    return OK;
}

static enum err put_facts(struct web *w, struct html_out *o, const struct act_unit_view *u)
{
    struct arena *a = w->ctx->arena;
    struct view_unit_successor *successor = ARENA_ARRAY(a, struct view_unit_successor, u->successor_count);
    struct view_unit_below *below;
    struct html_out facts = web_out(w);
    size_t n;
    enum err err = units_below(w, u, &below, &n);

    if (err)
        return err;
    for (size_t i = 0; i < u->successor_count; i++)
        successor[i] = (struct view_unit_successor){unit_url(w, u->successor[i].successor_id), u->successor[i].name,
                                                    form_day(w, u->successor[i].since)};
    view_unit_facts(&facts, &(struct view_unit_facts){
                                .code = u->unit.code,
                                .agency_code = u->unit.agency_code,
                                .kind = kind_text(w, u->unit.kind),
                                .parent = u->parent_name,
                                .parent_page = u->unit.parent_id_null ? tree_url(w) : unit_url(w, u->unit.parent_id),
                                .calendar = u->calendar_name,
                                .address = u->unit.address,
                                .phone = u->unit.phone,
                                .valid = validity(w, u->unit.valid_from, u->unit.valid_to),
                                .open = u->open_dossiers,
                                .holds = u->open_dossiers > 0,
                                .ended = has_ended(w, u->unit.valid_to),
                                .successor = successor,
                                .successor_count = u->successor_count,
                                .below = below,
                                .below_count = n,
                            });
    form_card(o, WORD_ORGANISATION_FACTS, html_done(&facts));
    return OK;
}

static enum err put_change(struct web *w, struct html_out *o, const struct act_unit_view *u, bool typed)
{
    struct form_choice *calendars;
    size_t calendar_count;
    struct form f;
    enum err err = calendar_choices(w, &calendars, &calendar_count);

    if (err)
        return err;
    form_begin(&f, w, url_with_int(w->ctx->arena, unit_url(w, u->id), "version", u->unit.version), "u-", typed);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_COMMON_NAME, .value = u->unit.name});
    form_add(&f, &(struct form_input){.name = "short_name", .label = WORD_ORGANISATION_SHORT_NAME,
                                      .value = u->unit.short_name, .optional = true});
    form_beside(&f, &(struct form_input){.name = "agency_code", .label = WORD_ORGANISATION_AGENCY_CODE,
                                         .value = u->unit.agency_code, .optional = true,
                                         .hint = form_say(w, WORD_ORGANISATION_AGENCY_CODE_HINT)});
    form_add(&f, &(struct form_input){.name = "address", .label = WORD_COMMON_ADDRESS, .value = u->unit.address,
                                      .optional = true});
    form_beside(&f, &(struct form_input){.name = "phone", .label = WORD_COMMON_PHONE, .value = u->unit.phone,
                                         .optional = true});
    form_add(&f, &(struct form_input){.name = "calendar", .kind = FORM_SELECT, .label = WORD_ORGANISATION_CALENDAR,
                                      .value = form_number(w, u->unit.calendar_id), .choice = calendars,
                                      .choice_count = calendar_count, .hint = form_say(w, WORD_ORGANISATION_CALENDAR_HINT)});
    form_beside(&f, &(struct form_input){.name = "valid_to", .kind = FORM_DATE, .label = WORD_ORGANISATION_VALID_TO,
                                         .value = form_day(w, u->unit.valid_to), .optional = true,
                                         .hint = form_say(w, WORD_ORGANISATION_VALID_TO_HINT)});
    form_card(o, WORD_ORGANISATION_CHANGE, form_end(&f, WORD_COMMON_SAVE));
    return OK;
}

/* Successors may be units that begin only later, so all of them are offered. */
static enum err put_succeed(struct web *w, struct html_out *o, const struct act_unit_view *u, bool typed)
{
    struct act_unit_tree tree = {.day = DATE_NEVER};
    struct form_choice *units;
    size_t unit_count;
    struct form f;
    enum err err = act_unit_tree(&tree, w->ctx);

    if (err)
        return err;
    units = unit_choices(w, &tree, &unit_count);
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/don-vi/%/ke-thua", form_number(w, u->id)), "s-", typed);
    form_add(&f, &(struct form_input){.name = "successor", .kind = FORM_SELECT, .label = WORD_ORGANISATION_SUCCESSOR,
                                      .choice = units, .choice_count = unit_count});
    form_beside(&f, &(struct form_input){.name = "since", .kind = FORM_DATE, .label = WORD_ORGANISATION_SINCE_DAY,
                                         .hint = form_say(w, WORD_COMMON_DATE_HINT)});
    form_card(o, WORD_ORGANISATION_SUCCEED, form_end(&f, WORD_COMMON_SAVE));
    return OK;
}

enum typed { TYPED_NONE, TYPED_CHANGE, TYPED_SUCCEED };

static enum err unit_page(struct web *w, enum typed typed)
{
    struct act_unit_view u = {.id = 0};
    struct html_out o = web_out(w);
    enum err err = form_part_id(w, 0, &u.id);

    if (!err)
        err = act_unit_view(&u, w->ctx);
    if (err)
        return err;
    struct view_form_link issuer = {URL_PATH(w->ctx->arena, "/qt/don-vi/%/van-ban", form_number(w, u.id)), form_say(w, WORD_DOCUMENT_ISSUER), true};
    struct form_head head = {.heading_text = u.unit.name, .sub = kind_text(w, u.unit.kind), .back = tree_url(w),
                             .back_label = WORD_ORGANISATION_TITLE, .has_back = true, .link = &issuer, .link_count = u.may_edit};
    form_head(&o, w, &head);
    err = put_facts(w, &o, &u);
    if (!err && u.may_edit) {
        err = put_change(w, &o, &u, typed == TYPED_CHANGE);
        if (!err)
            err = put_succeed(w, &o, &u, typed == TYPED_SUCCEED);
    }
    if (err)
        return err;
    if (typed != TYPED_NONE)
        w->rs->status = 422;
    return web_staff_page(w, MENU_UNITS, u.unit.name, html_done(&o));
}

static enum err show_unit(struct web *w)
{
    return unit_page(w, TYPED_NONE);
}

static enum err change_unit(struct web *w)
{
    struct act_unit_change act = {
        .version = web_int(w, "version", 1, INT64_MAX, 0),
        .name = web_field(w, "name"),
        .short_name = web_field(w, "short_name"),
        .agency_code = web_field(w, "agency_code"),
        .address = web_field(w, "address"),
        .phone = web_field(w, "phone"),
        .calendar = form_id(w, "calendar"),
        .valid_to = form_date(w, "valid_to", DATE_NEVER),
    };
    enum err err = form_part_id(w, 0, &act.id);

    if (err)
        return err;
    web_check_fields(w);
    err = act_unit_change(&act, w->ctx);
    if (form_is_refused(w, err))
        return unit_page(w, TYPED_CHANGE);
    if (err)
        return err;
    if (!act.move_count)
        return web_redirect_saying(w, unit_url(w, act.id), WORD_COMMON_SAVED, STR(""));
    return web_redirect_saying(w, unit_url(w, act.id), WORD_CALENDAR_MOVED,
                               word_int(w->ctx->arena, w->ctx->lang, (int64_t)act.move_count));
}

static enum err succeed_unit(struct web *w)
{
    struct act_unit_succeed act = {.successor = form_id(w, "successor"), .since = form_need_date(w, "since")};
    enum err err = form_part_id(w, 0, &act.unit);

    if (err)
        return err;
    web_check_fields(w);
    err = act_unit_succeed(&act, w->ctx);
    if (form_is_refused(w, err))
        return unit_page(w, TYPED_SUCCEED);
    return err ? err : web_redirect_saying(w, unit_url(w, act.unit), WORD_COMMON_SAVED, STR(""));
}

static enum err show_new(struct web *w)
{
    return new_page(w);
}

const struct web_route ROUTES_ORGANISATION[] = {
    {HTTP_GET, "/qt/don-vi", WEB_STAFF, TREE_FIELDS, show_tree},
    {HTTP_GET, "/qt/don-vi/moi", WEB_STAFF, NULL, show_new},
    {HTTP_POST, "/qt/don-vi/moi", WEB_STAFF, UNIT_FIELDS, add_unit},
    {HTTP_GET, "/qt/don-vi/{id}", WEB_STAFF, NULL, show_unit},
    {HTTP_POST, "/qt/don-vi/{id}", WEB_STAFF, UNIT_FIELDS, change_unit},
    {HTTP_POST, "/qt/don-vi/{id}/ke-thua", WEB_STAFF, SUCCEED_FIELDS, succeed_unit},
    {HTTP_GET, NULL, WEB_STAFF, NULL, NULL},
};
