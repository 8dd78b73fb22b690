/* journal.h - reading the journal: who did what, newest first. Never the payload: it holds personal
 * data, and reading a dossier is an act of its own. */
#ifndef ACTS_JOURNAL_H
#define ACTS_JOURNAL_H

#include "acts/ctx.h"
#include "sql_journal.h"

enum { JOURNAL_PAGE = 50, JOURNAL_PAGE_MAX = 500 };

/* RIGHT_JOURNAL_READ at the unit whose chain it is; at the root for all chains. */
struct act_journal_recent {
    struct str unit;   /* code; empty: every unit */
    int64_t before;    /* position of the last line shown; 0: from the newest */
    int64_t n;         /* lines wanted; 0: JOURNAL_PAGE */
    struct q_journal_recent *row; /* out */
    size_t row_count;
    int64_t next;      /* `before` of the next page; 0: this is the last */
};
enum err act_journal_recent(struct act_journal_recent *act, struct ctx *ctx) MUST_CHECK;

/* The chains that the actor may read, by code; a name is that of the newest unit of the code. */
enum err act_journal_chains(struct ctx *ctx, struct q_journal_chains **ret, size_t *ret_count) MUST_CHECK;

#endif
