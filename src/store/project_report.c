/* Reports on their way: begun, moved, frozen with their numbers. */
#include "sql_report_draft.h"
#include "store/project.h"

static enum err event(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t draft, struct str act)
{
    struct json p = e->payload;

    return q_report_event_add(tx, draft, e->pos, act, e->actor, instant_iso(a, e->recorded_at), json_text(p, "place"), json_text(p, "note"), NULL);
}

static enum err begin(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = q_report_draft_add(tx, e->pos, json_int(p, "unit"), json_text(p, "report"), json_int(p, "edition"), json_text(p, "period"),
                                      json_text(p, "from"), json_text(p, "to"), json_text(p, "ended"), json_int(p, "state"),
                                      json_canonical(a, json_get(p, "content")), e->actor, instant_iso(a, e->recorded_at), NULL);

    return err ? err : event(tx, a, e, e->pos, STR("begin"));
}

static enum err numbers(struct db *tx, int64_t draft, struct json list)
{
    enum err err = OK;

    for (size_t i = 0; !err && i < json_length(list); i++) {
        struct json n = json_at(list, i);
        err = q_report_number_add(tx, draft, (int64_t)i, json_text(n, "code"), json_bool(n, "is_indicator"), json_int(n, "unit"), json_int(n, "field"),
                                  json_text(n, "from"), json_text(n, "to"), json_int(n, "kind"), json_int(n, "n"), json_int(n, "whole"), NULL);
    }
    return err;
}

/* "act" says what was done; "state" and "content" what it is after it; "frozen", "document", "settles" if so. */
static enum err move(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, frozen = json_get(p, "frozen");
    int64_t draft = e->subject_id;
    enum err err = event(tx, a, e, draft, json_text(p, "act"));

    if (!err && json_has(p, "state"))
        err = q_report_draft_move(tx, draft, json_int(p, "state"), json_canonical(a, json_get(p, "content")), NULL);
    if (!err && json_has(p, "frozen"))
        err = q_report_draft_freeze(tx, draft, instant_iso(a, e->recorded_at), json_text(frozen, "as_of"), json_int(frozen, "edition"),
                                    json_text(frozen, "definitions"), json_canonical(a, json_get(frozen, "files")), NULL);
    if (!err && json_has(p, "frozen"))
        err = numbers(tx, draft, json_get(frozen, "numbers"));
    if (!err && json_has(p, "document"))
        err = q_report_draft_document(tx, draft, json_int(p, "document"), NULL);
    if (!err && json_has(p, "settles"))
        err = q_report_event_settle(tx, draft, json_int(p, "settles"), instant_iso(a, e->recorded_at), NULL);
    return err;
}

const struct projection PROJECT_REPORT[] = {{"report.begin", begin}, {"report.move", move}, {NULL, NULL}};
