/* The register of certificates. Acts write what the rules decided: "state" after them, the members that change, and
 * "all", the certificates that the entry is about (else its subject). */
#include "sql_certificate.h"
#include "store/project.h"

static const int64_t *or_null(const int64_t *id)
{
    return *id ? id : NULL;
}


/* `of`: what says the day and the moment, the entry or one line of its list. */
static enum err event(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t id, struct json of)
{
    struct json p = e->payload;
    int64_t actor = e->actor;

    return q_certificate_event_add(tx, id, e->pos, json_int(p, "act"), json_int(p, "state"), or_null(&actor),
                                   json_has(of, "at") ? json_text(of, "at") : instant_iso(a, e->happened_at), json_text(of, "on"), instant_iso(a, e->recorded_at),
                                   json_int(p, "reason"), json_text(p, "note"), json_text(p, "document"), NULL);
}

static enum err issued(struct db *tx, int64_t id, struct json i)
{
    struct str from = json_text(i, "not_before"), to = json_text(i, "not_after");
    int64_t unit = json_int(i, "post_unit");
    enum err err = q_certificate_set_issued(tx, id, json_text(i, "token"), json_text(i, "serial"), json_text(i, "subject"), json_text(i, "issuer"),
                                            json_bool(i, "is_public_service"), from, to, json_text(i, "ends_on"), json_text(i, "hash"),
                                            json_text(i, "number"), json_text(i, "search"), NULL);

    return err ? err : q_certificate_set_post(tx, id, or_null(&unit), json_text(i, "post_title"), NULL);
}

/* The list of a request; the ids are made of the entry's, so that one line of the journal gives many. */
static enum err request(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, list = json_get(p, "list");
    enum err err = OK;

    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json c = json_at(list, i), where = json_has(c, "unit") ? c : p; /* a list from before is of many units and days */
        int64_t id = e->pos * PROJECT_CERTIFICATES_MAX + (int64_t)i, replaces = json_int(c, "replaces"), person = json_int(c, "person");
        err = q_certificate_add(tx, id, e->pos, (int64_t)i + 1, json_int(where, "unit"), json_text(where, "unit_name"), json_int(c, "kind"),
                                json_int(c, "purpose"), or_null(&replaces), or_null(&person), json_text(c, "name"), json_text(c, "title"),
                                json_text(c, "birth"), json_text(c, "id_no"), json_text(c, "email"), json_bool(c, "is_leader"),
                                json_text(p, "document"), json_text(where, "on"), json_text(c, "search"), NULL);
        if (!err)
            err = event(tx, a, e, id, where);
        /* A register that was kept before on paper comes in with what was issued long ago. */
        if (!err && json_has(c, "issued"))
            err = issued(tx, id, json_get(c, "issued"));
        if (!err)
            err = q_certificate_set_state(tx, id, json_int(p, "state"), NULL);
    }
    return err;
}

static enum err one_moved(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t id)
{
    struct json p = e->payload;
    int64_t unit = json_int(p, "post_unit");
    enum err err = q_certificate_set_state(tx, id, json_int(p, "state"), NULL);

    if (!err && json_has(p, "issued"))
        err = issued(tx, id, json_get(p, "issued"));
    if (!err && json_has(p, "minutes"))
        err = q_certificate_set_minutes(tx, id, json_text(p, "minutes"), NULL);
    if (!err && json_has(p, "post_title"))
        err = q_certificate_set_post(tx, id, or_null(&unit), json_text(p, "post_title"), NULL);
    if (!err && json_has(p, "returned"))
        err = q_certificate_set_returned(tx, id, json_text(p, "returned"), NULL);
    if (!err && json_has(p, "decision"))
        err = q_certificate_review_close(tx, id, instant_iso(a, e->happened_at), e->actor, json_int(p, "decision"), json_text(p, "note"), NULL);
    return err ? err : event(tx, a, e, id, p);
}

static enum err moved(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json all = json_get(e->payload, "all");
    enum err err = OK;

    if (!json_has(e->payload, "all"))
        return one_moved(tx, a, e, e->subject_id);
    for (size_t i = 0; !err && i < json_length(all); i++)
        err = one_moved(tx, a, e, json_as_int(json_at(all, i)));
    return err;
}

static enum err warn(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    return q_certificate_warning_add(tx, e->subject_id, e->pos, json_int(e->payload, "days"), instant_iso(a, e->happened_at), NULL);
}

static enum err complete(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_certificate_register_set(tx, e->subject_id, json_text(e->payload, "since"), NULL);
}

/* Name, unit or title is another, or the person left: a certificate says who somebody is. */
enum err project_certificate_person(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json b = json_get(e->payload, "before"), n = json_get(e->payload, "after");
    struct str at = instant_iso(a, e->happened_at);

    if (str_eq(json_text(b, "name"), json_text(n, "name")) && str_eq(json_text(b, "title"), json_text(n, "title")) &&
        json_int(b, "unit") == json_int(n, "unit") && json_bool(b, "is_active") == json_bool(n, "is_active"))
        return OK;
    return q_certificate_review_open(tx, e->subject_id, e->pos, at, str_sub(at, 0, 10), json_int(b, "unit"), json_text(b, "title"),
                                     json_int(n, "unit"), json_text(n, "title"), json_bool(n, "is_active"), NULL);
}

enum err project_certificate_use(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json with = json_get(e->payload, "signed_with");

    if (!json_has(e->payload, "signed_with"))
        return OK;
    return q_certificate_use_add(tx, json_int(with, "certificate"), e->pos, str_format(a, "%" PRIstr "/%lld", STR_ARG(e->subject_kind), (long long)e->subject_id),
                                 json_text(with, "day"), instant_iso(a, e->recorded_at), NULL);
}

const struct projection PROJECT_CERTIFICATE[] = {
    {"certificate.request", request},
    {"certificate.enter", request},
    {"certificate.change", moved},
    {"certificate.warn", warn},
    {"certificate.register", complete},
    {NULL, NULL},
};
