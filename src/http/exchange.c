#include "http/exchange.h"

#include <assert.h>

#include "base/log.h"

/* ---- buffers ---- */

void exchange_room(struct exchange_bytes *b, size_t capacity)
{
    if (capacity <= b->capacity)
        return;
    char *p = realloc(b->p, capacity);
    if (!p)
        BUG("out of memory: %zu bytes", capacity);
    b->p = p;
    b->capacity = capacity;
}

static void bytes_empty(struct exchange_bytes *b)
{
    b->n = 0;
    if (b->capacity <= EXCHANGE_KEEP)
        return;
    free(b->p);
    *b = (struct exchange_bytes){0};
}

static size_t counted(const struct exchange_bytes *b)
{
    return b->capacity > EXCHANGE_KEEP ? b->capacity : 0;
}

/* ---- taking and putting by ---- */

static struct exchange *exchange_take(struct http_server *s)
{
    pthread_mutex_lock(&s->mutex);
    struct exchange *e = s->spare;
    if (e)
        s->spare = e->next;
    s->under_way++;
    pthread_mutex_unlock(&s->mutex);

    if (!e) {
        e = calloc(1, sizeof *e);
        if (!e)
            BUG("out of memory");
        e->server = s;
        e->arena = arena_new(EXCHANGE_HEAD_MAX);
    }
    return e;
}

static void exchange_put_by(struct exchange *e)
{
    struct http_server *s = e->server;

    atomic_fetch_sub_explicit(&s->bodies, counted(&e->body), memory_order_relaxed);
    bytes_empty(&e->body);
    bytes_empty(&e->out);
    arena_reset(e->arena);
    struct exchange kept = {.server = s, .arena = e->arena, .body = e->body, .out = e->out};
    *e = kept;

    pthread_mutex_lock(&s->mutex);
    e->next = s->spare;
    s->spare = e;
    if (--s->under_way == 0)
        pthread_cond_signal(&s->quiet);
    pthread_mutex_unlock(&s->mutex);
}

void exchange_free_spare(struct http_server *s)
{
    while (s->spare) {
        struct exchange *e = s->spare;
        s->spare = e->next;
        arena_free(e->arena);
        free(e->body.p);
        free(e->out.p);
        free(e);
    }
}

/* ---- the connection ---- */

void exchange_on_guest(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode what)
{
    struct http_server *s = cls;
    struct guest *g = *context;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *fd, *from;

        fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        from = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        *context = guest_enter(&s->guests, fd->connect_fd, from->client_addr);
        return;
    }
    if (g->exchange) /* its request line came, but never a whole head */
        exchange_put_by(g->exchange);
    guest_leave(&s->guests, g);
    *context = NULL;
}

static int64_t micros(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Sees the line before libmicrohttpd takes it apart in place, hence the copy. */
void *exchange_on_line(void *cls, const char *uri, struct MHD_Connection *connection)
{
    struct http_server *s = cls;
    struct guest *g =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;

    if (g->exchange)
        exchange_put_by(g->exchange);
    struct exchange *e = exchange_take(s);
    struct str line = str_copy(e->arena, str_of(uri));
    size_t mark = str_find(line, STR("?"));

    e->raw_path = str_sub(line, 0, mark);
    e->rq.query = mark == STR_NONE ? STR("") : str_sub(line, mark + 1, line.n);
    e->connection = connection;
    e->guest = g;
    e->since = guest_now();
    if (s->app.finished)
        e->began = micros();
    g->exchange = e;
    guest_is_slow_after(&s->guests, g, e->since, 0);
    return e;
}

void exchange_on_end(void *cls, struct MHD_Connection *connection, void **context,
                     enum MHD_RequestTerminationCode why)
{
    struct http_server *s = cls;
    struct exchange *e = *context;

    (void)connection;
    if (!e)
        return;
    if (e->response) { /* answered by a worker, but the client had gone */
        MHD_destroy_response(e->response);
        e->response = NULL;
    }
    if (s->app.finished) {
        struct http_finished f = {.rq = &e->rq, .method = e->method ? e->method : ""};
        f.status = why == MHD_REQUEST_TERMINATED_COMPLETED_OK ? (int)e->status : 0;
        f.bytes = f.status ? e->sent : 0;
        f.micros = micros() - e->began;
        s->app.finished(s->app.arg, &f);
    }
    guest_is_idle(&s->guests, e->guest);
    e->guest->exchange = NULL;
    exchange_put_by(e);
    *context = NULL;
}

/* ---- the request ---- */

static enum MHD_Result send_answer(struct exchange *e)
{
    struct MHD_Response *response = e->response;

    guest_is_slow_after(&e->server->guests, e->guest, guest_now(), e->sent);
    e->response = NULL;
    e->stage = EXCHANGE_WORKED;
    enum MHD_Result queued = MHD_queue_response(e->connection, e->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result refuse(struct exchange *e, int status)
{
    answer_refuse(e, e->arena, status);
    return send_answer(e);
}

/* A piece of the body. What a refused or unknown request sends is dropped: a client that is still
 * sending does not read the answer, and would only see its connection break. */
static enum MHD_Result add_to_body(struct exchange *e, const char *data, size_t n)
{
    struct http_server *s = e->server;
    size_t wanted = e->body.n + n;

    guest_is_slow_after(&s->guests, e->guest, e->since, wanted + e->dropped);
    if (!e->refusal && wanted > HTTP_BODY_MAX)
        e->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
    if (e->refusal || !e->fields) {
        e->dropped += n;
        return e->dropped > EXCHANGE_DRAIN_MAX ? MHD_NO : MHD_YES;
    }
    if (wanted > e->body.capacity) {
        size_t before = counted(&e->body);
        exchange_room(&e->body, wanted < 4096 ? 4096 : wanted * 2);
        size_t more = counted(&e->body) - before;
        if (atomic_fetch_add(&s->bodies, more) + more > EXCHANGE_BODIES_MAX)
            e->refusal = MHD_HTTP_SERVICE_UNAVAILABLE;
    }
    memcpy(e->body.p + e->body.n, data, n);
    e->body.n = wanted;
    return MHD_YES;
}

static void say_full(struct http_server *s)
{
    int64_t now = guest_now(), last = atomic_load(&s->said_full);

    if (now - last > 10 * 1000 && atomic_compare_exchange_strong(&s->said_full, &last, now))
        log_line(LOG_LEVEL_WARN, "http: %d requests wait for %d workers; refusing more",
                 s->options.queue, s->worker_count);
}

/* The whole request is here. */
static enum MHD_Result work_begin(struct exchange *e)
{
    struct http_server *s = e->server;

    if (e->refusal)
        return refuse(e, e->refusal);
    if (s->app.constant && e->rq.method == HTTP_GET) {
        struct http_response rs = {.body_is_constant = true};
        if (s->app.constant(s->app.arg, e->rq.path, &rs)) {
            answer_make(e, e->arena, &rs);
            return send_answer(e);
        }
    }
    guest_waits_for_us(e->guest);
    e->stage = EXCHANGE_WORKED;
    MHD_suspend_connection(e->connection); /* before a worker could resume it */
    if (queue_put(&s->queue, e))
        return MHD_YES;
    if (!atomic_load(&s->is_stopping))
        say_full(s);
    answer_refuse(e, e->arena, MHD_HTTP_SERVICE_UNAVAILABLE);
    MHD_resume_connection(e->connection);
    return MHD_YES;
}

enum MHD_Result exchange_on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                    const char *method, const char *version, const char *data,
                                    size_t *size, void **context)
{
    struct exchange *e = *context;

    (void)cls;
    (void)connection;
    (void)url;
    switch (e->stage) {
    case EXCHANGE_BEGUN:
        e->stage = EXCHANGE_BODY;
        e->method = method;
        e->refusal = head_read(e, version);
        return e->refusal && e->must_close ? refuse(e, e->refusal) : MHD_YES;
    case EXCHANGE_BODY:
        if (*size == 0)
            return work_begin(e);
        if (add_to_body(e, data, *size) == MHD_NO)
            return MHD_NO;
        *size = 0;
        return MHD_YES;
    case EXCHANGE_WORKED:
        assert(e->response);
        return send_answer(e);
    }
    BUG("exchange stage %d", (int)e->stage);
}
