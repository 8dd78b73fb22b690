#include "store/journal.h"

#include "sql_journal.h"
#include "store/project.h"

struct hash journal_hash(const struct journal_row *row)
{
    char head[512];
    struct hasher h;

    hasher_init(&h);
    int n = snprintf(head, sizeof head, "motcua journal 1\n%lld\n", (long long)row->pos);
    hasher_add(&h, (struct str){head, (size_t)n});
    hasher_add(&h, row->unit);
    n = snprintf(head, sizeof head, "\n%lld\n", (long long)row->seq);
    hasher_add(&h, (struct str){head, (size_t)n});
    hasher_add(&h, row->happened_at);
    hasher_add(&h, STR("\n"));
    hasher_add(&h, row->recorded_at);
    n = snprintf(head, sizeof head, "\n%lld\n", (long long)row->actor);
    hasher_add(&h, (struct str){head, (size_t)n});
    hasher_add(&h, row->act);
    hasher_add(&h, STR("\n"));
    hasher_add(&h, row->subject);
    hasher_add(&h, STR("\n"));
    hasher_add(&h, row->payload);
    hasher_add(&h, STR("\n"));
    hasher_add(&h, row->prev_hash);
    return hasher_done(&h);
}

static enum err head_load(struct db *tx, struct arena *a, struct str unit, struct q_journal_head *ret)
{
    enum err err = q_journal_head(tx, a, unit, ret);

    if (err != ERR_NOT_FOUND)
        return err;
    *ret = (struct q_journal_head){0, {ARENA_ARRAY(a, char, sizeof(struct hash)), sizeof(struct hash)}};
    return OK;
}

enum err journal_append(struct db *tx, struct arena *a, struct journal_entry *e)
{
    struct q_journal_head head;
    struct q_journal_last last;
    enum err err = head_load(tx, a, e->unit, &head);

    if (!err)
        err = q_journal_last(tx, a, &last);
    if (err)
        return err;
    e->pos = last.pos + 1;
    e->seq = head.seq + 1;
    struct journal_row row = {
        .pos = e->pos,
        .seq = e->seq,
        .actor = e->actor,
        .unit = e->unit,
        .happened_at = instant_iso(a, e->happened_at),
        .recorded_at = instant_iso(a, e->recorded_at),
        .act = e->act,
        .subject = str_format(a, "%" PRIstr "/%lld", STR_ARG(e->subject_kind),
                              (long long)(e->subject_id ? e->subject_id : e->pos)),
        .payload = json_canonical(a, e->payload),
        .prev_hash = head.hash,
    };
    struct hash hash = journal_hash(&row);
    struct str bytes = {(const char *)hash.b, sizeof hash.b};
    err = q_journal_add(tx, row.pos, row.unit, row.seq, row.happened_at, row.recorded_at, row.actor, row.act,
                        row.subject, row.payload, row.prev_hash, bytes, NULL);
    if (!err)
        err = q_journal_head_set(tx, row.unit, row.seq, row.pos, bytes, NULL);
    return err ? err : project(tx, a, e);
}

enum err journal_entry_of_row(struct arena *a, const struct journal_row *row, struct journal_entry *ret)
{
    struct journal_entry e = {.unit = row->unit, .actor = row->actor, .act = row->act, .pos = row->pos,
                              .seq = row->seq};
    struct str rest = row->subject, kind;
    enum err err = instant_parse(row->happened_at, &e.happened_at);

    if (!err)
        err = instant_parse(row->recorded_at, &e.recorded_at);
    if (!err)
        err = json_parse(a, row->payload, &e.payload, NULL);
    if (!err && !str_split(&rest, '/', &kind))
        err = ERR_INVALID;
    if (!err)
        err = str_parse_int(rest, 1, INT64_MAX, &e.subject_id);
    if (err)
        return ERR_INVALID;
    e.subject_kind = kind;
    if (e.subject_id == e.pos)
        e.subject_id = 0;
    *ret = e;
    return OK;
}
