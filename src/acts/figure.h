/* figure.h - figures of a period as of a time, and the lists they are the lengths of. */
#ifndef ACTS_FIGURE_H
#define ACTS_FIGURE_H

#include "acts/ctx.h"
#include "acts/territory.h"
#include "rules/figure.h"
#include "sql_figure.h"

struct figure_question {
    int64_t unit;            /* with all units below it */
    struct date from, to;    /* both counted, local dates */
    struct instant as_of;    /* sees what was recorded before it; {0}: now */
    bool cohort_received;    /* only dossiers received in the period, none carried over */
    int64_t field;           /* 0: all */
    int64_t procedure;       /* 0: all; lists only */
    const struct territory *territory; /* lines by the units of another day; NULL: of then */
    int64_t as_unit;         /* lists only: of one such line; 0: all */
};

/* Figures of one unit, or one field, inside a question. */
struct figure_line {
    int64_t id;              /* unit or field */
    struct str code, name;
    struct figures figures;
};

struct figure_answer {
    struct figures total;
    struct figure_line *unit;  /* each unit that received something, by the question's territory, in order of the tree */
    size_t unit_count;
    struct figure_line *field;
    size_t field_count;
    enum figure_law broken;    /* LAW_HOLDS, or the law that the total breaks */
    int64_t left, right;
};

/* ERR_FORBIDDEN: the actor may read no figure of that unit; units and fields out of reach inside it
 * are not counted. */
enum err act_figures(const struct figure_question *q, struct ctx *ctx, struct figure_answer *ret) MUST_CHECK;

/* The records of a figure, in order of their codes: as many as its value. FIGURE__COUNT: every dossier that
 * the question counts, received in the period or carried over into it. */
typedef enum err figure_record_fn(void *arg, const struct q_figure_records *row, enum figure_class class);
enum err act_figure_records(const struct figure_question *q, enum figure f, struct ctx *ctx, figure_record_fn *row,
                            void *arg) MUST_CHECK;

/* The open late dossiers that wait longest, at most `most`. */
enum err act_figure_longest_late(const struct figure_question *q, int64_t most, struct ctx *ctx,
                                 struct q_figure_longest_late **ret, size_t *ret_count) MUST_CHECK;

/* Received and resolved per day, for charts; no row for a day without either. */
enum err act_figures_by_day(const struct figure_question *q, struct ctx *ctx, struct q_figure_by_day **ret,
                            size_t *ret_count) MUST_CHECK;

/* SHA-256 of the definitions, hex. */
struct str figure_definitions_hash(struct arena *a);

/* The last period that ended before `today`: its quarter, for pages that ask nothing. */
void figure_default_period(struct date today, struct date *ret_from, struct date *ret_to);

#endif
