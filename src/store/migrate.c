#include "store/migrate.h"

#include "db/sql.h"
#include "migrations.h"
#include "sql_migration.h"

static enum err table_in_transaction(struct db *tx, void *arg)
{
    (void)arg;
    return db_script(tx, &MIGRATIONS[0]);
}

struct applying {
    const struct sql_script *script;
    struct str at;
};

static enum err apply_in_transaction(struct db *tx, void *arg)
{
    const struct applying *m = arg;
    enum err err = db_script(tx, m->script);

    return err ? err : q_migration_add(tx, str_of(m->script->name), str_of(m->script->sha256), m->at, NULL);
}

static const struct sql_script *script_named(struct str name)
{
    for (size_t i = 1; i < MIGRATION_COUNT; i++)
        if (str_eq(str_of(MIGRATIONS[i].name), name))
            return &MIGRATIONS[i];
    return NULL;
}

static bool is_applied(const struct q_migration_list *row, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(row[i].name, str_of(name)))
            return true;
    return false;
}

/* What the store has seen must be ours, unchanged. */
static enum err trust(struct arena *a, const struct q_migration_list *row, size_t count, struct str *why)
{
    for (size_t i = 0; i < count; i++) {
        const struct sql_script *ours = script_named(row[i].name);
        if (!ours) {
            *why = str_format(a, "the store has seen migration %" PRIstr ", which this program does not know: "
                                 "it was written by a newer version; start that version",
                              STR_ARG(row[i].name));
            return ERR_CONFLICT;
        }
        if (!str_eq(str_of(ours->sha256), row[i].sha256)) {
            *why = str_format(a, "migration %" PRIstr " of the store differs from this program's: restore a backup "
                                 "made by this version, or start the version that wrote the store",
                              STR_ARG(row[i].name));
            return ERR_CONFLICT;
        }
    }
    return OK;
}

enum err store_migrate(struct db *db, struct arena *a, struct instant now, bool dry_run, struct migration_report *ret)
{
    struct q_migration_list *row;
    size_t count;

    *ret = (struct migration_report){.pending = ARENA_ARRAY(a, struct str, MIGRATION_COUNT)};
    enum err err = db_transact(db, table_in_transaction, NULL);
    if (!err)
        err = q_migration_list(db, a, &row, &count);
    if (!err)
        err = trust(a, row, count, &ret->why);
    if (err)
        return err;
    ret->known = count;
    for (size_t i = 1; i < MIGRATION_COUNT; i++) {
        struct applying m = {&MIGRATIONS[i], instant_iso(a, now)};
        if (is_applied(row, count, MIGRATIONS[i].name))
            continue;
        ret->pending[ret->pending_count++] = str_of(MIGRATIONS[i].name);
        err = dry_run ? OK : db_transact(db, apply_in_transaction, &m);
        if (err) {
            ret->why = str_format(a, "migration %s failed: %" PRIstr, MIGRATIONS[i].name, STR_ARG(db_why(db)));
            return err;
        }
    }
    return OK;
}
