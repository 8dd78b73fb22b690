/* SQLite: one data file. */
#include <sqlite3.h>
#include <sys/time.h>

#include "db/engine.h"

enum {
    BUSY_MS = 10000,
    READER_CACHE_KB = 2 * 1024,
    WRITER_CACHE_KB = 64 * 1024,
    MMAP_BYTES = 1 << 30,
    CHECKPOINT_MS = 250,
    CHECKPOINT_PAGES = 2000,        /* worth a passive one */
    TRUNCATE_PAGES = 256 * 256,     /* 256 MB of log: readers may have to wait a moment */
    CONNECTION_STATEMENTS = 512,
};

struct prepared {
    sqlite3_stmt *stmt;
    int parameter[DB_PARAMETERS_MAX]; /* where $1, $2 … stand: SQLite numbers names as they appear */
};

struct lite {
    sqlite3 *sqlite;
    struct prepared *prepared;        /* by sql->index */
    int room;
    sqlite3_stmt *control[DB_CONTROL__COUNT];
};

static const char *const CONTROLS[] = {
    [DB_BEGIN_WRITE] = "BEGIN IMMEDIATE", [DB_BEGIN_READ] = "BEGIN",       [DB_COMMIT] = "COMMIT",
    [DB_ROLLBACK] = "ROLLBACK",           [DB_SAVEPOINT] = "SAVEPOINT w",  [DB_RELEASE] = "RELEASE w",
    [DB_ROLLBACK_TO] = "ROLLBACK TO w",
};

/* ---- errors ---- */

static enum err failed(struct db *db, int code, const char *doing)
{
    db_say_why(db, "%s: %s (%d)", doing, sqlite3_errmsg(db->lite->sqlite), code);
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_TOOBIG:
        return ERR_LIMIT;
    default:
        return ERR_STORE;
    }
}

/* ---- opening ---- */

static int wal_hook(void *arg, sqlite3 *sqlite, const char *name, int pages)
{
    struct db_pool *pool = arg;

    (void)sqlite;
    (void)name;
    atomic_store(&pool->wal_pages, pages);
    return SQLITE_OK;
}

static enum err setup(struct db *db)
{
    char pragmas[512];
    sqlite3 *s = db->lite->sqlite;

    sqlite3_extended_result_codes(s, 1);
    sqlite3_busy_timeout(s, BUSY_MS);
    sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-%d; PRAGMA mmap_size=%d;"
             "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;",
             db->is_writer ? WRITER_CACHE_KB : READER_CACHE_KB, MMAP_BYTES);
    int code = sqlite3_exec(s, pragmas, NULL, NULL, NULL);
    if (code)
        return failed(db, code, "opening");
    if (db->is_writer)
        sqlite3_wal_hook(s, wal_hook, db->pool);
    return OK;
}

static enum err lite_open(struct db *db, struct str where)
{
    db->lite = calloc(1, sizeof *db->lite);
    if (!db->lite)
        BUG("out of memory");
    int code = sqlite3_open_v2(where.p, &db->lite->sqlite,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    return code ? failed(db, code, "opening") : setup(db);
}

static void lite_close(struct db *db)
{
    struct lite *l = db->lite;

    if (!l)
        return;
    for (int i = 0; i < l->room; i++)
        sqlite3_finalize(l->prepared[i].stmt);
    for (int i = 0; i < DB_CONTROL__COUNT; i++)
        sqlite3_finalize(l->control[i]);
    if (l->sqlite && db->is_writer)
        sqlite3_exec(l->sqlite, "PRAGMA analysis_limit=400; PRAGMA optimize;", NULL, NULL, NULL);
    sqlite3_close(l->sqlite);
    free(l->prepared);
    free(l);
    db->lite = NULL;
}

/* ---- statements ---- */

static enum err prepare(struct db *db, const struct sql *sql, struct prepared **ret)
{
    struct lite *l = db->lite;

    if (sql->index >= l->room) {
        int room = sql->index + CONNECTION_STATEMENTS;
        l->prepared = realloc(l->prepared, (size_t)room * sizeof *l->prepared);
        if (!l->prepared)
            BUG("out of memory");
        memset(l->prepared + l->room, 0, (size_t)(room - l->room) * sizeof *l->prepared);
        l->room = room;
    }
    struct prepared *p = &l->prepared[sql->index];
    *ret = p;
    if (p->stmt)
        return OK;
    int code = sqlite3_prepare_v3(l->sqlite, sql->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &p->stmt, NULL);
    if (code)
        return failed(db, code, sql->name);
    for (int i = 0; i < sql->parameter_count; i++) {
        char name[16];
        snprintf(name, sizeof name, "$%d", i + 1);
        p->parameter[i] = sqlite3_bind_parameter_index(p->stmt, name);
        if (!p->parameter[i])
            BUG("%s has no $%d", sql->name, i + 1);
    }
    return OK;
}

static enum err bind(struct db *db, const struct sql *sql, struct prepared *p, const struct db_value *value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct db_value *v = &value[i];
        int code = SQLITE_OK, at = p->parameter[i];
        switch (v->kind) {
        case DB_NULL:
            code = sqlite3_bind_null(p->stmt, at);
            break;
        case DB_INT:
            code = sqlite3_bind_int64(p->stmt, at, v->i);
            break;
        case DB_TEXT:
            code = sqlite3_bind_text64(p->stmt, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
            break;
        case DB_BLOB:
            code = sqlite3_bind_blob64(p->stmt, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC);
            break;
        }
        if (code)
            return failed(db, code, sql->name);
    }
    return OK;
}

static struct db_value column(sqlite3_stmt *stmt, int i)
{
    switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_INTEGER:
        return DB_I(sqlite3_column_int64(stmt, i));
    case SQLITE_TEXT: {
        const char *p = (const char *)sqlite3_column_text(stmt, i);
        return DB_T(((struct str){p, (size_t)sqlite3_column_bytes(stmt, i)}));
    }
    case SQLITE_BLOB: {
        const char *p = sqlite3_column_blob(stmt, i);
        return DB_B(((struct str){p ? p : "", (size_t)sqlite3_column_bytes(stmt, i)}));
    }
    default:
        return DB_N;
    }
}

static enum err rows(struct db *db, const struct sql *sql, struct prepared *p, db_row_fn *row, void *arg)
{
    struct db_value value[DB_PARAMETERS_MAX];
    int n = sqlite3_column_count(p->stmt), code;
    enum err err = OK;

    if (n != sql->column_count)
        BUG("%s answers %d columns, not %d", sql->name, n, sql->column_count);
    while (!err && (code = sqlite3_step(p->stmt)) != SQLITE_DONE) {
        if (code != SQLITE_ROW) {
            err = failed(db, code, sql->name);
            break;
        }
        for (int i = 0; i < n; i++)
            value[i] = column(p->stmt, i);
        err = row(arg, value, (size_t)n);
    }
    return err;
}

static enum err lite_each(struct db *db, const struct sql *sql, const struct db_value *value, size_t n, db_row_fn *row,
                          void *arg)
{
    struct prepared *p;
    enum err err = prepare(db, sql, &p);

    if (!err)
        err = bind(db, sql, p, value, n);
    if (!err)
        err = rows(db, sql, p, row, arg);
    if (p->stmt)
        sqlite3_reset(p->stmt);
    return err;
}

static enum err lite_exec(struct db *db, const struct sql *sql, const struct db_value *value, size_t n, int64_t *ret_changed)
{
    struct prepared *p;
    enum err err = prepare(db, sql, &p);

    if (!err)
        err = bind(db, sql, p, value, n);
    if (err)
        return err;
    int code = sqlite3_step(p->stmt);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        err = failed(db, code, sql->name);
    sqlite3_reset(p->stmt);
    *ret_changed = sqlite3_changes64(db->lite->sqlite);
    return err;
}

static enum err lite_control(struct db *db, enum db_control what)
{
    sqlite3_stmt **stmt = &db->lite->control[what];
    int code = SQLITE_OK;

    if (!*stmt)
        code = sqlite3_prepare_v3(db->lite->sqlite, CONTROLS[what], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
    if (!code) {
        code = sqlite3_step(*stmt);
        sqlite3_reset(*stmt);
    }
    return code == SQLITE_DONE ? OK : failed(db, code, CONTROLS[what]);
}

static enum err lite_script(struct db *db, const char *text)
{
    int code = sqlite3_exec(db->lite->sqlite, text, NULL, NULL, NULL);

    return code ? failed(db, code, "script") : OK;
}

const struct db_driver DB_DRIVER_SQLITE = {lite_open, lite_close, lite_each, lite_exec, lite_control, lite_script};

/* ---- the log, copied into the file in the background ---- */

static void *checkpoint_main(void *arg)
{
    struct db_pool *pool = arg;
    struct db db = {.magic = DB_MAGIC, .pool = pool};
    unsigned seen = 0;

    if (lite_open(&db, str_of(pool->where)) == OK) {
        sqlite3_busy_timeout(db.lite->sqlite, 0);
        pthread_mutex_lock(&pool->lock);
        while (!pool->stopping) {
            struct timespec until;
            clock_gettime(CLOCK_REALTIME, &until);
            until.tv_nsec += CHECKPOINT_MS * 1000000L;
            until.tv_sec += until.tv_nsec / 1000000000L;
            until.tv_nsec %= 1000000000L;
            pthread_cond_timedwait(&pool->checkpoint_tick, &pool->lock, &until);
            pthread_mutex_unlock(&pool->lock);
            unsigned commits = atomic_load(&pool->commits);
            int pages = atomic_load(&pool->wal_pages);
            bool idle = commits == seen && pages > 0;
            if (pages > TRUNCATE_PAGES || idle) {
                if (sqlite3_wal_checkpoint_v2(db.lite->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK)
                    atomic_store(&pool->wal_pages, 0);
            } else if (pages > CHECKPOINT_PAGES) {
                sqlite3_wal_checkpoint_v2(db.lite->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
            }
            seen = commits;
            pthread_mutex_lock(&pool->lock);
        }
        pthread_mutex_unlock(&pool->lock);
    }
    lite_close(&db);
    return NULL;
}

enum err checkpoint_start(struct db_pool *pool)
{
    if (pool->engine != DB_SQLITE || pthread_create(&pool->checkpoint_thread, NULL, checkpoint_main, pool) == 0)
        return OK;
    pool->checkpoint_thread = 0;
    return ERR_UNAVAILABLE;
}

void checkpoint_stop(struct db_pool *pool)
{
    if (!pool->checkpoint_thread)
        return;
    pthread_join(pool->checkpoint_thread, NULL);
    pool->checkpoint_thread = 0;
}

/* ---- backup ---- */

enum err db_backup(struct db *db, struct str path)
{
    sqlite3 *to = NULL;
    char name[4096];

    if (db_engine(db) != DB_SQLITE)
        return ERR_UNAVAILABLE;
    if (path.n >= sizeof name)
        return ERR_LIMIT;
    snprintf(name, sizeof name, "%" PRIstr, STR_ARG(path));
    int code = sqlite3_open_v2(name, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *backup = code ? NULL : sqlite3_backup_init(to, "main", db->lite->sqlite, "main");
    if (backup) {
        code = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
    }
    if (!backup || code != SQLITE_DONE)
        db_say_why(db, "backup: %s", to ? sqlite3_errmsg(to) : "cannot open the file");
    sqlite3_close(to);
    return backup && code == SQLITE_DONE ? OK : ERR_IO;
}
