/* What the leader opens: the page of figures, and the records behind each of them. */
#include "acts/organisation.h"
#include "acts/record.h"
#include "format/csv_writer.h"
#include "view_figure_list.h"
#include "web/directive.h"
#include "web/leader.h"
#include "web/period.h"
#include "web/url.h"

static const struct http_field LEADER_FIELDS[] = {PERIOD_FIELDS, {.name = NULL}};
static const struct http_field LIST_FIELDS[] = {
    PERIOD_FIELDS,
    {.name = "so-lieu", .max = 40},
    {.name = "linh-vuc", .max = 20},
    {.name = "trong-ky", .max = 2},
    {.name = "rut", .max = 10},
    {.name = "thuoc", .max = 20},
    {.name = "dia-gioi", .max = 20},
    {.name = "trang", .max = 10},
    {.name = "dang", .max = 8},
    {.name = NULL},
};

enum { PAGES_MAX = 100000 };

struct list {
    struct web *w;
    struct period period;
    struct act_records act;
    struct str figure, field_name;
    struct date territory;
    int64_t page;
};

static struct str say(const struct list *l, enum word w)
{
    return word(l->w->ctx->lang, w);
}

static enum err field_read(struct list *l)
{
    struct q_field_all *field;
    size_t count;
    enum err err = act_field_list(l->w->ctx, &field, &count);

    if (err)
        return err;
    l->act.question.field = web_int(l->w, "linh-vuc", 1, INT64_MAX, 0);
    for (size_t i = 0; i < count; i++)
        if (field[i].id == l->act.question.field)
            l->field_name = field[i].name;
    return OK;
}

static enum err list_read(struct web *w, struct list *ret)
{
    struct list l = {.w = w, .figure = web_field(w, "so-lieu")};
    enum err err = period_read(w, RIGHT_FIGURE_READ, &l.period);

    if (err)
        return err;
    if (!record_subject_find(l.figure, &l.act.subject))
        return ERR_NOT_FOUND;
    if (web_field(w, "rut").n && !report_ended_find(web_field(w, "rut"), &l.act.subject.ended))
        return ERR_INVALID;
    l.act.question = l.period.question;
    l.act.question.cohort_received = web_checked(w, "trong-ky");
    l.page = web_int(w, "trang", 1, PAGES_MAX, 1);
    l.act.skip = (l.page - 1) * RECORD_PAGE;
    err = field_read(&l);
    if (!err && web_date(w, "dia-gioi", &l.territory)) {
        l.act.question.as_unit = web_int(w, "thuoc", 1, INT64_MAX, 0);
        err = territory_open(w->ctx, l.territory, &l.act.question.territory);
    }
    if (err)
        return err;
    *ret = l;
    return OK;
}

static struct url list_url(const struct list *l)
{
    const struct figure_question *q = &l->act.question;
    struct url url = period_records_url(l->w, q, l->figure, q->unit, q->field);
    struct str ended = web_field(l->w, "rut");

    if (q->as_unit)
        url = period_as_unit(l->w, url, q->as_unit, l->territory);
    return ended.n ? url_with(l->w->ctx->arena, url, "rut", ended) : url;
}

static struct url page_url(const struct list *l, int64_t page)
{
    return url_with_int(l->w->ctx->arena, list_url(l), "trang", page);
}

static struct html class_badge(const struct web *w, enum figure_class class)
{
    static const struct {
        struct str class, icon;
    } LOOKS[] = {
        [FIGURE_EARLY] = {STR_INIT("dung"), STR_INIT("check")},
        [FIGURE_ON_TIME] = {STR_INIT("dung"), STR_INIT("check")},
        [FIGURE_RESOLVED_LATE] = {STR_INIT("qua"), STR_INIT("octagon-alert")},
        [FIGURE_IN_TERM] = {STR_INIT("tin"), STR_INIT("clock")},
        [FIGURE_SUSPENDED] = {STR_INIT("tam"), STR_INIT("circle-pause")},
        [FIGURE_OPEN_LATE] = {STR_INIT("qua"), STR_INIT("octagon-alert")},
        [FIGURE_WITHDRAWN] = {STR_INIT("tron"), STR_INIT("undo-2")},
    };
    _Static_assert(sizeof LOOKS / sizeof LOOKS[0] == FIGURE_CLASS__COUNT,
                   "every class has its look");
    struct str text = word(w->ctx->lang, figure_class_word(class));

    return web_badge_html(w, (struct web_badge){LOOKS[class].class, LOOKS[class].icon, text});
}

static struct view_record_row *rows(const struct list *l)
{
    struct arena *a = l->w->ctx->arena;
    struct view_record_row *row = ARENA_ARRAY(a, struct view_record_row, l->act.row_count);

    for (size_t i = 0; i < l->act.row_count; i++) {
        const struct record *r = &l->act.row[i];
        row[i] = (struct view_record_row){
            .page = url_dossier(a, r->code),
            .code = r->code,
            .procedure = r->procedure,
            .field = r->field,
            .unit = r->unit,
            .channel = say(l, dossier_channel_word(r->channel)),
            .received = web_day(l->w, r->received),
            .due = web_day(l->w, r->due),
            .finished = web_day(l->w, r->finished),
            .badge = class_badge(l->w, r->class),
            .step = r->step,
            .holder = r->holder,
            .holder_unit = r->holder_unit,
        };
    }
    return row;
}

static struct str sub(const struct list *l)
{
    const struct figure_question *q = &l->act.question;
    struct str value[] = {l->period.unit.name, web_day(l->w, q->from), web_day(l->w, q->to),
                          period_as_of(l->w, &l->period)};

    return word_format(l->w->ctx->arena, l->w->ctx->lang, WORD_LEADER_LIST_SUB, value, 4);
}

static struct str shown(const struct list *l)
{
    struct arena *a = l->w->ctx->arena;
    enum lang lang = l->w->ctx->lang;
    struct str value[] = {word_int(a, lang, l->act.skip + 1),
                          word_int(a, lang, l->act.skip + (int64_t)l->act.row_count),
                          word_int(a, lang, l->act.total)};

    return l->act.row_count ? word_format(a, lang, WORD_LEADER_LIST_SHOWN, value, 3) : STR("");
}

static enum err list_page(struct list *l)
{
    struct web *w = l->w;
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct str title = say(l, record_subject_word(&l->act.subject));
    enum err err = act_records(&l->act, w->ctx);

    if (err)
        return err;
    view_record_list(&o, &(struct view_record_list){
                             .title = title,
                             .sub = sub(l),
                             .back = period_url(w, &l->act.question, URL_PATH(a, "/ld")),
                             .narrowed = l->field_name,
                             .cohort = l->act.question.cohort_received,
                             .may_direct = w->right[RIGHT_DOCUMENT_DIRECT] && l->act.total && !l->act.question.as_unit,
                             .direct = directive_give_url(w, &l->act.question, l->figure, false),
                             .may_export = w->right[RIGHT_EXPORT],
                             .csv = url_with(a, list_url(l), "dang", STR("csv")),
                             .shown = shown(l),
                             .total = l->act.total,
                             .record_row = rows(l),
                             .record_row_count = l->act.row_count,
                             .has_previous = l->page > 1,
                             .previous = page_url(l, l->page - 1),
                             .has_next = l->act.skip + (int64_t)l->act.row_count < l->act.total,
                             .next = page_url(l, l->page + 1),
                         });
    return web_staff_page(w, MENU_LEADER, title, html_done(&o));
}

static enum err list_csv(struct list *l)
{
    static const enum word HEADS[] = {
        WORD_COMMON_CODE,        WORD_COMMON_PROCEDURE,       WORD_CATALOGUE_FIELD,
        WORD_LEADER_COLUMN_UNIT, WORD_COMMON_CHANNEL,         WORD_LEADER_COLUMN_RECEIVED,
        WORD_LEADER_COLUMN_DUE,  WORD_LEADER_COLUMN_FINISHED, WORD_LEADER_COLUMN_RESULT};
    struct web *w = l->w;
    struct buf b = buf_in(w->ctx->arena);
    struct csv_writer csv;
    enum err err = act_records_export(&l->act, w->ctx);

    if (err)
        return err;
    csv_writer_init_buf(&csv, &b, ',');
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++)
        csv_write_text(&csv, say(l, HEADS[i]));
    csv_write_row_end(&csv);
    for (size_t i = 0; i < l->act.row_count; i++) {
        const struct record *r = &l->act.row[i];
        csv_write_text(&csv, r->code);
        csv_write_text(&csv, r->procedure);
        csv_write_text(&csv, r->field);
        csv_write_text(&csv, r->unit);
        csv_write_text(&csv, say(l, dossier_channel_word(r->channel)));
        csv_write_text(&csv, web_day(w, r->received));
        csv_write_text(&csv, web_day(w, r->due));
        csv_write_text(&csv, web_day(w, r->finished));
        csv_write_text(&csv, say(l, figure_class_word(r->class)));
        csv_write_row_end(&csv);
    }
    err = csv_writer_end(&csv);
    if (err)
        return err;
    struct str name = str_format(w->ctx->arena, "%" PRIstr ".csv", STR_ARG(l->figure));
    return web_file(w, STR("text/csv; charset=utf-8"), name, buf_str(&b));
}

static enum err list(struct web *w)
{
    struct list l;
    enum err err = list_read(w, &l);

    if (err)
        return err;
    return str_eq(web_field(w, "dang"), STR("csv")) ? list_csv(&l) : list_page(&l);
}

const struct web_route ROUTES_FIGURE[] = {
    {HTTP_GET, "/ld", WEB_STAFF, LEADER_FIELDS, leader_page},
    {HTTP_GET, "/ld/ho-so", WEB_STAFF, LIST_FIELDS, list},
    {.path = NULL},
};
