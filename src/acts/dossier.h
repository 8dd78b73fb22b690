/* dossier.h - what people do to a dossier: one function = one right check = one transaction = one
 * journal line.
 *
 * Every act returns OK when it could be completed; whether the law allowed it stands in
 * `verdict`: when why is not DOSSIER_ALLOWED nothing was changed. ERR_FORBIDDEN: no right at the
 * unit that the act needs; ERR_NOT_FOUND: no such dossier; ERR_STALE: it changed since `version`;
 * ERR_INVALID: the form is not right, ctx->problems says where. Times are instants; 0 means now. */
#ifndef ACTS_DOSSIER_H
#define ACTS_DOSSIER_H

#include "acts/ctx.h"
#include "calendar/deadline.h"
#include "rules/dossier.h"

/* ---- intake ---- */

struct act_paper {
    struct str name;
    enum paper_kind kind;
    int64_t quantity;
    enum paper_state state;
    struct str note;   /* why it is not needed, or what is wrong */
    bool is_required;
};

struct act_applicant {
    struct str name;
    enum applicant_kind kind;
    struct str id_no, birth, phone, email, address;
};

struct act_received {
    int64_t id;
    struct str code, secret;
};

struct act_receive {
    /* in */
    int64_t unit;                 /* the counter */
    int64_t procedure;
    int64_t case_no;              /* 1 .. */
    enum dossier_channel channel;
    struct act_applicant applicant;
    struct str submitter;         /* when somebody else hands it in */
    struct str summary;
    int64_t sets;                 /* số bộ, >= 1 */
    enum dossier_delivery delivery;
    struct str delivery_address;
    bool fee_paid;
    const struct act_paper *paper; /* the checklist as ticked; NULL: everything the case asks is present */
    size_t paper_count;
    int64_t count;                /* identical dossiers in one go, 1 .. DOSSIER_BATCH_MAX */
    int64_t origin;               /* hồ sơ gốc, or 0 */
    struct instant happened_at;   /* {0}: now */
    struct instant due_given;     /* {0}: derived from the procedure's limit */
    bool from_history;            /* an import: the papers and dates are as they were */
    int64_t holder;               /* who works on it; 0: the actor */
    int64_t peer;                 /* it came from another installation, by this message; 0: it did not */
    struct str message;
    /* out */
    struct dossier_verdict verdict;
    struct deadline deadline;     /* empty when due_given */
    struct instant due_at;
    struct act_received *received; /* `count` of them */
};
enum err act_receive(struct act_receive *act, struct ctx *ctx) MUST_CHECK;

/* The promise that an intake would make, without making it: for the form and for the public. */
struct act_foresee {
    int64_t unit, procedure, case_no;
    struct instant at;
    struct deadline deadline; /* out */
    struct limit limit;
};
enum err act_foresee(struct act_foresee *act, struct ctx *ctx) MUST_CHECK;

/* Turned away at the counter (state 3, Mẫu 03): no dossier comes to be, the journal remembers. */
struct act_turn_away {
    int64_t unit, procedure;
    struct str applicant, reason;  /* free text */
    struct str ground;             /* code of a refusal reason */
    struct dossier_verdict verdict;
};
enum err act_turn_away(struct act_turn_away *act, struct ctx *ctx) MUST_CHECK;

/* ---- on its way ---- */

/* What all acts on one dossier share. */
struct act_on {
    int64_t id;                  /* the dossier */
    int64_t version;             /* as the person saw it; 0: whatever it is now */
    struct instant happened_at;  /* {0}: now */
    bool from_history;
    int64_t task;                /* which of the tasks that wait; 0: the one of the actor's unit */
    struct str note;
    struct dossier_verdict verdict; /* out */
};

/* To the next step, or to step `to_step`; the unit and person are proposed by the process and may
 * be named. Starts with state 4. Closes the running task with its timing (Mẫu 05). */
struct act_hand_over {
    struct act_on on;
    int64_t to_step;    /* 0: the next one */
    int64_t to_unit;    /* 0: as the process says */
    int64_t to_person;  /* 0: anybody there */
    struct str choice;  /* on a drawn process: the id of the flow that was chosen, or empty */
};
enum err act_hand_over(struct act_hand_over *act, struct ctx *ctx) MUST_CHECK;

/* The receiver confirms, and holds it from now on. */
enum err act_take(struct act_on *on, struct ctx *ctx) MUST_CHECK;

struct act_assign {
    struct act_on on;
    int64_t person; /* 0: back to everybody of the unit */
};
enum err act_assign(struct act_assign *act, struct ctx *ctx) MUST_CHECK;

/* Mẫu 02: all defects in one notice, once, within three working days. */
struct act_defect {
    int64_t paper;      /* its number, or 0 for something else */
    struct str what;
};
struct act_ask_supplement {
    struct act_on on;
    const struct act_defect *defect;
    size_t defect_count;
};
enum err act_ask_supplement(struct act_ask_supplement *act, struct ctx *ctx) MUST_CHECK;

struct act_supply {
    struct act_on on;
    struct instant due_at; /* out: the new due time */
};
enum err act_supply(struct act_supply *act, struct ctx *ctx) MUST_CHECK;

/* Another legal pause, by a reason of the register (kind "suspension"). */
struct act_suspend {
    struct act_on on;
    struct str reason;
};
enum err act_suspend(struct act_suspend *act, struct ctx *ctx) MUST_CHECK;
enum err act_resume(struct act_supply *act, struct ctx *ctx) MUST_CHECK;

/* Mẫu 04: apology and new date, once, before the due day. The due date of reports stays. */
struct act_extend {
    struct act_on on;
    struct instant new_due_at;
    struct str cause; /* code of kind "lateness" */
};
enum err act_extend(struct act_extend *act, struct ctx *ctx) MUST_CHECK;

/* ---- the end ---- */

struct act_finish {
    struct act_on on;
    struct str result_no; /* number of the result document; may be empty */
};
enum err act_finish(struct act_finish *act, struct ctx *ctx) MUST_CHECK;
/* Refusal on the merits: a result, with its reason in on.note. */
enum err act_refuse(struct act_finish *act, struct ctx *ctx) MUST_CHECK;
enum err act_withdraw(struct act_on *on, struct ctx *ctx) MUST_CHECK;
enum err act_stop(struct act_on *on, struct ctx *ctx) MUST_CHECK;
enum err act_reopen(struct act_on *on, struct ctx *ctx) MUST_CHECK;

struct act_hand_out {
    struct act_on on;
    struct str to;      /* who took it */
    bool fee_paid;      /* paid now */
};
enum err act_hand_out(struct act_hand_out *act, struct ctx *ctx) MUST_CHECK;

struct act_correct {
    struct act_on on;
    struct act_applicant applicant;
    struct str submitter, summary;
};
enum err act_correct(struct act_correct *act, struct ctx *ctx) MUST_CHECK;

/* ---- on a drawn process; acts/dossier_flow.c ---- */

/* Back to who did an earlier step, with the reason in on.note. On a drawn process only where nothing would
 * wait for ever or run twice (rules/flow.h, flow_may_return): DOSSIER_NO_WAY_BACK. */
struct act_give_back {
    struct act_on on;
    int64_t to_task; /* number of the earlier task; 0: the last that was done */
};
enum err act_give_back(struct act_give_back *act, struct ctx *ctx) MUST_CHECK;

/* The code that the partner gave to its share, in place of the one that was written before. A step drawn with
 * "child" cannot be passed on without (DOSSIER_CHILD_MISSING). The dossier is found by it too. */
struct act_child {
    struct act_on on;
    struct str code;
};
enum err act_child(struct act_child *act, struct ctx *ctx) MUST_CHECK;

/* One of several results is handed out before the others are there (trả kết quả từng phần); the dossier goes on,
 * and is resolved only with its last. */
struct act_part_out {
    struct act_on on;
    struct str what; /* which result; must be there */
    struct str to;   /* who took it; empty: the applicant */
};
enum err act_part_out(struct act_part_out *act, struct ctx *ctx) MUST_CHECK;

/* Onto the revision of its process that is in force now. Timers of what the revision has no more are dropped;
 * those that it adds begin with the next step. DOSSIER_STEP_GONE: `stuck` names the step. */
struct act_move_process {
    struct act_on on;
    struct str stuck; /* out */
};
enum err act_move_process(struct act_move_process *act, struct ctx *ctx) MUST_CHECK;

/* A thing that happened and changes nothing (an imported event). */
struct act_event {
    struct act_on on;
    struct str name, resource, group, lifecycle;
};
enum err act_event(struct act_event *act, struct ctx *ctx) MUST_CHECK;

#endif
