#include "web/leader_chart.h"

#include "view_leader.h"

enum {
    DAYS_EACH = 31, /* longer periods are drawn by week */
    DAYS_A_WEEK = 7,
    BARS_MAX = 800,
    BASE = 206, /* y of zero */
    TOP = 16,   /* y of the highest line */
    LEFT = 44,
    RIGHT = 700,
    LINES = 4,
    LABELS_MAX = 16,
    TEXT_BELOW = 4,
    GAP = 2,
};

struct bar {
    struct date from;
    int64_t received, resolved;
};

struct chart {
    const struct web *w;
    const struct period *p;
    bool weekly;
    struct bar *bar;
    size_t count;
    struct date last;
    int64_t highest; /* of the scale */
};

static struct str number(const struct chart *c, int64_t n)
{
    return word_int(c->w->ctx->arena, c->w->ctx->lang, n);
}

static struct str say(const struct chart *c, enum word w, const struct str *value, size_t n)
{
    return word_format(c->w->ctx->arena, c->w->ctx->lang, w, value, n);
}

static struct date bucket(const struct chart *c, struct date day)
{
    return c->weekly ? date_add_days(day, -(int)date_weekday(day)) : day;
}

/* Weekends on which nothing happened are left out; weeks never. */
static bool is_idle(const struct chart *c, const struct bar *b)
{
    return !c->weekly && !b->received && !b->resolved && date_weekday(b->from) >= SATURDAY;
}

static void bars_make(struct chart *c, const struct q_figure_by_day *row, size_t count)
{
    size_t n = 0, at = 0;
    int step = c->weekly ? DAYS_A_WEEK : 1;

    c->bar = ARENA_ARRAY(c->w->ctx->arena, struct bar, BARS_MAX);
    for (struct date d = bucket(c, c->p->question.from); date_cmp(d, c->last) <= 0 && n < BARS_MAX;
         d = date_add_days(d, step)) {
        struct bar b = {.from = d};
        struct date day;
        while (at < count && !date_parse(row[at].day, &day) &&
               date_cmp(day, date_add_days(d, step)) < 0) {
            b.received += row[at].received;
            b.resolved += row[at++].finished;
        }
        if (!is_idle(c, &b))
            c->bar[n++] = b;
    }
    c->count = n;
}

/* The next round number that four lines divide evenly. */
static int64_t scale(int64_t highest)
{
    int64_t unit = 1;

    for (;; unit *= 10) {
        static const int64_t STEPS[] = {4, 8, 12, 20};
        for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++)
            if (STEPS[i] * unit >= highest)
                return STEPS[i] * unit;
    }
}

static struct view_leader_line *lines(const struct chart *c)
{
    struct view_leader_line *line =
        ARENA_ARRAY(c->w->ctx->arena, struct view_leader_line, LINES + 1);

    for (int i = 0; i <= LINES; i++) {
        int64_t y = BASE - (int64_t)(BASE - TOP) * i / LINES;
        line[i] = (struct view_leader_line){y, y + TEXT_BELOW, number(c, c->highest * i / LINES)};
    }
    return line;
}

static struct str label_of(const struct chart *c, const struct bar *b)
{
    struct civil d = date_civil(b->from);

    return str_format(c->w->ctx->arena, "%02d/%02d", d.day, d.month);
}

static struct str name_of(const struct chart *c, const struct bar *b)
{
    struct str day = c->weekly ? web_day(c->w, b->from) : web_day_long(c->w, b->from);

    return c->weekly ? say(c, WORD_LEADER_WEEK_OF, &day, 1) : day;
}

static const struct bar *busiest(const struct chart *c)
{
    const struct bar *best = &c->bar[0];

    for (size_t i = 1; i < c->count; i++)
        if (c->bar[i].received > best->received)
            best = &c->bar[i];
    return best;
}

static struct view_leader_bar *bars(const struct chart *c)
{
    struct view_leader_bar *out = ARENA_ARRAY(c->w->ctx->arena, struct view_leader_bar, c->count);
    int64_t room = (RIGHT - LEFT) / (int64_t)c->count, width = room * 2 / 5;
    size_t every = c->count / LABELS_MAX + 1;
    const struct bar *best = busiest(c);

    for (size_t i = 0; i < c->count; i++) {
        const struct bar *b = &c->bar[i];
        int64_t x =
            LEFT + (int64_t)i * (RIGHT - LEFT) / (int64_t)c->count + (room - 2 * width - GAP) / 2;
        int64_t h1 = b->received * (BASE - TOP) / c->highest,
                h2 = b->resolved * (BASE - TOP) / c->highest;
        int64_t higher = h1 > h2 ? h1 : h2;
        out[i] = (struct view_leader_bar){
            .x = x,
            .y = BASE - h1,
            .width = width,
            .height = h1,
            .x2 = x + width + GAP,
            .y2 = BASE - h2,
            .height2 = h2,
            .label_x = x + width + GAP / 2,
            .label = label_of(c, b),
            .has_label = i % every == 0,
            .top = b == best ? number(c, b->received) : STR(""),
            .top_y = BASE - higher - TEXT_BELOW,
        };
    }
    return out;
}

static struct view_leader_day *days(const struct chart *c)
{
    struct view_leader_day *day = ARENA_ARRAY(c->w->ctx->arena, struct view_leader_day, c->count);

    for (size_t i = 0; i < c->count; i++)
        day[i] = (struct view_leader_day){name_of(c, &c->bar[i]), c->bar[i].received,
                                          c->bar[i].resolved};
    return day;
}

static struct str finding(const struct chart *c, const struct figures *total)
{
    int64_t more = total->value[FIGURE_DOSSIER_RECEIVED] - total->value[FIGURE_DOSSIER_RESOLVED] -
                   total->value[FIGURE_DOSSIER_WITHDRAWN];
    const struct bar *best = busiest(c);
    struct str value[] = {number(c, more < 0 ? -more : more), name_of(c, best),
                          number(c, best->received)};

    return say(c, more < 0 ? WORD_LEADER_CHART_LESS : WORD_LEADER_CHART_MORE, value, 3);
}

enum err leader_chart(const struct web *w, const struct period *p, const struct figures *total,
                      struct html *ret)
{
    struct chart c = {.w = w, .p = p, .last = p->question.to};
    struct date seen = zone_date(p->zone, p->question.as_of);
    struct q_figure_by_day *row;
    size_t count;
    struct html_out o = web_out(w);
    enum err err = act_figures_by_day(&p->question, w->ctx, &row, &count);

    if (err)
        return err;
    if (date_cmp(seen, c.last) < 0)
        c.last = seen;
    c.weekly = c.last.day - p->question.from.day > DAYS_EACH;
    bars_make(&c, row, count);
    if (!count)
        c.count = 0;
    for (size_t i = 0; i < c.count; i++) {
        c.highest = c.bar[i].received > c.highest ? c.bar[i].received : c.highest;
        c.highest = c.bar[i].resolved > c.highest ? c.bar[i].resolved : c.highest;
    }
    c.highest = scale(c.highest);
    struct str range[] = {web_day(w, p->question.from), web_day(w, c.last)};
    struct str received = number(&c, total->value[FIGURE_DOSSIER_RECEIVED]);
    struct str resolved = number(&c, total->value[FIGURE_DOSSIER_RESOLVED]);
    view_leader_chart(
        &o, &(struct view_leader_chart){
                .title = word(w->ctx->lang,
                              c.weekly ? WORD_LEADER_CHART_WEEK_TITLE : WORD_LEADER_CHART_TITLE),
                .finding = c.count ? finding(&c, total) : STR(""),
                .text = say(&c, WORD_LEADER_CHART_TEXT, range, 2),
                .received = say(&c, WORD_LEADER_CHART_RECEIVED, &received, 1),
                .resolved = say(&c, WORD_LEADER_CHART_RESOLVED, &resolved, 1),
                .line = lines(&c),
                .line_count = LINES + 1,
                .bar = c.count ? bars(&c) : NULL,
                .bar_count = c.count,
                .day = days(&c),
                .day_count = c.count,
                .first = word(w->ctx->lang, c.weekly ? WORD_COMMON_WEEK : WORD_COMMON_DAY),
            });
    *ret = html_done(&o);
    return OK;
}
