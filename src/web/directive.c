/* From a figure to action: the form that gives a task with its records, and how many of them are mended. */
#include "acts/directive.h"

#include "acts/record.h"
#include "view_directive.h"
#include "web/directive.h"
#include "web/document.h"
#include "web/form.h"
#include "web/period.h"
#include "web/url.h"

static const struct http_field GIVE_FIELDS[] = {
    PERIOD_FIELDS,
    {.name = "so-lieu", .max = 60},
    {.name = "chi-tieu", .max = 2},
    {.name = "linh-vuc", .max = 20},
    {.name = "trong-ky", .max = 2},
    {.name = "content", .max = TASK_TEXT_MAX, .lines = true},
    {.name = "unit", .max = 20},
    {.name = "due", .max = 40},
    {.name = "buoc", .max = 8},
    {.name = NULL},
};

struct url directive_give_url(const struct web *w, const struct figure_question *q, struct str code, bool is_indicator)
{
    struct arena *a = w->ctx->arena;
    struct url url = period_url(w, q, url_with(a, URL_PATH(a, "/chi-dao/moi"), "so-lieu", code));

    if (is_indicator)
        url = url_with(a, url, "chi-tieu", STR("1"));
    if (q->field)
        url = url_with_int(a, url, "linh-vuc", q->field);
    return q->cohort_received ? url_with(a, url, "trong-ky", STR("1")) : url;
}

struct url indicator_record_url(const struct web *w, const struct indicator_record *r)
{
    struct arena *a = w->ctx->arena;

    switch (r->kind) {
    case INDICATOR_DOSSIER:
        return url_dossier(a, r->title);
    case INDICATOR_DOCUMENT:
        return URL_PATH(a, "/vb/%", form_number(w, r->id));
    case INDICATOR_TASK:
        return URL_PATH(a, "/vb/viec/%", form_number(w, r->id));
    case INDICATOR_CERTIFICATE:
        return URL_PATH(a, "/vt/chung-thu-so/%", form_number(w, r->id));
    case INDICATOR_ENTRY:
        break;
    }
    return URL_PATH(a, "/cc/ban-ghi/%", form_number(w, r->id));
}

/* ---- giving ---- */

struct asked {
    struct web *w;
    struct period period;
    struct figure_question question;
    struct str code, name;
    bool is_indicator;
    int64_t agency;
};

/* The figure that is asked, by the name that its own page gives it. */
static enum err asked_read(struct web *w, struct asked *k)
{
    struct record_subject subject;
    struct indicators *all;
    struct desk desk;

    *k = (struct asked){.w = w, .code = web_field(w, "so-lieu"), .is_indicator = web_checked(w, "chi-tieu")};
    enum err err = period_read(w, k->is_indicator ? RIGHT_REPORT_READ : RIGHT_FIGURE_READ, &k->period);
    if (!err)
        err = act_desk(w->ctx, RIGHT_DOCUMENT_DIRECT, 0, &desk);
    if (!err)
        err = indicators_open(w->ctx, &all);
    if (err)
        return err;
    k->agency = desk.here->id;
    k->question = k->period.question;
    k->question.field = web_int(w, "linh-vuc", 1, INT64_MAX, 0);
    k->question.cohort_received = web_checked(w, "trong-ky");
    const struct indicator *i = k->is_indicator ? indicator_find(all, k->code) : NULL;
    if (i)
        k->name = i->name[w->ctx->lang];
    else if (!k->is_indicator && record_subject_find(k->code, &subject))
        k->name = word(w->ctx->lang, record_subject_word(&subject));
    return k->name.n ? OK : ERR_NOT_FOUND;
}

static enum err form(struct asked *k, bool typed)
{
    struct web *w = k->w;
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct form f;
    struct form_choice *unit;
    size_t units;
    enum err err = task_unit_choices(w, k->agency, &unit, &units);

    if (err)
        return err;
    struct str said[] = {k->name, k->period.unit.name};
    struct str sub[] = {k->name, k->period.unit.name, web_day(w, k->question.from), web_day(w, k->question.to)};
    form_head(&o, w, &(struct form_head){.heading = WORD_DIRECTIVE_GIVE, .sub = word_format(a, w->ctx->lang, WORD_DIRECTIVE_OF, sub, 4),
                                         .back = URL_PATH(a, "/bc"), .back_label = WORD_REPORT_LIST_TITLE, .has_back = true});
    form_begin(&f, w, directive_give_url(w, &k->question, k->code, k->is_indicator), "giao", typed);
    form_add(&f, &(struct form_input){.name = "content", .kind = FORM_AREA, .label = WORD_DIRECTIVE_CONTENT,
                                      .value = word_format(a, w->ctx->lang, WORD_DIRECTIVE_CONTENT_GIVEN, said, 2)});
    form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_DIRECTIVE_UNIT, .choice = unit, .choice_count = units});
    form_beside(&f, &(struct form_input){.name = "due", .kind = FORM_DATE, .label = WORD_DIRECTIVE_DUE});
    html_put(&o, form_end(&f, WORD_DIRECTIVE_GIVE));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_TASK, form_say(w, WORD_DIRECTIVE_GIVE), html_done(&o));
}

static enum err show_form(struct web *w)
{
    struct asked k;
    enum err err = asked_read(w, &k);

    return err ? err : form(&k, false);
}

static enum err give(struct web *w)
{
    struct asked k;
    enum err err = asked_read(w, &k);

    if (err)
        return err;
    const struct figure_question *q = &k.question;
    struct act_directive_give act = {
        .source = {.code = k.code, .unit = q->unit, .field = q->field, .is_indicator = k.is_indicator, .from = q->from, .to = q->to},
        .cohort = q->cohort_received, .as_of = q->as_of, .unit = k.agency, .content = web_field(w, "content"),
        .order = {.unit = form_id(w, "unit"), .role = STR("lead"), .due = form_need_date(w, "due")},
    };
    web_check_fields(w);
    err = act_directive_give(&act, w->ctx);
    if (form_is_refused(w, err))
        return form(&k, true);
    return err ? err
               : web_redirect_saying(w, URL_PATH(w->ctx->arena, "/chi-dao/%", form_number(w, act.task)), WORD_DIRECTIVE_GIVEN,
                                     word_int(w->ctx->arena, w->ctx->lang, (int64_t)act.count));
}

/* ---- how far it is ---- */

static enum err page(struct web *w)
{
    struct act_directive d = {.task = 0};
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    enum err err = form_part_id(w, 0, &d.task);

    if (!err)
        err = act_directive(&d, w->ctx);
    if (err)
        return err;
    struct view_directive_row *row = ARENA_ARRAY(a, struct view_directive_row, d.count + 1);
    for (size_t i = 0; i < d.count; i++) {
        const struct q_directive_records *r = &d.record[i].row;
        struct indicator_record one = {.kind = (enum indicator_record_kind)r->kind, .id = r->record_id, .title = r->title};
        row[i] = (struct view_directive_row){indicator_record_url(w, &one), r->title, r->unit, d.record[i].is_mended};
    }
    struct str n = word_int(a, w->ctx->lang, (int64_t)d.count);
    struct str day[] = {form_day(w, d.directive.from_on), form_day(w, d.directive.to_on)};
    struct str sub[] = {d.figure, n, d.directive.unit_name, word_format(a, w->ctx->lang, WORD_REPORT_RANGE, day, 2)};
    struct str progress[] = {word_int(a, w->ctx->lang, (int64_t)d.mended), n};
    form_head(&o, w, &(struct form_head){.heading = WORD_DIRECTIVE_TITLE, .back = URL_PATH(a, "/vb/viec"), .back_label = WORD_DOCUMENT_TASKS, .has_back = true});
    view_directive_page(&o, &(struct view_directive_page){
                                .sub = word_format(a, w->ctx->lang, WORD_DIRECTIVE_SUB, sub, 4),
                                .progress = word_format(a, w->ctx->lang, WORD_DIRECTIVE_PROGRESS, progress, 2), .known = d.is_known,
                                .task = URL_PATH(a, "/vb/viec/%", form_number(w, d.task)), .mended = (int64_t)d.mended, .total = (int64_t)d.count, .row = row,
                                .row_count = d.count});
    return web_staff_page(w, MENU_TASK, form_say(w, WORD_DIRECTIVE_TITLE), html_done(&o));
}

const struct web_route ROUTES_DIRECTIVE[] = {
    {HTTP_GET, "/chi-dao/moi", WEB_STAFF, GIVE_FIELDS, show_form},
    {HTTP_POST, "/chi-dao/moi", WEB_STAFF, GIVE_FIELDS, give},
    {HTTP_GET, "/chi-dao/{id}", WEB_STAFF, NULL, page},
    {.path = NULL},
};
