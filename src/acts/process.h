/* process.h - drawn processes of procedures: saved as drafts, checked, published in revisions.
 *
 * RIGHT_CATALOGUE_EDIT is needed to save and publish, RIGHT_CATALOGUE_READ to look. A draft may have
 * findings; what is published has none, and its longest way fits into the shortest limit of the
 * procedure. Running dossiers stay on their revision. */
#ifndef ACTS_PROCESS_H
#define ACTS_PROCESS_H

#include "acts/cache.h"
#include "format/bpmn.h"
#include "rules/process.h"
#include "sql_flow.h"
#include "sql_process.h"

/* A file as people must see it: what it is, what is wrong with it, how long it takes. */
struct process_reading {
    struct process process;          /* with what it calls in its place */
    struct process_finding *finding; /* none: it can be executed */
    size_t finding_count;
    int64_t minutes;                 /* of the longest way */
    size_t processes;                /* in the file; `process` is the first */
    int64_t limit;                   /* working minutes of the procedure's shortest limit; 0: not in days or hours */
    struct str xml;                  /* written back; with a diagram, also where it came without */
};
/* What is wrong with the process `i` of a file, and the process with what it calls in its place: its order,
 * its calls, its conditions; not the elements that the reader named, nor the limit of a procedure. */
void process_examine(struct arena *a, const struct bpmn *file, size_t i, struct process *ret,
                     struct process_finding **ret_findings, size_t *ret_count);

/* ERR_INVALID: not BPMN, a problem of field "xml" says line and reason. */
enum err act_process_read(struct ctx *ctx, int64_t procedure, struct str xml, struct process_reading *ret) MUST_CHECK;

struct act_process_save {
    int64_t procedure;
    struct str xml, name, decision, rule, note;
    struct str seen;                 /* process_seen of what was changed; "": whatever is there */
    int64_t id;                      /* out */
    struct process_reading reading;  /* out */
};
/* Keeps the draft of the procedure: there is one, the next revision. A problem of field "seen": somebody
 * saved it meanwhile. */
enum err act_process_save(struct act_process_save *act, struct ctx *ctx) MUST_CHECK;

struct act_process_publish {
    int64_t id;
    struct date valid_from;
    struct process_reading reading;  /* out: when ERR_INVALID, its findings say why */
};
enum err act_process_publish(struct act_process_publish *act, struct ctx *ctx) MUST_CHECK;

/* One procedure with its process: the revision asked for, else the draft, else the one in force. Without a
 * process its list of steps is drawn: reading.xml is empty only where there is neither. */
struct act_process_view {
    struct str code;                 /* of the procedure */
    int64_t revision;                /* 0: as above */
    struct q_procedure_by_code procedure; /* out */
    const struct procedure_whole *whole;  /* the version of today; NULL: none */
    bool has_process;
    struct q_process_by_id row;
    struct process_reading reading;
    struct q_process_revisions *revisions;
    size_t revision_count;
};
enum err act_process_view(struct act_process_view *act, struct ctx *ctx) MUST_CHECK;

/* Names the last revision as it is now: equal as long as nobody saved or published. */
struct str process_seen(struct arena *a, const struct q_process_revisions *row, size_t count);

/* The dossiers that run on older revisions than the one in force, at most PROCESS_MOVES_MAX, and what would
 * come of moving them (act_move_process); RIGHT_CATALOGUE_EDIT. `really`: moves those that can be. */
enum { PROCESS_MOVES_MAX = 1000 };
struct process_moving {
    struct q_flow_running row;
    struct str step;  /* where it stands: names of the open steps */
    struct str stuck; /* the step that the revision in force does not have; "": it can be moved */
};
struct act_process_move {
    struct str code;              /* of the procedure */
    bool really;
    struct q_procedure_by_code procedure; /* out */
    struct process_moving *line;
    size_t count, may, moved;
};
enum err act_process_move(struct act_process_move *act, struct ctx *ctx) MUST_CHECK;

/* Every procedure, those with a process first. */
enum err act_process_list(struct ctx *ctx, struct q_process_of_procedures **ret, size_t *ret_count) MUST_CHECK;

#endif
