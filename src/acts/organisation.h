/* organisation.h - units with their validity and successors, fields and reasons.
 *
 * Units are never deleted and their past is never rewritten: a unit that ends gets a last day and
 * successors; its code may later be given to another place. Every act: ERR_FORBIDDEN without the
 * right, ERR_INVALID with ctx->problems, ERR_STALE when it changed since `version`. happened_at
 * {0} means now. */
#ifndef ACTS_ORGANISATION_H
#define ACTS_ORGANISATION_H

#include "acts/ctx.h"
#include "acts/promise.h"
#include "sql_unit.h"

enum unit_kind {
    UNIT_ROOT,
    UNIT_CITY,
    UNIT_COUNTER,
    UNIT_GROUP,
    UNIT_WARD,
    UNIT_DEPARTMENT,
    UNIT_AGENCY,
    UNIT_KIND__COUNT
};
struct str unit_kind_code(enum unit_kind k); /* "ward"; stored */
bool unit_kind_find(struct str code, enum unit_kind *ret);
enum word unit_kind_word(enum unit_kind k);

/* RIGHT_UNIT_EDIT at the parent. */
struct act_unit_add {
    struct str code;            /* may have belonged to another place before */
    struct str agency_code;     /* stands in dossier codes; may be empty */
    struct str name, short_name;
    enum unit_kind kind;
    int64_t parent, calendar;
    struct str zone;            /* empty: Asia/Ho_Chi_Minh */
    struct str address, phone;
    struct date valid_from;
    struct date valid_to;       /* last day; DATE_NEVER while none is known */
    int64_t sort_no;
    struct instant happened_at;
    int64_t id;                 /* out */
};
enum err act_unit_add(struct act_unit_add *act, struct ctx *ctx) MUST_CHECK;

/* RIGHT_UNIT_EDIT at the parent (the root: at itself). A unit that still holds dossiers, or stands
 * above units that last longer, cannot end. Another calendar derives its open promises again. */
struct act_unit_change {
    int64_t id;
    int64_t version;            /* as the person saw it; 0: whatever it is now */
    struct str name, short_name, agency_code, address, phone;
    int64_t calendar;
    struct date valid_to;
    struct instant happened_at;
    struct promise_move *move;  /* out */
    size_t move_count;
};
enum err act_unit_change(struct act_unit_change *act, struct ctx *ctx) MUST_CHECK;

/* RIGHT_UNIT_EDIT at both parents. */
struct act_unit_succeed {
    int64_t unit, successor;
    struct date since;
    struct instant happened_at;
};
enum err act_unit_succeed(struct act_unit_succeed *act, struct ctx *ctx) MUST_CHECK;

/* ---- reading; needs no right ---- */

/* The tree in the order of a book: each unit before those below it. */
struct unit_line {
    struct q_unit_tree u;
    int depth;
    struct date valid_from, valid_to;
    const struct q_unit_successors **successor; /* of this unit */
    size_t successor_count;
};
struct act_unit_tree {
    struct date day;            /* units valid on it; DATE_NEVER: all that ever were */
    struct unit_line *line;     /* out */
    size_t line_count;
};
enum err act_unit_tree(struct act_unit_tree *act, struct ctx *ctx) MUST_CHECK;

struct act_unit_view {
    int64_t id;
    struct q_unit_by_id unit;   /* out */
    struct str parent_name, calendar_name;
    int64_t open_dossiers;      /* held now */
    struct q_unit_successors *successor;
    size_t successor_count;
    struct q_unit_below *below; /* itself first */
    size_t below_count;
    bool may_edit;
};
enum err act_unit_view(struct act_unit_view *act, struct ctx *ctx) MUST_CHECK;

/* ---- fields and reasons: RIGHT_CATALOGUE_EDIT; an existing code is changed ---- */

struct act_field_set {
    struct str code, name;
    int64_t sort_no;
    struct instant happened_at;
    int64_t id;                 /* out */
};
enum err act_field_set(struct act_field_set *act, struct ctx *ctx) MUST_CHECK;

struct act_reason_set {
    struct str kind;            /* suspension, lateness, refusal */
    struct str code, name, basis;
    enum pause_owner owner;
    struct instant happened_at;
};
enum err act_reason_set(struct act_reason_set *act, struct ctx *ctx) MUST_CHECK;

/* Who arranges units changes one: RIGHT_UNIT_EDIT where it belongs, or at the root itself. Inside acts/ only. */
enum err unit_right_above(struct ctx *ctx, struct db *tx, const struct q_unit_by_id *u) MUST_CHECK;

enum err act_field_list(struct ctx *ctx, struct q_field_all **ret, size_t *ret_count) MUST_CHECK;

#endif
