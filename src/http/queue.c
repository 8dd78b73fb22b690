#include "http/queue.h"

#include <assert.h>
#include <sched.h>

#include "http/exchange.h"

enum { LOOKS = 4 /* more gain nothing under load, and cost when there is none */ };

struct queue_sleeper {
    struct queue_sleeper *next;
    pthread_cond_t wake;
    bool is_woken;
};

void queue_open(struct queue *q, size_t max)
{
    memset(q, 0, sizeof *q);
    q->max = max;
    pthread_mutex_init(&q->mutex, NULL);
}

void queue_free(struct queue *q)
{
    assert(!q->first && !q->asleep);
    pthread_mutex_destroy(&q->mutex);
}

static void set_count(struct queue *q, size_t count)
{
    atomic_store_explicit(&q->count, count, memory_order_relaxed); /* under the lock; watch() looks without */
}

static size_t get_count(struct queue *q)
{
    return atomic_load_explicit(&q->count, memory_order_relaxed);
}

/* Under the lock: who is to be woken, if anybody should? One at a time; each wakes the next. */
static struct queue_sleeper *pick(struct queue *q)
{
    struct queue_sleeper *s = q->asleep;

    if (q->is_waking || q->is_watched || !q->first || !s)
        return NULL;
    q->asleep = s->next;
    q->is_waking = true;
    s->is_woken = true;
    return s;
}

bool queue_put(struct queue *q, struct exchange *e)
{
    e->next = NULL;
    pthread_mutex_lock(&q->mutex);
    if (q->is_closed || get_count(q) == q->max) {
        pthread_mutex_unlock(&q->mutex);
        return false;
    }
    if (q->last)
        q->last->next = e;
    else
        q->first = e;
    q->last = e;
    set_count(q, get_count(q) + 1);
    struct queue_sleeper *s = pick(q);
    if (s) /* under the lock: the sleeper's place is on its stack */
        pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&q->mutex);
    return true;
}

static void sleep_until_woken(struct queue *q)
{
    struct queue_sleeper me = {.next = q->asleep};

    pthread_cond_init(&me.wake, NULL);
    q->asleep = &me;
    while (!me.is_woken)
        pthread_cond_wait(&me.wake, &q->mutex);
    q->is_waking = false;
    pthread_cond_destroy(&me.wake);
}

/* Falling asleep and being woken costs more than a request: one worker looks a few times first, and
 * leaves the processor to whoever may be bringing the next. Measured: an eighth more requests. */
static void watch(struct queue *q)
{
    q->is_watched = true;
    pthread_mutex_unlock(&q->mutex);
    for (int i = 0; i < LOOKS && get_count(q) == 0; i++)
        sched_yield();
    pthread_mutex_lock(&q->mutex);
    q->is_watched = false;
}

struct exchange *queue_take(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    while (!q->first && !q->is_closed) {
        if (!q->is_watched)
            watch(q);
        if (!q->first && !q->is_closed)
            sleep_until_woken(q);
    }

    struct exchange *e = q->first;
    if (e) {
        q->first = e->next;
        if (!q->first)
            q->last = NULL;
        set_count(q, get_count(q) - 1);
        struct queue_sleeper *s = pick(q);
        if (s)
            pthread_cond_signal(&s->wake);
    }
    pthread_mutex_unlock(&q->mutex);
    return e;
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->is_closed = true;
    for (struct queue_sleeper *s = q->asleep; s; s = s->next) {
        s->is_woken = true;
        pthread_cond_signal(&s->wake);
    }
    q->asleep = NULL;
    pthread_mutex_unlock(&q->mutex);
}
