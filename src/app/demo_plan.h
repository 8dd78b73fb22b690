/* demo_plan.h - what will happen to each dossier of the demonstration, before it happens. */
#ifndef APP_DEMO_PLAN_H
#define APP_DEMO_PLAN_H

#include "acts/cache.h"
#include "app/demo.h"
#include "format/json.h"

enum demo_kind { DEMO_RECEIVE, DEMO_HAND_OVER, DEMO_TAKE, DEMO_ASK, DEMO_SUPPLY, DEMO_EXTEND, DEMO_FINISH, DEMO_REFUSE, DEMO_HAND_OUT };

struct demo_event {
    int64_t ms;
    uint32_t dossier;
    uint8_t kind, step; /* step: the one handed over to, or taken */
};

/* A procedure that a counter performs, with its weight in the mix. */
struct demo_procedure {
    int64_t id;
    uint64_t until;               /* running sum of weights */
    const struct procedure_whole *whole;
    struct limit limit;
};

struct demo_counter {
    struct office office;
    uint64_t until;               /* running sum of weights */
    struct demo_procedure *procedure;
    size_t procedure_count;
};

struct demo_dossier {
    uint32_t counter, procedure;  /* indexes */
    int64_t id;                   /* once received */
};

struct demo_plan {
    struct demo_counter *counter;
    size_t counter_count;
    struct demo_dossier *dossier;
    size_t dossier_count, dossier_room;
    struct demo_event *event;
    size_t event_count, event_room;
};

/* Plans the published quarter, times `scale`, from data/demo/figures.yaml. The events come in order
 * of time. On failure it has complained. */
enum exit_status demo_plan_make(struct session *s, int64_t scale, uint64_t seed, struct demo_plan *ret);

#endif
