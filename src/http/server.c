/* server.c - starting and stopping. */
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "http/exchange.h"

enum {
    BACKLOG = 1024,
    EVENT_THREADS_MAX = 8,
    WORKERS_LEAST = 8,
    WORKERS_PER_CORE = 4,
    FILES_FOR_OTHERS = 256,        /* stores, logs, files */
    LAST_ANSWERS_SECONDS = 1,
    CONNECTION_MEMORY = 32 * 1024, /* of libmicrohttpd for each: line, headers, what is read at once */
};

static int or_else(int value, int otherwise)
{
    return value > 0 ? value : otherwise;
}

static int connections_possible(void)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur >= 4096 + FILES_FOR_OTHERS)
        return 4096;
    return files.rlim_cur > 2 * FILES_FOR_OTHERS ? (int)files.rlim_cur - FILES_FOR_OTHERS : FILES_FOR_OTHERS;
}

static struct http_options without_zeroes(struct http_options o)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    int cores = online > 0 ? (int)online : 1;
    int workers = cores * WORKERS_PER_CORE;

    o.workers = or_else(o.workers, workers > WORKERS_LEAST ? workers : WORKERS_LEAST);
    o.event_threads = or_else(o.event_threads, cores < EVENT_THREADS_MAX ? cores : EVENT_THREADS_MAX);
    o.queue = or_else(o.queue, 1024);
    o.connections = or_else(o.connections, connections_possible());
    o.per_address = or_else(o.per_address, 512);
    o.slow_seconds = or_else(o.slow_seconds, 30);
    o.idle_seconds = or_else(o.idle_seconds, 60);
    o.stop_seconds = or_else(o.stop_seconds, 10);
    return o;
}

/* ---- listening ---- */

/* "127.0.0.1:80", "[::1]:80", "localhost:80" into its two halves. */
static bool split_address(struct str listen, char host[256], char port[6])
{
    size_t colon = listen.n;

    while (colon > 0 && listen.p[colon - 1] != ':')
        colon--;
    if (colon < 2 || listen.n - colon == 0 || listen.n - colon > 5 || colon > 255)
        return false;
    struct str name = str_sub(listen, 0, colon - 1), number = str_sub(listen, colon, listen.n);
    int64_t ignored;
    if (str_has_prefix(name, STR("[")) && str_has_suffix(name, STR("]")))
        name = str_sub(name, 1, name.n - 2);
    if (name.n == 0 || number.p[0] == '+' || str_parse_int(number, 0, 65535, &ignored))
        return false;
    snprintf(host, 256, "%" PRIstr, STR_ARG(name));
    snprintf(port, 6, "%" PRIstr, STR_ARG(number));
    return true;
}

static enum err listen_at(const struct addrinfo *at, int *ret)
{
    int yes = 1;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return ERR_IO;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); /* its connections inherit it */
    if (bind(fd, at->ai_addr, at->ai_addrlen) || listen(fd, BACKLOG)) {
        close(fd);
        return ERR_IO;
    }
    *ret = fd;
    return OK;
}

static enum err listener_open(struct http_server *s)
{
    char host[256], port[6];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV | AI_PASSIVE}, *at;
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;

    if (!split_address(s->options.listen, host, port))
        return ERR_INVALID;
    if (strcmp(host, "localhost") != 0)
        hints.ai_flags |= AI_NUMERICHOST; /* starting waits for no name server */
    if (getaddrinfo(host, port, &hints, &at))
        return ERR_INVALID;
    enum err err = listen_at(at, &s->listener);
    freeaddrinfo(at);
    if (err)
        return err;
    if (getsockname(s->listener, (struct sockaddr *)&bound, &size))
        return ERR_IO;
    s->port = ntohs(bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                                : ((struct sockaddr_in *)&bound)->sin_port);
    return OK;
}

/* ---- the daemon ---- */

static void __attribute__((format(printf, 2, 0))) on_log(void *cls, const char *fmt, va_list ap)
{
    char line[512];

    (void)cls;
    vsnprintf(line, sizeof line, fmt, ap);
    line[strcspn(line, "\n")] = '\0';
    log_line(LOG_LEVEL_DEBUG, "http: %s", line); /* mostly clients that went away */
}

static void on_panic(void *cls, const char *file, unsigned line, const char *reason)
{
    (void)cls;
    bug_at(file, (int)line, "libmicrohttpd: %s", reason ? reason : "");
}

/* Names and values stay as they were sent: they are decoded once, in head.c and form.c. */
static size_t leave_escaped(void *cls, struct MHD_Connection *connection, char *s)
{
    (void)cls;
    (void)connection;
    return strlen(s);
}

static enum MHD_Result on_accept(void *cls, const struct sockaddr *from, socklen_t size)
{
    struct http_server *s = cls;

    (void)size;
    return !atomic_load(&s->is_stopping) && guest_may_enter(&s->guests, from) ? MHD_YES : MHD_NO;
}

static enum err daemon_start(struct http_server *s)
{
    const struct http_options *o = &s->options;
    unsigned threads = o->event_threads > 1 ? (unsigned)o->event_threads : 0; /* 0: one, without a pool */
    int quiet_seconds = o->idle_seconds > o->slow_seconds ? o->idle_seconds : o->slow_seconds;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG;

    MHD_set_panic_func(on_panic, NULL);
    s->daemon = MHD_start_daemon(
        flags, 0, on_accept, s, exchange_on_request, s,
        MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, s->listener,
        MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)o->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)quiet_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, exchange_on_line, s,
        MHD_OPTION_NOTIFY_COMPLETED, exchange_on_end, s,
        MHD_OPTION_NOTIFY_CONNECTION, exchange_on_guest, s, MHD_OPTION_END);
    return s->daemon ? OK : ERR_IO;
}

/* ---- start and stop ---- */

static void server_free(struct http_server *s)
{
    exchange_free_spare(s);
    queue_free(&s->queue);
    pthread_cond_destroy(&s->quiet);
    pthread_mutex_destroy(&s->mutex);
    if (s->listener >= 0)
        close(s->listener);
    free(s);
}

static struct http_server *server_new(const struct http_app *app, const struct http_options *o)
{
    struct http_server *s = calloc(1, sizeof *s);
    pthread_condattr_t monotonic;

    if (!s)
        BUG("out of memory");
    s->app = *app;
    s->options = without_zeroes(*o);
    s->listener = -1;
    pthread_mutex_init(&s->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->quiet, &monotonic);
    pthread_condattr_destroy(&monotonic);
    queue_open(&s->queue, (size_t)s->options.queue);
    if (getrandom(&s->boot, sizeof s->boot, 0) != sizeof s->boot)
        BUG("no random bytes");
    return s;
}

static enum err parts_open(struct http_server *s)
{
    const struct http_options *o = &s->options;
    enum err err = listener_open(s);

    if (err)
        return err;
    err = workers_open(s);
    if (err)
        goto no_workers;
    err = guests_open(&s->guests, o->per_address, o->slow_seconds, o->idle_seconds);
    if (err)
        goto no_workers;
    err = daemon_start(s);
    if (!err)
        return OK;
    guests_close(&s->guests);
no_workers:
    workers_join(s);
    return err;
}

enum err http_start(const struct http_app *app, const struct http_options *o, struct http_server **ret)
{
    struct http_server *s = server_new(app, o);
    sigset_t all, before;

    assert(app->answer);
    /* Signals are the program's: no thread of ours takes one. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    enum err err = parts_open(s);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (err) {
        server_free(s);
        return err;
    }
    s->options.listen = STR(""); /* borrowed only until here */
    *ret = s;
    return OK;
}

int http_port(const struct http_server *s)
{
    return s->port;
}

static void wait_until_quiet(struct http_server *s, int seconds)
{
    struct timespec until;
    int waited = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&s->mutex);
    while (s->under_way > 0 && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&s->quiet, &s->mutex, &until);
    pthread_mutex_unlock(&s->mutex);
}

void http_stop(struct http_server *s)
{
    if (!s)
        return;
    /* Nobody enters from now on. MHD_quiesce_daemon() would say so earlier, but it takes the listening socket out of the poll at the
     * same moment as a thread of the pool may do so, and then libmicrohttpd 0.9.75 ends the program. */
    atomic_store(&s->is_stopping, true);
    wait_until_quiet(s, s->options.stop_seconds);
    workers_join(s); /* nothing is suspended after that, as libmicrohttpd demands */
    wait_until_quiet(s, LAST_ANSWERS_SECONDS); /* what a slow handler has only now answered */
    MHD_stop_daemon(s->daemon); /* closes the listening socket too */
    s->listener = -1;
    guests_close(&s->guests);
    server_free(s);
}
