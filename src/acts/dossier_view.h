/* dossier_view.h - one dossier, whole, for a page or a paper. Reading is an act: it is journalled
 * (once in READ_AGAIN_MINUTES per person and dossier) and needs RIGHT_DOSSIER_READ where the
 * dossier is or was. The public sees a masked extract by code and secret. */
#ifndef ACTS_DOSSIER_VIEW_H
#define ACTS_DOSSIER_VIEW_H

#include "acts/cache.h"
#include "acts/dossier.h"
#include "calendar/badge.h"
#include "calendar/classify.h"
#include "format/json.h"
#include "rules/process.h"
#include "sql_dossier.h"
#include "sql_journal.h"

enum { READ_AGAIN_MINUTES = 10 };

/* One line of the journal, parsed. */
struct dossier_line {
    struct q_journal_of row;
    struct instant happened_at, recorded_at;
    struct local at;             /* on the office's wall clock */
    struct json payload;
};

struct dossier_view {
    struct q_dossier_by_id d;
    struct q_dossier_names names;
    struct office office;
    const struct procedure_whole *procedure;
    struct q_dossier_papers *paper;
    size_t paper_count;
    struct q_task_list *task;
    size_t task_count;
    const struct q_task_list *open_task; /* the actor's, or the last; NULL: none waits */
    size_t open_count;           /* how many wait, side by side */
    const struct process *process; /* the drawn process it is on or was on; NULL: the list of steps */
    struct q_suspension_list *suspension;
    size_t suspension_count;
    bool has_extension;
    struct q_extension_of extension;
    struct dossier_line *line;   /* oldest first */
    size_t line_count;
    struct local received, effective, due, due_first, promised, finished; /* wall clock; finished: date DATE_NEVER if not */
    struct deadline deadline;    /* the derivation of the due date as it stands; no step if due_given */
    bool is_suspended;           /* the clock stands: the badge has no meaning then */
    struct badge badge;
    enum dossier_class class;    /* today */
    bool may[DOSSIER_ACT__COUNT];               /* right and law both allow it now */
    struct dossier_verdict why_not[DOSSIER_ACT__COUNT]; /* where the right is there and the law says no */
    bool has_right[DOSSIER_ACT__COUNT];
};
/* Where the open task can lead: the named flows of the gateway behind it. None: there is one way. */
struct dossier_choice {
    struct str id, name;
};
size_t dossier_choices(struct arena *a, const struct dossier_view *v, struct dossier_choice **ret);

enum err act_dossier_view(struct ctx *ctx, struct str code, struct dossier_view *ret) MUST_CHECK;

/* The drawing of the process that a dossier is on or was on, as a file; for who may read the dossier. It
 * says nothing of the person, so it is not journalled. ERR_NOT_FOUND: it goes by a list of steps. */
enum err act_dossier_drawing(struct ctx *ctx, struct str code, struct str *ret) MUST_CHECK;

/* The steps of a drawn process in the order of the drawing, as the tasks of a dossier say; `over`: the
 * result is there, nothing is to come. */
struct dossier_drawn_step {
    struct str node; /* the id of its element */
    struct str name;
    bool done, now;
    struct str since_at; /* when it last came to this step; "" it never did */
};
size_t dossier_steps_drawn(struct arena *a, const struct process *p, const struct q_task_list *task, size_t task_count,
                           bool over, struct dossier_drawn_step **ret);

/* The public look-up: code and secret, or code and the last four digits of the phone. Wrong pairs
 * answer ERR_NOT_FOUND, too many tries of one address ERR_LIMIT. `by_code_only` gives status and
 * dates without any personal data (QR of the receipt). */
struct dossier_public {
    struct q_track d;
    bool is_known;               /* the second part was right: names may be shown, masked */
    struct str applicant_masked, phone_masked;
    struct q_task_list *task;
    size_t task_count;
    struct q_suspension_list *suspension;
    size_t suspension_count;
    const struct zone *zone;
    const struct calendar *calendar; /* of the counter */
    struct local received, due, promised, finished, returned;
    bool is_suspended;
    struct badge badge;
    const struct q_step_list *step;
    size_t step_count;
    const struct process *process; /* the drawn process it is on or was on; NULL: the list of steps */
};
enum err act_track(struct ctx *ctx, struct str code, struct str secret, struct str peer, struct dossier_public *ret) MUST_CHECK;

#endif
