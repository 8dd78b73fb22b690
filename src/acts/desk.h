/* desk.h - what an officer chooses from at a desk: counters, procedures, reasons, colleagues; and the
 * register of what a counter took in. Lists of what the actor has no right to are ERR_FORBIDDEN. */
#ifndef ACTS_DESK_H
#define ACTS_DESK_H

#include "acts/cache.h"
#include "acts/ctx.h"
#include "sql_dossier.h"
#include "sql_person.h"
#include "sql_procedure.h"
#include "sql_unit.h"

enum { DESK_MOST_USED = 9, DESK_USED_DAYS = 90, REGISTER_PAGE = 50, REGISTER_MAX = 5000 };

/* What the actor may do anywhere: for menus. All false when nobody is signed in. */
enum err act_rights(struct ctx *ctx, bool ret[RIGHT__COUNT]) MUST_CHECK;

/* The units where the actor has a right, in the order of the tree, and the one to work at: the one
 * wanted; else (0) the actor's own, else the first. ERR_FORBIDDEN: none, or not that one. */
struct desk {
    const struct q_unit_reachable *unit;
    size_t unit_count;
    const struct q_unit_reachable *here;
};
enum err act_desk(struct ctx *ctx, enum right r, int64_t wanted, struct desk *ret) MUST_CHECK;

/* The procedures in force today that a counter takes, by field and name; and the most used of the
 * last DESK_USED_DAYS, most used first. */
struct desk_procedures {
    const struct q_procedure_list *row;
    size_t row_count;
    const struct q_procedure_list *used[DESK_MOST_USED];
    size_t used_count;
};
enum err act_desk_procedures(struct ctx *ctx, int64_t unit, struct desk_procedures *ret) MUST_CHECK;

/* The version of a procedure that is in force today. ERR_NOT_FOUND: no such code, or none. */
enum err act_desk_procedure(struct ctx *ctx, struct str code, const struct procedure_whole **ret) MUST_CHECK;

/* Reasons of a kind: "suspension", "lateness", "refusal". */
enum err act_reasons(struct ctx *ctx, struct str kind, struct q_reason_of_kind **ret, size_t *ret_count) MUST_CHECK;

/* Who can do `r` at a unit, by name. */
enum err act_colleagues(struct ctx *ctx, int64_t unit, enum right r, struct q_person_able **ret,
                        size_t *ret_count) MUST_CHECK;

/* Mẫu 06: what a counter received between two days, in order. RIGHT_DOSSIER_SEARCH there. */
struct act_register {
    int64_t unit;
    struct date from, to;         /* both counted */
    struct str after;             /* cursor of the page before, or empty */
    int64_t n;                    /* rows wanted; 0: REGISTER_PAGE, at most REGISTER_MAX */
    struct office office;         /* out */
    struct q_register_of *row;
    size_t row_count;
    struct str next;              /* cursor; empty on the last page */
};
/* ERR_INVALID: not such a cursor. */
enum err act_register(struct act_register *act, struct ctx *ctx) MUST_CHECK;

/* The identical dossiers taken in together with this one: how many, and their codes from first to
 * last. n is 1 when it came alone. */
enum err act_batch(struct ctx *ctx, const struct q_dossier_by_id *d, struct q_batch_of *ret) MUST_CHECK;

/* Whose site this is: the first city of the tree, else its root. For the head and foot of public pages. */
struct act_site {
    struct str name, address, phone; /* out */
};
enum err act_site(struct act_site *act, struct ctx *ctx) MUST_CHECK;

/* A mark that only this session can put on a text, so that an address may carry the text. */
struct str act_seal(struct ctx *ctx, struct str csrf, struct str text);

#endif
