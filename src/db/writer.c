/* The one writer of a pool: groups of works, each in its own savepoint, one durable commit. */
#include <semaphore.h>

#include "db/engine.h"

enum { RETRIES = 20, PAUSE_US = 500, PAUSE_DOUBLINGS = 5 };

/* A work that waits, on the stack of its caller. */
struct waiting {
    struct db *db; /* the caller's */
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

/* The caller sleeps, so its handle may be told why. */
static void settle(struct waiting *w, enum err err, const struct db *tx)
{
    w->err = err;
    memcpy(w->db->why, err ? tx->why : "", err ? sizeof tx->why : 1);
}

static enum err work_run(struct db *tx, struct waiting *w)
{
    tx->broken = OK;
    tx->why[0] = '\0';
    enum err err = w->work(tx, w->arg);
    if (tx->broken && (!err || tx->broken == ERR_BUSY))
        err = tx->broken;
    settle(w, err, tx);
    return err;
}

/* Undoes what stands uncommitted, of one work or of a group. */
static void give_up(struct db *tx)
{
    enum err back = control(tx, DB_ROLLBACK);

    (void)back; /* if even that fails the connection is gone, and the transaction with it */
}

/* ---- one work ---- */

/* A lost race is tried again, later each time, so that the other side can finish. */
static void pause_before(int attempt)
{
    int doublings = attempt < PAUSE_DOUBLINGS ? attempt : PAUSE_DOUBLINGS;
    struct timespec t = {.tv_nsec = (long)PAUSE_US * 1000 << doublings};

    nanosleep(&t, NULL);
}

/* A work alone: its transaction is its own. True: it lost a race and may be tried again. */
static bool run_alone_once(struct db *tx, struct waiting *w)
{
    enum err err = control(tx, DB_BEGIN_WRITE);

    if (err) { /* the engine has waited and retried as long as it is worth */
        settle(w, err, tx);
        return false;
    }
    err = work_run(tx, w);
    if (!err) {
        err = control(tx, DB_COMMIT);
        if (!err)
            return false;
        tx->broken = err;
        settle(w, err, tx);
    }
    give_up(tx);
    return tx->broken == ERR_BUSY;
}

static void run_alone(struct db *tx, struct waiting *w)
{
    for (int i = 0; i < RETRIES && run_alone_once(tx, w); i++)
        pause_before(i);
}

/* ---- a group ---- */

/* One of a group. False: the whole group must be given up (a lost race, a lost transaction). */
static bool run_in_group(struct db *tx, struct waiting *w)
{
    if (control(tx, DB_SAVEPOINT))
        return false;
    enum err err = work_run(tx, w);
    if (tx->broken == ERR_BUSY)
        return false;
    if (err && control(tx, DB_ROLLBACK_TO))
        return false;
    return control(tx, DB_RELEASE) == OK;
}

/* False: nothing of it is committed, and each work should be tried alone, so that it learns what
 * was wrong with it and nobody pays for another's race. */
static bool group_commit(struct db *tx, struct waiting *group)
{
    enum err err = control(tx, DB_BEGIN_WRITE);

    for (struct waiting *w = group; !err && w; w = w->next) {
        if (!run_in_group(tx, w)) {
            give_up(tx);
            return false;
        }
    }
    if (!err) {
        err = control(tx, DB_COMMIT);
        if (!err)
            return true;
        give_up(tx);
        if (err == ERR_BUSY || err == ERR_CONFLICT)
            return false;
    }
    /* The store failed. If the connection broke in the commit, the works may even stand there:
     * running them again could do them twice. */
    for (struct waiting *w = group; w; w = w->next)
        settle(w, err, tx);
    return true;
}

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

/* ---- the thread ---- */

static struct waiting *group_take(struct db_pool *pool)
{
    struct waiting *group = pool->first, *last = group;

    for (size_t n = 1; last && last->next && n < pool->driver->group_max; n++)
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
    db_say_why(&pool->writer, "the writer thread cannot be started");
    return ERR_STORE;
}

void writer_stop(struct db_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->work_came);
    pthread_cond_broadcast(&pool->checkpoint_tick);
    pthread_mutex_unlock(&pool->lock);
    if (pool->writer_thread)
        pthread_join(pool->writer_thread, NULL);
    pool->writer_thread = 0;
}

enum err db_transact(struct db *db, db_work_fn *work, void *arg)
{
    struct db_pool *pool = db->pool;
    struct waiting w = {.db = db, .work = work, .arg = arg, .err = ERR_STORE};

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
    return w.err;
}
