/* A figure that is data: what it counts, and the very records behind it. */
#include "acts/indicator.h"

#include "format/csv_writer.h"
#include "view_indicator.h"
#include "web/directive.h"
#include "web/form.h"
#include "web/period.h"
#include "web/url.h"

enum { ROWS_MAX = 100, PAGES_MAX = 100000 };

static const struct http_field FIELDS[] = {PERIOD_FIELDS, {.name = "trang", .max = 10}, {.name = "dang", .max = 8}, {.name = NULL}};

struct asked {
    struct web *w;
    struct period period;
    const struct indicator *indicator;
    struct indicator_value value;
    struct indicator_record *record;
    size_t count;
};

static enum err read(struct web *w, struct asked *k)
{
    struct indicators *all;

    *k = (struct asked){.w = w};
    enum err err = period_read(w, RIGHT_REPORT_READ, &k->period);
    if (!err)
        err = indicators_open(w->ctx, &all);
    if (err)
        return err;
    const struct figure_question *p = &k->period.question;
    struct indicator_question q = {p->unit, p->from, p->to, p->as_of};
    k->indicator = indicator_find(all, w->rq->part[0]);
    if (!k->indicator)
        return ERR_NOT_FOUND;
    err = indicator_value(all, &q, k->indicator->code, &k->value);
    return err ? err : indicator_records(all, &q, k->indicator->code, &k->record, &k->count);
}

static struct url own_url(const struct asked *k)
{
    return period_url(k->w, &k->period.question, URL_PATH(k->w->ctx->arena, "/so-lieu/%", k->indicator->code));
}

static enum err as_csv(const struct asked *k)
{
    struct web *w = k->w;
    struct buf b = buf_in(w->ctx->arena);
    struct csv_writer csv;
    enum err err = right_check(w->ctx, ctx_db(w->ctx), RIGHT_EXPORT, k->period.unit.id, 0);

    if (err)
        return err;
    csv_writer_init_buf(&csv, &b, ',');
    csv_write_text(&csv, form_say(w, WORD_INDICATOR_RECORD));
    csv_write_text(&csv, form_say(w, WORD_INDICATOR_UNIT));
    csv_write_text(&csv, form_say(w, WORD_INDICATOR_DAY));
    csv_write_text(&csv, form_say(w, WORD_INDICATOR_AMOUNT));
    csv_write_row_end(&csv);
    for (size_t i = 0; i < k->count; i++) {
        csv_write_text(&csv, k->record[i].title);
        csv_write_text(&csv, k->record[i].unit);
        csv_write_text(&csv, web_day(w, k->record[i].day));
        csv_write_int(&csv, k->record[i].n);
        csv_write_row_end(&csv);
    }
    err = csv_writer_end(&csv);
    return err ? err : web_file(w, STR("text/csv; charset=utf-8"), str_format(w->ctx->arena, "%" PRIstr ".csv", STR_ARG(k->indicator->code)), buf_str(&b));
}

static struct view_indicator_row *rows(const struct asked *k, size_t from, size_t n)
{
    struct web *w = k->w;
    struct view_indicator_row *row = ARENA_ARRAY(w->ctx->arena, struct view_indicator_row, n + 1);

    for (size_t i = 0; i < n; i++) {
        const struct indicator_record *r = &k->record[from + i];
        row[i] = (struct view_indicator_row){.page = indicator_record_url(w, r), .title = r->title, .unit = r->unit, .day = web_day(w, r->day), .n = r->n};
    }
    return row;
}

static enum err page(struct web *w)
{
    struct asked k;
    struct html_out o = web_out(w);
    enum err err = read(w, &k);

    if (err)
        return err;
    if (str_eq(web_field(w, "dang"), STR("csv")))
        return as_csv(&k);
    struct arena *a = w->ctx->arena;
    enum lang lang = w->ctx->lang;
    size_t at = (size_t)(web_int(w, "trang", 1, PAGES_MAX, 1) - 1), from = at * ROWS_MAX < k.count ? at * ROWS_MAX : 0;
    size_t n = k.count - from < ROWS_MAX ? k.count - from : ROWS_MAX;
    int64_t sum = 0;
    for (size_t i = 0; i < k.count; i++)
        sum += k.record[i].n;
    struct str sub[] = {k.period.unit.name, web_day(w, k.period.question.from), web_day(w, k.period.question.to), period_as_of(w, &k.period)};
    struct str share[] = {word_int(a, lang, k.value.n), word_int(a, lang, k.value.whole)};
    view_indicator_page(&o, &(struct view_indicator_page){
                                .title = k.indicator->name[lang], .value = indicator_text(a, lang, &k.value), .measure = k.indicator->measure[lang],
                                .sub = word_format(a, lang, WORD_LEADER_LIST_SUB, sub, 4), .basis = k.indicator->basis,
                                .share = k.value.is_share && k.value.state == INDICATOR_NUMBER ? word_format(a, lang, WORD_INDICATOR_SHARE_OF, share, 2) : STR(""),
                                .may_direct = w->right[RIGHT_DOCUMENT_DIRECT] && k.count, .direct = directive_give_url(w, &k.period.question, k.indicator->code, true),
                                .may_export = w->right[RIGHT_EXPORT], .csv = url_with(a, own_url(&k), "dang", STR("csv")), .total = (int64_t)k.count, .sum = sum,
                                .row = rows(&k, from, n), .row_count = n, .has_previous = from > 0,
                                .previous = url_with_int(a, own_url(&k), "trang", (int64_t)at), .has_next = from + n < k.count,
                                .next = url_with_int(a, own_url(&k), "trang", (int64_t)at + 2), .back = URL_PATH(a, "/bc"),
                            });
    return web_staff_page(w, MENU_REPORT, k.indicator->name[lang], html_done(&o));
}

const struct web_route ROUTES_INDICATOR[] = {
    {HTTP_GET, "/so-lieu/{ma}", WEB_STAFF, FIELDS, page},
    {.path = NULL},
};
