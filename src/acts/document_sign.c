#include "acts/document_sign.h"

#include "acts/admin.h"
#include "acts/certificate.h"
#include "acts/document_load.h"
#include "acts/file.h"
#include "base/text.h"
#include "sign/block.h"
#include "sign/sign.h"
#include "sql_file.h"

enum { PAGE_WIDTH = 595, PAGE_HEIGHT = 842 }; /* A4, as the papers of documents are */
enum { SWEEP_EACH = 20 };                     /* forgotten beside each that is prepared */

/* What comes next: the leader's name, the registry's number and date, or the seal. */
enum what { WHAT_PERSON, WHAT_NUMBER, WHAT_SEAL };

static bool next_of(const struct document_hand *h, struct json places, enum what *ret)
{
    if (h->facts.state == DOCUMENT_TO_SIGN)
        *ret = WHAT_PERSON;
    else if (h->facts.state == DOCUMENT_NUMBERED && !h->facts.is_signed_by_hand)
        *ret = json_has(places, "number") && !json_bool(places, "numbered") ? WHAT_NUMBER : WHAT_SEAL;
    else
        return false;
    return true;
}

static struct json places_of(struct ctx *ctx, const struct document_hand *h)
{
    struct json p;

    return h->d.places.n && json_parse(ctx->arena, h->d.places, &p, NULL) == OK ? p : json_new_object(ctx->arena);
}

static double real_of(struct json place, const char *key)
{
    return json_as_real(json_get(place, key));
}

/* ---- marks ---- */

static void word_set(struct sign_word *w, size_t *n, struct json place, struct str text, bool italic)
{
    if (json_kind(place) == JSON_KIND_OBJECT)
        w[(*n)++] = (struct sign_word){real_of(place, "x") + real_of(place, "width") / 2, real_of(place, "baseline"), real_of(place, "size"), italic, text};
}

/* Number, day and month with two digits as the decree writes them: 01-09, and the months 1 and 2. */
static struct sign_mark number_mark(struct ctx *ctx, const struct document_hand *h, struct json places, struct date on)
{
    struct arena *a = ctx->arena;
    struct civil c = date_civil(on);
    struct sign_word word[4];
    size_t n = 0;
    size_t slash = str_find(h->d.code, STR("/"));

    word_set(word, &n, json_get(places, "number"), str_sub(h->d.code, 0, slash), false);
    word_set(word, &n, json_get(places, "day"), str_format(a, "%02d", c.day), true);
    word_set(word, &n, json_get(places, "month"), str_format(a, c.month < 3 ? "%02d" : "%d", c.month), true);
    word_set(word, &n, json_get(places, "year"), str_format(a, "%d", c.year), true);
    return (struct sign_mark){.pdf = sign_words(a, PAGE_WIDTH, PAGE_HEIGHT, word, n), .page = 1, .width = PAGE_WIDTH, .height = PAGE_HEIGHT};
}

/* In the middle of the room for the signature; the seal a third over it from the left. */
static bool block_mark(struct ctx *ctx, struct json places, enum what what, const struct sign_key *key, struct sign_mark *ret)
{
    struct json at = json_get(places, "signature");
    enum sign_block_kind kind = what == WHAT_SEAL ? SIGN_BLOCK_ORGANISATION : SIGN_BLOCK_PERSON;

    int width = SIGN_BLOCK_WIDTH, height = SIGN_BLOCK_HEIGHT;

    if (json_kind(at) != JSON_KIND_OBJECT)
        return false;
    double x = real_of(at, "x") + (real_of(at, "width") - SIGN_BLOCK_WIDTH) / 2, y = real_of(at, "y") + (real_of(at, "height") - SIGN_BLOCK_HEIGHT) / 2;
    if (what == WHAT_SEAL) {
        width = SIGN_BLOCK_WIDTH / 2;
        height = SIGN_BLOCK_HEIGHT / 2;
        x -= width * 2.0 / 3;
        y -= height * 2.0 / 3; /* below the words of the leader's, which stay readable */
    }
    *ret = (struct sign_mark){.pdf = sign_block(ctx->arena, kind, sign_key_person(ctx->arena, key), ctx->now), .page = (int)json_int(at, "page"),
                              .x = (int)x, .y = (int)y, .width = width, .height = height};
    return true;
}

/* ---- whose certificate ---- */

static bool is_same_name(struct arena *a, struct str one, struct str other)
{
    return one.n && str_eq(text_lower(a, text_nfc(a, one)), text_lower(a, text_nfc(a, other)));
}

/* As long as there is no register that knows all certificates, the name in it is what there is. */
static enum err name_check(struct ctx *ctx, struct db *db, const struct document_hand *h, enum what what, const struct sign_key *key,
                           struct act_document_on *on)
{
    struct arena *a = ctx->arena;
    struct sign_person who = sign_key_person(a, key);
    struct q_document_issuer_of issuer;
    enum err err = q_document_issuer_of(db, a, h->d.unit_id, &issuer);

    if (err)
        return err;
    bool fits = what == WHAT_PERSON ? is_same_name(a, who.name, ctx->actor.name)
                                    : is_same_name(a, who.name, issuer.name) || is_same_name(a, who.name, issuer.unit_name);
    if (!fits || ctx->now.ms < who.not_before.ms || ctx->now.ms > who.not_after.ms) {
        on->why = DOCUMENT_CERTIFICATE_WRONG;
        on->why_arg = who.name;
    }
    return OK;
}

/* What the register of certificates says, now; *ret_known: which of its certificates it is, 0 when it has it not. */
static enum err certificate_check(struct ctx *ctx, const struct document_hand *h, enum what what, const struct sign_key *key, struct act_document_on *on,
                                  int64_t *ret_known)
{
    struct certificate_signer signer = {.person = what == WHAT_PERSON ? ctx->actor.id : 0, .unit = h->d.unit_id};
    struct certificate_judgement j;
    enum err err = act_certificate_may_sign(ctx, &signer, sign_key_certificate(ctx->arena, key), ctx->now, &j);

    if (err)
        return err;
    *ret_known = j.id;
    if (j.why == CERTIFICATE_UNKNOWN_FREE)
        return name_check(ctx, ctx_db(ctx), h, what, key, on);
    if (j.why != CERTIFICATE_SIGNS) {
        on->why = DOCUMENT_CERTIFICATE_REFUSED;
        on->why_arg = word_format(ctx->arena, ctx->lang, certificate_signs_word(j.why), &j.name, 1);
    }
    return OK;
}

/* ---- prepare ---- */

static const enum document_act ACTS[] = {[WHAT_PERSON] = DOCUMENT_SIGN, [WHAT_NUMBER] = DOCUMENT_NUMBER, [WHAT_SEAL] = DOCUMENT_SEAL};
static const char *const KINDS[] = {[WHAT_PERSON] = "sign", [WHAT_NUMBER] = "number", [WHAT_SEAL] = "seal"};

struct keeping {
    struct ctx *ctx;
    const struct document_hand *h;
    enum what what;
    struct str prepared, certificate;
};

static struct str oldest(const struct ctx *ctx)
{
    return instant_iso(ctx->arena, (struct instant){ctx->now.ms - DOCUMENT_SIGNING_MINUTES * 60 * 1000});
}

static enum err forget_old(struct ctx *ctx, struct db *tx, int64_t n, int64_t *ret_done)
{
    struct q_document_signing_old *old;
    size_t count;
    enum err err = q_document_signing_old(tx, ctx->arena, oldest(ctx), n, &old, &count);

    for (size_t i = 0; !err && i < count; i++) {
        err = q_document_signing_drop(tx, old[i].document_id, old[i].person_id, old[i].kind, NULL);
        if (!err)
            err = q_file_drop(tx, old[i].hash, NULL);
    }
    if (!err)
        *ret_done = (int64_t)count;
    return err;
}

/* Drops what was prepared for the same signature before; only then are those that wait counted. */
static enum err make_room(struct ctx *ctx, struct db *tx, int64_t document, struct str kind)
{
    struct q_document_signing_get before;
    struct q_document_signing_count waiting;
    int64_t forgotten;
    enum err err = forget_old(ctx, tx, SWEEP_EACH, &forgotten);

    if (!err)
        err = q_document_signing_get(tx, ctx->arena, document, ctx->actor.id, kind, &before);
    if (!err)
        err = q_document_signing_drop(tx, document, ctx->actor.id, kind, NULL);
    if (!err)
        err = q_file_drop(tx, before.hash, NULL);
    if (!err || err == ERR_NOT_FOUND)
        err = q_document_signing_count(tx, ctx->arena, ctx->actor.id, &waiting);
    return err ? err : waiting.n < DOCUMENT_SIGNING_MAX ? OK : ERR_LIMIT;
}

static enum err keep_in_transaction(struct db *tx, void *arg)
{
    struct keeping *k = arg;
    struct file_ref ref;
    struct ctx *ctx = k->ctx;
    struct str kind = str_of(KINDS[k->what]);
    enum err err = make_room(ctx, tx, k->h->d.id, kind);

    if (!err)
        err = file_keep(tx, ctx->arena, k->prepared, &ref);
    return err ? err
               : q_document_signing_put(tx, k->h->d.id, ctx->actor.id, kind, k->h->d.version, ref.hash, k->certificate, instant_iso(ctx->arena, ctx->now), NULL);
}

static enum err loaded(struct ctx *ctx, struct act_document_on *on, struct document_hand *h, struct json *places, enum what *what)
{
    enum err err = document_load(ctx, ctx_db(ctx), on->id, h);

    on->why = DOCUMENT_ALLOWED;
    on->why_arg = STR("");
    if (err)
        return err;
    *places = places_of(ctx, h);
    on->why = document_may(&h->facts, h->facts.state == DOCUMENT_TO_SIGN ? DOCUMENT_SIGN : DOCUMENT_SEAL).why;
    if (on->why == DOCUMENT_ALLOWED && !next_of(h, *places, what))
        on->why = DOCUMENT_WRONG_STATE;
    return OK;
}

static enum err prepare(struct act_document_prepare *act, struct ctx *ctx, const struct document_hand *h, struct json places, enum what what,
                        struct sign_key *key)
{
    struct arena *a = ctx->arena;
    struct str pdf;
    struct date on;
    struct sign_mark mark;
    struct sign_order order = {.key = key, .reason = word(LANG_VI, what == WHAT_PERSON ? WORD_DOCUMENT_ACT_SIGN : what == WHAT_NUMBER ? WORD_DOCUMENT_ACT_NUMBER : WORD_DOCUMENT_ACT_SEAL),
                               .location = STR(""), .now = ctx->now};
    struct keeping k = {.ctx = ctx, .h = h, .what = what, .certificate = sign_key_certificate(a, key)};
    enum err err = file_bytes(ctx_db(ctx), a, document_main(h)->hash, &pdf);

    if (err)
        return err;
    if (what == WHAT_NUMBER) {
        if (date_parse(h->d.dated_on, &on))
            return ERR_STORE;
        mark = number_mark(ctx, h, places, on);
        order.mark = &mark;
    } else if (block_mark(ctx, places, what, key, &mark)) {
        order.mark = &mark;
    }
    err = sign_prepare_pdf(a, pdf, &order, &k.prepared, &act->to_sign, NULL);
    if (!err)
        err = ctx_transact(ctx, keep_in_transaction, &k);
    act->what = ACTS[what];
    act->is_last = what != WHAT_NUMBER;
    return err;
}

enum err act_document_prepare(struct act_document_prepare *act, struct ctx *ctx)
{
    struct document_hand h;
    struct json places;
    enum what what = WHAT_PERSON;
    struct sign_key *key;
    int64_t known;
    enum err err = loaded(ctx, &act->on, &h, &places, &what);

    if (!err) /* also of what is refused: people know it by this */
        act->title = str_trim(str_format(ctx->arena, "%" PRIstr " %" PRIstr, STR_ARG(h.d.code), STR_ARG(h.d.subject)));
    if (err || act->on.why != DOCUMENT_ALLOWED)
        return err;
    if (!document_main(&h)) {
        act->on.why = DOCUMENT_NO_TEXT;
        return OK;
    }
    err = sign_key_elsewhere(ctx->arena, act->certificate, &key);
    if (!err)
        err = certificate_check(ctx, &h, what, key, &act->on, &known);
    return err || act->on.why != DOCUMENT_ALLOWED ? err : prepare(act, ctx, &h, places, what, key);
}

/* ---- signed ---- */

struct signed_now {
    struct ctx *ctx;
    struct act_document_on *on;
    enum what what;
    struct str pdf, serial, prepared; /* prepared: hash of what is not needed any more */
    struct json places;
    int64_t certificate; /* of the register; 0: it has it not */
};

static enum err put(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct signed_now *s = o->arg;
    struct ctx *ctx = o->ctx;
    struct json files = json_new_array(ctx->arena);
    struct str name = document_main(h)->name;

    json_put_json(payload, "files", files);
    json_put_bool(payload, "main_dropped", true);
    if (s->certificate)
        certificate_put_use(ctx, payload, s->certificate, ctx->now);
    if (s->what == WHAT_NUMBER) {
        json_put_bool(s->places, "numbered", true);
        json_put_text(payload, "places", json_canonical(ctx->arena, s->places));
        json_put_int(payload, "pages", h->d.pages);
        json_put_int(payload, "state", h->d.state);
        json_put_text(payload, "certificate", s->serial);
    } else {
        json_put_int(payload, "holder", document_put_turn(ctx, h, STR("yes"), STR(""), s->serial, payload));
    }
    enum err err = q_document_signing_drop(tx, h->d.id, ctx->actor.id, str_of(KINDS[s->what]), NULL);
    if (!err)
        err = q_file_drop(tx, s->prepared, NULL);
    return err ? err : document_put_file(ctx, tx, files, h->file[h->file_count - 1].no + 1, true, name, STR("application/pdf"), s->pdf);
}

enum err act_document_signed(struct act_document_signed *act, struct ctx *ctx)
{
    struct document_hand h;
    struct signed_now s = {.ctx = ctx, .on = &act->on, .what = WHAT_PERSON};
    struct q_document_signing_get kept;
    struct sign_key *key;
    struct str prepared;
    enum err err = loaded(ctx, &act->on, &h, &s.places, &s.what);

    if (err || act->on.why != DOCUMENT_ALLOWED)
        return err;
    err = q_document_signing_get(ctx_db(ctx), ctx->arena, h.d.id, ctx->actor.id, str_of(KINDS[s.what]), &kept);
    if (err == ERR_NOT_FOUND || (!err && (kept.version != h.d.version || str_cmp(kept.made_at, oldest(ctx)) < 0))) {
        act->on.why = DOCUMENT_CHANGED_MEANWHILE;
        return OK;
    }
    if (!err)
        err = file_bytes(ctx_db(ctx), ctx->arena, kept.hash, &prepared);
    if (!err)
        err = sign_key_elsewhere(ctx->arena, kept.certificate, &key);
    /* It may have been suspended since it was prepared. */
    if (!err)
        err = certificate_check(ctx, &h, s.what, key, &act->on, &s.certificate);
    if (err || act->on.why != DOCUMENT_ALLOWED)
        return err;
    s.prepared = kept.hash;
    s.serial = sign_key_person(ctx->arena, key).serial;
    err = sign_finish_pdf(ctx->arena, prepared, act->signature, act->stamper, &s.pdf);
    if (err == ERR_INVALID) {
        act->on.why = DOCUMENT_SIGNATURE_WRONG;
        return OK;
    }
    act->on.version = kept.version;
    act->is_last = s.what != WHAT_NUMBER;
    struct on_document o = {ctx, &act->on, s.what == WHAT_PERSON ? DOCUMENT_SIGN : DOCUMENT_SEAL, put, &s, s.what == WHAT_PERSON ? "document.sign" : "document.seal"};
    return err ? err : on_document_run(&o);
}

/* ---- forgotten ---- */

struct sweeping {
    struct ctx *ctx;
    int64_t n, done;
};

static enum err sweep_in_transaction(struct db *tx, void *arg)
{
    struct sweeping *s = arg;

    return forget_old(s->ctx, tx, s->n, &s->done);
}

enum err act_document_signing_sweep(struct ctx *ctx, int64_t n, int64_t *ret_done)
{
    struct sweeping s = {ctx, n, 0};
    enum err err = ctx_transact(ctx, sweep_in_transaction, &s);

    if (!err)
        *ret_done = s.done;
    return err;
}
