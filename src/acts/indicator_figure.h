/* indicator_figure.h - indicators that are figures of dossiers, documents, tasks and certificates; inside acts/ only. */
#ifndef ACTS_INDICATOR_FIGURE_H
#define ACTS_INDICATOR_FIGURE_H

#include "acts/figure.h"
#include "acts/indicator.h"

/* Dossier figures come all at once: what was counted for a unit and a period is remembered. */
enum { FIGURE_CACHE_MAX = 100 };
struct figure_cache {
    struct figure_cached {
        struct figure_question q;
        struct figures figures;
    } line[FIGURE_CACHE_MAX];
    size_t count;
};

struct indicator_list {
    struct indicator_record *record;
    size_t count, room;
};
void indicator_list_add(struct indicator_list *list, struct arena *a, const struct indicator_record *one);

enum err indicator_figure_value(struct ctx *ctx, struct figure_cache *cache, const struct indicator_question *q, const struct indicator *i,
                                struct indicator_value *ret) MUST_CHECK;
enum err indicator_figure_records(struct ctx *ctx, const struct indicator_question *q, const struct indicator *i, int64_t sign,
                                  struct indicator_list *out) MUST_CHECK;

#endif
