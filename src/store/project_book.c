/* Books, their entries and who says that they are complete. */
#include "sql_book.h"
#include "sql_definition.h"
#include "store/project.h"

static const int64_t *or_null(const int64_t *id)
{
    return *id ? id : NULL;
}

/* "edition" counts up from 1; the fields themselves are "content", canonical as the whole payload is. */
static enum err define(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str content = json_canonical(a, json_get(p, "content"));
    int64_t id = e->subject_id ? e->subject_id : e->pos;
    enum err err = q_book_set(tx, id, json_text(p, "code"), json_text(p, "name"), json_text(p, "part"), json_int(p, "edition"), content,
                              json_int(p, "sort_no"), NULL);

    return err ? err : q_book_edition_add(tx, id, json_int(p, "edition"), instant_iso(a, e->recorded_at), content, NULL);
}

/* One version of an entry, new or changed or struck. */
static enum err entry(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t id = e->subject_id ? e->subject_id : e->pos, book = json_int(p, "book"), actor = e->actor;
    struct str at = instant_iso(a, e->recorded_at), data = json_canonical(a, json_get(p, "data"));
    enum err err = q_book_entry_set(tx, id, book, json_int(p, "unit"), json_text(p, "day"), json_text(p, "until"), json_text(p, "title"),
                                    json_text(p, "search"), data, json_bool(p, "is_struck"), json_int(p, "version"), NULL);

    if (!err)
        err = q_book_version_close(tx, id, at, NULL);
    if (!err)
        err = q_book_version_add(tx, id, json_int(p, "version"), book, json_int(p, "edition"), json_int(p, "unit"), json_text(p, "day"),
                                 json_text(p, "until"), json_text(p, "title"), data, json_bool(p, "is_struck"), json_text(p, "reason"),
                                 or_null(&actor), instant_iso(a, e->happened_at), at, NULL);
    if (!err)
        err = q_book_key_clear(tx, id, NULL);
    if (!err && json_has(p, "key"))
        err = q_book_key_add(tx, book, json_text(p, "key"), id, NULL);
    return err;
}

static enum err declare(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t actor = e->actor;

    return q_book_declaration_add(tx, e->pos, json_int(p, "book"), json_int(p, "unit"), json_text(p, "from"), json_text(p, "to"),
                                  json_text(p, "note"), or_null(&actor), instant_iso(a, e->recorded_at), NULL);
}

static enum err take_back(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    return q_book_declaration_end(tx, e->subject_id, instant_iso(a, e->recorded_at), NULL);
}

static enum err defined(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    return q_definition_add(tx, json_text(p, "kind"), json_text(p, "code"), json_int(p, "edition"), json_int(p, "sort_no"), instant_iso(a, e->recorded_at),
                            json_canonical(a, json_get(p, "content")), NULL);
}

const struct projection PROJECT_BOOK[] = {
    {"book.define", define}, {"book.enter", entry}, {"book.declare", declare}, {"book.take_back", take_back}, {"definition.set", defined}, {NULL, NULL},
};
