#include "acts/verify.h"

#include <inttypes.h>

#include "acts/file.h"
#include "crypto/hex.h"
#include "crypto/merkle.h"
#include "db/db.h"
#include "sql_file.h"
#include "sql_journal.h"
#include "sql_verify.h"
#include "store/journal.h"
#include "store/project.h"

enum { REPLAY_GROUP = 5000, SCRATCH_BYTES = 256 * 1024 * 1024, DIGEST = 16 };

/* Tables in the order of the stairs between them; `keys`: how many leading columns name a row. */
static const struct table {
    const char *name;
    const struct sql *all;
    int keys;
} TABLES[] = {
    {"journal_head", &SQL_VERIFY_JOURNAL_HEAD, 1},
    {"reference", &SQL_VERIFY_REFERENCE, 1},
    {"series", &SQL_VERIFY_SERIES, 1},
    {"calendar", &SQL_VERIFY_CALENDAR, 1},
    {"calendar_day", &SQL_VERIFY_CALENDAR_DAY, 2},
    {"calendar_hours", &SQL_VERIFY_CALENDAR_HOURS, 2},
    {"unit", &SQL_VERIFY_UNIT, 1},
    {"unit_successor", &SQL_VERIFY_UNIT_SUCCESSOR, 2},
    {"unit_closure", &SQL_VERIFY_UNIT_CLOSURE, 2},
    {"field", &SQL_VERIFY_FIELD, 1},
    {"reason", &SQL_VERIFY_REASON, 1},
    {"person", &SQL_VERIFY_PERSON, 1},
    {"role", &SQL_VERIFY_ROLE, 1},
    {"role_right", &SQL_VERIFY_ROLE_RIGHT, 2},
    {"person_grant", &SQL_VERIFY_PERSON_GRANT, 1},
    {"delegation", &SQL_VERIFY_DELEGATION, 1},
    {"procedure", &SQL_VERIFY_PROCEDURE, 1},
    {"procedure_version", &SQL_VERIFY_PROCEDURE_VERSION, 1},
    {"procedure_case", &SQL_VERIFY_PROCEDURE_CASE, 2},
    {"procedure_paper", &SQL_VERIFY_PROCEDURE_PAPER, 3},
    {"process_step", &SQL_VERIFY_PROCESS_STEP, 2},
    {"procedure_unit", &SQL_VERIFY_PROCEDURE_UNIT, 2},
    {"procedure_posting", &SQL_VERIFY_PROCEDURE_POSTING, 1},
    {"process", &SQL_VERIFY_PROCESS, 1},
    {"dossier", &SQL_VERIFY_DOSSIER, 1},
    {"dossier_paper", &SQL_VERIFY_DOSSIER_PAPER, 2},
    {"task", &SQL_VERIFY_TASK, 2},
    {"flow", &SQL_VERIFY_FLOW, 1},
    {"suspension", &SQL_VERIFY_SUSPENSION, 2},
    {"extension", &SQL_VERIFY_EXTENSION, 1},
    {"dossier_fact", &SQL_VERIFY_DOSSIER_FACT, 2},
    {"dossier_count", &SQL_VERIFY_DOSSIER_COUNT, 9},
    {"dossier_read", &SQL_VERIFY_DOSSIER_READ, 2},
    {"timer", &SQL_VERIFY_TIMER, 4},
    {"notice", &SQL_VERIFY_NOTICE, 2},
    {"child", &SQL_VERIFY_CHILD, 2},
    {"absence", &SQL_VERIFY_ABSENCE, 1},
    {"peer", &SQL_VERIFY_PEER, 1},
    {"outbox", &SQL_VERIFY_OUTBOX, 2},
    {"document_comment", &SQL_VERIFY_DOCUMENT_COMMENT, 1},
    {"exchange_partner", &SQL_VERIFY_EXCHANGE_PARTNER, 1},
    {"exchange_out", &SQL_VERIFY_EXCHANGE_OUT, 1},
    {"exchange_in", &SQL_VERIFY_EXCHANGE_IN, 2},
    {"inbox", &SQL_VERIFY_INBOX, 2},
    {"cooperation_rule", &SQL_VERIFY_COOPERATION_RULE, 1},
    {"document_type", &SQL_VERIFY_DOCUMENT_TYPE, 1},
    {"document_series", &SQL_VERIFY_DOCUMENT_SERIES, 1},
    {"document_issuer", &SQL_VERIFY_DOCUMENT_ISSUER, 1},
    {"work_file", &SQL_VERIFY_WORK_FILE, 1},
    {"document", &SQL_VERIFY_DOCUMENT, 1},
    {"document_version", &SQL_VERIFY_DOCUMENT_VERSION, 2},
    {"document_file", &SQL_VERIFY_DOCUMENT_FILE, 2},
    {"document_step", &SQL_VERIFY_DOCUMENT_STEP, 2},
    {"document_recipient", &SQL_VERIFY_DOCUMENT_RECIPIENT, 2},
    {"document_task", &SQL_VERIFY_DOCUMENT_TASK, 1},
    {"document_task_report", &SQL_VERIFY_DOCUMENT_TASK_REPORT, 2},
    {"document_task_fact", &SQL_VERIFY_DOCUMENT_TASK_FACT, 2},
    {"document_fact", &SQL_VERIFY_DOCUMENT_FACT, 2},
    {"document_number", &SQL_VERIFY_DOCUMENT_NUMBER, 2},
    {"certificate", &SQL_VERIFY_CERTIFICATE, 1},
    {"certificate_event", &SQL_VERIFY_CERTIFICATE_EVENT, 2},
    {"certificate_review", &SQL_VERIFY_CERTIFICATE_REVIEW, 2},
    {"certificate_use", &SQL_VERIFY_CERTIFICATE_USE, 2},
    {"certificate_warning", &SQL_VERIFY_CERTIFICATE_WARNING, 2},
    {"certificate_register", &SQL_VERIFY_CERTIFICATE_REGISTER, 1},
    {"book", &SQL_VERIFY_BOOK, 1},
    {"book_edition", &SQL_VERIFY_BOOK_EDITION, 2},
    {"book_entry", &SQL_VERIFY_BOOK_ENTRY, 1},
    {"book_version", &SQL_VERIFY_BOOK_VERSION, 2},
    {"book_key", &SQL_VERIFY_BOOK_KEY, 2},
    {"book_declaration", &SQL_VERIFY_BOOK_DECLARATION, 1},
    {"definition", &SQL_VERIFY_DEFINITION, 3},
    {"report_draft", &SQL_VERIFY_REPORT_DRAFT, 1},
    {"report_event", &SQL_VERIFY_REPORT_EVENT, 2},
    {"report_number", &SQL_VERIFY_REPORT_NUMBER, 2},
    {"directive", &SQL_VERIFY_DIRECTIVE, 1},
    {"directive_record", &SQL_VERIFY_DIRECTIVE_RECORD, 2},
};

struct chain {
    struct str unit;
    int64_t seq, pos;
    struct hash hash;
};

struct verifying {
    struct ctx *ctx;
    struct db *scratch;
    struct verify_report *report;
    struct chain *chain; /* few: one per unit */
    size_t chain_count, chain_room;
    int64_t pos;
    /* the replay, in groups */
    struct arena *group;
    struct journal_entry *entry;
    size_t entry_count;
    bool replay_stopped;
};

static void find(struct verifying *v, struct str where, struct str why)
{
    struct verify_report *r = v->report;

    if (r->finding_count < VERIFY_FINDINGS_MAX)
        r->finding[r->finding_count++] = (struct verify_finding){where, why};
}

static struct str journal_where(struct arena *a, const struct q_journal_all *row)
{
    return str_format(a, "journal %" PRId64 " (%" PRIstr "/%" PRId64 ")", row->pos, STR_ARG(row->unit), row->seq);
}

/* ---- files that documents name ---- */

static enum err files_check(struct verifying *v)
{
    struct ctx *ctx = v->ctx;
    struct q_file_named *f;
    size_t count;
    enum err err = q_file_named(ctx->db, ctx->arena, &f, &count);

    for (size_t i = 0; !err && i < count; i++) {
        struct arena *one = arena_new(SCRATCH_BYTES);
        struct str bytes;
        enum err read = file_bytes(ctx->db, one, f[i].hash, &bytes);
        if (read == ERR_NOT_FOUND)
            find(v, str_format(ctx->arena, "file %" PRIstr, STR_ARG(f[i].hash)), STR("is named by a document, and is not here"));
        else if (read == ERR_STORE)
            find(v, str_format(ctx->arena, "file %" PRIstr, STR_ARG(f[i].hash)), STR("does not have its hash"));
        else
            err = read;
        arena_free(one);
    }
    return err;
}

/* ---- the chains ---- */

static struct chain *chain_of(struct verifying *v, struct str unit)
{
    for (size_t i = 0; i < v->chain_count; i++)
        if (str_eq(v->chain[i].unit, unit))
            return &v->chain[i];
    if (v->chain_count == v->chain_room) {
        size_t room = v->chain_room ? v->chain_room * 2 : 64;
        struct chain *more = ARENA_ARRAY(v->ctx->arena, struct chain, room);
        if (v->chain_count)
            memcpy(more, v->chain, v->chain_count * sizeof *more);
        v->chain = more;
        v->chain_room = room;
    }
    struct chain *c = &v->chain[v->chain_count++];
    *c = (struct chain){.unit = str_copy(v->ctx->arena, unit)};
    return c;
}

static struct str hash_bytes(const struct hash *h)
{
    return (struct str){(const char *)h->b, sizeof h->b};
}

static void link_check(struct verifying *v, const struct q_journal_all *row, const struct journal_row *stored)
{
    struct arena *a = v->ctx->arena;
    struct chain *c = chain_of(v, row->unit);
    struct hash must = journal_hash(stored);

    if (row->pos != v->pos + 1)
        find(v, journal_where(a, row), str_format(a, "position %" PRId64 " follows %" PRId64 ": entries are missing",
                                                  row->pos, v->pos));
    if (row->seq != c->seq + 1)
        find(v, journal_where(a, row), str_format(a, "number %" PRId64 " follows %" PRId64 " in its chain", row->seq,
                                                  c->seq));
    if (!str_eq(row->prev_hash, hash_bytes(&c->hash)))
        find(v, journal_where(a, row), STR("does not continue the entry before it"));
    if (!str_eq(row->hash, hash_bytes(&must)))
        find(v, journal_where(a, row), STR("its content does not have its hash"));
    v->pos = row->pos;
    c->seq = row->seq;
    c->pos = row->pos;
    if (row->hash.n == sizeof c->hash.b)
        memcpy(c->hash.b, row->hash.p, sizeof c->hash.b);
}

/* ---- the replay ---- */

static enum err replay_in_transaction(struct db *tx, void *arg)
{
    struct verifying *v = arg;

    for (size_t i = 0; i < v->entry_count; i++) {
        struct journal_entry *e = &v->entry[i];
        enum err err = project(tx, v->group, e);
        if (err) {
            find(v, str_format(v->ctx->arena, "journal %" PRId64 " (%" PRIstr "/%" PRId64 ")", e->pos, STR_ARG(e->unit), e->seq),
                 str_format(v->ctx->arena, "cannot be replayed: %s", err_name(err)));
            v->replay_stopped = true;
            return err;
        }
    }
    return OK;
}

static enum err replay_flush(struct verifying *v)
{
    enum err err = OK;

    if (v->entry_count && !v->replay_stopped)
        err = db_transact(v->scratch, replay_in_transaction, v);
    v->entry_count = 0;
    arena_reset(v->group);
    v->entry = ARENA_ARRAY(v->group, struct journal_entry, REPLAY_GROUP);
    return v->replay_stopped ? OK : err;
}

static enum err entry_row(void *arg, const struct q_journal_all *row)
{
    struct verifying *v = arg;
    struct arena *a = v->group;
    struct journal_row stored = {
        .pos = row->pos, .seq = row->seq, .actor = row->actor,
        .unit = str_copy(a, row->unit), .happened_at = row->happened_at, .recorded_at = row->recorded_at,
        .act = str_copy(a, row->act), .subject = str_copy(a, row->subject), .payload = row->payload,
        .prev_hash = row->prev_hash, .hash = row->hash,
    };

    v->report->entries++;
    link_check(v, row, &stored);
    if (v->replay_stopped)
        return OK;
    if (journal_entry_of_row(a, &stored, &v->entry[v->entry_count])) {
        find(v, journal_where(v->ctx->arena, row), STR("is not well-formed"));
        v->replay_stopped = true;
        return OK;
    }
    return ++v->entry_count == REPLAY_GROUP ? replay_flush(v) : OK;
}

/* The heads are written by journal_append, not by a projection: the replayed store gets those that
 * the chains must have, so that they are compared like any table. */
static enum err heads_in_transaction(struct db *tx, void *arg)
{
    struct verifying *v = arg;
    enum err err = OK;

    for (size_t i = 0; !err && i < v->chain_count; i++)
        err = q_journal_head_set(tx, v->chain[i].unit, v->chain[i].seq, v->chain[i].pos, hash_bytes(&v->chain[i].hash),
                                 NULL);
    return err;
}

/* ---- the comparison ---- */

struct digests {
    struct arena *arena;
    unsigned char (*digest)[DIGEST];
    size_t count, room;
};

static void row_digest(const struct db_value *value, size_t n, unsigned char ret[DIGEST])
{
    struct hasher h;

    hasher_init(&h);
    for (size_t i = 0; i < n; i++) {
        int64_t head[3] = {value[i].kind, value[i].kind == DB_INT ? value[i].i : 0,
                           value[i].kind == DB_TEXT || value[i].kind == DB_BLOB ? (int64_t)value[i].s.n : -1};
        hasher_add(&h, (struct str){(const char *)head, sizeof head});
        if (head[2] > 0)
            hasher_add(&h, value[i].s);
    }
    struct hash hash = hasher_done(&h);
    memcpy(ret, hash.b, DIGEST);
}

static enum err digest_row(void *arg, const struct db_value *value, size_t n)
{
    struct digests *d = arg;

    if (d->count == d->room) {
        size_t room = d->room ? d->room * 2 : 1024;
        unsigned char(*more)[DIGEST] = arena_alloc(d->arena, room, DIGEST, 1);
        if (d->count)
            memcpy(more, d->digest, d->count * DIGEST);
        d->digest = more;
        d->room = room;
    }
    row_digest(value, n, d->digest[d->count++]);
    return OK;
}

/* Walks a table beside the digests of its twin, until the first row that differs. */
struct walking {
    const struct digests *twin;
    const struct table *table;
    struct arena *arena;
    size_t at;
    bool differs;
    struct str where;
};

static struct str row_name(struct arena *a, const struct table *t, const struct db_value *value)
{
    struct buf b = buf_in(a);

    buf_format(&b, "%s", t->name);
    for (int i = 0; i < t->keys; i++) {
        if (value[i].kind == DB_INT)
            buf_format(&b, "%s%" PRId64, i ? "/" : " ", value[i].i);
        else
            buf_format(&b, "%s%" PRIstr, i ? "/" : " ", STR_ARG(value[i].s));
    }
    return str_copy(a, buf_str(&b));
}

static enum err walk_row(void *arg, const struct db_value *value, size_t n)
{
    struct walking *w = arg;
    unsigned char digest[DIGEST];

    if (w->differs)
        return OK;
    row_digest(value, n, digest);
    if (w->at >= w->twin->count || memcmp(digest, w->twin->digest[w->at], DIGEST) != 0) {
        w->differs = true;
        w->where = row_name(w->arena, w->table, value);
    }
    w->at++;
    return OK;
}

static enum err compare(struct verifying *v, const struct table *t)
{
    struct arena *a = arena_new((size_t)8 << 30);
    struct digests must = {.arena = a}, is = {.arena = a};
    enum err err = db_each(v->scratch, t->all, NULL, 0, digest_row, &must);

    if (!err)
        err = db_each(v->ctx->db, t->all, NULL, 0, digest_row, &is);
    v->report->rows += (int64_t)is.count;
    if (!err && (must.count != is.count || (is.count && memcmp(must.digest, is.digest, is.count * DIGEST) != 0))) {
        struct walking stored = {.twin = &must, .table = t, .arena = v->ctx->arena, .where = STR("")};
        struct walking replayed = {.twin = &is, .table = t, .arena = v->ctx->arena, .where = STR("")};
        err = db_each(v->ctx->db, t->all, NULL, 0, walk_row, &stored);
        if (!err)
            err = db_each(v->scratch, t->all, NULL, 0, walk_row, &replayed);
        if (stored.differs)
            find(v, stored.where, STR("is not what the journal says"));
        if (replayed.differs && !str_eq(stored.where, replayed.where))
            find(v, replayed.where, STR("is missing or stands elsewhere"));
    }
    arena_free(a);
    return err;
}

static int chain_cmp(const void *a, const void *b)
{
    return str_cmp(((const struct chain *)a)->unit, ((const struct chain *)b)->unit);
}

/* RFC 6962 over the heads in order of their units. */
static struct hash root_of(struct verifying *v)
{
    struct hash *leaf = ARENA_ARRAY(v->ctx->arena, struct hash, v->chain_count);

    if (v->chain_count)
        qsort(v->chain, v->chain_count, sizeof *v->chain, chain_cmp);
    for (size_t i = 0; i < v->chain_count; i++)
        leaf[i] = merkle_leaf(str_format(v->ctx->arena, "%" PRIstr "\n%" PRId64 "\n%" PRIstr, STR_ARG(v->chain[i].unit),
                                         v->chain[i].seq,
                                         STR_ARG(hex_encode(v->ctx->arena, hash_bytes(&v->chain[i].hash)))));
    return merkle_root(leaf, v->chain_count);
}

enum err act_verify(struct ctx *ctx, struct db *scratch, struct verify_report *ret)
{
    struct verifying v = {.ctx = ctx, .scratch = scratch, .report = ret, .group = arena_new(SCRATCH_BYTES)};

    *ret = (struct verify_report){.entries = 0};
    v.entry = ARENA_ARRAY(v.group, struct journal_entry, REPLAY_GROUP);
    enum err err = q_journal_all_each(ctx->db, 0, entry_row, &v);
    if (!err)
        err = replay_flush(&v);
    arena_free(v.group);
    if (!err)
        err = db_transact(scratch, heads_in_transaction, &v);
    for (size_t i = 0; !err && !v.replay_stopped && i < sizeof TABLES / sizeof TABLES[0]; i++)
        err = compare(&v, &TABLES[i]);
    if (!err)
        err = files_check(&v);
    ret->chains = (int64_t)v.chain_count;
    ret->root = root_of(&v);
    return err;
}
