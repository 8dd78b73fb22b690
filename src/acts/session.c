#include "acts/session.h"

#include "acts/people.h"
#include "crypto/hash.h"
#include "crypto/hex.h"
#include "crypto/password.h"
#include "format/json.h"
#include "sql_person.h"
#include "sql_session.h"
#include "store/journal.h"

enum { TOKEN_BYTES = 32, MINUTE_MS = 60 * 1000, TOUCH_MS = 5 * MINUTE_MS };

static struct instant later(struct instant t, int64_t minutes)
{
    return (struct instant){t.ms + minutes * MINUTE_MS};
}

static struct str token_hash(struct arena *a, struct str token)
{
    struct hash h = hash_of(token);

    return hex_encode(a, (struct str){(const char *)h.b, sizeof h.b});
}

/* ---- throttle ---- */

static struct str throttle_name(struct arena *a, const char *kind, struct str what)
{
    return str_format(a, "%s/%" PRIstr, kind, STR_ARG(token_hash(a, what))); /* no name of a person at rest */
}

static enum err waits_until(struct ctx *ctx, struct db *db, struct str name, struct instant *ret)
{
    struct q_throttle_of t;
    enum err err = q_throttle_of(db, ctx->arena, name, &t);

    ret->ms = 0;
    if (err == ERR_NOT_FOUND)
        return OK;
    return err ? err : instant_parse(t.until, ret);
}

/* One more failure; from the limit on each makes it wait. */
static enum err failed(struct ctx *ctx, struct db *tx, struct str name, int tries, int minutes)
{
    struct q_throttle_of t;
    struct instant since;
    int64_t count = 1;
    struct str now = instant_iso(ctx->arena, ctx->now), first = now;
    enum err err = q_throttle_of(tx, ctx->arena, name, &t);

    if (err && err != ERR_NOT_FOUND)
        return err;
    if (!err && !instant_parse(t.since, &since) && instant_cmp(later(since, minutes), ctx->now) > 0) {
        count = t.count + 1;
        first = t.since;
    }
    struct str until = count >= tries ? instant_iso(ctx->arena, later(ctx->now, minutes)) : now;
    return q_throttle_set(tx, name, count, first, until, NULL);
}

struct throttling {
    struct ctx *ctx;
    struct str name;
    int tries, minutes;
};

static enum err throttle_in_transaction(struct db *tx, void *arg)
{
    struct throttling *t = arg;

    return failed(t->ctx, tx, t->name, t->tries + 1, t->minutes);
}

enum err act_throttle(struct ctx *ctx, struct str name, int tries, int minutes)
{
    struct throttling t = {ctx, throttle_name(ctx->arena, "lookup", name), tries, minutes};
    struct instant until;
    enum err err = waits_until(ctx, ctx_db(ctx), t.name, &until);

    if (err)
        return err;
    if (instant_cmp(until, ctx->now) > 0)
        return ERR_LIMIT;
    return ctx_transact(ctx, throttle_in_transaction, &t);
}

/* ---- sign in ---- */

struct signing {
    struct act_sign_in *act;
    struct ctx *ctx;
    struct str by_login, by_peer, csrf;
    bool right;
    int64_t person;
};

static enum err sign_in_in_transaction(struct db *tx, void *arg)
{
    struct signing *s = arg;
    struct ctx *ctx = s->ctx;
    enum err err;

    if (!s->right) {
        err = failed(ctx, tx, s->by_login, SIGN_IN_TRIES, SIGN_IN_WAIT_MINUTES);
        return err ? err : failed(ctx, tx, s->by_peer, SIGN_IN_TRIES_PEER, SIGN_IN_WAIT_MINUTES);
    }
    struct journal_entry e = {
        .unit = s->act->actor.unit_code,
        .happened_at = ctx->now,
        .recorded_at = ctx->now,
        .actor = s->person,
        .act = STR("person.sign_in"),
        .subject_kind = STR("person"),
        .subject_id = s->person,
        .payload = json_new_object(ctx->arena),
    };
    err = q_throttle_clear(tx, s->by_login, NULL);
    if (!err)
        err = q_session_sweep(tx, instant_iso(ctx->arena, ctx->now), NULL);
    if (!err)
        err = q_session_add(tx, token_hash(ctx->arena, s->act->token), s->person, s->csrf,
                            instant_iso(ctx->arena, ctx->now),
                            instant_iso(ctx->arena, later(ctx->now, SESSION_HOURS * 60)), NULL);
    return err ? err : journal_append(tx, ctx->arena, &e);
}

/* Always costs one argon2, so that time does not tell which names exist. */
static enum err password_is_right(struct signing *s, bool *ret)
{
    struct ctx *ctx = s->ctx;
    struct q_credential_of credential = {STR_INIT("")};
    enum err err = actor_load(ctx, s->act->login, &s->act->actor);

    if (err && err != ERR_NOT_FOUND)
        return err;
    if (!err) {
        s->person = s->act->actor.id;
        err = q_credential_of(ctx_db(ctx), ctx->arena, s->person, &credential);
        if (err && err != ERR_NOT_FOUND)
            return err;
    }
    *ret = password_verify(credential.hash, s->act->password);
    return OK;
}

enum err act_sign_in(struct act_sign_in *act, struct ctx *ctx)
{
    struct signing s = {
        .act = act,
        .ctx = ctx,
        .by_login = throttle_name(ctx->arena, "login", act->login),
        .by_peer = throttle_name(ctx->arena, "peer", act->peer),
    };
    struct instant login_until, peer_until;
    enum err err = waits_until(ctx, ctx_db(ctx), s.by_login, &login_until);

    if (!err)
        err = waits_until(ctx, ctx_db(ctx), s.by_peer, &peer_until);
    if (err)
        return err;
    act->wait_until = instant_cmp(login_until, peer_until) > 0 ? login_until : peer_until;
    if (instant_cmp(act->wait_until, ctx->now) > 0) {
        act->answer = SIGN_IN_WAIT;
        return OK;
    }
    err = password_is_right(&s, &s.right);
    if (err)
        return err;
    act->answer = s.right ? SIGN_IN_OK : SIGN_IN_WRONG;
    act->token = random_hex(ctx->random, ctx->arena, TOKEN_BYTES);
    s.csrf = random_hex(ctx->random, ctx->arena, TOKEN_BYTES / 2);
    return ctx_transact(ctx, sign_in_in_transaction, &s);
}

/* ---- sessions ---- */

struct touching {
    struct ctx *ctx;
    struct str hash;
};

static enum err touch_in_transaction(struct db *tx, void *arg)
{
    struct touching *t = arg;
    struct arena *a = t->ctx->arena;

    return q_session_touch(tx, t->hash, instant_iso(a, t->ctx->now),
                           instant_iso(a, later(t->ctx->now, SESSION_HOURS * 60)), NULL);
}

enum err act_session(struct ctx *ctx, struct str token, struct str *ret_csrf)
{
    struct touching t = {ctx, token_hash(ctx->arena, token)};
    struct q_session_find s;
    struct instant seen;
    enum err err = q_session_find(ctx_db(ctx), ctx->arena, t.hash, instant_iso(ctx->arena, ctx->now), &s);

    if (err)
        return err;
    if (instant_parse(s.seen_at, &seen))
        return ERR_STORE;
    if (ctx->now.ms - seen.ms > TOUCH_MS) { /* not each request is worth a write */
        err = ctx_transact(ctx, touch_in_transaction, &t);
        if (err)
            return err;
    }
    ctx->actor = (struct actor){s.person_id, s.login, s.name, s.title, s.unit_id, s.unit_name, s.unit_code};
    *ret_csrf = s.csrf;
    return OK;
}

static enum err sign_out_in_transaction(struct db *tx, void *arg)
{
    struct touching *t = arg;

    return q_session_end(tx, t->hash, NULL);
}

enum err act_sign_out(struct ctx *ctx, struct str token)
{
    struct touching t = {ctx, token_hash(ctx->arena, token)};

    return ctx_transact(ctx, sign_out_in_transaction, &t);
}

/* ---- passwords ---- */

struct changing {
    struct act_password *act;
    struct ctx *ctx;
    struct str hash;
    struct q_person_by_id person;
};

static enum err password_in_transaction(struct db *tx, void *arg)
{
    struct changing *c = arg;
    struct ctx *ctx = c->ctx;
    struct journal_entry e = {
        .unit = ctx->actor.unit_code,
        .happened_at = ctx->now,
        .recorded_at = ctx->now,
        .actor = ctx->actor.id,
        .act = STR("person.password"),
        .subject_kind = STR("person"),
        .subject_id = c->act->person,
        .payload = json_new_object(ctx->arena),
    };
    enum err err = q_credential_set(tx, c->act->person, c->hash, instant_iso(ctx->arena, ctx->now), NULL);

    if (!err)
        err = q_session_end_all(tx, c->act->person, NULL);
    return err ? err : journal_append(tx, ctx->arena, &e);
}

enum err act_password(struct act_password *act, struct ctx *ctx)
{
    struct changing c = {.act = act, .ctx = ctx};
    struct q_credential_of old = {STR_INIT("")};
    struct db *db = ctx_db(ctx);
    enum err err = q_person_by_id(db, ctx->arena, act->person, &c.person);

    if (err)
        return err;
    if (act->person == ctx->actor.id) {
        err = q_credential_of(db, ctx->arena, act->person, &old);
        if (err && err != ERR_NOT_FOUND)
            return err;
        if (!password_verify(old.hash, act->present))
            problem_add(ctx, "present", WORD_PROBLEM_PASSWORD_WRONG, STR(""));
    } else {
        /* Nobody becomes the program itself by giving it a password. */
        err = str_eq(c.person.login, PERSON_SYSTEM) ? ERR_FORBIDDEN
                                                    : right_check(ctx, db, RIGHT_PERSON_EDIT, c.person.unit_id, 0);
        if (err)
            return err;
    }
    if (act->fresh.n < PASSWORD_MIN)
        problem_add(ctx, "fresh", WORD_PROBLEM_PASSWORD_SHORT, STR(""));
    if (ctx->problems.count)
        return ERR_INVALID;
    err = password_hash(ctx->arena, act->fresh, &c.hash);
    return err ? err : ctx_transact(ctx, password_in_transaction, &c);
}
