/* http.h - requests and answers, over libmicrohttpd.
 *
 * Event threads receive and send; each whole request is run by a worker of a pool, which owns an
 * arena that is reset once the answer is copied out. Bytes become text once, here: every name and
 * value is checked to be UTF-8, made NFC, freed of control characters, limited in length; what a
 * route does not list does not arrive.
 *
 * What the application never sees, because it is answered here: methods but GET, HEAD and POST
 * (405); a path with an encoded slash or NUL, "..", "." or an empty part, or not text (400), with a
 * slash at its end (301 to the same without); ambiguous framing, a bad Host (400); a body above
 * HTTP_BODY_MAX or more fields than HTTP_FIELDS_MAX (413), or of another kind than the two that
 * forms send (415); a full queue (503 with Retry-After). HEAD is answered as GET. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/str.h"

enum http_method { HTTP_GET, HTTP_POST };

enum {
    HTTP_BODY_MAX = 8 * 1024 * 1024,
    HTTP_FIELDS_MAX = 2000,      /* names in query and form together, listed or not */
    HTTP_FIELD_MAX = 64 * 1024,  /* bytes of one text */
    HTTP_PATH_MAX = 2 * 1024,
    HTTP_QUERY_MAX = 8 * 1024,
    HTTP_PATH_PARTS = 6,
};

/* What a route accepts. Text longer than `max` bytes, or not text, arrives as a defect that the
 * handler reports beside the field, with what was typed. */
struct http_field {
    const char *name;   /* NULL ends a table; "f-*" is every field whose name begins with "f-": names that are data */
    size_t max;         /* bytes; 0 = 1,000 */
    bool many;          /* may come more than once */
    bool lines;         /* may hold line feeds; CRLF arrives as LF */
    bool file;          /* an upload: only from multipart, bytes as they came, `max` to HTTP_BODY_MAX */
};

enum http_defect { HTTP_FINE, HTTP_TOO_LONG, HTTP_NOT_UTF8, HTTP_CONTROL, HTTP_TWICE };

struct http_value {
    const struct http_field *field;
    const char *name;  /* the field's, or what stood for its "*" */
    struct str text;   /* cleaned: always safe to show again (cut at max, bad bytes replaced) */
    enum http_defect defect;
    struct str file_name; /* of an upload, cleaned, without folders; then `text` is raw bytes */
};

struct http_request {
    enum http_method method;
    struct str path;                       /* decoded; never ends with a slash, but for "/" */
    struct str query;                      /* raw, for links back */
    struct str part[HTTP_PATH_PARTS];      /* what {…} of the route matched, in order:
                                              filled by whoever matches, see http/route.h */
    const struct http_value *value;        /* query and form fields the route lists */
    size_t value_count;
    struct str session;                    /* cookie mc_session, of [A-Za-z0-9_-], or empty */
    struct str cookie_lang;                /* cookie mc_lang, likewise */
    struct str accept_language;
    struct str peer;                       /* address of the client, for throttling */
    struct str request_id;
    struct str host;                       /* Host header, checked to be host[:port] */
    bool is_https;
    bool is_partial;                       /* htmx asks for a part of the page */
    bool is_cross_site;                    /* the browser says that another site sent this */
};

/* The text of a field; empty if it did not come. */
struct str http_value(const struct http_request *rq, const char *name);
const struct http_value *http_value_find(const struct http_request *rq, const char *name);
size_t http_value_all(const struct http_request *rq, struct arena *a, const char *name,
                      const struct str **ret);

struct http_response {
    int status; /* 200 unless set */
    struct str content_type;        /* "text/html; charset=utf-8" unless set */
    struct str body;                /* in the request's arena, or constant */
    bool body_is_constant;          /* lives as long as the server: sent without a copy */
    struct str location;            /* 303 */
    struct str set_cookie[3];       /* "mc_session=…; Max-Age=…": Path=/, HttpOnly, SameSite=Lax and,
                                       over https, Secure are added */
    int cookie_count;
    struct str download;            /* file name: Content-Disposition attachment */
    struct str etag;                /* with or without quotes; a match turns 200 into 304 */
    bool immutable;                 /* hashed asset: cached for a year */
    bool gzip;                      /* body is gzip; unpacked for a client that cannot */
    bool no_store;                  /* personal data: set by default for staff pages */
    struct str allow;               /* 405: "GET, HEAD" unless set */
    int retry_after;                /* seconds: Retry-After, where above 0 */
    int local_port;                 /* a page whose script may also ask this port of the machine it is shown on; 0: none */
};

/* The application: one function that answers every request, run by a worker. */
struct http_worker {
    void *state; /* what worker_open made */
    struct arena *arena;
};
struct http_finished;
struct http_app {
    void *arg;
    enum err (*worker_open)(void *arg, void **ret_state);
    void (*worker_close)(void *arg, void *state);
    /* Which fields may this request carry? NULL: none (and for an unknown path). Called on an event
     * thread before the body is read: pure. */
    const struct http_field *(*fields)(void *arg, enum http_method m, struct str path);
    void (*answer)(void *arg, void *state, struct arena *a, struct http_request *rq,
                   struct http_response *rs);

    /* ---- optional ---- */

    /* A GET that needs no worker, such as an asset: fills *rs (constant body) and says true. Called
     * on an event thread: pure and fast. */
    bool (*constant)(void *arg, struct str path, struct http_response *rs);
    /* The page for what is answered here, by status; the body must be constant. Otherwise plain
     * text. Called on any thread: pure. */
    void (*refusal)(void *arg, int status, const struct http_request *rq, struct http_response *rs);
    /* One finished request, for an access log. Called on an event thread: fast. */
    void (*finished)(void *arg, const struct http_finished *f);
};

struct http_finished {
    const struct http_request *rq; /* path may be empty when it was refused; no values any more */
    const char *method;
    int status;                    /* 0: the client went away before an answer */
    size_t bytes;
    int64_t micros;                /* from the request line to the last byte sent */
};

struct http_server;
struct http_options {
    struct str listen;    /* "127.0.0.1:8080", "[::1]:0"; port 0: any */
    int workers;          /* 0: cores x 4, at least 8 */
    int event_threads;    /* 0: one per core, at most 8 */
    int queue;            /* requests that may wait for a worker; 0: 1,024 */
    int connections;      /* 0: 4,096, or what open files allow */
    int per_address;      /* connections of one address but loopback (/64 in IPv6); 0: 512 */
    int slow_seconds;     /* head, or body beside 2 kB/s, must have come; the same sent; 0: 30 */
    int idle_seconds;     /* an open connection without a request; 0: 60 */
    int stop_seconds;     /* at http_stop, to let answers be sent; 0: 10 */
    bool behind_proxy;    /* believe X-Forwarded-For and -Proto of a loopback or private peer */
    bool gzip;            /* compress text of 2 kB and more as it is sent */
};
/* ERR_INVALID: `listen` is not an address; ERR_IO: it cannot be listened on; else the error of
 * worker_open. Blocks SIGPIPE for its threads only: the program should ignore it. */
enum err http_start(const struct http_app *app, const struct http_options *o,
                    struct http_server **ret) MUST_CHECK;
int http_port(const struct http_server *s);
/* Takes no new connections, lets requests that have begun end (those received, always; those still
 * on their way or being sent, for stop_seconds), then stops. Accepts NULL. */
void http_stop(struct http_server *s);

/* Does `path` match `pattern` ("/cb/ho-so/{code}/bo-sung", "/phieu/{code}.pdf")? Fills part[]: {…}
 * stands for one part of the path, or its beginning, of at least one byte. Pure. */
bool http_match(const char *pattern, struct str path, struct str part[HTTP_PATH_PARTS]);

#endif
