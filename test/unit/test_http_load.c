/* What the room http promises when there are many, when they are slow, and when it has to stop. */
#include "http_app.h"

#include <pthread.h>

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int dial(void)
{
    int fd = client_connect(http_port(T.server));

    assert_true(fd >= 0);
    return fd;
}

/* ---- many ---- */

static void many_connections_are_served(void **state)
{
    enum { MANY = 300, ROUNDS = 10 };
    static int fd[MANY];

    (void)state;
    serve((struct http_options){0});
    for (int i = 0; i < MANY; i++)
        fd[i] = dial();
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < MANY; i++)
            client_send(fd[i], str_format(T.arena, "GET /about?%d.%d HTTP/1.1\r\nHost: x\r\n\r\n", round, i));
        for (int i = 0; i < MANY; i++) {
            struct reply r = client_read(fd[i], T.arena, false);
            assert_int_equal(r.status, 200);
            assert_true(str_has_prefix(body_of(&r), str_format(T.arena, "GET /about?%d.%d ", round, i))); /* its own answer */
        }
    }
    for (int i = 0; i < MANY; i++)
        close(fd[i]);
    serve_no_more();
    assert_int_equal(T.answered, MANY * ROUNDS);
    assert_int_equal(T.finished, MANY * ROUNDS);
}

static void requests_in_one_piece_are_answered_in_order(void **state)
{
    (void)state;
    serve((struct http_options){0});
    int fd = dial();
    struct buf b = buf_in(T.arena);
    for (int i = 0; i < 50; i++)
        buf_format(&b, "GET /about?%d HTTP/1.1\r\nHost: x\r\n\r\n", i);
    client_send(fd, buf_str(&b));
    for (int i = 0; i < 50; i++) {
        struct reply r = client_read(fd, T.arena, false);
        assert_true(str_has_prefix(body_of(&r), str_format(T.arena, "GET /about?%d ", i)));
    }
    close(fd);
    serve_no_more();
}

static void a_full_queue_refuses(void **state)
{
    enum { MANY = 6 };
    int fd[MANY], answered = 0, refused = 0;

    (void)state;
    serve((struct http_options){.workers = 1, .queue = 2});
    for (int i = 0; i < MANY; i++) {
        fd[i] = dial();
        client_send(fd[i], GET("/slow"));
        usleep(20 * 1000);
    }
    for (int i = MANY - 1; i >= 0; i--) {
        struct reply r = client_read(fd[i], T.arena, false);
        answered += r.status == 200;
        refused += r.status == 503;
        if (r.status == 503) {
            assert_str(client_header(&r, "Retry-After"), STR("2"));
            client_send(fd[i], GET("/a/site.4f2c.css")); /* the connection lives, and assets need no worker */
            assert_int_equal(client_read(fd[i], T.arena, false).status, 200);
        }
        close(fd[i]);
    }
    assert_int_equal(answered, 3); /* one worked on, two waiting */
    assert_int_equal(refused, MANY - 3);
    serve_no_more();
}

/* ---- slow ---- */

/* Sends `bytes` one by one; how long until the other side has had enough? */
static int64_t patience_with(struct str bytes, int pause_ms)
{
    int64_t began = now_ms();
    int fd = dial();

    for (size_t i = 0; now_ms() - began < 8000; i++) {
        if (client_is_closed(fd, pause_ms))
            break;
        client_send(fd, str_sub(bytes, i % bytes.n, 1));
    }
    close(fd);
    return now_ms() - began;
}

static void the_slow_are_shut_out(void **state)
{
    (void)state;
    serve((struct http_options){.slow_seconds = 1, .idle_seconds = 2});
    assert_in_range(patience_with(STR("GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 200), 900, 4000);
    struct buf head = buf_in(T.arena);
    buf_put(&head, STR("GET / HTTP/1.1\r\nHost: x\r\n"));
    int fd = dial();
    client_send(fd, buf_str(&head));
    int64_t began = now_ms();
    while (!client_is_closed(fd, 200) && now_ms() - began < 8000)
        client_send(fd, STR("X-A: b\r\n"));
    assert_in_range(now_ms() - began, 900, 4000);
    close(fd);

    fd = dial();
    client_send(fd, STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nContent-Length: 1000\r\n\r\n"));
    for (began = now_ms(); !client_is_closed(fd, 200) && now_ms() - began < 8000;)
        client_send(fd, STR("a"));
    assert_in_range(now_ms() - began, 900, 4000);
    close(fd);

    fd = dial(); /* an answer was had; then nothing comes */
    client_send(fd, GET("/about"));
    assert_int_equal(client_read(fd, T.arena, false).status, 200);
    began = now_ms();
    assert_true(client_is_closed(fd, 8000));
    assert_in_range(now_ms() - began, 1000, 6000);
    close(fd);
    serve_no_more();
}

/* A handler may take longer than a client may. */
static void our_own_time_does_not_count(void **state)
{
    (void)state;
    serve((struct http_options){.slow_seconds = 1, .idle_seconds = 1, .workers = 1});
    int fd[4];
    for (int i = 0; i < 4; i++) {
        fd[i] = dial();
        client_send(fd[i], GET("/slow"));
    }
    for (int i = 0; i < 4; i++) { /* the last is worked on after 1.2 s */
        assert_int_equal(client_read(fd[i], T.arena, false).status, 200);
        close(fd[i]);
    }
    serve_no_more();
}

static void who_goes_away_leaves_nothing_behind(void **state)
{
    static const struct str PIECE[] = {
        STR_INIT("GET"), STR_INIT("GET /slow HTTP/1.1\r\n"), STR_INIT("GET /slow HTTP/1.1\r\nHost: x\r\n"),
        STR_INIT("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"), STR_INIT("GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /slow HTTP/1.1\r\nHost: x\r\n\r\n"),
        STR_INIT("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nContent-Length: 100\r\n\r\nname=x"),
        STR_INIT("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n"),
        STR_INIT("\r\n\r\n\x16\x03\x01\x02"), STR_INIT("GET / HTTP/9.9\r\n\r\n"), STR_INIT("GET /a b c HTTP/1.1\r\nHost: x\r\n\r\n"),
        STR_INIT("GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n"), STR_INIT("GET / HTTP/1.1\r\n: x\r\n\r\n"),
    };
    struct linger at_once = {.l_onoff = 1};

    (void)state;
    serve((struct http_options){.workers = 4});
    for (int turn = 0; turn < 12; turn++)
        for (size_t i = 0; i < sizeof PIECE / sizeof PIECE[0]; i++) {
            int fd = dial();
            client_send(fd, PIECE[i]);
            if (turn % 2) /* a reset, not a farewell */
                setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
            close(fd);
        }
    assert_int_equal(ask(GET("/about")).status, 200);
    serve_no_more();
}

/* A head that never ends fits in no memory: it is refused, not kept. */
static void heads_have_an_end(void **state)
{
    (void)state;
    serve((struct http_options){0});
    struct buf b = buf_in(T.arena);
    buf_put(&b, STR("GET /about HTTP/1.1\r\nHost: x\r\n"));
    for (int i = 0; i < 4000; i++)
        buf_format(&b, "X-Header-%d: 0123456789\r\n", i);
    buf_put(&b, STR("\r\n"));
    int status = ask(buf_str(&b)).status;
    assert_true(status == 431 || status == 0); /* 0: closed while we still sent */
    b = buf_in(T.arena);
    buf_put(&b, STR("GET /about?"));
    for (int i = 0; i < HTTP_QUERY_MAX; i++)
        buf_char(&b, 'a');
    struct str fits = str_format(T.arena, "%" PRIstr " HTTP/1.1\r\nHost: x\r\n\r\n", STR_ARG(buf_str(&b)));
    struct str more = str_format(T.arena, "%" PRIstr "a HTTP/1.1\r\nHost: x\r\n\r\n", STR_ARG(buf_str(&b)));
    assert_int_equal(ask(fits).status, 200);
    assert_int_equal(ask(more).status, 414);
    serve_no_more();
}

/* ---- options ---- */

static void a_proxy_may_say_who_asks(void **state)
{
    static const struct {
        struct str forwarded, peer;
    } CASE[] = {
        {STR_INIT("203.113.1.2"), STR_INIT(" peer=203.113.1.2 ")},
        {STR_INIT("evil, 1.1.1.1,  2001:ee0::1 "), STR_INIT(" peer=2001:ee0::1 ")}, /* only the last is ours */
        {STR_INIT("1.1.1.1, <script>"), STR_INIT(" peer=127.0.0.1 ")},
        {STR_INIT(""), STR_INIT(" peer=127.0.0.1 ")},
    };
    (void)state;
    serve((struct http_options){.behind_proxy = true});
    for (size_t i = 0; i < sizeof CASE / sizeof CASE[0]; i++) {
        struct reply r = ask(str_format(T.arena, "GET /about HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: %" PRIstr "\r\n\r\n",
                                        STR_ARG(CASE[i].forwarded)));
        assert_true(str_find(body_of(&r), CASE[i].peer) != STR_NONE);
        assert_true(str_find(body_of(&r), STR(" https=1 ")) != STR_NONE);
    }
    struct reply r = ask(GET_WITH("/cookie", "X-Forwarded-Proto: https\r\n"));
    assert_non_null(strstr(r.head, "SameSite=Lax; Secure\r\n"));
    serve_no_more();
}

static void pages_are_packed_when_asked_to(void **state)
{
    (void)state;
    serve((struct http_options){.gzip = true});
    struct reply plain = ask(GET("/page")), packed = ask(GET_WITH("/page", "Accept-Encoding: gzip\r\n"));
    assert_str(client_header(&packed, "Content-Encoding"), STR("gzip"));
    assert_true(packed.n < plain.n / 3);
    char *p = ARENA_ARRAY(T.arena, char, plain.n + 1);
    z_stream z = {.next_in = (unsigned char *)packed.body, .avail_in = (unsigned)packed.n,
                  .next_out = (unsigned char *)p, .avail_out = (unsigned)plain.n + 1};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_str(((struct str){p, z.total_out}), body_of(&plain));
    inflateEnd(&z);
    struct reply small = ask(GET_WITH("/about", "Accept-Encoding: gzip\r\n"));
    assert_str(client_header(&small, "Content-Encoding"), STR(""));
    serve_no_more();
}

static void starting_can_fail(void **state)
{
    static const char *const BAD[] = {"", "x", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+1", "300.0.0.1.invalid.:1"};
    struct http_server *s = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_err(http_start(&APP, &(struct http_options){.listen = str_of(BAD[i])}, &s), ERR_INVALID);
    serve((struct http_options){0});
    struct http_options taken = {.listen = str_format(T.arena, "127.0.0.1:%d", http_port(T.server))};
    assert_err(http_start(&APP, &taken, &s), ERR_IO);
    serve_no_more();

    T.opened = T.closed = 0;
    T.refuse_at = 3;
    assert_err(http_start(&APP, &(struct http_options){.listen = STR("[::1]:0"), .workers = 5}, &s), ERR_STORE);
    assert_int_equal(T.closed, 4); /* those that had opened */
    assert_null(s);
    http_stop(NULL);
}

/* ---- stopping ---- */

static void *stop(void *arg)
{
    (void)arg;
    http_stop(T.server);
    return NULL;
}

static void what_has_begun_ends(void **state)
{
    pthread_t stopper;
    int fd[5];

    (void)state;
    serve((struct http_options){.workers = 2});
    int port = http_port(T.server);
    int idle = dial(), half = dial();
    client_send(half, STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nContent-Length: 7\r\n\r\nnam"));
    for (int i = 0; i < 5; i++) {
        fd[i] = dial();
        client_send(fd[i], GET("/slow"));
    }
    usleep(100 * 1000);
    int64_t began = now_ms();
    assert_int_equal(pthread_create(&stopper, NULL, stop, NULL), 0);
    usleep(100 * 1000);
    client_send(half, STR("e=A"));
    client_send(half, STR("n"));
    struct reply r = client_read(half, T.arena, false);
    assert_str(body_of(&r), STR("name/0=An;"));
    assert_str(client_header(&r, "Connection"), STR("close"));
    for (int i = 0; i < 5; i++) {
        r = client_read(fd[i], T.arena, false);
        assert_int_equal(r.status, 200);
        assert_str(body_of(&r), STR("slow but whole"));
        assert_str(client_header(&r, "Connection"), i < 1 ? client_header(&r, "Connection") : STR("close"));
    }
    assert_true(client_is_closed(idle, 5000));
    pthread_join(stopper, NULL);
    assert_in_range(now_ms() - began, 800, 5000);
    assert_int_equal(client_connect(port), -1);
    assert_int_equal(T.opened, T.closed);
    assert_int_equal(T.answered, T.deferred);
    for (int i = 0; i < 5; i++)
        close(fd[i]);
    close(idle);
    close(half);
}

/* Who never finishes does not keep us. */
static void stopping_has_an_end(void **state)
{
    (void)state;
    serve((struct http_options){.stop_seconds = 1});
    int fd = dial();
    client_send(fd, STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nContent-Length: 7\r\n\r\nnam"));
    usleep(100 * 1000);
    int64_t began = now_ms();
    serve_no_more();
    assert_in_range(now_ms() - began, 900, 4000);
    close(fd);
}

static atomic_bool asking;

static void *ask_without_end(void *arg)
{
    struct arena *a = arena_new(64 * 1024 * 1024);
    int port = *(int *)arg;

    while (atomic_load(&asking)) {
        int fd = client_connect(port);
        for (int i = 0; fd >= 0 && i < 20; i++) {
            client_send(fd, i % 3 ? GET("/page") : GET("/a/site.4f2c.css"));
            struct reply r = client_read(fd, a, false);
            if (!r.status)
                break;
            arena_reset(a);
        }
        if (fd >= 0)
            close(fd);
        arena_reset(a);
    }
    arena_free(a);
    return NULL;
}

static void it_can_be_stopped_at_any_moment(void **state)
{
    enum { ASKERS = 6 };
    pthread_t asker[ASKERS];

    (void)state;
    for (int turn = 0; turn < 8; turn++) {
        serve((struct http_options){.workers = 2, .queue = turn % 2 ? 1 : 0});
        int port = http_port(T.server);
        atomic_store(&asking, true);
        for (int i = 0; i < ASKERS; i++)
            assert_int_equal(pthread_create(&asker[i], NULL, ask_without_end, &port), 0);
        usleep((useconds_t)(turn * 13 + 20) * 1000);
        serve_no_more();
        atomic_store(&asking, false);
        for (int i = 0; i < ASKERS; i++)
            pthread_join(asker[i], NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_connections_are_served),     cmocka_unit_test(requests_in_one_piece_are_answered_in_order),
        cmocka_unit_test(a_full_queue_refuses),            cmocka_unit_test(the_slow_are_shut_out),
        cmocka_unit_test(our_own_time_does_not_count),     cmocka_unit_test(who_goes_away_leaves_nothing_behind),
        cmocka_unit_test(heads_have_an_end),               cmocka_unit_test(a_proxy_may_say_who_asks),
        cmocka_unit_test(pages_are_packed_when_asked_to),  cmocka_unit_test(starting_can_fail),
        cmocka_unit_test(what_has_begun_ends),             cmocka_unit_test(stopping_has_an_end),
        cmocka_unit_test(it_can_be_stopped_at_any_moment),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("http_load", tests, app_setup, app_teardown);
}
