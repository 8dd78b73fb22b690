/* How each agency does its share of inter-agency dossiers: a table, and the steps behind each number. */
#include "acts/agency.h"

#include "view_agency.h"
#include "view_leader.h"
#include "web/period.h"
#include "web/url.h"

static const struct http_field FIELDS[] = {PERIOD_FIELDS, {.name = "so-lieu", .max = 40}, {.name = "co-quan", .max = 20},
                                           {.name = NULL}};

static const enum word NAMES[] = {
    [AGENCY_DOSSIERS] = WORD_AGENCY_DOSSIERS, [AGENCY_STEPS] = WORD_AGENCY_STEPS,
    [AGENCY_EARLY] = WORD_AGENCY_EARLY,       [AGENCY_ON_TIME] = WORD_AGENCY_ON_TIME,
    [AGENCY_LATE] = WORD_AGENCY_LATE,         [AGENCY_OPEN] = WORD_AGENCY_OPEN,
    [AGENCY_OPEN_LATE] = WORD_AGENCY_OPEN_LATE,
};
_Static_assert(sizeof NAMES / sizeof NAMES[0] == AGENCY_FIGURE__COUNT, "every number has a name");

static struct str range(const struct web *w, const struct period *p)
{
    struct str value[] = {p->unit.name, web_day(w, p->question.from), web_day(w, p->question.to), period_as_of(w, p)};

    return word_format(w->ctx->arena, w->ctx->lang, WORD_LEADER_RANGE, value, 4);
}

static struct url steps_url(const struct web *w, const struct figure_question *q, int64_t unit, enum agency_figure f)
{
    struct arena *a = w->ctx->arena;
    struct url page = url_with_int(a, period_url(w, q, URL_PATH(a, "/ld/lien-thong/buoc")), "co-quan", unit);

    return url_with(a, page, "so-lieu", agency_figure_code(f));
}

static struct view_agency_row *rows(const struct web *w, const struct period *p, const struct q_agency_counts *count,
                                    size_t n)
{
    struct arena *a = w->ctx->arena;
    struct view_agency_row *row = ARENA_ARRAY(a, struct view_agency_row, n);

    for (size_t i = 0; i < n; i++) {
        struct view_agency_cell *cell = ARENA_ARRAY(a, struct view_agency_cell, AGENCY_FIGURE__COUNT);
        for (int f = 0; f < AGENCY_FIGURE__COUNT; f++)
            cell[f] = (struct view_agency_cell){
                .value = agency_value(&count[i], (enum agency_figure)f),
                .page = steps_url(w, &p->question, count[i].unit_id, (enum agency_figure)f),
                .bad = f == AGENCY_LATE || f == AGENCY_OPEN_LATE,
            };
        row[i] = (struct view_agency_row){count[i].unit_name, cell, AGENCY_FIGURE__COUNT};
    }
    return row;
}

static enum err table(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct q_agency_counts *count;
    struct period p;
    size_t n;
    enum err err = period_read(w, RIGHT_FIGURE_READ, &p);

    if (!err)
        err = act_agency_counts(&p.question, w->ctx, &count, &n);
    if (err)
        return err;
    struct view_period_form form = {
        .action = URL_PATH(a, "/ld/lien-thong"),
        .option = period_units(w, &p),
        .option_count = p.desk.unit_count,
        .from = web_day(w, p.question.from),
        .to = web_day(w, p.question.to),
        .as_of = period_as_of_typed(w, &p),
    };
    view_agency_page(&o, &(struct view_agency_page){
                             .problems = web_problems(w),
                             .range = range(w, &p),
                             .form = &form,
                             .agency_row = rows(w, &p, count, n),
                             .agency_row_count = n,
                         });
    return web_staff_page(w, MENU_AGENCY, word(w->ctx->lang, WORD_AGENCY_TITLE), html_done(&o));
}

static struct html result(struct web *w, struct str class)
{
    static const struct {
        enum agency_figure figure;
        struct str class, icon;
    } LOOKS[] = {
        {AGENCY_EARLY, STR_INIT("dung"), STR_INIT("check")},
        {AGENCY_ON_TIME, STR_INIT("dung"), STR_INIT("check")},
        {AGENCY_LATE, STR_INIT("qua"), STR_INIT("octagon-alert")},
        {AGENCY_OPEN, STR_INIT("tin"), STR_INIT("clock")},
        {AGENCY_OPEN_LATE, STR_INIT("qua"), STR_INIT("octagon-alert")},
    };
    struct html_out nothing = web_out(w);

    for (size_t i = 0; i < sizeof LOOKS / sizeof LOOKS[0]; i++)
        if (str_eq(agency_figure_code(LOOKS[i].figure), class))
            return web_badge_html(w, (struct web_badge){LOOKS[i].class, LOOKS[i].icon,
                                                        word(w->ctx->lang, NAMES[LOOKS[i].figure])});
    return html_done(&nothing);
}

static struct str moment(const struct web *w, const struct period *p, struct str text)
{
    struct instant t;

    return instant_parse(text, &t) ? STR("") : web_moment(w, zone_local(p->zone, t));
}

static enum err list(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct q_agency_steps *step;
    struct period p;
    enum agency_figure f;
    const struct q_unit_by_id *unit;
    int64_t agency = web_int(w, "co-quan", 1, INT64_MAX, 0);
    size_t n;
    enum err err = period_read(w, RIGHT_FIGURE_READ, &p);

    if (!err && !agency_figure_find(web_field(w, "so-lieu"), &f))
        err = ERR_NOT_FOUND;
    if (!err)
        err = act_agency_steps(&p.question, agency, f, w->ctx, &step, &n);
    if (err)
        return err;
    struct view_agency_step *row = ARENA_ARRAY(a, struct view_agency_step, n);
    for (size_t i = 0; i < n; i++)
        row[i] = (struct view_agency_step){
            .page = url_dossier(a, step[i].code),
            .code = step[i].code,
            .procedure = step[i].procedure_name,
            .step = step[i].step_name,
            .person = step[i].person_name_null ? STR("") : step[i].person_name,
            .since = moment(w, &p, step[i].since_at),
            .due = moment(w, &p, step[i].step_due_at),
            .done = step[i].done_at_null ? STR("") : moment(w, &p, step[i].done_at),
            .badge = result(w, step[i].class),
        };
    err = unit_load(w->ctx, w->ctx->db, agency, &unit);
    if (err)
        return err;
    struct str name[] = {unit->name, word(w->ctx->lang, NAMES[f])};
    struct str title = word_format(a, w->ctx->lang, WORD_AGENCY_LIST_TITLE, name, 2);
    view_agency_list(&o, &(struct view_agency_list){
                             .title = title,
                             .sub = range(w, &p),
                             .back = period_url(w, &p.question, URL_PATH(a, "/ld/lien-thong")),
                             .total = (int64_t)n,
                             .agency_step = row,
                             .agency_step_count = n,
                         });
    return web_staff_page(w, MENU_AGENCY, title, html_done(&o));
}

const struct web_route ROUTES_AGENCY[] = {
    {HTTP_GET, "/ld/lien-thong", WEB_STAFF, FIELDS, table},
    {HTTP_GET, "/ld/lien-thong/buoc", WEB_STAFF, FIELDS, list},
    {.path = NULL},
};
