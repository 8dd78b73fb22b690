/* worker.c - the threads that run the application. */
#include "http/exchange.h"

#include "base/log.h"

enum { WORKER_ARENA_KEEP = 8 * 1024 * 1024 };

static void work(struct worker *w, struct exchange *e, struct arena *a)
{
    const struct http_app *app = &e->server->app;
    int status = form_read(e, a);

    if (status) {
        answer_refuse(e, a, status);
    } else {
        struct http_response rs = {0};
        app->answer(app->arg, w->state, a, &e->rq, &rs);
        answer_make(e, a, &rs);
    }
    e->rq.value = NULL; /* it lies in `a` */
    e->rq.value_count = 0;
}

/* An arena keeps what it once needed; after an unusual request it is given back. */
static struct arena *emptied(struct arena *a)
{
    if (arena_used(a) <= WORKER_ARENA_KEEP) {
        arena_reset(a);
        return a;
    }
    arena_free(a);
    return arena_new(EXCHANGE_WORK_MAX);
}

static void say_opened(struct worker *w)
{
    struct http_server *s = w->server;

    pthread_mutex_lock(&s->mutex);
    s->opening--;
    pthread_cond_signal(&s->quiet);
    pthread_mutex_unlock(&s->mutex);
}

static void *worker_run(void *arg)
{
    struct worker *w = arg;
    struct http_server *s = w->server;
    struct arena *a = arena_new(EXCHANGE_WORK_MAX);
    struct exchange *e;

    w->opened = s->app.worker_open ? s->app.worker_open(s->app.arg, &w->state) : OK;
    bool is_open = w->opened == OK;
    say_opened(w);
    while ((e = queue_take(&s->queue)) != NULL) {
        struct MHD_Connection *connection = e->connection;
        work(w, e, a);
        a = emptied(a); /* before the client can see the answer: what was deferred has happened */
        MHD_resume_connection(connection); /* from here on it is the event thread's */
    }
    if (is_open && s->app.worker_close)
        s->app.worker_close(s->app.arg, w->state);
    answer_thread_end();
    arena_free(a);
    return NULL;
}

enum err workers_open(struct http_server *s)
{
    int count = s->options.workers;

    s->worker = calloc((size_t)count, sizeof *s->worker);
    if (!s->worker)
        BUG("out of memory");
    s->opening = count;
    for (s->worker_count = 0; s->worker_count < count; s->worker_count++) {
        struct worker *w = &s->worker[s->worker_count];
        w->server = s;
        if (pthread_create(&w->thread, NULL, worker_run, w))
            BUG("no thread for worker %d", s->worker_count);
    }
    pthread_mutex_lock(&s->mutex);
    while (s->opening > 0)
        pthread_cond_wait(&s->quiet, &s->mutex);
    pthread_mutex_unlock(&s->mutex);

    for (int i = 0; i < count; i++)
        if (s->worker[i].opened)
            return s->worker[i].opened;
    return OK;
}

void workers_join(struct http_server *s)
{
    queue_close(&s->queue);
    for (int i = 0; i < s->worker_count; i++)
        pthread_join(s->worker[i].thread, NULL);
    free(s->worker);
    s->worker = NULL;
    s->worker_count = 0;
}
