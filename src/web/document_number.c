/* Rows of numbers of an agency: what was given this year, that nothing is missing, what is kept. */
#include "web/document.h"

static const struct http_field LIST_FIELDS[] = {{.name = "don-vi", .max = 20}, {.name = NULL}};
static const struct http_field KEEP_FIELDS[] = {
    {.name = "don-vi", .max = 20}, {.name = "series", .max = 20}, {.name = "count", .max = 4}, {.name = "reason", .max = 1200}, {.name = "buoc", .max = 8}, {.name = NULL},
};
static const struct http_field SERIES_FIELDS[] = {
    {.name = "don-vi", .max = 20}, {.name = "code", .max = 64}, {.name = "name", .max = 600}, {.name = "types", .max = 1200}, {.name = "from", .max = 40},
    {.name = "to", .max = 40},     {.name = "buoc", .max = 8},  {.name = NULL},
};

static struct str gaps_text(const struct web *w, const struct number_row *row)
{
    struct buf b = buf_in(w->ctx->arena);

    for (size_t i = 0; i < row->gap_count && i < sizeof row->gap / sizeof row->gap[0]; i++)
        buf_format(&b, "%s%lld–%lld", i ? ", " : "", (long long)row->gap[i].from, (long long)row->gap[i].to);
    return buf_str(&b);
}

static struct str kept_text(const struct web *w, const struct number_row *row)
{
    struct buf b = buf_in(w->ctx->arena);

    for (size_t i = 0; i < row->kept_count; i++)
        buf_format(&b, "%s%lld: %" PRIstr, i ? "\n" : "", (long long)row->kept[i].number, STR_ARG(row->kept[i].reason));
    return buf_str(&b);
}

/* "van-ban-di/12/2018/chung" by the name of its group; what came in has one row. */
static struct str row_name(const struct web *w, struct str series, const struct q_document_series_of *s, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_has_suffix(series, str_format(w->ctx->arena, "/%" PRIstr, STR_ARG(s[i].code))))
            return s[i].name;
    return str_has_prefix(series, STR("van-ban-den/")) ? form_say(w, WORD_DOCUMENT_IN) : series;
}

static enum err table_put(struct web *w, struct html_out *o, int64_t unit, const struct q_document_series_of *s, size_t series_count)
{
    struct number_row *row;
    size_t count;
    struct html_out table = web_out(w);
    enum err err = act_number_rows(w->ctx, unit, date_civil(ctx_today(w->ctx)).year, &row, &count);

    if (err)
        return err;
    struct view_document_number_row *v = ARENA_ARRAY(w->ctx->arena, struct view_document_number_row, count);
    for (size_t i = 0; i < count; i++)
        v[i] = (struct view_document_number_row){.name = row_name(w, row[i].row.series, s, series_count), .given = row[i].row.n - (int64_t)row[i].kept_count,
                                                 .last = row[i].row.last, .gaps = gaps_text(w, &row[i]), .kept = kept_text(w, &row[i])};
    view_document_numbers(&table, &(struct view_document_numbers){.row = v, .row_count = count});
    form_card(o, WORD_DOCUMENT_SERIES_YEAR, html_done(&table));
    return OK;
}

static void keep_put(struct web *w, struct html_out *o, int64_t unit, const struct q_document_series_of *s, size_t count, bool typed)
{
    struct form f;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);

    for (size_t i = 0; i < count; i++)
        choice[i] = (struct form_choice){.value = form_number(w, s[i].id), .label = s[i].name};
    form_begin(&f, w, url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/vt/day-so/de-danh"), "don-vi", unit), "g-", typed);
    form_add(&f, &(struct form_input){.name = "series", .kind = FORM_SELECT, .label = WORD_DOCUMENT_SERIES, .choice = choice, .choice_count = count});
    form_beside(&f, &(struct form_input){.name = "count", .kind = FORM_LINE, .label = WORD_DOCUMENT_HOW_MANY, .value = STR("1")});
    form_add(&f, &(struct form_input){.name = "reason", .kind = FORM_LINE, .label = WORD_DOCUMENT_REASON});
    form_card(o, WORD_DOCUMENT_KEEP, form_end(&f, WORD_DOCUMENT_KEEP));
}

static void series_put(struct web *w, struct html_out *o, int64_t unit, bool typed)
{
    struct form f;

    form_begin(&f, w, url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/vt/day-so/them"), "don-vi", unit), "r-", typed);
    form_add(&f, &(struct form_input){.name = "code", .kind = FORM_LINE, .label = WORD_COMMON_CODE});
    form_beside(&f, &(struct form_input){.name = "name", .kind = FORM_LINE, .label = WORD_COMMON_NAME});
    form_add(&f, &(struct form_input){.name = "types", .kind = FORM_LINE, .label = WORD_DOCUMENT_SERIES_TYPES, .hint = form_say(w, WORD_DOCUMENT_SERIES_TYPES_HINT)});
    form_add(&f, &(struct form_input){.name = "from", .kind = FORM_DATE, .label = WORD_DOCUMENT_FROM, .value = web_day(w, ctx_today(w->ctx))});
    form_beside(&f, &(struct form_input){.name = "to", .kind = FORM_DATE, .label = WORD_DOCUMENT_TO, .optional = true});
    form_card(o, WORD_DOCUMENT_SERIES_NEW, form_end(&f, WORD_DOCUMENT_SAVE));
}

enum typed { TYPED_NOTHING, TYPED_KEEP, TYPED_SERIES };

static enum err page(struct web *w, enum typed typed)
{
    struct form_choice *unit;
    size_t units, count;
    int64_t here;
    struct q_document_series_of *s;
    struct html_out o = web_out(w);
    enum err err = document_registry(w, RIGHT_DOCUMENT_REGISTER, &unit, &units, &here);

    if (!err)
        err = act_document_series(w->ctx, here, &s, &count);
    if (err)
        return err;
    struct view_form_link *link = ARENA_ARRAY(w->ctx->arena, struct view_form_link, units);
    struct str name = STR("");
    for (size_t i = 0; i < units; i++) {
        bool is_here = str_eq(unit[i].value, form_number(w, here));
        link[i] = (struct view_form_link){url_with(w->ctx->arena, URL_PATH(w->ctx->arena, "/vt/day-so"), "don-vi", unit[i].value), unit[i].label, !is_here};
        name = is_here ? unit[i].label : name;
    }
    form_head(&o, w, &(struct form_head){.heading = WORD_DOCUMENT_SERIES, .sub = name, .link = link, .link_count = units > 1 ? units : 0});
    err = table_put(w, &o, here, s, count);
    if (err)
        return err;
    keep_put(w, &o, here, s, count, typed == TYPED_KEEP);
    series_put(w, &o, here, typed == TYPED_SERIES);
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_SERIES, form_say(w, WORD_DOCUMENT_SERIES), html_done(&o));
}

static enum err list(struct web *w)
{
    return page(w, TYPED_NOTHING);
}

static struct url here_url(struct web *w)
{
    return url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/vt/day-so"), "don-vi", form_id(w, "don-vi"));
}

static enum err keep(struct web *w)
{
    struct act_number_keep act = {.unit = form_id(w, "don-vi"), .series = form_id(w, "series"), .count = web_int(w, "count", 1, 100, 1), .reason = web_field(w, "reason")};

    web_check_fields(w);
    enum err err = act_number_keep(&act, w->ctx);
    if (form_is_refused(w, err))
        return page(w, TYPED_KEEP);
    return err ? err : web_redirect_saying(w, here_url(w), WORD_DOCUMENT_SAID_KEPT, form_number(w, act.first));
}

static enum err add(struct web *w)
{
    struct act_series_save act = {.unit = form_id(w, "don-vi"), .code = web_field(w, "code"), .name = web_field(w, "name"), .types = web_field(w, "types"),
                                  .from = form_need_date(w, "from"), .to = form_date(w, "to", DATE_NEVER)};

    web_check_fields(w);
    enum err err = act.unit ? act_series_save(&act, w->ctx) : ERR_FORBIDDEN;
    if (form_is_refused(w, err))
        return page(w, TYPED_SERIES);
    return err ? err : web_redirect_saying(w, here_url(w), WORD_DOCUMENT_SAID_SAVED, STR(""));
}

const struct web_route ROUTES_DOCUMENT_NUMBER[] = {
    {HTTP_GET, "/vt/day-so", WEB_STAFF, LIST_FIELDS, list},
    {HTTP_POST, "/vt/day-so/de-danh", WEB_STAFF, KEEP_FIELDS, keep},
    {HTTP_POST, "/vt/day-so/them", WEB_STAFF, SERIES_FIELDS, add},
    {.path = NULL},
};
