/* work.h - what comes by itself: timers of drawn processes, reminders, word to those above; and who reads it. */
#ifndef ACTS_WORK_H
#define ACTS_WORK_H

#include "acts/ctx.h"
#include "sql_work.h"

/* Carries out what is due at ctx->now, the oldest first, at most `n`, each in a transaction of its own, as
 * the actor (the system's person). Nothing is done twice; what the process cannot answer is journalled as
 * "dossier.timer_failed" with the reason, and not tried again. While the clock of a dossier stands, its timers
 * wait. *ret_done: how many were carried out; fewer than `n`: nothing more is due. */
enum err act_work_due(struct ctx *ctx, int64_t n, int64_t *ret_done) MUST_CHECK;

/* What the actor was told, newest first, and how much of it is new. */
enum { NOTICES_MAX = 100 };
struct act_notices {
    struct q_notice_of *row; /* out */
    size_t count;
    int64_t fresh;
};
enum err act_notices(struct act_notices *act, struct ctx *ctx) MUST_CHECK;
/* The actor has seen all up to this position. */
enum err act_notices_seen(struct ctx *ctx, int64_t upto) MUST_CHECK;
/* How much is new, alone: cheap. */
enum err act_notices_new(struct ctx *ctx, int64_t *ret) MUST_CHECK;

/* What a unit handed to others on a day and they still have in hand: for the sheet that both sign.
 * RIGHT_DOSSIER_SEARCH there, field by field. */
enum err act_handed_over(struct ctx *ctx, int64_t unit, struct date day, struct q_handed_over **ret, size_t *ret_count) MUST_CHECK;

#endif
