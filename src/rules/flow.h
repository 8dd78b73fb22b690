/* flow.h - executes a process: where the tokens are, what may happen next, and what follows from it.
 *
 * Pure: the state goes in, the state and the changes come out; the clock, the store and the conditions
 * are the caller's. The semantics are those of BPMN 2.0 chapter 13, for what process_check accepts.
 * An inclusive join waits exactly for the tokens that can still reach it. Every call runs until all
 * tokens wait for the world; more than FLOW_MOVES_MAX moves in one call is ERR_LIMIT. */
#ifndef RULES_FLOW_H
#define RULES_FLOW_H

#include "rules/process.h"

enum token_state {
    TOKEN_ACTIVE,  /* at an activity or a catching event: waits for the world */
    TOKEN_JOINING, /* at a gateway: waits for others */
    TOKEN_OPEN,    /* a sub-process whose inside runs, or the body of a multi-instance activity */
    TOKEN_STATE__COUNT
};

struct flow_token {
    int64_t no;       /* unique in the life of this state, from 1; a task of the store is known by it */
    int64_t parent;   /* token of the scope it lives in; 0: the process itself */
    int node;
    int flow;         /* by which flow it came, or -1 */
    enum token_state state;
    int64_t instance; /* of a multi-instance activity, from 1; else 0 */
    int64_t of;       /* how many instances; else 0 */
};

struct flow_state {
    struct flow_token *token;
    size_t count;
    int64_t last_no;  /* the last number that was given */
};

/* Has it ended? (No token is left.) */
bool flow_has_ended(const struct flow_state *s);

enum { FLOW_MOVES_MAX = 2000, FLOW_TOKENS_MAX = 1000, FLOW_INSTANCES_MAX = 200 };

enum flow_change_kind {
    FLOW_OPENED,     /* an activity or event waits: token, node */
    FLOW_DONE,       /* an activity that waited has ended as it should */
    FLOW_CANCELLED,  /* it was taken away: boundary event, terminate, the other event came first */
    FLOW_SENT,       /* a message leaves: node */
    FLOW_SERVED,     /* a service task is to be done by the program now: node */
    FLOW_PASSED,     /* a gateway or event was passed; for the drawing */
    FLOW_FLOWED,     /* a sequence flow was taken; flow */
    FLOW_ENDED,      /* an end event of the process was reached: node */
    FLOW_CHANGE__COUNT
};

struct flow_change {
    enum flow_change_kind kind;
    int64_t token; /* 0 where no token is meant */
    int node, flow;
};

struct flow_changes {
    struct flow_change *change;
    size_t count;
};

/* Answers the expressions of a process; both must be bounded in time. An error ends the call and the
 * element is in flow_run.failed_node / failed_flow. */
struct flow_world {
    enum err (*condition)(void *arg, struct str expression, bool *ret);
    enum err (*number)(void *arg, struct str expression, int64_t *ret);
    void *arg;
};

struct flow_run {
    struct arena *arena;
    const struct process *process;
    const struct flow_world *world;
    struct flow_state state;      /* in and out; untouched when the call fails */
    struct flow_changes changes;  /* out: of this call, in order */
    int failed_node, failed_flow; /* out, when a call fails; else -1 */
};

/* A token at the start event. ERR_INVALID: a condition fails and there is no default. */
enum err flow_start(struct flow_run *r) MUST_CHECK;
/* The activity or catching event of token `no` is done (a timer that ran out, a message that came, a
 * person who finished). ERR_NOT_FOUND: no such token waits. */
enum err flow_complete(struct flow_run *r, int64_t no) MUST_CHECK;
/* The boundary event `node` of the activity of token `no` happens. ERR_NOT_FOUND: none there. */
enum err flow_interrupt(struct flow_run *r, int64_t no, int node) MUST_CHECK;
/* A message arrives: every token that waits for it, and every boundary event that does, takes it (the
 * first in order of `no`). ERR_NOT_FOUND: nobody waits for it. */
enum err flow_message(struct flow_run *r, struct str name) MUST_CHECK;
/* The activity of token `no` fails with `code`: caught by the nearest boundary error event around it.
 * ERR_NOT_FOUND: nothing catches it. */
enum err flow_error(struct flow_run *r, int64_t no, struct str code) MUST_CHECK;
/* A step is given back: the token `no` leaves its activity and stands again at `node`, an activity that
 * leads here in the same scope. ERR_NOT_FOUND: no such token waits; ERR_INVALID: flow_may_return says no. */
enum err flow_return(struct flow_run *r, int64_t no, int node) MUST_CHECK;
/* Only where nothing would wait for ever or run twice: every join on the way back here is fed by the way
 * itself, and no other token stands on what `node` leads to (so: not out of one of several branches). */
bool flow_may_return(struct arena *a, const struct process *p, const struct flow_state *s, int64_t no, int node);

/* Moves a running state to another version: each token goes to the node of the same id. ERR_CONFLICT:
 * *ret_stuck is the index of the first token whose node is gone, is of another kind, or lies in
 * another scope; the state is untouched. */
enum err flow_migrate(struct arena *a, const struct process *from, const struct process *to,
                      struct flow_state *s, size_t *ret_stuck) MUST_CHECK;

/* The state as text, by ids of nodes, and back. One line a token, canonical: equal states, equal bytes.
 * ERR_INVALID: not such a text; ERR_NOT_FOUND: a node that the process does not have. */
struct str flow_write(struct arena *a, const struct process *p, const struct flow_state *s);
enum err flow_read(struct arena *a, const struct process *p, struct str text, struct flow_state *ret) MUST_CHECK;

#endif
