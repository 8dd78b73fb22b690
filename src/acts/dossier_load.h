/* dossier_load.h - the common beginning and end of every act on one dossier; inside acts/ only. */
#ifndef ACTS_DOSSIER_LOAD_H
#define ACTS_DOSSIER_LOAD_H

#include "acts/cache.h"
#include "acts/dossier.h"
#include "format/json.h"
#include "sql_dossier.h"
#include "sql_flow.h"

struct loaded {
    struct q_dossier_by_id d;
    struct office office;           /* of the counter: its calendar keeps the promise */
    const struct procedure_whole *procedure;
    bool has_task;
    struct q_task_open_all task;      /* the one that is meant: named by the act, or of the actor's unit, or the last */
    const struct q_task_open_all *open; /* all that wait, by number */
    size_t open_count;
    int64_t last_task;              /* the highest number of a task so far */
    bool has_flow;
    struct q_flow_of flow;          /* where it stands in its process, when has_flow */
    struct dossier_facts facts;
    struct instant at;              /* when it happens */
    struct local at_local, due_local;
    enum dossier_state next;        /* the state after the act */
};

/* Where the right is needed. */
enum right_place {
    PLACE_HOLDER,  /* at the unit that holds it now */
    PLACE_EITHER,  /* there, or at the counter that received it */
    PLACE_ANYWHERE, /* a right over the catalogue has no place */
};

/* Loads the dossier, checks version, right and law. OK with on->verdict.why != DOSSIER_ALLOWED:
 * the act must stop and change nothing. */
enum err dossier_begin(struct ctx *ctx, struct db *tx, struct act_on *on, enum dossier_act act, enum right right,
                       enum right_place place, struct loaded *ret) MUST_CHECK;

/* The dossier and where it is, without asking what may be done. */
enum err dossier_load(struct ctx *ctx, struct db *db, int64_t id, struct loaded *ret) MUST_CHECK;

/* Writes the journal line of the act. */
enum err dossier_journal(struct ctx *ctx, struct db *tx, const struct loaded *l, const char *act,
                         struct json payload) MUST_CHECK;

/* Payload member "done": the running task ends now, with its timing. Nothing if there is none. */
void dossier_put_done(struct ctx *ctx, struct json payload, const struct loaded *l, struct str note);

/* Payload member "step": a task opens at step `no` of the process. */
struct step_target {
    int64_t no;
    struct str code, name;
    int64_t unit, person; /* person 0: anybody */
    int64_t minutes;      /* budget */
    bool taken;           /* no confirmation needed: it stays in the same hands */
};
enum err dossier_put_step(struct ctx *ctx, struct json payload, const struct loaded *l,
                          const struct step_target *to) MUST_CHECK;

/* The end of a step's own budget of working minutes that begins at `at`, on the calendar of an office;
 * 0 minutes: the dossier's `due_at`. */
enum err budget_end(struct arena *a, const struct office *office, struct instant at, int64_t minutes,
                    struct str due_at, struct str *ret) MUST_CHECK;

/* The due time that the suspension ledger gives, when the open suspension ends at `end`. */
enum err dossier_due(struct ctx *ctx, struct db *db, const struct loaded *l, struct instant end,
                     struct instant *ret) MUST_CHECK;
/* The whole derivation of the due date, for people; `end`: now, for an open suspension. */
enum err dossier_derive(struct ctx *ctx, struct db *db, const struct loaded *l, struct instant end,
                        struct deadline *ret) MUST_CHECK;

#endif
