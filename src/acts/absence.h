/* absence.h - who is away, and who does the work meanwhile.
 *
 * From the first day to the last, what would come to the one who is away comes to the cover, and what he has
 * in hand goes over to the cover as well (where the cover has the right to do it; the rest stays). It stays
 * with the cover afterwards: whoever begins a thing ends it. */
#ifndef ACTS_ABSENCE_H
#define ACTS_ABSENCE_H

#include "acts/ctx.h"
#include "sql_work.h"

struct act_absence_begin {
    int64_t person, cover;
    struct date from, to;
    struct str reason;
    int64_t id;    /* out */
    int64_t moved; /* out: how many tasks went over at once */
};
/* The person himself, or who assigns work in his unit. ERR_INVALID: problems of "cover" (the same person, away
 * or covered for himself in that time, or without the right at the unit), "to", "person" (away already). */
enum err act_absence_begin(struct act_absence_begin *act, struct ctx *ctx) MUST_CHECK;

/* Back earlier: yesterday was the last day of it; one that has not begun never does. */
enum err act_absence_end(struct ctx *ctx, int64_t id) MUST_CHECK;

/* Those of the units below `unit` that are not over; RIGHT_DOSSIER_SEARCH there. */
enum err act_absence_list(struct ctx *ctx, int64_t unit, struct q_absence_list **ret, size_t *ret_count) MUST_CHECK;

/* Gives the cover what the absent have in hand, at most `n` tasks: a job. */
enum err act_absence_cover(struct ctx *ctx, int64_t n, int64_t *ret_done) MUST_CHECK;

#endif
