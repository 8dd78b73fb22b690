#include "acts/report_law.h"

#define C(class)    (1u << (FIGURE_##class))
#define ANY         ((1u << FIGURE_CLASS__COUNT) - 1)
#define RESOLVED    (C(EARLY) | C(ON_TIME) | C(RESOLVED_LATE))
#define IN_TERM     (C(IN_TERM) | C(SUSPENDED))
#define CHANNEL(c)  (1u << (CHANNEL_##c))
#define ANY_CHANNEL (CHANNEL(COUNTER) | CHANNEL(ONLINE) | CHANNEL(POST))

enum origin { FROM_ANYWHERE, RECEIVED, CARRIED };

static const struct column {
    enum word word;
    unsigned classes, channels;
    enum origin origin;
} COLUMNS[COLUMN__COUNT] = {
    [3] = {WORD_REPORT_COLUMN_3, ANY, ANY_CHANNEL, FROM_ANYWHERE},
    [4] = {WORD_REPORT_COLUMN_4, ANY, CHANNEL(ONLINE), RECEIVED},
    [5] = {WORD_REPORT_COLUMN_5, ANY, CHANNEL(COUNTER) | CHANNEL(POST), RECEIVED},
    [6] = {WORD_REPORT_COLUMN_6, ANY, ANY_CHANNEL, CARRIED},
    [7] = {WORD_REPORT_COLUMN_7, RESOLVED, ANY_CHANNEL, FROM_ANYWHERE},
    [8] = {WORD_REPORT_COLUMN_8, C(EARLY), ANY_CHANNEL, FROM_ANYWHERE},
    [9] = {WORD_REPORT_COLUMN_9, C(ON_TIME), ANY_CHANNEL, FROM_ANYWHERE},
    [10] = {WORD_REPORT_COLUMN_10, C(RESOLVED_LATE), ANY_CHANNEL, FROM_ANYWHERE},
    [11] = {WORD_REPORT_COLUMN_11, IN_TERM | C(OPEN_LATE), ANY_CHANNEL, FROM_ANYWHERE},
    [12] = {WORD_REPORT_COLUMN_12, IN_TERM, ANY_CHANNEL, FROM_ANYWHERE},
    [13] = {WORD_REPORT_COLUMN_13, C(OPEN_LATE), ANY_CHANNEL, FROM_ANYWHERE},
};

bool column_counts(int column, bool is_received, int64_t channel, enum figure_class class)
{
    const struct column *c = &COLUMNS[column];

    if (!(c->classes & (1u << class)) || !(c->channels & (1u << channel)))
        return false;
    return c->origin == FROM_ANYWHERE || (c->origin == RECEIVED) == is_received;
}

enum figure_class column_class(enum figure_class class, struct str due_on, struct str finished_on,
                               enum report_ended ended)
{
    if (class != FIGURE_WITHDRAWN)
        return class;
    if (ended == REPORT_ENDED_ON_TIME)
        return FIGURE_ON_TIME;
    int late = str_cmp(finished_on, due_on); /* ISO dates: order of text is order of time */
    return late < 0 ? FIGURE_EARLY : late == 0 ? FIGURE_ON_TIME : FIGURE_RESOLVED_LATE;
}

enum word report_column_word(int column)
{
    return COLUMNS[column].word;
}

bool report_column_find(struct str code, int *ret)
{
    struct str prefix = STR("II.06a.");
    int64_t n;

    if (!str_has_prefix(code, prefix) ||
        str_parse_int(str_sub(code, prefix.n, code.n), COLUMN_FIRST, COLUMN_LAST, &n))
        return false;
    *ret = (int)n;
    return true;
}

/* ---- laws ---- */

static const struct {
    enum word word;
    int whole, part[3]; /* 0 ends */
} LAWS[] = {
    [COLUMN_LAW_RECEIVED] = {WORD_REPORT_LAW_3, 3, {4, 5, 6}},
    [COLUMN_LAW_RESOLVED] = {WORD_REPORT_LAW_7, 7, {8, 9, 10}},
    [COLUMN_LAW_OPEN] = {WORD_REPORT_LAW_11, 11, {12, 13, 0}},
    [COLUMN_LAW_BALANCE] = {WORD_REPORT_LAW_BALANCE, 3, {7, 11, 0}},
};
_Static_assert(sizeof LAWS / sizeof LAWS[0] == COLUMN_LAW__COUNT, "every law is written down");

bool column_law_holds(enum column_law law, const struct columns *c, int64_t *ret_left,
                      int64_t *ret_right)
{
    int64_t sum = 0;

    for (size_t i = 0; i < 3 && LAWS[law].part[i]; i++)
        sum += c->n[LAWS[law].part[i]];
    *ret_left = c->n[LAWS[law].whole];
    *ret_right = sum;
    return *ret_left == *ret_right;
}

enum word column_law_word(enum column_law law)
{
    return LAWS[law].word;
}

/* ---- periods ---- */

enum { YEAR_DIGITS = 4, YEAR_FIRST = 1800, YEAR_LAST = 2298 };

static const struct {
    enum word word;
    int months, count;  /* how long, how many in a year */
    const char *before; /* after the year: "-Q" */
} PERIODS[] = {
    [PERIOD_MONTH] = {WORD_REPORT_PERIOD_MONTH, 1, 12, "-"},
    [PERIOD_QUARTER] = {WORD_REPORT_PERIOD_QUARTER, 3, 4, "-Q"},
    [PERIOD_HALF] = {WORD_REPORT_PERIOD_HALF_1, 6, 2, "-H"},
    [PERIOD_YEAR] = {WORD_REPORT_PERIOD_YEAR, 12, 1, ""},
};
enum { PERIOD_KINDS = sizeof PERIODS / sizeof PERIODS[0] };

static struct report_period period_make(enum period_kind kind, int year, int no)
{
    struct report_period p = {.kind = kind, .year = year, .no = no};

    p.from = date_of(year, (no - 1) * PERIODS[kind].months + 1, 1);
    p.to = date_add_days(date_add_months(p.from, PERIODS[kind].months), -1);
    return p;
}

bool period_parse(struct str text, struct report_period *ret)
{
    struct str rest = str_sub(text, YEAR_DIGITS, text.n);
    int64_t year, no;

    if (str_parse_int(str_sub(text, 0, YEAR_DIGITS), YEAR_FIRST, YEAR_LAST, &year))
        return false;
    if (str_is_empty(rest)) {
        *ret = period_make(PERIOD_YEAR, (int)year, 1);
        return true;
    }
    for (int k = PERIOD_HALF; k >= PERIOD_MONTH; k--) { /* "-" begins the others too: last */
        struct str before = str_of(PERIODS[k].before), digits = str_sub(rest, before.n, rest.n);
        size_t wanted = k == PERIOD_MONTH ? 2 : 1;
        if (!str_has_prefix(rest, before) || digits.n != wanted ||
            str_parse_int(digits, 1, PERIODS[k].count, &no))
            continue;
        *ret = period_make((enum period_kind)k, (int)year, (int)no);
        return true;
    }
    return false;
}

bool period_of(struct date from, struct date to, struct report_period *ret)
{
    struct civil c = date_civil(from);

    if (c.year < YEAR_FIRST || c.year > YEAR_LAST)
        return false;
    for (int k = 0; k < PERIOD_KINDS; k++) {
        struct report_period p = period_make((enum period_kind)k, c.year, (c.month - 1) / PERIODS[k].months + 1);
        if (date_cmp(p.from, from) == 0 && date_cmp(p.to, to) == 0) {
            *ret = p;
            return true;
        }
    }
    return false;
}

struct report_period period_beside(const struct report_period *p, int step)
{
    int count = PERIODS[p->kind].count, at = p->year * count + p->no - 1 + step;

    return period_make(p->kind, at / count, at % count + 1);
}

struct str period_name(struct arena *a, enum lang lang, const struct report_period *p)
{
    static const enum word QUARTERS[] = {WORD_COMMON_QUARTER_1, WORD_COMMON_QUARTER_2,
                                         WORD_COMMON_QUARTER_3, WORD_COMMON_QUARTER_4};
    static const enum word MONTHS[] = {
        WORD_COMMON_MONTH_01, WORD_COMMON_MONTH_02, WORD_COMMON_MONTH_03, WORD_COMMON_MONTH_04,
        WORD_COMMON_MONTH_05, WORD_COMMON_MONTH_06, WORD_COMMON_MONTH_07, WORD_COMMON_MONTH_08,
        WORD_COMMON_MONTH_09, WORD_COMMON_MONTH_10, WORD_COMMON_MONTH_11, WORD_COMMON_MONTH_12};
    enum word w =
        p->kind == PERIOD_HALF && p->no == 2 ? WORD_REPORT_PERIOD_HALF_2 : PERIODS[p->kind].word;
    struct str value[2] = {STR(""), str_format(a, "%d", p->year)};

    if (p->kind == PERIOD_QUARTER)
        value[0] = word(lang, QUARTERS[p->no - 1]);
    if (p->kind == PERIOD_MONTH)
        value[0] = word(lang, MONTHS[p->no - 1]);
    return word_format(a, lang, w, value, 2);
}
