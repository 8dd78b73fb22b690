#include "db/db.h"

#include <assert.h>
#include <stdarg.h>

#include "db/engine.h"

static _Thread_local char pool_why[DB_WHY_MAX];

struct str db_pool_why(void)
{
    return str_of(pool_why);
}

void db_say_why(struct db *db, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(db->why, sizeof db->why, fmt, ap);
    va_end(ap);
}

/* ---- pools ---- */

static bool address_parse(struct str address, struct db_pool *pool)
{
    struct str sqlite = STR("sqlite:"), where = address;

    if (str_has_prefix(address, sqlite)) {
        pool->engine = DB_SQLITE;
        pool->driver = &DB_DRIVER_SQLITE;
        where = str_sub(address, sqlite.n, address.n);
    } else if (str_has_prefix(address, STR("postgresql://")) || str_has_prefix(address, STR("postgres://"))) {
        pool->engine = DB_POSTGRES;
        pool->driver = &DB_DRIVER_POSTGRES;
    } else {
        return false;
    }
    pool->where = strndup(where.p, where.n);
    return where.n > 0 && pool->where != NULL;
}

enum err db_pool_open(struct str address, struct db_pool **ret)
{
    struct db_pool *pool = calloc(1, sizeof *pool);

    if (!pool)
        BUG("out of memory");
    pool_why[0] = '\0';
    if (!address_parse(address, pool)) {
        snprintf(pool_why, sizeof pool_why, "an address is sqlite:PATH or postgresql://…");
        free(pool->where);
        free(pool);
        return ERR_INVALID;
    }
    pool->magic = DB_MAGIC;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work_came, NULL);
    pthread_cond_init(&pool->checkpoint_tick, NULL);
    pool->last = &pool->first;
    pool->writer = (struct db){.magic = DB_MAGIC, .pool = pool, .is_writer = true};
    enum err err = pool->driver->open(&pool->writer, str_of(pool->where));
    if (!err)
        err = writer_start(pool);
    if (!err)
        err = checkpoint_start(pool);
    if (err) {
        snprintf(pool_why, sizeof pool_why, "%s", pool->writer.why);
        db_pool_close(pool);
        return err;
    }
    *ret = pool;
    return OK;
}

void db_pool_close(struct db_pool *pool)
{
    if (!pool)
        return;
    writer_stop(pool);
    checkpoint_stop(pool);
    pool->driver->close(&pool->writer);
    pthread_cond_destroy(&pool->checkpoint_tick);
    pthread_cond_destroy(&pool->work_came);
    pthread_mutex_destroy(&pool->lock);
    free(pool->where);
    pool->magic = 0;
    free(pool);
}

enum db_engine db_pool_engine(const struct db_pool *pool)
{
    return pool->engine;
}

/* ---- handles ---- */

enum err db_open(struct db_pool *pool, struct db **ret)
{
    struct db *db = calloc(1, sizeof *db);

    if (!db)
        BUG("out of memory");
    *db = (struct db){.magic = DB_MAGIC, .pool = pool};
    enum err err = pool->driver->open(db, str_of(pool->where));
    if (err) {
        snprintf(pool_why, sizeof pool_why, "%s", db->why);
        pool->driver->close(db);
        free(db);
        return err;
    }
    *ret = db;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    assert(db->magic == DB_MAGIC && !db->is_writer);
    db->pool->driver->close(db);
    db->magic = 0;
    free(db);
}

enum db_engine db_engine(const struct db *db)
{
    return db->pool->engine;
}

struct str db_why(const struct db *db)
{
    return str_of(db->why);
}

/* ---- statements ---- */

static void check(const struct db *db, const struct sql *sql, size_t n)
{
    assert(db->magic == DB_MAGIC);
    if ((size_t)sql->parameter_count != n)
        BUG("%s takes %d values, not %zu", sql->name, sql->parameter_count, n);
}

enum err db_each(struct db *db, const struct sql *sql, const struct db_value *value, size_t n, db_row_fn *row, void *arg)
{
    check(db, sql, n);
    return db->pool->driver->each(db, sql, value, n, row, arg);
}

enum err db_exec(struct db *db, const struct sql *sql, const struct db_value *value, size_t n, int64_t *ret_changed)
{
    int64_t changed = 0;

    check(db, sql, n);
    enum err err = db->pool->driver->exec(db, sql, value, n, &changed);
    if (!err && ret_changed)
        *ret_changed = changed;
    return err;
}

struct gathering {
    struct arena *arena;
    struct db_value *value;
    size_t count, room, rows;
};

static enum err gather(void *arg, const struct db_value *value, size_t n)
{
    struct gathering *g = arg;

    if (g->count + n > g->room) {
        size_t room = g->room ? g->room * 2 : n * 4;
        struct db_value *more = ARENA_ARRAY(g->arena, struct db_value, room);
        if (g->count)
            memcpy(more, g->value, g->count * sizeof *more);
        g->value = more;
        g->room = room;
    }
    for (size_t i = 0; i < n; i++) {
        struct db_value *v = &g->value[g->count++];
        *v = value[i];
        if (v->kind == DB_TEXT || v->kind == DB_BLOB)
            v->s = str_copy(g->arena, v->s);
    }
    g->rows++;
    return OK;
}

enum err db_query(struct db *db, struct arena *a, const struct sql *sql, const struct db_value *value, size_t n,
                  struct db_rows *ret)
{
    struct gathering g = {.arena = a};
    enum err err = db_each(db, sql, value, n, gather, &g);

    if (err)
        return err;
    *ret = (struct db_rows){.row_count = g.rows, .column_count = (size_t)sql->column_count, .value = g.value};
    return OK;
}

/* ---- snapshots and scripts ---- */

enum err db_snapshot_begin(struct db *db)
{
    return db->is_writer ? OK : db->pool->driver->control(db, DB_BEGIN_READ);
}

void db_snapshot_end(struct db *db)
{
    if (!db->is_writer && db->pool->driver->control(db, DB_COMMIT))
        db->pool->driver->control(db, DB_ROLLBACK);
}

/* The script without the blocks of the other engine. */
static char *script_text(const struct db *db, const char *text)
{
    struct str rest = str_of(text), line;
    struct str ours = db_engine(db) == DB_SQLITE ? STR("-- only: sqlite") : STR("-- only: postgres");
    char *out = malloc(rest.n + 2), *p = out;
    bool skip = false;

    if (!out)
        BUG("out of memory");
    while (str_split(&rest, '\n', &line)) {
        struct str t = str_trim(line);
        if (str_has_prefix(t, STR("-- only: ")))
            skip = !str_eq(t, ours);
        else if (str_eq(t, STR("-- end")))
            skip = false;
        else if (!skip && line.n) {
            memcpy(p, line.p, line.n);
            p += line.n;
            *p++ = '\n';
        }
    }
    *p = '\0';
    return out;
}

enum err db_script(struct db *tx, const struct sql_script *script)
{
    char *text = script_text(tx, script->text);
    enum err err = tx->pool->driver->script(tx, text);

    free(text);
    return err;
}
