/* flow.h - a dossier on its drawn process; inside acts/ only.
 *
 * Which process: the one published and in force for the procedure on the day of receipt; the dossier
 * stays on it. A token that waits at an activity is a task of the same number, held by the unit that the
 * process names. Payload members: "flow" {process, state, answers}, "steps" [tasks that open],
 * "cancelled" [numbers of tasks that were taken away], "sent" [messages], "served" [service tasks],
 * "timers" [{token, node, kind, at}], "timers_off" [tokens]. */
#ifndef ACTS_FLOW_H
#define ACTS_FLOW_H

#include "acts/dossier_load.h"
#include "acts/dossier_view.h"
#include "rules/flow.h"

/* What conditions may ask of a dossier. */
struct flow_facts {
    int64_t case_no, sets, fee;
    enum dossier_channel channel;
    enum applicant_kind kind;
    enum dossier_delivery delivery;
    struct str address;
    struct json answers; /* by name; text or whole numbers */
};
struct flow_facts flow_facts_of(const struct q_dossier_by_id *d, struct json answers);
/* The names that an expression may use. */
struct flow_fields *flow_fields_of(struct arena *a, const struct flow_facts *f);

struct running {
    int64_t process_id;             /* 0: the dossier goes by the list of steps */
    const struct process *process;
    struct flow_state state;
    struct json answers;
};

/* The process by id, read once a worker: versions never change. */
enum err flow_process_load(struct ctx *ctx, struct db *db, int64_t id, const struct process **ret) MUST_CHECK;

/* Where the dossier of `l` stands; process_id 0 when it is on none, or has left it. */
enum err running_load(struct ctx *ctx, struct db *db, const struct loaded *l, struct running *ret) MUST_CHECK;

/* The process in force for a procedure on a day; 0: none. */
enum err process_in_force(struct ctx *ctx, struct db *db, int64_t procedure, struct date on, int64_t *ret) MUST_CHECK;

/* Must the partner's code of this task still be written down? */
enum err child_is_missing(struct ctx *ctx, struct db *db, const struct running *r, const struct loaded *l, bool *ret) MUST_CHECK;

/* A token at the start of the process in force on that day; process_id 0: there is none. */
enum err running_start(struct ctx *ctx, struct db *db, int64_t procedure, struct date on, const struct flow_facts *facts,
                       struct running *ret, struct flow_changes *ret_changes) MUST_CHECK;

/* The activity of token `no` is done. ERR_INVALID: a condition cannot be answered and no flow is the
 * default: nothing was changed. */
enum err running_complete(struct ctx *ctx, struct running *r, int64_t no, const struct flow_facts *facts,
                          struct flow_changes *ret_changes) MUST_CHECK;

/* The boundary event `node` of token `no` happens; the token goes back to `node` (rules/flow.h). */
enum err running_interrupt(struct ctx *ctx, struct running *r, int64_t no, int node, const struct flow_facts *facts,
                           struct flow_changes *ret_changes) MUST_CHECK;
enum err running_return(struct ctx *ctx, struct running *r, int64_t no, int node, const struct flow_facts *facts,
                        struct flow_changes *ret_changes) MUST_CHECK;

/* Who does the work of a person on a day: who covers for an absent one, else the person. */
enum err person_present(struct ctx *ctx, struct db *db, int64_t person, struct date on, int64_t *ret) MUST_CHECK;

/* Where and when tasks open. */
struct flow_stand {
    const struct loaded *loaded; /* NULL: it is being received */
    int64_t dossier;             /* 0: it is being received */
    int64_t field;
    const struct flow_facts *facts;
    const struct office *office; /* the counter that received it */
    struct instant at;
    struct str due_at;           /* the dossier's */
    int64_t from_unit;           /* 0: at receipt */
    int64_t holder;              /* who keeps what opens at the counter in hand; 0: nobody */
    int64_t to_unit, to_person;  /* named by who hands over, for all that opens; 0: as the process says */
    bool is_suspended;
};
/* That of a dossier on its way. */
struct flow_stand flow_stand_of(const struct loaded *l, const struct flow_facts *facts);
enum err running_put(struct ctx *ctx, struct db *db, struct json payload, const struct running *r,
                     const struct flow_changes *changes, const struct flow_stand *stand) MUST_CHECK;

/* Payload member "flow" alone. */
void running_put_state(struct ctx *ctx, struct json payload, const struct running *r);

/* Writes that the dossier leaves its process: all tasks that still wait but `done` are taken away. */
void running_put_end(struct ctx *ctx, struct json payload, const struct running *r, int64_t done);

/* The choices that a person has when the activity `node` is done: the named flows of the gateway that
 * follows it (or its own). Answered as "choice". */
size_t flow_choices(struct arena *a, const struct process *p, int node, struct dossier_choice **ret);

/* The unit where a step is done: "counter", "leader", or the code of a unit that stands on that day; a
 * unit that was merged away leaves the step with the counter. */
enum err flow_place(struct ctx *ctx, struct db *db, const struct office *counter, struct date on, struct str place,
                    int64_t *ret) MUST_CHECK;

#endif
