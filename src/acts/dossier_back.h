/* dossier_back.h - the steps that a dossier can be given back to, for the form. */
#ifndef ACTS_DOSSIER_BACK_H
#define ACTS_DOSSIER_BACK_H

#include "acts/ctx.h"
#include "sql_dossier.h"

/* From the open task of that number: the last task at each earlier step that it may go back to, oldest first.
 * No right is checked: who calls has the dossier before him (act_dossier_view). */
enum err dossier_ways_back(struct ctx *ctx, int64_t dossier, int64_t task, struct q_task_list **ret,
                           size_t *ret_count) MUST_CHECK;

#endif
