#include "base/text.h"
#include "rules/document.h"
#include "sql_document.h"
#include "store/project.h"

/* 0 in the payload is null in the table. */
static const int64_t *or_null(const int64_t *id)
{
    return *id ? id : NULL;
}

static const struct str *text_or_null(const struct str *text)
{
    return text->n ? text : NULL;
}

static struct str at_of(struct arena *a, const struct journal_entry *e)
{
    return instant_iso(a, e->happened_at);
}

/* ---- reference data ---- */

static enum err type_set(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_document_type_set(tx, json_text(p, "code"), json_text(p, "name"), json_text(p, "symbol"), json_bool(p, "is_law"),
                               json_int(p, "sort_no"), NULL);
}

static enum err series_save(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t unit = json_int(p, "unit");

    (void)a;
    if (e->subject_id)
        return q_document_series_put(tx, e->subject_id, json_text(p, "name"), json_text(p, "types"), json_text(p, "from"), json_text(p, "to"), NULL);
    return q_document_series_add(tx, e->pos, or_null(&unit), json_text(p, "code"), json_text(p, "name"), json_text(p, "types"),
                                 json_text(p, "from"), json_text(p, "to"), NULL);
}

static enum err issuer_set(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_document_issuer_set(tx, e->subject_id, json_text(p, "above"), json_text(p, "name"), json_text(p, "symbol"), json_text(p, "body"),
                                 json_text(p, "place"), json_text(p, "organ"), NULL);
}

/* ---- parts that several acts write ---- */

static int64_t id_of(const struct journal_entry *e)
{
    return e->subject_id ? e->subject_id : e->pos;
}

/* What a search finds it by, from its own row. */
static enum err search_renew(struct db *tx, struct arena *a, int64_t id, bool is_new)
{
    struct q_document_by_id d;
    enum err err = q_document_by_id(tx, a, id, &d);

    if (err)
        return err;
    struct str search = text_fold(a, str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(d.code), STR_ARG(d.subject),
                                                STR_ARG(d.author), STR_ARG(d.signer)));
    err = q_document_search_text(tx, id, search, NULL);
    if (!err)
        err = is_new ? q_document_search_set(tx, id, search, NULL) : q_document_search_renew(tx, id, search, NULL);
    return err;
}

static enum err files(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json list = json_get(e->payload, "files");
    int64_t actor = e->actor;
    enum err err = json_bool(e->payload, "main_dropped") ? q_document_file_drop_main(tx, id_of(e), NULL) : OK;

    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json f = json_at(list, i);
        err = q_document_file_add(tx, id_of(e), json_int(f, "no"), json_text(f, "kind"), json_text(f, "name"), json_text(f, "media"),
                                  json_int(f, "size"), json_text(f, "hash"), or_null(&actor), at_of(a, e), NULL);
    }
    return err;
}

static enum err recipients(struct db *tx, const struct journal_entry *e)
{
    struct json list = json_get(e->payload, "recipients");
    enum err err = json_has(e->payload, "recipients") ? q_document_recipient_clear(tx, id_of(e), NULL) : OK;

    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json r = json_at(list, i);
        int64_t unit = json_int(r, "unit");
        err = q_document_recipient_add(tx, id_of(e), (int64_t)i + 1, json_text(r, "name"), or_null(&unit), json_text(r, "organ"),
                                       json_text(r, "purpose"), json_bool(r, "is_paper"), NULL);
    }
    return err;
}

/* "step_done": how the step answered; "steps": the way that begins anew; "step_ask": whose turn it is. */
static enum err steps(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json done = json_get(e->payload, "step_done"), list = json_get(e->payload, "steps");
    int64_t ask = json_int(e->payload, "step_ask");
    struct str at = at_of(a, e);
    enum err err = OK;

    if (json_length(list))
        err = q_document_step_drop_open(tx, id_of(e), NULL);
    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json s = json_at(list, i);
        int64_t person = json_int(s, "person");
        err = q_document_step_add(tx, id_of(e), json_int(s, "no"), json_text(s, "kind"), or_null(&person), NULL, NULL);
    }
    if (!err && json_kind(done) == JSON_KIND_OBJECT)
        err = q_document_step_done(tx, id_of(e), json_int(done, "no"), at, e->actor, json_text(done, "decision"), json_text(done, "note"),
                                   json_text(done, "certificate"), NULL);
    if (!err && ask)
        err = q_document_step_ask(tx, id_of(e), ask, at, NULL);
    return err;
}

enum err project_document_state(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t document)
{
    int64_t state = json_int(e->payload, "state"), holder = json_int(e->payload, "holder");
    struct str ended = document_is_open((enum document_state)state) ? STR("") : at_of(a, e);

    return q_document_move(tx, document, state, or_null(&holder), text_or_null(&ended), NULL);
}

static enum err number(struct db *tx, struct arena *a, const struct journal_entry *e, struct json n)
{
    int64_t id = id_of(e), actor = e->actor;
    struct str series = json_text(n, "series"), at = at_of(a, e);

    if (json_bool(n, "kept"))
        return q_document_number_use(tx, series, json_int(n, "no"), id, at, or_null(&actor), NULL);
    return q_document_number_add(tx, series, json_int(n, "no"), json_int(n, "unit"), &id, STR(""), at, or_null(&actor), NULL);
}

/* ---- going out ---- */

static enum err text(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t version)
{
    struct json p = e->payload;
    struct str by = json_text(p, "deliver_by");
    int64_t reply_to = json_int(p, "reply_to"), replaces = json_int(p, "replaces"), dossier = json_int(p, "dossier");
    enum err err = q_document_text(tx, id_of(e), json_text(p, "type"), json_text(p, "subject"), json_int(p, "urgency"), text_or_null(&by),
                                   json_text(p, "notation"), json_text(p, "signer"), json_text(p, "signer_title"), json_text(p, "authority"),
                                   json_text(p, "addressee"), json_text(p, "body"), version, json_text(p, "due"), or_null(&reply_to),
                                   or_null(&replaces), or_null(&dossier), json_int(p, "copies"), json_text(p, "note"), NULL);

    if (!err)
        err = q_document_signer_set(tx, id_of(e), json_int(p, "signer_id"), NULL);
    if (!err)
        err = q_document_version_add(tx, id_of(e), version, json_text(p, "subject"), json_text(p, "body"), e->actor, at_of(a, e), NULL);
    if (!err)
        err = recipients(tx, e);
    return err;
}

static enum err draft(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t drafter = e->actor, unit = json_int(p, "drafting_unit");
    struct str none = date_iso(a, DATE_NEVER);
    enum err err = q_document_add(tx, e->pos, json_int(p, "unit"), DOCUMENT_OUT, DOCUMENT_DRAFT, json_text(p, "type"), json_text(p, "subject"),
                                  json_int(p, "urgency"), NULL, STR(""), none, json_text(p, "notation"), STR(""), STR(""), STR(""), 0, NULL,
                                  none, 1, STR(""), STR(""), &drafter, or_null(&unit), &drafter, none, NULL, NULL, NULL, 1, 0, STR(""),
                                  at_of(a, e), NULL);

    if (!err)
        err = text(tx, a, e, 1);
    return err ? err : search_renew(tx, a, e->pos, true);
}

static enum err edit(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    enum err err = text(tx, a, e, json_int(e->payload, "version_no"));

    return err ? err : search_renew(tx, a, e->subject_id, false);
}

static enum err file_add(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    enum err err = files(tx, a, e);

    return err ? err : q_document_touch(tx, e->subject_id, NULL);
}

static enum err file_drop(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    enum err err = q_document_file_drop(tx, e->subject_id, json_int(e->payload, "no"), NULL);

    (void)a;
    return err ? err : q_document_touch(tx, e->subject_id, NULL);
}

/* Submitted, initialled, sent back, signed, sealed, cancelled, finished …: what they have in common. */
static enum err moved(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = project_document_state(tx, a, e, e->subject_id);

    if (!err)
        err = steps(tx, a, e);
    if (!err)
        err = files(tx, a, e);
    if (!err && json_has(p, "places"))
        err = q_document_places(tx, e->subject_id, json_text(p, "places"), json_int(p, "pages"), NULL);
    return err ? err : project_certificate_use(tx, a, e);
}

static enum err numbered(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json n = json_get(e->payload, "number");
    enum err err = number(tx, a, e, n);

    if (!err)
        err = q_document_numbered(tx, e->subject_id, json_text(n, "series"), json_int(n, "no"), json_text(n, "code"), json_text(n, "date"), NULL);
    if (!err)
        err = moved(tx, a, e);
    return err ? err : search_renew(tx, a, e->subject_id, false);
}

static enum err fact(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t document, int64_t no, int64_t unit, enum document_way way,
                     bool is_electronic)
{
    return q_document_fact_add(tx, document, no, unit, way, json_text(e->payload, "day"), is_electronic, instant_iso(a, e->recorded_at), NULL);
}

static enum err released(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json sent = json_get(e->payload, "sent");
    int64_t replaces = json_int(e->payload, "replaces");
    enum err err = moved(tx, a, e);

    for (size_t i = 0; !err && i < json_length(sent); i++) {
        struct json r = json_at(sent, i);
        err = q_document_recipient_sent(tx, e->subject_id, json_int(r, "no"), at_of(a, e), NULL);
        if (!err)
            err = fact(tx, a, e, e->subject_id, json_int(r, "no"), json_int(e->payload, "unit"), DOCUMENT_OUT, !json_bool(r, "is_paper"));
    }
    if (!err && replaces) {
        struct str at = at_of(a, e);
        err = q_document_move(tx, replaces, DOCUMENT_REPLACED, NULL, &at, NULL);
    }
    return err;
}

static enum err number_keep(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t actor = e->actor, first = json_int(p, "first"), count = json_int(p, "count");
    enum err err = OK;

    for (int64_t i = 0; !err && i < count; i++)
        err = q_document_number_add(tx, json_text(p, "series"), first + i, json_int(p, "unit"), NULL, json_text(p, "reason"), at_of(a, e),
                                    or_null(&actor), NULL);
    return err;
}

/* ---- coming in ---- */

static enum err come_in(struct db *tx, struct arena *a, const struct journal_entry *e, enum document_state state)
{
    struct json p = e->payload;
    int64_t reply_to = json_int(p, "reply_to");
    struct str at = json_text(p, "arrived_at");

    return q_document_add(tx, e->pos, json_int(p, "unit"), DOCUMENT_IN, state, json_text(p, "type"), json_text(p, "subject"), json_int(p, "urgency"),
                          NULL, json_text(p, "code"), json_text(p, "dated_on"), STR(""), json_text(p, "author"), json_text(p, "organ"),
                          json_text(p, "foreign_id"), 0, text_or_null(&at), json_text(p, "day"), json_bool(p, "is_electronic"),
                          json_text(p, "signer"), json_text(p, "signer_title"), NULL, NULL, NULL, json_text(p, "due"), NULL, or_null(&reply_to),
                          NULL, json_int(p, "copies"), json_int(p, "pages"), json_text(p, "note"), at_of(a, e), NULL);
}

static enum err arrival_number(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, n = json_get(p, "number");
    enum err err = number(tx, a, e, n);

    if (!err)
        err = q_document_registered(tx, id_of(e), json_int(n, "no"), json_text(p, "arrived_at"), json_text(p, "day"), json_text(p, "due"),
                                    json_text(p, "type"), json_int(p, "urgency"), json_text(p, "subject"), json_text(p, "author"),
                                    json_text(p, "code"), json_text(p, "dated_on"), json_text(p, "signer"), json_text(p, "note"), NULL);
    if (!err)
        err = fact(tx, a, e, id_of(e), 0, json_int(n, "unit"), DOCUMENT_IN, json_bool(p, "is_electronic"));
    return err;
}

static enum err register_new(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    enum err err = come_in(tx, a, e, DOCUMENT_REGISTERED);

    if (!err)
        err = arrival_number(tx, a, e);
    if (!err)
        err = files(tx, a, e);
    return err ? err : search_renew(tx, a, e->pos, true);
}

/* From another unit of this store: `sent_as` says whose recipient it is. */
static enum err arrive(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json sent_as = json_get(e->payload, "sent_as");
    enum err err = come_in(tx, a, e, DOCUMENT_ARRIVED);

    if (!err)
        err = files(tx, a, e);
    if (!err && json_kind(sent_as) == JSON_KIND_OBJECT)
        err = q_document_recipient_arrived(tx, json_int(sent_as, "document"), json_int(sent_as, "no"), e->pos, NULL);
    return err ? err : search_renew(tx, a, e->pos, true);
}

static enum err registered(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    enum err err = arrival_number(tx, a, e);

    if (!err)
        err = moved(tx, a, e);
    return err ? err : search_renew(tx, a, e->subject_id, false);
}

static enum err recall(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_document_recall(tx, e->subject_id, json_text(e->payload, "what"), json_text(e->payload, "note"), NULL);
}

static enum err recall_answer(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    enum err err = q_document_recall(tx, e->subject_id, STR(""), json_text(e->payload, "note"), NULL);

    if (!err)
        err = json_has(e->payload, "state") ? moved(tx, a, e) : files(tx, a, e);
    return err;
}

static enum err status(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_document_recipient_status(tx, e->subject_id, json_int(p, "recipient"), json_text(p, "status"), json_text(p, "at"), json_text(p, "note"), NULL);
}

static enum err comment(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    return q_document_comment_add(tx, e->pos, e->subject_id, json_int(p, "version_no"), e->actor, at_of(a, e), json_text(p, "text"), NULL);
}

static enum err into_file(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    int64_t file = json_int(e->payload, "work_file");

    (void)a;
    return q_document_into_file(tx, e->subject_id, or_null(&file), NULL);
}

const struct projection PROJECT_DOCUMENT[] = {
    {"document_type.set", type_set},
    {"document_series.save", series_save},
    {"document_issuer.set", issuer_set},
    {"document.draft", draft},
    {"document.edit", edit},
    {"document.file", file_add},
    {"document.file_drop", file_drop},
    {"document.submit", moved},
    {"document.initial", moved},
    {"document.send_back", moved},
    {"document.sign", moved},
    {"document.seal", moved},
    {"document.number", numbered},
    {"document.release", released},
    {"document.take_back", moved},
    {"document.cancel", moved},
    {"document.number_keep", number_keep},
    {"document.register_new", register_new},
    {"document.arrive", arrive},
    {"document.register", registered},
    {"document.return", moved},
    {"document.finish", moved},
    {"document.recall", recall},
    {"document.recall_answer", recall_answer},
    {"document.status", status},
    {"document.into_file", into_file},
    {"document.comment", comment},
    {NULL, NULL},
};
