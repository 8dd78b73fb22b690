/* What goes out over a line: the message is made when it is sent, from what was released. */
#include "acts/exchange.h"

#include "acts/admin.h"
#include "acts/exchange_put.h"
#include "acts/file.h"
#include "acts/peer.h"
#include "format/edxml.h"
#include "sign/xml.h"
#include "sql_person.h"

/* What is to be told, wherever the row came from. */
struct telling {
    int64_t pos, peer, document, person;
    struct str kind, code, note;
    struct instant at;
};

struct making {
    struct ctx *ctx;
    struct db *db;
    const struct telling *t;
    struct q_document_by_id d;
    struct q_document_issuer_of issuer;
    const struct zone *zone;
};

static struct edxml_organ sender(const struct making *m)
{
    return (struct edxml_organ){.id = m->issuer.organ, .in_charge = m->issuer.above, .name = m->issuer.name};
}

static void code_split(struct str code, struct str *ret_number, struct str *ret_notation)
{
    size_t slash = str_find(code, STR("/"));

    *ret_number = slash == STR_NONE ? code : str_sub(code, 0, slash);
    *ret_notation = slash == STR_NONE ? STR("") : str_sub(code, slash + 1, code.n);
}

static enum err organs(struct making *m, struct edxml_document *e)
{
    struct arena *a = m->ctx->arena;
    struct q_exchange_recipients *r;
    struct q_document_recipient_list *all;
    size_t count, all_count;
    enum err err = q_exchange_recipients(m->db, a, m->d.id, m->t->peer, &r, &count);

    if (!err)
        err = q_document_recipient_list(m->db, a, m->d.id, &all, &all_count);
    if (err)
        return err;
    e->to = ARENA_ARRAY(a, struct edxml_organ, count);
    e->to_place = ARENA_ARRAY(a, struct str, all_count);
    e->to_count = count;
    e->to_place_count = all_count;
    for (size_t i = 0; i < count; i++)
        e->to[i] = (struct edxml_organ){.id = r[i].organ, .name = r[i].name};
    for (size_t i = 0; i < all_count; i++)
        e->to_place[i] = all[i].name;
    return OK;
}

/* Which of theirs it answers: only they know it by that name. */
static enum err answered(struct making *m, struct edxml_document *e)
{
    struct arena *a = m->ctx->arena;
    struct q_document_by_id was;
    enum err err = m->d.reply_to_id_null ? ERR_NOT_FOUND : q_document_by_id(m->db, a, m->d.reply_to_id, &was);

    if (err)
        return err == ERR_NOT_FOUND ? OK : err;
    for (size_t i = 0; i < e->to_count; i++) {
        if (!str_eq(e->to[i].id, was.organ))
            continue;
        e->response_for = ARENA_NEW(a, struct edxml_reference);
        *e->response_for = (struct edxml_reference){.organ = was.organ, .code = was.code, .document_id = was.foreign_id};
        e->response_for_count = 1;
        return date_parse(was.dated_on, &e->response_for->promulgated_on) ? ERR_STORE : OK;
    }
    return OK;
}

static enum err business(struct making *m, struct edxml_document *e)
{
    struct arena *a = m->ctx->arena;
    struct q_person_by_id person;
    struct q_document_by_id was;
    struct date dated;
    enum err err = m->t->person ? q_person_by_id(m->db, a, m->t->person, &person) : ERR_NOT_FOUND;

    e->bussiness.type = str_eq(m->t->kind, STR("recall")) ? EDXML_RECALL : str_eq(m->t->kind, STR("replace")) ? EDXML_REPLACE : EDXML_NEW;
    e->bussiness.reason = m->t->note;
    e->bussiness.staff = (struct edxml_staff){.department = m->issuer.unit_name, .name = err ? STR("") : person.name, .email = err ? STR("") : person.email};
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (e->bussiness.type != EDXML_REPLACE)
        return OK;
    err = q_document_by_id(m->db, a, m->d.replaces_id, &was);
    if (err || date_parse(was.dated_on, &dated))
        return err ? err : ERR_STORE;
    e->bussiness.replacement = ARENA_NEW(a, struct edxml_replacement);
    *e->bussiness.replacement = (struct edxml_replacement){.document_id = edxml_document_id(a, m->issuer.organ, dated, was.code)};
    e->bussiness.replacement_count = 1;
    return OK;
}

static enum err attachments(struct making *m, struct edxml *message)
{
    struct arena *a = m->ctx->arena;
    struct q_document_file_list *f;
    size_t count;
    enum err err = q_document_file_list(m->db, a, m->d.id, &f, &count);

    if (err)
        return err;
    message->attachment = ARENA_ARRAY(a, struct edxml_attachment, count);
    /* The document itself first, as who receives it expects. */
    for (int wanted = 1; !err && wanted >= 0; wanted--)
        for (size_t i = 0; !err && i < count; i++) {
            if (f[i].is_dropped || str_eq(f[i].kind, STR("main")) != wanted)
                continue;
            struct edxml_attachment *to = &message->attachment[message->attachment_count++];
            *to = (struct edxml_attachment){.content_id = str_format(a, "%lld-%lld-%.16s", (long long)m->d.id, (long long)f[i].no, str_z(a, f[i].hash)),
                                            .name = f[i].name, .media = f[i].media, .description = m->d.code};
            err = file_bytes(m->db, a, f[i].hash, &to->bytes);
        }
    return err;
}

static enum err document_make(struct making *m, struct edxml *message)
{
    static const int64_t PRIORITY[URGENCY__COUNT] = {0, 1, 2, 3};
    enum { AT_A_NAMED_HOUR = 4 };
    struct edxml_document *e = &message->document;
    struct arena *a = m->ctx->arena;
    const struct q_document_by_id *d = &m->d;
    enum err err = organs(m, e);

    if (!err)
        err = answered(m, e);
    if (!err)
        err = business(m, e);
    if (err)
        return err;
    e->from = sender(m);
    code_split(d->code, &e->number, &e->notation);
    e->place = m->issuer.place.n ? m->issuer.place : m->issuer.unit_name;
    if (date_parse(d->dated_on, &e->promulgated_on) || date_parse(d->due_on, &e->due))
        return ERR_STORE;
    if (date_cmp(e->due, DATE_NEVER) == 0)
        e->due = (struct date){0};
    e->document_id = edxml_document_id(a, m->issuer.organ, e->promulgated_on, d->code);
    e->type = (struct edxml_document_type){.type = d->is_law ? 1 : 2, .name = d->type_name};
    e->subject = d->subject;
    e->signer = (struct edxml_signer){.competence = d->authority, .position = d->signer_title, .name = d->signer};
    e->other = (struct edxml_other){.priority = d->deliver_by_null ? PRIORITY[d->urgency] : AT_A_NAMED_HOUR, .copies = d->copies, .pages = d->pages};
    e->trace = ARENA_NEW(a, struct edxml_trace);
    *e->trace = (struct edxml_trace){m->issuer.organ, zone_local(m->zone, m->t->at)};
    e->trace_count = 1;
    return e->bussiness.type == EDXML_RECALL ? OK : attachments(m, message);
}

static enum err status_make(struct making *m, struct edxml *message)
{
    const struct q_document_by_id *d = &m->d;
    struct edxml_document got = {.from = {.id = d->organ}, .document_id = d->foreign_id};
    struct edxml_organ from = sender(m);
    int64_t code;

    code_split(d->code, &got.number, &got.notation);
    if (date_parse(d->dated_on, &got.promulgated_on) || str_parse_int(m->t->code, 1, 99, &code))
        return ERR_STORE;
    *message = edxml_answer(m->ctx->arena, &got, &from, (enum edxml_status_code)code, m->t->note, zone_local(m->zone, m->t->at));
    return OK;
}

/* ERR_INVALID, ERR_LIMIT: such a message can never be sent. */
static enum err make(struct ctx *ctx, struct db *db, const struct telling *t, struct str *ret)
{
    struct making m = {.ctx = ctx, .db = db, .t = t};
    struct edxml *message = ARENA_NEW(ctx->arena, struct edxml);
    enum err err = q_document_by_id(db, ctx->arena, t->document, &m.d);

    if (!err)
        err = q_document_issuer_of(db, ctx->arena, m.d.unit_id, &m.issuer);
    if (!err && zone_open(STR("Asia/Ho_Chi_Minh"), &m.zone))
        BUG("no zone Asia/Ho_Chi_Minh");
    message->is_status = str_eq(t->kind, STR("status"));
    if (!err)
        err = message->is_status ? status_make(&m, message) : document_make(&m, message);
    return err ? err : edxml_write(ctx->arena, message, ret, NULL);
}

/* ---- sent ---- */

struct arriving {
    struct ctx *ctx;
    const struct q_exchange_out_due *o;
    struct str receipt, refused;
    bool done;
};

/* Who says no for good returns the document. */
static enum err refused_by(struct arriving *x, struct db *tx)
{
    struct ctx *ctx = x->ctx;
    struct q_exchange_recipients *r;
    size_t count;
    enum err err = q_exchange_recipients(tx, ctx->arena, x->o->document_id, x->o->peer_id, &r, &count);

    for (size_t i = 0; !err && i < count; i++)
        err = act_document_status(ctx, x->o->document_id, r[i].no, STR("02"), ctx->now, x->refused);
    return err;
}

static enum err told(struct db *tx, void *arg)
{
    struct arriving *x = arg;
    struct ctx *ctx = x->ctx;
    struct q_exchange_out_one now;
    struct q_document_by_id d;
    struct json p = json_new_object(ctx->arena);
    struct db *before = ctx->tx;
    enum err err = q_exchange_out_one(tx, ctx->arena, x->o->pos, &now);

    if (err || !now.sent_at_null)
        return err;
    err = q_document_by_id(tx, ctx->arena, x->o->document_id, &d);
    if (err)
        return err;
    json_put_int(p, "message", x->o->pos);
    json_put_text(p, "receipt", x->receipt);
    json_put_text(p, "refused", x->refused);
    struct document_entry e = {"exchange.told", d.unit_id, d.id, p};
    ctx->tx = tx;
    err = document_journal(ctx, tx, &e, NULL);
    if (!err && x->refused.n && (str_eq(x->o->kind, STR("new")) || str_eq(x->o->kind, STR("replace"))))
        err = refused_by(x, tx);
    ctx->tx = before;
    x->done = !err;
    return err;
}

struct failing {
    struct ctx *ctx;
    const struct q_exchange_out_due *o;
    struct str why;
};

static enum err tried(struct db *tx, void *arg)
{
    struct failing *f = arg;

    return q_exchange_tried(tx, f->o->pos, f->o->tries + 1, instant_iso(f->ctx->arena, peer_next_try(f->ctx->now, f->o->tries)), f->why, NULL);
}

static enum err send_one(struct ctx *ctx, const struct exchange_line *line, const struct q_exchange_out_due *o, bool *ret_done)
{
    struct telling t = {o->pos, o->peer_id, o->document_id, o->person_id_null ? 0 : o->person_id, o->kind, o->code, o->note, {0}};
    struct arriving x = {.ctx = ctx, .o = o, .receipt = STR(""), .refused = STR("")};
    struct str bytes;
    enum err err = instant_parse(o->made_at, &t.at) ? ERR_STORE : make(ctx, ctx_db(ctx), &t, &bytes);

    if (!err && ctx->seal)
        err = sign_xml(ctx->arena, bytes, ctx->seal, STR("edXMLHeader"), ctx->now, &bytes, NULL);
    if (err == ERR_INVALID || err == ERR_LIMIT || (!err && bytes.n > EXCHANGE_LINE_MAX)) {
        x.refused = word(LANG_VI, err == ERR_INVALID ? WORD_EXCHANGE_REFUSED_UNSAID : WORD_EXCHANGE_REFUSED_LARGE);
        err = OK;
    } else if (!err) {
        err = line->bring(line->arg, ctx->arena, o, bytes, &x.receipt, &x.refused);
    }
    if (err && err != ERR_STORE) { /* the line, or the key, does not answer */
        struct failing f = {ctx, o, str_of(err_name(err))};
        return db_transact(ctx->db, tried, &f);
    }
    if (!err)
        err = ctx_transact(ctx, told, &x);
    *ret_done = !err && x.done;
    return err;
}

enum err act_exchange_send(struct ctx *ctx, const struct exchange_line *line, int64_t n, int64_t *ret_done)
{
    struct q_exchange_out_due *row;
    size_t count;
    int64_t done = 0;
    enum err err = q_exchange_out_due(ctx->db, ctx->arena, instant_iso(ctx->arena, ctx->now), n, &row, &count);

    for (size_t i = 0; !err && i < count; i++) {
        bool sent = false;
        err = send_one(ctx, line, &row[i], &sent);
        done += sent;
    }
    *ret_done = done;
    return err;
}

enum err act_exchange_message(struct ctx *ctx, int64_t pos, struct str *ret)
{
    struct q_exchange_out_by_pos o;
    struct document_hand h;
    struct db *db = ctx_db(ctx);
    enum err err = q_exchange_out_by_pos(db, ctx->arena, pos, &o);

    if (!err)
        err = document_load(ctx, db, o.document_id, &h);
    if (!err && !h.is_registry)
        err = ERR_FORBIDDEN;
    if (err)
        return err;
    struct telling t = {o.pos, o.peer_id, o.document_id, o.person_id_null ? 0 : o.person_id, o.kind, o.code, o.note, {0}};
    return instant_parse(o.made_at, &t.at) ? ERR_STORE : make(ctx, db, &t, ret);
}

/* ---- a line between two installations ---- */

static void part(struct buf *b, struct str boundary, const char *name, const char *file, struct str value)
{
    buf_format(b, "--%" PRIstr "\r\nContent-Disposition: form-data; name=\"%s\"", STR_ARG(boundary), name);
    if (file)
        buf_format(b, "; filename=\"%s\"\r\nContent-Type: application/xml", file);
    buf_put(b, STR("\r\n\r\n"));
    buf_put(b, value);
    buf_put(b, STR("\r\n"));
}

void exchange_form(struct arena *a, struct random *random, const struct q_exchange_out_due *to, struct str bytes, struct str *ret_type,
                   struct str *ret_body)
{
    struct str boundary = random_hex(random, a, 32); /* that it stands in the message nobody lives to see */
    struct buf b = buf_in(a);

    part(&b, boundary, "peer", NULL, to->own_code);
    part(&b, boundary, "seal", NULL, peer_seal(a, to->secret, bytes));
    part(&b, boundary, "message", "van-ban.edxml", bytes);
    buf_format(&b, "--%" PRIstr "--\r\n", STR_ARG(boundary));
    *ret_type = str_format(a, "multipart/form-data; boundary=%" PRIstr, STR_ARG(boundary));
    *ret_body = buf_str(&b);
}

enum err exchange_answer(struct arena *a, struct str answer, struct str *ret_receipt, struct str *ret_refused)
{
    struct json said;

    if (json_parse(a, answer, &said, NULL))
        return ERR_INVALID;
    *ret_receipt = json_text(said, "receipt");
    *ret_refused = json_text(said, "refused");
    return ret_receipt->n || ret_refused->n ? OK : ERR_INVALID;
}
