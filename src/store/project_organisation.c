#include "base/text.h"
#include "sql_person.h"
#include "sql_unit.h"
#include "store/project.h"

static const int64_t *int_or_null(struct json p, const char *key, int64_t *room)
{
    return json_need_int(p, key, room) == OK ? room : NULL;
}

/* ---- units ---- */

static enum err unit_add(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t parent;
    const int64_t *parent_or_null = int_or_null(p, "parent", &parent);
    enum err err = q_unit_add(tx, e->pos, json_text(p, "code"), json_text(p, "agency_code"),
                              json_text(p, "name"), json_text(p, "short_name"), json_text(p, "kind"),
                              parent_or_null, json_int(p, "calendar"), json_text(p, "zone"),
                              json_text(p, "address"), json_text(p, "phone"), json_text(p, "valid_from"),
                              json_text(p, "valid_to"), json_int(p, "sort_no"), NULL);

    (void)a;
    if (!err)
        err = q_unit_closure_add_self(tx, e->pos, NULL);
    if (!err && parent_or_null)
        err = q_unit_closure_add_above(tx, parent, e->pos, NULL);
    return err;
}

static enum err unit_change(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = json_get(e->payload, "after");

    (void)a;
    return q_unit_change(tx, e->subject_id, json_text(p, "name"), json_text(p, "short_name"),
                         json_text(p, "agency_code"), json_int(p, "calendar"), json_text(p, "address"),
                         json_text(p, "phone"), json_text(p, "valid_to"), NULL);
}

static enum err unit_succeed(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_unit_successor_add(tx, e->subject_id, json_int(e->payload, "successor"),
                                json_text(e->payload, "since"), NULL);
}

/* ---- fields and reasons ---- */

static enum err field_set(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_field_add(tx, e->pos, json_text(p, "code"), json_text(p, "name"), json_int(p, "sort_no"), NULL);
}

static enum err reason_set(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_reason_add(tx, e->pos, json_text(p, "kind"), json_text(p, "code"), json_text(p, "name"),
                        json_int(p, "owner"), json_text(p, "basis"), NULL);
}

/* ---- people ---- */

static enum err person_add(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str name = json_text(p, "name");

    return q_person_add(tx, e->pos, json_text(p, "login"), name, text_name_key(a, name),
                        json_text(p, "title"), json_int(p, "unit"), json_text(p, "email"),
                        json_text(p, "phone"), NULL);
}

static enum err person_change(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = json_get(e->payload, "after");
    struct str name = json_text(p, "name");

    enum err err = q_person_change(tx, e->subject_id, name, text_name_key(a, name), json_text(p, "title"),
                                   json_int(p, "unit"), json_text(p, "email"), json_text(p, "phone"),
                                   json_bool(p, "is_active"), NULL);

    return err ? err : project_certificate_person(tx, a, e);
}

static enum err role_define(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, rights = json_get(p, "rights");
    struct str role = json_text(p, "code");
    enum err err = q_role_set(tx, role, json_text(p, "name"), json_int(p, "sort_no"), NULL);

    (void)a;
    if (!err)
        err = q_role_right_clear(tx, role, NULL);
    for (size_t i = 0; !err && i < json_length(rights); i++)
        err = q_role_right_add(tx, role, json_as_text(json_at(rights, i)), NULL);
    return err;
}

static enum err grant_add(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t field;

    (void)a;
    return q_grant_add(tx, e->pos, json_int(p, "person"), json_text(p, "role"), json_int(p, "unit"),
                       json_bool(p, "subtree"), int_or_null(p, "field", &field), json_text(p, "valid_from"),
                       json_text(p, "valid_to"), NULL);
}

static enum err grant_end(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_grant_end(tx, e->subject_id, json_text(e->payload, "valid_to"), NULL);
}

static enum err delegation_add(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_delegation_add(tx, e->pos, json_int(p, "grant"), json_int(p, "to"), json_text(p, "valid_from"),
                            json_text(p, "valid_to"), json_text(p, "reason"), NULL);
}

static enum err delegation_end(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_delegation_end(tx, e->subject_id, json_text(e->payload, "valid_to"), NULL);
}

static enum err nothing(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)tx;
    (void)a;
    (void)e;
    return OK;
}

const struct projection PROJECT_ORGANISATION[] = {
    {"unit.add", unit_add},
    {"unit.change", unit_change},
    {"unit.succeed", unit_succeed},
    {"field.set", field_set},
    {"reason.set", reason_set},
    {"person.add", person_add},
    {"person.change", person_change},
    {"person.password", nothing}, /* that it was set, never the hash */
    {"person.sign_in", nothing},
    {"role.define", role_define},
    {"grant.add", grant_add},
    {"grant.end", grant_end},
    {"delegation.add", delegation_add},
    {"delegation.end", delegation_end},
    {NULL, NULL},
};
