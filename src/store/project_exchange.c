#include "base/text.h"
#include "sql_exchange.h"
#include "store/project.h"

static enum err partner_save(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str name = json_text(p, "name"), search = text_fold(a, name);

    if (e->subject_id)
        return q_exchange_partner_set(tx, e->subject_id, name, search, json_int(p, "peer"), json_bool(p, "active"), NULL);
    return q_exchange_partner_add(tx, e->pos, json_text(p, "organ"), name, search, json_int(p, "peer"), json_bool(p, "active"), NULL);
}

static enum err tell(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t actor = e->actor;

    return q_exchange_out_add(tx, e->pos, json_int(p, "peer"), e->subject_id, json_text(p, "kind"), json_text(p, "code"), json_text(p, "note"),
                              actor ? &actor : NULL, instant_iso(a, e->recorded_at), NULL);
}

static enum err told(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = q_exchange_out_sent(tx, json_int(p, "message"), instant_iso(a, e->recorded_at), json_text(p, "receipt"), json_text(p, "refused"), NULL);

    return err ? err : q_exchange_try_drop(tx, json_int(p, "message"), NULL);
}

static enum err taken(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    return q_exchange_in_add(tx, e->subject_id, e->pos, json_int(p, "peer"), json_text(p, "kind"), json_text(p, "hash"), json_bool(p, "is_kept"), json_text(p, "defects"),
                             json_text(p, "signatures"), instant_iso(a, e->recorded_at), NULL);
}

const struct projection PROJECT_EXCHANGE[] = {
    {"exchange_partner.save", partner_save},
    {"exchange.tell", tell},
    {"exchange.told", told},
    {"exchange.take", taken},
    {NULL, NULL},
};
