/* queue.h - who has what to do: the work queue of a person and of a unit, what waits to be handed
 * over, what waits to be handed out, the search and the register. Every list is scoped inside its
 * statement by what the actor may see. */
#ifndef ACTS_QUEUE_H
#define ACTS_QUEUE_H

#include "acts/ctx.h"
#include "calendar/badge.h"
#include "sql_dossier.h"
#include "sql_search.h"

/* Folded words in the language of the store's full-text index: all of them, each perhaps unfinished. */
struct str search_match(struct ctx *ctx, struct str folded);

enum queue_whose { QUEUE_MINE, QUEUE_UNIT };

/* The tiles above the list, and its groups. */
enum queue_group { QUEUE_LATE, QUEUE_TODAY, QUEUE_SOON, QUEUE_LATER, QUEUE_SUSPENDED, QUEUE_GROUP__COUNT };

enum { QUEUE_PAGE = 25, QUEUE_PAGE_MAX = 200, SEARCH_PAGE = 20 };

struct queue_row {
    struct q_queue_of_person d;   /* the statement's row */
    struct instant due_at, step_due_at;
    enum queue_group group;
    struct badge badge;           /* time left; has no meaning while d.is_suspended */
    struct str unit_name;
};

struct act_queue {
    /* in */
    enum queue_whose whose;
    int64_t unit;                 /* QUEUE_UNIT: which; 0: the actor's */
    int group;                    /* enum queue_group, or -1: all */
    struct str words;             /* part of code, name, number: folded here */
    struct str procedure, step;   /* codes, or empty */
    struct str after;             /* cursor of the page before, or empty */
    int64_t n;                    /* rows wanted; 0: QUEUE_PAGE */
    /* out */
    int64_t counts[QUEUE_GROUP__COUNT]; /* without the filters */
    struct queue_row *row;
    size_t row_count;
    struct str next;              /* cursor, empty on the last page */
};
/* ERR_FORBIDDEN: the actor may not see the lists of that unit. ERR_INVALID: not such a cursor. */
enum err act_queue(struct act_queue *act, struct ctx *ctx) MUST_CHECK;

struct act_search {
    struct str words;
    int64_t before;               /* id of the last hit shown; 0: from the newest */
    struct q_search_dossiers *row;
    size_t row_count;
    bool more;
};
/* Newest first, by whole words or beginnings of words, with or without diacritics. */
enum err act_search(struct act_search *act, struct ctx *ctx) MUST_CHECK;

enum err act_to_hand_over(struct ctx *ctx, int64_t unit, struct q_to_hand_over **ret, size_t *ret_count) MUST_CHECK;
enum err act_to_return(struct ctx *ctx, int64_t unit, struct q_to_return **ret, size_t *ret_count) MUST_CHECK;

/* Open dossiers of the same person for the same procedure: a warning at intake, never a ban. */
enum err act_duplicates(struct ctx *ctx, int64_t unit, struct str id_no, int64_t procedure, struct q_dossier_same **ret,
                        size_t *ret_count) MUST_CHECK;

/* What an officer was told by this person before (open dossiers only). ERR_NOT_FOUND: nothing. */
enum err act_person_seen(struct ctx *ctx, int64_t unit, struct str id_no, struct q_person_seen *ret) MUST_CHECK;

#endif
