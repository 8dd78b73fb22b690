/* process_try.h - a process tried out: run step by step, with nothing written.
 *
 * A run is its way, the list of what was done, oldest first: "1 2=Flow_a 3!Timer_1" is token 1 done, token 2
 * done with that flow chosen, the boundary event Timer_1 happened at token 3. It comes back from the browser,
 * so it is not believed: each call runs the process again from its start, and what could not have happened
 * is ERR_INVALID. RIGHT_CATALOGUE_READ. */
#ifndef ACTS_PROCESS_TRY_H
#define ACTS_PROCESS_TRY_H

#include "acts/dossier_view.h"
#include "acts/process.h"

enum { TRY_MOVES_MAX = 200, TRY_WAY_MAX = 6000 };

/* What waits for somebody or something. */
struct try_waiting {
    int64_t no;
    const struct process_node *node;
    int64_t instance, of;           /* of several alike; of 0: it is alone */
    bool can_end;                   /* false: its inside runs, and only an event at its edge can happen */
    struct dossier_choice *choice;  /* where it can lead, when there is a choice */
    size_t choice_count;
    const struct process_node **boundary; /* what may happen at it instead */
    size_t boundary_count;
};

/* What was done. */
struct try_move {
    int64_t no;
    const struct process_node *node;     /* the activity or event */
    const struct process_node *boundary; /* what happened instead; NULL: it was done */
    struct str choice;                   /* the name of the flow that was chosen */
    size_t end;                          /* of this move in `way`: before it is the way without it */
};

struct act_process_try {
    struct act_process_view view;   /* in: code, revision */
    int64_t case_no, sets, fee, channel, applicant_kind, delivery; /* in: what conditions may ask */
    struct str way;                 /* in */

    bool can_run;                   /* false: it has findings, or there is no process; the rest is empty */
    struct process process;
    struct try_move *move;
    size_t move_count;
    struct try_waiting *waiting;
    size_t waiting_count;
    struct str *passed;             /* ids of flows that were taken */
    size_t passed_count;
    int64_t minutes;                /* the budgets of what was done, together */
    bool is_stuck;                  /* the last move was not made: a condition could not be answered */
    bool has_ended;
};
enum err act_process_try(struct act_process_try *act, struct ctx *ctx) MUST_CHECK;

#endif
