/* agency.h - how each agency did its share of inter-agency dossiers in a period (reference 3.2): its
 * own steps against their own budgets, and the steps behind each number. */
#ifndef ACTS_AGENCY_H
#define ACTS_AGENCY_H

#include "acts/cache.h"
#include "acts/figure.h"
#include "sql_agency.h"

/* Numbers of one agency; each is the length of a list. */
enum agency_figure {
    AGENCY_DOSSIERS, /* dossiers that came to it or were with it: each once */
    AGENCY_STEPS,    /* steps that it did or has in hand */
    AGENCY_EARLY,
    AGENCY_ON_TIME,
    AGENCY_LATE,
    AGENCY_OPEN,     /* in hand at the end of the period; late or not */
    AGENCY_OPEN_LATE,
    AGENCY_FIGURE__COUNT
};
struct str agency_figure_code(enum agency_figure f);
bool agency_figure_find(struct str code, enum agency_figure *ret);

/* Of the question: unit, from, to. The agencies below the unit, and those that work on dossiers which
 * counters below it received. ERR_FORBIDDEN: the actor may read no figure of that unit. */
enum err act_agency_counts(const struct figure_question *q, struct ctx *ctx, struct q_agency_counts **ret,
                           size_t *ret_count) MUST_CHECK;
/* The number of `f` in a row. */
int64_t agency_value(const struct q_agency_counts *row, enum agency_figure f);

/* The steps behind a number of `agency`; for AGENCY_DOSSIERS the last step of each dossier. */
enum err act_agency_steps(const struct figure_question *q, int64_t agency, enum agency_figure f, struct ctx *ctx,
                          struct q_agency_steps **ret, size_t *ret_count) MUST_CHECK;

#endif
