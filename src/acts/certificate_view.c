/* Reading the register, and whether a certificate may sign. */
#include "acts/certificate_load.h"

#include "acts/admin.h"
#include "acts/file.h"
#include "base/text.h"
#include "sign/key.h"
#include "sql_person.h"
#include "sql_unit.h"

/* ---- one ---- */

static enum err visible(struct ctx *ctx, int64_t id)
{
    struct q_certificate_visible seen;
    enum err err = q_certificate_visible(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), id, &seen);

    return err || seen.n ? err : ERR_NOT_FOUND;
}

enum err act_certificate(struct act_certificate *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    struct arena *a = ctx->arena;
    struct certificate_hand h;
    enum err err = visible(ctx, act->id);

    if (!err)
        err = certificate_load(ctx, db, act->id, &h);
    if (!err)
        err = q_certificate_event_list(db, a, act->id, &act->event, &act->event_count);
    if (!err)
        err = q_certificate_review_of(db, a, act->id, &act->review, &act->review_count);
    if (!err)
        err = q_certificate_replacement(db, a, act->id, &act->replacement, &act->replacement_count);
    if (!err)
        err = q_certificate_use_of(db, a, act->id, &act->use);
    if (err)
        return err;
    act->c = h.c;
    act->is_owner = h.facts.is_owner;
    act->is_keeper = h.facts.is_keeper;
    act->shown = certificate_shown(h.facts.state, h.facts.ends_on, h.facts.today);
    if (!h.facts.is_keeper && !h.facts.is_owner)
        act->c.birth = act->c.id_no = STR("");
    for (int i = CERTIFICATE_SEND; i < CERTIFICATE_ACT__COUNT; i++)
        act->may[i] = certificate_may(&h.facts, (enum certificate_act)i).why == CERTIFICATE_ALLOWED;
    return OK;
}

/* ---- lists ---- */

struct filters {
    struct str today, soon, words;
    const int64_t *unit, *kind, *shown;
    const struct str *search;
    int64_t of_kind, of_shown, of_unit;
};

/* Folded words hold only letters, digits and spaces: nothing to escape for LIKE. */
static void filters_set(struct filters *f, const struct act_certificate_list *act, struct ctx *ctx)
{
    struct str folded = text_fold(ctx->arena, act->words);

    *f = (struct filters){.today = ctx_today_iso(ctx), .of_kind = act->kind, .of_shown = act->shown, .of_unit = act->unit};
    f->soon = date_iso(ctx->arena, date_add_days(ctx_today(ctx), CERTIFICATE_WARN_DAYS));
    f->words = str_format(ctx->arena, "%%%" PRIstr "%%", STR_ARG(folded));
    f->unit = act->unit ? &f->of_unit : NULL;
    f->kind = act->kind ? &f->of_kind : NULL;
    f->shown = act->shown >= 0 ? &f->of_shown : NULL;
    f->search = folded.n ? &f->words : NULL;
}

static enum err list(struct act_certificate_list *act, struct ctx *ctx, int64_t n)
{
    struct filters f;
    struct q_certificate_count *count;
    size_t counts;
    int64_t before = act->before ? act->before : INT64_MAX;

    filters_set(&f, act, ctx);
    enum err err = q_certificate_list(ctx_db(ctx), ctx->arena, ctx->actor.id, f.today, f.today, f.soon, f.unit, f.kind, f.search, f.shown,
                                      before, n + 1, &act->row, &act->row_count);
    if (!err)
        err = q_certificate_count(ctx_db(ctx), ctx->arena, ctx->actor.id, f.today, f.today, f.soon, f.unit, f.kind, f.search, &count, &counts);
    if (err)
        return err;
    act->next = 0;
    if (act->row_count > (size_t)n) {
        act->row_count = (size_t)n;
        act->next = act->row[n - 1].id;
    }
    for (int i = 0; i < CERTIFICATE_SHOWN__COUNT; i++)
        act->count[i] = 0;
    for (size_t i = 0; i < counts; i++)
        if (count[i].shown >= 0 && count[i].shown < CERTIFICATE_SHOWN__COUNT)
            act->count[count[i].shown] = count[i].n;
    return OK;
}

enum err act_certificate_list(struct act_certificate_list *act, struct ctx *ctx)
{
    return list(act, ctx, act->n > 0 && act->n < CERTIFICATE_PAGE ? act->n : CERTIFICATE_PAGE);
}

enum err act_certificate_export(struct act_certificate_list *act, struct ctx *ctx)
{
    enum err err = right_check_any(ctx, RIGHT_CERTIFICATE_READ);

    if (!err)
        err = act->unit ? right_check(ctx, ctx_db(ctx), RIGHT_EXPORT, act->unit, 0) : right_check_any(ctx, RIGHT_EXPORT);
    if (err)
        return err;
    act->before = 0;
    err = list(act, ctx, CERTIFICATE_EXPORT_MAX);
    return !err && act->next ? ERR_LIMIT : err;
}

enum err act_certificate_requested(struct ctx *ctx, int64_t request, struct q_certificate_of_request **ret, size_t *ret_count)
{
    struct q_certificate_of_request *row;
    size_t count;
    enum err err = q_certificate_of_request(ctx_db(ctx), ctx->arena, request, &row, &count);

    for (size_t i = 0; !err && i < count; i++)
        err = right_check(ctx, ctx_db(ctx), RIGHT_CERTIFICATE_EDIT, row[i].unit_id, 0);
    if (!err && count == 0)
        err = ERR_NOT_FOUND;
    if (err)
        return err;
    *ret = row;
    *ret_count = count;
    return OK;
}

enum err act_certificate_reviews(struct ctx *ctx, struct q_certificate_review_waiting **ret, size_t *ret_count)
{
    return q_certificate_review_waiting(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), CERTIFICATE_REVIEWS_MAX, ret, ret_count);
}

enum err act_certificate_registers(struct ctx *ctx, struct q_certificate_register_list **ret, size_t *ret_count)
{
    return q_certificate_register_list(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), ret, ret_count);
}

enum err act_certificate_units(struct ctx *ctx, enum right r, struct q_unit_reachable **ret, size_t *ret_count)
{
    return q_unit_reachable(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(r), ctx_today_iso(ctx), ret, ret_count);
}

enum err act_certificate_people(struct ctx *ctx, int64_t unit, struct q_person_list **ret, size_t *ret_count)
{
    struct q_person_list *all;
    size_t count, n = 0;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_CERTIFICATE_EDIT, unit, 0);

    if (!err)
        err = q_person_list(ctx_db(ctx), ctx->arena, &unit, &all, &count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (all[i].is_active)
            all[n++] = all[i];
    *ret = all;
    *ret_count = n;
    return OK;
}

/* ---- may it sign? ---- */

static enum err position(struct ctx *ctx, const struct q_certificate_by_hash *c, const struct certificate_signer *who, struct certificate_signing *s)
{
    struct db *db = ctx_db(ctx);
    struct q_person_by_id p;
    struct q_unit_by_id u;

    if (s->wanted == CERTIFICATE_PERSON) {
        enum err err = q_person_by_id(db, ctx->arena, who->person, &p);
        if (err)
            return err;
        s->is_of_signer = !c->person_id_null && c->person_id == who->person;
        s->is_in_position = p.is_active && !c->post_unit_id_null && c->post_unit_id == p.unit_id && str_eq(c->post_title, p.title);
        return OK;
    }
    enum err err = q_unit_by_id(db, ctx->arena, who->unit, &u);
    if (err)
        return err;
    struct str day = date_iso(ctx->arena, zone_date(certificate_zone(), s->at));
    s->is_of_signer = c->unit_id == who->unit;
    s->is_in_position = str_cmp(u.valid_from, day) <= 0 && str_cmp(day, u.valid_to) <= 0;
    return OK;
}

static enum err facts_then(struct ctx *ctx, const struct q_certificate_by_hash *c, struct certificate_signing *s)
{
    struct db *db = ctx_db(ctx);
    struct str at = instant_iso(ctx->arena, s->at);
    struct q_certificate_state_at state;
    struct q_certificate_review_at review;
    enum err err = q_certificate_state_at(db, ctx->arena, c->id, at, &state);

    if (err == ERR_NOT_FOUND) { /* nobody had asked for it yet */
        state.state = CERTIFICATE_REQUESTED;
        err = OK;
    }
    if (!err)
        err = q_certificate_review_at(db, ctx->arena, c->id, at, &review);
    if (err)
        return err;
    s->state = (enum certificate_state)state.state;
    s->has_review = review.n > 0;
    return instant_parse(c->not_before, &s->not_before) || instant_parse(c->not_after, &s->not_after) ? ERR_STORE : OK;
}

/* Entered from a list, without its file: who issued it and its number say which it is. The chain to a trusted root is
 * judged where the signature is. */
static enum err by_serial(struct ctx *ctx, const struct sign_key *key, struct q_certificate_by_hash *ret)
{
    struct q_certificate_by_serial s;
    struct sign_person p = sign_key_person(ctx->arena, key);
    enum err err = q_certificate_by_serial(ctx_db(ctx), ctx->arena, p.issuer, text_upper(ctx->arena, p.serial), &s);

    if (err)
        return err;
    *ret = (struct q_certificate_by_hash){
        .id = s.id, .kind = s.kind, .unit_id = s.unit_id, .person_id = s.person_id, .person_id_null = s.person_id_null, .name = s.name,
        .not_before = s.not_before, .not_before_null = s.not_before_null, .not_after = s.not_after, .not_after_null = s.not_after_null,
        .post_unit_id = s.post_unit_id, .post_unit_id_null = s.post_unit_id_null, .post_title = s.post_title,
    };
    return OK;
}

static enum err unknown(struct ctx *ctx, const struct certificate_signer *who, struct instant at, struct certificate_judgement *j,
                        struct certificate_judgement *ret)
{
    struct q_certificate_register_of complete;
    enum err err = q_certificate_register_of(ctx_db(ctx), ctx->arena, who->unit, date_iso(ctx->arena, zone_date(certificate_zone(), at)), &complete);

    if (err)
        return err;
    j->why = certificate_may_sign(&(struct certificate_signing){.must_be_known = complete.n > 0});
    *ret = *j;
    return OK;
}

enum err act_certificate_may_sign(struct ctx *ctx, const struct certificate_signer *who, struct str certificate, struct instant at,
                                  struct certificate_judgement *ret)
{
    struct sign_key *key;
    struct q_certificate_by_hash c;
    struct certificate_signing s = {.at = at, .wanted = who->person ? CERTIFICATE_PERSON : CERTIFICATE_ORGANISATION};
    struct certificate_judgement j = {.why = CERTIFICATE_UNKNOWN};
    enum err err = sign_key_elsewhere(ctx->arena, certificate, &key);

    if (err)
        return err;
    j.name = sign_key_person(ctx->arena, key).name;
    err = q_certificate_by_hash(ctx_db(ctx), ctx->arena, file_hash(ctx->arena, sign_key_certificate(ctx->arena, key)), &c);
    if (err == ERR_NOT_FOUND)
        err = by_serial(ctx, key, &c);
    if (err == ERR_NOT_FOUND)
        return unknown(ctx, who, at, &j, ret);
    s.is_known = true;
    if (!err) {
        s.kind = (enum certificate_kind)c.kind;
        err = facts_then(ctx, &c, &s);
    }
    if (!err)
        err = position(ctx, &c, who, &s);
    if (err)
        return err;
    j.id = c.id;
    j.name = c.name;
    j.why = certificate_may_sign(&s);
    *ret = j;
    return OK;
}

void certificate_put_use(struct ctx *ctx, struct json payload, int64_t certificate, struct instant at)
{
    struct json with = json_new_object(ctx->arena);

    json_put_int(with, "certificate", certificate);
    json_put_text(with, "day", date_iso(ctx->arena, zone_date(certificate_zone(), at)));
    json_put_json(payload, "signed_with", with);
}
