/* head.c - what a request says before its body. */
#include "http/exchange.h"

#include <strings.h>

#include "http/clean.h"
#include "http/path.h"

enum header {
    HEADER_ACCEPT_ENCODING,
    HEADER_ACCEPT_LANGUAGE,
    HEADER_CONTENT_LENGTH,
    HEADER_CONTENT_TYPE,
    HEADER_FORWARDED_FOR,
    HEADER_FORWARDED_PROTO,
    HEADER_FETCH_SITE,
    HEADER_HOST,
    HEADER_HX_BOOSTED,
    HEADER_HX_HISTORY,
    HEADER_HX_REQUEST,
    HEADER_IF_NONE_MATCH,
    HEADER_ORIGIN,
    HEADER_TRANSFER_ENCODING,
    HEADER__COUNT
};

static const struct {
    struct str name;
    bool once; /* said twice, it could be read in two ways */
} HEADER[] = {
    [HEADER_ACCEPT_ENCODING] = {STR_INIT("Accept-Encoding"), false},
    [HEADER_ACCEPT_LANGUAGE] = {STR_INIT("Accept-Language"), false},
    [HEADER_CONTENT_LENGTH] = {STR_INIT("Content-Length"), true},
    [HEADER_CONTENT_TYPE] = {STR_INIT("Content-Type"), true},
    [HEADER_FORWARDED_FOR] = {STR_INIT("X-Forwarded-For"), false},
    [HEADER_FORWARDED_PROTO] = {STR_INIT("X-Forwarded-Proto"), false},
    [HEADER_FETCH_SITE] = {STR_INIT("Sec-Fetch-Site"), false},
    [HEADER_HOST] = {STR_INIT("Host"), true},
    [HEADER_HX_BOOSTED] = {STR_INIT("HX-Boosted"), false},
    [HEADER_HX_HISTORY] = {STR_INIT("HX-History-Restore-Request"), false},
    [HEADER_HX_REQUEST] = {STR_INIT("HX-Request"), false},
    [HEADER_IF_NONE_MATCH] = {STR_INIT("If-None-Match"), false},
    [HEADER_ORIGIN] = {STR_INIT("Origin"), true},
    [HEADER_TRANSFER_ENCODING] = {STR_INIT("Transfer-Encoding"), true},
};
_Static_assert(sizeof HEADER / sizeof HEADER[0] == HEADER__COUNT, "a header has no name");

struct headers {
    struct str value[HEADER__COUNT];
    bool came[HEADER__COUNT];
    bool is_ambiguous;
};

static bool same_ignoring_case(struct str a, struct str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n,
                                 const char *value, size_t value_n)
{
    struct headers *h = cls;
    struct str name = {key, key_n};

    (void)kind;
    for (size_t i = 0; i < HEADER__COUNT; i++) {
        if (!same_ignoring_case(HEADER[i].name, name))
            continue;
        h->is_ambiguous |= HEADER[i].once && h->came[i];
        h->came[i] = true;
        h->value[i] = (struct str){value ? value : "", value ? value_n : 0};
        break;
    }
    return MHD_YES;
}

/* ---- single headers ---- */

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_all(struct str s, const char *also)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter_or_digit(s.p[i]) && (!s.p[i] || !strchr(also, s.p[i])))
            return false;
    return true;
}

/* "host", "host:80", "[::1]:80"; nothing else may come back in a link or a cookie. */
static bool is_host(struct str s)
{
    struct str host = s, port = STR("");
    size_t close = str_find(s, STR("]"));
    bool is_v6 = str_has_prefix(s, STR("["));

    if (s.n == 0 || s.n > 255 || (is_v6 && close == STR_NONE))
        return false;
    size_t from = is_v6 ? close + 1 : 0;
    size_t colon = str_find(str_sub(s, from, s.n), STR(":"));
    if (colon != STR_NONE) {
        host = str_sub(s, 0, from + colon);
        port = str_sub(s, from + colon + 1, s.n);
    }
    int64_t number;
    if (port.n && (!is_letter_or_digit(port.p[0]) || str_parse_int(port, 0, 65535, &number)))
        return false;
    for (size_t i = 1; is_v6 && i < close; i++)
        if (clean_hex(host.p[i]) < 0 && host.p[i] != ':' && host.p[i] != '.')
            return false;
    if (is_v6)
        return close > 1 && host.n == close + 1;
    return host.n > 0 && is_all(host, ".-_");
}

/* "q=0", "q=0.000" */
static bool is_no_weight(struct str weight)
{
    weight = str_trim(weight);
    if (!str_has_prefix(weight, STR("q=0")))
        return false;
    for (size_t i = 3; i < weight.n; i++)
        if (weight.p[i] != '0' && weight.p[i] != '.')
            return false;
    return true;
}

/* Is `token` in a list such as "gzip, br;q=0.5", and not with q=0? */
static bool list_has(struct str list, struct str token)
{
    struct str item, name;

    while (str_split(&list, ',', &item))
        if (str_split(&item, ';', &name) && same_ignoring_case(str_trim(name), token))
            return !is_no_weight(item);
    return false;
}

static struct str cookie(const struct exchange *e, const char *name, size_t max)
{
    struct str s = str_of(MHD_lookup_connection_value(e->connection, MHD_COOKIE_KIND, name));

    return s.n <= max && is_all(s, "-_") ? s : STR("");
}

static enum exchange_form form_of(struct str content_type)
{
    struct str kind = STR("");

    str_split(&content_type, ';', &kind);
    kind = str_trim(kind);
    if (same_ignoring_case(kind, STR("application/x-www-form-urlencoded")))
        return EXCHANGE_URLENCODED;
    if (same_ignoring_case(kind, STR("multipart/form-data")))
        return EXCHANGE_MULTIPART;
    return EXCHANGE_NO_FORM;
}

/* The last address is the one that our proxy saw; those before it are hearsay. */
static struct str forwarded_for(struct exchange *e, struct str list)
{
    struct str item, last = STR("");
    unsigned char bytes[sizeof(struct in6_addr)];

    while (str_split(&list, ',', &item))
        last = str_trim(item);
    const char *z = str_z(e->arena, last);
    if (inet_pton(AF_INET, z, bytes) == 1 || inet_pton(AF_INET6, z, bytes) == 1)
        return last;
    return str_of(e->guest->peer);
}

/* Over plain http, as inside an office, browsers do not name the site; the origin of a form says as much. */
static bool is_cross_site(const struct headers *h)
{
    struct str origin = h->value[HEADER_ORIGIN];
    size_t scheme = str_find(origin, STR("://"));

    if (h->came[HEADER_FETCH_SITE])
        return str_eq(h->value[HEADER_FETCH_SITE], STR("cross-site"));
    if (!h->came[HEADER_ORIGIN])
        return false;
    return scheme == STR_NONE || !same_ignoring_case(str_sub(origin, scheme + 3, origin.n), h->value[HEADER_HOST]);
}

/* ---- the head ---- */

static void read_request_id(struct exchange *e)
{
    static const char DIGIT[] = "0123456789abcdef";
    uint32_t count = atomic_fetch_add_explicit(&e->server->request_count, 1, memory_order_relaxed);
    uint64_t id = (uint64_t)e->server->boot << 32 | count;

    for (int i = 15; i >= 0; i--, id >>= 4)
        e->request_id[i] = DIGIT[id & 15];
    e->rq.request_id = (struct str){e->request_id, 16};
}

static void read_wishes(struct exchange *e, const struct headers *h)
{
    struct http_request *rq = &e->rq;

    rq->accept_language = clean_line(e->arena, h->value[HEADER_ACCEPT_LANGUAGE], 200);
    rq->session = cookie(e, "mc_session", 128);
    rq->cookie_lang = cookie(e, "mc_lang", 16);
    rq->is_partial = h->came[HEADER_HX_REQUEST] && !h->came[HEADER_HX_BOOSTED] && !h->came[HEADER_HX_HISTORY];
    rq->is_cross_site = is_cross_site(h);
    e->if_none_match = h->value[HEADER_IF_NONE_MATCH];
    e->takes_gzip = list_has(h->value[HEADER_ACCEPT_ENCODING], STR("gzip"));
}

static void read_peer(struct exchange *e, const struct headers *h)
{
    struct http_request *rq = &e->rq;

    rq->peer = str_of(e->guest->peer);
    if (!e->server->options.behind_proxy || !e->guest->is_near)
        return;
    rq->peer = forwarded_for(e, h->value[HEADER_FORWARDED_FOR]);
    rq->is_https = str_eq(h->value[HEADER_FORWARDED_PROTO], STR("https"));
}

/* How the body is framed, and whether we want it. */
static int read_framing(struct exchange *e, const struct headers *h)
{
    int64_t length = 0;
    bool is_chunked = h->came[HEADER_TRANSFER_ENCODING];
    struct str said = h->value[HEADER_CONTENT_LENGTH];

    if (h->is_ambiguous || (is_chunked && h->came[HEADER_CONTENT_LENGTH]) ||
        (is_chunked && !same_ignoring_case(h->value[HEADER_TRANSFER_ENCODING], STR("chunked"))))
        return MHD_HTTP_BAD_REQUEST;
    if (h->came[HEADER_CONTENT_LENGTH]) {
        if (!is_all(said, "") || str_parse_int(said, 0, INT64_MAX, &length) == ERR_INVALID)
            return MHD_HTTP_BAD_REQUEST;
        if (said.n > 18 || length > EXCHANGE_DRAIN_MAX)
            return MHD_HTTP_CONTENT_TOO_LARGE;
    }
    e->has_body = is_chunked || length > 0;
    if (length > HTTP_BODY_MAX)
        e->refusal = MHD_HTTP_CONTENT_TOO_LARGE; /* said when it has been read */
    return 0;
}

/* GET and HEAD without, POST with or without a body. */
static int read_method(struct exchange *e)
{
    bool is_get = strcmp(e->method, "GET") == 0 || strcmp(e->method, "HEAD") == 0;

    if (!is_get && strcmp(e->method, "POST") != 0) {
        e->must_close = e->has_body;
        return MHD_HTTP_METHOD_NOT_ALLOWED;
    }
    e->rq.method = is_get ? HTTP_GET : HTTP_POST;
    if (is_get && e->has_body) {
        e->must_close = true;
        return MHD_HTTP_BAD_REQUEST;
    }
    return 0;
}

static int read_target(struct exchange *e)
{
    struct http_request *rq = &e->rq;

    for (size_t i = 0; i < rq->query.n; i++)
        if ((unsigned char)rq->query.p[i] <= ' ' || rq->query.p[i] == 0x7f)
            return MHD_HTTP_BAD_REQUEST;
    if (rq->query.n > HTTP_QUERY_MAX)
        return MHD_HTTP_URI_TOO_LONG;
    enum err err = path_decode(e->arena, e->raw_path, &rq->path);
    if (err)
        return err == ERR_LIMIT ? MHD_HTTP_URI_TOO_LONG : MHD_HTTP_BAD_REQUEST;
    if (rq->path.n == 1 || !str_has_suffix(rq->path, STR("/")))
        return 0;
    rq->path.n--;
    return rq->method == HTTP_GET ? MHD_HTTP_MOVED_PERMANENTLY : 0;
}

int head_read(struct exchange *e, const char *version)
{
    struct http_server *s = e->server;
    struct headers h = {0};
    int status;

    for (size_t i = 0; i < HEADER__COUNT; i++)
        h.value[i] = STR("");
    MHD_get_connection_values_n(e->connection, MHD_HEADER_KIND, on_header, &h);
    e->rq.host = h.value[HEADER_HOST];
    read_request_id(e);
    read_peer(e, &h);
    e->refusal = 0;
    status = read_framing(e, &h);
    if (!status && !is_host(e->rq.host) && (h.came[HEADER_HOST] || strcmp(version, "HTTP/1.0") != 0))
        status = MHD_HTTP_BAD_REQUEST;
    if (status) {
        e->rq.host = STR("");
        e->must_close = true;
        return status;
    }
    read_wishes(e, &h);
    status = read_method(e);
    if (!status)
        status = read_target(e);
    if (status || e->refusal)
        return status ? status : e->refusal;
    e->fields = s->app.fields ? s->app.fields(s->app.arg, e->rq.method, e->rq.path) : NULL;
    e->form = form_of(h.value[HEADER_CONTENT_TYPE]);
    return e->has_body && e->form == EXCHANGE_NO_FORM ? MHD_HTTP_UNSUPPORTED_MEDIA_TYPE : 0;
}
