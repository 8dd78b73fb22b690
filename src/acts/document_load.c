#include "acts/document_load.h"

#include "acts/file.h"
#include "store/journal.h"

/* ---- what there is ---- */

static bool is_registry_turn(enum document_state s)
{
    return s == DOCUMENT_SIGNED || s == DOCUMENT_NUMBERED || s == DOCUMENT_SEALED || s == DOCUMENT_ARRIVED || s == DOCUMENT_REGISTERED ||
           s == DOCUMENT_RELEASED;
}

const struct q_document_file_list *document_main(const struct document_hand *h)
{
    for (size_t i = h->file_count; i > 0; i--)
        if (!h->file[i - 1].is_dropped && str_eq(h->file[i - 1].kind, STR("main")))
            return &h->file[i - 1];
    return NULL;
}

static void facts_set(struct ctx *ctx, struct document_hand *h)
{
    const struct q_document_by_id *d = &h->d;
    struct document_facts *f = &h->facts;

    *f = (struct document_facts){.state = (enum document_state)d->state};
    f->is_holder = d->holder_id_null ? h->is_registry && is_registry_turn(f->state) : d->holder_id == ctx->actor.id;
    f->is_drafter = !d->drafter_id_null && d->drafter_id == ctx->actor.id;
    f->has_signer = !d->signer_id_null;
    f->has_text = d->body.n > 0 || document_main(h) != NULL;
    f->has_recipient = h->recipient_count > 0;
    f->has_number = d->number > 0;
    f->has_recall = str_eq(d->recall, STR("withdraw"));
    for (size_t i = 0; i < h->step_count; i++) {
        const struct q_document_step_list *s = &h->step[i];
        if (!s->asked_at_null && s->done_at_null && !h->turn)
            h->turn = s;
        else if (h->turn && s->done_at_null && str_eq(s->kind, STR("initial")))
            f->has_next_initial = true;
        if (str_eq(s->kind, STR("sign")) && str_eq(s->decision, STR("yes")))
            f->is_signed_by_hand = s->certificate.n == 0;
    }
}

enum err document_load(struct ctx *ctx, struct db *db, int64_t id, struct document_hand *ret)
{
    struct document_hand h = {.file = NULL};
    struct q_document_seen seen;
    struct arena *a = ctx->arena;
    enum err err = q_document_seen(db, a, ctx->actor.id, ctx_today_iso(ctx), id, &seen);

    if (!err && !seen.n)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_document_by_id(db, a, id, &h.d);
    if (!err)
        err = right_has(ctx, db, ctx->actor.id, RIGHT_DOCUMENT_REGISTER, h.d.unit_id, 0, &h.is_registry);
    if (!err)
        err = q_document_file_list(db, a, id, &h.file, &h.file_count);
    if (!err)
        err = q_document_step_list(db, a, id, &h.step, &h.step_count);
    if (!err)
        err = q_document_recipient_list(db, a, id, &h.recipient, &h.recipient_count);
    if (err)
        return err;
    facts_set(ctx, &h);
    *ret = h;
    return OK;
}

/* ---- one act ---- */

static enum err in_transaction(struct db *tx, void *arg)
{
    struct on_document *o = arg;
    struct document_hand h;
    enum err err = document_load(o->ctx, tx, o->on->id, &h);

    if (err)
        return err;
    if (o->on->version && o->on->version != h.d.version)
        return ERR_CONFLICT;
    struct document_verdict v = document_may(&h.facts, o->act);
    o->on->why = v.why;
    if (v.why != DOCUMENT_ALLOWED)
        return OK;
    struct json p = json_new_object(o->ctx->arena);
    json_put_int(p, "state", v.state);
    json_put_int(p, "holder", v.state == h.facts.state && !h.d.holder_id_null ? h.d.holder_id : 0);
    err = o->work(o, tx, &h, p);
    if (err || o->on->why != DOCUMENT_ALLOWED)
        return err;
    struct document_entry e = {o->journal, h.d.unit_id, h.d.id, p};
    return document_journal(o->ctx, tx, &e, NULL);
}

enum err on_document_run(struct on_document *o)
{
    o->on->why = DOCUMENT_ALLOWED;
    o->on->why_arg = STR("");
    return ctx_transact(o->ctx, in_transaction, o);
}

enum err on_document_refuse(struct on_document *o, enum document_refusal why, struct str arg)
{
    o->on->why = why;
    o->on->why_arg = arg;
    return OK;
}

enum err document_journal(struct ctx *ctx, struct db *tx, const struct document_entry *entry, int64_t *ret_id)
{
    struct q_document_unit_code unit;
    enum err err = q_document_unit_code(tx, ctx->arena, entry->unit, &unit);

    if (err)
        return err;
    struct journal_entry e = {
        .unit = unit.code, .happened_at = ctx->now, .recorded_at = ctx->now, .actor = ctx->actor.id, .act = str_of(entry->act),
        .subject_kind = STR("document"), .subject_id = entry->subject, .payload = entry->payload,
    };
    err = journal_append(tx, ctx->arena, &e);
    if (!err && ret_id)
        *ret_id = e.pos;
    return err;
}

/* ---- parts of payloads ---- */

int64_t document_put_turn(struct ctx *ctx, const struct document_hand *h, struct str decision, struct str note, struct str certificate,
                          struct json payload)
{
    struct json done = json_new_object(ctx->arena);
    const struct q_document_step_list *next = NULL;

    if (h->turn) {
        json_put_int(done, "no", h->turn->no);
        json_put_text(done, "decision", decision);
        json_put_text(done, "note", note);
        json_put_text(done, "certificate", certificate);
        json_put_json(payload, "step_done", done);
    }
    for (size_t i = 0; i < h->step_count && !next; i++)
        if (h->step[i].asked_at_null && h->step[i].done_at_null)
            next = &h->step[i];
    if (!next || !str_eq(decision, STR("yes")))
        return 0;
    json_put_int(payload, "step_ask", next->no);
    return next->person_id_null ? 0 : next->person_id;
}

enum err document_put_file(struct ctx *ctx, struct db *tx, struct json files, int64_t no, bool is_main, struct str name, struct str media,
                           struct str bytes)
{
    struct file_ref ref;
    struct json f = json_new_object(ctx->arena);
    enum err err = file_keep(tx, ctx->arena, bytes, &ref);

    if (err)
        return err;
    json_put_int(f, "no", no);
    json_put_text(f, "kind", is_main ? STR("main") : STR("attachment"));
    json_put_text(f, "name", name);
    json_put_text(f, "media", media);
    json_put_int(f, "size", ref.size);
    json_put_text(f, "hash", ref.hash);
    json_append(files, f);
    return OK;
}

enum err document_put_number(struct ctx *ctx, struct db *tx, int64_t unit, struct str series, int64_t kept, struct json payload, int64_t *ret)
{
    struct q_document_number_last last = {.number = 0};
    struct json n = json_new_object(ctx->arena);
    enum err err = kept ? OK : q_document_number_last(tx, ctx->arena, series, &last);

    if (err && err != ERR_NOT_FOUND)
        return err;
    *ret = kept ? kept : last.number + 1;
    json_put_int(n, "unit", unit);
    json_put_text(n, "series", series);
    json_put_int(n, "no", *ret);
    if (kept)
        json_put_bool(n, "kept", true);
    json_put_json(payload, "number", n);
    return OK;
}

struct str document_day(struct ctx *ctx, struct instant at)
{
    const struct zone *zone;

    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone))
        BUG("no zone Asia/Ho_Chi_Minh");
    return date_iso(ctx->arena, zone_date(zone, at));
}

enum err issuers_above(struct ctx *ctx, struct db *db, struct q_document_issuer_above **ret, size_t *ret_count)
{
    struct q_document_issuer_above *row;
    size_t count, n = 0;
    enum err err = q_document_issuer_above(db, ctx->arena, ctx->actor.unit, &row, &count);

    if (err)
        return err;
    while (n < count && !row[n].body.n)
        n++;
    *ret = row;
    *ret_count = n < count ? n + 1 : count;
    return OK;
}
