/* Reports: the list, the page of each, as a workbook and as JSON, and issuing one. */
#include "acts/report_draft.h"
#include "acts/report_template.h"

#include "view_report.h"
#include "web/form.h"
#include "web/period.h"
#include "web/report_html.h"
#include "web/url.h"

static const struct http_field REPORT_FIELDS[] = {
    PERIOD_FIELDS,
    {.name = "ky", .max = 20},
    {.name = "rut", .max = 10},
    {.name = "dia-gioi", .max = 20},
    {.name = "dang", .max = 8},
    {.name = NULL},
};

/* Their places on the site. */
static const struct {
    struct str path;
    enum word about;
} PAGES[] = {
    [REPORT_MOT_CUA] = {STR_INIT("mot-cua"), WORD_REPORT_MOT_CUA_ABOUT},
    [REPORT_II_06A] = {STR_INIT("ii-06a"), WORD_REPORT_II_06A_ABOUT},
};
_Static_assert(sizeof PAGES / sizeof PAGES[0] == REPORT_TEMPLATE, "every report has a page; those that are data stand under their own code");

struct asked {
    struct web *w;
    struct period period;
    struct report_question question;
    struct str name;          /* of a report that is data */
    struct report report;
    bool is_made;
};

static struct str say(const struct asked *k, enum word w)
{
    return word(k->w->ctx->lang, w);
}

/* What a report that is data is called; false: there is none of that code. */
static bool is_template(struct web *w, struct str code, struct str *ret_name)
{
    struct report_template *t;
    size_t count;

    if (report_templates(w->ctx, &t, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (str_eq(t[i].code, code)) {
            *ret_name = t[i].name[w->ctx->lang];
            return true;
        }
    return false;
}

static struct str path_of(const struct report_question *q)
{
    return q->id == REPORT_TEMPLATE ? q->code : PAGES[q->id].path;
}

static enum err asked_read(struct web *w, struct asked *k)
{
    struct str ended = web_field(w, "rut"), part = w->rq->part[0];
    enum report_id id = REPORT_TEMPLATE;

    for (int i = 0; i < REPORT_TEMPLATE; i++)
        if (str_eq(PAGES[i].path, part))
            id = (enum report_id)i;
    *k = (struct asked){.w = w};
    enum err err = period_read(w, RIGHT_REPORT_READ, &k->period);
    if (err)
        return err;
    k->question = (struct report_question){
        .id = id,
        .unit = k->period.unit.id,
        .from = k->period.question.from,
        .to = k->period.question.to,
        .as_of = k->period.question.as_of,
        .period = web_field(w, "ky"),
        .code = id == REPORT_TEMPLATE ? part : STR(""),
    };
    k->question.is_mapped = web_date(w, "dia-gioi", &k->question.territory);
    if (id == REPORT_TEMPLATE && !is_template(w, part, &k->name))
        return ERR_NOT_FOUND;
    return ended.n && !report_ended_find(ended, &k->question.ended) ? ERR_INVALID : OK;
}

/* A question that is no good shows the form again. */
static enum err make(struct asked *k)
{
    enum err err =
        k->w->ctx->problems.count ? ERR_INVALID : act_report(&k->question, k->w->ctx, &k->report);

    k->is_made = err == OK;
    return err == ERR_INVALID && k->w->ctx->problems.count ? OK : err;
}

static struct url report_url(const struct asked *k, struct url page)
{
    struct arena *a = k->w->ctx->arena;
    struct url url = period_url(k->w, &k->period.question, page);

    if (k->question.period.n)
        url = url_with(a, url, "ky", k->question.period);
    if (k->question.is_mapped)
        url = url_with(a, url, "dia-gioi", date_iso(a, k->question.territory));
    return k->question.ended ? url_with(a, url, "rut", report_ended_code(k->question.ended)) : url;
}

static struct url own_url(const struct asked *k)
{
    return URL_PATH(k->w->ctx->arena, "/bc/%", path_of(&k->question));
}

static struct url records_of(void *arg, const struct report_source *source)
{
    const struct asked *k = arg;

    return report_records_url(k->w, &k->report, source);
}

static enum err page(struct asked *k)
{
    struct web *w = k->w;
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct str title = k->name.n ? k->name : say(k, report_word(k->question.id));
    struct view_report_form form = {
        .action = own_url(k),
        .option = period_units(w, &k->period),
        .option_count = k->period.desk.unit_count,
        .from = web_day(w, k->period.question.from),
        .to = web_day(w, k->period.question.to),
        .as_of = period_as_of_typed(w, &k->period),
        .period = k->question.period,
        .territory = k->question.is_mapped ? web_day(w, k->question.territory) : STR(""),
    };
    struct view_report_page v = {
        .problems = web_problems(w), .title = title, .back = URL_PATH(a, "/bc"), .form = &form};

    if (k->is_made) {
        struct str checked = word_int(a, w->ctx->lang, (int64_t)k->report.laws_checked);
        struct str broken = word_int(a, w->ctx->lang, (int64_t)k->report.broken_count);
        struct url url = report_url(k, own_url(k));
        v.shown = true;
        v.excel = url_with(a, url, "dang", STR("xlsx"));
        v.json = url_with(a, url, "dang", STR("json"));
        v.word = url_with(a, url, "dang", STR("docx"));
        v.pdf = url_with(a, url, "dang", STR("pdf"));
        v.laws_hold = word_format(a, w->ctx->lang, WORD_REPORT_LAWS_HOLD, &checked, 1);
        v.laws_broken = word_format(a, w->ctx->lang, WORD_REPORT_LAWS_BROKEN, &broken, 1);
        v.report_law = report_html_laws(a, &k->report);
        v.report_law_count = k->report.broken_count;
        v.document = report_html(a, w->ctx->lang, &k->report, records_of, k);
        v.may_issue = !k->report.broken_count && w->right[RIGHT_REPORT_ISSUE];
        v.issue = report_url(k, own_url(k));
        v.begin = report_url(k, URL_PATH(a, "/bc/%/soan", path_of(&k->question)));
        v.csrf = w->csrf;
    } else {
        w->rs->status = 422;
    }
    view_report_page(&o, &v);
    return web_staff_page(w, MENU_REPORT, title, html_done(&o));
}

static struct str file_name(const struct asked *k, const char *suffix)
{
    struct arena *a = k->w->ctx->arena;

    return str_format(a, "%" PRIstr "-%" PRIstr "-%" PRIstr "-%" PRIstr ".%s",
                      STR_ARG(path_of(&k->question)), STR_ARG(k->report.unit_code),
                      STR_ARG(date_iso(a, k->question.from)), STR_ARG(date_iso(a, k->question.to)),
                      suffix);
}

static enum err as_file(const struct asked *k, const struct report_format *as)
{
    struct web *w = k->w;
    struct str bytes;

    if (!k->is_made)
        return ERR_INVALID;
    enum err err = as->make(w->ctx->arena, w->ctx->lang, &k->report, &bytes);
    return err ? err : web_file(w, as->type, file_name(k, str_z(w->ctx->arena, as->name)), bytes);
}

static enum err report(struct web *w)
{
    struct asked k;
    const struct report_format *as = report_format_find(web_field(w, "dang"));
    enum err err = asked_read(w, &k);

    if (!err)
        err = make(&k);
    if (err)
        return err;
    return as ? as_file(&k, as) : page(&k);
}

static enum err issue(struct web *w)
{
    struct asked k;
    enum err err = asked_read(w, &k);

    if (err)
        return err;
    struct act_report_issue act = {.question = k.question};
    err = act_report_issue(&act, w->ctx);
    if (err == ERR_CONFLICT || (err == ERR_INVALID && w->ctx->problems.count)) {
        err = make(&k);
        w->rs->status = 422;
        return err ? err : page(&k);
    }
    return err ? err
               : web_redirect_saying(w, report_url(&k, own_url(&k)), WORD_REPORT_ISSUED,
                                     act.sha256);
}

static enum err begin(struct web *w)
{
    struct asked k;
    enum err err = asked_read(w, &k);

    if (err)
        return err;
    struct act_report_begin act = {.question = k.question};
    err = act_report_begin(&act, w->ctx);
    if (err == ERR_INVALID && w->ctx->problems.count) {
        err = make(&k);
        w->rs->status = 422;
        return err ? err : page(&k);
    }
    return err ? err : web_redirect_saying(w, URL_PATH(w->ctx->arena, "/bc/ban/%", form_number(w, act.id)), WORD_REPORT_DRAFT_BEGUN, STR(""));
}

static enum err list(struct web *w)
{
    struct report_template *t;
    size_t count, n = 0;
    struct html_out o = web_out(w);
    enum err err = right_check_any(w->ctx, RIGHT_REPORT_READ);

    if (!err)
        err = report_templates(w->ctx, &t, &count);
    if (err)
        return err;
    struct view_report_choice *choice = ARENA_ARRAY(w->ctx->arena, struct view_report_choice, count + REPORT_TEMPLATE);
    for (size_t i = 0; i < count; i++)
        choice[n++] = (struct view_report_choice){URL_PATH(w->ctx->arena, "/bc/%", t[i].code), t[i].name[w->ctx->lang], t[i].about[w->ctx->lang]};
    for (int i = 0; i < REPORT_TEMPLATE; i++)
        choice[n++] = (struct view_report_choice){URL_PATH(w->ctx->arena, "/bc/%", PAGES[i].path),
                                                word(w->ctx->lang, report_word((enum report_id)i)),
                                                word(w->ctx->lang, PAGES[i].about)};
    view_report_list(&o, &(struct view_report_list){choice, n, URL_PATH(w->ctx->arena, "/bc/ban")});
    return web_staff_page(w, MENU_REPORT, word(w->ctx->lang, WORD_REPORT_LIST_TITLE),
                          html_done(&o));
}

const struct web_route ROUTES_REPORT[] = {
    {HTTP_GET, "/bc", WEB_STAFF, NULL, list},
    {HTTP_GET, "/bc/{ma}", WEB_STAFF, REPORT_FIELDS, report},
    {HTTP_POST, "/bc/{ma}", WEB_STAFF, REPORT_FIELDS, issue},
    {HTTP_POST, "/bc/{ma}/soan", WEB_STAFF, REPORT_FIELDS, begin},
    {.path = NULL},
};
