#include "sql_peer.h"
#include "store/project.h"

enum err project_outbox(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json list = json_get(e->payload, "outbox");
    enum err err = OK;

    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json o = json_at(list, i);
        err = q_outbox_add(tx, e->pos, (int64_t)i + 1, json_int(o, "peer"), e->subject_id, json_int(o, "task"),
                           json_text(o, "kind"), json_text(o, "body"), instant_iso(a, e->recorded_at), NULL);
    }
    return err;
}

enum err project_inbox(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json from = json_get(e->payload, "from_peer");

    if (json_kind(from) != JSON_KIND_OBJECT)
        return OK;
    return q_inbox_add(tx, json_int(from, "peer"), json_text(from, "message"), e->pos, instant_iso(a, e->recorded_at), NULL);
}

static enum err save(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t unit, counter;
    const int64_t *sends = json_need_int(p, "unit", &unit) == OK ? &unit : NULL,
                  *takes = json_need_int(p, "counter", &counter) == OK ? &counter : NULL;

    struct str documents = json_has(p, "documents") ? json_text(p, "documents") : STR("none"),
               line = json_has(p, "line") ? json_text(p, "line") : STR("peer"); /* entries from before there was exchange say neither */

    (void)a;
    if (e->subject_id)
        return q_peer_set(tx, e->subject_id, json_text(p, "own_code"), json_text(p, "name"), sends, takes,
                          json_text(p, "address"), json_bool(p, "active"), documents, line, NULL);
    return q_peer_add(tx, e->pos, json_text(p, "code"), json_text(p, "own_code"), json_text(p, "name"), sends, takes,
                      json_text(p, "address"), json_bool(p, "active"), documents, line, NULL);
}

const struct projection PROJECT_PEER[] = {
    {"peer.save", save},
    {NULL, NULL},
};
