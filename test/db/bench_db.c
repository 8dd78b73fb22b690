/* bench_db - durable works per second on both engines: one thread, then groups of many.
 * One JSON line for each measurement. */
#include "fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "sql_probe.h"

enum { SECONDS = 2, THREADS_MAX = 64 };

static atomic_bool running;
static atomic_long done, ids;

static enum err add(struct db *tx, void *arg)
{
    return q_part_add(tx, *(int64_t *)arg, 1, NULL);
}

static enum err item(struct db *tx, void *arg)
{
    (void)arg;
    return q_item_add(tx, 1, STR("hồ sơ"), NULL, NULL, NULL, NULL);
}

static void *client(void *arg)
{
    struct db *db;

    (void)arg;
    if (db_open(fixture.pool, &db))
        return NULL;
    while (atomic_load(&running)) {
        int64_t id = atomic_fetch_add(&ids, 1);
        if (db_transact(db, add, &id))
            BUG("%" PRIstr, STR_ARG(db_why(db)));
        atomic_fetch_add(&done, 1);
    }
    db_close(db);
    return NULL;
}

static void measure(const char *engine, int threads)
{
    pthread_t thread[THREADS_MAX];
    struct timespec begun, ended;

    atomic_store(&done, 0);
    atomic_store(&running, true);
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (int i = 0; i < threads; i++)
        pthread_create(&thread[i], NULL, client, NULL);
    sleep(SECONDS);
    atomic_store(&running, false);
    for (int i = 0; i < threads; i++)
        pthread_join(thread[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    double seconds =
        (double)(ended.tv_sec - begun.tv_sec) + (double)(ended.tv_nsec - begun.tv_nsec) / 1e9;
    printf("{\"engine\":\"%s\",\"threads\":%d,\"works_per_second\":%.0f}\n", engine, threads,
           (double)atomic_load(&done) / seconds);
    fflush(stdout);
}

int main(void)
{
    static const int THREADS[] = {1, 8, 64};

    for (int engine = DB_SQLITE; engine <= DB_POSTGRES; engine++) {
        if (!fixture_begin((enum db_engine)engine))
            continue;
        if (fixture_open(NULL) || db_transact(fixture.db, item, NULL))
            return 1;
        for (size_t i = 0; i < sizeof THREADS / sizeof THREADS[0]; i++)
            measure(engine == DB_SQLITE ? "sqlite" : "postgres", THREADS[i]);
        fixture_close(NULL);
        fixture_end();
    }
    return 0;
}
