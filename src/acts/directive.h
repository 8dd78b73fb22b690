/* directive.h - from a figure to action: a leader gives a task with the very records that a figure counted.
 *
 * The list is kept as it was. Its progress is how many of those records the same figure counts no more, asked from the
 * first day of its period until today: a late dossier that was finished, an entry that was mended. Nobody types it.
 * Peers 113-117. */
#ifndef ACTS_DIRECTIVE_H
#define ACTS_DIRECTIVE_H

#include "acts/document_task.h"
#include "acts/report.h"
#include "sql_directive.h"

enum { DIRECTIVE_RECORDS_MAX = 5000 };

/* RIGHT_DOCUMENT_DIRECT at the agency `unit`, and whatever the figure asks. ERR_INVALID: problems of "content", "unit",
 * "due" as act_document_direct; of "" when the figure counts nothing, or more than DIRECTIVE_RECORDS_MAX. */
struct act_directive_give {
    struct report_source source;  /* code, unit, field, is_indicator, from, to */
    bool cohort;
    struct instant as_of;
    int64_t unit;                 /* the agency that asks */
    struct task_order order;      /* who leads, by when */
    struct str content;
    int64_t task;                 /* out, as below */
    size_t count;
};
enum err act_directive_give(struct act_directive_give *act, struct ctx *ctx) MUST_CHECK;

/* Who sees the task sees its list. ERR_NOT_FOUND: no such task, or it has none. */
struct directive_record {
    struct q_directive_records row;
    bool is_mended;
};
struct act_directive {
    int64_t task;
    struct q_directive_of_task directive; /* out, as below */
    struct str figure;                    /* its name */
    struct directive_record *record;
    size_t count, mended;
    bool is_known;                        /* the figure is still defined */
};
enum err act_directive(struct act_directive *act, struct ctx *ctx) MUST_CHECK;

#endif
