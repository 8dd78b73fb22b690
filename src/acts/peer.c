#include "acts/peer.h"

#include "acts/admin.h"
#include "acts/dossier_load.h"
#include "crypto/hash.h"
#include "crypto/hex.h"
#include "crypto/secret.h"
#include "format/form_text.h"
#include "sql_procedure.h"
#include "sql_unit.h"

enum { FIRST_WAIT_S = 10, LONGEST_WAIT_S = 3600, OUTBOX_SHOWN = 100, KEY_MAX = 200, ADDRESS_MAX = 300 };

/* ---- who they are ---- */

struct saving {
    struct act_peer_save *act;
    struct ctx *ctx;
};

static bool is_address(struct str s)
{
    return !s.n || ((str_has_prefix(s, STR("https://")) || str_has_prefix(s, STR("http://"))) && s.n <= ADDRESS_MAX);
}

static const char *const DOCUMENTS[] = {"none", "named", "any", NULL}, *const LINES[] = {"peer", "axis", NULL};

static bool is_one_of(struct str s, const char *const *list)
{
    while (*list && !str_eq(s, str_of(*list)))
        list++;
    return *list != NULL;
}

static enum err unit_check(struct ctx *ctx, struct db *tx, const char *field, int64_t unit)
{
    struct q_unit_by_id row;
    bool found;

    return unit ? admin_found(ctx, field, q_unit_by_id(tx, ctx->arena, unit, &row), &found) : OK;
}

static enum err check(struct saving *s, struct db *tx)
{
    struct act_peer_save *act = s->act;

    act->documents = act->documents.n ? act->documents : STR("none");
    act->line = act->line.n ? act->line : STR("peer");
    struct ctx *ctx = s->ctx;
    struct q_peer_by_code same;
    enum err err = unit_check(ctx, tx, "unit", act->unit);

    if (!err)
        err = unit_check(ctx, tx, "counter", act->counter);
    if (err)
        return err;
    admin_need_code(ctx, "code", act->code);
    admin_need_code(ctx, "own_code", act->own_code);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    if (!is_address(act->address))
        problem_add(ctx, "address", WORD_PEER_ADDRESS_WRONG, STR(""));
    if ((!act->id || act->secret.n) && act->secret.n < PEER_SECRET_MIN)
        problem_add(ctx, "secret", WORD_PEER_SECRET_SHORT, STR(""));
    if (!is_one_of(act->documents, DOCUMENTS))
        problem_add(ctx, "documents", WORD_PROBLEM_REQUIRED, STR(""));
    if (!is_one_of(act->line, LINES))
        problem_add(ctx, "line", WORD_PROBLEM_REQUIRED, STR(""));
    if (!act->unit && !act->counter && str_eq(act->documents, STR("none")))
        problem_add(ctx, "unit", WORD_PEER_NOTHING, STR(""));
    if (act->id)
        return OK;
    err = q_peer_by_code(tx, ctx->arena, act->code, &same);
    if (!err)
        problem_add(ctx, "code", WORD_PEER_SAME, STR(""));
    return err == ERR_NOT_FOUND ? OK : err;
}

/* Who keeps the units of the whole house, or those that are named. */
static enum err may_connect(struct ctx *ctx, struct db *tx, const struct act_peer_save *act)
{
    int64_t root;
    enum err err = admin_root(ctx, tx, &root);

    if (!err)
        err = right_check(ctx, tx, RIGHT_UNIT_EDIT, root, 0);
    if (err != ERR_FORBIDDEN)
        return err;
    err = act->unit ? right_check(ctx, tx, RIGHT_UNIT_EDIT, act->unit, 0) : OK;
    return err || !act->counter ? err : right_check(ctx, tx, RIGHT_UNIT_EDIT, act->counter, 0);
}

static enum err save_in_transaction(struct db *tx, void *arg)
{
    struct saving *s = arg;
    struct act_peer_save *act = s->act;
    struct ctx *ctx = s->ctx;
    enum err err = admin_right_any(ctx, tx, RIGHT_UNIT_EDIT);

    if (!err)
        err = check(s, tx);
    if (!err)
        err = may_connect(ctx, tx, act);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "code", act->code);
    json_put_text(p, "own_code", act->own_code);
    json_put_text(p, "name", act->name);
    if (act->unit)
        json_put_int(p, "unit", act->unit);
    if (act->counter)
        json_put_int(p, "counter", act->counter);
    json_put_text(p, "address", act->address);
    json_put_text(p, "documents", act->documents);
    json_put_text(p, "line", act->line);
    json_put_bool(p, "active", act->is_active);
    struct admin_entry e = {"peer.save", "peer", act->id, {0}, p};
    err = admin_journal(ctx, tx, &e, act->id ? NULL : &act->id);
    return err || !act->secret.n ? err : q_peer_secret_set(tx, act->id, act->secret, NULL);
}

enum err act_peer_save(struct act_peer_save *act, struct ctx *ctx)
{
    struct saving s = {act, ctx};

    return admin_transact(ctx, save_in_transaction, &s);
}

enum err act_peer_list(struct ctx *ctx, struct q_peer_list **ret, size_t *ret_count)
{
    enum err err = right_check_any(ctx, RIGHT_UNIT_EDIT);

    return err ? err : q_peer_list(ctx_db(ctx), ctx->arena, ret, ret_count);
}

enum err act_outbox_list(struct ctx *ctx, struct q_outbox_list **ret, size_t *ret_count)
{
    enum err err = right_check_any(ctx, RIGHT_UNIT_EDIT);

    return err ? err : q_outbox_list(ctx_db(ctx), ctx->arena, OUTBOX_SHOWN, ret, ret_count);
}

/* ---- going out ---- */

struct str peer_seal(struct arena *a, struct str secret, struct str body)
{
    struct hash h = hash_hmac(secret, body);

    return hex_encode(a, hash_str(&h));
}

struct arriving {
    struct ctx *ctx;
    const struct q_outbox_due *o;
    struct str receipt;
    bool done;
};

static enum err delivered(struct db *tx, void *arg)
{
    struct arriving *x = arg;
    struct ctx *ctx = x->ctx;
    struct q_outbox_one now;
    struct loaded l;
    enum err err = q_outbox_one(tx, ctx->arena, x->o->pos, x->o->no, &now);

    if (err || !now.sent_at_null)
        return err;
    err = dossier_load(ctx, tx, x->o->dossier_id, &l);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "pos", x->o->pos);
    json_put_int(p, "no", x->o->no);
    json_put_text(p, "code", x->receipt);
    for (size_t i = 0; i < l.open_count; i++)
        if (str_eq(x->o->kind, STR("case")) && l.open[i].no == x->o->task_no) {
            json_put_int(p, "task", l.open[i].no);
            json_put_int(p, "unit", l.open[i].unit_id);
        }
    l.at = ctx->now;
    x->done = true;
    return dossier_journal(ctx, tx, &l, "dossier.delivered", p);
}

struct failing {
    struct ctx *ctx;
    const struct q_outbox_due *o;
    struct str why;
};

struct instant peer_next_try(struct instant now, int64_t tries)
{
    int64_t wait = FIRST_WAIT_S;

    for (int64_t i = 0; i < tries && wait < LONGEST_WAIT_S; i++)
        wait *= 2;
    return (struct instant){now.ms + (wait < LONGEST_WAIT_S ? wait : LONGEST_WAIT_S) * 1000};
}

static enum err tried(struct db *tx, void *arg)
{
    struct failing *f = arg;

    return q_outbox_tried(tx, f->o->pos, f->o->no, f->o->tries + 1, instant_iso(f->ctx->arena, peer_next_try(f->ctx->now, f->o->tries)), f->why, NULL);
}

static enum err send_one(struct ctx *ctx, const struct peer_sender *sender, const struct q_outbox_due *o, bool *ret_done)
{
    struct arena *a = ctx->arena;
    struct buf form = buf_in(a);
    struct str answer, url = str_format(a, "%" PRIstr "/api/1/trao-doi", STR_ARG(o->address));
    struct json said;
    struct failing f = {ctx, o, STR("")};

    form_text_put(&form, "peer", o->own_code);
    form_text_put(&form, "body", o->body);
    form_text_put(&form, "seal", peer_seal(a, o->secret, o->body));
    enum err err = sender->send(sender->arg, a, url, buf_str(&form), &answer);
    if (!err && json_parse(a, answer, &said, NULL))
        err = ERR_INVALID;
    struct arriving x = {.ctx = ctx, .o = o, .receipt = err ? STR("") : json_text(said, "receipt")};
    if (!err && !x.receipt.n)
        err = ERR_INVALID;
    if (err) {
        f.why = str_of(err_name(err));
        return db_transact(ctx->db, tried, &f);
    }
    err = ctx_transact(ctx, delivered, &x);
    *ret_done = !err && x.done;
    return err;
}

enum err act_outbox_send(struct ctx *ctx, const struct peer_sender *sender, int64_t n, int64_t *ret_done)
{
    struct q_outbox_due *row;
    size_t count;
    int64_t done = 0;
    enum err err = q_outbox_due(ctx->db, ctx->arena, instant_iso(ctx->arena, ctx->now), n, &row, &count);

    for (size_t i = 0; !err && i < count; i++) {
        bool sent = false;
        err = send_one(ctx, sender, &row[i], &sent);
        done += sent;
    }
    *ret_done = done;
    return err;
}

/* ---- coming in ---- */

static enum err refuse(struct act_peer_receive *act, const char *why)
{
    act->why = str_of(why);
    return ERR_INVALID;
}

static enum err known(struct ctx *ctx, struct act_peer_receive *act, const struct q_peer_by_code *peer, struct str key)
{
    struct q_inbox_find had;
    enum err err = q_inbox_find(ctx_db(ctx), ctx->arena, peer->id, key, &had);

    if (!err)
        act->receipt = had.code;
    return err;
}

/* Why, for the people on the other side: the first field that is wrong, or what the law says. */
static enum err not_taken(struct ctx *ctx, struct act_peer_receive *act, const struct act_receive *in)
{
    const struct problem *p = ctx->problems.first;
    struct str law = word(LANG_VI, dossier_refusal_word(in->verdict.why));

    act->why = p ? str_format(ctx->arena, "%s: %" PRIstr, p->field, STR_ARG(word_format(ctx->arena, LANG_VI, p->word, &p->arg, 1))) : law;
    return ERR_INVALID;
}

static enum err take_in(struct ctx *ctx, struct act_peer_receive *act, const struct q_peer_by_code *peer, struct json m,
                        struct str key)
{
    struct json who = json_get(m, "applicant");
    struct q_procedure_by_code procedure;
    enum err err = known(ctx, act, peer, key);

    if (err != ERR_NOT_FOUND)
        return err;
    if (peer->counter_id_null)
        return refuse(act, "nothing is taken in from there");
    err = q_procedure_by_code(ctx_db(ctx), ctx->arena, json_text(m, "procedure"), &procedure);
    if (err)
        return err == ERR_NOT_FOUND ? refuse(act, "no such procedure here") : err;
    struct act_receive in = {
        .unit = peer->counter_id, .procedure = procedure.id, .case_no = json_int(m, "case"), .channel = CHANNEL_ONLINE,
        .applicant = {.name = json_text(who, "name"), .kind = json_int(who, "kind") == APPLICANT_ORGANISATION ? APPLICANT_ORGANISATION : APPLICANT_PERSON,
                      .id_no = json_text(who, "id_no"), .birth = json_text(who, "birth"), .phone = json_text(who, "phone"),
                      .email = json_text(who, "email"), .address = json_text(who, "address")},
        .submitter = peer->name,
        .summary = str_format(ctx->arena, "%" PRIstr " (%" PRIstr ")", STR_ARG(json_text(m, "step")), STR_ARG(key)),
        .sets = json_int(m, "sets") > 0 ? json_int(m, "sets") : 1, .delivery = DELIVERY_ONLINE, .fee_paid = true, .count = 1,
        .peer = peer->id, .message = key,
    };
    err = act_receive(&in, ctx);
    if (err == ERR_CONFLICT) /* the same message at the same time */
        return known(ctx, act, peer, key);
    if (err == ERR_INVALID || (!err && in.verdict.why != DOSSIER_ALLOWED))
        return not_taken(ctx, act, &in);
    if (!err)
        act->receipt = in.received[0].code;
    return err;
}

/* The step that was sent to this peer, and to no other, is done. */
static enum err answered(struct ctx *ctx, struct act_peer_receive *act, const struct q_peer_by_code *peer, struct json m,
                         struct str key)
{
    struct str rest = key, code = STR("");
    struct q_dossier_id_of_code found;
    struct q_outbox_case sent;
    int64_t task;
    size_t slash = str_find(key, STR("/"));

    if (slash == STR_NONE)
        return refuse(act, "no such message");
    code = str_sub(rest, 0, slash);
    if (str_parse_int(str_sub(rest, slash + 1, rest.n), 1, INT64_MAX, &task))
        return refuse(act, "no such message");
    enum err err = q_dossier_id_of_code(ctx_db(ctx), ctx->arena, code, &found);
    if (!err)
        err = q_outbox_case(ctx_db(ctx), ctx->arena, peer->id, found.id, task, &sent);
    if (err == ERR_NOT_FOUND || (!err && !sent.n))
        return refuse(act, "no such message");
    if (err)
        return err;
    int64_t said = json_int(m, "outcome");
    enum dossier_outcome outcome = said > OUTCOME_NONE && said < OUTCOME__COUNT ? (enum dossier_outcome)said : OUTCOME_NONE;
    struct str note = str_trim(str_format(ctx->arena, "%" PRIstr ": %" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(peer->name),
                                          STR_ARG(word(LANG_VI, dossier_outcome_word(outcome))), STR_ARG(json_text(m, "result_no")),
                                          STR_ARG(json_text(m, "note"))));
    act->receipt = code;
    if (outcome != OUTCOME_GRANTED) { /* without the result a person here says how it goes on */
        struct act_event event = {.on = {.id = found.id}, .name = note};
        return act_event(&event, ctx);
    }
    struct act_hand_over over = {.on = {.id = found.id, .task = task, .note = note}, .choice = json_text(m, "choice")};
    err = act_hand_over(&over, ctx);
    if (err == ERR_STALE) /* ended by hand before, or this answer came already */
        return OK;
    if (!err && over.on.verdict.why != DOSSIER_ALLOWED && over.on.verdict.why != DOSSIER_WRONG_STATE)
        return refuse(act, "the step waits for a person");
    return err;
}

enum err act_peer_receive(struct act_peer_receive *act, struct ctx *ctx)
{
    struct q_peer_by_code peer;
    struct json m;

    act->receipt = act->why = STR("");
    enum err err = q_peer_by_code(ctx_db(ctx), ctx->arena, act->peer, &peer);
    if (err == ERR_NOT_FOUND || (!err && (!peer.is_active || !secret_eq(peer_seal(ctx->arena, peer.secret, act->body), act->seal))))
        return ERR_FORBIDDEN;
    if (err)
        return err;
    if (act->body.n > PEER_BODY_MAX || json_parse(ctx->arena, act->body, &m, NULL))
        return refuse(act, "not JSON");
    struct str key = json_text(m, "key"), kind = json_text(m, "kind");
    if (!key.n || key.n > KEY_MAX)
        return refuse(act, "no key");
    err = actor_load(ctx, STR("he-thong"), &ctx->actor);
    if (err)
        return err;
    if (str_eq(kind, STR("case")))
        return take_in(ctx, act, &peer, m, key);
    if (str_eq(kind, STR("answer")))
        return answered(ctx, act, &peer, m, key);
    return refuse(act, "unknown kind");
}
