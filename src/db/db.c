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
    } else if (str_has_prefix(address, STR("postgresql://")) ||
               str_has_prefix(address, STR("postgres://"))) {
        pool->engine = DB_POSTGRES;
        pool->driver = &DB_DRIVER_POSTGRES;
    } else {
        return false;
    }
    if (where.n == 0 || memchr(where.p, '\0', where.n))
        return false;
    pool->where = strndup(where.p, where.n);
    if (!pool->where)
        BUG("out of memory");
    return true;
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
    enum err err = pool->driver->open(&pool->writer, pool->where);
    if (!err)
        err = writer_start(pool);
    if (!err)
        err = checkpoint_start(pool);
    if (err) {
        if (!pool_why[0])
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
    writer_stop(pool); /* first what waits is written */
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
    enum err err = pool->driver->open(db, pool->where);
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

static bool kind_fits(enum db_kind kind, char declared)
{
    static const char LETTERS[] = {[DB_INT] = 'i', [DB_TEXT] = 't', [DB_BLOB] = 'b'};

    return kind == DB_NULL ? declared <= 'Z' : LETTERS[kind] == (declared | 0x20);
}

/* Values are held against the heading here, so that both engines get, and refuse, the same. */
static enum err check(struct db *db, const struct sql *sql, const struct db_value *value, size_t n)
{
    assert(db->magic == DB_MAGIC);
    if (db->rows_of)
        BUG("%s is asked while the rows of %s are read from the same handle", sql->name,
            db->rows_of);
    if ((size_t)sql->parameter_count != n)
        BUG("%s takes %d values, not %zu", sql->name, sql->parameter_count, n);
    if (db->is_writer && db->broken)
        return db->broken; /* as PostgreSQL has it; SQLite might even have ended the transaction */
    for (size_t i = 0; i < n; i++) {
        const struct db_value *v = &value[i];
        if (!kind_fits(v->kind, sql->parameters[i]))
            BUG("$%zu of %s is of another kind", i + 1, sql->name);
        if (v->kind != DB_TEXT && v->kind != DB_BLOB)
            continue;
        if (v->s.n > DB_VALUE_MAX) {
            db_say_why(db, "%s: $%zu is too large", sql->name, i + 1);
            return ERR_LIMIT;
        }
        if (v->kind == DB_TEXT && v->s.n && memchr(v->s.p, '\0', v->s.n)) {
            db_say_why(db, "%s: $%zu is text with a zero byte", sql->name, i + 1);
            return ERR_INVALID;
        }
    }
    return OK;
}

/* What the store itself refused breaks the running work, whatever the work makes of it. */
static enum err answered(struct db *db, enum err err)
{
    if (err && db->is_writer)
        db->broken = err;
    return err;
}

struct giving {
    struct db *db;
    const struct sql *sql;
    db_row_fn *row;
    void *arg;
    enum err stopped; /* by `row` */
};

static enum err give(void *arg, const struct db_value *value, size_t n)
{
    struct giving *g = arg;

    for (size_t i = 0; i < n; i++)
        if (!kind_fits(value[i].kind, g->sql->columns[i])) {
            db_say_why(g->db, "column %zu of %s is %s", i + 1, g->sql->name,
                       value[i].kind == DB_NULL ? "null" : "of another kind than declared");
            return ERR_STORE;
        }
    return g->stopped = g->row(g->arg, value, n);
}

enum err db_each(struct db *db, const struct sql *sql, const struct db_value *value, size_t n,
                 db_row_fn *row, void *arg)
{
    struct giving g = {db, sql, row, arg, OK};
    enum err err = check(db, sql, value, n);

    if (err)
        return err;
    db->rows_of = sql->name;
    err = db->pool->driver->each(db, sql, value, n, give, &g);
    db->rows_of = NULL;
    return g.stopped ? g.stopped : answered(db, err);
}

enum err db_exec(struct db *db, const struct sql *sql, const struct db_value *value, size_t n,
                 int64_t *ret_changed)
{
    int64_t changed = 0;
    enum err err = check(db, sql, value, n);

    if (err)
        return err;
    err = answered(db, db->pool->driver->exec(db, sql, value, n, &changed));
    if (!err && ret_changed)
        *ret_changed = changed;
    return err;
}

enum err db_prepare(struct db *db, const struct sql *sql)
{
    return db->pool->driver->prepare(db, sql);
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

enum err db_query(struct db *db, struct arena *a, const struct sql *sql,
                  const struct db_value *value, size_t n, struct db_rows *ret)
{
    struct gathering g = {.arena = a};
    enum err err = db_each(db, sql, value, n, gather, &g);

    if (err)
        return err;
    *ret = (struct db_rows){
        .row_count = g.rows, .column_count = (size_t)sql->column_count, .value = g.value};
    return OK;
}

/* ---- snapshots and scripts ---- */

enum err db_snapshot_begin(struct db *db)
{
    if (db->is_writer)
        return OK;
    if (db->in_snapshot)
        BUG("a snapshot inside a snapshot");
    enum err err = db->pool->driver->control(db, DB_BEGIN_READ);
    db->in_snapshot = !err;
    return err;
}

void db_snapshot_end(struct db *db)
{
    if (!db->in_snapshot)
        return;
    db->in_snapshot = false;
    if (db->pool->driver->control(db, DB_COMMIT) == OK)
        return;
    enum err back = db->pool->driver->control(db, DB_ROLLBACK);
    (void)back; /* only read: nothing is lost */
}

/* The script without the blocks of the other engine. */
static char *script_text(const struct db *db, const char *text)
{
    struct str rest = str_of(text), line;
    struct str ours =
        db_engine(db) == DB_SQLITE ? STR("-- only: sqlite") : STR("-- only: postgres");
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
    enum err err = answered(tx, tx->pool->driver->script(tx, text));

    free(text);
    return err;
}
