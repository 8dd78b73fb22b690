/* Directives from figures: a task with the records that it is about. */
#include "sql_directive.h"
#include "store/project.h"

static enum err give(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, list = json_get(p, "records");
    enum err err = q_directive_add(tx, e->pos, json_int(p, "task"), json_text(p, "code"), json_bool(p, "is_indicator"), json_int(p, "unit"),
                                   json_int(p, "field"), json_bool(p, "cohort"), json_text(p, "from"), json_text(p, "to"), json_text(p, "as_of"),
                                   instant_iso(a, e->recorded_at), NULL);

    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json r = json_at(list, i);
        err = q_directive_record_add(tx, e->pos, (int64_t)i, json_int(r, "kind"), json_int(r, "id"), json_text(r, "title"), json_text(r, "unit"), NULL);
    }
    return err;
}

const struct projection PROJECT_DIRECTIVE[] = {{"directive.give", give}, {NULL, NULL}};
