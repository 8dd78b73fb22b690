/* http_app.h - the application that the tests of the room http serve. */
#ifndef HTTP_APP_H
#define HTTP_APP_H

#include <stdatomic.h>

#include <zlib.h>

#include "http/http.h"
#include "http_client.h"

static struct {
    _Atomic int opened, closed, answered, deferred, finished;
    int refuse_at;         /* the worker whose opening fails */
    struct http_server *server;
    struct arena *arena;   /* of the test */
} T;

static const struct http_field FIELDS[] = {
    {"name", 20}, {"note", 40, .lines = true}, {"tag", .many = true}, {"scan", 100000, .file = true},
    {"long", HTTP_FIELD_MAX}, {0},
};

static const struct http_field *app_fields(void *arg, enum http_method m, struct str path)
{
    (void)arg;
    (void)m;
    return str_eq(path, STR("/echo")) ? FIELDS : NULL;
}

static enum err app_worker_open(void *arg, void **ret_state)
{
    (void)arg;
    int number = atomic_fetch_add(&T.opened, 1) + 1;
    if (number == T.refuse_at)
        return ERR_STORE;
    *ret_state = &T;
    return OK;
}

static void app_worker_close(void *arg, void *state)
{
    (void)arg;
    assert_ptr_equal(state, &T);
    atomic_fetch_add(&T.closed, 1);
}

static void app_deferred(void *arg)
{
    (void)arg;
    atomic_fetch_add(&T.deferred, 1);
}

static void answer_echo(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < rq->value_count; i++) {
        const struct http_value *v = &rq->value[i];
        buf_format(&b, "%s/%d=%" PRIstr, v->field->name, (int)v->defect, STR_ARG(v->text));
        if (v->field->file)
            buf_format(&b, "(%" PRIstr ")", STR_ARG(v->file_name));
        buf_char(&b, ';');
    }
    rs->content_type = STR("text/plain; charset=utf-8");
    rs->no_store = true;
    rs->body = buf_str(&b);
}

static void answer_about(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    rs->body = str_format(a, "%s %" PRIstr "?%" PRIstr " session=%" PRIstr " lang=%" PRIstr "/%" PRIstr " peer=%" PRIstr
                          " host=%" PRIstr " https=%d partial=%d cross=%d",
                          rq->method == HTTP_GET ? "GET" : "POST", STR_ARG(rq->path), STR_ARG(rq->query), STR_ARG(rq->session),
                          STR_ARG(rq->cookie_lang), STR_ARG(rq->accept_language), STR_ARG(rq->peer), STR_ARG(rq->host),
                          rq->is_https, rq->is_partial, rq->is_cross_site);
    rs->no_store = true;
}

static void answer_page(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    struct buf b = buf_in(a);

    for (int i = 0; i < 500; i++)
        buf_format(&b, "<p>row %d of %" PRIstr "</p>\n", i, STR_ARG(rq->path));
    rs->body = buf_str(&b);
    rs->etag = STR("v1");
}

static void answer_cookie(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    (void)a;
    (void)rq;
    rs->status = 303;
    rs->location = STR("/cb");
    rs->set_cookie[rs->cookie_count++] = STR("mc_session=abc; Max-Age=3600");
    rs->set_cookie[rs->cookie_count++] = STR("mc_lang=vi; Path=/x; HttpOnly; SameSite=Strict");
}

static void answer_file(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    (void)a;
    (void)rq;
    rs->content_type = STR("text/csv");
    rs->download = STR("h\xe1\xbb\x93 s\xc6\xa1\"\r\n.csv");
    rs->body = STR("a,b\n");
    rs->body_is_constant = true;
}

static void answer_slow(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    (void)a;
    (void)rq;
    usleep(400 * 1000);
    rs->body = STR("slow but whole");
}

/* A body as an embedded asset has it: packed by the build. */
static void answer_packed(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    unsigned char *p = ARENA_ARRAY(a, unsigned char, 256);
    z_stream z = {.next_in = (unsigned char *)"body { color: black }", .avail_in = 21, .next_out = p, .avail_out = 256};

    (void)rq;
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    rs->body = (struct str){(char *)p, z.total_out};
    deflateEnd(&z);
    rs->gzip = true;
    rs->content_type = STR("text/css");
}

static void answer_refused(struct arena *a, const struct http_request *rq, struct http_response *rs)
{
    (void)a;
    (void)rq;
    rs->status = 405;
}

static const struct {
    const char *path;
    void (*answer)(struct arena *a, const struct http_request *rq, struct http_response *rs);
} PAGE[] = {
    {"/echo", answer_echo},     {"/about", answer_about},   {"/h\xe1\xbb\x93-s\xc6\xa1", answer_about},
    {"/page", answer_page},     {"/cookie", answer_cookie}, {"/file", answer_file},
    {"/slow", answer_slow},     {"/packed", answer_packed}, {"/refused", answer_refused},
};

static void app_answer(void *arg, void *state, struct arena *a, struct http_request *rq, struct http_response *rs)
{
    (void)arg;
    assert_ptr_equal(state, &T);
    atomic_fetch_add(&T.answered, 1);
    arena_defer(a, app_deferred, NULL);
    for (size_t i = 0; i < sizeof PAGE / sizeof PAGE[0]; i++)
        if (str_eq(rq->path, str_of(PAGE[i].path))) {
            PAGE[i].answer(a, rq, rs);
            return;
        }
    rs->status = 404;
    rs->body = STR("<p>none</p>");
}

static bool app_constant(void *arg, struct str path, struct http_response *rs)
{
    (void)arg;
    if (!str_eq(path, STR("/a/site.4f2c.css")))
        return false;
    rs->body = STR("body { margin: 0 }");
    rs->content_type = STR("text/css");
    rs->etag = STR("\"4f2c\"");
    rs->immutable = true;
    return true;
}

static void app_refusal(void *arg, int status, const struct http_request *rq, struct http_response *rs)
{
    (void)arg;
    (void)rq;
    if (status == 400) {
        rs->content_type = STR("text/html; charset=utf-8");
        rs->body = STR("<p>our own page</p>");
    }
}

static void app_finished(void *arg, const struct http_finished *f)
{
    (void)arg;
    assert_non_null(f->method);
    assert_true(f->micros >= 0);
    atomic_fetch_add(&T.finished, 1);
}

static const struct http_app APP = {
    .fields = app_fields, .worker_open = app_worker_open, .worker_close = app_worker_close, .answer = app_answer,
    .constant = app_constant, .refusal = app_refusal, .finished = app_finished,
};

static void serve(struct http_options o)
{
    T.opened = T.closed = T.answered = T.deferred = T.finished = T.refuse_at = 0;
    o.listen = o.listen.n ? o.listen : STR("127.0.0.1:0");
    assert_err(http_start(&APP, &o, &T.server), OK);
}

static void serve_no_more(void)
{
    http_stop(T.server);
    T.server = NULL;
    assert_int_equal(T.opened, T.closed);
    assert_int_equal(T.answered, T.deferred);
}

static struct reply ask(struct str request)
{
    return client_ask(http_port(T.server), T.arena, request);
}

static struct str body_of(const struct reply *r)
{
    return (struct str){r->body, r->n};
}

static int app_setup(void **state)
{
    (void)state;
    T.arena = arena_new(512 * 1024 * 1024);
    return 0;
}

static int app_teardown(void **state)
{
    (void)state;
    arena_free(T.arena);
    return 0;
}

#endif
