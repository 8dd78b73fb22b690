/* exchange.h - one request and its answer, on their way through the threads.
 *
 * An event thread makes it and gathers the request; from queue_put on it belongs to a worker, until
 * that resumes the connection; then to the event thread again, which sends the answer and puts the
 * exchange by for the next request. Inside the room http. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/guest.h"
#include "http/http.h"
#include "http/queue.h"

enum {
    EXCHANGE_HEAD_MAX = 256 * 1024,           /* memory for what is known before the body */
    EXCHANGE_WORK_MAX = 1024 * 1024 * 1024,   /* memory of a worker for one request */
    EXCHANGE_KEEP = 256 * 1024,               /* larger buffers are given back after use */
    EXCHANGE_BODIES_MAX = 512 * 1024 * 1024,  /* of all requests at one time */
    EXCHANGE_DRAIN_MAX = 4 * HTTP_BODY_MAX,   /* read and dropped, so that the refusal can be seen */
};

enum exchange_stage {
    EXCHANGE_BEGUN,   /* the request line is there */
    EXCHANGE_BODY,    /* the body comes */
    EXCHANGE_WORKED,  /* given to a worker; when seen again by the event thread, answered */
};

enum exchange_form { EXCHANGE_NO_FORM, EXCHANGE_URLENCODED, EXCHANGE_MULTIPART };

struct exchange_bytes {
    char *p;
    size_t n, capacity;
};

struct http_server;
struct exchange {
    struct exchange *next; /* in the queue, or among the spare ones */
    struct http_server *server;
    struct MHD_Connection *connection;
    struct guest *guest;
    struct arena *arena;   /* of the event thread, for the head */
    enum exchange_stage stage;

    const char *method;
    struct str raw_path;
    struct http_request rq;
    const struct http_field *fields;
    enum exchange_form form;
    struct str if_none_match;
    bool takes_gzip, has_body, must_close;
    int refusal;           /* the status when the answer is not the application's; 0: it is */
    char request_id[17];

    struct exchange_bytes body;
    size_t dropped;
    int64_t since;         /* guest_now() */
    int64_t began;         /* microseconds; only where somebody asks */

    struct exchange_bytes out; /* the body of the answer, where it is not constant */
    struct MHD_Response *response;
    unsigned status;
    size_t sent;
};

struct worker {
    pthread_t thread;
    struct http_server *server;
    void *state;
    enum err opened;
};

struct http_server {
    struct http_app app;
    struct http_options options; /* no zeroes left */
    struct MHD_Daemon *daemon;
    int listener, port;
    struct guests guests;
    struct queue queue;
    struct worker *worker;
    int worker_count;

    pthread_mutex_t mutex;       /* of what follows */
    pthread_cond_t quiet;        /* no exchange is under way */
    struct exchange *spare;
    size_t under_way;
    int opening;                 /* workers that have not said yet whether they opened */

    _Atomic size_t bodies;       /* bytes of large bodies held */
    _Atomic uint32_t request_count;
    _Atomic int64_t said_full;   /* guest_now() of the last such line in the log */
    uint32_t boot;               /* random; first half of each request_id */
    atomic_bool is_stopping;
};

/* The callbacks that libmicrohttpd gets; cls is the server. */
void *exchange_on_line(void *cls, const char *uri, struct MHD_Connection *connection);
enum MHD_Result exchange_on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                    const char *method, const char *version, const char *data,
                                    size_t *size, void **context);
void exchange_on_end(void *cls, struct MHD_Connection *connection, void **context,
                     enum MHD_RequestTerminationCode why);
void exchange_on_guest(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode what);

/* Frees the spare ones. */
void exchange_free_spare(struct http_server *s);

/* Room for `capacity` bytes in all; what is there stays. */
void exchange_room(struct exchange_bytes *b, size_t capacity);

/* Reads the headers: sets what of the exchange is known before the body. The status with which it
 * must be refused, or 0; must_close is set where the rest of the connection cannot be trusted. */
int head_read(struct exchange *e, const char *version);

/* Reads query and body into e->rq.value, in `a`. A status, or 0. */
int form_read(struct exchange *e, struct arena *a);

/* Makes e->response of *rs; nothing of `a` is needed afterwards. */
void answer_make(struct exchange *e, struct arena *a, struct http_response *rs);
/* The same for what the application does not answer. */
void answer_refuse(struct exchange *e, struct arena *a, int status);

/* Gives back what answer_make keeps for the thread that calls it. */
void answer_thread_end(void);

/* Workers: started each with its own state; they end when the queue is closed and empty. */
enum err workers_open(struct http_server *s) MUST_CHECK;
void workers_join(struct http_server *s);

#endif
