/* journal.h - the truth: an append-only chain of what was done, per unit.
 *
 * journal_append is the only way to change a projected table: it links the entry to its unit's
 * chain and replays it into the tables (project.h) in the same transaction. The hash of an entry
 * is SHA-256 over
 *
 *     "motcua journal 1\n" pos "\n" unit "\n" seq "\n" happened_at "\n" recorded_at "\n" actor "\n"
 *     act "\n" subject "\n" payload "\n" prev_hash
 *
 * numbers in decimal, prev_hash as 32 bytes (zeros before the first entry), payload as canonical
 * JSON, which holds no line feed: nobody can move a byte between two parts. */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "base/arena.h"
#include "calendar/date.h"
#include "crypto/hash.h"
#include "db/db.h"
#include "format/json.h"

enum { JOURNAL_ACTOR_SYSTEM = 0 };

struct journal_entry {
    struct str unit;             /* code of the unit whose chain it belongs to */
    struct instant happened_at;  /* when in the world */
    struct instant recorded_at;  /* when we learned */
    int64_t actor;               /* person, or JOURNAL_ACTOR_SYSTEM */
    struct str act;              /* "dossier.receive" */
    struct str subject_kind;     /* "dossier" */
    int64_t subject_id;          /* 0: the entry creates it, its id is the entry's pos */
    struct json payload;
    int64_t pos, seq;            /* filled by journal_append */
};

/* Appends and projects. Must run inside a db_transact work. */
enum err journal_append(struct db *tx, struct arena *a, struct journal_entry *e) MUST_CHECK;

/* One stored entry, as it stands in the table. */
struct journal_row {
    int64_t pos, seq, actor;
    struct str unit, happened_at, recorded_at, act, subject, payload;
    struct str prev_hash, hash; /* bytes */
};

/* The hash that `row` must have. Pure. */
struct hash journal_hash(const struct journal_row *row);

/* Turns a stored row back into an entry, parsing its payload. ERR_INVALID: not well-formed. */
enum err journal_entry_of_row(struct arena *a, const struct journal_row *row,
                              struct journal_entry *ret) MUST_CHECK;

#endif
