/* SQLite: copies committed pages from the log into the file, in the background, so that no commit
 * has to. Passive while there is work: it never makes anybody wait. When nothing has been written
 * for a while, or the log has grown large, it is cut off. */
#include "db/lite.h"

enum {
    TICK_MS = 250,
    PASSIVE_PAGES = 2000,       /* worth a passive one: 8 MB */
    TRUNCATE_PAGES = 256 * 256, /* 256 MB: the writer may have to wait a moment */
    IDLE_TICKS = 8,
};

struct watch {
    unsigned commits; /* seen at the last tick */
    int idle_ticks;
};

static void tick(struct db_pool *pool, struct watch *watch)
{
    sqlite3 *s = pool->checkpointer->lite->sqlite;
    unsigned commits = atomic_load(&pool->commits);
    int pages = atomic_load(&pool->wal_pages);

    watch->idle_ticks = commits == watch->commits ? watch->idle_ticks + 1 : 0;
    watch->commits = commits;
    if (pages > TRUNCATE_PAGES || (pages > 0 && watch->idle_ticks == IDLE_TICKS)) {
        watch->idle_ticks = 0; /* if a reader stands in the way, not again at once */
        if (sqlite3_wal_checkpoint_v2(s, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK)
            atomic_compare_exchange_strong(&pool->wal_pages, &pages, 0);
    } else if (pages > PASSIVE_PAGES) {
        sqlite3_wal_checkpoint_v2(s, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
}

static void wait_tick(struct db_pool *pool)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&pool->checkpoint_tick, &pool->lock, &until);
}

static void *checkpoint_main(void *arg)
{
    struct db_pool *pool = arg;
    struct watch watch = {0};

    pthread_mutex_lock(&pool->lock);
    while (!pool->stopping) {
        wait_tick(pool);
        pthread_mutex_unlock(&pool->lock);
        tick(pool, &watch);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

enum err checkpoint_start(struct db_pool *pool)
{
    struct db *db;

    if (pool->engine != DB_SQLITE)
        return OK;
    enum err err = db_open(pool, &db);
    if (err)
        return err;
    pool->checkpointer = db;
    /* Neither is a writer's statement; a lock that is taken is taken at the next tick. */
    sqlite3_busy_timeout(db->lite->sqlite, 0);
    sqlite3_exec(db->lite->sqlite, "PRAGMA query_only=OFF", NULL, NULL, NULL);
    if (pthread_create(&pool->checkpoint_thread, NULL, checkpoint_main, pool) == 0)
        return OK;
    pool->checkpoint_thread = 0;
    db_say_why(&pool->writer, "the checkpoint thread cannot be started");
    return ERR_STORE;
}

void checkpoint_stop(struct db_pool *pool)
{
    if (pool->checkpoint_thread)
        pthread_join(pool->checkpoint_thread, NULL);
    pool->checkpoint_thread = 0;
    db_close(pool->checkpointer);
    pool->checkpointer = NULL;
}
