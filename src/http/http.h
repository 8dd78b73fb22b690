/* http.h - requests and answers, over libmicrohttpd.
 *
 * Event threads parse; each request is then run by a worker of a pool, which owns an arena that is
 * reset after the answer is sent. Bytes become text once, here: every name and value is checked to
 * be UTF-8, made NFC, freed of control characters, limited in length; what a route does not list
 * does not arrive. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/str.h"

enum http_method { HTTP_GET, HTTP_POST };

enum { HTTP_BODY_MAX = 8 * 1024 * 1024, HTTP_FIELDS_MAX = 2000, HTTP_FIELD_MAX = 64 * 1024, HTTP_PATH_PARTS = 6 };

/* What a route accepts. Text longer than `max` bytes, or not text, arrives as a defect that the
 * handler reports beside the field, with what was typed. */
struct http_field {
    const char *name;   /* NULL ends a table */
    size_t max;         /* bytes; 0 = 1,000 */
    bool many;          /* may come more than once */
    bool lines;         /* may hold line feeds */
};

enum http_defect { HTTP_FINE, HTTP_TOO_LONG, HTTP_NOT_UTF8, HTTP_CONTROL, HTTP_TWICE };

struct http_value {
    const struct http_field *field;
    struct str text;   /* cleaned: always safe to show again (cut at max, bad bytes replaced) */
    enum http_defect defect;
};

struct http_request {
    enum http_method method;
    struct str path;                       /* decoded */
    struct str query;                      /* raw, for links back */
    struct str part[HTTP_PATH_PARTS];      /* what {…} of the route matched, in order */
    const struct http_value *value;        /* query and form fields the route lists */
    size_t value_count;
    struct str session;                    /* the session cookie, or empty */
    struct str cookie_lang, accept_language;
    struct str peer;                       /* address of the client, for throttling */
    struct str request_id;
    struct str host;                       /* Host header, checked to be host[:port] */
    bool is_https;
    bool is_partial;                       /* htmx asks for a part of the page */
};

/* The text of a field; empty if it did not come. */
struct str http_value(const struct http_request *rq, const char *name);
const struct http_value *http_value_find(const struct http_request *rq, const char *name);
size_t http_value_all(const struct http_request *rq, struct arena *a, const char *name,
                      const struct str **ret);

struct http_response {
    int status; /* 200 unless set */
    struct str content_type;
    struct str body;                /* in the request's arena, or constant */
    bool body_is_constant;
    struct str location;            /* 303 */
    struct str set_cookie[3];
    int cookie_count;
    struct str download;            /* file name: Content-Disposition attachment */
    struct str etag;
    bool immutable;                 /* hashed asset: cached for a year */
    bool gzip;                      /* body is gzip */
    bool no_store;                  /* personal data: set by default for staff pages */
    /* a body made piece by piece (large exports): called on the worker until it gives 0 */
};

/* The application: one function that answers every request, run by a worker. */
struct http_worker {
    void *state; /* what worker_open made */
    struct arena *arena;
};
struct http_app {
    void *arg;
    enum err (*worker_open)(void *arg, void **ret_state);
    void (*worker_close)(void *arg, void *state);
    /* Which fields may this request carry? NULL: none (and for an unknown path). Called on an event
     * thread before the body is read: pure. ret_part: what {…} matched. */
    const struct http_field *(*fields)(void *arg, enum http_method m, struct str path);
    void (*answer)(void *arg, void *state, struct arena *a, struct http_request *rq,
                   struct http_response *rs);
};

struct http_server;
struct http_options {
    struct str listen;    /* "127.0.0.1:8080", "[::1]:0"; port 0: any */
    int workers;          /* 0: cores x 4, at least 8 */
    int event_threads;    /* 0: one per core */
};
enum err http_start(const struct http_app *app, const struct http_options *o,
                    struct http_server **ret) MUST_CHECK;
int http_port(const struct http_server *s);
/* Lets running requests end, then stops. Accepts NULL. */
void http_stop(struct http_server *s);

/* Does `path` match `pattern` ("/cb/ho-so/{code}/bo-sung")? Fills part[]. Pure. */
bool http_match(const char *pattern, struct str path, struct str part[HTTP_PATH_PARTS]);

#endif
