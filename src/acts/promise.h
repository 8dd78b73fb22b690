/* promise.h - what a changed calendar does to promises already given; inside acts/ only.
 *
 * A due date is always what the rules derive from the calendar that is in force: when the calendar
 * of an office changes, every open promise it touches is derived again in the same transaction, and
 * each one that moves gets a journal line of its own with before, after and why. */
#ifndef ACTS_PROMISE_H
#define ACTS_PROMISE_H

#include "acts/ctx.h"
#include "calendar/deadline.h"

/* A promise that moves. Times are on the wall clock of the dossier's counter. */
struct promise_move {
    int64_t dossier;
    struct str code, unit_name;
    struct local before, after;
    struct str why;
    /* what the journal line needs */
    struct str chain, suspended_at;
    int64_t state, supplements;
    struct instant before_at, after_at;
};

/* Why a promise received on `from` and due (before or after the change) on `to` moves; in `a`. */
typedef struct str promise_why(void *arg, struct arena *a, struct date from, struct date to);

struct promise_change {
    const struct calendar *calendar; /* as it will be */
    promise_why *why;
    void *arg;
};

/* Which of these open dossiers move, and to when; writes nothing. */
enum err promise_moves(struct ctx *ctx, struct db *db, const struct promise_change *change, const int64_t *id,
                       size_t count, struct promise_move **ret, size_t *ret_count) MUST_CHECK;

/* The journal lines of those moves. */
enum err promise_journal(struct ctx *ctx, struct db *tx, const struct promise_move *move, size_t count,
                         struct instant happened_at) MUST_CHECK;

#endif
