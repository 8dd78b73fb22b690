/* The pure half of the room http: text, paths, patterns, routes, addresses. */
#include "test.h"

#include <netinet/in.h>

#include "http/clean.h"
#include "http/guest.h"
#include "http/path.h"
#include "http/route.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(64 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#define BAD "\xef\xbf\xbd"

/* ---- text ---- */

static void text_is_cleaned(void **state)
{
    static const struct {
        struct str raw;
        size_t max;
        bool lines;
        struct str want;
        enum http_defect defect;
    } CASE[] = {
        {STR_INIT(""), 10, false, STR_INIT(""), HTTP_FINE},
        {STR_INIT("plain"), 5, false, STR_INIT("plain"), HTTP_FINE},
        {STR_INIT("plain!"), 5, false, STR_INIT("plain"), HTTP_TOO_LONG},
        {STR_INIT("Tr\xe1\xba\xa7n"), 20, false, STR_INIT("Tr\xe1\xba\xa7n"), HTTP_FINE},
        /* NFD of "ế" takes 5 bytes, NFC 3: the limit is that of what is stored. */
        {STR_INIT("e\xcc\x82\xcc\x81"), 3, false, STR_INIT("\xe1\xba\xbf"), HTTP_FINE},
        {STR_INIT("e\xcc\x82\xcc\x81"), 2, false, STR_INIT(""), HTTP_TOO_LONG},
        {STR_INIT("a\xe1\xba\xbf"), 3, false, STR_INIT("a"), HTTP_TOO_LONG}, /* not cut inside */
        {STR_INIT("a\tb"), 9, false, STR_INIT("a\tb"), HTTP_FINE},
        {STR_INIT("a\nb"), 9, false, STR_INIT("a" BAD "b"), HTTP_CONTROL},
        {STR_INIT("a\r\nb\rc\nd"), 9, true, STR_INIT("a\nb\nc\nd"), HTTP_FINE},
        {STR_INIT("\r\n"), 9, true, STR_INIT("\n"), HTTP_FINE},
        {STR_INIT("a\0b"), 9, true, STR_INIT("a" BAD "b"), HTTP_CONTROL},
        {STR_INIT("a\x1b[0m"), 9, false, STR_INIT("a" BAD "[0m"), HTTP_CONTROL},
        {STR_INIT("a\xe2\x80\xae""b"), 9, false, STR_INIT("a" BAD "b"), HTTP_CONTROL}, /* bidi override */
        {STR_INIT("\xff"), 9, false, STR_INIT(BAD), HTTP_NOT_UTF8},
        {STR_INIT("\xc0\xaf"), 9, false, STR_INIT(BAD BAD), HTTP_NOT_UTF8},
        {STR_INIT("\xed\xa0\x80"), 9, false, STR_INIT(BAD BAD BAD), HTTP_NOT_UTF8},
        {STR_INIT("x\xe1\xba"), 9, false, STR_INIT("x" BAD BAD), HTTP_NOT_UTF8},
        {STR_INIT("\xff\xff"), 2, false, STR_INIT(""), HTTP_NOT_UTF8}, /* shown cut, but was not too long */
        {STR_INIT("\xff\xff\xff"), 2, false, STR_INIT(""), HTTP_TOO_LONG},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASE / sizeof CASE[0]; i++) {
        enum http_defect defect = HTTP_TWICE;
        struct str have = clean_text(arena, CASE[i].raw, CASE[i].max, CASE[i].lines, &defect);
        if (!str_eq(have, CASE[i].want) || defect != CASE[i].defect)
            fail_msg("case %zu: \"%.*s\" with defect %d", i, STR_ARG(have), (int)defect);
    }
}

/* Whatever comes: text, without control characters, not too long, and clean once clean. */
static void cleaned_text_is_always_safe(void **state)
{
    uint64_t seed = 20260715;

    (void)state;
    for (int turn = 0; turn < 20000; turn++) {
        static const char SOME[] = "aZ \r\n\t\x01\x7f\xc3\xa1\xcc\x81\xe1\xba\xbf\xed\xa0\xf0\x9f\x98\x80\xff\xe2\x80\xae";
        char raw[24];
        enum http_defect defect;

        for (size_t i = 0; i < sizeof raw; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            raw[i] = SOME[(seed >> 33) % (sizeof SOME - 1)];
        }
        size_t n = (seed >> 40) % sizeof raw, max = (seed >> 50) % 20;
        bool lines = seed >> 63;
        struct str once = clean_text(arena, (struct str){raw, n}, max, lines, &defect);
        struct str again = clean_text(arena, once, max, lines, &defect);
        assert_true(once.n <= max);
        assert_int_equal(defect, HTTP_FINE);
        assert_str(again, once);
        arena_reset(arena);
    }
}

static void escapes_are_undone(void **state)
{
    (void)state;
    assert_str(clean_unescape(arena, STR("a%20b+c%C3%a1"), true), STR("a b c\xc3\xa1"));
    assert_str(clean_unescape(arena, STR("a+b"), false), STR("a+b"));
    assert_str(clean_unescape(arena, STR("100%"), true), STR("100%"));
    assert_str(clean_unescape(arena, STR("%4"), true), STR("%4"));
    assert_str(clean_unescape(arena, STR("%zz%41"), true), STR("%zzA"));
    assert_str(clean_unescape(arena, STR("%00x"), true), STR("\0x"));
    assert_str(clean_unescape(arena, STR("%2541"), true), STR("%41")); /* once only */
}

/* ---- paths ---- */

static void good_paths_are_decoded(void **state)
{
    struct str path;

    (void)state;
    assert_err(path_decode(arena, STR("/"), &path), OK);
    assert_str(path, STR("/"));
    assert_err(path_decode(arena, STR("/cb/h%E1%BB%93-s%C6%A1/a.b"), &path), OK);
    assert_str(path, STR("/cb/h\xe1\xbb\x93-s\xc6\xa1/a.b"));
    assert_err(path_decode(arena, STR("/e%CC%82%CC%81"), &path), OK); /* NFC */
    assert_str(path, STR("/\xe1\xba\xbf"));
    assert_err(path_decode(arena, STR("/a+b/...%25"), &path), OK);
    assert_str(path, STR("/a+b/...%"));
    assert_err(path_decode(arena, STR("/a/"), &path), OK);
    assert_str(path, STR("/a/"));
}

static void hostile_paths_are_refused(void **state)
{
    static const struct str HOSTILE[] = {
        STR_INIT(""), STR_INIT("a"), STR_INIT("*"), STR_INIT("http://x/"), STR_INIT("//evil.vn"), STR_INIT("/a//b"),
        STR_INIT("/a/../b"), STR_INIT("/.."), STR_INIT("/a/.."), STR_INIT("/./a"), STR_INIT("/%2e%2e/a"), STR_INIT("/%2E./a"),
        STR_INIT("/a%2fb"), STR_INIT("/a%2Fb"), STR_INIT("/a%5cb"), STR_INIT("/a\\b"), STR_INIT("/a%00b"), STR_INIT("/a%00"),
        STR_INIT("/a%0ab"), STR_INIT("/a%09b"), STR_INIT("/a%0d"), STR_INIT("/a%7f"), STR_INIT("/%"), STR_INIT("/%4"), STR_INIT("/%zz"),
        STR_INIT("/%ff"), STR_INIT("/%c0%af"), STR_INIT("/%e2%80%ae"),
    };
    char longest[HTTP_PATH_MAX + 1];
    struct str path = STR("untouched");

    (void)state;
    for (size_t i = 0; i < sizeof HOSTILE / sizeof HOSTILE[0]; i++)
        if (path_decode(arena, HOSTILE[i], &path) != ERR_INVALID)
            fail_msg("\"%.*s\" was taken", STR_ARG(HOSTILE[i]));
    memset(longest, 'a', sizeof longest);
    longest[0] = '/';
    assert_err(path_decode(arena, (struct str){longest, HTTP_PATH_MAX + 1}, &path), ERR_LIMIT);
    assert_str(path, STR("untouched"));
    assert_err(path_decode(arena, (struct str){longest, HTTP_PATH_MAX}, &path), OK);
}

/* ---- patterns ---- */

static void patterns_match_whole_paths(void **state)
{
    struct str part[HTTP_PATH_PARTS];

    (void)state;
    assert_true(http_match("/", STR("/"), part));
    assert_false(http_match("/", STR("/a"), part));
    assert_false(http_match("/a", STR("/"), part));
    assert_false(http_match("/a", STR(""), part));
    assert_true(http_match("/cb/ho-so/{code}/bo-sung", STR("/cb/ho-so/H19.1/bo-sung"), part));
    assert_str(part[0], STR("H19.1"));
    assert_str(part[1], STR(""));
    assert_false(http_match("/cb/ho-so/{code}/bo-sung", STR("/cb/ho-so/H19.1"), part));
    assert_false(http_match("/cb/ho-so/{code}/bo-sung", STR("/cb/ho-so/H19.1/bo-sung/x"), part));
    assert_false(http_match("/cb/ho-so/{code}", STR("/cb/ho-so/"), part));
    assert_true(http_match("/{a}/{b}", STR("/x/y"), part));
    assert_str(part[1], STR("y"));
    assert_true(http_match("/phieu/{code}.pdf", STR("/phieu/a.b.pdf"), part));
    assert_str(part[0], STR("a.b"));
    assert_false(http_match("/phieu/{code}.pdf", STR("/phieu/.pdf"), part));
    assert_false(http_match("/phieu/{code}.pdf", STR("/phieu/a.csv"), part));
}

static const struct http_route ROUTE[] = {
    {HTTP_GET, "/"},
    {HTTP_GET, "/ho-so"},
    {HTTP_GET, "/ho-so/moi"},
    {HTTP_POST, "/ho-so/moi"},
    {HTTP_GET, "/ho-so/{code}"},
    {HTTP_POST, "/ho-so/{code}/tra"},
    {HTTP_GET, "/ho-so/{code}.pdf"},
    {HTTP_GET, "/ho-so/{code}/{step}/xem"},
    {HTTP_GET, "/{any}/moi"},
};
enum { ROUTE_COUNT = sizeof ROUTE / sizeof ROUTE[0] };

static void routes_are_found(void **state)
{
    struct http_routes *routes = http_routes_new(arena, ROUTE, ROUTE_COUNT);
    struct str part[HTTP_PATH_PARTS];
    size_t at = 99;

    (void)state;
    assert_err(http_routes_find(routes, HTTP_GET, STR("/"), part, &at), OK);
    assert_int_equal(at, 0);
    assert_err(http_routes_find(routes, HTTP_GET, STR("/ho-so/moi"), part, &at), OK);
    assert_int_equal(at, 2); /* literal before {…} */
    assert_err(http_routes_find(routes, HTTP_POST, STR("/ho-so/moi"), part, &at), OK);
    assert_int_equal(at, 3);
    assert_err(http_routes_find(routes, HTTP_GET, STR("/ho-so/x.pdf"), part, &at), OK);
    assert_int_equal(at, 6); /* the longer ending first */
    assert_str(part[0], STR("x"));
    assert_err(http_routes_find(routes, HTTP_GET, STR("/ho-so/x.pd"), part, &at), OK);
    assert_int_equal(at, 4);
    assert_str(part[0], STR("x.pd"));
    /* A dossier named "moi" has a step as any other: the literal way ends, the open one is tried. */
    assert_err(http_routes_find(routes, HTTP_GET, STR("/ho-so/moi/2/xem"), part, &at), OK);
    assert_int_equal(at, 7);
    assert_str(part[0], STR("moi"));
    assert_str(part[1], STR("2"));
    assert_str(part[2], STR(""));
    assert_err(http_routes_find(routes, HTTP_GET, STR("/khac/moi"), part, &at), OK);
    assert_int_equal(at, 8);

    at = 99;
    part[0] = STR("untouched");
    assert_err(http_routes_find(routes, HTTP_GET, STR("/ho-so/x/tra"), part, &at), ERR_FORBIDDEN);
    assert_err(http_routes_find(routes, HTTP_POST, STR("/"), part, &at), ERR_FORBIDDEN);
    assert_err(http_routes_find(routes, HTTP_GET, STR("/ho-so/x/y"), part, &at), ERR_NOT_FOUND);
    assert_err(http_routes_find(routes, HTTP_GET, STR("/khac"), part, &at), ERR_NOT_FOUND);
    assert_err(http_routes_find(routes, HTTP_GET, STR(""), part, &at), ERR_NOT_FOUND);
    assert_int_equal(at, 99);
    assert_str(part[0], STR("untouched"));
}

/* The tree says what trying every pattern in turn says, but for the order among several that match. */
static void routes_agree_with_patterns(void **state)
{
    static const char *const PIECE[] = {"", "ho-so", "moi", "x", "x.pdf", "tra", "xem"};
    struct http_routes *routes = http_routes_new(arena, ROUTE, ROUTE_COUNT);

    (void)state;
    for (int n = 0; n < 7 * 7 * 7 * 7; n++) {
        struct str path = str_format(arena, "/%s%s%s%s%s%s%s", PIECE[n % 7], n / 7 % 7 ? "/" : "", PIECE[n / 7 % 7],
                                     n / 49 % 7 ? "/" : "", PIECE[n / 49 % 7], n / 343 % 7 ? "/" : "", PIECE[n / 343 % 7]);
        struct str part[HTTP_PATH_PARTS], found_part[HTTP_PATH_PARTS];
        bool matches = false;
        size_t at = ROUTE_COUNT;

        for (size_t i = 0; i < ROUTE_COUNT; i++)
            matches |= ROUTE[i].method == HTTP_GET && http_match(ROUTE[i].pattern, path, part);
        bool found = http_routes_find(routes, HTTP_GET, path, found_part, &at) == OK;
        if (found != matches || (found && !http_match(ROUTE[at].pattern, path, part)))
            fail_msg("\"%.*s\": route %zu", STR_ARG(path), at);
        for (size_t i = 0; found && i < HTTP_PATH_PARTS; i++)
            assert_str(found_part[i], part[i]);
    }
}

/* ---- addresses ---- */

static struct sockaddr_storage address(const char *text)
{
    struct sockaddr_storage a = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&a;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&a;

    a.ss_family = strchr(text, ':') ? AF_INET6 : AF_INET;
    assert_int_equal(inet_pton(a.ss_family, text, a.ss_family == AF_INET ? (void *)&v4->sin_addr : (void *)&v6->sin6_addr), 1);
    return a;
}

static bool may_enter(struct guests *all, const char *text)
{
    struct sockaddr_storage a = address(text);

    return guest_may_enter(all, (struct sockaddr *)&a);
}

static struct guest *enter(struct guests *all, const char *text)
{
    struct sockaddr_storage a = address(text);

    return guest_enter(all, -1, (struct sockaddr *)&a);
}

static void an_address_may_hold_so_many(void **state)
{
    static struct guests all;

    (void)state;
    assert_err(guests_open(&all, 2, 30, 60), OK);
    struct guest *a = enter(&all, "203.113.4.5"), *b = enter(&all, "::ffff:203.113.4.5");
    assert_string_equal(b->peer, "203.113.4.5");
    assert_false(a->is_near);
    assert_false(may_enter(&all, "203.113.4.5")); /* the mapped address is the same one */
    assert_true(may_enter(&all, "203.113.4.6"));
    guest_leave(&all, a);
    assert_true(may_enter(&all, "203.113.4.5"));

    struct guest *c = enter(&all, "2001:ee0:1:2::3"), *d = enter(&all, "2001:ee0:1:2::4");
    assert_false(may_enter(&all, "2001:ee0:1:2:9::")); /* the /64 counts */
    assert_true(may_enter(&all, "2001:ee0:1:3::3"));
    struct guest *e = enter(&all, "127.0.0.1"), *f = enter(&all, "127.0.0.1"), *g = enter(&all, "::1");
    assert_true(may_enter(&all, "127.0.0.1")); /* everybody behind a proxy */
    assert_true(may_enter(&all, "::1"));
    assert_true(e->is_near && g->is_near);
    struct guest *h = enter(&all, "172.31.0.9"), *i = enter(&all, "172.32.0.9"), *j = enter(&all, "fd00::1");
    assert_true(h->is_near && !i->is_near && j->is_near);
    struct guest *rest[] = {f, b, c, d, e, g, h, i, j};
    for (size_t k = 0; k < sizeof rest / sizeof rest[0]; k++)
        guest_leave(&all, rest[k]);
    guests_close(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(cleaned_text_is_always_safe),
        cmocka_unit_test(escapes_are_undone),
        cmocka_unit_test(good_paths_are_decoded),
        cmocka_unit_test(hostile_paths_are_refused),
        cmocka_unit_test(patterns_match_whole_paths),
        cmocka_unit_test(routes_are_found),
        cmocka_unit_test(routes_agree_with_patterns),
        cmocka_unit_test(an_address_may_hold_so_many),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("http_text", tests, open_arena, close_arena);
}
