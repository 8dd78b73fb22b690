#include "http/queue.h"

#include <assert.h>

#include "http/exchange.h"

struct queue_sleeper {
    struct queue_sleeper *next;
    pthread_cond_t wake;
    bool is_woken;
};

void queue_open(struct queue *q, size_t max)
{
    *q = (struct queue){.max = max};
    pthread_mutex_init(&q->mutex, NULL);
}

void queue_free(struct queue *q)
{
    assert(!q->first && !q->asleep);
    pthread_mutex_destroy(&q->mutex);
}

/* Under the lock: who is to be woken, if anybody should? One at a time; each wakes the next. */
static struct queue_sleeper *pick(struct queue *q)
{
    struct queue_sleeper *s = q->asleep;

    if (q->is_waking || !q->first || !s)
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
    if (q->is_closed || q->count == q->max) {
        pthread_mutex_unlock(&q->mutex);
        return false;
    }
    if (q->last)
        q->last->next = e;
    else
        q->first = e;
    q->last = e;
    q->count++;
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

struct exchange *queue_take(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    while (!q->first && !q->is_closed)
        sleep_until_woken(q);

    struct exchange *e = q->first;
    if (e) {
        q->first = e->next;
        if (!q->first)
            q->last = NULL;
        q->count--;
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
