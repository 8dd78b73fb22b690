/* engine.h - what db.c asks of an engine; inside db/ only. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "db/db.h"
#include "db/sql.h"

enum { DB_WHY_MAX = 512, DB_PARAMETERS_MAX = 64, DB_VALUE_MAX = 256 << 20, DB_MAGIC = 0x6d63db01 };

/* What ends, begins and parts transactions. */
enum db_control {
    DB_BEGIN_WRITE,
    DB_BEGIN_READ,
    DB_COMMIT,
    DB_ROLLBACK,
    DB_SAVEPOINT,
    DB_RELEASE,
    DB_ROLLBACK_TO,
    DB_CONTROL__COUNT
};

struct lite;
struct postgres;

struct db {
    unsigned magic;
    struct db_pool *pool;
    bool is_writer; /* the writer thread's own handle: what works get as tx */
    bool in_snapshot;
    const char *rows_of; /* the statement whose rows are being given out */
    enum err broken;     /* writer: what the store answered to a statement of the running work */
    struct lite *lite;   /* the one that fits the engine */
    struct postgres *postgres;
    char why[DB_WHY_MAX];
};

/* One function table per engine: "tables before branches". */
struct db_driver {
    size_t group_max; /* works in one transaction */
    enum err (*open)(struct db *db, const char *where);
    void (*close)(struct db *db);
    enum err (*each)(struct db *db, const struct sql *sql, const struct db_value *value, size_t n,
                     db_row_fn *row, void *arg);
    enum err (*exec)(struct db *db, const struct sql *sql, const struct db_value *value, size_t n,
                     int64_t *ret_changed);
    enum err (*prepare)(struct db *db, const struct sql *sql);
    enum err (*control)(struct db *db, enum db_control what);
    enum err (*script)(struct db *db, const char *text);
};
extern const struct db_driver DB_DRIVER_SQLITE, DB_DRIVER_POSTGRES;

struct waiting; /* a work that waits for the writer: writer.c */

struct db_pool {
    unsigned magic;
    enum db_engine engine;
    const struct db_driver *driver;
    char *where; /* path, or the whole URL */
    struct db writer;
    pthread_t writer_thread, checkpoint_thread;
    pthread_mutex_t lock;
    pthread_cond_t work_came, checkpoint_tick;
    struct waiting *first, **last;
    bool stopping;
    atomic_int wal_pages; /* SQLite: pages in the write-ahead log after the last commit */
    atomic_uint commits;
    struct db *checkpointer; /* SQLite: the handle of the checkpoint thread */
};

void db_say_why(struct db *db, const char *fmt, ...) PRINTF(2, 3);

/* writer.c */
enum err writer_start(struct db_pool *pool) MUST_CHECK;
void writer_stop(struct db_pool *pool);

/* checkpoint.c: copies committed pages from the log into the file, in the background. */
enum err checkpoint_start(struct db_pool *pool) MUST_CHECK;
void checkpoint_stop(struct db_pool *pool);

#endif
