#include "sql_process.h"
#include "store/project.h"

static enum err save(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str at = instant_iso(a, e->recorded_at);

    if (e->subject_id)
        return q_process_set(tx, e->subject_id, json_text(p, "name"), json_text(p, "xml"), json_text(p, "decision"),
                             json_text(p, "rule"), json_text(p, "note"), e->actor, at, NULL);
    return q_process_add(tx, e->pos, json_int(p, "procedure"), json_int(p, "no"), json_text(p, "name"),
                         json_text(p, "xml"), json_text(p, "decision"), json_text(p, "rule"), json_text(p, "note"),
                         e->actor, at, NULL);
}

/* The one before it ends on the day before. */
static enum err publish(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = q_process_end(tx, json_int(p, "procedure"), e->subject_id, json_text(p, "last_day_before"), NULL);

    (void)a;
    return err ? err : q_process_publish(tx, e->subject_id, json_text(p, "valid_from"), NULL);
}

const struct projection PROJECT_PROCESS[] = {
    {"process.save", save},
    {"process.publish", publish},
    {NULL, NULL},
};
