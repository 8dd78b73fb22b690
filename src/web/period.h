/* period.h - what leaders and reports ask for: a unit, a period, a moment. Inside web/ only. */
#ifndef WEB_PERIOD_H
#define WEB_PERIOD_H

#include "acts/desk.h"
#include "acts/figure.h"
#include "view_page.h"
#include "web/web.h"

#define PERIOD_FIELDS                                                                              \
    {.name = "don-vi", .max = 20}, {.name = "tu", .max = 40}, {.name = "den", .max = 40}, { .name = "den-luc", .max = 40 }

struct period {
    struct desk desk;
    struct q_unit_by_id unit;
    const struct zone *zone;
    struct figure_question question; /* as_of is always set */
};

/* Reads the selectors; where they say nothing, the actor's own unit and the quarter of today. Problems of
 * "tu", "den", "den-luc" are noted, and the period of today stands in. ERR_FORBIDDEN: no right there. */
enum err period_read(struct web *w, enum right r, struct period *ret) MUST_CHECK;

/* A moment that is typed: an instant of the store, or a day, which means its beginning. Nothing typed, or a problem of
 * the field: `none`. */
struct instant period_moment(struct web *w, const char *field, const struct zone *zone, struct instant none);

/* The same question asked of another page, to the millisecond. */
struct url period_url(const struct web *w, const struct figure_question *q, struct url page);
/* The records of a figure or column; a field of 0: all. */
struct url period_records_url(const struct web *w, const struct figure_question *q, struct str figure, int64_t unit,
                              int64_t field);

/* To the records of a line by another territory: those of the unit that belong to this one by the territory of that day. */
struct url period_as_unit(const struct web *w, struct url records, int64_t as_unit, struct date territory);

struct view_option *period_units(const struct web *w, const struct period *p);
struct str period_as_of_typed(const struct web *w, const struct period *p); /* for the field: empty if it was */
struct str period_as_of(const struct web *w, const struct period *p);       /* 10:10, 01/03/2018 */

#endif
