/* answer.c - from what the application said to what libmicrohttpd sends. */
#include "http/exchange.h"

#include <zlib.h>

#include "base/log.h"

enum { GZIP_LEAST = 2048, GZIP_LEVEL = 1, GZIP_BITS = 15 + 16, UNPACKED_MAX = 64 * 1024 * 1024 };

/* Sent with everything. What a page may load is ours only, and nobody may frame it. */
#define POLICY_BEFORE "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
#define POLICY_AFTER  "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
static const struct {
    const char *name, *value;
} ALWAYS[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
};

/* The words for programs; people read app.refusal. */
static const struct {
    int status;
    struct str text;
} REFUSAL[] = {
    {MHD_HTTP_MOVED_PERMANENTLY, STR_INIT("301 Moved Permanently\n")},
    {MHD_HTTP_BAD_REQUEST, STR_INIT("400 Bad Request\n")},
    {MHD_HTTP_METHOD_NOT_ALLOWED, STR_INIT("405 Method Not Allowed\n")},
    {MHD_HTTP_CONTENT_TOO_LARGE, STR_INIT("413 Content Too Large\n")},
    {MHD_HTTP_URI_TOO_LONG, STR_INIT("414 URI Too Long\n")},
    {MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, STR_INIT("415 Unsupported Media Type\n")},
    {MHD_HTTP_SERVICE_UNAVAILABLE, STR_INIT("503 Service Unavailable\n")},
};

struct answer {
    struct exchange *exchange;
    struct arena *arena;
    struct http_response *rs;
    unsigned status;
};

static void header_z(struct answer *an, const char *name, const char *value)
{
    /* Refused only where it holds a line end, which text past the door does not. */
    if (MHD_add_response_header(an->exchange->response, name, value) != MHD_YES)
        log_line(LOG_LEVEL_ERROR, "http: request %s: header %s cannot be sent", an->exchange->request_id, name);
}

static void header(struct answer *an, const char *name, struct str value)
{
    header_z(an, name, str_z(an->arena, value));
}

/* ---- what is known already ---- */

static struct str quoted(struct arena *a, struct str etag)
{
    return str_has_suffix(etag, STR("\"")) ? etag : str_format(a, "\"%" PRIstr "\"", STR_ARG(etag));
}

/* If-None-Match compares weakly: W/"x" is "x". */
static bool is_known(const struct answer *an, struct str etag)
{
    struct str list = an->exchange->if_none_match, item;

    if (str_has_prefix(etag, STR("W/")))
        etag = str_sub(etag, 2, etag.n);
    while (str_split(&list, ',', &item)) {
        item = str_trim(item);
        if (str_has_prefix(item, STR("W/")))
            item = str_sub(item, 2, item.n);
        if (str_eq(item, etag) || str_eq(item, STR("*")))
            return true;
    }
    return false;
}

/* ---- the body ---- */

/* zlib's own memory, per thread and kept: setting it up costs more than packing a page. */
static _Thread_local z_stream *packer;

static void packer_free(void)
{
    if (!packer)
        return;
    deflateEnd(packer);
    free(packer);
    packer = NULL;
}

void answer_thread_end(void)
{
    packer_free();
}

static bool packer_ready(void)
{
    if (packer)
        return deflateReset(packer) == Z_OK;
    packer = calloc(1, sizeof *packer);
    if (packer && deflateInit2(packer, GZIP_LEVEL, Z_DEFLATED, GZIP_BITS, 8, Z_DEFAULT_STRATEGY) == Z_OK)
        return true;
    free(packer);
    packer = NULL;
    return false;
}

/* Packs the body into out. False: it goes as it is. */
static bool pack(struct exchange_bytes *out, struct str body)
{
    if (!packer_ready())
        return false;
    size_t bound = deflateBound(packer, body.n);
    exchange_room(out, bound);
    packer->next_in = (unsigned char *)(uintptr_t)body.p;
    packer->avail_in = (uInt)body.n;
    packer->next_out = (unsigned char *)out->p;
    packer->avail_out = (uInt)bound;
    if (deflate(packer, Z_FINISH) != Z_STREAM_END)
        return false;
    out->n = packer->total_out;
    return out->n < body.n;
}

/* The few clients that do not take gzip get packed assets unpacked. */
static bool unpack(struct exchange_bytes *out, struct str body)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)body.p, .avail_in = (uInt)body.n};
    int done = Z_OK;

    if (inflateInit2(&z, GZIP_BITS) != Z_OK)
        return false;
    out->n = 0;
    while (done == Z_OK && out->n < UNPACKED_MAX) {
        exchange_room(out, out->n + 4 * body.n + 4096);
        z.next_out = (unsigned char *)out->p + out->n;
        z.avail_out = (uInt)(out->capacity - out->n);
        done = inflate(&z, Z_NO_FLUSH);
        out->n = z.total_out;
    }
    inflateEnd(&z);
    return done == Z_STREAM_END;
}

static bool is_text(struct str content_type)
{
    return str_has_prefix(content_type, STR("text/")) || str_find(content_type, STR("json")) != STR_NONE ||
           str_find(content_type, STR("xml")) != STR_NONE;
}

/* Where the bytes to be sent lie until they are: constant, or in the exchange. */
static struct str settle_body(struct answer *an, bool *ret_is_packed)
{
    struct exchange *e = an->exchange;
    const struct http_response *rs = an->rs;
    struct exchange_bytes *out = &e->out;

    *ret_is_packed = rs->gzip;
    if (rs->body.n == 0)
        return STR("");
    if (rs->gzip && !e->takes_gzip && unpack(out, rs->body)) {
        *ret_is_packed = false;
        return (struct str){out->p, out->n};
    }
    if (!rs->gzip && e->server->options.gzip && e->takes_gzip && rs->body.n >= GZIP_LEAST &&
        rs->body.n <= UINT32_MAX / 2 && is_text(rs->content_type) && pack(out, rs->body)) {
        *ret_is_packed = true;
        return (struct str){out->p, out->n};
    }
    if (rs->body_is_constant)
        return rs->body;
    exchange_room(out, rs->body.n);
    memcpy(out->p, rs->body.p, rs->body.n);
    return (struct str){out->p, out->n = rs->body.n};
}

/* ---- the headers ---- */

static bool is_plain_name(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' || c == '-' || c == '_';
}

/* RFC 6266: a plain name for old programs, and the whole one in UTF-8. */
static struct str disposition(struct arena *a, struct str name)
{
    struct buf b = buf_in(a);

    buf_put(&b, STR("attachment; filename=\""));
    for (size_t i = 0; i < name.n; i++)
        if ((name.p[i] & 0xc0) != 0x80) /* one for each code point */
            buf_char(&b, is_plain_name(name.p[i]) ? name.p[i] : '_');
    buf_put(&b, STR("\"; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++) {
        if (is_plain_name(name.p[i]))
            buf_char(&b, name.p[i]);
        else
            buf_format(&b, "%%%02X", (unsigned char)name.p[i]);
    }
    return buf_str(&b);
}

static struct str whole_cookie(struct answer *an, struct str cookie)
{
    bool is_https = an->exchange->rq.is_https && str_find(cookie, STR("; Secure")) == STR_NONE;

    return str_format(an->arena, "%" PRIstr "%s%s%s%s", STR_ARG(cookie),
                      str_find(cookie, STR("; Path=")) == STR_NONE ? "; Path=/" : "",
                      str_find(cookie, STR("; HttpOnly")) == STR_NONE ? "; HttpOnly" : "",
                      str_find(cookie, STR("; SameSite=")) == STR_NONE ? "; SameSite=Lax" : "",
                      is_https ? "; Secure" : "");
}

static const char *cache_control(const struct http_response *rs)
{
    if (rs->no_store)
        return "no-store";
    return rs->immutable ? "public, max-age=31536000, immutable" : "private, no-cache";
}

static void put_headers(struct answer *an, struct str etag, bool is_packed)
{
    const struct http_response *rs = an->rs;

    if (rs->local_port > 0)
        header(an, "Content-Security-Policy", str_format(an->arena, POLICY_BEFORE " http://127.0.0.1:%d" POLICY_AFTER, rs->local_port));
    else
        header_z(an, "Content-Security-Policy", POLICY_BEFORE POLICY_AFTER);
    for (size_t i = 0; i < sizeof ALWAYS / sizeof ALWAYS[0]; i++)
        header_z(an, ALWAYS[i].name, ALWAYS[i].value);
    header_z(an, "Cache-Control", cache_control(rs));
    if (etag.n)
        header(an, "ETag", etag);
    /* A page and its part for htmx have one address: the browser must not take one for the other. */
    if (!rs->no_store)
        header_z(an, "Vary", rs->immutable ? "Accept-Encoding" : "Accept-Encoding, HX-Request");
    for (int i = 0; i < rs->cookie_count; i++)
        header(an, "Set-Cookie", whole_cookie(an, rs->set_cookie[i]));
    if (an->exchange->must_close || atomic_load_explicit(&an->exchange->server->is_stopping, memory_order_relaxed))
        header_z(an, "Connection", "close");
    if (rs->location.n)
        header(an, "Location", rs->location);
    if (an->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        header(an, "Allow", rs->allow.n ? rs->allow : STR("GET, HEAD"));
    if (rs->retry_after > 0)
        header(an, "Retry-After", str_format(an->arena, "%d", rs->retry_after));
    if (an->status == MHD_HTTP_NOT_MODIFIED)
        return;
    header(an, "Content-Type", rs->content_type);
    if (is_packed)
        header_z(an, "Content-Encoding", "gzip");
    if (rs->download.n)
        header(an, "Content-Disposition", disposition(an->arena, rs->download));
}

/* ---- the answer ---- */

void answer_make(struct exchange *e, struct arena *a, struct http_response *rs)
{
    struct answer an = {.exchange = e, .arena = a, .rs = rs};
    struct str etag = rs->etag.n ? quoted(a, rs->etag) : STR("");
    bool is_packed = false;

    if (rs->cookie_count < 0 || rs->cookie_count > (int)(sizeof rs->set_cookie / sizeof rs->set_cookie[0]))
        BUG("%d cookies", rs->cookie_count);
    if (!rs->content_type.n)
        rs->content_type = STR("text/html; charset=utf-8");
    an.status = rs->status ? (unsigned)rs->status : MHD_HTTP_OK;
    if (an.status == MHD_HTTP_OK && etag.n && e->rq.method == HTTP_GET && is_known(&an, etag)) {
        an.status = MHD_HTTP_NOT_MODIFIED;
        rs->body = STR("");
    }
    struct str body = settle_body(&an, &is_packed);
    if (e->response)
        BUG("request %s is answered twice", e->request_id);
    e->response = MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
    if (!e->response)
        BUG("out of memory");
    e->status = an.status;
    e->sent = body.n;
    put_headers(&an, etag, is_packed);
}

/* "/a/?b" to "/a?b": the first slash is the only one at the start, so it stays on this site. */
static struct str without_last_slash(const struct exchange *e, struct arena *a)
{
    struct str path = str_sub(e->raw_path, 0, e->raw_path.n - 1);
    struct str query = e->rq.query;

    return str_format(a, "%" PRIstr "%s%" PRIstr, STR_ARG(path), query.n ? "?" : "", STR_ARG(query));
}

void answer_refuse(struct exchange *e, struct arena *a, int status)
{
    const struct http_server *s = e->server;
    struct http_response rs = {.status = status, .body_is_constant = true, .no_store = true};

    rs.content_type = STR("text/plain; charset=utf-8");
    for (size_t i = 0; i < sizeof REFUSAL / sizeof REFUSAL[0]; i++)
        if (REFUSAL[i].status == status)
            rs.body = REFUSAL[i].text;
    if (s->app.refusal)
        s->app.refusal(s->app.arg, status, &e->rq, &rs);
    rs.status = status;
    if (status == MHD_HTTP_MOVED_PERMANENTLY)
        rs.location = without_last_slash(e, a);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        rs.allow = STR("GET, HEAD, POST");
    if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
        rs.retry_after = 2;
    answer_make(e, a, &rs);
}
