/* indicator.h - figures as data: what is counted, in which book, under which conditions (decision 6).
 *
 * A definition says its words, its unit of counting, its legal ground, and one of a closed set of ways
 * to come to a number; a share names its population. The value is the length of the list of records
 * that indicator_counts() lets through (or the sum of one of their fields, or how many different things
 * they name), so that number and list cannot differ. Pure: acts/indicator.h loads and asks. */
#ifndef RULES_INDICATOR_H
#define RULES_INDICATOR_H

#include "rules/schema.h"

enum indicator_way {
    INDICATOR_COUNT,      /* entries of `book` */
    INDICATOR_SUM,        /* of `field` over those entries */
    INDICATOR_DISTINCT,   /* how many different values of `field` they have */
    INDICATOR_TOTAL,      /* of[0] + of[1] + … */
    INDICATOR_DIFFERENCE, /* of[0] - of[1] */
    INDICATOR_SHARE,      /* of[0] in of[1], in per cent */
    INDICATOR_SCORE,      /* points for the share of[0]: all of `points` from `full` per cent on, below it in proportion */
    INDICATOR_FIGURE,     /* one of dossiers, documents or certificates, by its code */
    INDICATOR_WAY__COUNT
};
struct str indicator_way_code(enum indicator_way way); /* "count" */
bool indicator_way_find(struct str code, enum indicator_way *ret);

/* How an entry stands to the period. */
enum indicator_time {
    INDICATOR_IN,         /* it happened in the period */
    INDICATOR_AT_END,     /* it held on the last day: began by then, not ended before */
    INDICATOR_AT_START,   /* it held on the day before the first */
    INDICATOR_BY_END,     /* it happened by the last day */
    INDICATOR_ANY,
    INDICATOR_TIME__COUNT
};
struct str indicator_time_code(enum indicator_time time); /* "in" */
bool indicator_time_find(struct str code, enum indicator_time *ret);

enum indicator_test_kind { INDICATOR_IS, INDICATOR_IS_NOT, INDICATOR_FILLED, INDICATOR_BLANK, INDICATOR_LEAST, INDICATOR_MOST, INDICATOR_YEAR, INDICATOR_BY };
struct indicator_test {
    struct str via;            /* a field that names an entry of another book, whose field is asked; empty: this one's */
    struct str field;
    enum indicator_test_kind kind;
    const struct str *value;   /* INDICATOR_IS, INDICATOR_IS_NOT */
    size_t value_count;
    int64_t n;                 /* INDICATOR_LEAST, INDICATOR_MOST; INDICATOR_YEAR: years before the period's last day.
                                  INDICATOR_BY: a day not after the one at which entries are looked at */
};

enum { INDICATOR_TESTS_MAX = 12, INDICATOR_OF_MAX = 20, INDICATOR_DEPTH_MAX = 8 };

struct indicator {
    struct str code, name[LANG__COUNT], measure[LANG__COUNT], basis, note;
    enum indicator_way way;
    enum indicator_time time;
    struct str book, field;
    const struct indicator_test *test;
    size_t test_count;
    const struct str *of;
    size_t of_count;
    int64_t points, full;      /* INDICATOR_SCORE */
    bool cohort;               /* INDICATOR_FIGURE: only what was received in the period */
    bool declared;             /* that there is nothing need not be said: nothing is 0 */
};

/* One entry, as conditions see it. `other` gives the value of a field of the entry that `via` names; blank if there
 * is none. */
struct indicator_entry {
    const struct schema *schema;
    const struct schema_value *value;
    struct date day, until;
    struct str (*other)(void *arg, const struct indicator_entry *e, struct str via, struct str field);
    void *arg;
};
bool indicator_counts(const struct indicator *i, const struct indicator_entry *e, struct date from, struct date to);

/* Four values that a table keeps apart (reference 15.23); a cell that nobody asked is blank. */
enum indicator_state {
    INDICATOR_NUMBER,
    INDICATOR_UNKNOWN, /* no record, and nobody has said that there is none: "chưa có số liệu" */
    INDICATOR_NONE     /* a share of nothing: does not apply */
};
struct indicator_value {
    enum indicator_state state;
    bool is_share;
    bool is_points;    /* n and whole are hundredths of points: those given, and the most there are */
    int64_t n, whole;  /* whole: of shares and points */
};
/* The value made of others. */
struct indicator_value indicator_combine(const struct indicator *i, const struct indicator_value *of);

#endif
