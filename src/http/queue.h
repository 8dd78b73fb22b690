/* queue.h - requests that wait for a worker, first come first served, and workers that wait for one.
 *
 * The worker that fell asleep last is woken first, as its memory is still warm; and one wakes the
 * next, so that a burst of requests costs few wakings. Thread-safe. Inside the room http. */
#ifndef HTTP_QUEUE_H
#define HTTP_QUEUE_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/http.h"

struct exchange;
struct queue_sleeper;
struct queue {
    pthread_mutex_t mutex;
    struct exchange *first, *last;
    _Atomic size_t count;
    size_t max;
    struct queue_sleeper *asleep; /* last first */
    bool is_waking;               /* somebody was woken and has not come yet */
    bool is_watched;              /* somebody looks before falling asleep: nobody need be woken */
    bool is_closed;
};

void queue_open(struct queue *q, size_t max);
void queue_free(struct queue *q); /* when nobody uses it any more */

/* False: it is full, or closed. */
bool queue_put(struct queue *q, struct exchange *e);

/* Waits for the next; NULL when the queue is closed and empty. */
struct exchange *queue_take(struct queue *q);

/* Nothing goes in any more; what is in it is still taken. */
void queue_close(struct queue *q);

#endif
