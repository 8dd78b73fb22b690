/* Roles, grants and delegations: who may do what where, and from when until when. */
#include "acts/people.h"

#include "acts/admin.h"
#include "sql_unit.h"

/* ERR_FORBIDDEN when the role holds a right that no grant of the actor covers at that place. */
static enum err check_covered(struct ctx *ctx, struct db *tx, struct str role, int64_t unit, bool subtree,
                              const int64_t *field)
{
    struct q_grant_excess *row;
    size_t count;
    enum err err = q_grant_excess(tx, ctx->arena, ctx->actor.id, role, unit, subtree, field, ctx_today_iso(ctx), &row,
                                  &count);

    if (err)
        return err;
    return count ? ERR_FORBIDDEN : OK;
}

/* ---- roles ---- */

struct defining {
    struct act_role_define *act;
    struct ctx *ctx;
};

/* Who defines a role could give it to himself: so it may hold only what he has everywhere. */
static enum err check_rights(struct defining *d, struct db *tx, int64_t root)
{
    struct ctx *ctx = d->ctx;

    for (size_t i = 0; i < d->act->right_count; i++) {
        struct q_grant_covers covers;
        enum err err = q_grant_covers(tx, ctx->arena, ctx->actor.id, right_code(d->act->right[i]), root,
                                      ctx_today_iso(ctx), &covers);
        if (err)
            return err;
        if (!covers.n)
            return ERR_FORBIDDEN;
    }
    return OK;
}

static enum err define_in_transaction(struct db *tx, void *arg)
{
    struct defining *d = arg;
    struct act_role_define *act = d->act;
    struct ctx *ctx = d->ctx;
    int64_t root;
    enum err err = str_eq(act->code, ROLE_SYSTEM) ? ERR_FORBIDDEN : admin_root(ctx, tx, &root);

    if (!err)
        err = right_check(ctx, tx, RIGHT_GRANT_EDIT, root, 0);
    if (!err)
        err = check_rights(d, tx, root);
    if (!err)
        err = check_covered(ctx, tx, act->code, root, true, NULL); /* nor take away more than he has */
    if (err)
        return err;
    admin_need_code(ctx, "code", act->code);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena), rights = json_new_array(ctx->arena);
    bool seen[RIGHT__COUNT] = {false};
    for (size_t i = 0; i < act->right_count; i++)
        seen[act->right[i]] = true;
    for (int r = 0; r < RIGHT__COUNT; r++)
        if (seen[r])
            json_append_text(rights, right_code((enum right)r));
    json_put_text(p, "code", act->code);
    json_put_text(p, "name", act->name);
    json_put_int(p, "sort_no", act->sort_no);
    json_put_json(p, "rights", rights);
    struct admin_entry e = {"role.define", "role", 0, act->happened_at, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_role_define(struct act_role_define *act, struct ctx *ctx)
{
    struct defining d = {act, ctx};

    return admin_transact(ctx, define_in_transaction, &d);
}

/* ---- grants ---- */

struct granting {
    struct act_grant_add *act;
    struct ctx *ctx;
};

static enum err role_exists(struct ctx *ctx, struct db *tx, struct str role, bool *ret)
{
    struct q_role_list *row;
    size_t count;
    enum err err = q_role_list(tx, ctx->arena, &row, &count);

    if (err)
        return err;
    *ret = false;
    for (size_t i = 0; i < count; i++)
        *ret |= str_eq(row[i].code, role);
    if (!*ret)
        problem_add(ctx, "role", WORD_PROBLEM_CHOICE, STR(""));
    return OK;
}

static enum err field_exists(struct ctx *ctx, struct db *tx, int64_t field)
{
    struct q_field_all *row;
    size_t count;
    enum err err = q_field_all(tx, ctx->arena, &row, &count);

    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (row[i].id == field)
            return OK;
    problem_add(ctx, "field", WORD_PROBLEM_CHOICE, STR(""));
    return OK;
}

static enum err may_grant(struct granting *g, struct db *tx)
{
    struct act_grant_add *act = g->act;
    struct ctx *ctx = g->ctx;
    struct q_unit_by_id unit;
    struct q_person_by_id person;
    bool found, known = false;
    enum err err = admin_found(ctx, "unit", q_unit_by_id(tx, ctx->arena, act->unit, &unit), &found);

    if (!err)
        err = found ? right_check(ctx, tx, RIGHT_GRANT_EDIT, act->unit, 0) : admin_right_any(ctx, tx, RIGHT_GRANT_EDIT);
    if (!err)
        err = q_person_by_id(tx, ctx->arena, act->person, &person);
    if (!err)
        err = role_exists(ctx, tx, act->role, &known);
    if (!err && act->field)
        err = field_exists(ctx, tx, act->field);
    if (!err && found && known)
        err = check_covered(ctx, tx, act->role, act->unit, act->subtree, act->field ? &act->field : NULL);
    if (!err && !person.is_active)
        problem_add(ctx, "person", WORD_PEOPLE_PROBLEM_NOT_ACTIVE, person.name);
    return err;
}

static enum err grant_in_transaction(struct db *tx, void *arg)
{
    struct granting *g = arg;
    struct act_grant_add *act = g->act;
    struct ctx *ctx = g->ctx;
    enum err err = may_grant(g, tx);

    if (err)
        return err;
    admin_check_dates(ctx, "valid_to", act->valid_from, act->valid_to);
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "person", act->person);
    json_put_text(p, "role", act->role);
    json_put_int(p, "unit", act->unit);
    json_put_bool(p, "subtree", act->subtree);
    if (act->field)
        json_put_int(p, "field", act->field);
    admin_put_date(ctx, p, "valid_from", act->valid_from);
    admin_put_date(ctx, p, "valid_to", act->valid_to);
    struct admin_entry e = {"grant.add", "grant", 0, act->happened_at, p};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_grant_add(struct act_grant_add *act, struct ctx *ctx)
{
    struct granting g = {act, ctx};

    return admin_transact(ctx, grant_in_transaction, &g);
}

/* ---- ending a grant or a delegation ---- */

struct ending {
    struct act_end *act;
    struct ctx *ctx;
};

/* Only shorter, and at the earliest never. */
static enum err check_end(struct ctx *ctx, const struct act_end *act, struct str valid_from, struct str valid_to)
{
    struct date from;

    if (date_parse(valid_from, &from))
        return ERR_STORE;
    if (date_cmp(act->valid_to, date_add_days(from, -1)) < 0 ||
        str_cmp(date_iso(ctx->arena, act->valid_to), valid_to) > 0)
        problem_add(ctx, "valid_to", WORD_PEOPLE_PROBLEM_END, STR(""));
    return admin_form_done(ctx);
}

static enum err end_journal(struct ending *end, struct db *tx, const char *name, const char *kind)
{
    struct json p = json_new_object(end->ctx->arena);
    struct admin_entry e = {name, kind, end->act->id, end->act->happened_at, p};

    admin_put_date(end->ctx, p, "valid_to", end->act->valid_to);
    return admin_journal(end->ctx, tx, &e, NULL);
}

static enum err grant_end_in_transaction(struct db *tx, void *arg)
{
    struct ending *end = arg;
    struct ctx *ctx = end->ctx;
    struct q_grant_by_id g;
    struct q_person_by_id person;
    enum err err = q_grant_by_id(tx, ctx->arena, end->act->id, &g);

    if (!err)
        err = right_check(ctx, tx, RIGHT_GRANT_EDIT, g.unit_id, 0);
    if (!err)
        err = q_person_by_id(tx, ctx->arena, g.person_id, &person);
    if (!err && str_eq(person.login, PERSON_SYSTEM))
        err = ERR_FORBIDDEN;
    if (!err)
        err = check_end(ctx, end->act, g.valid_from, g.valid_to);
    return err ? err : end_journal(end, tx, "grant.end", "grant");
}

enum err act_grant_end(struct act_end *act, struct ctx *ctx)
{
    struct ending end = {act, ctx};

    return admin_transact(ctx, grant_end_in_transaction, &end);
}

static enum err delegation_end_in_transaction(struct db *tx, void *arg)
{
    struct ending *end = arg;
    struct ctx *ctx = end->ctx;
    struct q_delegation_by_id d;
    struct q_grant_by_id g;
    enum err err = q_delegation_by_id(tx, ctx->arena, end->act->id, &d);

    if (!err)
        err = q_grant_by_id(tx, ctx->arena, d.grant_id, &g);
    if (!err && d.from_person_id != ctx->actor.id)
        err = right_check(ctx, tx, RIGHT_GRANT_EDIT, g.unit_id, 0);
    if (!err)
        err = check_end(ctx, end->act, d.valid_from, d.valid_to);
    return err ? err : end_journal(end, tx, "delegation.end", "delegation");
}

enum err act_delegation_end(struct act_end *act, struct ctx *ctx)
{
    struct ending end = {act, ctx};

    return admin_transact(ctx, delegation_end_in_transaction, &end);
}

/* ---- delegations ---- */

struct delegating {
    struct act_delegation_add *act;
    struct ctx *ctx;
    struct q_grant_by_id grant;
};

static enum err may_delegate(struct delegating *d, struct db *tx)
{
    struct ctx *ctx = d->ctx;
    struct q_grant_by_id *g = &d->grant;
    enum err err = q_grant_by_id(tx, ctx->arena, d->act->grant, g);

    if (err || g->person_id == ctx->actor.id)
        return err;
    err = right_check(ctx, tx, RIGHT_GRANT_EDIT, g->unit_id, 0);
    return err ? err
               : check_covered(ctx, tx, g->role, g->unit_id, g->is_subtree, g->field_id_null ? NULL : &g->field_id);
}

static enum err check_delegation(struct delegating *d, struct db *tx)
{
    const struct act_delegation_add *act = d->act;
    struct ctx *ctx = d->ctx;
    struct q_person_by_id to;
    bool found;
    enum err err = admin_found(ctx, "to", q_person_by_id(tx, ctx->arena, act->to, &to), &found);

    if (err)
        return err;
    if (found && (to.id == d->grant.person_id || !to.is_active || str_eq(to.login, PERSON_SYSTEM)))
        problem_add(ctx, "to", WORD_PEOPLE_PROBLEM_DELEGATE, to.name);
    admin_need_line(ctx, "reason", act->reason, ADMIN_NAME_MAX);
    admin_check_dates(ctx, "valid_to", act->valid_from, act->valid_to);
    if (str_cmp(date_iso(ctx->arena, act->valid_from), d->grant.valid_from) < 0 ||
        str_cmp(date_iso(ctx->arena, act->valid_to), d->grant.valid_to) > 0)
        problem_add(ctx, "valid_to", WORD_PEOPLE_PROBLEM_OUTSIDE_GRANT, STR(""));
    return admin_form_done(ctx);
}

static enum err delegate_in_transaction(struct db *tx, void *arg)
{
    struct delegating *d = arg;
    struct act_delegation_add *act = d->act;
    struct ctx *ctx = d->ctx;
    enum err err = may_delegate(d, tx);

    if (!err)
        err = check_delegation(d, tx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "grant", act->grant);
    json_put_int(p, "to", act->to);
    admin_put_date(ctx, p, "valid_from", act->valid_from);
    admin_put_date(ctx, p, "valid_to", act->valid_to);
    json_put_text(p, "reason", act->reason);
    struct admin_entry e = {"delegation.add", "delegation", 0, act->happened_at, p};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_delegation_add(struct act_delegation_add *act, struct ctx *ctx)
{
    struct delegating d = {.act = act, .ctx = ctx};

    return admin_transact(ctx, delegate_in_transaction, &d);
}
