/* The leader's page: what goes how, every number with its records. */
#include "web/leader.h"

#include "acts/record.h"
#include "calendar/badge.h"
#include "view_leader.h"
#include "web/leader_chart.h"
#include "web/url.h"

enum { LATE_ROWS = 10, PER_MILLE = 1000 };

struct page {
    struct web *w;
    struct period period;
    struct figure_answer now, before; /* the period, and as long a one before it */
    struct act_records late;
};

static struct str say(const struct page *p, enum word w)
{
    return word(p->w->ctx->lang, w);
}

static struct str say_1(const struct page *p, enum word w, struct str value)
{
    return word_format(p->w->ctx->arena, p->w->ctx->lang, w, &value, 1);
}

static struct str number(const struct page *p, int64_t n)
{
    return word_int(p->w->ctx->arena, p->w->ctx->lang, n);
}

static struct url records(const struct page *p, enum figure f, int64_t unit, int64_t field)
{
    return period_records_url(p->w, &p->period.question, figure_code(f),
                              unit ? unit : p->period.unit.id, field);
}

static int64_t counted(const struct figures *f)
{
    return f->value[FIGURE_DOSSIER_RECEIVED] + f->value[FIGURE_DOSSIER_CARRIED_OVER];
}

/* ---- tiles ---- */

static struct str longest(const struct page *p)
{
    struct office office;
    struct web *w = p->w;

    if (!p->late.row_count)
        return say(p, WORD_LEADER_OPEN_LATE_NONE);
    if (office_load(w->ctx, w->ctx->db, p->period.unit.id, &office))
        return STR("");
    struct date seen = zone_date(p->period.zone, p->period.question.as_of);
    int days = calendar_working_days_between(office.calendar, p->late.row[0].due, seen);
    struct str n = number(p, days);
    return say_1(p, WORD_LEADER_OPEN_LATE_LONGEST, say_1(p, WORD_COMMON_DAYS, n));
}

static size_t tiles(const struct page *p, struct view_leader_tile *tile)
{
    const int64_t *v = p->now.total.value;
    size_t n = 0;

    tile[n++] = (struct view_leader_tile){STR("m-qua"), records(p, FIGURE_DOSSIER_OPEN_LATE, 0, 0),
                                          v[FIGURE_DOSSIER_OPEN_LATE],
                                          say(p, WORD_LEADER_OPEN_LATE), longest(p)};
    tile[n++] = (struct view_leader_tile){
        STR("m-tam"), records(p, FIGURE_DOSSIER_SUSPENDED, 0, 0), v[FIGURE_DOSSIER_SUSPENDED],
        say(p, WORD_LEADER_SUSPENDED), say(p, WORD_LEADER_SUSPENDED_HINT)};
    tile[n++] = (struct view_leader_tile){
        STR("m-dung"), records(p, FIGURE_DOSSIER_OPEN_IN_TERM, 0, 0),
        v[FIGURE_DOSSIER_OPEN_IN_TERM], say(p, WORD_LEADER_OPEN_IN_TERM),
        say_1(p, WORD_LEADER_OPEN_IN_TERM_HINT, number(p, v[FIGURE_DOSSIER_OPEN]))};
    tile[n++] = (struct view_leader_tile){
        STR("m-lam"), records(p, FIGURE_DOSSIER_WITHDRAWN, 0, 0), v[FIGURE_DOSSIER_WITHDRAWN],
        say(p, WORD_LEADER_ENDED),
        say_1(p, WORD_LEADER_ENDED_HINT, number(p, v[FIGURE_DOSSIER_REFUSED]))};
    return n;
}

/* ---- key figures ---- */

/* A count, or a share of two figures; which way is good. */
static const struct kpi {
    enum word label, of;
    enum figure figure;
    enum { A_COUNT, OF_RESOLVED, OF_RECEIVED, OF_ALL } whole;
    enum { NEITHER, MORE_IS_GOOD, LESS_IS_GOOD } good;
    enum figure opens;
    enum word see;
} KPIS[] = {
    {WORD_LEADER_RECEIVED, 0, FIGURE_DOSSIER_RECEIVED, A_COUNT, NEITHER, FIGURE_DOSSIER_RECEIVED,
     WORD_LEADER_SEE},
    {WORD_LEADER_RESOLVED, 0, FIGURE_DOSSIER_RESOLVED, A_COUNT, NEITHER, FIGURE_DOSSIER_RESOLVED,
     WORD_LEADER_SEE},
    {WORD_LEADER_IN_TIME, WORD_LEADER_IN_TIME_OF, FIGURE_DOSSIER_RESOLVED_IN_TIME, OF_RESOLVED,
     MORE_IS_GOOD, FIGURE_DOSSIER_RESOLVED_LATE, WORD_LEADER_SEE_LATE},
    {WORD_LEADER_LATE, WORD_LEADER_LATE_OF, FIGURE_DOSSIER_LATE, OF_ALL, LESS_IS_GOOD,
     FIGURE_DOSSIER_LATE, WORD_LEADER_SEE},
    {WORD_LEADER_ONLINE, WORD_LEADER_ONLINE_OF, FIGURE_DOSSIER_RECEIVED_ONLINE, OF_RECEIVED,
     MORE_IS_GOOD, FIGURE_DOSSIER_RECEIVED_ONLINE, WORD_LEADER_SEE},
    {WORD_LEADER_CARRIED, 0, FIGURE_DOSSIER_CARRIED_OVER, A_COUNT, NEITHER,
     FIGURE_DOSSIER_CARRIED_OVER, WORD_LEADER_SEE},
};
enum { KPI_COUNT = sizeof KPIS / sizeof KPIS[0] };

static int64_t whole_of(const struct kpi *k, const struct figures *f)
{
    switch (k->whole) {
    case A_COUNT:
        return 1;
    case OF_RESOLVED:
        return f->value[FIGURE_DOSSIER_RESOLVED];
    case OF_RECEIVED:
        return f->value[FIGURE_DOSSIER_RECEIVED];
    case OF_ALL:
        return counted(f);
    }
    BUG("share of %d", (int)k->whole);
}

/* Against the period before: in per cent, or in points where it is a share itself. */
static void compare(const struct page *p, const struct kpi *k, struct view_leader_kpi *v)
{
    const struct figures *now = &p->now.total, *was = &p->before.total;
    int64_t a = now->value[k->figure], b = was->value[k->figure], wa = whole_of(k, now),
            wb = whole_of(k, was);
    struct arena *ar = p->w->ctx->arena;
    enum lang lang = p->w->ctx->lang;

    v->sign = web_icon(p->w, STR("minus"));
    if (!counted(was) || !wa || !wb || (k->whole == A_COUNT && !b))
        return; /* nothing to compare with */
    int64_t scale = (int64_t)PER_MILLE * 10;
    int64_t more = k->whole == A_COUNT ? a - b : a * scale / wa - b * scale / wb,
            size = more < 0 ? -more : more;
    struct str by = k->whole == A_COUNT
                        ? word_percent(ar, lang, size, b)
                        : say_1(p, WORD_LEADER_POINTS, word_percent(ar, lang, size, scale));
    v->sign = web_icon(p->w, !more      ? STR("minus")
                             : more > 0 ? STR("trending-up")
                                        : STR("trending-down"));
    v->compare = !more ? say(p, WORD_LEADER_SAME)
                       : say_1(p, more > 0 ? WORD_LEADER_UP : WORD_LEADER_DOWN, by);
    if (more && k->good != NEITHER)
        v->class = (more > 0) == (k->good == MORE_IS_GOOD) ? STR("tot") : STR("xau");
}

static struct view_leader_kpi *kpis(const struct page *p)
{
    struct arena *a = p->w->ctx->arena;
    struct view_leader_kpi *v = ARENA_ARRAY(a, struct view_leader_kpi, KPI_COUNT);
    const struct figures *f = &p->now.total;

    for (size_t i = 0; i < KPI_COUNT; i++) {
        const struct kpi *k = &KPIS[i];
        v[i] = (struct view_leader_kpi){
            .label = say(p, k->label),
            .value = k->whole == A_COUNT
                         ? number(p, f->value[k->figure])
                         : word_percent(a, p->w->ctx->lang, f->value[k->figure], whole_of(k, f)),
            .of = k->whole == A_COUNT ? STR("") : say(p, k->of),
            .page = records(p, k->opens, 0, 0),
            .see = say_1(p, k->see, number(p, f->value[k->opens])),
        };
        compare(p, k, &v[i]);
    }
    return v;
}

/* ---- shares, each with its denominator ---- */

static struct view_leader_share share(const struct page *p, enum word label, int64_t part,
                                      int64_t whole, struct str class)
{
    struct arena *a = p->w->ctx->arena;
    struct str value[] = {number(p, part), number(p, whole)};

    return (struct view_leader_share){
        .label = say(p, label),
        .percent = word_percent(a, p->w->ctx->lang, part, whole),
        .of = word_format(a, p->w->ctx->lang, WORD_LEADER_SHARE_OF, value, 2),
        .width = whole ? part * PER_MILLE / whole : 0,
        .class = class,
    };
}

static size_t shares(const struct page *p, struct view_leader_share *s)
{
    const int64_t *v = p->now.total.value;
    int64_t in_time = v[FIGURE_DOSSIER_RESOLVED_IN_TIME], all = counted(&p->now.total);

    s[0] = share(p, WORD_LEADER_SHARE_RESOLVED, in_time, v[FIGURE_DOSSIER_RESOLVED], STR("g3"));
    s[1] = share(p, WORD_LEADER_SHARE_HEALTHY, in_time + v[FIGURE_DOSSIER_OPEN_IN_TERM], all,
                 STR("g1"));
    s[2] = share(p, WORD_LEADER_SHARE_ALL, in_time, all, STR("g2"));
    return 3;
}

static void law(const struct page *p, struct view_leader *v)
{
    const int64_t *n = p->now.total.value;
    struct arena *a = p->w->ctx->arena;
    enum lang lang = p->w->ctx->lang;
    struct str left[] = {number(p, n[FIGURE_DOSSIER_CARRIED_OVER]),
                         number(p, n[FIGURE_DOSSIER_RECEIVED]), number(p, counted(&p->now.total))};
    struct str right[] = {number(p, n[FIGURE_DOSSIER_RESOLVED]), number(p, n[FIGURE_DOSSIER_OPEN]),
                          number(p, n[FIGURE_DOSSIER_WITHDRAWN])};
    struct str broken[] = {say(p, figure_law_word(p->now.broken)), number(p, p->now.left),
                           number(p, p->now.right)};

    v->balance = p->now.broken == LAW_HOLDS;
    v->law = v->balance ? word_format(a, lang, WORD_LEADER_LAW_HOLDS, left, 3)
                        : word_format(a, lang, WORD_LEADER_LAW_BROKEN, broken, 3);
    v->law_right = word_format(a, lang, WORD_LEADER_LAW_RIGHT, right, 3);
}

/* ---- lists ---- */

static struct html late_badge(const struct page *p, const struct office *office, struct date due)
{
    int days = calendar_working_days_between(office->calendar, due,
                                             zone_date(p->period.zone, p->period.question.as_of));
    struct badge b = {.kind = BADGE_LATE, .days = days > 0 ? days : 0};

    return web_badge_html(p->w, web_badge(p->w, &b));
}

static enum err late_rows(const struct page *p, struct view_leader_late **ret)
{
    struct view_leader_late *row =
        ARENA_ARRAY(p->w->ctx->arena, struct view_leader_late, p->late.row_count);
    struct office office;
    enum err err = office_load(p->w->ctx, p->w->ctx->db, p->period.unit.id, &office);

    if (err)
        return err;
    for (size_t i = 0; i < p->late.row_count; i++) {
        const struct record *r = &p->late.row[i];
        row[i] = (struct view_leader_late){
            .badge = late_badge(p, &office, r->due),
            .page = url_dossier(p->w->ctx->arena, r->code),
            .code = r->code,
            .procedure = r->procedure,
            .step = r->step,
            .holder = r->holder,
            .unit = r->holder_unit.n ? r->holder_unit : r->unit,
        };
    }
    *ret = row;
    return OK;
}

static struct html lines(const struct page *p, const struct figure_line *line, size_t count,
                         bool by_unit)
{
    struct arena *a = p->w->ctx->arena;
    struct view_leader_row *row = ARENA_ARRAY(a, struct view_leader_row, count);
    struct html_out o = web_out(p->w);

    for (size_t i = 0; i < count; i++) {
        const int64_t *v = line[i].figures.value;
        int64_t unit = by_unit ? line[i].id : 0, field = by_unit ? 0 : line[i].id;
        struct figure_question own = p->period.question;
        own.unit = by_unit ? line[i].id : own.unit;
        row[i] = (struct view_leader_row){
            .name = line[i].name,
            .page = by_unit ? period_url(p->w, &own, URL_PATH(a, "/ld"))
                            : records(p, FIGURE_DOSSIER_RECEIVED, unit, field),
            .received = v[FIGURE_DOSSIER_RECEIVED],
            .received_page = records(p, FIGURE_DOSSIER_RECEIVED, unit, field),
            .resolved = v[FIGURE_DOSSIER_RESOLVED],
            .resolved_page = records(p, FIGURE_DOSSIER_RESOLVED, unit, field),
            .late = v[FIGURE_DOSSIER_RESOLVED_LATE],
            .late_page = records(p, FIGURE_DOSSIER_RESOLVED_LATE, unit, field),
            .in_time = word_percent(a, p->w->ctx->lang, v[FIGURE_DOSSIER_RESOLVED_IN_TIME],
                                    v[FIGURE_DOSSIER_RESOLVED]),
            .open = v[FIGURE_DOSSIER_OPEN],
            .open_page = records(p, FIGURE_DOSSIER_OPEN, unit, field),
            .open_late = v[FIGURE_DOSSIER_OPEN_LATE],
            .open_late_page = records(p, FIGURE_DOSSIER_OPEN_LATE, unit, field),
        };
    }
    view_leader_table(&o, &(struct view_leader_table){
                              .class = STR("c12"),
                              .title = say(p, by_unit ? WORD_LEADER_BY_UNIT : WORD_LEADER_BY_FIELD),
                              .first = say(p, by_unit ? WORD_LEADER_UNIT : WORD_CATALOGUE_FIELD),
                              .leader_row = row,
                              .leader_row_count = count,
                          });
    return html_done(&o);
}

/* ---- the page ---- */

static enum err load(struct page *p)
{
    struct figure_question before = p->period.question;
    enum err err = act_figures(&p->period.question, p->w->ctx, &p->now);

    before.to = date_add_days(p->period.question.from, -1);
    before.from = date_add_days(before.to, p->period.question.from.day - p->period.question.to.day);
    if (!err)
        err = act_figures(&before, p->w->ctx, &p->before);
    p->late = (struct act_records){.question = p->period.question, .n = LATE_ROWS};
    return err ? err : act_records_longest_late(&p->late, p->w->ctx);
}

static struct str range(const struct page *p)
{
    const struct figure_question *q = &p->period.question;
    struct str value[] = {p->period.unit.name, web_day(p->w, q->from), web_day(p->w, q->to),
                          period_as_of(p->w, &p->period)};

    return word_format(p->w->ctx->arena, p->w->ctx->lang, WORD_LEADER_RANGE, value, 4);
}

enum err leader_page(struct web *w)
{
    struct page p = {.w = w};
    struct arena *a = w->ctx->arena;
    struct view_leader_tile tile[4];
    struct view_leader_share share_row[3];
    struct view_leader_late *late;
    struct html chart;
    struct html_out o = web_out(w);
    enum err err = period_read(w, RIGHT_FIGURE_READ, &p.period);

    if (!err)
        err = load(&p);
    if (!err)
        err = leader_chart(w, &p.period, &p.now.total, &chart);
    if (!err)
        err = late_rows(&p, &late);
    if (err)
        return err;
    struct view_period_form form = {
        .action = URL_PATH(a, "/ld"),
        .option = period_units(w, &p.period),
        .option_count = p.period.desk.unit_count,
        .from = web_day(w, p.period.question.from),
        .to = web_day(w, p.period.question.to),
        .as_of = period_as_of_typed(w, &p.period),
    };
    struct html_out nothing = web_out(w);
    struct view_leader v = {
        .problems = web_problems(w),
        .range = range(&p),
        .form = &form,
        .tile = tile,
        .tile_count = tiles(&p, tile),
        .kpi = kpis(&p),
        .kpi_count = KPI_COUNT,
        .chart = chart,
        .share = share_row,
        .share_count = shares(&p, share_row),
        .leader_late = late,
        .leader_late_count = p.late.row_count,
        .late_count = p.now.total.value[FIGURE_DOSSIER_OPEN_LATE],
        .late_page = records(&p, FIGURE_DOSSIER_OPEN_LATE, 0, 0),
        .by_field = lines(&p, p.now.field, p.now.field_count, false),
        .by_unit = p.now.unit_count > 1 ? lines(&p, p.now.unit, p.now.unit_count, true)
                                        : html_done(&nothing),
    };
    law(&p, &v);
    view_leader(&o, &v);
    return web_staff_page(w, MENU_LEADER, say(&p, WORD_LEADER_TITLE), html_done(&o));
}
