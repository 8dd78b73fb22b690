/* SQLite: one data file. */
#include "db/lite.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Memory is spent on purpose: readers are many, so each keeps little and leans on the cache of the
 * operating system. No mmap: a look-up becomes a fifth faster (25 for 32 us, 250 MB of demonstration
 * city), but each connection then counts the whole file as its own memory. */
enum {
    BUSY_MS = 10000,
    READER_CACHE_KB = 3 * 1024,
    WRITER_CACHE_KB = 32 * 1024,
    MMAP_BYTES = 0,
    STATEMENTS_MORE = 256,
};

struct prepared {
    sqlite3_stmt *stmt;
    int parameter[DB_PARAMETERS_MAX]; /* where $1, $2 … stand: SQLite numbers names as they appear
                                       */
};

static const char *const CONTROLS[] = {
    [DB_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [DB_BEGIN_READ] = "BEGIN",
    [DB_COMMIT] = "COMMIT",
    [DB_ROLLBACK] = "ROLLBACK",
    [DB_SAVEPOINT] = "SAVEPOINT w",
    [DB_RELEASE] = "RELEASE w",
    [DB_ROLLBACK_TO] = "ROLLBACK TO w",
};

/* ---- errors ---- */

enum err lite_failed(struct db *db, int code, const char *doing)
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

/* Counting every allocation under one lock is of no use here. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int wal_hook(void *arg, sqlite3 *sqlite, const char *name, int pages)
{
    struct db_pool *pool = arg;

    (void)sqlite;
    (void)name;
    atomic_store(&pool->wal_pages, pages);
    return SQLITE_OK;
}

/* SQLite would answer a file that cannot keep a log with silence. */
static enum err use_log(struct db *db)
{
    sqlite3_stmt *stmt = NULL;
    bool fits = false;
    int code = sqlite3_prepare_v2(db->lite->sqlite, "PRAGMA journal_mode=WAL", -1, &stmt, NULL);

    if (!code && (code = sqlite3_step(stmt)) == SQLITE_ROW)
        fits = str_eq(str_of((const char *)sqlite3_column_text(stmt, 0)), STR("wal"));
    sqlite3_finalize(stmt);
    if (fits)
        return OK;
    if (code != SQLITE_ROW)
        return lite_failed(db, code, "opening");
    db_say_why(
        db, "opening: the file can keep no write-ahead log there (read-only, or a network folder)");
    return ERR_STORE;
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
    enum err err = use_log(db);
    if (err)
        return err;
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA synchronous=FULL; PRAGMA cache_size=-%d; PRAGMA mmap_size=%d; PRAGMA "
             "temp_store=MEMORY;"
             "PRAGMA wal_autocheckpoint=0; PRAGMA query_only=%d;",
             db->is_writer ? WRITER_CACHE_KB : READER_CACHE_KB, MMAP_BYTES, !db->is_writer);
    int code = sqlite3_exec(s, pragmas, NULL, NULL, NULL);
    if (code)
        return lite_failed(db, code, "opening");
    if (db->is_writer)
        sqlite3_wal_hook(s, wal_hook, db->pool);
    return OK;
}

/* The file holds personal data: made here, it is for its owner alone; the log inherits that. A file
 * that is there must not be opened: closing it again would drop every lock that this process has on
 * it, and the next to close it from outside would take the log away under us. */
static enum err make_private(struct db *db, const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file < 0 && errno == EEXIST)
        return OK;
    if (file < 0) {
        db_say_why(db, "opening %s: %s", path, strerror(errno));
        return ERR_STORE;
    }
    close(file);
    return OK;
}

enum err lite_open(struct db *db, const char *where)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    enum err err = make_private(db, where);

    if (err)
        return err;
    pthread_once(&once, configure);
    db->lite = calloc(1, sizeof *db->lite);
    if (!db->lite)
        BUG("out of memory");
    int code = sqlite3_open_v2(where, &db->lite->sqlite,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    return code ? lite_failed(db, code, "opening") : setup(db);
}

void lite_close(struct db *db)
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
        int room = sql->index + STATEMENTS_MORE;
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
    int code =
        sqlite3_prepare_v3(l->sqlite, sql->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &p->stmt, NULL);
    if (code)
        return lite_failed(db, code, sql->name);
    int columns = sqlite3_column_count(p->stmt);
    if (columns != sql->column_count && sql->column_count)
        BUG("%s answers %d columns, not %d", sql->name, columns, sql->column_count);
    for (int i = 0; i < sql->parameter_count; i++) {
        char name[16];
        snprintf(name, sizeof name, "$%d", i + 1);
        p->parameter[i] = sqlite3_bind_parameter_index(p->stmt, name);
        if (!p->parameter[i])
            BUG("%s has no $%d", sql->name, i + 1);
    }
    return OK;
}

static enum err lite_prepare(struct db *db, const struct sql *sql)
{
    struct prepared *p;

    return prepare(db, sql, &p);
}

static enum err bind(struct db *db, const struct sql *sql, struct prepared *p,
                     const struct db_value *value, size_t n)
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
            code = sqlite3_bind_text64(p->stmt, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC,
                                       SQLITE_UTF8);
            break;
        case DB_BLOB:
            code = sqlite3_bind_blob64(p->stmt, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC);
            break;
        }
        if (code)
            return lite_failed(db, code, sql->name);
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
    case SQLITE_FLOAT: { /* nobody declares one: as text it is refused like PostgreSQL's numeric */
        const char *p = (const char *)sqlite3_column_text(stmt, i);
        return DB_T(((struct str){p, (size_t)sqlite3_column_bytes(stmt, i)}));
    }
    default:
        return DB_N;
    }
}

static enum err rows(struct db *db, const struct sql *sql, struct prepared *p, db_row_fn *row,
                     void *arg)
{
    struct db_value value[DB_PARAMETERS_MAX];
    int n = sql->column_count, code;
    enum err err = OK;

    while (!err && (code = sqlite3_step(p->stmt)) != SQLITE_DONE) {
        if (code != SQLITE_ROW) {
            err = lite_failed(db, code, sql->name);
            break;
        }
        for (int i = 0; i < n; i++)
            value[i] = column(p->stmt, i);
        err = row(arg, value, (size_t)n);
    }
    return err;
}

static enum err lite_each(struct db *db, const struct sql *sql, const struct db_value *value,
                          size_t n, db_row_fn *row, void *arg)
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

static enum err lite_exec(struct db *db, const struct sql *sql, const struct db_value *value,
                          size_t n, int64_t *ret_changed)
{
    struct prepared *p;
    enum err err = prepare(db, sql, &p);

    if (!err)
        err = bind(db, sql, p, value, n);
    if (err)
        return err;
    int64_t before = sqlite3_total_changes64(db->lite->sqlite);
    int code = sqlite3_step(p->stmt);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        err = lite_failed(db, code, sql->name);
    sqlite3_reset(p->stmt);
    /* sqlite3_changes would repeat the number of an earlier statement after a CREATE or PRAGMA. */
    *ret_changed = sqlite3_total_changes64(db->lite->sqlite) == before
                       ? 0
                       : sqlite3_changes64(db->lite->sqlite);
    return err;
}

static enum err lite_control(struct db *db, enum db_control what)
{
    sqlite3_stmt **stmt = &db->lite->control[what];
    int code = SQLITE_OK;

    if (!*stmt)
        code = sqlite3_prepare_v3(db->lite->sqlite, CONTROLS[what], -1, SQLITE_PREPARE_PERSISTENT,
                                  stmt, NULL);
    if (!code) {
        code = sqlite3_step(*stmt);
        sqlite3_reset(*stmt);
    }
    return code == SQLITE_DONE ? OK : lite_failed(db, code, CONTROLS[what]);
}

static enum err lite_script(struct db *db, const char *text)
{
    int code = sqlite3_exec(db->lite->sqlite, text, NULL, NULL, NULL);

    return code ? lite_failed(db, code, "script") : OK;
}

const struct db_driver DB_DRIVER_SQLITE = {
    .group_max = 512,
    .open = lite_open,
    .close = lite_close,
    .each = lite_each,
    .exec = lite_exec,
    .prepare = lite_prepare,
    .control = lite_control,
    .script = lite_script,
};
