/* report_law.h - columns of form II.06a and the laws they keep. Pure; inside acts/ only. */
#ifndef ACTS_REPORT_LAW_H
#define ACTS_REPORT_LAW_H

#include "acts/report.h"

/* The numbers of the form: 3 received in all, 4 online, 5 at the counter and by post, 6 from the
 * period before; 7 resolved in all, 8 early, 9 on time, 10 late; 11 open in all, 12 in term, 13
 * late. */
enum {
    COLUMN_FIRST = 3,
    COLUMN_CARRIED = 6,
    COLUMN_OPEN = 11,
    COLUMN_LAST = 13,
    COLUMN__COUNT = 14
};

struct columns {
    int64_t n[COLUMN__COUNT];
};

/* Does a counted dossier stand in this column? */
bool column_counts(int column, bool is_received, int64_t channel, enum figure_class class);
/* The class of what ended without a result, for a form that has no column for it. */
enum figure_class column_class(enum figure_class class, struct str due_on, struct str finished_on,
                               enum report_ended ended);

/* 3 = 4 + 5 + 6; 7 = 8 + 9 + 10; 11 = 12 + 13; 3 = 7 + 11. */
enum column_law {
    COLUMN_LAW_RECEIVED,
    COLUMN_LAW_RESOLVED,
    COLUMN_LAW_OPEN,
    COLUMN_LAW_BALANCE,
    COLUMN_LAW__COUNT
};
bool column_law_holds(enum column_law law, const struct columns *c, int64_t *ret_left,
                      int64_t *ret_right);
enum word column_law_word(enum column_law law);

/* "2018-Q1", "2018-H2", "2018-02", "2018": its days, and how it is called. False: none. */
struct report_period {
    enum period_kind { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR } kind;
    int year, no;
    struct date from, to;
};
bool period_parse(struct str text, struct report_period *ret);
/* The period that is exactly these days. */
bool period_of(struct date from, struct date to, struct report_period *ret);
/* The one before (-1) or after (1), of the same kind. */
struct report_period period_beside(const struct report_period *p, int step);
struct str period_name(struct arena *a, enum lang lang, const struct report_period *p);

#endif
