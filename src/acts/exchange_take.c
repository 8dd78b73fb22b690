/* What comes in over a line: read leniently, taken in whole or not at all. */
#include "acts/exchange.h"

#include "acts/admin.h"
#include "acts/exchange_put.h"
#include "acts/file.h"
#include "acts/peer.h"
#include "acts/signature.h"
#include "base/log.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "format/edxml.h"

struct taking {
    struct ctx *ctx;
    struct act_exchange_receive *act;
    struct q_peer_by_code peer;
    struct edxml m;
    struct str sender;      /* name of the organ, as it says or as we know it */
    struct str signatures;  /* JSON */
    struct str defects;
    struct str hash;        /* of the message */
    struct document_bytes *file;
    size_t file_count;
    struct buf receipt;
    bool any;               /* something was done, or had been before */
};

/* ERR_INVALID with act->refused: nothing of it is kept. */
static enum err refuse(struct taking *t, enum word why, struct str arg)
{
    t->act->refused = word_format(t->ctx->arena, LANG_VI, why, &arg, 1);
    return ERR_INVALID;
}

static void receipt_add(struct taking *t, int64_t document)
{
    buf_format(&t->receipt, "%s%lld", t->receipt.n ? " " : "", (long long)document);
    t->any = true;
}

/* ---- who sends it ---- */

static enum err partner_new(struct taking *t, const struct edxml_organ *from)
{
    struct act_partner_save partner = {.organ = from->id, .name = from->name.n ? from->name : from->id, .peer = t->peer.id, .is_active = true};

    t->sender = partner.name;
    admin_need_code(t->ctx, "organ", from->id);
    admin_need_line(t->ctx, "name", partner.name, ADMIN_NAME_MAX);
    enum err err = admin_form_done(t->ctx);
    return err ? err : partner_journal(t->ctx, t->ctx->tx, &partner);
}

/* Nobody speaks for an agency but the line that carries it. */
static enum err sender_check(struct taking *t, const struct edxml_organ *from)
{
    struct q_exchange_partner_by_organ partner;
    bool any = str_eq(t->peer.documents, STR("any"));

    if (!from->id.n)
        return refuse(t, WORD_EXCHANGE_REFUSED_NO_SENDER, STR(""));
    enum err err = q_exchange_partner_by_organ(t->ctx->tx, t->ctx->arena, from->id, &partner);
    if (err == ERR_NOT_FOUND)
        return any ? partner_new(t, from) : refuse(t, WORD_EXCHANGE_REFUSED_STRANGER, from->id);
    if (err)
        return err;
    if (!partner.is_active || (!any && partner.peer_id != t->peer.id))
        return refuse(t, WORD_EXCHANGE_REFUSED_STRANGER, from->id);
    t->sender = from->name.n ? from->name : partner.name;
    return OK;
}

/* ---- what it says ---- */

/* A text of theirs that is longer than ours may be loses its end, not the document. */
static struct str cut(struct arena *a, struct str s, size_t max)
{
    if (s.n <= max)
        return s;
    size_t n = max - 3;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return str_format(a, "%" PRIstr "…", STR_ARG(str_sub(s, 0, n)));
}

static struct str one_line(struct arena *a, struct str s, size_t max)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r' ? ' ' : s.p[i]);
    return cut(a, str_trim(buf_str(&b)), max);
}

static struct str code_of(struct arena *a, const struct edxml_document *e)
{
    if (e->number.n && e->notation.n)
        return one_line(a, str_format(a, "%" PRIstr "/%" PRIstr, STR_ARG(e->number), STR_ARG(e->notation)), 100);
    return one_line(a, e->number.n ? e->number : e->notation, 100);
}

/* By its name, or by the letters that a notation begins with: "BC-UBND", "2018/NQ-HĐND". */
static bool is_type(struct arena *a, const struct q_document_type_list *type, const struct edxml_document *e, bool by_name)
{
    struct str notation = e->notation, letters;
    size_t slash = str_find(notation, STR("/"));

    if (by_name)
        return e->type.name.n && str_eq(text_fold(a, e->type.name), text_fold(a, type->name));
    if (slash != STR_NONE)
        notation = str_sub(notation, slash + 1, notation.n);
    return str_split(&notation, '-', &letters) && type->symbol.n && str_eq(letters, type->symbol);
}

static enum err type_of(struct taking *t, struct str *ret)
{
    struct q_document_type_list *type;
    size_t count;
    enum err err = q_document_type_list(t->ctx->tx, t->ctx->arena, &type, &count);

    *ret = STR("");
    for (int by_name = 1; !err && by_name >= 0; by_name--)
        for (size_t i = 0; i < count && !ret->n; i++)
            if (is_type(t->ctx->arena, &type[i], &t->m.document, by_name))
                *ret = type[i].code;
    return err;
}

static struct document_arrival said(struct taking *t, struct str type)
{
    const struct edxml_document *e = &t->m.document;
    struct arena *a = t->ctx->arena;
    struct str code = code_of(a, e), subject = one_line(a, e->subject, DOCUMENT_LINE_MAX);

    return (struct document_arrival){
        .type = type, .subject = subject.n ? subject : code.n ? code : e->document_id, .author = one_line(a, t->sender, DOCUMENT_LINE_MAX), .code = code,
        .dated_on = e->promulgated_on.day ? e->promulgated_on : DATE_NEVER, .signer = one_line(a, e->signer.name, 200),
        .signer_title = one_line(a, e->signer.position, 200), .due = e->due.day ? e->due : DATE_NEVER,
        .urgency = e->other.priority >= URGENCY_EXPRESS ? URGENCY_EXPRESS : (enum document_urgency)e->other.priority,
        .pages = e->other.pages > 0 && e->other.pages <= 100000 ? e->other.pages : 0, .copies = 1,
        .note = str_eq(e->content, e->subject) ? STR("") : cut(a, e->content, DOCUMENT_LINE_MAX * 4),
    };
}

/* Of what it answers, that which we sent. */
static enum err answered(struct taking *t, int64_t unit, struct str organ, int64_t *ret)
{
    const struct edxml_document *e = &t->m.document;
    struct arena *a = t->ctx->arena;
    struct q_document_by_code own;

    *ret = 0;
    for (size_t i = 0; i < e->response_for_count; i++) {
        const struct edxml_reference *r = &e->response_for[i];
        if (!str_eq(r->organ, organ))
            continue;
        enum err err = q_document_by_code(t->ctx->tx, a, unit, DOCUMENT_OUT, r->code, date_iso(a, r->promulgated_on), &own);
        if (err != ERR_NOT_FOUND) {
            *ret = err ? 0 : own.id;
            return err;
        }
    }
    return OK;
}

/* ---- its files ---- */

static void files_list(struct taking *t)
{
    struct arena *a = t->ctx->arena;

    t->file = ARENA_ARRAY(a, struct document_bytes, t->m.attachment_count);
    for (size_t i = 0; i < t->m.attachment_count; i++) {
        const struct edxml_attachment *f = &t->m.attachment[i];
        if (f->is_missing)
            continue;
        struct str name = one_line(a, f->name, 200);
        t->file[t->file_count++] = (struct document_bytes){.name = name.n ? name : STR("tep"), .media = f->media.n ? one_line(a, f->media, 100) : STR("application/octet-stream"),
                                                           .bytes = f->bytes};
    }
}

static void signatures_add(struct taking *t, struct json list, struct str file, const struct sign_report *report)
{
    static const char *const VERDICTS[] = {[SIGNATURE_GOOD] = "good", [SIGNATURE_UNDECIDED] = "undecided", [SIGNATURE_BAD] = "bad"};
    struct arena *a = t->ctx->arena;

    for (size_t k = 0; k < report->count; k++) {
        const struct sign_result *r = &report->result[k];
        struct json o = json_new_object(a);
        json_put_text(o, "file", file);
        json_put_text(o, "who", r->signer.name);
        json_put_text(o, "at", r->time.ms ? instant_iso(a, r->time) : STR(""));
        json_put_text(o, "verdict", str_of(VERDICTS[report->doubt ? SIGNATURE_BAD : signature_verdict(r)]));
        json_append(list, o);
    }
}

/* What was found of the signatures of the message and of its PDFs on the day of arrival; certificates expire, this stays. */
static void signatures_list(struct taking *t)
{
    struct arena *a = t->ctx->arena;
    struct json list = json_new_array(a);
    struct sign_report report;

    for (size_t i = 0; i < t->file_count; i++) {
        if (!str_has_prefix(t->file[i].bytes, STR("%PDF-")) || act_signatures(t->ctx, "", t->file[i].bytes, &report))
            continue;
        signatures_add(t, list, t->file[i].name, &report);
    }
    if (t->m.signature.n && !act_signatures(t->ctx, "", t->act->bytes, &report))
        signatures_add(t, list, STR("edXML"), &report);
    t->ctx->problems = (struct problems){0}; /* a file that cannot be read as PDF is no reason to refuse it */
    t->signatures = json_canonical(a, list);
}

static void defects_list(struct taking *t)
{
    struct buf b = buf_in(t->ctx->arena);

    for (size_t i = 0; i < t->m.defect_count; i++)
        buf_format(&b, "%s%zu: %" PRIstr, b.n ? "\n" : "", t->m.defect[i].line, STR_ARG(t->m.defect[i].why));
    t->defects = buf_str(&b);
}

/* ---- documents ---- */

static enum err journal_take(struct taking *t, int64_t unit, int64_t document, const char *kind, bool is_kept)
{
    struct json p = json_new_object(t->ctx->arena);

    json_put_int(p, "peer", t->peer.id);
    json_put_text(p, "kind", str_of(kind));
    json_put_text(p, "hash", t->hash);
    json_put_bool(p, "is_kept", is_kept);
    json_put_text(p, "defects", t->defects);
    json_put_text(p, "signatures", t->signatures);
    struct document_entry e = {"exchange.take", unit, document, p};
    return document_journal(t->ctx, t->ctx->tx, &e, NULL);
}

/* The sender asks something about one that came before. */
static enum err asked(struct taking *t, int64_t unit, struct str foreign_id, const char *what, struct str note)
{
    struct ctx *ctx = t->ctx;
    struct q_document_by_foreign was;
    struct q_exchange_in_same same;
    struct file_ref kept;
    bool updates = strcmp(what, "update") == 0;
    enum err err = q_document_by_foreign(ctx->tx, ctx->arena, unit, t->m.document.from.id, foreign_id, &was);

    if (err)
        return err == ERR_NOT_FOUND ? OK : err;
    receipt_add(t, was.id);
    err = q_exchange_in_same(ctx->tx, ctx->arena, was.id, t->hash, &same);
    if (err != ERR_NOT_FOUND || !document_is_here((enum document_state)was.state))
        return err == ERR_NOT_FOUND ? OK : err;
    err = updates ? file_keep(ctx->tx, ctx->arena, t->act->bytes, &kept) : OK;
    if (!err)
        err = act_document_recall_asked(ctx, was.id, str_of(what), cut(ctx->arena, note, DOCUMENT_LINE_MAX * 4));
    return err || strcmp(what, "replace") == 0 ? err : journal_take(t, unit, was.id, updates ? "update" : "recall", updates);
}

static enum err arrive(struct taking *t, int64_t unit, struct str organ)
{
    struct ctx *ctx = t->ctx;
    const struct edxml_document *e = &t->m.document;
    struct act_document_arrive act = {.unit = unit, .organ = e->from.id, .foreign_id = e->document_id, .file = t->file, .file_count = t->file_count};
    struct str type;
    enum err err = type_of(t, &type);

    act.what = said(t, type);
    if (!err)
        err = answered(t, unit, organ, &act.reply_to);
    if (!err)
        err = act_document_arrive(&act, ctx);
    if (err)
        return err;
    receipt_add(t, act.id);
    if (act.is_again)
        return OK;
    err = journal_take(t, unit, act.id, e->bussiness.type == EDXML_REPLACE ? "replace" : "new", false);
    if (!err)
        err = exchange_put_status(ctx, act.id, STR("01"), STR(""));
    for (size_t i = 0; !err && i < e->bussiness.replacement_count; i++)
        err = asked(t, unit, e->bussiness.replacement[i].document_id, "replace", act.what.code);
    return err;
}

static enum err document_for(struct taking *t, int64_t unit, struct str organ)
{
    const struct edxml_document *e = &t->m.document;

    switch (e->bussiness.type) {
    case EDXML_RECALL: return asked(t, unit, e->document_id, "withdraw", e->bussiness.reason);
    case EDXML_UPDATE: return asked(t, unit, e->document_id, "update", e->bussiness.reason);
    default: return arrive(t, unit, organ);
    }
}

static enum err document_in(struct taking *t)
{
    const struct edxml_document *e = &t->m.document;
    struct q_document_issuer_organ unit;
    bool here = false;
    enum err err = sender_check(t, &e->from);

    if (!err && !e->document_id.n)
        err = refuse(t, WORD_EXCHANGE_REFUSED_NO_ID, STR(""));
    for (size_t i = 0; !err && i < e->to_count; i++) {
        err = e->to[i].id.n ? q_document_issuer_organ(t->ctx->tx, t->ctx->arena, e->to[i].id, &unit) : ERR_NOT_FOUND;
        if (!err) {
            here = true;
            err = document_for(t, unit.unit_id, e->to[i].id);
        } else if (err == ERR_NOT_FOUND) {
            err = OK; /* an axis tells each of those it is for */
        }
    }
    if (!err && !here)
        err = refuse(t, WORD_EXCHANGE_REFUSED_NOT_HERE, STR(""));
    return err || t->any ? err : refuse(t, WORD_EXCHANGE_REFUSED_UNKNOWN, e->document_id);
}

/* ---- statuses ---- */

/* The same again, or one that says how it was before what we know. */
static bool is_old(const struct q_document_recipient_list *r, struct str code, struct instant at)
{
    struct instant was;

    if (r->status_at_null || instant_parse(r->status_at, &was))
        return false;
    return at.ms < was.ms || (at.ms == was.ms && str_eq(r->status, code));
}

static enum err status_of(struct taking *t, int64_t document)
{
    const struct edxml_status *s = &t->m.status;
    struct ctx *ctx = t->ctx;
    struct q_document_recipient_list *r;
    const struct zone *zone;
    size_t count;
    struct str code = str_format(ctx->arena, "%02lld", (long long)s->code);
    enum err err = q_document_recipient_list(ctx->tx, ctx->arena, document, &r, &count);

    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone))
        BUG("no zone Asia/Ho_Chi_Minh");
    struct instant at = s->at.date.day ? zone_instant(zone, s->at) : ctx->now;
    for (size_t i = 0; !err && i < count; i++) {
        if (!str_eq(r[i].organ, s->from.id) || r[i].sent_at_null)
            continue;
        receipt_add(t, document);
        if (!is_old(&r[i], code, at))
            err = act_document_status(ctx, document, r[i].no, code, at, cut(ctx->arena, s->description, DOCUMENT_LINE_MAX * 4));
    }
    return err;
}

/* 13: who sent it wants it back, wherever it arrived here. */
static enum err taken_back(struct taking *t)
{
    const struct edxml_status *s = &t->m.status;
    struct q_exchange_arrived *d;
    size_t count;
    enum err err = q_exchange_arrived(t->ctx->tx, t->ctx->arena, s->from.id, s->response_for.document_id, &d, &count);

    t->m.document.from = s->from;
    for (size_t i = 0; !err && i < count; i++)
        err = asked(t, d[i].unit_id, s->response_for.document_id, "withdraw", s->description);
    return err;
}

static enum err status_in(struct taking *t)
{
    const struct edxml_status *s = &t->m.status;
    struct q_document_issuer_organ unit;
    struct q_document_by_code own;
    struct ctx *ctx = t->ctx;
    enum err err = sender_check(t, &s->from);

    if (!err && !edxml_is_status_code(s->code))
        err = refuse(t, WORD_EXCHANGE_REFUSED_UNKNOWN, STR(""));
    if (!err && s->code == EDXML_TAKE_BACK) {
        err = taken_back(t);
    } else if (!err) {
        err = q_document_issuer_organ(ctx->tx, ctx->arena, s->response_for.organ, &unit);
        if (!err)
            err = q_document_by_code(ctx->tx, ctx->arena, unit.unit_id, DOCUMENT_OUT, s->response_for.code,
                                     date_iso(ctx->arena, s->response_for.promulgated_on), &own);
        if (!err)
            err = status_of(t, own.id);
        else if (err == ERR_NOT_FOUND)
            err = OK;
    }
    return err || t->any ? err : refuse(t, WORD_EXCHANGE_REFUSED_UNKNOWN, s->response_for.document_id);
}

/* ---- the door ---- */

static enum err take_in_transaction(struct db *tx, void *arg)
{
    struct taking *t = arg;
    struct db *before = t->ctx->tx;

    t->receipt = buf_in(t->ctx->arena);
    t->any = false;
    t->ctx->tx = tx;
    enum err err = t->m.is_status ? status_in(t) : document_in(t);
    t->ctx->tx = before;
    return err;
}

static struct str first_problem(struct ctx *ctx)
{
    const struct problem *p = ctx->problems.first;

    return p ? str_format(ctx->arena, "%s: %" PRIstr, p->field, STR_ARG(word_format(ctx->arena, LANG_VI, p->word, &p->arg, 1))) : STR("");
}

static enum err take(struct taking *t)
{
    struct ctx *ctx = t->ctx;
    struct fault fault = {.why = STR("")};
    enum err err = edxml_read(ctx->arena, t->act->bytes, &t->m, &fault);

    if (err == ERR_INVALID || err == ERR_LIMIT) {
        t->act->refused = str_format(ctx->arena, "%" PRIstr " (%zu: %" PRIstr ")", STR_ARG(word(LANG_VI, WORD_EXCHANGE_REFUSED_UNREADABLE)), fault.line, STR_ARG(fault.why));
        return OK;
    }
    if (err)
        return err;
    files_list(t);
    signatures_list(t);
    defects_list(t);
    t->hash = file_hash(ctx->arena, t->act->bytes);
    err = ctx_transact(ctx, take_in_transaction, t);
    if (err == ERR_LIMIT)
        t->act->refused = word(LANG_VI, WORD_EXCHANGE_REFUSED_LARGE);
    if (err == ERR_INVALID && !t->act->refused.n)
        t->act->refused = word_format(ctx->arena, LANG_VI, WORD_EXCHANGE_REFUSED_WRONG, &(struct str){first_problem(ctx).p, first_problem(ctx).n}, 1);
    if (err == ERR_LIMIT || err == ERR_INVALID)
        return OK;
    if (!err)
        t->act->receipt = str_copy(ctx->arena, buf_str(&t->receipt));
    return err;
}

enum err act_exchange_receive(struct act_exchange_receive *act, struct ctx *ctx)
{
    struct taking *t = ARENA_NEW(ctx->arena, struct taking);
    enum err err = q_peer_by_code(ctx_db(ctx), ctx->arena, act->peer, &t->peer);

    act->receipt = act->refused = STR("");
    t->ctx = ctx;
    t->act = act;
    if (err == ERR_NOT_FOUND || (!err && (!t->peer.is_active || str_eq(t->peer.documents, STR("none")) ||
                                          !secret_eq(peer_seal(ctx->arena, t->peer.secret, act->bytes), act->seal))))
        return ERR_FORBIDDEN;
    if (!err)
        err = actor_load(ctx, STR("he-thong"), &ctx->actor);
    return err ? err : take(t);
}

enum err act_exchange_take(struct act_exchange_receive *act, struct ctx *ctx)
{
    struct taking *t = ARENA_NEW(ctx->arena, struct taking);
    enum err err = right_check_any(ctx, RIGHT_DOCUMENT_REGISTER);

    act->receipt = act->refused = STR("");
    t->ctx = ctx;
    t->act = act;
    if (!err)
        err = q_peer_by_code(ctx_db(ctx), ctx->arena, act->peer, &t->peer);
    if (!err && (!t->peer.is_active || str_eq(t->peer.documents, STR("none"))))
        err = ERR_FORBIDDEN;
    return err ? err : take(t);
}

/* ---- an axis is asked ---- */

static enum err fetch_one(struct ctx *ctx, const struct exchange_axis *axis, const struct q_exchange_axes *from, struct str id)
{
    struct act_exchange_receive act = {.peer = from->code};
    struct taking *t = ARENA_NEW(ctx->arena, struct taking);
    enum err err = axis->get(axis->arg, ctx->arena, from, id, &act.bytes);

    t->ctx = ctx;
    t->act = &act;
    act.receipt = act.refused = STR("");
    if (!err)
        err = q_peer_by_code(ctx_db(ctx), ctx->arena, from->code, &t->peer);
    if (!err)
        err = take(t);
    ctx->problems = (struct problems){0};
    return err ? err : axis->done(axis->arg, ctx->arena, from, id, act.refused);
}

static enum err fetch_from(struct ctx *ctx, const struct exchange_axis *axis, const struct q_exchange_axes *from, int64_t n, int64_t *ret_done)
{
    struct str *id;
    size_t count = 0;
    enum err err = axis->list(axis->arg, ctx->arena, from, &id, &count);

    for (size_t i = 0; !err && i < count && (int64_t)i < n; i++) {
        err = fetch_one(ctx, axis, from, id[i]);
        *ret_done += !err;
    }
    return err;
}

enum err act_exchange_fetch(struct ctx *ctx, const struct exchange_axis *axis, int64_t n, int64_t *ret_done)
{
    struct q_exchange_axes *from;
    size_t count;
    enum err err = q_exchange_axes(ctx_db(ctx), ctx->arena, &from, &count);

    *ret_done = 0;
    for (size_t i = 0; !err && i < count; i++) {
        err = fetch_from(ctx, axis, &from[i], n, ret_done);
        if (err == ERR_UNAVAILABLE || err == ERR_INVALID || err == ERR_LIMIT) {
            log_line(LOG_LEVEL_WARN, "axis %" PRIstr ": %s", STR_ARG(from[i].code), err_name(err));
            err = OK;
        }
    }
    return err;
}

/* ---- an update that the registry agrees to ---- */

enum err exchange_put_update(struct ctx *ctx, struct db *tx, const struct document_hand *h, struct json payload)
{
    struct q_exchange_in_of *in;
    size_t count;
    struct str bytes = STR("");
    struct edxml m;
    struct json files = json_new_array(ctx->arena);
    int64_t no = h->file_count ? h->file[h->file_count - 1].no : 0;
    enum err err = q_exchange_in_of(tx, ctx->arena, h->d.id, &in, &count);

    while (!err && count > 0 && !str_eq(in[count - 1].kind, STR("update")))
        count--;
    if (!err && !count)
        err = ERR_NOT_FOUND;
    if (!err)
        err = file_bytes(tx, ctx->arena, in[count - 1].hash, &bytes);
    if (!err && edxml_read(ctx->arena, bytes, &m, NULL))
        err = ERR_STORE; /* it was read when it came */
    for (size_t i = 0; !err && i < m.attachment_count && no < DOCUMENT_FILES_MAX; i++)
        if (!m.attachment[i].is_missing)
            err = document_put_file(ctx, tx, files, ++no, false, one_line(ctx->arena, m.attachment[i].name, 200), m.attachment[i].media, m.attachment[i].bytes);
    json_put_json(payload, "files", files);
    return err;
}
