/* verify.h - proves that the store is what its journal says.
 *
 * Reads the whole journal: each entry's hash, its link to the one before in its unit's chain, no gap
 * in positions. Replays it into an empty store with the same code that wrote the tables, and
 * compares every row of every projected table, and the figures. Prints the Merkle root over the
 * heads of all chains: one number that stands for everything. */
#ifndef ACTS_VERIFY_H
#define ACTS_VERIFY_H

#include "acts/ctx.h"
#include "crypto/hash.h"

enum { VERIFY_FINDINGS_MAX = 100 };

struct verify_finding {
    struct str where; /* "journal 1234 (26041/17)", "dossier 1234" */
    struct str why;
};

struct verify_report {
    int64_t entries, chains, rows;
    struct hash root;
    struct verify_finding finding[VERIFY_FINDINGS_MAX];
    size_t finding_count;
};

/* `scratch`: a new, empty, migrated store to replay into. `arena` of ctx holds the report. */
enum err act_verify(struct ctx *ctx, struct db *scratch, struct verify_report *ret) MUST_CHECK;

#endif
