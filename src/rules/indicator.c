#include "rules/indicator.h"

static const struct str WAYS[] = {
    [INDICATOR_COUNT] = STR_INIT("count"),           [INDICATOR_SUM] = STR_INIT("sum"),     [INDICATOR_DISTINCT] = STR_INIT("distinct"),
    [INDICATOR_TOTAL] = STR_INIT("total"),           [INDICATOR_DIFFERENCE] = STR_INIT("difference"),
    [INDICATOR_SHARE] = STR_INIT("share"),           [INDICATOR_SCORE] = STR_INIT("score"),  [INDICATOR_FIGURE] = STR_INIT("figure"),
};
_Static_assert(sizeof WAYS / sizeof WAYS[0] == INDICATOR_WAY__COUNT, "every way has a code");
static const struct str TIMES[] = {
    [INDICATOR_IN] = STR_INIT("in"),         [INDICATOR_AT_END] = STR_INIT("at-end"), [INDICATOR_AT_START] = STR_INIT("at-start"),
    [INDICATOR_BY_END] = STR_INIT("by-end"), [INDICATOR_ANY] = STR_INIT("any"),
};
_Static_assert(sizeof TIMES / sizeof TIMES[0] == INDICATOR_TIME__COUNT, "every time has a code");

static int find(const struct str *code, int count, struct str s)
{
    int i = 0;

    while (i < count && !str_eq(code[i], s))
        i++;
    return i;
}

struct str indicator_way_code(enum indicator_way way)
{
    return WAYS[way];
}

bool indicator_way_find(struct str code, enum indicator_way *ret)
{
    int i = find(WAYS, INDICATOR_WAY__COUNT, code);

    if (i == INDICATOR_WAY__COUNT)
        return false;
    *ret = (enum indicator_way)i;
    return true;
}

struct str indicator_time_code(enum indicator_time time)
{
    return TIMES[time];
}

bool indicator_time_find(struct str code, enum indicator_time *ret)
{
    int i = find(TIMES, INDICATOR_TIME__COUNT, code);

    if (i == INDICATOR_TIME__COUNT)
        return false;
    *ret = (enum indicator_time)i;
    return true;
}

/* ---- does an entry count? ---- */

static struct str value_of(const struct indicator_entry *e, const struct indicator_test *t)
{
    if (t->via.n)
        return e->other(e->arg, e, t->via, t->field);
    int f = schema_find(e->schema->field, e->schema->count, t->field);
    return f < 0 ? STR("") : e->value[f].text;
}

static bool is_among(const struct indicator_test *t, struct str s)
{
    for (size_t i = 0; i < t->value_count; i++)
        if (str_eq(t->value[i], s))
            return true;
    return false;
}

/* `on`: the day at which entries are looked at. */
static bool holds(const struct indicator_test *t, struct str s, struct date on)
{
    struct date d;
    int64_t n = 0;

    switch (t->kind) {
    case INDICATOR_IS:
        return is_among(t, s);
    case INDICATOR_IS_NOT:
        return !is_among(t, s);
    case INDICATOR_FILLED:
        return s.n > 0;
    case INDICATOR_BLANK:
        return s.n == 0;
    case INDICATOR_LEAST:
        return schema_number(s, &n) && n >= t->n;
    case INDICATOR_MOST:
        return schema_number(s, &n) && n <= t->n;
    case INDICATOR_BY:
        return date_parse(s, &d) == OK && date_cmp(d, on) <= 0;
    case INDICATOR_YEAR:
        return schema_number(s, &n) && n == date_civil(on).year - t->n;
    }
    return false;
}

static bool is_timely(enum indicator_time time, const struct indicator_entry *e, struct date from, struct date to)
{
    struct date before = date_add_days(from, -1);

    switch (time) {
    case INDICATOR_IN:
        return date_cmp(e->day, from) >= 0 && date_cmp(e->day, to) <= 0;
    case INDICATOR_AT_END:
        return date_cmp(e->day, to) <= 0 && date_cmp(e->until, to) >= 0;
    case INDICATOR_AT_START:
        return date_cmp(e->day, before) <= 0 && date_cmp(e->until, before) >= 0;
    case INDICATOR_BY_END:
        return date_cmp(e->day, to) <= 0;
    case INDICATOR_ANY:
    case INDICATOR_TIME__COUNT:
        break;
    }
    return true;
}

bool indicator_counts(const struct indicator *i, const struct indicator_entry *e, struct date from, struct date to)
{
    struct date on = i->time == INDICATOR_AT_START ? date_add_days(from, -1) : to;

    if (!is_timely(i->time, e, from, to))
        return false;
    for (size_t t = 0; t < i->test_count; t++)
        if (!holds(&i->test[t], value_of(e, &i->test[t]), on))
            return false;
    return true;
}

/* ---- made of others ---- */

/* What is not known does not become 0 by being added to something; of parts that do not apply, none does. */
static struct indicator_value total(const struct indicator *i, const struct indicator_value *of)
{
    struct indicator_value v = {.state = INDICATOR_NONE};

    for (size_t k = 0; k < i->of_count; k++) {
        if (of[k].state == INDICATOR_UNKNOWN && v.state == INDICATOR_NONE)
            v.state = INDICATOR_UNKNOWN;
        if (of[k].state != INDICATOR_NUMBER)
            continue;
        v.state = INDICATOR_NUMBER;
        v.n += of[k].n;
        v.is_points |= of[k].is_points;
        v.whole += of[k].is_points ? of[k].whole : 0; /* what does not apply, or nobody knows, is not scored either way */
    }
    return v;
}

/* In hundredths, half up, as the index is published. What has no population gets no points and no zero. */
static struct indicator_value score(const struct indicator *i, const struct indicator_value *share)
{
    enum { HUNDREDTHS = 100, WHOLE = 100 };
    int64_t most = i->points * HUNDREDTHS, under = share->whole * i->full, over = share->n * WHOLE;
    struct indicator_value v = {.state = share->state, .is_points = true, .whole = most};

    if (v.state == INDICATOR_NUMBER)
        v.n = over >= under ? most : (2 * most * over + under) / (2 * under);
    return v;
}

struct indicator_value indicator_combine(const struct indicator *i, const struct indicator_value *of)
{
    struct indicator_value v = {.state = INDICATOR_UNKNOWN, .is_share = i->way == INDICATOR_SHARE};

    if (i->way == INDICATOR_TOTAL)
        return total(i, of);
    if (i->way == INDICATOR_SCORE)
        return score(i, &of[0]);
    if (of[1].state != INDICATOR_NUMBER || (of[0].state != INDICATOR_NUMBER && !(v.is_share && of[1].n == 0)))
        return v;
    if (v.is_share) {
        v.state = of[1].n > 0 ? INDICATOR_NUMBER : INDICATOR_NONE;
        v.n = of[0].n;
        v.whole = of[1].n;
        return v;
    }
    v.state = INDICATOR_NUMBER;
    v.n = of[0].n - of[1].n;
    return v;
}
