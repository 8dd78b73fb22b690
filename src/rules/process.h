/* process.h - a process as it is drawn: activities, gateways, events, and the flows between them.
 *
 * The vocabulary is that of BPMN 2.0 (ISO/IEC 19510); format/bpmn.h reads and writes it, rules/flow.h
 * executes it. Plain data: indexes instead of pointers, -1 for none; everything lies in one arena.
 * Budgets are working minutes of the calendar of the unit that executes the step. */
#ifndef RULES_PROCESS_H
#define RULES_PROCESS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "calendar/date.h"
#include "words/words.h"

enum node_kind {
    NODE_START,
    NODE_END,
    NODE_CATCH,        /* intermediate event that waits */
    NODE_THROW,        /* intermediate event that happens at once */
    NODE_BOUNDARY,     /* event on the edge of an activity */
    NODE_USER_TASK,    /* a person does it here (userTask, manualTask, task) */
    NODE_SERVICE_TASK, /* the program does it (serviceTask, scriptTask, businessRuleTask) */
    NODE_SEND_TASK,
    NODE_RECEIVE_TASK, /* waits for a message; a person may record the answer instead */
    NODE_EXCLUSIVE,
    NODE_INCLUSIVE,
    NODE_PARALLEL,
    NODE_EVENT_BASED,
    NODE_SUB_PROCESS,
    NODE_CALL,         /* call activity: another process, inlined by process_inline */
    NODE_KIND__COUNT
};

enum trigger {
    TRIGGER_NONE,
    TRIGGER_MESSAGE,
    TRIGGER_TIMER,
    TRIGGER_ERROR,
    TRIGGER_TERMINATE,
    TRIGGER__COUNT
};

enum repeat { REPEAT_NONE, REPEAT_PARALLEL, REPEAT_SEQUENTIAL, REPEAT__COUNT }; /* multi-instance */

struct process_node {
    struct str id, name;
    enum node_kind kind;
    enum trigger trigger;   /* of events, and of what a boundary catches */
    struct str reference;   /* message name, error code ("": any), or the process that is called */
    struct str timer;       /* ISO 8601 duration (working time), or date-time, as written */
    int scope;              /* the sub-process that contains it, or -1 */
    int attached_to;        /* of a boundary event: the activity, else -1 */
    bool is_interrupting;   /* of a boundary event */
    enum repeat repeat;
    struct str cardinality; /* expression: how many instances */
    struct str until;       /* expression: completion condition of the instances; "" none */
    int default_flow;       /* the flow taken when no condition holds, or -1 */
    int lane;               /* or -1 */
    /* ours (extension elements); of a lane's where the node has none */
    struct str place;       /* counter, leader, or the code of a unit */
    struct str role;
    int64_t minutes;        /* budget; 0: none of its own */
    struct str form;        /* the form that the step fills, or "" */
    struct str produces;    /* papers that the step makes; several: with "; " between */
    struct str assign;      /* who gets it: "" anybody there, PROCESS_BY_LOAD, PROCESS_BY_LAST, or "=" and an
                             * expression that gives an account */
    int64_t remind;         /* working minutes before the end of the budget: word to who has it; 0: none */
    struct str escalate;    /* "role:minutes": word to the role so long before the end; below 0: after it */
    bool child;             /* the partner gives its share a code of its own, which must be written down */
};
#define PROCESS_BY_LOAD STR("load") /* who has the fewest open tasks */
#define PROCESS_BY_LAST STR("last") /* who had this dossier there before */

/* How long a timer waits: working days, then working minutes, on the calendar of the counter; or until a
 * moment on its clock. ISO 8601: P3D, P1W (five days), PT4H, P1DT30M, 2018-03-05T08:00:00. No months or
 * years: the law counts them by dates, not by work. ERR_INVALID: not such a text. */
struct timer_wait {
    int64_t days, minutes;
    bool is_moment;
    struct local moment;
};
enum err timer_wait_parse(struct str text, struct timer_wait *ret) MUST_CHECK;

/* "role:minutes". ERR_INVALID: not that. */
enum err escalation_parse(struct str text, struct str *ret_role, int64_t *ret_minutes) MUST_CHECK;

struct process_flow {
    struct str id, name;
    int from, to;
    struct str condition;   /* expression, or "" */
};

struct process_lane {
    struct str id, name, place, role;
};

struct process {
    struct str id, name;
    struct process_node *node;
    size_t node_count;
    struct process_flow *flow;
    size_t flow_count;
    struct process_lane *lane;
    size_t lane_count;
};

/* What a stranger's file can make grow. */
enum { PROCESS_NODES_MAX = 2000, PROCESS_FLOWS_MAX = 4000, PROCESS_DEPTH_MAX = 16 };

/* Something in a process that cannot be executed, or is wrong; named by the element. */
struct process_finding {
    struct str element; /* its id as drawn; "" = the whole process */
    enum word why;      /* the sentence for people; {1} = detail */
    struct str detail;
};

/* Can it be executed? Finds everything at once: no start or several, no end, what cannot be reached,
 * what cannot reach an end, a cycle without an activity that waits, flows that cross a scope, an
 * exclusive split whose flows have neither condition nor default, boundary events on what has no
 * boundary, a timer that is none, a call without a process. ret_findings in `a`; none: executable. */
void process_check(struct arena *a, const struct process *p, struct process_finding **ret_findings,
                   size_t *ret_count);

/* Puts the called processes in the place of the call activities, as sub-processes with ids
 * "<call>/<node>", so that a running dossier stays on what was in force. `find` gives a process by id.
 * ERR_LIMIT: deeper than PROCESS_DEPTH_MAX (a process that calls itself), or too large;
 * ERR_NOT_FOUND: `find` does not know one, *ret_missing names it. */
enum err process_inline(struct arena *a, const struct process *p,
                        const struct process *(*find)(void *arg, struct str id), void *arg,
                        struct process *ret, struct str *ret_missing) MUST_CHECK;

/* The working minutes of the longest way from start to end: sums in sequence, the largest of branches
 * that run side by side or exclude one another; a way back counts once. The nodes on it in order. */
int64_t process_longest(struct arena *a, const struct process *p, int **ret_path, size_t *ret_path_count);

/* A straight line of steps as a process: start, each step, end; used when a procedure has a list and no
 * drawing. A step has its code for an id; one without, "s1".. as far as they are free. */
struct process_step {
    struct str code, name, role, place;
    int64_t minutes;
    struct str form, produces;
    struct str assign, escalate;
    int64_t remind;
    bool child;
};
struct process process_from_steps(struct arena *a, struct str id, struct str name,
                                  const struct process_step *step, size_t count);
/* The steps of a process whose drawing is a straight line; ERR_INVALID when it branches. */
enum err process_to_steps(struct arena *a, const struct process *p, struct process_step **ret,
                          size_t *ret_count) MUST_CHECK;

/* Does a person have something to do where a token waits at this node? */
bool process_is_work(const struct process_node *n);

/* What people call it: its name, or its id where it has none. */
struct str process_node_name(const struct process_node *n);
/* The same of one of several alike: "Xin ý kiến (2/3)"; `of` 0: it is alone. */
struct str process_instance_name(struct arena *a, const struct process_node *n, int64_t instance, int64_t of);

/* The index of the node with this id, or -1. */
int process_node_find(const struct process *p, struct str id);

#endif
