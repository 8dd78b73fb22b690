/* What the room http promises about requests and answers, seen from the other end of a socket. */
#include "http_app.h"

static int serve_plainly(void **state)
{
    app_setup(state);
    serve((struct http_options){.workers = 3, .event_threads = 2});
    return 0;
}

static int serve_no_longer(void **state)
{
    serve_no_more();
    return app_teardown(state);
}

static struct str about(struct str request)
{
    struct reply r = ask(request);

    assert_int_equal(r.status, 200);
    return body_of(&r);
}

static struct str echo(struct str form)
{
    struct reply r = ask(client_post(T.arena, "/echo", FORM, form));

    assert_int_equal(r.status, 200);
    return body_of(&r);
}

static int status_of(struct str request)
{
    return ask(request).status;
}

/* ---- answers ---- */

static void everything_is_sent_with_its_guards(void **state)
{
    static const char *const PATH[] = {"/page", "/none", "/a/site.4f2c.css", "/echo", "/cookie", "/%00", "/page/"};

    (void)state;
    for (size_t i = 0; i < sizeof PATH / sizeof PATH[0]; i++) {
        struct reply r = ask(str_format(T.arena, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", PATH[i]));
        assert_str(client_header(&r, "Content-Security-Policy"),
                   STR("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                       "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
        assert_str(client_header(&r, "X-Content-Type-Options"), STR("nosniff"));
        assert_str(client_header(&r, "Referrer-Policy"), STR("same-origin"));
        assert_true(client_header(&r, "Cache-Control").n > 0);
    }
    struct reply page = ask(GET("/page")), echoed = ask(GET("/echo")), asset = ask(GET("/a/site.4f2c.css"));
    assert_str(client_header(&page, "Content-Type"), STR("text/html; charset=utf-8"));
    assert_str(client_header(&page, "Cache-Control"), STR("private, no-cache"));
    assert_str(client_header(&page, "Vary"), STR("Accept-Encoding, HX-Request"));
    assert_str(client_header(&page, "ETag"), STR("\"v1\""));
    assert_str(client_header(&echoed, "Cache-Control"), STR("no-store"));
    assert_str(client_header(&asset, "Cache-Control"), STR("public, max-age=31536000, immutable"));
    assert_str(body_of(&asset), STR("body { margin: 0 }"));
}

static void head_is_get_without_a_body(void **state)
{
    (void)state;
    struct reply get = ask(GET("/page"));
    int fd = client_connect(http_port(T.server));
    client_send(fd, STR("HEAD /page HTTP/1.1\r\nHost: x\r\n\r\nGET /about HTTP/1.1\r\nHost: x\r\n\r\n"));
    struct reply head = client_read(fd, T.arena, true), next = client_read(fd, T.arena, false);
    close(fd);
    assert_int_equal(head.status, 200);
    assert_true(get.n > 5000);
    assert_str(client_header(&head, "Content-Length"), client_header(&get, "Content-Length"));
    assert_int_equal(next.status, 200); /* nothing came between */
    assert_true(str_has_prefix(body_of(&next), STR("GET /about?")));
}

static void what_is_known_is_not_sent_again(void **state)
{
    (void)state;
    assert_int_equal(status_of(GET_WITH("/page", "If-None-Match: \"v1\"\r\n")), 304);
    assert_int_equal(status_of(GET_WITH("/page", "If-None-Match: \"v0\", W/\"v1\"\r\n")), 304);
    assert_int_equal(status_of(GET_WITH("/page", "If-None-Match: *\r\n")), 304);
    assert_int_equal(status_of(GET_WITH("/page", "If-None-Match: \"v2\"\r\n")), 200);
    assert_int_equal(status_of(GET_WITH("/page", "If-None-Match: v1\r\n")), 200);
    assert_int_equal(status_of(GET_WITH("/none", "If-None-Match: *\r\n")), 404);
    assert_int_equal(status_of(GET_WITH("/a/site.4f2c.css", "If-None-Match: \"4f2c\"\r\n")), 304);
    assert_int_equal(status_of(STR("POST /page HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"v1\"\r\nContent-Length: 0\r\n\r\n")), 200);
    struct reply r = ask(GET_WITH("/page", "If-None-Match: \"v1\"\r\n"));
    assert_str(client_header(&r, "ETag"), STR("\"v1\""));
    assert_str(client_header(&r, "Content-Type"), STR(""));
}

static void cookies_are_guarded(void **state)
{
    (void)state;
    struct reply r = ask(GET("/cookie"));
    assert_int_equal(r.status, 303);
    assert_str(client_header(&r, "Location"), STR("/cb"));
    assert_non_null(strstr(r.head, "mc_session=abc; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax\r\n"));
    assert_non_null(strstr(r.head, "mc_lang=vi; Path=/x; HttpOnly; SameSite=Strict\r\n"));
}

static void a_download_has_a_safe_name(void **state)
{
    (void)state;
    struct reply r = ask(GET("/file"));
    assert_str(client_header(&r, "Content-Disposition"),
               STR("attachment; filename=\"h__s____.csv\"; filename*=UTF-8''h%E1%BB%93%20s%C6%A1%22%0D%0A.csv"));
}

static void packed_bodies_are_for_those_who_can(void **state)
{
    (void)state;
    struct reply r = ask(GET_WITH("/packed", "Accept-Encoding: br, gzip;q=0.8\r\n"));
    assert_str(client_header(&r, "Content-Encoding"), STR("gzip"));
    assert_memory_equal(r.body, "\x1f\x8b", 2);
    const struct str WITHOUT[] = {GET("/packed"), GET_WITH("/packed", "Accept-Encoding: gzip;q=0, br\r\n"),
                                  GET_WITH("/packed", "Accept-Encoding: gzip; q=0.000\r\n"),
                                  GET_WITH("/packed", "Accept-Encoding: xgzip\r\n")};
    for (size_t i = 0; i < sizeof WITHOUT / sizeof WITHOUT[0]; i++) {
        r = ask(WITHOUT[i]);
        assert_str(client_header(&r, "Content-Encoding"), STR(""));
        assert_str(body_of(&r), STR("body { color: black }"));
    }
    r = ask(GET_WITH("/page", "Accept-Encoding: gzip\r\n")); /* not unless the option says so */
    assert_str(client_header(&r, "Content-Encoding"), STR(""));
}

/* ---- what is asked ---- */

static void the_head_is_understood(void **state)
{
    (void)state;
    assert_str(about(GET_WITH("/h%E1%BB%93-s%C6%A1?a=%20b", "Cookie: x=1; mc_session=S-_9; mc_lang=en\r\nAccept-Language: vi, en;q=0.5\r\n"
                              "HX-Request: true\r\nSec-Fetch-Site: cross-site\r\n")),
               STR("GET /h\xe1\xbb\x93-s\xc6\xa1?a=%20b session=S-_9 lang=en/vi, en;q=0.5 peer=127.0.0.1 host=x https=0 partial=1 cross=1"));
    assert_str(about(GET_WITH("/about?", "Cookie: mc_session=a b<>; mc_lang=\"x;\r\nHX-Request: true\r\nHX-Boosted: true\r\n")),
               STR("GET /about? session= lang=/ peer=127.0.0.1 host=x https=0 partial=0 cross=0"));
    /* A form says where it comes from, in one way or the other. */
    static const struct {
        const char *said;
        bool cross;
    } ORIGINS[] = {
        {"Origin: http://x\r\n", false}, {"Origin: https://X\r\n", false},
        {"Origin: http://x:81\r\n", true}, {"Origin: https://evil.example\r\n", true},
        {"Origin: http://x.evil.example\r\n", true}, {"Origin: null\r\n", true}, {"Origin: \r\n", true},
        {"Origin: https://evil.example\r\nSec-Fetch-Site: same-origin\r\n", false},
        {"Origin: http://x\r\nSec-Fetch-Site: cross-site\r\n", true},
    };
    for (size_t i = 0; i < sizeof ORIGINS / sizeof ORIGINS[0]; i++) {
        char head[256];
        snprintf(head, sizeof head, "GET /about HTTP/1.1\r\nHost: x\r\n%s\r\n", ORIGINS[i].said);
        assert_true(str_has_suffix(about(str_of(head)), ORIGINS[i].cross ? STR("cross=1") : STR("cross=0")));
    }
    /* Nobody but our proxy may say who asks, and by what way. */
    assert_str(about(GET_WITH("/about", "X-Forwarded-For: 8.8.8.8\r\nX-Forwarded-Proto: https\r\n")),
               STR("GET /about? session= lang=/ peer=127.0.0.1 host=x https=0 partial=0 cross=0"));
}

static void hosts_are_checked(void **state)
{
    static const char *const GOOD[] = {"x", "motcua.gov.vn", "x:8080", "[::1]", "[::1]:80", "10.0.0.1:1", "a_b", "x:"};
    static const char *const BAD[] = {"", "x/y", "x:y", "x:99999", "x:+8", "a b", "x@y", "x\"", "[::1", "[::1]x", "[g]", "[]", "<x>", ":80"};

    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++)
        if (status_of(str_format(T.arena, "GET /about HTTP/1.1\r\nHost: %s\r\n\r\n", GOOD[i])) != 200)
            fail_msg("host \"%s\" refused", GOOD[i]);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        int status = status_of(str_format(T.arena, "GET /about HTTP/1.1\r\nHost: %s\r\n\r\n", BAD[i]));
        if (status != 400)
            fail_msg("host \"%s\": %d", BAD[i], status);
    }
    assert_int_equal(status_of(STR("GET /about HTTP/1.1\r\n\r\n")), 400);
    assert_int_equal(status_of(STR("GET /about HTTP/1.0\r\n\r\n")), 200);
    assert_int_equal(status_of(STR("GET /about HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")), 400);
}

static void other_methods_are_named(void **state)
{
    static const char *const OTHER[] = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"};

    (void)state;
    for (size_t i = 0; i < sizeof OTHER / sizeof OTHER[0]; i++) {
        struct reply r = ask(str_format(T.arena, "%s /about HTTP/1.1\r\nHost: x\r\n\r\n", OTHER[i]));
        assert_int_equal(r.status, 405);
        assert_str(client_header(&r, "Allow"), STR("GET, HEAD, POST"));
    }
    assert_int_equal(status_of(STR("PUT /about HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")), 405);
    struct reply r = ask(STR("POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
    assert_int_equal(r.status, 405);
    assert_str(client_header(&r, "Allow"), STR("GET, HEAD"));
}

static void hostile_lines_are_refused(void **state)
{
    static const char *const PATH[] = {"/a%2fb", "/a%2Fb", "/%00", "/a/../b", "/%2e%2e/x", "//x.vn", "//x.vn/", "/a//", "/%ff", "/a%0d%0ab", "/a\\b"};

    (void)state;
    for (size_t i = 0; i < sizeof PATH / sizeof PATH[0]; i++) {
        struct reply r = ask(str_format(T.arena, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", PATH[i]));
        if (r.status != 400)
            fail_msg("%s: %d", PATH[i], r.status);
        assert_str(body_of(&r), STR("<p>our own page</p>"));
    }
    struct buf b = buf_in(T.arena);
    buf_put(&b, STR("GET /"));
    for (int i = 0; i < HTTP_PATH_MAX; i++)
        buf_char(&b, 'a');
    buf_put(&b, STR(" HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_int_equal(status_of(buf_str(&b)), 414);
    assert_int_equal(status_of(STR("GET /about HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")), 400);
    /* Two ways to read where a request ends are one too many. */
    assert_int_equal(status_of(STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde")), 400);
    assert_int_equal(status_of(STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")), 400);
    assert_int_equal(status_of(STR("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")), 400);
}

static void a_last_slash_is_taken_away(void **state)
{
    (void)state;
    struct reply r = ask(GET("/about/?a=1&b=%2F"));
    assert_int_equal(r.status, 301);
    assert_str(client_header(&r, "Location"), STR("/about?a=1&b=%2F"));
    r = ask(GET("/about/"));
    assert_str(client_header(&r, "Location"), STR("/about"));
    assert_int_equal(status_of(GET("/")), 404);
    struct str posted = about(STR("POST /about/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
    assert_true(str_has_prefix(posted, STR("POST /about?")));
}

/* ---- fields ---- */

static void only_listed_fields_arrive(void **state)
{
    (void)state;
    assert_str(echo(STR("name=An&evil=1&tag=a&tag=b&nam=x&namee=y&%00name=z&scan=file")), STR("name/0=An;tag/0=a;tag/0=b;"));
    assert_str(echo(STR("")), STR(""));
    assert_str(echo(STR("&&=&=x&name")), STR("name/0=;"));
    assert_str(echo(STR("n%61me=b%3d%26+%2B")), STR("name/0=b=& +;"));
    struct reply r = ask(GET("/echo?name=a&x=b#c"));
    assert_str(body_of(&r), STR("name/0=a;"));
    r = ask(client_post(T.arena, "/echo?tag=q&name=1", FORM, STR("tag=f&name=2")));
    assert_str(body_of(&r), STR("tag/0=q;name/4=1;tag/0=f;"));
    r = ask(client_post(T.arena, "/about", FORM, STR("name=a"))); /* a route without fields */
    assert_int_equal(r.status, 200);
}

static void fields_become_text(void **state)
{
    (void)state;
    assert_str(echo(STR("name=%C4%90%E1%BA%B7ng+Th%E1%BB%8B")), STR("name/0=\xc4\x90\xe1\xba\xb7ng Th\xe1\xbb\x8b;"));
    assert_str(echo(STR("name=e%CC%82%CC%81")), STR("name/0=\xe1\xba\xbf;"));
    assert_str(echo(STR("name=%FFx")), STR("name/2=\xef\xbf\xbdx;"));
    assert_str(echo(STR("name=a%0D%0Ab")), STR("name/3=a\xef\xbf\xbd\xef\xbf\xbd""b;"));
    assert_str(echo(STR("note=a%0D%0Ab%0Dc")), STR("note/0=a\nb\nc;"));
    assert_str(echo(STR("name=a%00b")), STR("name/3=a\xef\xbf\xbd""b;"));
    assert_str(echo(STR("name=12345678901234567890")), STR("name/0=12345678901234567890;"));
    assert_str(echo(STR("name=123456789012345678901")), STR("name/1=12345678901234567890;"));
    assert_str(echo(STR("name=a&name=b")), STR("name/4=a;"));
}

static struct str repeated(const char *piece, int count)
{
    struct buf b = buf_in(T.arena);

    for (int i = 0; i < count; i++)
        buf_put(&b, str_of(piece));
    return buf_str(&b);
}

static void there_are_so_many_fields(void **state)
{
    (void)state;
    assert_int_equal(status_of(client_post(T.arena, "/echo", FORM, repeated("a=b&", HTTP_FIELDS_MAX))), 200);
    assert_int_equal(status_of(client_post(T.arena, "/echo", FORM, repeated("a=b&", HTTP_FIELDS_MAX + 1))), 413);
}

#define PART(name, rest, bytes) "--BOUND\r\nContent-Disposition: form-data; name=\"" name "\"" rest "\r\n\r\n" bytes "\r\n"

static void multipart_is_read_too(void **state)
{
    static const char TYPE[] = "multipart/form-data; boundary=BOUND";

    (void)state;
    struct reply r = ask(client_post(T.arena, "/echo", TYPE,
                                     STR(PART("name", "", "Tr\xe1\xba\xa7n") PART("evil", "", "x") PART("note", "", "a\r\nb")
                                         PART("tag", "", "") PART("tag", "", "2") PART("name", "", "x")
                                         PART("scan", "; filename=\"C:\\x\\gi\xe1\xba\xa5y.pdf\"\r\nContent-Type: application/pdf", "%PDF\xff\r\nend")
                                         "--BOUND--\r\n")));
    assert_int_equal(r.status, 200);
    assert_str(body_of(&r), STR("name/4=Tr\xe1\xba\xa7n;note/0=a\nb;tag/0=;tag/0=2;scan/0=%PDF\xff\r\nend(gi\xe1\xba\xa5y.pdf);"));
    r = ask(client_post(T.arena, "/echo", TYPE, STR(PART("scan", "; filename=\"\"", "") PART("name", "; filename=\"x\"", "y") "--BOUND--\r\n")));
    assert_str(body_of(&r), STR("")); /* no file chosen; and bytes are not text */
    r = ask(client_post(T.arena, "/echo", TYPE, STR(PART("name", "", "a"))));
    assert_int_equal(r.status, 400); /* never ends */
    r = ask(client_post(T.arena, "/echo", "multipart/form-data", STR(PART("name", "", "a") "--BOUND--\r\n")));
    assert_int_equal(r.status, 400);

    struct buf b = buf_in(T.arena);
    buf_put(&b, STR("--BOUND\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"a\"\r\n\r\n"));
    buf_put(&b, repeated("0123456789", 10001));
    buf_put(&b, STR("\r\n--BOUND--\r\n"));
    r = ask(client_post(T.arena, "/echo", TYPE, buf_str(&b)));
    assert_int_equal(r.status, 200);
    assert_true(str_has_prefix(body_of(&r), STR("scan/1=0123456789")));
    assert_int_equal(r.n, strlen("scan/1=") + 100000 + strlen("(a);"));
}

static void other_bodies_are_refused(void **state)
{
    (void)state;
    assert_int_equal(status_of(client_post(T.arena, "/echo", "application/json", STR("{}"))), 415);
    assert_int_equal(status_of(client_post(T.arena, "/echo", "text/plain", STR("name=a"))), 415);
    assert_int_equal(status_of(client_post(T.arena, "/echo", FORM "; charset=UTF-8", STR("name=a"))), 200);
}

static void chunks_are_put_together(void **state)
{
    (void)state;
    struct reply r = ask(STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "5\r\nname=\r\n1\r\nA\r\n1\r\nn\r\n0\r\n\r\n"));
    assert_int_equal(r.status, 200);
    assert_str(body_of(&r), STR("name/0=An;"));
}

/* Who sends too much is told so, and not only cut off; who sends far too much is not listened to. */
static void large_bodies_are_refused(void **state)
{
    (void)state;
    size_t name = strlen("long=");
    struct str body = repeated("long=0123456789a", (HTTP_BODY_MAX + 16) / 16);
    assert_int_equal(status_of(client_post(T.arena, "/echo", FORM, str_sub(body, 0, HTTP_BODY_MAX))), 200);
    assert_int_equal(status_of(client_post(T.arena, "/echo", FORM, str_sub(body, 0, HTTP_BODY_MAX + 1))), 413);
    assert_int_equal(status_of(client_post(T.arena, "/none", FORM, str_sub(body, 0, HTTP_BODY_MAX))), 404);
    assert_int_equal(status_of(STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")), 413);
    assert_int_equal(status_of(STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n")) / 100, 4);
    assert_int_equal(status_of(STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")) / 100, 4);

    struct buf b = buf_in(T.arena);
    buf_put(&b, STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nTransfer-Encoding: chunked\r\n\r\n"));
    buf_format(&b, "%x\r\n%" PRIstr "\r\n0\r\n\r\n", HTTP_BODY_MAX + 1, STR_ARG(str_sub(body, 0, HTTP_BODY_MAX + 1)));
    assert_int_equal(status_of(buf_str(&b)), 413);

    body = repeated("0123456789abcdef", HTTP_FIELD_MAX / 16 + 1);
    struct str most = str_format(T.arena, "long=%" PRIstr, STR_ARG(str_sub(body, 0, HTTP_FIELD_MAX)));
    assert_int_equal(echo(most).n, strlen("long/0=;") + most.n - name);
}

static void the_body_is_awaited_when_told(void **state)
{
    (void)state;
    int fd = client_connect(http_port(T.server));
    client_send(fd, STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " FORM "\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n"));
    char line[64] = {0};
    assert_true(recv(fd, line, 25, MSG_WAITALL) == 25);
    assert_string_equal(line, "HTTP/1.1 100 Continue\r\n\r\n");
    client_send(fd, STR("name=An"));
    struct reply r = client_read(fd, T.arena, false);
    assert_str(body_of(&r), STR("name/0=An;"));
    close(fd);
    /* Refused before it is sent. */
    assert_int_equal(status_of(STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n")), 413);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_sent_with_its_guards), cmocka_unit_test(head_is_get_without_a_body),
        cmocka_unit_test(what_is_known_is_not_sent_again),    cmocka_unit_test(cookies_are_guarded),
        cmocka_unit_test(a_download_has_a_safe_name),         cmocka_unit_test(packed_bodies_are_for_those_who_can),
        cmocka_unit_test(the_head_is_understood),             cmocka_unit_test(hosts_are_checked),
        cmocka_unit_test(other_methods_are_named),            cmocka_unit_test(hostile_lines_are_refused),
        cmocka_unit_test(a_last_slash_is_taken_away),         cmocka_unit_test(only_listed_fields_arrive),
        cmocka_unit_test(fields_become_text),                 cmocka_unit_test(there_are_so_many_fields),
        cmocka_unit_test(multipart_is_read_too),              cmocka_unit_test(other_bodies_are_refused),
        cmocka_unit_test(chunks_are_put_together),            cmocka_unit_test(large_bodies_are_refused),
        cmocka_unit_test(the_body_is_awaited_when_told),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("http", tests, serve_plainly, serve_no_longer);
}
