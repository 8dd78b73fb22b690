/* dossier_agency.h - who held a dossier how long. Blame goes to the stage that exceeded its own budget,
 * whatever became of the dossier (reference 3.2). */
#ifndef ACTS_DOSSIER_AGENCY_H
#define ACTS_DOSSIER_AGENCY_H

#include "acts/dossier_view.h"

struct agency_time {
    int64_t unit;
    struct str name;
    int steps;
    int64_t used, budget; /* working minutes on the agency's own calendar; budget 0: none was given */
    bool is_open;         /* it holds the dossier now */
    bool exceeded;        /* one of its steps took more than its budget */
    struct str step;      /* the last such step */
};

/* How long each task of the dossier took, in the order of v->task. */
struct task_time {
    int64_t used, budget; /* working minutes on the calendar of the unit that had it; budget 0: none was given */
    bool exceeded;
};
enum err task_times(struct ctx *ctx, const struct dossier_view *v, struct task_time **ret) MUST_CHECK;

/* Each agency once, in the order in which they first had it; without the hand-out. */
enum err agency_times(struct ctx *ctx, const struct dossier_view *v, struct agency_time **ret,
                      size_t *ret_count) MUST_CHECK;

#endif
