/* people.h - persons, roles, who has a role where, and who stands in for whom.
 *
 * Nobody can give what he does not have: a grant, a delegation and a role may hold only rights that
 * one grant of the actor covers at the same unit, subtree and field (rights that were lent do not
 * count). Every act: ERR_FORBIDDEN without the right, ERR_INVALID with ctx->problems, ERR_STALE when
 * it changed since `version`. happened_at {0} means now. */
#ifndef ACTS_PEOPLE_H
#define ACTS_PEOPLE_H

#include "acts/ctx.h"
#include "sql_person.h"

/* The login of the person in whose name the command line acts: holds every right, cannot sign in,
 * cannot be changed. */
#define PERSON_SYSTEM STR("he-thong")
#define ROLE_SYSTEM   STR("he-thong") /* its role, every right: cannot be changed */

enum { LOGIN_MIN = 3, LOGIN_MAX = 64 };

/* RIGHT_PERSON_EDIT at the unit. */
struct act_person_add {
    struct str login;   /* LOGIN_MIN..LOGIN_MAX of a-z 0-9 . - */
    struct str name, title, email, phone;
    int64_t unit;
    struct instant happened_at;
    int64_t id;         /* out */
};
enum err act_person_add(struct act_person_add *act, struct ctx *ctx) MUST_CHECK;

/* RIGHT_PERSON_EDIT at the unit of before and at that of after. Who is no longer active is signed
 * out at once. */
struct act_person_change {
    int64_t id, version;
    struct str name, title, email, phone;
    int64_t unit;
    bool is_active;
    struct instant happened_at;
};
enum err act_person_change(struct act_person_change *act, struct ctx *ctx) MUST_CHECK;

/* A role and all its rights; an existing code is changed. RIGHT_GRANT_EDIT at the root. */
struct act_role_define {
    struct str code, name;
    int64_t sort_no;
    const enum right *right;
    size_t right_count;
    struct instant happened_at;
};
enum err act_role_define(struct act_role_define *act, struct ctx *ctx) MUST_CHECK;

/* RIGHT_GRANT_EDIT at the unit. */
struct act_grant_add {
    int64_t person;
    struct str role;
    int64_t unit;
    bool subtree;       /* and everything below it */
    int64_t field;      /* 0: every field */
    struct date valid_from, valid_to;
    struct instant happened_at;
    int64_t id;         /* out */
};
enum err act_grant_add(struct act_grant_add *act, struct ctx *ctx) MUST_CHECK;

/* RIGHT_GRANT_EDIT at the unit. A grant can only be cut short. */
struct act_end {
    int64_t id;
    struct date valid_to; /* last day; the day before it began: never was */
    struct instant happened_at;
};
enum err act_grant_end(struct act_end *act, struct ctx *ctx) MUST_CHECK;

/* One's own grant, or another's with RIGHT_GRANT_EDIT at its unit; within the dates of the grant. */
struct act_delegation_add {
    int64_t grant, to;
    struct date valid_from, valid_to;
    struct str reason;
    struct instant happened_at;
    int64_t id;         /* out */
};
enum err act_delegation_add(struct act_delegation_add *act, struct ctx *ctx) MUST_CHECK;
enum err act_delegation_end(struct act_end *act, struct ctx *ctx) MUST_CHECK;

/* ---- reading ---- */

/* Who works where, as far as RIGHT_PERSON_EDIT or RIGHT_GRANT_EDIT of the actor reach. */
struct act_person_list {
    int64_t unit;       /* with the units below it; 0: everybody */
    struct q_person_list_of *row;
    size_t row_count;
};
enum err act_person_list(struct act_person_list *act, struct ctx *ctx) MUST_CHECK;

/* Oneself, or anybody with RIGHT_PERSON_EDIT or RIGHT_GRANT_EDIT at the person's unit. */
struct act_person_view {
    int64_t id;
    struct q_person_by_id person; /* out */
    struct str unit_name;
    struct q_grant_list *grant;
    size_t grant_count;
    struct q_delegation_list *delegation;
    size_t delegation_count;
    bool may_edit, may_grant, is_system;
};
enum err act_person_view(struct act_person_view *act, struct ctx *ctx) MUST_CHECK;

/* Colleagues to whom something can be delegated: everybody who is active; needs only to be signed
 * in. */
enum err act_person_choices(struct ctx *ctx, struct q_person_list **ret, size_t *ret_count) MUST_CHECK;

/* The matrix. No right needed: who may do what is no secret inside the house. */
struct role_line {
    struct q_role_list role;
    bool right[RIGHT__COUNT];
};
enum err act_role_list(struct ctx *ctx, struct role_line **ret, size_t *ret_count) MUST_CHECK;

enum word right_word(enum right r); /* what it is called */

#endif
