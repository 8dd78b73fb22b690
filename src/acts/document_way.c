/* The way to the signature: submitted, initialled, sent back, signed on paper. */
#include "acts/admin.h"
#include "acts/document_load.h"
#include "sql_person.h"
#include "sql_unit.h"

static void step_put(struct ctx *ctx, struct json list, int64_t no, const char *kind, int64_t person)
{
    struct json s = json_new_object(ctx->arena);

    json_put_int(s, "no", no);
    json_put_text(s, "kind", str_of(kind));
    json_put_int(s, "person", person);
    json_append(list, s);
}

static int64_t last_step(const struct document_hand *h)
{
    int64_t last = 0;

    for (size_t i = 0; i < h->step_count; i++)
        if (!h->step[i].done_at_null)
            last = h->step[i].no;
    return last;
}

/* Who initials works in the agency, and is not the drafter. */
static enum err initials_check(struct ctx *ctx, struct db *tx, const struct act_document_submit *act, const struct document_hand *h)
{
    for (size_t i = 0; i < act->initial_count; i++) {
        struct q_person_by_id person;
        struct q_unit_is_below below = {.n = 0};
        enum err err = q_person_by_id(tx, ctx->arena, act->initial[i], &person);
        if (!err)
            err = q_unit_is_below(tx, ctx->arena, h->d.unit_id, person.unit_id, &below);
        if (err && err != ERR_NOT_FOUND)
            return err;
        if (err || !below.n || !person.is_active || person.id == h->d.drafter_id)
            problem_add(ctx, "initial", WORD_DOCUMENT_PROBLEM_INITIAL, STR(""));
    }
    return OK;
}

struct submitting {
    struct act_document_submit *act;
    int64_t version;   /* of which the paper was made */
    bool has_paper;
    struct str pdf, places;
    int64_t pages;
};

static struct str main_name(struct ctx *ctx, const struct document_hand *h)
{
    return str_format(ctx->arena, "%" PRIstr ".pdf", STR_ARG(h->d.type));
}

static enum err submit(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct submitting *s = o->arg;
    const struct act_document_submit *act = s->act;
    struct ctx *ctx = o->ctx;
    struct json list = json_new_array(ctx->arena), files = json_new_array(ctx->arena);
    int64_t no = last_step(h);
    enum err err = initials_check(ctx, tx, act, h);

    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    if (s->has_paper && s->version != h->d.version)
        return ERR_CONFLICT;
    for (size_t i = 0; i < act->initial_count; i++)
        step_put(ctx, list, ++no, "initial", act->initial[i]);
    step_put(ctx, list, ++no, "sign", h->d.signer_id);
    step_put(ctx, list, ++no, "number", 0);
    step_put(ctx, list, ++no, "seal", 0);
    json_put_json(payload, "steps", list);
    json_put_int(payload, "step_ask", last_step(h) + 1);
    json_put_int(payload, "state", act->initial_count ? DOCUMENT_REVIEW : DOCUMENT_TO_SIGN);
    json_put_int(payload, "holder", act->initial_count ? act->initial[0] : h->d.signer_id);
    if (act->note.n)
        json_put_text(payload, "note", act->note);
    if (!s->has_paper)
        return OK;
    json_put_json(payload, "files", files);
    json_put_bool(payload, "main_dropped", true);
    json_put_text(payload, "places", s->places);
    json_put_int(payload, "pages", s->pages);
    return document_put_file(ctx, tx, files, h->file_count ? h->file[h->file_count - 1].no + 1 : 1, true, main_name(ctx, h), STR("application/pdf"), s->pdf);
}

/* Has the drafter put a PDF of their own in the place of the text? What was made from the text has places. */
static bool is_uploaded(const struct document_hand *h)
{
    return document_main(h) != NULL && h->d.places.n == 0;
}

enum err act_document_submit(struct act_document_submit *act, struct ctx *ctx)
{
    struct submitting s = {.act = act, .places = STR("")};
    struct document_hand h;
    struct on_document o = {ctx, &act->on, DOCUMENT_SUBMIT, submit, &s, "document.submit"};
    enum err err = document_load(ctx, ctx_db(ctx), act->on.id, &h);

    admin_check_text(ctx, "note", act->note, DOCUMENT_LINE_MAX * 4);
    /* Drawing takes longer than a transaction should: it is done before, of the version that is then checked. */
    if (!err && h.d.body.n && !is_uploaded(&h) && document_may(&h.facts, DOCUMENT_SUBMIT).why == DOCUMENT_ALLOWED) {
        s.version = h.d.version;
        s.has_paper = true;
        err = document_paper(ctx, ctx_db(ctx), &h, &s.pdf, &s.places, &s.pages);
    }
    return err ? err : on_document_run(&o);
}

static enum err initial(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct str *note = o->arg;

    (void)tx;
    json_put_int(payload, "holder", document_put_turn(o->ctx, h, STR("yes"), *note, STR(""), payload));
    return OK;
}

enum err act_document_initial(struct ctx *ctx, struct act_document_on *on, struct str note)
{
    struct on_document o = {ctx, on, DOCUMENT_INITIAL, initial, &note, "document.initial"};

    admin_check_text(ctx, "note", note, DOCUMENT_LINE_MAX * 4);
    enum err err = admin_form_done(ctx);
    return err ? err : on_document_run(&o);
}

static enum err send_back(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct str *reason = o->arg;

    (void)tx;
    if (str_is_empty(str_trim(*reason)))
        return on_document_refuse(o, DOCUMENT_NO_REASON, STR(""));
    document_put_turn(o->ctx, h, STR("back"), *reason, STR(""), payload);
    json_put_int(payload, "holder", h->d.drafter_id);
    json_put_text(payload, "note", *reason);
    /* What was drawn from the text is drawn again; what was signed is no more than a draft. */
    if (h->d.places.n) {
        json_put_bool(payload, "main_dropped", true);
        json_put_text(payload, "places", STR(""));
        json_put_int(payload, "pages", 0);
    }
    return OK;
}

enum err act_document_send_back(struct ctx *ctx, struct act_document_on *on, struct str reason)
{
    struct on_document o = {ctx, on, DOCUMENT_SEND_BACK, send_back, &reason, "document.send_back"};

    admin_check_text(ctx, "reason", reason, DOCUMENT_LINE_MAX * 4);
    enum err err = admin_form_done(ctx);
    return err ? err : on_document_run(&o);
}

static enum err by_hand(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    (void)tx;
    (void)o;
    json_put_int(payload, "holder", document_put_turn(o->ctx, h, STR("yes"), STR(""), STR(""), payload));
    json_put_bool(payload, "by_hand", true);
    return OK;
}

enum err act_document_sign_by_hand(struct ctx *ctx, struct act_document_on *on)
{
    struct on_document o = {ctx, on, DOCUMENT_SIGN, by_hand, NULL, "document.sign"};

    return on_document_run(&o);
}

static enum err cancel(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct str *reason = o->arg;

    (void)tx;
    (void)h;
    if (str_is_empty(str_trim(*reason)))
        return on_document_refuse(o, DOCUMENT_NO_REASON, STR(""));
    json_put_text(payload, "note", *reason);
    return OK;
}

enum err act_document_cancel(struct ctx *ctx, struct act_document_on *on, struct str reason)
{
    struct on_document o = {ctx, on, DOCUMENT_CANCEL, cancel, &reason, "document.cancel"};

    admin_check_text(ctx, "reason", reason, DOCUMENT_LINE_MAX * 4);
    enum err err = admin_form_done(ctx);
    return err ? err : on_document_run(&o);
}

/* ---- what others say of it ---- */

static enum err comment(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct str *text = o->arg;

    (void)tx;
    json_put_text(payload, "text", *text);
    json_put_int(payload, "version_no", h->d.version_no);
    return OK;
}

enum err act_document_comment(struct ctx *ctx, struct act_document_on *on, struct str text)
{
    struct str said = str_trim(text);
    struct on_document o = {ctx, on, DOCUMENT_COMMENT, comment, &said, "document.comment"};

    admin_check_text(ctx, "note", said, DOCUMENT_LINE_MAX * 4);
    if (!said.n)
        problem_add(ctx, "note", WORD_PROBLEM_REQUIRED, STR(""));
    enum err err = admin_form_done(ctx);
    return err ? err : on_document_run(&o);
}
