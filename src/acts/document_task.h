/* document_task.h - direction and tasks (ý kiến chỉ đạo: chủ trì, phối hợp, thời hạn; NĐ 30/2020/NĐ-CP Điều 24), and
 * files of work (hồ sơ công việc, Điều 28-30).
 *
 * A task belongs to a unit and may be a person's of it. Who leads reports; who asked accepts, and only then it is
 * done. The day on which it was reported as done is the day by which it is judged. */
#ifndef ACTS_DOCUMENT_TASK_H
#define ACTS_DOCUMENT_TASK_H

#include "acts/document.h"
#include "sql_document_task.h"

enum { TASK_TEXT_MAX = 4000 };

struct task_order {
    int64_t unit, person;  /* person 0: whoever the unit's head gives it to */
    struct str role;       /* lead, support, know */
    struct date due;       /* DATE_NEVER: no day */
};
/* Tasks from a document that came in (document set), or from nothing but the leader's word (document 0, then `unit`
 * says for which agency). RIGHT_DOCUMENT_DIRECT there. One of them at least leads. */
struct act_document_direct {
    struct act_document_on on;
    int64_t unit, parent;           /* parent: the task of which these are parts; 0: none */
    struct str content;
    const struct task_order *task;
    size_t task_count;              /* at most DOCUMENT_TASKS_MAX */
    int64_t first;                  /* out: id of the first of them; not when `document` is set */
};
enum { DOCUMENT_TASKS_MAX = 50 };
enum err act_document_direct(struct act_document_direct *act, struct ctx *ctx) MUST_CHECK;

enum task_change { TASK_GIVE, TASK_PROGRESS, TASK_DONE, TASK_ACCEPT, TASK_SEND_BACK, TASK_DUE, TASK_DROP, TASK_CHANGE__COUNT };
/* GIVE: a head of the task's unit names `person`. PROGRESS, DONE: who has it (or, while nobody has, a head of the unit).
 * ACCEPT, SEND_BACK, DUE, DROP: who asked, or another who may direct in the asking agency. ERR_FORBIDDEN otherwise;
 * ERR_CONFLICT: not in this state; ERR_INVALID: problems of "text", "progress", "due", "person". */
struct act_task_change {
    int64_t id;
    enum task_change change;
    int64_t person, progress;       /* per cent */
    struct date due;
    struct str text;
};
enum err act_task_change(struct act_task_change *act, struct ctx *ctx) MUST_CHECK;

struct act_task {
    int64_t id;
    struct q_document_task_by_id t;             /* out, as below */
    struct q_document_task_report_list *report;
    size_t report_count;
    bool may[TASK_CHANGE__COUNT];
};
/* ERR_NOT_FOUND: none, or not for the actor's eyes. */
enum err act_task(struct act_task *act, struct ctx *ctx) MUST_CHECK;

struct act_task_list {
    int64_t unit, asking;           /* 0: any */
    bool mine;                      /* the actor's, or asked by the actor */
    bool late;                      /* open, and its day has passed */
    struct str state;               /* "": any */
    int64_t before, n;
    struct q_document_task_list *row; /* out */
    size_t row_count;
};
enum err act_task_list(struct act_task_list *act, struct ctx *ctx) MUST_CHECK;
enum err act_task_waiting(struct ctx *ctx, struct q_document_task_waiting **ret, size_t *ret_count) MUST_CHECK;
enum err act_tasks_of_document(struct ctx *ctx, int64_t document, struct q_document_task_of **ret, size_t *ret_count) MUST_CHECK;

/* Units of an agency that can be given its tasks: those below it, down to where another agency that signs for a
 * body begins; its departments, not its wards. RIGHT_DOCUMENT_DIRECT there. */
enum err act_task_units(struct ctx *ctx, int64_t unit, struct q_document_task_units **ret, size_t *ret_count) MUST_CHECK;

/* Reminds of tasks that end within two days, and once a day of those that are late; a job. */
enum err act_task_remind(struct ctx *ctx, int64_t n, int64_t *ret_done) MUST_CHECK;

/* ---- files of work ---- */

struct act_work_file_save {
    int64_t id, unit;
    struct str code, title, basis, note;
    int64_t years;                  /* 0: for ever */
    int64_t keeper;                 /* person; 0: the actor */
    struct date opened, closed, archived;  /* DATE_NEVER: not yet */
};
/* RIGHT_DOCUMENT_DRAFT at the unit for one's own, RIGHT_DOCUMENT_REGISTER for another's. */
enum err act_work_file_save(struct act_work_file_save *act, struct ctx *ctx) MUST_CHECK;
enum err act_work_file_list(struct ctx *ctx, int64_t unit, int64_t before, struct q_work_file_list **ret, size_t *ret_count) MUST_CHECK;
enum err act_work_file(struct ctx *ctx, int64_t id, struct q_work_file_by_id *ret, struct q_document_of_work_file **ret_document, size_t *ret_count) MUST_CHECK;
/* Puts a document that the actor sees into a file of work of the same agency; 0 takes it out. */
enum err act_document_into_file(struct ctx *ctx, struct act_document_on *on, int64_t work_file) MUST_CHECK;

/* ---- figures ---- */

/* Of an agency and all below it, in a period, as of a time; each is the number of the records listed.
 * RIGHT_FIGURE_READ. */
enum document_figure {
    DOCUMENT_FIGURE_SENT,             /* one for each recipient */
    DOCUMENT_FIGURE_SENT_ELECTRONIC,
    DOCUMENT_FIGURE_RECEIVED,
    DOCUMENT_FIGURE_RECEIVED_ELECTRONIC,
    DOCUMENT_FIGURE_TASKS,            /* of who leads: asked in the period, or done in it */
    DOCUMENT_FIGURE_TASKS_ON_TIME,    /* done by their day; without a day: done */
    DOCUMENT_FIGURE_TASKS_LATE,       /* done after it */
    DOCUMENT_FIGURE_TASKS_OPEN,       /* not done at the end of the period */
    DOCUMENT_FIGURE_TASKS_OPEN_LATE,  /* … and their day had passed */
    DOCUMENT_FIGURE__COUNT
};
struct act_document_figures {
    int64_t unit;
    struct date from, to;
    struct instant as_of;
    int64_t value[DOCUMENT_FIGURE__COUNT];   /* out */
    int64_t *record[DOCUMENT_FIGURE__COUNT]; /* out: ids of documents or tasks, as many as the value */
};
enum err act_document_figures(struct act_document_figures *act, struct ctx *ctx) MUST_CHECK;
struct str document_figure_code(enum document_figure f); /* "document.sent" */
enum word document_figure_word(enum document_figure f);

#endif
