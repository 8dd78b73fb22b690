/* db.h - one connection handle over SQLite or PostgreSQL. Knows no table.
 *
 * A `struct db` is used by one thread at a time. Reads run on it directly. Writes run inside
 * db_transact: the work is handed to the pool's single writer thread, which runs every waiting work
 * in its own savepoint of one transaction, commits once, durably (SQLite: WAL, synchronous=FULL),
 * and only then wakes them all: nothing is acknowledged that is not on disk. A work that fails or
 * refuses rolls back alone. On PostgreSQL the group runs SERIALIZABLE and is retried, one by one,
 * when it loses a race with another process. Work may therefore run more than once, and on another
 * thread than its caller (who sleeps meanwhile): it must answer nobody and may use the arena.
 * A work whose statement the store has refused (a conflict, say) is broken: its further statements
 * are refused likewise and it is rolled back, even if it returns OK. Other handles can only read.
 *
 * Statements are `struct sql`, made only by tools/sqlc from store/sql; values are always bound. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct sql; /* incomplete on purpose: nobody can write one by hand */
struct db;
struct db_pool;

enum db_engine { DB_SQLITE, DB_POSTGRES };

enum db_kind { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };
struct db_value {
    enum db_kind kind;
    int64_t i;    /* DB_INT */
    struct str s; /* DB_TEXT, DB_BLOB */
};
#define DB_I(v) ((struct db_value){.kind = DB_INT, .i = (v)})
#define DB_T(v) ((struct db_value){.kind = DB_TEXT, .s = (v)})
#define DB_B(v) ((struct db_value){.kind = DB_BLOB, .s = (v)})
#define DB_N    ((struct db_value){.kind = DB_NULL})

/* Opens a store: "sqlite:PATH" (made if missing) or "postgresql://…". The pool is shared by
 * threads; each opens its own `struct db` in it. ERR_INVALID: not such an address; ERR_STORE:
 * cannot be opened or not fit (PostgreSQL: encoding UTF8 and collation C or C.UTF-8 are required).
 * db_pool_why tells the reason of the last failed open, for the operator. */
enum err db_pool_open(struct str address, struct db_pool **ret) MUST_CHECK;
void db_pool_close(struct db_pool *pool); /* accepts NULL; every db must be closed before */
enum db_engine db_pool_engine(const struct db_pool *pool);
struct str db_pool_why(void);

enum err db_open(struct db_pool *pool, struct db **ret) MUST_CHECK;
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);
/* The store's own words about the last failure on this handle, for logs. */
struct str db_why(const struct db *db);

/* One row at a time: `row` is called with `n` values valid during the call; anything but OK stops
 * and is returned. Rows beyond memory never gather. `row` must not use `db` itself: PostgreSQL is
 * still sending.
 *
 * This and the next two: ERR_INVALID: a text holds a zero byte; ERR_LIMIT: a value over 256 MB;
 * ERR_CONFLICT: a rule of the schema (unique, reference, check, not null); ERR_BUSY: a lost race;
 * ERR_STORE: the store failed, or a row is not as its heading says. */
typedef enum err db_row_fn(void *arg, const struct db_value *value, size_t n);
enum err db_each(struct db *db, const struct sql *sql, const struct db_value *value, size_t n,
                 db_row_fn *row, void *arg) MUST_CHECK;

/* All rows at once, copied into the arena. */
struct db_rows {
    size_t row_count, column_count;
    const struct db_value *value; /* row by row */
};
enum err db_query(struct db *db, struct arena *a, const struct sql *sql,
                  const struct db_value *value, size_t n, struct db_rows *ret) MUST_CHECK;

/* A statement that answers no rows. *ret_changed (may be NULL): rows inserted, updated, deleted. */
enum err db_exec(struct db *db, const struct sql *sql, const struct db_value *value, size_t n,
                 int64_t *ret_changed) MUST_CHECK;

/* Only prepares a statement, and compares it with its heading. A test does this with each on both
 * engines, so that a slip of dialect is found before it is used. ERR_STORE: see db_why. */
enum err db_prepare(struct db *db, const struct sql *sql) MUST_CHECK;

/* Runs `work` with a handle inside the transaction, as described above. Returns what work
 * returned, or ERR_STORE / ERR_BUSY / ERR_CONFLICT if it could not be committed. Must not be called
 * from inside a work. */
typedef enum err db_work_fn(struct db *tx, void *arg);
enum err db_transact(struct db *db, db_work_fn *work, void *arg) MUST_CHECK;

/* Every read between these sees one state of the store, that of the first read. They do not nest;
 * inside a work they change nothing. */
enum err db_snapshot_begin(struct db *db) MUST_CHECK;
void db_snapshot_end(struct db *db);

/* For migrations and tests only: runs a script of statements inside a work, engine blocks
 * ("-- only: postgres" … "-- end") applied. */
struct sql_script;
enum err db_script(struct db *tx, const struct sql_script *script) MUST_CHECK;

/* Hot copy of an SQLite store into a new file, for its owner alone. ERR_CONFLICT: the file exists;
 * ERR_IO: cannot be written; ERR_UNAVAILABLE: on PostgreSQL. */
enum err db_backup(struct db *db, struct str path) MUST_CHECK;

#endif
