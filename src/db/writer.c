/* The one writer of a pool: groups of works, each in its own savepoint, one durable commit. */
#include <semaphore.h>

#include "db/engine.h"

enum { GROUP_MAX = 512, RETRIES = 20 };

struct waiting {
    db_work_fn *work;
    void *arg;
    enum err err;
    sem_t done;
    struct waiting *next;
};

static enum err control(struct db *tx, enum db_control what)
{
    return tx->pool->driver->control(tx, what);
}

static enum err work_run(struct db *tx, struct waiting *w)
{
    tx->in_work = true;
    enum err err = w->work(tx, w->arg);
    tx->in_work = false;
    return err;
}

/* A work alone: its transaction is its own. */
static enum err run_alone_once(struct db *tx, struct waiting *w)
{
    enum err err = control(tx, DB_BEGIN_WRITE);

    if (err)
        return err;
    w->err = work_run(tx, w);
    if (!w->err)
        w->err = control(tx, DB_COMMIT);
    if (w->err) {
        enum err back = control(tx, DB_ROLLBACK);
        (void)back; /* nothing is left to undo if even that fails: the connection is gone */
    }
    return w->err;
}

static void run_alone(struct db *tx, struct waiting *w)
{
    for (int i = 0; i < RETRIES; i++) {
        w->err = run_alone_once(tx, w);
        if (w->err != ERR_BUSY)
            return;
    }
}

/* One of a group. False: the whole group must be given up (lost race, lost store). */
static bool run_in_group(struct db *tx, struct waiting *w)
{
    if (control(tx, DB_SAVEPOINT))
        return false;
    w->err = work_run(tx, w);
    if (w->err == ERR_BUSY)
        return false;
    if (w->err && control(tx, DB_ROLLBACK_TO))
        return false;
    return control(tx, DB_RELEASE) == OK;
}

static bool group_commit(struct db *tx, struct waiting *group)
{
    if (control(tx, DB_BEGIN_WRITE))
        return false;
    for (struct waiting *w = group; w; w = w->next) {
        if (!run_in_group(tx, w)) {
            enum err back = control(tx, DB_ROLLBACK);
            (void)back;
            return false;
        }
    }
    if (control(tx, DB_COMMIT) == OK)
        return true;
    enum err back = control(tx, DB_ROLLBACK);
    (void)back;
    return false;
}

/* A group that could not be committed is run again one by one, so that each work learns what was
 * wrong with it and nobody pays for another's race. */
static void run_group(struct db *tx, struct waiting *group)
{
    if (!group->next || !group_commit(tx, group))
        for (struct waiting *w = group; w; w = w->next)
            run_alone(tx, w);
    atomic_fetch_add(&tx->pool->commits, 1);
    while (group) {
        struct waiting *w = group;
        group = w->next; /* after the post, w is its owner's again */
        sem_post(&w->done);
    }
}

static struct waiting *group_take(struct db_pool *pool)
{
    struct waiting *group = pool->first, *last = group;

    for (int n = 1; last && last->next && n < GROUP_MAX; n++)
        last = last->next;
    if (last) {
        pool->first = last->next;
        last->next = NULL;
        if (!pool->first)
            pool->last = &pool->first;
    }
    return group;
}

static void *writer_main(void *arg)
{
    struct db_pool *pool = arg;

    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->first && !pool->stopping)
            pthread_cond_wait(&pool->work_came, &pool->lock);
        if (!pool->first)
            break;
        struct waiting *group = group_take(pool);
        pthread_mutex_unlock(&pool->lock);
        run_group(&pool->writer, group);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

enum err writer_start(struct db_pool *pool)
{
    if (pthread_create(&pool->writer_thread, NULL, writer_main, pool) == 0)
        return OK;
    pool->writer_thread = 0;
    return ERR_UNAVAILABLE;
}

void writer_stop(struct db_pool *pool)
{
    if (!pool->writer_thread)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->work_came);
    pthread_cond_broadcast(&pool->checkpoint_tick);
    pthread_mutex_unlock(&pool->lock);
    pthread_join(pool->writer_thread, NULL);
    pool->writer_thread = 0;
}

enum err db_transact(struct db *db, db_work_fn *work, void *arg)
{
    struct db_pool *pool = db->pool;
    struct waiting w = {.work = work, .arg = arg, .err = ERR_STORE};

    if (db->is_writer)
        BUG("a transaction inside a transaction");
    sem_init(&w.done, 0, 0);
    pthread_mutex_lock(&pool->lock);
    *pool->last = &w;
    pool->last = &w.next;
    pthread_cond_signal(&pool->work_came);
    pthread_mutex_unlock(&pool->lock);
    while (sem_wait(&w.done) != 0)
        ; /* a signal */
    sem_destroy(&w.done);
    if (w.err)
        db_say_why(db, "%s", pool->writer.why);
    return w.err;
}
