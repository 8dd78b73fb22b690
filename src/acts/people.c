#include "acts/people.h"

#include "acts/admin.h"
#include "sql_session.h"
#include "sql_unit.h"

/* ---- the form ---- */

static bool login_is_fine(struct str login)
{
    if (login.n < LOGIN_MIN || login.n > LOGIN_MAX)
        return false;
    for (size_t i = 0; i < login.n; i++) {
        char c = login.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-')
            return false;
    }
    return true;
}

static void check_words(struct ctx *ctx, struct str name, struct str title, struct str email, struct str phone)
{
    admin_need_line(ctx, "name", name, ADMIN_NAME_MAX);
    admin_check_line(ctx, "title", title, ADMIN_NAME_MAX);
    admin_check_line(ctx, "phone", phone, ADMIN_CODE_MAX);
    if (email.n && (str_find(email, STR("@")) == STR_NONE || email.n > ADMIN_NAME_MAX))
        problem_add(ctx, "email", WORD_PROBLEM_EMAIL, STR(""));
    else
        admin_check_line(ctx, "email", email, ADMIN_NAME_MAX);
}

/* The unit must exist, still work, and lie where the actor may edit people. */
static enum err check_unit(struct ctx *ctx, struct db *tx, int64_t unit)
{
    struct q_unit_by_id u;
    bool found;
    enum err err = admin_found(ctx, "unit", q_unit_by_id(tx, ctx->arena, unit, &u), &found);

    if (!err)
        err = found ? right_check(ctx, tx, RIGHT_PERSON_EDIT, unit, 0) : admin_right_any(ctx, tx, RIGHT_PERSON_EDIT);
    if (!err && found && str_cmp(u.valid_to, ctx_today_iso(ctx)) < 0)
        problem_add(ctx, "unit", WORD_PEOPLE_PROBLEM_UNIT_ENDED, u.name);
    return err;
}

/* ---- add ---- */

struct adding {
    struct act_person_add *act;
    struct ctx *ctx;
};

static enum err check_login(struct ctx *ctx, struct db *tx, struct str login)
{
    struct q_person_by_login same;

    if (!login_is_fine(login)) {
        problem_add(ctx, "login", WORD_PROBLEM_LOGIN_FORM, STR(""));
        return OK;
    }
    enum err err = q_person_by_login(tx, ctx->arena, login, &same);
    if (err == ERR_NOT_FOUND)
        return OK;
    if (!err)
        problem_add(ctx, "login", WORD_PROBLEM_LOGIN_TAKEN, login);
    return err;
}

static enum err add_in_transaction(struct db *tx, void *arg)
{
    struct adding *adding = arg;
    struct act_person_add *act = adding->act;
    struct ctx *ctx = adding->ctx;
    enum err err = check_unit(ctx, tx, act->unit);

    if (err)
        return err;
    check_words(ctx, act->name, act->title, act->email, act->phone);
    err = check_login(ctx, tx, act->login);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "login", act->login);
    json_put_text(p, "name", act->name);
    json_put_text(p, "title", act->title);
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "email", act->email);
    json_put_text(p, "phone", act->phone);
    struct admin_entry e = {"person.add", "person", 0, act->happened_at, p};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_person_add(struct act_person_add *act, struct ctx *ctx)
{
    struct adding adding = {act, ctx};

    return admin_transact(ctx, add_in_transaction, &adding);
}

/* ---- change ---- */

struct changing {
    struct act_person_change *act;
    struct ctx *ctx;
    struct q_person_by_id person;
};

static struct json change_payload(const struct changing *c)
{
    const struct act_person_change *act = c->act;
    const struct q_person_by_id *old = &c->person;
    struct json p = json_new_object(c->ctx->arena), before = json_new_object(c->ctx->arena),
                after = json_new_object(c->ctx->arena);

    json_put_text(before, "name", old->name);
    json_put_text(before, "title", old->title);
    json_put_int(before, "unit", old->unit_id);
    json_put_text(before, "email", old->email);
    json_put_text(before, "phone", old->phone);
    json_put_bool(before, "is_active", old->is_active);
    json_put_text(after, "name", act->name);
    json_put_text(after, "title", act->title);
    json_put_int(after, "unit", act->unit);
    json_put_text(after, "email", act->email);
    json_put_text(after, "phone", act->phone);
    json_put_bool(after, "is_active", act->is_active);
    json_put_json(p, "before", before);
    json_put_json(p, "after", after);
    return p;
}

static enum err may_change(struct changing *c, struct db *tx)
{
    struct ctx *ctx = c->ctx;
    enum err err = q_person_by_id(tx, ctx->arena, c->act->id, &c->person);

    if (!err)
        err = right_check(ctx, tx, RIGHT_PERSON_EDIT, c->person.unit_id, 0);
    if (!err && str_eq(c->person.login, PERSON_SYSTEM))
        err = ERR_FORBIDDEN;
    if (!err && c->act->version && c->act->version != c->person.version)
        err = ERR_STALE;
    return err;
}

static enum err change_in_transaction(struct db *tx, void *arg)
{
    struct changing *c = arg;
    struct act_person_change *act = c->act;
    struct ctx *ctx = c->ctx;
    enum err err = may_change(c, tx);

    if (!err && act->unit != c->person.unit_id) /* staying in a unit that ended is no new mistake */
        err = check_unit(ctx, tx, act->unit);
    if (err)
        return err;
    check_words(ctx, act->name, act->title, act->email, act->phone);
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct admin_entry e = {"person.change", "person", act->id, act->happened_at, change_payload(c)};
    err = admin_journal(ctx, tx, &e, NULL);
    if (!err && !act->is_active)
        err = q_session_end_all(tx, act->id, NULL);
    return err;
}

enum err act_person_change(struct act_person_change *act, struct ctx *ctx)
{
    struct changing c = {.act = act, .ctx = ctx};

    return admin_transact(ctx, change_in_transaction, &c);
}
