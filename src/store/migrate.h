/* migrate.h - brings a store to this program's schema, forwards only.
 *
 * Each migration runs in one transaction with the note that it ran. A store is refused when a
 * migration it has seen differs from ours, or when it has seen one we do not know: it was written
 * by a newer program. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "calendar/date.h"
#include "db/db.h"

struct migration_report {
    size_t known;         /* already there */
    struct str *pending;  /* names of those that ran, or with `dry_run` would run */
    size_t pending_count;
    struct str why;       /* when refused: what is wrong and how to mend it, for the operator */
};

/* ERR_CONFLICT: the store cannot be trusted, see `why`. */
enum err store_migrate(struct db *db, struct arena *a, struct instant now, bool dry_run,
                       struct migration_report *ret) MUST_CHECK;

#endif
