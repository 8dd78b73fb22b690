/* flow_machine.h - the moves of tokens; inside rules/ only.
 *
 * An arrival is a token that has left one node and not yet entered the next; a call works them off until
 * none is left, then looks whether an inclusive join can fire. */
#ifndef RULES_FLOW_MACHINE_H
#define RULES_FLOW_MACHINE_H

#include "rules/flow.h"

struct arrival {
    int node, flow;
    int64_t parent;
};

struct machine {
    struct flow_run *run;
    const struct process *p;
    struct flow_token *token; /* by number */
    size_t count;
    int64_t last_no;
    struct arrival *arrival;  /* first in, first out */
    size_t first, end;
    struct flow_change *change;
    size_t change_count;
    int moves;
    enum err err;
};

void machine_begin(struct machine *m, struct flow_run *run);
/* Works off every arrival; when all went well the run has the new state and the changes. */
enum err machine_end(struct machine *m) MUST_CHECK;

struct flow_token *machine_token(struct machine *m, int64_t no); /* NULL: none */
void machine_arrive(struct machine *m, int node, int flow, int64_t parent);
/* Takes the flows that lead on from a node. */
void machine_leave(struct machine *m, int node, int64_t parent);
/* The activity or event of a token has ended as it should. */
void machine_done(struct machine *m, int64_t no);
/* Takes a token away with all that lives inside it. */
void machine_cancel(struct machine *m, int64_t no);
/* The boundary event `node` of the token's activity happens. */
void machine_boundary(struct machine *m, int64_t no, int node);
/* The error is caught by the nearest boundary event around token `no`; false: by none. */
bool machine_error(struct machine *m, int64_t no, struct str code);
/* A token waits at the activity. */
void machine_open(struct machine *m, int node, int flow, int64_t parent);
void machine_note(struct machine *m, enum flow_change_kind kind, int64_t token, int node, int flow);

/* The tokens that wait at an inclusive join and may go on: true when one fired (flow_join.c). */
bool machine_join_inclusive(struct machine *m);
/* Takes one token of each flow into a parallel join, if all are there. */
void machine_join_parallel(struct machine *m, int node, int flow, int64_t parent);

#endif
