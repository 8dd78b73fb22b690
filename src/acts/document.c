#include "acts/document.h"

#include "acts/admin.h"
#include "acts/document_load.h"
#include "base/text.h"
#include "sql_exchange.h"
#include "sql_person.h"

struct drafting {
    struct act_document_draft *act;
    struct ctx *ctx;
    struct json payload;
};

/* ---- recipients ---- */

struct known {
    struct q_document_issuer_list *issuer;
    size_t issuer_count;
    struct db *tx;
    bool is_on_axis; /* the agency that sends has a code there */
};

static bool is_called(struct arena *a, struct str typed, struct str name)
{
    return name.n > 0 && str_eq(text_fold(a, typed), text_fold(a, name));
}

/* An agency outside, by its code on the axis or its name. *ret_organ "": none. */
static enum err partner_find(struct drafting *d, const struct known *k, struct str line, struct str *ret_name, struct str *ret_organ)
{
    struct arena *a = d->ctx->arena;
    struct q_exchange_partner_by_organ by_organ;
    struct q_exchange_partner_called called;

    *ret_name = line;
    *ret_organ = STR("");
    if (!k->is_on_axis)
        return OK;
    enum err err = q_exchange_partner_by_organ(k->tx, a, line, &by_organ);
    if (!err && by_organ.is_active) {
        *ret_name = by_organ.name;
        *ret_organ = line;
    }
    if (err != ERR_NOT_FOUND)
        return err;
    err = q_exchange_partner_called(k->tx, a, text_fold(a, line), &called);
    if (!err) {
        *ret_name = called.name;
        *ret_organ = called.organ;
    }
    return err == ERR_NOT_FOUND ? OK : err;
}

/* A line is a unit of this store, an agency that documents are exchanged with, or text, which goes on paper. */
static enum err recipient_put(struct drafting *d, const struct known *k, struct str line, const char *purpose, struct json list)
{
    struct arena *a = d->ctx->arena;
    struct json r = json_new_object(a);
    struct str name = line, organ = STR("");
    const struct q_document_issuer_list *unit = NULL;
    enum err err = OK;

    for (size_t i = 0; i < k->issuer_count && !unit; i++) {
        const struct q_document_issuer_list *u = &k->issuer[i];
        if (u->unit_id != d->act->unit && (str_eq(line, u->unit_code) || is_called(a, line, u->unit_name) || is_called(a, line, u->short_name) ||
                                           is_called(a, line, u->name) || (u->organ.n && str_eq(line, u->organ))))
            unit = u;
    }
    if (!unit)
        err = partner_find(d, k, line, &name, &organ);
    json_put_text(r, "name", unit ? unit->unit_name : name);
    json_put_text(r, "purpose", str_of(purpose));
    if (unit)
        json_put_int(r, "unit", unit->unit_id);
    else if (organ.n)
        json_put_text(r, "organ", organ);
    else
        json_put_bool(r, "is_paper", true);
    json_append(list, r);
    return err;
}

static enum err recipients_put(struct drafting *d, const char *field, struct str lines, const char *purpose, const struct known *k,
                               struct json list)
{
    struct str rest = lines, line;
    enum err err = OK;

    admin_check_text(d->ctx, field, lines, DOCUMENT_BODY_MAX);
    while (!err && str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.n > DOCUMENT_LINE_MAX || json_length(list) >= DOCUMENT_RECIPIENTS_MAX) {
            problem_add(d->ctx, field, WORD_PROBLEM_TOO_LONG, STR(""));
            return OK;
        }
        if (line.n)
            err = recipient_put(d, k, line, purpose, list);
    }
    return err;
}

/* ---- what is wrong with it ---- */

/* "Chủ tịch UBND thành phố" signs as "Chủ tịch": the agency stands in the head. */
static struct str position(struct arena *a, struct str title)
{
    size_t end = str_find(title, word(LANG_VI, WORD_DOCUMENT_TITLE_AGENCY));

    (void)a;
    return end == STR_NONE ? title : str_trim(str_sub(title, 0, end));
}

/* TM. for whom a head signs, KT. for whom a deputy signs (NĐ 30/2020/NĐ-CP Điều 13, phụ lục I phần II mục 7). */
static struct str authority(struct arena *a, struct str title, struct str body)
{
    struct str deputy = word(LANG_VI, WORD_DOCUMENT_TITLE_DEPUTY), value[] = {body}, head[] = {STR("")};
    struct buf b = buf_in(a);

    if (body.n)
        buf_put(&b, word_format(a, LANG_VI, WORD_DOCUMENT_AUTHORITY_FOR, value, 1));
    if (!str_has_prefix(title, deputy))
        return buf_str(&b);
    head[0] = text_upper(a, str_trim(str_sub(title, deputy.n, title.n)));
    if (b.n)
        buf_char(&b, '\n');
    buf_put(&b, word_format(a, LANG_VI, WORD_DOCUMENT_AUTHORITY_INSTEAD, head, 1));
    return buf_str(&b);
}

static enum err signer_check(struct drafting *d, struct db *tx, const struct q_document_issuer_of *issuer)
{
    struct act_document_draft *act = d->act;
    struct q_person_by_id person;
    bool able = false;
    struct arena *a = d->ctx->arena;

    json_put_int(d->payload, "signer_id", act->signer);
    if (!act->signer)
        return OK;
    enum err err = q_person_by_id(tx, a, act->signer, &person);
    if (!err)
        err = right_has(d->ctx, tx, act->signer, RIGHT_DOCUMENT_SIGN, act->unit, 0, &able);
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (err || !able || !person.is_active) {
        problem_add(d->ctx, "signer", WORD_DOCUMENT_PROBLEM_SIGNER, STR(""));
        return OK;
    }
    json_put_text(d->payload, "signer", person.name);
    json_put_text(d->payload, "signer_title", position(a, person.title));
    if (!act->authority.n)
        json_put_text(d->payload, "authority", authority(a, position(a, person.title), issuer->body));
    return OK;
}

static enum err links_check(struct drafting *d, struct db *tx)
{
    struct act_document_draft *act = d->act;
    struct ctx *ctx = d->ctx;
    struct document_hand h;
    enum err err = act->reply_to ? document_load(ctx, tx, act->reply_to, &h) : OK;

    if (err == ERR_NOT_FOUND)
        problem_add(ctx, "reply_to", WORD_DOCUMENT_PROBLEM_LINK, STR(""));
    else if (err)
        return err;
    err = act->replaces ? document_load(ctx, tx, act->replaces, &h) : OK;
    if (err == ERR_NOT_FOUND || (act->replaces && !err && (h.d.unit_id != act->unit || h.d.state != DOCUMENT_RELEASED)))
        problem_add(ctx, "replaces", WORD_DOCUMENT_PROBLEM_LINK, STR(""));
    else if (err)
        return err;
    return OK;
}

static void lines_check(struct drafting *d)
{
    struct act_document_draft *act = d->act;
    struct ctx *ctx = d->ctx;

    admin_need_line(ctx, "subject", act->subject, DOCUMENT_LINE_MAX);
    admin_check_text(ctx, "addressee", act->addressee, DOCUMENT_LINE_MAX * 4);
    admin_check_text(ctx, "authority", act->authority, DOCUMENT_LINE_MAX);
    admin_check_text(ctx, "body", act->body, DOCUMENT_BODY_MAX);
    admin_check_text(ctx, "note", act->note, DOCUMENT_LINE_MAX * 4);
    if (act->copies < 0 || act->copies > 100000)
        problem_add(ctx, "copies", WORD_PROBLEM_COUNT, STR(""));
}

static enum err may_write_for(struct ctx *ctx, struct db *tx, int64_t unit)
{
    struct q_document_issuer_above *issuer;
    size_t count;
    enum err err = issuers_above(ctx, tx, &issuer, &count);

    for (size_t i = 0; !err && i < count; i++)
        if (issuer[i].unit_id == unit)
            return OK;
    return err ? err : ERR_FORBIDDEN;
}

static enum err check(struct drafting *d, struct db *tx)
{
    struct act_document_draft *act = d->act;
    struct ctx *ctx = d->ctx;
    struct q_document_type_by_code type = {.symbol = STR("")};
    struct q_document_issuer_of issuer;
    struct known k = {.tx = tx};
    struct json list = json_new_array(ctx->arena);
    enum err err = may_write_for(ctx, tx, act->unit);

    if (!err)
        err = q_document_issuer_of(tx, ctx->arena, act->unit, &issuer);
    if (!err)
        err = q_document_issuer_list(tx, ctx->arena, &k.issuer, &k.issuer_count);
    if (err)
        return err;
    lines_check(d);
    err = q_document_type_by_code(tx, ctx->arena, act->type, &type);
    if (err == ERR_NOT_FOUND)
        problem_add(ctx, "type", WORD_PROBLEM_REQUIRED, STR(""));
    else if (err)
        return err;
    json_put_text(d->payload, "authority", act->authority);
    err = signer_check(d, tx, &issuer);
    if (!err)
        err = links_check(d, tx);
    if (err)
        return err;
    k.is_on_axis = issuer.organ.n > 0;
    err = recipients_put(d, "to_act", act->to_act, "act", &k, list);
    if (!err)
        err = recipients_put(d, "to_know", act->to_know, "know", &k, list);
    if (err)
        return err;
    json_put_json(d->payload, "recipients", list);
    json_put_text(d->payload, "notation", document_notation(ctx->arena, type.symbol, issuer.symbol, STR("")));
    return admin_form_done(ctx);
}

static void payload_put(struct drafting *d)
{
    const struct act_document_draft *act = d->act;
    struct json p = d->payload;
    struct arena *a = d->ctx->arena;

    json_put_text(p, "type", act->type);
    json_put_text(p, "subject", str_trim(act->subject));
    json_put_text(p, "addressee", act->addressee);
    json_put_text(p, "body", act->body);
    json_put_int(p, "urgency", act->urgency);
    if (act->deliver_by.ms)
        json_put_text(p, "deliver_by", instant_iso(a, act->deliver_by));
    json_put_text(p, "due", date_iso(a, act->due));
    json_put_int(p, "reply_to", act->reply_to);
    json_put_int(p, "replaces", act->replaces);
    json_put_int(p, "dossier", act->dossier);
    json_put_int(p, "copies", act->copies);
    json_put_text(p, "note", act->note);
}

static enum err draft_in_transaction(struct db *tx, void *arg)
{
    struct drafting *d = arg;
    struct ctx *ctx = d->ctx;
    enum err err = admin_right_any(ctx, tx, RIGHT_DOCUMENT_DRAFT);

    d->payload = json_new_object(ctx->arena);
    if (!err)
        err = check(d, tx);
    if (err)
        return err;
    payload_put(d);
    json_put_int(d->payload, "unit", d->act->unit);
    json_put_int(d->payload, "drafting_unit", ctx->actor.unit);
    struct document_entry e = {"document.draft", d->act->unit, 0, d->payload};
    return document_journal(ctx, tx, &e, &d->act->on.id);
}

static enum err edit(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct drafting *d = o->arg;

    d->payload = payload;
    d->act->unit = h->d.unit_id;
    enum err err = check(d, tx);
    if (err)
        return err;
    payload_put(d);
    json_put_int(payload, "version_no", h->d.version_no + 1);
    return OK;
}

enum err act_document_draft(struct act_document_draft *act, struct ctx *ctx)
{
    struct drafting d = {.act = act, .ctx = ctx};
    struct on_document o = {ctx, &act->on, DOCUMENT_EDIT, edit, &d, "document.edit"};

    act->on.why = DOCUMENT_ALLOWED;
    return act->on.id ? on_document_run(&o) : admin_transact(ctx, draft_in_transaction, &d);
}

/* ---- files ---- */

static int64_t last_file(const struct document_hand *h)
{
    return h->file_count ? h->file[h->file_count - 1].no : 0;
}

static bool is_pdf(struct str bytes)
{
    return str_has_prefix(bytes, STR("%PDF-"));
}

static enum err file_add(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct act_document_file *act = o->arg;
    struct ctx *ctx = o->ctx;
    struct json list = json_new_array(ctx->arena);

    admin_need_line(ctx, "file", act->name, 200);
    if (!act->bytes.n)
        problem_add(ctx, "file", WORD_DOCUMENT_PROBLEM_FILE_EMPTY, STR(""));
    else if (act->is_main && !is_pdf(act->bytes))
        problem_add(ctx, "file", WORD_DOCUMENT_PROBLEM_MAIN_PDF, STR(""));
    if (h->file_count >= DOCUMENT_FILES_MAX)
        problem_add(ctx, "file", WORD_PROBLEM_COUNT, STR(""));
    enum err err = admin_form_done(ctx);
    if (err)
        return err;
    act->no = last_file(h) + 1;
    if (act->is_main)
        json_put_bool(payload, "main_dropped", true);
    json_put_json(payload, "files", list);
    return document_put_file(ctx, tx, list, act->no, act->is_main, act->name, act->media, act->bytes);
}

enum err act_document_file_add(struct act_document_file *act, struct ctx *ctx)
{
    struct on_document o = {ctx, &act->on, DOCUMENT_EDIT, file_add, act, "document.file"};

    return on_document_run(&o);
}

struct dropping {
    int64_t no;
};

static enum err file_drop(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct dropping *d = o->arg;

    (void)tx;
    for (size_t i = 0; i < h->file_count; i++)
        if (h->file[i].no == d->no && !h->file[i].is_dropped) {
            json_put_int(payload, "no", d->no);
            return OK;
        }
    return ERR_NOT_FOUND;
}

enum err act_document_file_drop(struct ctx *ctx, struct act_document_on *on, int64_t no)
{
    struct dropping d = {no};
    struct on_document o = {ctx, on, DOCUMENT_EDIT, file_drop, &d, "document.file_drop"};

    return on_document_run(&o);
}
