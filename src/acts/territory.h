/* territory.h - which unit of another day a unit of the past has become: reports "as then" and "as now".
 *
 * A record keeps the unit of its day. Read by the territory of a later day, a unit is its successor of then, over as
 * many reorganisations as lie between; a unit that has none stays what it was. Every record goes to one line, so sums
 * are kept. A unit that was split among several has no such reading until somebody says which dossiers went where: it is
 * refused. Reference 13.2. */
#ifndef ACTS_TERRITORY_H
#define ACTS_TERRITORY_H

#include "acts/ctx.h"

struct territory;
/* ERR_INVALID: a unit was split by then; a problem of "territory" names it. */
enum err territory_open(struct ctx *ctx, struct date day, const struct territory **ret) MUST_CHECK;
/* NULL: the units of then, each itself. */
int64_t territory_of(const struct territory *t, int64_t unit);

#endif
