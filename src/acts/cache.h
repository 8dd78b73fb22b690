/* cache.h - what one worker remembers between requests: things that never change (versions of
 * procedures) and calendars, checked by their version on each use. */
#ifndef ACTS_CACHE_H
#define ACTS_CACHE_H

#include "acts/ctx.h"
#include "calendar/deadline.h"
#include "sql_procedure.h"
#include "sql_unit.h"

struct cache *cache_new(void);
void cache_free(struct cache *c); /* accepts NULL */

/* Where an office is in time: its unit, wall clock and calendar. */
struct office {
    struct q_unit_by_id unit;
    const struct zone *zone;
    const struct calendar *calendar;
};
enum err office_load(struct ctx *ctx, struct db *db, int64_t unit, struct office *ret) MUST_CHECK;

/* A published version of a procedure, whole. Immutable. */
struct procedure_whole {
    struct q_version_by_id version;
    struct q_procedure_by_id procedure;
    const struct q_case_list *cases;
    size_t case_count;
    const struct q_paper_list *paper; /* of all cases, in order */
    size_t paper_count;
    const struct q_step_list *step;
    size_t step_count;
};
enum err procedure_load(struct ctx *ctx, struct db *db, int64_t version, const struct procedure_whole **ret) MUST_CHECK;
/* The case of that number, or NULL. */
const struct q_case_list *procedure_case(const struct procedure_whole *p, int64_t no);

#endif
